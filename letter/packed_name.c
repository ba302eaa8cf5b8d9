#include "letter/packed_name.h"

#include "base/utf8.h"
#include "letter/letter.h"
#include "letter/name.h"

#include <string.h>

/*
 * What may follow depends on where we are in a word: capitals begin words,
 * vowels and consonants take turns. Three codes instead of one save about a
 * bit in every twenty and need no model of any language.
 */
enum context { WORD_START, AFTER_VOWEL, AFTER_OTHER };
_Static_assert(AFTER_OTHER + 1 == NAME_CONTEXT_COUNT, "a code a context");

/* Symbols that are no characters. Order of the rows is part of the format. */
enum { END = 1, SHIFT = 2, ESCAPE = 3 };
#define ESCAPED_BITS 13 /* U+1EFF is the last letter of NameType */

/* clang-format off: bits of each symbol's code in the three contexts */
static const struct symbol {
	uint16_t character; /* lower case */
	uint8_t bits[NAME_CONTEXT_COUNT];
} symbols[NAME_SYMBOL_COUNT] = {
	{ END, { 11, 4, 3 } }, { ' ', { 11, 4, 4 } }, { '-', { 11, 11, 11 } },
	{ '\'', { 11, 11, 10 } }, { '.', { 11, 11, 11 } },
	{ SHIFT, { 6, 11, 11 } }, { ESCAPE, { 9, 11, 11 } },
	{ 'a', { 4, 4, 3 } }, { 'b', { 6, 6, 9 } }, { 'c', { 4, 6, 5 } },
	{ 'd', { 4, 5, 5 } }, { 'e', { 5, 5, 3 } }, { 'f', { 5, 9, 11 } },
	{ 'g', { 4, 6, 7 } }, { 'h', { 5, 11, 7 } }, { 'i', { 6, 6, 4 } },
	{ 'j', { 4, 7, 11 } }, { 'k', { 8, 11, 11 } }, { 'l', { 4, 4, 6 } },
	{ 'm', { 3, 5, 7 } }, { 'n', { 6, 3, 7 } }, { 'o', { 6, 6, 3 } },
	{ 'p', { 4, 7, 9 } }, { 'q', { 8, 9, 8 } }, { 'r', { 3, 3, 5 } },
	{ 's', { 5, 3, 10 } }, { 't', { 6, 7, 5 } }, { 'u', { 8, 8, 4 } },
	{ 'v', { 5, 6, 8 } }, { 'w', { 8, 11, 11 } }, { 'x', { 9, 11, 11 } },
	{ 'y', { 8, 8, 9 } }, { 'z', { 7, 3, 7 } },
	{ 0xe0, { 11, 11, 11 } }, /* à */
	{ 0xe1, { 6, 8, 5 } },    /* á */
	{ 0xe2, { 11, 11, 11 } }, /* â */
	{ 0xe3, { 11, 11, 11 } }, /* ã */
	{ 0xe7, { 11, 11, 11 } }, /* ç */
	{ 0xe8, { 11, 11, 11 } }, /* è */
	{ 0xe9, { 10, 8, 5 } },   /* é */
	{ 0xea, { 11, 11, 11 } }, /* ê */
	{ 0xeb, { 11, 11, 11 } }, /* ë */
	{ 0xed, { 11, 10, 5 } },  /* í */
	{ 0xef, { 11, 11, 11 } }, /* ï */
	{ 0xf1, { 11, 8, 11 } },  /* ñ */
	{ 0xf2, { 11, 11, 11 } }, /* ò */
	{ 0xf3, { 8, 9, 7 } },    /* ó */
	{ 0xf4, { 11, 11, 11 } }, /* ô */
	{ 0xf5, { 11, 11, 11 } }, /* õ */
	{ 0xf6, { 11, 11, 11 } }, /* ö */
	{ 0xfa, { 10, 9, 8 } },   /* ú */
	{ 0xfc, { 11, 11, 10 } }, /* ü */
};
/* clang-format on */

/*
 * Canonical prefix codes from their lengths, as RFC 1951, 3.2.2 numbers
 * them: shorter before longer, and within a length in the order of the rows.
 */
static void
number_codes(struct name_book *book, int c)
{
	unsigned next[NAME_CODE_MAX + 1] = { 0 }, place[NAME_CODE_MAX + 1];
	unsigned code = 0, placed = 0;

	for (unsigned s = 0; s < NAME_SYMBOL_COUNT; s++)
		book->count[c][symbols[s].bits[c]]++;
	for (unsigned len = 1; len <= NAME_CODE_MAX; len++) {
		code <<= 1;
		next[len] = code;
		place[len] = placed;
		code += book->count[c][len];
		placed += book->count[c][len];
	}
	for (uint8_t s = 0; s < NAME_SYMBOL_COUNT; s++) {
		unsigned len = symbols[s].bits[c];

		book->code[c][s] = (uint16_t)next[len]++;
		book->order[c][place[len]++] = s;
	}
}

void
packed_name_book(struct name_book *book)
{
	memset(book, 0, sizeof(*book));
	for (int c = 0; c < NAME_CONTEXT_COUNT; c++)
		number_codes(book, c);
}

static int
get_symbol(const struct name_book *book, int c, struct bits *b)
{
	unsigned ahead = bits_peek(b, NAME_CODE_MAX);
	unsigned first = 0, placed = 0;

	for (unsigned len = 1; len <= NAME_CODE_MAX; len++) {
		unsigned code = ahead >> (NAME_CODE_MAX - len);
		uint64_t taken;

		first <<= 1;
		if (code - first < book->count[c][len]) {
			bits_pass(b, len, &taken);
			return book->order[c][placed + code - first];
		}
		first += book->count[c][len];
		placed += book->count[c][len];
	}
	b->failed = true;
	return 0;
}

