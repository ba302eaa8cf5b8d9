/*
 * packed.c - the text of the code and the body it holds: packed.h. What a
 * body says is in packed/fields.c (format 0x01) and packed/deflate.c (0x02).
 */
#include "packed/packed.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "letter/dsig.h"
#include "letter/later.h"
#include "letter/number.h"
#include "letter/xml.h"
#include "packed/deflate.h"
#include "packed/fields.h"
#include "packed/keyboard.h"
#include "packed/plain.h"
#include "packed/testpage.h"

#include <openssl/crypto.h>
#include <string.h>
#include <zlib.h>

#define FORMAT_FIELDS  0x01
#define FORMAT_DEFLATE 0x02

#define KEY_ID_SIZE 4
#define CRC_SIZE    4

#define ROOT_OPEN  "<" LETTER_ROOT " xmlns=\"" LETTER_NAMESPACE "\">"
#define ROOT_CLOSE "</" LETTER_ROOT ">"

static uint32_t
crc_of(const uint8_t *at, size_t len)
{
	return (uint32_t)crc32(0, at, (uInt)len);
}

static void
add_crc(struct bytes *body)
{
	uint32_t crc = crc_of(body->at, body->len);
	uint8_t big[CRC_SIZE] = { (uint8_t)(crc >> 24), (uint8_t)(crc >> 16),
		(uint8_t)(crc >> 8), (uint8_t)crc };

	bytes_add(body, big, sizeof(big));
}

/* --- from a body to the letter ------------------------------------------- */

/* what the format says · key id 4 · r|s 64 */
struct parts {
	struct reader letter, key_id, signature;
};

static bool
take_parts(struct reader r, struct parts *p)
{
	const size_t behind = KEY_ID_SIZE + DSIG_SIGNATURE_SIZE;

	return r.left >= behind &&
	    reader_take(&r, r.left - behind, &p->letter) &&
	    reader_take(&r, KEY_ID_SIZE, &p->key_id) &&
	    reader_take(&r, DSIG_SIGNATURE_SIZE, &p->signature);
}

/* The signed file from its unsigned form and what stood beside it. */
static enum err
sign_again(const struct bytes *plain, const char *number, const struct parts *p,
    struct bytes *xml)
{
	struct bytes key_name = { 0 };
	enum err rc = ERR_MEMORY;

	hex_encode(p->key_id.at, p->key_id.left, &key_name);
	if (!key_name.failed)
		rc = dsig_build(&dsig_letter, plain->at, plain->len, number,
		    NULL, p->signature.at, (const char *)key_name.at, xml);
	bytes_free(&key_name);
	return err_is_inside(rc) || rc == ERR_OK ? rc : ERR_PROFILE;
}

static enum err
unpack_fields(const struct parts *p, struct bytes *xml)
{
	struct letter letter = { 0 };
	struct bytes plain = { 0 };
	enum err rc = ERR_PROFILE;

	if (packed_fields_read(p->letter.at, p->letter.left, &letter)) {
		rc = xml_write(&letter, &plain);
		if (rc == ERR_OK)
			rc = sign_again(&plain, letter.number, p, xml);
	}
	bytes_wipe(&plain);
	letter_wipe(&letter);
	return rc;
}

/* A letter has one format: 0x02 is only for what 0x01 cannot carry. */
static bool
format_fields_carries(const struct bytes *plain)
{
	struct bytes fields = { 0 };
	struct letter letter = { 0 };
	bool carries;

	carries = packed_plain_read(plain->at, plain->len, &letter) &&
	    packed_fields_write(&letter, &fields);
	bytes_wipe(&fields);
	letter_wipe(&letter);
	return carries;
}

/* The number, which is also the Reference Id, is the first element. */
static bool
take_number(const struct bytes *plain, char number[LETTER_NUMBER_SIZE])
{
	struct reader r = { plain->at, plain->len }, text;
	struct letter_number parsed;

	if (!reader_skip_text(&r, ROOT_OPEN "<LetterNumber>") ||
	    !reader_take(&r, LETTER_NUMBER_SIZE - 1, &text))
		return false;
	memcpy(number, text.at, text.left);
	number[text.left] = '\0';
	return number_parse(number, &parsed);
}

