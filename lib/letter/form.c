/*
 * form.c - one pass over the bytes: form.h.
 */
#include "letter/form.h"

#include "base/i18n.h"
#include "base/utf8.h"
#include "letter/name.h"

#include <string.h>

/* What the pass knows of what it has passed. */
struct pass {
	struct reader r;
	uint32_t before; /* the last character; '>' after a tag */
};

static bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/*
 * The two bytes of an accented letter, each read as a character of its own:
 * "Ã" and a sign of Latin-1, or what Windows-1252 has in place of controls.
 */
static bool
is_misread(uint32_t lead, uint32_t c)
{
	return lead >= 0xc2 && lead <= 0xdf &&
	    ((c >= 0xa0 && c <= 0xbf) || c == 0x2c6);
}

/*
 * What programs put for a letter, a space or a mark of a name, or beside it:
 * signs and spaces that no field takes. A letter of another script is put
 * there by a person.
 */
static bool
is_damage(uint32_t before, uint32_t c)
{
	if (c < 0x80)
		return c == '?' || (c == ' ' && before == ' ');
	return !name_is_letter(c) &&
	    (!utf8_is_letter(c) || is_misread(before, c));
}

static bool
is_reference_byte(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9') || c == '#';
}

/* Behind '&': a reference by another name than those of the form. */
static bool
is_other_reference(struct reader r)
{
	size_t n = 0;

	while (n < r.left && is_reference_byte(r.at[n]))
		n++;
	if (n == 0 || n == r.left || r.at[n] != ';')
		return false;
	return !reader_skip_text(&r, "amp;") && !reader_skip_text(&r, "lt;") &&
	    !reader_skip_text(&r, "gt;");
}

static bool
ends_text(const struct reader *r)
{
	return r->left == 0 || r->at[0] == '<';
}

/* ASCII that is damage nowhere in a text: nearly all of a letter. */
static bool
is_plain(uint8_t c)
{
	return c > ' ' && c < 0x7f && c != '?' && c != '&' && c != '<';
}

static void
skip_plain(struct pass *pass)
{
	struct reader *r = &pass->r;
	size_t n = 0;

	while (n < r->left && is_plain(r->at[n]))
		n++;
	if (n > 0)
		pass->before = r->at[n - 1];
	r->at += n;
	r->left -= n;
}

/* One character between two tags that is not plain. */
static bool
parse_text(struct pass *pass)
{
	uint32_t c;

	if (!utf8_next(&pass->r, &c) || is_control(c))
		return false;
	if (c == ' ' && (pass->before == '>' || ends_text(&pass->r)))
		return false;
	if ((c == '&' && is_other_reference(pass->r)) ||
	    is_damage(pass->before, c))
		return false;
	pass->before = c;
	return true;
}

static bool
contains(const struct reader *r, const char *text)
{
	return r->left > 0 &&
	    memmem(r->at, r->left, text, strlen(text)) != NULL;
}

/* A tag as other programs spell it: spaces, self-closed, other quotes; or what
 * they put beside tags: CDATA, comments, instructions. */
static bool
is_respelled(const struct reader *tag)
{
	uint8_t before = 0;
	size_t i;

	for (i = 0; i < tag->left; i++) {
		uint8_t c = tag->at[i];

		if (c < ' ' || c == 0x7f || (c == ' ' && before == ' ') ||
		    (c == '\'' && before == '='))
			return true;
		before = c;
	}
	return before == '/' || before == ' ' ||
	    (tag->left > 0 && (tag->at[0] == '!' || tag->at[0] == '?'));
}

/* From behind '<'; without its end it is nothing that a program writes. The root
 * alone says a namespace. */
static bool
parse_tag(struct reader *r, bool root)
{
	struct reader tag;

	if (!reader_until(r, '>', &tag))
		return reader_take(r, r->left, &tag);
	return reader_skip_text(r, ">") && !is_respelled(&tag) &&
	    (root || !contains(&tag, " xmlns"));
}

static bool
is_whole(const uint8_t *xml, size_t len)
{
	struct pass pass = { .r = { xml, len } };

	while (pass.r.left > 0) {
		if (reader_skip_text(&pass.r, "<")) {
			if (!parse_tag(&pass.r, pass.before == 0))
				return false;
			pass.before = '>';
		} else if (!parse_text(&pass))
			return false;
		skip_plain(&pass);
	}
	return utf8_is_nfc(xml, len);
}

static enum err
damaged(struct errtext *err)
{
	return err_set(err, ERR_PROFILE,
	    _("The file was damaged on its way, by a mail or text program for "
	      "example; ask for it as it was issued, or read the code on the "
	      "paper."));
}

enum err
form_check(const uint8_t *xml, size_t len, struct errtext *err)
{
	return is_whole(xml, len) ? ERR_OK : damaged(err);
}

enum err
form_suspect(const uint8_t *xml, size_t len, struct errtext *err)
{
	/* what Windows-1252 has for 83, 8a, 8c, 8e, 9a, 9c, 9e and 9f */
	static const char *const misread[] = { "Ãƒ", "ÃŠ", "ÃŒ", "ÃŽ", "Ãš",
		"Ãœ", "Ãž", "ÃŸ" };
	const struct reader all = { xml, len };
	size_t i;

	for (i = 0; i < sizeof(misread) / sizeof(misread[0]); i++)
		if (contains(&all, misread[i]))
			return damaged(err);
	return ERR_OK;
}
