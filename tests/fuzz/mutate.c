/*
 * mutate.c - mutate.h.
 */
#include "tests/fuzz/mutate.h"

#include "base/encode.h"
#include "ledger/line_sign.h"
#include "letter/dsig_template.h"
#include "letter/field.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "log/note.h"
#include "packed/deflate.h"
#include "packed/fields.h"
#include "packed/packed.h"
#include "trust/key_private.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define GROW 64 /* bytes that a part may get longer at once */

/* --- keys and common steps ----------------------------------------------- */

EVP_PKEY *
mutate_key(void)
{
	static const uint8_t private[KEY_SCALAR_SIZE] = { 'f', 'u', 'z', 'z' };
	static EVP_PKEY *key;

	if (key == NULL && key_from_p256_scalar(private, &key) != ERR_OK)
		abort();
	return key;
}

EVP_PKEY *
mutate_note_key(const char *name, struct vkey *out)
{
	static const uint8_t private[32] = { 'f', 'u', 'z', 'z' };
	static EVP_PKEY *key;
	uint8_t public[32];

	if (key == NULL)
		key = EVP_PKEY_new_raw_private_key(
		    EVP_PKEY_ED25519, NULL, private, sizeof(private));
	if (key == NULL || key_public_raw(key, public) != ERR_OK ||
	    vkey_make(name, VKEY_ED25519, public, out) != ERR_OK)
		abort();
	return key;
}

void
mutate_part(struct bytes *part)
{
	size_t len = part->len;

	if (bytes_reserve(part, GROW) == NULL)
		abort();
	part->len = LLVMFuzzerMutate(part->at, len, len + GROW);
	part->at[part->len] = '\0';
}

size_t
mutate_done(
    bool made, struct bytes *next, uint8_t *data, size_t len, size_t max)
{
	made = made && !next->failed && next->len > 0 && next->len <= max;
	if (made)
		memcpy(data, next->at, len = next->len);
	bytes_free(next);
	return made ? len : LLVMFuzzerMutate(data, len, max);
}

/* --- the printed code ------------------------------------------------------ */

#define CRC_SIZE  4
#define ENDS_SIZE (4 + DSIG_SIGNATURE_SIZE) /* key id, r|s */

/* One field's text; its length is whatever becomes of it. */
static void
change_field(struct letter *letter, unsigned seed)
{
	const struct field *row = &field_table[seed % FIELD_COUNT];
	struct bytes text = { 0 };

	if (row->size == 0)
		return;
	bytes_add_text(&text, field_get(row, letter));
	mutate_part(&text);
	field_set(
	    row, letter, (const char *)text.at, strlen((const char *)text.at));
	bytes_free(&text);
}

/* The letter within a body, by what its format says. */
static bool
change_letter(
    uint8_t format, struct reader in, unsigned seed, struct bytes *out)
{
	struct letter letter;
	struct bytes xml = { 0 };
	bool made;

	if (format == 1) {
		if (!packed_fields_read(in.at, in.left, &letter))
			return false;
		change_field(&letter, seed);
		return packed_fields_write(&letter, out);
	}
	made = packed_inflate(in.at, in.left, &xml) == ERR_OK;
	if (made) {
		mutate_part(&xml);
		made = packed_deflate(xml.at, xml.len, out) == ERR_OK;
	}
	bytes_free(&xml);
	return made;
}

static void
close_body(struct bytes *body, struct bytes *text)
{
	uint32_t crc = (uint32_t)crc32(0, body->at, (uInt)body->len);

	for (int shift = 24; shift >= 0; shift -= 8)
		bytes_add_byte(body, (uint8_t)(crc >> shift));
	bytes_add_text(text, PACKED_PREFIX);
	base32_encode(body->at, body->len, text);
}

static bool
open_body(const uint8_t *data, size_t len, struct bytes *body)
{
	struct reader text = { data, len };

	if (!reader_skip_text(&text, PACKED_PREFIX) ||
	    !base32_decode((const char *)text.at, text.left, body) ||
	    body->len <= CRC_SIZE)
		return false;
	body->len -= CRC_SIZE;
	return true;
}

size_t
mutate_packed(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	struct bytes body = { 0 }, next = { 0 }, text = { 0 };
	bool made = seed % 8 != 0 && open_body(data, len, &body);

	if (made && seed % 2 == 0 && body.len > 1 + ENDS_SIZE) {
		const uint8_t *ends = body.at + body.len - ENDS_SIZE;
		struct reader letter = { body.at + 1,
			body.len - 1 - ENDS_SIZE };

		bytes_add_byte(&next, body.at[0]);
		if (change_letter(body.at[0], letter, seed / 8, &next)) {
			bytes_add(&next, ends, ENDS_SIZE);
			bytes_reset(&body);
			bytes_add(&body, next.at, next.len);
		}
	} else if (made)
		mutate_part(&body);
	if (made)
		close_body(&body, &text);
	bytes_free(&body);
	bytes_free(&next);
	return mutate_done(made, &text, data, len, max);
}

/* --- what is signed ------------------------------------------------------- */

/* Before, within and behind the first Signature. */
static bool
cut_signature(const uint8_t *data, size_t len, struct reader *before,
    struct reader *within, struct reader *behind)
{
	static const char from[] = DSIG_START, to[] = DSIG_END;
	const uint8_t *start = memmem(data, len, from, strlen(from)), *end;

	if (start == NULL)
		return false;
	end = memmem(start, len - (size_t)(start - data), to, strlen(to));
	if (end == NULL)
		return false;
	end += strlen(to);
	*before = (struct reader){ data, (size_t)(start - data) };
	*within = (struct reader){ start, (size_t)(end - start) };
	*behind = (struct reader){ end, len - (size_t)(end - data) };
	return true;
}

