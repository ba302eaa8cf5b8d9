/*
 * look.c - look.h.
 */
#include "verify/look.h"

#include "base/i18n.h"
#include "base/print.h"
#include "base/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <uniwidth.h>

/*
 * The verdicts' colors: exact, the nearest of 256, and of the first eight.
 * Black on amber is that of the 256: terminals show a bold one of the eight as
 * gray.
 */
struct look {
	const char *exact, *nearest, *basic;
};

static const struct look looks[4] = {
	[VERDICT_VALID] = { "\033[1;38;2;255;255;255;48;2;0;102;74m",
	    "\033[1;97;48;5;22m", "\033[1;37;42m" },
	[VERDICT_ATTENTION] = { "\033[1;38;2;0;0;0;48;2;255;176;0m",
	    "\033[1;38;5;16;48;5;214m", "\033[30;43m" },
	[VERDICT_UNCHECKED] = { "\033[1;38;2;255;255;255;48;2;74;74;74m",
	    "\033[1;97;48;5;239m", "\033[7m" },
	[VERDICT_NOT_AUTHENTIC] = { "\033[1;38;2;255;255;255;48;2;163;21;21m",
	    "\033[1;97;48;5;124m", "\033[1;37;41m" },
};
static const struct look training_look = {
	"\033[1;38;2;255;255;255;48;2;91;33;130m", "\033[1;97;48;5;54m",
	"\033[1;37;45m"
};
#define PLAIN "\033[0m"

static bool
has_256_colors(void)
{
	const char *term = getenv("TERM");

	return term != NULL &&
	    (strstr(term, "256color") != NULL || strcmp(term, "linux") == 0);
}

static const char *
color_of(const struct look *look)
{
	const char *depth = getenv("COLORTERM");

	if (depth != NULL &&
	    (strcmp(depth, "truecolor") == 0 || strcmp(depth, "24bit") == 0))
		return look->exact;
	return has_256_colors() ? look->nearest : look->basic;
}

void
look_on(FILE *out, bool color, enum verdict verdict)
{
	if (color)
		print_own(out, color_of(&looks[verdict]));
}

void
look_off(FILE *out, bool color)
{
	if (color)
		print_own(out, PLAIN);
}

void
look_training(FILE *out, bool color)
{
	if (color)
		print_own(out, color_of(&training_look));
	print_to(out, "//// %s ////", _("TRAINING"));
	look_off(out, color);
	print_to(out, "\n");
}

/* The words, from a column that the cursor is in; in lines of that width in
 * pipes, too. */
static void
print_words(FILE *out, size_t indent, const char *text)
{
	const struct fold how = {
		.width = terminal_width(), .column = indent, .hang = indent
	};

	print_folded(out, text, &how);
}

void
look_lines(FILE *out, const char *text)
{
	print_to(out, "  ");
	print_words(out, 2, text);
}

void
look_sentence(FILE *out, const char *code, const char *sentence)
{
	print_to(out, "  %-*s", LOOK_INDENT - 2, code);
	print_words(out, LOOK_INDENT, sentence);
}

int
look_columns(void)
{
	return (int)terminal_width();
}

int
look_width(const char *text)
{
	return u8_strwidth((const uint8_t *)text, "UTF-8");
}
