/*
 * html.c - html.h.
 */
#include "base/html.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
html_text(struct bytes *out, const char *text)
{
	struct bytes safe = { 0 };
	const char *c;

	/* a file's name may hold anything: bidi turns text on a page, too */
	utf8_print_safe(text, strlen(text), &safe);
	out->failed |= safe.failed;
	for (c = safe.len > 0 ? (const char *)safe.at : ""; *c != '\0'; c++)
		switch (*c) {
		case '&':
			bytes_add_text(out, "&amp;");
			break;
		case '<':
			bytes_add_text(out, "&lt;");
			break;
		case '>':
			bytes_add_text(out, "&gt;");
			break;
		case '"':
			bytes_add_text(out, "&quot;");
			break;
		case '\'':
			bytes_add_text(out, "&#39;");
			break;
		default:
			bytes_add_byte(out, (uint8_t)*c);
		}
	bytes_free(&safe);
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
