#include "sheet/page.h"

#include "base/i18n.h"
#include "letter/hotline.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MARK_WIDTH      MM(46) /* kept free for the copy mark, drawn or not */
#define TELEPHONE_WIDTH MM(94)
#define NUMBER_COLUMN   MM(55)
#define REFERRAL_LETTER N_("Referral letter")
#define HEAD_GAP        MM(.2)
#define BOX_DROP        MM(1.1)
#define BOX_PADDING     MM(3)

bool
sheet_is_bilingual(const struct sheet *sheet)
{
	return strcmp(sheet->lang, "es") != 0;
}

const char *
sheet_two(const struct sheet *sheet, const char *msgid, const char *between,
    char out[TWO_SIZE])
{
	const char *first = i18n_in(sheet->lang, msgid);
	const char *second = i18n_in("es", msgid);

	if (sheet_is_bilingual(sheet) && strcmp(first, second) != 0)
		snprintf(out, TWO_SIZE, "%s%s" SPANISH_SIGN "%s" SPANISH_SIGN,
		    first, between, second);
	else
		snprintf(out, TWO_SIZE, "%s", first);
	return out;
}

void
sheet_rule(
    struct sheet *sheet, double x, double y, double width, double thickness)
{
	cairo_t *cr = sheet->pen.cr;

	cairo_rectangle(cr, x, y - thickness / 2, width, thickness);
	cairo_fill(cr);
}

/* "Selection Center Guatemala City · GTGUA01" */
static void
center_line(const struct sheet *sheet, char *out, size_t size)
{
	const char *name = sheet->options->labels.center_name;
	const char *number = sheet->letter->number;
	int code = (int)strcspn(number, "-");

	if (name == NULL)
		snprintf(out, size, "%.*s", code, number);
	else
		snprintf(out, size, "%s%s%.*s", name, code > 0 ? " · " : "",
		    code, number);
}

/* "COPY 2 / COPIA 2": says nothing about the person, so it stands outside
 * the signed fields; its place is kept free on the original too. */
static void
copy_mark(struct sheet *sheet, double y)
{
	cairo_t *cr = sheet->pen.cr;
	char two[TWO_SIZE], text[TWO_SIZE];
	double x, width, height;
	int n = sheet->options->copy;

	if (n < 2)
		return;
	/* it holds the number once or twice */
	snprintf(text, sizeof(text),
	    sheet_two(sheet, N_("Copy %d"), " / ", two), n, n);
	width = pen_width(&sheet->pen, TEXT_MARK, text) + MM(6);
	height = pen_height(&sheet->pen, TEXT_MARK, width, text) + MM(1.6);
	x = sheet->left + sheet->width - width;
	cairo_set_line_width(cr, 1);
	cairo_rectangle(cr, x + .5, y + .5, width - 1, height - 1);
	cairo_stroke(cr);
	pen_text(&sheet->pen, TEXT_MARK, "P", x, y + MM(.8), width,
	    TEXT_CENTERED, text);
}

/* "Telephone, free / Teléfono gratuito: +50212345678", or "" */
static void
telephone(const struct sheet *sheet, char text[TWO_SIZE])
{
	const char *hotline = sheet->options->labels.hotline;
	char number[HOTLINE_SIZE], two[TWO_SIZE];
	const char *name = N_("Telephone");

	text[0] = '\0';
	if (hotline == NULL)
		return;
	if (labels_hotline(hotline, number))
		name = N_("Telephone, free");
	snprintf(text, TWO_SIZE, "%s: %.32s",
	    sheet_two(sheet, name, " / ", two), number);
}

/* The center at the left, its telephone at the right or, where one line is not
 * enough for both, below. */
