/*
 * absence.h - why an honest letter may be missing from a center's logs as they
 * were read: the center lost lines and says so; what stood behind the end of
 * one log is in no other; a clock that ran ahead dated the last lines, and a
 * newer copy puts it right. Filled in line by line, asked about each letter
 * that was shown and is not there.
 */
#ifndef AUDIT_ABSENCE_H
#define AUDIT_ABSENCE_H

#include "base/err.h"
#include "ledger/leap.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum absence_kind {
	ABSENCE_LOST,    /* before a restore that says LOST */
	ABSENCE_BETWEEN, /* two logs: behind the end of the earlier one */
};

/* From the last line before to the first one after; missing letters are dated
 * so. */
struct absence_span {
	enum absence_kind kind;
	int64_t from, to;
	bool again; /* the later log gives numbers of the earlier one again */
};

/* Start as {0} with since set; absence_clear(). */
struct absence {
	size_t span_count, span_cap;
	struct absence_span *span;
	struct leap leap;
	int64_t since; /* trust_center_since() */
	bool some;     /* lines were read: */
	int64_t last;  /* time of the newest */
};

/* A letter that is not there. */
struct absence_letter {
	int year;          /* of its number */
	int64_t issued_at; /* when dated */
	bool dated;        /* its own file says when it was issued */
	bool other;        /* another letter has its number, issued at: */
	int64_t other_since;
};

/*
 * absence_line - the next line, of this time.
 *
 *   first  of a log: what stands between is ABSENCE_BETWEEN
 *
 * All that add something return ERR_OK or ERR_MEMORY.
 */
enum err absence_line(
    struct absence *absence, int64_t time, bool first, struct errtext *err);

/* absence_lost - a restore says that lines from between these times were lost.
 * ERR_MEMORY. */
enum err absence_lost(
    struct absence *absence, int64_t from, int64_t to, struct errtext *err);

/* absence_again - the log being read gives numbers of an earlier one again. */
void absence_again(struct absence *absence);

/* absence_was_lost - by its date, is it of a time of which lines were lost? */
bool absence_was_lost(
    const struct absence *absence, const struct absence_letter *letter);

/* absence_is_possible - may it have stood in lines that are in no log? Without
 * a date all of its number's year counts. */
bool absence_is_possible(
    const struct absence *absence, const struct absence_letter *letter);

/* absence_may_follow - may it still come, in lines after the newest, though
 * these are dated later (ledger/leap.h)? */
bool absence_may_follow(
    const struct absence *absence, const struct absence_letter *letter);

void absence_clear(struct absence *absence);

#endif
