/*
 * stats.c - counting lines: stats.h.
 */
#include "audit/stats.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

#define NOBODY      UINT32_MAX
#define FIRST_SLOTS 256

/* --- who and when --------------------------------------------------------- */

static uint32_t
person_of(struct stats *s, const char *code)
{
	struct stats_person *more;
	size_t i;

	if (code[0] == '\0')
		return NOBODY;
	if (s->last_person < s->person_count &&
	    strcmp(s->person[s->last_person].code, code) == 0)
		return s->last_person;
	for (i = 0; i < s->person_count; i++)
		if (strcmp(s->person[i].code, code) == 0)
			return (uint32_t)i;
	if (s->person_count == STATS_PERSON_MAX) {
		s->full = true;
		return NOBODY;
	}
	if (!ARRAY_ROOM(s->person, s->person_count, s->person_cap)) {
		s->failed = true;
		return NOBODY;
	}
	more = &s->person[s->person_count];
	*more = (struct stats_person){ .drafted = 0 };
	text_copy(more->code, sizeof(more->code), code);
	return (uint32_t)s->person_count++;
}

static int
month_number(int64_t local)
{
	int year, month, day;

	clock_civil(local / CLOCK_DAY, &year, &month, &day);
	return year * 12 + month - 1;
}

/* The place of a month in the tables; false when it does not fit. */
static bool
month_of(struct stats *s, int64_t local, size_t *out)
{
	int number = month_number(local);
	size_t need;

	if (s->month_count == 0)
		s->first_month = number;
	/* a log that goes back in time: in the first month, and reported */
	need = number < s->first_month ? 0 : (size_t)(number - s->first_month);
	if (need >= STATS_MONTH_MAX) {
		s->full = true;
		return false;
	}
	while (need >= s->month_count) {
		if (!ARRAY_ROOM(s->month, s->month_count, s->month_cap)) {
			s->failed = true;
			return false;
		}
		s->month[s->month_count++] = (struct stats_month){ 0 };
	}
	*out = need;
	return true;
}

static void
count_month(struct stats *s, struct stats_person *person, size_t month)
{
	while (month >= person->month_count) {
		if (!ARRAY_ROOM(person->month, person->month_count,
			person->month_cap)) {
			s->failed = true;
			return;
		}
		person->month[person->month_count++] = 0;
	}
	person->month[month]++;
}

static void
count_by_day(struct stats *s, struct stats_days *days, int64_t day)
{
	if (days->count > 0 && days->at[days->count - 1].day == day) {
		days->at[days->count - 1].letters++;
		return;
	}
	if (!ARRAY_ROOM(days->at, days->count, days->cap))
		s->failed = true;
	else
		days->at[days->count++] = (struct stats_day){ (int32_t)day, 1 };
}

/* --- pairs ---------------------------------------------------------------- */

static struct stats_pair *
pair_slot(const struct stats *s, uint32_t drafter, uint32_t approver)
{
	size_t i =
	    ((size_t)drafter * 2654435761u + approver * 40503u) % s->pair_slots;

	while (s->pair[i].drafter != 0 &&
	    (s->pair[i].drafter != drafter || s->pair[i].approver != approver))
		i = (i + 1) % s->pair_slots;
	return &s->pair[i];
}

static bool
more_pairs(struct stats *s)
{
	size_t slots = s->pair_slots == 0 ? FIRST_SLOTS : s->pair_slots * 2;
	struct stats_pair *old = s->pair;
	size_t old_slots = s->pair_slots, i;

	if ((s->pair = calloc(slots, sizeof(*s->pair))) == NULL) {
		s->pair = old;
		return false;
	}
	s->pair_slots = slots;
	for (i = 0; i < old_slots; i++)
		if (old[i].drafter != 0)
			*pair_slot(s, old[i].drafter, old[i].approver) = old[i];
	free(old);
	return true;
}

static void
count_pair(struct stats *s, uint32_t drafter, uint32_t approver)
{
	struct stats_pair *pair;

	if (s->pair_count == STATS_PAIR_MAX) {
		s->full = true;
		return;
	}
	if (s->pair_slots < (s->pair_count + 1) * 2 && !more_pairs(s)) {
		s->failed = true;
		return;
	}
	pair = pair_slot(s, drafter + 1, approver + 1);
	if (pair->drafter == 0) {
		pair->drafter = drafter + 1;
		pair->approver = approver + 1;
		s->pair_count++;
	}
	pair->count++;
}

/* --- lines ---------------------------------------------------------------- */

static void
odd(struct stats_odd *odd, const struct place *place, int64_t local)
{
	if (odd->count++ > 0)
		return;
	odd->first = (uint64_t)place->index;
	odd->generation = place->generation;
	odd->local = local;
}

