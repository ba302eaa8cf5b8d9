/*
 * logbook_seal.h - what the log's lines come to (last number of each year, last
 * time, roster), kept in log_state so that they need not all be read again.
 *
 * It stands under a seal, HMAC-SHA256 with a key drawn from the wrapping key,
 * over it and the root of the signed lines. Without a seal that fits it is not
 * believed.
 */
#ifndef ISSUE_CENTER_LOGBOOK_SEAL_H
#define ISSUE_CENTER_LOGBOOK_SEAL_H

#include "issue/center/act.h"

/*
 * logbook_seal_load - the history of the newest lines, as the register has it.
 *
 *   history  starts as {0}; the caller's to clear in any case
 *   good     out: it may be believed
 */
enum err logbook_seal_load(const struct act *act, struct history *history,
    bool *good, struct errtext *err);

/* logbook_seal_save - seal and keep act->book.history; with the head. */
enum err logbook_seal_save(struct act *act, struct errtext *err);

#endif
