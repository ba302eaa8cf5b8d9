/*
 * line.c - checking the signature of a line: line.h.
 */
#include "ledger/line.h"

#include "base/sha256.h"
#include "letter/letter.h"

#include <stdio.h>

/* message is released. */
static enum err
verify_message(struct bytes *message, const uint8_t *signature, EVP_PKEY *key,
    struct errtext *err)
{
	enum err rc = ERR_MEMORY;

	if (message->failed)
		err_memory(err);
	else
		rc = dsig_verify_message(
		    key, message->at, message->len, signature, err);
	bytes_free(message);
	return rc;
}

enum err
line_verify_letter(const char *number, const uint8_t digest[DSIG_DIGEST_SIZE],
    const uint8_t signature[DSIG_SIGNATURE_SIZE], EVP_PKEY *key,
    struct errtext *err)
{
	struct bytes message = { 0 };

	dsig_signed_info(number, digest, &message);
	return verify_message(&message, signature, key, err);
}

/* What the person at this place signs. */
static enum err
person_text(const struct log_entry *entry, size_t which, const char *program,
    struct bytes *out, struct errtext *err)
{
	char center[LETTER_CENTER_SIZE];

	if (which != 0 || !entry_is_letter(entry))
		return entry_person_text(entry, out, err);
	snprintf(center, sizeof(center), "%.7s", entry->number);
	entry_drafted_text(program, center, entry->commitment, out);
	return ERR_OK;
}

static enum err
signed_text(const struct log_entry *entry, const char *program, int whose,
    struct bytes *out, struct errtext *err)
{
	if (whose != LINE_CENTER)
		return person_text(entry, (size_t)whose, program, out, err);
	if (!entry_is_letter(entry))
		return entry_act_text(entry, out, err);
	dsig_signed_info(entry->number, entry->digest, out);
	return ERR_OK;
}

const uint8_t *
line_signature(const struct log_entry *entry, int whose)
{
	return whose == LINE_CENTER ? entry->signature
				    : entry->person_signature[whose];
}

enum err
line_hash(const struct log_entry *entry, const char *program, int whose,
    uint8_t out[DSIG_DIGEST_SIZE])
{
	struct bytes message = { 0 };
	enum err rc = signed_text(entry, program, whose, &message, NULL);

	if (rc == ERR_OK && message.failed)
		rc = ERR_MEMORY;
	if (rc == ERR_OK)
		sha256(message.at, message.len, out);
	bytes_free(&message);
	return rc == ERR_OK || err_is_inside(rc) ? rc : ERR_INTERNAL;
}

static enum err
verify(const struct log_entry *entry, const char *program, int whose,
    EVP_PKEY *key, struct errtext *err)
{
	struct bytes message = { 0 };
	enum err rc = signed_text(entry, program, whose, &message, err);

	if (rc == ERR_OK)
		return verify_message(
		    &message, line_signature(entry, whose), key, err);
	bytes_free(&message);
	return rc;
}

enum err
line_verify(const struct log_entry *entry, EVP_PKEY *key, struct errtext *err)
{
	return verify(entry, NULL, LINE_CENTER, key, err);
}

enum err
line_verify_person(const struct log_entry *entry, const char *program,
    size_t which, EVP_PKEY *key, struct errtext *err)
{
	return verify(entry, program, (int)which, key, err);
}

enum err
line_verify_persons(const struct log_entry *entry, const char *program,
    const struct line_persons *persons, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < persons->count && rc == ERR_OK; i++)
		rc =
		    line_verify_person(entry, program, i, persons->key[i], err);
	return rc;
}
