/*
 * cells.c - the texts within a row: sheet/page.h.
 */
#include "sheet/page.h"

#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LABEL_LEAST   MM(25)
#define LABEL_STEP    MM(.5)
#define RAGGED        1.08 /* what the ends of lines lose */
#define LABEL_SHARE   .6   /* of a row, at most */
#define LINE_SAVED    6    /* more than types differ, less than a line */
#define COLUMN_GAP    MM(1.8)
#define COUNTER_WIDTH MM(7)
#define INDENT        MM(5) /* of a value below its label */

/* What a header cell is the head of: dependants have three cells. */
#define HEADS_ROW "<< /O /Table /Scope /Row >>"
#define HEADS_ALL "<< /O /Table /Scope /Column /ColSpan 3 >>"

/* Append to the cell's text. */
static void
say_part(struct cell *cell, const char *text, size_t count)
{
	size_t len = strlen(cell->text);

	snprintf(cell->text + len, sizeof(cell->text) - len, "%.*s", (int)count,
	    text);
}

static void
say(struct cell *cell, const char *text)
{
	say_part(cell, text, strlen(text));
}

/* The time by the center's clock is for people; as it was signed, in small
 * print, it is there to be compared. */
static void
say_value(struct sheet *sheet, const struct field *field, const void *record,
    struct cell *cell)
{
	char value[LABELS_VALUE_SIZE], *signed_form;

	labels_value_bilingual(sheet->lang, field, record,
	    &sheet->options->labels, &sheet->options->labels_es, value,
	    sizeof(value));
	signed_form = field->kind == KIND_INSTANT ? strrchr(value, '(') : NULL;
	if (signed_form == NULL) {
		say(cell, value);
		return;
	}
	say_part(cell, value, (size_t)(signed_form - value));
	say(cell, SMALL_SIGN);
	say(cell, signed_form);
	say(cell, SMALL_SIGN);
}

static void
say_label(struct sheet *sheet, const char *msgid, struct cell *cell)
{
	char two[TWO_SIZE];

	say(cell, sheet_two(sheet, msgid, " / ", two));
}

static void
continued(const char *lang, const char *title, char out[TWO_SIZE])
{
	snprintf(out, TWO_SIZE, i18n_in(lang, N_("%s (continued)")),
	    i18n_in(lang, title));
}

/* "Dependants (continued) / Personas a cargo (continuación)" */
static void
say_title(struct sheet *sheet, const struct row *row, struct cell *cell)
{
	char first[TWO_SIZE], second[TWO_SIZE];

	if (!row->continued) {
		say_label(sheet, row->title, cell);
		return;
	}
	continued(sheet->lang, row->title, first);
	continued("es", row->title, second);
	say(cell, first);
	if (strcmp(first, second) == 0)
		return;
	say(cell, " / " SPANISH_SIGN);
	say(cell, second);
	say(cell, SPANISH_SIGN);
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
 * They stand side by side, the last one in its column, where it wraps, or one
 * below the other if that is less high: a value begins at one of two places, so
 * that an eye, or a ruler, goes straight down. A dependant's lines are not cut
 * into columns.
 */

/* Where the last cell's column begins. */
static double
column_of(const struct sheet *sheet, const struct row *row)
{
	return row->kind == ROW_DEPENDANT
	    ? COUNTER_WIDTH + sheet->name_width + COLUMN_GAP
	    : sheet->column[row->span];
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
	last->x = row->kind == ROW_DEPENDANT ? COUNTER_WIDTH : INDENT;
	last->width = row->width - last->x;
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

/* About how many lines a text of this width takes where there is so much room.
 */
static double
lines(double width, double room)
{
	return width <= room ? 1 : ceil(width * RAGGED / room);
}

/* The same of a field, its value beginning at x or below its label. */
static double
field_lines(const struct row *row, double x, double all)
{
	double beside = fmax(lines(row->label_width, x - COLUMN_GAP),
	    lines(row->value_width, all - x));
	double below = lines(row->label_width, all) +
	    lines(row->value_width, all - INDENT);

	return fmin(beside, below);
}

static void
put_last(struct sheet *sheet, struct row *row, struct cell *first)
{
	double *x = &row->last_x[row->span], high;

	*x = column_of(sheet, row);
	if (row->kind == ROW_DEPENDANT) {
		if (*x + sheet->rest_width > row->width)
			*x = 0;
		return;
	}
	/* most rows have one line, and measuring is dear */
	if (row->kind == ROW_FIELD && field_lines(row, *x, row->width) == 1)
		return;
	put_below(row, first);
	high = height_of_two(sheet, first);
	put_beside(row, first, *x);
	if (height_of_two(sheet, first) > high + LINE_SAVED)
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

/* How wide label and value of each field are on one line. */
static void
field_widths(struct sheet *sheet)
{
	struct cell cell[CELL_MAX];
	struct row *row = sheet->row, *end = row + sheet->row_count;

	for (; row < end; row++) {
		if (row->kind != ROW_FIELD)
			continue;
		field_cells(sheet, row, cell);
		row->label_width =
		    ceil(pen_width(&sheet->pen, cell[0].style, cell[0].text));
		row->value_width =
		    ceil(pen_width(&sheet->pen, cell[1].style, cell[1].text));
	}
}

void
sheet_measure(struct sheet *sheet)
{
	field_widths(sheet);
	dependant_widths(sheet);
}

/* Of the rows that may have this span, or, placed, that have it. */
static double
all_lines(const struct sheet *sheet, enum row_span span, bool placed, double x)
{
	double all =
	    span == SPAN_WIDE ? sheet->width : sheet_narrow_width(sheet);
	const struct row *row = sheet->row, *end = row + sheet->row_count;
	double sum = 0;

	if (x > all * LABEL_SHARE)
		return INFINITY;
	for (; row < end; row++)
		if (row->kind == ROW_FIELD && (!placed || row->span == span))
			sum += field_lines(row, x, all);
	return sum;
}

/* Rows are measured anew only where it is another one. */
static void
set_column(struct sheet *sheet, enum row_span span, double x)
{
	size_t i;

	if (sheet->column[span] == x)
		return;
	sheet->column[span] = x;
	for (i = 0; i < sheet->row_count; i++)
		sheet->row[i].text_height[span] = 0;
}

/* Values begin where they take the fewest lines: at one place in all rows, or,
 * where that is better, at another one in those beside the code. */
void
sheet_columns(struct sheet *sheet, bool placed)
{
	double least[] = { INFINITY, INFINITY, INFINITY }, n[3], x;
	double best[3] = { LABEL_LEAST, LABEL_LEAST, LABEL_LEAST };
	bool one;
	int i;

	for (x = LABEL_LEAST; x < sheet->width * LABEL_SHARE; x += LABEL_STEP) {
		n[0] = all_lines(sheet, SPAN_WIDE, placed, x);
		n[1] = all_lines(sheet, SPAN_NARROW, placed, x);
		n[2] = n[0] + n[1];
		for (i = 0; i < 3; i++)
			if (n[i] < least[i]) {
				least[i] = n[i];
				best[i] = x;
			}
	}
	one = least[2] <= least[0] + least[1];
	set_column(sheet, SPAN_WIDE, best[one ? 2 : 0]);
	set_column(sheet, SPAN_NARROW, best[one ? 2 : 1]);
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
		say_title(sheet, row, &cell[0]);
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
