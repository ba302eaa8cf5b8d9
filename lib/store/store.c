/*
 * store.c - statements, transactions and errors of a store: store.h.
 */
#include "store/store.h"

#include "base/array.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/store_inner.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* --- errors --------------------------------------------------------------- */

static enum err
code_of(int sqlite)
{
	if (sqlite == SQLITE_IOERR_NOMEM)
		return ERR_MEMORY;
	switch (sqlite & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return ERR_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_NOMEM:
		return ERR_MEMORY;
	case SQLITE_CONSTRAINT:
		return ERR_EXISTS;
	case SQLITE_ERROR: /* our SQL is right: a name that was changed */
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
	case SQLITE_MISMATCH:
		return ERR_DATA;
	case SQLITE_TOOBIG:
		return ERR_LIMIT;
	default:
		return ERR_IO;
	}
}

/* What keeps a change off the disk; NULL: something else failed. */
static const char *
unwritable(int sqlite)
{
	if (sqlite == SQLITE_IOERR_SHMSIZE || (sqlite & 0xff) == SQLITE_FULL)
		return _("the disk is full; make room there and try again");
	if ((sqlite & 0xff) == SQLITE_READONLY ||
	    (sqlite & 0xff) == SQLITE_PERM)
		return _("this user may not write there, or the disk is "
			 "read-only");
	switch (sqlite) {
	case SQLITE_IOERR_WRITE:
	case SQLITE_IOERR_FSYNC:
	case SQLITE_IOERR_DIR_FSYNC:
	case SQLITE_IOERR_TRUNCATE:
	case SQLITE_IOERR_DELETE:
	case SQLITE_IOERR_CLOSE:
		return _("the disk does not take what is written");
	/* shared memory and locks: not on every network disk or stick */
	case SQLITE_IOERR_SHMOPEN:
	case SQLITE_IOERR_SHMMAP:
	case SQLITE_IOERR_SHMLOCK:
	case SQLITE_IOERR_LOCK:
	case SQLITE_IOERR_UNLOCK:
	case SQLITE_IOERR_RDLOCK:
		return _("the database cannot be shared or grow there; put "
			 "the folder on a disk of this computer, and leave it "
			 "room (df, ulimit -f)");
	}
	return NULL;
}

/* A table that is missing, a view in its place, one too many: what was done to
 * the file, and no fault of the disk. */
static enum err
strange(struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("the tables of the database are not those that Sello made: "
	      "something else changed the file; keep a copy of it, and put a "
	      "good one in its place (a center: sello-issue restore)"));
}

enum err
store_unread(struct errtext *err)
{
	return err_set(err, ERR_IO,
	    _("the disk does not give a part of the database; that says "
	      "nothing of what stands in it. Try again; if it stays so, the "
	      "disk fails: bring what it still gives to another one, or take "
	      "the last backup"));
}

/* What remains, in the user's language: SQLite's own messages are English. Its
 * number is for who looks it up. */
static enum err
say(int sqlite, enum err rc, struct errtext *err)
{
	if (rc == ERR_DATA)
		return err_set(err, rc, _("the database is damaged"));
	if (rc == ERR_MEMORY)
		return err_memory(err);
	if (sqlite == SQLITE_IOERR_READ)
		return store_unread(err);
	if (rc == ERR_IO)
		return err_set(err, rc,
		    _("the database cannot be read or written (SQLite %d); is "
		      "its disk in order?"),
		    sqlite);
	return err_set(err, rc,
	    _("the database does not take what is entered (SQLite %d)"),
	    sqlite);
}

enum err
store_failed(struct store *store, struct errtext *err)
{
	int sqlite = sqlite3_extended_errcode(store->db);
	const char *room = unwritable(sqlite);
	enum err rc = code_of(sqlite);

	if (room != NULL) {
		err_set(&store->unwritten, ERR_IO, "%s", room);
		return err_set(err, ERR_IO, "%s", room);
	}
	if (sqlite == SQLITE_OK || (sqlite & 0xff) == SQLITE_ERROR)
		return strange(err);
	if (rc == ERR_BUSY)
		return err_set(err, rc,
		    _("another Sello program is writing to this database; "
		      "wait until it has finished and try again"));
	return say(sqlite, rc, err);
}

