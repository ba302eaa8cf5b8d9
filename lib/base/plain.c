/*
 * plain.c - small text files: plain.h.
 */
#include "base/plain.h"

#include <string.h>

struct plain
plain_begin(const void *text, size_t len)
{
	struct plain plain = { .rest = { text, len } };

	reader_skip_text(&plain.rest, "\xef\xbb\xbf");
	return plain;
}

bool
plain_line(struct plain *plain, struct reader *line)
{
	uint8_t end;

	if (plain->rest.left == 0)
		return false;
	plain->line++;
	if (!reader_until(&plain->rest, '\n', line))
		return reader_take(&plain->rest, plain->rest.left, line);
	reader_byte(&plain->rest, &end);
	if (line->left > 0 && line->at[line->left - 1] == '\r')
		line->left--;
	return true;
}

bool
plain_filled(struct plain *plain, struct reader *line)
{
	while (plain_line(plain, line)) {
		plain_trim(line);
		if (line->left > 0)
			return true;
	}
	return false;
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

void
plain_trim(struct reader *text)
{
	while (text->left > 0 && is_blank(text->at[0])) {
		text->at++;
		text->left--;
	}
	while (text->left > 0 && is_blank(text->at[text->left - 1]))
		text->left--;
}

void
plain_unquote(struct reader *text)
{
	static const char *const pairs[][2] = { { "\"", "\"" }, { "'", "'" },
		{ "\u201c", "\u201d" }, { "\u201e", "\u201c" },
		{ "\u2018", "\u2019" }, { "\u00ab", "\u00bb" } };
	size_t i, open, close;

	plain_trim(text);
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		open = strlen(pairs[i][0]);
		close = strlen(pairs[i][1]);
		if (text->left < open + close ||
		    memcmp(text->at, pairs[i][0], open) != 0 ||
		    memcmp(text->at + text->left - close, pairs[i][1], close) !=
			0)
			continue;
		text->at += open;
		text->left -= open + close;
		plain_trim(text);
		return;
	}
}
