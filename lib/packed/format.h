/*
 * format.h - the fields that format 0x01 carries, frozen with it.
 *
 * docs/packed-form.md, section 3, as a table of its own. The letter's table
 * (letter/field.h) may grow: a row more, a wider limit, a longer alphabet, a
 * new code. This one never changes, or codes on paper in people's hands would
 * turn into other letters. What it cannot say travels as format 0x02.
 */
#ifndef PACKED_FORMAT_H
#define PACKED_FORMAT_H

#include "letter/field.h"

#define PACKED_FIELD_COUNT     28
#define PACKED_DEPENDANT_COUNT 3

#define PACKED_DEPENDANT_MAX   12
#define PACKED_NATIONALITY_MAX 3
#define PACKED_NAME_MAX        80 /* characters */
/* bytes that a deflated letter unpacks to, whatever letters may grow to */
#define PACKED_XML_MAX 32768

/* How a value is said: one pass_ function each (packed/walk.h). */
enum packed_kind {
	PACKED_OWN_NUMBER,
	PACKED_REPLACED_NUMBER,
	PACKED_TEXT,  /* alphabet, min_len, max_len */
	PACKED_STAFF, /* AA9999 in few bits, else as PACKED_TEXT */
	PACKED_CODE,  /* codes */
	PACKED_PATHWAY,
	PACKED_DESTINATION,
	PACKED_COUNTRIES,
	PACKED_DOCUMENT_COUNTRY,
	PACKED_CONSULATE,
	PACKED_NAME,
	PACKED_INSTANT,
	PACKED_DATE, /* from, before */
	PACKED_BIRTH_DATE,
	PACKED_TRUE,
	PACKED_DEPENDANTS,
	PACKED_SALT,
};

enum packed_presence {
	PACKED_ALWAYS,
	PACKED_OPTIONAL,      /* one bit before it */
	PACKED_WITH_DOCUMENT, /* there when Document/Type is */
};

enum packed_base { PACKED_FROM_ISSUE, PACKED_FROM_VALID_FROM };

/* offset and size say where the text lives in this program, and are no part
 * of the format; nor is id, by which the live table is compared with this. */
struct packed_field {
	enum field_id id;
	enum packed_kind kind;
	enum packed_presence presence;
	size_t offset, size;
	const char *alphabet;
	size_t min_len, max_len;
	const char *const *codes;
	size_t code_count;
	enum packed_base from;
	int before; /* days that a date may be before that one */
};

extern const struct packed_field packed_format[PACKED_FIELD_COUNT];
extern const struct packed_field
    packed_format_dependant[PACKED_DEPENDANT_COUNT];

/*
 * packed_format_covers - does the format know every field that is filled?
 *
 *   table   rows of field_table or field_dependant (letter/field.h)
 *   record  struct letter or struct dependant, as in field_get()
 *
 * False when a row that is not in the frozen list has a text.
 */
bool packed_format_covers(
    const struct field *table, size_t count, const void *record);

/* packed_format_covers_letter - the same of the tables of this program. */
bool packed_format_covers_letter(const struct letter *letter);

#endif
