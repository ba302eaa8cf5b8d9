/*
 * store.h - SQLite, opened the way Sello needs it: WAL, synchronous FULL
 * (EXTRA while creating), trusted_schema OFF, foreign keys on, STRICT tables
 * by convention. A second writer is told at once; readers wait out the
 * instants in which another process opens or closes the write-ahead log.
 *
 * Every call takes a NULL statement, so that prepare, binds and run can be
 * written in a row with one check at the end: the run then returns why the last
 * prepare failed, with its text in err. Codes: ERR_BUSY (another
 * writes), ERR_EXISTS (a constraint), ERR_DATA (damaged), ERR_LIMIT,
 * ERR_MEMORY, else ERR_IO; the texts name columns, never values. "No row" and
 * "could not look" are kept apart by row.h.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/bytes.h"
#include "base/err.h"

#include <sqlite3.h>
#include <stdint.h>

struct store; /* an open database with a statement cache */

#define STORE_DROPPED ""

/*
 * store_open - open or (create) make a database, 0600.
 *
 *   schema   numbered migrations: schema[0] makes version 1, ...; NULL ends.
 *            Each runs in one transaction that also raises user_version.
 *            STORE_DROPPED in place of the first ones: the next one makes all
 *            tables, and databases of these versions are refused
 *            NULL in place of all: a file of any version is opened, and
 *            stays as it is; not with create. For what reads of it what it can
 *   app_id   application_id: a file of another program is refused
 *
 * Returns ERR_OK, ERR_NOT_FOUND (absent and not create), ERR_EXISTS (create
 * and present, but for what a creation that was cut short left), ERR_VERSION
 * (made by a newer program, or by one whose databases are not read any more),
 * ERR_DATA (not ours or damaged), ERR_BUSY, ERR_IO.
 */
enum err store_open(const char *path, bool create, uint32_t app_id,
    const char *const *schema, struct store **out, struct errtext *err);

/*
 * store_open_readonly - read a database that this user cannot write (its file
 * or folder, so that SQLite cannot keep its own files beside it). It is taken
 * as it stands: only for files that nobody else writes now. Every change ends
 * ERR_IO.
 *
 * What a write-ahead log or a journal beside it holds cannot be read so, and
 * without that the file says less than it knows: ERR_CONFIG. Other errors as
 * store_open(); an older version is ERR_VERSION too.
 */
enum err store_open_readonly(const char *path, uint32_t app_id,
    const char *const *schema, struct store **out, struct errtext *err);

/* store_close - and NULL. A transaction under way is rolled back. */
void store_close(struct store **store);

/*
 * store_is_passing - does such an error say nothing of what is stored? Another
 * program holds the file (ERR_BUSY), or this machine failed (err_is_inside()):
 * never "not there", "damaged" or "lost". Look again later.
 */
bool store_is_passing(enum err rc);

/*
 * store_is_unseen - such an error, or the disk does not give what is asked
 * (ERR_IO): whether it is there, and whole, nobody could see. So it is never
 * given up for it, but it need not pass either.
 */
bool store_is_unseen(enum err rc);

/*
 * store_check - read all of it: every page, every row, every index. ERR_OK,
 * ERR_DATA (damaged), or why it could not be read. Takes as long as reading
 * the file.
 */
enum err store_check(struct store *store, struct errtext *err);

/*
 * store_check_schema - is each table and index the one that the migrations
 * make? A changed letter in its text is no damage for SQLite, but look-ups by
 * another name fail, or find nothing. ERR_OK, ERR_DATA, or store errors.
 */
enum err store_check_schema(struct store *store, struct errtext *err);

/*
 * store_copy - all of it as of one instant, whoever reads meanwhile, into a new
 * file in this folder that has no name: it goes with its descriptor, whatever
 * happens to this program.
 *
 *   fd  out: open for reading and writing; the caller closes it
 *
 * ERR_DATA: the database is damaged; ERR_BUSY, ERR_IO, ERR_MEMORY.
 */
enum err store_copy(
    struct store *store, const char *folder, int *fd, struct errtext *err);

/* store_unwritten - why a change of this store last failed for want of room
 * or of the right to write; "" when none did. */
const char *store_unwritten(const struct store *store);

