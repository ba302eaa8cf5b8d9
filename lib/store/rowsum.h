/*
 * rowsum.h - rowsum(), an SQL function for rows that must not change unnoticed.
 *
 *   rowsum(a, b, ...)  an integer: the first 8 bytes of the SHA-256 over the
 *                      types, lengths and values of all arguments, in order
 *
 * A row keeps the rowsum of its columns, and whoever reads it to say something
 * that can hurt asks whether it still fits. SQLite sees damage of its own
 * structure, not of values: a bit that flips in a digest is a good digest.
 *
 * It is no signature: whoever can write the file can write a sum that fits.
 * Against people stand the signatures of lines and heads.
 */
#ifndef STORE_ROWSUM_H
#define STORE_ROWSUM_H

#include <sqlite3.h>

/* rowsum_register - make rowsum() known to a connection; SQLite's code. */
int rowsum_register(sqlite3 *db);

#endif
