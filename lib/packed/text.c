/* Characters and codes of format 0x01: packed/walk.h. */
#include "base/encode.h"
#include "letter/pattern.h"
#include "letter/salt.h"
#include "packed/walk.h"

#include <string.h>

#define CHUNK_MAX     12 /* characters: 38 to the 12th < 2 to the 64th */
#define PATHWAY_OTHER 15
#define STAFF         "AA9999"

/* --- characters as one mixed-radix number -------------------------------- */

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

/* --- one function a kind ------------------------------------------------- */

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
pass_text(struct walk *w, const struct packed_field *field, char *text)
{
	const struct place each = { field->alphabet,
		(unsigned)strlen(field->alphabet) };
	uint64_t extra = 0;
	struct place at[CHUNK_MAX];
	size_t len;

	for (size_t i = 0; i < CHUNK_MAX; i++)
		at[i] = each;
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

/* The common form of a pseudonym, OF1007, in one bit and 23 more. */
void
pass_staff(struct walk *w, const struct packed_field *field, char *text)
{
	bool common = !w->b->reading && pattern_fits(STAFF, text);

	bits_flag(w->b, &common);
	if (!common) {
		pass_text(w, field, text);
		return;
	}
	pass_pattern(w, STAFF, text);
	text[strlen(STAFF)] = '\0';
}

/* The code's place in the format's list; code_count when it is not there. */
static uint64_t
place_of(const struct packed_field *field, const char *text)
{
	uint64_t i = 0;

	while (i < field->code_count && strcmp(field->codes[i], text) != 0)
		i++;
	return i;
}

void
pass_code(struct walk *w, const struct packed_field *field, char *text)
{
	uint64_t value = w->b->reading ? 0 : place_of(field, text);

	bits_below(w->b, field->code_count, &value);
	if (!w->b->failed)
		memcpy(
		    text, field->codes[value], strlen(field->codes[value]) + 1);
}

void
pass_pathway(struct walk *w, const struct packed_field *field, char *text)
{
	uint64_t value = PATHWAY_OTHER;

	if (!w->b->reading && place_of(field, text) < field->code_count)
		value = place_of(field, text);
	bits_pass(w->b, 4, &value);
	if (value == PATHWAY_OTHER)
		pass_pattern(w, "AAA", text);
	else if (value < field->code_count)
		memcpy(text, field->codes[value], 3);
	else
		walk_fail(w);
	text[3] = '\0';
}

void
pass_destination(struct walk *w, char *text)
{
	const struct guess guess[2] = { { w->letter->consulate, 2 } };

	pass_guessed(w, "AAA", guess, text);
	text[3] = '\0';
}

void
pass_document_country(struct walk *w, char *text)
{
	const struct guess guess[2] = { { w->letter->nationality, 3 },
		{ w->number.center, 2 } };

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
	bits_below(w->b, PACKED_NATIONALITY_MAX, &more);
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

/* n bytes as one number, the first most significant. */
static void
pass_bytes(struct walk *w, uint8_t *at, unsigned n)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < n; i++)
		value = value << 8 | at[i];
	bits_pass(w->b, 8 * n, &value);
	for (unsigned i = n; i-- > 0; value >>= 8)
		at[i] = (uint8_t)value;
}

static void
get_salt(struct walk *w, const uint8_t salt[SALT_SIZE], char *text, size_t size)
{
	struct bytes base64 = { 0 };

	base64_encode(salt, SALT_SIZE, &base64);
	if (base64.failed || base64.len >= size)
		walk_fail(w);
	else
		memcpy(text, base64.at, base64.len + 1);
	bytes_wipe(&base64);
}

/* Eight bytes, from which the other four follow; or all twelve. */
void
pass_salt(struct walk *w, const struct packed_field *field, char *text)
{
	uint8_t salt[SALT_SIZE] = { 0 };
	bool finished;

	if (!w->b->reading &&
	    !base64_decode_exact(text, strlen(text), salt, sizeof(salt)))
		walk_fail(w);
	finished = !w->b->reading && salt_is_finished(salt);
	bits_flag(w->b, &finished);
	pass_bytes(w, salt, SALT_RANDOM);
	if (finished)
		salt_finish(salt);
	else
		pass_bytes(w, salt + SALT_RANDOM, SALT_SIZE - SALT_RANDOM);
	if (w->b->reading)
		get_salt(w, salt, text, field->size);
}
