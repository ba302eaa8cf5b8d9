/* One row's fields: found, and brought into canonical form. */
#include "issue/intake/row.h"

#include "base/i18n.h"
#include "letter/name.h"

#include <openssl/rand.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NBSP       "\xc2\xa0"
#define WHITESPACE " \t\r\n\v\f"

const char *
intake_value(const struct judging *j, int field)
{
	int column = j->header->column_of[field];

	return column < 0 ? "" : j->record->value[column];
}

void
intake_add(struct intake_row *row, const struct problem *problem)
{
	struct problem *copy;

	if (problem_is_error(problem->code))
		row->outcome = INTAKE_REJECTED;
	else if (row->outcome == INTAKE_ACCEPTED)
		row->outcome = INTAKE_WARNING;
	if (row->problem_count == INTAKE_PROBLEM_MAX)
		return;
	/* not the whole struct: behind its text may stand what the stack held
	 * before, a document's number */
	copy = &row->problem[row->problem_count++];
	copy->code = problem->code;
	copy->field = problem->field;
	copy->dependant = problem->dependant;
	memcpy(copy->text, problem->text, strlen(problem->text) + 1);
}

void
intake_addf(struct intake_row *row, enum problem_code code, int field,
    const char *fmt, ...)
{
	char text[PROBLEM_TEXT_SIZE];
	struct problem problem;
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	problem_set(&problem, code, field, "%s", text);
	intake_add(row, &problem);
}

bool
intake_has_problem(const struct intake_row *row, int field)
{
	for (size_t i = 0; i < row->problem_count; i++)
		if (row->problem[i].field == field)
			return true;
	return false;
}

struct reader
intake_trim(const char *text)
{
	struct reader r = { (const uint8_t *)text, strlen(text) };

	for (;;) {
		if (r.left > 0 && strchr(WHITESPACE, r.at[0]) != NULL)
			r = (struct reader){ r.at + 1, r.left - 1 };
		else if (!reader_skip_text(&r, NBSP))
			break;
	}
	while (r.left > 0) {
		if (strchr(WHITESPACE, r.at[r.left - 1]) != NULL)
			r.left--;
		else if (r.left > 1 && memcmp(r.at + r.left - 2, NBSP, 2) == 0)
			r.left -= 2;
		else
			break;
	}
	return r;
}

static void
add_folded(struct bytes *out, struct reader text, bool lower)
{
	uint8_t c;

	while (reader_byte(&text, &c)) {
		if (lower && c >= 'A' && c <= 'Z')
			c = (uint8_t)(c + ('a' - 'A'));
		else if (!lower && c >= 'a' && c <= 'z')
			c = (uint8_t)(c - ('a' - 'A'));
		bytes_add_byte(out, c);
	}
}

/* "ven ; ita" to "VEN;ITA" */
static void
add_countries(struct bytes *out, struct reader text)
{
	struct reader part;
	bool more = true, first = true;
	struct bytes one = { 0 };

	while (more) {
		more = reader_until(&text, ';', &part);
		if (!more)
			part = text;
		bytes_reset(&one);
		bytes_add(&one, part.at, part.left);
		if (!first)
			bytes_add_byte(out, ';');
		first = false;
		add_folded(out,
		    intake_trim(one.at == NULL ? "" : (const char *)one.at),
		    false);
		if (more)
			reader_skip_text(&text, ";");
	}
	out->failed |= one.failed;
	bytes_wipe(&one);
}

static enum err
prepare_name(struct reader text, struct bytes *out)
{
	struct bytes copy = { 0 };
	enum err rc = ERR_OK;

	bytes_add(&copy, text.at, text.left);
	if (copy.failed)
		rc = ERR_MEMORY;
	else if (copy.len > 0)
		rc = name_normalize((const char *)copy.at, out);
	bytes_wipe(&copy);
	return rc;
}

enum err
intake_prepare(const struct field *field, struct reader text, struct bytes *out)
{
	bytes_reset(out);
	bytes_add_text(out, ""); /* at is a text, even when nothing comes */
	switch (field->kind) {
	case KIND_NAME:
		return prepare_name(text, out);
	case KIND_COUNTRIES:
		add_countries(out, text);
		break;
	case KIND_CODE:
		add_folded(out, text, field->id == FIELD_LANGUAGE);
		break;
	case KIND_BIRTH_DATE:
	case KIND_TRUE:
		add_folded(out, text, true);
		break;
	case KIND_TEXT:
	case KIND_COUNTRY:
	case KIND_CONSULATE:
	case KIND_PATHWAY:
		add_folded(out, text, false);
		break;
	case KIND_DATE:
	case KIND_LETTER_NUMBER:
	case KIND_INSTANT:
	case KIND_SALT:
	case KIND_DEPENDANTS:
		bytes_add(out, text.at, text.left);
		break;
	}
	return out->failed ? ERR_MEMORY : ERR_OK;
}

