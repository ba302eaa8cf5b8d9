/*
 * logbook_open.h - how a log begins: with `open` and a line for each person
 * that belongs to the center (docs/log.md, section 1). For logbook.c, and for
 * those who want to know before they ask anybody for work.
 *
 * The first one the founder begins, when the trust list names the center: the
 * persons are those of its newest roster, whose keys they read aloud, and the
 * register's must be the very same. From then on what each may do stands in
 * the log, so the slots of those who need none are erased. A later generation
 * is begun by an administrator and an approver, with the persons who stand.
 *
 * Whom the root has read aloud anew, because too few were left or everything
 * was lost, enters with the first line that they act in, by their own
 * signature.
 */
#ifndef ISSUE_CENTER_LOGBOOK_OPEN_H
#define ISSUE_CENTER_LOGBOOK_OPEN_H

#include "issue/center/act.h"

/*
 * logbook_open_check - has the log of the trust list begun, or may these
 * persons begin it?
 *
 *   actor, second  logged in; second may be NULL
 *
 * ERR_OK; ERR_CONFIG with the command that begins it, or with why nobody can.
 */
enum err logbook_open_check(struct center *center, const struct person *actor,
    const struct person *second, struct errtext *err);

/* logbook_open_earlier - ERR_CONFIG where the list has an earlier log that did
 * not end and the register has no line: two persons recover first. */
enum err logbook_open_earlier(struct center *center, struct errtext *err);

/* logbook_open_drafter - ERR_CONFIG, with the command, for a drafter whom the
 * root has read aloud and who has not entered yet: drafts are no lines. */
enum err logbook_open_drafter(
    const struct act *act, const char *code, struct errtext *err);

/* logbook_open_log - begin it, if it has no line yet, and let those who act
 * enter, where the root has read them aloud. As logbook_open_check(),
 * and what logbook_add() and keyring_renew() return. */
enum err logbook_open_log(struct act *act, struct errtext *err);

#endif
