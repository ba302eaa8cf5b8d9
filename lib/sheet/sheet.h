/*
 * sheet.h - the printed letter: one PDF with the code as vectors, every
 * signed field in words, and the signed XML attached. docs/sheet.md has the
 * layout and its rules.
 *
 * Same letter, same options: same bytes. No personal data in metadata.
 */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/bytes.h"
#include "base/err.h"
#include "letter/labels.h"
#include "sheet/symbol.h"

#include <stdbool.h>

enum sheet_paper { PAPER_LETTER, PAPER_A4 };

/* Fonts, loaded once and used for many letters, by one thread at a time. */
struct sheet_fonts;

struct sheet_options {
	enum sheet_paper paper;
	int copy; /* up to 1: the original, no mark; 2, 3, ...: "copy 2" */
	struct letter_labels labels;    /* in the letter's language */
	struct letter_labels labels_es; /* the same in Spanish */
	bool training; /* root is a training root: a banner across */
	bool draft;    /* preview: watermark, no code, nothing attached */
	bool large;    /* all text at 14 points or more, on more pages */
	struct sheet_fonts *fonts; /* borrowed; NULL: sheet_fonts_new() */
};

/*
 * sheet_fonts_new - fonts for one thread: those that sheet_fonts_free() gave
 * back, or newly loaded (10 ms). They are kept for the life of the process. A
 * program calls it early to hear what is missing.
 * ERR_OK; ERR_CONFIG (one is not installed; the text names the package);
 * ERR_MEMORY. sheet_fonts_free takes NULL.
 */
enum err sheet_fonts_new(struct sheet_fonts **out, struct errtext *err);
void sheet_fonts_free(struct sheet_fonts **fonts);

/*
 * sheet_pdf - append the PDF.
 *
 *   letter  verified, complete
 *   symbol  its code; NULL only with options->draft
 *   xml     the signed file to attach as NUMBER.xml; NULL only with draft
 *
 * ERR_OK, ERR_CONFIG (our font is not installed), ERR_MEMORY.
 */
enum err sheet_pdf(const struct letter *letter, const struct symbol *symbol,
    const struct bytes *xml, const struct sheet_options *options,
    struct bytes *out, struct errtext *err);

#endif
