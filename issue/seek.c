/*
 * seek.c - seek.h.
 */
#include "issue/seek.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/local.h"
#include "letter/date.h"
#include "letter/name.h"
#include "letter/number.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#define INNER_LEN 4 /* shorter words stand inside too many names */
#define SLIP_LEN  5 /* and are too near to others */
#define PART_MAX  (2 * LETTER_NAME_MAX)

#define PIECES_MAX 3 /* of a name that is written with or without spaces */

#define SEPARATORS " \t\r\n,;"

/* --- what was typed ------------------------------------------------------ */

static enum err
parse_date(struct seek *seek, const char *typed, struct errtext *err)
{
	if (seek->date_count == SEEK_DATE_MAX)
		return err_set(err, ERR_USAGE, _("these are too many dates"));
	memcpy(seek->date[seek->date_count++], typed, strlen(typed) + 1);
	return ERR_OK;
}

static enum err
parse_word(struct seek *seek, const char *part, struct errtext *err)
{
	if (seek->word_count == SEEK_WORD_MAX ||
	    !text_copy(seek->word[seek->word_count], SEEK_WORD_SIZE, part))
		return err_set(err, ERR_USAGE, _("these are too many words"));
	seek->word_count++;
	return ERR_OK;
}

/* The parts of the folded text, each a word. */
static enum err
parse_name(struct seek *seek, const char *typed, struct errtext *err)
{
	struct bytes folded = { 0 };
	char *part = NULL, *next = NULL;
	enum err rc = ERR_OK;

	name_fold(typed, "", &folded);
	if (folded.failed)
		rc = err_memory(err);
	else if (folded.len == 0)
		rc = err_set(err, ERR_USAGE,
		    _("write the name in Latin letters, or a date like "
		      "1990-05-02"));
	else
		part = strtok_r((char *)folded.at, "<", &next);
	while (rc == ERR_OK && part != NULL) {
		rc = parse_word(seek, part, err);
		part = strtok_r(NULL, "<", &next);
	}
	bytes_wipe(&folded);
	return rc;
}

static enum err
parse_token(struct seek *seek, const char *typed, struct errtext *err)
{
	struct letter_number number;
	struct birth_date date;

	if (date_parse_birth(typed, &date) && date.known)
		return parse_date(seek, typed, err);
	if (number_parse_loose(typed, &number))
		return err_set(err, ERR_USAGE,
		    _("this is a letter's number; see that letter (sello-issue "
		      "show)"));
	if (strpbrk(typed, "0123456789") != NULL)
		return err_set(err, ERR_USAGE,
		    _("write names without digits, and a date like 1990-05-02, "
		      "1990-05 or 1990 (sello-issue show 12 shows a draft by its "
		      "number)"));
	return parse_name(seek, typed, err);
}

enum err
seek_parse(struct seek *seek, const char *typed, struct errtext *err)
{
	char *copy = strdup(typed), *token, *next = NULL;
	enum err rc = ERR_OK;

	if (copy == NULL)
		return err_memory(err);
	token = strtok_r(copy, SEPARATORS, &next);
	while (rc == ERR_OK && token != NULL) {
		rc = parse_token(seek, token, err);
		token = strtok_r(NULL, SEPARATORS, &next);
	}
	OPENSSL_cleanse(copy, strlen(typed));
	free(copy);
	return rc;
}

/* --- names --------------------------------------------------------------- */

/* One letter too many, missing, wrong, or two neighbors exchanged. */
static bool
is_one_slip(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t front = 0, back = 0, shorter = a_len < b_len ? a_len : b_len;
	size_t a_rest, b_rest;

	if (a_len > b_len + 1 || b_len > a_len + 1)
		return false;
	while (front < shorter && a[front] == b[front])
		front++;
	while (back < shorter - front &&
	    a[a_len - 1 - back] == b[b_len - 1 - back])
		back++;
	a_rest = a_len - front - back;
	b_rest = b_len - front - back;
	if (a_rest <= 1 && b_rest <= 1)
		return true;
	return a_rest == 2 && b_rest == 2 && a[front] == b[front + 1] &&
	    a[front + 1] == b[front];
}

static bool
stands_inside(const char *part, size_t len, const char *word, size_t word_len)
{
	for (size_t i = 1; i + word_len <= len; i++)
		if (memcmp(part + i, word, word_len) == 0)
			return true;
	return false;
}

