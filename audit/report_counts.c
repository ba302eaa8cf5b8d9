/*
 * report_counts.c - counts by month, hour and person, with plots:
 * report_parts.h.
 */
#include "audit/report_parts.h"

#include "base/i18n.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define LABELS_MAX    24  /* that fit below a plot */
#define MONTHS_MAX    120 /* bars of a plot; the newest, if there are more */
#define MONTHS_PERSON 24

struct labels {
	char text[MONTHS_MAX][12], label[MONTHS_MAX][12];
	struct plot_bar bar[MONTHS_MAX];
};

static void
month_name(const struct stats *s, size_t month, char out[12])
{
	int number = s->first_month + (int)month;

	snprintf(out, 12, "%04d-%02d", number / 12 % 10000, number % 12 + 1);
}

/* --- plots ---------------------------------------------------------------- */

/* What the public sees of a count in a plot: multiples of five, so that no
 * difference to a sum tells a small one; and 1 to 4 all look the same. */
static double
plotted(const struct report *r, uint64_t count)
{
	if (r->public && count > 0 && count < 5)
		return 5;
	return (double)(r->public ? (count + 2) / 5 * 5 : count);
}

static uint64_t
letters_in(const struct stats *s, const struct stats_person *p, size_t month)
{
	if (p != NULL)
		return month < p->month_count ? p->month[month] : 0;
	return (uint64_t)s->month[month].issued + s->month[month].corrected;
}

/* Wide: of a center, with numbers above the bars as far as they fit. Narrow:
 * of one person, p. */
static void
plot_months(
    const struct report *r, const struct stats *s, const struct stats_person *p)
{
	struct labels *l = calloc(1, sizeof(*l));
	size_t most = p == NULL ? MONTHS_MAX : MONTHS_PERSON;
	size_t first = s->month_count > most ? s->month_count - most : 0;
	size_t count = s->month_count - first;
	size_t every = count / (p == NULL ? 12 : 6) + 1, i;

	if (l == NULL) {
		r->out->failed = true;
		return;
	}
	for (i = 0; i < count; i++) {
		uint64_t letters = letters_in(s, p, first + i);

		month_name(s, first + i, l->label[i]);
		snprintf(l->text[i], sizeof(l->text[i]), "%" PRIu64, letters);
		l->bar[i].value = plotted(r, letters);
		if (i % every == 0)
			l->bar[i].label = l->label[i];
		if (count <= LABELS_MAX && !r->public && letters > 0)
			l->bar[i].text = l->text[i];
	}
	plot_bars(r->out, _("Letters by month"),
	    p == NULL ? PLOT_WIDE : PLOT_NARROW, l->bar, count);
	free(l);
}

static void
plot_hours(const struct report *r, const uint32_t hour[24], int width)
{
	struct plot_bar bar[24] = { 0 };
	bool wide = width == PLOT_WIDE;
	char label[24][4], text[24][12];
	int i;

	for (i = 0; i < 24; i++) {
		snprintf(label[i], sizeof(label[i]), "%02d", i);
		snprintf(text[i], sizeof(text[i]), "%u", hour[i]);
		bar[i].value = plotted(r, hour[i]);
		if (wide || i % 3 == 0)
			bar[i].label = label[i];
		if (wide && !r->public && hour[i] > 0)
			bar[i].text = text[i];
	}
	plot_bars(r->out, _("Letters by hour of the day"), width, bar, 24);
}

static const char *
hours_title(const struct stats *s)
{
	return s->zone != NULL ? _("Letters by hour, local time")
			       : _("Letters by hour, UTC");
}

/* --- by month ------------------------------------------------------------- */

#define COLUMNS 5

static uint64_t
column(const struct stats_month *m, int which)
{
	const uint64_t values[COLUMNS] = { m->issued, m->corrected,
		m->withdrawn, m->fraud, m->reprints };

	return values[which];
}

static void
write_head(const struct report *r, const struct audit_center *center)
{
	const char *const names[COLUMNS] = { _("issued"), _("corrected"),
		_("withdrawn"), _("withdrawn for fraud"), _("reprinted") };
	int i;

	bytes_add_text(r->out, "<table>\n");
	html_elementf(
	    r->out, "caption", _("%s: letters by month"), center->center->code);
	bytes_add_text(r->out, "<thead><tr>");
	html_element(r->out, "th scope=\"col\"", _("month"));
	for (i = 0; i < COLUMNS; i++)
		html_element(r->out, "th scope=\"col\" class=\"n\"", names[i]);
	bytes_add_text(r->out, "</tr></thead>\n<tbody>\n");
}

static bool
is_empty(const struct stats_month *m)
{
	int i;

	for (i = 0; i < COLUMNS; i++)
		if (column(m, i) != 0)
			return false;
	return true;
}

