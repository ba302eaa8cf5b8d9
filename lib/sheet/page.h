/*
 * page.h - what the parts of the sheet share: the frame on the paper,
 * the place of the code, the rows of signed fields. Inner header.
 *
 *	+--------------------------------------+
 *	| letterhead                    copy 2 |
 *	| title                  letter number |
 *	| notice: this letter is free          |
 *	| consulate, address         place for |
 *	| request in words    stamp, signature |
 *	| Letter ------------------------------|
 *	| label          value                 |	first fold of a letter
 *	| Holder ------------------------------|	folded in half: above
 *	| label          value                 |	the code, never on it
 *	| Dependants --------------+-----------|
 *	| name  born  relationship |    code   |
 *	| Referral ----------------|   number  |
 *	| label          value     |   reader  |
 *	| page 1 of 1              +-----------|
 *	+--------------------------------------+
 *
 * All content lies within 210 x 279 mm, the part that US Letter and A4 have
 * in common, so that the wrong paper in the printer cuts nothing.
 */
#ifndef SHEET_PAGE_H
#define SHEET_PAGE_H

#include "sheet/sheet.h"
#include "sheet/surface.h"
#include "sheet/text.h"

/*
 * Points before scaling; what is the same in large print, the code above all,
 * is divided by the sheet's scale.
 */
/* The part that both papers have in common. */
#define COMMON_WIDTH  MM(210)
#define COMMON_HEIGHT MM(279)
#define MARGIN        MM(13) /* of the content within it */
#define PANEL_GAP     MM(3)  /* between rows and the code */

enum row_kind {
	ROW_SECTION,   /* heading */
	ROW_FIELD,     /* label and value */
	ROW_HEAD,      /* column heads of the dependants */
	ROW_DEPENDANT, /* name, birth date, relationship */
};

enum row_span {
	SPAN_WIDE,
	SPAN_NARROW, /* beside the code */
	SPAN_COUNT,
};

/* One line of the table, in the verifier's order. */
struct row {
	enum row_kind kind;
	const struct field *field; /* ROW_FIELD */
	const char *title;         /* ROW_SECTION: message id */
	size_t dependant;          /* ROW_DEPENDANT */
	int page;                  /* from here on as placed */
	double y, width, height;
	enum row_span span;
	double label_width, value_width; /* ROW_FIELD: of one line */
	bool continued; /* ROW_SECTION: it began on another page */
	/* by span: without padding; and where its last text begins, 0: below
	 * the one before it */
	double text_height[SPAN_COUNT], last_x[SPAN_COUNT];
};
#define ROW_MAX      (FIELD_COUNT + LETTER_DEPENDANT_MAX + 8)
#define REPEATED_MAX 16 /* the longest letter in large print has 5 pages */
#define PAGES_MANY   9  /* as wide as any count of pages */

/* The code and the texts that belong to it. */
struct panel {
	double module;    /* side of one module */
	double x, y;      /* top left module */
	double top, left; /* of the whole panel; rows stay clear of it */
	double text_x, text_y, text_width;
	enum text_align align;
	int page; /* the first with rows, unless what stands above leaves no
		   * room */
};

struct sheet {
	const struct letter *letter;
	const struct symbol *symbol; /* NULL: a draft without code */
	const struct sheet_options *options;
	const char *lang;
	struct pen pen;
	double
	    scale; /* of everything but the code, the margins and the frame */
	double paper_width, paper_height;
	double left, top, width, bottom; /* of the content */
	struct panel panel;
	struct row row[ROW_MAX];
	size_t row_count;
	int first_page; /* with the request and rows: very long names have 1 */
	int page_count;
	double padding, name_width, rest_width; /* of rows */
	double column[SPAN_COUNT]; /* where values begin, from the left */
	double foot[2]; /* kept free: on a page without and with the code */
	/* headings once more, in the order of their pages */
	struct row repeated[REPEATED_MAX];
	size_t repeated_count;
};

