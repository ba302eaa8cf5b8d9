/*
 * calendar.c - reading opening hours and holidays: calendar.h.
 */
#include "audit/calendar.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/ini.h"
#include "letter/number.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct parse {
	struct ini_line line;
	struct calendar *out;
	struct errtext *err;
};

static enum err
wrong(const struct parse *p, const char *what)
{
	return err_set(
	    p->err, ERR_DATA, _("line %d: %s"), (int)p->line.number, what);
}

/* --- pieces of a line ----------------------------------------------------- */

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word; words are parted by blanks and commas. */
static bool
parse_word(struct reader *r, char *out, size_t size)
{
	size_t len = 0;

	while (r->left > 0 && (is_blank(r->at[0]) || r->at[0] == ',')) {
		r->at++;
		r->left--;
	}
	while (r->left > 0 && !is_blank(r->at[0]) && r->at[0] != ',') {
		if (len + 1 < size)
			out[len++] = (char)r->at[0];
		r->at++;
		r->left--;
	}
	out[len] = '\0';
	return len > 0;
}

/* --- hours ---------------------------------------------------------------- */

static bool
parse_day(const char **at, unsigned char *day)
{
	static const char names[7][4] = { "Mon", "Tue", "Wed", "Thu", "Fri",
		"Sat", "Sun" };
	unsigned char i;

	for (i = 0; i < 7; i++)
		if (strncasecmp(*at, names[i], 3) == 0) {
			*day = i;
			*at += 3;
			return true;
		}
	return false;
}

/* "Mon" or "Mon-Fri"; "Sat-Mon" goes over the end of the week. */
static bool
parse_days(const char *word, unsigned char *first, unsigned char *last)
{
	if (!parse_day(&word, first))
		return false;
	*last = *first;
	if (*word == '-') {
		word++;
		if (!parse_day(&word, last))
			return false;
	}
	return *word == '\0';
}

static bool
parse_minutes(const char **at, unsigned short *out)
{
	const char *s = *at;
	int i, hour, minute;

	for (i = 0; i < 5; i++)
		if (i == 2 ? s[i] != ':' : s[i] < '0' || s[i] > '9')
			return false;
	hour = (s[0] - '0') * 10 + s[1] - '0';
	minute = (s[3] - '0') * 10 + s[4] - '0';
	if (minute > 59 || hour * 60 + minute > 1440)
		return false;
	*out = (unsigned short)(hour * 60 + minute);
	*at += 5;
	return true;
}

static bool
parse_times(const char *word, struct calendar_span *out)
{
	return parse_minutes(&word, &out->from) && *word++ == '-' &&
	    parse_minutes(&word, &out->to) && *word == '\0' &&
	    out->from < out->to;
}

static bool
add_span(struct calendar_center *center, struct calendar_span span,
    unsigned char first, unsigned char last)
{
	unsigned char day = first;

	for (;; day = (unsigned char)((day + 1) % 7)) {
		if (center->span_count == CALENDAR_SPANS)
			return false;
		span.day = day;
		center->span[center->span_count++] = span;
		if (day == last)
			return true;
	}
}

static enum err
parse_hours(
    struct parse *p, struct calendar_center *center, struct reader value)
{
	unsigned char first = 0, last = 0;
	struct calendar_span span;
	bool days = false, times = false;
	char word[16];

	while (parse_word(&value, word, sizeof(word))) {
		if (parse_days(word, &first, &last)) {
			if (days && !times)
				return wrong(p, _("days without hours"));
			days = true;
			times = false;
			continue;
		}
		if (!days || !parse_times(word, &span))
			return wrong(p,
			    _("hours are written like: Mon-Fri 08:00-17:00, "
			      "Sat 08:00-12:00"));
		if (!add_span(center, span, first, last))
			return wrong(p, _("too many hours"));
		times = true;
	}
	return times ? ERR_OK : wrong(p, _("days without hours"));
}

/* --- holidays ------------------------------------------------------------- */

static enum err
parse_holidays(
    struct parse *p, struct calendar_center *center, struct reader value)
{
	char word[16];
	int64_t day;