/* The value in canonical form in j->scratch, as text. */
static enum err
prepared(struct judging *j, const struct field *field, const char **out)
{
	struct reader text = intake_trim(intake_value(j, (int)field->id));
	enum err rc = intake_prepare(field, text, &j->scratch);

	*out = j->scratch.len == 0 ? "" : (const char *)j->scratch.at;
	return rc;
}

/* What spreadsheets make of true and false in their own languages. */
static const char *
truth_of(const char *text)
{
	static const char *const yes[] = { "verdadero", "vrai", "verdadeiro" };
	static const char *const no[] = { "false", "falso", "faux" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (strcmp(text, yes[i]) == 0)
			return "true";
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (strcmp(text, no[i]) == 0)
			return "";
	return text;
}

static enum err
read_field(struct judging *j, const struct field *field)
{
	const char *text;
	enum err rc = prepared(j, field, &text);

	if (rc != ERR_OK)
		return rc;
	if ((field->kind == KIND_DATE || field->kind == KIND_BIRTH_DATE) &&
	    (text = intake_date(j, (int)field->id, -1, text)) == NULL)
		return ERR_OK;
	if (field->kind == KIND_TRUE)
		text = truth_of(text);
	/* far too long: nothing of it is kept. A tail is judged beside the
	 * number that it may come with. */
	if (!field_set(field, &j->row->letter, text, strlen(text)) ||
	    field->id != FIELD_DOCUMENT_NUMBER_TAIL)
		intake_judge(j, field, -1, text);
	return ERR_OK;
}

/*
 * A case reference that nobody gave is made: random, so that it says nothing
 * of the person. A letter that replaces another keeps the other's.
 */
static enum err
read_reference(struct judging *j)
{
	const struct field *field = &field_table[FIELD_CASE_REFERENCE];
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *reference = j->row->letter.case_reference;
	uint8_t random[sizeof(j->row->letter.case_reference) - 1];
	enum err rc = read_field(j, field);

	if (rc != ERR_OK || reference[0] != '\0' ||
	    intake_has_problem(j->row, FIELD_CASE_REFERENCE))
		return rc;
	if (j->context->case_reference != NULL) {
		field_set(field, &j->row->letter, j->context->case_reference,
		    strlen(j->context->case_reference));
		return ERR_OK;
	}
	if (RAND_bytes(random, sizeof(random)) != 1)
		return ERR_INTERNAL;
	for (size_t i = 0; i < sizeof(random); i++)
		reference[i] = letters[random[i] % 32];
	return ERR_OK;
}

static enum err
read_program(struct judging *j)
{
	const struct field *field = &field_table[FIELD_PROGRAM];
	const char *program = j->context->list->program;
	const char *text;
	enum err rc = prepared(j, field, &text);

	if (rc != ERR_OK)
		return rc;
	if (text[0] != '\0' && strcmp(text, program) != 0)
		intake_addf(j->row, E_PROGRAM, FIELD_PROGRAM,
		    _("This center issues letters of the program %s only; "
		      "write %s or leave the field empty"),
		    program, program);
	field_set(field, &j->row->letter, program, strlen(program));
	return ERR_OK;
}

static void
check_center(struct judging *j)
{
	struct reader text = intake_trim(intake_value(j, INTAKE_FIELD_CENTER));

	bytes_reset(&j->scratch);
	add_folded(&j->scratch, text, false);
	if (text.left == 0 || j->scratch.failed)
		return;
	if (strcmp((const char *)j->scratch.at, j->context->center) != 0)
		intake_addf(j->row, E_CENTER, INTAKE_FIELD_CENTER,
		    _("This row is for another center; this one is %s. Draft "
		      "it there"),
		    j->context->center);
}

static enum err
read_fields(struct judging *j)
{
	enum err rc;

	if ((rc = read_program(j)) != ERR_OK)
		return rc;
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct field *field = &field_table[f];

		if (field->source != FROM_ROW || f == FIELD_PROGRAM ||
		    field->kind == KIND_DEPENDANTS)
			continue;
		rc = f == FIELD_CASE_REFERENCE ? read_reference(j)
					       : read_field(j, field);
		if (rc != ERR_OK)
			return rc;
	}
	return intake_dependants(j);
}

enum err
intake_fields(struct judging *j)
{
	enum err rc;

	check_center(j);
	if ((rc = read_fields(j)) != ERR_OK)
		return rc;
	return j->scratch.failed ? ERR_MEMORY : ERR_OK;
}
