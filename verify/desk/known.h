/*
 * known.h - what is always in view on the page: what this post knows and how
 * old that is, and who was here today, by number and time.
 */
#ifndef VERIFY_DESK_KNOWN_H
#define VERIFY_DESK_KNOWN_H

#include "base/bytes.h"

struct counter;

/* known_add - append it, after a look at what changed on disk. */
void known_add(struct bytes *out, struct counter *counter);

#endif
