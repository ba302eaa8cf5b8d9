/*
 * line.c - checking the signature of a line: line.h.
 */
#include "ledger/line.h"

#include "base/i18n.h"

enum err
line_verify(const struct log_entry *entry, EVP_PKEY *key, struct errtext *err)
{
	struct bytes message = { 0 };
	enum err rc = ERR_OK;

	if (entry_is_letter(entry))
		dsig_signed_info(entry->number, entry->digest, &message);
	else
		rc = entry_act_text(entry, &message, err);
	if (rc == ERR_OK && message.failed)
		rc = err_set(err, ERR_MEMORY, _("out of memory"));
	if (rc == ERR_OK)
		rc = dsig_verify_message(
		    key, message.at, message.len, entry->signature, err);
	bytes_free(&message);
	return rc;
}
