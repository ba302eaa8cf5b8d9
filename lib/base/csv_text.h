/*
 * csv_text.h - the bytes of a CSV file as UTF-8: csv.h's first step. UTF-16
 * (a spreadsheet's "Unicode text", also without its byte order mark: no other
 * text has NUL bytes) is turned into UTF-8; other encodings cannot be told
 * apart, so they are refused by name. Lines that end with CR alone ("CSV
 * (Macintosh)") are made to end with LF.
 */
#ifndef BASE_CSV_TEXT_H
#define BASE_CSV_TEXT_H

#include "base/bytes.h"
#include "base/err.h"

/*
 * csv_text - check the whole file and find its text.
 *
 *   own       holds the text when it had to be turned into UTF-8; the caller
 *             wipes it
 *   text      out: in the file itself or in own, without byte order mark
 *   has_mark  out: did the file begin with one?
 *
 * ERR_DATA with the line and what to do, ERR_LIMIT, ERR_MEMORY.
 */
enum err csv_text(const void *file, size_t len, struct bytes *own,
    struct reader *text, bool *has_mark, struct errtext *err);

#endif
