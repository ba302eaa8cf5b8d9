#include "letter/name.h"

#include "base/i18n.h"
#include "base/utf8.h"
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

/* Marks that keyboards and word processors put for an apostrophe. */
static bool
is_apostrophe(uint32_t c)
{
	return c == 0x2018 || c == 0x2019 || c == 0x02BB || c == 0x02BC ||
	    c == 0x60 || c == 0xB4;
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
		utf8_add(out, is_apostrophe(c) ? '\'' : c);
	}
	bytes_wipe(&nfc);
	return rc == ERR_OK && out->failed ? ERR_MEMORY : rc;
}

static bool
refuse_character(
    uint32_t c, size_t position, int field, struct problem *problem)
{
	char name[128];

	if (problem == NULL)
		return false;
	utf8_name(c, name, sizeof(name));
	if (position == 1 && is_inner(c))
		return problem_set(problem, E_CHARACTER, field,
		    _("%s at position 1 is not allowed; a name must begin with "
		      "a Latin letter"),
		    name);
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
