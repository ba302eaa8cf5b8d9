#include "letter/date.h"
#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *lang, *date, *want;
} texts[] = {
	{ "es", "1990-05-02", "2 de mayo de 1990" },
	{ "en", "1990-05-02", "2 May 1990" },
	{ "fr", "1990-05-02", "2 mai 1990" },
	{ "pt", "1990-05-02", "2 de maio de 1990" },
	{ "ht", "1990-05-02", "2 me 1990" },
	/* the first of a month */
	{ "fr", "1990-05-01", "1er mai 1990" },
	{ "es", "1990-05-01", "1 de mayo de 1990" },
	{ "en", "1990-05-11", "11 May 1990" },
	/* ends of the year, letters outside ASCII */
	{ "es", "2026-12-31", "31 de diciembre de 2026" },
	{ "fr", "2026-12-31", "31 décembre 2026" },
	{ "fr", "2026-08-09", "9 août 2026" },
	{ "pt", "2026-03-10", "10 de março de 2026" },
	{ "ht", "2026-01-30", "30 janvye 2026" },
	{ "ht", "2026-07-04", "4 jiyè 2026" },
	{ "ht", "2026-10-04", "4 oktòb 2026" },
	/* what is known of a birth date */
	{ "es", "1984", "1984" },
	{ "es", "1992-12", "diciembre de 1992" },
	{ "pt", "1992-02", "fevereiro de 1992" },
	{ "en", "1992-12", "December 1992" },
	{ "ht", "1992-09", "septanm 1992" },
	{ "es", "unknown", "desconocida" },
	{ "en", "unknown", "unknown" },
	{ "fr", "unknown", "inconnue" },
	{ "pt", "unknown", "desconhecida" },
	{ "ht", "unknown", "enkoni" },
	/* no date and no language of ours: shown as it stands */
	{ "es", "1992-13-01", "1992-13-01" },
	{ "es", "1992-0x-01", "1992-0x-01" },
	{ "es", "", "" },
	{ "de", "1990-05-02", "2 May 1990" },
};

START_TEST(says_dates_in_words)
{
	char got[64];

	date_local_text(texts[_i].lang, texts[_i].date, got, sizeof(got));
	ck_assert_str_eq(got, texts[_i].want);
}
END_TEST

START_TEST(stays_within_the_buffer)
{
	char got[8] = "XXXXXXX";

	date_local_text("es", "1990-05-02", got, 7);
	ck_assert_str_eq(got, "2 de m");
	ck_assert_int_eq(got[7], '\0');
}
END_TEST

START_TEST(shows_a_birth_date_as_it_was_written)
{
	ck_assert_str_eq(date_shown("es", "unknown"), "desconocida");
	ck_assert_str_eq(date_shown("en", "unknown"), "unknown");
	ck_assert_str_eq(date_shown("es", "1992-12"), "1992-12");
	ck_assert_str_eq(date_shown("es", ""), "");
}
END_TEST

static const struct {
	const char *lang, *folded;
	int month;
} months[] = {
	{ "es", "marzo", 3 },
	{ "es", "mar", 3 },
	{ "en", "sept", 9 },
	{ "es", "aout", 8 }, /* another language's, where it is one alone */
	{ "en", "avr", 4 },
	{ "ht", "me", 5 },
	{ "pt", "out", 10 },
	{ "ht", "out", 8 },
	{ "es", "out", 0 }, /* October or August */
	{ "fr", "jui", 0 }, /* June or July */
	{ "fr", "juin", 6 },
	{ "en", "ma", 0 },
	{ "en", "marzox", 0 },
	{ "en", "", 0 },
};

START_TEST(knows_months_by_name)
{
	ck_assert_msg(date_month_named(months[_i].lang, months[_i].folded) ==
		months[_i].month,
	    "%s in %s", months[_i].folded, months[_i].lang);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("date_text");
	TCase *tc = tcase_create("words");

	tcase_add_loop_test(tc, says_dates_in_words, 0,
	    (int)(sizeof(texts) / sizeof(texts[0])));
	tcase_add_loop_test(tc, knows_months_by_name, 0,
	    (int)(sizeof(months) / sizeof(months[0])));
	tcase_add_test(tc, stays_within_the_buffer);
	tcase_add_test(tc, shows_a_birth_date_as_it_was_written);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
