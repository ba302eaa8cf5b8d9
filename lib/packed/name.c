#include "packed/name.h"

#include "base/utf8.h"
#include "packed/format.h"

#include <string.h>

/*
 * What may follow depends on what stands before: capitals begin words, vowels
 * and consonants take turns, and l, n, r, s, y, z end syllables. Five codes
 * instead of one save about a bit in every ten and need no model of any
 * language.
 */
enum context {
	START,  /* of a word */
	AEO,    /* after a, e, o, some with accents */
	IU,     /* after i, u and other vowels */
	LNRSYZ, /* after these */
	OTHER
};
_Static_assert(OTHER + 1 == NAME_CONTEXT_COUNT, "a code a context");

/* Symbols that are no characters. Order of the rows is part of the format. */
enum { END = 1, SHIFT = 2, ESCAPE = 3 };
#define ESCAPED_BITS 13 /* U+1EFF is the last letter of the format */

/* clang-format off: what a symbol leaves behind, and the bits of its code in
 * the five contexts */
static const struct symbol {
	uint16_t character; /* lower case */
	uint8_t then;
	uint8_t bits[NAME_CONTEXT_COUNT];
} symbols[NAME_SYMBOL_COUNT] = {
	{ END, OTHER, { 11, 3, 6, 3, 6 } }, { ' ', START, { 11, 3, 7, 3, 6 } },
	{ '-', START, { 11, 10, 9, 9, 10 } },
	{ '\'', OTHER, { 11, 11, 11, 11, 10 } },
	{ '.', OTHER, { 11, 11, 11, 11, 11 } },
	{ SHIFT, OTHER, { 5, 11, 11, 11, 11 } },
	{ ESCAPE, OTHER, { 11, 11, 11, 11, 11 } },
	{ 'a', AEO, { 4, 6, 3, 3, 2 } }, { 'b', OTHER, { 5, 6, 7, 8, 10 } },
	{ 'c', OTHER, { 4, 6, 4, 6, 8 } }, { 'd', OTHER, { 4, 5, 5, 5, 11 } },
	{ 'e', AEO, { 5, 7, 3, 3, 2 } }, { 'f', OTHER, { 5, 8, 10, 10, 11 } },
	{ 'g', OTHER, { 4, 6, 5, 6, 11 } }, { 'h', OTHER, { 6, 9, 11, 9, 5 } },
	{ 'i', IU, { 6, 6, 5, 3, 3 } }, { 'j', OTHER, { 4, 7, 8, 10, 11 } },
	{ 'k', OTHER, { 6, 10, 9, 10, 11 } },
	{ 'l', LNRSYZ, { 4, 3, 3, 5, 6 } }, { 'm', OTHER, { 3, 5, 5, 6, 9 } },
	{ 'n', LNRSYZ, { 6, 3, 3, 6, 10 } }, { 'o', AEO, { 6, 7, 5, 4, 3 } },
	{ 'p', OTHER, { 5, 7, 7, 8, 9 } }, { 'q', OTHER, { 7, 9, 8, 9, 10 } },
	{ 'r', LNRSYZ, { 4, 3, 4, 6, 5 } }, { 's', LNRSYZ, { 4, 4, 4, 7, 11 } },
	{ 't', OTHER, { 5, 5, 6, 4, 8 } }, { 'u', IU, { 7, 6, 10, 6, 4 } },
	{ 'v', OTHER, { 5, 6, 6, 7, 11 } },
	{ 'w', OTHER, { 7, 11, 11, 11, 10 } },
	{ 'x', OTHER, { 7, 8, 7, 11, 11 } }, { 'y', LNRSYZ, { 6, 6, 8, 7, 8 } },
	{ 'z', LNRSYZ, { 7, 5, 5, 8, 8 } },
	{ 0xe0, AEO, { 11, 11, 11, 11, 11 } },   /* à */
	{ 0xe1, IU, { 7, 11, 8, 7, 7 } },        /* á */
	{ 0xe2, IU, { 11, 11, 11, 11, 11 } },    /* â */
	{ 0xe3, IU, { 11, 11, 11, 11, 11 } },    /* ã */
	{ 0xe7, OTHER, { 11, 11, 11, 10, 11 } }, /* ç */
	{ 0xe8, AEO, { 11, 11, 11, 10, 10 } },   /* è */
	{ 0xe9, AEO, { 8, 11, 9, 7, 6 } },       /* é */
	{ 0xea, AEO, { 11, 11, 11, 11, 11 } },   /* ê */
	{ 0xeb, AEO, { 11, 10, 11, 11, 11 } },   /* ë */
	{ 0xed, IU, { 11, 11, 8, 6, 7 } },       /* í */
	{ 0xef, IU, { 11, 11, 11, 11, 11 } },    /* ï */
	{ 0xf1, OTHER, { 11, 8, 7, 11, 11 } },   /* ñ */
	{ 0xf2, IU, { 11, 11, 11, 11, 11 } },    /* ò */
	{ 0xf3, IU, { 10, 9, 9, 8, 7 } },        /* ó */
	{ 0xf4, IU, { 11, 11, 11, 11, 11 } },    /* ô */
	{ 0xf5, IU, { 11, 11, 11, 11, 11 } },    /* õ */
	{ 0xf6, IU, { 11, 11, 11, 11, 11 } },    /* ö */
	{ 0xfa, IU, { 11, 10, 11, 8, 10 } },     /* ú */
	{ 0xfc, IU, { 11, 11, 11, 11, 11 } },    /* ü */
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
	const uint32_t first = 7; /* row of 'a'; the others of ASCII follow */

	if (character >= 'a' && character <= 'z')
		return (int)(first + character - 'a');
	for (int s = 0; s < NAME_SYMBOL_COUNT; s++)
		if (symbols[s].character == character)
			return s;
	return -1;
}

