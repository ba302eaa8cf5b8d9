/* Characters by name, in English and in the user's language. */
#include "letter/character.h"

#include "base/i18n.h"
#include "tests/check_main.h"

static const struct {
	uint32_t character;
	const char *english, *other; /* without a catalogue: our words */
} names[] = {
	{ 0x430, "U+0430 CYRILLIC SMALL LETTER A", "U+0430 (Cyrillic letter)" },
	{ 0x3B1, "U+03B1 GREEK SMALL LETTER ALPHA", "U+03B1 (Greek letter)" },
	{ 0x250, "U+0250 LATIN SMALL LETTER TURNED A",
	    "U+0250 (Latin letter that names do not have)" },
	{ 0x10D0, "U+10D0 GEORGIAN LETTER AN",
	    "U+10D0 (letter of another script)" },
	{ 0xAA, "U+00AA FEMININE ORDINAL INDICATOR",
	    "U+00AA (feminine ordinal sign)" },
	{ 0x301, "U+0301 COMBINING ACUTE ACCENT",
	    "U+0301 (accent that no letter carries)" },
	{ 0x33, "U+0033 DIGIT THREE", "U+0033 (digit)" },
	{ 0x200B, "U+200B ZERO WIDTH SPACE", "U+200B (invisible character)" },
	{ 0x2003, "U+2003 EM SPACE", "U+2003 (space of another kind)" },
	{ 0x01, "U+0001", "U+0001 (invisible character)" },
	{ 0x21, "U+0021 EXCLAMATION MARK", "U+0021 (punctuation mark)" },
	{ 0x20AC, "U+20AC EURO SIGN", "U+20AC (symbol)" },
	{ 0x1F600, "U+1F600 GRINNING FACE", "U+1F600 (symbol)" },
};

START_TEST(names_characters)
{
	char name[128];

	ck_assert(i18n_set("en"));
	character_name(names[_i].character, name, sizeof(name));
	ck_assert_str_eq(name, names[_i].english);
	ck_assert(i18n_set("es"));
	character_name(names[_i].character, name, sizeof(name));
	ck_assert_str_eq(name, names[_i].other);
	ck_assert(i18n_set("en"));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("character");
	TCase *t = tcase_create("names");

	tcase_add_loop_test(
	    t, names_characters, 0, sizeof(names) / sizeof(names[0]));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
