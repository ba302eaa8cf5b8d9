/*
 * store_inner.h - an open database: inside this room only.
 */
#ifndef STORE_STORE_INNER_H
#define STORE_STORE_INNER_H

#include "store/store.h"

/*
 * Readers meet a lock only for the instant in which another process opens,
 * recovers or closes the write-ahead log; that is waited out. Writers are
 * told at once: store_begin().
 */
#define READ_WAIT_MS 5000

#define WAL_PAGES 1000 /* before they are written back: SQLite's own */

struct cached {
	char *sql;
	sqlite3_stmt *stmt;
};

struct store {
	sqlite3 *db;
	const char *const *schema; /* as it was opened with */
	struct cached *cache;
	size_t cache_count, cache_cap;
	struct errtext unwritten;
	/* why the last statement could not be prepared: what it was for fails
	 * like that, and SQLite's own code may be another by then */
	enum err unprepared;
	bool undecided; /* store_is_undecided() */
};

/* store_unread - ERR_IO, and a sentence for a read that failed. */
enum err store_unread(struct errtext *err);

/* store_pragma_check - what integrity_check(1) or quick_check(1) says: ERR_OK,
 * ERR_DATA, or why it could not be read. */
enum err store_pragma_check(
    struct store *store, const char *pragma, struct errtext *err);

/* store_newest_version - of the migrations that it is opened with. */
int64_t store_newest_version(const char *const *schema);

#endif
