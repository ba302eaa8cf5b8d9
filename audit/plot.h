/*
 * plot.h - bar charts as SVG, for the report and for pages.
 */
#ifndef AUDIT_PLOT_H
#define AUDIT_PLOT_H

#include "base/bytes.h"

/* One bar of a plot. Labels borrowed. */
struct plot_bar {
	double value;
	const char *label; /* below it; NULL: none */
	const char *text;  /* above it; NULL: none */
};

#define PLOT_WIDE   720 /* the whole page */
#define PLOT_NARROW 360 /* half of it */

/*
 * plot_bars - a bar chart as SVG, `width` units wide. `title` says what it
 * shows to those who do not see it; the numbers must stand in a table or above
 * the bars too.
 */
void plot_bars(struct bytes *out, const char *title, int width,
    const struct plot_bar *bars, size_t count);

#endif
