/*
 * cert_post.c - a post's request, three lines of ASCII: cert.h.
 *
 *	sello-post/v1 ES-GTGUA/1 <SHA-256 of root.crt, hex>
 *	cosigner <public key, Base64> <signature, Base64>
 *	report <public key, Base64> <signature, Base64>
 *
 * Both keys sign the same text: the three lines without the signatures and
 * the space in front of them. It begins with a word that neither a signed
 * note's origin nor "cosignature/v1" can begin with, so a request's
 * signature is good for nothing else.
 */
#include "base/encode.h"
#include "base/i18n.h"
#include "base/plain.h"
#include "letter/pattern.h"
#include "trust/cert.h"
#include "trust/key.h"

#include <stdlib.h>
#include <string.h>

#define HEAD           "sello-post/v1"
#define SIGNATURE_SIZE 64

bool
post_is_name(const char *name)
{
	char consulate[9];
	const char *number;
	size_t len;

	if (strlen(name) < 10 || name[8] != '/')
		return false;
	memcpy(consulate, name, 8);
	consulate[8] = '\0';
	number = name + 9;
	len = strlen(number);
	return pattern_fits("AA-AALLL", consulate) && len <= 3 &&
	    number[0] != '0' && strspn(number, "0123456789") == len;
}

static void
write_text(const struct post_info *info, struct bytes *out)
{
	bytes_addf(out, HEAD " %s ", info->name);
	hex_encode(info->root, sizeof(info->root), out);
	bytes_add_text(out, "\ncosigner ");
	base64_encode(info->cosigner_key, 32, out);
	bytes_add_text(out, "\nreport ");
	base64_encode(info->report_key, 32, out);
	bytes_add_text(out, "\n");
}

static bool
sign(EVP_PKEY *key, const struct bytes *text, uint8_t out[SIGNATURE_SIZE])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t len = SIGNATURE_SIZE;
	bool good;

	good = ctx != NULL && !text->failed &&
	    EVP_DigestSignInit_ex(ctx, NULL, NULL, NULL, NULL, key, NULL) ==
		1 &&
	    EVP_DigestSign(ctx, out, &len, text->at, text->len) == 1 &&
	    len == SIGNATURE_SIZE;
	EVP_MD_CTX_free(ctx);
	return good;
}

static bool
is_signed(const uint8_t key[32], const struct bytes *text,
    const uint8_t signature[SIGNATURE_SIZE])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY *public = NULL;
	bool good;

	good = ctx != NULL && !text->failed &&
	    key_from_public_raw("ED25519", key, &public) == ERR_OK &&
	    EVP_DigestVerifyInit_ex(
		ctx, NULL, NULL, NULL, NULL, public, NULL) == 1 &&
	    EVP_DigestVerify(
		ctx, signature, SIGNATURE_SIZE, text->at, text->len) == 1;
	if (!good)
		err_openssl(NULL, ERR_SIGNATURE, ""); /* clears the queue */
	EVP_PKEY_free(public);
	EVP_MD_CTX_free(ctx);
	return good;
}

static void
write_line(const char *what, const uint8_t key[32],
    const uint8_t signature[SIGNATURE_SIZE], struct bytes *out)
{
	bytes_addf(out, "%s ", what);
	base64_encode(key, 32, out);
	bytes_add_byte(out, ' ');
	base64_encode(signature, SIGNATURE_SIZE, out);
	bytes_add_byte(out, '\n');
}

enum err
request_make_post(const struct post_info *info, EVP_PKEY *cosigner,
    EVP_PKEY *report, struct bytes *out, struct errtext *err)
{
	struct post_info full = *info;
	uint8_t one[SIGNATURE_SIZE], two[SIGNATURE_SIZE];
	struct bytes text = { 0 };
	enum err rc = ERR_OK;

	if (!post_is_name(info->name))
		return err_set(err, ERR_DATA,
		    _("a post's name is its consulate, a slash and a number "
		      "from 1 to 999, for example ES-GTGUA/1"));
	if (key_public_raw(cosigner, full.cosigner_key) != ERR_OK ||
	    key_public_raw(report, full.report_key) != ERR_OK)
		return err_set(
		    err, ERR_DATA, _("a post's keys must be Ed25519 keys"));
	write_text(&full, &text);
	if (!sign(cosigner, &text, one) || !sign(report, &text, two)) {
		rc = err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot sign the request"));
		goto out;
	}
	bytes_addf(out, HEAD " %s ", full.name);
	hex_encode(full.root, sizeof(full.root), out);
	bytes_add_byte(out, '\n');
	write_line("cosigner", full.cosigner_key, one, out);
	write_line("report", full.report_key, two, out);
	if (out->failed)
		rc = err_memory(err);
out:
	bytes_free(&text);
	return rc;
}

/* --- reading -------------------------------------------------------------- */

static bool
parse_word(struct reader *r, uint8_t stop, struct reader *word)
{
	uint8_t end;

	return reader_until(r, stop, word) && reader_byte(r, &end);
}

static bool
read_head(struct reader *r, struct post_info *out)
{
	struct reader word;

	if (!reader_skip_text(r, HEAD " ") || !parse_word(r, ' ', &word) ||
	    word.left >= sizeof(out->name))
		return false;
	memcpy(out->name, word.at, word.left);
	out->name[word.left] = '\0';
	return strlen(out->name) == word.left && post_is_name(out->name) &&
	    hex_decode_exact(
		(const char *)r->at, r->left, out->root, sizeof(out->root));
}

static bool
read_line(struct reader *r, const char *what, uint8_t key[32],
    uint8_t signature[SIGNATURE_SIZE])
{
	struct reader word;

	return reader_skip_text(r, what) && parse_word(r, ' ', &word) &&
	    base64_decode_exact((const char *)word.at, word.left, key, 32) &&
	    base64_decode_exact(
		(const char *)r->at, r->left, signature, SIGNATURE_SIZE);
}

enum err
request_read_post(
    const void *text, size_t len, struct post_info *out, struct errtext *err)
{
	struct plain plain = plain_begin(text, len);
	struct reader head, cosigner, report, more;
	struct post_info info = { 0 };
	uint8_t one[SIGNATURE_SIZE], two[SIGNATURE_SIZE];
	struct bytes signed_text = { 0 };
	enum err rc = ERR_OK;

	/* it came by mail: blank lines and other line ends are nobody's word */
	if (len > CERT_FILE_MAX || !plain_filled(&plain, &head) ||
	    !plain_filled(&plain, &cosigner) ||
	    !plain_filled(&plain, &report) || plain_filled(&plain, &more) ||
	    !read_head(&head, &info) ||
	    !read_line(&cosigner, "cosigner ", info.cosigner_key, one) ||
	    !read_line(&report, "report ", info.report_key, two))
		return err_set(err, ERR_DATA,
		    _("not a post's request; ask for the file request.txt "
		      "that sello-verify init wrote"));
	if (memcmp(info.cosigner_key, info.report_key, 32) == 0)
		return err_set(err, ERR_DATA,
		    _("cosigner and report need two different keys"));
	write_text(&info, &signed_text);
	if (!is_signed(info.cosigner_key, &signed_text, one) ||
	    !is_signed(info.report_key, &signed_text, two))
		rc = err_set(err, ERR_SIGNATURE,
		    _("the request is not signed by its own keys, or was "
		      "changed; ask the post to send it again"));
	else
		*out = info;
	bytes_free(&signed_text);
	return rc;
}
