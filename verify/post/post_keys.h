/*
 * post_keys.h - the post's own two keys: cosigner.key says that a log was
 * seen, report.key signs what is told to others. Both are Ed25519.
 */
#ifndef VERIFY_POST_POST_KEYS_H
#define VERIFY_POST_POST_KEYS_H

#include "verify/post/post.h"

/*
 * post_key_load - the private key in home/NAME.key, and the verifier key that
 * others know it by: RRP-ES/post/ES-GTGUA/1.
 *
 *   type     VKEY_COSIGNATURE or VKEY_ED25519
 *   private  out: the caller EVP_PKEY_free()s it
 *
 * ERR_OK, ERR_NOT_FOUND, ERR_DATA, ERR_IO, ERR_MEMORY.
 */
enum err post_key_load(const struct post *post, const char *name, uint8_t type,
    struct vkey *public, EVP_PKEY **private, struct errtext *err);

/* post_cosigner - fill post->cosigner and cosigner_key, once: reading a key
 * takes longer than signing with it. Errors as above. */
enum err post_cosigner(struct post *post, struct errtext *err);

/* post_listed - the list's row of this post's name; NULL: there is none.
 *
 *   other  out: the row names other keys than this post's, so its word does not
 *          count. Keys that cannot be read here are not "other"
 */
const struct trust_post *post_listed(const struct post *post, bool *other);

#endif
