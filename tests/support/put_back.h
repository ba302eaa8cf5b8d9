/*
 * put_back.h - what an old copy of a center's register has that the present
 * one has no more, piece by piece, to be put back: each old value of each
 * column of each row, each old row, each table as it was, each old trust list.
 * Found in the live schema: a new column or table is among them by itself.
 */
#ifndef TESTS_SUPPORT_PUT_BACK_H
#define TESTS_SUPPORT_PUT_BACK_H

#include "tests/support/past.h"

enum put_back_kind { PUT_VALUE, PUT_ROW, PUT_TABLE, PUT_LIST };

struct old_piece {
	enum put_back_kind kind;
	size_t stage;   /* of the past that has it */
	char table[32]; /* "" for a list */
	char *name;     /* for people: table.column, key, stage */
	char *sql;      /* NULL for a list */
};

/* Start as {0}; put_back_free(). */
struct old_pieces {
	size_t count, cap;
	struct old_piece *at;
};

/* put_back_find - all of them, each once. */
void put_back_find(const struct past *p, struct old_pieces *out);
void put_back_free(struct old_pieces *pieces);

/* put_back - one of them, into the register of this home. */
void put_back(
    const struct past *p, const struct old_piece *piece, const char *home);

#endif
