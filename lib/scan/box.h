/*
 * box.h - files in a container: an e-mail with what is attached to it, a zip, a
 * folder. Taken out here, whole; each is then a file like any other for
 * scan_bytes(). Containers within it stay closed.
 *
 * Mails and zips are opened by sello-decode, behind its locks, as pictures are.
 */
#ifndef SCAN_BOX_H
#define SCAN_BOX_H

#include "base/bytes.h"
#include "base/err.h"
#include "scan/magic.h"

#define BOX_FILE_MAX  200         /* files that are taken out */
#define BOX_BYTES_MAX (64u << 20) /* bytes of all of them */
#define BOX_PAGE_MAX  200         /* pages and pictures that are looked at */

struct box_file {
	char *name; /* owned; fit for a screen: utf8_print_safe() */
	struct bytes data;
};

/* Start as {0}; box_clear() it. */
struct box {
	enum magic type; /* MAGIC_MAIL, MAGIC_ZIP; MAGIC_BINARY: a folder */
	size_t count, cap;
	struct box_file *file;
	bool is_cut;    /* there is more in it than is taken out */
	bool is_locked; /* some of it has a password */
};

/*
 * box_open - take out what is in a mail or a zip: magic_is_box().
 *
 * ERR_OK, with or without files; ERR_UNREADABLE (damaged, locked, or a document
 * that is a zip inside: the text says what, and what to do); ERR_CONFIG, ERR_IO,
 * ERR_MEMORY. Then out is empty.
 */
enum err box_open(
    const uint8_t *data, size_t len, struct box *out, struct errtext *err);

/*
 * box_open_folder - the regular files in a folder, in the order of their names;
 * hidden ones and folders in it are none. One that cannot be read is left out,
 * as too large ones are, and is_cut says so. ERR_OK, ERR_IO, ERR_MEMORY.
 */
enum err box_open_folder(
    const char *path, struct box *out, struct errtext *err);

/* box_add - one more, copied; name of len bytes, of whatever characters.
 * ERR_LIMIT: over BOX_FILE_MAX or BOX_BYTES_MAX; is_cut is set. */
enum err box_add(struct box *box, const void *name, size_t name_len,
    const void *data, size_t len);

/* box_parse - what sello-decode answered, into files; nothing else than the
 * grammar of docs/reading.md is taken. As box_open(). */
enum err box_parse(
    const struct bytes *answer, struct box *out, struct errtext *err);

/* box_clear - wipes and frees the files; then {0}. */
void box_clear(struct box *box);

#endif