/* --- case: only of letters that have symbols, ASCII and Latin-1 ---------- */

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

/*
 * The letters of names when the format was made. What name_is_letter() learns
 * later is not for it: an older program would not read it back.
 */
static bool
is_letter(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) ||
	    (c >= 0x1e00 && c <= 0x1eff);
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

/* --- one name ------------------------------------------------------------ */

struct state {
	const struct name_book *book;
	struct bits *b;
	bool capitals; /* all of the name's letters */
	enum context context;
};

static bool
expects_capital(const struct state *s)
{
	return s->capitals || s->context == START;
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
	else if (!is_letter(c))
		s->b->failed = true;
	else {
		put_special(s, ESCAPE);
		bits_pass(s->b, ESCAPED_BITS, &escaped);
	}
	s->context = symbol >= 0 ? symbols[symbol].then : OTHER;
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
	if (r.left > 0 || count == 0 || count > PACKED_NAME_MAX)
		s->b->failed = true;
	put_special(s, END);
}

/* An escaped letter stands for itself, capital or small. */
static uint32_t
get_escaped(struct state *s)
{
	uint64_t c = 0;

	bits_pass(s->b, ESCAPED_BITS, &c);
	if (!is_letter((uint32_t)c))
		s->b->failed = true;
	return (uint32_t)c;
}

/* The next character; END after the last one and after a failure. */
static uint32_t
get_character(struct state *s)
{
	bool capital = expects_capital(s);
	uint32_t c;
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
	s->context = symbols[symbol].then;
	return s->b->failed ? END : c;
}

static void
get_name(struct state *s, struct bytes *out)
{
	size_t count = 0;
	uint32_t c;

	while ((c = get_character(s)) != END) {
		if (++count > PACKED_NAME_MAX) {
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
	struct state s = { book, b, false, START };
	struct bytes text = { 0 };

	if (!b->reading)
		s.capitals = is_all_capital(name);
	bits_flag(b, &s.capitals);
	if (!b->reading) {
		put_name(&s, name);
		return;
	}
	get_name(&s, &text);
	if (text.len >= size || text.at == NULL)
		b->failed = true;
	else if (!b->failed)
		memcpy(name, text.at, text.len + 1);
	bytes_wipe(&text);
}