static void
write_months(const struct report *r, const struct audit_center *center)
{
	const struct stats *s = &center->stats;
	struct report_sum sum[COLUMNS] = { 0 };
	char name[12];
	size_t i;
	int k;

	write_head(r, center);
	for (i = 0; i < s->month_count; i++) {
		if (is_empty(&s->month[i]))
			continue;
		month_name(s, i, name);
		bytes_add_text(r->out, "<tr>");
		html_element(r->out, "th scope=\"row\"", name);
		for (k = 0; k < COLUMNS; k++) {
			report_count(r, column(&s->month[i], k));
			report_sum_add(r, &sum[k], column(&s->month[i], k));
		}
		bytes_add_text(r->out, "</tr>\n");
	}
	bytes_add_text(r->out, "</tbody><tfoot><tr>");
	html_element(r->out, "th scope=\"row\"", _("total"));
	for (k = 0; k < COLUMNS; k++)
		report_sum_cell(r, &sum[k]);
	bytes_add_text(r->out, "</tr></tfoot></table>\n");
}

void
report_counts(const struct report *r)
{
	size_t i;

	html_element(r->out, "h2", _("Counts"));
	if (r->public)
		html_element(
		    r->out, "p", _("The bars are drawn to the nearest five."));
	for (i = 0; i < r->audit->center_count; i++) {
		const struct audit_center *center = &r->audit->centers[i];

		html_elementf(r->out, "h3", "%s, %s", center->center->code,
		    center->center->name);
		if (center->stats.letters == 0) {
			html_element(r->out, "p", _("No letters."));
			continue;
		}
		write_months(r, center);
		bytes_add_text(r->out, "<div class=\"person\">");
		html_element(r->out, "p", _("Letters by month"));
		plot_months(r, &center->stats, NULL);
		html_element(r->out, "p", hours_title(&center->stats));
		plot_hours(r, center->stats.hour, PLOT_WIDE);
		bytes_add_text(r->out, "</div>\n");
	}
}

/* --- by person ------------------------------------------------------------ */

#define ACTS 7

static void
write_person_row(const struct report *r, const struct stats_person *p)
{
	const uint64_t values[ACTS] = { p->drafted, p->corrections, p->approved,
		p->timed, p->fast.count, p->reprints, p->withdrawals };
	int i;

	bytes_add_text(r->out, "<tr>");
	html_element(r->out, "th scope=\"row\"", p->code);
	for (i = 0; i < ACTS; i++)
		report_count(r, values[i]);
	bytes_add_text(r->out, "</tr>\n");
}

static void
write_people(const struct report *r, const struct audit_center *center)
{
	const char *const names[ACTS] = { _("drafted"),
		_("of these, corrections"), _("approved"),
		_("of these, one by one"), _("of these, in under 30 s"),
		_("reprints"), _("withdrawals") };
	size_t i;

	bytes_add_text(r->out, "<table>\n");
	html_elementf(r->out, "caption",
	    _("%s: letters and acts of each person"), center->center->code);
	bytes_add_text(r->out, "<thead><tr>");
	html_element(r->out, "th scope=\"col\"", _("person"));
	for (i = 0; i < ACTS; i++)
		html_element(r->out, "th scope=\"col\" class=\"n\"", names[i]);
	bytes_add_text(r->out, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < center->stats.person_count; i++)
		write_person_row(r, &center->stats.person[i]);
	bytes_add_text(r->out, "</tbody></table>\n");
}

static void
plot_person(
    const struct report *r, const struct stats *s, const struct stats_person *p)
{
	bytes_add_text(r->out, "<div class=\"person\">\n");
	html_element(r->out, "h3", p->code);
	bytes_add_text(r->out, "<div class=\"two\"><div>");
	html_element(r->out, "p class=\"sub\"", _("Letters by month"));
	plot_months(r, s, p);
	bytes_add_text(r->out, "</div><div>");
	html_element(r->out, "p class=\"sub\"", hours_title(s));
	plot_hours(r, p->hour, PLOT_NARROW);
	bytes_add_text(r->out, "</div></div></div>\n");
}

void
report_people(const struct report *r)
{
	size_t c, i;

	html_element(r->out, "h2", _("Staff, by pseudonym"));
	html_element(r->out, "p",
	    _("A count that differs is a question about the work, not an "
	      "answer about a person."));
	for (c = 0; c < r->audit->center_count; c++) {
		const struct stats *s = &r->audit->centers[c].stats;

		if (s->person_count == 0)
			continue;
		write_people(r, &r->audit->centers[c]);
		for (i = 0; i < s->person_count; i++)
			if (s->person[i].drafted + s->person[i].approved > 0)
				plot_person(r, s, &s->person[i]);
	}
}
