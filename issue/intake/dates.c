/*
 * Dates as spreadsheets show them. A column that has one has hundreds, so
 * what is wrong is told once for the column, with the way to mend it; and
 * where they were read as asked, how the first of each kind was read.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "issue/intake/row.h"
#include "letter/date.h"

#include <stdio.h>
#include <string.h>

static const int columns[INTAKE_DATE_COLUMNS] = { FIELD_BIRTH_DATE,
	FIELD_VALID_FROM, FIELD_VALID_UNTIL, FIELD_APPOINTMENT_DATE,
	INTAKE_FIELD_DOCUMENT_EXPIRY, FIELD_DEPENDANTS };

/* Which of them a field stands in; parts of dependants share theirs. */
static size_t
column_of(int field)
{
	if (field >= FIELD_COUNT && field < FIELD_NONE)
		field = FIELD_DEPENDANTS;
	for (size_t i = 0; i < INTAKE_DATE_COLUMNS; i++)
		if (columns[i] == field)
			return i;
	return 0;
}

static void
note(struct judging *j, struct intake_seen *seen, const char *text,
    const char *read)
{
	if (seen->count++ > 0)
		return;
	seen->line = j->row->line;
	snprintf(seen->first, sizeof(seen->first), "%s", text);
	snprintf(seen->read, sizeof(seen->read), "%s", read);
}

static void
refuse(struct judging *j, enum cell_result result, int field, int dependant)
{
	size_t at = j->row->problem_count; /* where intake_add() puts it */
	struct problem p;

	switch (result) {
	case CELL_NOT_ASKED:
	case CELL_READ:
		problem_set(&p, E_DATE, field,
		    _("This date is written as a spreadsheet shows it; write "
		      "it like 1991-03-14"));
		break;
	case CELL_IMPOSSIBLE:
		problem_set(&p, E_DATE, field,
		    j->context->dates == DATE_ORDER_MDY
			? _("Read with the month first, this is no date that "
			    "exists; write it like 1991-03-14")
			: _("Read with the day first, this is no date that "
			    "exists; write it like 1991-03-14"));
		break;
	case CELL_CENTURY:
		problem_set(&p, E_DATE, field,
		    _("Two digits of this year can stand for two years, like "
		      "1925 and 2025; write all four"));
		break;
	case CELL_PARTIAL:
		problem_set(&p, E_DATE, field,
		    _("A part of this date is missing; write year, month and "
		      "day like 2026-11-23"));
		break;
	}
	p.dependant = dependant;
	if (result == CELL_NOT_ASKED && at < INTAKE_PROBLEM_MAX)
		j->row->of_column[at] = true;
	intake_add(j->row, &p);
}

const char *
intake_date(struct judging *j, int field, int dependant, const char *text)
{
	bool birth =
	    field == FIELD_BIRTH_DATE || field == FIELD_DEPENDANT_BIRTH_DATE;
	size_t column = column_of(field);
	enum cell_shape shape;
	enum cell_result result = cell_date_read(text, j->context->dates, birth,
	    j->context->now / CLOCK_DAY, &shape, j->date);

	if (shape == CELL_NO_DATE)
		return text;
	if (result != CELL_READ) {
		if (result == CELL_NOT_ASKED)
			note(j, &j->dates->unread[column], text, "");
		refuse(j, result, field, dependant);
		return NULL;
	}
	note(j, &j->dates->read[column][shape], text, j->date);
	return j->date;
}

/* ---- once for the column ------------------------------------------------ */

static void
tell_unread(const struct intake_seen *seen, int field, struct intake_note *out)
{
	snprintf(out->brief, sizeof(out->brief),
	    ngettext("%zu date of this column is written as a spreadsheet "
		     "shows it (line %zu).",
		"%zu dates of this column are written as a spreadsheet shows "
		"them, the first in line %zu.",
		seen->count),
	    seen->count, seen->line);
	problem_set(&out->problem, E_DATE, field,
	    _("%s In the spreadsheet select the column, choose Format Cells "
	      "and a date like 1999-12-31 (YYYY-MM-DD), and save the CSV file "
	      "again. Or say what stands first, the day or the month, and "
	      "let them be read (--dates dmy, --dates mdy)."),
	    out->brief);
}

static const char *
how_it_was_read(enum cell_shape shape, enum date_order order)
{
	if (shape == CELL_DAY_COUNT)
		return _("Line %zu has %s, a spreadsheet's number of a day: "
			 "read as %s. Stop if that is wrong.");
	if (shape != CELL_NUMBERS)
		return _("Line %zu has %s: read as %s. Stop if that is wrong.");
	if (order == DATE_ORDER_MDY)
		return _("Line %zu has %s: read with the month first, as %s. "
			 "Stop if that is wrong.");
	return _("Line %zu has %s: read with the day first, as %s. Stop if "
		 "that is wrong.");
}

static void
tell_read(const struct intake_seen *seen, enum cell_shape shape,
    enum date_order order, int field, struct problem *out)
{
	char words[64], both[96];

	date_local_text(i18n_language(), seen->read, words, sizeof(words));
	snprintf(both, sizeof(both), "%s (%s)", words, seen->read);
	problem_set(out, W_COLUMN, field, how_it_was_read(shape, order),
	    seen->line, seen->first, both);
}

size_t
intake_dates_notes(const struct intake_dates *dates, enum date_order order,
    struct intake_note out[INTAKE_NOTE_MAX])
{
	size_t count = 0;

	for (size_t c = 0; c < INTAKE_DATE_COLUMNS; c++) {
		const struct intake_seen *seen = &dates->unread[c];

		if (seen->count > 0) {
			tell_unread(seen, columns[c], &out[count]);
			out[count++].line = seen->line;
		}
		for (int s = 0; s < CELL_SHAPE_COUNT; s++) {
			seen = &dates->read[c][s];
			if (seen->count == 0)
				continue;
			out[count].brief[0] = '\0';
			tell_read(seen, (enum cell_shape)s, order, columns[c],
			    &out[count].problem);
			out[count++].line = seen->line;
		}
	}
	return count;
}
