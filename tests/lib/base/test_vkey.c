#include "base/vkey.h"

#include "base/encode.h"
#include "tests/check_main.h"

#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* The verifier key in the documentation of golang.org/x/mod/sumdb/note, and
 * the one of Go's own checksum database. */
static const struct {
	const char *text, *name, *id;
} published[] = {
	{ "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	    "PeterNeumann", "c74f20a3" },
	{ "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
	    "sum.golang.org", "033de0ae" },
};

START_TEST(reads_published_keys)
{
	struct errtext err = { 0 };
	struct bytes text = { 0 };
	struct vkey key, made;
	uint8_t id[4];

	ck_assert_msg(vkey_parse(published[_i].text, &key, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_str_eq(key.name, published[_i].name);
	ck_assert_uint_eq(key.type, VKEY_ED25519);
	ck_assert(hex_decode_exact(published[_i].id, 8, id, 4));
	ck_assert_mem_eq(key.id, id, 4);
	vkey_format(&key, &text);
	ck_assert_str_eq((char *)text.at, published[_i].text);
	/* made from its parts it is the same key: the id is computed */
	ck_assert_int_eq(vkey_make(key.name, key.type, key.key, &made), ERR_OK);
	ck_assert_mem_eq(made.id, id, 4);
	bytes_free(&text);
}
END_TEST

#define KEY "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

static const struct {
	const char *name, *text;
} refused[] = {
	{ "empty", "" },
	{ "a name alone", "PeterNeumann" },
	{ "no key", "PeterNeumann+c74f20a3" },
	{ "empty key", "PeterNeumann+c74f20a3+" },
	{ "empty name", "+c74f20a3+" KEY },
	{ "another name", "PeterNeuman+c74f20a3+" KEY },
	{ "another id", "PeterNeumann+c74f20a4+" KEY },
	{ "upper-case id", "PeterNeumann+C74F20A3+" KEY },
	{ "short id", "PeterNeumann+c74f20a+" KEY },
	{ "long id", "PeterNeumann+c74f20a30+" KEY },
	{ "another key",
	    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX" },
	{ "white space before", " PeterNeumann+c74f20a3+" KEY },
	{ "line feed after", "PeterNeumann+c74f20a3+" KEY "\n" },
	{ "short key",
	    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/" },
	{ "long key", "PeterNeumann+c74f20a3+" KEY "AAAA" },
	{ "a part more", "PeterNeumann+c74f20a3+" KEY "+x" },
	{ "key not Base64",
	    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzh-qiBfsVkmqq/LDE4izWy10TW" },
};

START_TEST(refuses_other_texts)
{
	struct errtext err = { 0 };
	struct vkey key = { .type = 99 };

	ck_assert_msg(vkey_parse(refused[_i].text, &key, &err) == ERR_DATA,
	    "%s", refused[_i].name);
	ck_assert_uint_eq(key.type, 99);
	ck_assert_uint_gt(strlen(err.text), 0);
}
END_TEST

START_TEST(each_changed_character_is_refused)
{
	char text[128];

	strcpy(text, published[0].text);
	for (size_t i = 0; text[i] != '\0'; i++) {
		struct vkey key;
		char c = text[i];

		text[i] = c == 'x' ? 'y' : 'x';
		ck_assert_msg(
		    vkey_parse(text, &key, NULL) == ERR_DATA, "%zu", i);
		text[i] = c;
	}
}
END_TEST

static const char *const bad_names[] = { "", "a b", "a+b", "a\tb", "a\n",
	"\xc2\xa0", "a\xe2\x80\x83", "a\xe3\x80\x80", "a\x01", "\xff" };

START_TEST(refuses_bad_names)
{
	const uint8_t key[32] = { 1 };
	struct vkey made;

	ck_assert_int_eq(
	    vkey_make(bad_names[_i], VKEY_ED25519, key, &made), ERR_DATA);
	ck_assert(!vkey_is_name(bad_names[_i], strlen(bad_names[_i])));
	ck_assert(vkey_is_name("r\xc3\xado/1", 6));
}
END_TEST

START_TEST(name_limit)
{
	const uint8_t key[32] = { 1 };
	char name[VKEY_NAME_MAX + 2];
	struct bytes text = { 0 };
	struct vkey made, parsed;

	memset(name, 'n', sizeof(name));
	name[VKEY_NAME_MAX + 1] = '\0';
	ck_assert_int_eq(vkey_make(name, VKEY_ED25519, key, &made), ERR_DATA);
	name[VKEY_NAME_MAX] = '\0';
	ck_assert_int_eq(vkey_make(name, VKEY_ED25519, key, &made), ERR_OK);
	vkey_format(&made, &text);
	ck_assert_int_eq(vkey_parse((char *)text.at, &parsed, NULL), ERR_OK);
	ck_assert_str_eq(parsed.name, name);
	bytes_reset(&text);
	bytes_addf(&text, "n%s+00000000+" KEY, name);
	ck_assert_int_eq(vkey_parse((char *)text.at, &parsed, NULL), ERR_DATA);
	bytes_free(&text);
}
END_TEST

/* A cosigner's key is another key, even of the same bytes. */
START_TEST(type_is_part_of_the_id)
{
	const uint8_t key[32] = { 1, 2, 3 };
	struct bytes text = { 0 };
	struct vkey log, cosigner, parsed;

	ck_assert_int_eq(
	    vkey_make("RRP-ES/log/GTGUA01/1", VKEY_ED25519, key, &log), ERR_OK);
	ck_assert_int_eq(
	    vkey_make("RRP-ES/log/GTGUA01/1", VKEY_COSIGNATURE, key, &cosigner),
	    ERR_OK);
	ck_assert_mem_ne(log.id, cosigner.id, 4);
	vkey_format(&cosigner, &text);
	ck_assert_int_eq(vkey_parse((char *)text.at, &parsed, NULL), ERR_OK);
	ck_assert_uint_eq(parsed.type, VKEY_COSIGNATURE);
	ck_assert_int_eq(vkey_make("n", 0, key, &parsed), ERR_DATA);
	ck_assert_int_eq(vkey_make("n", 2, key, &parsed), ERR_DATA);
	bytes_free(&text);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("vkey");
	TCase *t = tcase_create("vkey");

	tcase_add_loop_test(t, reads_published_keys, 0, COUNT(published));
	tcase_add_loop_test(t, refuses_other_texts, 0, COUNT(refused));
	tcase_add_test(t, each_changed_character_is_refused);
	tcase_add_loop_test(t, refuses_bad_names, 0, COUNT(bad_names));
	tcase_add_test(t, name_limit);
	tcase_add_test(t, type_is_part_of_the_id);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
