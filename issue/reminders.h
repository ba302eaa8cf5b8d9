/*
 * reminders.h - what is not wrong, but waits to be done: a clock that is
 * suspected, a list that ages or is not there, persons without a passphrase of
 * their own, a backup that is missing, lines that nobody carried away, drafts
 * that wait, a certificate near its end, and what was refused or changed since
 * somebody last looked.
 */
#ifndef ISSUE_REMINDERS_H
#define ISSUE_REMINDERS_H

#include "issue/center/center.h"

#define REMINDERS_BACKUP_DAYS 7 /* without a backup */

/* The word is for --json; sello-issue(1) has them all. */
struct reminder {
	const char *word; /* "clock", "list", "passphrases", "backup",
			   * "unpublished", "drafts", "unsigned",
			   * "certificate", "event" */
	const char *text; /* translated: a sentence or two */
	int64_t count;    /* how many; 0: it is no matter of counting */
	int64_t since;    /* 0: of no time */
	int64_t until;    /* 0: of no end */
	/* of events alone: what happened (register_event()), and who did it */
	const char *kind, *person;
};

/*
 * reminders_each - in the order above.
 *
 *   tell  its reminder lives until it returns
 *
 * The register's errors.
 */
enum err reminders_each(struct center *center, int64_t now,
    void (*tell)(void *arg, const struct reminder *reminder), void *arg,
    struct errtext *err);

/* reminders_last - when the newest backup was made and when the log was carried
 * away last; 0: never. */
enum err reminders_last(struct center *center, int64_t *backup,
    int64_t *published, struct errtext *err);

/* reminders_looked - somebody saw them: events from now on are new. */
void reminders_looked(struct center *center, int64_t now);

/* reminders_published - a generation of the log was carried away up to here. */
void reminders_published(
    struct center *center, int64_t now, unsigned generation, uint64_t size);

#endif
