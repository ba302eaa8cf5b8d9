#include "base/csv.h"
#include "base/encode.h"
#include "base/file.h"
#include "letter/code.h"
#include "letter/dsig.h"
#include "letter/name.h"
#include "letter/number.h"
#include "letter/xml.h"
#include "packed/fields.h"
#include "packed/packed.h"
#include "tests/check_main.h"
#include "tests/lib/packed/sample_format.h"
#include "tests/support/decoded.h"
#include "tests/support/letters.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define BEHIND   (4 + 64) /* key id, r|s */
#define MEDIAN   145
#define DOCUMENT "docs/packed-form.md"
#define KEY_NAME "0123abcd"

/* --- helpers ------------------------------------------------------------- */

/* A signature of the right form over nothing: packing does not verify. */
static void
fixed_signature(uint8_t raw[DSIG_SIGNATURE_SIZE])
{
	for (int i = 0; i < DSIG_SIGNATURE_SIZE; i++)
		raw[i] = (uint8_t)(i + 1);
}

static struct bytes
build(const void *plain, size_t len, const char *number)
{
	uint8_t raw[DSIG_SIGNATURE_SIZE];
	struct bytes xml = { 0 };

	fixed_signature(raw);
	ck_assert_int_eq(dsig_build(&dsig_letter, plain, len, number, NULL, raw,
			     KEY_NAME, &xml),
	    ERR_OK);
	return xml;
}

static struct bytes
signed_letter(const struct letter *letter)
{
	struct bytes plain = { 0 }, xml;

	ck_assert_int_eq(xml_write(letter, &plain), ERR_OK);
	xml = build(plain.at, plain.len, letter->number);
	bytes_free(&plain);
	return xml;
}

static struct bytes
body_of(const struct bytes *text)
{
	struct bytes body = { 0 };

	ck_assert(base32_decode((char *)text->at + strlen(PACKED_PREFIX),
	    text->len - strlen(PACKED_PREFIX), &body));
	return body;
}

static struct bytes
text_of(const struct bytes *body)
{
	struct bytes text = { 0 };

	bytes_add_text(&text, PACKED_PREFIX);
	base32_encode(body->at, body->len, &text);
	return text;
}

static void
fix_crc(struct bytes *body)
{
	uint32_t crc = (uint32_t)crc32(0, body->at, (uInt)body->len - 4);

	for (size_t i = 0; i < 4; i++)
		body->at[body->len - 4 + i] = (uint8_t)(crc >> (24 - 8 * i));
}

static enum err
decode(const void *text, size_t len)
{
	struct bytes xml = { 0 };
	struct errtext err = { 0 };
	enum err got = packed_decode(text, len, &xml, NULL, &err);

	ck_assert(
	    got == ERR_OK ? xml.len > 0 : xml.len == 0 && err.text[0] != '\0');
	bytes_free(&xml);
	return got;
}

static enum err
decode_body(const struct bytes *body)
{
	struct bytes text = text_of(body);
	enum err got = decode(text.at, text.len);

	bytes_free(&text);
	return got;
}

/* Packs, unpacks, compares; hands back the text. */
static struct bytes
round_trip(const struct bytes *xml, struct packed_info *info)
{
	struct bytes text = { 0 }, again = { 0 };
	struct packed_info other;
	struct errtext err = { 0 };

	ck_assert_msg(
	    packed_encode(xml->at, xml->len, &text, info, &err) == ERR_OK, "%s",
	    err.text);
	ck_assert_int_eq(
	    packed_decode((char *)text.at, text.len, &again, &other, NULL),
	    ERR_OK);
	ck_assert(bytes_equal(xml, &again));
	ck_assert_uint_eq(info->body_len, other.body_len);
	ck_assert_uint_eq(info->format, other.format);
	ck_assert_uint_eq(
	    text.len, strlen(PACKED_PREFIX) + (info->body_len * 8 + 4) / 5);
	bytes_free(&again);
	return text;
}

static struct bytes
sample_text(void)
{
	struct packed_info info;
	struct letter letter;
	struct bytes xml, text;

	sample_format_letter(&letter);
	xml = signed_letter(&letter);
	text = round_trip(&xml, &info);
	ck_assert_uint_eq(info.format, 1);
	bytes_free(&xml);
	return text;
}

/* --- round trips --------------------------------------------------------- */

START_TEST(random_letters_come_back)
{
	uint64_t seed = (uint64_t)_i;
	struct problem problem;
	struct packed_info info;
	struct letter letter;
	struct bytes xml, text;

	for (int i = 0; i < 500; i++) {
		support_letter(&seed, &letter);
		ck_assert_msg(letter_check(&letter, &problem, 1) == 0, "%s",
		    problem.text);
		xml = signed_letter(&letter);
		text = round_trip(&xml, &info);
		ck_assert_uint_eq(info.format, 1);
		bytes_free(&text);
		bytes_free(&xml);
	}
}
END_TEST

