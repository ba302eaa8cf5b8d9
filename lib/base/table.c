/*
 * table.c - table.h.
 */
#include "base/table.h"

#include "base/fold.h"
#include "base/print.h"
#include "base/terminal.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uniwidth.h>

#define GAP 2 /* spaces between columns */

/* How wide each column will be; 0: it is left out. */
struct layout {
	int width[TABLE_COLUMN_MAX];
	bool out[TABLE_COLUMN_MAX];
};

void
table_row(struct table *table, const char *const *cells)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const char *cell = cells[i] != NULL ? cells[i] : "";

		/* as it will be printed, so that its width is the true one */
		utf8_print_safe(cell, strlen(cell), &table->cells);
		bytes_add_byte(&table->cells, '\0');
	}
	table->row_count++;
}

static int
width_of(const char *text)
{
	return u8_strwidth((const uint8_t *)text, "UTF-8");
}

static void
widen(int *width, const char *text)
{
	int own = width_of(text);

	*width = own > *width ? own : *width;
}

static void
measure(const struct table *table, struct layout *layout)
{
	const char *cell = (const char *)table->cells.at;

	for (size_t c = 0; c < table->column_count; c++)
		widen(&layout->width[c], table->column[c].title);
	for (size_t r = 0; r < table->row_count; r++)
		for (size_t c = 0; c < table->column_count; c++) {
			widen(&layout->width[c], cell);
			cell += strlen(cell) + 1;
		}
}

/* What the columns that are left take; one that may be cut counts only with
 * what must stay whole. */
static int
taken(const struct table *table, const struct layout *layout)
{
	int sum = -GAP;

	for (size_t c = 0; c < table->column_count; c++) {
		int whole = table->column[c].whole;

		if (layout->out[c])
			continue;
		sum += GAP +
		    (whole > 0 && layout->width[c] > whole ? whole
							   : layout->width[c]);
	}
	return sum;
}

static bool
leave_out_one(const struct table *table, struct layout *layout)
{
	size_t most = 0;
	int leaves = 0;

	for (size_t c = 0; c < table->column_count; c++)
		if (!layout->out[c] && table->column[c].leaves > leaves) {
			most = c;
			leaves = table->column[c].leaves;
		}
	if (leaves > 0)
		layout->out[most] = true;
	return leaves > 0;
}

/* The widest of the columns that may be cut and that has places to give;
 * TABLE_COLUMN_MAX: none. */
static size_t
widest(const struct table *table, const struct layout *layout)
{
	size_t found = TABLE_COLUMN_MAX;

	for (size_t c = 0; c < table->column_count; c++)
		if (!layout->out[c] && table->column[c].whole > 0 &&
		    layout->width[c] > width_of(table->column[c].title) &&
		    (found == TABLE_COLUMN_MAX ||
			layout->width[c] > layout->width[found]))
			found = c;
	return found;
}

/* What is still too much comes off the columns that may be cut, the widest
 * first: two that are compared stay alike. */
static void
cut_columns(const struct table *table, struct layout *layout, int width)
{
	int excess = -width - GAP;
	size_t c;

	for (c = 0; c < table->column_count; c++)
		excess += layout->out[c] ? 0 : layout->width[c] + GAP;
	for (; excess > 0; excess--) {
		if ((c = widest(table, layout)) == TABLE_COLUMN_MAX)
			return;
		layout->width[c]--;
	}
}

static void
fit(const struct table *table, struct layout *layout, int width)
{
	measure(table, layout);
	if (width <= 0)
		return;
	while (taken(table, layout) > width && leave_out_one(table, layout))
		;
	cut_columns(table, layout, width);
}

/* A cell behind `gap` spaces; the spaces that are still to come behind it, so
 * that no line ends in any. */
static int
print_cell(FILE *out, int gap, const char *cell, int width, bool right)
{
	int own = width_of(cell);

	if (own > width) {
		size_t len = fold_within(cell, strlen(cell), (size_t)width - 1);

		print_to(out, "%*s%.*s…", gap, "", (int)len, cell);
		/* a wide character may have left one place over */
		return GAP + width - 1 -
		    u8_width((const uint8_t *)cell, len, "UTF-8");
	}
	if (own == 0)
		return gap + width + GAP;
	print_to(out, "%*s%s", gap + (right ? width - own : 0), "", cell);
	return GAP + (right ? 0 : width - own);
}

/* One line; NULL cells: the header. Returns what stands behind it. */
static const char *
print_line(const struct table *table, const struct layout *layout, FILE *out,
    const char *cell)
{
	int gap = 0;

	for (size_t c = 0; c < table->column_count; c++) {
		const struct table_column *column = &table->column[c];

		if (!layout->out[c])
			gap = print_cell(out, gap,
			    cell != NULL ? cell : column->title,
			    layout->width[c], column->right);
		if (cell != NULL)
			cell += strlen(cell) + 1;
	}
	print_to(out, "\n");
	return cell;
}

bool
table_print(const struct table *table, FILE *out, int width)
{
	const char *cell = (const char *)table->cells.at;
	struct layout layout = { 0 };

	if (table->cells.failed)
		return false;
	if (table->row_count == 0)
		return true;
	fit(table, &layout, width);
	print_line(table, &layout, out, NULL);
	for (size_t r = 0; r < table->row_count; r++)
		cell = print_line(table, &layout, out, cell);
	return true;
}

void
table_clear(struct table *table)
{
	bytes_wipe(&table->cells);
	table->row_count = 0;
}

int
table_width_of(FILE *out)
{
	return getenv("COLUMNS") != NULL || isatty(fileno(out))
	    ? (int)terminal_width()
	    : 0;
}

int
table_width(void)
{
	return table_width_of(stdout);
}
