/*
 * line_sign.c - line_sign.h.
 */
#include "ledger/line_sign.h"

#include "letter/sign.h"

#include <string.h>

_Static_assert(ENTRY_SIGNATURE_SIZE == DSIG_SIGNATURE_SIZE, "both r | s");

enum err
line_sign(struct log_entry *entry, EVP_PKEY *key, struct errtext *err)
{
	struct bytes text = { 0 };
	uint8_t signature[DSIG_SIGNATURE_SIZE];
	enum err rc;

	if ((rc = entry_act_text(entry, &text, err)) != ERR_OK)
		goto out;
	if (text.failed)
		rc = err_memory(err);
	else
		rc = sign_raw(key, text.at, text.len, signature, err);
	if (rc == ERR_OK)
		memcpy(entry->signature, signature, sizeof(signature));
out:
	bytes_free(&text);
	return rc;
}
