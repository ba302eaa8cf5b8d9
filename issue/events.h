/*
 * events.h - what was refused, and what changed staff and keys, as people read
 * it: register_event()'s words in the screen's language, and all that the
 * register remembers of them. `check` tells what is new (issue/reminders.h).
 */
#ifndef ISSUE_EVENTS_H
#define ISSUE_EVENTS_H

#include "cli/cli.h"
#include "issue/center/center.h"

#include <stdbool.h>

/* Remembered for `check` alone: that somebody read it, and up to where the log
 * was carried away. */
#define EVENT_LOOKED    "looked"
#define EVENT_PUBLISHED "published"

/* event_words - "a wrong passphrase"; a word that is not known, as it is. */
const char *event_words(const char *kind);

/* event_is_refusal - was it tried, and not done? */
bool event_is_refusal(const char *kind);

/* events_show - all of them, the oldest first: a line each, when, who, what and
 * with which draft, key or person; with --json objects of at, kind, person and
 * subject. The register's errors. */
enum err events_show(
    struct cli *cli, const struct center *center, struct errtext *err);

#endif