/* What stands between two texts. */
static bool
between(const void *at, size_t len, const char *from, const char *to, char *out,
    size_t size)
{
	const char *start = memmem(at, len, from, strlen(from)), *end;

	if (start == NULL)
		return false;
	start += strlen(from);
	end = memmem(
	    start, len - (size_t)(start - (const char *)at), to, strlen(to));
	if (end == NULL || (size_t)(end - start) >= size)
		return false;
	memcpy(out, start, (size_t)(end - start));
	out[end - start] = '\0';
	return true;
}

size_t
mutate_signed(const struct dsig_kind *kind, uint8_t *data, size_t len,
    size_t max, unsigned seed)
{
	struct reader before, within, behind;
	struct bytes xml = { 0 }, next = { 0 };
	char id[DSIG_ID_MAX + 1], name[DSIG_KEY_NAME_SIZE];
	bool made = seed % 8 != 0 &&
	    cut_signature(data, len, &before, &within, &behind) &&
	    between(within.at, within.left, "Id=\"", "\"", id, sizeof(id)) &&
	    dsig_key_name(mutate_key(), name) == ERR_OK;

	if (made) {
		bytes_add(&xml, before.at, before.left);
		bytes_add(&xml, behind.at, behind.left);
		mutate_part(&xml);
		if (seed % 16 < 12)
			(void)between(xml.at, xml.len, "<LetterNumber>", "<",
			    id, sizeof(id));
		made = sign_unchecked(kind, xml.at, xml.len, id, mutate_key(),
			   name, &next, NULL) == ERR_OK;
	}
	bytes_free(&xml);
	return mutate_done(made, &next, data, len, max);
}

size_t
mutate_note(
    const char *name, uint8_t *data, size_t len, size_t max, unsigned seed)
{
	const uint8_t *blank = len == 0 ? NULL : memmem(data, len, "\n\n", 2);
	struct bytes text = { 0 }, next = { 0 };
	struct vkey key;
	EVP_PKEY *private = mutate_note_key(name, &key);
	bool made = seed % 8 != 0 && blank != NULL;

	if (made) {
		bytes_add(&text, data, (size_t)(blank - data));
		mutate_part(&text);
		bytes_add_byte(&text, '\n');
		made = note_begin(text.at, text.len, &next, NULL) == ERR_OK &&
		    note_sign(text.at, text.len, &key, private, &next, NULL) ==
			ERR_OK;
	}
	bytes_free(&text);
	return mutate_done(made, &next, data, len, max);
}

size_t
mutate_line(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	struct bytes line = { 0 }, info = { 0 }, next = { 0 };
	struct log_entry entry;
	bool made = seed % 8 != 0 && len > 0;

	if (made) {
		bytes_add(&line, data, len);
		mutate_part(&line);
		made = entry_parse(line.at, line.len, &entry, NULL) == ERR_OK;
	}
	if (made && entry_is_letter(&entry)) {
		dsig_signed_info(entry.number, entry.digest, &info);
		made = sign_raw(mutate_key(), info.at, info.len,
			   entry.signature, NULL) == ERR_OK;
	} else if (made)
		made = line_sign(&entry, mutate_key(), NULL) == ERR_OK;
	made = made && entry_format(&entry, &next, NULL) == ERR_OK;
	bytes_free(&line);
	bytes_free(&info);
	return mutate_done(made, &next, data, len, max);
}

/* --- certificates and requests --------------------------------------------- */

static bool
sign_certificate(const struct bytes *der, BIO *out)
{
	const unsigned char *at = der->at;
	X509 *cert = d2i_X509(NULL, &at, (long)der->len);
	bool made = cert != NULL &&
	    X509_sign(cert, mutate_key(), EVP_sha256()) > 0 &&
	    PEM_write_bio_X509(out, cert) == 1;

	X509_free(cert);
	return made;
}

static bool
sign_request(const struct bytes *der, BIO *out)
{
	const unsigned char *at = der->at;
	X509_REQ *req = d2i_X509_REQ(NULL, &at, (long)der->len);
	bool made = req != NULL &&
	    X509_REQ_set_pubkey(req, mutate_key()) == 1 &&
	    X509_REQ_sign(req, mutate_key(), EVP_sha256()) > 0 &&
	    PEM_write_bio_X509_REQ(out, req) == 1;

	X509_REQ_free(req);
	return made;
}

size_t
mutate_pem(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	BIO *in = BIO_new_mem_buf(data, (int)len), *out = BIO_new(BIO_s_mem());
	char *name = NULL, *header = NULL, *text;
	unsigned char *raw = NULL;
	struct bytes der = { 0 }, next = { 0 };
	long size = 0;
	bool made = seed % 8 != 0 && in != NULL && out != NULL &&
	    PEM_read_bio(in, &name, &header, &raw, &size) == 1;

	if (made) {
		bytes_add(&der, raw, (size_t)size);
		mutate_part(&der);
		made = strcmp(name, PEM_STRING_X509) == 0
		    ? sign_certificate(&der, out)
		    : sign_request(&der, out);
	}
	if (made && (size = BIO_get_mem_data(out, &text)) > 0)
		bytes_add(&next, text, (size_t)size);
	OPENSSL_free(name);
	OPENSSL_free(header);
	OPENSSL_free(raw);
	BIO_free(in);
	BIO_free(out);
	bytes_free(&der);
	return mutate_done(made, &next, data, len, max);
}
