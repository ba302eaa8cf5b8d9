/*
 * register.c - the register's tables, opening it, transactions: register.h.
 */
#include "issue/register/register.h"

#include "issue/register/log.h"

#include "base/file.h"
#include "base/i18n.h"
#include "store/sums.h"

#include <stdlib.h>

#define APP_ID 0x53454c52u /* "SELR" */

struct registry {
	struct store *store;
	bool lines; /* the transaction entered some of the log */
};

/*
 * STRICT, so that a column holds what it says; the states are words, so that
 * whoever reads the file by hand understands it.
 *
 * draft.letter is TEXT, one "key value" line a field: exactly the bytes that
 * the drafter signed (issue/register/draft_text.h). draft.commitment and
 * draft.drafted go into the letter's line: what the drafter signs of it there.
 *
 * In log_line letters are found by number and by commitment, which the log's
 * rules ask for (issue/center/logbook_rules.h). What is changed by hand is
 * found by the sums (store/sums.h).
 */
static const char tables[] =
    "CREATE TABLE center ("
    " id INTEGER PRIMARY KEY CHECK (id = 1),"
    " code TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,"
    " timezone TEXT NOT NULL, hotline TEXT NOT NULL,"
    " root BLOB NOT NULL, public_key BLOB NOT NULL,"
    " log_key BLOB NOT NULL, cosigner_key BLOB NOT NULL,"
    " list_sequence INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;"

    "CREATE TABLE sealed_key ("
    " name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;"

    "CREATE TABLE person ("
    " code TEXT PRIMARY KEY,"
    " role TEXT NOT NULL"
    "  CHECK (role IN ('drafter', 'approver', 'administrator')),"
    " founding INTEGER NOT NULL CHECK (founding IN (0, 1)),"
    " sign_key BLOB NOT NULL, slot_key BLOB NOT NULL,"
    " sealed BLOB," /* NULL once removed, or known from the log alone */
    " slot BLOB,"   /* NULL for who cannot open the center's keys */
    " slot_proof BLOB NOT NULL," /* the person's word for slot_key */
    " must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),"
    " added_at INTEGER NOT NULL, added_by TEXT NOT NULL,"
    " removed_at INTEGER NOT NULL, removed_by TEXT NOT NULL) STRICT;"

    "CREATE TABLE draft ("
    " id INTEGER PRIMARY KEY,"
    " state TEXT NOT NULL"
    "  CHECK (state IN ('pending', 'approved', 'discarded')),"
    " officer TEXT NOT NULL, at INTEGER NOT NULL,"
    " input_row TEXT NOT NULL, problems TEXT NOT NULL,"
    " letter TEXT, signature BLOB, commitment BLOB, drafted BLOB,"
    " document_key TEXT, name_key TEXT,"
    " discarded_at INTEGER, discarded_by TEXT, reason TEXT) STRICT;"
    "CREATE INDEX draft_pending ON draft (id) WHERE state = 'pending';"
    "CREATE INDEX draft_document ON draft (document_key)"
    " WHERE document_key IS NOT NULL;"
    "CREATE INDEX draft_name ON draft (name_key, document_key)"
    " WHERE name_key IS NOT NULL;"

    "CREATE TABLE label_set ("
    " id INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE) STRICT;"

    "CREATE TABLE letter ("
    " id INTEGER PRIMARY KEY," /* order of issue */
    " number TEXT NOT NULL UNIQUE,"
    " year INTEGER NOT NULL, sequence INTEGER NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN"
    "  ('issued', 'superseded', 'withdrawn', 'forgotten')),"
    " issued_at INTEGER NOT NULL,"
    " draft INTEGER NOT NULL UNIQUE REFERENCES draft (id),"
    " officer TEXT NOT NULL, approver TEXT NOT NULL,"
    " second TEXT NOT NULL," /* '' unless two persons had to sign */
    " reason TEXT NOT NULL," /* V<seconds> or B<size> */
    " digest BLOB NOT NULL, xml BLOB, copies INTEGER NOT NULL,"
    " paper TEXT NOT NULL CHECK (paper IN ('letter', 'a4')),"
    " labels INTEGER NOT NULL REFERENCES label_set (id),"
    " UNIQUE (year, sequence)) STRICT;"

    "CREATE TABLE copy ("
    " number TEXT NOT NULL REFERENCES letter (number),"
    " copy INTEGER NOT NULL, at INTEGER NOT NULL,"
    " person TEXT NOT NULL, second TEXT NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY (number, copy)) STRICT;"

    "CREATE TABLE event ("
    " id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL,"
    " person TEXT NOT NULL, subject TEXT NOT NULL) STRICT;"

    "CREATE TABLE log_line ("
    " id INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;"
    "CREATE TABLE log_hash ("
    " id INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;"
    "CREATE TABLE log_head ("
    " generation INTEGER PRIMARY KEY, size INTEGER NOT NULL,"
    " nodes BLOB NOT NULL, last_time INTEGER NOT NULL,"
    " note BLOB NOT NULL) STRICT;"
    "CREATE TABLE log_seen ("
    " generation INTEGER NOT NULL, size INTEGER NOT NULL,"
    " root BLOB NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY (generation, size, root)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE log_place ("
    " path TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE setting ("
    " name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"

    /* the reason stays here: the log says only FRAUD or WITHDRAWN */
    "CREATE TABLE withdrawal ("
    " id INTEGER PRIMARY KEY,"
    " number TEXT NOT NULL REFERENCES letter (number),"
    " at INTEGER NOT NULL, person TEXT NOT NULL, second TEXT NOT NULL,"
    " reason TEXT NOT NULL) STRICT;"
    "CREATE TABLE backup ("
    " id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
    " path TEXT NOT NULL) STRICT;"
    "CREATE TABLE home_file (" /* until version 5 */
    " name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;"
    "CREATE TABLE next_keys ("
    " id INTEGER PRIMARY KEY CHECK (id = 1),"
    " public_key BLOB NOT NULL, log_key BLOB NOT NULL,"
    " cosigner_key BLOB NOT NULL, made_at INTEGER NOT NULL) STRICT;"

    "CREATE TABLE log_state ("
    " id INTEGER PRIMARY KEY CHECK (id = 1),"
    " history TEXT NOT NULL, seal BLOB NOT NULL) STRICT;"
    "CREATE INDEX log_line_staff ON log_line (id) WHERE " REGISTER_LINE_STAFF
    ";"
    "CREATE INDEX log_line_number ON log_line (" REGISTER_LINE_NUMBER ");"
    "CREATE INDEX log_line_ref ON log_line (" REGISTER_LINE_REF ")"
    " WHERE " REGISTER_LINE_CORRECTS ";"
    "CREATE INDEX log_line_draft ON log_line (" REGISTER_LINE_DRAFT ")"
    " WHERE " REGISTER_LINE_IS_LETTER ";"

    SUMS_TABLE SUMS_BEGIN;

