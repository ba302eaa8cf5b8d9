/*
 * csv.h - RFC 4180 records from bytes in memory, as spreadsheets write them:
 * comma or semicolon (found from the header line), CRLF or LF, with or
 * without a UTF-8 byte order mark, quotes doubled inside quotes.
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
 * csv_new - check the whole text first (no NUL, valid UTF-8, at most
 * CSV_FILE_MAX), so that a broken file is refused before its first record.
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

/* csv_progress - share of the text read so far, 0 to 1. */
double csv_progress(const struct csv *csv);

/* csv_separator - ',' or ';', as the header line has it. */
char csv_separator(const struct csv *csv);

void csv_free(struct csv **csv);

/* csv_add - append one value to a line being written, quoted if needed. */
void csv_add(struct bytes *line, const char *value, bool first);

#endif
