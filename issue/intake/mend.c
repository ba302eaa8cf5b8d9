/*
 * mend.c - mend.h.
 */
#include "issue/intake/mend.h"

#include "base/csv.h"
#include "base/i18n.h"
#include "issue/intake/row.h"

#include <stdlib.h>
#include <string.h>

struct mend_cells {
	const struct bytes *text;
	struct csv *csv;
	struct csv_record record;
	bool end, headed;             /* is the line of columns behind us? */
	int column[INTAKE_FIELD_END]; /* of each field; -1: not in the file */
};

int
mend_field(const char *key)
{
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		if (intake_column_exists(field) &&
		    strcmp(intake_field_key(field), key) == 0)
			return field;
	return -1;
}

/* Before the first line. */
static enum err
begin(struct mend_cells *m, const struct bytes *text, struct errtext *err)
{
	*m = (struct mend_cells){ .text = text };
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		m->column[field] = -1;
	return csv_new(text->at, text->len, &m->csv, err);
}

static enum err
next(struct mend_cells *m, bool *is_head, struct errtext *err)
{
	enum err rc = csv_next(m->csv, &m->record, &m->end, err);

	*is_head = false;
	if (rc != ERR_OK || m->end || m->headed ||
	    !intake_header_is(&m->record))
		return rc;
	*is_head = m->headed = true;
	for (size_t i = 0; i < m->record.count; i++) {
		int field = intake_column_field(m->record.value[i]);

		if (field >= 0 && field < INTAKE_FIELD_END)
			m->column[field] = (int)i;
	}
	return ERR_OK;
}

static enum err
none(struct errtext *err)
{
	return err_set(
	    err, ERR_NOT_FOUND, _("there is no such line or column"));
}

enum err
mend_cells_new(
    const struct bytes *text, struct mend_cells **out, struct errtext *err)
{
	struct mend_cells *m = calloc(1, sizeof(*m));
	enum err rc;

	if (m == NULL)
		return err_memory(err);
	if ((rc = begin(m, text, err)) != ERR_OK)
		mend_cells_free(&m);
	*out = m;
	return rc;
}

/* To the line, from the beginning where it lies behind. */
static enum err
go_to(struct mend_cells *m, size_t line, struct errtext *err)
{
	bool is_head;
	enum err rc = ERR_OK;

	if (m->csv == NULL || m->end || m->record.line > line) {
		csv_free(&m->csv);
		rc = begin(m, m->text, err);
	}
	while (rc == ERR_OK && !m->end && m->record.line < line)
		rc = next(m, &is_head, err);
	return rc;
}

enum err
mend_cells_value(struct mend_cells *m, size_t line, int field,
    struct bytes *out, struct errtext *err)
{
	enum err rc = go_to(m, line, err);
	int column = m->column[field];

	if (rc != ERR_OK)
		return rc;
	if (m->end || m->record.line != line || column < 0 ||
	    (size_t)column >= m->record.count)
		return none(err);
	bytes_add_text(out, m->record.value[column]);
	return ERR_OK;
}

void
mend_cells_free(struct mend_cells **cells)
{
	if (*cells != NULL)
		csv_free(&(*cells)->csv);
	free(*cells);
	*cells = NULL;
}

enum err
mend_value(const struct bytes *text, size_t line, int field, struct bytes *out,
    struct errtext *err)
{
	struct mend_cells m;
	enum err rc = begin(&m, text, err);

	if (rc == ERR_OK)
		rc = mend_cells_value(&m, line, field, out, err);
	csv_free(&m.csv);
	return rc;
}

/* Empty lines where there were some, so that each keeps its number. */
static void
keep_line(struct bytes *out, size_t *at, size_t line)
{
	for (; *at < line; ++*at)
		bytes_add_text(out, "\n");
}

static void
add_record(struct bytes *out, const struct mend_cells *m, int field,
    bool is_head, const char *value, size_t *at)
{
	size_t begun = out->len, columns = m->record.count;
	int column = m->column[field];
	bool last = column < 0 && m->headed;

	/* a row that breaks off before the column */
	if (value != NULL && column >= 0 && (size_t)column >= columns)
		columns = (size_t)column + 1;
	for (size_t i = 0; i < columns; i++)
		csv_add_cell(out,
		    value != NULL && (int)i == column ? value
			: i < m->record.count         ? m->record.value[i]
						      : "",
		    i == 0);
	if (last)
		csv_add_cell(out,
		    is_head             ? intake_field_key(field)
			: value != NULL ? value
					: "",
		    false);
	bytes_add_text(out, "\n");
	for (size_t i = begun; i < out->len; i++)
		*at += out->at[i] == '\n';
}

enum err
mend_set(const struct bytes *text, size_t line, int field, const char *value,
    struct bytes *out, struct errtext *err)
{
	struct mend_cells m;
	bool is_head, done = false, mended;
	size_t at = 1;
	enum err rc = begin(&m, text, err);

	while (rc == ERR_OK && !m.end) {
		rc = next(&m, &is_head, err);
		if (rc != ERR_OK || m.end)
			break;
		mended = m.record.line == line && m.headed && !is_head;
		done |= mended;
		keep_line(out, &at, m.record.line);
		add_record(out, &m, field, is_head, mended ? value : NULL, &at);
	}
	csv_free(&m.csv);
	if (rc == ERR_OK && !done)
		return none(err);
	return rc == ERR_OK && out->failed ? err_memory(err) : rc;
}
