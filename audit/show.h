/*
 * show.h - the findings of an audit for people and for programs, on standard
 * output.
 */
#ifndef AUDIT_SHOW_H
#define AUDIT_SHOW_H

#include "audit/audit.h"
#include "cli/cli.h"

/* show_verdict - the audit in one sentence, translated. */
void show_verdict(const struct audit *audit, struct errtext *out);

/* What all centers together have. */
struct show_totals {
	size_t centers, logs;
	uint64_t lines, letters;
	int64_t first, last; /* times; 0: no line */
};
/* show_totals - add them up, over all centers. */
void show_totals(const struct audit *audit, struct show_totals *out);

/*
 * show_text - the verdict, then proofs, questions, notes, each under what it
 * means, then what was not checked, whose key signed how many lines, and the
 * verdict again. What says the same is one line; of a code ten lines, or all.
 */
void show_text(const struct audit *audit, bool all);

/* show_json - a line a finding; the keys are a contract (docs/audit.md). */
void show_json(const struct audit *audit);

/* show_missing_text - where nothing was given that posts were shown: what was
 * not looked for, and the option that does; else NULL. show_missing - the same
 * to standard output. */
const char *show_missing_text(const struct audit *audit);
void show_missing(const struct audit *audit);

#endif
