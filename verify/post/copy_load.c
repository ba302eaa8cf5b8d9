/*
 * copy_load.c - copy_load.h.
 */
#include "verify/post/copy_load.h"

#include "base/array.h"
#include "store/row.h"
#include "trust/list.h"
#include "verify/post/copy_schema.h"

#define ROWS_MAX (TRUST_CENTER_MAX * 4 * 64) /* more are absurd */

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

enum err
copy_begin_reading(struct post_logs *logs, struct errtext *err)
{
	return store_run(
	    logs->store, store_prepare(logs->store, "BEGIN", err), err);
}

enum err
copy_version(struct post_logs *logs, int64_t *out, struct errtext *err)
{
	return read_one(logs, "PRAGMA data_version", out, err);
}

enum err
copy_load(struct post_logs *logs, struct errtext *err)
{
	int64_t shown = 0;
	enum err rc;

	if ((rc = load_logs(logs, err)) != ERR_OK ||
	    (rc = load_gaps(logs, err)) != ERR_OK ||
	    (rc = load_spans(logs, err)) != ERR_OK ||
	    (rc = load_leaps(logs, err)) != ERR_OK)
		return rc;
	rc = read_one(logs, "SELECT count(*) FROM (SELECT 1 FROM seen LIMIT 1)",
	    &shown, err);
	logs->seen_elsewhere = shown != 0;
	return rc;
}
