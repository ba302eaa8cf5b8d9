/*
 * logbook_rules.h - what a reader of the log would say to a line, asked before
 * it is signed: for the logbook's own files and recover.c.
 *
 * The rules are ledger/history.h, the very code of posts and auditors. They
 * are fed from the log's lines and from nothing else in the register, so that
 * no other column can make the center sign what every reader refuses: a gap,
 * a letter that dies twice, a time that goes back, a person who may not act.
 *
 * What the lines come to is kept under a seal (issue/center/logbook_seal.h).
 * Where that does not fit all lines are read again, against the signed heads.
 * What became of a letter is read from its own lines, whose signatures are
 * checked; that none of them was taken away, by hashing all lines once, before
 * the first line that changes a letter.
 */
#ifndef ISSUE_CENTER_LOGBOOK_RULES_H
#define ISSUE_CENTER_LOGBOOK_RULES_H

#include "issue/center/act.h"

/* logbook_rules_load - fill act->book.history for its head. ERR_CONFIG when the
 * lines in the register are not those that were signed. */
enum err logbook_rules_load(struct act *act, struct errtext *err);

/* logbook_rules_replay - the same, always from the lines: after lines of an
 * earlier generation were imported. */
enum err logbook_rules_replay(struct act *act, struct errtext *err);

/*
 * logbook_rules_take - the next line, with the signatures of its persons:
 * where the book has threads for it they are checked beside, and act_commit()
 * says what came of it.
 *
 *   refused  the rules that must not be broken
 *
 * ERR_CONFIG with what it would break and what to do; the history is of no use
 * then.
 */
enum err logbook_rules_take(struct act *act, const struct log_entry *entry,
    unsigned refused, struct errtext *err);

/* logbook_rules_signed - is the line's signature that of a key which the list
 * says is this center's? ERR_CONFIG when not. */
enum err logbook_rules_signed(const struct center *center,
    const struct log_entry *entry, struct errtext *err);

#endif
