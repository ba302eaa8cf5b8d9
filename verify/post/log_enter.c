/*
 * log_enter.c - log_enter.h.
 */
#include "verify/post/log_enter.h"

#include "base/policy.h"
#include "store/store.h"
#include "verify/post/log_letters.h"
#include "verify/post/logs_schema.h"

#include <string.h>

static enum err
enter_gap(struct log_lines *l, const struct log_entry *entry, int64_t after,
    struct errtext *err)
{
	struct store *store = l->post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO part (log, kind, place, first, last)"
	    " VALUES (?1, " PART_GAP ", ?2, ?3, ?4)",
	    err);

	store_bind_int(stmt, 1, l->log->id);
	store_bind_int(stmt, 2, (int64_t)entry->index);
	store_bind_int(stmt, 3, after);
	store_bind_int(stmt, 4, entry->time);
	return store_run(store, stmt, err);
}

/* What this post has from before, the center says, covers no more than what
 * was dated before its clock was put right. */
static enum err
lower_evidence(struct log_lines *l, int64_t time, struct errtext *err)
{
	static const char *const sql[] = {
		"UPDATE mark SET last_time = ?2,"
		" sum = " MARK_SUM_OF("mark.log", "mark.at", "mark.size",
		    "mark.root", "?2",
		    "mark.kept") " WHERE log = ?1 AND last_time > ?2 AND sum = " MARK_SUM,
		"UPDATE proof SET last_time = ?2,"
		" sum = " PROOF_SUM_OF("proof.log", "proof.size", "proof.root",
		    "?2") " WHERE log = ?1 AND last_time > ?2 AND sum = " PROOF_SUM,
	};
	struct store *store = l->post->logs.store;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < sizeof(sql) / sizeof(sql[0]) && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt = store_prepare(store, sql[i], err);

		store_bind_int(stmt, 1, l->log->id);
		store_bind_int(stmt, 2, time);
		rc = store_run(store, stmt, err);
	}
	return rc;
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
	return lower_evidence(l, entry->time, err);
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
		leap_line(&l->leap, l->before, time);
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
	struct store *store = l->post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR REPLACE INTO part (log, kind, place, first, last)"
	    " VALUES (?1, " PART_LEAP ", 0, ?2, ?3)",
	    err);

	store_bind_int(stmt, 1, l->log->id);
	store_bind_int(stmt, 2, l->leap.from);
	store_bind_int(stmt, 3, l->leap.to);
	return log_own_damage(store_run(store, stmt, err), err);
}
