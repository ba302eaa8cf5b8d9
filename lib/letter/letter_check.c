/* The rules of a whole letter: presence, groups, and between fields. */
#include "base/clock.h"
#include "base/i18n.h"
#include "letter/date.h"
#include "letter/field.h"
#include "letter/number.h"

#include <string.h>

#define VALID_DAYS_MAX 366
#define NO_DEPENDANT   (-1)

_Static_assert(LETTER_DEPENDANT_MAX == 12, "a sentence below says 12");

/* Where problems go; counts those that find no room too. */
struct found {
	struct problem *at;
	size_t count, max;
};

/* The next free place, or NULL: problem_set() and field_check() take that. */
static struct problem *
place(const struct found *found)
{
	return found->count < found->max ? &found->at[found->count] : NULL;
}

static void
add(struct found *found, enum problem_code code, enum field_id field,
    const char *text)
{
	problem_set(place(found), code, (int)field, "%s", text);
	found->count++;
}

static void
check_field(struct found *found, const struct field *field, const void *record,
    int dependant)
{
	const char *text = field_get(field, record);
	struct problem *problem = place(found);

	if (text[0] == '\0' && !field->required)
		return;
	if (field_check(field, text, problem))
		return;
	if (problem != NULL)
		problem->dependant = dependant;
	found->count++;
}

static void
check_document(struct found *found, const struct letter *letter)
{
	bool any = false;

	for (size_t i = FIELD_DOCUMENT_TYPE; i <= FIELD_DOCUMENT_NUMBER_TAIL;
	     i++)
		any = any || field_get(&field_table[i], letter)[0] != '\0';
	for (size_t i = FIELD_DOCUMENT_TYPE; i <= FIELD_DOCUMENT_NUMBER_TAIL;
	     i++)
		if (any && field_get(&field_table[i], letter)[0] == '\0')
			add(found, E_MISSING, (enum field_id)i,
			    _("A document needs its type, country and part of "
			      "its number; fill in all three or none"));
}

static void
check_number_rules(struct found *found, const struct letter *letter)
{
	struct letter_number own, old;
	int64_t issued;

	if (!number_parse(letter->number, &own))
		return;
	if (clock_parse(letter->issued_at, &issued) &&
	    clock_year(issued) != own.year)
		add(found, E_CODE, FIELD_LETTER_NUMBER,
		    _("The year in the letter number is not the year of "
		      "issue in UTC; take a number of that year"));
	if (!number_parse(letter->supersedes, &old))
		return;
	if (strcmp(own.center, old.center) != 0)
		add(found, E_CODE, FIELD_SUPERSEDES,
		    _("The replaced letter is of another center; only the "
		      "center that issued it can replace it"));
	else if (strcmp(letter->number, letter->supersedes) == 0)
		add(found, E_CODE, FIELD_SUPERSEDES,
		    _("A letter cannot replace itself; name the older letter"));
}

static void
check_validity(struct found *found, const struct letter *letter)
{
	int64_t from, until, appointment;

	if (!clock_parse_date(letter->valid_from, &from) ||
	    !clock_parse_date(letter->valid_until, &until))
		return;
	if (from > until)
		add(found, E_VALIDITY, FIELD_VALID_UNTIL,
		    _("The last day of validity is before the first; "
		      "exchange or mend them"));
	else if (until - from > VALID_DAYS_MAX)
		add(found, E_VALIDITY, FIELD_VALID_UNTIL,
		    _("The letter would be valid for more than 366 days; "
		      "choose an earlier last day"));
	if (clock_parse_date(letter->appointment_date, &appointment) &&
	    (appointment < from || appointment > until))
		add(found, E_VALIDITY, FIELD_APPOINTMENT_DATE,
		    _("The appointment is outside the days of validity; "
		      "change one of the dates"));
}

/*
 * The first day a date may stand for counts, and the day of issue in UTC: a
 * child born on the day of issue passes.
 */
static void
check_birth(struct found *found, const struct letter *letter,
    const char *birth_date, enum field_id field, int dependant)
{
	struct birth_date birth;
	struct problem *problem = place(found);
	int64_t issued;

	if (!date_parse_birth(birth_date, &birth) || !birth.known ||
	    !clock_parse(letter->issued_at, &issued) ||
	    birth.first * CLOCK_DAY <= issued)
		return;
	add(found, E_DATE, field,
	    _("The date of birth is after the letter's date of issue; look "
	      "at the document again"));
	if (problem != NULL)
		problem->dependant = dependant;
}

static void
check_dependants(struct found *found, const struct letter *letter)
{
	size_t count = letter->dependant_count;

	if (count > LETTER_DEPENDANT_MAX) {
		add(found, E_TOO_MANY_DEPENDANTS, FIELD_DEPENDANTS,
		    _("A letter holds at most 12 dependants; put the others "
		      "into a second letter"));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct dependant *d = &letter->dependant[i];

		for (size_t k = 0; k < FIELD_DEPENDANT_COUNT; k++)
			check_field(found, &field_dependant[k], d, (int)i);
		check_birth(found, letter, d->birth_date,
		    FIELD_DEPENDANT_BIRTH_DATE, (int)i);
	}
}

size_t
letter_check(const struct letter *letter, struct problem *problems, size_t max)
{
	struct found found = { .at = problems, .max = max };

	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (field_table[i].kind != KIND_DEPENDANTS)
			check_field(
			    &found, &field_table[i], letter, NO_DEPENDANT);
	check_document(&found, letter);
	check_number_rules(&found, letter);
	check_validity(&found, letter);
	if (letter->officer[0] != '\0' &&
	    strcmp(letter->officer, letter->approver) == 0)
		add(&found, E_CODE, FIELD_APPROVER,
		    _("The same person drafted and approved; a second person "
		      "must approve"));
	if (letter->birth_date_estimated[0] != '\0' &&
	    strcmp(letter->birth_date, "unknown") == 0)
		add(&found, E_DATE, FIELD_BIRTH_DATE_ESTIMATED,
		    _("An unknown date of birth cannot be estimated; leave one "
		      "of the two out"));
	check_birth(
	    &found, letter, letter->birth_date, FIELD_BIRTH_DATE, NO_DEPENDANT);
	check_dependants(&found, letter);
	return found.count;
}
