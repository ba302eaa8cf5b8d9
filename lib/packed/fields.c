#include "packed/fields.h"

#include "packed/walk.h"

#include <string.h>

static void pass_fields(struct walk *w, const struct packed_field *format,
    size_t count, void *record);

static void
pass_dependants(struct walk *w)
{
	uint64_t count = w->letter->dependant_count;

	bits_below(w->b, PACKED_DEPENDANT_MAX + 1, &count);
	w->letter->dependant_count = (size_t)count;
	for (size_t i = 0; i < count && !w->b->failed; i++)
		pass_fields(w, packed_format_dependant, PACKED_DEPENDANT_COUNT,
		    &w->letter->dependant[i]);
}

static void
pass_true(struct walk *w, char *text)
{
	bool is_true = text[0] != '\0';

	bits_flag(w->b, &is_true);
	memcpy(text, is_true ? "true" : "\0\0\0\0", sizeof("true"));
}

static void
pass_value(struct walk *w, const struct packed_field *field, char *text)
{
	switch (field->kind) {
	case PACKED_OWN_NUMBER:
		pass_own_number(w);
		break;
	case PACKED_REPLACED_NUMBER:
		pass_replaced_number(w);
		break;
	case PACKED_TEXT:
		pass_text(w, field, text);
		break;
	case PACKED_STAFF:
		pass_staff(w, field, text);
		break;
	case PACKED_CODE:
		pass_code(w, field, text);
		break;
	case PACKED_PATHWAY:
		pass_pathway(w, field, text);
		break;
	case PACKED_DESTINATION:
		pass_destination(w, text);
		break;
	case PACKED_COUNTRIES:
		pass_countries(w, text);
		break;
	case PACKED_DOCUMENT_COUNTRY:
		pass_document_country(w, text);
		break;
	case PACKED_CONSULATE:
		pass_consulate(w, text);
		break;
	case PACKED_NAME:
		packed_name(w->book, w->b, text, field->size);
		break;
	case PACKED_INSTANT:
		pass_instant(w, text);
		break;
	case PACKED_DATE:
		pass_date(w, field, text);
		break;
	case PACKED_BIRTH_DATE:
		pass_birth_date(w, field, text);
		break;
	case PACKED_TRUE:
		pass_true(w, text);
		break;
	case PACKED_DEPENDANTS:
		pass_dependants(w);
		break;
	case PACKED_SALT:
		pass_salt(w, field, text);
		break;
	}
}

/* One bit for what may be absent; Document's three share the first's. */
static bool
pass_presence(
    struct walk *w, const struct packed_field *field, const char *text)
{
	bool present = text[0] != '\0';

	switch (field->presence) {
	case PACKED_ALWAYS:
		return true;
	case PACKED_WITH_DOCUMENT:
		return w->letter->document_type[0] != '\0';
	case PACKED_OPTIONAL:
		break;
	}
	bits_flag(w->b, &present);
	return present;
}

static void
pass_fields(struct walk *w, const struct packed_field *format, size_t count,
    void *record)
{
	for (size_t i = 0; i < count && !w->b->failed; i++) {
		char *text = (char *)record + format[i].offset;

		if (pass_presence(w, &format[i], text))
			pass_value(w, &format[i], text);
	}
}

/* Writing puts every text back as it was, so it wants a letter of its own. */
static bool
write_own(
    struct letter *letter, const struct name_book *book, struct bytes *out)
{
	struct walk w = { .letter = letter, .book = book };
	size_t start = out->len;
	struct bits b;

	bits_write(&b, out);
	w.b = &b;
	pass_fields(&w, packed_format, PACKED_FIELD_COUNT, letter);
	if (bits_end(&b))
		return true;
	if (!out->failed)
		out->len = start;
	return false;
}

bool
packed_fields_write(const struct letter *letter, struct bytes *out)
{
	struct letter copy;
	struct name_book book;
	bool done;

	if (!packed_format_covers_letter(letter))
		return false;
	copy = *letter;
	packed_name_book(&book);
	done = write_own(&copy, &book, out);
	letter_wipe(&copy);
	return done;
}

/* The numbers that had to wait for IssuedAt to give them a year. */
static bool
finish_numbers(struct walk *w)
{
	if (!number_format(&w->number, w->letter->number))
		return false;
	if (w->replaced.sequence == 0)
		return true;
	w->replaced.year = w->number.year - w->replaced.year;
	return number_format(&w->replaced, w->letter->supersedes);
}

/* There is one form: what was read must be what would be written. */
static bool
is_own_form(struct letter *letter, const struct name_book *book,
    const uint8_t *in, size_t len)
{
	struct bytes again = { 0 };
	bool same;

	bytes_reserve(&again, len);
	same = write_own(letter, book, &again) && again.len == len &&
	    memcmp(again.at, in, len) == 0;
	bytes_wipe(&again);
	return same;
}

bool
packed_fields_read(const uint8_t *in, size_t len, struct letter *out)
{
	struct walk w = { .letter = out };
	struct name_book book;
	struct bits b;

	memset(out, 0, sizeof(*out));
	packed_name_book(&book);
	w.book = &book;
	bits_read(&b, in, len);
	w.b = &b;
	pass_fields(&w, packed_format, PACKED_FIELD_COUNT, out);
	if (bits_end(&b) && finish_numbers(&w) &&
	    is_own_form(out, &book, in, len))
		return true;
	letter_wipe(out);
	return false;
}
