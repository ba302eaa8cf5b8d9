/*
 * json.c - JSON lines on standard output: json.h.
 */
#include "base/json.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One UTF-16 unit, or two for what lies above them. */
static void
add_escaped(struct bytes *out, uint32_t character)
{
	if (character < 0x10000) {
		bytes_addf(out, "\\u%04x", (unsigned)character);
		return;
	}
	character -= 0x10000;
	bytes_addf(out, "\\u%04x\\u%04x", 0xd800U + (character >> 10),
	    0xdc00U + (character & 0x3ff));
}

/* Outside texts JSON is printable ASCII, so every character that paints is
 * one of a text and may be escaped. Jansson escapes C0 alone. */
void
json_add(struct bytes *out, const json_t *value)
{
	char *plain = json_dumps(value, JSON_COMPACT | JSON_PRESERVE_ORDER);
	struct reader r = { (const uint8_t *)plain,
		plain != NULL ? strlen(plain) : 0 };
	uint32_t character;

	while (utf8_next(&r, &character)) {
		if (utf8_paints(character))
			add_escaped(out, character);
		else
			utf8_add(out, character);
	}
	if (plain == NULL)
		out->failed = true;
	free(plain);
}

void
json_line(json_t *object)
{
	struct bytes line = { 0 };

	if (object == NULL)
		return;
	json_add(&line, object);
	bytes_add_byte(&line, '\n');
	if (!line.failed)
		fwrite(line.at, 1, line.len, stdout);
	bytes_wipe(&line);
	/* a failed write stays in ferror(stdout), which cli_main() reports */
	fflush(stdout);
	json_decref(object);
}

/* Names of files need not be UTF-8; JSON must be. Only what is wrong is lost:
 * whatever else paints is escaped when the line is made. */
static json_t *
repaired(const char *text)
{
	struct reader r = { (const uint8_t *)text, strlen(text) };
	struct reader wrong;
	struct bytes safe = { 0 };
	json_t *value = NULL;
	uint32_t character;

	while (r.left > 0) {
		if (utf8_next(&r, &character))
			utf8_add(&safe, character);
		else if (reader_take(&r, 1, &wrong))
			bytes_add_byte(&safe, '?');
	}
	if (!safe.failed)
		value = json_stringn((const char *)safe.at, safe.len);
	bytes_free(&safe);
	return value;
}

void
json_set_text(json_t *object, const char *key, const char *text)
{
	json_t *value;

	if (text == NULL)
		value = json_null();
	else if ((value = json_string(text)) == NULL)
		value = repaired(text);
	json_object_set_new(object, key, value);
}

void
json_set_time(json_t *object, const char *key, int64_t at)
{
	char text[CLOCK_INSTANT_SIZE];

	json_set_text(object, key, clock_format(at, text) ? text : NULL);
}
