/*
 * decode_pdf.h - the letters in a PDF: codes on its pages, and signed files
 * attached to it. Poppler reads it; part of sello-decode only.
 */
#ifndef SCAN_DECODE_PDF_H
#define SCAN_DECODE_PDF_H

#include "base/bytes.h"
#include "scan/decode_found.h"
#include "scan/decode_search.h"

#define PDF_PAGE_MAX 20 /* pages looked at; more: ERR_LIMIT is remembered */
#define PDF_FILE_MAX 32 /* attachments looked at */

/* pdf_search - everything found goes into found, trouble too. */
void pdf_search(
    const struct bytes *file, struct search *search, struct found *found);

#endif
