/*
 * restore.c - a home from a backup: backup.h.
 *
 * The backup is copied beside the home, opened and examined there; only then
 * does it take the register's place, by one rename.
 */
#include "issue/backup.h"

#include "issue/backup_files.h"
#include "issue/center_files.h"
#include "issue/register_log.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COPY_BYTES (1u << 16)
#define STAGE      "register.restore"

/* --- a copy to examine
 * ---------------------------------------------------------- */

static bool
copy_bytes(int from, int to)
{
	uint8_t *buffer = malloc(COPY_BYTES);
	ssize_t n = -1;

	while (buffer != NULL && (n = read(from, buffer, COPY_BYTES)) > 0)
		if (!file_write_all(to, buffer, (size_t)n)) {
			n = -1;
			break;
		}
	free(buffer);
	return n == 0 && fsync(to) == 0;
}

static enum err
copy_file(const char *from, const char *to, struct errtext *err)
{
	int in = open(from, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum err rc = ERR_OK;
	int out;

	if (in < 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
		    _("%s: cannot be opened: %m"), from);
	unlink(to); /* left by a restore that was cut short */
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0 || !copy_bytes(in, out))
		rc = err_set(err, ERR_IO, _("%s: cannot be written: %m"), to);
	if (out >= 0)
		close(out);
	close(in);
	return rc;
}

/* --- is it a whole backup?
 * --------------------------------------------------------- */

static enum err
read_code(
    struct registry *reg, char out[LETTER_CENTER_SIZE], struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT code FROM center", err);
	bool good = false;
	enum err rc;

	if (store_step(store, stmt, &rc, err))
		good = text_copy(out, LETTER_CENTER_SIZE, store_text(stmt, 0));
	sqlite3_reset(stmt);
	if (rc == ERR_OK && !good)
		rc = err_set(err, ERR_DATA, _("no center in it"));
	return rc;
}

/* The guard of the home is what counts, whatever the copy thought. */
static enum err
settle(struct registry *reg, struct errtext *err)
{
	struct store *store = register_store(reg);
	enum err rc = register_set_setting(reg, "guard-due", NULL, err);

	if (rc == ERR_OK)
		rc = store_run(store,
		    store_prepare(store, "DELETE FROM home_file", err), err);
	return rc;
}

static enum err
write_missing(struct registry *reg, const char *home, const char *name,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT data FROM home_file WHERE name = ?1", err);
	struct bytes data = { 0 };
	char *path = NULL;
	enum err rc;

	store_bind_text(stmt, 1, name);
	if (store_step(store, stmt, &rc, err))
		store_blob(stmt, 0, &data);
	sqlite3_reset(stmt);
	if (rc == ERR_OK && data.len > 0 &&
	    (rc = center_path(home, name, &path, err)) == ERR_OK &&
	    !file_exists(path))
		rc = file_write(path, 0644, data.at, data.len, err);
	bytes_free(&data);
	free(path);
	return rc;
}

static enum err
examine(const char *stage, const char *home, const char *expected,
    struct errtext *err)
{
	char code[LETTER_CENTER_SIZE] = "";
	struct registry *reg = NULL;
	bool sound = false;
	enum err rc;

	if ((rc = register_open_file(stage, &reg, err)) != ERR_OK ||
	    (rc = register_check_file(reg, &sound, err)) != ERR_OK ||
	    (rc = read_code(reg, code, err)) != ERR_OK)
		goto out;
	if (!sound)
		rc = err_set(err, ERR_DATA, _("the backup is damaged"));
	else if (expected[0] != '\0' && strcmp(code, expected) != 0)
		rc = err_set(err, ERR_REFUSED,
		    _("the backup is of center %s, the home of %s"), code,
		    expected);
	for (size_t i = 0; backup_files[i] != NULL && rc == ERR_OK; i++)
		rc = write_missing(reg, home, backup_files[i], err);
	if (rc == ERR_OK)
		rc = settle(reg, err);
	if (rc == ERR_OK)
		rc = register_rest(reg, err);
out:
	register_close(&reg);
	/* whatever kind of nonsense it is */
	return rc == ERR_VERSION || rc == ERR_EXISTS ? ERR_DATA : rc;
}

/* --- taking its place
 * --------------------------------------------------------------- */

/* The register that is there, if it can be opened: whose it is. */
static enum err
expected_code(const char *home, char out[LETTER_CENTER_SIZE])
{
	struct registry *reg = NULL;
	enum err rc = register_open(home, &reg, NULL);

	if (rc == ERR_OK && read_code(reg, out, NULL) == ERR_OK)
		rc = register_rest(reg, NULL);
	register_close(&reg);
	return rc;
}

/* Its write-ahead log belongs to it: it goes along, or is empty by now. */
static enum err
keep_old(const char *path, const char *home, int64_t now, struct restored *out,
    struct errtext *err)
{
	static const char *const suffix[] = { "-wal", "-shm", "" };
	char at[CLOCK_INSTANT_SIZE] = "", *to, *from;
	enum err rc = ERR_OK;

	if (!file_exists(path))
		return ERR_OK;
	clock_format(now, at);
	snprintf(out->old, sizeof(out->old),
	    "register.before-%.10s-%.2s%.2s%.2s.db", at, at + 11, at + 14,
	    at + 17);
	for (size_t i = 0; i < 3 && rc == ERR_OK; i++) {
		to = from = NULL;
		if (asprintf(&from, "%s%s", path, suffix[i]) < 0 ||
		    asprintf(&to, "%s/%s%s", home, out->old, suffix[i]) < 0)
			rc = err_set(err, ERR_MEMORY, _("out of memory"));
		else if (file_exists(from) && rename(from, to) != 0)
			rc = err_set(err, ERR_IO,
			    _("%s: cannot be kept beside: %m"), from);
		free(from);
		free(to);
	}
	out->kept = rc == ERR_OK;
	return rc;
}

static enum err
restore(const char *home, const char *stage, int64_t now, struct restored *out,
    struct errtext *err)
{
	char *path = NULL;
	enum err rc;

	if ((rc = center_path(home, "register.db", &path, err)) == ERR_OK &&
	    (rc = keep_old(path, home, now, out, err)) == ERR_OK &&
	    rename(stage, path) != 0)
		rc = err_set(err, ERR_IO, _("%s: cannot be made: %m"), path);
	free(path);
	return rc;
}

enum err
backup_restore(const char *home, const char *path, int64_t now,
    struct restored *out, struct errtext *err)
{
	char code[LETTER_CENTER_SIZE] = "";
	struct restored made = { .kept = false };
	char *stage = NULL, *lock_path = NULL;
	int lock = -1;
	enum err rc;

	if (!file_exists(path))
		return err_set(
		    err, ERR_NOT_FOUND, _("%s: there is no such file"), path);
	if ((rc = file_mkdir(home, 0700, err)) != ERR_OK ||
	    (rc = center_path(home, STAGE, &stage, err)) != ERR_OK ||
	    (rc = center_path(home, "register.lock", &lock_path, err)) !=
		ERR_OK ||
	    (rc = file_lock(lock_path, &lock, err)) != ERR_OK)
		goto out;
	(void)expected_code(home, code); /* "" when there is none */
	if ((rc = copy_file(path, stage, err)) != ERR_OK)
		goto out;
	if ((rc = examine(stage, home, code, err)) != ERR_OK)
		err_prefix(err, "%s", path);
	else
		rc = restore(home, stage, now, &made, err);
	if (rc != ERR_OK)
		unlink(stage);
	else
		*out = made;
out:
	if (lock >= 0)
		close(lock);
	free(stage);
	free(lock_path);
	return rc;
}
