/*
 * hint_line.c - hint_line.h.
 */
#include "verify/hint_line.h"

#include "base/print.h"

#include <stdio.h>
#include <unistd.h>

#define STEADY_MS  200
#define ERASE_LINE "\r\033[K"

void
hint_line_clear(struct hint_line *line)
{
	if (line->drawn)
		print_own(stderr, ERASE_LINE);
	print_flush(stderr);
	line->drawn = false;
	line->said = NULL;
}

static void
draw(struct hint_line *line, const char *text)
{
	bool terminal = isatty(STDERR_FILENO);

	hint_line_clear(line);
	if (terminal)
		print_to(stderr, "%s", text);
	else
		print_to(stderr, "%s\n", text);
	print_flush(stderr);
	line->drawn = terminal;
	line->said = text;
}

void
hint_line_say(struct hint_line *line, const char *text, int64_t at_ms)
{
	if (text == NULL) {
		line->next = NULL;
		hint_line_clear(line);
		return;
	}
	if (text != line->next) {
		line->next = text;
		line->since_ms = at_ms;
	}
	if (text != line->said && at_ms - line->since_ms >= STEADY_MS)
		draw(line, text);
}
