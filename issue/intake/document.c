/*
 * The document's number: the one value that must be forgotten. Seen here,
 * turned into its tail, and cleansed; nothing about it is said but what is
 * wrong with it.
 */
#include "base/ascii.h"
#include "base/i18n.h"
#include "issue/intake/row.h"
#include "letter/code.h"
#include "letter/date.h"

#include <openssl/crypto.h>

#include <string.h>

#define NUMBER_MIN 4 /* characters */
#define NUMBER_MAX 32
#define TAIL_LEN   4
/*
 * Of a CUI (Guatemala's personal code, 13 digits) the last four name the
 * place of birth, shared by a whole town: digits 6 to 9 are used instead.
 */
#define CUI_LEN     13
#define CUI_TAIL_AT 5
#define HIDE_MIN    5 /* a shorter number is no more than its tail */

/* A number in one form: upper case, without spaces and hyphens. */
struct number {
	char text[NUMBER_MAX + 1];
	size_t len;
	size_t bad_at; /* first character that cannot be in it, from 1; 0 */
	bool too_long;
};

/* Bytes of a space or hyphen that begins here; 0 when there is none. */
static size_t
filler(const char *text)
{
	static const char *const fillers[] = { " ", "-", "\t", "'", "\xc2\xa0",
		"\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x93", "\xe2\x80\xaf",
		/* what is not seen, and comes along from a PDF or a chat */
		"\u200b", "\u200e", "\u200f", "\u202a", "\u202c", "\u2060",
		"\ufeff" };

	for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
		if (strncmp(text, fillers[i], strlen(fillers[i])) == 0)
			return strlen(fillers[i]);
	return 0;
}

