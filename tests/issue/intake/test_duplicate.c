/* Who looks like the same person, and who must not. */
#include "issue/intake/duplicate.h"

#include "letter/field.h"
#include "tests/check_main.h"

#include <string.h>

struct who {
	const char *surnames, *given_names, *birth_date, *country, *tail;
};

static const struct {
	const char *name;
	struct who a, b;
	enum duplicate_match match;
} cases[] = {
	{ "the very same",
	    { "Gómez Gómez", "Luz", "1990-04-04", "COL", "2961" },
	    { "Gómez Gómez", "Luz", "1990-04-04", "COL", "2961" },
	    DUPLICATE_DOCUMENT_NAME_BIRTH },
	{ "homonym of the same day, own document",
	    { "Gómez Gómez", "Luz", "1990-04-04", "COL", "2961" },
	    { "Gómez Gómez", "Luz", "1990-04-04", "COL", "3687" },
	    DUPLICATE_NOT },
	{ "homonym, document of another country",
	    { "Gómez Gómez", "Luz", "1990-04-04", "COL", "2961" },
	    { "Gómez Gómez", "Luz", "1990-04-04", "VEN", "2961" },
	    DUPLICATE_NOT },
	{ "surnames exchanged, accents off",
	    { "Cojtí Sacalxot", "Rosalío", "1988-09-17", "", "" },
	    { "SACALXOT COJTI", "Rosalio", "1988-09-17", "", "" },
	    DUPLICATE_NAME_BIRTH },
	{ "surname under given names",
	    { "Juan Mateo", "Andrés", "1992", "", "" },
	    { "Mateo", "Andrés Juan", "1992", "", "" },
	    DUPLICATE_NAME_PERHAPS },
	{ "u with and without diaeresis",
	    { "Argüelles Ordóñez", "Iván", "1995-01-30", "", "" },
	    { "Arguelles Ordonez", "Ivan", "1995-01-30", "", "" },
	    DUPLICATE_NAME_BIRTH },
	{ "apostrophe and hyphen left out",
	    { "L'Hérisson", "Anne-Lise", "1993-07-01", "", "" },
	    { "LHerisson", "Anne Lise", "1993-07-01", "", "" },
	    DUPLICATE_NAME_BIRTH },
	{ "only one has a document",
	    { "Norales", "Xiomara", "1998-02-27", "HND", "7754" },
	    { "Norales", "Xiomara", "1998-02-27", "", "" },
	    DUPLICATE_NAME_BIRTH },
	{ "a year and a day of it",
	    { "Norales", "Xiomara", "1998-02-27", "", "" },
	    { "Norales", "Xiomara", "1998", "", "" }, DUPLICATE_NAME_PERHAPS },
	{ "another year", { "Norales", "Xiomara", "1998-02-27", "", "" },
	    { "Norales", "Xiomara", "1999", "", "" }, DUPLICATE_NOT },
	{ "birth date unknown", { "Norales", "Xiomara", "1998-02-27", "", "" },
	    { "Norales", "Xiomara", "unknown", "", "" },
	    DUPLICATE_NAME_PERHAPS },
	{ "another name", { "Norales", "Xiomara", "1998-02-27", "", "" },
	    { "Norales", "Yomara", "1998-02-27", "", "" }, DUPLICATE_NOT },
	{ "same document, name misspelt, same day",
	    { "Zuluaga Múnera", "Jhon", "1991-11-11", "COL", "7959" },
	    { "Suluaga Munera", "John", "1991-11-11", "COL", "7959" },
	    DUPLICATE_DOCUMENT_BIRTH },
	{ "same document, name all different, same day",
	    { "Zuluaga", "Jhon", "1991-11-11", "COL", "7959" },
	    { "Munera", "John", "1991-11-11", "COL", "7959" },
	    DUPLICATE_DOCUMENT_BIRTH },
	{ "same document, one name in common, same year",
	    { "Zuluaga Múnera", "Jhon", "1991", "COL", "7959" },
	    { "Zuluaga Munoz", "John", "1991-11-11", "COL", "7959" },
	    DUPLICATE_DOCUMENT_PART_PERHAPS },
	{ "same document and name, a year and a day of it",
	    { "Norales", "Xiomara", "1998-02-27", "HND", "7754" },
	    { "Norales", "Xiomara", "1998", "HND", "7754" },
	    DUPLICATE_DOCUMENT_NAME_PERHAPS },
	{ "a year is no day", { "Norales", "Xiomara", "1998", "", "" },
	    { "Norales", "Xiomara", "1998", "", "" }, DUPLICATE_NAME_PERHAPS },
	{ "same document and name, another birth date",
	    { "Norales", "Xiomara", "1998-02-27", "HND", "7754" },
	    { "Norales", "Xiomara", "1989-02-27", "HND", "7754" },
	    DUPLICATE_DOCUMENT_NAME },
	/* four characters meet by chance in 10,000 persons */
	{ "same tail, otherwise nothing",
	    { "Uriana", "Remedios", "1973-01-01", "COL", "3169" },
	    { "Múnera", "Jhon", "1991-11-11", "COL", "3169" }, DUPLICATE_NOT },
	{ "same tail, name in common, another birth date",
	    { "Gómez", "Remedios", "1973-01-01", "COL", "3169" },
	    { "Gómez", "Jhon", "1991-11-11", "COL", "3169" }, DUPLICATE_NOT },
	{ "same tail, only the year fits",
	    { "Uriana", "Remedios", "1973", "COL", "3169" },
	    { "Múnera", "Jhon", "1973-11-11", "COL", "3169" }, DUPLICATE_NOT },
	{ "same tail, birth date unknown",
	    { "Uriana", "Remedios", "unknown", "COL", "3169" },
	    { "Múnera", "Jhon", "1973-11-11", "COL", "3169" }, DUPLICATE_NOT },
	{ "same tail, only an initial in common",
	    { "Uriana", "R.", "1973", "COL", "3169" },
	    { "Múnera", "R.", "1973-11-11", "COL", "3169" }, DUPLICATE_NOT },
	{ "a tail without its country is no document",
	    { "Uriana", "Remedios", "1973-01-01", "", "3169" },
	    { "Múnera", "Jhon", "1973-01-01", "", "3169" }, DUPLICATE_NOT },
};
#define CASE_COUNT (sizeof(cases) / sizeof(cases[0]))

