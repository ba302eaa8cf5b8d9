/* What is wrong with a value, said for people who type: what to write. */
#include "base/count.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/intake/row.h"

#include <string.h>

static bool
has_letter(const char *name)
{
	struct reader r = { (const uint8_t *)name, strlen(name) };
	uint32_t c;

	while (utf8_next(&r, &c))
		if (utf8_is_letter(c))
			return true;
	return false;
}

/* Texts of a fixed form: a center's own number in place of a random one, a
 * whole number in place of its part, a part without its zeros. */
static void
explain_text(const struct field *field, const char *text, const char *number,
    struct problem *problem)
{
	size_t len = strlen(text);

	if (field->id == FIELD_CASE_REFERENCE)
		problem_set(problem, problem->code, (int)field->id,
		    _("A case reference is ten characters, A to Z and 2 to 7, "
		      "that the program makes; leave this empty"));
	else if (field->id == FIELD_DOCUMENT_NUMBER_TAIL &&
	    len > field->max_len)
		problem_set(problem, problem->code, (int)field->id,
		    _("This is more than a part of a number; write the whole "
		      "number into the column %s, which keeps only a part, "
		      "and leave this empty"),
		    number);
	else if (field->id == FIELD_DOCUMENT_NUMBER_TAIL &&
	    problem->code == E_LENGTH)
		problem_set(problem, E_LENGTH, (int)field->id,
		    _("This has %s; it must have exactly "
		      "%zu. Spreadsheets drop zeros at the front: make "
		      "the column text, or write '0123"),
		    COUNTED(CHARACTERS, len), field->min_len);
}

/* The same fault, said for people who type: what to write instead. */
static void
explain(struct judging *j, const struct field *field, const char *text,
    struct problem *problem)
{
	/* as pages call them, and tables: intake reads these names, too */
	const char *surnames = _(intake_field_label(FIELD_SURNAMES));
	const char *given = _(intake_field_label(FIELD_GIVEN_NAMES));
	const char *number =
	    _(intake_field_label(INTAKE_FIELD_DOCUMENT_NUMBER));

	if (text[0] == '#') { /* #N/A, #¡REF!, ######## */
		problem_set(problem, problem->code, (int)field->id,
		    _("The spreadsheet wrote this because a formula failed or "
		      "the column was too narrow; mend it there and save the "
		      "file again"));
		return;
	}
	switch (field->kind) {
	case KIND_CODE:
	case KIND_COUNTRY:
	case KIND_COUNTRIES:
	case KIND_CONSULATE:
	case KIND_PATHWAY:
		intake_guess(j, field, text, problem);
		return;
	case KIND_NAME:
		if (intake_looks_like_number(text))
			problem_set(problem, E_CHARACTER, (int)field->id,
			    _("There is a number here; a name has no digits, "
			      "and a document's number belongs into the "
			      "column %s"),
			    number);
		else if (strchr(text, '/') != NULL && strlen(text) <= 4)
			problem_set(problem, E_CHARACTER, (int)field->id,
			    _("This looks like a word for a name that is "
			      "missing; a person with one name has it in "
			      "%s, and %s stays empty"),
			    surnames, given);
		else if (!has_letter(text))
			problem_set(problem, E_CHARACTER, (int)field->id,
			    _("This is no name; a name must begin with a "
			      "Latin letter. A person with one name has it in "
			      "%s, and %s stays empty"),
			    surnames, given);
		return;
	case KIND_TEXT:
		explain_text(field, text, number, problem);
		return;
	case KIND_DATE:
	case KIND_BIRTH_DATE:
		if (intake_is_number_for_date((int)field->id, text))
			problem_set(problem, E_DATE, (int)field->id,
			    _("There is another number here, not a date; "
			      "write a date like 1991-03-14, and a document's "
			      "number into the column %s"),
			    number);
		return;
	case KIND_LETTER_NUMBER:
	case KIND_INSTANT:
	case KIND_TRUE:
	case KIND_SALT:
	case KIND_DEPENDANTS:
		return;
	}
}

/* Somebody with one name has it as given names; else anything is written. */
static bool
has_only_given(struct judging *j, const struct field *field, const char *text)
{
	return field->id == FIELD_SURNAMES && text[0] == '\0' &&
	    intake_trim(intake_value(j, FIELD_GIVEN_NAMES)).left > 0;
}

/*
 * UTF-8 that was read as Windows-1252: "PEÃ'A" was PEÑA, "JESÃšS"
 * was JESÚS. Some of it are letters that a name may have, but not in a row.
 */
static bool
is_misread(const char *name)
{
	const char *at = name;

	while ((at = strstr(at, "\u00c3")) != NULL) {
		struct reader r = { (const uint8_t *)at, strlen(at) };
		uint32_t c = 0;

		utf8_next(&r, &c);
		if (utf8_next(&r, &c) &&
		    (c == '\'' || (c >= 0x80 && c <= 0xBF) || c == 0x152 ||
			c == 0x153 || c == 0x160 || c == 0x161 || c == 0x178 ||
			c == 0x17D || c == 0x17E || c == 0x192 ||
			(c >= 0x2013 && c <= 0x203A) || c == 0x20AC ||
			c == 0x2122))
			return true;
		at += strlen("\u00c3");
	}
	return false;
}

void
intake_judge(struct judging *j, const struct field *field, int dependant,
    const char *text)
{
	struct problem problem;

	if (text[0] == '\0' &&
	    (!field->required || field->id == FIELD_CASE_REFERENCE))
		return;
	if (field->kind == KIND_NAME && is_misread(text))
		problem_set(&problem, E_CHARACTER, (int)field->id,
		    _("Two signs stand for one letter here, since the file "
		      "was opened in another encoding (Ã± for ñ); open it as "
		      "UTF-8, or type the name again"));
	else if (field_check(field, text, &problem))
		return;
	else if (has_only_given(j, field, text))
		problem_set(&problem, problem.code, (int)field->id,
		    _("This field is empty; a person with one name has it in "
		      "%s, and %s stays empty"),
		    _(intake_field_label(FIELD_SURNAMES)),
		    _(intake_field_label(FIELD_GIVEN_NAMES)));
	else if (text[0] != '\0')
		explain(j, field, text, &problem);
	problem.dependant = dependant;
	intake_add(j->row, &problem);
}
