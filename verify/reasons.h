/*
 * reasons.h - what is said to people of a reason. The table's own sentence
 * (verify/verdict.h) must fit every case; where the case is known, the one that
 * fits it alone is said. Codes and JSON stay as they are.
 */
#ifndef VERIFY_REASONS_H
#define VERIFY_REASONS_H

#include "verify/judge.h"

/* reasons_state - what became of a letter, by the log: a sentence to be
 * translated. */
const char *reasons_state(enum history_state state);

/* reasons_means - what it means: a sentence to be translated. */
const char *reasons_means(const struct judged *judged, enum reason reason);

/* reasons_next - what to do: a sentence to be translated, or "". */
const char *reasons_next(const struct judged *judged, enum reason reason);

/* reasons_is_told - does judged->detail say this reason better than both? */
bool reasons_is_told(const struct judged *judged, enum reason reason);

/* reasons_detail - judged->detail as a sentence with its capital and its full
 * stop, appended to out; nothing where there is none. */
void reasons_detail(const struct judged *judged, struct bytes *out);

#endif