static double
center_row(struct sheet *sheet, double x, double y, double width)
{
	char center[TWO_SIZE], call[TWO_SIZE];
	double wide, left, right;

	center_line(sheet, center, sizeof(center));
	telephone(sheet, call);
	wide = ceil(pen_width(&sheet->pen, TEXT_SMALL, call)) + 1;
	if (pen_width(&sheet->pen, TEXT_CENTER, center) >
	    width - wide - MM(2)) {
		left = pen_text(&sheet->pen, TEXT_CENTER, "P", x, y, width,
		    TEXT_LEFT, center);
		return left +
		    pen_text(&sheet->pen, TEXT_SMALL, "P", x, y + left, width,
			TEXT_LEFT, call);
	}
	left = pen_text(&sheet->pen, TEXT_CENTER, "P", x, y,
	    width - wide - MM(2), TEXT_LEFT, center);
	right = pen_text(&sheet->pen, TEXT_SMALL, "P", x + width - wide,
	    y + text_ascent(TEXT_CENTER) - text_ascent(TEXT_SMALL), wide,
	    TEXT_RIGHT, call);
	return left > right ? left : right;
}

double
sheet_letterhead(struct sheet *sheet, double y)
{
	const char *program = sheet->options->labels.program_name;
	double indent = sheet_emblem(sheet, sheet->left, y);
	double x = sheet->left + indent, width = sheet->width - indent;
	double top = y;

	copy_mark(sheet, y);
	y += pen_text(&sheet->pen, TEXT_PROGRAM, "P", x, y, width - MARK_WIDTH,
	    TEXT_LEFT, program != NULL ? program : sheet->letter->program);
	y += MM(.7);
	y += center_row(sheet, x, y, width);
	if (indent > 0 && y < top + EMBLEM_HIGH)
		y = top + EMBLEM_HIGH;
	y += MM(1.3);
	sheet_rule(sheet, sheet->left, y, sheet->width, 1.6);
	sheet_rule(sheet, sheet->left, y + 2.4, sheet->width, .4);
	return y + MM(2.3);
}

/* The second language on the title's line, if there is room; its height. */
static double
subtitle(struct sheet *sheet, double y, double width, double height)
{
	const char *first = i18n_in(sheet->lang, REFERRAL_LETTER);
	const char *text = i18n_in("es", REFERRAL_LETTER);
	const struct mark spanish = { .lang = "es" };
	double x = pen_width(&sheet->pen, TEXT_TITLE, first) + MM(3);
	bool beside = x + pen_width(&sheet->pen, TEXT_SUBTITLE, text) < width;

	if (strcmp(first, text) == 0)
		return 0;
	if (beside)
		y += text_ascent(TEXT_TITLE) - text_ascent(TEXT_SUBTITLE);
	else {
		x = 0;
		y += height;
	}
	height = pen_text_marked(&sheet->pen, &spanish, TEXT_SUBTITLE, "P",
	    sheet->left + x, y, width - x + 1, TEXT_LEFT, text);
	return beside ? 0 : height;
}

double
sheet_title(struct sheet *sheet, double y)
{
	double width = sheet->width - NUMBER_COLUMN, height;

	height = pen_text(&sheet->pen, TEXT_TITLE, "H1", sheet->left, y, width,
	    TEXT_LEFT, i18n_in(sheet->lang, REFERRAL_LETTER));
	height += subtitle(sheet, y, width, height);
	pen_text(&sheet->pen, TEXT_NUMBER, "P", sheet->left + width,
	    y + text_ascent(TEXT_TITLE) - text_ascent(TEXT_NUMBER),
	    NUMBER_COLUMN, TEXT_RIGHT, sheet->letter->number);
	return y + height + MM(1);
}

/* Free only where it is: from another country nobody can promise that. */
static void
add_whom_to_call(const char *lang, const char *hotline, char *text, size_t size)
{
	char number[HOTLINE_SIZE];
	size_t len = strlen(text);
	const char *call = N_("Asked for money? Call %s.");

	if (labels_hotline(hotline, number))
		call = N_("Asked for money? Call free %s (charged from "
			  "abroad).");
	if (len + 1 < size) {
		text[len++] = ' ';
		snprintf(text + len, size - len, i18n_in(lang, call), number);
	}
}

