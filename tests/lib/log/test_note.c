#include "log/note.h"

#include "base/encode.h"
#include "log/ed25519.h"
#include "tests/check_main.h"
#include "tests/lib/log/signer.h"
#include "tests/support/vectors.h"

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* Published in the documentation of golang.org/x/mod/sumdb/note. */
#define TEXT                                                         \
	"If you think cryptography is the answer to your problem,\n" \
	"then you don't know what your problem is.\n"
#define PETER_KEY \
	"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define PETER_SEED \
	"810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173"
#define PETER                                                                  \
	"\xe2\x80\x94 PeterNeumann "                                           \
	"x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf" \
	"qdngotpRZb6KE6RyyBwJnAM=\n"
#define ENOCH_KEY \
	"EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
#define ENOCH                                                                  \
	"\xe2\x80\x94 EnochRoot "                                              \
	"rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01" \
	"oOTGwnWLox33WWd1RvMc+QQ=\n"

static struct vkey
key_of(const char *text)
{
	struct vkey key;

	ck_assert_int_eq(vkey_parse(text, &key, NULL), ERR_OK);
	return key;
}

static enum err
open_note(const char *note, const char *vkey, struct note *parsed)
{
	struct vkey key = key_of(vkey);
	enum err rc = note_parse(note, strlen(note), parsed, NULL);

	return rc != ERR_OK ? rc : note_verify(parsed, &key, NULL);
}

START_TEST(published_note)
{
	struct note note;

	ck_assert_int_eq(
	    open_note(TEXT "\n" PETER ENOCH, PETER_KEY, &note), ERR_OK);
	ck_assert_uint_eq(note.len, strlen(TEXT));
	ck_assert_mem_eq(note.text, TEXT, note.len);
	ck_assert_uint_eq(note.count, 2);
	ck_assert_uint_eq(note.signature[1].name.left, strlen("EnochRoot"));
	ck_assert_mem_eq(note.signature[1].id, "\xaf\x0c\xfe\x78", 4);
	ck_assert_int_eq(
	    open_note(TEXT "\n" PETER ENOCH, ENOCH_KEY, &note), ERR_OK);
}
END_TEST

