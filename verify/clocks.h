/*
 * clocks.h - two clocks that do not fit, at a post: where the later date comes
 * from, and which clock is suspected. For people; what follows from it for a
 * letter is verify/verdict.h's.
 */
#ifndef VERIFY_CLOCKS_H
#define VERIFY_CLOCKS_H

#include "verify/post/post.h"

/*
 * clocks_behind - this computer's clock is before what this post has proof of:
 * which date that is (list, records, or this computer's own of before), both
 * times, whom to suspect, and the way on.
 *
 * False, out untouched: it is not.
 */
bool clocks_behind(const struct post *post, int64_t now, struct errtext *out);

/* clocks_signed_later - the same of what others signed, list and records: not
 * of this computer's own mark, which alone can be forgotten. */
bool clocks_signed_later(
    const struct post *post, int64_t now, struct errtext *out);

/* clocks_perhaps_ahead - are list and all logs too old, as they look when this
 * computer's clock runs ahead? Nothing proves that. */
bool clocks_perhaps_ahead(const struct post *post, int64_t now);

/* clocks_letter - the same for a letter that is dated after this clock; false:
 * it is not. */
bool clocks_letter(
    const struct post *post, int64_t issued, int64_t now, struct errtext *out);

#endif
