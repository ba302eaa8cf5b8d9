#include "sheet/page.h"

#include "base/i18n.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define HAIRLINE   .3
#define SHARED_GAP MM(6) /* between two rows on one line */

/* Air above and below a row, and whether short rows share a line; tried in
 * this order: as much as the smallest number of pages leaves room for. */
static const struct {
	double padding;
	bool sharing;
} tries[] = {
	{ MM(.8), false },
	{ MM(.6), false },
	{ MM(.4), false },
	{ MM(.5), true },
	{ MM(.4), true },
	{ MM(.3), true },
	{ MM(.25), true },
	{ MM(.2), true },
	{ MM(.15), true },
	{ MM(.1), true },
	{ 0, true },
};
#define TRY_COUNT (sizeof(tries) / sizeof(tries[0]))

static struct row *
add_row(struct sheet *sheet, enum row_kind kind)
{
	struct row *row = &sheet->row[sheet->row_count++];

	*row = (struct row){ .kind = kind };
	return row;
}

static void
add_section(struct sheet *sheet, const char *title)
{
	add_row(sheet, ROW_SECTION)->title = title;
}

static void
add_dependants(struct sheet *sheet)
{
	size_t n;

	if (sheet->letter->dependant_count == 0)
		return;
	add_section(sheet, field_row(FIELD_DEPENDANTS)->label);
	add_row(sheet, ROW_HEAD);
	for (n = 0; n < sheet->letter->dependant_count; n++)
		add_row(sheet, ROW_DEPENDANT)->dependant = n;
}

/* The title of the section that begins with this field, or NULL. */
static const char *
section_of(enum field_id id)
{
	if (id == FIELD_LETTER_NUMBER)
		return N_("Letter");
	if (id == FIELD_SURNAMES)
		return N_("Holder");
	if (id == FIELD_PATHWAY)
		return N_("Referral");
	return NULL;
}

void
sheet_rows_list(struct sheet *sheet)
{
	const struct field *field;
	const char *title;
	size_t i;

	for (i = 0; i < FIELD_COUNT; i++) {
		field = &field_table[i];
		if ((title = section_of(field->id)) != NULL)
			add_section(sheet, title);
		if (field->kind == KIND_DEPENDANTS)
			add_dependants(sheet);
		/* the mark stands with the date; nobody reads the salt */
		if (field->kind == KIND_TRUE || field->kind == KIND_SALT ||
		    field_get(field, sheet->letter)[0] == '\0')
			continue;
		add_row(sheet, ROW_FIELD)->field = field;
	}
}

static double
space_above(const struct sheet *sheet, const struct row *row)
{
	return row->kind == ROW_SECTION ? MM(.6) + 3 * sheet->padding
					: sheet->padding;
}

static void
measure(struct sheet *sheet, struct row *row)
{
	struct cell cell[CELL_MAX];
	double end = 0, tallest = 0;
	int i, count;

	sheet_row_arrange(sheet, row);
	count = sheet_row_cells(sheet, row, cell);
	for (i = 0; i < count; i++) {
		if (!cell[i].below)
			end = cell[i].y;
		end += pen_height(
		    &sheet->pen, cell[i].style, cell[i].width, cell[i].text);
		tallest = end > tallest ? end : tallest;
	}
	row->text_height[row->span] = tallest;
}

/* The height in this place; measured once, however often the row is placed. */
static double
height_at(struct sheet *sheet, struct row *row, enum row_span span, double x,
    double width)
{
	row->span = span;
	row->x = x;
	row->width = width;
	if (row->text_height[span] <= 0)
		measure(sheet, row);
	row->height =
	    space_above(sheet, row) + row->text_height[span] + sheet->padding;
	return row->height;
}

static double
height_wide(struct sheet *sheet, struct row *row)
{
	return height_at(sheet, row, SPAN_WIDE, 0, sheet->width);
}

static double
height_narrow(struct sheet *sheet, struct row *row)
{
	return height_at(sheet, row, SPAN_NARROW, 0,
	    sheet->panel.left - PANEL_GAP - sheet->left);
}

/* Place count rows from row->y down, as wide as the code lets them be; false
 * when they do not fit on this page. */
static bool
fit(struct sheet *sheet, struct row *row, size_t count)
{
	bool beside = row->page == sheet->panel.page && sheet->symbol != NULL;
	double y = row->y, height;
	size_t i;

	for (i = 0; i < count; i++) {
		row[i].page = row->page;
		row[i].y = y;
		height = height_wide(sheet, &row[i]);
		if (beside && y + height > sheet->panel.top) {
			if (sheet->panel.left <= sheet->left)
				return false;
			height = height_narrow(sheet, &row[i]);
		}
		y += height;
	}
	return y <= sheet->bottom - FOOTER;
}

/* No heading without what it is the heading of. */
static size_t
rows_together(const struct sheet *sheet, size_t i)
{
	size_t left = sheet->row_count - i, want = 1;

	if (sheet->row[i].kind == ROW_SECTION)
		want = left > 1 && sheet->row[i + 1].kind == ROW_HEAD ? 3 : 2;
	return want < left ? want : left;
}

