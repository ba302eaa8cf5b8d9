/*
 * row.h - reading a row so that "could not look" and "damaged" are never
 * taken for "not there". Every look-up on the way to a verdict, and every
 * one on the way to a signature, goes through here.
 *
 * SQLite looks at the types of STRICT tables when it writes, not when it
 * reads: one flipped bit makes a number a NULL, which reads as 0.
 */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include "store/store.h"

/*
 * row_next - the next row of a statement, with columns of these types.
 *
 *   stmt   as store_prepare() gave it, also NULL
 *   types  a letter a column: i integer, t text, b blob; I, T, B: or NULL
 *   found  out: is there a row? Only a clean end is "no": false on errors too
 *
 * Returns ERR_OK, ERR_DATA (another type: damaged; the statement is reset),
 * and the store's errors. In a loop: while (row_next(...) == ERR_OK && found).
 */
enum err row_next(struct store *store, sqlite3_stmt *stmt, const char *types,
    bool *found, struct errtext *err);

/* row_done - after a look-up of one row; harmless for NULL. */
void row_done(sqlite3_stmt *stmt);

/* row_number - what a statement of one number gives, "SELECT count(*) ...";
 * no row, or NULL, is ERR_DATA. Resets. */
enum err row_number(
    struct store *store, sqlite3_stmt *stmt, int64_t *out, struct errtext *err);

/* row_blob - a blob of exactly this size; false: another size, so damaged. */
bool row_blob(sqlite3_stmt *stmt, int column, void *out, size_t size);

/*
 * row_text - a text that fits, without a NUL inside; false: damaged.
 */
bool row_text(sqlite3_stmt *stmt, int column, char *out, size_t size);

/* row_damaged - ERR_DATA, said as everywhere else. */
enum err row_damaged(struct errtext *err);

#endif
