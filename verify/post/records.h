/*
 * records.h - how much of each center's records this post had taken once. It is
 * kept in post.db, apart from the copy itself: an older copy in its place, or
 * one that was made anew of less, does not know what became of letters since.
 * Until as much of a log is here again none of its letters is green. Each log
 * is counted by itself: new lines of one make up for none of another.
 */
#ifndef VERIFY_POST_RECORDS_H
#define VERIFY_POST_RECORDS_H

#include "verify/post/post.h"

/* records_are_any - has this post ever taken lines that count here? */
bool records_are_any(const struct post *post);

/* records_are_fewer - has the copy less of any log than this post had taken? */
bool records_are_fewer(const struct post *post);

/*
 * records_behind - may this post's copy of one log lack what was known? Not
 * when it has as much as before; nor when the log was closed and is here to its
 * end, or its head was signed after the loss. But that a log contradicts itself
 * no later head of it takes back.
 *
 *   log  NULL: there is no copy
 */
bool records_behind(struct post *post, const struct post_log *log,
    const struct trust_log *named);

/* records_lacking - is any log of the list behind? Then which, and what to do;
 * else *sentence is untouched. */
bool records_lacking(struct post *post, struct errtext *sentence);

/* records_give_up - a copy is to be made anew: what it had is remembered first.
 * Errors of post_store_set_record(). */
enum err records_give_up(struct post *post, int64_t now, struct errtext *err);

/* records_settle - after something was taken: the copy has what it has, and a
 * loss that was made good is forgotten. Nothing while it cannot be looked at.
 * ERR_BUSY, and the errors of post_store_set_record(). */
enum err records_settle(struct post *post, struct errtext *err);

/*
 * records_fewer - before a change to the copy is committed that leaves a log
 * with so much, and rightly so; records_settle() comes after it. In between
 * what it had counts as lost: whoever is ended there forgets nothing.
 */
enum err records_fewer(struct post *post, const struct post_log *log,
    int64_t left, int64_t now, struct errtext *err);

#endif
