/*
 * field.h - the one table of the letter's fields.
 *
 * A row says all that is known about a field: where it stands in the XML
 * (parent, element or attribute), its JSON and CSV key, how often it occurs,
 * what its text may be, where it lives in struct letter and what people call
 * it. XML writer and reader, CSV, JSON, sheet, screen and the schema check
 * walk the table; nobody else lists fields, but for the frozen formats of the
 * printed code (packed/format.h). Rows are in XML order, which is also
 * the order of the screen.
 */
#ifndef LETTER_FIELD_H
#define LETTER_FIELD_H

#include "letter/letter.h"
#include "letter/problem.h"

enum field_id {
	FIELD_LETTER_NUMBER,
	FIELD_SUPERSEDES,
	FIELD_PROGRAM,
	FIELD_LANGUAGE,
	FIELD_ISSUED_AT,
	FIELD_VALID_FROM,
	FIELD_VALID_UNTIL,
	FIELD_OFFICER,
	FIELD_APPROVER,
	FIELD_CONSULATE,
	FIELD_DESTINATION,
	FIELD_SURNAMES,
	FIELD_GIVEN_NAMES,
	FIELD_BIRTH_DATE,
	FIELD_BIRTH_DATE_ESTIMATED, /* the attribute of BirthDate */
	FIELD_SEX,
	FIELD_NATIONALITY,
	FIELD_IDENTITY_BASIS,
	FIELD_DOCUMENT_TYPE,
	FIELD_DOCUMENT_COUNTRY,
	FIELD_DOCUMENT_NUMBER_TAIL,
	FIELD_DEPENDANTS, /* the list; its parts are DEPENDANT_* below */
	FIELD_PATHWAY,
	FIELD_OFFER_REFERENCE,
	FIELD_REQUESTED_ACTION,
	FIELD_CASE_REFERENCE,
	FIELD_APPOINTMENT_DATE,
	FIELD_SALT,
	FIELD_COUNT,
	/* the parts of one Dependant, rows of field_dependant[] */
	FIELD_DEPENDANT_NAME = FIELD_COUNT,
	FIELD_DEPENDANT_BIRTH_DATE,
	FIELD_DEPENDANT_RELATIONSHIP,
	FIELD_NONE, /* in a problem: the row or letter as a whole */
};
#define FIELD_DEPENDANT_COUNT 3

enum field_kind {
	KIND_LETTER_NUMBER, /* GTGUA01-2026-000002-J, check character */
	KIND_TEXT,          /* characters of `alphabet`, min_len..max_len */
	KIND_CODE,          /* one code of `codes` */
	KIND_COUNTRY,       /* [A-Z]{3}; intake wants ISO 3166-1 alpha-3 */
	KIND_COUNTRIES,     /* 1..3 of them; stored "VEN;ITA"; XXA, XXX too */
	KIND_CONSULATE,     /* [A-Z]{2}-[A-Z]{2}[A-Z2-9]{3} */
	KIND_PATHWAY,       /* [A-Z]{3} */
	KIND_NAME,          /* NameType, 1..80 characters, NFC */
	KIND_INSTANT,       /* YYYY-MM-DDThh:mm:ssZ */
	KIND_DATE,          /* YYYY-MM-DD */
	KIND_BIRTH_DATE,    /* YYYY, YYYY-MM, YYYY-MM-DD, unknown */
	KIND_TRUE,          /* "true" or absent */
	KIND_SALT,          /* base64 of 12 bytes */
	KIND_DEPENDANTS,    /* list of groups */
};

/* The XML element around a field; groups appear only when not empty. */
enum field_group {
	GROUP_ROOT,
	GROUP_HOLDER,   /* Holder: always there */
	GROUP_DOCUMENT, /* Holder/Document: all three fields or none */
	GROUP_DEPENDANT /* Dependants/Dependant */
};

/* Who supplies a field; a CSV row may only carry FROM_ROW fields. */
enum field_source { FROM_ROW, FROM_PROGRAM };

struct code; /* letter/code.h */

struct field {
	enum field_id id;
	enum field_kind kind;
	enum field_group group;
	enum field_source source;
	const char *element; /* XML name; of KIND_TRUE: the attribute's */
	const char *key;     /* JSON and CSV name; NULL: in neither (Salt) */
	bool required;
	size_t offset, size;      /* of the char array in struct letter or
				     struct dependant */
	const char *alphabet;     /* KIND_TEXT: every allowed character */
	size_t min_len, max_len;  /* KIND_TEXT: characters */
	const struct code *codes; /* KIND_CODE */
	const char *label;        /* message id of the label: "Surnames" */
};

extern const struct field field_table[FIELD_COUNT];
extern const struct field field_dependant[FIELD_DEPENDANT_COUNT];

/* field_row - the row of any id, table or dependant; NULL for FIELD_NONE. */
const struct field *field_row(enum field_id id);

/* field_by_key - by JSON/CSV name; NULL when there is none. */
const struct field *field_by_key(const char *key);

/*
 * field_get - the field's text in a letter ("" when absent).
 *
 *   record  struct letter for rows of field_table (not FIELD_DEPENDANTS),
 *           struct dependant for rows of field_dependant
 */
const char *field_get(const struct field *field, const void *record);

/*
 * field_set - copy text of len bytes in, zeros behind it; false, with the old
 * text in place, when it cannot fit.
 */
bool field_set(
    const struct field *field, void *record, const char *text, size_t len);

/*
 * field_check - judge one field's canonical text by its row alone.
 *
 *   text     NUL-terminated UTF-8
 *   problem  out, on false: code and a sentence; may be NULL
 *
 * This is the rule of the signed form, equal to schemas/letter.xsd plus the
 * rules docs/letter.md lists. It does not ask whether a country exists;
 * intake does (issue/intake/intake.h).
 */
bool field_check(
    const struct field *field, const char *text, struct problem *problem);

/*
 * letter_check - judge a whole letter: every field, presence, groups, and
 * the rules between fields (approver differs, date order and span, birth
 * date not after issue, appointment within validity, year of the number,
 * Supersedes of the same center).
 *
 *   problems  out: at most max of them are filled in
 *
 * Returns how many problems there are; 0 is a good letter.
 */
size_t letter_check(
    const struct letter *letter, struct problem *problems, size_t max);

#endif
