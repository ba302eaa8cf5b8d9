/*
 * home_certify.h - what is refused of a center's request as of a post's, so
 * that it can never reach a list.
 */
#ifndef KEYS_HOME_CERTIFY_H
#define KEYS_HOME_CERTIFY_H

#include "keys/home.h"

/* certify_check_root - ERR_REFUSED for a request that was made for the root
 * with another fingerprint. */
enum err certify_check_root(
    const struct home *home, const uint8_t root[32], struct errtext *err);

/*
 * certify_keys_are_taken - does any log or post have one of these two keys, but
 * for `except`?
 *
 *   rc  out: ERR_OK, or why it is not known
 */
bool certify_keys_are_taken(struct home *home, const uint8_t one[32],
    const uint8_t two[32], const char *except, enum err *rc,
    struct errtext *err);

/* certify_keys_refused - ERR_REFUSED, with what to do about such keys. */
enum err certify_keys_refused(struct errtext *err);

#endif
