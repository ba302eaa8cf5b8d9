/*
 * cells.c - the texts within a row: sheet/page.h.
 */
#include "sheet/page.h"

#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LABEL_MAX     MM(70)
#define LABEL_SHARE   .53 /* of a narrow row, at most */
#define COLUMN_GAP    MM(2.5)
#define COUNTER_WIDTH MM(7)

/* What a header cell is the head of: dependants have three cells. */
#define HEADS_ROW "<< /O /Table /Scope /Row >>"
#define HEADS_ALL "<< /O /Table /Scope /Column /ColSpan 3 >>"

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

	cell[0] = (struct cell){ .style = TEXT_LABEL,
		.tag = "TH",
		.mark = { .attributes = HEADS_ROW },
		.width = row->width };
	cell[1] = (struct cell){ .style = name ? TEXT_NAME : TEXT_VALUE,
		.tag = "TD" };
	say_label(sheet, row->field->label, &cell[0]);
	say_value(sheet, row->field, sheet->letter, &cell[1]);
	return 2;
}

/* What a dependant's lines hold: "Name · Date of birth · Relationship". */
static void
say_heads(struct sheet *sheet, const char *between, struct cell *cell)
{
	const char *lang[] = { sheet->lang, "es" };
	int n, i, count = sheet_is_bilingual(sheet) ? 2 : 1;

	for (n = 0; n < count; n++) {
		say(cell, n > 0 ? between : "");
		say(cell, n > 0 ? SPANISH_SIGN : "");
		for (i = 0; i < FIELD_DEPENDANT_COUNT; i++) {
			say(cell, i > 0 ? " · " : "");
			say(cell, labels_field(lang[n], &field_dependant[i]));
		}
	}
}

static int
head_cells(struct sheet *sheet, const struct row *row, struct cell *cell)
{
	cell[0] = (struct cell){ .style = TEXT_LABEL,
		.tag = "TH",
		.mark = { .attributes = HEADS_ALL },
		.width = row->width };
	say_heads(sheet, " / ", &cell[0]);
	if (pen_width(&sheet->pen, TEXT_LABEL, cell[0].text) > row->width) {
		cell[0].text[0] = '\0';
		say_heads(sheet, "\n", &cell[0]);
	}
	return 1;
}

static int
dependant_cells(struct sheet *sheet, const struct row *row, struct cell *cell)
{
	const struct dependant *d = &sheet->letter->dependant[row->dependant];
	int i;

	cell[0] = (struct cell){ .style = TEXT_VALUE,
		.tag = "TH",
		.mark = { .attributes = HEADS_ROW },
		.width = COUNTER_WIDTH,
		.y = text_ascent(TEXT_NAME) - text_ascent(TEXT_VALUE) };
	cell[1] = (struct cell){ .style = TEXT_NAME,
		.tag = "TD",
		.x = COUNTER_WIDTH,
		.width = row->width - COUNTER_WIDTH };
	cell[2] = (struct cell){ .style = TEXT_VALUE, .tag = "TD" };
	snprintf(
	    cell[0].text, sizeof(cell[0].text), "%zu.", row->dependant + 1);
	say_value(sheet, &field_dependant[0], d, &cell[1]);
	for (i = 1; i < FIELD_DEPENDANT_COUNT; i++) {
		say(&cell[2], i > 1 ? " · " : "");
		say_value(sheet, &field_dependant[i], d, &cell[2]);
	}
	return 3;
}

/* --- the last cell of a row and the one before it -------------------------
 *
 * They stand side by side, the last one in its column or out of it where that
 * keeps both on one line; else in columns or one below the other, whatever is
 * less high. A dependant's lines are not cut into columns.
 */

/* Where the last cell's column begins. */
static double
column_of(const struct sheet *sheet, const struct row *row)
{
	double most = row->width * LABEL_SHARE;

	if (row->kind == ROW_DEPENDANT)
		return COUNTER_WIDTH + sheet->name_width + COLUMN_GAP;
	return sheet->label_width < most ? sheet->label_width : most;
}

