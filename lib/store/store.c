/*
 * store.c - SQLite with Sello's settings: store.h.
 */
#include "store/store.h"

#include "store/sums.h"

#include "base/array.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/rowsum.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
};

/* --- errors --------------------------------------------------------------- */

static enum err
code_of(int sqlite)
{
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

/* What remains, in the user's language: SQLite's own messages are English. Its
 * number is for who looks it up. */
static enum err
say(int sqlite, enum err rc, struct errtext *err)
{
	if (rc == ERR_DATA)
		return err_set(err, rc, _("the database is damaged"));
	if (rc == ERR_MEMORY)
		return err_memory(err);
	if (rc == ERR_IO)
		return err_set(err, rc,
		    _("the database cannot be read or written (SQLite %d); is "
		      "its disk in order?"),
		    sqlite);
	return err_set(err, rc,
	    _("the database does not take what is entered (SQLite %d)"),
	    sqlite);
}

static enum err
failed(struct store *store, struct errtext *err)
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
	char *copy;

	if (!ARRAY_ROOM(store->cache, store->cache_count, store->cache_cap))
		return false;
	if ((copy = strdup(sql)) == NULL)
		return false;
	store->cache[store->cache_count++] = (struct cached){ copy, stmt };
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
		store->unprepared = failed(store, err);
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
		*rc = failed(store, err);
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

static enum err
run_text(struct store *store, const char *sql, struct errtext *err)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return failed(store, err);
	return ERR_OK;
}

/* The same of what is run again and again. */
static enum err
run_kept(struct store *store, const char *sql, struct errtext *err)
{
	return store_run(store, store_prepare(store, sql, err), err);
}

static enum err
pragma_int(
    struct store *store, const char *sql, int64_t *out, struct errtext *err)
{
	sqlite3_stmt *stmt = NULL;
	enum err rc = ERR_OK;

	if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK ||
	    sqlite3_step(stmt) != SQLITE_ROW)
		rc = failed(store, err);
	else
		*out = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc;
}

static int64_t
newest_version(const char *const *schema)
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
	    version != newest_version(store->schema))
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
	enum err rc = run_text(store, "BEGIN", err);

	return rc == ERR_OK ? check_current(store, err) : rc;
}

enum err
store_commit(struct store *store, struct errtext *err)
{
	return run_kept(store, "COMMIT", err);
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
	return run_text(store, "PRAGMA wal_checkpoint(PASSIVE)", err);
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
	return run_text(store, sql, err);
}

enum err
store_failed(struct store *store, struct errtext *err)
{
	return failed(store, err);
}

/* --- opening -------------------------------------------------------------- */

/*
 * Settings that belong to a connection. SQLite trusts the schema of a file
 * by default: a planted view could call functions and a planted trigger act.
 */
static enum err
configure(struct store *store, struct errtext *err)
{
	sqlite3_extended_result_codes(store->db, 1);
	if (rowsum_register(store->db) != SQLITE_OK)
		return failed(store, err);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* we have none: those of a file from elsewhere are not ours to run */
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_busy_timeout(store->db, READ_WAIT_MS);
	if (sums_functions(store, err) != ERR_OK)
		return ERR_MEMORY;
	return run_text(store,
	    "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON;"
	    "PRAGMA cell_size_check=ON",
	    err);
}

static enum err
migrate_to(struct store *store, int64_t version, const char *sql,
    uint32_t app_id, struct errtext *err)
{
	char mark[96];
	int64_t found;
	enum err rc;

	/* waits: two counters may meet a file of an earlier version at once */
	if ((rc = run_text(store, "BEGIN IMMEDIATE", err)) != ERR_OK)
		return rc;
	/* another process may have been faster */
	if ((rc = pragma_int(store, "PRAGMA user_version", &found, err)) !=
		ERR_OK ||
	    found >= version)
		goto out;
	sqlite3_snprintf(sizeof(mark), mark,
	    "PRAGMA user_version=%lld; PRAGMA application_id=%d",
	    (long long)version, (int)app_id);
	if ((rc = run_text(store, sql, err)) != ERR_OK ||
	    (rc = run_text(store, mark, err)) != ERR_OK)
		goto out;
	rc = store_commit(store, err);
out:
	store_rollback(store);
	return rc;
}

/* The first version that is still read is the one after these. */
static int64_t
dropped_versions(const char *const *schema)
{
	int64_t dropped = 0;

	while (schema[dropped] != NULL && schema[dropped][0] == '\0')
		dropped++;
	return dropped;
}

