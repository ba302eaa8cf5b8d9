/*
 * format.c - packed/format.h. A changed character in here makes codes
 * unreadable, or other letters of them; the vectors of docs/packed-form.md
 * find it.
 */
#include "packed/format.h"

#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

#define AT(member)                                 \
	.offset = offsetof(struct letter, member), \
	.size = sizeof(((struct letter *)0)->member)
#define PART_AT(member)                               \
	.offset = offsetof(struct dependant, member), \
	.size = sizeof(((struct dependant *)0)->member)
#define CHARACTERS(set, min, max) \
	.alphabet = (set), .min_len = (min), .max_len = (max)
#define CODES(list) \
	.codes = (list), .code_count = sizeof(list) / sizeof((list)[0])

static const char *const languages[] = { "es", "en", "fr", "pt", "ht" };
static const char *const sexes[] = { "F", "M", "X" };
static const char *const identity_bases[] = { "DOC", "COPY", "DECLARED" };
static const char *const document_types[] = { "P", "I", "R", "T", "U", "B",
	"C" };
static const char *const relationships[] = { "SPOUSE", "PARTNER", "CHILD",
	"PARENT", "SIBLING", "GRANDPARENT", "GRANDCHILD", "WARD", "OTHER" };
static const char *const actions[] = { "APPOINTMENT", "RECEIVE_APPLICATION",
	"DOCUMENT_INTAKE", "INFORMATION" };
static const char *const pathways[] = { "RST", "HUM", "COM", "LCI", "LST",
	"LSK", "JSV", "FAM", "STU", "OTH" };

/* clang-format off: one row a field, to be read as a table */
const struct packed_field packed_format[PACKED_FIELD_COUNT] = {
	{ FIELD_LETTER_NUMBER, PACKED_OWN_NUMBER, PACKED_ALWAYS, AT(number) },
	{ FIELD_SUPERSEDES, PACKED_REPLACED_NUMBER, PACKED_OPTIONAL,
	    AT(supersedes) },
	{ FIELD_PROGRAM, PACKED_TEXT, PACKED_ALWAYS, AT(program),
	    CHARACTERS(UPPER DIGITS "-", 2, 16) },
	{ FIELD_LANGUAGE, PACKED_CODE, PACKED_ALWAYS, AT(language),
	    CODES(languages) },
	{ FIELD_ISSUED_AT, PACKED_INSTANT, PACKED_ALWAYS, AT(issued_at) },
	{ FIELD_VALID_FROM, PACKED_DATE, PACKED_ALWAYS, AT(valid_from),
	    .from = PACKED_FROM_ISSUE, .before = 128 },
	{ FIELD_VALID_UNTIL, PACKED_DATE, PACKED_ALWAYS, AT(valid_until),
	    .from = PACKED_FROM_VALID_FROM },
	{ FIELD_OFFICER, PACKED_STAFF, PACKED_ALWAYS, AT(officer),
	    CHARACTERS(UPPER DIGITS, 4, 12) },
	{ FIELD_APPROVER, PACKED_STAFF, PACKED_ALWAYS, AT(approver),
	    CHARACTERS(UPPER DIGITS, 4, 12) },
	{ FIELD_CONSULATE, PACKED_CONSULATE, PACKED_ALWAYS, AT(consulate) },
	{ FIELD_DESTINATION, PACKED_DESTINATION, PACKED_ALWAYS,
	    AT(destination) },
	{ FIELD_SURNAMES, PACKED_NAME, PACKED_ALWAYS, AT(surnames) },
	{ FIELD_GIVEN_NAMES, PACKED_NAME, PACKED_OPTIONAL, AT(given_names) },
	{ FIELD_BIRTH_DATE, PACKED_BIRTH_DATE, PACKED_ALWAYS, AT(birth_date) },
	{ FIELD_BIRTH_DATE_ESTIMATED, PACKED_TRUE, PACKED_ALWAYS,
	    AT(birth_date_estimated) },
	{ FIELD_SEX, PACKED_CODE, PACKED_OPTIONAL, AT(sex), CODES(sexes) },
	{ FIELD_NATIONALITY, PACKED_COUNTRIES, PACKED_ALWAYS, AT(nationality) },
	{ FIELD_IDENTITY_BASIS, PACKED_CODE, PACKED_ALWAYS, AT(identity_basis),
	    CODES(identity_bases) },
	{ FIELD_DOCUMENT_TYPE, PACKED_CODE, PACKED_OPTIONAL, AT(document_type),
	    CODES(document_types) },
	{ FIELD_DOCUMENT_COUNTRY, PACKED_DOCUMENT_COUNTRY, PACKED_WITH_DOCUMENT,
	    AT(document_country) },
	{ FIELD_DOCUMENT_NUMBER_TAIL, PACKED_TEXT, PACKED_WITH_DOCUMENT,
	    AT(document_number_tail), CHARACTERS(UPPER DIGITS, 4, 4) },
	{ FIELD_DEPENDANTS, PACKED_DEPENDANTS, PACKED_ALWAYS,
	    .offset = offsetof(struct letter, dependant) },
	{ FIELD_PATHWAY, PACKED_PATHWAY, PACKED_ALWAYS, AT(pathway),
	    CODES(pathways) },
	{ FIELD_OFFER_REFERENCE, PACKED_TEXT, PACKED_OPTIONAL,
	    AT(offer_reference), CHARACTERS(UPPER DIGITS "/-", 1, 32) },
	{ FIELD_REQUESTED_ACTION, PACKED_CODE, PACKED_ALWAYS,
	    AT(requested_action), CODES(actions) },
	{ FIELD_CASE_REFERENCE, PACKED_TEXT, PACKED_ALWAYS, AT(case_reference),
	    CHARACTERS(UPPER "234567", 10, 10) },
	{ FIELD_APPOINTMENT_DATE, PACKED_DATE, PACKED_OPTIONAL,
	    AT(appointment_date), .from = PACKED_FROM_VALID_FROM },
	{ FIELD_SALT, PACKED_SALT, PACKED_ALWAYS, AT(salt) },
};

