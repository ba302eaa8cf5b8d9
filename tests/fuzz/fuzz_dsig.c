/* Any bytes as a letter: scanned, and when the form fits, verified. */
#include "letter/dsig.h"

#include <openssl/ec.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static EVP_PKEY *key; /* one for the whole run: making it is slow */
	struct bytes info = { 0 };
	struct dsig sig;
	enum err rc;

	if (key == NULL)
		key = EVP_EC_gen("P-256");
	if (dsig_scan(&dsig_letter, data, len, &sig, NULL) != ERR_OK)
		return 0;
	/* nobody has signed with a key made just now */
	rc = dsig_verify(&sig, key, NULL);
	if (rc == ERR_OK || sig.end > sig.len || sig.start >= sig.end ||
	    strlen(sig.id) > DSIG_ID_MAX)
		abort();
	dsig_signed_info(sig.id, sig.digest, &info);
	bytes_free(&info);
	return 0;
}