/* The notice in one language within a column; draw false: only measure. */
static double
notice_column(struct sheet *sheet, const char *lang,
    const struct letter_labels *labels, double x, double y, double width,
    bool draw)
{
	char text[TWO_SIZE * 2];
	const char *head = i18n_in(lang, N_("This letter is free."));
	const struct mark in = { .lang = lang };
	double used;

	snprintf(text, sizeof(text), "%s",
	    i18n_in(lang,
		N_("Nobody may ask you for money for it. It is not a visa or "
		   "an ID. Only the consulate reads the code; it contains no "
		   "link.")));
	if (labels->hotline != NULL)
		add_whom_to_call(lang, labels->hotline, text, sizeof(text));
	if (!draw)
		return pen_height(&sheet->pen, TEXT_NOTICE_HEAD, width, head) +
		    HEAD_GAP +
		    pen_height(&sheet->pen, TEXT_NOTICE, width, text);
	used = pen_text_marked(&sheet->pen, &in, TEXT_NOTICE_HEAD, "P", x, y,
	    width, TEXT_LEFT, head);
	return used +
	    pen_text_marked(&sheet->pen, &in, TEXT_NOTICE, "P", x, y + used,
		width, TEXT_LEFT, text);
}

double
sheet_notice(struct sheet *sheet, double y)
{
	const struct sheet_options *options = sheet->options;
	bool two = sheet_is_bilingual(sheet);
	double column =
	    (sheet->width - (two ? 4 : 2) * BOX_PADDING) / (two ? 2 : 1);
	double x = sheet->left + BOX_PADDING, height, second = 0;
	double x2 = x + column + 2 * BOX_PADDING;
	cairo_t *cr = sheet->pen.cr;

	height = notice_column(
	    sheet, sheet->lang, &options->labels, 0, 0, column, false);
	if (two)
		second = notice_column(
		    sheet, "es", &options->labels_es, 0, 0, column, false);
	height = (second > height ? second : height) + 2 * BOX_DROP;
	cairo_set_line_width(cr, 1.2);
	cairo_rectangle(cr, sheet->left + .6, y, sheet->width - 1.2, height);
	cairo_stroke(cr);
	notice_column(sheet, sheet->lang, &options->labels, x, y + BOX_DROP,
	    column, true);
	if (two) {
		cairo_rectangle(
		    cr, x2 - BOX_PADDING, y + MM(2.5), .4, height - MM(5));
		cairo_fill(cr);
		notice_column(sheet, "es", &options->labels_es, x2,
		    y + BOX_DROP, column, true);
	}
	return y + height + MM(1);
}

double
sheet_running_head(struct sheet *sheet, double y, bool draw)
{
	const struct letter_labels *labels = &sheet->options->labels;
	const char *program = labels->program_name != NULL
	    ? labels->program_name
	    : sheet->letter->program;
	double width = sheet->width - NUMBER_COLUMN, left, right, rule;

	right = pen_height(
	    &sheet->pen, TEXT_NUMBER, NUMBER_COLUMN, sheet->letter->number);
	left = pen_height(&sheet->pen, TEXT_CENTER, width, program);
	rule = y + (left > right ? left : right) + MM(1.5);
	if (draw) {
		pen_text(&sheet->pen, TEXT_NUMBER, NULL, sheet->left + width, y,
		    NUMBER_COLUMN, TEXT_RIGHT, sheet->letter->number);
		pen_text(&sheet->pen, TEXT_CENTER, NULL, sheet->left, y, width,
		    TEXT_LEFT, program);
		sheet_rule(sheet, sheet->left, rule, sheet->width, .8);
	}
	return fmax(rule + MM(2.5), y + MM(9));
}
