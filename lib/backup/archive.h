/*
 * archive.h - a backup: files under one header (backup/header.h), sealed in
 * chunks (backup/chunks.h). docs/backup.md has it byte for byte.
 *
 * Writing: archive_begin(), archive_add...(), archive_finish(). Until the last,
 * the file is called "PATH.part"; nothing of the text is ever written in the
 * open. Reading: archive_open(), archive_unlock(), archive_next() until there
 * is none. Before that, nothing that was taken out of it is to be believed: it
 * may be a part.
 */
#ifndef BACKUP_ARCHIVE_H
#define BACKUP_ARCHIVE_H

#include "backup/header.h"

#include <stdbool.h>
#include <sys/types.h>

#define ARCHIVE_NAME_SIZE 128 /* of a file in it, with its NUL */
/* of a file beside the databases: what is restored has this limit, too */
#define ARCHIVE_BESIDE_MAX ((size_t)4 << 20)
#define ARCHIVE_MAX        ((off_t)64 << 30) /* bytes */

struct archive; /* opaque */

/* --- writing -------------------------------------------------------------- */

/*
 * archive_begin - make PATH.part, 0600, with the header.
 *
 *   header  kind, owner, made and who may open it; slots are filled in
 *
 * ERR_EXISTS when there is PATH, or a PATH.part that no backup left: neither is
 * touched. What one left that was cut short is written over; ERR_BUSY while one
 * is at it. ERR_IO; errors of header_write().
 */
enum err archive_begin(const char *path, struct header *header,
    struct archive **out, struct errtext *err);

/* archive_add_bytes, archive_add_fd - a file, of these bytes, or of all that is
 * in an open one. archive_add_file - of this path, at most ARCHIVE_BESIDE_MAX; one
 * that is not there is left out. Names are [A-Za-z0-9._-], a "/" between them;
 * others are ERR_CONFIG. ERR_LIMIT, ERR_IO, ERR_MEMORY, ERR_INTERNAL. */
enum err archive_add_bytes(struct archive *archive, const char *name,
    const void *data, size_t len, struct errtext *err);
enum err archive_add_fd(
    struct archive *archive, const char *name, int fd, struct errtext *err);
enum err archive_add_file(struct archive *archive, const char *name,
    const char *path, struct errtext *err);

/*
 * archive_finish - write what is left, wait for the disk, read the whole file
 * back and open it; only then it gets its name. ERR_IO also when what is read
 * is not what was written: that disk fails.
 */
enum err archive_finish(struct archive *archive, struct errtext *err);

/* --- reading -------------------------------------------------------------- */

/*
 * archive_open - the header of a backup; a regular file.
 *
 *   kind  ERR_DATA for the other one, saying which command takes it
 *
 * ERR_NOT_FOUND, ERR_DATA, ERR_VERSION, ERR_LIMIT (larger than ARCHIVE_MAX),
 * ERR_IO, ERR_MEMORY.
 */
enum err archive_open(const char *path, enum header_kind kind,
    struct archive **out, struct errtext *err);

/* archive_header - borrowed from it. Proven only once a file was read. */
const struct header *archive_header(const struct archive *archive);
/* archive_size - of the whole file: no file in it is larger. */
off_t archive_size(const struct archive *archive);

/* archive_unlock - errors of header_open(), with who can in the text where this
 * person cannot. */
enum err archive_unlock(struct archive *archive, const char *code,
    const struct secret *passphrase, struct errtext *err);

/*
 * archive_next - the next file: its name and size. What was not taken of the
 * one before is passed over.
 *
 *   more  out: false at the end, and the file was whole
 */
enum err archive_next(struct archive *archive, char name[ARCHIVE_NAME_SIZE],
    uint64_t *size, bool *more, struct errtext *err);

/* archive_take_bytes - all of it, appended; ERR_LIMIT above max. archive_take_fd
 * - into an open file; ERR_IO with file_unwritten()'s sentence for `to`. */
enum err archive_take_bytes(struct archive *archive, size_t max,
    struct bytes *out, struct errtext *err);
enum err archive_take_fd(
    struct archive *archive, int fd, const char *to, struct errtext *err);

/* archive_free - and NULL; a file that was not finished is taken away. */
void archive_free(struct archive **archive);

#endif
