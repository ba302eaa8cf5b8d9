/*
 * listed.h - drafts and letters as lists and searches show them: who
 * they are for, and what became of them.
 *
 * Names are those of the draft's row, as plain text, which is also what its
 * letter says (`check` holds the two against each other): nothing is parsed,
 * decrypted or verified here, so a list of 100,000 is a matter of a second.
 * `show` reads the signed letter.
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_LISTED_H
#define ISSUE_REGISTER_LISTED_H

#include "issue/register/draft.h"
#include "issue/register/letter.h"

/* One line of a list. Borrowed until the visitor returns. */
struct listed {
	int64_t draft;
	bool is_letter;
	const char *state; /* message id: "issued", "pending", "unsigned" */
	char number[LETTER_NUMBER_SIZE]; /* "" while it is a draft */
	char officer[PERSON_CODE_SIZE];
	char approver[PERSON_CODE_SIZE]; /* "" of a draft */
	char row[DRAFT_ROW_SIZE];
	const char *problems; /* JSON, as struct draft's */
	int64_t drafted_at;
	int64_t issued_at; /* 0 of a draft */
	int copies;
	struct letter letter; /* empty once discarded or forgotten */
};

/* listed_each - called for each, in turn. Returns false to stop, which is no
 * error of the walk. */
typedef bool listed_each(void *arg, const struct listed *listed);

/* register_listed_letters - all letters, in order of issue. */
enum err register_listed_letters(
    struct registry *reg, listed_each *each, void *arg, struct errtext *err);

/* register_listed_drafts - all drafts by number, also those that became
 * letters: these count as drafts here, with the number of their letter. */
enum err register_listed_drafts(
    struct registry *reg, listed_each *each, void *arg, struct errtext *err);

/* register_listed_one - a draft, or the letter that it became. */
enum err register_listed_one(struct registry *reg, int64_t draft,
    listed_each *each, void *arg, struct errtext *err);

/*
 * register_listed_names - the folded name (letter/name.h) of everybody whose
 * data is here, by an index that holds nothing else.
 */
enum err register_listed_names(struct registry *reg,
    bool (*each)(void *arg, int64_t draft, const char *name), void *arg,
    struct errtext *err);

/*
 * register_listed_days - whose birth date can be that day, or who got a
 * letter in these seconds.
 *
 *   birth  YYYY, YYYY-MM or YYYY-MM-DD: what begins so, and what is only a
 *          year or month with that day in it
 */
enum err register_listed_days(struct registry *reg, const char *birth,
    int64_t issued_from, int64_t issued_to,
    bool (*each)(void *arg, int64_t draft), void *arg, struct errtext *err);

/* Who gave a draft up, when and why. */
struct discarding {
	int64_t at;
	char by[PERSON_CODE_SIZE];
	char reason[4 * DRAFT_REASON_MAX + 1];
};

/* register_listed_discarding - of a discarded draft; ERR_NOT_FOUND. */
enum err register_listed_discarding(struct registry *reg, int64_t draft,
    struct discarding *out, struct errtext *err);

#endif
