#include "letter/sheet_page.h"

#include "base/i18n.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define LABEL_MAX     MM(70)
#define LABEL_SHARE   .53 /* of a narrow row, at most */
#define COLUMN_GAP    MM(2.5)
#define COUNTER_WIDTH MM(7)
#define HAIRLINE      .3
#define CELL_MAX      3

/* What a header cell is the head of: dependants have three cells. */
#define HEADS_ROW "<< /O /Table /Scope /Row >>"
#define HEADS_ALL "<< /O /Table /Scope /Column /ColSpan 3 >>"

/* Air above and below a row, tried in this order: as much as the smallest
 * number of pages leaves room for. */
static const double paddings[] = { MM(.8), MM(.6), MM(.4), MM(.2), MM(.1), 0 };
#define PADDING_COUNT (sizeof(paddings) / sizeof(paddings[0]))

/* A text within a row. */
struct cell {
	enum text_style style;
	const char *tag;
	struct mark mark;
	double x, width; /* x from the row's left */
	double y;        /* from the row's first line */
	bool below;      /* the cell before it, not beside */
	char text[2 * LABELS_VALUE_SIZE];
};

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

/* Append to the cell's text. */
static void
say(struct cell *cell, const char *text)
{
	size_t len = strlen(cell->text);

	snprintf(cell->text + len, sizeof(cell->text) - len, "%s", text);
}

static void
say_value(struct sheet *sheet, const struct field *field, const void *record,
    struct cell *cell)
{
	char value[LABELS_VALUE_SIZE];

	labels_value_bilingual(sheet->lang, field, record,
	    &sheet->options->labels, &sheet->options->labels_es, value,
	    sizeof(value));
	say(cell, value);
}

static void
say_label(struct sheet *sheet, const char *msgid, struct cell *cell)
{
	char two[TWO_SIZE];

	say(cell, sheet_two(sheet, msgid, " / ", two));
}

/* As wide as the longest label, but no wider than LABEL_MAX: those wrap. */
static double
label_width(struct sheet *sheet)
{
	double width, widest = 0;
	char two[TWO_SIZE];
	size_t i;

	for (i = 0; i < sheet->row_count; i++) {
		if (sheet->row[i].kind != ROW_FIELD)
			continue;
		sheet_two(sheet, sheet->row[i].field->label, " / ", two);
		width = pen_width(&sheet->pen, TEXT_LABEL, two);
		widest = width > widest ? width : widest;
	}
	widest = ceil(widest) + COLUMN_GAP;
	return widest > LABEL_MAX ? LABEL_MAX : widest;
}

static int
field_cells(struct sheet *sheet, const struct row *row, struct cell *cell)
{
	bool name = row->field->kind == KIND_NAME;
	double label = sheet->label_width;

	if (label > row->width * LABEL_SHARE)
		label = row->width * LABEL_SHARE;
	cell[0] = (struct cell){ .style = TEXT_LABEL,
		.tag = "TH",
		.mark = { .attributes = HEADS_ROW },
		.width = label - COLUMN_GAP };
	cell[1] = (struct cell){ .style = name ? TEXT_NAME : TEXT_VALUE,
		.tag = "TD",
		.x = label,
		.width = row->width - label };
	/* the small label stands on the value's line */
	cell[0].y = text_ascent(cell[1].style) - text_ascent(TEXT_LABEL);
	say_label(sheet, row->field->label, &cell[0]);
	say_value(sheet, row->field, sheet->letter, &cell[1]);
	return 2;
}

/* What a dependant's lines hold: "Name · Date of birth · Relationship". */
static int
head_cells(struct sheet *sheet, const struct row *row, struct cell *cell)
{
	const char *lang[] = { sheet->lang, "es" };
	int n, i, count = sheet_is_bilingual(sheet) ? 2 : 1;

	cell[0] = (struct cell){ .style = TEXT_LABEL,
		.tag = "TH",
		.mark = { .attributes = HEADS_ALL },
		.width = row->width };
	for (n = 0; n < count; n++) {
		say(&cell[0], n > 0 ? "\n" SPANISH_SIGN : "");
		for (i = 0; i < FIELD_DEPENDANT_COUNT; i++) {
			say(&cell[0], i > 0 ? " · " : "");
			say(&cell[0],
			    labels_field(lang[n], &field_dependant[i]));
		}
	}
	return 1;
}

