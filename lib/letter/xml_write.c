#include "letter/field.h"
#include "letter/xml.h"

#include <string.h>

/* Room that nearly every letter fits in, so that it is asked for once. */
#define USUAL_SIZE 2048

#define ESCAPED "&<>\r" /* in text, by xml_escape() */

static void
open_tag(struct bytes *out, const char *element)
{
	bytes_add_byte(out, '<');
	bytes_add_text(out, element);
	bytes_add_byte(out, '>');
}

static void
close_tag(struct bytes *out, const char *element)
{
	bytes_add(out, "</", 2);
	bytes_add_text(out, element);
	bytes_add_byte(out, '>');
}

void
xml_escape(struct bytes *out, const char *text)
{
	while (*text != '\0') {
		size_t plain = strcspn(text, ESCAPED);

		bytes_add(out, text, plain);
		text += plain;
		switch (*text) {
		case '&':
			bytes_add_text(out, "&amp;");
			break;
		case '<':
			bytes_add_text(out, "&lt;");
			break;
		case '>':
			bytes_add_text(out, "&gt;");
			break;
		case '\r':
			bytes_add_text(out, "&#xD;");
			break;
		default: /* NUL: the end */
			return;
		}
		text++;
	}
}

/* Room asked for once, as nearly all elements have it: a letter is written for
 * each verdict, a packed one twice. */
static void
write_plain(
    struct bytes *out, const char *element, const char *text, size_t text_len)
{
	size_t len = strlen(element);
	uint8_t *at = bytes_reserve(out, 2 * len + text_len + 5);

	if (at == NULL)
		return;
	*at++ = '<';
	memcpy(at, element, len);
	at += len;
	*at++ = '>';
	memcpy(at, text, text_len);
	at += text_len;
	*at++ = '<';
	*at++ = '/';
	memcpy(at, element, len);
	at[len] = '>';
	out->len += 2 * len + text_len + 5;
}

static void
write_element(struct bytes *out, const char *element, const char *text)
{
	size_t plain = strcspn(text, ESCAPED);

	if (text[plain] == '\0') {
		write_plain(out, element, text, plain);
		return;
	}
	open_tag(out, element);
	xml_escape(out, text);
	close_tag(out, element);
}

/* "VEN;ITA" becomes one element a country. */
static void
write_countries(struct bytes *out, const char *element, const char *text)
{
	char one[sizeof(((struct letter *)0)->nationality)];

	for (;;) {
		size_t len = strcspn(text, ";");

		if (len < sizeof(one)) {
			memcpy(one, text, len);
			one[len] = '\0';
			write_element(out, element, one);
		}
		if (text[len] == '\0')
			return;
		text += len + 1;
	}
}

static void
write_dependants(
    struct bytes *out, const char *element, const struct letter *letter)
{
	size_t count = letter->dependant_count;

	if (count == 0 || count > LETTER_DEPENDANT_MAX)
		return;
	open_tag(out, element);
	for (size_t i = 0; i < count; i++) {
		open_tag(out, "Dependant");
		for (size_t k = 0; k < FIELD_DEPENDANT_COUNT; k++)
			write_element(out, field_dependant[k].element,
			    field_get(
				&field_dependant[k], &letter->dependant[i]));
		close_tag(out, "Dependant");
	}
	close_tag(out, element);
}

/* A row of KIND_TRUE is an attribute of the element in the row before it. */
static void
write_with_attribute(struct bytes *out, const struct field *field,
    const char *text, const char *value)
{
	const struct field *attribute = field + 1;

	bytes_add_byte(out, '<');
	bytes_add_text(out, field->element);
	bytes_add_byte(out, ' ');
	bytes_add_text(out, attribute->element);
	bytes_add(out, "=\"", 2);
	xml_escape(out, value);
	bytes_add(out, "\">", 2);
	xml_escape(out, text);
	close_tag(out, field->element);
}

static void
write_field(
    struct bytes *out, const struct field *field, const struct letter *letter)
{
	const char *text = field_get(field, letter);

	if (field->kind == KIND_DEPENDANTS) {
		write_dependants(out, field->element, letter);
		return;
	}
	if (text[0] == '\0' || field->kind == KIND_TRUE)
		return;
	if (field->kind == KIND_COUNTRIES) {
		write_countries(out, field->element, text);
		return;
	}
	if (field->id + 1 < FIELD_COUNT && field[1].kind == KIND_TRUE &&
	    field_get(field + 1, letter)[0] != '\0')
		write_with_attribute(
		    out, field, text, field_get(field + 1, letter));
	else
		write_element(out, field->element, text);
}

static bool
has_document(const struct letter *letter)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (field_table[i].group == GROUP_DOCUMENT &&
		    field_get(&field_table[i], letter)[0] != '\0')
			return true;
	return false;
}

/* Close and open what lies between the groups of two neighboring rows. */
static void
change_group(struct bytes *out, enum field_group from, enum field_group to,
    bool document)
{
	if (from == GROUP_DOCUMENT && document)
		close_tag(out, "Document");
	if (from != GROUP_ROOT && to == GROUP_ROOT)
		close_tag(out, "Holder");
	if (from == GROUP_ROOT && to != GROUP_ROOT)
		open_tag(out, "Holder");
	if (to == GROUP_DOCUMENT && document)
		open_tag(out, "Document");
}

enum err
xml_write(const struct letter *letter, struct bytes *out)
{
	enum field_group group = GROUP_ROOT;
	bool document = has_document(letter);

	bytes_reserve(out, USUAL_SIZE);
	bytes_add_text(out, "<" LETTER_ROOT " xmlns=\"" LETTER_NAMESPACE "\">");
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const struct field *field = &field_table[i];

		if (field->group != group)
			change_group(out, group, field->group, document);
		group = field->group;
		write_field(out, field, letter);
	}
	close_tag(out, LETTER_ROOT);
	return out->failed ? ERR_MEMORY : ERR_OK;
}
