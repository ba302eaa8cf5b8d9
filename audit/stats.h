/*
 * stats.h - what a center's lines add up to: counts by month, person, hour
 * and pair, and the questions that follow from counts. Persons are pseudonyms;
 * no line names anybody else.
 *
 * Counts prove nothing: all that comes from here is a question or a note.
 */
#ifndef AUDIT_STATS_H
#define AUDIT_STATS_H

#include "audit/calendar.h"
#include "audit/finding.h"
#include "base/zone.h"
#include "log/entry.h"

#define STATS_PERSON_MAX 4096
#define STATS_MONTH_MAX  1200  /* a century */
#define STATS_PAIR_MAX   65536 /* drafter and approver together */
#define STATS_FAST       30    /* seconds */
#define STATS_PAIR_LEAST 20    /* letters of a pair that raise a question */
#define STATS_LEAST      20    /* letters of a person to be compared */
#define STATS_PEOPLE     3     /* persons to compare */
#define STATS_Z          3.5   /* robust z */
#define STATS_AWAY       5     /* a count must be so far from the median, */
#define STATS_AWAY_SHARE 0.2   /* and this part of it, to be an outlier */
#define STATS_COPIES     3     /* reprints of a letter without a question */

struct stats_month {
	uint32_t issued, corrected, withdrawn, fraud, reprints;
};

/* Letters of the days that have any, by the wall clock; in the order of the
 * lines, so a day may come twice where a clock was put right. */
struct stats_days {
	size_t count, cap;
	struct stats_day {
		int32_t day; /* since 1970-01-01 */
		uint32_t letters;
	} * at;
};

/* Lines of one person that raise the same question. */
struct stats_odd {
	uint32_t count;
	uint64_t first; /* index; of `generation` */
	unsigned generation;
	int64_t local; /* of the first, wall clock */
};

struct stats_person {
	char code[ENTRY_PERSON_SIZE];
	uint32_t drafted, approved; /* letters */
	uint32_t corrections;       /* of the drafted */
	uint32_t reprints, withdrawals;
	uint32_t timed; /* approved one by one */
	struct stats_odd fast, outside, holiday;
	uint32_t hour[24];
	size_t month_count, month_cap;
	uint32_t *month;          /* letters drafted or approved */
	struct stats_days by_day; /* the same */
};

struct stats_pair {
	uint32_t drafter, approver; /* places in person, + 1; 0: free */
	uint32_t count;
};

/* Start as {0} and set the first four; stats_clear(). */
struct stats {
	struct zone *zone; /* stats_clear() closes it; NULL: UTC */
	const struct calendar_center *calendar; /* NULL: none */
	unsigned copies; /* reprints of a letter without a question */
	struct findings *findings;

	uint64_t lines, letters;
	struct stats_month total;
	int64_t first_time, last_time;
	int first_month; /* year * 12 + month - 1 */
	size_t month_count, month_cap;
	struct stats_month *month;
	struct stats_days by_day;
	uint32_t hour[24];
	size_t person_count, person_cap;
	struct stats_person *person;
	size_t pair_count, pair_slots;
	struct stats_pair *pair;
	uint32_t last_person; /* most lines are by whom the line before was */
	/* the day, by the wall clock, of the newest letter */
	bool day_begun, day_closed;
	int64_t day;
	uint32_t days, days_open;
	bool full;   /* more people, pairs or months than fit */
	bool failed; /* out of memory */
};

/* stats_add - the next line; place says where it stands. */
void stats_add(struct stats *stats, const struct log_entry *entry,
    const struct place *place);

/* stats_judge - after the last line: the questions. */
void stats_judge(struct stats *stats, const char *center);

/*
 * stats_robust_z - how far value is from the median of count values, in
 * robust standard deviations: 0.6745 (x - median) / MAD, and where more than
 * half are equal (MAD 0), (x - median) / (1.2533 mean deviation). 0 for what
 * is less than STATS_AWAY, or than a fifth of the median, away. count up to
 * STATS_PERSON_MAX.
 */
double stats_robust_z(const double *values, size_t count, double value);

void stats_clear(struct stats *stats);

#endif
