/*
 * character.c - character.h.
 */
#include "letter/character.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <unictype.h>

#include <stdio.h>
#include <string.h>

/* Those that stand in people's sheets, by their own names. */
static const struct {
	uint32_t character;
	const char *name;
} common[] = {
	{ 0x09, N_("tab") },
	{ 0x0A, N_("line break") },
	{ 0x0D, N_("line break") },
	{ 0x20, N_("space") },
	{ 0x22, N_("quotation mark") },
	{ 0x23, N_("number sign") },
	{ 0x26, N_("ampersand") },
	{ 0x27, N_("apostrophe") },
	{ 0x28, N_("parenthesis") },
	{ 0x29, N_("parenthesis") },
	{ 0x2C, N_("comma") },
	{ 0x2D, N_("hyphen") },
	{ 0x2E, N_("full stop") },
	{ 0x2F, N_("slash") },
	{ 0x3A, N_("colon") },
	{ 0x3B, N_("semicolon") },
	{ 0x3F, N_("question mark") },
	{ 0x40, N_("at sign") },
	{ 0x5F, N_("underscore") },
	{ 0xA0, N_("non-breaking space") },
	{ 0xAA, N_("feminine ordinal sign") },
	{ 0xAB, N_("quotation mark") },
	{ 0xAD, N_("invisible hyphen") },
	{ 0xB0, N_("degree sign") },
	{ 0xBA, N_("masculine ordinal sign") },
	{ 0xBB, N_("quotation mark") },
	{ 0x2013, N_("long dash") },
	{ 0x2014, N_("long dash") },
	{ 0x2018, N_("curly apostrophe") },
	{ 0x2019, N_("curly apostrophe") },
	{ 0x201C, N_("quotation mark") },
	{ 0x201D, N_("quotation mark") },
	{ 0x2026, N_("three dots as one character") },
	{ 0xFFFD, N_("sign for a letter that was lost") },
};

static const struct {
	const char *script; /* Unicode's name */
	const char *name;
} scripts[] = {
	{ "Latin", N_("Latin letter that names do not have") },
	{ "Cyrillic", N_("Cyrillic letter") },
	{ "Greek", N_("Greek letter") },
	{ "Arabic", N_("Arabic letter") },
	{ "Hebrew", N_("Hebrew letter") },
	{ "Han", N_("Chinese character") },
};

static const char *
kind_of(uint32_t c)
{
	const uc_script_t *script = uc_script(c);

	if (uc_is_general_category(c, UC_MARK))
		return N_("accent that no letter carries");
	if (uc_is_general_category(c, UC_NUMBER))
		return N_("digit");
	if (uc_is_general_category(c, UC_LETTER)) {
		for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]);
		     i++)
			if (script != NULL &&
			    strcmp(script->name, scripts[i].script) == 0)
				return scripts[i].name;
		return N_("letter of another script");
	}
	if (uc_is_general_category(c, UC_SEPARATOR))
		return N_("space of another kind");
	if (utf8_paints(c))
		return N_("invisible character");
	if (uc_is_general_category(c, UC_PUNCTUATION))
		return N_("punctuation mark");
	return N_("symbol");
}

void
character_name(uint32_t character, char *out, size_t size)
{
	const char *name = NULL;

	if (strcmp(i18n_language(), "en") == 0) {
		utf8_name(character, out, size);
		return;
	}
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (common[i].character == character)
			name = common[i].name;
	if (name == NULL)
		name = kind_of(character);
	snprintf(out, size, "U+%04X (%s)", (unsigned)character, _(name));
}
