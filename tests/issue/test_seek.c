/* What somebody typed, and whose name or day it is. */
#include "issue/seek.h"

#include "base/bytes.h"
#include "letter/name.h"
#include "tests/check_main.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const struct {
	const char *typed, *surnames, *given_names;
	enum seek_fit want;
} names[] = {
	{ "Xiloj", "Xiloj Pérez", "Marta", SEEK_WHOLE },
	{ "PEREZ xiloj", "Xiloj Pérez", "Marta", SEEK_WHOLE },
	{ "marta perez", "Xiloj-Pérez", "Marta Candelaria", SEEK_WHOLE },
	{ "Pérez, Marta", "Xiloj Pérez", "Marta", SEEK_WHOLE },
	{ "Pe\xcc\x81rez", "Xiloj Pérez", "Marta", SEEK_WHOLE }, /* NFD */
	{ "qiej", "Q'iej", "Ana", SEEK_WHOLE },
	{ "xil", "Xiloj Pérez", "Marta", SEEK_BEGIN },
	{ "haiti", "D'Haïti", "Jean", SEEK_INNER },
	{ "ana", "Santana", "Luz", SEEK_NONE },
	{ "peres", "Xiloj Pérez", "Marta", SEEK_SLIP },
	{ "perrez", "Xiloj Pérez", "Marta", SEEK_SLIP },
	{ "xiljo", "Xiloj Pérez", "Marta", SEEK_SLIP },
	{ "rosaa", "Xiloj Pérez", "Rosalía", SEEK_NONE },
	{ "tzuc", "Tzoc", "Inés", SEEK_NONE }, /* too short to guess */
	{ "delacruz", "De la Cruz Pop", "Ana", SEEK_WHOLE },
	{ "pop de la cruz", "Delacruz Pop", "Ana", SEEK_WHOLE },
	{ "de la cruz", "De la Cruz", "Ana", SEEK_WHOLE },
	{ "jeanbaptiste", "Pierre", "Jean-Baptiste", SEEK_WHOLE },
	{ "delacruces", "De la Cruz", "Ana", SEEK_NONE },
	{ "gomez gomez", "Gómez", "Luz", SEEK_NONE },
	{ "gomez gomez", "Gómez Gómez", "Luz", SEEK_WHOLE },
	{ "gomez ana", "Gómez", "Luz", SEEK_NONE },
	{ "1990-05-02", "Gómez", "Luz", SEEK_WHOLE }, /* no word at all */
};

START_TEST(finds_names)
{
	struct bytes folded = { 0 };
	struct seek seek = { 0 };

	name_fold(names[_i].surnames, names[_i].given_names, &folded);
	ck_assert_int_eq(seek_parse(&seek, names[_i].typed, NULL), ERR_OK);
	ck_assert_msg(
	    seek_fit(&seek, (const char *)folded.at) == names[_i].want,
	    "%s in %s: %d", names[_i].typed, (const char *)folded.at,
	    seek_fit(&seek, (const char *)folded.at));
	bytes_free(&folded);
}
END_TEST

static const struct {
	const char *typed, *birth_date;
	bool want;
} births[] = {
	{ "1990-05-02", "1990-05-02", true },
	{ "1990-05-02", "1990-05-03", false },
	{ "1990-05-02", "1990-05", true },
	{ "1990-05-02", "1990", true },
	{ "1990-05-02", "1991", false },
	{ "1990-05-02", "unknown", false },
	{ "1990-05", "1990-05-31", true },
	{ "1990", "1990-12-31", true },
	{ "1990 1990-05", "1990-06-01", false },
};

START_TEST(finds_births)
{
	struct seek seek = { 0 };

	ck_assert_int_eq(seek_parse(&seek, births[_i].typed, NULL), ERR_OK);
	ck_assert_int_eq(
	    seek_birth(&seek, births[_i].birth_date), births[_i].want);
}
END_TEST

START_TEST(finds_days)
{
	struct seek seek = { 0 };
	int64_t day = INT64_C(1795392000); /* 2026-11-23T00:00:00Z */

	ck_assert_int_eq(seek_parse(&seek, "2026-11-23", NULL), ERR_OK);
	ck_assert(!seek_day(&seek, day - 1));
	ck_assert(seek_day(&seek, day));
	ck_assert(seek_day(&seek, day + 86399));
	ck_assert(!seek_day(&seek, day + 86400));
}
END_TEST

static const char *const refused[] = { "02/05/1990", "1990-02-30", "12",
	"GTGUA01-2026-000002-J", "Иванов", "Xiloj7",
	"a b c d e f g h i j k l m n o p q", "1990 1991 1992 1993 1994" };

START_TEST(refuses_what_is_neither)
{
	struct errtext err = { 0 };
	struct seek seek = { 0 };

	ck_assert_int_eq(seek_parse(&seek, refused[_i], &err), ERR_USAGE);
	ck_assert_str_ne(err.text, "");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("seek");
	TCase *t = tcase_create("seek");

	tcase_add_loop_test(t, finds_names, 0, COUNT(names));
	tcase_add_loop_test(t, finds_births, 0, COUNT(births));
	tcase_add_test(t, finds_days);
	tcase_add_loop_test(t, refuses_what_is_neither, 0, COUNT(refused));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