/* Each changes the sample into a letter that stands at some edge. */
static const struct {
	const char *what;
	enum field_id field;
	const char *text;
	uint8_t format;
} edges[] = {
	{ "first second", FIELD_ISSUED_AT, "2026-01-01T00:00:00Z", 1 },
	{ "last second", FIELD_ISSUED_AT, "2026-12-31T23:59:59Z", 1 },
	{ "no Supersedes", FIELD_SUPERSEDES, "", 1 },
	{ "Supersedes of a later year", FIELD_SUPERSEDES,
	    "GTGUA01-2027-000001-", 2 },
	{ "program of 2", FIELD_PROGRAM, "-9", 1 },
	{ "program of 16", FIELD_PROGRAM, "----------------", 1 },
	{ "program that names no country", FIELD_PROGRAM, "RRP-E9", 1 },
	{ "officer of 12", FIELD_OFFICER, "999999999999", 1 },
	{ "first officer of the common form", FIELD_OFFICER, "AA0000", 1 },
	{ "last officer of the common form", FIELD_OFFICER, "ZZ9999", 1 },
	{ "nearly of the common form", FIELD_OFFICER, "A99999", 1 },
	{ "longer than the common form", FIELD_APPROVER, "AA99990", 1 },
	{ "salt with its end", FIELD_SALT, "AAECAwQFBgeIqmif", 1 },
	{ "salt of zeros", FIELD_SALT, "AAAAAAAAAAAAAAAA", 1 },
	{ "salt of ones", FIELD_SALT, "////////////////", 1 },
	{ "valid 128 days before", FIELD_VALID_FROM, "2026-07-18", 1 },
	{ "valid 129 days before", FIELD_VALID_FROM, "2026-07-17", 2 },
	{ "other consulate", FIELD_CONSULATE, "ZZ-ZZ999", 1 },
	{ "other destination", FIELD_DESTINATION, "ZZZ", 1 },
	{ "name of one letter", FIELD_SURNAMES, "O", 1 },
	{ "capitals", FIELD_SURNAMES,
	    "GARC\xc3\x8d"
	    "A L\xc3\x93PEZ",
	    1 },
	{ "all small", FIELD_SURNAMES, "de la o", 1 },
	{ "capital inside", FIELD_SURNAMES, "McDonald O'Neil-d'Ha\xc3\xafti",
	    1 },
	{ "letters outside the code", FIELD_SURNAMES,
	    "\xc5\x81\xc3\x98\xc3\x9f \xe1\xb8\x80\xe1\xbb\xbf", 1 },
	{ "no given names", FIELD_GIVEN_NAMES, "", 1 },
	{ "born on the day", FIELD_BIRTH_DATE, "2026-11-23", 1 },
	{ "born 65535 days before", FIELD_BIRTH_DATE, "1847-06-20", 1 },
	{ "born 65536 days before", FIELD_BIRTH_DATE, "1847-06-19", 2 },
	{ "first year of all", FIELD_BIRTH_DATE, "1800", 1 },
	{ "first month of all", FIELD_BIRTH_DATE, "1800-01", 1 },
	{ "unknown birth", FIELD_BIRTH_DATE, "unknown", 1 },
	{ "not estimated", FIELD_BIRTH_DATE_ESTIMATED, "", 1 },
	{ "no sex", FIELD_SEX, "", 1 },
	{ "three nationalities", FIELD_NATIONALITY, "XXX;XXA;GTM", 1 },
	{ "document of another country", FIELD_DOCUMENT_COUNTRY, "VEN", 1 },
	{ "tail of letters", FIELD_DOCUMENT_NUMBER_TAIL, "Z0AZ", 1 },
	{ "pathway of the trust list", FIELD_PATHWAY, "ABC", 1 },
	{ "no offer", FIELD_OFFER_REFERENCE, "", 1 },
	{ "offer of 1", FIELD_OFFER_REFERENCE, "/", 1 },
	{ "offer of 32", FIELD_OFFER_REFERENCE,
	    "--------------------------------", 1 },
	{ "no appointment", FIELD_APPOINTMENT_DATE, "", 1 },
};

/* The check character of a number that lacks only that. */
static void
complete_number(char *number)
{
	struct letter_number n = { .year = 2027, .sequence = 1 };

	memcpy(n.center, number, LETTER_CENTER_SIZE - 1);
	ck_assert(number_format(&n, number));
}

START_TEST(edges_come_back)
{
	struct packed_info info;
	struct problem problem;
	struct letter letter;
	struct bytes xml, text;

	sample_format_letter(&letter);
	sample_put(&letter, edges[_i].field, edges[_i].text);
	if (edges[_i].text[0] != '\0' &&
	    edges[_i].text[strlen(edges[_i].text) - 1] == '-' &&
	    edges[_i].field == FIELD_SUPERSEDES)
		complete_number(letter.supersedes);
	if (strcmp(letter.birth_date, "unknown") == 0)
		letter.birth_date_estimated[0] = '\0';
	if (edges[_i].field == FIELD_VALID_FROM) {
		strcpy(letter.valid_until, "2026-12-01");
		letter.appointment_date[0] = '\0';
	}
	letter.dependant_count = edges[_i].field == FIELD_ISSUED_AT ? 0 : 2;
	ck_assert_msg(letter_check(&letter, &problem, 1) == 0, "%s: %s",
	    edges[_i].what, problem.text);
	xml = signed_letter(&letter);
	text = round_trip(&xml, &info);
	ck_assert_msg(info.format == edges[_i].format, "%s", edges[_i].what);
	bytes_free(&text);
	bytes_free(&xml);
}
END_TEST

/* Seconds of 32 bits from 2020, and birth years of 8 bits before the issue. */
static const struct {
	const char *issued, *valid, *born;
	uint8_t format;
} times[] = {
	{ "2019-12-31T23:59:59Z", "2020-01-01", "1990", 2 },
	{ "2020-01-01T00:00:00Z", "2020-01-01", "1990", 1 },
	{ "2156-02-07T06:28:15Z", "2156-02-07", "1990", 1 },
	{ "2156-02-07T06:28:16Z", "2156-02-07", "1990", 2 },
	{ "2055-12-31T23:59:59Z", "2055-12-31", "1800", 1 },
	{ "2056-01-01T00:00:00Z", "2055-12-31", "1800", 2 },
	{ "2155-12-31T23:59:59Z", "2155-12-31", "1814-09", 1 },
};

