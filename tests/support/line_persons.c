/*
 * line_persons.c - line_persons.h.
 */
#include "tests/support/line_persons.h"

#include "letter/sign.h"

#include <string.h>

_Static_assert(ENTRY_SIGNATURE_SIZE == DSIG_SIGNATURE_SIZE, "both r | s");

/* text is released; out is written only on success. */
static enum err
sign_text(struct bytes *text, enum err rc, EVP_PKEY *key,
    uint8_t out[ENTRY_SIGNATURE_SIZE], struct errtext *err)
{
	uint8_t signature[DSIG_SIGNATURE_SIZE];

	if (rc == ERR_OK && text->failed)
		rc = err_set(err, ERR_MEMORY, "out of memory");
	if (rc == ERR_OK)
		rc = sign_raw(key, text->at, text->len, signature, err);
	if (rc == ERR_OK)
		memcpy(out, signature, sizeof(signature));
	bytes_free(text);
	return rc;
}

enum err
line_sign_person(
    struct log_entry *entry, size_t which, EVP_PKEY *key, struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc = entry_person_text(entry, &text, err);

	return sign_text(&text, rc, key, entry->person_signature[which], err);
}

enum err
line_sign_draft(const char *program, const char *center,
    const uint8_t commitment[32], EVP_PKEY *key,
    uint8_t out[ENTRY_SIGNATURE_SIZE], struct errtext *err)
{
	struct bytes text = { 0 };

	entry_drafted_text(program, center, commitment, &text);
	return sign_text(&text, ERR_OK, key, out, err);
}
