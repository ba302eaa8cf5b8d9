/*
 * standing.h - who belongs to this center now, with which role and key. Once
 * the log has begun its own lines say so, and nothing in the register that one
 * person could write; before that the trust list, and before that the rows of
 * the register, which the root has not certified yet (docs/four-eyes.md). Whom
 * the root has read aloud anew, where too few were left, stands too.
 */
#ifndef ISSUE_CENTER_STANDING_H
#define ISSUE_CENTER_STANDING_H

#include "issue/center/center.h"
#include "issue/register/state.h"

enum staff_phase {
	STAFF_FOUNDING, /* no list names the center: the founder acts alone */
	STAFF_NAMED,    /* a list does; the log has not begun */
	STAFF_BEGUN,    /* the log says who belongs to the center */
};

/* Whose present key somebody else gave. */
struct standing_given {
	char code[PERSON_CODE_SIZE];
	char giver[PERSON_CODE_SIZE];
};

/* What a line that does not count has done to somebody: its persons were
 * removed by the root, or were let in by such a line. */
enum uncounted_why {
	UNCOUNTED_KEY,     /* gave or changed their key */
	UNCOUNTED_ADDED,   /* let them in */
	UNCOUNTED_REMOVED, /* sent them away: they stand */
};

struct standing_uncounted {
	struct trust_person is; /* as that line has them, or found them */
	enum uncounted_why why;
};

struct standing {
	enum staff_phase phase;
	struct trust_roster persons; /* by code */
	struct standing_uncounted *uncounted;
	size_t uncounted_count, uncounted_cap;
	struct standing_given *given; /* by what the log says */
	size_t given_count;
	/* of the log's staff lines when they were read */
	struct staff_stamp stamp;
	const struct trust_center *listed; /* borrowed */
};

/*
 * standing_now - as of the transaction under way.
 *
 *   out  the center's, until the next call
 *
 * Reads the staff lines of the register's log and checks the persons'
 * signatures in them; not again before there is another. ERR_CONFIG when there
 * is no trust list to read them by, or when a line is not what its persons
 * signed: then nobody can act here.
 */
enum err standing_now(
    struct center *center, const struct standing **out, struct errtext *err);

/* standing_is_founding - by the last standing_now(): does the founder act alone,
 * without a log? */
bool standing_is_founding(const struct center *center);

/* standing_giver - the administrator who typed the passphrase that this person
 * has not changed since; "": nobody, so far as the log says. */
const char *standing_giver(const struct standing *standing, const char *code);

/* standing_uncounted - what a line that does not count did to this person,
 * whom the root itself has not removed; NULL: nothing. */
const struct standing_uncounted *standing_uncounted(
    const struct standing *standing, const char *code);

/*
 * standing_letter_counts - does the line that entered a letter count, by the
 * list at hand? Not when the root had removed a person who signed it, or who
 * let them in: then no consulate takes it. True for a letter without a line.
 * Errors as standing_now().
 */
enum err standing_letter_counts(
    struct center *center, const char *number, bool *out, struct errtext *err);

/* standing_free - for center_close(). */
void standing_free(struct standing **standing);

#endif
