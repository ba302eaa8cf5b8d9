/*
 * letters.c - letters.h.
 */
#include "audit/desk/letters.h"

#include "audit/plot.h"
#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_MAX       366 /* of a plot: a year */
#define DAYS_COUNTED   31  /* with numbers above the bars */
#define YEARS_OFFERED  20
#define MONTHS_OFFERED 24
#define LABELS_MAX     16 /* codes that fit below a plot */

/* Days since 1970-01-01, both of them in it. */
struct span {
	int64_t first, last;
};

struct view {
	struct bytes *out;
	const struct audit *audit;
	const struct audit_center *center; /* NULL: all */
	const struct stats_person *person; /* NULL: all */
	struct span all, span;
	char period[CLOCK_DATE_SIZE]; /* "": all */
};

/* --- counting ------------------------------------------------------------- */

static uint64_t
count_in(const struct stats_days *days, const struct span *span)
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
add_to(uint64_t by_day[DAYS_MAX], const struct stats_days *days,
    const struct span *span)
{
	size_t i;

	for (i = 0; i < days->count; i++)
		if (days->at[i].day >= span->first &&
		    days->at[i].day <= span->last)
			by_day[days->at[i].day - span->first] +=
			    days->at[i].letters;
}

static bool
is_of(const struct view *v, const struct audit_center *center)
{
	return v->center == NULL || v->center == center;
}

/* Is there any letter? From the first day to the last. */
static bool
all_days(const struct view *v, struct span *out)
{
	size_t c, i;
	bool any = false;

	for (c = 0; c < v->audit->center_count; c++) {
		const struct stats_days *d = &v->audit->centers[c].stats.by_day;

		for (i = 0; i < d->count; i++) {
			if (!any || d->at[i].day < out->first)
				out->first = d->at[i].day;
			if (!any || d->at[i].day > out->last)
				out->last = d->at[i].day;
			any = true;
		}
	}
	return any;
}

/* --- what was chosen ------------------------------------------------------ */

static bool
read_period(const char *text, struct span *out)
{
	char date[CLOCK_DATE_SIZE];
	bool month = strlen(text) == 7;
	int year, number, day;

	if (!month && strlen(text) != 4)
		return false;
	snprintf(date, sizeof(date), "%s%s", text, month ? "-01" : "-01-01");
	if (!clock_parse_date(date, &out->first))
		return false;
	clock_civil(out->first, &year, &number, &day);
	if (month)
		out->last = out->first + clock_days_in_month(year, number) - 1;
	else
		out->last =
		    out->first + 364 + (clock_days_in_month(year, 2) == 29);
	return true;
}

static void
choose_period(struct view *v, const char *wanted)
{
	v->span = v->all;
	if (wanted != NULL && read_period(wanted, &v->span)) {
		text_copy(v->period, sizeof(v->period), wanted);
		return;
	}
	if (v->all.last - v->all.first < DAYS_MAX)
		return;
	/* too long to be seen at once */
	if (clock_format_date(v->all.last, v->period)) {
		v->period[4] = '\0';
		read_period(v->period, &v->span);
	} else
		v->span.first = v->span.last;
}

static void
choose(struct view *v, const struct letters_choice *choice)
{
	const struct stats *s;
	size_t i;

	for (i = 0; choice->center != NULL && i < v->audit->center_count; i++)
		if (strcmp(v->audit->centers[i].center->code, choice->center) ==
		    0)
			v->center = &v->audit->centers[i];
	if (v->audit->center_count == 1)
		v->center = &v->audit->centers[0];
	choose_period(v, choice->period);
	if (v->center == NULL || choice->person == NULL)
		return;
	s = &v->center->stats;
	for (i = 0; i < s->person_count; i++)
		if (strcmp(s->person[i].code, choice->person) == 0)
			v->person = &s->person[i];
}

/* --- what can be chosen --------------------------------------------------- */

static void
add_option(struct bytes *out, const char *value, const char *text, bool chosen)
{
	bytes_add_text(out, "<option");
	html_attribute(out, "value", value);
	bytes_add_text(out, chosen ? " selected>" : ">");
	html_text(out, text);
	bytes_add_text(out, "</option>");
}

static void
begin_select(const struct view *v, const char *name, const char *label)
{
	bytes_addf(v->out, "<label for=\"plot-%s\"><span>", name);
	html_text(v->out, label);
	bytes_addf(v->out,
	    "</span><select id=\"plot-%s\" name=\"%s\" autocomplete=\"off\">",
	    name, name);
}

static void
offer_centers(const struct view *v)
{
	size_t i;

	begin_select(v, "center", _("Center"));
	if (v->audit->center_count > 1)
		add_option(v->out, "", _("all"), v->center == NULL);
	for (i = 0; i < v->audit->center_count; i++) {
		const struct audit_center *c = &v->audit->centers[i];

		add_option(
		    v->out, c->center->code, c->center->code, v->center == c);
	}
	bytes_add_text(v->out, "</select></label>\n");
}

static void
offer_persons(const struct view *v)
{
	const struct stats *s = v->center == NULL ? NULL : &v->center->stats;
	size_t i;

	begin_select(v, "person", _("Person, by pseudonym"));
	add_option(v->out, "", _("all"), v->person == NULL);
	for (i = 0; s != NULL && i < s->person_count; i++)
		if (s->person[i].by_day.count > 0)
			add_option(v->out, s->person[i].code, s->person[i].code,
			    v->person == &s->person[i]);
	bytes_add_text(v->out, "</select></label>\n");
}