bool
store_is_passing(enum err rc)
{
	return rc == ERR_BUSY || err_is_inside(rc);
}

bool
store_is_unseen(enum err rc)
{
	return rc == ERR_IO || store_is_passing(rc);
}

const char *
store_unwritten(const struct store *store)
{
	return store->unwritten.text;
}

/* --- statements ----------------------------------------------------------- */

static sqlite3_stmt *
find_cached(const struct store *store, const char *sql)
{
	size_t i;

	for (i = 0; i < store->cache_count; i++)
		if (strcmp(store->cache[i].sql, sql) == 0)
			return store->cache[i].stmt;
	return NULL;
}

static bool
keep_cached(struct store *store, const char *sql, sqlite3_stmt *stmt)
{
	struct cached *made;
	char *copy;

	if (!ARRAY_ROOM(store->cache, store->cache_count, store->cache_cap))
		return false;
	if ((copy = strdup(sql)) == NULL)
		return false;
	made = &store->cache[store->cache_count++];
	made->sql = copy;
	made->stmt = stmt;
	return true;
}

sqlite3_stmt *
store_prepare(struct store *store, const char *sql, struct errtext *err)
{
	sqlite3_stmt *stmt = find_cached(store, sql);

	if (stmt != NULL) {
		sqlite3_reset(stmt);
		sqlite3_clear_bindings(stmt);
		return stmt;
	}
	if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
		&stmt, NULL) != SQLITE_OK) {
		store->unprepared = store_failed(store, err);
		return NULL;
	}
	if (!keep_cached(store, sql, stmt)) {
		sqlite3_finalize(stmt);
		store->unprepared = err_memory(err);
		return NULL;
	}
	return stmt;
}

/*
 * A value that could not be bound must not become NULL in silence: a blob
 * longer than any row may be makes the statement fail when it is run.
 */
static void
bound(sqlite3_stmt *stmt, int rc)
{
	if (rc != SQLITE_OK)
		sqlite3_bind_zeroblob(stmt, 1, INT_MAX);
}

void
store_bind_text(sqlite3_stmt *stmt, int place, const char *text)
{
	bound(stmt,
	    text == NULL
		? sqlite3_bind_null(stmt, place)
		: sqlite3_bind_text(stmt, place, text, -1, SQLITE_TRANSIENT));
}

void
store_bind_int(sqlite3_stmt *stmt, int place, int64_t value)
{
	bound(stmt, sqlite3_bind_int64(stmt, place, value));
}

void
store_bind_blob(sqlite3_stmt *stmt, int place, const void *data, size_t len)
{
	/* an empty blob is not NULL */
	bound(stmt,
	    sqlite3_bind_blob64(
		stmt, place, data ? data : "", len, SQLITE_TRANSIENT));
}

bool
store_step(
    struct store *store, sqlite3_stmt *stmt, enum err *rc, struct errtext *err)
{
	int got;

	if (stmt == NULL) { /* what store_prepare() said stands in err */
		*rc = store->unprepared;
		return false;
	}
	got = sqlite3_step(stmt);
	*rc = ERR_OK;
	if (got == SQLITE_ROW)
		return true;
	if (got != SQLITE_DONE)
		*rc = store_failed(store, err);
	sqlite3_reset(stmt);
	return false;
}

enum err
store_run(struct store *store, sqlite3_stmt *stmt, struct errtext *err)
{
	enum err rc;

	while (store_step(store, stmt, &rc, err))
		;
	return rc;
}

const char *
store_text(sqlite3_stmt *stmt, int column)
{
	const unsigned char *text = sqlite3_column_text(stmt, column);

	return text == NULL ? "" : (const char *)text;
}

int64_t
store_int(sqlite3_stmt *stmt, int column)
{
	return sqlite3_column_int64(stmt, column);
}

void
store_blob(sqlite3_stmt *stmt, int column, struct bytes *out)
{
	const void *data = sqlite3_column_blob(stmt, column);
	int len = sqlite3_column_bytes(stmt, column);

	if (data != NULL && len > 0)
		bytes_add(out, data, (size_t)len);
}

