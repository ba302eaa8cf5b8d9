/*
 * table.h - lines of a list for people: a header, columns as wide as what is
 * in them, and no line longer than the terminal is wide.
 *
 * All rows are kept until the end, since a column's width is known only then.
 * Cells may hold personal data: they are wiped.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include "base/bytes.h"

#include <stdio.h>

/* One column. */
struct table_column {
	const char *title; /* translated */
	bool right;        /* numbers */
	/* 0: stays. Where not all fit, the column with the highest goes first,
	 * until none is left that may. */
	int leaves;
	/* Cut with "…" when nothing else helps. Its cells are whole up to this
	 * many places; longer ones push no other column out. 0: never cut. */
	int whole;
};

#define TABLE_COLUMN_MAX 12

/* Start as { .column = ..., .column_count = ... }. */
struct table {
	const struct table_column *column; /* borrowed */
	size_t column_count;               /* at most TABLE_COLUMN_MAX */
	size_t row_count;
	struct bytes cells; /* each with its NUL, row by row */
};

/* table_row - keep a row of column_count cells; NULL counts as "". */
void table_row(struct table *table, const char *const *cells);

/*
 * table_print - the header and all rows; nothing for a table without rows.
 *
 *   width  places a line may have, 0: any number
 *
 * False without memory: nothing was printed then.
 */
bool table_print(const struct table *table, FILE *out, int width);

/* table_clear - wipe and free all cells; the columns stay, for other rows. */
void table_clear(struct table *table);

/* table_width - of standard output: COLUMNS, or what its terminal says; 0 for
 * a file or pipe, which takes lines of any length. */
int table_width(void);

/* table_width_of - the same of another stream. */
int table_width_of(FILE *out);

#endif
