/*
 * groups.c - equal findings together: groups.h.
 */
#include "audit/groups.h"

#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t
groups_end(const struct findings *findings, size_t first)
{
	size_t end = first;

	while (end < findings->count &&
	    findings->at[end].code == findings->at[first].code)
		end++;
	return end;
}

static bool
says_the_same(const struct finding *a, const struct finding *b)
{
	return a->generation == b->generation &&
	    strcmp(a->center, b->center) == 0 && strcmp(a->text, b->text) == 0;
}

/* Findings are in the order of logs: what is equal is in the same log's groups,
 * which are the last ones, and no more than FINDINGS_EACH_MAX. */
static struct group *
group_of(struct groups *groups, const struct finding *f)
{
	size_t i = groups->count;

	while (i-- > 0) {
		const struct finding *first = groups->at[i].first;

		if (says_the_same(first, f))
			return &groups->at[i];
		if (strcmp(first->center, f->center) != 0)
			break;
	}
	groups->at[groups->count] = (struct group){ .first = f };
	return &groups->at[groups->count++];
}

bool
groups_make(const struct findings *findings, size_t first, size_t end,
    struct groups *out)
{
	*out = (struct groups){
		.at = calloc(end - first + 1, sizeof(*out->at)),
	};
	if (out->at == NULL)
		return false;
	for (; first < end; first++)
		if (findings->at[first].more == 0)
			group_of(out, &findings->at[first])->count++;
	return true;
}

uint64_t
groups_rest(
    const struct findings *findings, const struct groups *groups, size_t shown)
{
	uint64_t rest = 0;
	size_t i;

	if (groups->count > 0)
		rest = findings_of_code(findings, groups->at[0].first->code);
	for (i = 0; i < groups->count && i < shown; i++)
		rest -= groups->at[i].count;
	return rest;
}

void
groups_text(const struct group *group, char out[GROUPS_TEXT_SIZE])
{
	out[0] = '\0';
	if (group->count > 1)
		snprintf(out, GROUPS_TEXT_SIZE,
		    ngettext(" (%zu time)", " (%zu times)", group->count),
		    group->count);
}

void
groups_clear(struct groups *groups)
{
	free(groups->at);
	*groups = (struct groups){ 0 };
}
