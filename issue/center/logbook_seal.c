/*
 * logbook_seal.c - logbook_seal.h.
 */
#include "issue/center/logbook_seal.h"

#include "issue/center/keyring.h"
#include "issue/register/log.h"
#include "issue/register/state.h"

#include "base/encode.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <string.h>

#define LABEL "sello-state/v1\n"

static bool
hmac(const void *key, size_t key_len, const void *data, size_t len,
    uint8_t out[REGISTER_STATE_SEAL_SIZE])
{
	return HMAC(EVP_sha256(), key, (int)key_len, data, len, out, NULL) !=
	    NULL;
}

/* HMAC over label, root and history, by a key of its own. */
static enum err
make_seal(const struct act *act, const struct tree_range *range,
    const char *history, uint8_t out[REGISTER_STATE_SEAL_SIZE],
    struct errtext *err)
{
	const struct secret *wrapping = &act->ring.wrapping;
	uint8_t key[REGISTER_STATE_SEAL_SIZE];
	struct bytes text = { 0 };
	struct tree_hash root;
	bool good;

	tree_range_root(range, &root);
	bytes_add_text(&text, LABEL);
	hex_encode(root.at, sizeof(root.at), &text);
	bytes_addf(&text, "\n%s", history);
	good = !text.failed &&
	    hmac(wrapping->at, wrapping->len, LABEL, strlen(LABEL), key) &&
	    hmac(key, sizeof(key), text.at, text.len, out);
	OPENSSL_cleanse(key, sizeof(key));
	bytes_free(&text);
	return good ? ERR_OK : err_memory(err);
}

/* Is it the state of the newest signed lines? */
static enum err
is_sealed(const struct act *act, const struct history *history,
    const struct bytes *text, const uint8_t *seal, bool *good,
    struct errtext *err)
{
	uint8_t want[REGISTER_STATE_SEAL_SIZE];
	struct log_head head = { .last_time = 0 };
	unsigned newest = 0;
	bool found = false;
	enum err rc = register_log_newest(act->center->reg, &newest, err);

	if (rc == ERR_OK)
		rc = register_log_head(
		    act->center->reg, newest, &head, &found, err);
	*good = rc == ERR_OK && found && newest == history->generation &&
	    newest <= act->book.log->generation &&
	    history->next == head.range.size &&
	    strcmp(history->center, act->center->info.center) == 0;
	if (*good)
		rc = make_seal(
		    act, &head.range, (const char *)text->at, want, err);
	*good = *good && rc == ERR_OK &&
	    CRYPTO_memcmp(want, seal, sizeof(want)) == 0;
	register_log_head_clear(&head);
	return rc;
}

enum err
logbook_seal_load(const struct act *act, struct history *history, bool *good,
    struct errtext *err)
{
	uint8_t seal[REGISTER_STATE_SEAL_SIZE];
	struct bytes text = { 0 };
	enum err rc = register_state(act->center->reg, &text, seal, err);

	*good = false;
	if (rc == ERR_OK && text.len > 0 &&
	    history_load((const char *)text.at, history) == ERR_OK)
		rc = is_sealed(act, history, &text, seal, good, err);
	bytes_free(&text);
	return rc;
}

enum err
logbook_seal_save(struct act *act, struct errtext *err)
{
	uint8_t seal[REGISTER_STATE_SEAL_SIZE];
	struct bytes text = { 0 };
	enum err rc;

	history_save(&act->book.history, &text);
	if (text.failed)
		rc = err_memory(err);
	else
		rc = make_seal(act, &act->book.head.range,
		    (const char *)text.at, seal, err);
	if (rc == ERR_OK)
		rc = register_state_set(act->center->reg, &text, seal, err);
	bytes_free(&text);
	return rc;
}