/* A backup is sealed, and holds the files of the home beside the register. */
static const char no_home_files[] =
    "DROP TABLE home_file; DELETE FROM row_sum WHERE name = 'home_file'";

/* Versions 1 to 3 were of trials, with logs that nobody reads any more. */
static const char *const schema[] = { STORE_DROPPED, STORE_DROPPED,
	STORE_DROPPED, tables, no_home_files, NULL };

/*
 * What is deleted (a removed person's credential, a discarded draft) must be
 * gone from the file, not only from its index.
 */
static enum err
erase_for_good(struct store *store, struct errtext *err)
{
	return store_run(
	    store, store_prepare(store, "PRAGMA secure_delete=ON", err), err);
}

static enum err
open_path(
    const char *path, bool create, struct registry **out, struct errtext *err)
{
	struct registry *reg = calloc(1, sizeof(*reg));
	enum err rc;

	if (reg == NULL)
		return err_memory(err);
	rc = store_open(path, create, APP_ID, schema, &reg->store, err);
	if (rc == ERR_OK)
		rc = erase_for_good(reg->store, err);
	if (rc == ERR_OK)
		rc = sums_watch(reg->store, err);
	if (rc == ERR_OK) {
		*out = reg;
		reg = NULL;
	}
	register_close(&reg);
	return rc;
}

