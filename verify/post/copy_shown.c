/*
 * copy_shown.c - copy_shown.h.
 */
#include "verify/post/copy_shown.h"

#include "ledger/gossip.h"
#include "store/row.h"
#include "verify/post/copy_schema.h"

#include <string.h>

enum err
copy_shown_add(struct post_logs *logs, const struct gossip_shown *shown,
    const char *post, unsigned *added, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "INSERT OR IGNORE INTO seen (number, digest, post, day, issued_at,"
	    " elsewhere, mismatch, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
	    " " SEEN_SUM_OF("?1", "?2", "?3", "?4", "?5", "?6", "?7") ")",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, shown->number);
	store_bind_blob(stmt, 2, shown->digest, sizeof(shown->digest));
	store_bind_text(stmt, 3, post);
	store_bind_int(stmt, 4, shown->day);
	store_bind_int(stmt, 5, shown->issued_at);
	store_bind_int(stmt, 6, shown->elsewhere);
	store_bind_int(stmt, 7, shown->mismatch);
	rc = store_run(logs->store, stmt, err);
	*added = rc == ERR_OK ? (unsigned)store_changes(logs->store) : 0;
	return rc;
}

enum err
copy_shown_forget(struct post_logs *logs, int64_t day, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(logs->store, "DELETE FROM seen WHERE day < ?1", err);

	store_bind_int(stmt, 1, day);
	return store_run(logs->store, stmt, err);
}

/* One row of this number: is it this letter, and is the row whole? */
static enum err
read_row(sqlite3_stmt *stmt, const uint8_t digest[DSIG_DIGEST_SIZE],
    bool *is_it, struct copy_shown *out, struct errtext *err)
{
	uint8_t of[DSIG_DIGEST_SIZE];

	if (!row_text(stmt, 0, out->post, sizeof(out->post)) ||
	    !row_blob(stmt, 2, of, sizeof(of)) || store_int(stmt, 3) == 0)
		return row_damaged(err);
	out->day = store_int(stmt, 1);
	*is_it = memcmp(of, digest, sizeof(of)) == 0;
	return ERR_OK;
}

/* From the index alone, which has all that is asked: a number that was changed
 * in the table, or a page of it that is lost, hides nothing. */
enum err
copy_shown_by_digest(struct post_logs *logs,
    const uint8_t digest[DSIG_DIGEST_SIZE], bool *found, struct copy_shown *out,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT post, day FROM seen INDEXED BY seen_digest"
	    " WHERE digest = ?1 ORDER BY day, post LIMIT 1",
	    err);
	struct copy_shown seen;
	enum err rc;

	store_bind_blob(stmt, 1, digest, DSIG_DIGEST_SIZE);
	rc = row_next(logs->store, stmt, "ti", found, err);
	if (rc != ERR_OK || !*found)
		return rc;
	seen.day = store_int(stmt, 1);
	*found = row_text(stmt, 0, seen.post, sizeof(seen.post));
	row_done(stmt);
	if (!*found)
		return row_damaged(err);
	*out = seen;
	return ERR_OK;
}

enum err
copy_shown_by_number(struct post_logs *logs, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], bool *found, struct copy_shown *out,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT post, day, digest, sum = " SEEN_SUM " FROM seen"
	    " WHERE number = ?1 ORDER BY day, post",
	    err);
	struct copy_shown shown;
	bool any = true, is_it = false;
	enum err rc = ERR_OK;

	store_bind_text(stmt, 1, number);
	while (rc == ERR_OK && any && !is_it) {
		rc = row_next(logs->store, stmt, "tibi", &any, err);
		if (rc == ERR_OK && any)
			rc = read_row(stmt, digest, &is_it, &shown, err);
	}
	row_done(stmt);
	*found = rc == ERR_OK && is_it;
	if (*found)
		*out = shown;
	return rc;
}