int64_t
store_last_id(struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

int
store_changes(struct store *store)
{
	return sqlite3_changes(store->db);
}

/* --- transactions --------------------------------------------------------- */

/* The same of what is run again and again. */
static enum err
run_kept(struct store *store, const char *sql, struct errtext *err)
{
	return store_run(store, store_prepare(store, sql, err), err);
}

int64_t
store_newest_version(const char *const *schema)
{
	int64_t known = 0;

	while (schema[known] != NULL)
		known++;
	return known;
}

/* A program that was not ended before the update would go on writing rows as
 * they were before. */
static enum err
check_current(struct store *store, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store, "PRAGMA user_version", err);
	int64_t version = 0;
	enum err rc;

	while (store_step(store, stmt, &rc, err))
		version = store_int(stmt, 0);
	if (rc == ERR_OK && store->schema != NULL &&
	    version != store_newest_version(store->schema))
		rc = err_set(err, ERR_VERSION,
		    _("a newer Sello brought the database up to date while "
		      "this program was open; end it and start the new one"));
	if (rc != ERR_OK)
		store_rollback(store);
	return rc;
}

enum err
store_begin(struct store *store, struct errtext *err)
{
	return store_begin_within(store, 0, err);
}

enum err
store_begin_within(struct store *store, int wait_ms, struct errtext *err)
{
	enum err rc;

	sqlite3_busy_timeout(store->db, wait_ms);
	rc = run_kept(store, "BEGIN IMMEDIATE", err);
	sqlite3_busy_timeout(store->db, READ_WAIT_MS);
	return rc == ERR_OK ? check_current(store, err) : rc;
}

enum err
store_begin_read(struct store *store, struct errtext *err)
{
	enum err rc = store_exec(store, "BEGIN", err);

	return rc == ERR_OK ? check_current(store, err) : rc;
}

enum err
store_commit(struct store *store, struct errtext *err)
{
	enum err rc = run_kept(store, "COMMIT", err);

	store->undecided = rc != ERR_OK &&
	    sqlite3_extended_errcode(store->db) == SQLITE_IOERR_FSYNC;
	return rc;
}

bool
store_is_undecided(const struct store *store)
{
	return store->undecided;
}

void
store_rollback(struct store *store)
{
	if (store != NULL && !sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

void
store_write_through(struct store *store, bool each)
{
	sqlite3_wal_autocheckpoint(store->db, each ? 1 : WAL_PAGES);
}

enum err
store_write_back(struct store *store, struct errtext *err)
{
	return store_exec(store, "PRAGMA wal_checkpoint(PASSIVE)", err);
}

/* The log is flushed by SQLite's own handle on it; its name, and those that it
 * took away, by the folder. */
enum err
store_flush(struct store *store, struct errtext *err)
{
	sqlite3_file *log = NULL;
	sqlite3_int64 len = 0;

	sqlite3_file_control(
	    store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (log == NULL || log->pMethods == NULL)
		return ERR_OK;
	if (log->pMethods->xFileSize(log, &len) == SQLITE_OK && len > 0 &&
	    log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) != SQLITE_OK)
		return err_set(
		    err, ERR_IO, "%s", unwritable(SQLITE_IOERR_FSYNC));
	return file_sync_name(sqlite3_db_filename(store->db, "main"), err);
}

enum err
store_stamp(struct store *store, struct store_stamp *out, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store, "PRAGMA data_version", err);
	enum err rc;

	*out =
	    (struct store_stamp){ .own = sqlite3_total_changes64(store->db) };
	while (store_step(store, stmt, &rc, err))
		out->others = store_int(stmt, 0);
	return rc;
}

bool
store_stamp_same(const struct store_stamp *a, const struct store_stamp *b)
{
	return a->others == b->others && a->own == b->own;
}

sqlite3 *
store_handle(struct store *store)
{
	return store->db;
}

enum err
store_exec(struct store *store, const char *sql, struct errtext *err)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_failed(store, err);
	return ERR_OK;
}
