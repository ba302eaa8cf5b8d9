/*
 * pdf.h - the letters in a PDF: codes on its pages, and signed files
 * attached to it. Poppler reads it; part of sello-decode only.
 */
#ifndef DECODE_PDF_H
#define DECODE_PDF_H

#include "decode/paged.h"

#define PDF_PAGE_MAX 100 /* pages looked at; the others are said to be not */
#define PDF_FILE_MAX 128 /* attachments looked at; more: ERR_LIMIT */

/* pdf_load - what poppler keeps of its own files, where they can still be
 * opened. Fonts are not among it: docs/reading.md. */
void pdf_load(void);

/*
 * pdf_search - look at every page, and say each when it is done
 * (scan/protocol.h). What is wrong with the whole file goes into found->bad.
 * False when the answer cannot be written.
 */
bool pdf_search(const struct bytes *file, struct paged *paged);

#endif
