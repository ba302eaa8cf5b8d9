/*
 * letters_choice.h - what somebody chose to see of the letters, and what there
 * is to choose from: inside the desk room only.
 */
#ifndef AUDIT_DESK_LETTERS_CHOICE_H
#define AUDIT_DESK_LETTERS_CHOICE_H

#include "audit/desk/letters.h"
#include "base/clock.h"

#define LETTERS_DAYS_MAX 366 /* of a plot: a year */

/* Days since 1970-01-01, both of them in it. */
struct letters_span {
	int64_t first, last;
};

struct letters_view {
	struct bytes *out; /* set this and the next, and begin */
	const struct audit *audit;
	const struct audit_center *center; /* NULL: all */
	const struct stats_person *person; /* NULL: all */
	struct letters_span all, span;
	char period[CLOCK_DATE_SIZE]; /* "": all */
};

/* letters_choose - what the view is of: what of the choice is there, else all;
 * false: there are no letters. */
bool letters_choose(
    struct letters_view *view, const struct letters_choice *choice);

/* letters_offer - append a form with what can be chosen. */
void letters_offer(const struct letters_view *view);

#endif