static enum err
refuse_version(int64_t version, const char *const *schema, struct errtext *err)
{
	if (version > newest_version(schema))
		return err_set(err, ERR_VERSION,
		    _("the database was made by a newer Sello; update this "
		      "program"));
	if (version > 0 && version <= dropped_versions(schema))
		return err_set(err, ERR_VERSION,
		    _("the database was made by an earlier trial version; "
		      "nothing of it counts any more: put it aside and set "
		      "up anew. One that was in use until now was changed: "
		      "put a good copy in its place (a center: sello-issue "
		      "restore)"));
	return ERR_OK;
}

static enum err
migrate(struct store *store, uint32_t app_id, const char *const *schema,
    struct errtext *err)
{
	int64_t version, known, at;
	enum err rc;

	if (schema == NULL)
		return ERR_OK;
	known = newest_version(schema);
	if ((rc = pragma_int(store, "PRAGMA user_version", &version, err)) !=
	    ERR_OK)
		return rc;
	if ((rc = refuse_version(version, schema, err)) != ERR_OK)
		return rc;
	if (version < 0)
		return err_set(
		    err, ERR_DATA, _("database: its version is damaged"));
	for (at = version > 0 ? version : dropped_versions(schema);
	     at < known && rc == ERR_OK; at++)
		rc = migrate_to(store, at + 1, schema[at], app_id, err);
	return rc;
}

static enum err
check_owner(struct store *store, uint32_t app_id, struct errtext *err)
{
	int64_t found;
	enum err rc;

	rc = pragma_int(store, "PRAGMA application_id", &found, err);
	if (rc != ERR_OK)
		return rc;
	if ((uint32_t)found != app_id)
		return err_set(err, ERR_DATA,
		    _("not the expected kind of Sello database, or one whose "
		      "creation was interrupted"));
	return ERR_OK;
}

/* SQLite makes -wal and -shm with the mode of the database itself. */
static enum err
create_file(const char *path, struct errtext *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && file_exists(path))
		return err_set(err, ERR_EXISTS, _("there is one already"));
	if (fd < 0)
		return err_set(err, ERR_IO, _("cannot be created: %m"));
	close(fd);
	return ERR_OK;
}

static void
remove_created(const char *path)
{
	static const char *const suffix[] = { "", "-wal", "-shm", "-journal" };
	struct bytes name = { 0 };
	size_t i;

	for (i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++) {
		bytes_reset(&name);
		bytes_addf(&name, "%s%s", path, suffix[i]);
		if (!name.failed)
			unlink((const char *)name.at);
	}
	bytes_free(&name);
}

/* EXTRA while creating: the folder's entry is synced too, not only pages. */
static enum err
set_up(struct store *store, bool create, uint32_t app_id,
    const char *const *schema, struct errtext *err)
{
	enum err rc;

	if ((rc = configure(store, err)) != ERR_OK)
		return rc;
	if (!create && (rc = check_owner(store, app_id, err)) != ERR_OK)
		return rc;
	rc = run_text(store,
	    create ? "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=WAL"
		   : "PRAGMA synchronous=FULL; PRAGMA journal_mode=WAL",
	    err);
	if (rc != ERR_OK ||
	    (rc = migrate(store, app_id, schema, err)) != ERR_OK)
		return rc;
	return run_text(store, "PRAGMA synchronous=FULL", err);
}

/* "Unable to open" is all that SQLite says where it may not write; the system
 * knows more. */
static enum err
why_not_opened(const char *path, struct errtext *err)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash == NULL ? strdup(".")
				  : strndup(path, (size_t)(slash - path) + 1);
	struct errtext why = { 0 };

	if (dir != NULL &&
	    (access(path, W_OK) != 0 || access(dir, W_OK | X_OK) != 0)) {
		file_unwritten(path, errno, &why);
		/* the path is put in front of every error here */
		err_set(err, ERR_IO, "%s", why.text + strlen(path) + 2);
	}
	free(dir);
	return ERR_IO;
}

/* SQLite opens a pipe and waits for its other end. */
static enum err
check_files(const char *path, struct errtext *err)
{
	static const char *const suffix[] = { "", "-wal", "-shm", "-journal" };
	enum err rc = ERR_OK;
	struct stat st;
	char *name;
	size_t i;

	for (i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++) {
		if (asprintf(&name, "%s%s", path, suffix[i]) < 0)
			return err_memory(err);
		if (rc == ERR_OK && stat(name, &st) == 0 &&
		    !S_ISREG(st.st_mode))
			rc = err_set(
			    err, ERR_IO, _("this is not a file: %s"), name);
		free(name);
	}
	return rc;
}

