/*
 * csv.h - RFC 4180 records from bytes in memory, as spreadsheets write them:
 * comma, semicolon or tab (found from the header line, or named by a first
 * line "sep=;"), CRLF or LF, with or without a byte order mark, UTF-8 or (with
 * its mark) UTF-16, quotes doubled inside quotes. Values marked as text,
 * ="0123" and '0123, come without their mark.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define CSV_FILE_MAX   (64u << 20) /* bytes of a file */
#define CSV_COLUMN_MAX 256         /* columns of a line */
#define CSV_VALUE_MAX  8192        /* bytes of one value */

struct csv; /* opaque */

/* One record; values are NUL-terminated UTF-8, valid until the next call. */
struct csv_record {
	size_t line; /* number of the line it starts on, from 1 */
	size_t count;
	const char *const *value;
};

/*
 * csv_new - check the whole text first (csv_text.h), so that a broken file is
 * refused before its first record.
 *
 *   text  borrowed until csv_free()
 *
 * Returns ERR_OK, ERR_DATA or ERR_LIMIT with the line in err, ERR_MEMORY.
 */
enum err csv_new(
    const void *text, size_t len, struct csv **out, struct errtext *err);

/*
 * csv_next - the next record that is not an empty line.
 *
 *   end  out: true when there is no further record
 *
 * ERR_DATA for an unclosed quote, text after a closing quote, a quote inside
 * an unquoted value; ERR_LIMIT for too many columns or an overlong value.
 */
enum err csv_next(
    struct csv *csv, struct csv_record *record, bool *end, struct errtext *err);

/* csv_separator - ',', ';' or tab, as the header line has it. */
char csv_separator(const struct csv *csv);

/* csv_has_mark - did the file begin with a byte order mark? */
bool csv_has_mark(const struct csv *csv);

/* csv_restart - begin again behind the first lines, as if these were not
 * there: for a header under a title. False when there are no more lines. */
bool csv_restart(struct csv *csv, size_t lines);

void csv_free(struct csv **csv);

/* csv_add - append one value to a line being written, quoted if needed. */
void csv_add(struct bytes *line, const char *value, bool first);

/*
 * csv_add_cell - the same for a file that a spreadsheet will open: what it
 * would run as a formula (= + - @ tab or a line end in front, also in their
 * wide forms) gets an apostrophe before it, which csv_next() takes off again;
 * so does what begins with such an apostrophe itself. Nothing is lost.
 * One of these signs alone is no formula and stays as it is.
 */
void csv_add_cell(struct bytes *line, const char *value, bool first);

#endif
