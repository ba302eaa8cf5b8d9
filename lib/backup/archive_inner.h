/*
 * archive_inner.h - a backup under way, for archive.c, which reads, and
 * archive_write.c: inside the backup room only.
 */
#ifndef BACKUP_ARCHIVE_INNER_H
#define BACKUP_ARCHIVE_INNER_H

#include "backup/archive.h"
#include "backup/chunks.h"

struct archive {
	char *path, *part;
	bool writing; /* part is ours, to be taken away */
	int fd;
	off_t size;
	struct header header;
	struct bytes head;   /* the header's bytes */
	struct secret drawn; /* while writing: what content is made of */
	struct secret content;
	struct chunks chunks;
	uint64_t left; /* of the file that is being read */
};

/* archive_new - nothing is opened yet. */
enum err archive_new(
    const char *path, struct archive **out, struct errtext *err);
/* archive_read_head - so many bytes more of the head, which the file has. */
enum err archive_read_head(
    struct archive *archive, size_t len, struct errtext *err);
/* archive_start - chunks from the beginning, with content and fd. */
void archive_start(struct archive *archive);
/* archive_is_name - may a file in a backup be called so? */
bool archive_is_name(const char *name);

#endif
