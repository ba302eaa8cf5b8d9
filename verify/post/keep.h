/*
 * keep.h - evidence: what contradicts something else is kept in the post's
 * home, each file named after its content, so that it is kept once.
 */
#ifndef VERIFY_POST_KEEP_H
#define VERIFY_POST_KEEP_H

#include "verify/post/post.h"

/*
 * keep_evidence - home/evidence/PREFIX-<16 hex digits of SHA-256>SUFFIX.
 * False when it cannot be kept; that changes no verdict.
 */
bool keep_evidence(struct post *post, const char *prefix, const char *suffix,
    const struct bytes *file);

/* keep_is_intact - is this file of evidence/ still what was kept there? */
bool keep_is_intact(const char *name, const char *prefix, const char *suffix,
    const struct bytes *file);

#endif
