/*
 * shown.h - what proves that a letter which somebody was shown was signed by
 * its center: key name and r | s of the letter's own signature. They bind
 * number and digest alone (ledger/line.h says why); when it was issued, who
 * was shown it and on which day stay the word of who says so.
 */
#ifndef LEDGER_SHOWN_H
#define LEDGER_SHOWN_H

#include "letter/number.h"
#include "trust/list.h"

/*
 * shown_verify - has a key of this letter's center signed number and digest?
 *
 *   key_name   8 hex digits; "" when it is not known
 *   signature  r | s as it stood in the letter
 *
 * Returns ERR_OK (proven), ERR_ISSUER (nothing to prove it with: no key name,
 * or one that the list does not name for the number's center), ERR_SIGNATURE
 * (number, digest or signature are not what was signed), ERR_INTERNAL,
 * ERR_MEMORY. Only ERR_OK proves anything.
 */
enum err shown_verify(const struct trust_list *list, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], const char *key_name,
    const uint8_t signature[DSIG_SIGNATURE_SIZE]);

#endif
