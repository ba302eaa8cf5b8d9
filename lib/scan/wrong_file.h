/*
 * wrong_file.h - what a file looks like that somebody gave to the wrong
 * command, which one takes it, and which file is wanted instead. By its first
 * bytes. Only what is said to a person hangs on it.
 */
#ifndef SCAN_WRONG_FILE_H
#define SCAN_WRONG_FILE_H

#include "base/bytes.h"
#include "base/err.h"

#define WRONG_FILE_MAX (32u << 20) /* bytes that are read for it */

enum wrong_file {
	FILE_UNKNOWN,
	FILE_EMPTY,
	FILE_DATABASE, /* of a home */
	FILE_BACKUP,   /* of a center or a post */
	FILE_PICTURE,  /* or a PDF */
	FILE_LETTER,
	FILE_LIST,
	FILE_POST_REQUEST,
	FILE_CENTER_REQUEST,
	FILE_CERTIFICATE,
	FILE_PRIVATE_KEY,
	FILE_CODE, /* of a letter, as text */
	FILE_PAGE,
	FILE_SPREADSHEET,
	FILE_PEOPLE,
	FILE_REPORT,  /* of a post */
	FILE_HEAD,    /* of a log, or another signed note */
	FILE_PROGRAM, /* program.ini: wanted, never recognised */
};

/* wrong_file_looks - what does it look like? */
enum wrong_file wrong_file_looks(const struct bytes *file);

/* wrong_file_is - the same as a translated sentence; NULL when it looks like
 * nothing that is known here. */
const char *wrong_file_is(const struct bytes *file);

/* wrong_file_wanted - "wanted here: ..." translated, of the kinds that commands
 * take from others; NULL of the rest. A request is a center's or a post's, a
 * report a post's or the head of a log. */
const char *wrong_file_wanted(enum wrong_file wanted);

/*
 * wrong_file_blame - a reader refused this file: say instead what it is when
 * it looks like another kind than is wanted, and which one is.
 *
 *   path  of the file, which is looked at again; a pipe or "-" is not, and
 *         err stays as it is
 *   rc    the reader's; anything but ERR_DATA, ERR_LIMIT, ERR_FOREIGN,
 *         ERR_PROFILE and ERR_VERSION is no matter of the file's kind, and err
 *         stays
 *   err   call this last, when it begins with the path: becomes "PATH: what it
 *         is; wanted here: ...", or keeps its text where nobody knows, with
 *         what is wanted behind it. A table of people and program.ini are
 *         written by hand: there the reader's own words say more
 */
void wrong_file_blame(
    const char *path, enum wrong_file wanted, enum err rc, struct errtext *err);

#endif
