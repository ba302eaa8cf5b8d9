/* Latin letters to A-Z: ICAO Doc 9303-3, section 6, table A. */
#include "base/utf8.h"
#include "letter/letter.h"
#include "letter/name.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

/* Letters that stand for the same A-Z. */
struct letters {
	const char *to;
	const char *from; /* UTF-8 */
};

/*
 * What is not an accented A-Z. The table of Doc 9303-3 first; letters that
 * it does not list get the base letter of their Unicode name, or what the
 * language's present spelling writes (Zhuang tones, Khoisan clicks).
 */
static const struct letters table[] = {
	{ "AE", "ÄäÆæ" },
	{ "AA", "Åå" },
	{ "D", "ÐðĐđ" },
	{ "H", "Ħħ" },
	{ "I", "ı" },
	{ "IJ", "Ĳĳ" },
	{ "L", "ĿŀŁł" },
	{ "N", "ŉŊŋ" },
	{ "OE", "ÖöØøŒœ" },
	{ "Q", "ĸ" },
	{ "SS", "ßẞ" },
	{ "T", "Ŧŧ" },
	{ "TH", "Þþ" },
	{ "UE", "Üü" },
	/* beyond the table */
	{ "A", "ƏȺẚ" },
	{ "B", "ƀƁƂƃɃ" },
	{ "C", "ƇƈȻȼǀ" },
	{ "D", "ƉƊƋƌƍȡẟ" },
	{ "DB", "ȸ" },
	{ "DZ", "ƻǄǅǆǱǲǳ" },
	{ "E", "ƎƐǝɆɇ" },
	{ "F", "Ƒƒ" },
	{ "G", "ƓƔǤǥ" },
	{ "GH", "Ƣƣ" },
	{ "H", "Ƅƅ" },
	{ "HV", "ƕǶ" },
	{ "I", "ƖƗ" },
	{ "J", "ȷɈɉ" },
	{ "K", "Ƙƙ" },
	{ "L", "ƚƛȴȽ" },
	{ "LJ", "Ǉǈǉ" },
	{ "LL", "Ỻỻ" },
	{ "M", "Ɯ" },
	{ "N", "ƝƞȠȵ" },
	{ "NJ", "Ǌǋǌ" },
	{ "O", "ƆƟ" },
	{ "OU", "Ȣȣ" },
	{ "P", "Ƥƥ" },
	{ "Q", "ƼƽǃɊɋ" },
	{ "QP", "ȹ" },
	{ "R", "ƦɌɍ" },
	{ "S", "Ʃƪȿſẜẝ" },
	{ "T", "ƫƬƭƮȶȾ" },
	{ "TC", "ǂ" },
	{ "U", "ƱɄ" },
	{ "V", "ƲɅỼỽ" },
	{ "W", "ƿǷ" },
	{ "X", "ǁ" },
	{ "Y", "ƳƴȜȝɎɏỾỿ" },
	{ "Z", "ƧƨƵƶƷƸƹƺȤȥɀ" },
	{ "", "ƾɁɂ" }, /* glottal stops: dropped as the apostrophe is */
	{ NULL, NULL },
};

/* Accents off, as people type who have no such key. */
static const struct letters folded[] = {
	{ "A", "ÄäÅå" },
	{ "O", "ÖöØø" },
	{ "U", "Üü" },
	{ NULL, NULL },
};

static const char *
look_up(const struct letters *rows, const char *character)
{
	for (; rows->to != NULL; rows++)
		if (strstr(rows->from, character) != NULL)
			return rows->to;
	return NULL;
}

/* c as A-Z, perhaps none; one: room for a single letter. */
static const char *
latin(uint32_t c, bool fold, char one[2])
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
	const char *to = NULL;

	/* one accent a step, so that Å under an acute is found as Å */
	while (c >= 0x80) {
		uint8_t character[8] = { 0 };

		if (u8_uctomb(character, c, sizeof(character) - 1) < 1)
			return "";
		if (fold)
			to = look_up(folded, (const char *)character);
		if (to == NULL)
			to = look_up(table, (const char *)character);
		if (to != NULL)
			return to;
		if (uc_canonical_decomposition(c, parts) < 1)
			return "";
		c = parts[0];
	}
	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	one[0] = (char)(c >= 'A' && c <= 'Z' ? c : '\0');
	one[1] = '\0';
	return one;
}

/* The parts of a name with one '<' between, none at the ends. */
static void
transliterate(const char *text, bool fold, struct bytes *out)
{
	struct reader r = { (const uint8_t *)text, strlen(text) };
	size_t start = out->len;
	bool between = false;
	uint32_t c;

	while (utf8_next(&r, &c)) {
		char one[2];
		const char *to = latin(c, fold, one);

		if (c == ' ' || c == '-')
			between = true;
		if (to[0] == '\0')
			continue;
		if (between && out->len > start)
			bytes_add_byte(out, '<');
		between = false;
		bytes_add_text(out, to);
	}
}

void
name_mrz(const char *text, struct bytes *out)
{
	transliterate(text, false, out);
}

static int
compare_parts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
name_fold(const char *surnames, const char *given_names, struct bytes *out)
{
	char *parts[2 * LETTER_NAME_MAX];
	struct bytes all = { 0 };
	size_t count = 0;
	char *next;

	transliterate(surnames, true, &all);
	bytes_add_byte(&all, '<');
	transliterate(given_names, true, &all);
	if (all.failed) {
		out->failed = true;
		goto out;
	}
	for (char *part = strtok_r((char *)all.at, "<", &next);
	     part != NULL && count < sizeof(parts) / sizeof(parts[0]);
	     part = strtok_r(NULL, "<", &next))
		parts[count++] = part;
	qsort(parts, count, sizeof(parts[0]), compare_parts);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			bytes_add_byte(out, '<');
		bytes_add_text(out, parts[i]);
	}
out:
	bytes_wipe(&all);
}
