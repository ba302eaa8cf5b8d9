/*
 * reason.h - why a letter was withdrawn: the words that --reason takes and the
 * register keeps, what they mean, and what to do about paper and person.
 *
 * The log says only whether it was fraud: why else a letter was withdrawn may
 * tell on a person, and stays in the register.
 */
#ifndef ISSUE_REASON_H
#define ISSUE_REASON_H

#include "base/word.h"

#include <stdbool.h>
#include <stddef.h>

struct reason {
	const struct word *word; /* of reason_words[] */
	bool fraud;
	const char *next; /* message id: sentences */
};

/* In the order in which they are told; {0} ends them. */
#define REASON_COUNT 9
extern const struct word reason_words[REASON_COUNT + 1];

/* reason_find - by its name; NULL. */
const struct reason *reason_find(const char *name);

/* reason_meaning - in the screen's language, also of the two words that a log
 * has; NULL for any other. */
const char *reason_meaning(const char *name);

#endif