static void
pass_symbol(const struct name_book *book, int c, struct bits *b, int *symbol)
{
	uint64_t code;

	if (b->reading) {
		*symbol = get_symbol(book, c, b);
		return;
	}
	code = book->code[c][*symbol];
	bits_pass(b, symbols[*symbol].bits[c], &code);
}

static int
symbol_of(uint32_t character)
{
	for (int s = 0; s < NAME_SYMBOL_COUNT; s++)
		if (symbols[s].character == character)
			return s;
	return -1;
}

/* --- case: only of letters that have symbols, ASCII and Latin-1 ----------
 */

static bool
is_capital(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7);
}

static bool
is_small(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfe && c != 0xf7);
}

static bool
is_vowel(uint32_t small)
{
	static const uint8_t vowels[] = "aeiouy\xe0\xe1\xe2\xe3\xe8\xe9\xea\xeb"
					"\xed\xef\xf2\xf3\xf4\xf5\xf6\xfa\xfc";

	return small <= 0xff && small != 0 &&
	    memchr(vowels, (int)small, sizeof(vowels) - 1) != NULL;
}

/* Two letters or more, none of them small: GARCIA LOPEZ. */
static bool
is_all_capital(const char *name)
{
	struct reader r = { (const uint8_t *)name, strlen(name) };
	unsigned capitals = 0;
	uint32_t c;

	while (utf8_next(&r, &c)) {
		if (is_small(c))
			return false;
		capitals += is_capital(c);
	}
	return capitals > 1;
}

/* --- one name -------------------------------------------------------------
 */

struct state {
	const struct name_book *book;
	struct bits *b;
	bool capitals; /* all of the name's letters */
	enum context context;
};

static bool
expects_capital(const struct state *s)
{
	return s->capitals || s->context == WORD_START;
}

static void
move_on(struct state *s, uint32_t small)
{
	if (small == ' ' || small == '-')
		s->context = WORD_START;
	else
		s->context = is_vowel(small) ? AFTER_VOWEL : AFTER_OTHER;
}

static void
put_special(struct state *s, uint16_t character)
{
	int symbol = symbol_of(character);

	pass_symbol(s->book, (int)s->context, s->b, &symbol);
}

static void
put_character(struct state *s, uint32_t c)
{
	uint32_t small = is_capital(c) ? c + 0x20 : c;
	int symbol = c > ESCAPE ? symbol_of(small) : -1;
	uint64_t escaped = c;

	if (symbol >= 0 && small >= 'a' && is_capital(c) != expects_capital(s))
		put_special(s, SHIFT);
	if (symbol >= 0)
		pass_symbol(s->book, (int)s->context, s->b, &symbol);
	else if (!name_is_letter(c))
		s->b->failed = true;
	else {
		put_special(s, ESCAPE);
		bits_pass(s->b, ESCAPED_BITS, &escaped);
	}
	move_on(s, small);
}

static void
put_name(struct state *s, const char *name)
{
	struct reader r = { (const uint8_t *)name, strlen(name) };
	size_t count = 0;
	uint32_t c;

	while (!s->b->failed && utf8_next(&r, &c)) {
		put_character(s, c);
		count++;
	}
	if (r.left > 0 || count == 0 || count > LETTER_NAME_MAX)
		s->b->failed = true;
	put_special(s, END);
}

/* An escaped letter stands for itself, capital or small. */
static uint32_t
get_escaped(struct state *s)
{
	uint64_t c = 0;

	bits_pass(s->b, ESCAPED_BITS, &c);
	if (!name_is_letter((uint32_t)c))
		s->b->failed = true;
	return (uint32_t)c;
}

/* The next character; END after the last one and after a failure. */
static uint32_t
get_character(struct state *s)
{
	bool capital = expects_capital(s);
	uint32_t c, small;
	int symbol = 0;

	pass_symbol(s->book, (int)s->context, s->b, &symbol);
	if (symbols[symbol].character == SHIFT) {
		capital = !capital;
		pass_symbol(s->book, (int)s->context, s->b, &symbol);
		/* only letters have two cases */
		if (!is_small(symbols[symbol].character))
			s->b->failed = true;
	}
	c = symbols[symbol].character;
	if (s->b->failed || c == END)
		return END;
	if (c == ESCAPE)
		c = get_escaped(s);
	else if (is_small(c) && capital)
		c -= 0x20;
	small = is_capital(c) ? c + 0x20 : c;
	move_on(s, small);
	return s->b->failed ? END : c;
}

static void
get_name(struct state *s, struct bytes *out)
{
	size_t count = 0;
	uint32_t c;

	while ((c = get_character(s)) != END) {
		if (++count > LETTER_NAME_MAX) {
			s->b->failed = true;
			return;
		}
		utf8_add(out, c);
	}
	if (count == 0 || out->failed)
		s->b->failed = true;
}

void
packed_name(
    const struct name_book *book, struct bits *b, char *name, size_t size)
{
	struct state s = { book, b, false, WORD_START };
	struct bytes text = { 0 };

	if (!b->reading)
		s.capitals = is_all_capital(name);
	bits_flag(b, &s.capitals);
	if (!b->reading) {
		put_name(&s, name);
		return;
	}
	get_name(&s, &text);
	if (text.len >= size)
		b->failed = true;
	else if (!b->failed)
		memcpy(name, text.at, text.len + 1);
	bytes_wipe(&text);
}
