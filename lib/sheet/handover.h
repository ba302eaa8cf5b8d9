/*
 * handover.h - the list on which people sign that they were handed their
 * letters: a PDF with a line for each, in the user's language. It has names,
 * so it is kept like the letters.
 */
#ifndef SHEET_HANDOVER_H
#define SHEET_HANDOVER_H

#include "base/bytes.h"
#include "base/err.h"
#include "letter/letter.h"
#include "sheet/sheet.h"

struct handover_line {
	char number[LETTER_NUMBER_SIZE];
	char *name; /* the holder's */
};

struct handover {
	enum sheet_paper paper;
	const char *center; /* its name and code, as people know it */
	const char *day;    /* YYYY-MM-DD */
	bool training;      /* said in the title */
	const struct handover_line *line;
	size_t count; /* at least one */
};

/*
 * handover_pdf - append the list.
 *
 *   fonts  as for sheet_pdf()
 *
 * ERR_OK or ERR_MEMORY.
 */
enum err handover_pdf(const struct handover *handover,
    struct sheet_fonts *fonts, struct bytes *out, struct errtext *err);

/*
 * handover_join - append one PDF of the pages of many, in their order, to be
 * printed. What is attached to them stays behind: the letters' own files have
 * it.
 *
 * ERR_OK, ERR_DATA (one is no PDF), ERR_MEMORY, ERR_INTERNAL.
 */
enum err handover_join(const struct bytes *pdf, size_t count, struct bytes *out,
    struct errtext *err);

#endif
