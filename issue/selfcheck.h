/*
 * selfcheck.h - each letter signed just now, read as a consulate would before
 * anything of its batch is committed: signature, form, number. Verifying
 * takes more than twice as long as signing, so a batch does it in a thread
 * beside the one that signs the next letter.
 */
#ifndef ISSUE_SELFCHECK_H
#define ISSUE_SELFCHECK_H

#include "base/bytes.h"
#include "base/err.h"
#include "letter/letter.h"

#include <openssl/evp.h>

/* selfcheck_letter - one letter, at once. ERR_OK; ERR_DATA, ERR_MEMORY: it
 * must not be stored. */
enum err selfcheck_letter(const void *xml, size_t len, const char *number,
    EVP_PKEY *key, struct errtext *err);

struct selfcheck; /* opaque */

/*
 * selfcheck_begin - start a thread for at most `max` letters.
 *
 *   key  the center's public key; borrowed until selfcheck_end()
 *
 * NULL when there is no memory or no thread: check at once then.
 */
struct selfcheck *selfcheck_begin(EVP_PKEY *key, size_t max);

/* selfcheck_add - hand over a copy. ERR_LIMIT over max, ERR_MEMORY. */
enum err selfcheck_add(struct selfcheck *check, const void *xml, size_t len,
    const char *number, struct errtext *err);

/* selfcheck_end - wait for all of them; the first fault of any. Releases
 * everything; NULL is fine. */
enum err selfcheck_end(struct selfcheck **check, struct errtext *err);

#endif
