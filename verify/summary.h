/*
 * summary.h - what stays on a screen of 24 lines when the rest has scrolled
 * away. Of one result: verdict word, reason codes, names and birth date, as
 * the last lines. Of several: a table with a row each, what is not green
 * first (last in a table that is longer than the screen), and how many of each
 * verdict there are.
 */
#ifndef VERIFY_SUMMARY_H
#define VERIFY_SUMMARY_H

#include "base/bytes.h"
#include "verify/verdict.h"
#include "verify/visit.h"

struct judge;
struct judged;
struct display;
struct summary_row {
	struct verdict_result result;
	enum visit visit;
	struct bytes label; /* what was shown */
	struct bytes name;  /* surnames, given names; or the number, or "" */
	struct bytes here, elsewhere; /* when it was shown before, or "" */
	struct bytes birth;           /* "Birth date: ...", or "" */
	struct bytes told;            /* in place of a reason's words, or "" */
	struct bytes proof;           /* against a typed number, or "" */
	struct bytes dependants;      /* "Dependants: 12", or "" */
	struct bytes hotline; /* "Telephone of the center: ...", or "" */
	const char *answer;   /* about a typed number, or NULL */
	const char
	    *means[REASON_COUNT]; /* each reason's sentence; NULL: told */
	bool further;             /* stands behind its letter, not before it */
};

/* Start as {0}. */
struct summary {
	size_t count, cap;
	struct summary_row *row; /* owned, in the order in which they came */
	bool failed;             /* memory ran out: rows are missing */
};

/* summary_add - remember a result. */
void summary_add(struct summary *summary, const struct display *display,
    const struct judge *judge, const struct judged *judged);

/* summary_print - nothing, the last lines or the table. */
void summary_print(const struct summary *summary, const struct display *display,
    const struct judge *judge);

/* summary_wipe - forget everything: names are in it. */
void summary_wipe(struct summary *summary);

#endif
