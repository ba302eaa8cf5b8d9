#include "log/checkpoint.h"

#include "base/encode.h"
#include "log/ed25519.h"
#include "tests/check_main.h"
#include "tests/lib/log/signer.h"

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

#define ROOT  "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
#define EMPTY "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

/* --- a head as a public log published it, cosigned by a public witness --- */

#define PUBLIC_TEXT                                 \
	"arche2025h1.staging.ct.transparency.dev\n" \
	"1432088532\n"                              \
	"U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n"
#define DASH "\xe2\x80\x94 "

static const char public_note[] = PUBLIC_TEXT
    "\n" DASH "arche2025h1.staging.ct.transparency.dev "
    "zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIg"
    "IpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=\n" DASH
    "arche2025h1.staging.ct.transparency.dev "
    "ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei5"
    "9RA23oHP7Ry1k3ZFWwQ=\n" DASH "transparency.dev/DEV:witness-little-garden "
    "2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v"
    "7sEodkRAErumC2q44vdgJY096st5BQ==\n" DASH "remora.n621.de "
    "2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobW"
    "X9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==\n";

#define PUBLIC_LOG                                          \
	"arche2025h1.staging.ct.transparency.dev+ba2f06c0+" \
	"AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
#define PUBLIC_WITNESS \
	"remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"