/* Its x: beside the other at x, or below it, where it is indented. */
static void
put_beside(const struct row *row, struct cell *first, double x)
{
	struct cell *last = first + 1;

	first->width = x - COLUMN_GAP - first->x;
	last->x = x;
	last->width = row->width - x;
	last->below = false;
	/* on one line, whatever their types are */
	first->y =
	    fmax(0, text_ascent(last->style) - text_ascent(first->style));
	last->y = fmax(0, text_ascent(first->style) - text_ascent(last->style));
}

static void
put_below(const struct row *row, struct cell *first)
{
	struct cell *last = first + 1;

	first->width = row->width - first->x;
	first->y = last->y = 0;
	last->x = COUNTER_WIDTH;
	last->width = row->width - COUNTER_WIDTH;
	last->below = true;
}

static double
height_of_two(struct sheet *sheet, const struct cell *first)
{
	const struct cell *last = first + 1;
	double high =
	    pen_height(&sheet->pen, first->style, first->width, first->text);
	double high_last =
	    pen_height(&sheet->pen, last->style, last->width, last->text);

	return last->below ? high + high_last
			   : fmax(first->y + high, last->y + high_last);
}

/* Where both are on one line, as near to the column as can be; 0: nowhere. */
static double
one_line(struct sheet *sheet, const struct row *row, const struct cell *first)
{
	const struct cell *last = first + 1;
	double least = first->x + COLUMN_GAP +
	    ceil(pen_width(&sheet->pen, first->style, first->text));
	double most =
	    row->width - ceil(pen_width(&sheet->pen, last->style, last->text));

	return least > most ? 0
			    : fmin(fmax(column_of(sheet, row), least), most);
}

static void
put_last(struct sheet *sheet, struct row *row, struct cell *first)
{
	double *x = &row->last_x[row->span], high;

	if (row->kind == ROW_DEPENDANT) {
		*x = column_of(sheet, row);
		if (*x + sheet->rest_width > row->width)
			*x = 0;
		return;
	}
	if ((*x = one_line(sheet, row, first)) > 0)
		return;
	put_below(row, first);
	high = height_of_two(sheet, first);
	*x = column_of(sheet, row);
	put_beside(row, first, *x);
	if (height_of_two(sheet, first) >= high)
		*x = 0;
}

/* As wide as what is longest in them: all stand on one line, or none. */
static void
dependant_widths(struct sheet *sheet)
{
	struct cell cell[CELL_MAX];
	struct row row = { .kind = ROW_DEPENDANT };
	size_t *n = &row.dependant;

	for (; *n < sheet->letter->dependant_count; ++*n) {
		dependant_cells(sheet, &row, cell);
		sheet->name_width = fmax(sheet->name_width,
		    ceil(pen_width(&sheet->pen, TEXT_NAME, cell[1].text)));
		sheet->rest_width = fmax(sheet->rest_width,
		    ceil(pen_width(&sheet->pen, TEXT_VALUE, cell[2].text)));
	}
}

void
sheet_columns(struct sheet *sheet)
{
	sheet->label_width = label_width(sheet);
	dependant_widths(sheet);
}

/* The texts of a row, the last one not placed yet. */
static int
list_cells(
    struct sheet *sheet, const struct row *row, struct cell cell[CELL_MAX])
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

double
sheet_row_natural(struct sheet *sheet, const struct row *row)
{
	struct cell cell[CELL_MAX];

	list_cells(sheet, row, cell);
	/* one point for what is lost in sums */
	return 1 + ceil(pen_width(&sheet->pen, cell[0].style, cell[0].text)) +
	    COLUMN_GAP +
	    ceil(pen_width(&sheet->pen, cell[1].style, cell[1].text));
}

void
sheet_row_arrange(struct sheet *sheet, struct row *row)
{
	struct cell cell[CELL_MAX];
	int count = list_cells(sheet, row, cell);

	if (count > 1)
		put_last(sheet, row, &cell[count - 2]);
}

int
sheet_row_cells(
    struct sheet *sheet, const struct row *row, struct cell cell[CELL_MAX])
{
	int count = list_cells(sheet, row, cell);
	double x = row->last_x[row->span];

	if (count > 1 && x > 0)
		put_beside(row, &cell[count - 2], x);
	else if (count > 1)
		put_below(row, &cell[count - 2]);
	return count;
}
