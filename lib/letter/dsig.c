/*
 * dsig.c - the strict XML-DSig profile as bytes, found and written: dsig.h.
 * Whether a signature is good is dsig_verify.c's.
 *
 * Everything in a Signature but four values is constant, so the block is
 * found by comparing bytes backwards from the closing tag of the root.
 */
#include "letter/dsig.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "letter/dsig_template.h"
#include "letter/letter.h"

#include <string.h>

#define DIGEST_TEXT_LEN    44
#define SIGNATURE_TEXT_LEN 88
#define TRUST_FILE_MAX     (4u << 20)

const struct dsig_kind dsig_letter = { "ReferralLetter", "urn:sello:letter:1",
	LETTER_XML_MAX };
const struct dsig_kind dsig_trust = { "TrustList", "urn:sello:trust:1",
	TRUST_FILE_MAX };

static const char declaration[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

static bool
contains(const void *in, size_t len, const char *text)
{
	return memmem(in, len, text, strlen(text)) != NULL;
}

/* --- taking from the back of a reader ------------------------------------ */

static bool
back_take(struct reader *r, size_t n, struct reader *part)
{
	if (n > r->left)
		return false;
	r->left -= n;
	*part = (struct reader){ r->at + r->left, n };
	return true;
}

static bool
back_skip(struct reader *r, const char *text)
{
	size_t len = strlen(text);
	struct reader part;

	if (len > r->left || memcmp(r->at + r->left - len, text, len) != 0)
		return false;
	return back_take(r, len, &part);
}

static bool
is_id_character(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9') || c == '-';
}

/* An XML name made of the characters that numbers and "trust-12" need. */
static bool
back_id(struct reader *r, char id[DSIG_ID_MAX + 1])
{
	struct reader part;
	size_t n = 0;

	while (n <= DSIG_ID_MAX && n < r->left &&
	    is_id_character(r->at[r->left - 1 - n]))
		n++;
	if (n == 0 || n > DSIG_ID_MAX || !back_take(r, n, &part))
		return false;
	if (part.at[0] == '-' || (part.at[0] >= '0' && part.at[0] <= '9'))
		return false;
	memcpy(id, part.at, n);
	id[n] = '\0';
	return true;
}

static bool
back_base64(struct reader *r, size_t characters, uint8_t *out, size_t out_len)
{
	struct reader part;

	return back_take(r, characters, &part) &&
	    base64_decode_exact(
		(const char *)part.at, characters, out, out_len);
}

static bool
back_key_name(struct reader *r, char out[DSIG_KEY_NAME_SIZE])
{
	struct reader part;
	uint8_t raw[(DSIG_KEY_NAME_SIZE - 1) / 2];

	if (!back_take(r, DSIG_KEY_NAME_SIZE - 1, &part) ||
	    !hex_decode_exact(
		(const char *)part.at, part.left, raw, sizeof(raw)))
		return false;
	memcpy(out, part.at, part.left);
	out[part.left] = '\0';
	return true;
}

/* The block itself; on success r holds what stands before it. */
static bool
back_signature(struct reader *r, struct dsig *out)
{
	return back_skip(r, DSIG_END) && back_key_name(r, out->key_name) &&
	    back_skip(r, DSIG_AFTER_VALUE) &&
	    back_base64(
		r, SIGNATURE_TEXT_LEN, out->signature, DSIG_SIGNATURE_SIZE) &&
	    back_skip(r, DSIG_INFO_END DSIG_BEFORE_VALUE) &&
	    back_base64(r, DIGEST_TEXT_LEN, out->digest, DSIG_DIGEST_SIZE) &&
	    back_skip(r, DSIG_INFO_AFTER_ID) && back_id(r, out->id) &&
	    back_skip(r, DSIG_START DSIG_INFO_BEFORE_ID);
}

/* --- the file around it -------------------------------------------------- */

/* Takes `<ROOT xmlns="NAMESPACE">` from the front of a copy of r. */
static bool
opens(const struct dsig_kind *kind, struct reader r)
{
	return reader_skip_text(&r, "<") && reader_skip_text(&r, kind->root) &&
	    reader_skip_text(&r, " xmlns=\"") &&
	    reader_skip_text(&r, kind->namespace) &&
	    reader_skip_text(&r, "\">");
}

/* Takes `</ROOT>` from the back. */
static bool
closes(const struct dsig_kind *kind, struct reader *r)
{
	return back_skip(r, ">") && back_skip(r, kind->root) &&
	    back_skip(r, "</");
}

/* The one declaration and the one line feed that may be around a file. */
static void
unwrap(struct reader *r)
{
	reader_skip_text(r, declaration);
	back_skip(r, "\n");
}

/* Of another kind; or of ours, as a text program saved it. */
static enum err
refuse_foreign(const struct dsig_kind *kind, const void *xml, size_t len,
    struct errtext *err)
{
	if (bytes_has_wide(xml, len, kind->namespace))
		return err_set(err, ERR_PROFILE,
		    _("The file was saved in another encoding (UTF-16 or "
		      "UTF-32); ask for it as it was issued, or read the code "
		      "on the paper."));
	return err_set(err, ERR_FOREIGN,
	    _("This is not a file of the kind %s; look whether the "
	      "right file was chosen."),
	    kind->root);
}

static enum err
refuse_strangers(const struct dsig_kind *kind, const void *xml, size_t len,
    struct errtext *err)
{
	if (len > kind->max)
		return err_set(err, ERR_LIMIT,
		    _("The file is larger than %zu bytes; no signed file of "
		      "this kind is."),
		    kind->max);
	if (len == 0 || !contains(xml, len, kind->namespace))
		return refuse_foreign(kind, xml, len, err);
	if (memchr(xml, '\0', len) != NULL)
		return err_set(err, ERR_PROFILE,
		    _("The file holds a NUL byte; ask for it again, as it was "
		      "issued."));
	return ERR_OK;
}

enum err
dsig_scan(const struct dsig_kind *kind, const void *xml, size_t len,
    struct dsig *out, struct errtext *err)
{
	struct reader all = { xml, len }, rest;
	struct dsig found = { 0 };
	enum err rc;

	if ((rc = refuse_strangers(kind, xml, len, err)) != ERR_OK)
		return rc;
	unwrap(&all);
	rest = all;
	if (!opens(kind, all) || !closes(kind, &rest))
		return err_set(err, ERR_PROFILE,
		    _("The file does not begin and end as signed files do; ask "
		      "for it as it was issued, not as another program saved "
		      "it."));
	found.xml = all.at;
	found.len = all.left;
	found.end = rest.left;
	if (!back_signature(&rest, &found))
		return err_set(err, ERR_PROFILE,
		    _("The Signature is not the one fixed form; ask for the "
		      "file as it was issued, not as another program saved "
		      "it."));
	found.start = rest.left;
	/* A canonical file has one Signature. A second one, or any element of
	 * its namespace, is an attempt to have another part read as signed. */
	if (!opens(kind, rest) || contains(rest.at, rest.left, "<ds:") ||
	    contains(rest.at, rest.left, DSIG_NAMESPACE))
		return err_set(err, ERR_PROFILE,
		    _("The file holds signature elements in a second place; "
		      "keep it and report it to the issuing center."));
	*out = found;
	return ERR_OK;
}

/* --- writing -------------------------------------------------------------- */

static void
add_info(
    const char *id, const uint8_t digest[DSIG_DIGEST_SIZE], struct bytes *out)
{
	bytes_add_text(out, DSIG_INFO_BEFORE_ID);
	bytes_add_text(out, id);
	bytes_add_text(out, DSIG_INFO_AFTER_ID);
	base64_encode(digest, DSIG_DIGEST_SIZE, out);
	bytes_add_text(out, DSIG_INFO_END);
}

void
dsig_signed_info(
    const char *id, const uint8_t digest[DSIG_DIGEST_SIZE], struct bytes *out)
{
	bytes_reserve(out, DSIG_INFO_MAX);
	bytes_add_text(out, DSIG_INFO_START);
	add_info(id, digest, out);
}

static void
add_signature(const char *id, const uint8_t digest[DSIG_DIGEST_SIZE],
    const uint8_t signature[DSIG_SIGNATURE_SIZE], const char *key_name,
    struct bytes *out)
{
	bytes_add_text(out, DSIG_START);
	add_info(id, digest, out);
	bytes_add_text(out, DSIG_BEFORE_VALUE);
	base64_encode(signature, DSIG_SIGNATURE_SIZE, out);
	bytes_add_text(out, DSIG_AFTER_VALUE);
	bytes_add_text(out, key_name);
	bytes_add_text(out, DSIG_END);
}

enum err
dsig_build(const struct dsig_kind *kind, const void *unsigned_xml, size_t len,
    const char *id, const uint8_t *digest,
    const uint8_t signature[DSIG_SIGNATURE_SIZE], const char *key_name,
    struct bytes *out)
{
	struct reader all = { unsigned_xml, len }, before = all;
	struct dsig plain = { .xml = all.at, .len = len };
	uint8_t computed[DSIG_DIGEST_SIZE];
	size_t start = out->len;

	if (!opens(kind, all) || !closes(kind, &before))
		return ERR_DATA;
	if (digest == NULL) {
		plain.start = plain.end = before.left;
		dsig_digest(&plain, computed);
		digest = computed;
	}
	bytes_reserve(out, len + DSIG_BLOCK_MAX);
	bytes_add(out, before.at, before.left);
	add_signature(id, digest, signature, key_name, out);
	bytes_add(out, before.at + before.left, all.left - before.left);
	if (out->failed)
		return ERR_MEMORY;
	return out->len - start > kind->max ? ERR_LIMIT : ERR_OK;
}
