/*
 * copy_commitments.c - copy_commitments.h.
 */
#include "verify/post/copy_commitments.h"

#include "store/row.h"
#include "verify/post/copy_schema.h"

static enum err
read_row(sqlite3_stmt *stmt, uint64_t number, struct commitment_row *out,
    struct errtext *err)
{
	const int64_t bits = store_int(stmt, 1);
	struct bytes kept = { 0 };
	enum err rc;

	if (store_int(stmt, 4) == 0 || bits < 0 || bits > COPY_COMMITMENT_BITS)
		return row_damaged(err);
	*out = (struct commitment_row){ .first = (uint64_t)store_int(stmt, 0),
		.bits = (unsigned)bits,
		.count = (size_t)store_int(stmt, 2) };
	if (!commitment_row_covers(out, number))
		return row_damaged(err);
	store_blob(stmt, 3, &kept);
	rc = kept.failed ? err_memory(err)
			 : commitment_row_read(out, &kept, err);
	bytes_free(&kept);
	return rc;
}

enum err
copy_commitments_load(struct post_logs *logs, uint64_t number, bool due,
    struct commitment_row *out, struct errtext *err)
{
	struct store *store = logs->store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT key, bits, count, numbers, sum = " DRAFTED_SUM
	    " FROM drafted WHERE key >= ?1 AND key <= ?2"
	    " ORDER BY key DESC LIMIT 1",
	    err);
	bool found = false;
	enum err rc;

	store_bind_int(stmt, 1, (int64_t)out->first);
	store_bind_int(stmt, 2, (int64_t)number);
	rc = row_next(store, stmt, "iiibi", &found, err);
	if (rc == ERR_OK && found)
		rc = read_row(stmt, number, out, err);
	else if (rc == ERR_OK && due)
		rc = row_damaged(err);
	row_done(stmt);
	return rc;
}

enum err
copy_commitments_save(
    struct post_logs *logs, struct commitment_row *row, struct errtext *err)
{
	struct store *store = logs->store;
	struct bytes kept = { 0 };
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR REPLACE INTO drafted (key, bits, count, numbers, sum)"
	    " VALUES (?1, ?2, ?3, ?4, " DRAFTED_SUM_OF(
		"?1", "?2", "?3", "?4") ")",
	    err);
	enum err rc;

	commitment_row_write(row, &kept);
	store_bind_int(stmt, 1, (int64_t)row->first);
	store_bind_int(stmt, 2, row->bits);
	store_bind_int(stmt, 3, (int64_t)row->count);
	store_bind_blob(stmt, 4, kept.at, kept.len);
	rc = kept.failed ? err_memory(err) : store_run(store, stmt, err);
	bytes_free(&kept);
	row->changed = rc != ERR_OK;
	return rc;
}