/* The name on one line, all else on the next. */
static int
dependant_cells(struct sheet *sheet, const struct row *row, struct cell *cell)
{
	const struct dependant *d = &sheet->letter->dependant[row->dependant];
	double width = row->width - COUNTER_WIDTH;
	int i;

	cell[0] = (struct cell){ .style = TEXT_VALUE,
		.tag = "TH",
		.mark = { .attributes = HEADS_ROW },
		.width = COUNTER_WIDTH,
		.y = text_ascent(TEXT_NAME) - text_ascent(TEXT_VALUE) };
	cell[1] = (struct cell){ .style = TEXT_NAME,
		.tag = "TD",
		.x = COUNTER_WIDTH,
		.width = width };
	cell[2] = (struct cell){ .style = TEXT_VALUE,
		.tag = "TD",
		.x = COUNTER_WIDTH,
		.width = width,
		.below = true };
	snprintf(
	    cell[0].text, sizeof(cell[0].text), "%zu.", row->dependant + 1);
	say_value(sheet, &field_dependant[0], d, &cell[1]);
	for (i = 1; i < FIELD_DEPENDANT_COUNT; i++) {
		say(&cell[2], i > 1 ? " · " : "");
		say_value(sheet, &field_dependant[i], d, &cell[2]);
	}
	return 3;
}

static int
row_cells(struct sheet *sheet, const struct row *row, struct cell *cell)
{
	switch (row->kind) {
	case ROW_SECTION:
		cell[0] = (struct cell){
			.style = TEXT_SECTION, .tag = "H2", .width = row->width
		};
		say_label(sheet, row->title, &cell[0]);
		return 1;
	case ROW_FIELD:
		return field_cells(sheet, row, cell);
	case ROW_HEAD:
		return head_cells(sheet, row, cell);
	case ROW_DEPENDANT:
		return dependant_cells(sheet, row, cell);
	}
	return 0;
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
	int i, count = row_cells(sheet, row, cell);
	double end = 0, tallest = 0;

	for (i = 0; i < count; i++) {
		if (!cell[i].below)
			end = cell[i].y;
		end += pen_height(
		    &sheet->pen, cell[i].style, cell[i].width, cell[i].text);
		tallest = end > tallest ? end : tallest;
	}
	row->text_height[row->narrow] = tallest;
}

/* The height beside the code or not; measured once, however often the row is
 * placed. */
static double
height_of(struct sheet *sheet, struct row *row, bool narrow)
{
	row->narrow = narrow;
	row->width =
	    narrow ? sheet->panel.left - PANEL_GAP - sheet->left : sheet->width;
	if (row->text_height[narrow] <= 0)
		measure(sheet, row);
	row->height =
	    space_above(sheet, row) + row->text_height[narrow] + sheet->padding;
	return row->height;
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
		height = height_of(sheet, &row[i], false);
		if (beside && y + height > sheet->panel.top) {
			if (sheet->panel.left <= sheet->left)
				return false;
			height = height_of(sheet, &row[i], true);
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
		y = row->y + row->height;
	}
	return (page > sheet->panel.page ? page : sheet->panel.page) + 1;
}

void
sheet_rows_place(struct sheet *sheet, double first_y, double next_y)
{
	size_t i, best = 0;
	int pages, fewest = INT_MAX;

	sheet->label_width = label_width(sheet);
	sheet->panel.page = sheet->first_page;
	if (sheet->symbol != NULL && first_y > sheet->panel.top)
		sheet->panel.page++;
	for (i = 0; i < PADDING_COUNT && fewest > 1; i++) {
		sheet->padding = paddings[i];
		pages = place(sheet, first_y, next_y);
		if (pages < fewest) {
			fewest = pages;
			best = i;
		}
	}
	sheet->padding = paddings[best];
	sheet->page_count = place(sheet, first_y, next_y);
}

static void
draw_row(struct sheet *sheet, const struct row *row)
{
	struct cell cell[CELL_MAX];
	int i, count = row_cells(sheet, row, cell);
	double top = row->y + space_above(sheet, row), y = top;

	for (i = 0; i < count; i++) {
		if (!cell[i].below)
			y = top + cell[i].y;
		y += pen_text_marked(&sheet->pen, &cell[i].mark, cell[i].style,
		    cell[i].tag, sheet->left + cell[i].x, y, cell[i].width,
		    TEXT_LEFT, cell[i].text);
	}
	sheet_rule(sheet, sheet->left, row->y + row->height, row->width,
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
