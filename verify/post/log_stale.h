/*
 * log_stale.h - copies whose lines are to be taken anew, from the first one
 * on, because what they rest on has changed since:
 *
 * - the root has removed a person from a line on that was taken already;
 * - a later log begins with the persons of this one, and the root has set its
 *   end before the copy's;
 * - it begins with those of an earlier log, of which other lines about persons
 *   were taken since.
 *
 * A stale copy serves, but what became of letters may be other than it says:
 * none of its center's is green. Its row has lines and no history.
 */
#ifndef VERIFY_POST_LOG_STALE_H
#define VERIFY_POST_LOG_STALE_H

#include "verify/post/post.h"

/* log_stale_any - does the list make a copy stale that is not yet? ERR_DATA: a
 * copy is damaged; errors of the store. */
enum err log_stale_any(struct post *post, const struct trust_list *list,
    bool *out, struct errtext *err);

/* log_stale_mark - mark them all. In a transaction. */
enum err log_stale_mark(
    struct post *post, const struct trust_list *list, struct errtext *err);

/* log_stale_later - the center's logs after this one, of which a line about a
 * person was taken. In a transaction. */
enum err log_stale_later(
    struct post *post, const struct post_log *log, struct errtext *err);

/* log_stale_say - is a log of the list still stale? Then what to do; else
 * *sentence is untouched. */
bool log_stale_say(const struct post *post, struct errtext *sentence);

#endif
