#include "tests/support/letters.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/utf8.h"
#include "letter/code.h"
#include "letter/field.h"
#include "letter/number.h"
#include "letter/salt.h"

#include <stdio.h>
#include <string.h>

uint64_t
support_random(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static unsigned
below(uint64_t *seed, unsigned limit)
{
	return (unsigned)(support_random(seed) % limit);
}

static bool
one_in(uint64_t *seed, unsigned n)
{
	return below(seed, n) == 0;
}

static void
text(uint64_t *seed, const char *alphabet, size_t min, size_t max, char *out)
{
	size_t len = min + below(seed, (unsigned)(max - min + 1));

	for (size_t i = 0; i < len; i++)
		out[i] = alphabet[below(seed, (unsigned)strlen(alphabet))];
	out[len] = '\0';
}

#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static void
code(uint64_t *seed, const struct code *list, char *out, size_t size)
{
	unsigned count = 0;

	while (list[count].code != NULL)
		count++;
	snprintf(out, size, "%s", list[below(seed, count)].code);
}

/* --- names --------------------------------------------------------------- */

static uint32_t
name_letter(uint64_t *seed, bool capital)
{
	static const uint32_t accented[] = { 0xe1, 0xe9, 0xed, 0xf3, 0xfa, 0xf1,
		0xfc, 0xe7, 0xe3, 0xe8, 0xf2 };
	uint32_t c = 'a' + below(seed, 26);

	if (one_in(seed, 8))
		c = accented[below(seed, 11)];
	return capital ? c - 0x20 : c;
}

/* Any letter of NameType; what NFC takes apart is left out afterwards. */
static uint32_t
rare_letter(uint64_t *seed)
{
	switch (below(seed, 4)) {
	case 0:
		return 0xf8 + below(seed, 0x250 - 0xf8);
	case 1:
		return 0x1e00 + below(seed, 0x100);
	case 2:
		return 0xd8 + below(seed, 0x1f);
	default:
		return 0xc0 + below(seed, 0x17);
	}
}

static void
name(uint64_t *seed, char out[LETTER_NAME_SIZE])
{
	unsigned len = one_in(seed, 10) ? 80 : 1 + below(seed, 24);
	bool shout = one_in(seed, 10), rare = one_in(seed, 10), start = true;
	struct bytes made = { 0 };

	for (unsigned i = 0; i < len; i++) {
		if (!start && i + 1 < len && one_in(seed, 7)) {
			bytes_add_byte(
			    &made, (uint8_t) "  -'."[below(seed, 5)]);
			start = made.at[made.len - 1] == ' ';
			continue;
		}
		if (rare && one_in(seed, 2))
			utf8_add(&made, rare_letter(seed));
		else
			utf8_add(&made,
			    name_letter(
				seed, shout || (start ^ one_in(seed, 12))));
		start = false;
	}
	snprintf(out, LETTER_NAME_SIZE, "%s", (char *)made.at);
	bytes_free(&made);
}

static void
valid_name(uint64_t *seed, char out[LETTER_NAME_SIZE])
{
	do
		name(seed, out);
	while (!field_check(field_row(FIELD_SURNAMES), out, NULL));
}

/* --- dates --------------------------------------------------------------- */

static void
birth_date(uint64_t *seed, int64_t issued, char out[12])
{
	int64_t day =
	    issued / CLOCK_DAY - below(seed, one_in(seed, 10) ? 60000 : 30000);
	char date[CLOCK_DATE_SIZE];

	clock_format_date(day, date);
	if (one_in(seed, 12))
		strcpy(date, "unknown");
	else if (one_in(seed, 5))
		date[one_in(seed, 2) ? 4 : 7] = '\0';
	strcpy(out, date);
}

static void
dates(uint64_t *seed, int64_t issued, struct letter *out)
{
	int64_t from = issued / CLOCK_DAY + below(seed, 60) - 10;
	int64_t until = from +
	    (one_in(seed, 10) ? (one_in(seed, 2) ? 0 : 366) : below(seed, 367));

	clock_format(issued, out->issued_at);
	clock_format_date(from, out->valid_from);
	clock_format_date(until, out->valid_until);
	if (one_in(seed, 2))
		clock_format_date(
		    from + below(seed, (unsigned)(until - from + 1)),
		    out->appointment_date);
}

/* --- the rest ------------------------------------------------------------ */

static void
numbers(uint64_t *seed, int64_t issued, struct letter *out)
{
	struct letter_number n = { .year = clock_year(issued) };

	text(seed, UPPER, 2, 2, n.center);
	text(seed, UPPER "23456789", 3, 3, n.center + 2);
	text(seed, "0123456789", 2, 2, n.center + 5);
	if (one_in(seed, 2))
		strcpy(n.center, "GTGUA01");
	n.sequence = 1 + below(seed, one_in(seed, 3) ? 999999 : 3000);
	number_format(&n, out->number);
	if (!one_in(seed, 8))
		return;
	n.year -= (int)below(seed, 3);
	n.sequence = n.sequence % 999999 + 1;
	number_format(&n, out->supersedes);
}

static void
places(uint64_t *seed, struct letter *out)
{
	static const char *const consulates[] = { "ES-GTGUA", "ES-GTXYZ",
		"IT-GTGUA", "ES-COBOG", "PT-CRSJ2" };

	strcpy(out->consulate, consulates[below(seed, 5)]);
	strcpy(out->destination, one_in(seed, 3) ? "ITA" : "ESP");
	strcpy(out->program, "RRP-ES");
	if (one_in(seed, 3))
		text(seed, UPPER "0123456789-", 2, 16, out->program);
}

static void
identity(uint64_t *seed, struct letter *out)
{
	static const char *const nationalities[] = { "GTM", "VEN;ITA", "XXA",
		"HND", "GTM;HTI;XXX" };

	strcpy(out->nationality, nationalities[below(seed, 5)]);
	code(seed, code_identity_basis, out->identity_basis,
	    sizeof(out->identity_basis));
	if (one_in(seed, 5))
		return;
	code(seed, code_document_type, out->document_type,
	    sizeof(out->document_type));
	memcpy(out->document_country,
	    one_in(seed, 3) ? "COL" : out->nationality, 3);
	text(seed, one_in(seed, 4) ? UPPER "0123456789" : "0123456789", 4, 4,
	    out->document_number_tail);
}

static void
person(uint64_t *seed, int64_t issued, struct letter *out)
{
	valid_name(seed, out->surnames);
	if (!one_in(seed, 6))
		valid_name(seed, out->given_names);
	birth_date(seed, issued, out->birth_date);
	if (one_in(seed, 6) && strcmp(out->birth_date, "unknown") != 0)
		strcpy(out->birth_date_estimated, "true");
	if (!one_in(seed, 6))
		code(seed, code_sex, out->sex, sizeof(out->sex));
	identity(seed, out);
}

static void
dependants(uint64_t *seed, int64_t issued, struct letter *out)
{
	out->dependant_count = one_in(seed, 10) ? LETTER_DEPENDANT_MAX
	    : one_in(seed, 3)                   ? below(seed, 5)
						: 0;
	for (size_t i = 0; i < out->dependant_count; i++) {
		struct dependant *d = &out->dependant[i];

		valid_name(seed, d->name);
		birth_date(seed, issued, d->birth_date);
		code(seed, code_relationship, d->relationship,
		    sizeof(d->relationship));
	}
}

static void
case_fields(uint64_t *seed, struct letter *out)
{
	code(seed, code_pathway, out->pathway, sizeof(out->pathway));
	if (one_in(seed, 5))
		text(seed, UPPER, 3, 3, out->pathway);
	if (one_in(seed, 2))
		strcpy(out->offer_reference, "GECCO-2026-00433");
	else if (one_in(seed, 2))
		text(seed, UPPER "0123456789/-", 1, 32, out->offer_reference);
	code(seed, code_requested_action, out->requested_action,
	    sizeof(out->requested_action));
	text(seed, UPPER "234567", 10, 10, out->case_reference);
}

void
support_letter(uint64_t *seed, struct letter *out)
{
	int64_t issued = 1577836800 + below(seed, 1u << 31);
	uint64_t salt[2] = { support_random(seed), support_random(seed) };
	struct bytes base64 = { 0 };

	memset(out, 0, sizeof(*out));
	numbers(seed, issued, out);
	code(seed, code_language, out->language, sizeof(out->language));
	dates(seed, issued, out);
	text(seed, UPPER "0123456789", 4, 12, out->officer);
	do
		text(seed, UPPER "0123456789", 4, 12, out->approver);
	while (strcmp(out->officer, out->approver) == 0);
	places(seed, out);
	person(seed, issued, out);
	dependants(seed, issued, out);
	case_fields(seed, out);
	if (salt[1] & 1) { /* as most centers call their people */
		snprintf(out->officer, sizeof(out->officer), "OF%04u",
		    (unsigned)(salt[1] >> 40) % 10000);
		snprintf(out->approver, sizeof(out->approver), "AP%04u",
		    (unsigned)(salt[1] >> 32) % 10000);
	}
	if (salt[1] & 2)
		salt_finish((uint8_t *)salt);
	base64_encode((uint8_t *)salt, SALT_SIZE, &base64);
	memcpy(out->salt, base64.at, sizeof(out->salt));
	bytes_free(&base64);
}
