/*
 * draft_text.c - drafts as lines of text: draft_text.h.
 */
#include "issue/register/draft_text.h"

#include "base/i18n.h"
#include "letter/field.h"

#include <string.h>

#define PART "dependants."
#define SALT "salt"

/* What no file of rows may bring has no key of its own. */
static const char *
key_of(const struct field *field)
{
	return field->id == FIELD_SALT ? SALT : field->key;
}

static const struct field *
find_field(const char *key)
{
	return strcmp(key, SALT) == 0 ? field_row(FIELD_SALT)
				      : field_by_key(key);
}

static bool
is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

static enum err
write_line(const struct field *field, const char *prefix, const char *text,
    struct bytes *out, struct errtext *err)
{
	if (text[0] == '\0')
		return ERR_OK;
	if (!is_plain(text))
		return err_set(err, ERR_DATA,
		    _("%s: a control character is not allowed"), key_of(field));
	bytes_addf(out, "%s%s %s\n", prefix, key_of(field), text);
	return ERR_OK;
}

static enum err
write_dependant(
    const struct dependant *dependant, struct bytes *out, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < FIELD_DEPENDANT_COUNT && rc == ERR_OK; i++)
		rc = write_line(&field_dependant[i], PART,
		    field_get(&field_dependant[i], dependant), out, err);
	return rc;
}

static enum err
write_dependants(
    const struct letter *letter, struct bytes *out, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < letter->dependant_count && rc == ERR_OK; i++)
		rc = write_dependant(&letter->dependant[i], out, err);
	return rc;
}

enum err
draft_text_write(
    const struct letter *letter, struct bytes *out, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < FIELD_COUNT && rc == ERR_OK; i++) {
		const struct field *field = &field_table[i];

		if (field->kind == KIND_DEPENDANTS)
			rc = write_dependants(letter, out, err);
		else if (key_of(field) != NULL)
			rc = write_line(
			    field, "", field_get(field, letter), out, err);
	}
	if (rc == ERR_OK && out->failed)
		rc = err_memory(err);
	return rc;
}

/* The part of a dependant that "name" names; the first begins a new one. */
static bool
read_part(struct letter *letter, const char *key, const char *value)
{
	for (size_t i = 0; i < FIELD_DEPENDANT_COUNT; i++) {
		if (strcmp(field_dependant[i].key, key) != 0)
			continue;
		if (i == 0 && letter->dependant_count == LETTER_DEPENDANT_MAX)
			return false;
		letter->dependant_count += i == 0;
		if (letter->dependant_count == 0)
			return false;
		return field_set(&field_dependant[i],
		    &letter->dependant[letter->dependant_count - 1], value,
		    strlen(value));
	}
	return false;
}

static bool
read_line(struct letter *letter, char *line)
{
	char *value = strchr(line, ' ');
	const struct field *field;

	if (value == NULL)
		return false;
	*value++ = '\0';
	if (strncmp(line, PART, strlen(PART)) == 0)
		return read_part(letter, line + strlen(PART), value);
	field = find_field(line);
	return field != NULL && field->kind != KIND_DEPENDANTS &&
	    field_set(field, letter, value, strlen(value));
}

static bool
read_lines(struct letter *letter, char *text)
{
	char *end;

	for (; (end = strchr(text, '\n')) != NULL; text = end + 1) {
		*end = '\0';
		if (!read_line(letter, text))
			return false;
	}
	return *text == '\0';
}

enum err
draft_text_read(const char *text, struct letter *out, struct errtext *err)
{
	struct bytes copy = { 0 };
	struct bytes again = { 0 };
	struct letter letter = { 0 };
	enum err rc = ERR_DATA;

	bytes_add_text(&copy, text);
	bytes_add_byte(&copy, '\0');
	if (copy.failed) {
		rc = err_memory(err);
		goto out;
	}
	if (read_lines(&letter, (char *)copy.at) &&
	    (rc = draft_text_write(&letter, &again, err)) == ERR_OK &&
	    (again.len != strlen(text) ||
		(again.len > 0 && memcmp(again.at, text, again.len) != 0)))
		rc = ERR_DATA;
	if (rc == ERR_DATA)
		err_set(err, rc, _("the stored fields are damaged"));
	if (rc == ERR_OK)
		*out = letter;
out:
	letter_wipe(&letter);
	bytes_wipe(&copy);
	bytes_wipe(&again);
	return rc;
}
