/*
 * letter.h - the letters of the register: numbers without gaps, the
 * signed bytes, copies.
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_LETTER_H
#define ISSUE_REGISTER_LETTER_H

#include "issue/register/people.h"
#include "issue/register/register.h"
#include "letter/dsig.h"
#include "sheet/sheet.h"

#define ISSUED_REASON_SIZE 24 /* "V<seconds>" or "B<size>" */

enum issued_state {
	ISSUED_ISSUED,
	ISSUED_SUPERSEDED,
	ISSUED_WITHDRAWN,
	ISSUED_FORGOTTEN
};

/* One letter as the register has it. Start as {0}; register_letter_clear(). */
struct issued {
	char number[LETTER_NUMBER_SIZE];
	enum issued_state state;
	int64_t issued_at;
	int64_t draft;
	char officer[PERSON_CODE_SIZE], approver[PERSON_CODE_SIZE];
	char second[PERSON_CODE_SIZE];   /* "" */
	char reason[ISSUED_REASON_SIZE]; /* V<seconds open>, B<batch size> */
	uint8_t digest[DSIG_DIGEST_SIZE];
	struct bytes xml; /* the signed file; empty once forgotten */
	int copies;       /* 1: the original alone */
	enum sheet_paper paper;
	struct bytes labels; /* JSON: what the sheet showed beside the codes */
};

/* register_letter_state_name - "issued": for --json. */
const char *register_letter_state_name(enum issued_state state);

#define ISSUED_HOW_SIZE 160
/* register_letter_how - the reason in words: "looked at for 42 seconds".
 * Returns out. */
const char *register_letter_how(
    const struct issued *letter, char out[ISSUED_HOW_SIZE]);

/*
 * register_letter_next - the number that the next letter of this instant's
 * UTC year takes. Only within the transaction that uses it.
 */
enum err register_letter_next(struct registry *reg, const char *center,
    int64_t issued_at, char out[LETTER_NUMBER_SIZE], struct errtext *err);

/*
 * register_letter_insert - store a signed letter and mark its draft approved,
 * within a transaction. ERR_EXISTS when the draft already has a letter.
 */
enum err register_letter_insert(
    struct registry *reg, const struct issued *letter, struct errtext *err);

/*
 * register_letter_remember - store a letter of which only what its line in
 * the log says is known, as forgotten, within a transaction. ERR_EXISTS when
 * there is one with this number.
 */
enum err register_letter_remember(
    struct registry *reg, const struct issued *letter, struct errtext *err);

/*
 * register_letter_forget - erase a letter's data and its draft's, within a
 * transaction; number, digest, persons and times stay. ERR_NOT_FOUND.
 */
enum err register_letter_forget(
    struct registry *reg, const char *number, struct errtext *err);

/* register_letter_load - by number; ERR_NOT_FOUND. */
enum err register_letter_load(struct registry *reg, const char *number,
    struct issued *out, struct errtext *err);

/*
 * register_letter_supersede - a letter is replaced by a newer one, within a
 * transaction. ERR_DATA unless it is in force.
 */
enum err register_letter_supersede(
    struct registry *reg, const char *number, struct errtext *err);

/*
 * register_letter_withdraw - a letter is void, within a transaction; who and
 * why stay in the register. Whether it was before, and may be again, is asked
 * first (issue/center/fate.h).
 */
enum err register_letter_withdraw(struct registry *reg, const char *number,
    const char *person, const char *second, const char *reason, int64_t at,
    struct errtext *err);

/* register_letter_withdrawn - was it, and for fraud? */
enum err register_letter_withdrawn(struct registry *reg, const char *number,
    bool *any, bool *fraud, struct errtext *err);

/* One, and one for fraud; and anew what the root has made void since */
#define WITHDRAWAL_MAX         16
#define WITHDRAWAL_REASON_SIZE 24

/* When, by whom and why a letter was withdrawn: issue/reason.h. */
struct withdrawal {
	int64_t at;
	char person[PERSON_CODE_SIZE], second[PERSON_CODE_SIZE]; /* "" */
	char reason[WITHDRAWAL_REASON_SIZE];
};

/* register_letter_withdrawals - oldest first, none for a letter that was not.
 * ERR_DATA: a row is damaged. */
enum err register_letter_withdrawals(struct registry *reg, const char *number,
    struct withdrawal out[WITHDRAWAL_MAX], size_t *count, struct errtext *err);

/* register_letter_printable - may paper of it be handed out (again)?
 * ERR_NOT_FOUND: its data was erased; ERR_DATA: nobody may show it. */
enum err register_letter_printable(
    const struct issued *letter, struct errtext *err);

/* register_letter_any - has this center ever issued one? */
enum err register_letter_any(
    struct registry *reg, bool *out, struct errtext *err);

/* register_letter_last - when the newest was issued; 0: none yet. */
enum err register_letter_last(
    struct registry *reg, int64_t *issued_at, struct errtext *err);

/* register_letter_first - when the first was issued; 0: none yet. */
enum err register_letter_first(
    struct registry *reg, int64_t *issued_at, struct errtext *err);

/* register_letter_count - how many there are, erased ones too. */
enum err register_letter_count(
    struct registry *reg, int64_t *count, struct errtext *err);

/* register_letter_misnumbered - numbers whose year or sequence, by which the
 * next number is found, are others in their rows. */
enum err register_letter_misnumbered(struct registry *reg,
    void (*each)(void *arg, const char *number), void *arg,
    struct errtext *err);

/*
 * register_letter_each - all letters in order of issue; false stops.
 *
 *   whole  with xml and labels, or without
 */
enum err register_letter_each(struct registry *reg, bool whole,
    bool (*each)(void *arg, const struct issued *letter), void *arg,
    struct errtext *err);

/* Why a further copy was printed. Borrowed. */
struct copy_note {
	int64_t at;
	const char *person, *second; /* pseudonyms; second may be "" */
	const char *reason;          /* stays in the register */
};

/* register_letter_relabel - other labels for the copies to come, within a
 * transaction. */
enum err register_letter_relabel(
    struct registry *reg, const struct issued *letter, struct errtext *err);

/* register_letter_copy - count one more copy, within a transaction; its
 * number in copy. */
enum err register_letter_copy(struct registry *reg, const char *number,
    const struct copy_note *note, int *copy, struct errtext *err);

void register_letter_clear(struct issued *letter);

#endif
