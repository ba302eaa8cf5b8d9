/*
 * Tests of trust/person.h. Oracle: the openssl program compresses and hashes
 * the same key.
 */
#include "trust/person.h"

#include "base/encode.h"
#include "base/file.h"
#include "tests/check_main.h"
#include "tests/lib/trust/sample_trust.h"
#include "tests/support/keys.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static struct errtext err;

static const struct {
	const char *text;
	bool good;
} codes[] = {
	{ "OF1007", true },
	{ "ABCD", true },
	{ "0000", true },
	{ "ABCDEFGHIJ12", true },
	{ "ABC", false },
	{ "ABCDEFGHIJ123", false },
	{ "of1007", false },
	{ "OF-1007", false },
	{ "OF1007 ", false },
	{ "ÑF1007", false },
	{ "", false },
};

START_TEST(codes_have_one_form)
{
	ck_assert_msg(person_is_code(codes[_i].text) == codes[_i].good, "%s",
	    codes[_i].text);
}
END_TEST

START_TEST(roles_have_words)
{
	static const char letters[] = "DAM";

	for (const char *l = letters; *l != '\0'; l++) {
		ck_assert_int_eq(person_role_letter(person_role_word(*l)), *l);
		ck_assert_str_ne(person_role_title(*l), "");
	}
	ck_assert_str_eq(person_role_word('D'), "DRAFTER");
	ck_assert_str_eq(person_role_word('A'), "APPROVER");
	ck_assert_str_eq(person_role_word('M'), "ADMIN");
	ck_assert_ptr_null(person_role_word('X'));
	ck_assert_ptr_null(person_role_word('\0'));
	ck_assert_int_eq(person_role_letter("drafter"), '\0');
	ck_assert_int_eq(person_role_letter("ADMINISTRATOR"), '\0');
	ck_assert_int_eq(person_role_letter(""), '\0');
}
END_TEST

/* --- keys ----------------------------------------------------------------- */

