/*
 * letter.h - the letter as the programs hold it: one flat struct of
 * NUL-terminated canonical texts, exactly the characters that stand in the
 * XML. Every format (XML, packed, CSV, JSON, sheet, screen) is a walk over
 * the table in letter/field.h, whose rows point into this struct.
 *
 * No pointers: a letter is copied by assignment and wiped by letter_wipe().
 * An absent optional field is the empty string.
 */
#ifndef LETTER_LETTER_H
#define LETTER_LETTER_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LETTER_XML_MAX         32768 /* bytes of a letter file */
#define LETTER_NUMBER_SIZE     22    /* GTGUA01-2026-000002-J */
#define LETTER_CENTER_SIZE     8     /* GTGUA01 */
#define LETTER_NAME_MAX        80    /* characters of a name */
#define LETTER_NAME_SIZE       (LETTER_NAME_MAX * 3 + 1) /* bytes, with NUL */
#define LETTER_DEPENDANT_MAX   12
#define LETTER_NATIONALITY_MAX 3

struct dependant {
	char name[LETTER_NAME_SIZE];
	char birth_date[12];
	char relationship[12];
};

struct letter {
	char number[LETTER_NUMBER_SIZE];
	char supersedes[LETTER_NUMBER_SIZE];
	char program[17];
	char language[3];
	char issued_at[21];
	char valid_from[11];
	char valid_until[11];
	char officer[13];
	char approver[13];
	char consulate[9];
	char destination[4];
	char surnames[LETTER_NAME_SIZE];
	char given_names[LETTER_NAME_SIZE];
	char birth_date[12];
	char birth_date_estimated[6]; /* "true" or "" */
	char sex[2];
	char nationality[12]; /* "VEN;ITA", in the order given */
	char identity_basis[9];
	char document_type[2];
	char document_country[4];
	char document_number_tail[5];
	char pathway[4];
	char offer_reference[33];
	char requested_action[20];
	char case_reference[11];
	char appointment_date[11];
	char salt[17]; /* base64 of 12 bytes */
	size_t dependant_count;
	struct dependant dependant[LETTER_DEPENDANT_MAX];
};

/* letter_wipe - cleanse it and leave it empty (all fields absent). */
void letter_wipe(struct letter *letter);

#endif
