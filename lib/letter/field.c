#include "letter/field.h"

#include "base/i18n.h"
#include "letter/code.h"

#include <string.h>

#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* offset and size of a member; its element and key */
#define AT(member)                                 \
	.offset = offsetof(struct letter, member), \
	.size = sizeof(((struct letter *)0)->member)
#define PART_AT(member)                               \
	.offset = offsetof(struct dependant, member), \
	.size = sizeof(((struct dependant *)0)->member)
#define CHARACTERS(set, min, max) \
	.alphabet = (set), .min_len = (min), .max_len = (max)

/* clang-format off: one row a field, to be read as a table */
const struct field field_table[FIELD_COUNT] = {
	{ FIELD_LETTER_NUMBER, KIND_LETTER_NUMBER, GROUP_ROOT, FROM_PROGRAM,
	    "LetterNumber", "letterNumber", true, AT(number),
	    .label = N_("Letter number") },
	{ FIELD_SUPERSEDES, KIND_LETTER_NUMBER, GROUP_ROOT, FROM_PROGRAM,
	    "Supersedes", "supersedes", false, AT(supersedes),
	    .label = N_("Replaces letter") },
	{ FIELD_PROGRAM, KIND_TEXT, GROUP_ROOT, FROM_ROW, "Program", "program",
	    true, AT(program), CHARACTERS(UPPER DIGITS "-", 2, 16),
	    .label = N_("Program") },
	{ FIELD_LANGUAGE, KIND_CODE, GROUP_ROOT, FROM_ROW, "Language",
	    "language", true, AT(language), .codes = code_language,
	    .label = N_("Language") },
	{ FIELD_ISSUED_AT, KIND_INSTANT, GROUP_ROOT, FROM_PROGRAM, "IssuedAt",
	    "issuedAt", true, AT(issued_at), .label = N_("Issued at") },
	{ FIELD_VALID_FROM, KIND_DATE, GROUP_ROOT, FROM_ROW, "ValidFrom",
	    "validFrom", true, AT(valid_from), .label = N_("Valid from") },
	{ FIELD_VALID_UNTIL, KIND_DATE, GROUP_ROOT, FROM_ROW, "ValidUntil",
	    "validUntil", true, AT(valid_until), .label = N_("Valid until") },
	{ FIELD_OFFICER, KIND_TEXT, GROUP_ROOT, FROM_PROGRAM, "Officer",
	    "officer", true, AT(officer), CHARACTERS(UPPER DIGITS, 4, 12),
	    .label = N_("Drafter") },
	{ FIELD_APPROVER, KIND_TEXT, GROUP_ROOT, FROM_PROGRAM, "Approver",
	    "approver", true, AT(approver), CHARACTERS(UPPER DIGITS, 4, 12),
	    .label = N_("Approver") },
	{ FIELD_CONSULATE, KIND_CONSULATE, GROUP_ROOT, FROM_ROW, "Consulate",
	    "consulate", true, AT(consulate), .label = N_("Consulate") },
	{ FIELD_DESTINATION, KIND_COUNTRY, GROUP_ROOT, FROM_ROW, "Destination",
	    "destination", true, AT(destination), .label = N_("Destination") },
	{ FIELD_SURNAMES, KIND_NAME, GROUP_HOLDER, FROM_ROW, "Surnames",
	    "surnames", true, AT(surnames), .label = N_("Surnames") },
	{ FIELD_GIVEN_NAMES, KIND_NAME, GROUP_HOLDER, FROM_ROW, "GivenNames",
	    "givenNames", false, AT(given_names), .label = N_("Given names") },
	{ FIELD_BIRTH_DATE, KIND_BIRTH_DATE, GROUP_HOLDER, FROM_ROW,
	    "BirthDate", "birthDate", true, AT(birth_date),
	    .label = N_("Date of birth") },
	{ FIELD_BIRTH_DATE_ESTIMATED, KIND_TRUE, GROUP_HOLDER, FROM_ROW,
	    "estimated", "birthDateEstimated", false, AT(birth_date_estimated),
	    .label = N_("Date of birth estimated") },
	{ FIELD_SEX, KIND_CODE, GROUP_HOLDER, FROM_ROW, "Sex", "sex", false,
	    AT(sex), .codes = code_sex, .label = N_("Sex") },
	{ FIELD_NATIONALITY, KIND_COUNTRIES, GROUP_HOLDER, FROM_ROW,
	    "Nationality", "nationality", true, AT(nationality),
	    .label = N_("Nationality") },
	{ FIELD_IDENTITY_BASIS, KIND_CODE, GROUP_HOLDER, FROM_ROW,
	    "IdentityBasis", "identityBasis", true, AT(identity_basis),
	    .codes = code_identity_basis, .label = N_("Proof of identity") },
	{ FIELD_DOCUMENT_TYPE, KIND_CODE, GROUP_DOCUMENT, FROM_ROW, "Type",
	    "documentType", false, AT(document_type),
	    .codes = code_document_type, .label = N_("Document type") },
	{ FIELD_DOCUMENT_COUNTRY, KIND_COUNTRY, GROUP_DOCUMENT, FROM_ROW,
	    "Country", "documentCountry", false, AT(document_country),
	    .label = N_("Document's country") },
	{ FIELD_DOCUMENT_NUMBER_TAIL, KIND_TEXT, GROUP_DOCUMENT, FROM_ROW,
	    "NumberTail", "documentNumberTail", false, AT(document_number_tail),
	    CHARACTERS(UPPER DIGITS, 4, 4),
	    .label = N_("Part of the document's number") },
	{ FIELD_DEPENDANTS, KIND_DEPENDANTS, GROUP_ROOT, FROM_ROW, "Dependants",
	    "dependants", false, .offset = offsetof(struct letter, dependant),
	    .label = N_("Dependants") },
	{ FIELD_PATHWAY, KIND_PATHWAY, GROUP_ROOT, FROM_ROW, "Pathway",
	    "pathway", true, AT(pathway), .label = N_("Program line") },
	{ FIELD_OFFER_REFERENCE, KIND_TEXT, GROUP_ROOT, FROM_ROW,
	    "OfferReference", "offerReference", false, AT(offer_reference),
	    CHARACTERS(UPPER DIGITS "/-", 1, 32),
	    .label = N_("Offer reference") },
	{ FIELD_REQUESTED_ACTION, KIND_CODE, GROUP_ROOT, FROM_ROW,
	    "RequestedAction", "requestedAction", true, AT(requested_action),
	    .codes = code_requested_action, .label = N_("Requested action") },
	{ FIELD_CASE_REFERENCE, KIND_TEXT, GROUP_ROOT, FROM_ROW,
	    "CaseReference", "caseReference", true, AT(case_reference),
	    CHARACTERS(UPPER "234567", 10, 10), .label = N_("Case reference") },
	{ FIELD_APPOINTMENT_DATE, KIND_DATE, GROUP_ROOT, FROM_ROW,
	    "AppointmentDate", "appointmentDate", false, AT(appointment_date),
	    .label = N_("Appointment date") },
	{ FIELD_SALT, KIND_SALT, GROUP_ROOT, FROM_PROGRAM, "Salt", NULL, true,
	    AT(salt), .label = N_("Random characters") },
};

