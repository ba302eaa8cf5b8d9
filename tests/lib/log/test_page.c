/*
 * The worked example of docs/log.md: what the page shows is what the code
 * makes and accepts.
 */
#include "base/encode.h"
#include "base/file.h"
#include "letter/dsig.h"
#include "log/checkpoint.h"
#include "log/entry.h"
#include "log/tile.h"
#include "tests/check_main.h"
#include "tests/lib/log/signer.h"

#include <openssl/ecdsa.h>
#include <openssl/x509.h>

#include <string.h>

#define PAGE  "docs/log.md"
#define LINES 8

static struct bytes page;

static void
read_page(void)
{
	ck_assert_int_eq(file_read(PAGE, 1 << 20, &page, NULL), ERR_OK);
}

static void
free_page(void)
{
	bytes_free(&page);
}

/* What follows the n-th line that begins with word and a space. */
static void
value(const char *word, int n, struct bytes *out)
{
	struct reader r = { page.at, page.len }, line;

	bytes_reset(out);
	while (reader_until(&r, '\n', &line) && reader_skip_text(&r, "\n"))
		if (reader_skip_text(&line, word) &&
		    reader_skip_text(&line, " ") && n-- == 0) {
			bytes_add(out, line.at, line.left);
			return;
		}
	ck_abort_msg("no line %s", word);
}

/* The fenced block that begins with this line. */
static void
block(const char *first, struct bytes *out)
{
	struct bytes start = { 0 };
	const char *at, *end;

	bytes_addf(&start, "```\n%s\n", first);
	at = strstr((char *)page.at, (char *)start.at);
	ck_assert_ptr_nonnull(at);
	at += strlen("```\n");
	end = strstr(at, "```\n");
	ck_assert_ptr_nonnull(end);
	bytes_reset(out);
	bytes_add(out, at, (size_t)(end - at));
	bytes_free(&start);
}

static bool
ecdsa_good(EVP_PKEY *key, const struct bytes *message, const uint8_t raw[64])
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char *der = NULL;
	int len;
	bool good;

	ECDSA_SIG_set0(
	    sig, BN_bin2bn(raw, 32, NULL), BN_bin2bn(raw + 32, 32, NULL));
	len = i2d_ECDSA_SIG(sig, &der);
	EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key);
	good = EVP_DigestVerify(
		   ctx, der, (size_t)len, message->at, message->len) == 1;
	OPENSSL_free(der);
	EVP_MD_CTX_free(ctx);
	ECDSA_SIG_free(sig);
	return good;
}

static EVP_PKEY *
letters_key(void)
{
	struct bytes spki = { 0 }, der = { 0 };
	const uint8_t *at;
	EVP_PKEY *key;

	value("spki", 0, &spki);
	ck_assert(base64_decode((char *)spki.at, spki.len, &der));
	at = der.at;
	key = d2i_PUBKEY(NULL, &at, (long)der.len);
	ck_assert_ptr_nonnull(key);
	bytes_free(&spki);
	bytes_free(&der);
	return key;
}

START_TEST(lines_are_signed)
{
	EVP_PKEY *key = letters_key();
	struct bytes line = { 0 }, text = { 0 };
	struct log_entry e;
	struct errtext err = { 0 };
	char name[DSIG_KEY_NAME_SIZE];
	int i;

	ck_assert_int_eq(dsig_key_name(key, name), ERR_OK);
	for (i = 0; i < LINES; i++) {
		value("line", i, &line);
		ck_assert_msg(
		    entry_parse(line.at, line.len, &e, &err) == ERR_OK, "%s",
		    err.text);
		ck_assert_uint_eq(e.index, (unsigned)i);
		ck_assert_str_eq(e.key_name, name);
		bytes_reset(&text);
		if (entry_is_letter(&e))
			dsig_signed_info(e.number, e.digest, &text);
		else
			ck_assert_int_eq(
			    entry_act_text(&e, &text, NULL), ERR_OK);
		ck_assert_msg(ecdsa_good(key, &text, e.signature), "%d", i);
		((char *)text.at)[20] ^= 1;
		ck_assert(!ecdsa_good(key, &text, e.signature));
	}
	EVP_PKEY_free(key);
	bytes_free(&line);
	bytes_free(&text);
}
END_TEST

/* The key that a staff line of the page gives to this person: its point behind
 * what RFC 5480 puts before one. */
static EVP_PKEY *
person_key(const char *code)
{
	static const uint8_t spki[] = { 0x30, 0x39, 0x30, 0x13, 0x06, 0x07,
		0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
		0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x22, 0x00 };
	uint8_t der[sizeof(spki) + ENTRY_POINT_SIZE];
	const uint8_t *at = der;
	struct bytes line = { 0 };
	EVP_PKEY *key;
	struct log_entry e;
	int i, found = 0;

	memcpy(der, spki, sizeof(spki));
	for (i = 1; i <= 3; i++) {
		value("line", i, &line);
		ck_assert_int_eq(
		    entry_parse(line.at, line.len, &e, NULL), ERR_OK);
		if (strcmp(e.ref, code) != 0)
			continue;
		memcpy(der + sizeof(spki), e.person_key, ENTRY_POINT_SIZE);
		found++;
	}
	ck_assert_int_eq(found, 1);
	key = d2i_PUBKEY(NULL, &at, sizeof(der));
	ck_assert_ptr_nonnull(key);
	bytes_free(&line);
	return key;
}

