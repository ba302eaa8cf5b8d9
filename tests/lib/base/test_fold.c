/*
 * test_fold.c - long lines end between words: base/fold.h.
 */
#include "base/fold.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))
#define GREEN        "\033[1;97;48;5;22m"
#define PLAIN        "\033[0m"

static const struct {
	size_t width;
	const char *line, *want;
} lines[] = {
	{ 40, "", "" },
	{ 40, "short enough", "short enough" },
	/* forty places are no more than forty */
	{ 40, "0123456789 0123456789 0123456789 0123456",
	    "0123456789 0123456789 0123456789 0123456" },
	{ 40, "0123456789 0123456789 0123456789 01234567",
	    "0123456789 0123456789 0123456789\n01234567" },
	/* below its first word */
	{ 40, "  an indented sentence that goes over the end",
	    "  an indented sentence that goes over\n  the end" },
	/* behind a column's gap, a label, an item's number */
	{ 40, "  F-UNLOGGED   the letter is not in the log",
	    "  F-UNLOGGED   the letter is not in the\n"
	    "               log" },
	{ 40, "Key: 1f2e 3d4c 5b6a 7988 1f2e 3d4c 5b6a 7988",
	    "Key: 1f2e 3d4c 5b6a 7988 1f2e 3d4c 5b6a\n     7988" },
	{ 40, "  2. The document of the person with this screen.",
	    "  2. The document of the person with\n     this screen." },
	{ 40, "  - The document of the person with this screen.",
	    "  - The document of the person with this\n    screen." },
	{ 60, "Number of the letter:           APPOINTMENT (an appointment)",
	    "Number of the letter:           APPOINTMENT (an appointment)" },
	{ 59, "Number of the letter:           APPOINTMENT (an appointment)",
	    "Number of the letter:           APPOINTMENT (an\n"
	    "                                appointment)" },
	/* where that leaves too little of the line */
	{ 50, "  Number of the letter:           APPOINTMENT (an)",
	    "  Number of the letter:           APPOINTMENT (an)" },
	{ 49, "  Number of the letter:           APPOINTMENT (an)",
	    "  Number of the letter:           APPOINTMENT\n    (an)" },
	{ 40, "GTGUA01/1 4 2026-11-29 issue: AD0001 (658d 6667)",
	    "GTGUA01/1 4 2026-11-29 issue: AD0001\n    (658d 6667)" },
	/* what only looks so */
	{ 40, "This was done. One more: it was long, and long",
	    "This was done. One more: it was long,\nand long" },
	{ 40, "a sentence of many words that ends: thus and so",
	    "a sentence of many words that ends: thus\nand so" },
	{ 40, "a label that is a whole half of a line long:  x y z",
	    "a label that is a whole half of a line\n    long:  x y z" },
	/* longer than a line: whole, and alone */
	{ 20, "file: 0123456789012345678901234 is not there",
	    "file:\n0123456789012345678901234\n      is not there" },
	{ 20, "0123456789012345678901234 is not there",
	    "0123456789012345678901234\nis not there" },
	{ 20, "  0123456789012345678901234", "0123456789012345678901234" },
	/* and with less room than it needs behind the label */
	{ 20, "file: 0123456789012345678 x y",
	    "file:\n0123456789012345678\n      x y" },
	{ 24, "Here:   1. one two three four",
	    "Here:   1. one two three\n           four" },
	/* a machine-readable name has its own spaces */
	{ 40, "Name:   FERNANDEZ<DE<CORDOBA<Y<ALVAREZ<<MARIA<DEL<ROSARIO",
	    "Name:   FERNANDEZ<DE<CORDOBA<Y<ALVAREZ<<\n"
	    "        MARIA<DEL<ROSARIO" },
	{ 40, "Name:   FERNANDEZ<DE<CORDOBA<Y<ALVARES<A<MARIA<ROSARIO",
	    "Name:   FERNANDEZ<DE<CORDOBA<Y<ALVARES<\n"
	    "        A<MARIA<ROSARIO" },
	{ 40, "Here is  CUCUL<CHOC<<MARIA of the longer ones",
	    "Here is  CUCUL<CHOC<<MARIA of the longer\n         ones" },
	/* places, not bytes: two of a wide character, none of a color */
	{ 10, "ñandú año niñó", "ñandú año\nniñó" },
	{ 10, "漢字漢字 漢", "漢字漢字\n漢" },
	{ 10, "漢字漢 漢字", "漢字漢\n漢字" },
	{ 12, GREEN "VALID" PLAIN " of all", GREEN "VALID" PLAIN " of all" },
	{ 14, GREEN "VALID" PLAIN "  of all of it",
	    GREEN "VALID" PLAIN "  of all\n       of it" },
	/* a colored band is as wide as the screen */
	{ 10, GREEN "VALID     " PLAIN, GREEN "VALID     " PLAIN },
	/* marks that French sets apart belong to their word */
	{ 20, "la clé du centre ici : elle est là",
	    "la clé du centre\nici : elle est là" },
	{ 20, "la clé du centre : « elle » est là ?",
	    "la clé du centre :\n    « elle » est\n    là ?" },
	{ 12, "cela est là ? oui", "cela est\nlà ? oui" },
	{ 12, "à 100 % fini 99 %", "à 100 % fini\n99 %" },
	/* a question keeps a space before the answer, where there is room */
	{ 20, "Withdraw one letter? [y/n] ", "Withdraw one letter?\n[y/n] " },
	{ 20, "Withdraw letters [y/n] ", "Withdraw letters\n[y/n] " },
	{ 16, "Withdraw letter? ", "Withdraw letter?" },
	/* gaps stay between words, and do not begin lines */
	{ 20, "one  two   three      four", "one  two   three\n     four" },
};

