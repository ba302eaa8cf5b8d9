/*
 * checkpoint.c - signed heads of logs and cosignatures: checkpoint.h.
 */
#include "log/checkpoint.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "log/ed25519.h"

#include <inttypes.h>
#include <string.h>

#define TIME_SIZE 8

static enum err
malformed(struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("not the head of a log, or a damaged one; get another copy"));
}

static bool
parse_line(struct reader *r, struct reader *line)
{
	return reader_until(r, '\n', line) && reader_skip_text(r, "\n") &&
	    line->left > 0;
}

static bool
parse_origin(struct reader *r, char out[VKEY_NAME_MAX + 1])
{
	struct reader line;

	if (!parse_line(r, &line) || line.left > VKEY_NAME_MAX ||
	    memchr(line.at, '\0', line.left) != NULL)
		return false;
	memcpy(out, line.at, line.left);
	out[line.left] = '\0';
	return true;
}

/* Decimal without leading zeros; too_large: a number, but of no log. */
static bool
parse_size(struct reader *r, uint64_t *out, bool *too_large)
{
	struct reader line;
	uint64_t size = 0;
	size_t i;

	if (!parse_line(r, &line) || (line.at[0] == '0' && line.left > 1))
		return false;
	for (i = 0; i < line.left; i++)
		if (line.at[i] < '0' || line.at[i] > '9')
			return false;
		else if (size <= TREE_SIZE_MAX)
			size = size * 10 + (uint64_t)(line.at[i] - '0');
	*too_large = size > TREE_SIZE_MAX;
	*out = size;
	return true;
}

static bool
parse_root(struct reader *r, uint64_t size, struct tree_hash *out)
{
	struct tree_hash empty;
	struct reader line;

	if (!parse_line(r, &line) ||
	    !base64_decode_exact(
		(const char *)line.at, line.left, out->at, sizeof(out->at)))
		return false;
	tree_empty(&empty);
	return size > 0 || tree_hash_equal(out, &empty);
}

static bool
parse_extension(struct reader r)
{
	struct reader line;

	while (r.left > 0)
		if (!parse_line(&r, &line))
			return false;
	return true;
}

enum err
checkpoint_parse(
    const void *text, size_t len, struct checkpoint *out, struct errtext *err)
{
	struct reader r = { text, len };
	struct checkpoint made = { .size = 0 };
	bool too_large = false;

	if (!parse_origin(&r, made.origin) ||
	    !parse_size(&r, &made.size, &too_large))
		return malformed(err);
	if (too_large)
		return err_set(
		    err, ERR_LIMIT, _("a log larger than any log can be"));
	if (!parse_root(&r, made.size, &made.root) || !parse_extension(r))
		return malformed(err);
	made.extension = r;
	*out = made;
	return ERR_OK;
}

enum err
checkpoint_format(
    const struct checkpoint *checkpoint, struct bytes *out, struct errtext *err)
{
	struct bytes text = { 0 };
	struct checkpoint again;
	enum err rc;

	bytes_addf(
	    &text, "%s\n%" PRIu64 "\n", checkpoint->origin, checkpoint->size);
	base64_encode(checkpoint->root.at, TREE_HASH_SIZE, &text);
	bytes_add_byte(&text, '\n');
	if (checkpoint->extension.left > 0)
		bytes_add(&text, checkpoint->extension.at,
		    checkpoint->extension.left);
	if (text.failed)
		rc = err_memory(err);
	else
		rc = checkpoint_parse(text.at, text.len, &again, err);
	if (rc == ERR_LIMIT)
		rc = ERR_DATA;
	if (rc == ERR_OK) {
		bytes_add(out, text.at, text.len);
		if (out->failed)
			rc = err_memory(err);
	}
	bytes_free(&text);
	return rc;
}

enum err
checkpoint_open(const void *bytes, size_t len, const struct vkey *log,
    struct checkpoint *out, struct note *note, struct errtext *err)
{
	struct checkpoint made;
	struct note parsed;
	enum err rc;

	if (len > CHECKPOINT_MAX)
		return err_set(err, ERR_LIMIT,
		    _("the head of a log of more than %u bytes"),
		    CHECKPOINT_MAX);
	if ((rc = note_parse(bytes, len, &parsed, err)) != ERR_OK ||
	    (rc = note_verify(&parsed, log, err)) != ERR_OK ||
	    (rc = checkpoint_parse(parsed.text, parsed.len, &made, err)) !=
		ERR_OK)
		return rc;
	if (strcmp(made.origin, log->name) != 0)
		return err_set(
		    err, ERR_ISSUER, _("the head of another log than asked"));
	*out = made;
	if (note != NULL)
		*note = parsed;
	return ERR_OK;
}