static enum seek_fit
fit_part(const char *part, size_t len, const char *word)
{
	size_t word_len = strlen(word);

	if (len >= word_len && memcmp(part, word, word_len) == 0)
		return len == word_len ? SEEK_WHOLE : SEEK_BEGIN;
	if (word_len >= INNER_LEN && stands_inside(part, len, word, word_len))
		return SEEK_INNER;
	if (word_len >= SLIP_LEN && is_one_slip(part, len, word, word_len))
		return SEEK_SLIP;
	return SEEK_NONE;
}

/* The part that a word fits best, of those that no other word has. */
static enum seek_fit
take_best(const char *folded, const char *word, bool taken[PART_MAX])
{
	enum seek_fit best = SEEK_NONE;
	size_t best_at = 0;

	for (size_t i = 0; *folded != '\0' && i < PART_MAX; i++) {
		size_t len = strcspn(folded, "<");
		enum seek_fit fit =
		    taken[i] ? SEEK_NONE : fit_part(folded, len, word);

		if (fit < best) {
			best = fit;
			best_at = i;
		}
		folded += len + (folded[len] != '\0');
	}
	if (best != SEEK_NONE)
		taken[best_at] = true;
	return best;
}

/* Is the word some parts without the spaces between: DELACRUZ? Three are
 * enough, and keep this from trying all orders of a name's parts. */
static bool
take_joined(
    const char *folded, const char *word, int pieces, bool taken[PART_MAX])
{
	const char *part = folded;

	if (*word == '\0' || pieces == 0)
		return *word == '\0';
	for (size_t i = 0; *part != '\0' && i < PART_MAX; i++) {
		size_t len = strcspn(part, "<");

		if (!taken[i] && len > 1 && strncmp(word, part, len) == 0) {
			taken[i] = true;
			if (take_joined(folded, word + len, pieces - 1, taken))
				return true;
			taken[i] = false;
		}
		part += len + (part[len] != '\0');
	}
	return false;
}

/* Are the next words one part, written without spaces? How many; 0: none. */
static size_t
take_split(const struct seek *seek, size_t at, const char *folded,
    bool taken[PART_MAX])
{
	char joined[PIECES_MAX * SEEK_WORD_SIZE];
	const char *part;

	for (size_t n = PIECES_MAX; n > 1; n--) {
		if (at + n > seek->word_count)
			continue;
		joined[0] = '\0';
		for (size_t i = 0; i < n; i++)
			strncat(joined, seek->word[at + i], SEEK_WORD_SIZE);
		part = folded;
		for (size_t i = 0; *part != '\0' && i < PART_MAX; i++) {
			size_t len = strcspn(part, "<");

			if (!taken[i] && strlen(joined) == len &&
			    memcmp(part, joined, len) == 0) {
				taken[i] = true;
				return n;
			}
			part += len + (part[len] != '\0');
		}
	}
	return 0;
}

enum seek_fit
seek_fit(const struct seek *seek, const char *folded)
{
	bool taken[PART_MAX] = { false };
	enum seek_fit worst = SEEK_WHOLE, fit;
	size_t i = 0, split;

	while (i < seek->word_count && worst != SEEK_NONE) {
		if ((split = take_split(seek, i, folded, taken)) > 0) {
			i += split;
			continue;
		}
		fit = take_best(folded, seek->word[i], taken);
		if (fit >= SEEK_SLIP &&
		    take_joined(folded, seek->word[i], PIECES_MAX, taken))
			fit = SEEK_WHOLE;
		worst = fit > worst ? fit : worst;
		i++;
	}
	return worst;
}

/* --- dates --------------------------------------------------------------- */

bool
seek_birth(const struct seek *seek, const char *birth_date)
{
	struct birth_date birth;

	if (!date_parse_birth(birth_date, &birth) || !birth.known)
		return seek->date_count == 0;
	for (size_t i = 0; i < seek->date_count; i++)
		if (!date_compatible(seek->date[i], birth_date))
			return false;
	return true;
}

void
seek_span(const char *date, int64_t *from, int64_t *to)
{
	struct birth_date days = { 0 };

	date_parse_birth(date, &days);
	*from = local_day(days.first);
	*to = local_day(days.last + 1);
}

bool
seek_day(const struct seek *seek, int64_t at)
{
	int64_t from, to;

	for (size_t i = 0; i < seek->date_count; i++) {
		seek_span(seek->date[i], &from, &to);
		if (at < from || at >= to)
			return false;
	}
	return true;
}
