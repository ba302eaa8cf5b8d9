/*
 * copy_letters.c - copy_letters.h.
 */
#include "verify/post/copy_letters.h"

#include "ledger/letter_state.h"
#include "store/row.h"
#include "verify/post/copy_schema.h"

static bool
read_letter(
    sqlite3_stmt *stmt, const struct post_log *log, struct history_letter *out)
{
	uint8_t kept[POST_LOG_KEPT];

	*out = (struct history_letter){ .generation = log->generation,
		.index = (uint64_t)store_int(stmt, 0),
		.issued_at = store_int(stmt, 1),
		.copies = 1 };
	if (!row_blob(stmt, 2, kept, sizeof(kept)))
		return false;
	post_log_unpack(kept, out);
	return store_int(stmt, 3) != 0;
}

enum err
copy_letter_find(struct post_logs *logs, const struct post_log *log, int year,
    unsigned sequence, struct history_letter *out, bool *found,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT line, issued_at, digest, " LETTER_FITS(
		"?2") " FROM letter WHERE key = ?1",
	    err);
	enum err rc;

	store_bind_int(stmt, 1, post_log_key(log->id, year, sequence));
	store_bind_blob(stmt, 2, log->owner, sizeof(log->owner));
	rc = row_next(logs->store, stmt, "iibi", found, err);
	if (!*found)
		return rc;
	*found = read_letter(stmt, log, out);
	row_done(stmt);
	return *found ? ERR_OK : row_damaged(err);
}

enum err
copy_letter_put(struct post_logs *logs, const struct post_log *log, int year,
    unsigned sequence, const struct history_letter *letter, struct errtext *err)
{
	uint8_t kept[POST_LOG_KEPT];
	sqlite3_stmt *stmt;

	post_log_pack(log, letter, kept);
	stmt = store_prepare(logs->store,
	    "INSERT INTO letter (key, line, issued_at, digest, sum)"
	    " VALUES (?1, ?2, ?3, ?4, " LETTER_SUM_OF("?5", "?1", "?2", "?3",
		"?4") ")"
		      " ON CONFLICT (key) DO UPDATE SET"
		      " line = excluded.line, issued_at = excluded.issued_at,"
		      " digest = excluded.digest, sum = excluded.sum",
	    err);
	store_bind_int(stmt, 1, post_log_key(log->id, year, sequence));
	store_bind_int(stmt, 2, (int64_t)letter->index);
	store_bind_int(stmt, 3, letter->issued_at);
	store_bind_blob(stmt, 4, kept, sizeof(kept));
	store_bind_blob(stmt, 5, log->owner, sizeof(log->owner));
	return store_run(logs->store, stmt, err);
}

enum err
copy_letters_each(struct post_logs *logs, const struct post_log *log,
    copy_letters_fn visit, void *ctx, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT digest, " LETTER_FITS(
		"?3") " FROM letter WHERE key >= ?1 AND key < ?2",
	    err);
	struct history_letter letter;
	uint8_t kept[POST_LOG_KEPT];
	bool found = false;
	enum err rc;

	store_bind_int(stmt, 1, post_log_key(log->id, 0, 0));
	store_bind_int(stmt, 2, post_log_key(log->id + 1, 0, 0));
	store_bind_blob(stmt, 3, log->owner, sizeof(log->owner));
	while (
	    (rc = row_next(logs->store, stmt, "bi", &found, err)) == ERR_OK &&
	    found) {
		if (store_int(stmt, 1) == 0 ||
		    !row_blob(stmt, 0, kept, sizeof(kept)))
			rc = row_damaged(err);
		else {
			post_log_unpack(kept, &letter);
			rc = visit(ctx, letter.commitment, err);
		}
		if (rc != ERR_OK) {
			row_done(stmt);
			break;
		}
	}
	return rc;
}
