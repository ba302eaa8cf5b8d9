/* Characters and codes of format 0x01: packed_walk.h. */
#include "letter/code.h"
#include "letter/packed_walk.h"

#include <string.h>

#define CHUNK_MAX     12 /* characters: 38 to the 12th < 2 to the 64th */
#define PATHWAY_OTHER 15

/*
 * How many codes of each list this format knows. Lists may grow at their end;
 * these numbers may not, or letters in people's hands become unreadable. A
 * later code travels as format 0x02.
 */
static const struct known {
	const struct code *list;
	uint64_t count;
} known_codes[] = {
	{ code_language, 5 },
	{ code_sex, 3 },
	{ code_identity_basis, 3 },
	{ code_document_type, 7 },
	{ code_relationship, 9 },
	{ code_requested_action, 4 },
	{ code_pathway, 10 },
};
#define KNOWN_COUNT (sizeof(known_codes) / sizeof(known_codes[0]))

/* --- characters as one mixed-radix number ---------------------------------
 */

/* One place of a text: the characters it may be. */
struct place {
	const char *set;
	unsigned size;
};

static const struct place upper = { "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26 };
static const struct place locode = { "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789", 34 };
static const struct place digit = { "0123456789", 10 };

static uint64_t
rank_of(struct walk *w, const struct place at[], size_t n, const char *text)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++) {
		const char *found = memchr(at[i].set, text[i], at[i].size);

		if (found == NULL) {
			walk_fail(w);
			return 0;
		}
		value = value * at[i].size + (uint64_t)(found - at[i].set);
	}
	return value;
}

/* n characters, each of its place; does not end the text. */
static void
pass_rank(struct walk *w, const struct place at[], size_t n, char *text)
{
	uint64_t value = 0, limit = 1;

	for (size_t i = 0; i < n; i++)
		limit *= at[i].size;
	if (!w->b->reading)
		value = rank_of(w, at, n, text);
	bits_below(w->b, limit, &value);
	if (!w->b->reading)
		return;
	for (size_t i = n; i-- > 0;) {
		text[i] = at[i].set[value % at[i].size];
		value /= at[i].size;
	}
}

/* The letters of pattern.h: AALLL99 is a center. */
static void
pass_pattern(struct walk *w, const char *pattern, char *text)
{
	struct place at[CHUNK_MAX];
	size_t n = strlen(pattern);

	for (size_t i = 0; i < n; i++) {
		if (pattern[i] == '9')
			at[i] = digit;
		else
			at[i] = pattern[i] == 'L' ? locode : upper;
	}
	pass_rank(w, at, n, text);
}

/*
 * What a value is likely to begin with, because an earlier field says so: the
 * letters of a center's country open its nationals' code (GT, GTM). One bit
 * says whether it does; len 0 is no guess and costs nothing.
 */
struct guess {
	const char *text;
	size_t len;
};

static void
pass_guessed(struct walk *w, const char *pattern, const struct guess guess[2],
    char *text)
{
	for (size_t i = 0; i < 2; i++) {
		bool hit;

		if (guess[i].len == 0)
			continue;
		hit = !w->b->reading &&
		    memcmp(text, guess[i].text, guess[i].len) == 0;
		bits_flag(w->b, &hit);
		if (!hit)
			continue;
		memmove(text, guess[i].text, guess[i].len);
		pass_pattern(w, pattern + guess[i].len, text + guess[i].len);
		return;
	}
	pass_pattern(w, pattern, text);
}

/* --- one function a kind --------------------------------------------------
 */

void
pass_own_number(struct walk *w)
{
	uint64_t sequence;

	if (!w->b->reading && !number_parse(w->letter->number, &w->number))
		walk_fail(w);
	pass_pattern(w, "AALLL99", w->number.center);
	sequence = (uint64_t)w->number.sequence - 1;
	bits_number(w->b, &sequence);
	w->number.sequence = (unsigned)sequence + 1;
}

/* Of the same center, and of the same year or one before. */
void
pass_replaced_number(struct walk *w)
{
	uint64_t years = 0, sequence;

	if (!w->b->reading) {
		if (!number_parse(w->letter->supersedes, &w->replaced) ||
		    strcmp(w->replaced.center, w->number.center) != 0 ||
		    w->replaced.year > w->number.year)
			walk_fail(w);
		years = (uint64_t)(w->number.year - w->replaced.year);
	}
	bits_number(w->b, &years);
	sequence = (uint64_t)w->replaced.sequence - 1;
	bits_number(w->b, &sequence);
	memcpy(
	    w->replaced.center, w->number.center, sizeof(w->replaced.center));
	w->replaced.year = (int)years;
	w->replaced.sequence = (unsigned)sequence + 1;
}