/* store_write_through - is each commit written back from the write-ahead log
 * into the file at once? Else when SQLite sees fit, or store_write_back(). Four
 * flushes a commit instead of one. */
void store_write_through(struct store *store, bool each);
enum err store_write_back(struct store *store, struct errtext *err);

/*
 * store_flush - all that can be read here is on the disk from now on. A program
 * that was ended between writing a commit and flushing it leaves it to be read,
 * and until then a power cut takes it away from under whoever went on from it;
 * the name of the write-ahead log, too. store_open() does it where it finds one
 * (none is there when the last program that had it open was through); who has it
 * open all day asks again before anything leaves.
 */
enum err store_flush(struct store *store, struct errtext *err);

/* store_handle, store_exec, store_failed - for the other files of this room:
 * the connection; SQL without rows; what SQLite last said. */
sqlite3 *store_handle(struct store *store);
/* store_schema - the migrations that it was opened with. */
const char *const *store_schema(const struct store *store);
enum err store_exec(struct store *store, const char *sql, struct errtext *err);
enum err store_failed(struct store *store, struct errtext *err);

/* store_begin - BEGIN IMMEDIATE; ERR_BUSY when another writes; ERR_VERSION when
 * a newer program has migrated the file since it was opened. */
enum err store_begin(struct store *store, struct errtext *err);
/* store_begin_within - the same, but another's writing is waited out for this
 * long. For short writes beside others, such as those of a post's counters. */
enum err store_begin_within(
    struct store *store, int wait_ms, struct errtext *err);
/* store_begin_read - all that is read until store_rollback() is of one
 * instant, whatever others write meanwhile; ERR_VERSION as store_begin(). */
enum err store_begin_read(struct store *store, struct errtext *err);
/* store_commit - on failure the outcome is UNKNOWN: look before acting. */
enum err store_commit(struct store *store, struct errtext *err);
/* store_is_undecided - did the last commit fail when all of it was written, and
 * only the disk did not say that it has it? Then looking does not help here:
 * whoever opens the database next may find it done. */
bool store_is_undecided(const struct store *store);
void store_rollback(struct store *store); /* harmless without a transaction */

/* What tells whether anything was written, by whomever, since. */
struct store_stamp {
	int64_t others; /* changes with each commit of another connection */
	int64_t own;    /* rows changed through this one */
};

/* store_stamp - of the transaction under way: its commit leaves the stamp as it
 * is, every other write does not. */
enum err store_stamp(
    struct store *store, struct store_stamp *out, struct errtext *err);

/* store_stamp_same - was nothing written between the two? */
bool store_stamp_same(const struct store_stamp *a, const struct store_stamp *b);

/*
 * store_prepare - a cached statement, reset and unbound. SQL is a string
 * literal with ?1 ?2 ... (SQLite binds $2,$1 by order of appearance).
 * NULL on error (err set).
 */
sqlite3_stmt *store_prepare(
    struct store *store, const char *sql, struct errtext *err);

/*
 * store_bind_text, store_bind_int, store_bind_blob - by place (from 1). Text
 * and blobs are copied. NULL text binds NULL. A bind that fails makes the
 * statement fail when it runs.
 */
void store_bind_text(sqlite3_stmt *stmt, int place, const char *text);
void store_bind_int(sqlite3_stmt *stmt, int place, int64_t value);
void store_bind_blob(
    sqlite3_stmt *stmt, int place, const void *data, size_t len);

/*
 * store_step - true with a row; false at the end or on error: then rc says
 * which (ERR_OK at the end). store_run - a statement without rows.
 */
bool store_step(
    struct store *store, sqlite3_stmt *stmt, enum err *rc, struct errtext *err);
enum err store_run(
    struct store *store, sqlite3_stmt *stmt, struct errtext *err);

/* store_text, store_int, store_blob - columns of the row, from 0. Text is ""
 * for NULL and lives until the next step; a blob is appended, nothing for NULL.
 */
const char *store_text(sqlite3_stmt *stmt, int column);
int64_t store_int(sqlite3_stmt *stmt, int column);
void store_blob(sqlite3_stmt *stmt, int column, struct bytes *out);

/* store_last_id - the rowid of the last INSERT; store_changes - how many rows
 * the last INSERT, UPDATE or DELETE changed. */
int64_t store_last_id(struct store *store);
int store_changes(struct store *store);

#endif
