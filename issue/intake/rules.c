/* One row's rules: table, trust list, ISO 3166-1, dates of today. */
#include "issue/intake/row.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "letter/code.h"
#include "letter/date.h"

#include <stdio.h>
#include <string.h>

#define FOUND_MAX 64 /* problems of a letter that letter_check() may name */

/* A code of the right form that stands for nothing: what was meant? */
static void
refuse_code(struct judging *j, enum field_id id, const char *code,
    const char *otherwise)
{
	struct problem problem;

	problem_set(&problem, E_CODE, (int)id, "%s", otherwise);
	intake_guess(j, &field_table[id], code, &problem);
	intake_add(j->row, &problem);
}

static void
check_countries(struct judging *j)
{
	const struct letter *letter = &j->row->letter;
	const char *destination = letter->destination;
	const char *issuer = letter->document_country;

	if (field_check(&field_table[FIELD_DESTINATION], destination, NULL) &&
	    country_find(destination) == NULL)
		refuse_code(j, FIELD_DESTINATION, destination,
		    _("No country has this code; write the three letters of "
		      "ISO 3166-1, like GTM"));
	if (field_check(&field_table[FIELD_DOCUMENT_COUNTRY], issuer, NULL) &&
	    !issuer_is_known(issuer))
		refuse_code(j, FIELD_DOCUMENT_COUNTRY, issuer,
		    _("No country has this code; write the three letters of "
		      "ISO 3166-1, like GTM, or of an organization, like "
		      "UNO"));
}

static void
check_nationality(struct judging *j)
{
	const struct field *field = &field_table[FIELD_NATIONALITY];
	const char *codes = j->row->letter.nationality;

	if (!field_check(field, codes, NULL))
		return;
	for (size_t at = 0; at < strlen(codes); at += 4) {
		char code[4] = { codes[at], codes[at + 1], codes[at + 2], 0 };
		char otherwise[PROBLEM_TEXT_SIZE];

		if (nationality_is_known(code))
			continue;
		snprintf(otherwise, sizeof(otherwise),
		    _("No country has the code number %zu here; write the "
		      "three letters of ISO 3166-1, XXA for stateless or XXX "
		      "for unknown"),
		    at / 4 + 1);
		refuse_code(j, FIELD_NATIONALITY, code, otherwise);
	}
}

static void
check_list(struct judging *j)
{
	const struct trust_list *list = j->context->list;
	const struct letter *letter = &j->row->letter;

	if (list->consulate_count > 0 &&
	    field_check(
		&field_table[FIELD_CONSULATE], letter->consulate, NULL) &&
	    trust_find_consulate(list, letter->consulate) == NULL)
		refuse_code(j, FIELD_CONSULATE, letter->consulate,
		    _("The program's list does not name this consulate; write "
		      "the code of one that it names"));
	if (field_check(&field_table[FIELD_PATHWAY], letter->pathway, NULL) &&
	    code_find(code_pathway, letter->pathway) == NULL &&
	    trust_find_pathway(list, letter->pathway) == NULL)
		refuse_code(j, FIELD_PATHWAY, letter->pathway,
		    _("This program line is neither built in nor in the "
		      "program's list; write one that is, like LCI"));
}

/* Was something said of this field, that is empty now because of it? */
static bool
is_known(const struct intake_row *row, size_t before, const struct problem *p)
{
	for (size_t i = 0; i < before; i++)
		if (row->problem[i].field == p->field &&
		    row->problem[i].dependant == p->dependant)
			return true;
	return false;
}

/*
 * letter_check() judges a whole letter; of this one the program's own part is
 * still to come. The time is lent to it for the dates of birth.
 */
static void
check_letter(struct judging *j)
{
	struct letter *letter = &j->row->letter;
	struct problem found[FOUND_MAX];
	bool number_given =
	    intake_trim(intake_value(j, INTAKE_FIELD_DOCUMENT_NUMBER)).left > 0;
	size_t before = j->row->problem_count, count;

	clock_format(j->context->now, letter->issued_at);
	count = letter_check(letter, found, FOUND_MAX);
	letter->issued_at[0] = '\0';
	for (size_t i = 0; i < count && i < FOUND_MAX; i++) {
		const struct field *field =
		    field_row((enum field_id)found[i].field);

		if (field != NULL && field->source == FROM_PROGRAM)
			continue;
		/* whoever typed a number did not forget the tail */
		if (number_given && found[i].code == E_MISSING &&
		    found[i].field == FIELD_DOCUMENT_NUMBER_TAIL)
			continue;
		if (!is_known(j->row, before, &found[i]))
			intake_add(j->row, &found[i]);
	}
}

static void
check_past(struct judging *j)
{
	int64_t until;

	if (clock_parse_date(j->row->letter.valid_until, &until) &&
	    date_valid_end(until) <= j->context->now &&
	    !intake_has_problem(j->row, FIELD_VALID_UNTIL))
		intake_addf(j->row, E_VALIDITY, FIELD_VALID_UNTIL,
		    _("The last day of validity is already past; choose a "
		      "later one"));
}

static void
warn_minor(struct judging *j)
{
	struct birth_date birth;
	int64_t from;

	if (clock_parse_date(j->row->letter.valid_from, &from) &&
	    date_parse_birth(j->row->letter.birth_date, &birth) &&
	    date_age_under(&birth, from, POLICY_ADULT))
		intake_addf(j->row, W_MINOR, FIELD_BIRTH_DATE,
		    _("This person is under 18 on the first day of validity; "
		      "the best interests of the child come first"));
}

static enum err
warn_expired(struct judging *j)
{
	const struct field *as = &field_table[FIELD_VALID_FROM];
	struct reader text =
	    intake_trim(intake_value(j, INTAKE_FIELD_DOCUMENT_EXPIRY));
	const char *day;
	int64_t expiry, from;
	enum err rc;

	if (text.left == 0)
		return ERR_OK;
	if ((rc = intake_prepare(as, text, &j->scratch)) != ERR_OK)
		return rc;
	day = intake_date(
	    j, INTAKE_FIELD_DOCUMENT_EXPIRY, -1, (const char *)j->scratch.at);
	if (day == NULL)
		return ERR_OK;
	if (!clock_parse_date(day, &expiry) &&
	    intake_is_number_for_date(INTAKE_FIELD_DOCUMENT_EXPIRY, day))
		intake_addf(j->row, E_DATE, INTAKE_FIELD_DOCUMENT_EXPIRY,
		    _("There is another number here, not a date; write a date "
		      "like 1991-03-14, and a document's number into the "
		      "column %s"),
		    _(intake_field_label(INTAKE_FIELD_DOCUMENT_NUMBER)));
	else if (!clock_parse_date(day, &expiry))
		intake_addf(j->row, E_DATE, INTAKE_FIELD_DOCUMENT_EXPIRY,
		    _("This is not a date that exists; write year, month and "
		      "day like 2026-11-23"));
	else if (clock_parse_date(j->row->letter.valid_from, &from) &&
	    expiry < from)
		intake_addf(j->row, W_DOC_EXPIRED, INTAKE_FIELD_DOCUMENT_EXPIRY,
		    _("The document expires before the first day of validity; "
		      "ask for a newer one if there is one"));
	return ERR_OK;
}

enum err
intake_rules(struct judging *j)
{
	check_letter(j);
	check_countries(j);
	check_nationality(j);
	check_list(j);
	check_past(j);
	warn_minor(j);
	intake_placeholders(j);
	return warn_expired(j);
}
