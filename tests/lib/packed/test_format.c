/* The frozen list of format 0x01, and a letter's table that grew since. */
#include "base/encode.h"
#include "letter/code.h"
#include "letter/salt.h"
#include "packed/fields.h"
#include "packed/format.h"
#include "packed/name.h"
#include "tests/check_main.h"
#include "tests/lib/packed/sample_format.h"
#include "tests/support/letters.h"

#include <openssl/sha.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- pinned -------------------------------------------------------------- */

static void
add_row(const struct packed_field *row, struct bytes *out)
{
	bytes_addf(out, "%s %d %d %zu %zu %s %d %d",
	    field_row(row->id)->element, row->kind, row->presence, row->min_len,
	    row->max_len, row->alphabet == NULL ? "-" : row->alphabet,
	    row->from, row->before);
	for (size_t i = 0; i < row->code_count; i++)
		bytes_addf(out, " %s", row->codes[i]);
	bytes_add_text(out, "\n");
}

static void
add_names(struct bytes *out)
{
	struct name_book book;

	packed_name_book(&book);
	for (int c = 0; c < NAME_CONTEXT_COUNT; c++) {
		for (int s = 0; s < NAME_SYMBOL_COUNT; s++)
			bytes_addf(
			    out, "%u %u ", book.code[c][s], book.order[c][s]);
		for (int n = 0; n <= NAME_CODE_MAX; n++)
			bytes_addf(out, "%u ", book.count[c][n]);
	}
}

/* Whoever has to change this hash makes codes in people's hands unreadable. */
START_TEST(the_format_is_frozen)
{
	uint8_t hash[SHA256_DIGEST_LENGTH];
	struct bytes text = { 0 }, hex = { 0 };

	for (size_t i = 0; i < PACKED_FIELD_COUNT; i++)
		add_row(&packed_format[i], &text);
	for (size_t i = 0; i < PACKED_DEPENDANT_COUNT; i++)
		add_row(&packed_format_dependant[i], &text);
	add_names(&text);
	SHA256(text.at, text.len, hash);
	hex_encode(hash, sizeof(hash), &hex);
	ck_assert_str_eq((char *)hex.at,
	    "7c91099cf1b32b3daa5ac01eac59ebf19ba407284323c90dec57162142e6a3eb");
	bytes_free(&text);
	bytes_free(&hex);
}
END_TEST

/* --- a table that grew --------------------------------------------------- */

/* As a later program may have it: a field more, wider limits, a longer
 * alphabet and a code before the others. */
struct later_letter {
	struct letter letter;
	char note[8];
};
static const struct code later_languages[] = { { "de", "" }, { "es", "" },
	{ "en", "" }, { "fr", "" }, { "pt", "" }, { "ht", "" },
	{ NULL, NULL } };

static void
later_table(struct field table[FIELD_COUNT + 1])
{
	static const struct field note = { .id = FIELD_NONE + 1,
		.kind = KIND_TEXT,
		.element = "Note",
		.key = "note",
		.offset = offsetof(struct later_letter, note),
		.size = sizeof(((struct later_letter *)0)->note),
		.alphabet = "abc",
		.min_len = 1,
		.max_len = 7 };
	size_t n = 0;

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (i == FIELD_OFFICER)
			table[n++] = note;
		table[n] = field_table[i];
		if (table[n].alphabet != NULL)
			table[n].alphabet = "#ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					    "0123456789-/.";
		table[n].max_len += 10;
		if (table[n].codes == code_language)
			table[n].codes = later_languages;
		n++;
	}
}

/* A row's fields say nothing to the walk, so the same letters come back; and
 * one that fills a new row is none that format 0x01 could say. */
START_TEST(a_later_table_changes_no_letter)
{
	struct field table[FIELD_COUNT + 1];
	struct later_letter later = { 0 };
	struct letter again;
	struct bytes fields = { 0 };
	uint64_t seed = 11;

	later_table(table);
	for (int i = 0; i < 200; i++) {
		support_letter(&seed, &later.letter);
		bytes_reset(&fields);
		ck_assert(packed_fields_write(&later.letter, &fields));
		ck_assert(packed_fields_read(fields.at, fields.len, &again));
		for (size_t k = 0; k < FIELD_COUNT + 1; k++)
			if (table[k].id != FIELD_NONE + 1)
				ck_assert_str_eq(field_get(&table[k], &again),
				    field_get(&table[k], &later));
		ck_assert(packed_format_covers(table, COUNT(table), &later));
		strcpy(later.note, "a");
		ck_assert(!packed_format_covers(table, COUNT(table), &later));
		later.note[0] = '\0';
	}
	bytes_free(&fields);
}
END_TEST

/* What only the later table allows goes another way: format 0x02. */
START_TEST(later_values_are_not_said)
{
	static const struct {
		enum field_id field;
		const char *text;
	} rows[] = {
		{ FIELD_LANGUAGE, "de" },
		{ FIELD_PROGRAM, "RRP.ES" },
		{ FIELD_OFFICER, "OF#" },
		{ FIELD_OFFICER, "OF1" },
		{ FIELD_OFFER_REFERENCE, "A.B" },
		{ FIELD_CASE_REFERENCE, "A" },
		{ FIELD_CASE_REFERENCE, "ABCDEFGHI9" },
		{ FIELD_DOCUMENT_TYPE, "Z" },
		{ FIELD_REQUESTED_ACTION, "DANCE" },
		{ FIELD_SURNAMES, "\xce\xb1" },
		{ FIELD_SALT, "AAEC" },
	};
	struct bytes fields = { 0 };
	struct letter letter;

	sample_format_letter(&letter);
	sample_put(&letter, rows[_i].field, rows[_i].text);
	ck_assert(!packed_fields_write(&letter, &fields));
	ck_assert_uint_eq(fields.len, 0);
	bytes_free(&fields);
}
END_TEST

/* --- salt ---------------------------------------------------------------- */

static size_t
size_with_salt(const uint8_t salt[SALT_SIZE])
{
	struct bytes base64 = { 0 }, fields = { 0 };
	struct letter letter, again;
	size_t len;

	sample_format_letter(&letter);
	base64_encode(salt, SALT_SIZE, &base64);
	sample_put(&letter, FIELD_SALT, (char *)base64.at);
	ck_assert(packed_fields_write(&letter, &fields));
	ck_assert(packed_fields_read(fields.at, fields.len, &again));
	ck_assert_str_eq(letter.salt, again.salt);
	len = fields.len;
	bytes_free(&base64);
	bytes_free(&fields);
	return len;
}

START_TEST(a_salt_costs_its_random_bytes)
{
	uint8_t salt[SALT_SIZE] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	size_t finished;

	salt_finish(salt);
	ck_assert(salt_is_finished(salt));
	finished = size_with_salt(salt);
	for (int i = 0; i < SALT_SIZE * 8; i++) {
		salt[i / 8] ^= (uint8_t)(1 << i % 8);
		ck_assert(!salt_is_finished(salt));
		ck_assert_uint_eq(
		    size_with_salt(salt), finished + SALT_SIZE - SALT_RANDOM);
		salt[i / 8] ^= (uint8_t)(1 << i % 8);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letter/packed_format");
	TCase *t = tcase_create("format");

	tcase_add_test(t, the_format_is_frozen);
	tcase_add_test(t, a_later_table_changes_no_letter);
	tcase_add_loop_test(t, later_values_are_not_said, 0, 11);
	tcase_add_test(t, a_salt_costs_its_random_bytes);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
