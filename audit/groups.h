/*
 * groups.h - findings of one code, those that say the same taken together: a
 * page of equal lines hides the one that differs.
 */
#ifndef AUDIT_GROUPS_H
#define AUDIT_GROUPS_H

#include "audit/finding.h"

/* The same center, log and words; the first of them, and how many. */
struct group {
	const struct finding *first;
	size_t count;
};

/* Start as {0}; groups_clear(). */
struct groups {
	size_t count;
	struct group *at; /* in the order of the findings */
};

/* groups_end - behind the last finding of the code of findings->at[first];
 * findings are finished, so they are in the order of codes. */
size_t groups_end(const struct findings *findings, size_t first);

/* groups_make - of findings->at[first] up to end, of one code; false without
 * memory. */
bool groups_make(const struct findings *findings, size_t first, size_t end,
    struct groups *out);

/* groups_rest - how many of the code the groups behind the first `shown` have,
 * and those that were counted only. */
uint64_t groups_rest(
    const struct findings *findings, const struct groups *groups, size_t shown);

/* groups_text - " (12 times)" behind what was found so often; "" for once. */
#define GROUPS_TEXT_SIZE 64
void groups_text(const struct group *group, char out[GROUPS_TEXT_SIZE]);

void groups_clear(struct groups *groups);

#endif