static void
signed_by(const char *code, const struct bytes *text, const uint8_t raw[64])
{
	EVP_PKEY *key = person_key(code);

	ck_assert_msg(ecdsa_good(key, text, raw), "%s", code);
	((char *)text->at)[20] ^= 1;
	ck_assert(!ecdsa_good(key, text, raw));
	EVP_PKEY_free(key);
}

/* By keys that the lines themselves name, the drafter over the commitment. */
START_TEST(persons_have_signed)
{
	struct bytes line = { 0 }, text = { 0 };
	struct log_entry e;
	int i;

	for (i = 0; i <= LINES; i++) {
		value(i < LINES ? "line" : "clock", i < LINES ? i : 0, &line);
		ck_assert_int_eq(
		    entry_parse(line.at, line.len, &e, NULL), ERR_OK);
		bytes_reset(&text);
		if (entry_is_letter(&e))
			entry_drafted_text(
			    "RRP-ES", "GTGUA01", e.commitment, &text);
		else
			ck_assert_int_eq(
			    entry_person_text(&e, &text, NULL), ERR_OK);
		signed_by(e.officer, &text, e.person_signature[0]);
		if (entry_signers(&e) == 1)
			continue;
		bytes_reset(&text);
		ck_assert_int_eq(entry_person_text(&e, &text, NULL), ERR_OK);
		signed_by(e.approver, &text, e.person_signature[1]);
	}
	bytes_free(&line);
	bytes_free(&text);
}
END_TEST

/* The block is DRAFT's text, and DRAFT its hash. */
START_TEST(commitment_as_shown)
{
	struct bytes line = { 0 }, text = { 0 }, want = { 0 };
	uint8_t hash[32];
	struct log_entry e;

	value("line", 5, &line);
	ck_assert_int_eq(entry_parse(line.at, line.len, &e, NULL), ERR_OK);
	block("sello-draft/v2", &want);
	ck_assert_int_eq(
	    EVP_Digest(want.at, want.len - 1, hash, NULL, EVP_sha256(), NULL),
	    1);
	ck_assert_mem_eq(e.commitment, hash, sizeof(hash));
	block("sello-drafted/v2", &want);
	entry_drafted_text("RRP-ES", "GTGUA01", e.commitment, &text);
	ck_assert_str_eq((char *)text.at, (char *)want.at);
	bytes_free(&line);
	bytes_free(&text);
	bytes_free(&want);
}
END_TEST

START_TEST(clock_line_is_signed)
{
	EVP_PKEY *key = letters_key();
	struct bytes line = { 0 }, text = { 0 };
	struct log_entry e, last;

	value("line", LINES - 1, &line);
	ck_assert_int_eq(entry_parse(line.at, line.len, &last, NULL), ERR_OK);
	value("clock", 0, &line);
	ck_assert_int_eq(entry_parse(line.at, line.len, &e, NULL), ERR_OK);
	ck_assert_int_eq(e.kind, ENTRY_CLOCK);
	ck_assert_int_eq(entry_ref_time(&e), last.time);
	ck_assert_int_lt(e.time, last.time);
	ck_assert_int_eq(entry_act_text(&e, &text, NULL), ERR_OK);
	ck_assert(ecdsa_good(key, &text, e.signature));
	EVP_PKEY_free(key);
	bytes_free(&line);
	bytes_free(&text);
}
END_TEST

START_TEST(act_as_shown)
{
	struct bytes line = { 0 }, text = { 0 }, want = { 0 };
	struct log_entry e;
	int i;

	value("line", 6, &line);
	block("sello-act/v1", &want);
	ck_assert_int_eq(entry_parse(line.at, line.len, &e, NULL), ERR_OK);
	ck_assert_int_eq(entry_act_text(&e, &text, NULL), ERR_OK);
	bytes_add_byte(&text, '\n'); /* of the page */
	ck_assert_str_eq((char *)text.at, (char *)want.at);
	for (i = 5; i <= 6; i++) {
		value("line", i, &line);
		ck_assert_int_eq(
		    entry_parse(line.at, line.len, &e, NULL), ERR_OK);
		bytes_reset(&text);
		ck_assert_int_eq(entry_person_text(&e, &text, NULL), ERR_OK);
		bytes_reset(&want);
		bytes_addf(&want, "```\n%s\n```", (char *)text.at);
		ck_assert_ptr_nonnull(strstr((char *)page.at, (char *)want.at));
	}
	bytes_free(&line);
	bytes_free(&text);
	bytes_free(&want);
}
END_TEST

