/*
 * store_open.c - opening, configuring, migrating and closing: store.h.
 */
#include "store/store.h"

#include "base/file.h"
#include "base/i18n.h"
#include "store/disk.h"
#include "store/rowsum.h"
#include "store/store_inner.h"
#include "store/sums.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err
pragma_int(
    struct store *store, const char *sql, int64_t *out, struct errtext *err)
{
	sqlite3_stmt *stmt = NULL;
	enum err rc = ERR_OK;

	if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK ||
	    sqlite3_step(stmt) != SQLITE_ROW)
		rc = store_failed(store, err);
	else
		*out = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc;
}

/*
 * Settings that belong to a connection. SQLite trusts the schema of a file
 * by default: a planted view could call functions and a planted trigger act.
 */
static enum err
configure(struct store *store, struct errtext *err)
{
	sqlite3_extended_result_codes(store->db, 1);
	if (rowsum_register(store->db) != SQLITE_OK)
		return store_failed(store, err);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* we have none: those of a file from elsewhere are not ours to run */
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_busy_timeout(store->db, READ_WAIT_MS);
	if (sums_functions(store, err) != ERR_OK)
		return ERR_MEMORY;
	return store_exec(store,
	    "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON;"
	    "PRAGMA cell_size_check=ON",
	    err);
}

static enum err
migrate_to(struct store *store, int64_t version, const char *sql,
    uint32_t app_id, struct errtext *err)
{
	char mark[96];
	int64_t found = 0;
	enum err rc;

	/* waits: two counters may meet a file of an earlier version at once */
	if ((rc = store_exec(store, "BEGIN IMMEDIATE", err)) != ERR_OK)
		return rc;
	/* another process may have been faster */
	if ((rc = pragma_int(store, "PRAGMA user_version", &found, err)) !=
		ERR_OK ||
	    found >= version)
		goto out;
	sqlite3_snprintf(sizeof(mark), mark,
	    "PRAGMA user_version=%lld; PRAGMA application_id=%d",
	    (long long)version, (int)app_id);
	if ((rc = store_exec(store, sql, err)) != ERR_OK ||
	    (rc = store_exec(store, mark, err)) != ERR_OK)
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
	if (version > store_newest_version(schema))
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
	int64_t version = 0, known, at;
	enum err rc;

	if (schema == NULL)
		return ERR_OK;
	known = store_newest_version(schema);
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
	int64_t found = 0;
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

/* Left by a creation that was cut short: of nobody, and nothing is in it. What is
 * not even a database is somebody's. */
static enum err
check_unfinished(struct store *store, struct errtext *err)
{
	int64_t app_id = 0, things = 0;
	enum err rc;

	rc = pragma_int(store, "PRAGMA application_id", &app_id, err);
	if (rc == ERR_OK)
		rc = pragma_int(
		    store, "SELECT count(*) FROM sqlite_schema", &things, err);
	if (store_is_unseen(rc) || (rc == ERR_OK && app_id == 0 && things == 0))
		return rc;
	return err_set(err, ERR_EXISTS, _("there is one already"));
}

/* SQLite makes -wal and -shm with the mode of the database itself. */
static enum err
create_file(const char *path, bool *made, struct errtext *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	*made = fd >= 0;
	if (fd < 0 && errno != EEXIST)
		return err_set(err, ERR_IO, _("cannot be created: %m"));
	if (*made)
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
set_up(struct store *store, bool create, bool left, uint32_t app_id,
    const char *const *schema, struct errtext *err)
{
	enum err rc;

	if ((rc = configure(store, err)) != ERR_OK)
		return rc;
	rc = create ? check_unfinished(store, err)
		    : check_owner(store, app_id, err);
	if (rc != ERR_OK)
		return rc;
	rc = store_exec(store,
	    create ? "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=WAL"
		   : "PRAGMA synchronous=FULL; PRAGMA journal_mode=WAL",
	    err);
	if (rc != ERR_OK ||
	    (rc = migrate(store, app_id, schema, err)) != ERR_OK ||
	    (rc = store_exec(store, "PRAGMA synchronous=FULL", err)) != ERR_OK)
		return rc;
	return left ? store_flush(store, err) : ERR_OK;
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

/* SQLite opens a pipe and waits for its other end. left: there are files beside
 * it, of a program that has it open, or was ended. */
static enum err
check_files(const char *path, bool *left, struct errtext *err)
{
	static const char *const suffix[] = { "", "-wal", "-shm", "-journal" };
	enum err rc = ERR_OK;
	struct stat st;
	char *name;
	size_t i;

	for (i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++) {
		if (asprintf(&name, "%s%s", path, suffix[i]) < 0)
			return err_memory(err);
		if (rc == ERR_OK && stat(name, &st) == 0) {
			*left |= i > 0;
			if (!S_ISREG(st.st_mode))
				rc = err_set(err, ERR_IO,
				    _("this is not a file: %s"), name);
		}
		free(name);
	}
	return rc;
}

enum err
store_open(const char *path, bool create, uint32_t app_id,
    const char *const *schema, struct store **out, struct errtext *err)
{
	struct store *store = NULL;
	bool created = false, left = false;
	enum err rc;

	if (create) {
		if ((rc = create_file(path, &created, err)) != ERR_OK)
			goto out;
	} else if (!file_exists(path)) {
		rc = err_set(err, ERR_NOT_FOUND, _("there is no such file"));
		goto out;
	}
	if ((rc = check_files(path, &left, err)) != ERR_OK)
		goto out;
	if ((store = calloc(1, sizeof(*store))) == NULL) {
		rc = err_memory(err);
		goto out;
	}
	if (disk_watch() != SQLITE_OK ||
	    sqlite3_open_v2(path, &store->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK) {
		rc = store_failed(store, err);
		goto out;
	}
	store->schema = schema;
	rc = set_up(store, create, left, app_id, schema, err);
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
	int64_t version = 0, known = store_newest_version(schema);
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
	bool left = false;

	immutable_uri(path, &uri);
	if (store == NULL || uri.failed)
		goto out;
	if ((rc = check_files(path, &left, err)) != ERR_OK ||
	    (rc = check_beside(path, "-wal", err)) != ERR_OK ||
	    (rc = check_beside(path, "-journal", err)) != ERR_OK)
		goto out;
	if (disk_watch() != SQLITE_OK ||
	    sqlite3_open_v2((const char *)uri.at, &store->db,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK) {
		rc = store_failed(store, err);
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