/* From the newest back: years, then months. */
static void
offer_periods(const struct view *v)
{
	int year, month, day, first_year, i;
	char text[CLOCK_DATE_SIZE + 8];
	struct span span;

	begin_select(v, "period", _("Period"));
	if (v->all.last - v->all.first < DAYS_MAX)
		add_option(v->out, "", _("all"), v->period[0] == '\0');
	clock_civil(v->all.first, &first_year, &month, &day);
	clock_civil(v->all.last, &year, &month, &day);
	for (i = 0; i < YEARS_OFFERED && year - i >= first_year; i++) {
		snprintf(text, sizeof(text), "%04d", year - i);
		add_option(v->out, text, text, strcmp(v->period, text) == 0);
	}
	for (i = 0; i < MONTHS_OFFERED; i++) {
		snprintf(text, sizeof(text), "%04d-%02d", year, month);
		if (!read_period(text, &span) || span.last < v->all.first)
			break;
		add_option(v->out, text, text, strcmp(v->period, text) == 0);
		year -= month == 1;
		month = month == 1 ? 12 : month - 1;
	}
	bytes_add_text(v->out, "</select></label>\n");
}

/* --- plots ---------------------------------------------------------------- */

/* Room for the bars of one plot. */
struct drawn {
	char label[DAYS_MAX][16], text[DAYS_MAX][24]; /* codes, dates */
	struct plot_bar bar[DAYS_MAX];
};

static void
begin_plot(const struct view *v, const char *of, const char *title)
{
	bytes_addf(v->out, "<figure data-plot=\"%s\">\n", of);
	html_element(v->out, "figcaption", title);
}

static void
begin_table(const struct view *v, const char *what, bool open)
{
	bytes_addf(v->out, "<details%s><summary>", open ? " open" : "");
	html_text(v->out, _("The same numbers as a table"));
	bytes_add_text(v->out, "</summary>\n<table><thead><tr>");
	html_element(v->out, "th scope=\"col\"", what);
	html_element(v->out, "th scope=\"col\" class=\"n\"", _("letters"));
	bytes_add_text(v->out, "</tr></thead>\n<tbody>\n");
}

static void
add_row(const struct view *v, const char *what, uint64_t letters)
{
	bytes_add_text(v->out, "<tr>");
	html_element(v->out, "th scope=\"row\"", what);
	html_elementf(v->out, "td class=\"n\"", "%" PRIu64, letters);
	bytes_add_text(v->out, "</tr>\n");
}

static void
add_total(const struct view *v, uint64_t total)
{
	bytes_add_text(v->out, "</tbody>\n<tfoot>");
	add_row(v, _("total"), total);
	bytes_add_text(v->out, "</tfoot>");
}

static void
end_plot(const struct view *v)
{
	bytes_add_text(v->out, "</table></details></figure>\n");
}

/* Of many days the middle of each month is named, of few each or each second. */
static bool
is_named(const struct view *v, int64_t day)
{
	int64_t count = v->span.last - v->span.first + 1;
	int year, month, of_month;

	clock_civil(day, &year, &month, &of_month);
	if (count > 3 * DAYS_COUNTED)
		return of_month == 15;
	return (day - v->span.first) % (count / 12 + 1) == 0;
}

static void
draw_days(
    const struct view *v, struct drawn *d, const uint64_t *by_day, size_t count)
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
title_of(const struct view *v, char out[96])
{
	snprintf(out, 96, "%s%s%s%s%s", _("Letters by day"),
	    v->center != NULL ? ": " : "",
	    v->center != NULL ? v->center->center->code : "",
	    v->person != NULL ? ", " : "",
	    v->person != NULL ? v->person->code : "");
	return out;
}

static void
add_days(const struct view *v, struct drawn *d)
{
	uint64_t by_day[DAYS_MAX] = { 0 }, total = 0;
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
add_codes(const struct view *v, struct drawn *d, const char *title,
    const char *what, size_t count)
{
	size_t i, drawn = count < DAYS_MAX ? count : DAYS_MAX;

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
add_centers(const struct view *v, struct drawn *d)
{
	size_t i, count = v->audit->center_count;

	memset(d, 0, sizeof(*d));
	for (i = 0; i < count && i < DAYS_MAX; i++) {
		const struct audit_center *c = &v->audit->centers[i];

		set_bar(d, i, c->center->code,
		    count_in(&c->stats.by_day, &v->span));
	}
	begin_plot(v, "center", _("Letters by center"));
	add_codes(v, d, _("Letters by center"), _("Center"), count);
	end_plot(v);
}

static void
add_persons(const struct view *v, struct drawn *d, const struct stats *s,
    const char *center)
{
	size_t i, count = 0;

	memset(d, 0, sizeof(*d));
	for (i = 0; i < s->person_count && count < DAYS_MAX; i++)
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
add_plots(const struct view *v, struct drawn *d)
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
	struct view v = { .out = out, .audit = audit };
	struct drawn *drawn;

	if (!all_days(&v, &v.all)) {
		html_element(out, "p", _("No letters."));
		return;
	}
	choose(&v, choice);
	bytes_add_text(out, "<form id=\"plots-choice\" class=\"choice\">\n");
	offer_centers(&v);
	offer_persons(&v);
	offer_periods(&v);
	bytes_add_text(out, "</form>\n");
	if ((drawn = calloc(1, sizeof(*drawn))) == NULL)
		out->failed = true;
	else
		add_plots(&v, drawn);
	free(drawn);
}
