/*
 * post_store.c - opening the database and the clock mark: post_store.h.
 */
#include "verify/post/post_store.h"

#include "base/array.h"
#include "base/file.h"
#include "store/row.h"

#include <stdlib.h>
#include <string.h>

#define APPLICATION_ID 0x53564652u /* "SVFR" */
#define WAIT_MS        10000       /* another counter writes for some ms */

static const char *const schema[] = {
	"CREATE TABLE setting ("
	" name TEXT PRIMARY KEY,"
	" value INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE presentation ("
	" id INTEGER PRIMARY KEY,"
	" number TEXT NOT NULL,"
	" digest BLOB NOT NULL,"
	" issued_at INTEGER NOT NULL,"
	" time INTEGER NOT NULL,"
	" post TEXT NOT NULL,"
	" answer TEXT,"
	" elsewhere INTEGER NOT NULL"
	") STRICT;"
	"CREATE INDEX presentation_letter ON presentation (number, digest);",
	/* what proves a row; NULL in those that are older */
	"ALTER TABLE presentation ADD COLUMN key_name TEXT;"
	"ALTER TABLE presentation ADD COLUMN signature BLOB;"
	"ALTER TABLE presentation ADD COLUMN sum BLOB;"
	"CREATE INDEX presentation_digest ON presentation (digest);",
	/* before, one sum over all logs was kept as three settings */
	"CREATE TABLE record ("
	" owner BLOB PRIMARY KEY,"
	" taken INTEGER NOT NULL,"
	" lost INTEGER NOT NULL,"
	" lost_at INTEGER NOT NULL,"
	" sum INTEGER NOT NULL"
	") STRICT, WITHOUT ROWID;"
	"DELETE FROM setting WHERE name GLOB 'records*'",
	NULL,
};

enum err
post_store_file(
    const char *path, bool create, struct store **out, struct errtext *err)
{
	return store_open(path, create, APPLICATION_ID, schema, out, err);
}

static enum err
open_store(
    const char *home, bool create, struct store **out, struct errtext *err)
{
	char *path = file_join(home, "post.db");
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	rc = post_store_file(path, create, out, err);
	free(path);
	return rc;
}

enum err
post_store_create(const char *home, struct errtext *err)
{
	struct store *store = NULL;
	enum err rc = open_store(home, true, &store, err);

	/* left by an init that was cut short */
	if (rc == ERR_EXISTS)
		rc = open_store(home, false, &store, err);
	store_close(&store);
	return rc;
}

/* What a post knows counts even where it cannot learn: without the clock mark
 * and the letters shown before, grey and amber would turn green. */
static enum err
open_to_read(struct post *post)
{
	char *path = file_join(post->home, "post.db");
	struct errtext why = { 0 };
	enum err rc;

	if (path == NULL)
		return ERR_MEMORY;
	rc = store_open_readonly(
	    path, APPLICATION_ID, schema, &post->store, &why);
	post->store_read_only = rc == ERR_OK;
	if (rc != ERR_OK)
		post->store_problem = why;
	free(path);
	return rc;
}

static struct post_record *
find_record(const struct post *post, const uint8_t *owner)
{
	size_t i;

	for (i = 0; i < post->record_count; i++)
		if (memcmp(post->record[i].owner, owner, POST_LOG_OWNER) == 0)
			return &post->record[i];
	return NULL;
}

static enum err
add_record(
    struct post *post, const struct post_record *record, struct errtext *err)
{
	if (!ARRAY_ROOM(post->record, post->record_count, post->record_cap))
		return err_memory(err);
	post->record[post->record_count++] = *record;
	return ERR_OK;
}

static enum err
read_records(struct post *post)
{
	struct errtext *err = &post->store_problem;
	sqlite3_stmt *stmt = store_prepare(post->store,
	    "SELECT owner, taken, lost, lost_at,"
	    " sum = " POST_RECORD_SUM " FROM record",
	    err);
	enum err rc;
	bool found;

	post->record_count = 0;
	while ((rc = row_next(post->store, stmt, "biiii", &found, err)) ==
		ERR_OK &&
	    found) {
		struct post_record record = { .taken = store_int(stmt, 1),
			.lost = store_int(stmt, 2),
			.lost_at = store_int(stmt, 3) };

		if (!row_blob(stmt, 0, record.owner, POST_LOG_OWNER) ||
		    store_int(stmt, 4) != 1)
			rc = row_damaged(err);
		else
			rc = add_record(post, &record, err);
		if (rc != ERR_OK)
			break;
	}
	row_done(stmt);
	return rc;
}

/* Kept twice, and the higher one counts: a bit that a bad disk clears must not
 * make the clock's past unknown. None was written yet: 0. */
static enum err
read_mark(struct post *post)
{
	struct errtext *err = &post->store_problem;
	sqlite3_stmt *stmt = store_prepare(post->store,
	    "SELECT max(value) FROM setting"
	    " WHERE name IN ('clock', 'clock-again')",
	    err);
	bool found;
	enum err rc = row_next(post->store, stmt, "I", &found, err);

	if (rc == ERR_OK)
		post->mark = found ? store_int(stmt, 0) : 0;
	row_done(stmt);
	return rc == ERR_OK ? read_records(post) : rc;
}

static void
give_up(struct post *post, enum err rc)
{
	store_close(&post->store);
	post->store_read_only = false;
	/* held by another program for a moment: nothing in it is lost */
	post->store_lost = !store_is_passing(rc);
	post->store_why = rc;
}

