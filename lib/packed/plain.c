#include "packed/plain.h"

#include "base/bytes.h"
#include "letter/field.h"
#include "letter/xml.h"

#include <string.h>

#define DEPENDANT "Dependant"

struct found {
	struct letter *letter;
	struct dependant *dependant; /* the one being read, or NULL */
};

static bool
is(struct reader part, const char *text)
{
	return part.left == strlen(text) &&
	    memcmp(part.at, text, part.left) == 0;
}

static const struct field *
find_row(const struct found *f, struct reader element)
{
	const struct field *table =
	    f->dependant != NULL ? field_dependant : field_table;
	size_t count =
	    f->dependant != NULL ? FIELD_DEPENDANT_COUNT : FIELD_COUNT;

	for (size_t i = 0; i < count; i++)
		if (is(element, table[i].element) && table[i].size > 0)
			return &table[i];
	return NULL;
}

/* Nationality comes up to three times: VEN;ITA. */
static bool
set_countries(
    const struct field *row, struct letter *letter, struct reader text)
{
	char *have = (char *)letter + row->offset;
	size_t len = strlen(have);

	if (len + text.left + 2 > row->size)
		return false;
	if (len > 0)
		have[len++] = ';';
	memcpy(have + len, text.at, text.left);
	have[len + text.left] = '\0';
	return true;
}

/* A tag's inside may be `BirthDate estimated="true"`. */
static bool
set_text(struct found *f, struct reader tag, struct reader text)
{
	struct reader element = tag;
	const struct field *row;
	void *record = f->letter;

	if (f->dependant != NULL)
		record = f->dependant;
	reader_until(&tag, ' ', &element);
	if ((row = find_row(f, element)) == NULL)
		return false;
	if (tag.left > 0 && element.left < tag.left &&
	    row->id == FIELD_BIRTH_DATE)
		field_set(row + 1, record, "true", 4);
	if (row->kind == KIND_COUNTRIES)
		return set_countries(row, f->letter, text);
	return field_set(row, record, (const char *)text.at, text.left);
}

/* An element without text: Holder, Document, Dependants, Dependant. */
static bool
open_group(struct found *f, struct reader tag)
{
	struct letter *letter = f->letter;

	if (!is(tag, DEPENDANT))
		return true;
	if (letter->dependant_count == LETTER_DEPENDANT_MAX)
		return false;
	f->dependant = &letter->dependant[letter->dependant_count++];
	return true;
}

static bool
take_element(struct found *f, struct reader *r)
{
	struct reader tag, text, end;

	if (!reader_skip_text(r, "<") || !reader_until(r, '>', &tag) ||
	    !reader_skip_text(r, ">"))
		return false;
	if (is(tag, "/" DEPENDANT))
		f->dependant = NULL;
	if (r->left == 0 || tag.left == 0 || tag.at[0] == '/')
		return true;
	if (!reader_until(r, '<', &text))
		return false;
	if (text.left == 0)
		return open_group(f, tag);
	return set_text(f, tag, text) && reader_until(r, '>', &end) &&
	    reader_skip_text(r, ">");
}

static bool
writes_as(const struct letter *letter, const uint8_t *xml, size_t len)
{
	struct bytes again = { 0 };
	bool same;

	same = xml_write(letter, &again) == ERR_OK && again.len == len &&
	    memcmp(again.at, xml, len) == 0;
	bytes_wipe(&again);
	return same;
}

bool
packed_plain_read(const uint8_t *xml, size_t len, struct letter *out)
{
	struct reader r = { xml, len };
	struct letter letter = { 0 };
	struct found f = { .letter = &letter };
	bool good = true;

	while (good && r.left > 0)
		good = take_element(&f, &r);
	good = good && writes_as(&letter, xml, len);
	if (good)
		*out = letter;
	letter_wipe(&letter);
	return good;
}
