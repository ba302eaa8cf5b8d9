/*
 * json.c - JSON lines on standard output: json.h.
 */
#include "base/json.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

void
json_line(json_t *object)
{
	if (object == NULL)
		return;
	json_dumpf(object, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
	putchar('\n');
	/* a failed write stays in ferror(stdout), which cli_main() reports */
	fflush(stdout);
	json_decref(object);
}

/* Names of files need not be UTF-8; JSON must be. */
static json_t *
repaired(const char *text)
{
	struct bytes safe = { 0 };
	json_t *value = NULL;

	utf8_print_safe(text, strlen(text), &safe);
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
