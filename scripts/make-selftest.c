/*
 * make-selftest.c - prints verify/selftest_data.c; see make-selftest.
 */
#include "letter/field.h"
#include "letter/number.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "packed/packed.h"
#include "trust/cert.h"
#include "trust/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 60 /* characters of a literal */

static void
need(enum err rc, const struct errtext *err)
{
	if (rc == ERR_OK)
		return;
	fprintf(stderr, "make-selftest: %s: %s\n", err_name(rc), err->text);
	exit(EXIT_FAILURE);
}

static void
set(struct letter *letter, enum field_id id, const char *text)
{
	if (!field_set(field_row(id), letter, text, strlen(text)))
		exit(EXIT_FAILURE);
}

static void
fill(struct letter *letter)
{
	struct letter_number number = { "GTGUA99", 2026, 1 };
	char text[LETTER_NUMBER_SIZE];

	number_format(&number, text);
	set(letter, FIELD_LETTER_NUMBER, text);
	set(letter, FIELD_PROGRAM, "SELFTEST");
	set(letter, FIELD_LANGUAGE, "es");
	set(letter, FIELD_ISSUED_AT, "2026-11-23T12:00:00Z");
	set(letter, FIELD_VALID_FROM, "2026-11-24");
	set(letter, FIELD_VALID_UNTIL, "2027-05-24");
	set(letter, FIELD_OFFICER, "TEST01");
	set(letter, FIELD_APPROVER, "TEST02");
	set(letter, FIELD_CONSULATE, "ES-GTGUA");
	set(letter, FIELD_DESTINATION, "ESP");
	set(letter, FIELD_SURNAMES,
	    "Prueba N\xc3\xba\xc3\xb1"
	    "ez");
	set(letter, FIELD_GIVEN_NAMES, "Muestra");
	set(letter, FIELD_BIRTH_DATE, "1990");
	set(letter, FIELD_NATIONALITY, "GTM");
	set(letter, FIELD_IDENTITY_BASIS, "DECLARED");
	set(letter, FIELD_PATHWAY, "OTH");
	set(letter, FIELD_REQUESTED_ACTION, "INFORMATION");
	set(letter, FIELD_CASE_REFERENCE, "AAAAAAAAAA");
	set(letter, FIELD_SALT, "AAECAwQFBgcICQoL");
}

/* One string constant, cut into lines. */
static void
print_constant(const char *name, const struct bytes *text)
{
	size_t i;

	printf("const char %s[] =\n\t\"", name);
	for (i = 0; i < text->len; i++) {
		unsigned char c = text->at[i];

		if (c == '\n')
			printf("\\n\"\n\t\"");
		else if (c >= 0x80)
			printf("\\%03o", c);
		else if (c == '"' || c == '\\')
			printf("\\%c", c);
		else
			putchar(c);
		if (i % LINE == LINE - 1 && i + 1 < text->len && c != '\n')
			printf("\"\n\t\"");
	}
	printf("\";\n");
}

int
main(void)
{
	struct bytes xml = { 0 }, file = { 0 }, text = { 0 }, pem = { 0 };
	struct letter letter = { 0 };
	struct errtext err = { 0 };
	EVP_PKEY *key = NULL;
	X509 *cert = NULL;

	fill(&letter);
	need(key_new_p256(&key, &err), &err);
	need(cert_make_root(key, "SELFTEST", "Self-test", true, &cert, &err),
	    &err);
	need(xml_write(&letter, &xml), &err);
	need(sign_document(&dsig_letter, xml.at, xml.len, letter.number, key,
		 &file, &err),
	    &err);
	need(packed_encode(file.at, file.len, &text, NULL, &err), &err);
	need(cert_pem(cert, &pem), &err);
	printf("/*\n * selftest_data.c - written by scripts/make-selftest; the "
	       "private key was\n * never kept. Do not edit.\n */\n"
	       "#include \"verify/selftest_data.h\"\n\n");
	print_constant("selftest_letter", &file);
	printf("\n");
	print_constant("selftest_packed", &text);
	printf("\n");
	print_constant("selftest_certificate", &pem);
	return EXIT_SUCCESS;
}
