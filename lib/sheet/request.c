/*
 * request.c - what the letter asks the consulate for: sheet/page.h.
 */
#include "sheet/page.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

#define STAMP_WIDTH  MM(46)
#define STAMP_HEIGHT MM(22) /* at least */
#define STAMP_GAP    MM(4)
#define REQUEST_SIZE 2048

/* One sentence an action, below the name of the consulate that it speaks to. */
static const struct {
	const char *action, *sentence;
} requests[] = {
	{ "APPOINTMENT", N_("We ask you to give %s an appointment.") },
	{ "RECEIVE_APPLICATION",
	    N_("We ask you to receive the application of %s.") },
	{ "DOCUMENT_INTAKE", N_("We ask you to take in the documents of %s.") },
	{ "INFORMATION", N_("We ask you to give information to %s.") },
};

static const char *
sentence_of(const char *action)
{
	size_t i;

	for (i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (strcmp(requests[i].action, action) == 0)
			return requests[i].sentence;
	return NULL;
}

/* "Marta Candelaria Xiloj Pérez and 2 dependants" */
static void
add_persons(
    const struct letter *letter, const char *lang, char *out, size_t size)
{
	char name[2 * LETTER_NAME_SIZE + 1];
	size_t count = letter->dependant_count;

	snprintf(name, sizeof(name), "%s%s%s", letter->given_names,
	    letter->given_names[0] != '\0' ? " " : "", letter->surnames);
	if (count == 0)
		snprintf(out, size, "%s", name);
	else
		snprintf(out, size,
		    i18n_count_in(lang, "%s and %d dependant",
			"%s and %d dependants", count),
		    name, (int)count);
}

/* Empty for a draft that does not say yet who or what. */
static void
make_request(
    const struct sheet *sheet, const char *lang, char out[REQUEST_SIZE])
{
	const struct letter *letter = sheet->letter;
	const char *sentence = sentence_of(letter->requested_action);
	char persons[REQUEST_SIZE / 2];

	out[0] = '\0';
	if (sentence == NULL || letter->surnames[0] == '\0')
		return;
	add_persons(letter, lang, persons, sizeof(persons));
	snprintf(out, REQUEST_SIZE, i18n_in(lang, sentence), persons);
}

/* An empty frame: whoever stamps or signs covers nothing that is read. */
static void
stamp(struct sheet *sheet, double y, double height)
{
	double x = sheet->left + sheet->width - STAMP_WIDTH, used;
	cairo_t *cr = sheet->pen.cr;
	char two[TWO_SIZE];

	sheet_two(sheet, N_("Stamp and signature"), "\n", two);
	used = pen_height(&sheet->pen, TEXT_SMALL, STAMP_WIDTH, two);
	cairo_set_line_width(cr, .6);
	cairo_rectangle(cr, x, y, STAMP_WIDTH - .3, height);
	cairo_stroke(cr);
	pen_text(&sheet->pen, TEXT_SMALL, "P", x, y + height - used - MM(.5),
	    STAMP_WIDTH, TEXT_CENTERED, two);
}

/* A paragraph at y, or only its height. */
static double
paragraph(struct sheet *sheet, const char *lang, enum text_style style,
    double y, double width, const char *text, bool draw)
{
	const struct mark mark = { .lang = lang };

	return draw ? pen_text_marked(&sheet->pen, &mark, style, "P",
			  sheet->left, y, width, TEXT_LEFT, text)
		    : pen_height(&sheet->pen, style, width, text);
}

/* Whom the letter is addressed to, on one line with its address, where it has
 * one, if that is wide enough. */
static double
addressee(struct sheet *sheet, double y, double width, bool draw)
{
	const struct letter_labels *labels = &sheet->options->labels;
	const char *name = labels->consulate_name != NULL
	    ? labels->consulate_name
	    : sheet->letter->consulate;
	const char *address = labels->consulate_address;
	char text[REQUEST_SIZE];

	snprintf(text, sizeof(text), "%s%s%s", name,
	    address != NULL ? " · " : "", address != NULL ? address : "");
	if (address != NULL &&
	    pen_width(&sheet->pen, TEXT_CENTER, text) > width)
		snprintf(text, sizeof(text), "%s\n%s", name, address);
	return paragraph(sheet, NULL, TEXT_CENTER, y, width, text, draw) +
	    MM(.5);
}

/* In both languages; the height used. */
static double
request(struct sheet *sheet, double y, double width, bool draw)
{
	char text[REQUEST_SIZE];
	double used = addressee(sheet, y, width, draw);

	make_request(sheet, sheet->lang, text);
	used += paragraph(sheet, NULL, TEXT_BODY, y + used, width, text, draw);
	if (!sheet_is_bilingual(sheet))
		return used;
	make_request(sheet, "es", text);
	used += MM(.5);
	return used +
	    paragraph(sheet, "es", TEXT_BODY, y + used, width, text, draw);
}

/* The place for a stamp is beside the words, in large print below them. */
double
sheet_request(struct sheet *sheet, double y, bool draw)
{
	double width = sheet->width - STAMP_WIDTH - STAMP_GAP;
	double height = STAMP_HEIGHT / sheet->scale, used;

	y += MM(.5);
	if (sheet->options->large) {
		y += request(sheet, y, sheet->width, draw) + MM(1);
	} else {
		used = request(sheet, y, width, draw);
		height = used > height ? used : height;
	}
	if (draw)
		stamp(sheet, y, height);
	return y + height + MM(.3);
}