START_TEST(ends_between_words)
{
	const struct fold how = { .width = lines[_i].width };
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	fold_line(&out, lines[_i].line, strlen(lines[_i].line), &how);
	bytes_add_byte(&out, '\0');
	ck_assert_str_eq((char *)out.at, lines[_i].want);
	bytes_free(&out);
}
END_TEST

/* At any width: the words are what they were, no line is longer but those of
 * one word. */
START_TEST(cuts_no_word)
{
	static const char text[] =
	    "sello-keys: la huella de la raíz es 1f2e 3d4c 5b6a 7988, y el "
	    "archivo /media/usuario/memoria/publicaciones/log/GTGUA01/1/head "
	    "no se puede leer: no existe";
	const struct fold how = { .width = (size_t)_i };
	struct bytes out = { 0 };
	const char *from = text;
	char *line, *rest;

	fold_line(&out, text, strlen(text), &how);
	for (line = strtok_r((char *)out.at, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest)) {
		line += strspn(line, " ");
		ck_assert_mem_eq(from, line, strlen(line));
		from += strlen(line);
		ck_assert(*from == ' ' || *from == '\0');
		from += *from == ' ';
		if (strchr(line, ' ') != NULL)
			ck_assert_uint_eq(
			    fold_within(line, strlen(line), how.width),
			    strlen(line));
	}
	ck_assert_str_eq(from, "");
	bytes_free(&out);
}
END_TEST

static const struct {
	size_t width, column, hang;
	const char *want;
} placed[] = {
	{ 20, 10, 10, "words that\n          go on" },
	{ 20, 16, 2, "\n  words that go on" },
	{ 20, 0, 12, "words that go on" },
	{ 14, 0, 12, "words that go\n    on" },
	{ 0, 10, 10, "words that go on" },
};

START_TEST(begins_where_it_is_told)
{
	const struct fold how = { placed[_i].width, placed[_i].column,
		placed[_i].hang, false };
	struct bytes out = { 0 };

	fold_add(&out, "words that go on", 16, &how);
	ck_assert_str_eq((char *)out.at, placed[_i].want);
	bytes_free(&out);
}
END_TEST

/* A terminal of Latin-1: é is one byte, and two are no UTF-8. */
START_TEST(a_byte_is_a_place)
{
	const struct fold how = { .width = 5, .single = true };
	struct bytes out = { 0 };

	fold_line(&out, "\xc3\xa9\xe9\xe9\xe9 a", 7, &how);
	ck_assert_str_eq((char *)out.at, "\xc3\xa9\xe9\xe9\xe9\na");
	bytes_free(&out);
}
END_TEST

START_TEST(within_so_many_places)
{
	ck_assert_uint_eq(fold_within("ñandú", 7, 2), 3);
	ck_assert_uint_eq(fold_within("漢字", 6, 3), 3);
	ck_assert_uint_eq(fold_within("\r\033[Kab", 6, 1), 5);
	ck_assert_uint_eq(fold_within("ab", 2, 9), 2);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("fold");
	TCase *t = tcase_create("fold");

	tcase_add_loop_test(t, ends_between_words, 0, COUNT(lines));
	tcase_add_loop_test(t, cuts_no_word, 20, 220);
	tcase_add_loop_test(t, begins_where_it_is_told, 0, COUNT(placed));
	tcase_add_test(t, a_byte_is_a_place);
	tcase_add_test(t, within_so_many_places);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