static void
put(struct letter *letter, enum field_id id, const char *text)
{
	ck_assert(field_set(field_row(id), letter, text, strlen(text)));
}

static struct duplicate_keys
keys(const struct who *who)
{
	struct letter letter = { 0 };
	struct duplicate_keys out;

	put(&letter, FIELD_SURNAMES, who->surnames);
	put(&letter, FIELD_GIVEN_NAMES, who->given_names);
	put(&letter, FIELD_BIRTH_DATE, who->birth_date);
	put(&letter, FIELD_DOCUMENT_COUNTRY, who->country);
	put(&letter, FIELD_DOCUMENT_NUMBER_TAIL, who->tail);
	ck_assert(duplicate_keys_of(&letter, &out));
	return out;
}

START_TEST(tells_the_same_from_others)
{
	struct duplicate_keys a = keys(&cases[_i].a), b = keys(&cases[_i].b);

	ck_assert_msg(duplicate_match(&a, &b) == cases[_i].match, "%s: by %s",
	    cases[_i].name, duplicate_words(duplicate_match(&a, &b)));
	ck_assert_msg(duplicate_match(&b, &a) == cases[_i].match,
	    "%s, the other way round", cases[_i].name);
}
END_TEST

static const struct {
	const char *a, *b, *tail_a, *tail_b;
	bool near;
} years[] = {
	{ "1990-05-02", "1991-05-02", "", "", true },
	{ "1990-05-02", "1987-11-30", "", "1234", true },
	{ "1990", "1993-05-02", "", "", true },
	{ "1990-05-02", "1994-05-02", "", "", false },
	{ "1990-05-02", "1990-06-02", "", "", true },
	{ "1990-05-02", "1990-05-20", "", "", true },
	{ "1990-05-02", "1990-02-05", "", "", true }, /* exchanged */
	{ "1990-05-02", "1990-06-03", "", "", false },
	{ "1990-05", "1990-06-02", "", "", true },
	{ "unknown", "unknown", "", "", false },
	{ "1990", "1990-06-02", "", "", false }, /* the same */
	{ "1990-05-02", "unknown", "", "", false },
	{ "1990-05-02", "1991-05-02", "1234", "4321", true },
	{ "1990-05-02", "1994-05-02", "1234", "4321", false },
	{ "1990-05-02", "1991-05-02", "1234", "1234", false }, /* the same */
};

