/*
 * letters.c - letters.h.
 */
#include "audit/desk/letters.h"

#include "audit/desk/letters_choice.h"
#include "audit/plot.h"
#include "base/html.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_COUNTED 31 /* with numbers above the bars */
#define LABELS_MAX   16 /* codes that fit below a plot */

/* --- counting ------------------------------------------------------------- */

static uint64_t
count_in(const struct stats_days *days, const struct letters_span *span)
{
	uint64_t letters = 0;
	size_t i;

	for (i = 0; i < days->count; i++)
		if (days->at[i].day >= span->first &&
		    days->at[i].day <= span->last)
			letters += days->at[i].letters;
	return letters;
}

static void
add_to(uint64_t by_day[LETTERS_DAYS_MAX], const struct stats_days *days,
    const struct letters_span *span)
{
	size_t i;

	for (i = 0; i < days->count; i++)
		if (days->at[i].day >= span->first &&
		    days->at[i].day <= span->last)
			by_day[days->at[i].day - span->first] +=
			    days->at[i].letters;
}

static bool
is_of(const struct letters_view *v, const struct audit_center *center)
{
	return v->center == NULL || v->center == center;
}

/* --- plots ---------------------------------------------------------------- */

/* Room for the bars of one plot. */
struct drawn {
	char label[LETTERS_DAYS_MAX][16],
	    text[LETTERS_DAYS_MAX][24]; /* codes, dates */
	struct plot_bar bar[LETTERS_DAYS_MAX];
};

static void
begin_plot(const struct letters_view *v, const char *of, const char *title)
{
	bytes_addf(v->out, "<figure data-plot=\"%s\">\n", of);
	html_element(v->out, "figcaption", title);
}

static void
begin_table(const struct letters_view *v, const char *what, bool open)
{
	bytes_addf(v->out, "<details%s><summary>", open ? " open" : "");
	html_text(v->out, _("The same numbers as a table"));
	bytes_add_text(v->out, "</summary>\n<table><thead><tr>");
	html_element(v->out, "th scope=\"col\"", what);
	html_element(v->out, "th scope=\"col\" class=\"n\"", _("letters"));
	bytes_add_text(v->out, "</tr></thead>\n<tbody>\n");
}

static void
add_row(const struct letters_view *v, const char *what, uint64_t letters)
{
	bytes_add_text(v->out, "<tr>");
	html_element(v->out, "th scope=\"row\"", what);
	html_elementf(v->out, "td class=\"n\"", "%" PRIu64, letters);
	bytes_add_text(v->out, "</tr>\n");
}

static void
add_total(const struct letters_view *v, uint64_t total)
{
	bytes_add_text(v->out, "</tbody>\n<tfoot>");
	add_row(v, _("total"), total);
	bytes_add_text(v->out, "</tfoot>");
}

static void
end_plot(const struct letters_view *v)
{
	bytes_add_text(v->out, "</table></details></figure>\n");
}

/* Of many days the middle of each month is named, of few each or each second. */
static bool
is_named(const struct letters_view *v, int64_t day)
{
	int64_t count = v->span.last - v->span.first + 1;
	int year, month, of_month;

	clock_civil(day, &year, &month, &of_month);
	if (count > 3 * DAYS_COUNTED)
		return of_month == 15;
	return (day - v->span.first) % (count / 12 + 1) == 0;
}

static void
draw_days(const struct letters_view *v, struct drawn *d, const uint64_t *by_day,
    size_t count)
{
	char date[CLOCK_DATE_SIZE];
	size_t i;

	for (i = 0; i < count; i++) {
		int64_t day = v->span.first + (int64_t)i;

		d->bar[i].value = (double)by_day[i];
		snprintf(d->text[i], sizeof(d->text[i]), "%" PRIu64, by_day[i]);
		if (count <= DAYS_COUNTED && by_day[i] > 0)
			d->bar[i].text = d->text[i];
		if (!is_named(v, day) || !clock_format_date(day, date))
			continue;
		text_copy(d->label[i], sizeof(d->label[i]),
		    count > 3 * DAYS_COUNTED ? date : date + 5);
		if (count > 3 * DAYS_COUNTED)
			d->label[i][7] = '\0';
		d->bar[i].label = d->label[i];
	}
	plot_bars(v->out, _("Letters by day"), PLOT_WIDE, d->bar, count);
}

static const char *
title_of(const struct letters_view *v, char out[96])
{
	snprintf(out, 96, "%s%s%s%s%s", _("Letters by day"),
	    v->center != NULL ? ": " : "",
	    v->center != NULL ? v->center->center->code : "",
	    v->person != NULL ? ", " : "",
	    v->person != NULL ? v->person->code : "");
	return out;
}

