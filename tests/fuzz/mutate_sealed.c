/*
 * mutate_sealed.c - behind a passphrase: mutate.h.
 */
#include "tests/fuzz/mutate.h"

#include "backup/header.h"
#include "trust/credential.h"
#include "trust/seal.h"
#include "trust/slot.h"
#include "trust/stretch.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdlib.h>
#include <string.h>

const struct secret *
mutate_passphrase(void)
{
	static uint8_t text[] = "la frase de las semillas";
	static const struct secret secret = { text, sizeof(text) - 1 };

	return &secret;
}

/* --- key files --------------------------------------------------------------- */

/* Opened, changed, and closed with the same algorithm, salt and nonce. */
static bool
change_key(X509_SIG *sealed)
{
	const struct secret *pass = mutate_passphrase();
	ASN1_OCTET_STRING *data;
	X509_ALGOR *how;
	struct bytes plain = { 0 };
	unsigned char *opened = NULL, *closed = NULL;
	int len = 0;
	bool made;

	X509_SIG_getm(sealed, &how, &data);
	made = stretch_is_fit(sealed) &&
	    PKCS12_pbe_crypt(how, (const char *)pass->at, (int)pass->len,
		data->data, data->length, &opened, &len, 0) != NULL;
	if (made) {
		bytes_add(&plain, opened, (size_t)len);
		mutate_part(&plain);
		made = PKCS12_pbe_crypt(how, (const char *)pass->at,
			   (int)pass->len, plain.at, (int)plain.len, &closed,
			   &len, 1) != NULL &&
		    ASN1_OCTET_STRING_set(data, closed, len) == 1;
	}
	OPENSSL_free(opened);
	OPENSSL_free(closed);
	bytes_free(&plain);
	return made;
}

size_t
mutate_key_file(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	BIO *in = BIO_new_mem_buf(data, (int)len), *out = BIO_new(BIO_s_mem());
	X509_SIG *sealed =
	    seed % 8 != 0 ? PEM_read_bio_PKCS8(in, NULL, NULL, NULL) : NULL;
	struct bytes next = { 0 };
	char *text;
	long size;
	bool made = sealed != NULL && change_key(sealed) &&
	    PEM_write_bio_PKCS8(out, sealed) == 1 &&
	    (size = BIO_get_mem_data(out, &text)) > 0;

	if (made)
		bytes_add(&next, text, (size_t)size);
	X509_SIG_free(sealed);
	BIO_free(in);
	BIO_free(out);
	return mutate_done(made, &next, data, len, max);
}

/* --- a backup's header --------------------------------------------------------- */

#define CREDENTIAL_HEAD \
	32 /* as in trust/credential.c: format, work, salt, nonce */
#define SALT_AT  4
#define NONCE_AT 20

/* Keys of somebody's own choosing, under the passphrase. */
static bool
change_keys(struct header_opener *o)
{
	const struct secret *pass = mutate_passphrase();
	uint8_t key[SEAL_KEY_SIZE], head[CREDENTIAL_HEAD];
	struct bytes bound = { 0 }, raw = { 0 };
	struct secret opened = { 0 };
	bool made;

	if (o->sealed.len <= CREDENTIAL_HEAD)
		return false;
	memcpy(head, o->sealed.at, sizeof(head));
	bytes_addf(&bound, "sello-credential/v2\n%s\n", o->code);
	bytes_add(&bound, head, sizeof(head));
	made = EVP_PBE_scrypt((const char *)pass->at, pass->len, head + SALT_AT,
		   16, 2, 1, 1, 0, key, sizeof(key)) == 1 &&
	    seal_open(key, head + NONCE_AT, &bound,
		o->sealed.at + CREDENTIAL_HEAD, o->sealed.len - CREDENTIAL_HEAD,
		&opened, NULL) == ERR_OK;
	if (made) {
		bytes_add(&raw, opened.at, opened.len);
		mutate_part(&raw);
		bytes_reset(&o->sealed);
		bytes_add(&o->sealed, head, sizeof(head));
		made = seal_close(key, head + NONCE_AT, &bound, raw.at, raw.len,
			   &o->sealed, NULL) == ERR_OK;
	}
	secret_wipe(&opened);
	bytes_free(&raw);
	bytes_free(&bound);
	return made;
}

/* Another key of the content, of any length, for who opens it. */
static bool
change_slot(const struct header *header, struct header_opener *o)
{
	char owner[HEADER_OWNER_SIZE + 8];
	struct credential *own = NULL;
	struct secret drawn = { 0 };
	struct bytes raw = { 0 };
	bool made;

	snprintf(owner, sizeof(owner), "%s/backup", header->owner);
	made = credential_open(o->code, o->sealed.at, o->sealed.len,
		   mutate_passphrase(), &own, NULL) == ERR_OK &&
	    slot_open(o->slot.at, o->slot.len, owner, own, o->code, &drawn,
		NULL) == ERR_OK;
	if (made) {
		bytes_add(&raw, drawn.at, drawn.len);
		mutate_part(&raw);
		bytes_reset(&o->slot);
		made = slot_close(&(struct secret){ raw.at, raw.len }, owner,
			   o->code, credential_public_of(own)->slot, &o->slot,
			   NULL) == ERR_OK;
	}
	credential_free(&own);
	secret_wipe(&drawn);
	bytes_free(&raw);
	return made;
}

static void
add_short(struct bytes *out, const void *at, size_t len)
{
	bytes_add_byte(out, (uint8_t)len);
	bytes_add(out, at, len & 0xff);
}

/* As header_write() does, but of what was sealed already. */
static void
write_header(const struct header *header, struct bytes *out)
{
	struct bytes rest = { 0 };

	bytes_add_byte(&rest, (uint8_t)header->kind);
	for (int shift = 56; shift >= 0; shift -= 8)
		bytes_add_byte(&rest, (uint8_t)(header->made >> shift));
	add_short(&rest, header->owner, strlen(header->owner));
	bytes_add_byte(&rest, (uint8_t)(header->opener_count - 1));
	for (size_t i = 0; i < header->opener_count; i++) {
		const struct header_opener *o = &header->opener[i];

		add_short(&rest, o->code, strlen(o->code));
		add_short(&rest, o->sealed.at, o->sealed.len);
		add_short(&rest, o->slot.at, o->slot.len);
	}
	bytes_add_text(out, HEADER_MARK);
	bytes_add_byte(out, (uint8_t)(rest.len >> 8));
	bytes_add_byte(out, (uint8_t)rest.len);
	bytes_add(out, rest.at, rest.len);
	bytes_free(&rest);
}

size_t
mutate_header(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	struct header header = { 0 };
	struct bytes next = { 0 };
	bool made =
	    seed % 8 != 0 && header_read(data, len, &header, NULL) == ERR_OK;

	if (made) {
		struct header_opener *o =
		    &header.opener[seed / 16 % header.opener_count];

		made = seed % 2 == 0 ? change_keys(o) : change_slot(&header, o);
	}
	if (made)
		write_header(&header, &next);
	header_clear(&header);
	return mutate_done(made, &next, data, len, max);
}
