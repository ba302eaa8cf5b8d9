/*
 * post_store.c - opening the database and the clock mark: post_store.h.
 */
#include "verify/post_store.h"

#include "base/file.h"
#include "base/i18n.h"

#include <stdlib.h>

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
	NULL,
};

static enum err
open_store(
    const char *home, bool create, struct store **out, struct errtext *err)
{
	char *path = file_join(home, "post.db");
	enum err rc;

	if (path == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	rc = store_open(path, create, APPLICATION_ID, schema, out, err);
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

static enum err
read_number(
    struct post *post, const char *sql, int64_t *out, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(post->store, sql, err);
	enum err rc = ERR_IO;

	if (stmt == NULL)
		return rc;
	if (store_step(post->store, stmt, &rc, err))
		*out = store_int(stmt, 0);
	sqlite3_reset(stmt);
	return rc;
}

/* What a post knows counts even where it cannot learn: without the clock mark
 * and the letters shown before, grey and amber would turn green. */
static enum err
open_to_read(struct post *post)
{
	char *path = file_join(post->home, "post.db");
	enum err rc;

	if (path == NULL)
		return ERR_MEMORY;
	rc = store_open_readonly(
	    path, APPLICATION_ID, schema, &post->store, NULL);
	post->store_read_only = rc == ERR_OK;
	free(path);
	return rc;
}

void
post_store_open(struct post *post)
{
	enum err rc =
	    open_store(post->home, false, &post->store, &post->store_problem);

	if (rc == ERR_IO)
		rc = open_to_read(post);
	if (rc == ERR_OK)
		rc = read_number(post,
		    "SELECT value FROM setting WHERE name = 'clock'",
		    &post->mark, &post->store_problem);
	if (rc == ERR_OK)
		rc = read_number(post,
		    "SELECT coalesce(max(id), 0) FROM presentation",
		    &post->last_before, &post->store_problem);
	if (rc == ERR_OK)
		return;
	store_close(&post->store);
	post->store_read_only = false;
	/* another program holds it for a moment: that loses nothing */
	post->store_lost = rc != ERR_BUSY;
}

enum err
post_store_set_mark(struct post *post, int64_t at, struct errtext *err)
{
	sqlite3_stmt *stmt;
	enum err rc;

	if (post->store == NULL || post->store_read_only)
		return err_set(err, ERR_IO, "%s", post->store_problem.text);
	stmt = store_prepare(post->store,
	    "INSERT INTO setting (name, value) VALUES ('clock', ?1)"
	    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	    err);
	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, at);
	if ((rc = store_run(post->store, stmt, err)) == ERR_OK)
		post->mark = at;
	return rc;
}
