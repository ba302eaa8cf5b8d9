/*
 * logs.c - opening and reading the copy of the logs: logs.h.
 */
#include "verify/post/logs.h"

#include "base/array.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/row.h"
#include "verify/post/logs_schema.h"
#include "verify/post/post.h"
#include "verify/post/records.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RENEW_MS 1000
#define ROWS_MAX (TRUST_CENTER_MAX * 4 * 64) /* more are absurd */

/* --- in memory ----------------------------------------------------------- */

/* A row without a root has no lines yet. False: damaged. */
static bool
read_row(sqlite3_stmt *stmt, struct post_log *out)
{
	*out = (struct post_log){ .id = store_int(stmt, 0),
		.generation = (unsigned)store_int(stmt, 2),
		.named_at = store_int(stmt, 3),
		.size = (uint64_t)store_int(stmt, 4),
		.as_of = store_int(stmt, 6),
		.signed_at = store_int(stmt, 6),
		.first_time = store_int(stmt, 7),
		.last_time = store_int(stmt, 8),
		.conflict = store_int(stmt, 9),
		.stale = store_int(stmt, 12) != 0 };
	return row_text(stmt, 1, out->center, sizeof(out->center)) &&
	    (out->size == 0 ||
		row_blob(stmt, 5, &out->root, sizeof(out->root))) &&
	    row_blob(stmt, 10, out->owner, sizeof(out->owner)) &&
	    row_blob(stmt, 13, out->seed, sizeof(out->seed)) &&
	    store_int(stmt, 11) != 0;
}

static enum err
no_room(sqlite3_stmt *stmt, struct errtext *err)
{
	row_done(stmt);
	return err_memory(err);
}

static enum err
load_logs(struct post_logs *logs, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT id, center, generation, named_at, size, root, as_of,"
	    " first_time, last_time, conflict, owner, sum = " LOG_SUM
	    ", size > 0 AND history IS NULL, seed FROM log"
	    " ORDER BY center, generation",
	    err);
	bool found = false;
	enum err rc;

	for (logs->count = 0;; logs->count++) {
		rc = row_next(logs->store, stmt, "itiiiBiiiibiib", &found, err);
		if (rc != ERR_OK || !found)
			return rc;
		if (logs->count >= ROWS_MAX ||
		    !ARRAY_ROOM(logs->log, logs->count, logs->cap))
			return no_room(stmt, err);
		if (!read_row(stmt, &logs->log[logs->count])) {
			row_done(stmt);
			return row_damaged(err);
		}
	}
}

static enum err
load_gaps(struct post_logs *logs, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT log, place, first, last FROM part WHERE kind = " PART_GAP,
	    err);
	bool found = false;
	enum err rc;

	for (logs->gap_count = 0;; logs->gap_count++) {
		rc = row_next(logs->store, stmt, "iiii", &found, err);
		if (rc != ERR_OK || !found)
			return rc;
		if (logs->gap_count >= ROWS_MAX ||
		    !ARRAY_ROOM(logs->gap, logs->gap_count, logs->gap_cap))
			return no_room(stmt, err);
		logs->gap[logs->gap_count] =
		    (struct post_log_gap){ store_int(stmt, 0),
			    (uint64_t)store_int(stmt, 1), store_int(stmt, 2),
			    store_int(stmt, 3) };
	}
}

static enum err
load_spans(struct post_logs *logs, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT log, place, first, last FROM part WHERE kind = " PART_SPAN,
	    err);
	bool found = false;
	enum err rc;

	for (logs->span_count = 0;; logs->span_count++) {
		rc = row_next(logs->store, stmt, "iiii", &found, err);
		if (rc != ERR_OK || !found)
			return rc;
		if (logs->span_count >= ROWS_MAX ||
		    !ARRAY_ROOM(logs->span, logs->span_count, logs->span_cap))
			return no_room(stmt, err);
		logs->span[logs->span_count] =
		    (struct post_log_span){ store_int(stmt, 0),
			    (int)store_int(stmt, 1),
			    (unsigned)store_int(stmt, 2),
			    (unsigned)store_int(stmt, 3) };
	}
}

