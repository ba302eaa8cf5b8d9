/* Lists that fit the terminal. */
#include "base/table.h"

#include "tests/check_main.h"

#include <string.h>

static const struct table_column columns[] = {
	{ "Letter", false, 0, 0 },
	{ "Issued", false, 1, 0 },
	{ "No", true, 2, 0 },
	{ "Name", false, 0, 10 },
	{ "Notes", false, 0, 0 },
};

static const char *const rows[][5] = {
	{ "A-1", "2026-11-23", "1", "Pérez, Ana", "" },
	{ "A-22", "2026-11-24", "12", "Ñandú Quispe, José Ángel", "W" },
	{ "A-3", NULL, "3", "x\033[2Jy", "W" },
};

static const struct {
	int width;
	const char *want;
} screens[] = {
	{ 0,
	    "Letter  Issued      No  Name                      Notes\n"
	    "A-1     2026-11-23   1  Pérez, Ana\n"
	    "A-22    2026-11-24  12  Ñandú Quispe, José Ángel  W\n"
	    "A-3                  3  x?[2Jy                    W\n" },
	{ 40,
	    "Letter  Issued      Name           Notes\n"
	    "A-1     2026-11-23  Pérez, Ana\n"
	    "A-22    2026-11-24  Ñandú Quispe…  W\n"
	    "A-3                 x?[2Jy         W\n" },
	{ 25,
	    "Letter  Name        Notes\n"
	    "A-1     Pérez, Ana\n"
	    "A-22    Ñandú Qui…  W\n"
	    "A-3     x?[2Jy      W\n" },
};

START_TEST(fits_the_width)
{
	struct table table = { .column = columns, .column_count = 5 };
	size_t len = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	ck_assert(table_print(&table, out, screens[_i].width));
	fflush(out);
	ck_assert_uint_eq(len, 0); /* no rows, no header */
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		table_row(&table, rows[i]);
	ck_assert(table_print(&table, out, screens[_i].width));
	fclose(out);
	ck_assert_str_eq(text, screens[_i].want);
	free(text);
	table_clear(&table);
}
END_TEST

/* Two that may be cut share what is left. */
START_TEST(the_widest_is_cut_first)
{
	static const struct table_column two[] = { { "A", false, 0, 10 },
		{ "B", false, 0, 10 } };
	struct table table = { .column = two, .column_count = 2 };
	size_t len = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	table_row(&table, (const char *[]){ "123456789012", "12345678" });
	ck_assert(table_print(&table, out, 16));
	fclose(out);
	ck_assert_str_eq(text,
	    "A        B\n"
	    "123456…  123456…\n");
	free(text);
	table_clear(&table);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("table");
	TCase *t = tcase_create("table");

	tcase_add_loop_test(
	    t, fits_the_width, 0, sizeof(screens) / sizeof(screens[0]));
	tcase_add_test(t, the_widest_is_cut_first);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