/* Ed25519 has one signature for a key and a text. */
START_TEST(signs_the_published_note)
{
	struct vkey key = key_of(PETER_KEY);
	struct bytes note = { 0 };
	struct errtext err = { 0 };
	EVP_PKEY *private;
	uint8_t seed[32];

	ck_assert(hex_decode_exact(PETER_SEED, 64, seed, 32));
	private =
	    EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
	ck_assert_int_eq(note_begin(TEXT, strlen(TEXT), &note, &err), ERR_OK);
	ck_assert_msg(
	    note_sign(TEXT, strlen(TEXT), &key, private, &note, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_str_eq((char *)note.at, TEXT "\n" PETER);
	bytes_free(&note);
	EVP_PKEY_free(private);
}
END_TEST

/* Every bit of the text and of the signature counts. */
START_TEST(each_changed_bit_is_noticed)
{
	const char *good = TEXT "\n" PETER;
	struct vkey key = key_of(PETER_KEY);
	struct note parsed;
	char note[512];
	size_t i;
	enum err rc;

	strcpy(note, good);
	for (i = 0; i < strlen(good) * 8; i++) {
		note[i / 8] = (char)(note[i / 8] ^ (1 << i % 8));
		rc = note_parse(note, strlen(good), &parsed, NULL);
		if (rc == ERR_OK)
			rc = note_verify(&parsed, &key, NULL);
		ck_assert_msg(
		    rc == ERR_DATA || rc == ERR_ISSUER || rc == ERR_SIGNATURE,
		    "bit %zu: %s", i, err_name(rc));
		note[i / 8] = good[i / 8];
	}
}
END_TEST

#define BAD_PETER                                                              \
	"\xe2\x80\x94 PeterNeumann "                                           \
	"x08go/AJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf" \
	"qdngotpRZb6KE6RyyBwJnAM=\n"

static const struct {
	const char *name, *note;
	enum err want;
} notes[] = {
	{ "two texts, the last blank line counts", TEXT "\n" TEXT "\n" PETER,
	    ERR_SIGNATURE },
	{ "other key first", TEXT "\n" ENOCH PETER, ERR_OK },
	{ "the same line twice", TEXT "\n" PETER PETER, ERR_OK },
	{ "wrong line of a known key", TEXT "\n" BAD_PETER, ERR_SIGNATURE },
	{ "wrong line after a good one", TEXT "\n" PETER BAD_PETER,
	    ERR_SIGNATURE },
	{ "wrong line before a good one", TEXT "\n" BAD_PETER PETER,
	    ERR_SIGNATURE },
	{ "known key's line too short",
	    TEXT "\n\xe2\x80\x94 PeterNeumann x08gowAA\n", ERR_SIGNATURE },
	{ "other key alone", TEXT "\n" ENOCH, ERR_ISSUER },
	{ "same name, other id", TEXT "\n\xe2\x80\x94 PeterNeumann x08gpAAA\n",
	    ERR_ISSUER },
	{ "other name, same id", TEXT "\n\xe2\x80\x94 PeterNeumanm x08gowAA\n",
	    ERR_ISSUER },
	{ "shorter name, same id", TEXT "\n\xe2\x80\x94 PeterNeuman x08gowAA\n",
	    ERR_ISSUER },
	{ "longer name, same id",
	    TEXT "\n\xe2\x80\x94 PeterNeumanns x08gowAA\n", ERR_ISSUER },
	{ "changed text", "I" TEXT "\n" PETER, ERR_SIGNATURE },
	{ "empty text", "\n" PETER, ERR_DATA },
	{ "text of a blank line", "\n\n" PETER, ERR_SIGNATURE },
	{ "nothing", "", ERR_DATA },
	{ "one line feed", "\n", ERR_DATA },
	{ "two line feeds", "\n\n", ERR_DATA },
	{ "no signature", TEXT "\n", ERR_DATA },
	{ "no blank line", TEXT PETER, ERR_DATA },
	{ "no line feed at the end",
	    TEXT "\n\xe2\x80\x94 PeterNeumann x08gowAA", ERR_DATA },
	{ "line feed too many", TEXT "\n" PETER "\n", ERR_DATA },
	{ "hyphen for a dash", TEXT "\n- PeterNeumann x08gowAA\n", ERR_DATA },
	{ "no name", TEXT "\n\xe2\x80\x94  x08gowAA\n", ERR_DATA },
	{ "name with plus", TEXT "\n\xe2\x80\x94 a+b x08gowAA\n", ERR_DATA },
	{ "name with a wide space",
	    TEXT "\n\xe2\x80\x94 a\xe2\x80\x83z x08gowAA\n", ERR_DATA },
	{ "no base64", TEXT "\n\xe2\x80\x94 PeterNeumann \n", ERR_DATA },
	{ "key id alone", TEXT "\n\xe2\x80\x94 PeterNeumann x08gow==\n",
	    ERR_DATA },
	{ "not base64", TEXT "\n\xe2\x80\x94 PeterNeumann x08goAA_\n",
	    ERR_DATA },
	{ "base64 with unused bits",
	    TEXT "\n\xe2\x80\x94 PeterNeumann x08goAB=\n", ERR_DATA },
	{ "space behind", TEXT "\n\xe2\x80\x94 PeterNeumann x08gowAA \n",
	    ERR_DATA },
	{ "tab in the text", "a\tb\n\n" PETER, ERR_DATA },
	{ "CR in the text", "a\r\n\n" PETER, ERR_DATA },
	{ "not UTF-8", "a\xff\n\n" PETER, ERR_DATA },
};

START_TEST(judges_notes)
{
	struct note parsed;
	enum err got = open_note(notes[_i].note, PETER_KEY, &parsed);

	ck_assert_msg(
	    got == notes[_i].want, "%s: %s", notes[_i].name, err_name(got));
}
END_TEST

START_TEST(limits)
{
	struct bytes note = { 0 };
	struct note parsed = { .len = 99 };
	struct vkey key = key_of(PETER_KEY);
	int i;

	bytes_add_text(&note, TEXT "\n");
	for (i = 0; i < NOTE_SIGNATURES_MAX - 1; i++)
		bytes_add_text(&note, ENOCH);
	bytes_add_text(&note, PETER);
	ck_assert_int_eq(note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
	ck_assert_int_eq(note_verify(&parsed, &key, NULL), ERR_OK);
	bytes_add_text(&note, ENOCH);
	parsed.len = 99;
	ck_assert_int_eq(
	    note_parse(note.at, note.len, &parsed, NULL), ERR_LIMIT);
	ck_assert_uint_eq(parsed.len, 99);
	bytes_reset(&note);
	while (note.len < NOTE_MAX - strlen("\n" PETER))
		bytes_add_text(&note, "\n");
	bytes_add_text(&note, "\n" PETER);
	ck_assert_uint_eq(note.len, NOTE_MAX);
	ck_assert_int_eq(note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
	ck_assert_int_eq(note_verify(&parsed, &key, NULL), ERR_SIGNATURE);
	bytes_reset(&note);
	while (note.len < NOTE_MAX + 1 - strlen("\n" PETER))
		bytes_add_text(&note, "\n");
	bytes_add_text(&note, "\n" PETER);
	ck_assert_int_eq(
	    note_parse(note.at, note.len, &parsed, NULL), ERR_LIMIT);
	bytes_free(&note);
}
END_TEST

START_TEST(signs_and_verifies)
{
	const char *text = "a text\n\nwith a blank line\n\xc3\xb1\n";
	struct signer one, two, cosigner;
	struct bytes note = { 0 };
	struct note parsed;

	signer_make(&one, "a/1", VKEY_ED25519, 1);
	signer_make(&two, "a/2", VKEY_ED25519, 2);
	signer_make(&cosigner, "a/2", VKEY_COSIGNATURE, 2);
	ck_assert_int_eq(note_begin(text, strlen(text), &note, NULL), ERR_OK);
	ck_assert_int_eq(
	    note_sign(text, strlen(text), &one.key, one.private, &note, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    note_sign(text, strlen(text), &two.key, two.private, &note, NULL),
	    ERR_OK);
	ck_assert_int_eq(note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
	ck_assert_uint_eq(parsed.len, strlen(text));
	ck_assert_int_eq(note_verify(&parsed, &one.key, NULL), ERR_OK);
	ck_assert_int_eq(note_verify(&parsed, &two.key, NULL), ERR_OK);
	ck_assert_int_eq(note_verify(&parsed, &cosigner.key, NULL), ERR_USAGE);
	bytes_free(&note);
	signer_clear(&one);
	signer_clear(&two);
	signer_clear(&cosigner);
}
END_TEST

/* A key that is not the one of the name signs nothing. */
START_TEST(refuses_to_sign)
{
	static const char *const texts[] = { "", "a", "a\tb\n", "\xff\n",
		"a\r\n" };
	struct signer one, two, cosigner;
	struct bytes note = { 0 };
	struct errtext err = { 0 };
	EVP_PKEY *ec = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
	int i;

	signer_make(&one, "a/1", VKEY_ED25519, 1);
	signer_make(&two, "a/1", VKEY_ED25519, 2);
	signer_make(&cosigner, "a/1", VKEY_COSIGNATURE, 1);
	ck_assert_int_eq(
	    note_sign("a\n", 2, &one.key, two.private, &note, &err),
	    ERR_CONFIG);
	ck_assert_uint_gt(strlen(err.text), 0);
	ck_assert_int_eq(
	    note_sign("a\n", 2, &one.key, ec, &note, NULL), ERR_CONFIG);
	ck_assert_int_eq(
	    note_sign("a\n", 2, &cosigner.key, cosigner.private, &note, NULL),
	    ERR_USAGE);
	for (i = 0; i < COUNT(texts); i++)
		ck_assert_int_eq(
		    note_begin(texts[i], strlen(texts[i]), &note, NULL),
		    ERR_DATA);
	ck_assert_uint_eq(note.len, 0);
	bytes_free(&note);
	EVP_PKEY_free(ec);
	signer_clear(&one);
	signer_clear(&two);
	signer_clear(&cosigner);
}
END_TEST

/* RFC 8032, 7.1, tests 1 and 2. */
START_TEST(published_ed25519)
{
	static const char *const keys[] = {
		"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f7075"
		"11a",
		"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af46"
		"60c"
	};
	static const char *const signatures[] = {
		"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490"
		"1555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e"
		"7a100b",
		"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb6"
		"9da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612"
		"bb0c00"
	};
	uint8_t key[32], signature[64];

	ck_assert(hex_decode_exact(keys[_i], 64, key, 32));
	ck_assert(hex_decode_exact(signatures[_i], 128, signature, 64));
	ck_assert_int_eq(
	    ed25519_verify(key, "r", (size_t)_i, signature, NULL), ERR_OK);
	ck_assert_int_eq(
	    ed25519_verify(key, "rr", (size_t)_i + 1, signature, NULL),
	    ERR_SIGNATURE);
	memset(key, 0xff, 32); /* no point of the curve */
	ck_assert_int_eq(ed25519_verify(key, "r", (size_t)_i, signature, NULL),
	    ERR_SIGNATURE);
}
END_TEST

/*
 * Wycheproof's messages are no texts of notes, so the note is put together
 * here as note_parse() would, and signed as a line of it is.
 */
static void
verify_vector(char *word[VECTOR_WORDS], void *ctx)
{
	struct vkey *key = ctx;
	struct bytes message, raw, base64 = { 0 };
	struct note note = { .count = 1 };
	enum err want, got;

	message = vector_bytes(word[strcmp(word[0], "key") == 0 ? 1 : 2]);
	if (strcmp(word[0], "key") == 0) {
		ck_assert_int_eq(
		    vkey_make("w", VKEY_ED25519, message.at, key), ERR_OK);
		bytes_free(&message);
		return;
	}
	raw = vector_bytes(word[3]);
	want = vector_is_good(word[1]) ? ERR_OK : ERR_SIGNATURE;
	bytes_add(&base64, key->id, NOTE_ID_SIZE);
	bytes_add(&base64, raw.at, raw.len);
	bytes_reset(&raw);
	base64_encode(base64.at, base64.len, &raw);
	note.text = (const char *)message.at;
	note.len = message.len;
	note.signature[0].name = (struct reader){ (const uint8_t *)"w", 1 };
	note.signature[0].base64 = (struct reader){ raw.at, raw.len };
	memcpy(note.signature[0].id, key->id, NOTE_ID_SIZE);
	got = note_verify(&note, key, NULL);
	ck_assert_msg(got == want, "%s: %s", word[0], err_name(got));
	bytes_free(&base64);
	bytes_free(&message);
	bytes_free(&raw);
}

START_TEST(agrees_with_wycheproof)
{
	struct vkey key = { 0 };

	/* 151 tests of 78 keys */
	ck_assert_uint_eq(
	    vectors_each("ed25519.txt", verify_vector, &key), 151 + 78);
}
END_TEST

/* The example of C2SP's signed-note, version 1.1. */
START_TEST(example_of_the_specification)
{
	static const char good[] =
	    "This is an example message.\n\n\xe2\x80\x94 example.com/foo "
	    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjO"
	    "BH3mFXmRKuwHjG1Yu72IneyaQM=\n";
	static const char key[] =
	    "example.com/foo+530d903a+"
	    "AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
	char bad[sizeof(good)];
	struct note note;

	ck_assert_int_eq(open_note(good, key, &note), ERR_OK);
	memcpy(bad, good, sizeof(bad));
	bad[0] = 't';
	ck_assert_int_eq(open_note(bad, key, &note), ERR_SIGNATURE);
}
END_TEST

/* Its first one: the text has a blank line, and is not ASCII. */
START_TEST(poem_of_the_specification)
{
	static const char text[] =
	    "Ognuno sta solo sul cuor della terra\n"
	    "trafitto da un raggio di sole:\n\ned \u00E8 subito sera.\n";
	struct bytes poem = { 0 };
	struct note note;

	bytes_addf(&poem,
	    "%s\n\xe2\x80\x94 quasimodo.example/salvatore NnugSzTjtVAewIS+"
	    "Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP"
	    "3ZekRwNtIc=\n",
	    text);
	ck_assert_int_eq(note_parse(poem.at, poem.len, &note, NULL), ERR_OK);
	ck_assert_uint_eq(note.len, strlen(text));
	ck_assert_uint_eq(note.count, 1);
	ck_assert_mem_eq(note.signature[0].id, "\x36\x7b\xa0\x4b", 4);
	bytes_free(&poem);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("note");
	TCase *t = tcase_create("note");

	tcase_add_test(t, published_note);
	tcase_add_test(t, signs_the_published_note);
	tcase_add_test(t, each_changed_bit_is_noticed);
	tcase_add_loop_test(t, judges_notes, 0, COUNT(notes));
	tcase_add_test(t, limits);
	tcase_add_test(t, signs_and_verifies);
	tcase_add_test(t, refuses_to_sign);
	tcase_add_loop_test(t, published_ed25519, 0, 2);
	tcase_add_test(t, agrees_with_wycheproof);
	tcase_add_test(t, example_of_the_specification);
	tcase_add_test(t, poem_of_the_specification);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
