/*
 * fold.c - fold.h.
 */
#include "base/fold.h"

#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

#define ESC         '\033'
#define NARROW_HANG 4 /* where more would leave too little of a line */
#define ENOUGH      20
#define LABEL_WORDS 5

/* --- places -------------------------------------------------------------- */

/* Bytes of the sequence that colors the terminal, or moves its cursor, at the
 * front of the text; 0: there is none. */
static size_t
escape_length(const char *text, size_t len)
{
	size_t used = 2;

	if (len < 2 || text[0] != ESC || text[1] != '[')
		return 0;
	while (used < len && (text[used] < '@' || text[used] > '~'))
		used++;
	return used < len ? used + 1 : used;
}

/* The first character, or sequence: its bytes, and the places it takes. */
static size_t
step(const char *text, size_t len, bool single, size_t *places)
{
	size_t used = escape_length(text, len);
	ucs4_t c;
	int width;

	*places = 0;
	if (used > 0)
		return used;
	if (single) {
		*places = 1;
		return 1;
	}
	used = (size_t)u8_mbtouc(&c, (const uint8_t *)text, len);
	width = uc_width(c, "UTF-8"); /* -1: a control character */
	*places = width > 0 ? (size_t)width : 0;
	return used;
}

static size_t
places_of(const char *text, size_t len, bool single)
{
	size_t sum = 0, places;

	while (len > 0) {
		size_t used = step(text, len, single, &places);

		sum += places;
		text += used;
		len -= used;
	}
	return sum;
}

size_t
fold_within(const char *text, size_t len, size_t places)
{
	size_t used = 0, own;

	while (used < len) {
		size_t next = step(text + used, len - used, false, &own);

		if (own > places)
			break;
		places -= own;
		used += next;
	}
	return used;
}

/* --- words --------------------------------------------------------------- */

static size_t
spaces_at(const char *text, size_t len)
{
	size_t count = 0;

	while (count < len && text[count] == ' ')
		count++;
	return count;
}

static size_t
word_at(const char *text, size_t len)
{
	const char *space = memchr(text, ' ', len);

	return space != NULL ? (size_t)(space - text) : len;
}

static bool
consists_of(const char *word, size_t len, const char *of)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(of, word[i]) == NULL)
			return false;
	return len > 0;
}

/* French sets marks apart: "clé : « a b »". None begins a line, and none that
 * opens ends one. */
static bool
is_mark(const char *word, size_t len)
{
	return consists_of(word, len, ":;!?%.,)\xc2\xbb");
}

static bool
opens(const char *word, size_t len)
{
	return consists_of(word, len, "(\xc2\xab");
}

/* Bytes that stay together: a word, and the marks that belong to it. */
static size_t
unit_at(const char *text, size_t len)
{
	size_t last = 0, used = word_at(text, len);

	while (used + 1 < len && text[used] == ' ') {
		const char *next = text + used + 1;
		size_t word = word_at(next, len - used - 1);

		if (word == 0 ||
		    (!opens(text + last, used - last) && !is_mark(next, word)))
			break;
		last = used + 1;
		used += 1 + word;
	}
	return used;
}

/* What of a unit stands on one line. "<" is the space of machine-readable
 * names, so one that fits into no line goes on behind it. */
static size_t
part_at(const char *unit, size_t len, size_t most, bool single)
{
	size_t part = 0;

	if (places_of(unit, len, single) <= most)
		return len;
	for (size_t i = 1; i < len; i++) {
		if (unit[i - 1] != '<' || unit[i] == '<')
			continue;
		if (places_of(unit, i, single) > most)
			break;
		part = i;
	}
	return part > 0 ? part : len;
}

/* --- lines --------------------------------------------------------------- */

/* Where the next word goes. */
struct pen {
	struct bytes *out;
	const struct fold *how;
	size_t hang, column;
};

static void
add_spaces(struct bytes *out, size_t count)
{
	bytes_addf(out, "%*s", (int)count, "");
}

static bool
is_half(size_t hang, size_t width)
{
	return 2 * hang <= width;
}

static bool
leaves_enough(size_t hang, size_t width)
{
	return is_half(hang, width) || hang + ENOUGH <= width;
}

