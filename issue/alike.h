/*
 * alike.h - a draft beside those in the register who may be the same person,
 * so that people can compare them: what W-DUPLICATE (issue/intake/lookalike.h)
 * is about, and the notes below it.
 */
#ifndef ISSUE_ALIKE_H
#define ISSUE_ALIKE_H

#include "base/json.h"
#include "issue/center/center.h"

#include <stdio.h>

#define ALIKE_SHOWN_MAX 3 /* compared in full, and as many notes */

/* Whom the others are compared with. Borrowed. */
struct alike_person {
	const struct letter *letter; /* supersedes: that letter is left out */
	int64_t draft;               /* left out too; 0: not stored yet */
	int64_t at;                  /* when drafted */
};

/*
 * alike_print - for each who looks the same by what, and a table, what differs
 * marked with a star; then a line for each whose birth year is one to three
 * off, those who have another document last.
 *
 *   width  places a line may have, 0: any number
 *
 * Nothing where there is nobody. Errors as register_draft_alike().
 */
enum err alike_print(struct center *center, const struct alike_person *person,
    FILE *out, int width, struct errtext *err);

/* alike_print_line - one such table, beside an earlier line of the same file,
 * which is in no register yet. */
void alike_print_line(struct center *center, const struct alike_person *person,
    const struct letter *other, size_t line, FILE *out, int width);

#define ALIKE_NAMES_SIZE 256
enum alike_words {
	ALIKE_LOOKS, /* "looks like draft 12, looks like letter GTGUA01-..." */
	ALIKE_LIKE,  /* for a table: "like draft 12" */
};

/*
 * alike_names - the same, in one line; "" for nobody.
 *
 *   max  so many are named, at most ALIKE_SHOWN_MAX; of more: "..."
 */
enum err alike_names(struct center *center, const struct alike_person *person,
    enum alike_words words, size_t max, char out[ALIKE_NAMES_SIZE],
    struct errtext *err);

/* alike_json - an array of {letterNumber or draft, surnames, givenNames,
 * birthDate, match: "same" or "near"}; new reference. */
enum err alike_json(struct center *center, const struct alike_person *person,
    json_t **out, struct errtext *err);

#endif
