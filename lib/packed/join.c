/*
 * join.c - join.h.
 */
#include "packed/join.h"

#include "base/array.h"
#include "packed/find.h"
#include "packed/packed.h"

#include <stdlib.h>
#include <string.h>

#define OPEN_MAX   (2 * PACKED_TEXT_MAX)
#define SHORT_WORD 4 /* characters behind the prefix */
#define LONG_WORD  24
#define WORDS_MAX  1000 /* lines, of which it is not known yet what they are */

static void
tell(struct join *join, enum join_kind kind, size_t line, struct reader text)
{
	const struct joined joined = { kind, line, text };

	join->tell(&joined, join->arg);
}

static void
forget_words(struct join *join)
{
	join->word_count = 0;
	bytes_reset(&join->words_text);
}

/* Without any code they are what somebody handed in. */
static void
tell_words(struct join *join)
{
	size_t i;

	for (i = 0; !join->any && i < join->word_count; i++) {
		const struct join_words *w = &join->word[i];

		tell(join, JOIN_WORDS, w->line,
		    (struct reader){ join->words_text.at + w->start, w->len });
	}
	forget_words(join);
}

static void
keep_words(struct join *join, size_t line, struct reader text)
{
	if (join->any)
		return;
	if (join->word_count == WORDS_MAX)
		tell_words(join);
	if (!ARRAY_ROOM(join->word, join->word_count, join->word_cap)) {
		join->failed = true;
		return;
	}
	join->word[join->word_count++] =
	    (struct join_words){ line, join->words_text.len, text.left };
	bytes_add(&join->words_text, text.at, text.left);
	join->failed |= join->words_text.failed;
}

static void
saw_code(struct join *join)
{
	join->any = true;
	forget_words(join);
}

/* "Sello" is a word, too. */
static void
tell_broken(struct join *join)
{
	const struct reader open = { join->open.at, join->open.len };

	if (open.left > 0 && join->open_firm)
		tell(join, JOIN_BROKEN, join->open_line, open);
	else if (open.left > 0)
		keep_words(join, join->open_line, open);
	bytes_reset(&join->open);
}

static void
open_code(struct join *join, size_t line, struct reader from)
{
	bytes_reset(&join->open);
	bytes_add(&join->open, from.at, from.left);
	join->open_line = line;
	join->failed |= join->open.failed;
}

static bool
is_letter(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Is it meant to be a code, though it is not whole? "Sello" is a word, "sellos"
 * and "sello-verify" are others: a code begins with a letter behind its prefix,
 * and is longer than words are, within a line much longer. */
static bool
is_firm(struct reader line, struct reader from)
{
	bool begins = from.at == line.at;
	size_t size = strlen(PACKED_PREFIX);
	struct reader part;

	if (!reader_take(
		&from, size + (begins ? SHORT_WORD : LONG_WORD), &part))
		return false;
	return is_letter(part.at[size]) &&
	    memchr(part.at, ' ', part.left) == NULL &&
	    (begins || packed_may_go_on(part));
}

/* All whole codes of a text; what is left behind the last one. */
static void
tell_codes(struct join *join, size_t line, struct reader *text)
{
	struct bytes code = { 0 };

	while (!join_is_over(join) &&
	    packed_find(*text, &code, text, &join->work)) {
		saw_code(join);
		tell(join, JOIN_CODE, line,
		    (struct reader){ code.at, code.len });
	}
	join->failed |= code.failed;
	bytes_wipe(&code);
}

/* What is left behind whole codes, or is a line without any. */
static void
begin_rest(struct join *join, size_t line, struct reader text)
{
	struct reader from;

	if (packed_find_prefix(text, &from)) {
		join->open_firm = is_firm(text, from);
		if (join->open_firm)
			saw_code(join);
		open_code(join, line, from);
	} else
		keep_words(join, line, text);
}

/* A line that nothing is open before. */
static void
begin(struct join *join, size_t line, struct reader text)
{
	tell_codes(join, line, &text);
	if (!join_is_over(join))
		begin_rest(join, line, text);
}

/* The open code is whole with this line, of which the rest is left. */
static bool
completes(struct join *join, const struct bytes *both, struct reader *rest)
{
	struct bytes code = { 0 };
	bool whole = packed_read(
	    (struct reader){ both->at, both->len }, &code, rest, &join->work);

	if (whole) {
		saw_code(join);
		tell(join, JOIN_CODE, join->open_line,
		    (struct reader){ code.at, code.len });
		bytes_reset(&join->open);
	}
	join->failed |= code.failed;
	bytes_wipe(&code);
	return whole;
}

/* True when the line is used up: it completes the open code, or may yet. */
static bool
go_on(struct join *join, size_t number, struct reader line)
{
	struct bytes both = { 0 };
	struct reader rest, prefix;
	bool done = true;

	if (join->open.len + line.left >= OPEN_MAX)
		return false;
	bytes_add(&both, join->open.at, join->open.len);
	bytes_add_byte(&both, '\n');
	bytes_add(&both, line.at, line.left);
	if (completes(join, &both, &rest))
		begin(join, number, rest);
	else if (!packed_find_prefix(line, &prefix) && packed_may_go_on(line))
		open_code(join, join->open_line,
		    (struct reader){ both.at, both.len });
	else
		done = false;
	join->failed |= both.failed;
	bytes_wipe(&both);
	return done;
}

void
join_line(struct join *join, size_t line, struct reader text)
{
	if (text.left == 0 || join_is_over(join))
		return;
	if (join->open.len > 0 && go_on(join, line, text))
		return;
	tell_broken(join);
	begin(join, line, text);
}

bool
join_is_over(const struct join *join)
{
	return join->work_max > 0 && join->work > join->work_max;
}

bool
join_waits(const struct join *join)
{
	return join->open.len > 0 || join->word_count > 0;
}

void
join_rest(struct join *join)
{
	tell_broken(join);
	tell_words(join);
	join->any = false;
}

void
join_text(struct join *join, struct reader text)
{
	struct reader line;
	size_t number = 0;
	uint8_t feed;

	while (text.left > 0) {
		if (!reader_until(&text, '\n', &line))
			reader_take(&text, text.left, &line);
		reader_byte(&text, &feed);
		join_line(join, ++number, line);
	}
	join_rest(join);
}

void
join_wipe(struct join *join)
{
	bytes_wipe(&join->open);
	bytes_wipe(&join->words_text);
	free(join->word);
	*join = (struct join){ 0 };
}