const struct field field_dependant[FIELD_DEPENDANT_COUNT] = {
	{ FIELD_DEPENDANT_NAME, KIND_NAME, GROUP_DEPENDANT, FROM_ROW, "Name",
	    "name", true, PART_AT(name), .label = N_("Name") },
	{ FIELD_DEPENDANT_BIRTH_DATE, KIND_BIRTH_DATE, GROUP_DEPENDANT,
	    FROM_ROW, "BirthDate", "birthDate", true, PART_AT(birth_date),
	    .label = N_("Date of birth") },
	{ FIELD_DEPENDANT_RELATIONSHIP, KIND_CODE, GROUP_DEPENDANT, FROM_ROW,
	    "Relationship", "relationship", true, PART_AT(relationship),
	    .codes = code_relationship, .label = N_("Relationship") },
};
/* clang-format on */
_Static_assert(FIELD_NONE - FIELD_COUNT == FIELD_DEPENDANT_COUNT,
    "every part of a dependant has a row");

const struct field *
field_row(enum field_id id)
{
	if (id < FIELD_COUNT)
		return &field_table[id];
	if (id < FIELD_NONE)
		return &field_dependant[id - FIELD_COUNT];
	return NULL;
}

const struct field *
field_by_key(const char *key)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (field_table[i].key != NULL &&
		    strcmp(field_table[i].key, key) == 0)
			return &field_table[i];
	return NULL;
}

const char *
field_get(const struct field *field, const void *record)
{
	if (field->size == 0) /* the list of dependants has no text */
		return "";
	return (const char *)record + field->offset;
}

bool
field_set(const struct field *field, void *record, const char *text, size_t len)
{
	char *at = (char *)record + field->offset;

	if (len >= field->size)
		return false;
	memcpy(at, text, len);
	memset(at + len, 0, field->size - len); /* nothing of a longer text */
	return true;
}
