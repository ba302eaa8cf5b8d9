/*
 * html.c - escaping, elements, bar charts: html.h.
 */
#include "audit/html.h"

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

/* --- plots ---------------------------------------------------------------- */

#define PLOT_TOP    16.0  /* room for the texts above bars */
#define PLOT_HEIGHT 110.0 /* of the highest bar */
#define PLOT_FOOT   18.0  /* labels */

static double
highest(const struct html_bar *bars, size_t count)
{
	double max = 1;
	size_t i;

	for (i = 0; i < count; i++)
		if (bars[i].value > max)
			max = bars[i].value;
	return max;
}

static void
label(struct bytes *out, double x, double y, const char *text)
{
	bytes_addf(
	    out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">", x, y);
	html_text(out, text);
	bytes_add_text(out, "</text>\n");
}

void
html_bars(struct bytes *out, const char *title, int width,
    const struct html_bar *bars, size_t count)
{
	double max = highest(bars, count);
	double step = width / (double)(count == 0 ? 1 : count);
	double base = PLOT_TOP + PLOT_HEIGHT;
	size_t i;

	if (step > 48)
		step = 48;
	bytes_addf(out,
	    "<svg class=\"plot\" viewBox=\"0 0 %d %.0f\" role=\"img\" "
	    "aria-label=\"",
	    width, base + PLOT_FOOT);
	html_text(out, title);
	bytes_add_text(out, "\">\n");
	for (i = 0; i < count; i++) {
		double height = bars[i].value / max * PLOT_HEIGHT;
		double x = step * (double)i;

		bytes_addf(out,
		    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
		    "height=\"%.1f\"/>\n",
		    x + step * 0.12, base - height, step * 0.76, height);
		if (bars[i].text != NULL)
			label(
			    out, x + step / 2, base - height - 4, bars[i].text);
		if (bars[i].label != NULL)
			label(out, x + step / 2, base + 13, bars[i].label);
	}
	bytes_addf(out,
	    "<line x1=\"0\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n</svg>\n",
	    base, step * (double)(count == 0 ? 1 : count), base);
}
