/*
 * sums.h - a running sum over the rows of each table, so that a change made
 * by something else than the program that owns the database is found.
 *
 *   CREATE TABLE row_sum (name TEXT PRIMARY KEY, sum BLOB NOT NULL)
 *
 * has for each table the sum, modulo 2^256, of SHA-256 over each of its rows:
 * the table's name and all its columns, types included. Adding and taking away
 * does not depend on the order, so each change costs its own rows and no more.
 * Temporary triggers keep it, which are no part of the file: made from the
 * tables as they are, so that no table and no column can be forgotten, and in
 * the very statement that changes the row, so that both are rolled back or
 * stay together. Whoever changes a row without them leaves a sum that does
 * not fit any more, and no later change mends it.
 *
 * There is no key in it: who knows this page can write the sum, too. It finds
 * what was changed by hand, by another program or by a disk.
 *
 * Errors, where nothing else is said: those of store/store.h.
 */
#ifndef STORE_SUMS_H
#define STORE_SUMS_H

#include "store/store.h"

#define SUMS_TABLE                                                        \
	"CREATE TABLE row_sum (name TEXT PRIMARY KEY, sum BLOB NOT NULL)" \
	" STRICT, WITHOUT ROWID;"

/*
 * What a migration runs after SUMS_TABLE: sums of all tables as they are. A
 * later migration that makes or alters tables names just these:
 * "SELECT sums_begin('letter');". Nothing else may call it, but for what two
 * persons settle (issue/register/log.h): it takes what it finds for good.
 */
#define SUMS_BEGIN "SELECT sums_begin();"

/* sums_functions - what triggers and migrations call; for store.c. */
enum err sums_functions(struct store *store, struct errtext *err);

/* sums_watch - from now on every change through this connection is summed. */
enum err sums_watch(struct store *store, struct errtext *err);

/* sums_fits - is this table what its sum says? Reads all of it. */
enum err sums_fits(
    struct store *store, const char *table, bool *fits, struct errtext *err);

/*
 * sums_check - all tables.
 *
 *   find  called for each that does not fit: a table, or a sum without one
 */
enum err sums_check(struct store *store,
    void (*find)(void *arg, const char *table), void *arg, struct errtext *err);

#endif
