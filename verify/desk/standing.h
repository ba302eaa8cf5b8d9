/*
 * standing.h - the clock and how old this post's lists are, short enough for the
 * band of the page, which is in view wherever the page is scrolled to.
 */
#ifndef VERIFY_DESK_STANDING_H
#define VERIFY_DESK_STANDING_H

#include "base/bytes.h"
#include "verify/post/post.h"

/* standing_add - append it; of all logs the one that is the oldest here. */
void standing_add(struct bytes *out, struct post *post, int64_t now);

#endif
