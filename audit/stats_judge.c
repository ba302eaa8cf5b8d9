/*
 * stats_judge.c - the questions that counts raise: stats.h.
 */
#include "audit/stats.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>

/* --- one person ----------------------------------------------------------- */

static void
wall_clock(int64_t local, char out[32])
{
	char text[CLOCK_INSTANT_SIZE] = "";

	clock_format(local, text);
	snprintf(out, 32, "%.10s %.5s", text, text + 11);
}

static struct place
first_of(const struct stats_odd *odd, const char *center)
{
	return (struct place){ .center = center,
		.generation = odd->generation,
		.index = (int64_t)odd->first };
}

static void
judge_times(struct stats *s, const struct stats_person *p, const char *center)
{
	struct place place;
	char when[32];

	if (p->fast.count > 0) {
		place = first_of(&p->fast, center);
		findings_add(s->findings, FINDING_FAST, &place,
		    _("%s approved %u of %s one by one in under %d seconds "
		      "each (%u %%), the first in line %llu"),
		    p->code, p->fast.count, COUNTED(LETTERS, p->timed),
		    STATS_FAST,
		    (unsigned)((uint64_t)p->fast.count * 100 / p->timed),
		    (unsigned long long)p->fast.first);
	}
	if (p->outside.count > 0) {
		place = first_of(&p->outside, center);
		wall_clock(p->outside.local, when);
		findings_add(s->findings, FINDING_HOURS, &place,
		    _("%s approved %s outside opening hours, the first at "
		      "%s local time in line %llu"),
		    p->code, COUNTED(LETTERS, p->outside.count), when,
		    (unsigned long long)p->outside.first);
	}
	if (p->holiday.count > 0) {
		place = first_of(&p->holiday, center);
		wall_clock(p->holiday.local, when);
		findings_add(s->findings, FINDING_HOLIDAY, &place,
		    _("%s approved %s on holidays, the first at %s local "
		      "time in line %llu"),
		    p->code, COUNTED(LETTERS, p->holiday.count), when,
		    (unsigned long long)p->holiday.first);
	}
}

/* --- persons against one another ------------------------------------------ */

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts values. */
static double
median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), by_value);
	return count % 2 == 1 ? values[count / 2]
			      : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static double
distance(double a, double b)
{
	return a > b ? a - b : b - a;
}

double
stats_robust_z(const double *values, size_t count, double value)
{
	double *copy = calloc(count + 1, sizeof(*copy));
	double middle, mad, mean = 0, z = 0;
	size_t i;

	if (copy == NULL || count == 0) {
		free(copy);
		return 0;
	}
	for (i = 0; i < count; i++)
		copy[i] = values[i];
	middle = median(copy, count);
	for (i = 0; i < count; i++) {
		copy[i] = distance(values[i], middle);
		mean += copy[i] / (double)count;
	}
	mad = median(copy, count);
	/* where all work alike, a handful more is far away and means nothing */
	if (distance(value, middle) < STATS_AWAY ||
	    distance(value, middle) < middle * STATS_AWAY_SHARE)
		z = 0;
	else if (mad > 0)
		z = 0.6745 * (value - middle) / mad;
	else
		z = (value - middle) / (1.2533 * mean);
	free(copy);
	return z;
}

enum metric {
	METRIC_DRAFTED,
	METRIC_APPROVED,
	METRIC_CORRECTIONS,
	METRIC_REPRINTS,
	METRIC_WITHDRAWALS,
};
#define METRIC_COUNT 5

static const char *const metric_names[METRIC_COUNT] = {
	N_("letters drafted"),
	N_("letters approved"),
	N_("corrections drafted"),
	N_("copies printed"),
	N_("letters withdrawn"),
};

/* False: the person does no work of this kind, or too little to compare. */
static bool
measure(const struct stats_person *p, enum metric metric, double *out)
{
	switch (metric) {
	case METRIC_DRAFTED:
		*out = p->drafted;
		return p->drafted >= STATS_LEAST;
	case METRIC_APPROVED:
		*out = p->approved;
		return p->approved >= STATS_LEAST;
	case METRIC_CORRECTIONS:
		*out = p->corrections;
		return p->drafted >= STATS_LEAST;
	/* drafters cannot do these alone */
	case METRIC_REPRINTS:
		*out = p->reprints;
		return p->approved >= STATS_LEAST;
	case METRIC_WITHDRAWALS:
		*out = p->withdrawals;
		return p->approved >= STATS_LEAST;
	}
	return false;
}

static void
judge_metric(struct stats *s, enum metric metric, const char *center)
{
	const struct place place = { .center = center, .index = -1 };
	double *values = calloc(s->person_count + 1, sizeof(*values));
	double value, z;
	size_t i, count = 0;

	if (values == NULL) {
		s->failed = true;
		return;
	}
	for (i = 0; i < s->person_count; i++)
		if (measure(&s->person[i], metric, &value))
			values[count++] = value;
	for (i = 0; count >= STATS_PEOPLE && i < s->person_count; i++) {
		if (!measure(&s->person[i], metric, &value))
			continue;
		z = stats_robust_z(values, count, value);
		if (z > STATS_Z || z < -STATS_Z)
			findings_add(s->findings, FINDING_OUTLIER, &place,
			    _("%s: %s %.0f; robust z %.1f among %zu persons"),
			    s->person[i].code, _(metric_names[metric]), value,
			    z, count);
	}
	free(values);
}

/* --- pairs ---------------------------------------------------------------- */

static void
judge_pairs(struct stats *s, const char *center)
{
	const struct place place = { .center = center, .index = -1 };
	size_t i, drafters = 0, approvers = 0;

	for (i = 0; i < s->person_count; i++) {
		drafters += s->person[i].drafted > 0;
		approvers += s->person[i].approved > 0;
	}
	if (drafters < 2 || approvers < 2)
		return; /* they have no choice */
	for (i = 0; i < s->pair_slots; i++) {
		const struct stats_pair *pair = &s->pair[i];
		const struct stats_person *drafter, *approver;

		if (pair->drafter == 0 || pair->count < STATS_PAIR_LEAST)
			continue;
		drafter = &s->person[pair->drafter - 1];
		approver = &s->person[pair->approver - 1];
		if (pair->count == drafter->drafted &&
		    pair->count == approver->approved)
			findings_add(s->findings, FINDING_PAIR, &place,
			    _("%s and %s: all their %u letters are each "
			      "other's"),
			    drafter->code, approver->code, pair->count);
	}
}

void
stats_judge(struct stats *stats, const char *center)
{
	const struct place place = { .center = center, .index = -1 };
	size_t i;
	int metric;

	for (i = 0; i < stats->person_count; i++)
		judge_times(stats, &stats->person[i], center);
	for (metric = 0; metric < METRIC_COUNT; metric++)
		judge_metric(stats, (enum metric)metric, center);
	judge_pairs(stats, center);
	for (i = 0; i < stats->month_count; i++) {
		stats->total.issued += stats->month[i].issued;
		stats->total.corrected += stats->month[i].corrected;
		stats->total.withdrawn += stats->month[i].withdrawn;
		stats->total.fraud += stats->month[i].fraud;
		stats->total.reprints += stats->month[i].reprints;
	}
	if (stats->days_open > 0)
		findings_add(stats->findings, FINDING_DAY_OPEN, &place,
		    _("days with letters that were not closed: %u of %u"),
		    stats->days_open, stats->days);
	if (stats->full)
		findings_add(stats->findings, FINDING_UNCHECKED, &place,
		    _("more persons, pairs or months than can be counted: the "
		      "counts are not complete"));
}
