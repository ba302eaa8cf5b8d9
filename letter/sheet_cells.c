/*
 * sheet_cells.c - the texts within a row: sheet_page.h.
 */
#include "letter/sheet_page.h"

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

void
sheet_columns(struct sheet *sheet)
{
	sheet->label_width = label_width(sheet);
}

int
sheet_row_cells(
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
