/*
 * mend.c - mend.h.
 */
#include "issue/intake/mend.h"

#include "base/csv.h"
#include "base/i18n.h"
#include "issue/intake/row.h"

#include <string.h>

/* A file while it is gone through. */
struct mending {
	struct csv *csv;
	struct csv_record record;
	bool end, headed; /* is the line of columns behind us? */
	int column;       /* of the field; -1: not in the file */
	int field;
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

static enum err
begin(
    const struct bytes *text, int field, struct mending *m, struct errtext *err)
{
	*m = (struct mending){ .column = -1, .field = field };
	return csv_new(text->at, text->len, &m->csv, err);
}

static enum err
next(struct mending *m, bool *is_head, struct errtext *err)
{
	enum err rc = csv_next(m->csv, &m->record, &m->end, err);

	*is_head = false;
	if (rc != ERR_OK || m->end || m->headed ||
	    !intake_header_is(&m->record))
		return rc;
	*is_head = m->headed = true;
	for (size_t i = 0; i < m->record.count; i++)
		if (intake_column_field(m->record.value[i]) == m->field)
			m->column = (int)i;
	return ERR_OK;
}

static enum err
none(struct errtext *err)
{
	return err_set(
	    err, ERR_NOT_FOUND, _("there is no such line or column"));
}

enum err
mend_value(const struct bytes *text, size_t line, int field, struct bytes *out,
    struct errtext *err)
{
	struct mending m;
	bool is_head;
	enum err rc = begin(text, field, &m, err);

	while (rc == ERR_OK && !m.end) {
		rc = next(&m, &is_head, err);
		if (rc != ERR_OK || m.end || m.record.line != line)
			continue;
		if (m.column < 0 || (size_t)m.column >= m.record.count)
			break;
		bytes_add_text(out, m.record.value[m.column]);
		csv_free(&m.csv);
		return ERR_OK;
	}
	csv_free(&m.csv);
	return rc == ERR_OK ? none(err) : rc;
}

/* Empty lines where there were some, so that each keeps its number. */
static void
keep_line(struct bytes *out, size_t *at, size_t line)
{
	for (; *at < line; ++*at)
		bytes_add_text(out, "\n");
}

static void
add_record(struct bytes *out, const struct mending *m, bool is_head,
    const char *value, size_t *at)
{
	size_t begun = out->len;
	bool last = m->column < 0 && m->headed;

	size_t columns = m->record.count;

	/* a row that breaks off before the column */
	if (value != NULL && m->column >= 0 && (size_t)m->column >= columns)
		columns = (size_t)m->column + 1;
	for (size_t i = 0; i < columns; i++)
		csv_add(out,
		    value != NULL && (int)i == m->column ? value
			: i < m->record.count            ? m->record.value[i]
							 : "",
		    i == 0);
	if (last)
		csv_add(out,
		    is_head             ? intake_field_key(m->field)
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
	struct mending m;
	bool is_head, done = false, mended;
	size_t at = 1;
	enum err rc = begin(text, field, &m, err);

	while (rc == ERR_OK && !m.end) {
		rc = next(&m, &is_head, err);
		if (rc != ERR_OK || m.end)
			break;
		mended = m.record.line == line && m.headed && !is_head;
		done |= mended;
		keep_line(out, &at, m.record.line);
		add_record(out, &m, is_head, mended ? value : NULL, &at);
	}
	csv_free(&m.csv);
	if (rc == ERR_OK && !done)
		return none(err);
	return rc == ERR_OK && out->failed ? err_memory(err) : rc;
}
