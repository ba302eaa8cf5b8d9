/* The dependants column: "Name|birth date|RELATIONSHIP;..." */
#include "base/i18n.h"
#include "issue/intake/row.h"

#include <string.h>

static void
add_problem(struct judging *j, const struct problem *problem, size_t index)
{
	struct problem of_dependant = *problem;

	of_dependant.dependant = (int)index;
	intake_add(j->row, &of_dependant);
}

static void
add_text(struct judging *j, enum problem_code code, enum field_id field,
    size_t index, const char *text)
{
	struct problem problem;

	problem_set(&problem, code, (int)field, "%s", text);
	add_problem(j, &problem, index);
}

/* What is before the stop, or all; trimmed, as a text of its own in copy. */
static bool
next_part(struct reader *text, uint8_t stop, struct bytes *copy)
{
	struct reader part;
	bool more = reader_until(text, stop, &part);

	if (!more) {
		part = *text;
		*text = (struct reader){ 0 };
	} else {
		uint8_t skipped;

		reader_byte(text, &skipped);
	}
	bytes_reset(copy);
	bytes_add_text(copy, "");
	bytes_add(copy, part.at, part.left);
	return more;
}

static enum err
parse_part(struct judging *j, const struct field *field, size_t index,
    const char *part)
{
	struct dependant *d = &j->row->letter.dependant[index];
	const char *text;
	enum err rc;

	rc = intake_prepare(field, intake_trim(part), &j->scratch);
	if (rc != ERR_OK)
		return rc;
	text = j->scratch.len == 0 ? "" : (const char *)j->scratch.at;
	if (field->kind == KIND_BIRTH_DATE &&
	    (text = intake_date(j, (int)field->id, (int)index, text)) == NULL)
		return ERR_OK;
	field_set(field, d, text, strlen(text));
	intake_judge(j, field, (int)index, text);
	return ERR_OK;
}

/* One dependant; the letter's own rules judge its parts later. */
static enum err
parse_one(struct judging *j, struct reader text, size_t index)
{
	struct bytes part = { 0 };
	bool more = true;
	enum err rc = ERR_OK;

	for (size_t i = 0; i < FIELD_DEPENDANT_COUNT && rc == ERR_OK; i++) {
		if (!more) {
			add_text(j, E_MISSING, field_dependant[i].id, index,
			    _("This part is missing; write name, date of "
			      "birth and relationship with | between"));
			continue;
		}
		more = next_part(&text, '|', &part);
		if (part.failed)
			rc = ERR_MEMORY;
		else
			rc = parse_part(j, &field_dependant[i], index,
			    (const char *)part.at);
	}
	if (rc == ERR_OK && more)
		add_text(j, E_CSV, FIELD_DEPENDANTS, index,
		    _("There are more than three parts; write name, date of "
		      "birth and relationship with | between, and ; before "
		      "the next dependant"));
	bytes_wipe(&part);
	return rc;
}

enum err
intake_dependants(struct judging *j)
{
	struct reader text = intake_trim(intake_value(j, FIELD_DEPENDANTS));
	struct letter *letter = &j->row->letter;
	struct bytes one = { 0 };
	bool more = text.left > 0;
	size_t count = 0;
	enum err rc = ERR_OK;

	/* NINGUNO, 0, "Ana Paz (8)": one word about it, not one for each part
	 */
	if (more && memchr(text.at, '|', text.left) == NULL &&
	    memchr(text.at, ';', text.left) == NULL) {
		intake_addf(j->row, E_MISSING, FIELD_DEPENDANTS,
		    _("Nobody is named here as Name|birth date|RELATIONSHIP; "
		      "where nobody travels along, leave it empty"));
		return ERR_OK;
	}
	while (more && rc == ERR_OK) {
		struct reader trimmed;

		more = next_part(&text, ';', &one);
		if (one.failed) {
			rc = ERR_MEMORY;
			break;
		}
		trimmed = intake_trim((const char *)one.at);
		if (trimmed.left == 0) /* ";" after the last one */
			continue;
		if (count++ < LETTER_DEPENDANT_MAX)
			rc = parse_one(j, trimmed, count - 1);
	}
	bytes_wipe(&one);
	letter->dependant_count =
	    count < LETTER_DEPENDANT_MAX ? count : LETTER_DEPENDANT_MAX;
	if (count > LETTER_DEPENDANT_MAX)
		intake_addf(j->row, E_TOO_MANY_DEPENDANTS, FIELD_DEPENDANTS,
		    _("There are %zu dependants; a letter holds at most %d: "
		      "put the others into a second letter"),
		    count, LETTER_DEPENDANT_MAX);
	return rc;
}

void
intake_problem_text(const struct problem *problem, struct bytes *out)
{
	const struct field *part = NULL;

	if (problem->field >= FIELD_COUNT && problem->field < FIELD_NONE)
		part = field_row((enum field_id)problem->field);
	if (problem->dependant >= 0 && part != NULL)
		bytes_addf(out, _("Dependant %d, %s: %s"),
		    problem->dependant + 1, _(part->label), problem->text);
	else if (problem->dependant >= 0)
		bytes_addf(out, _("Dependant %d: %s"), problem->dependant + 1,
		    problem->text);
	else
		bytes_add_text(out, problem->text);
}
