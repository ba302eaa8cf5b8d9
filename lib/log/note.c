/*
 * note.c - signed notes: note.h.
 */
#include "log/note.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "log/ed25519.h"

#include <string.h>

#define DASH          "\xe2\x80\x94 " /* U+2014 and a space */
#define SIGNATURE_MAX 72              /* of the types we read */

static enum err
malformed(struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("not a signed note, or a damaged one; get another copy"));
}

enum err
note_wrong(struct errtext *err)
{
	return err_set(err, ERR_SIGNATURE,
	    _("its signature is wrong: damaged or changed; get another copy"));
}

/* UTF-8, and no control characters below U+0020 but LF. */
static bool
is_plain_text(const uint8_t *at, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (at[i] < 0x20 && at[i] != '\n')
			return false;
	return utf8_is_valid(at, len);
}

/* Where the last blank line begins: behind the text's last LF. */
static bool
find_blank_line(const uint8_t *at, size_t len, size_t *text_len)
{
	size_t i;

	for (i = len; i >= 2; i--)
		if (at[i - 1] == '\n' && at[i - 2] == '\n') {
			*text_len = i - 1;
			return true;
		}
	return false;
}

/* Key id 4 and at least one byte; the Base64 must be the canonical one. */
static bool
take_base64(const struct reader *base64, uint8_t id[NOTE_ID_SIZE])
{
	struct bytes raw = { 0 };
	bool good =
	    base64_decode((const char *)base64->at, base64->left, &raw) &&
	    raw.len > NOTE_ID_SIZE;

	if (good)
		memcpy(id, raw.at, NOTE_ID_SIZE);
	bytes_free(&raw);
	return good;
}

static bool
parse_signature(struct reader *r, struct note_signature *out)
{
	return reader_skip_text(r, DASH) && reader_until(r, ' ', &out->name) &&
	    vkey_is_name(out->name.at, out->name.left) &&
	    reader_skip_text(r, " ") && reader_until(r, '\n', &out->base64) &&
	    reader_skip_text(r, "\n") && take_base64(&out->base64, out->id);
}

enum err
note_parse(const void *bytes, size_t len, struct note *out, struct errtext *err)
{
	struct note made = { .text = bytes };
	struct reader r;

	if (len > NOTE_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a signed note of more than %u bytes"), NOTE_MAX);
	if (!is_plain_text(bytes, len) ||
	    !find_blank_line(bytes, len, &made.len))
		return malformed(err);
	r = (struct reader){ (const uint8_t *)bytes + made.len + 1,
		len - made.len - 1 };
	while (r.left > 0) {
		if (made.count == NOTE_SIGNATURES_MAX)
			return err_set(err, ERR_LIMIT,
			    _("a signed note with more than %d signatures"),
			    NOTE_SIGNATURES_MAX);
		if (!parse_signature(&r, &made.signature[made.count++]))
			return malformed(err);
	}
	if (made.count == 0)
		return malformed(err);
	*out = made;
	return ERR_OK;
}

bool
note_is_by(const struct note_signature *sig, const struct vkey *key)
{
	return sig->name.left == strlen(key->name) &&
	    memcmp(sig->name.at, key->name, sig->name.left) == 0 &&
	    memcmp(sig->id, key->id, NOTE_ID_SIZE) == 0;
}

bool
note_signature_bytes(const struct note_signature *sig, uint8_t *out, size_t len)
{
	uint8_t raw[NOTE_ID_SIZE + SIGNATURE_MAX];

	if (len > SIGNATURE_MAX ||
	    !base64_decode_exact((const char *)sig->base64.at, sig->base64.left,
		raw, NOTE_ID_SIZE + len))
		return false;
	memcpy(out, raw + NOTE_ID_SIZE, len);
	return true;
}

enum err
note_verify(
    const struct note *note, const struct vkey *key, struct errtext *err)
{
	uint8_t signature[ED25519_SIGNATURE_SIZE];
	bool found = false;
	enum err rc;
	size_t i;

	if (key->type != VKEY_ED25519)
		return err_set(
		    err, ERR_USAGE, _("the key does not sign notes"));
	for (i = 0; i < note->count; i++) {
		if (!note_is_by(&note->signature[i], key))
			continue;
		found = true;
		if (!note_signature_bytes(
			&note->signature[i], signature, sizeof(signature)))
			return note_wrong(err);
		rc = ed25519_verify(
		    key->key, note->text, note->len, signature, err);
		if (rc == ERR_SIGNATURE)
			return note_wrong(err);
		if (rc != ERR_OK)
			return rc;
	}
	if (!found)
		return err_set(err, ERR_ISSUER,
		    _("not signed by the key that should have signed it: "
		      "another's, or damaged; get another copy"));
	return ERR_OK;
}

enum err
note_begin(const void *text, size_t len, struct bytes *out, struct errtext *err)
{
	if (len > NOTE_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a signed note of more than %u bytes"), NOTE_MAX);
	if (len == 0 || ((const char *)text)[len - 1] != '\n' ||
	    !is_plain_text(text, len))
		return err_set(
		    err, ERR_DATA, _("a text that cannot be signed as a note"));
	bytes_add(out, text, len);
	bytes_add_byte(out, '\n');
	return out->failed ? err_memory(err) : ERR_OK;
}

void
note_add_line(const struct vkey *key, const uint8_t *signature, size_t len,
    struct bytes *out)
{
	struct bytes raw = { 0 };

	bytes_add(&raw, key->id, NOTE_ID_SIZE);
	bytes_add(&raw, signature, len);
	bytes_addf(out, DASH "%s ", key->name);
	base64_encode(raw.at, raw.len, out);
	bytes_add_byte(out, '\n');
	if (raw.failed)
		out->failed = true;
	bytes_free(&raw);
}

enum err
note_sign(const void *text, size_t len, const struct vkey *key,
    EVP_PKEY *private, struct bytes *out, struct errtext *err)
{
	uint8_t signature[ED25519_SIGNATURE_SIZE];
	enum err rc;

	if (key->type != VKEY_ED25519)
		return err_set(
		    err, ERR_USAGE, _("the key does not sign notes"));
	rc = ed25519_sign(private, key->key, text, len, signature, err);
	if (rc != ERR_OK)
		return rc;
	note_add_line(key, signature, sizeof(signature), out);
	return out->failed ? err_memory(err) : ERR_OK;
}
