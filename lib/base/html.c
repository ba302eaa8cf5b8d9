/*
 * html.c - escaping and elements: html.h.
 */
#include "base/html.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What means something in HTML, in text and in values of attributes alike. */
static const char *
escape(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
		return "&#9;";
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	default:
		return NULL;
	}
}

static void
add_escaped(struct bytes *out, const char *text, size_t len)
{
	const char *escaped;
	size_t i;

	for (i = 0; i < len; i++)
		if ((escaped = escape(text[i])) != NULL)
			bytes_add_text(out, escaped);
		else
			bytes_add_byte(out, (uint8_t)text[i]);
}

void
html_text(struct bytes *out, const char *text)
{
	struct bytes safe = { 0 };

	/* a file's name may hold anything: bidi turns text on a page, too */
	utf8_print_safe(text, strlen(text), &safe);
	out->failed |= safe.failed;
	add_escaped(out, (const char *)safe.at, safe.len);
	bytes_free(&safe);
}

void
html_attribute(struct bytes *out, const char *name, const char *value)
{
	struct reader r = { (const uint8_t *)value, strlen(value) };
	const uint8_t *start;
	uint32_t character;

	bytes_addf(out, " %s=\"", name);
	while (r.left > 0) {
		start = r.at;
		if (!utf8_next(&r, &character)) {
			reader_take(&r, 1, &(struct reader){ 0 });
			bytes_add_byte(out, '?');
		} else
			add_escaped(
			    out, (const char *)start, (size_t)(r.at - start));
	}
	bytes_add_byte(out, '"');
}

void
html_stranger(struct bytes *out, const char *text)
{
	bytes_add_text(out, "<bdi>");
	html_text(out, text);
	bytes_add_text(out, "</bdi>");
}

void
html_value(struct bytes *out, const char *text)
{
	const char *last = strrchr(text, ' ');
	struct bytes before = { 0 };

	if (last == NULL || last[1] != '(' || text[strlen(text) - 1] != ')') {
		html_stranger(out, text);
		return;
	}
	bytes_add(&before, text, (size_t)(last + 1 - text));
	bytes_add_byte(&before, '\0');
	out->failed |= before.failed;
	bytes_add_text(out, "<bdi>");
	if (!before.failed)
		html_text(out, (const char *)before.at);
	bytes_add_text(out, "<span class=\"one\">");
	html_text(out, last + 1);
	bytes_add_text(out, "</span></bdi>");
	/* it may be a day of birth */
	bytes_wipe(&before);
}

void
html_element(struct bytes *out, const char *tag, const char *text)
{
	size_t name = strcspn(tag, " ");

	bytes_addf(out, "<%s>", tag);
	html_text(out, text);
	bytes_addf(out, "</%.*s>\n", (int)name, tag);
}

void
html_elementf(struct bytes *out, const char *tag, const char *fmt, ...)
{
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	if (text == NULL)
		out->failed = true;
	else
		html_element(out, tag, text);
	free(text);
}
