/*
 * logbook.h - entering lines in the center's signature log (docs/log.md):
 * always within the transaction that does what the line says, so that there
 * is never one without the other.
 *
 *   register_begin
 *   logbook_begin    may this log go on? Begins one that has no line yet
 *                    (issue/center/logbook_open.h)
 *   ...              letters, withdrawals, copies, persons; logbook_add()
 *                    for each, signed by those who act and by the center
 *   logbook_commit   signs the head, once all signatures were checked; commits;
 *                    writes the guard: only now may anything leave
 */
#ifndef ISSUE_CENTER_LOGBOOK_H
#define ISSUE_CENTER_LOGBOOK_H

#include "issue/center/center.h"
#include "issue/register/letter.h"
#include "issue/register/log.h"
#include "ledger/history.h"
#include "store/store.h"

struct keyring;
struct selfcheck;

/* What became of what was entered. */
enum logbook_outcome {
	LOGBOOK_OPEN,    /* not committed: what is rolled back is gone */
	LOGBOOK_STANDS,  /* committed, whatever became of the guard */
	LOGBOOK_NOTHING, /* the commit failed, and nothing of it is there */
	LOGBOOK_UNKNOWN, /* it failed, and the register cannot be asked */
};

/* Start as {0}; logbook_clear(). Members are logbook.c's. */
struct logbook {
	struct center *center;
	struct keyring *ring;
	const struct trust_log *log; /* generation and public keys */
	struct selfcheck *selfcheck; /* as struct logbook_act */
	int64_t now;                 /* of the lines that are entered */
	bool any_clock;
	const struct person *actor, *second; /* logged in; second may be NULL */
	struct log_head head;
	struct history
	    history;   /* of all lines (issue/center/logbook_rules.h) */
	uint64_t from; /* size when it was begun */
	struct store_stamp end;       /* when the head was stored */
	bool kept;                    /* history is of the transaction before */
	bool lines_proven;            /* all signed lines are there */
	bool has_guard;               /* false: made by logbook_commit() */
	enum logbook_outcome outcome; /* of logbook_commit() */
};

/* Who acts, with the opened keys. Borrowed until logbook_clear(). */
struct logbook_act {
	struct center *center;
	struct keyring *ring;        /* renewed when the log begins */
	const struct person *actor;  /* logged in, and signs */
	const struct person *second; /* the other person, or NULL */
	/* where signatures of what is entered are checked until logbook_commit(),
	 * which waits for it; NULL: each at once */
	struct selfcheck *selfcheck;
	int64_t now;
	int64_t confirmed; /* when a person typed the date; 0: none did */
	/* a withdrawal, or the line that puts a wrong clock right: see
	 * logbook_begin() */
	bool any_clock;
	bool recovering; /* two persons mend it: do not look for rollbacks */
};

/*
 * logbook_begin - within a transaction.
 *
 * ERR_CONFIG (exit 78) when nothing may be signed now: center_may_sign(),
 * rollback_check(), a log that the list does not name or says is closed, or
 * that these persons cannot begin.
 *
 * With any_clock no clock is in the way: what is entered takes the last line's
 * time where this computer's is before it, or so far after all that was signed
 * that a person would have to confirm it and none did. book.now says which.
 */
enum err logbook_begin(
    const struct logbook_act *act, struct logbook *out, struct errtext *err);

/*
 * logbook_number - the number that a letter of this instant takes: the next
 * after the log's last of that UTC year. ERR_CONFIG when the register's
 * letters end with another one; ERR_LIMIT when the year is used up.
 */
enum err logbook_number(struct logbook *book, int64_t at,
    char out[LETTER_NUMBER_SIZE], struct errtext *err);

/*
 * logbook_add - sign and enter one line: the persons who act, then the center.
 * It goes through the rules that every reader of the log has, signatures of
 * persons included; ERR_CONFIG for one that they would refuse.
 *
 *   entry  kind and what belongs to it; index and time are filled in, officer
 *          and approver (when officer is "": those who act), and signatures.
 *          A letter brings its own time, which must be now, its center's and
 *          its officer's signature
 */
enum err logbook_add(
    struct logbook *book, struct log_entry *entry, struct errtext *err);

/*
 * logbook_letter - number, digest, key name, signature, persons and reason of
 * a letter for its line; kind, time, ref, commitment and the officer's
 * signature are the caller's. ERR_DATA when the register's letter is not
 * whole.
 */
enum err logbook_letter(
    const struct issued *letter, struct log_entry *entry, struct errtext *err);

/* logbook_import - a line of another copy, as it stands; the center's
 * signature was checked by the caller. ERR_CONFIG when readers refuse it. */
enum err logbook_import(struct logbook *book, const struct log_entry *entry,
    const void *line, size_t len, struct errtext *err);

/* logbook_follow - with any_clock: lines that are entered from now on are not
 * dated before the last one. */
void logbook_follow(struct logbook *book);

/*
 * logbook_commit - the one end: sign the head and store it, wait for all that
 * is checked beside, commit, overwrite the guard.
 *
 * A fault of what is checked beside is returned. What it has come to stands in
 * book->outcome, after an error too. ERR_IO with LOGBOOK_STANDS: the guard
 * could not be written, and nothing of what was signed may leave yet.
 */
enum err logbook_commit(struct logbook *book, struct errtext *err);

/*
 * logbook_settle - before letters that have their lines are handed out once
 * more: if the power went, or the guard could not be written, before
 * the guard was written, overwrite it now. Writer only. ERR_CONFIG when
 * the register was set back (issue/center/rollback.h), ERR_IO.
 */
enum err logbook_settle(struct center *center, struct errtext *err);

/*
 * logbook_check - would logbook_begin() say yes? For asking before anybody
 * looks at drafts. Needs no keys.
 *
 *   actor, second  logged in; second may be NULL
 *   stale          out: the trust list is past its next update
 */
enum err logbook_check(struct center *center, const struct person *actor,
    const struct person *second, const struct center_signing *signing,
    bool *stale, struct errtext *err);

void logbook_clear(struct logbook *book);

#endif
