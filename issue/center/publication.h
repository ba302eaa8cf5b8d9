/*
 * publication.h - the center's log as static files in a folder or on a stick:
 * PUB/log/CENTER/GENERATION (log/publish.h).
 */
#ifndef ISSUE_CENTER_PUBLICATION_H
#define ISSUE_CENTER_PUBLICATION_H

#include "issue/center/center.h"
#include "log/publish.h"

/* What became of one generation. */
struct published {
	unsigned generation;
	struct publish_report report;
	int64_t as_of; /* the center's own cosignature on the head */
};

/* What a folder has of this center's log: its newest generation. */
struct publication_state {
	unsigned generation; /* 0: nothing of this center */
	uint64_t size;
	int64_t as_of; /* when the center signed that head; 0: not known */
};

/*
 * publication_look - read the newest head that a folder has. Nothing there,
 * or nothing of this center, is ERR_OK with generation 0; a head that is
 * there and cannot be read or is not this center's is an error.
 */
enum err publication_look(const struct center *center, const char *pub,
    struct publication_state *out, struct errtext *err);

/*
 * publication_expect - is a folder that was published to before still the one
 * that it was? ERR_NOT_FOUND (exit 66) when nothing of this center is there:
 * most likely the stick is not in, and what is written to its empty mount
 * point nobody would ever carry anywhere. A folder that was never published to
 * is fine.
 */
enum err publication_expect(
    struct center *center, const char *pub, struct errtext *err);

/*
 * publication_write - bring PUB up to date with every generation that has
 * lines, oldest first, and remember the folder.
 *
 *   told  called for each generation that was published; never, when the
 *         center has no letter and no line yet
 *
 * ERR_CONFIG when the log is locked (issue/center/rollback.h), when no trust
 * list names it, or when the register has letters and the log was never opened;
 * what log_publish() returns,
 * with the folder in front.
 */
enum err publication_write(struct center *center, const char *pub, int64_t now,
    void (*told)(void *arg, const struct published *published), void *arg,
    struct errtext *err);

#endif
