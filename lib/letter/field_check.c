/* The rules of one field, by its kind. */
#include "base/clock.h"
#include "base/count.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "letter/character.h"
#include "letter/code.h"
#include "letter/date.h"
#include "letter/field.h"
#include "letter/name.h"
#include "letter/number.h"
#include "letter/pattern.h"
#include "letter/salt.h"

#include <string.h>

#define SALT_LEN 16 /* characters */

static bool
check_number(const char *text, int field, struct problem *problem)
{
	struct letter_number number;

	if (number_parse(text, &number))
		return true;
	return problem_set(problem, E_CODE, field,
	    _("This is not a letter number, or a character of it is wrong; "
	      "write it as on the letter, like GTGUA01-2026-000002-J"));
}

static bool
bad_character(const struct field *field, struct reader at, size_t position,
    struct problem *problem)
{
	char name[128];
	uint32_t character;

	if (!utf8_next(&at, &character))
		return problem_set(problem, E_CHARACTER, (int)field->id,
		    _("The text is not valid UTF-8 at position %zu; save the "
		      "file as UTF-8"),
		    position);
	character_name(character, name, sizeof(name));
	return problem_set(problem, E_CHARACTER, (int)field->id,
	    _("%s at position %zu is not allowed here; use only the "
	      "characters %s"),
	    name, position, field->alphabet);
}

static bool
check_text(const struct field *field, const char *text, struct problem *problem)
{
	size_t len = strlen(text), fine = strspn(text, field->alphabet);

	if (fine < len)
		return bad_character(field,
		    (struct reader){ (const uint8_t *)text + fine, len - fine },
		    fine + 1, problem);
	if (len >= field->min_len && len <= field->max_len)
		return true;
	if (field->min_len == field->max_len)
		return problem_set(problem, E_LENGTH, (int)field->id,
		    _("This has %s; it must have exactly %zu"),
		    COUNTED(CHARACTERS, len), field->min_len);
	return problem_set(problem, E_LENGTH, (int)field->id,
	    _("This has %s; it must have %zu to %zu"), COUNTED(CHARACTERS, len),
	    field->min_len, field->max_len);
}

static bool
check_code(const struct field *field, const char *text, struct problem *problem)
{
	char known[128] = "";
	size_t used = 0;

	if (code_find(field->codes, text) != NULL)
		return true;
	for (const struct code *c = field->codes; c->code != NULL; c++) {
		size_t len = strlen(c->code);

		if (used + len + 2 > sizeof(known))
			break;
		memcpy(known + used, c->code, len);
		used += len;
		known[used++] = ' ';
	}
	known[used > 0 ? used - 1 : 0] = '\0';
	return problem_set(problem, E_CODE, (int)field->id,
	    _("This code is not in the list; use one of: %s"), known);
}

static bool
check_pattern(const struct field *field, const char *pattern, const char *text,
    struct problem *problem)
{
	if (pattern_fits(pattern, text))
		return true;
	if (field->kind == KIND_CONSULATE)
		return problem_set(problem, E_CODE, (int)field->id,
		    _("This is not a consulate's code; write country and "
		      "place in capitals, like ES-GTGUA"));
	if (field->kind == KIND_PATHWAY)
		return problem_set(problem, E_CODE, (int)field->id,
		    _("This is not a program line; write its three capital "
		      "letters, like LCI"));
	return problem_set(problem, E_CODE, (int)field->id,
	    _("This is not a country code; write the three capital letters "
	      "of ISO 3166-1, like GTM"));
}

static bool
check_countries(
    const struct field *field, const char *text, struct problem *problem)
{
	static const char *const patterns[LETTER_NATIONALITY_MAX] = { "AAA",
		"AAA;AAA", "AAA;AAA;AAA" };
	size_t len = strlen(text);
	size_t last = len / 4; /* number of semicolons, if the form is right */

	if (last >= LETTER_NATIONALITY_MAX ||
	    !pattern_fits(patterns[last], text))
		return problem_set(problem, E_CODE, (int)field->id,
		    _("These are not 1 to 3 nationalities; write three capital "
		      "letters for each, with semicolons between: VEN;ITA"));
	for (size_t i = 0; i < last; i++)
		for (size_t k = i + 1; k <= last; k++)
			if (memcmp(text + 4 * i, text + 4 * k, 3) == 0)
				return problem_set(problem, E_CODE,
				    (int)field->id,
				    _("The same nationality stands here twice; "
				      "remove one"));
	return true;
}

/* A letter is of our time: the year 0026 is a slip of the hand. */
static bool
year_is_ours(const char *text)
{
	return text[0] >= '2' && text[0] <= '9';
}

static bool
check_instant(const char *text, int field, struct problem *problem)
{
	int64_t at;

	if (clock_parse(text, &at) && year_is_ours(text))
		return true;
	return problem_set(problem, E_DATE, field,
	    _("This is not a time in UTC that exists; write it like "
	      "2026-11-23T18:00:00Z"));
}

static bool
check_date(const char *text, int field, struct problem *problem)
{
	int64_t days;

	if (clock_parse_date(text, &days) && year_is_ours(text))
		return true;
	return problem_set(problem, E_DATE, field,
	    _("This is not a date that exists; write year, month and day "
	      "like 2026-11-23"));
}

static bool
check_birth_date(const char *text, int field, struct problem *problem)
{
	struct birth_date birth;

	if (date_parse_birth(text, &birth))
		return true;
	return problem_set(problem, E_DATE, field,
	    _("This is not a date of birth that exists; write 1990-05-02, "
	      "1990-05, 1990 or unknown"));
}

static bool
check_salt(const char *text, int field, struct problem *problem)
{
	uint8_t salt[SALT_SIZE];

	if (strlen(text) == SALT_LEN &&
	    base64_decode_exact(text, SALT_LEN, salt, sizeof(salt)))
		return true;
	return problem_set(problem, E_CODE, field,
	    _("The random characters of the letter are damaged; they must be "
	      "base64 of 12 bytes"));
}

bool
field_check(
    const struct field *field, const char *text, struct problem *problem)
{
	int id = (int)field->id;

	if (text[0] == '\0' && field->kind != KIND_DEPENDANTS)
		return problem_set(problem, E_MISSING, id,
		    _("This field is empty; fill it in"));
	switch (field->kind) {
	case KIND_LETTER_NUMBER:
		return check_number(text, id, problem);
	case KIND_TEXT:
		return check_text(field, text, problem);
	case KIND_CODE:
		return check_code(field, text, problem);
	case KIND_COUNTRY:
	case KIND_PATHWAY:
		return check_pattern(field, "AAA", text, problem);
	case KIND_CONSULATE:
		return check_pattern(field, "AA-AALLL", text, problem);
	case KIND_COUNTRIES:
		return check_countries(field, text, problem);
	case KIND_NAME:
		return name_check(text, id, problem);
	case KIND_INSTANT:
		return check_instant(text, id, problem);
	case KIND_DATE:
		return check_date(text, id, problem);
	case KIND_BIRTH_DATE:
		return check_birth_date(text, id, problem);
	case KIND_TRUE:
		if (strcmp(text, "true") == 0)
			return true;
		return problem_set(problem, E_CODE, id,
		    _("This may only be true; leave it out otherwise"));
	case KIND_SALT:
		return check_salt(text, id, problem);
	case KIND_DEPENDANTS: /* a list, judged part by part */
		return true;
	}
	return true;
}