#define TWO_SIZE 512

/* sheet_two - a message in the letter's language, then in Spanish, between
 * SPANISH_SIGNs, unless it says the same: "Surnames / Apellidos". Returns
 * out. */
const char *sheet_two(const struct sheet *sheet, const char *msgid,
    const char *between, char out[TWO_SIZE]);

/* sheet_is_bilingual - is there a second language at all? */
bool sheet_is_bilingual(const struct sheet *sheet);

/* sheet_rule - a horizontal line. */
void sheet_rule(
    struct sheet *sheet, double x, double y, double width, double thickness);

/*
 * sheet/head.c: each draws at y and returns the y below it.
 *
 * sheet_letterhead  emblem, program and center, which copy this is, a rule
 * sheet_title       "Referral letter" and the letter's number
 * sheet_notice      the box: this letter is free
 */
double sheet_letterhead(struct sheet *sheet, double y);
double sheet_title(struct sheet *sheet, double y);
double sheet_notice(struct sheet *sheet, double y);
/* sheet_emblem (sheet/emblem.c) - draw the program's emblem with its top left
 * corner at x, y; the width it takes with the gap behind it, 0 without one */
#define EMBLEM_HIGH MM(13)
double sheet_emblem(struct sheet *sheet, double x, double y);
/* sheet_request (sheet/request.c) - in one sentence what the consulate is asked
 * for, with a place for stamp and signature beside it, in large print below;
 * the y below; draw false: only measure */
double sheet_request(struct sheet *sheet, double y, bool draw);
/* sheet_running_head - the short head of all pages but the first: program and
 * number; the y below; draw false: only measure */
double sheet_running_head(struct sheet *sheet, double y, bool draw);

/* sheet/code.c: sheet_panel_place - find the code's place, before any row is
 * placed; sheet_panel_draw - code, number and explanation there. Without a
 * symbol there is no panel, and nothing is drawn. */
void sheet_panel_place(struct sheet *sheet);
void sheet_panel_draw(struct sheet *sheet);

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
#define CELL_MAX 3

/*
 * sheet/cells.c:
 *
 * sheet_measure      measure the rows that are listed
 * sheet_columns      find the columns in which they take the fewest lines, as a
 *                    first guess or (placed) as they are placed
 * sheet_row_arrange  how the texts of one row, whose width is known, stand in
 *                    the least height
 * sheet_row_cells    these texts; returns how many they are
 */
void sheet_measure(struct sheet *sheet);
void sheet_columns(struct sheet *sheet, bool placed);
void sheet_row_arrange(struct sheet *sheet, struct row *row);
int sheet_row_cells(
    struct sheet *sheet, const struct row *row, struct cell cell[CELL_MAX]);

/*
 * sheet/rows.c:
 *
 * sheet_rows_list    list the rows of the letter, in the field table's order
 * sheet_rows_place   place them, from first_y on first_page and from next_y on
 *                    later pages; finds page_count
 * sheet_rows_draw    draw those of one page
 */
void sheet_rows_list(struct sheet *sheet);
void sheet_rows_place(struct sheet *sheet, double first_y, double next_y);
void sheet_rows_draw(struct sheet *sheet, int page);
/* sheet_narrow_width - how wide rows beside the code are; the whole width where
 * the code leaves no room */
double sheet_narrow_width(const struct sheet *sheet);

/*
 * sheet/marks.c: what is not the letter's own text.
 *
 * sheet_footer     number, page, and where it goes on
 * sheet_foot       the height to keep free for that on one of so many pages
 * sheet_training   a hatched frame, and that this is no real letter
 * sheet_watermark  "DRAFT" across the page, behind everything
 */
void sheet_footer(struct sheet *sheet, int page);
double sheet_foot(struct sheet *sheet, int page, int pages);
void sheet_training(struct sheet *sheet);
void sheet_watermark(struct sheet *sheet);

#endif
