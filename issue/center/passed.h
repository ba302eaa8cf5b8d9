/*
 * passed.h - a guard that two persons passed over, saying that the lines which
 * only it knows of are lost. Until it is overwritten (the power may fail
 * before) its note is not compared any more: the line in the place of those
 * lines would look like a fork.
 *
 * Nothing written into the register switches the guard off: both persons sign
 * which guard it is, and which log goes on without it, with their own keys
 * (trust/credential.h):
 *
 *   sello-passed/v1
 *   center GTGUA01
 *   guard HEX           SHA-256 of its note
 *   log 1 29 HEX        generation, size and root, its `restore` line included
 *
 * In table setting, `guard-passed`: "1 29 CODE HEX CODE HEX". It counts while
 * both are on the roster, one of them is an approver, and the register's log
 * has just these lines: so an older register cannot use it.
 */
#ifndef ISSUE_CENTER_PASSED_H
#define ISSUE_CENTER_PASSED_H

#include "issue/center/act.h"

/* passed_make - after the `restore` line was entered, in its transaction.
 * ERR_CONFIG when the logbook was not given two persons. */
enum err passed_make(
    struct act *act, const struct bytes *note, struct errtext *err);

/* passed_is - was the guard with this note passed over? Anything that does
 * not verify is no. */
enum err passed_is(struct center *center, const struct bytes *note,
    bool *passed, struct errtext *err);

#endif