START_TEST(tells_who_is_near)
{
	struct duplicate_keys a = keys(&(struct who){
	    "Xiloj Pérez", "Ana", years[_i].a, "GTM", years[_i].tail_a });
	struct duplicate_keys b = keys(&(struct who){
	    "PEREZ XILOJ", "Ana", years[_i].b, "GTM", years[_i].tail_b });

	ck_assert_int_eq(duplicate_is_near(&a, &b), years[_i].near);
	ck_assert_int_eq(duplicate_is_near(&b, &a), years[_i].near);
	ck_assert(!years[_i].near || duplicate_match(&a, &b) == DUPLICATE_NOT);
}
END_TEST

START_TEST(each_match_has_words_of_its_own)
{
	for (int i = 0; i < DUPLICATE_MATCH_COUNT; i++)
		for (int k = 0; k < i; k++)
			ck_assert_str_ne(
			    duplicate_words((enum duplicate_match)i),
			    duplicate_words((enum duplicate_match)k));
}
END_TEST

/* What an index looks up: the promise of the header. */
START_TEST(same_persons_share_a_key)
{
	struct duplicate_keys a = keys(&cases[_i].a), b = keys(&cases[_i].b);
	bool by_document =
	    a.document[0] != '\0' && strcmp(a.document, b.document) == 0;
	bool by_name = strcmp(a.name, b.name) == 0 &&
	    (a.document[0] == '\0' || b.document[0] == '\0');

	if (duplicate_match(&a, &b) != DUPLICATE_NOT)
		ck_assert(by_document || by_name);
}
END_TEST

START_TEST(keys_are_never_empty_and_always_fit)
{
	struct letter letter = { 0 };
	struct duplicate_keys longest;
	struct duplicate_keys dropped = keys(&(struct who){
	    "\xc9\x81\xc9\x81", "", "1990", "", "" }); /* glottal stops */

	ck_assert_str_ne(dropped.name, "");
	/* 80 characters that become two letters each, twice */
	for (size_t i = 0; i < LETTER_NAME_MAX; i++) {
		memcpy(letter.surnames + 2 * i, "\xc3\x86", 2);
		memcpy(letter.given_names + 2 * i, "\xc3\x86", 2);
	}
	ck_assert(duplicate_keys_of(&letter, &longest));
	ck_assert_uint_eq(strlen(longest.name), 4 * LETTER_NAME_MAX + 1);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("duplicate");
	TCase *t = tcase_create("persons");

	tcase_add_loop_test(t, tells_the_same_from_others, 0, CASE_COUNT);
	tcase_add_loop_test(
	    t, tells_who_is_near, 0, sizeof(years) / sizeof(years[0]));
	tcase_add_test(t, each_match_has_words_of_its_own);
	tcase_add_loop_test(t, same_persons_share_a_key, 0, CASE_COUNT);
	tcase_add_test(t, keys_are_never_empty_and_always_fit);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