static enum err
open_store(
    const char *home, bool create, struct registry **out, struct errtext *err)
{
	char *path = file_join(home, "register.db");
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	rc = open_path(path, create, out, err);
	if (rc == ERR_NOT_FOUND)
		rc = err_set(err, ERR_CONFIG,
		    _("%s: there is no register in this home; give the home "
		      "of a center, or make one with init"),
		    home);
	else if (rc == ERR_DATA && !create) {
		struct errtext what = *err;

		err_set(err, rc,
		    _("%s. If this folder is a copy, copy it again; else keep "
		      "it as it is and restore the newest backup into another "
		      "one (sello-issue restore)"),
		    what.text);
	}
	free(path);
	return rc;
}

enum err
register_create(const char *home, struct registry **out, struct errtext *err)
{
	return open_store(home, true, out, err);
}

enum err
register_open(const char *home, struct registry **out, struct errtext *err)
{
	return open_store(home, false, out, err);
}

enum err
register_open_file(const char *path, struct registry **out, struct errtext *err)
{
	return open_path(path, false, out, err);
}

void
register_close(struct registry **reg)
{
	if (*reg == NULL)
		return;
	store_close(&(*reg)->store);
	free(*reg);
	*reg = NULL;
}

struct store *
register_store(struct registry *reg)
{
	return reg->store;
}

enum err
register_begin(struct registry *reg, struct errtext *err)
{
	reg->lines = false;
	return store_begin(reg->store, err);
}

enum err
register_begin_read(struct registry *reg, struct errtext *err)
{
	return store_begin_read(reg->store, err);
}

enum err
register_commit(struct registry *reg, struct errtext *err)
{
	if (reg->lines)
		return err_set(err, ERR_INTERNAL,
		    "lines of the log are committed with their guard");
	return store_commit(reg->store, err);
}

void
register_entered(struct registry *reg)
{
	reg->lines = true;
}

enum err
register_commit_lines(struct registry *reg,
    enum err (*guard)(void *arg, struct errtext *err), void *arg,
    struct errtext *err)
{
	enum err rc = store_commit(reg->store, err);

	if (rc != ERR_OK)
		return rc;
	reg->lines = false;
	return guard(arg, err);
}

void
register_rollback(struct registry *reg)
{
	if (reg == NULL)
		return;
	store_rollback(reg->store);
	reg->lines = false;
}

void
register_purge(struct registry *reg)
{
	/* its only answer is a row that says how far it came */
	store_run(reg->store,
	    store_prepare(reg->store, "PRAGMA wal_checkpoint(TRUNCATE)", NULL),
	    NULL);
}

/* Into the file itself, or the old pages are still in it. */
static enum err
write_back(struct store *store, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(store, "PRAGMA wal_checkpoint(TRUNCATE)", err);
	bool done = false;
	enum err rc;

	while (store_step(store, stmt, &rc, err))
		done = store_int(stmt, 0) == 0;
	if (rc == ERR_OK && !done)
		rc = err_set(err, ERR_BUSY,
		    _("the data is erased, but another program is reading the "
		      "register, so it is still in the file; close that "
		      "program and run forget again"));
	return rc;
}

enum err
register_rewrite(struct registry *reg, struct errtext *err)
{
	enum err rc = store_run(
	    reg->store, store_prepare(reg->store, "VACUUM", err), err);

	return rc == ERR_OK ? write_back(reg->store, err) : rc;
}

enum err
register_rest(struct registry *reg, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(reg->store, "PRAGMA journal_mode=DELETE", err);
	bool good = false;
	enum err rc;

	while (store_step(reg->store, stmt, &rc, err))
		good = sqlite3_stricmp(store_text(stmt, 0), "delete") == 0;
	if (rc == ERR_OK && !good)
		rc = err_set(err, ERR_BUSY,
		    _("another program has this register open; try again"));
	return rc;
}

enum err
register_check_file(struct registry *reg, bool *sound, struct errtext *err)
{
	enum err rc = store_check(reg->store, err);

	*sound = rc == ERR_OK;
	return rc == ERR_DATA ? ERR_OK : rc;
}
