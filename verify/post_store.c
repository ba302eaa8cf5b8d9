/*
 * post_store.c - opening the database and the clock mark: post_store.h.
 */
#include "verify/post_store.h"

#include "base/file.h"
#include "base/i18n.h"
#include "store/row.h"

#include <stdlib.h>
#include <string.h>

#define APPLICATION_ID 0x53564652u /* "SVFR" */

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
		return err_set(err, ERR_MEMORY, _("out of memory"));
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

#define SETTING(name) \
	"coalesce((SELECT value FROM setting WHERE name = '" name "'), 0)"

static enum err
read_records(struct post *post)
{
	struct errtext *err = &post->store_problem;
	sqlite3_stmt *stmt = store_prepare(post->store,
	    "SELECT " SETTING("records") ", " SETTING(
		"records-lost") ", " SETTING("records-lost-at"),
	    err);
	bool found;
	enum err rc = row_next(post->store, stmt, "iii", &found, err);

	if (rc == ERR_OK && found)
		post->records = (struct post_records){ store_int(stmt, 0),
			store_int(stmt, 1), store_int(stmt, 2) };
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
	/* another program holds it for a moment: nothing in it is lost */
	post->store_lost = rc != ERR_BUSY;
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
		rc = store_exec(post->store, "PRAGMA wal_autocheckpoint=1",
		    &post->store_problem);
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

/* A statement that may write; NULL: err says why not. */
static sqlite3_stmt *
prepare(struct post *post, const char *insert, struct errtext *err)
{
	if (post->store != NULL && !post->store_read_only)
		return store_prepare(post->store, insert, err);
	err_set(err, ERR_IO, "%s", post->store_problem.text);
	return NULL;
}

enum err
post_store_set_mark(struct post *post, int64_t at, struct errtext *err)
{
	sqlite3_stmt *stmt = prepare(post,
	    "INSERT INTO setting (name, value)"
	    " VALUES ('clock', ?1), ('clock-again', ?1)" REPLACE,
	    err);
	enum err rc;

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, at);
	if ((rc = store_run(post->store, stmt, err)) == ERR_OK)
		post->mark = at;
	return rc;
}

enum err
post_store_set_records(
    struct post *post, const struct post_records *records, struct errtext *err)
{
	sqlite3_stmt *stmt;
	enum err rc;

	if (memcmp(&post->records, records, sizeof(*records)) == 0)
		return ERR_OK;
	stmt = prepare(post,
	    "INSERT INTO setting (name, value) VALUES ('records', ?1),"
	    " ('records-lost', ?2), ('records-lost-at', ?3)" REPLACE,
	    err);
	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, records->taken);
	store_bind_int(stmt, 2, records->lost);
	store_bind_int(stmt, 3, records->lost_at);
	if ((rc = store_run(post->store, stmt, err)) == ERR_OK)
		post->records = *records;
	return rc;
}