enum err
checkpoint_sign(const struct checkpoint *checkpoint, const struct vkey *log,
    EVP_PKEY *key, struct bytes *out, struct errtext *err)
{
	struct bytes text = { 0 };
	struct bytes note = { 0 };
	enum err rc;

	if (strcmp(log->name, checkpoint->origin) != 0)
		return err_set(
		    err, ERR_CONFIG, _("the key is another log's key"));
	if ((rc = checkpoint_format(checkpoint, &text, err)) == ERR_OK &&
	    (rc = note_begin(text.at, text.len, &note, err)) == ERR_OK &&
	    (rc = note_sign(text.at, text.len, log, key, &note, err)) ==
		ERR_OK) {
		bytes_add(out, note.at, note.len);
		if (out->failed)
			rc = err_memory(err);
	}
	bytes_free(&text);
	bytes_free(&note);
	return rc;
}

/* What a cosigner signs. */
static void
cosigned_message(const void *text, size_t len, uint64_t time, struct bytes *out)
{
	bytes_addf(out, "cosignature/v1\ntime %" PRIu64 "\n", time);
	bytes_add(out, text, len);
}

static enum err
wrong_type(struct errtext *err)
{
	return err_set(err, ERR_USAGE, _("the key is not a cosigner's"));
}

enum err
checkpoint_cosign(const void *text, size_t len, const struct vkey *key,
    EVP_PKEY *private, int64_t time, struct bytes *out, struct errtext *err)
{
	uint8_t stamped[TIME_SIZE + ED25519_SIGNATURE_SIZE];
	struct bytes message = { 0 };
	struct checkpoint head;
	enum err rc;
	int i;

	if (key->type != VKEY_COSIGNATURE)
		return wrong_type(err);
	if (time < 0)
		return err_set(
		    err, ERR_USAGE, _("a time before 1970 is never signed"));
	if ((rc = checkpoint_parse(text, len, &head, err)) != ERR_OK)
		return rc;
	for (i = 0; i < TIME_SIZE; i++)
		stamped[i] =
		    (uint8_t)((uint64_t)time >> 8 * (TIME_SIZE - 1 - i));
	cosigned_message(text, len, (uint64_t)time, &message);
	if (message.failed)
		rc = err_memory(err);
	else
		rc = ed25519_sign(private, key->key, message.at, message.len,
		    stamped + TIME_SIZE, err);
	if (rc == ERR_OK) {
		note_add_line(key, stamped, sizeof(stamped), out);
		if (out->failed)
			rc = err_memory(err);
	}
	bytes_free(&message);
	return rc;
}

static enum err
verify_stamped(const struct note *note, const struct vkey *key,
    const uint8_t stamped[TIME_SIZE + ED25519_SIGNATURE_SIZE], uint64_t *time,
    struct errtext *err)
{
	struct bytes message = { 0 };
	enum err rc;
	int i;

	*time = 0;
	for (i = 0; i < TIME_SIZE; i++)
		*time = *time << 8 | stamped[i];
	if (*time > INT64_MAX)
		return err_set(
		    err, ERR_SIGNATURE, _("a cosignature of no time there is"));
	cosigned_message(note->text, note->len, *time, &message);
	if (message.failed)
		rc = err_memory(err);
	else
		rc = ed25519_verify(key->key, message.at, message.len,
		    stamped + TIME_SIZE, err);
	bytes_free(&message);
	return rc;
}

enum err
checkpoint_cosigned(const struct note *note, const struct vkey *key,
    int64_t *time, struct errtext *err)
{
	uint8_t stamped[TIME_SIZE + ED25519_SIGNATURE_SIZE];
	int64_t newest = -1;
	uint64_t stamp;
	enum err rc;
	size_t i;

	if (key->type != VKEY_COSIGNATURE)
		return wrong_type(err);
	for (i = 0; i < note->count; i++) {
		if (!note_is_by(&note->signature[i], key))
			continue;
		if (!note_signature_bytes(
			&note->signature[i], stamped, sizeof(stamped)))
			return note_wrong(err);
		rc = verify_stamped(note, key, stamped, &stamp, err);
		if (rc == ERR_SIGNATURE)
			return note_wrong(err);
		if (rc != ERR_OK)
			return rc;
		if ((int64_t)stamp > newest)
			newest = (int64_t)stamp;
	}
	if (newest < 0)
		return err_set(err, ERR_ISSUER, _("not cosigned by this key"));
	*time = newest;
	return ERR_OK;
}
