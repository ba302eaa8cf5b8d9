/*
 * show.h - the parts of sello-keys show: what a file is and what it says.
 */
#ifndef KEYS_SHOW_H
#define KEYS_SHOW_H

#include "keys/commands.h"

/* How far a signature was checked. */
enum checked {
	CHECKED_GOOD,
	CHECKED_NOT, /* no root certificate at hand that could */
};

/* A file of the command line, read once: a pipe gives its bytes only once. */
struct show_input {
	struct bytes data;
	enum err rc; /* of reading it, and why */
	struct errtext err;
};

/* What all files of one call share. */
struct show {
	struct show_input *inputs; /* one for each of cli's arguments */
	const struct cli *cli;
	struct home *home; /* NULL without --home */
	/* the home's, or the first good one of the files; for letters and
	 * heads of logs; may be NULL */
	struct trust_list *list;
	X509 **roots; /* of the home and of the files */
	size_t root_count;
	const char *certificates; /* folder, or NULL */
};

/* One file: its name for JSON, its bytes, its kind found by content. */
struct shown {
	const char *path;
	const struct bytes *data;
};

/*
 * show_certificate, show_center_request, show_post_request, show_list,
 * show_letter, show_head - each prints one kind of file on standard output, for
 * people or with --json as one line, and checks what can be checked of it.
 *
 * What reading the file returns: ERR_DATA, ERR_PROFILE and the like where it is
 * out of form, ERR_SIGNATURE where its signature is wrong. That no root or list
 * is at hand which could check it is said, and no error.
 */
enum err show_certificate(
    const struct show *show, const struct shown *file, struct errtext *err);
enum err show_center_request(
    const struct show *show, const struct shown *file, struct errtext *err);
enum err show_post_request(
    const struct show *show, const struct shown *file, struct errtext *err);
enum err show_list(
    const struct show *show, const struct shown *file, struct errtext *err);
enum err show_letter(
    const struct show *show, const struct shown *file, struct errtext *err);
enum err show_head(
    const struct show *show, const struct shown *file, struct errtext *err);

/* show_hotline - "hotline" and whether it is free, both null without one. */
void show_hotline(json_t *o, const char *hotline);

/* show_list_json - a list as one line of JSON. */
void show_list_json(
    const struct shown *file, const struct trust_list *l, enum checked checked);

#endif
