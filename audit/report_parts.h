/*
 * report_parts.h - the sections of the report, for it and for the page.
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

/*
 * A sum that hides with its parts: where one was hidden, the others alone are
 * given, as "at least".
 */
struct report_sum {
	uint64_t shown;
	bool hidden;
};
/* report_sum_add - add a count, or note that one was hidden. */
void report_sum_add(
    const struct report *report, struct report_sum *sum, uint64_t count);

/* report_count - append a cell with a count, "<5" where it is hidden;
 * report_sum_cell - one with a sum, "at least 12" where a part is. */
void report_count(const struct report *report, uint64_t count);
void report_sum_cell(const struct report *report, const struct report_sum *sum);
/* report_count_text - what report_count() says, as text for sentences. */
void report_count_text(
    const struct report *report, uint64_t count, char out[32]);

/*
 * The sections, each appended to report->out for all centers:
 *
 * report_boxes      how many of each severity, and unchecked
 * report_scope      what was audited: centers, logs, lines, letters, list
 * report_centers    a table of them
 * report_counts     letters by month and by hour of the day
 * report_people     by officer
 * report_keys       whose key signed how many lines
 * report_findings   what was found, and what it means
 * report_sample     the sample drawn: a table to be filled in by hand
 * report_unchecked  what could not be checked, and what was not looked for
 */
void report_boxes(const struct report *report);
void report_scope(const struct report *report);
void report_centers(const struct report *report);
void report_counts(const struct report *report);
void report_people(const struct report *report);
void report_keys(const struct report *report);
void report_findings(const struct report *report);
void report_sample(const struct report *report);
void report_unchecked(const struct report *report);

/* report_severity - "proof" and so on, in the language in force. */
const char *report_severity(enum severity severity);

#endif
