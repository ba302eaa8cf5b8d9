/*
 * chunks.h - a long text, sealed in chunks of 64 KiB, each with a tag of its
 * own (AES-256-GCM, trust/seal.h): the STREAM construction (Hoang, Reyhanitabar,
 * Rogaway, Vizar: Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance, 2015). A chunk's nonce says which one it is and whether it
 * is the last, so none can be changed, left out, put elsewhere or added, and
 * nothing of a chunk is handed on before its tag was right. docs/backup.md.
 *
 * One key for one text: nonces begin at 0. What is sealed here is written to a
 * descriptor as it comes, and so is read.
 */
#ifndef BACKUP_CHUNKS_H
#define BACKUP_CHUNKS_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"

#include <sys/types.h>

#define CHUNKS_TEXT 65536 /* bytes of text in each but the last */

/* A text under way, in either direction. Start as {0}. */
struct chunks {
	int fd;
	const char *name;         /* of the file, for messages; borrowed */
	const struct secret *key; /* SEAL_KEY_SIZE bytes; borrowed */
	uint64_t count;           /* chunks written or read */
	struct bytes text;        /* of one chunk; wiped by chunks_clear() */
	size_t used;              /* of it, when reading */
	off_t left;               /* sealed bytes to read */
	bool last;                /* the chunk in hand is the last */
	struct bytes sealed;
};

/* chunks_write - more of the text; ERR_IO with file_unwritten()'s sentence,
 * ERR_INTERNAL, ERR_MEMORY. */
enum err chunks_write(
    struct chunks *chunks, const void *data, size_t len, struct errtext *err);
/* chunks_end - the last chunk; nothing is written after it. Errors as above. */
enum err chunks_end(struct chunks *chunks, struct errtext *err);

/*
 * chunks_read - the next len bytes of the text, all of them.
 *
 *   chunks  left: how many bytes the file has from where fd is, up to its end
 *
 * ERR_DATA: changed, cut short, put together from others, or the text ends
 * before that; ERR_IO, ERR_INTERNAL, ERR_MEMORY.
 */
enum err chunks_read(
    struct chunks *chunks, void *to, size_t len, struct errtext *err);
/* chunks_read_end - ERR_DATA when anything follows. Before it said ERR_OK, what
 * was read may be a part of the text. */
enum err chunks_read_end(struct chunks *chunks, struct errtext *err);

/* chunks_clear - wipe the text and free; fd stays open. */
void chunks_clear(struct chunks *chunks);

#endif
