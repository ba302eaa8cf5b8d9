/*
 * sample.h - a letter for tests, as fields and as a file with a Signature of
 * the right form (over nothing). Fictional persons only.
 */
#ifndef TESTS_LIB_LETTER_SAMPLE_H
#define TESTS_LIB_LETTER_SAMPLE_H

#include "base/bytes.h"
#include "letter/field.h"

#include <check.h>
#include <string.h>

#define SAMPLE_CLOSE "</ReferralLetter>"

/* Written out, not taken from letter/dsig_template.h: tests hold their own. */
#define SAMPLE_SIGNATURE(number)                                              \
	"<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"      \
	"<ds:SignedInfo><ds:CanonicalizationMethod "                          \
	"Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">"              \
	"</ds:CanonicalizationMethod><ds:SignatureMethod "                    \
	"Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\">"  \
	"</ds:SignatureMethod><ds:Reference Id=\"" number "\" URI=\"\">"      \
	"<ds:Transforms><ds:Transform Algorithm="                             \
	"\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\">"          \
	"</ds:Transform><ds:Transform "                                       \
	"Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">"              \
	"</ds:Transform></ds:Transforms><ds:DigestMethod "                    \
	"Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\">"              \
	"</ds:DigestMethod><ds:DigestValue>"                                  \
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="                        \
	"</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>" \
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"                        \
	"ISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="                        \
	"</ds:SignatureValue><ds:KeyInfo><ds:KeyName>0123abcd</ds:KeyName>"   \
	"</ds:KeyInfo></ds:Signature>"

static inline void
sample_put(struct letter *letter, enum field_id id, const char *text)
{
	ck_assert(field_set(field_row(id), letter, text, strlen(text)));
}

/* Every field is there, and two dependants. */
static inline void
sample_letter(struct letter *letter)
{
	static const struct {
		enum field_id id;
		const char *text;
	} values[] = {
		{ FIELD_LETTER_NUMBER, "GTGUA01-2026-000002-J" },
		{ FIELD_SUPERSEDES, "GTGUA01-2025-000417-P" },
		{ FIELD_PROGRAM, "RRP-ES" },
		{ FIELD_LANGUAGE, "es" },
		{ FIELD_ISSUED_AT, "2026-11-23T18:00:00Z" },
		{ FIELD_VALID_FROM, "2026-12-13" },
		{ FIELD_VALID_UNTIL, "2027-06-11" },
		{ FIELD_OFFICER, "OF1007" },
		{ FIELD_APPROVER, "AP2003" },
		{ FIELD_CONSULATE, "ES-GTGUA" },
		{ FIELD_DESTINATION, "ESP" },
		{ FIELD_SURNAMES, "Q'anil Batz" },
		{ FIELD_GIVEN_NAMES, "Rigoberta María" },
		{ FIELD_BIRTH_DATE, "1990" },
		{ FIELD_BIRTH_DATE_ESTIMATED, "true" },
		{ FIELD_SEX, "F" },
		{ FIELD_NATIONALITY, "GTM;ITA" },
		{ FIELD_IDENTITY_BASIS, "DOC" },
		{ FIELD_DOCUMENT_TYPE, "I" },
		{ FIELD_DOCUMENT_COUNTRY, "GTM" },
		{ FIELD_DOCUMENT_NUMBER_TAIL, "4580" },
		{ FIELD_PATHWAY, "LCI" },
		{ FIELD_OFFER_REFERENCE, "GECCO-2026-00433" },
		{ FIELD_REQUESTED_ACTION, "APPOINTMENT" },
		{ FIELD_CASE_REFERENCE, "Z4VWDDXS3J" },
		{ FIELD_APPOINTMENT_DATE, "2027-02-04" },
		{ FIELD_SALT, "AAECAwQFBgcICQoL" },
	};
	_Static_assert(sizeof(values) / sizeof(values[0]) == FIELD_COUNT - 1,
	    "every field but the list of dependants");

	memset(letter, 0, sizeof(*letter));
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		sample_put(letter, values[i].id, values[i].text);
	letter->dependant_count = 2;
	strcpy(letter->dependant[0].name, "Óscar Ical Pop");
	strcpy(letter->dependant[0].birth_date, "2011-04-09");
	strcpy(letter->dependant[0].relationship, "CHILD");
	strcpy(letter->dependant[1].name, "Xul");
	strcpy(letter->dependant[1].birth_date, "unknown");
	strcpy(letter->dependant[1].relationship, "GRANDPARENT");
}

/* The same letter, byte for byte. */
static const char sample_unsigned[] =
    "<ReferralLetter xmlns=\"urn:sello:letter:1\">"
    "<LetterNumber>GTGUA01-2026-000002-J</LetterNumber>"
    "<Supersedes>GTGUA01-2025-000417-P</Supersedes>"
    "<Program>RRP-ES</Program><Language>es</Language>"
    "<IssuedAt>2026-11-23T18:00:00Z</IssuedAt>"
    "<ValidFrom>2026-12-13</ValidFrom><ValidUntil>2027-06-11</ValidUntil>"
    "<Officer>OF1007</Officer><Approver>AP2003</Approver>"
    "<Consulate>ES-GTGUA</Consulate><Destination>ESP</Destination>"
    "<Holder><Surnames>Q'anil Batz</Surnames>"
    "<GivenNames>Rigoberta Mar\xC3\xAD"
    "a</GivenNames>"
    "<BirthDate estimated=\"true\">1990</BirthDate><Sex>F</Sex>"
    "<Nationality>GTM</Nationality><Nationality>ITA</Nationality>"
    "<IdentityBasis>DOC</IdentityBasis>"
    "<Document><Type>I</Type><Country>GTM</Country>"
    "<NumberTail>4580</NumberTail></Document></Holder>"
    "<Dependants><Dependant><Name>\xC3\x93scar Ical Pop</Name>"
    "<BirthDate>2011-04-09</BirthDate><Relationship>CHILD</Relationship>"
    "</Dependant><Dependant><Name>Xul</Name><BirthDate>unknown</BirthDate>"
    "<Relationship>GRANDPARENT</Relationship></Dependant></Dependants>"
    "<Pathway>LCI</Pathway>"
    "<OfferReference>GECCO-2026-00433</OfferReference>"
    "<RequestedAction>APPOINTMENT</RequestedAction>"
    "<CaseReference>Z4VWDDXS3J</CaseReference>"
    "<AppointmentDate>2027-02-04</AppointmentDate>"
    "<Salt>AAECAwQFBgcICQoL</Salt></ReferralLetter>";

/* The signed form of any unsigned letter; free with bytes_free(). */
static inline struct bytes
sample_sign(const char *unsigned_xml, const char *number)
{
	static const char form[] = SAMPLE_SIGNATURE("%s");
	struct bytes out = { 0 };
	size_t len = strlen(unsigned_xml) - strlen(SAMPLE_CLOSE);

	bytes_add(&out, unsigned_xml, len);
	bytes_addf(&out, form, number);
	bytes_add_text(&out, SAMPLE_CLOSE);
	ck_assert(!out.failed);
	return out;
}

#endif
