/*
 * template.h - an empty table of people to fill in: as CSV with a line of
 * notes, or as an OpenDocument spreadsheet (ODF 1.2) with notes and drop-down
 * lists of codes, whose cells are text, so that no spreadsheet turns a date
 * or a number into something else. Columns have the user's names, which intake
 * reads: intake_column_shown().
 */
#ifndef ISSUE_INTAKE_TEMPLATE_H
#define ISSUE_INTAKE_TEMPLATE_H

#include "base/bytes.h"
#include "base/err.h"
#include "trust/list.h"

/* One column: the field it holds (issue/intake/intake.h), and what to write. */
struct template_column {
	int field;
	const char *note; /* message id */
};

extern const struct template_column template_columns[];
extern const size_t template_column_count;

/* template_note - append "Surnames (required): all surnames as ..." in the
 * user's language. */
void template_note(const struct template_column *column, struct bytes *out);

/* template_csv - the whole file. ERR_MEMORY. */
enum err template_csv(struct bytes *out, struct errtext *err);

/*
 * template_ods - the whole file, into out. ERR_MEMORY.
 *
 *   list  names the consulates and added pathways for the drop-down lists;
 *         NULL: none is known, and any may be typed
 */
enum err template_ods(
    const struct trust_list *list, struct bytes *out, struct errtext *err);

#endif