const struct packed_field packed_format_dependant[PACKED_DEPENDANT_COUNT] = {
	{ FIELD_DEPENDANT_NAME, PACKED_NAME, PACKED_ALWAYS, PART_AT(name) },
	{ FIELD_DEPENDANT_BIRTH_DATE, PACKED_BIRTH_DATE, PACKED_ALWAYS,
	    PART_AT(birth_date) },
	{ FIELD_DEPENDANT_RELATIONSHIP, PACKED_CODE, PACKED_ALWAYS,
	    PART_AT(relationship), CODES(relationships) },
};
/* clang-format on */

/* The letter in memory may have more room, never less. */
#define HOLDS(member, len) (sizeof(((struct letter *)0)->member) > (len))
_Static_assert(HOLDS(program, 16) && HOLDS(officer, 12) &&
	HOLDS(approver, 12) && HOLDS(document_number_tail, 4) &&
	HOLDS(offer_reference, 32) && HOLDS(case_reference, 10) &&
	HOLDS(nationality, 4 * PACKED_NATIONALITY_MAX - 1) &&
	HOLDS(surnames, 3 * PACKED_NAME_MAX) &&
	LETTER_DEPENDANT_MAX >= PACKED_DEPENDANT_MAX,
    "every letter of format 0x01 fits struct letter");

static bool
is_known(enum field_id id)
{
	for (size_t i = 0; i < PACKED_FIELD_COUNT; i++)
		if (packed_format[i].id == id)
			return true;
	for (size_t i = 0; i < PACKED_DEPENDANT_COUNT; i++)
		if (packed_format_dependant[i].id == id)
			return true;
	return false;
}

bool
packed_format_covers(
    const struct field *table, size_t count, const void *record)
{
	for (size_t i = 0; i < count; i++)
		if (field_get(&table[i], record)[0] != '\0' &&
		    !is_known(table[i].id))
			return false;
	return true;
}

bool
packed_format_covers_letter(const struct letter *letter)
{
	if (!packed_format_covers(field_table, FIELD_COUNT, letter))
		return false;
	for (size_t i = 0; i < letter->dependant_count; i++)
		if (!packed_format_covers(field_dependant,
			FIELD_DEPENDANT_COUNT, &letter->dependant[i]))
			return false;
	return true;
}