START_TEST(a_point_comes_back_as_the_key)
{
	EVP_PKEY *key = support_key(), *back = NULL;
	uint8_t point[PERSON_KEY_SIZE], again[PERSON_KEY_SIZE];

	ck_assert_int_eq(person_key_point(key, point), ERR_OK);
	ck_assert_int_eq(person_key_public(point, &back), ERR_OK);
	ck_assert_int_eq(EVP_PKEY_eq(key, back), 1);
	ck_assert_int_eq(person_key_point(back, again), ERR_OK);
	ck_assert_mem_eq(again, point, sizeof(point));
	EVP_PKEY_free(back);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(only_p256_has_a_point)
{
	uint8_t point[PERSON_KEY_SIZE];
	EVP_PKEY *other = EVP_EC_gen("P-384"), *ed = NULL;

	ck_assert_int_eq(key_new_ed25519(&ed, NULL), ERR_OK);
	ck_assert_int_eq(person_key_point(other, point), ERR_DATA);
	ck_assert_int_eq(person_key_point(ed, point), ERR_DATA);
	EVP_PKEY_free(other);
	EVP_PKEY_free(ed);
}
END_TEST

/* 33 bytes that are no compressed point: x = 1 has no y on P-256, x = 5 has. */
static const struct {
	const char *name;
	uint8_t first, last;
	bool good;
} points[] = {
	{ "uncompressed", 0x04, 0x06, false },
	{ "hybrid", 0x06, 0x06, false },
	{ "infinity", 0x00, 0x00, false },
	{ "not on the curve", 0x02, 0x01, false },
	{ "on it", 0x02, 0x05, true },
	{ "and its mirror", 0x03, 0x05, true },
};

START_TEST(takes_real_points_only)
{
	uint8_t point[PERSON_KEY_SIZE] = { points[_i].first };
	EVP_PKEY *key = NULL, *like = support_key(), *same = NULL;
	enum err rc, want = points[_i].good ? ERR_OK : ERR_DATA;

	point[PERSON_KEY_SIZE - 1] = points[_i].last;
	rc = person_key_public(point, &key);
	ck_assert_msg(rc == want, "%s: %s", points[_i].name, err_name(rc));
	ck_assert((key != NULL) == points[_i].good);
	rc = person_key_like(point, like, &same);
	ck_assert_msg(rc == want, "%s: %s", points[_i].name, err_name(rc));
	ck_assert((same != NULL) == points[_i].good);
	ck_assert(!points[_i].good || EVP_PKEY_eq(key, same) == 1);
	EVP_PKEY_free(key);
	EVP_PKEY_free(same);
	EVP_PKEY_free(like);
}
END_TEST

START_TEST(x_beyond_the_field_is_no_point)
{
	uint8_t point[PERSON_KEY_SIZE];
	EVP_PKEY *key = NULL, *like = support_key();

	memset(point, 0xff, sizeof(point));
	point[0] = 2;
	ck_assert_int_eq(person_key_public(point, &key), ERR_DATA);
	ck_assert_ptr_null(key);
	ck_assert_int_eq(person_key_like(point, like, &key), ERR_DATA);
	ck_assert_ptr_null(key);
	EVP_PKEY_free(like);
}
END_TEST

START_TEST(openssl_says_the_same_fingerprint)
{
	static const char command[] =
	    "openssl pkey -pubin -in %s -ec_conv_form compressed -outform DER "
	    "-pubout | tail -c 33 | openssl dgst -sha256 -r | cut -c1-64 "
	    "| fold -w 4 | paste -sd ' ' >%s.txt";
	char path[] = "/tmp/sello-person-XXXXXX", line[512], out[64];
	char print[PERSON_FINGERPRINT_SIZE];
	uint8_t point[PERSON_KEY_SIZE];
	EVP_PKEY *key = support_key();
	struct bytes text = { 0 };

	close(mkstemp(path));
	support_write_public(path, key);
	ck_assert_int_eq(person_key_point(key, point), ERR_OK);
	person_fingerprint(point, print);
	ck_assert_uint_eq(strlen(print), sizeof(print) - 1);
	snprintf(line, sizeof(line), command, path, path);
	ck_assert_int_eq(system(line), 0);
	snprintf(out, sizeof(out), "%s.txt", path);
	ck_assert_int_eq(file_read(out, 1000, &text, &err), ERR_OK);
	text.at[strcspn((char *)text.at, "\n")] = '\0';
	ck_assert_str_eq((char *)text.at, print);
	unlink(out);
	unlink(path);
	bytes_free(&text);
	EVP_PKEY_free(key);
}
END_TEST

/* --- rosters -------------------------------------------------------------- */

static void
bad_code(struct trust_roster *r)
{
	strcpy(r->persons[0].code, "AD-1");
}

static void
bad_role(struct trust_roster *r)
{
	r->persons[2].role = 'X';
}

static void
no_point(struct trust_roster *r)
{
	memset(r->persons[1].key, 0, PERSON_KEY_SIZE);
}

static void
same_code(struct trust_roster *r)
{
	memcpy(r->persons[1].code, r->persons[0].code, PERSON_CODE_SIZE);
}

static void
out_of_order(struct trust_roster *r)
{
	memcpy(r->persons[2].code, "AA0001", sizeof("AA0001"));
}

static void
same_key(struct trust_roster *r)
{
	memcpy(r->persons[2].key, r->persons[0].key, PERSON_KEY_SIZE);
}

static void
negative_key(struct trust_roster *r)
{
	same_key(r);
	r->persons[2].key[0] ^= 1;
}

static const struct {
	const char *name, *says;
	void (*change)(struct trust_roster *r);
} wrongs[] = {
	{ "code", "code", bad_code },
	{ "role", "OF1007", bad_role },
	{ "point", "AP2003", no_point },
	{ "code twice", "AD0001", same_code },
	{ "order", "AA0001", out_of_order },
	{ "key twice", "OF1007", same_key },
	{ "its negative", "OF1007", negative_key },
};

START_TEST(a_roster_is_checked)
{
	struct trust_roster r = sample_roster(0);
	enum err rc;

	ck_assert_int_eq(trust_roster_check(&r, &err), ERR_OK);
	wrongs[_i].change(&r);
	rc = trust_roster_check(&r, &err);
	ck_assert_msg(rc == ERR_DATA, "%s: %s", wrongs[_i].name, err_name(rc));
	ck_assert_msg(strstr(err.text, wrongs[_i].says) != NULL, "%s: %s",
	    wrongs[_i].name, err.text);
	trust_roster_free(&r);
}
END_TEST

START_TEST(a_roster_holds_256_and_no_more)
{
	struct trust_roster r = { .person_count = PERSON_COUNT_MAX };
	char code[8];

	r.persons = calloc(PERSON_COUNT_MAX + 1, sizeof(r.persons[0]));
	for (int i = 0; i <= PERSON_COUNT_MAX; i++) {
		snprintf(code, sizeof(code), "OF%04d", i);
		r.persons[i] = support_person("GTGUA01", code, 'D');
	}
	ck_assert_int_eq(trust_roster_check(&r, &err), ERR_OK);
	r.person_count++;
	ck_assert_int_eq(trust_roster_check(&r, &err), ERR_LIMIT);
	trust_roster_free(&r);
	ck_assert_int_eq(trust_roster_check(&r, &err), ERR_OK); /* nobody */
}
END_TEST

START_TEST(rosters_compare_and_find)
{
	struct trust_roster a = sample_roster(1), b = { .since = 2 };

	b.person_count = a.person_count;
	b.persons = calloc(b.person_count, sizeof(b.persons[0]));
	for (size_t i = 0; i < b.person_count; i++) /* the other way round */
		b.persons[i] = a.persons[b.person_count - 1 - i];
	ck_assert(!trust_roster_same(&a, &b));
	trust_roster_sort(&b);
	ck_assert(trust_roster_same(&a, &b));
	b.persons[1].role = 'D';
	ck_assert(!trust_roster_same(&a, &b));
	b.persons[1] = a.persons[1];
	b.persons[2].key[4] ^= 1;
	ck_assert(!trust_roster_same(&a, &b));
	b.person_count = 2;
	ck_assert(!trust_roster_same(&a, &b));
	ck_assert_ptr_eq(trust_roster_find(&a, "OF1007"), &a.persons[2]);
	ck_assert_ptr_null(trust_roster_find(&a, "OF1008"));
	ck_assert_ptr_eq(
	    trust_roster_find_key(&a, a.persons[1].key), &a.persons[1]);
	ck_assert_ptr_null(trust_roster_find_key(&a, b.persons[2].key));
	b.persons[1].key[0] ^= 1; /* the negative is the same key */
	ck_assert_ptr_eq(
	    trust_roster_find_key(&a, b.persons[1].key), &a.persons[1]);
	trust_roster_free(&a);
	trust_roster_free(&b);
	ck_assert_uint_eq(a.person_count, 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("person");
	TCase *t = tcase_create("person");

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, codes_have_one_form, 0, COUNT(codes));
	tcase_add_test(t, roles_have_words);
	tcase_add_test(t, a_point_comes_back_as_the_key);
	tcase_add_test(t, only_p256_has_a_point);
	tcase_add_loop_test(t, takes_real_points_only, 0, COUNT(points));
	tcase_add_test(t, x_beyond_the_field_is_no_point);
	tcase_add_test(t, openssl_says_the_same_fingerprint);
	tcase_add_loop_test(t, a_roster_is_checked, 0, COUNT(wrongs));
	tcase_add_test(t, a_roster_holds_256_and_no_more);
	tcase_add_test(t, rosters_compare_and_find);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