/* The spaces before a word, or the end of the line instead, and the word. */
static void
put_word(struct pen *pen, size_t gap, const char *word, size_t len)
{
	size_t most = pen->how->width;
	size_t width = places_of(word, len, pen->how->single);
	bool long_one = pen->hang + width > most;

	if (pen->column + gap + width <= most) {
		add_spaces(pen->out, gap);
		pen->column += gap;
	} else if (pen->column > 0) {
		pen->column = long_one ? 0 : pen->hang;
		bytes_add_byte(pen->out, '\n');
		add_spaces(pen->out, pen->column);
	}
	bytes_add(pen->out, word, len);
	pen->column += width;
	if (long_one) /* nothing stands beside it */
		pen->column = most;
}

/* A question's last space keeps the answer from it. */
static void
put_end(struct pen *pen, size_t gap)
{
	size_t most = pen->how->width;
	size_t room = pen->column < most ? most - pen->column : 0;

	add_spaces(pen->out, gap < room ? gap : room);
}

void
fold_add(
    struct bytes *out, const char *text, size_t len, const struct fold *how)
{
	struct pen pen = { out, how, how->hang, how->column };
	size_t room;

	if (how->width == 0) {
		bytes_add(out, text, len);
		return;
	}
	if (!leaves_enough(pen.hang, how->width))
		pen.hang = NARROW_HANG;
	room = how->width > pen.hang ? how->width - pen.hang : 1;
	while (len > 0) {
		size_t gap = spaces_at(text, len);
		size_t unit = unit_at(text + gap, len - gap);

		unit = part_at(text + gap, unit, room, how->single);
		if (unit > 0)
			put_word(&pen, gap, text + gap, unit);
		else
			put_end(&pen, gap);
		text += gap + unit;
		len -= gap + unit;
	}
}

/* --- where further lines begin ------------------------------------------- */

/* "1. " or "- " */
static size_t
behind_item(const char *text, size_t len)
{
	size_t digits = 0;

	while (digits < len && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	if (digits > 0 && digits + 1 < len && text[digits] == '.' &&
	    text[digits + 1] == ' ')
		return digits + 2;
	return len > 2 && text[0] == '-' && text[1] == ' ' ? 2 : 0;
}

/* Two spaces or more stand between columns. */
static size_t
behind_gap(const char *text, size_t len)
{
	const char *gap = memmem(text, len, "  ", 2);
	size_t at;

	if (gap == NULL)
		return 0;
	at = (size_t)(gap - text);
	at += spaces_at(gap, len - at);
	return at < len ? at : 0;
}

/* "Key: ", but no half of a sentence. */
static size_t
behind_label(const char *text, size_t len)
{
	const char *colon = memmem(text, len, ": ", 2);
	size_t label, words = 1;

	if (colon == NULL)
		return 0;
	label = (size_t)(colon - text);
	for (size_t i = 0; i < label; i++)
		words += text[i] == ' ';
	return words <= LABEL_WORDS && memmem(text, label, ". ", 2) == NULL
	    ? label + 2
	    : 0;
}

static size_t
hang_of(const char *line, size_t len, const struct fold *how)
{
	size_t lead = spaces_at(line, len), at, hang;
	const char *text = line + lead;

	if ((at = behind_item(text, len - lead)) > 0)
		return lead + at;
	if ((at = behind_gap(text, len - lead)) > 0) {
		at += behind_item(text + at, len - lead - at);
		/* fold_add() looks whether it leaves enough */
		return places_of(line, lead + at, how->single);
	}
	if ((at = behind_label(text, len - lead)) == 0)
		return lead;
	hang = places_of(line, lead + at, how->single);
	return is_half(hang, how->width) ? hang : lead + NARROW_HANG;
}

void
fold_line(
    struct bytes *out, const char *line, size_t len, const struct fold *how)
{
	struct fold own = { .width = how->width, .single = how->single };

	if (places_of(line, len, how->single) <= how->width) {
		bytes_add(out, line, len);
		return;
	}
	own.hang = hang_of(line, len, how);
	fold_add(out, line, len, &own);
}
