/*
 * home_persons.h - the persons of centers in root.db: rosters that were read
 * aloud, for home_certify.c; whom the root removed is home.h's.
 */
#ifndef KEYS_HOME_PERSONS_H
#define KEYS_HOME_PERSONS_H

#include "keys/home.h"

/*
 * home_persons_judge - may a center, by a request with this key, have these
 * persons?
 *
 *   known  out: the newest roster has the same persons; nothing to read aloud
 *
 * ERR_DATA when a role lacks; ERR_REFUSED for a key that is another person's
 * or the center's, or a person that the root removed with their key of before.
 */
enum err home_persons_judge(struct home *home, const char *center,
    EVP_PKEY *key, const struct trust_roster *roster, bool *known,
    struct errtext *err);

/* home_persons_add - add it as the newest roster, from now on. Within a
 * transaction. Errors of the store. */
enum err home_persons_add(struct home *home, const char *center,
    const struct trust_roster *roster, int64_t now, struct errtext *err);

#endif
