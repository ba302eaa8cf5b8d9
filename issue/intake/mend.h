/*
 * mend.h - one cell of a file of people, read or put right in place: where a
 * page shows what is wrong with a row. Lines keep their numbers.
 */
#ifndef ISSUE_INTAKE_MEND_H
#define ISSUE_INTAKE_MEND_H

#include "base/bytes.h"
#include "base/err.h"

#include <stddef.h>

/*
 * mend_value - append what stands in a field's column of a line (from 1).
 *
 *   field  as intake_field_key() names it
 *
 * ERR_NOT_FOUND: no such line or column; errors as csv_new().
 */
enum err mend_value(const struct bytes *text, size_t line, int field,
    struct bytes *out, struct errtext *err);

/*
 * mend_cells_new, mend_cells_value - the same for many cells, of a file that
 * stays as it is; free with mend_cells_free(). Lines asked for in their order
 * cost one reading. NULL on errors, which are csv_new()'s.
 */
struct mend_cells;
enum err mend_cells_new(
    const struct bytes *text, struct mend_cells **out, struct errtext *err);
enum err mend_cells_value(struct mend_cells *cells, size_t line, int field,
    struct bytes *out, struct errtext *err);
void mend_cells_free(struct mend_cells **cells); /* and NULL */

/* mend_set - append the whole file with another value there. A column that the
 * file does not have is added. Errors as mend_value(). */
enum err mend_set(const struct bytes *text, size_t line, int field,
    const char *value, struct bytes *out, struct errtext *err);

/* mend_field - the field of a key, "surnames", "documentNumber"; -1. */
int mend_field(const char *key);

#endif