static void
set_leap(struct post_logs *logs, int64_t log, const struct leap *leap)
{
	size_t i;

	for (i = 0; i < logs->count; i++)
		if (logs->log[i].id == log)
			logs->log[i].leap = *leap;
}

static enum err
load_leaps(struct post_logs *logs, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT log, first, last FROM part WHERE kind = " PART_LEAP, err);
	bool found = false;
	enum err rc;

	while (
	    (rc = row_next(logs->store, stmt, "iii", &found, err)) == ERR_OK &&
	    found) {
		const struct leap leap = { store_int(stmt, 1),
			store_int(stmt, 2) };

		set_leap(logs, store_int(stmt, 0), &leap);
	}
	return rc;
}

static enum err
read_one(
    struct post_logs *logs, const char *sql, int64_t *out, struct errtext *err)
{
	return row_number(
	    logs->store, store_prepare(logs->store, sql, err), out, err);
}

static void
lower(int64_t *time, int64_t to)
{
	if (*time > to)
		*time = to;
}

/* at: the place of the later log; the center's earlier ones stand before it */
static void
end_earlier(struct post_logs *logs, size_t at, int64_t time)
{
	size_t i;

	for (i = at; i-- > 0 &&
	     strcmp(logs->log[i].center, logs->log[at].center) == 0;) {
		logs->log[i].ran_ahead |= logs->log[i].last_time > time;
		lower(&logs->log[i].as_of, time);
		lower(&logs->log[i].last_time, time);
	}
}

/* A clock line speaks of the center's earlier logs, too: whatever their heads
 * say, and this post believed, they do not reach beyond it. Nor do they beyond
 * a later log's beginning, which is earlier where all was lost. */
static void
put_clocks_right(struct post_logs *logs)
{
	size_t i, k;

	for (i = 0; i < logs->count; i++) {
		const struct post_log *log = &logs->log[i];

		if (log->size > 0)
			end_earlier(logs, i, log->first_time);
		for (k = 0; k < logs->gap_count; k++)
			if (logs->gap[k].log == log->id &&
			    logs->gap[k].before < logs->gap[k].after)
				end_earlier(logs, i, logs->gap[k].before);
	}
}

static enum err
load(struct post_logs *logs, struct errtext *err)
{
	int64_t seen = 0;
	enum err rc;

	if ((rc = load_logs(logs, err)) != ERR_OK ||
	    (rc = load_gaps(logs, err)) != ERR_OK ||
	    (rc = load_spans(logs, err)) != ERR_OK ||
	    (rc = load_leaps(logs, err)) != ERR_OK)
		return rc;
	put_clocks_right(logs);
	rc = read_one(logs, "SELECT count(*) FROM (SELECT 1 FROM seen LIMIT 1)",
	    &seen, err);
	logs->seen_elsewhere = seen != 0;
	return rc;
}

/* --- the transaction for reading ----------------------------------------- */

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
end_reading(struct post_logs *logs)
{
	if (logs->reading)
		store_rollback(logs->store);
	logs->reading = false;
}

static enum err
begin_reading(struct post_logs *logs, struct errtext *err)
{
	int64_t version = logs->version;
	enum err rc;

	end_reading(logs);
	rc = store_run(
	    logs->store, store_prepare(logs->store, "BEGIN", err), err);
	if (rc != ERR_OK)
		return rc;
	logs->reading = true;
	logs->read_at = now_ms();
	rc = read_one(logs, "PRAGMA data_version", &logs->version, err);
	if (rc == ERR_OK && version != logs->version)
		rc = load(logs, err);
	return rc;
}

/* What cannot be read any more is not known any more. */
static void
give_up(struct post_logs *logs, enum err rc)
{
	end_reading(logs);
	store_close(&logs->store);
	logs->count = logs->gap_count = 0;
	logs->span_count = 0;
	logs->read_only = false;
	logs->none = rc == ERR_NOT_FOUND;
	/* held by another program for a moment: that loses nothing */
	logs->lost = !store_is_passing(rc) && !logs->none;
	logs->why = rc;
}

