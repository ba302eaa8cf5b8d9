/*
 * absence.c - letters that are in no log, honestly: absence.h.
 */
#include "audit/absence.h"

#include "base/array.h"
#include "base/clock.h"

#include <stdlib.h>

static enum err
add_span(
    struct absence *a, const struct absence_span *span, struct errtext *err)
{
	if (!ARRAY_ROOM(a->span, a->span_count, a->span_cap))
		return err_memory(err);
	a->span[a->span_count++] = *span;
	return ERR_OK;
}

/* Where time went back behind an end, what is missing may be of any time. */
static enum err
add_between(struct absence *a, int64_t time, struct errtext *err)
{
	const struct absence_span span = { .kind = ABSENCE_BETWEEN,
		.from = time < a->last ? INT64_MIN : a->last,
		.to = time };

	return add_span(a, &span, err);
}

enum err
absence_line(struct absence *a, int64_t time, bool first, struct errtext *err)
{
	enum err rc = ERR_OK;

	if (a->some)
		leap_line(&a->leap, a->since, a->last, time);
	if (first && a->some)
		rc = add_between(a, time, err);
	a->some = true;
	a->last = time;
	return rc;
}

enum err
absence_lost(struct absence *a, int64_t from, int64_t to, struct errtext *err)
{
	const struct absence_span span = {
		.kind = ABSENCE_LOST, .from = from, .to = to
	};

	return add_span(a, &span, err);
}

void
absence_again(struct absence *a)
{
	size_t i = a->span_count;

	while (i-- > 0)
		if (a->span[i].kind == ABSENCE_BETWEEN) {
			a->span[i].again = true;
			return;
		}
}

/* A number that somebody else has was given again after the span, or it was
 * taken when the letter was made. */
static bool
leaves_number(
    const struct absence_span *span, const struct absence_letter *letter)
{
	return !letter->other ||
	    (letter->other_since >= span->to &&
		(span->kind == ABSENCE_LOST || span->again));
}

static bool
covers_date(const struct absence_span *span, int64_t at)
{
	return at >= span->from && at <= span->to;
}

static bool
covers_year(const struct absence_span *span, int year)
{
	return year <= clock_year(span->to) &&
	    (span->from == INT64_MIN || year >= clock_year(span->from));
}

bool
absence_was_lost(const struct absence *a, const struct absence_letter *letter)
{
	size_t i;

	for (i = 0; i < a->span_count; i++)
		if (a->span[i].kind == ABSENCE_LOST &&
		    covers_date(&a->span[i], letter->issued_at) &&
		    leaves_number(&a->span[i], letter))
			return true;
	return false;
}

bool
absence_is_possible(
    const struct absence *a, const struct absence_letter *letter)
{
	size_t i;

	for (i = 0; i < a->span_count; i++)
		if ((letter->dated ? covers_date(&a->span[i], letter->issued_at)
				   : covers_year(&a->span[i], letter->year)) &&
		    leaves_number(&a->span[i], letter))
			return true;
	return false;
}

/* Without a date it may be of the end of its number's year. */
bool
absence_may_follow(const struct absence *a, const struct absence_letter *letter)
{
	int64_t days = 0;

	if (letter->dated)
		return leap_explains(&a->leap, letter->issued_at, a->last);
	return clock_days(letter->year, 12, 31, &days) &&
	    leap_explains(&a->leap, (days + 1) * CLOCK_DAY - 1, a->last);
}

void
absence_clear(struct absence *a)
{
	free(a->span);
	*a = (struct absence){ .some = false };
}
