/*
 * ini.c - ini.h.
 */
#include "base/ini.h"

#include <string.h>

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* "key = value ; a comment" */
static void
drop_comment(struct reader *line)
{
	size_t i;

	for (i = 1; i < line->left; i++)
		if (line->at[i] == ';' && is_blank(line->at[i - 1])) {
			line->left = i;
			plain_trim(line);
			return;
		}
}

static void
read_section(struct reader line, struct ini_line *out)
{
	const uint8_t *end = memchr(line.at, ']', line.left);

	out->kind = end != NULL ? INI_SECTION : INI_OPEN_SECTION;
	out->name = (struct reader){ line.at + 1,
		end != NULL ? (size_t)(end - line.at) - 1 : line.left - 1 };
	plain_trim(&out->name);
}

static void
read_key(struct reader line, struct ini_line *out)
{
	size_t len = 0;

	while (len < line.left && line.at[len] != '=' && line.at[len] != ':')
		len++;
	out->kind = len < line.left ? INI_KEY : INI_OTHER;
	out->name = (struct reader){ line.at, len };
	plain_trim(&out->name);
	if (out->kind != INI_KEY)
		return;
	out->value = (struct reader){ line.at + len + 1, line.left - len - 1 };
	plain_trim(&out->value);
}

bool
ini_next(struct plain *text, struct ini_line *out)
{
	struct reader line;

	*out = (struct ini_line){ .number = 0 };
	do {
		if (!plain_line(text, &line))
			return false;
		out->whole = line;
		plain_trim(&line);
	} while (line.left == 0 || line.at[0] == '#' || line.at[0] == ';');
	out->number = text->line;
	if (memchr(line.at, '\0', line.left) != NULL) {
		out->kind = INI_OTHER;
		return true;
	}
	drop_comment(&line);
	if (line.at[0] == '[')
		read_section(line, out);
	else
		read_key(line, out);
	return true;
}
