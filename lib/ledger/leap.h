/*
 * leap.h - may a letter still come, in lines after the newest of a center's
 * log, though these are dated later than the letter?
 *
 * Only where they were dated by a clock that ran ahead, and was put right
 * behind them. It was set ahead between two lines, the first of which bears a
 * true date, by no more than lies between the two; so far at most may the log
 * seem to go on after the letter. A weekend is a leap of three days, a holiday
 * one of two weeks: so much later is an absent letter told from one to come.
 *
 * The longest leap says all. One that begins after the letter is shorter than
 * what the log goes on after it; if the longest is such a one, no other is
 * long enough.
 *
 * What is dated before the root heard the center's persons is by no clock.
 *
 * Not told: a clock that was set ahead twice, by dates of different leaps.
 */
#ifndef LEDGER_LEAP_H
#define LEDGER_LEAP_H

#include <stdbool.h>
#include <stdint.h>

/* The longest, from the time of a line to that of the next one. Start as {0}:
 * none. */
struct leap {
	int64_t from, to;
};

/*
 * leap_line - the next line, of any generation.
 *
 *   since   trust_center_since(): no leap begins earlier
 *   before  time of the line before it
 *   time    its own; earlier than before: it puts a clock right, and leaps to
 *           later times were none
 */
void leap_line(struct leap *leap, int64_t since, int64_t before, int64_t time);

/*
 * leap_explains - may a letter of this time still come, after the line of the
 * time `last`, the newest? False when it is not later at all, or by minutes,
 * which nobody puts right. The caller knows that its number is none that the
 * log gave: numbers only count up.
 */
bool leap_explains(const struct leap *leap, int64_t issued_at, int64_t last);

#endif
