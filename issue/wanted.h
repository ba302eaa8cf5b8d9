/*
 * wanted.h - which letters or drafts a list has, and in which order: for `list`
 * and for the lists of the staff desk's pages.
 */
#ifndef ISSUE_WANTED_H
#define ISSUE_WANTED_H

#include "issue/center/center.h"
#include "issue/listing.h"

/* Start with wanted_begin(). Empty texts and NULL ask for nothing. */
struct wanted {
	enum listing_kind kind;
	const char *state, *officer;
	char consulate[16];
	int64_t from, to;     /* issued or drafted, seconds; to: behind it */
	int64_t ending;       /* valid until this day at most; -1: any */
	char appointment[11]; /* that day; "": from now on */
	char today[11];
	int64_t now;
};

/* wanted_begin - all of this kind, as of now. */
void wanted_begin(struct wanted *wanted, enum listing_kind kind, int64_t now);

/*
 * wanted_days - issued or drafted on these days, by the clock here.
 *
 *   from, to  as 2026-11-23, both included; NULL: as early, as late as there is
 *
 * false: one is no day. A `from` behind `to` leaves wanted->from >= wanted->to.
 */
bool wanted_days(struct wanted *wanted, const char *from, const char *to);

/* wanted_consulate - by its code, also in small letters; false: too long. */
bool wanted_consulate(struct wanted *wanted, const char *code);

/*
 * wanted_usable - lists by days are about letters that can still be used,
 * unless a state was asked for.
 */
void wanted_usable(struct wanted *wanted);

/* wanted_each - those, in their order. ERR_MEMORY; errors as the register's. */
enum err wanted_each(struct center *center, const struct wanted *wanted,
    listed_each *each, void *arg, struct errtext *err);

/*
 * wanted_check_consulate - of a list that came out empty: ERR_USAGE, with the
 * codes there are, where the program never had the consulate. Of one that left
 * the trust list the letters are still found.
 */
enum err wanted_check_consulate(const struct center *center,
    const struct wanted *wanted, struct errtext *err);

#endif
