/*
 * report_parts.h - the sections of the report: inside the audit room only.
 */
#ifndef AUDIT_REPORT_PARTS_H
#define AUDIT_REPORT_PARTS_H

#include "audit/audit.h"
#include "audit/plot.h"
#include "base/html.h"

struct report {
	const struct audit *audit;
	bool public;
	struct bytes *out;
};

#define REPORT_HIDDEN 5 /* counts from 1 to below this are hidden in public */

/* report_is_hidden - must this count not be shown? */
bool report_is_hidden(const struct report *report, uint64_t count);

/*
 * A sum that hides with its parts: where one was hidden, the others alone are
 * given, as "at least".
 */
struct report_sum {
	uint64_t shown;
	bool hidden;
};
void report_sum_add(
    const struct report *report, struct report_sum *sum, uint64_t count);

/* A cell with a count, "<5" where it is hidden. */
void report_count(const struct report *report, uint64_t count);
void report_sum_cell(const struct report *report, const struct report_sum *sum);
/* The same as text, for sentences. */
void report_count_text(
    const struct report *report, uint64_t count, char out[32]);
void report_sum_text(const struct report_sum *sum, char out[64]);

/* report_letters - all letters of a center. */
struct report_sum report_letters(
    const struct report *report, const struct stats *stats);

void report_counts(const struct report *report);   /* by month and hour */
void report_people(const struct report *report);   /* by officer */
void report_keys(const struct report *report);     /* of the persons */
void report_findings(const struct report *report); /* and their meaning */
void report_sample(const struct report *report);
void report_unchecked(const struct report *report);

#endif
