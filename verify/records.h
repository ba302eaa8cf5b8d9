/*
 * records.h - how much of the centers' records this post had taken once. It is
 * kept in post.db, apart from the copy itself: an older copy in its place, or
 * one that was made anew of less, does not know what became of letters since.
 * Until as much is here again no letter of those records is green.
 */
#ifndef VERIFY_RECORDS_H
#define VERIFY_RECORDS_H

#include "verify/post.h"

/*
 * records_behind - may this post's copy of one log lack what was known? Not
 * when it has as much in all as before; nor when this log was closed and is
 * here to its end, or its head was signed after the loss.
 *
 *   log  NULL: there is no copy
 */
bool records_behind(struct post *post, const struct post_log *log,
    const struct trust_log *named);

/* records_lacking - is any log of the list behind? Then what to do; else
 * *sentence is untouched. */
bool records_lacking(struct post *post, struct errtext *sentence);

/* records_give_up - a copy is to be made anew: what it had is remembered first.
 * Errors of post_store_set_records(). */
enum err records_give_up(struct post *post, int64_t now, struct errtext *err);

/* records_settle - after all was taken: the copy has what it has, and a loss
 * that was made good is forgotten. */
enum err records_settle(struct post *post, struct errtext *err);

/* records_fewer - before a change to the copy is committed that leaves it with
 * so many lines fewer, and rightly so. 0 or less: nothing to do. */
enum err records_fewer(struct post *post, int64_t fewer, struct errtext *err);

#endif
