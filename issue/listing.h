/*
 * listing.h - a list of drafts or letters, for people, for programs, for a page,
 * or as a file for a spreadsheet: what `list`, `find` and the staff desk have in
 * common.
 */
#ifndef ISSUE_LISTING_H
#define ISSUE_LISTING_H

#include "base/i18n.h"
#include "base/table.h"
#include "cli/cli.h"
#include "issue/center/warnings.h"
#include "issue/register/listed.h"

/* What a list is about, so which columns people see. */
enum listing_kind {
	LISTING_LETTERS,
	LISTING_DRAFTS,
	LISTING_FOUND,        /* both */
	LISTING_ENDING,       /* letters, by their end */
	LISTING_APPOINTMENTS, /* letters, by appointment */
};

enum listing_form { LISTING_TABLE, LISTING_JSON, LISTING_CSV, LISTING_PAGE };

struct listing {
	enum listing_kind kind;
	enum listing_form form;
	size_t count;
	struct table table;
	warnings_set warnings; /* of the drafts in the table */
	struct bytes text;     /* CSV or HTML */
};

/* The options of a list that may become a file. */
#define LISTING_CSV_OPTIONS                                      \
	{ "csv", "FILE",                                         \
		N_("write the list for a spreadsheet; it holds " \
		   "personal data"),                             \
		false },                                         \
	{                                                        \
		"overwrite", NULL,                               \
		    N_("put it in the place of a file that "     \
		       "is there"),                              \
		    false                                        \
	}

/* listing_usage - are these options of use? 0, or what the command returns. */
int listing_usage(const struct cli *cli);

/* listing_begin - listing_start() without a command line; LISTING_PAGE is a table
 * in HTML. */
void listing_begin(
    struct listing *listing, enum listing_form form, enum listing_kind kind);

/* listing_start - the form as the command line has it. */
void listing_start(
    struct listing *listing, const struct cli *cli, enum listing_kind kind);

/*
 * listing_add - one line.
 *
 *   match  why it was found, for programs: "name", "birthDate", "issuedAt";
 *          NULL: it was not looked for
 */
void listing_add(
    struct listing *listing, const struct listed *listed, const char *match);

/*
 * listing_end - print the table or write the file; releases everything.
 *
 * For a table without lines nothing is printed. ERR_EXISTS when the file is
 * there and --overwrite was not given.
 */
enum err listing_end(
    struct listing *listing, const struct cli *cli, struct errtext *err);

/* listing_take - in place of listing_end(), for LISTING_CSV and LISTING_PAGE:
 * append what they came to; releases everything. */
void listing_take(struct listing *listing, struct bytes *out);

/* listing_clear - wipe and free what was added, nothing is printed. */
void listing_clear(struct listing *listing);

#endif