/* The second letter is the one that docs/signature.md signs. */
START_TEST(letter_of_the_other_page)
{
	struct bytes own = page, line = { 0 }, letter = { 0 };
	struct log_entry e;
	struct dsig sig;

	value("line", 5, &line);
	ck_assert_int_eq(entry_parse(line.at, line.len, &e, NULL), ERR_OK);
	page = (struct bytes){ 0 };
	ck_assert_int_eq(
	    file_read("docs/signature.md", 1 << 20, &page, NULL), ERR_OK);
	value("letter", 0, &letter);
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, letter.at, letter.len, &sig, NULL), ERR_OK);
	ck_assert_str_eq(e.number, sig.id);
	ck_assert_str_eq(e.key_name, sig.key_name);
	ck_assert_mem_eq(e.digest, sig.digest, 32);
	ck_assert_mem_eq(e.signature, sig.signature, 64);
	bytes_free(&page);
	page = own;
	bytes_free(&line);
	bytes_free(&letter);
}
END_TEST

static void
expect_hex(const char *word, const struct bytes *bytes)
{
	struct bytes want = { 0 }, hex = { 0 };

	value(word, 0, &want);
	hex_encode(bytes->at, bytes->len, &hex);
	ck_assert_str_eq((char *)hex.at, (char *)want.at);
	bytes_free(&want);
	bytes_free(&hex);
}

static void
grow(struct tree_range *range, struct bytes *bundle, struct bytes *tile)
{
	struct bytes line = { 0 };
	struct tree_hash leaf;
	int i;

	for (i = 0; i < LINES; i++) {
		value("line", i, &line);
		ck_assert(bundle_add(line.at, line.len, bundle));
		tree_leaf(line.at, line.len, &leaf);
		tile_add(&leaf, 1, tile);
		ck_assert(tree_range_append(range, 0, &leaf));
	}
	bytes_free(&line);
}

START_TEST(files_as_shown)
{
	struct tree_range range = { 0 };
	struct bytes bundle = { 0 }, tile = { 0 };

	grow(&range, &bundle, &tile);
	expect_hex("bundle", &bundle);
	expect_hex("tile", &tile);
	bytes_free(&bundle);
	bytes_free(&tile);
}
END_TEST

/* Ed25519 has one signature for a key and a text: the head is made anew. */
START_TEST(head_as_shown)
{
	struct tree_range range = { 0 };
	struct checkpoint head = { .origin = SIGNER_ORIGIN, .size = LINES };
	struct bytes shown = { 0 }, made = { 0 }, text = { 0 }, vkey = { 0 };
	struct bytes bundle = { 0 }, tile = { 0 };
	struct signer log, cosigner;
	struct checkpoint read;
	struct note note;
	int64_t time;

	signer_make(&log, SIGNER_ORIGIN, VKEY_ED25519, 1);
	signer_make(&cosigner, SIGNER_ORIGIN, VKEY_COSIGNATURE, 2);
	value("log", 0, &text);
	vkey_format(&log.key, &vkey);
	ck_assert(bytes_equal(&text, &vkey));
	value("cosigner", 0, &text);
	bytes_reset(&vkey);
	vkey_format(&cosigner.key, &vkey);
	ck_assert(bytes_equal(&text, &vkey));

	grow(&range, &bundle, &tile);
	tree_range_root(&range, &head.root);
	block(SIGNER_ORIGIN, &shown);
	ck_assert_int_eq(
	    checkpoint_open(shown.at, shown.len, &log.key, &read, &note, NULL),
	    ERR_OK);
	ck_assert(tree_hash_equal(&read.root, &head.root));
	ck_assert_int_eq(
	    checkpoint_cosigned(&note, &cosigner.key, &time, NULL), ERR_OK);
	ck_assert_int_eq(
	    checkpoint_sign(&head, &log.key, log.private, &made, NULL), ERR_OK);
	ck_assert_int_eq(checkpoint_cosign(note.text, note.len, &cosigner.key,
			     cosigner.private, time, &made, NULL),
	    ERR_OK);
	ck_assert_str_eq((char *)made.at, (char *)shown.at);
	bytes_free(&shown);
	bytes_free(&made);
	bytes_free(&text);
	bytes_free(&vkey);
	bytes_free(&bundle);
	bytes_free(&tile);
	signer_clear(&log);
	signer_clear(&cosigner);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create(PAGE);
	TCase *t = tcase_create("example");

	tcase_add_checked_fixture(t, read_page, free_page);
	tcase_add_test(t, lines_are_signed);
	tcase_add_test(t, persons_have_signed);
	tcase_add_test(t, commitment_as_shown);
	tcase_add_test(t, act_as_shown);
	tcase_add_test(t, clock_line_is_signed);
	tcase_add_test(t, letter_of_the_other_page);
	tcase_add_test(t, files_as_shown);
	tcase_add_test(t, head_as_shown);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
