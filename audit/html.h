/*
 * html.h - writing HTML and SVG: everything that comes from outside goes
 * through html_text().
 */
#ifndef AUDIT_HTML_H
#define AUDIT_HTML_H

#include "base/bytes.h"

/* html_text - append with & < > " ' escaped. */
void html_text(struct bytes *out, const char *text);

/* html_element - <tag>text</tag>; tag may have attributes. */
void html_element(struct bytes *out, const char *tag, const char *text);

/* html_elementf - the same, formatted before it is escaped. */
void html_elementf(struct bytes *out, const char *tag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* One bar of a plot. Labels borrowed. */
struct html_bar {
	double value;
	const char *label; /* below it; NULL: none */
	const char *text;  /* above it; NULL: none */
};

#define HTML_PLOT_WIDE   720 /* the whole page */
#define HTML_PLOT_NARROW 360 /* half of it */

/*
 * html_bars - a bar chart as SVG, `width` units wide. `title` says what it
 * shows to those who do not see it; the numbers must stand in a table or above
 * the bars too.
 */
void html_bars(struct bytes *out, const char *title, int width,
    const struct html_bar *bars, size_t count);

#endif
