/*
 * logbook_owed.h - what a log must have before anything new is entered: for
 * logbook.c alone.
 */
#ifndef ISSUE_LOGBOOK_OWED_H
#define ISSUE_LOGBOOK_OWED_H

#include "issue/logbook.h"

/*
 * logbook_enter_owed - `open` for a log without lines; when it is the
 * center's first, each letter that the register already has, in order of
 * issue, at its own time, and each copy of them; then everybody whose joining
 * or leaving is not in the log yet.
 */
enum err logbook_enter_owed(struct logbook *book, struct errtext *err);

#endif