static enum err
unpack_deflate(const struct parts *p, struct bytes *xml)
{
	char number[LETTER_NUMBER_SIZE];
	struct bytes plain = { 0 };
	enum err rc;

	rc = packed_inflate(p->letter.at, p->letter.left, &plain);
	if (rc == ERR_OK && later_version(plain.at, plain.len) > 0)
		rc = ERR_VERSION;
	if (rc == ERR_OK)
		rc = take_number(&plain, number) &&
			!format_fields_carries(&plain)
		    ? sign_again(&plain, number, p, xml)
		    : ERR_PROFILE;
	bytes_wipe(&plain);
	return rc;
}

/* body: its checksum is good and taken off */
static enum err
unpack(struct reader body, struct bytes *xml, struct errtext *err)
{
	uint8_t format = 0;
	struct parts parts;
	enum err rc = ERR_PROFILE;

	if (!reader_byte(&body, &format) ||
	    (format != FORMAT_FIELDS && format != FORMAT_DEFLATE))
		rc = ERR_VERSION;
	else if (take_parts(body, &parts))
		rc = format == FORMAT_FIELDS ? unpack_fields(&parts, xml)
					     : unpack_deflate(&parts, xml);
	if (rc == ERR_VERSION)
		return err_set(err, rc,
		    _("The code seems to be of a newer version of this program; "
		      "update it and scan again."));
	if (rc == ERR_PROFILE)
		return err_set(err, rc,
		    _("The code was read whole, but what it holds is not in "
		      "the exact form of a letter; ask for the file."));
	return rc;
}

/* --- from the text to a body --------------------------------------------- */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
fold(const char *text, size_t len, struct bytes *out)
{
	uint8_t *at = bytes_reserve(out, len);

	if (at == NULL)
		return;
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (is_space(c))
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		*at++ = (uint8_t)c;
		out->len++;
	}
	*at = '\0';
}

static bool
decode_body(struct reader base32, struct bytes *body)
{
	uint32_t crc;

	bytes_reset(body);
	if (!base32_decode((const char *)base32.at, base32.left, body) ||
	    body->len <= CRC_SIZE)
		return false;
	crc = crc_of(body->at, body->len - CRC_SIZE);
	for (int i = 0; i < CRC_SIZE; i++)
		if (body->at[body->len - CRC_SIZE + (size_t)i] !=
		    (uint8_t)(crc >> (24 - 8 * i)))
			return false;
	return true;
}

/* As read; failing that, as typed through a French keyboard. */
static bool
find_body(struct reader base32, struct bytes *body)
{
	struct bytes typed = { 0 };
	bool found;

	if (decode_body(base32, body))
		return true;
	found = packed_keyboard_undo(base32, &typed) &&
	    decode_body((struct reader){ typed.at, typed.len }, body);
	bytes_free(&typed);
	return found;
}

/* text: folded, with its prefix */
static enum err
decode_folded(struct reader text, struct bytes *xml, struct packed_info *info,
    struct errtext *err)
{
	struct bytes body = { 0 };
	size_t start = xml->len;
	enum err rc;

	if (!reader_skip_text(&text, PACKED_PREFIX))
		return err_set(err, ERR_FOREIGN,
		    _("This code is not of a Sello letter; look whether the "
		      "right code was scanned."));
	if (!find_body(text, &body)) {
		rc = err_set(err, ERR_GARBLED,
		    _("The code was not read whole; scan it again."));
		goto out;
	}
	if (body.at[0] == TESTPAGE_FORMAT)
		rc = err_set(err, ERR_FOREIGN,
		    _("This is the test page of a printer, no letter. Look "
		      "for the letter's own code."));
	else
		rc = unpack(
		    (struct reader){ body.at, body.len - CRC_SIZE }, xml, err);
	if (rc != ERR_OK && !xml->failed)
		xml->len = start;
	if ((rc == ERR_OK || rc == ERR_FOREIGN) && info != NULL)
		*info = (struct packed_info){ body.len, body.at[0],
			rc == ERR_FOREIGN };
out:
	bytes_free(&body);
	return rc;
}

enum err
packed_decode(const char *text, size_t len, struct bytes *xml,
    struct packed_info *info, struct errtext *err)
{
	struct bytes folded = { 0 };
	enum err rc = ERR_MEMORY;

