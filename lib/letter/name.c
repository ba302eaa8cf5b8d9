#include "letter/name.h"

#include "base/i18n.h"
#include "base/utf8.h"
#include "letter/character.h"
#include "letter/letter.h"

#include <string.h>

bool
name_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
	    (c >= 0x1E00 && c <= 0x1EFF);
}

static bool
is_inner(uint32_t c)
{
	return c == '\'' || c == '-' || c == '.' || c == ' ' ||
	    name_is_letter(c);
}

/* Unicode's White_Space. */
static bool
is_space(uint32_t c)
{
	return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 ||
	    c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/*
 * Marks that keyboards and word processors put for an apostrophe, and the
 * saltillo (U+A78B, U+A78C), which is one in Mayan and Nahuan languages.
 */
static bool
is_apostrophe(uint32_t c)
{
	return c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032 ||
	    c == 0x02B9 || c == 0x02BB || c == 0x02BC || c == 0x02C8 ||
	    c == 0xA78B || c == 0xA78C || c == 0xFF07 || c == 0x60 || c == 0xB4;
}

/* What word processors make of a hyphen: U+2010 to the en dash, a minus. */
static bool
is_hyphen(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2013) || c == 0x2212 || c == 0xFE63 ||
	    c == 0xFF0D;
}

/* One form for what is typed in several. */
static uint32_t
canonical(uint32_t c)
{
	if (is_apostrophe(c))
		return '\'';
	return is_hyphen(c) ? '-' : c;
}

enum err
name_normalize(const char *text, struct bytes *out)
{
	struct bytes nfc = { 0 };
	enum err rc = utf8_nfc(text, strlen(text), &nfc);
	struct reader r = { nfc.at, nfc.len };
	bool begun = false, space = false;
	uint32_t c;

	while (rc == ERR_OK && utf8_next(&r, &c)) {
		if (is_space(c)) {
			space = true;
			continue;
		}
		if (space && begun)
			bytes_add_byte(out, ' ');
		space = false;
		begun = true;
		utf8_add(out, canonical(c));
	}
	bytes_wipe(&nfc);
	return rc == ERR_OK && out->failed ? ERR_MEMORY : rc;
}

/* Soft hyphen, zero width, directions of writing, byte order mark. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
	    (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
	    c == 0xFEFF;
}

/* What to type instead, where people mean something by the character. */
static const char *
hint_for(uint32_t c)
{
	static const struct {
		uint32_t character;
		const char *text;
	} hints[] = {
		{ 0xAA,
		    N_("write the word in full, as Maria for Mª, or "
		       "an a") },
		{ 0xBA,
		    N_("write the word in full, as Fernando for "
		       "Fernº, or an o") },
		{ 0xB0, N_("write the word in full, or an o") },
		{ 0x2014, N_("write a hyphen (-)") },
		{ 0x2015, N_("write a hyphen (-)") },
		{ 0x5F, N_("write a hyphen (-) or a space") },
		{ 0x294, N_("write an apostrophe (\')") },
		{ 0x2BE, N_("write an apostrophe (\')") },
		{ 0x2BF, N_("write an apostrophe (\')") },
		{ 0x2C0, N_("write an apostrophe (\')") },
		{ '"', N_("leave quotation marks out") },
		{ 0x201C, N_("leave quotation marks out") },
		{ 0x201D, N_("leave quotation marks out") },
		{ 0xAB, N_("leave quotation marks out") },
		{ 0xBB, N_("leave quotation marks out") },
		{ '(', N_("leave out what stands in parentheses") },
		{ ')', N_("leave out what stands in parentheses") },
		{ ',',
		    N_("surnames and given names stand in columns of their "
		       "own") },
		{ '/', N_("write one name, the one on the document") },
		{ 0xFFFD,
		    N_("the letter that stood here was lost; type the "
		       "name again") },
		{ '?',
		    N_("a letter was lost here, perhaps; type the name "
		       "again") },
	};

	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
		if (hints[i].character == c)
			return _(hints[i].text);
	if (is_invisible(c))
		return _("it cannot be seen: type the name again");
	return NULL;
}

static bool
refuse_character(
    uint32_t c, size_t position, int field, struct problem *problem)
{
	const char *hint = hint_for(c);
	char name[128];

	if (problem == NULL)
		return false;
	character_name(c, name, sizeof(name));
	if (position == 1 && is_inner(c))
		return problem_set(problem, E_CHARACTER, field,
		    _("%s at position 1 is not allowed; a name must begin with "
		      "a Latin letter"),
		    name);
	if (hint != NULL)
		return problem_set(problem, E_CHARACTER, field,
		    _("%s at position %zu is not allowed in a name; %s"), name,
		    position, hint);
	return problem_set(problem, E_CHARACTER, field,
	    _("%s at position %zu is not allowed in a name; use Latin "
	      "letters, apostrophe, hyphen, full stop and single spaces"),
	    name, position);
}

static bool
refuse_space(size_t position, int field, struct problem *problem)
{
	return problem_set(problem, E_CHARACTER, field,
	    _("The space at position %zu is one too many; write single spaces "
	      "between the parts of a name and none at its ends"),
	    position);
}

/*
 * Nothing here asks for NFC: no allowed character is a combining mark, and
 * each is its own NFC form, so a name of these alone cannot be anything else
 * (a test goes through all of them).
 */
bool
name_check(const char *text, int field, struct problem *problem)
{
	struct reader r = { (const uint8_t *)text, strlen(text) };
	size_t position = 0;
	uint32_t c, before = 0;

	while (r.left > 0) {
		position++;
		if (!utf8_next(&r, &c))
			return problem_set(problem, E_CHARACTER, field,
			    _("The text is not valid UTF-8 at position %zu; "
			      "save the file as UTF-8"),
			    position);
		if (c == ' ' && (position == 1 || before == ' '))
			return refuse_space(position, field, problem);
		if (position == 1 ? !name_is_letter(c) : !is_inner(c))
			return refuse_character(c, position, field, problem);
		before = c;
	}
	if (before == ' ')
		return refuse_space(position, field, problem);
	if (position == 0)
		return problem_set(problem, E_MISSING, field,
		    _("The name is empty; fill it in"));
	if (position > LETTER_NAME_MAX)
		return problem_set(problem, E_LENGTH, field,
		    _("This name has %zu characters; a letter holds %d: "
		      "shorten it as the person's document does"),
		    position, LETTER_NAME_MAX);
	return true;
}
