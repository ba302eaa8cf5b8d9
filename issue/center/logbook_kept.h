/*
 * logbook_kept.h - what one transaction leaves for the next one of the same
 * process: what the lines of the log come to, with the keys of persons ready
 * for use, and the signed head. Good only as long as nothing at all was written
 * into the register since, by this process or another (store/store.h): then
 * the lines are those that this process entered itself, and are not read again.
 * For the files of the logbook and of rollbacks.
 */
#ifndef ISSUE_CENTER_LOGBOOK_KEPT_H
#define ISSUE_CENTER_LOGBOOK_KEPT_H

#include "issue/center/act.h"

/* logbook_kept_take - fill act->book.history, if it is that of act->book.head;
 * act->book.kept says so. It is not kept any more then. */
enum err logbook_kept_take(struct act *act, struct errtext *err);

/* logbook_kept_is_head - is this note the newest head, as this process signed
 * it last, and nothing was written since? */
enum err logbook_kept_is_head(const struct center *center,
    const struct bytes *note, bool *is, struct errtext *err);

/* logbook_kept_put - after the commit and the guard. Takes the book's history
 * and head; without memory they are not kept. */
void logbook_kept_put(struct act *act);

/* logbook_kept_free - for center.c: also when there is another list. */
void logbook_kept_free(struct logbook_kept **kept);

#endif