	if (len > 2 * PACKED_TEXT_MAX)
		return err_set(err, ERR_LIMIT,
		    _("The text is longer than any letter's code."));
	fold(text, len, &folded);
	if (!folded.failed)
		rc = decode_folded(
		    (struct reader){ folded.at, folded.len }, xml, info, err);
	bytes_free(&folded);
	return rc;
}

/* --- from the letter to a text ------------------------------------------- */

/* key id 4 · r|s 64 · CRC-32 4 */
static bool
add_ends(const struct dsig *sig, struct bytes *body)
{
	uint8_t key_id[KEY_ID_SIZE];

	if (!hex_decode_exact(
		sig->key_name, strlen(sig->key_name), key_id, sizeof(key_id)))
		return false;
	bytes_add(body, key_id, sizeof(key_id));
	bytes_add(body, sig->signature, sizeof(sig->signature));
	add_crc(body);
	return !body->failed;
}

static bool
pack_fields(
    const struct letter *letter, const struct dsig *sig, struct bytes *body)
{
	bytes_add_byte(body, FORMAT_FIELDS);
	return packed_fields_write(letter, body) && add_ends(sig, body);
}

static bool
pack_deflate(const struct dsig *sig, struct bytes *body)
{
	struct bytes plain = { 0 };
	bool done;

	bytes_add(&plain, sig->xml, sig->start);
	bytes_add_text(&plain, ROOT_CLOSE);
	bytes_add_byte(body, FORMAT_DEFLATE);
	done = !plain.failed &&
	    packed_deflate(plain.at, plain.len, body) == ERR_OK &&
	    add_ends(sig, body);
	bytes_wipe(&plain);
	return done;
}

/* Does the body give the letter back? */
static bool
unpacks_to(const struct bytes *body, const uint8_t *xml, size_t len)
{
	struct reader inside = { body->at, body->len - CRC_SIZE };
	struct bytes again = { 0 };
	bool same;

	same = unpack(inside, &again, NULL) == ERR_OK && again.len == len &&
	    memcmp(again.at, xml, len) == 0;
	bytes_wipe(&again);
	return same;
}

static enum err
pack(const struct dsig *sig, const struct letter *letter, struct bytes *body)
{
	if (pack_fields(letter, sig, body) &&
	    unpacks_to(body, sig->xml, sig->len))
		return ERR_OK;
	bytes_reset(body);
	if (!pack_deflate(sig, body))
		return ERR_MEMORY;
	return unpacks_to(body, sig->xml, sig->len) ? ERR_OK : ERR_PROFILE;
}

static enum err
add_text(const struct bytes *body, struct bytes *text, struct errtext *err)
{
	const size_t prefix = strlen(PACKED_PREFIX);

	if (prefix + (body->len * 8 + 4) / 5 > PACKED_TEXT_MAX)
		return err_set(err, ERR_LIMIT,
		    _("The letter holds too much for one code; put some "
		      "dependants into a second letter."));
	bytes_add_text(text, PACKED_PREFIX);
	base32_encode(body->at, body->len, text);
	return text->failed ? ERR_MEMORY : ERR_OK;
}

enum err
packed_encode(const uint8_t *xml, size_t len, struct bytes *text,
    struct packed_info *info, struct errtext *err)
{
	struct letter letter = { 0 };
	struct bytes body = { 0 };
	struct dsig sig;
	enum err rc;

	rc = dsig_scan(&dsig_letter, xml, len, &sig, err);
	if (rc == ERR_OK)
		rc = xml_read(sig.xml, sig.len, &letter, err);
	if (rc == ERR_OK && sig.len != len)
		rc = ERR_PROFILE; /* what is around it would be lost */
	if (rc == ERR_OK)
		rc = pack(&sig, &letter, &body);
	if (rc != ERR_OK) {
		rc = err_is_inside(rc)
		    ? rc
		    : err_set(err, ERR_PROFILE,
			  _("Only a letter as it was signed can be packed."));
		goto out;
	}
	if ((rc = add_text(&body, text, err)) != ERR_OK)
		goto out;
	if (info != NULL)
		*info = (struct packed_info){ body.len, body.at[0], false };
out:
	bytes_wipe(&body);
	letter_wipe(&letter);
	return rc;
}
