/*
 * selfcheck.h - each letter signed just now, read as a consulate would before
 * anything of its batch is committed: signature, form, number. Verifying
 * takes more than twice as long as signing, so it is done beside the signing
 * of what follows.
 */
#ifndef ISSUE_CENTER_SELFCHECK_H
#define ISSUE_CENTER_SELFCHECK_H

#include "base/beside.h"
#include "base/bytes.h"
#include "base/err.h"
#include "letter/letter.h"

#include <openssl/evp.h>

/* selfcheck_letter - one letter, at once. ERR_OK; ERR_DATA, ERR_INTERNAL:
 * it must not be stored. */
enum err selfcheck_letter(const void *xml, size_t len, const char *number,
    EVP_PKEY *key, struct errtext *err);

/*
 * selfcheck_add - the same beside, of a copy: beside_wait() says what came of
 * it. ERR_MEMORY.
 *
 *   key  the center's public key
 */
enum err selfcheck_add(struct beside *beside, const void *xml, size_t len,
    const char *number, EVP_PKEY *key, struct errtext *err);

#endif
