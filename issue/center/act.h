/*
 * act.h - somebody acts at a center: who, beside whom, with which opened keys
 * and when; and the transaction in which they enter lines in the log, so that
 * there is never a line without what it says, nor the other way round.
 *
 *   people_login    actor, second (issue/center/login.h)
 *   act_open        the center's keys, by the one of the two who may
 *   act_begin       may this log go on? Begins one that has no line yet
 *                   (issue/center/logbook_open.h)
 *   ...             letters, withdrawals, copies, persons; logbook_add() for
 *                   each (issue/center/logbook.h)
 *   act_commit      signs the head, once all signatures were checked; commits;
 *                   writes the guard: only now may anything leave
 *   act_close
 *
 * The register commits lines in no other way (register_commit_lines()).
 */
#ifndef ISSUE_CENTER_ACT_H
#define ISSUE_CENTER_ACT_H

#include "issue/center/center.h"
#include "issue/center/keyring.h"
#include "issue/center/logbook.h"
#include "issue/register/people.h"

struct selfcheck;
/* What became of what was entered. */
enum act_outcome {
	ACT_OPEN,    /* not committed: nothing of it is there */
	ACT_STANDS,  /* committed, whatever became of the guard */
	ACT_NOTHING, /* the commit failed, and nothing of it is there */
	ACT_UNKNOWN, /* it failed, and the register cannot be asked, or the next to
		      * open it may find it */
};

/* Start as {0}; act_close(). */
struct act {
	struct center *center;
	struct person actor;  /* logged in, and signs */
	struct person second; /* the other one; code is "" without one */
	struct keyring ring;  /* act_open(); renewed when the log begins */
	int64_t now;          /* of what is entered, from act_begin() on */
	int64_t confirmed;    /* when a person typed the date; 0: none did */
	/* a withdrawal, or the line that puts a wrong clock right: no clock
	 * keeps anybody from it (act_begin()) */
	bool any_clock;
	bool recovering; /* two persons mend it: do not look for rollbacks */
	/* where signatures of what is entered are checked until act_commit(),
	 * which waits for it; NULL: each at once */
	struct selfcheck *selfcheck;
	struct logbook book; /* of the transaction under way */
	enum act_outcome outcome;
};

/* act_second - who stands beside, or NULL. */
const struct person *act_second(const struct act *act);

/* act_holder - who of the two can open the center's keys: the actor before the
 * second; NULL: neither. */
const struct person *act_holder(const struct act *act);

/*
 * act_open - the center's keys, by act_holder(), with the new ones first when
 * the list carries them (rekey_open()). Both are logged in.
 *
 * ERR_REFUSED when neither of them can; else as rekey_open().
 */
enum err act_open(struct act *act, struct errtext *err);

/*
 * act_check - would act_begin() say yes, now? For asking before anybody looks
 * at drafts. Needs no keys.
 *
 *   stale  out: the trust list is past its next update
 */
enum err act_check(struct act *act, bool *stale, struct errtext *err);

/* act_check_log - as far as that is of the log alone: nobody is logged in yet,
 * and no date was asked for. */
enum err act_check_log(struct act *act, struct errtext *err);

/*
 * act_begin - the transaction.
 *
 * ERR_CONFIG (exit 78) when nothing may be signed now: center_may_sign(),
 * rollback_check(), a log that the list does not name or says is closed, or
 * that these persons cannot begin. ERR_BUSY. After an error there is none.
 *
 * With any_clock no clock is in the way: what is entered takes the last line's
 * time where this computer's is before it, or so far after all that was signed
 * that a person would have to confirm it and none did. act->now says which.
 */
enum err act_begin(struct act *act, int64_t now, struct errtext *err);

/*
 * act_commit - its one end: sign the head and store it, wait for all that is
 * checked beside, commit, overwrite the guard. What was not committed is rolled
 * back.
 *
 * A fault of what is checked beside is returned. What it has come to stands in
 * act->outcome, after an error too. ERR_IO with ACT_STANDS: the guard could not
 * be written, and nothing of what was signed may leave yet.
 */
enum err act_commit(struct act *act, struct errtext *err);

/* act_rollback - its other end. Harmless without one. */
void act_rollback(struct act *act);

/*
 * act_settle - before letters that have their lines are handed out once more,
 * and before lines are published: if the power went, or the guard could not be
 * written, before act_commit() was through, overwrite it now. Becomes the writer
 * for that. ERR_BUSY (somebody else writes, and perhaps the guard just now),
 * ERR_CONFIG when the register was set back (issue/center/rollback.h), ERR_IO.
 */
enum err act_settle(struct center *center, struct errtext *err);

/* act_close - roll back what was not committed; wipe the keys; close the home. */
void act_close(struct act *act);

#endif
