#include "sheet/page.h"

#include "base/i18n.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define HAIRLINE .3

/* Air above and below a row, tried in this order: as much as the smallest
 * number of pages leaves room for. Less than the last, and accents meet the
 * line above them and a finger slips to the next row: rather one more page. */
static const double airs[] = { MM(.8), MM(.65), MM(.5), MM(.35), MM(.25) };
#define AIR_COUNT (sizeof(airs) / sizeof(airs[0]))

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
	return row->kind == ROW_SECTION ? 4 * sheet->padding - MM(.4)
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
height_at(
    struct sheet *sheet, struct row *row, enum row_span span, double width)
{
	row->span = span;
	row->width = width;
	if (row->text_height[span] <= 0)
		measure(sheet, row);
	row->height =
	    space_above(sheet, row) + row->text_height[span] + sheet->padding;
	return row->height;
}

double
sheet_narrow_width(const struct sheet *sheet)
{
	double width = sheet->panel.left - PANEL_GAP - sheet->left;

	return width > 0 ? width : sheet->width;
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
		height = height_at(sheet, &row[i], SPAN_WIDE, sheet->width);
		if (beside && y + height > sheet->panel.top) {
			if (sheet->panel.left <= sheet->left)
				return false;
			height = height_at(sheet, &row[i], SPAN_NARROW,
			    sheet_narrow_width(sheet));
		}
		y += height;
	}
	return y <= sheet->bottom - sheet->foot[beside];
}

static bool
is_head(const struct row *row)
{
	return row->kind == ROW_SECTION || row->kind == ROW_HEAD;
}

/* How many of a section's rows there are from the i-th on. */
static size_t
left_in_section(const struct sheet *sheet, size_t i)
{
	size_t end = i;

	while (end < sheet->row_count && sheet->row[end].kind != ROW_SECTION)
		end++;
	return end - i;
}

/* No page ends with a heading, or with one row below it; none begins with a
 * section's last row. So a section of up to three rows stays whole. */
static size_t
rows_together(const struct sheet *sheet, size_t i)
{
	size_t heads = 0, left;

	while (i + heads < sheet->row_count && is_head(&sheet->row[i + heads]))
		heads++;
	left = left_in_section(sheet, i + heads);
	if (heads > 0)
		return heads + (left <= 3 ? left : 2);
	return left == 2 ? 2 : 1;
}

/* The heading, and the heads of the columns, once more above rows that go on
 * from another page; where these rows begin. */
static double
repeat_heads(struct sheet *sheet, size_t i, int page, double y)
{
	struct row *row;
	size_t head = i;

	if (is_head(&sheet->row[i]))
		return y;
	while (sheet->row[head].kind != ROW_SECTION)
		head--;
	for (; is_head(&sheet->row[head]); head++) {
		if (sheet->repeated_count == REPEATED_MAX)
			break;
		row = &sheet->repeated[sheet->repeated_count++];
		*row = (struct row){ .kind = sheet->row[head].kind,
			.title = sheet->row[head].title,
			.continued = true,
			.page = page,
			.y = y };
		fit(sheet, row, 1);
		y += row->height;
	}
	return y;
}

static int
place(struct sheet *sheet, double first_y, double next_y)
{
	double y = first_y;
	struct row *row;
	size_t i;
	int page = sheet->first_page;

	sheet->repeated_count = 0;
	for (i = 0; i < sheet->row_count; i++) {
		row = &sheet->row[i];
		row->page = page;
		row->y = y;
		if (!fit(sheet, row, rows_together(sheet, i))) {
			row->page = ++page;
			row->y = repeat_heads(sheet, i, page, next_y);
			fit(sheet, row, rows_together(sheet, i));
		}
		y = row->y + row->height;
	}
	return (page > sheet->panel.page ? page : sheet->panel.page) + 1;
}

/* What the foot needs on a page with the code and on others. */
static void
keep_foot_free(struct sheet *sheet, int pages)
{
	int page = sheet->panel.page;

	sheet->foot[true] = sheet_foot(sheet, page, pages);
	sheet->foot[false] = sheet_foot(sheet, page + 1, pages);
}

/* As much air as the smallest number of pages leaves room for; the columns are
 * those that are best for the rows where they then stand. */
static int
place_well(struct sheet *sheet, int pages, double first_y, double next_y)
{
	size_t i, best = 0;
	int n, fewest = INT_MAX;

	keep_foot_free(sheet, pages);
	sheet_columns(sheet, false);
	sheet->padding = airs[AIR_COUNT - 1];
	place(sheet, first_y, next_y);
	sheet_columns(sheet, true);
	for (i = 0; i < AIR_COUNT && fewest > 1; i++) {
		sheet->padding = airs[i];
		n = place(sheet, first_y, next_y);
		if (n < fewest) {
			fewest = n;
			best = i;
		}
	}
	sheet->padding = airs[best];
	return place(sheet, first_y, next_y);
}

/* Where one page is not enough, each has more to say at its foot. */
void
sheet_rows_place(struct sheet *sheet, double first_y, double next_y)
{
	sheet_measure(sheet);
	sheet->panel.page = sheet->first_page;
	if (sheet->symbol != NULL && first_y > sheet->panel.top)
		sheet->panel.page++;
	sheet->page_count = place_well(sheet, 1, first_y, next_y);
	if (sheet->page_count > 1)
		sheet->page_count =
		    place_well(sheet, PAGES_MANY, first_y, next_y);
}

static void
draw_row(struct sheet *sheet, const struct row *row)
{
	struct cell cell[CELL_MAX];
	int i, count = sheet_row_cells(sheet, row, cell);
	double top = row->y + space_above(sheet, row), y = top;
	double left = sheet->left;

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

/* A section's rows are one Table; a table ends with its page. */
static void
draw_next(struct sheet *sheet, const struct row *row, bool *table)
{
	bool in_table = row->kind != ROW_SECTION;

	if (*table && !in_table)
		pen_end(&sheet->pen, "Table");
	if (!*table && in_table)
		pen_begin(&sheet->pen, "Table");
	*table = in_table;
	if (in_table)
		pen_begin(&sheet->pen, "TR");
	draw_row(sheet, row);
	if (in_table)
		pen_end(&sheet->pen, "TR");
}

void
sheet_rows_draw(struct sheet *sheet, int page)
{
	bool table = false;
	size_t i;

	for (i = 0; i < sheet->repeated_count; i++)
		if (sheet->repeated[i].page == page)
			draw_next(sheet, &sheet->repeated[i], &table);
	for (i = 0; i < sheet->row_count; i++)
		if (sheet->row[i].page == page)
			draw_next(sheet, &sheet->row[i], &table);
	if (table)
		pen_end(&sheet->pen, "Table");
}