static void
add_days(const struct letters_view *v, struct drawn *d)
{
	uint64_t by_day[LETTERS_DAYS_MAX] = { 0 }, total = 0;
	size_t count = (size_t)(v->span.last - v->span.first + 1), c, i;
	char date[CLOCK_DATE_SIZE] = "?", title[96];

	if (v->person != NULL)
		add_to(by_day, &v->person->by_day, &v->span);
	else
		for (c = 0; c < v->audit->center_count; c++)
			if (is_of(v, &v->audit->centers[c]))
				add_to(by_day,
				    &v->audit->centers[c].stats.by_day,
				    &v->span);
	begin_plot(v, "day", title_of(v, title));
	draw_days(v, d, by_day, count);
	begin_table(v, _("day; those without letters are left out"), false);
	for (i = 0; i < count; i++) {
		if (by_day[i] == 0)
			continue;
		clock_format_date(v->span.first + (int64_t)i, date);
		add_row(v, date, by_day[i]);
		total += by_day[i];
	}
	add_total(v, total);
	end_plot(v);
}

/* Bars with a code below each, and a row for each. */
static void
add_codes(const struct letters_view *v, struct drawn *d, const char *title,
    const char *what, size_t count)
{
	size_t i, drawn = count < LETTERS_DAYS_MAX ? count : LETTERS_DAYS_MAX;

	for (i = 0; i < drawn && count <= LABELS_MAX; i++) {
		d->bar[i].text = d->text[i];
		d->bar[i].label = d->label[i];
	}
	plot_bars(v->out, title, PLOT_WIDE, d->bar, drawn);
	begin_table(v, what, true);
	for (i = 0; i < drawn; i++)
		add_row(v, d->label[i], (uint64_t)d->bar[i].value);
}

static void
set_bar(struct drawn *d, size_t i, const char *code, uint64_t letters)
{
	text_copy(d->label[i], sizeof(d->label[i]), code);
	snprintf(d->text[i], sizeof(d->text[i]), "%" PRIu64, letters);
	d->bar[i] = (struct plot_bar){ .value = (double)letters };
}

static void
add_centers(const struct letters_view *v, struct drawn *d)
{
	size_t i, count = v->audit->center_count;

	memset(d, 0, sizeof(*d));
	for (i = 0; i < count && i < LETTERS_DAYS_MAX; i++) {
		const struct audit_center *c = &v->audit->centers[i];

		set_bar(d, i, c->center->code,
		    count_in(&c->stats.by_day, &v->span));
	}
	begin_plot(v, "center", _("Letters by center"));
	add_codes(v, d, _("Letters by center"), _("Center"), count);
	end_plot(v);
}

static void
add_persons(const struct letters_view *v, struct drawn *d,
    const struct stats *s, const char *center)
{
	size_t i, count = 0;

	memset(d, 0, sizeof(*d));
	for (i = 0; i < s->person_count && count < LETTERS_DAYS_MAX; i++)
		if (s->person[i].by_day.count > 0)
			set_bar(d, count++, s->person[i].code,
			    count_in(&s->person[i].by_day, &v->span));
	if (count == 0)
		return;
	bytes_add_text(v->out, "<figure data-plot=\"person\"");
	html_attribute(v->out, "data-center", center);
	bytes_add_text(v->out, ">\n");
	html_elementf(v->out, "figcaption",
	    _("%s: letters drafted or approved, by pseudonym"), center);
	add_codes(v, d, _("Letters drafted or approved, by pseudonym"),
	    _("person"), count);
	end_plot(v);
}

static void
add_plots(const struct letters_view *v, struct drawn *d)
{
	size_t i;

	add_days(v, d);
	add_centers(v, d);
	html_element(v->out, "p class=\"small\"",
	    _("A count that differs is a question about the work, not an "
	      "answer about a person."));
	for (i = 0; i < v->audit->center_count; i++)
		if (is_of(v, &v->audit->centers[i]))
			add_persons(v, d, &v->audit->centers[i].stats,
			    v->audit->centers[i].center->code);
}

void
letters_add(struct bytes *out, const struct audit *audit,
    const struct letters_choice *choice)
{
	struct letters_view v = { .out = out, .audit = audit };
	struct drawn *drawn;

	if (!letters_choose(&v, choice)) {
		html_element(out, "p", _("No letters."));
		return;
	}
	letters_offer(&v);
	if ((drawn = calloc(1, sizeof(*drawn))) == NULL)
		out->failed = true;
	else
		add_plots(&v, drawn);
	free(drawn);
}
