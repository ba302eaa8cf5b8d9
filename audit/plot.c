/*
 * plot.c - bar charts: plot.h.
 */
#include "audit/plot.h"

#include "base/html.h"

#define PLOT_TOP    16.0  /* room for the texts above bars */
#define PLOT_HEIGHT 110.0 /* of the highest bar */
#define PLOT_FOOT   18.0  /* labels */

static double
highest(const struct plot_bar *bars, size_t count)
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
plot_bars(struct bytes *out, const char *title, int width,
    const struct plot_bar *bars, size_t count)
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