bool
post_logs_refresh(struct post_logs *logs)
{
	enum err rc;

	if (logs->store == NULL)
		return logs->none;
	if (logs->reading && now_ms() - logs->read_at < RENEW_MS)
		return true;
	rc = begin_reading(logs, &logs->problem);
	if (store_is_passing(rc)) { /* asked again at the next look */
		end_reading(logs);
		logs->version = -1;
	} else if (rc != ERR_OK)
		give_up(logs, rc);
	return rc == ERR_OK;
}

void
post_logs_outdated(struct post_logs *logs)
{
	if (logs->store != NULL)
		end_reading(logs);
}

int64_t
post_log_amount(const struct post_log *log)
{
	return (int64_t)log->size +
	    (log->conflict != 0 ? POST_LOG_CONTRADICTED : 0);
}

/* --- opening ------------------------------------------------------------- */

void
post_logs_open(struct post *post)
{
	struct post_logs *logs = &post->logs;
	char *path = post_path(post, "logs.db");
	struct errtext why = { 0 };
	enum err rc = ERR_MEMORY;

	logs->version = -1;
	logs->none = false;
	if (path != NULL)
		rc = store_open(path, false, LOGS_APPLICATION_ID, logs_schema,
		    &logs->store, &logs->problem);
	if (rc == ERR_IO) {
		rc = store_open_readonly(
		    path, LOGS_APPLICATION_ID, logs_schema, &logs->store, &why);
		logs->read_only = rc == ERR_OK;
		if (rc != ERR_OK)
			logs->problem = why;
	}
	if (rc == ERR_VERSION)
		err_set(&logs->problem, rc,
		    _("it was made by another version of Sello; sync "
		      "again, with the newest logs"));
	if (rc == ERR_OK)
		rc = begin_reading(logs, &logs->problem);
	if (rc == ERR_OK ? records_are_fewer(post)
			 : rc == ERR_NOT_FOUND && records_are_any(post))
		rc = err_set(&logs->problem, ERR_DATA,
		    _("it holds less than this post had taken: an older copy, "
		      "or what was written last is lost"));
	if (rc != ERR_OK)
		give_up(logs, rc);
	free(path);
}

void
post_logs_close(struct post_logs *logs)
{
	if (logs->store != NULL)
		end_reading(logs);
	store_close(&logs->store);
	free(logs->log);
	free(logs->gap);
	free(logs->span);
	*logs = (struct post_logs){ .store = NULL };
}

enum err
post_logs_make(struct post *post, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	struct store *made = NULL;
	char *path;
	enum err rc;

	if (logs->store != NULL && !logs->read_only)
		return ERR_OK;
	if (logs->read_only)
		return err_set(err, ERR_IO, "%s", logs->problem.text);
	if (logs->lost)
		return err_set(err, ERR_DATA,
		    _("this post's copy of the logs cannot be used: %s"),
		    logs->problem.text);
	if ((path = post_path(post, "logs.db")) == NULL)
		return err_memory(err);
	rc = store_open(
	    path, true, LOGS_APPLICATION_ID, logs_schema, &made, err);
	store_close(&made);
	free(path);
	if (rc != ERR_OK && rc != ERR_EXISTS)
		return rc;
	post_logs_close(logs);
	post_logs_open(post);
	return logs->store != NULL
	    ? ERR_OK
	    : err_set(err, logs->why, "%s", logs->problem.text);
}

/* --- changing ------------------------------------------------------------ */

enum err
post_logs_begin(struct post_logs *logs, struct errtext *err)
{
	end_reading(logs);
	return store_begin(logs->store, err);
}

enum err
post_logs_commit(struct post_logs *logs, struct errtext *err)
{
	enum err rc = store_commit(logs->store, err);

	store_rollback(logs->store);
	logs->version = -1; /* its own changes do not count for SQLite */
	(void)post_logs_refresh(logs);
	return rc;
}

void
post_logs_rollback(struct post_logs *logs)
{
	store_rollback(logs->store);
	logs->version = -1;
	(void)post_logs_refresh(logs);
}