START_TEST(times_come_back)
{
	struct letter_number n;
	struct packed_info info;
	struct problem problem;
	struct letter letter;
	struct bytes xml, text;

	sample_format_letter(&letter);
	ck_assert(number_parse(letter.number, &n));
	n.year = atoi(times[_i].issued);
	ck_assert(number_format(&n, letter.number));
	letter.supersedes[0] = letter.appointment_date[0] = '\0';
	letter.dependant_count = 0;
	strcpy(letter.issued_at, times[_i].issued);
	strcpy(letter.valid_from, times[_i].valid);
	strcpy(letter.valid_until, times[_i].valid);
	strcpy(letter.birth_date, times[_i].born);
	ck_assert_msg(letter_check(&letter, &problem, 1) == 0, "%s: %s",
	    times[_i].issued, problem.text);
	xml = signed_letter(&letter);
	text = round_trip(&xml, &info);
	ck_assert_msg(info.format == times[_i].format, "%s", times[_i].issued);
	bytes_free(&text);
	bytes_free(&xml);
}
END_TEST

/* What only the whole letter's rules exclude must not be packed wrongly. */
START_TEST(fields_that_disagree_are_not_packed)
{
	static const struct {
		enum field_id field;
		const char *text;
	} rows[] = {
		{ FIELD_LETTER_NUMBER, "GTGUA01-2025-000417-P" },
		{ FIELD_SUPERSEDES, "COCUC01-2025-000417-B" },
		{ FIELD_LETTER_NUMBER, "GTGUA01-2026-000002-K" },
		{ FIELD_VALID_FROM, "2026-13-01" },
		{ FIELD_BIRTH_DATE, "1990-02-30" },
		{ FIELD_SURNAMES, "" },
		{ FIELD_SURNAMES, "Eva <x>" },
		{ FIELD_SURNAMES, "\xff" },
		{ FIELD_PATHWAY, "A1C" },
		{ FIELD_LANGUAGE, "de" },
		{ FIELD_OFFICER, "abc" },
	};
	struct bytes out = { 0 };
	struct letter letter, again;

	sample_format_letter(&letter);
	ck_assert(packed_fields_write(&letter, &out));
	ck_assert(packed_fields_read(out.at, out.len, &again));
	bytes_reset(&out);
	bytes_add_text(&out, "x");
	sample_put(&letter, rows[_i].field, rows[_i].text);
	ck_assert(!packed_fields_write(&letter, &out));
	ck_assert_uint_eq(out.len, 1);
	bytes_free(&out);
}
END_TEST

static void
fill(char *name, const char *character)
{
	name[0] = '\0';
	for (int i = 0; i < LETTER_NAME_MAX; i++)
		strcat(name, character);
}

/* Fourteen names of 80: even then, ordinary letters fit a code. */
START_TEST(largest_letters)
{
	static const struct {
		const char *character;
		enum err want;
	} rows[] = { { "a", ERR_OK }, { "Q", ERR_OK }, { "\xc3\xbc", ERR_OK },
		{ "\xe1\xb8\x80", ERR_LIMIT } };
	struct bytes text = { 0 }, xml;
	struct letter letter;

	sample_format_letter(&letter);
	letter.dependant_count = LETTER_DEPENDANT_MAX;
	fill(letter.surnames, rows[_i].character);
	fill(letter.given_names, rows[_i].character);
	for (size_t i = 0; i < LETTER_DEPENDANT_MAX; i++) {
		letter.dependant[i] = letter.dependant[0];
		fill(letter.dependant[i].name, rows[_i].character);
	}
	ck_assert_uint_eq(letter_check(&letter, NULL, 0), 0);
	xml = signed_letter(&letter);
	ck_assert_int_eq(
	    packed_encode(xml.at, xml.len, &text, NULL, NULL), rows[_i].want);
	if (rows[_i].want == ERR_OK)
		ck_assert_int_eq(decode(text.at, text.len), ERR_OK);
	else
		ck_assert_uint_eq(text.len, 0);
	bytes_free(&text);
	bytes_free(&xml);
}
END_TEST

START_TEST(packs_only_what_was_signed)
{
	struct letter letter;
	struct bytes text = { 0 }, xml, bad = { 0 };

	sample_format_letter(&letter);
	xml = signed_letter(&letter);
	switch (_i) {
	case 0: /* with a line feed behind it, which would be lost */
		bytes_add(&bad, xml.at, xml.len);
		bytes_add_byte(&bad, '\n');
		break;
	case 1: /* with another digest than its own */
		bytes_add(&bad, xml.at, xml.len);
		memcpy(strstr((char *)bad.at, "Batz"), "Bats", 4);
		break;
	case 2: /* with an Id that is not its number */
		bytes_free(&bad);
		bad = build(sample_unsigned, strlen(sample_unsigned),
		    "GTGUA01-2026-000003-H");
		break;
	case 3: /* that breaks a rule */
		strcpy(letter.approver, letter.officer);
		bad = signed_letter(&letter);
		break;
	case 4: /* nothing */
		bytes_add_text(&bad, "<x></x>");
		break;
	}
	ck_assert_int_eq(
	    packed_encode(bad.at, bad.len, &text, NULL, NULL), ERR_PROFILE);
	ck_assert_uint_eq(text.len, 0);
	bytes_free(&bad);
	bytes_free(&xml);
}
END_TEST

/* --- damage -------------------------------------------------------------- */