enum err
store_open(const char *path, bool create, uint32_t app_id,
    const char *const *schema, struct store **out, struct errtext *err)
{
	struct store *store = NULL;
	bool created = false;
	enum err rc;

	if (create) {
		if ((rc = create_file(path, err)) != ERR_OK)
			goto out;
		created = true;
	} else if (!file_exists(path)) {
		rc = err_set(err, ERR_NOT_FOUND, _("there is no such file"));
		goto out;
	}
	if ((rc = check_files(path, err)) != ERR_OK)
		goto out;
	if ((store = calloc(1, sizeof(*store))) == NULL) {
		rc = err_memory(err);
		goto out;
	}
	if (sqlite3_open_v2(path, &store->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK) {
		rc = failed(store, err);
		goto out;
	}
	store->schema = schema;
	rc = set_up(store, create, app_id, schema, err);
	if (rc == ERR_IO &&
	    (sqlite3_errcode(store->db) & 0xff) == SQLITE_CANTOPEN)
		rc = why_not_opened(path, err);
	if (rc != ERR_OK)
		goto out;
	*out = store;
	store = NULL;
	created = false;
out:
	store_close(&store);
	if (created)
		remove_created(path);
	if (rc != ERR_OK)
		err_prefix(err, "%s", path);
	return rc;
}

/* "file:/PATH?immutable=1", with what a URI would take for its own escaped. */
static void
immutable_uri(const char *path, struct bytes *uri)
{
	bytes_add_text(uri, "file:");
	for (; *path != '\0'; path++)
		if (strchr("%?#", *path) != NULL)
			bytes_addf(uri, "%%%02X", (unsigned char)*path);
		else
			bytes_add_byte(uri, (uint8_t)*path);
	bytes_add_text(uri, "?immutable=1");
}

static enum err
check_version(
    struct store *store, const char *const *schema, struct errtext *err)
{
	int64_t version, known = newest_version(schema);
	enum err rc;

	rc = pragma_int(store, "PRAGMA user_version", &version, err);
	if (rc == ERR_OK)
		rc = refuse_version(version, schema, err);
	if (rc == ERR_OK && version < known)
		rc = err_set(err, ERR_VERSION,
		    _("the database was made by an older Sello; use it once "
		      "where it can be written, then it is brought up to "
		      "date"));
	return rc;
}

/* Changes that stand beside the file and not yet in it. A journal that was
 * left empty, or overwritten with zeros, holds none: SQLite's own test. */
static enum err
check_beside(const char *path, const char *suffix, struct errtext *err)
{
	struct bytes name = { 0 };
	uint8_t first = 0;
	enum err rc = ERR_OK;
	ssize_t got = 0;
	int fd;

	bytes_addf(&name, "%s%s", path, suffix);
	if (name.failed)
		return err_memory(err);
	fd = open((const char *)name.at,
	    O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd >= 0) {
		got = read(fd, &first, 1);
		close(fd);
	} else if (errno != ENOENT)
		got = -1;
	if (got < 0 || (got == 1 && first != 0))
		rc = err_set(err, ERR_CONFIG,
		    _("what was written last stands in %s, which cannot be "
		      "read on a disk that is read-only; copy the whole "
		      "folder to one that can be written, and use it there"),
		    (const char *)name.at);
	bytes_free(&name);
	return rc;
}

enum err
store_open_readonly(const char *path, uint32_t app_id,
    const char *const *schema, struct store **out, struct errtext *err)
{
	struct store *store = calloc(1, sizeof(*store));
	struct bytes uri = { 0 };
	enum err rc = ERR_MEMORY;

	immutable_uri(path, &uri);
	if (store == NULL || uri.failed)
		goto out;
	if ((rc = check_files(path, err)) != ERR_OK ||
	    (rc = check_beside(path, "-wal", err)) != ERR_OK ||
	    (rc = check_beside(path, "-journal", err)) != ERR_OK)
		goto out;
	if (sqlite3_open_v2((const char *)uri.at, &store->db,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK) {
		rc = failed(store, err);
		goto out;
	}
	store->schema = schema;
	if ((rc = configure(store, err)) != ERR_OK ||
	    (rc = check_owner(store, app_id, err)) != ERR_OK ||
	    (rc = check_version(store, schema, err)) != ERR_OK)
		goto out;
	*out = store;
	store = NULL;
out:
	store_close(&store);
	bytes_free(&uri);
	if (rc != ERR_OK)
		err_prefix(err, "%s", path);
	return rc;
}

bool
store_is_writable(const struct store *store)
{
	return sqlite3_db_readonly(store->db, "main") == 0;
}

const char *const *
store_schema(const struct store *store)
{
	return store->schema;
}

void
store_close(struct store **store)
{
	struct store *s = *store;
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->cache_count; i++) {
		sqlite3_finalize(s->cache[i].stmt);
		free(s->cache[i].sql);
	}
	free(s->cache);
	sqlite3_close(s->db);
	free(s);
	*store = NULL;
}
