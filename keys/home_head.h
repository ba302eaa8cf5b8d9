/*
 * home_head.h - what the root says about the length of a log rests on a
 * signed head: verified here, and compared with all that root.db says about
 * the same log already.
 */
#ifndef KEYS_HOME_HEAD_H
#define KEYS_HOME_HEAD_H

#include "keys/home.h"

/*
 * home_head_read - verify a head of one of this center's logs. ERR_NOT_FOUND:
 * no such center; ERR_REFUSED: another center's, or another root than root.db
 * has for the same length; ERR_DATA: an empty log; those of head_open().
 */
enum err home_head_read(struct home *home, const char *center,
    const struct bytes *checkpoint, struct home_head *out, struct errtext *err);

/*
 * home_head_end - where the log of this head ends by root.db: *closed, and
 * then *size. Errors of the store.
 */
enum err home_head_end(struct home *home, const char *center,
    const struct home_head *head, bool *closed, uint64_t *size,
    struct errtext *err);

/* home_head_check_end - ERR_REFUSED for a head of more lines than its log was
 * closed with. */
enum err home_head_check_end(struct home *home, const char *center,
    const struct home_head *head, struct errtext *err);

#endif
