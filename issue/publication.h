/*
 * publication.h - the center's log as static files in a folder or on a stick:
 * PUB/log/CENTER/GENERATION (log/publish.h).
 */
#ifndef ISSUE_PUBLICATION_H
#define ISSUE_PUBLICATION_H

#include "issue/center.h"
#include "log/publish.h"

/* publication_dir - "PUB/log/GTGUA01/1", malloc'ed; NULL without memory. */
char *publication_dir(const char *pub, const char *center, unsigned generation);

/* What became of one generation. */
struct published {
	unsigned generation;
	struct publish_report report;
	int64_t as_of; /* the center's own cosignature on the head */
};

/*
 * publication_write - bring PUB up to date with every generation that has
 * lines, oldest first, and remember the folder.
 *
 *   told  called for each generation that was published; never, when the
 *         center has no letter and no line yet
 *
 * ERR_CONFIG when the log is locked (issue/rollback.h), when no trust list
 * names it, or when the register has letters and the log was never opened;
 * what log_publish() returns,
 * with the folder in front.
 */
enum err publication_write(struct center *center, const char *pub, int64_t now,
    void (*told)(void *arg, const struct published *published), void *arg,
    struct errtext *err);

#endif
