/*
 * letters_choice.c - letters_choice.h.
 */
#include "audit/desk/letters_choice.h"

#include "base/html.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

#define YEARS_OFFERED  20
#define MONTHS_OFFERED 24

/* --- what was chosen ------------------------------------------------------ */

/* Is there any letter? From the first day to the last. */
static bool
all_days(const struct letters_view *v, struct letters_span *out)
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

static bool
read_period(const char *text, struct letters_span *out)
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
choose_period(struct letters_view *v, const char *wanted)
{
	v->span = v->all;
	if (wanted != NULL && read_period(wanted, &v->span)) {
		text_copy(v->period, sizeof(v->period), wanted);
		return;
	}
	if (v->all.last - v->all.first < LETTERS_DAYS_MAX)
		return;
	/* too long to be seen at once */
	if (clock_format_date(v->all.last, v->period)) {
		v->period[4] = '\0';
		read_period(v->period, &v->span);
	} else
		v->span.first = v->span.last;
}

bool
letters_choose(struct letters_view *v, const struct letters_choice *choice)
{
	const struct stats *s;
	size_t i;

	if (!all_days(v, &v->all))
		return false;
	for (i = 0; choice->center != NULL && i < v->audit->center_count; i++)
		if (strcmp(v->audit->centers[i].center->code, choice->center) ==
		    0)
			v->center = &v->audit->centers[i];
	if (v->audit->center_count == 1)
		v->center = &v->audit->centers[0];
	choose_period(v, choice->period);
	if (v->center == NULL || choice->person == NULL)
		return true;
	s = &v->center->stats;
	for (i = 0; i < s->person_count; i++)
		if (strcmp(s->person[i].code, choice->person) == 0)
			v->person = &s->person[i];
	return true;
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
begin_select(const struct letters_view *v, const char *name, const char *label)
{
	bytes_addf(v->out, "<label for=\"plot-%s\"><span>", name);
	html_text(v->out, label);
	bytes_addf(v->out,
	    "</span><select id=\"plot-%s\" name=\"%s\" autocomplete=\"off\">",
	    name, name);
}

static void
offer_centers(const struct letters_view *v)
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
offer_persons(const struct letters_view *v)
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
offer_periods(const struct letters_view *v)
{
	int year, month, day, first_year, i;
	char text[CLOCK_DATE_SIZE + 8];
	struct letters_span span;

	begin_select(v, "period", _("Period"));
	if (v->all.last - v->all.first < LETTERS_DAYS_MAX)
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

void
letters_offer(const struct letters_view *v)
{
	bytes_add_text(v->out, "<form id=\"plots-choice\" class=\"choice\">\n");
	offer_centers(v);
	offer_persons(v);
	offer_periods(v);
	bytes_add_text(v->out, "</form>\n");
}
