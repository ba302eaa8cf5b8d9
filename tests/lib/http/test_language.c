/*
 * test_language.c - which language a browser gets: http/language.h.
 */
#include "http/language.h"

#include "tests/check_main.h"

static const struct {
	const char *cookies, *accepted, *otherwise, *want;
} asked[] = {
	{ NULL, NULL, NULL, "en" },
	{ NULL, NULL, "fr", "fr" },
	{ NULL, "", "fr", "fr" },
	{ NULL, "es", "fr", "es" },
	{ NULL, "es-GT,es;q=0.9,en;q=0.8", NULL, "es" },
	{ NULL, "de, en;q=0.1, ht;q=0.2", NULL, "ht" },
	{ NULL, "pt;q=0.8, fr;q=0.80001", NULL, "pt" },
	{ NULL, "PT-br", NULL, "pt" },
	{ NULL, "es;q=0, en;q=0", "fr", "fr" },
	{ NULL, "est, esp", "fr", "fr" },
	{ NULL, "*", NULL, "en" },
	{ NULL, ",,,;;q=,es;q=.5,", NULL, "es" },
	{ "sello-language=ht", "es", "fr", "ht" },
	{ "a=b; sello-language=pt; c=d", "es", "fr", "pt" },
	{ "sello-language=xx", "es", "fr", "es" },
	{ "sello-language=", "es", "fr", "es" },
	{ "xsello-language=pt", "es", "fr", "es" },
	{ "sello-language", "es", "fr", "es" },
};

START_TEST(chosen_before_asked_before_the_program)
{
	ck_assert_str_eq(language_of(asked[_i].cookies, asked[_i].accepted,
			     asked[_i].otherwise),
	    asked[_i].want);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("language");
	TCase *t = tcase_create("language");

	tcase_add_loop_test(t, chosen_before_asked_before_the_program, 0,
	    (int)(sizeof(asked) / sizeof(asked[0])));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
