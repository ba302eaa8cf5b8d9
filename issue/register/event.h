/*
 * event.h - events in the register: what was refused, and what changed the
 * staff, in rows that a rolled back command does not take with it.
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_EVENT_H
#define ISSUE_REGISTER_EVENT_H

#include "issue/register/register.h"

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

struct event {
	int64_t at;
	const char *kind, *person, *subject; /* until the next row */
};

/* register_event_each - all events, oldest first; false stops. */
enum err register_event_each(struct registry *reg,
    bool (*each)(void *arg, const struct event *event), void *arg,
    struct errtext *err);

#endif
