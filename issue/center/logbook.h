/*
 * logbook.h - entering lines in the center's signature log (docs/log.md):
 * always within the transaction that does what the line says, between
 * act_begin() and act_commit() (issue/center/act.h).
 */
#ifndef ISSUE_CENTER_LOGBOOK_H
#define ISSUE_CENTER_LOGBOOK_H

#include "issue/register/log.h"
#include "ledger/history.h"
#include "letter/letter.h"
#include "store/store.h"
#include "trust/list.h"

struct act;
struct issued;
/* What struct act has of the log. For the files of the logbook. */
struct logbook {
	const struct trust_log *log; /* generation and public keys */
	struct log_head head;
	struct history
	    history;   /* of all lines (issue/center/logbook_rules.h) */
	uint64_t from; /* size when it was begun */
	struct store_stamp end; /* when the head was stored */
	bool kept;              /* history is of the transaction before */
	bool lines_proven;      /* all signed lines are there */
	bool has_guard;         /* false: made by act_commit() */
};

/*
 * logbook_number - the number that a letter of this instant takes: the next
 * after the log's last of that UTC year. ERR_CONFIG when the register's
 * letters end with another one; ERR_LIMIT when the year is used up.
 */
enum err logbook_number(struct act *act, int64_t at,
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
    struct act *act, struct log_entry *entry, struct errtext *err);

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
enum err logbook_import(struct act *act, const struct log_entry *entry,
    const void *line, size_t len, struct errtext *err);

/* logbook_follow - with any_clock: lines that are entered from now on are not
 * dated before the last one. */
void logbook_follow(struct act *act);

#endif
