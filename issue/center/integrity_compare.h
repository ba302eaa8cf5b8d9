/*
 * integrity_compare.h - do the log and the register's letters say the same?
 * Part of integrity_log.h, once all lines were read.
 */
#ifndef ISSUE_CENTER_INTEGRITY_COMPARE_H
#define ISSUE_CENTER_INTEGRITY_COMPARE_H

#include "issue/center/center.h"
#include "ledger/letters.h"

/* Borrowed. */
struct integrity_sides {
	struct center *center;
	struct letters *letters; /* as the lines say */
	bool unfounded; /* who may act is not known: nor who was void */
	/* as in integrity.h */
	void (*find)(void *arg, const char *about, const char *text);
	void *arg;
};

/*
 * integrity_compare - each letter with its line, each letter's line with its
 * letter.
 *
 *   newest  the log's newest generation
 *
 * ERR_OK, whatever was found; ERR_MEMORY, the store's.
 */
enum err integrity_compare(
    const struct integrity_sides *sides, unsigned newest, struct errtext *err);

#endif
