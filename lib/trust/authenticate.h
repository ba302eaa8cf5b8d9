/*
 * authenticate.h - from the bytes of a letter file to a letter that is
 * proven to be signed by a key of the trust list. The first half of the
 * judging order (docs/verdicts.md); periods, logs and dates are the verdict's.
 */
#ifndef TRUST_AUTHENTICATE_H
#define TRUST_AUTHENTICATE_H

#include "letter/labels.h"
#include "letter/letter.h"
#include "trust/list.h"

struct authentic {
	struct letter letter;
	uint8_t digest[DSIG_DIGEST_SIZE];
	uint8_t signature[DSIG_SIGNATURE_SIZE];
	char key_name[DSIG_KEY_NAME_SIZE]; /* set from ERR_ISSUER on */
	const struct trust_key *key;       /* borrowed from the list */
	const struct trust_center *center;
};

/*
 * authenticate_letter - scan, look for damage (letter/form.h), find the key,
 * verify, then read.
 *
 *   list  NULL: no list yet, every letter is ERR_ISSUER
 *   out   on ERR_OK everything; on ERR_ISSUER key_name; on ERR_PROFILE and
 *         ERR_VERSION after a good signature key, center and (when
 *         authenticated and well-formed) letter.number, so that the reason
 *         can name it
 *
 * Returns ERR_OK, ERR_LIMIT, ERR_FOREIGN, ERR_PROFILE, ERR_ISSUER,
 * ERR_SIGNATURE, ERR_MEMORY, ERR_INTERNAL, in the order of docs/verdicts.md;
 * ERR_VERSION for a file of a later namespace, whatever its signature (key is
 * set when it is good), and for an authentic letter with parts that this
 * version does not know.
 */
enum err authenticate_letter(const void *xml, size_t len,
    const struct trust_list *list, struct authentic *out, struct errtext *err);

/*
 * authenticate_labels - what the list knows to show beside the letter's
 * codes, in a language. list may be NULL.
 */
void authenticate_labels(const struct trust_list *list,
    const struct letter *letter, const char *lang, struct letter_labels *out);

#endif
