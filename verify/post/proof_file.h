/*
 * proof_file.h - files of proof: what contradicts something else is kept in
 * home/evidence, each file named after its content, so that it is kept once.
 */
#ifndef VERIFY_POST_PROOF_FILE_H
#define VERIFY_POST_PROOF_FILE_H

#include "verify/post/post.h"

/*
 * proof_file_keep - home/evidence/PREFIX-<16 hex digits of SHA-256>SUFFIX.
 * False when it cannot be kept; that changes no verdict.
 */
bool proof_file_keep(struct post *post, const char *prefix, const char *suffix,
    const struct bytes *file);

/* proof_file_is_intact - is this file of evidence/ still what was kept there? */
bool proof_file_is_intact(const char *name, const char *prefix,
    const char *suffix, const struct bytes *file);

#endif