void
pass_text(struct walk *w, const struct field *field, char *text)
{
	uint64_t extra = 0;
	struct place at[CHUNK_MAX];
	size_t len;

	for (size_t i = 0; i < CHUNK_MAX; i++)
		at[i] = i > 0 ? at[0]
			      : (struct place){ field->alphabet,
					(unsigned)strlen(field->alphabet) };
	if (!w->b->reading) {
		len = strlen(text);
		extra = (uint64_t)len - field->min_len;
	}
	bits_below(w->b, field->max_len - field->min_len + 1, &extra);
	len = w->b->failed ? 0 : (size_t)extra + field->min_len;
	for (size_t done = 0; done < len; done += CHUNK_MAX)
		pass_rank(w, at,
		    len - done < CHUNK_MAX ? len - done : CHUNK_MAX,
		    text + done);
	text[len] = '\0';
}

static uint64_t
known_count(const struct code *list)
{
	for (size_t i = 0; i < KNOWN_COUNT; i++)
		if (known_codes[i].list == list)
			return known_codes[i].count;
	return 0;
}

void
pass_code(struct walk *w, const struct field *field, char *text)
{
	uint64_t count = known_count(field->codes), value = 0;
	const char *code;

	if (!w->b->reading)
		value = (uint64_t)code_index(field->codes, text);
	if (count == 0 || value >= count) {
		walk_fail(w);
		return;
	}
	bits_below(w->b, count, &value);
	code = field->codes[value].code;
	memcpy(text, code, strlen(code) + 1);
}

void
pass_pathway(struct walk *w, char *text)
{
	uint64_t count = known_count(code_pathway), value = PATHWAY_OTHER;

	if (!w->b->reading) {
		uint64_t known = (uint64_t)code_index(code_pathway, text);

		value = known < count ? known : PATHWAY_OTHER;
	}
	bits_pass(w->b, 4, &value);
	if (value == PATHWAY_OTHER)
		pass_pattern(w, "AAA", text);
	else if (value < count)
		memcpy(text, code_pathway[value].code, 3);
	else
		walk_fail(w);
	text[3] = '\0';
}

void
pass_country(struct walk *w, const struct field *field, char *text)
{
	struct guess guess[2] = { { w->number.center, 2 } };

	if (field->id == FIELD_DESTINATION)
		guess[0].text = w->letter->consulate;
	if (field->id == FIELD_DOCUMENT_COUNTRY) {
		guess[1] = guess[0];
		guess[0] = (struct guess){ w->letter->nationality, 3 };
	}
	pass_guessed(w, "AAA", guess, text);
	text[3] = '\0';
}

/* VEN;ITA: a count of 1 to 3, then each country. */
void
pass_countries(struct walk *w, char *text)
{
	const struct guess guess[2] = { { w->number.center, 2 } };
	uint64_t more = 0;

	if (!w->b->reading)
		more = strlen(text) / 4;
	bits_below(w->b, LETTER_NATIONALITY_MAX, &more);
	for (uint64_t i = 0; i <= more && !w->b->failed; i++) {
		pass_guessed(w, "AAA", guess, text + 4 * i);
		text[4 * i + 3] = i == more ? '\0' : ';';
	}
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* RRP-ES issues for Spain's consulates: ES-GTGUA, at the center's own place
 * or elsewhere in its country. */
void
pass_consulate(struct walk *w, char *text)
{
	const char *program = w->letter->program;
	size_t len = strlen(program);
	struct guess country[2] = { { NULL, 0 } };
	const struct guess place[2] = { { w->number.center, 5 },
		{ w->number.center, 2 } };

	if (len >= 2 && is_upper(program[len - 2]) &&
	    is_upper(program[len - 1]))
		country[0] = (struct guess){ program + len - 2, 2 };
	pass_guessed(w, "AA", country, text);
	text[2] = '-';
	pass_guessed(w, "AALLL", place, text + 3);
	text[8] = '\0';
}