START_TEST(every_flipped_bit_is_garbled)
{
	struct bytes text = sample_text(), body = body_of(&text);

	for (size_t i = 0; i < body.len * 8; i++) {
		body.at[i / 8] ^= (uint8_t)(1 << i % 8);
		ck_assert_int_eq(decode_body(&body), ERR_GARBLED);
		body.at[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	ck_assert_int_eq(decode_body(&body), ERR_OK);
	bytes_free(&body);
	bytes_free(&text);
}
END_TEST

START_TEST(every_wrong_character_is_garbled)
{
	struct bytes text = sample_text();

	for (size_t i = strlen(PACKED_PREFIX); i < text.len; i++) {
		uint8_t old = text.at[i];

		text.at[i] = old == 'B' ? 'C' : 'B';
		ck_assert_int_eq(decode(text.at, text.len), ERR_GARBLED);
		text.at[i] = old;
		ck_assert_int_eq(decode(text.at, i), ERR_GARBLED);
	}
	bytes_free(&text);
}
END_TEST

/* What still decodes must be the one form of what it decodes to. */
static void
check_unique(const struct bytes *body)
{
	size_t len = body->len - 1 - BEHIND - 4;
	struct bytes again = { 0 };
	struct letter letter;

	ck_assert_uint_eq(body->at[0], 1);
	ck_assert(packed_fields_read(body->at + 1, len, &letter));
	ck_assert(packed_fields_write(&letter, &again));
	ck_assert_uint_eq(again.len, len);
	ck_assert_mem_eq(again.at, body->at + 1, len);
	bytes_free(&again);
}

static enum err
check_mutant(struct bytes *body)
{
	enum err got;

	fix_crc(body);
	got = decode_body(body);
	ck_assert_msg(got == ERR_OK || got == ERR_PROFILE ||
		(got == ERR_VERSION && body->at[0] > 2) ||
		(got == ERR_FOREIGN && body->at[0] == 0),
	    "%s", err_name(got));
	if (got == ERR_OK)
		check_unique(body);
	return got;
}

START_TEST(form_is_unique_under_good_checksums)
{
	struct bytes text = sample_text(), body = body_of(&text);
	uint64_t seed = 7;
	int decoded = 0;

	for (size_t i = 0; i < (body.len - 4) * 8; i++) {
		body.at[i / 8] ^= (uint8_t)(1 << i % 8);
		decoded += check_mutant(&body) == ERR_OK;
		body.at[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	ck_assert_int_gt(decoded, 500); /* else nothing was tried */
	for (int i = 0; i < 20000; i++) {
		struct bytes mutant = { 0 };

		bytes_add(&mutant, body.at, body.len);
		for (int k = 0; k < 3; k++)
			mutant.at[1 +
			    support_random(&seed) % (body.len - BEHIND - 5)] =
			    (uint8_t)support_random(&seed);
		check_mutant(&mutant);
		bytes_free(&mutant);
	}
	bytes_free(&body);
	bytes_free(&text);
}
END_TEST

/* Fields one byte longer or shorter than they are. */
START_TEST(field_bits_end_where_they_end)
{
	struct bytes text = sample_text(), body = body_of(&text);
	size_t fields = body.len - 4 - BEHIND;
	struct bytes longer = { 0 }, shorter = { 0 };

	bytes_add(&longer, body.at, fields);
	bytes_add_byte(&longer, 0);
	bytes_add(&longer, body.at + fields, BEHIND + 4);
	fix_crc(&longer);
	ck_assert_int_eq(decode_body(&longer), ERR_PROFILE);
	bytes_add(&shorter, body.at, fields - 1);
	bytes_add(&shorter, body.at + fields, BEHIND + 4);
	fix_crc(&shorter);
	ck_assert_int_eq(decode_body(&shorter), ERR_PROFILE);
	bytes_free(&longer);
	bytes_free(&shorter);
	bytes_free(&body);
	bytes_free(&text);
}
END_TEST

START_TEST(unknown_format_is_a_newer_version)
{
	struct bytes text = sample_text(), body = body_of(&text);
	static const uint8_t formats[] = { 3, 4, 5, 0x7f, 0x80, 0xff };

	body.at[0] = formats[_i];
	fix_crc(&body);
	ck_assert_int_eq(decode_body(&body), ERR_VERSION);
	bytes_free(&body);
	bytes_free(&text);
}
END_TEST

START_TEST(short_bodies_are_refused)
{
	struct bytes body = { 0 };

	for (size_t len = 1; len < 100; len++) {
		bytes_reset(&body);
		bytes_add_byte(&body, (uint8_t)(_i + 1));
		for (size_t i = 1; i < len + 4; i++)
			bytes_add_byte(&body, 0);
		fix_crc(&body);
		ck_assert_int_eq(decode_body(&body), ERR_PROFILE);
	}
	bytes_free(&body);
}
END_TEST

/* --- format 2 ------------------------------------------------------------ */

/* The stream as this zlib makes it, with or without the right dictionary:
 * taken from a body that packed_encode() made. */
static struct bytes
deflated_body(void)
{
	struct packed_info info;
	struct letter letter;
	struct bytes xml, text, body;

	sample_format_letter(&letter);
	strcpy(letter.birth_date, "1801-02-03"); /* too long ago */
	xml = signed_letter(&letter);
	text = round_trip(&xml, &info);
	ck_assert_uint_eq(info.format, 2);
	body = body_of(&text);
	bytes_free(&xml);
	bytes_free(&text);
	return body;
}

/* A format 2 body around a stream without dictionary. */
static struct bytes
stream_body(const void *plain, size_t len, const void *behind, size_t n)
{
	uint8_t raw[DSIG_SIGNATURE_SIZE], *room = malloc(len + 1024);
	struct bytes body = { 0 };
	z_stream z = { 0 };

	ck_assert_int_eq(
	    deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (z_const Bytef *)(uintptr_t)plain;
	z.avail_in = (uInt)len;
	z.next_out = room;
	z.avail_out = (uInt)len + 1024;
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	bytes_add_byte(&body, 2);
	bytes_add(&body, room, z.total_out);
	deflateEnd(&z);
	free(room);
	bytes_add(&body, behind, n);
	fixed_signature(raw);
	bytes_add(&body, "\x01\x23\xab\xcd", 4);
	bytes_add(&body, raw, sizeof(raw));
	bytes_add(&body, "    ", 4);
	fix_crc(&body);
	return body;
}

START_TEST(deflated_bits_are_guarded_too)
{
	struct bytes body = deflated_body();

	for (size_t i = 0; i < body.len * 8; i++) {
		body.at[i / 8] ^= (uint8_t)(1 << i % 8);
		ck_assert_int_eq(decode_body(&body), ERR_GARBLED);
		if (i < (body.len - 4) * 8) {
			enum err got;

			fix_crc(&body);
			got = decode_body(&body);
			ck_assert(got == ERR_OK || got == ERR_PROFILE ||
			    got == ERR_VERSION ||
			    (got == ERR_FOREIGN && body.at[0] == 0));
		}
		body.at[i / 8] ^= (uint8_t)(1 << i % 8);
		fix_crc(&body);
	}
	bytes_free(&body);
}
END_TEST

#define OPEN  "<ReferralLetter xmlns=\"urn:sello:letter:1\">"
#define CLOSE "</ReferralLetter>"
#define FIRST OPEN "<LetterNumber>GTGUA01-2026-000002-J</LetterNumber>"

static const struct {
	const char *what, *plain, *behind;
	enum err want;
} streams[] = {
	{ "a letter of another time", FIRST "<New>1</New>" CLOSE, "", ERR_OK },
	{ "bytes behind the stream", FIRST "<New>1</New>" CLOSE, "x",
	    ERR_PROFILE },
	{ "nothing", "", "", ERR_PROFILE },
	{ "no root", "GTGUA01-2026-000002-J", "", ERR_PROFILE },
	{ "a later namespace",
	    "<ReferralLetter xmlns=\"urn:sello:letter:2\"><LetterNumber>"
	    "GTGUA01-2026-000002-J</LetterNumber></ReferralLetter>",
	    "", ERR_VERSION },
	{ "other root", "<X xmlns=\"urn:sello:letter:1\"></X>", "",
	    ERR_PROFILE },
	{ "no number", OPEN CLOSE, "", ERR_PROFILE },
	{ "number not first",
	    OPEN
	    "<X></X><LetterNumber>GTGUA01-2026-000002-J</LetterNumber>" CLOSE,
	    "", ERR_PROFILE },
	{ "wrong check character",
	    OPEN "<LetterNumber>GTGUA01-2026-000002-K</LetterNumber>" CLOSE, "",
	    ERR_PROFILE },
	{ "not closed", FIRST, "", ERR_PROFILE },
};

START_TEST(format_2_refuses)
{
	struct bytes body =
	    stream_body(streams[_i].plain, strlen(streams[_i].plain),
		streams[_i].behind, strlen(streams[_i].behind));
	enum err got = decode_body(&body);

	ck_assert_msg(
	    got == streams[_i].want, "%s: %s", streams[_i].what, err_name(got));
	bytes_free(&body);
}
END_TEST

START_TEST(format_2_refuses_what_format_1_carries)
{
	struct bytes plain = { 0 }, body;
	struct letter letter;

	sample_format_letter(&letter);
	ck_assert_int_eq(xml_write(&letter, &plain), ERR_OK);
	body = stream_body(plain.at, plain.len, "", 0);
	ck_assert_int_eq(decode_body(&body), ERR_PROFILE);
	bytes_free(&plain);
	bytes_free(&body);
}
END_TEST

START_TEST(format_2_has_a_cap)
{
	/* with its Signature a letter of 32 KiB is over the limit too, so the
	 * document may be a little smaller than that */
	static const struct {
		size_t len;
		enum err want;
	} rows[] = { { 30000, ERR_OK }, { LETTER_XML_MAX, ERR_PROFILE },
		{ LETTER_XML_MAX + 1, ERR_PROFILE },
		{ 10 << 20, ERR_PROFILE } };
	struct bytes plain = { 0 }, body;
	size_t ends = strlen(FIRST) + strlen(CLOSE);

	bytes_add_text(&plain, FIRST);
	memset(bytes_reserve(&plain, rows[_i].len), 'a', rows[_i].len);
	plain.len += rows[_i].len - ends;
	bytes_add_text(&plain, CLOSE);
	ck_assert_uint_eq(plain.len, rows[_i].len);
	body = stream_body(plain.at, plain.len, "", 0);
	/* 10 MB of one letter are 10 KB of stream: over a code's text */
	ck_assert_int_eq(decode_body(&body),
	    body.len > PACKED_TEXT_MAX ? ERR_LIMIT : rows[_i].want);
	bytes_free(&body);
	bytes_free(&plain);
}
END_TEST

/* --- what scanners do to a text ------------------------------------------ */

static const struct {
	const char *what;
	const char *from;   /* characters as printed ... */
	const char *to[32]; /* ... and as typed */
} keyboards[] = {
	{ "French", "AQZWM234567",
	    { "Q", "A", "W", "Z", "?", "\xc3\xa9", "\"", "'", "(", "-",
		"\xc3\xa8" } },
	{ "French, small letters", "AQZWM234567",
	    { "q", "a", "w", "z", ",", "\xc3\xa9", "\"", "'", "(", "-",
		"\xc3\xa8" } },
	{ "French, Caps Lock shifts", "AQZWM", { "Q", "A", "W", "Z", "?" } },
	{ "French, Caps Lock makes capitals", "AQZWM234567",
	    { "Q", "A", "W", "Z", ",", "\xc3\x89", "\"", "'", "(", "-",
		"\xc3\x88" } },
	{ "Belgian", "AQZWM234567",
	    { "Q", "A", "W", "Z", "?", "\xc3\xa9", "\"", "'", "(", "\xc2\xa7",
		"\xc3\xa8" } },
	{ "scanner French, computer US", "AQZWM234567",
	    { "Q", "A", "W", "Z", ":", "@", "#", "$", "%", "^", "&" } },
	{ "the same, small letters", "AQZWM234567",
	    { "q", "a", "w", "z", ";", "@", "#", "$", "%", "^", "&" } },
};

static struct bytes
type(const struct bytes *text, int keyboard)
{
	struct bytes typed = { 0 };

	for (size_t i = 0; i < text->len; i++) {
		const char *at = strchr(keyboards[keyboard].from, text->at[i]);

		if (at == NULL)
			bytes_add_byte(&typed, text->at[i]);
		else
			bytes_add_text(&typed,
			    keyboards[keyboard]
				.to[at - keyboards[keyboard].from]);
	}
	return typed;
}

START_TEST(keyboards_are_undone)
{
	struct bytes text = sample_text(), typed = type(&text, _i);

	ck_assert_int_ne(memcmp(text.at, typed.at, text.len), 0);
	ck_assert_msg(
	    decode(typed.at, typed.len) == ERR_OK, "%s", keyboards[_i].what);
	/* but a wrong character stays wrong */
	typed.at[20] = typed.at[20] == 'B' ? 'C' : 'B';
	ck_assert_int_eq(decode(typed.at, typed.len), ERR_GARBLED);
	bytes_free(&typed);
	bytes_free(&text);
}
END_TEST

START_TEST(case_and_white_space_do_not_matter)
{
	struct bytes text = sample_text(), loose = { 0 };

	for (size_t i = 0; i < text.len; i++) {
		if (i % 7 == 3)
			bytes_add_byte(&loose, (uint8_t) " \t\r\n"[i % 4]);
		bytes_add_byte(&loose,
		    text.at[i] >= 'A' && i % 2 ? text.at[i] | 0x20
					       : text.at[i]);
	}
	bytes_add_text(&loose, "\r\n");
	ck_assert_int_eq(decode(loose.at, loose.len), ERR_OK);
	bytes_free(&loose);
	bytes_free(&text);
}
END_TEST

static const struct {
	const char *text;
	enum err want;
} texts[] = {
	{ "", ERR_FOREIGN },
	{ " \r\n", ERR_FOREIGN },
	{ "SELL", ERR_FOREIGN },
	{ "HELLO", ERR_FOREIGN },
	{ "https://example.org/SELLO", ERR_FOREIGN },
	{ "XSELLO", ERR_FOREIGN },
	{ "SELLO", ERR_GARBLED },
	{ "sello", ERR_GARBLED },
	{ "SELLOA", ERR_GARBLED },
	{ "SELLOAE", ERR_GARBLED },
	{ "SELLOAEBAGBAF", ERR_GARBLED },
	{ "SELLO01890189", ERR_GARBLED },
	{ "SELLOAEBAGBAF========", ERR_GARBLED },
	{ "SELLO\xff\xfe\xfd", ERR_GARBLED },
	{ "SELLO,,,,,,,,", ERR_GARBLED },
	/* four zero bytes are the CRC-32 of nothing: there is no format byte */
	{ "SELLOAAAAAAA", ERR_GARBLED },
};

START_TEST(other_texts)
{
	enum err got = decode(texts[_i].text, strlen(texts[_i].text));

	ck_assert_msg(
	    got == texts[_i].want, "%s: %s", texts[_i].text, err_name(got));
}
END_TEST

START_TEST(unused_bits_are_zero)
{
	struct bytes text = sample_text(), body = body_of(&text);

	/* lengths that leave bits over; five bytes leave none */
	while (body.len % 5 == 0) {
		bytes_add_byte(&body, 0);
		bytes_free(&text);
		text = text_of(&body);
	}
	text.at[text.len - 1]++;
	ck_assert_int_eq(decode(text.at, text.len), ERR_GARBLED);
	bytes_free(&body);
	bytes_free(&text);
}
END_TEST

START_TEST(long_texts_are_refused_unread)
{
	size_t max = 2 * PACKED_TEXT_MAX;
	char *text = malloc(max + 1);

	memset(text, 'A', max + 1);
	memcpy(text, PACKED_PREFIX, strlen(PACKED_PREFIX));
	ck_assert_int_eq(decode(text, max + 1), ERR_LIMIT);
	ck_assert_int_eq(decode(text, max), ERR_GARBLED);
	free(text);
}
END_TEST

/* --- the document's vectors ---------------------------------------------- */

/*
 * A vector is five lines of DOCUMENT, each a word and a value:
 * letter, key, signature, body, text.
 */
struct vector {
	struct bytes letter, body, text;
	char key[16];
	uint8_t signature[DSIG_SIGNATURE_SIZE];
};

static bool
line_of(struct reader *r, const char *word, struct reader *value)
{
	struct reader line;

	while (reader_until(r, '\n', &line) && reader_skip_text(r, "\n"))
		if (reader_skip_text(&line, word) &&
		    reader_skip_text(&line, " ")) {
			*value = line;
			return true;
		}
	return false;
}

static bool
next_vector(struct reader *r, struct vector *v)
{
	struct reader value;

	memset(v, 0, sizeof(*v));
	if (!line_of(r, "letter", &value))
		return false;
	bytes_add(&v->letter, value.at, value.left);
	ck_assert(line_of(r, "key", &value));
	ck_assert_uint_eq(value.left, 8);
	memcpy(v->key, value.at, value.left);
	ck_assert(line_of(r, "signature", &value));
	ck_assert(hex_decode_exact((const char *)value.at, value.left,
	    v->signature, sizeof(v->signature)));
	ck_assert(line_of(r, "body", &value));
	ck_assert(hex_decode((const char *)value.at, value.left, &v->body));
	ck_assert(line_of(r, "text", &value));
	bytes_add(&v->text, value.at, value.left);
	return true;
}

static struct reader
vectors_of(const struct bytes *page)
{
	const char *at = strstr((char *)page->at, "## 6. Vectors");

	ck_assert_ptr_nonnull(at);
	return (struct reader){ (const uint8_t *)at, strlen(at) };
}

static void
check_vector(const struct vector *v)
{
	const char *number = strstr((char *)v->letter.at, "<LetterNumber>");
	char id[LETTER_NUMBER_SIZE] = "";
	struct bytes xml = { 0 }, again = { 0 }, text = text_of(&v->body);

	memcpy(id, number + strlen("<LetterNumber>"), sizeof(id) - 1);
	ck_assert_int_eq(dsig_build(&dsig_letter, v->letter.at, v->letter.len,
			     id, NULL, v->signature, v->key, &xml),
	    ERR_OK);
	ck_assert(bytes_equal(&text, &v->text));
	ck_assert_int_eq(
	    packed_decode((char *)text.at, text.len, &again, NULL, NULL),
	    ERR_OK);
	ck_assert(bytes_equal(&xml, &again));
	bytes_reset(&again);
	ck_assert_int_eq(
	    packed_encode(xml.at, xml.len, &again, NULL, NULL), ERR_OK);
	/* another zlib may deflate otherwise: format 2 need only be readable */
	if (v->body.at[0] == 1)
		ck_assert(bytes_equal(&again, &v->text));
	bytes_free(&xml);
	bytes_free(&again);
	bytes_free(&text);
}

/*
 * The live table as a later program may have it: wider limits, a longer
 * alphabet, codes before the known ones. It is const, hence mprotect(). A row
 * more is tried in tests/lib/packed/test_format.c.
 */
static void
grow_table(void)
{
	static const struct code later[] = { { "NEW", "" }, { "es", "" },
		{ "ht", "" }, { NULL, NULL } };
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uintptr_t start = (uintptr_t)field_table / page * page;
	struct field *table = (struct field *)(uintptr_t)field_table;

	ck_assert_int_eq(mprotect((void *)start,
			     (uintptr_t)&field_table[FIELD_COUNT] - start,
			     PROT_READ | PROT_WRITE),
	    0);
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (table[i].alphabet != NULL)
			table[i].alphabet = "#.987654321ZYXWVUTSRQPONMLKJIHGF"
					    "EDCBA0-/";
		if (table[i].id == FIELD_LANGUAGE)
			table[i].codes = later;
		table[i].max_len += 10;
		table[i].required = false;
	}
}

START_TEST(documented_vectors_hold)
{
	struct bytes page = { 0 };
	struct vector v;
	struct reader r;
	int count = 0, formats = 0;

	if (_i == 1)
		grow_table(); /* in a process of its own: Check forks */
	ck_assert_int_eq(file_read(DOCUMENT, 1 << 20, &page, NULL), ERR_OK);
	r = vectors_of(&page);
	while (next_vector(&r, &v)) {
		check_vector(&v);
		count++;
		formats |= v.body.at[0];
		bytes_free(&v.letter);
		bytes_free(&v.body);
		bytes_free(&v.text);
	}
	ck_assert_int_ge(count, 4);
	ck_assert_int_eq(formats, 3);
	bytes_free(&page);
}
END_TEST

/* The second column of the table "bit by bit" is the first vector's fields. */
static void
table_bits(const struct bytes *page, struct bytes *bits)
{
	const char *at = strstr((char *)page->at, "bit by bit:");

	ck_assert_ptr_nonnull(at);
	at = strstr(at, "| Field |");
	while (*at == '|') {
		const char *code = strchr(at, '`'), *end = strchr(at, '\n');

		if (code != NULL && code < end)
			bytes_add(bits, code + 1, strspn(code + 1, "01"));
		at = end + 1;
	}
}

START_TEST(documented_bits_hold)
{
	struct bytes page = { 0 }, bits = { 0 };
	struct vector v;
	struct reader r;

	ck_assert_int_eq(file_read(DOCUMENT, 1 << 20, &page, NULL), ERR_OK);
	r = vectors_of(&page);
	ck_assert(next_vector(&r, &v));
	table_bits(&page, &bits);
	ck_assert_uint_eq(bits.len, (v.body.len - 1 - BEHIND - 4) * 8);
	for (size_t i = 0; i < bits.len; i++)
		ck_assert_int_eq(
		    bits.at[i] - '0', v.body.at[1 + i / 8] >> (7 - i % 8) & 1);
	bytes_free(&v.letter);
	bytes_free(&v.body);
	bytes_free(&v.text);
	bytes_free(&bits);
	bytes_free(&page);
}
END_TEST

/* --- size ---------------------------------------------------------------- */

static void
put_dependants(struct letter *letter, const char *list)
{
	while (
	    *list != '\0' && letter->dependant_count < LETTER_DEPENDANT_MAX) {
		struct dependant *d =
		    &letter->dependant[letter->dependant_count++];

		ck_assert_int_eq(sscanf(list, "%240[^|]|%11[^|]|%11[^;]",
				     d->name, d->birth_date, d->relationship),
		    3);
		list += strcspn(list, ";");
		list += *list == ';';
	}
}

/* Any four characters of it do here: all take the same bits. */
static void
put_tail(struct letter *letter, const char *number)
{
	size_t len = strlen(number);

	if (len >= 4)
		sample_put(
		    letter, FIELD_DOCUMENT_NUMBER_TAIL, number + len - 4);
}

static void
put_name(struct letter *letter, enum field_id id, const char *typed)
{
	struct bytes name = { 0 };

	ck_assert_int_eq(name_normalize(typed, &name), ERR_OK);
	if (name.len > 0)
		sample_put(letter, id, (char *)name.at);
	bytes_free(&name);
}

static void
put_value(struct letter *letter, const char *key, const char *value)
{
	const struct field *field = field_by_key(key);

	if (strcmp(key, "center") == 0)
		memcpy(letter->number, value, strlen(value));
	else if (strcmp(key, "dependants") == 0)
		put_dependants(letter, value);
	else if (strcmp(key, "documentNumber") == 0)
		put_tail(letter, value);
	else if (field != NULL && field->kind == KIND_TRUE)
		sample_put(letter, field->id,
		    strcmp(value, "true") == 0 ? "true" : "");
	else if (field != NULL && field->kind == KIND_NAME)
		put_name(letter, field->id, value);
	else if (field != NULL && field->source == FROM_ROW && value[0] != '\0')
		sample_put(letter, field->id, value);
}

static void
letter_of_row(const struct csv_record *names, char *const *key,
    const struct csv_record *row, struct letter *letter)
{
	struct letter_number n = { .year = 2026,
		.sequence = 1 + (unsigned)row->line };

	memset(letter, 0, sizeof(*letter));
	for (size_t i = 0; i < names->count; i++)
		put_value(letter, key[i], row->value[i]);
	memcpy(n.center, letter->number, LETTER_CENTER_SIZE);
	ck_assert(number_format(&n, letter->number));
	strcpy(letter->issued_at, "2026-11-23T18:00:00Z");
	strcpy(letter->officer, "OF1007");
	strcpy(letter->approver, "AP2003");
	strcpy(letter->salt, "AAECAwQFBgeIqmif"); /* as salt_finish() */
}

static int
compare_sizes(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static size_t
pack_row(const struct letter *letter)
{
	struct packed_info info;
	struct bytes xml = signed_letter(letter), text;

	text = round_trip(&xml, &info);
	bytes_free(&text);
	bytes_free(&xml);
	return info.body_len;
}

static const char *const people[] = { "examples/people.csv",
	"../shared/people.csv" };

START_TEST(median_letter_is_small)
{
	struct bytes file = { 0 };
	struct csv *csv = NULL;
	struct csv_record names, row;
	char *key[CSV_COLUMN_MAX];
	struct letter letter;
	size_t size[256], count = 0;
	bool end = false;

	if (!file_exists(people[_i]))
		return;
	ck_assert_int_eq(file_read(people[_i], 1 << 20, &file, NULL), ERR_OK);
	ck_assert_int_eq(csv_new(file.at, file.len, &csv, NULL), ERR_OK);
	ck_assert_int_eq(csv_next(csv, &names, &end, NULL), ERR_OK);
	for (size_t i = 0; i < names.count; i++)
		key[i] = strdup(names.value[i]);
	while (csv_next(csv, &row, &end, NULL) == ERR_OK && !end) {
		letter_of_row(&names, key, &row, &letter);
		if (letter_check(&letter, NULL, 0) == 0 && count < 256)
			size[count++] = pack_row(&letter);
	}
	ck_assert_uint_gt(count, 5);
	qsort(size, count, sizeof(size[0]), compare_sizes);
	ck_assert_msg(
	    size[count / 2] <= MEDIAN, "median %zu bytes", size[count / 2]);
	for (size_t i = 0; i < names.count; i++)
		free(key[i]);
	csv_free(&csv);
	bytes_free(&file);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letter/packed");
	TCase *t = tcase_create("packed");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, random_letters_come_back, 0, 8);
	tcase_add_loop_test(t, edges_come_back, 0, COUNT(edges));
	tcase_add_loop_test(t, times_come_back, 0, COUNT(times));
	tcase_add_loop_test(t, fields_that_disagree_are_not_packed, 0, 11);
	tcase_add_loop_test(t, largest_letters, 0, 4);
	tcase_add_loop_test(t, packs_only_what_was_signed, 0, 5);
	tcase_add_test(t, every_flipped_bit_is_garbled);
	tcase_add_test(t, every_wrong_character_is_garbled);
	tcase_add_test(t, form_is_unique_under_good_checksums);
	tcase_add_test(t, field_bits_end_where_they_end);
	tcase_add_loop_test(t, unknown_format_is_a_newer_version, 0, 6);
	tcase_add_loop_test(t, short_bodies_are_refused, 0, 2);
	tcase_add_test(t, deflated_bits_are_guarded_too);
	tcase_add_loop_test(t, format_2_refuses, 0, COUNT(streams));
	tcase_add_test(t, format_2_refuses_what_format_1_carries);
	tcase_add_loop_test(t, format_2_has_a_cap, 0, 4);
	tcase_add_loop_test(t, keyboards_are_undone, 0, COUNT(keyboards));
	tcase_add_test(t, case_and_white_space_do_not_matter);
	tcase_add_loop_test(t, other_texts, 0, COUNT(texts));
	tcase_add_test(t, unused_bits_are_zero);
	tcase_add_test(t, long_texts_are_refused_unread);
	tcase_add_loop_test(t, documented_vectors_hold, 0, 2);
	tcase_add_test(t, documented_bits_hold);
	tcase_add_loop_test(t, median_letter_is_small, 0, COUNT(people));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN_APART(suite);