/* Short fields that belong together: the first of two. */
static bool
has_mate(const struct sheet *sheet, size_t i)
{
	static const enum field_id mates[][2] = {
		{ FIELD_PROGRAM, FIELD_LANGUAGE },
		{ FIELD_VALID_FROM, FIELD_VALID_UNTIL },
		{ FIELD_OFFICER, FIELD_APPROVER },
		{ FIELD_SEX, FIELD_NATIONALITY },
	};
	const struct row *row = &sheet->row[i];
	size_t n;

	if (i + 1 >= sheet->row_count || row[0].kind != ROW_FIELD ||
	    row[1].kind != ROW_FIELD)
		return false;
	for (n = 0; n < sizeof(mates) / sizeof(mates[0]); n++)
		if (row[0].field->id == mates[n][0] &&
		    row[1].field->id == mates[n][1])
			return true;
	return false;
}

/* The next row on the same line, where both have room there. */
static bool
share_line(struct sheet *sheet, size_t i)
{
	struct row *row = &sheet->row[i], *mate = row + 1;
	double left, right, x;

	if (!sheet->sharing || row->span != SPAN_WIDE || !has_mate(sheet, i))
		return false;
	left = sheet_row_natural(sheet, row) + SHARED_GAP;
	right = sheet_row_natural(sheet, mate);
	if (left + right > sheet->width)
		return false;
	x = fmin(fmax(sheet->width / 2, left), sheet->width - right);
	height_at(sheet, row, SPAN_SHARED, 0, x - SHARED_GAP);
	height_at(sheet, mate, SPAN_SHARED, x, sheet->width - x);
	mate->page = row->page;
	mate->y = row->y;
	return true;
}

static int
place(struct sheet *sheet, double first_y, double next_y)
{
	double y = first_y;
	struct row *row;
	size_t i;
	int page = sheet->first_page;

	for (i = 0; i < sheet->row_count; i++) {
		row = &sheet->row[i];
		row->page = page;
		row->y = y;
		if (!fit(sheet, row, rows_together(sheet, i))) {
			row->page = ++page;
			row->y = next_y;
			fit(sheet, row, rows_together(sheet, i));
		}
		i += share_line(sheet, i);
		y = row->y + row->height;
	}
	return (page > sheet->panel.page ? page : sheet->panel.page) + 1;
}

static int
place_as(struct sheet *sheet, size_t try, double first_y, double next_y)
{
	sheet->padding = tries[try].padding;
	sheet->sharing = tries[try].sharing;
	return place(sheet, first_y, next_y);
}

void
sheet_rows_place(struct sheet *sheet, double first_y, double next_y)
{
	size_t i, best = 0;
	int pages, fewest = INT_MAX;

	sheet_columns(sheet);
	sheet->panel.page = sheet->first_page;
	if (sheet->symbol != NULL && first_y > sheet->panel.top)
		sheet->panel.page++;
	for (i = 0; i < TRY_COUNT && fewest > 1; i++) {
		pages = place_as(sheet, i, first_y, next_y);
		if (pages < fewest) {
			fewest = pages;
			best = i;
		}
	}
	sheet->page_count = place_as(sheet, best, first_y, next_y);
}

static void
draw_row(struct sheet *sheet, const struct row *row)
{
	struct cell cell[CELL_MAX];
	int i, count = sheet_row_cells(sheet, row, cell);
	double top = row->y + space_above(sheet, row), y = top;
	double left = sheet->left + row->x;

	for (i = 0; i < count; i++) {
		if (!cell[i].below)
			y = top + cell[i].y;
		y += pen_text_marked(&sheet->pen, &cell[i].mark, cell[i].style,
		    cell[i].tag, left + cell[i].x, y, cell[i].width, TEXT_LEFT,
		    cell[i].text);
	}
	sheet_rule(sheet, left, row->y + row->height, row->width,
	    row->kind == ROW_SECTION ? .9 : HAIRLINE);
}

static void
draw_tagged(struct sheet *sheet, const struct row *row)
{
	pen_begin(&sheet->pen, "TR");
	draw_row(sheet, row);
	pen_end(&sheet->pen, "TR");
}

/* A section's rows are one Table; a table ends with its page. */
void
sheet_rows_draw(struct sheet *sheet, int page)
{
	const struct row *row;
	bool open = false;
	size_t i;

	for (i = 0; i < sheet->row_count; i++) {
		row = &sheet->row[i];
		if (row->page != page)
			continue;
		if (row->kind == ROW_SECTION) {
			if (open)
				pen_end(&sheet->pen, "Table");
			open = false;
			draw_row(sheet, row);
			continue;
		}
		if (!open)
			pen_begin(&sheet->pen, "Table");
		open = true;
		draw_tagged(sheet, row);
	}
	if (open)
		pen_end(&sheet->pen, "Table");
}