START_TEST(head_of_a_public_log)
{
	struct vkey log, witness;
	struct checkpoint head;
	struct errtext err = { 0 };
	struct bytes root = { 0 };
	struct note note;
	int64_t time = 0;

	ck_assert_int_eq(vkey_parse(PUBLIC_LOG, &log, &err), ERR_OK);
	ck_assert_int_eq(vkey_parse(PUBLIC_WITNESS, &witness, &err), ERR_OK);
	ck_assert_msg(checkpoint_open(public_note, strlen(public_note), &log,
			  &head, &note, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_str_eq(head.origin, log.name);
	ck_assert_uint_eq(head.size, 1432088532);
	base64_encode(head.root.at, TREE_HASH_SIZE, &root);
	ck_assert_str_eq(
	    (char *)root.at, "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=");
	ck_assert_uint_eq(head.extension.left, 0);
	ck_assert_uint_eq(note.count, 4);
	ck_assert_msg(
	    checkpoint_cosigned(&note, &witness, &time, &err) == ERR_OK, "%s",
	    err.text);
	ck_assert_int_eq(time, 1779573024); /* 0x6a122120 */
	bytes_free(&root);
}
END_TEST

START_TEST(each_changed_bit_is_noticed)
{
	char changed[sizeof(public_note)];
	struct vkey log, witness;
	struct checkpoint head;
	struct note note;
	size_t i, len = strlen(public_note);
	int64_t time;
	enum err opened, cosigned;

	ck_assert_int_eq(vkey_parse(PUBLIC_LOG, &log, NULL), ERR_OK);
	ck_assert_int_eq(vkey_parse(PUBLIC_WITNESS, &witness, NULL), ERR_OK);
	strcpy(changed, public_note);
	for (i = 0; i < len * 8; i++) {
		changed[i / 8] = (char)(changed[i / 8] ^ (1 << i % 8));
		opened =
		    checkpoint_open(changed, len, &log, &head, &note, NULL);
		cosigned = opened != ERR_OK
		    ? opened
		    : checkpoint_cosigned(&note, &witness, &time, NULL);
		/* a line of a key nobody asked about may say anything */
		if (i / 8 < strlen(PUBLIC_TEXT))
			ck_assert_int_ne(opened, ERR_OK);
		ck_assert(opened != ERR_OK || cosigned != ERR_OK ||
		    memcmp(note.text, PUBLIC_TEXT, note.len) == 0);
		if (i / 8 >= len - 108) /* the witness's Base64 */
			ck_assert_int_ne(cosigned, ERR_OK);
		changed[i / 8] = public_note[i / 8];
	}
}
END_TEST

/*
 * The example of C2SP's tlog-checkpoint and tlog-cosignature. Its keys are not
 * published: nobody may take it for signed by theirs, or by another of that name.
 */
START_TEST(example_of_the_specification)
{
	static const char text[] =
	    "example.com/behind-the-sofa\n20852163\n"
	    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
	static const uint8_t public[32] = { 7 };
	struct bytes file = { 0 }, again = { 0 };
	struct checkpoint head;
	struct vkey log;
	struct note note;

	bytes_addf(&file,
	    "%s\n" DASH
	    "example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/"
	    "5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n" DASH
	    "witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcr"
	    "tPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n",
	    text);
	ck_assert_int_eq(note_parse(file.at, file.len, &note, NULL), ERR_OK);
	ck_assert_uint_eq(note.count, 2);
	ck_assert_mem_eq(note.signature[0].id, "\x03\x3d\xe0\xae", 4);
	ck_assert_mem_eq(note.signature[1].id, "\x8d\x66\xcf\x3f", 4);
	ck_assert_int_eq(
	    checkpoint_parse(note.text, note.len, &head, NULL), ERR_OK);
	ck_assert_str_eq(head.origin, "example.com/behind-the-sofa");
	ck_assert_uint_eq(head.size, 20852163);
	ck_assert_int_eq(checkpoint_format(&head, &again, NULL), ERR_OK);
	ck_assert_str_eq((char *)again.at, text);
	ck_assert_int_eq(
	    vkey_make(head.origin, VKEY_ED25519, public, &log), ERR_OK);
	ck_assert_int_eq(
	    checkpoint_open(file.at, file.len, &log, &head, NULL, NULL),
	    ERR_ISSUER);
	memcpy(log.id, note.signature[0].id, NOTE_ID_SIZE);
	ck_assert_int_eq(
	    checkpoint_open(file.at, file.len, &log, &head, NULL, NULL),
	    ERR_SIGNATURE);
	bytes_free(&file);
	bytes_free(&again);
}
END_TEST

/* --- the text -------------------------------------------------------- */

static const struct {
	const char *name, *text;
	enum err want;
	uint64_t size;
} texts[] = {
	{ "plain", "a/1\n20852163\n" ROOT "\n", ERR_OK, 20852163 },
	{ "origin with a space", "a log\n1\n" ROOT "\n", ERR_OK, 1 },
	{ "extension lines", "a/1\n1\n" ROOT "\nx\n y \n", ERR_OK, 1 },
	{ "empty log", "a/1\n0\n" EMPTY "\n", ERR_OK, 0 },
	{ "largest", "a/1\n1099511627776\n" ROOT "\n", ERR_OK,
	    (uint64_t)1 << 40 },
	{ "too large", "a/1\n1099511627777\n" ROOT "\n", ERR_LIMIT, 0 },
	{ "much too large", "a/1\n18446744073709551617\n" ROOT "\n", ERR_LIMIT,
	    0 },
	{ "empty log with a root", "a/1\n0\n" ROOT "\n", ERR_DATA, 0 },
	{ "no origin", "\n1\n" ROOT "\n", ERR_DATA, 0 },
	{ "no size", "a/1\n\n" ROOT "\n", ERR_DATA, 0 },
	{ "leading zero", "a/1\n01\n" ROOT "\n", ERR_DATA, 0 },
	{ "zeros", "a/1\n00\n" EMPTY "\n", ERR_DATA, 0 },
	{ "negative", "a/1\n-1\n" ROOT "\n", ERR_DATA, 0 },
	{ "sign", "a/1\n+1\n" ROOT "\n", ERR_DATA, 0 },
	{ "space before", "a/1\n 1\n" ROOT "\n", ERR_DATA, 0 },
	{ "space behind", "a/1\n1 \n" ROOT "\n", ERR_DATA, 0 },
	{ "hexadecimal", "a/1\n1f\n" ROOT "\n", ERR_DATA, 0 },
	{ "no root", "a/1\n1\n", ERR_DATA, 0 },
	{ "short root", "a/1\n1\nCsUYapGGPo4dkMgIAUqomw==\n", ERR_DATA, 0 },
	{ "long root", "a/1\n1\n" ROOT "AAAA\n", ERR_DATA, 0 },
	{ "root with unused bits",
	    "a/1\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", ERR_DATA,
	    0 },
	{ "no line feed", "a/1\n1\n" ROOT, ERR_DATA, 0 },
	{ "extension without line feed", "a/1\n1\n" ROOT "\nx", ERR_DATA, 0 },
	{ "empty extension line", "a/1\n1\n" ROOT "\nx\n\ny\n", ERR_DATA, 0 },
	{ "blank line behind", "a/1\n1\n" ROOT "\n\n", ERR_DATA, 0 },
	{ "nothing", "", ERR_DATA, 0 },
};

START_TEST(judges_texts)
{
	const char *text = texts[_i].text;
	struct checkpoint head = { .size = 77 };
	struct bytes again = { 0 };
	enum err got = checkpoint_parse(text, strlen(text), &head, NULL);

	ck_assert_msg(
	    got == texts[_i].want, "%s: %s", texts[_i].name, err_name(got));
	ck_assert_uint_eq(head.size, got == ERR_OK ? texts[_i].size : 77);
	if (got == ERR_OK) {
		ck_assert_int_eq(
		    checkpoint_format(&head, &again, NULL), ERR_OK);
		ck_assert_str_eq((char *)again.at, text);
	}
	bytes_free(&again);
}
END_TEST

START_TEST(origin_limit)
{
	char text[VKEY_NAME_MAX + 80];
	struct checkpoint head;

	memset(text, 'o', VKEY_NAME_MAX + 1);
	strcpy(text + VKEY_NAME_MAX, "\n1\n" ROOT "\n");
	ck_assert_int_eq(
	    checkpoint_parse(text, strlen(text), &head, NULL), ERR_OK);
	ck_assert_uint_eq(strlen(head.origin), VKEY_NAME_MAX);
	strcpy(text + VKEY_NAME_MAX, "o\n1\n" ROOT "\n");
	ck_assert_int_eq(
	    checkpoint_parse(text, strlen(text), &head, NULL), ERR_DATA);
}
END_TEST

START_TEST(refuses_to_write)
{
	struct checkpoint head = { .origin = "a\nb", .size = 1 };
	struct bytes text = { 0 };

	ck_assert_int_eq(checkpoint_format(&head, &text, NULL), ERR_DATA);
	strcpy(head.origin, "");
	ck_assert_int_eq(checkpoint_format(&head, &text, NULL), ERR_DATA);
	strcpy(head.origin, "a");
	head.size = TREE_SIZE_MAX + 1;
	ck_assert_int_eq(checkpoint_format(&head, &text, NULL), ERR_DATA);
	head.size = 0; /* with a root that is not the empty one */
	ck_assert_int_eq(checkpoint_format(&head, &text, NULL), ERR_DATA);
	head.size = 1;
	head.extension = (struct reader){ (const uint8_t *)"\n", 1 };
	ck_assert_int_eq(checkpoint_format(&head, &text, NULL), ERR_DATA);
	ck_assert_uint_eq(text.len, 0);
	head.extension = (struct reader){ (const uint8_t *)"x\n", 2 };
	ck_assert_int_eq(checkpoint_format(&head, &text, NULL), ERR_OK);
	bytes_free(&text);
}
END_TEST

/* --- signing --------------------------------------------------------- */

static void
make_note(const struct signer *log, const char *origin, struct bytes *note)
{
	struct checkpoint head = { .size = 5, .root = { { 7 } } };
	struct signer named = *log;

	strcpy(head.origin, origin);
	strcpy(named.key.name, origin); /* with the id of the other name */
	ck_assert_int_eq(
	    checkpoint_sign(&head, &named.key, log->private, note, NULL),
	    ERR_OK);
}

START_TEST(signs_and_opens)
{
	struct signer log, other;
	struct bytes note = { 0 };
	struct checkpoint head = {
		.origin = SIGNER_ORIGIN, .size = 5, .root = { { 7 } }
	};
	struct checkpoint read;
	struct errtext err = { 0 };

	signer_make(&log, SIGNER_ORIGIN, VKEY_ED25519, 1);
	signer_make(&other, SIGNER_ORIGIN, VKEY_ED25519, 2);
	ck_assert_int_eq(
	    checkpoint_sign(&head, &log.key, log.private, &note, &err), ERR_OK);
	ck_assert_int_eq(
	    checkpoint_open(note.at, note.len, &log.key, &read, NULL, &err),
	    ERR_OK);
	ck_assert_str_eq(read.origin, SIGNER_ORIGIN);
	ck_assert_uint_eq(read.size, 5);
	ck_assert(tree_hash_equal(&read.root, &head.root));
	ck_assert_int_eq(
	    checkpoint_open(note.at, note.len, &other.key, &read, NULL, NULL),
	    ERR_ISSUER);
	/* another log's key, and another key than the name's */
	bytes_reset(&note);
	strcpy(head.origin, "RRP-ES/log/GTGUA01/2");
	ck_assert_int_eq(
	    checkpoint_sign(&head, &log.key, log.private, &note, NULL),
	    ERR_CONFIG);
	strcpy(head.origin, SIGNER_ORIGIN);
	ck_assert_int_eq(
	    checkpoint_sign(&head, &log.key, other.private, &note, NULL),
	    ERR_CONFIG);
	head.size = TREE_SIZE_MAX + 1;
	ck_assert_int_eq(
	    checkpoint_sign(&head, &log.key, log.private, &note, NULL),
	    ERR_DATA);
	ck_assert_uint_eq(note.len, 0);
	bytes_free(&note);
	signer_clear(&log);
	signer_clear(&other);
}
END_TEST

/* A key used for two logs, a text that is no head, a file too long. */
START_TEST(opens_nothing_else)
{
	const char *text = "not a head\n";
	struct signer log;
	struct bytes note = { 0 };
	struct checkpoint head = { .size = 77 };
	struct note parsed = { .len = 88 };

	signer_make(&log, SIGNER_ORIGIN, VKEY_ED25519, 1);
	make_note(&log, "RRP-ES/log/GTGUA01/2", &note);
	ck_assert_int_eq(
	    checkpoint_open(note.at, note.len, &log.key, &head, &parsed, NULL),
	    ERR_ISSUER);

	/* the right name below another origin */
	bytes_reset(&note);
	const char *moved = "RRP-ES/log/GTGUA01/2\n1\n" ROOT "\n";
	note_begin(moved, strlen(moved), &note, NULL);
	note_sign(moved, strlen(moved), &log.key, log.private, &note, NULL);
	ck_assert_int_eq(
	    checkpoint_open(note.at, note.len, &log.key, &head, &parsed, NULL),
	    ERR_ISSUER);

	bytes_reset(&note);
	note_begin(text, strlen(text), &note, NULL);
	note_sign(text, strlen(text), &log.key, log.private, &note, NULL);
	ck_assert_int_eq(
	    checkpoint_open(note.at, note.len, &log.key, &head, &parsed, NULL),
	    ERR_DATA);

	ck_assert_int_eq(checkpoint_open("", CHECKPOINT_MAX + 1, &log.key,
			     &head, &parsed, NULL),
	    ERR_LIMIT);
	ck_assert_uint_eq(head.size, 77);
	ck_assert_uint_eq(parsed.len, 88);
	bytes_free(&note);
	signer_clear(&log);
}
END_TEST

START_TEST(cosigns)
{
	struct signer log, post, other;
	struct bytes note = { 0 };
	struct checkpoint head;
	struct note parsed;
	int64_t time = 0;

	signer_make(&log, SIGNER_ORIGIN, VKEY_ED25519, 1);
	signer_make(&post, "ES-GTGUA/1", VKEY_COSIGNATURE, 3);
	signer_make(&other, "ES-GTGUA/1", VKEY_COSIGNATURE, 4);
	make_note(&log, SIGNER_ORIGIN, &note);
	ck_assert_int_eq(note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
	ck_assert_int_eq(
	    checkpoint_cosigned(&parsed, &post.key, &time, NULL), ERR_ISSUER);

	/* the text must not move: it is borrowed from what grows */
	char text[256];
	size_t len = parsed.len;

	memcpy(text, parsed.text, len);
	ck_assert_int_eq(checkpoint_cosign(text, len, &post.key, post.private,
			     1795000000, &note, NULL),
	    ERR_OK);
	ck_assert_int_eq(checkpoint_cosign(text, len, &post.key, post.private,
			     0, &note, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    checkpoint_open(note.at, note.len, &log.key, &head, &parsed, NULL),
	    ERR_OK);
	ck_assert_uint_eq(parsed.count, 3);
	ck_assert_int_eq(
	    checkpoint_cosigned(&parsed, &post.key, &time, NULL), ERR_OK);
	ck_assert_int_eq(time, 1795000000); /* the newest */
	ck_assert_int_eq(
	    checkpoint_cosigned(&parsed, &other.key, &time, NULL), ERR_ISSUER);
	ck_assert_int_eq(
	    checkpoint_cosigned(&parsed, &log.key, &time, NULL), ERR_USAGE);

	/* what is refused leaves the note as it is */
	size_t before = note.len;

	ck_assert_int_eq(checkpoint_cosign(text, len, &post.key, other.private,
			     1, &note, NULL),
	    ERR_CONFIG);
	ck_assert_int_eq(
	    checkpoint_cosign(text, len, &log.key, log.private, 1, &note, NULL),
	    ERR_USAGE);
	ck_assert_int_eq(checkpoint_cosign(text, len, &post.key, post.private,
			     -1, &note, NULL),
	    ERR_USAGE);
	ck_assert_int_eq(checkpoint_cosign("seen\n", 5, &post.key, post.private,
			     1, &note, NULL),
	    ERR_DATA);
	ck_assert_uint_eq(note.len, before);
	bytes_free(&note);
	signer_clear(&log);
	signer_clear(&post);
	signer_clear(&other);
}
END_TEST

/* The line is id 4, time 8, signature 64 over the message of the standard. */
START_TEST(cosignature_bytes)
{
	const char *text = SIGNER_ORIGIN "\n1\n" ROOT "\n";
	const char *message =
	    "cosignature/v1\ntime 1679315147\n" SIGNER_ORIGIN "\n1\n" ROOT "\n";
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct bytes line = { 0 };
	struct signer post;
	uint8_t raw[76], want[64];
	size_t len = sizeof(want);

	signer_make(&post, "w/1", VKEY_COSIGNATURE, 3);
	ck_assert_int_eq(checkpoint_cosign(text, strlen(text), &post.key,
			     post.private, 1679315147, &line, NULL),
	    ERR_OK);
	ck_assert_uint_eq(line.len, 4 + 4 + 104 + 1);
	ck_assert_mem_eq(line.at, DASH "w/1 ", 8);
	ck_assert(base64_decode_exact(
	    (const char *)line.at + 8, 104, raw, sizeof(raw)));
	ck_assert_mem_eq(raw, post.key.id, 4);
	ck_assert_mem_eq(raw + 4, "\0\0\0\0\x64\x18\x50\xcb", 8);
	EVP_DigestSignInit(ctx, NULL, NULL, NULL, post.private);
	ck_assert_int_eq(EVP_DigestSign(ctx, want, &len,
			     (const uint8_t *)message, strlen(message)),
	    1);
	ck_assert_mem_eq(raw + 12, want, 64);
	EVP_MD_CTX_free(ctx);
	bytes_free(&line);
	signer_clear(&post);
}
END_TEST

/* A wrong line of a known cosigner spoils the note; times end at 2^63-1. */
START_TEST(wrong_cosignatures)
{
	struct signer log, post;
	struct bytes note = { 0 };
	uint8_t stamped[72] = { 0 };
	struct note parsed;
	int64_t time = 5;
	char text[256];
	size_t len;

	signer_make(&log, SIGNER_ORIGIN, VKEY_ED25519, 1);
	signer_make(&post, "ES-GTGUA/1", VKEY_COSIGNATURE, 3);
	make_note(&log, SIGNER_ORIGIN, &note);
	ck_assert_int_eq(note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
	len = parsed.len;
	memcpy(text, parsed.text, len);
	ck_assert_int_eq(checkpoint_cosign(text, len, &post.key, post.private,
			     1, &note, NULL),
	    ERR_OK);
	size_t good = note.len;
	static const struct {
		uint8_t first;
		size_t len;
	} lines[] = { { 0, 72 }, { 0x80, 72 }, { 0, 71 }, { 0, 64 },
		{ 0, 73 } };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		uint8_t long_one[80] = { 0 };

		note.len = good;
		memcpy(long_one, stamped, sizeof(stamped));
		long_one[0] = lines[i].first;
		note_add_line(&post.key, long_one, lines[i].len, &note);
		ck_assert_int_eq(
		    note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
		ck_assert_int_eq(
		    checkpoint_cosigned(&parsed, &post.key, &time, NULL),
		    ERR_SIGNATURE);
		ck_assert_int_eq(time, 5);
	}
	/* well signed, but of a time that no clock shows */
	static const uint8_t late[8] = { 0x80 };
	struct bytes message = { 0 };

	bytes_add_text(&message, "cosignature/v1\ntime 9223372036854775808\n");
	bytes_add(&message, text, len);
	memcpy(stamped, late, sizeof(late));
	ck_assert_int_eq(ed25519_sign(post.private, post.key.key, message.at,
			     message.len, stamped + 8, NULL),
	    ERR_OK);
	note.len = good;
	note_add_line(&post.key, stamped, sizeof(stamped), &note);
	ck_assert_int_eq(note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
	ck_assert_int_eq(checkpoint_cosigned(&parsed, &post.key, &time, NULL),
	    ERR_SIGNATURE);
	bytes_free(&message);
	bytes_free(&note);
	signer_clear(&log);
	signer_clear(&post);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("checkpoint");
	TCase *t = tcase_create("checkpoint");

	tcase_add_test(t, head_of_a_public_log);
	tcase_add_test(t, example_of_the_specification);
	tcase_add_test(t, each_changed_bit_is_noticed);
	tcase_add_loop_test(t, judges_texts, 0, COUNT(texts));
	tcase_add_test(t, origin_limit);
	tcase_add_test(t, refuses_to_write);
	tcase_add_test(t, signs_and_opens);
	tcase_add_test(t, opens_nothing_else);
	tcase_add_test(t, cosigns);
	tcase_add_test(t, cosignature_bytes);
	tcase_add_test(t, wrong_cosignatures);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
