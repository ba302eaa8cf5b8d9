/*
 * log_enter.c - log_enter.h.
 */
#include "verify/post/log_enter.h"

#include "base/policy.h"
#include "verify/post/copy_kept.h"
#include "verify/post/copy_log.h"
#include "verify/post/log_letters.h"

#include <string.h>

static enum err
enter_gap(struct log_lines *l, const struct log_entry *entry, int64_t after,
    struct errtext *err)
{
	const struct post_log_gap gap = { l->log->id, entry->index, after,
		entry->time };

	return copy_log_add_gap(&l->post->logs, &gap, err);
}

static enum err
enter_clock(struct log_lines *l, const struct log_entry *entry, int64_t after,
    struct errtext *err)
{
	enum err rc;

	if (entry->time >= after)
		return ERR_OK; /* nothing was dated wrongly */
	if ((rc = enter_gap(l, entry, after, err)) != ERR_OK)
		return rc;
	/* what this post has from before, the center says, covers no more than
	 * what was dated before its clock was put right */
	return copy_kept_lower(&l->post->logs, l->log, entry->time, err);
}

static bool
is_ahead(const struct log_lines *l, int64_t time)
{
	return time > l->now + POLICY_SLACK;
}

static void
believe(struct log_lines *l, int64_t time)
{
	if (l->before != 0)
		leap_line(
		    &l->leap, trust_center_since(l->center), l->before, time);
	l->before = l->last_time = time;
}

/* In the beginning of a later log: somebody who did not stand so. It counts for
 * nothing, unless a newer list has them. */
static bool
is_misfit(const struct log_entry *entry, unsigned broken)
{
	return (entry->kind == ENTRY_OPEN || entry->kind == ENTRY_STAFF) &&
	    (broken & RULE_RENUMBERED) != 0 && (broken & RULE_VOID) != 0;
}

/* The center's clock may be behind the root's by what honest clocks differ. */
bool
log_enter_is_newer(const struct log_lines *l, const struct log_entry *entry)
{
	return entry->time >= l->post->list->issued_at - POLICY_SLACK;
}

enum err
log_enter_line(struct log_lines *l, struct pool_line *line, unsigned *broken,
    struct errtext *err)
{
	const struct history_letters letters = log_letters_of(l);
	const struct log_entry *entry = &line->entry;
	int64_t before = l->history.last_time;
	enum err rc;

	rc = history_add(
	    &l->history, entry, &letters, broken, &line->persons, err);
	if (rc != ERR_OK)
		return rc;
	l->void_count += (*broken & RULE_VOID) != 0;
	l->staff |= entry->kind == ENTRY_STAFF;
	if (!is_misfit(entry, *broken) || !log_enter_is_newer(l, entry))
		*broken &= RULES_REFUSED;
	if (*broken != 0)
		return ERR_OK;
	if (entry->index == 0)
		l->first_time = entry->time;
	if (!is_ahead(l, entry->time))
		believe(l, entry->time);
	if (entry->kind == ENTRY_CLOCK)
		return enter_clock(l, entry, before, err);
	if (entry->kind == ENTRY_RESTORE && strcmp(entry->reason, "LOST") == 0)
		return enter_gap(l, entry, before, err);
	return ERR_OK;
}

enum err
log_enter_end(struct log_lines *l, struct errtext *err)
{
	return log_own_damage(
	    copy_log_set_leap(&l->post->logs, l->log->id, &l->leap, err), err);
}