	while (parse_word(&value, word, sizeof(word))) {
		if (!clock_parse_date(word, &day))
			return wrong(
			    p, _("holidays are dates like 2026-12-25"));
		if (!ARRAY_ROOM(center->holiday, center->holiday_count,
			center->holiday_cap))
			return err_memory(p->err);
		center->holiday[center->holiday_count++] = day;
	}
	return ERR_OK;
}

/* --- the file ------------------------------------------------------------- */

static enum err
parse_section(struct parse *p)
{
	struct reader name = p->line.name;
	struct calendar_center *more;
	char code[LETTER_CENTER_SIZE] = "";

	plain_unquote(&name);
	if (name.left == LETTER_CENTER_SIZE - 1)
		memcpy(code, name.at, name.left);
	if (!center_is_code(code))
		return wrong(p,
		    _("a section is named after a center, such as "
		      "[GTGUA01]"));
	if (calendar_find(p->out, code) != NULL)
		return wrong(p, _("given twice"));
	if (p->out->count == CALENDAR_CENTERS)
		return err_set(p->err, ERR_LIMIT, _("too many centers"));
	if (!ARRAY_ROOM(p->out->center, p->out->count, p->out->cap))
		return err_memory(p->err);
	more = &p->out->center[p->out->count++];
	*more = (struct calendar_center){ .span_count = 0 };
	memcpy(more->code, code, sizeof(code));
	return ERR_OK;
}

static bool
is_key(const struct parse *p, const char *name)
{
	return p->line.name.left == strlen(name) &&
	    memcmp(p->line.name.at, name, p->line.name.left) == 0;
}

static enum err
parse_key(struct parse *p)
{
	struct calendar_center *center;
	struct reader value = p->line.value;

	plain_unquote(&value);
	if (p->out->count == 0)
		return wrong(p, _("before the first section"));
	center = &p->out->center[p->out->count - 1];
	if (is_key(p, "hours"))
		return parse_hours(p, center, value);
	if (is_key(p, "holidays"))
		return parse_holidays(p, center, value);
	return wrong(p, _("only hours and holidays are known"));
}

static enum err
parse_line(struct parse *p)
{
	switch (p->line.kind) {
	case INI_SECTION:
		return parse_section(p);
	case INI_OPEN_SECTION:
		return wrong(p, _("a section is written like: [GTGUA01]"));
	case INI_KEY:
		return parse_key(p);
	case INI_OTHER:
		break;
	}
	return wrong(p, _("neither a section nor a key with its value"));
}

enum err
calendar_parse(
    const void *text, size_t len, struct calendar *out, struct errtext *err)
{
	struct calendar read = { 0 };
	struct parse p = { .out = &read, .err = err };
	struct plain plain = plain_begin(text, len);
	enum err rc = ERR_OK;

	if (len > CALENDAR_MAX)
		return err_set(err, ERR_LIMIT, _("larger than a calendar"));
	while (rc == ERR_OK && ini_next(&plain, &p.line))
		rc = parse_line(&p);
	if (rc != ERR_OK)
		calendar_clear(&read);
	*out = read;
	return rc;
}

const struct calendar_center *
calendar_find(const struct calendar *calendar, const char *center)
{
	size_t i;

	for (i = 0; i < calendar->count; i++)
		if (strcmp(calendar->center[i].code, center) == 0)
			return &calendar->center[i];
	return NULL;
}

bool
calendar_is_open(
    const struct calendar_center *center, int64_t day, unsigned minute)
{
	/* 1970-01-01 was a Thursday */
	unsigned weekday = (unsigned)(((day + 3) % 7 + 7) % 7);
	size_t i;

	for (i = 0; i < center->span_count; i++) {
		const struct calendar_span *span = &center->span[i];

		if (span->day == weekday && minute >= span->from &&
		    minute < span->to)
			return true;
	}
	return center->span_count == 0;
}

bool
calendar_is_holiday(const struct calendar_center *center, int64_t day)
{
	size_t i;

	for (i = 0; i < center->holiday_count; i++)
		if (center->holiday[i] == day)
			return true;
	return false;
}

void
calendar_clear(struct calendar *calendar)
{
	size_t i;

	for (i = 0; i < calendar->count; i++)
		free(calendar->center[i].holiday);
	free(calendar->center);
	*calendar = (struct calendar){ 0 };
}
