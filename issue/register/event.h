/*
 * event.h - events in the register: what was refused, and what changed the
 * staff, in rows that a rolled back command does not take with it.
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_EVENT_H
#define ISSUE_REGISTER_EVENT_H

#include "issue/register/register.h"
#include "letter/number.h"

/*
 * register_event - one row in the event table, in a transaction of its own
 * (call it outside of one). Never fails loudly: a refusal must be told even
 * when it cannot be written down.
 *
 *   kind     a word: "refused-passphrase", "refused-role", "refused-draft"...
 *   person   pseudonym, or "" when unknown
 *   subject  draft or letter number, pseudonym, or ""; never personal data
 */
void register_event(struct registry *reg, int64_t at, const char *kind,
    const char *person, const char *subject);

/* A letter's sheet, as its file is named: NUMBER, or NUMBER-2 for a copy. */
#define EVENT_SHEET_SIZE (LETTER_NUMBER_SIZE + 12)
struct event_sheet {
	char name[EVENT_SHEET_SIZE];
	enum event_before {
		EVENT_BEFORE_PERHAPS, /* then it is looked up */
		EVENT_BEFORE_NEVER,
		EVENT_BEFORE_SURELY,
	} before; /* did it leave before? */
};

/* What register_event_sheets() writes: the first time, and each later one. */
#define EVENT_PRINTED       "sheet-printed"
#define EVENT_PRINTED_AGAIN "copy-written-again"

/* event_sheet - of a copy, which is looked up unless `before` is set. */
struct event_sheet event_sheet(const char *number, int copy);

/* register_event_sheets - these sheets leave the program, as files, to a
 * browser or to a printer: a transaction. */
enum err register_event_sheets(struct registry *reg, int64_t at,
    const char *person, const struct event_sheet *sheet, size_t count,
    struct errtext *err);

/* register_event_printed - how often a sheet left, and when last; 0: never. */
enum err register_event_printed(struct registry *reg, const char *name,
    int64_t *times, int64_t *last, struct errtext *err);

struct event {
	int64_t at;
	const char *kind, *person, *subject; /* until the next row */
};

/* register_event_each - all events, oldest first; false stops. */
enum err register_event_each(struct registry *reg,
    bool (*each)(void *arg, const struct event *event), void *arg,
    struct errtext *err);

/* register_event_last - when the newest of this kind was; 0: none. */
enum err register_event_last(
    struct registry *reg, const char *kind, int64_t *at, struct errtext *err);

/* register_event_highest - of the events of this kind whose subject is this
 * prefix and a number: the highest number, and when the newest was; 0 and 0:
 * none. */
enum err register_event_highest(struct registry *reg, const char *kind,
    const char *prefix, int64_t *number, int64_t *at, struct errtext *err);

/* Events of one kind by one person. */
struct event_sum {
	const char *kind, *person; /* until the next row */
	int64_t count;
	int64_t first, last; /* when */
};

/* register_event_sums - what happened since the newest event of the kind
 * `since`, the newest first, without events of that kind and of `but`. */
enum err register_event_sums(struct registry *reg, const char *since,
    const char *but, void (*each)(void *arg, const struct event_sum *sum),
    void *arg, struct errtext *err);

#endif