void
post_store_open(struct post *post)
{
	int64_t shown = 0;
	enum err rc =
	    open_store(post->home, false, &post->store, &post->store_problem);

	if (rc == ERR_IO)
		rc = open_to_read(post);
	/* what was shown must not stand in the log beside the file alone,
	 * where one changed byte makes SQLite forget the rest */
	if (rc == ERR_OK && !post->store_read_only)
		store_write_through(post->store, true);
	if (rc == ERR_OK)
		rc = read_mark(post);
	if (rc == ERR_OK)
		rc = row_number(post->store,
		    store_prepare(post->store,
			"SELECT count(*) FROM (SELECT 1 FROM presentation"
			" LIMIT 1)",
			&post->store_problem),
		    &shown, &post->store_problem);
	if (rc != ERR_OK)
		give_up(post, rc);
}

void
post_store_refresh(struct post *post)
{
	enum err rc;

	if (post->store != NULL && (rc = read_mark(post)) != ERR_OK)
		give_up(post, rc);
}

void
post_store_close(struct post *post)
{
	store_close(&post->store);
	post->store_read_only = post->store_lost = false;
	post->store_problem = (struct errtext){ 0 };
}

#define REPLACE " ON CONFLICT (name) DO UPDATE SET value = excluded.value"

/* ERR_OK where it can be written; else err says why not. */
static enum err
may_write(const struct post *post, struct errtext *err)
{
	if (post->store != NULL && !post->store_read_only)
		return ERR_OK;
	return err_set(err,
	    post->store == NULL && !post->store_lost ? post->store_why : ERR_IO,
	    "%s", post->store_problem.text);
}

enum err
post_store_set_mark(struct post *post, int64_t at, struct errtext *err)
{
	sqlite3_stmt *stmt;
	enum err rc = may_write(post, err);

	if (rc != ERR_OK)
		return rc;
	stmt = store_prepare(post->store,
	    "INSERT INTO setting (name, value)"
	    " VALUES ('clock', ?1), ('clock-again', ?1)" REPLACE,
	    err);
	store_bind_int(stmt, 1, at);
	if ((rc = store_run(post->store, stmt, err)) == ERR_OK)
		post->mark = at;
	return rc;
}

void
post_store_time(struct post *post, const char *name, int64_t *out)
{
	sqlite3_stmt *stmt;

	*out = 0;
	if (post->store == NULL)
		return;
	stmt = store_prepare(post->store,
	    "SELECT coalesce(max(value), 0) FROM setting WHERE name = ?1",
	    NULL);
	store_bind_text(stmt, 1, name);
	if (row_number(post->store, stmt, out, NULL) != ERR_OK)
		*out = 0;
}

enum err
post_store_put_time(
    struct store *store, const char *name, int64_t at, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO setting (name, value) VALUES (?1, ?2)" REPLACE, err);

	store_bind_text(stmt, 1, name);
	store_bind_int(stmt, 2, at);
	return store_run(store, stmt, err);
}

enum err
post_store_set_time(
    struct post *post, const char *name, int64_t at, struct errtext *err)
{
	enum err rc = may_write(post, err);

	if (rc != ERR_OK ||
	    (rc = store_begin_within(post->store, WAIT_MS, err)) != ERR_OK)
		return rc;
	rc = post_store_put_time(post->store, name, at, err);
	if (rc == ERR_OK)
		rc = store_commit(post->store, err);
	store_rollback(post->store);
	return rc;
}

/* A sync counts each log that grew, and writes them back together. */
static enum err
write_record(
    struct post *post, const struct post_record *record, struct errtext *err)
{
	bool empty = record->taken == 0 && record->lost == 0;
	sqlite3_stmt *stmt;
	enum err rc = may_write(post, err);

	if (rc != ERR_OK)
		return rc;
	stmt = store_prepare(post->store,
	    empty ? "DELETE FROM record WHERE owner = ?1"
		  : "INSERT OR REPLACE INTO record (owner, taken, lost,"
		    " lost_at, sum) SELECT owner, taken, lost, lost_at,"
		    " " POST_RECORD_SUM " FROM (SELECT ?1 AS owner,"
		    " ?2 AS taken, ?3 AS lost, ?4 AS lost_at)",
	    err);
	store_bind_blob(stmt, 1, record->owner, POST_LOG_OWNER);
	if (!empty) {
		store_bind_int(stmt, 2, record->taken);
		store_bind_int(stmt, 3, record->lost);
		store_bind_int(stmt, 4, record->lost_at);
	}
	store_write_through(post->store, false);
	rc = store_run(post->store, stmt, err);
	store_write_through(post->store, true);
	return rc;
}

enum err
post_store_set_record(
    struct post *post, const struct post_record *record, struct errtext *err)
{
	const struct post_record none = { .taken = 0 };
	struct post_record *had = find_record(post, record->owner);
	const struct post_record *was = had != NULL ? had : &none;
	enum err rc;

	if (was->taken == record->taken && was->lost == record->lost &&
	    was->lost_at == record->lost_at)
		return ERR_OK;
	if ((rc = write_record(post, record, err)) != ERR_OK)
		return rc;
	if (had == NULL)
		return add_record(post, record, err);
	*had = *record;
	return ERR_OK;
}

enum err
post_store_write_back(struct post *post, struct errtext *err)
{
	return post->store == NULL || post->store_read_only
	    ? ERR_OK
	    : store_write_back(post->store, err);
}
