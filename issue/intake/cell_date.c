/*
 * cell_date.c - cell_date.h.
 */
#include "issue/intake/cell_date.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "letter/date.h"

#include <string.h>

#define PARTS_MAX     8
#define DAY_ZERO      (-25569) /* 1899-12-30, from which spreadsheets count */
#define DAY_COUNT_MAX 73415    /* 2100-12-31 */
#define DAY_DIGITS    5
#define WORD_SIZE     24

/* Numbers and words of a text, in their order. */
struct part {
	char word[WORD_SIZE]; /* folded; "" for a number */
	int value;
	size_t digits;
};

struct parts {
	struct part at[PARTS_MAX];
	size_t count;
};

/* A date taken apart; -1 where there is nothing. */
struct found {
	enum cell_shape shape;
	int day, month, year;
	int first, second; /* CELL_NUMBERS: day and month in either order */
	size_t year_digits;
};

/* Bytes of what stands between the parts of a date, also the dashes and spaces
 * that a spreadsheet puts there by itself; 0 when there is none. */
static size_t
mark_at(const char *text)
{
	static const char *const marks[] = { " ", "/", ".", "-", ",", "\u00a0",
		"\u2010", "\u2011", "\u2012", "\u2013", "\u202f", "\u2212" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

/* Bytes of the ending of "1er", "1º" and "14th". */
static size_t
ordinal_at(const char *text)
{
	static const char *const endings[] = { "er", "\u00ba", "\u00b0", "st",
		"nd", "rd", "th" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strncmp(text, endings[i], strlen(endings[i])) == 0)
			return strlen(endings[i]);
	return 0;
}

/* Where a time of day begins ("00:00:00", "T00:00"), or the end. */
static size_t
time_at(const char *text)
{
	size_t at = strcspn(text, ":");

	if (text[at] == '\0')
		return at;
	while (at > 0 && ascii_is_digit(text[at - 1]))
		at--;
	if (at > 0 && strchr(" Tt", text[at - 1]) != NULL)
		return at - 1;
	return strlen(text);
}

static bool
parse_part(const char **text, const char *end, struct part *out)
{
	const char *start = *text;
	struct bytes folded = { 0 };
	bool good;

	*out = (struct part){ 0 };
	while (*text < end && ascii_is_digit(**text) &&
	    out->digits <= DAY_DIGITS) {
		out->value = 10 * out->value + (**text - '0');
		out->digits++;
		(*text)++;
	}
	if (out->digits > 0 && out->digits <= 2)
		*text += ordinal_at(*text);
	if (out->digits > 0)
		return out->digits <= DAY_DIGITS &&
		    (*text == end || mark_at(*text) > 0);
	while (*text < end && mark_at(*text) == 0 && !ascii_is_digit(**text))
		(*text)++;
	utf8_fold(start, (size_t)(*text - start), false, &folded);
	good = !folded.failed && folded.len > 0 && folded.len < WORD_SIZE;
	if (good)
		memcpy(out->word, folded.at, folded.len + 1);
	bytes_wipe(&folded);
	return good;
}

static bool
is_filler(const char *word)
{
	static const char *const fillers[] = { "de", "del", "of", "the", "le" };

	for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
		if (strcmp(word, fillers[i]) == 0)
			return true;
	return false;
}

/* False when this cannot be a date: other signs, long numbers. */
static bool
parse_parts(const char *text, struct parts *out)
{
	const char *end = text + time_at(text);

	out->count = 0;
	while (text < end) {
		struct part *part = &out->at[out->count];
		size_t mark = mark_at(text);

		if (mark > 0) {
			text += mark;
			continue;
		}
		if (out->count == PARTS_MAX || !parse_part(&text, end, part))
			return false;
		out->count += !is_filler(part->word);
	}
	/* a weekday: "jueves, 14 de marzo de 1991" */
	if (out->count == 4 && out->at[0].word[0] != '\0')
		memmove(
		    out->at, out->at + 1, --out->count * sizeof(out->at[0]));
	return true;
}

static void
set_year(struct found *f, const struct part *part)
{
	f->year = part->value;
	f->year_digits = part->digits;
}

static bool
is_year(const struct part *part)
{
	return part->digits == 4 || part->digits == 2;
}

static bool
is_short(const struct part *part)
{
	return part->digits == 1 || part->digits == 2;
}

/* 33311, or 33311.0 as programs write it that take it for a number */
static bool
is_day_count(const struct part *p, size_t count)
{
	return p[0].digits == DAY_DIGITS && p[0].value <= DAY_COUNT_MAX &&
	    (count == 1 || (count == 2 && p[1].value == 0 && is_short(&p[1])));
}

/* 14/03/1991, 1991/3/14, 03/1991 */
static void
of_numbers(const struct part *p, size_t count, struct found *f)
{
	if (count == 3 && p[0].digits == 4 && is_short(&p[1]) &&
	    is_short(&p[2])) {
		f->shape = CELL_YEAR_HEAD;
		set_year(f, &p[0]);
		f->month = p[1].value;
		f->day = p[2].value;
	} else if (count == 3 && is_short(&p[0]) && is_short(&p[1]) &&
	    is_year(&p[2])) {
		f->shape = CELL_NUMBERS;
		f->first = p[0].value;
		f->second = p[1].value;
		set_year(f, &p[2]);
	} else if (count == 2 && is_short(&p[0]) && p[1].digits == 4) {
		f->shape = CELL_YEAR_HEAD;
		f->month = p[0].value;
		set_year(f, &p[1]);
	} else if (count == 2 && is_short(&p[1]) && p[0].digits == 4) {
		f->shape = CELL_YEAR_HEAD;
		f->month = p[1].value;
		set_year(f, &p[0]);
	} else if (is_day_count(p, count)) {
		f->shape = CELL_DAY_COUNT;
		f->day = p[0].value;
	}
}

/* The numbers around a month's name; mar-91 has no day, 14-mar no year. */
static void
of_month(const struct part *p, size_t count, size_t at, struct found *f)
{
	const struct part *a = &p[at == 0 ? 1 : 0];
	const struct part *b = &p[at == 2 ? 1 : 2];

	if (count == 3 && is_short(a) && is_year(b)) {
		f->day = a->value;
		set_year(f, b);
	} else if (count == 3 && a->digits == 4 && is_short(b)) {
		f->day = b->value;
		set_year(f, a);
	} else if (count == 2 && (at == 0 ? is_year(a) : a->digits == 4))
		set_year(f, a);
	else if (count == 2 && is_short(a))
		f->day = a->value;
	else
		f->shape = CELL_NO_DATE;
}

static bool
could_be(int day, int month)
{
	return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* Numbers of documents have such marks too: 12-34-5678 is no date. */
static bool
is_plausible(const struct found *f)
{
	if (f->shape == CELL_NUMBERS)
		return could_be(f->first, f->second) ||
		    could_be(f->second, f->first);
	if (f->shape == CELL_DAY_COUNT)
		return true;
	return could_be(f->day < 0 ? 1 : f->day, f->month) &&
	    (f->year_digits != 4 || (f->year >= 1800 && f->year < 2200));
}

static void
split(const char *text, struct found *f)
{
	struct parts parts;
	size_t words = 0, at = 0;

	*f = (struct found){ CELL_NO_DATE, -1, -1, -1, -1, -1, 0 };
	if (!parse_parts(text, &parts) || parts.count == 0 || parts.count > 3)
		return;
	for (size_t i = 0; i < parts.count; i++)
		if (parts.at[i].word[0] != '\0') {
			words++;
			at = i;
		}
	if (words == 0)
		of_numbers(parts.at, parts.count, f);
	else if (words == 1 && parts.count > 1) {
		f->month = date_month_named(i18n_language(), parts.at[at].word);
		f->shape = f->month > 0 ? CELL_MONTH : CELL_NO_DATE;
		if (f->month > 0)
			of_month(parts.at, parts.count, at, f);
	}
	if (f->shape != CELL_NO_DATE && !is_plausible(f))
		f->shape = CELL_NO_DATE;
}

/* '91 as a year: one that fits, or none when two do. */
static bool
full_year(const struct found *f, bool birth, int64_t today, int *year)
{
	int now, month, day;

	*year = f->year;
	if (f->year_digits == 4)
		return true;
	*year = 2000 + f->year;
	if (!birth)
		return true;
	clock_civil(today, &now, &month, &day);
	if (*year <= now)
		return false;
	*year -= 100;
	return true;
}

static enum cell_result
from_parts(struct found *f, bool birth, int64_t today, char out[CELL_DATE_SIZE])
{
	int64_t days;
	int year;

	if (f->year < 0 || (f->day < 0 && !birth))
		return CELL_PARTIAL;
	if (!full_year(f, birth, today, &year))
		return CELL_CENTURY;
	if (!clock_days(year, f->month, f->day < 0 ? 1 : f->day, &days) ||
	    !clock_format_date(days, out))
		return CELL_IMPOSSIBLE;
	if (f->day < 0)
		out[strlen("YYYY-MM")] = '\0';
	return CELL_READ;
}

/* Nothing is read anew that has the form of the letter. */
static bool
is_canonical(const char *text)
{
	struct birth_date birth;
	int64_t days;

	return date_parse_birth(text, &birth) || clock_parse_date(text, &days);
}

/* 1991-02-30 is no date of a spreadsheet, but one that does not exist. */
static bool
has_iso_form(const char *text)
{
	static const char form[] = "9999-99-99";

	if (strlen(text) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == '9' ? !ascii_is_digit(text[i])
				   : text[i] != form[i])
			return false;
	return true;
}

enum cell_result
cell_date_read(const char *text, enum date_order order, bool birth,
    int64_t today, enum cell_shape *shape, char out[CELL_DATE_SIZE])
{
	struct found f;

	*shape = CELL_NO_DATE;
	if (is_canonical(text) || has_iso_form(text))
		return CELL_READ;
	split(text, &f);
	if ((*shape = f.shape) == CELL_NO_DATE)
		return CELL_READ;
	if (order == DATE_ORDER_NONE)
		return CELL_NOT_ASKED;
	if (f.shape == CELL_DAY_COUNT)
		return clock_format_date(DAY_ZERO + f.day, out)
		    ? CELL_READ
		    : CELL_IMPOSSIBLE;
	if (f.shape == CELL_NUMBERS) {
		f.day = order == DATE_ORDER_DMY ? f.first : f.second;
		f.month = order == DATE_ORDER_DMY ? f.second : f.first;
		if (!could_be(f.day, f.month))
			return CELL_IMPOSSIBLE;
	}
	return from_parts(&f, birth, today, out);
}

bool
cell_date_is(const char *text)
{
	struct found f;

	if (is_canonical(text))
		return true;
	split(text, &f);
	return f.shape != CELL_NO_DATE;
}
