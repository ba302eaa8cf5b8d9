/*
 * shown.c - proving a letter that was shown: shown.h.
 */
#include "ledger/shown.h"

#include "ledger/line.h"

#include <string.h>

enum err
shown_verify(const struct trust_list *list, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], const char *key_name,
    const uint8_t signature[DSIG_SIGNATURE_SIZE])
{
	const struct trust_center *center = NULL;
	const struct trust_key *key = NULL;
	struct letter_number parts;

	if (list != NULL && key_name[0] != '\0')
		key = trust_find_key(list, key_name, &center);
	if (key == NULL || !number_parse(number, &parts) ||
	    strcmp(center->code, parts.center) != 0)
		return ERR_ISSUER;
	return line_verify_letter(number, digest, signature, key->key, NULL);
}