static char
upper(char c)
{
	return (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
}

static bool
is_number_character(char c)
{
	return ascii_is_digit(c) || (c >= 'A' && c <= 'Z');
}

static void
fold(const char *text, struct number *out)
{
	size_t position = 0;

	*out = (struct number){ 0 };
	while (*text != '\0') {
		size_t skip = filler(text);
		char c = upper(*text);

		position += ((unsigned char)*text & 0xC0) != 0x80;
		text += skip > 0 ? skip : 1;
		if (skip > 0)
			continue;
		if (!is_number_character(c) && out->bad_at == 0)
			out->bad_at = position;
		if (out->len < NUMBER_MAX)
			out->text[out->len++] = c;
		else
			out->too_long = true;
	}
}

static bool
is_cui(const struct letter *letter)
{
	return strcmp(letter->document_country, "GTM") == 0 &&
	    strcmp(letter->document_type, "I") == 0;
}

/* What a spreadsheet makes of digits: 9,72E+12, 9.722.818.669.921, 97228.0 */
static bool
is_spreadsheets(const char *text)
{
	size_t digits = strspn(text, "0123456789"), groups = 0;
	const char *at = text + digits;

	if (digits == 0)
		return false;
	while ((*at == '.' || *at == ',') &&
	    strspn(at + 1, "0123456789") == 3 && digits <= 3) {
		groups++;
		at += 4;
	}
	if (groups > 0 && *at == '\0')
		return true;
	at = text + digits;
	if (*at == '.' || *at == ',') {
		size_t zeros = strspn(at + 1, "0");

		if (zeros > 0 && at[1 + zeros] == '\0')
			return true; /* 97228.0 */
		at += 1 + strspn(at + 1, "0123456789");
	}
	if (*at != 'E' && *at != 'e')
		return false;
	/* 97E12 alone may be a passport */
	if (at[1] != '+' && at[1] != '-' && at == text + digits)
		return false;
	at += at[1] == '+' || at[1] == '-' ? 2 : 1;
	return *at != '\0' && strspn(at, "0123456789") == strlen(at);
}

/* Words and zeros instead of a number, and what a spreadsheet did to it. */
static bool
check_typed(struct judging *j, const struct number *number)
{
	const int field = INTAKE_FIELD_DOCUMENT_NUMBER;
	struct bytes typed = { 0 };
	struct reader text = intake_trim(intake_value(j, field));
	bool by_spreadsheet;

	/* "-" folds to nothing, and stands for it */
	if ((number->len == 0 && text.left > 0) ||
	    intake_is_no_number(number->text)) {
		intake_addf(j->row, E_MISSING, field,
		    _("This stands for a number that is missing; write the "
		      "number as on the document, or leave the document's "
		      "type, country and number empty"));
		return false;
	}
	bytes_add(&typed, text.at, text.left);
	by_spreadsheet =
	    typed.len > 0 && is_spreadsheets((const char *)typed.at);
	bytes_wipe(&typed);
	if (by_spreadsheet)
		intake_addf(j->row, E_LENGTH, field,
		    _("The spreadsheet wrote this number in its own way, with "
		      "grouped digits, decimals or as a power of ten; make the "
		      "column text and type the number again"));
	return !by_spreadsheet;
}

/* Is the number itself of a form it can have? */
static bool
check_form(struct judging *j, const struct number *number)
{
	const int field = INTAKE_FIELD_DOCUMENT_NUMBER;

	if (is_cui(&j->row->letter) &&
	    (number->len != CUI_LEN || number->too_long ||
		strspn(number->text, "0123456789") != CUI_LEN)) {
		intake_addf(j->row, E_LENGTH, field,
		    _("The number of a Guatemalan identity card has exactly "
		      "13 digits; copy it again from the card"));
		return false;
	}
	if (number->bad_at != 0) {
		intake_addf(j->row, E_CHARACTER, field,
		    _("Position %zu holds a character that is neither a digit "
		      "nor a letter A-Z; spaces and hyphens may stay"),
		    number->bad_at);
		return false;
	}
	if (number->len < NUMBER_MIN || number->too_long) {
		intake_addf(j->row, E_LENGTH, field,
		    _("A document's number has %d to %d letters and digits; "
		      "copy it again from the document"),
		    NUMBER_MIN, NUMBER_MAX);
		return false;
	}
	return true;
}

/* The tail's place depends on type and country, so both must be right. */
static bool
check_kind(struct judging *j)
{
	const struct letter *letter = &j->row->letter;
	bool good = true;

	for (int f = FIELD_DOCUMENT_TYPE; f <= FIELD_DOCUMENT_COUNTRY; f++) {
		const char *text = field_get(&field_table[f], letter);

		if (text[0] == '\0' && !intake_has_problem(j->row, f))
			intake_addf(j->row, E_MISSING, f,
			    _("A document's number needs the document's type "
			      "and country; fill in both"));
		good = good && text[0] != '\0' &&
		    field_check(&field_table[f], text, NULL);
	}
	return good && issuer_is_known(letter->document_country);
}

/* A tail alone, from somebody who does not have the number. */
static bool
judge_tail(struct judging *j, const char *typed)
{
	const struct field *field = &field_table[FIELD_DOCUMENT_NUMBER_TAIL];

	if (intake_is_no_tail(typed))
		intake_addf(j->row, E_MISSING, FIELD_DOCUMENT_NUMBER_TAIL,
		    _("This stands for a number that is missing; leave the "
		      "document's type, country and number empty, or write "
		      "the whole number into \"%s\""),
		    _(intake_field_label(INTAKE_FIELD_DOCUMENT_NUMBER)));
	else
		intake_judge(j, field, -1, typed);
	return typed[0] != '\0' && !intake_is_no_tail(typed) &&
	    field_check(field, typed, NULL);
}

void
intake_document(struct judging *j, bool *tail_sure)
{
	const struct field *field = &field_table[FIELD_DOCUMENT_NUMBER_TAIL];
	const char *typed = j->row->letter.document_number_tail;
	char tail[TAIL_LEN + 1] = "";
	struct number number;
	bool good;

	fold(intake_value(j, INTAKE_FIELD_DOCUMENT_NUMBER), &number);
	if (number.len == 0 && !check_typed(j, &number)) {
		*tail_sure = false;
		return;
	}
	if (number.len == 0) {
		*tail_sure = judge_tail(j, typed);
		return;
	}
	if (!check_typed(j, &number)) {
		*tail_sure = false;
		OPENSSL_cleanse(&number, sizeof(number));
		return;
	}
	if (intake_is_odd_number(number.text))
		intake_addf(j->row, W_PLACEHOLDER, INTAKE_FIELD_DOCUMENT_NUMBER,
		    _("This looks like a number that somebody made up; look "
		      "at the document again"));
	good = check_kind(j);
	good = check_form(j, &number) && good;
	if (good)
		memcpy(tail,
		    number.text +
			(is_cui(&j->row->letter) ? CUI_TAIL_AT
						 : number.len - TAIL_LEN),
		    TAIL_LEN);
	if (good && typed[0] != '\0' && strcmp(typed, tail) != 0) {
		intake_addf(j->row, E_CODE, FIELD_DOCUMENT_NUMBER_TAIL,
		    _("This does not fit the document's number; look at the "
		      "document, then leave one of the two out"));
		good = false;
	}
	if (good && !intake_has_problem(j->row, FIELD_DOCUMENT_NUMBER_TAIL))
		field_set(field, &j->row->letter, tail, TAIL_LEN);
	*tail_sure = good;
	OPENSSL_cleanse(&number, sizeof(number));
	OPENSSL_cleanse(tail, sizeof(tail));
}

static bool
repeats(const char *value, const struct number *number)
{
	char folded[CSV_VALUE_MAX + 1];
	size_t len = 0;
	bool found;

	while (*value != '\0') {
		size_t skip = filler(value);

		if (skip == 0)
			folded[len++] = upper(*value);
		value += skip > 0 ? skip : 1;
	}
	folded[len] = '\0';
	found = strstr(folded, number->text) != NULL;
	OPENSSL_cleanse(folded, len);
	return found;
}

static const char *
number_of(const struct intake_header *header, const struct csv_record *record)
{
	int column = header->column_of[INTAKE_FIELD_DOCUMENT_NUMBER];

	if (column < 0 || (size_t)column >= record->count)
		return NULL;
	return record->value[column];
}

void
intake_document_hide(const struct intake_header *header,
    const struct csv_record *record, bool hide[CSV_COLUMN_MAX])
{
	const char *text = number_of(header, record);
	struct number number;

	if (text == NULL)
		text = "";
	memset(hide, 0, CSV_COLUMN_MAX * sizeof(hide[0]));
	fold(text, &number);
	for (size_t i = 0; i < record->count; i++)
		if (record->count != header->count)
			hide[i] = intake_looks_like_number(record->value[i]) ||
			    (record->value[i] == text && text[0] != '\0');
		else
			hide[i] = intake_is_out_of_place(
				      header->field_of[i], record->value[i]) ||
			    (number.len >= HIDE_MIN &&
				repeats(record->value[i], &number));
	for (size_t i = 0; i < header->count && i < record->count; i++)
		hide[i] = hide[i] || header->is_stray_number[i];
	OPENSSL_cleanse(&number, sizeof(number));
}

bool
intake_document_is_in(const struct intake_header *header,
    const struct csv_record *record, size_t column)
{
	const char *text = number_of(header, record);
	struct number number;
	bool found;

	fold(text == NULL ? "" : text, &number);
	found =
	    number.len >= HIDE_MIN && repeats(record->value[column], &number);
	OPENSSL_cleanse(&number, sizeof(number));
	return found;
}

void
intake_document_wipe(
    const struct intake_header *header, const struct csv_record *record)
{
	const char *text = number_of(header, record);

	/* the reader's own copy, const for its callers only */
	if (text != NULL)
		OPENSSL_cleanse((char *)(uintptr_t)text, strlen(text));
}
