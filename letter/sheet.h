/*
 * sheet.h - the printed letter: one PDF with the code as vectors, every
 * signed field in words, and the signed XML attached.
 *
 * Same letter, same options: same bytes. No personal data in metadata.
 */
#ifndef LETTER_SHEET_H
#define LETTER_SHEET_H

#include "base/bytes.h"
#include "base/err.h"
#include "letter/labels.h"
#include "letter/symbol.h"

enum sheet_paper { PAPER_LETTER, PAPER_A4 };

struct sheet_options {
	enum sheet_paper paper;
	int copy; /* 1: the original, no mark; 2, 3, ...: "copy 2" */
	struct letter_labels labels;    /* in the letter's language */
	struct letter_labels labels_es; /* the same in Spanish */
	bool training; /* root is a training root: a banner across */
	bool draft;    /* preview: watermark, no code, nothing attached */
};

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
