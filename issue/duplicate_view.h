/*
 * duplicate_view.h - a draft beside those in the register who may be the same
 * person, so that people can compare them: what W-DUPLICATE
 * (issue/intake/duplicate.h) is about, and the notes below it.
 */
#ifndef ISSUE_DUPLICATE_VIEW_H
#define ISSUE_DUPLICATE_VIEW_H

#include "base/json.h"
#include "issue/center/center.h"

#include <stdio.h>

#define DUPLICATE_SHOWN_MAX 3 /* compared in full, and as many notes */

/* Whom the others are compared with. Borrowed. */
struct duplicate_person {
	const struct letter *letter; /* supersedes: that letter is left out */
	int64_t draft;               /* left out too; 0: not stored yet */
	int64_t at;                  /* when drafted */
};

/*
 * duplicate_view_print - for each who looks the same by what, and a table, what
 * differs marked with a star; then a line for each whose birth year is one to
 * three off, those who have another document last.
 *
 *   width  places a line may have, 0: any number
 *
 * Nothing where there is nobody. Errors as register_draft_duplicates().
 */
enum err duplicate_view_print(struct center *center,
    const struct duplicate_person *person, FILE *out, int width,
    struct errtext *err);

/* duplicate_view_print_line - one such table, beside an earlier line of the
 * same file, which is in no register yet. */
void duplicate_view_print_line(struct center *center,
    const struct duplicate_person *person, const struct letter *other,
    size_t line, FILE *out, int width);

#define DUPLICATE_NAMES_SIZE 256
enum duplicate_words {
	DUPLICATE_LOOKS, /* "looks like draft 12, looks like letter GTGUA..." */
	DUPLICATE_LIKE,  /* for a table: "like draft 12" */
};

/*
 * duplicate_view_names - the same, in one line; "" for nobody.
 *
 *   max  so many are named, at most DUPLICATE_SHOWN_MAX; of more: "..."
 */
enum err duplicate_view_names(struct center *center,
    const struct duplicate_person *person, enum duplicate_words words,
    size_t max, char out[DUPLICATE_NAMES_SIZE], struct errtext *err);

/* duplicate_view_json - an array of {letterNumber or draft, surnames,
 * givenNames, birthDate, match: "same" or "near"}; new reference. */
enum err duplicate_view_json(struct center *center,
    const struct duplicate_person *person, json_t **out, struct errtext *err);

#endif
