/*
 * register.h - the center's register (C/register.db, SQLite): drafts,
 * letters, copies, events, the log's lines. Personal data lives only here.
 * Tables, crash analysis and the four-eyes protocol: docs/register.md. This is
 * the file and its transactions; each table has a header of its own beside it.
 *
 * (The type is struct registry because `register` is a word of C.)
 *
 * Everything that changes rows runs between register_begin() and
 * register_commit(), except events, which are transactions of their own.
 *
 * Errors, here and in the other headers of this room, where nothing else is
 * said: the store's (store/store.h), ERR_DATA also for a row out of form. Those
 * of a visitor that returns one are handed on.
 */
#ifndef ISSUE_REGISTER_REGISTER_H
#define ISSUE_REGISTER_REGISTER_H

#include "base/err.h"
#include "store/store.h"

#include <stdbool.h>

struct registry;

/* register_create - a new, empty register in a home that has none. */
enum err register_create(
    const char *home, struct registry **out, struct errtext *err);
/* register_open - ERR_CONFIG when the home holds no register: a missing
 * database is never taken for a new one. */
enum err register_open(
    const char *home, struct registry **out, struct errtext *err);
/* register_open_file - a register that is not in a home: a backup. */
enum err register_open_file(
    const char *path, struct registry **out, struct errtext *err);
/* register_close - and NULL; NULL is fine. What was not committed is undone. */
void register_close(struct registry **reg);
/* register_store - for the other files of this room. */
struct store *register_store(struct registry *reg);

/* register_begin - a transaction that writes; errors as store_begin(), so
 * ERR_BUSY while another process is in one. */
enum err register_begin(struct registry *reg, struct errtext *err);
/* register_begin_read - what is read until register_rollback() is of one
 * instant, whoever writes meanwhile. */
enum err register_begin_read(struct registry *reg, struct errtext *err);
/* register_commit - on failure the outcome is unknown: look first.
 * ERR_INTERNAL, and nothing is committed, for a transaction that entered lines
 * of the log. */
enum err register_commit(struct registry *reg, struct errtext *err);
/*
 * register_commit_lines - the same for one that did.
 *
 *   guard  called as soon as they stand (issue/center/logbook.h); what it
 *          returns is returned
 */
enum err register_commit_lines(struct registry *reg,
    enum err (*guard)(void *arg, struct errtext *err), void *arg,
    struct errtext *err);
/* register_entered - for log.c: the transaction entered lines, or a head. */
void register_entered(struct registry *reg);
/* register_rollback - undo the transaction; without one, or NULL, nothing. */
void register_rollback(struct registry *reg);

/* register_purge - after secrets were erased: empty the write-ahead log too,
 * which still has the old pages. Best effort. */
void register_purge(struct registry *reg);

/* register_rewrite - after people's data was erased: write the whole file anew,
 * so that nothing of it is left there. ERR_BUSY while somebody reads. */
enum err register_rewrite(struct registry *reg, struct errtext *err);

/* register_rest - put everything into the one file, nothing beside it, so that
 * it can be moved. Only for a register that nobody else has open. */
enum err register_rest(struct registry *reg, struct errtext *err);

/* register_check_file - SQLite's own examination of the whole file. */
enum err register_check_file(
    struct registry *reg, bool *sound, struct errtext *err);

#endif