/* A letter that was approved then: hours, holidays, haste. */
static void
look_at_approval(struct stats *s, struct stats_person *approver,
    const struct log_entry *e, const struct place *place, int64_t local)
{
	int64_t day = local / CLOCK_DAY;
	uint32_t value;

	if (entry_reason_value(e, &value) == 'V') {
		approver->timed++;
		if (value < STATS_FAST)
			odd(&approver->fast, place, local);
	}
	if (s->calendar == NULL || s->zone == NULL)
		return;
	if (calendar_is_holiday(s->calendar, day))
		odd(&approver->holiday, place, local);
	else if (!calendar_is_open(
		     s->calendar, day, (unsigned)(local % CLOCK_DAY / 60)))
		odd(&approver->outside, place, local);
}

/* A day with letters counts as open when letters of another day follow and no
 * `close` came in between. */
static void
count_day(struct stats *s, int64_t day)
{
	if (s->day_begun && s->day == day)
		return;
	if (s->day_begun && !s->day_closed)
		s->days_open++;
	s->day_begun = true;
	s->day_closed = false;
	s->day = day;
	s->days++;
}

static void
add_letter(struct stats *s, const struct log_entry *e,
    const struct place *place, int64_t local)
{
	uint32_t drafter = person_of(s, e->officer);
	uint32_t approver = person_of(s, e->approver);
	unsigned hour = (unsigned)(local % CLOCK_DAY / 3600);
	size_t month;
	bool dated = month_of(s, local, &month);

	s->letters++;
	s->hour[hour]++;
	count_day(s, local / CLOCK_DAY);
	count_by_day(s, &s->by_day, local / CLOCK_DAY);
	if (dated && e->kind == ENTRY_CORRECT)
		s->month[month].corrected++;
	else if (dated)
		s->month[month].issued++;
	if (drafter == NOBODY || approver == NOBODY)
		return;
	count_pair(s, drafter, approver);
	s->person[drafter].drafted++;
	s->person[drafter].corrections += e->kind == ENTRY_CORRECT;
	s->person[drafter].hour[hour]++;
	s->person[approver].approved++;
	s->person[approver].hour[hour]++;
	count_by_day(s, &s->person[drafter].by_day, local / CLOCK_DAY);
	count_by_day(s, &s->person[approver].by_day, local / CLOCK_DAY);
	if (dated) {
		count_month(s, &s->person[drafter], month);
		count_month(s, &s->person[approver], month);
	}
	s->last_person = drafter;
	look_at_approval(s, &s->person[approver], e, place, local);
}

static void
add_change(struct stats *s, const struct log_entry *e,
    const struct place *place, int64_t local)
{
	uint32_t who = person_of(s, e->officer);
	bool fraud = strcmp(e->reason, "FRAUD") == 0;
	size_t month;

	if (month_of(s, local, &month)) {
		s->month[month].reprints += e->kind == ENTRY_REPRINT;
		s->month[month].withdrawn +=
		    e->kind == ENTRY_WITHDRAW && !fraud;
		s->month[month].fraud += e->kind == ENTRY_WITHDRAW && fraud;
	}
	if (who != NOBODY) {
		s->person[who].reprints += e->kind == ENTRY_REPRINT;
		s->person[who].withdrawals += e->kind == ENTRY_WITHDRAW;
	}
	/* once a letter, at the first copy that is too many */
	if (e->kind == ENTRY_REPRINT && entry_ref_value(e) == s->copies + 2)
		findings_add(s->findings, FINDING_REPRINTS, place,
		    _("%s was printed again more than %u times"), e->number,
		    s->copies);
}

void
stats_add(
    struct stats *stats, const struct log_entry *e, const struct place *place)
{
	int64_t local = zone_local(stats->zone, e->time);

	if (stats->lines++ == 0)
		stats->first_time = e->time;
	stats->last_time = e->time;
	switch (e->kind) {
	case ENTRY_ISSUE:
	case ENTRY_CORRECT:
		add_letter(stats, e, place, local);
		break;
	case ENTRY_WITHDRAW:
	case ENTRY_REPRINT:
		add_change(stats, e, place, local);
		break;
	case ENTRY_CLOSE:
		stats->day_closed = true;
		break;
	case ENTRY_OPEN:
	case ENTRY_STAFF:
	case ENTRY_RESTORE:
	case ENTRY_CLOCK:
		break;
	}
}

void
stats_clear(struct stats *stats)
{
	size_t i;

	for (i = 0; i < stats->person_count; i++) {
		free(stats->person[i].month);
		free(stats->person[i].by_day.at);
	}
	free(stats->person);
	free(stats->month);
	free(stats->by_day.at);
	free(stats->pair);
	zone_free(&stats->zone);
	*stats = (struct stats){ .lines = 0 };
}
