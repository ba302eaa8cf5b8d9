#include "letter/view.h"

#include "base/i18n.h"
#include "base/print.h"
#include "base/utf8.h"
#include "letter/name.h"

#include <stdbool.h>
#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

#define GAP 2 /* spaces between the longest label and the values */

/* What view_print() prints in: the screen's language, columns, labels. */
struct view {
	FILE *out;
	const char *lang;
	const struct letter_labels *labels;
	int column; /* where values begin */
};

/* Rows without a line of their own: the mark stands with the date, the list
 * has its own lines, and random characters tell nobody anything. */
static bool
has_line(const struct field *field)
{
	return field->kind != KIND_TRUE && field->kind != KIND_SALT &&
	    field->kind != KIND_DEPENDANTS;
}

static int
width_of(const char *text)
{
	return u8_strwidth((const uint8_t *)text, "UTF-8");
}

static int
widest_label(const char *lang)
{
	int width,
	    widest = width_of(i18n_in(lang, N_("Machine-readable name")));
	size_t i;

	for (i = 0; i < FIELD_COUNT; i++) {
		if (field_table[i].kind == KIND_SALT ||
		    field_table[i].kind == KIND_TRUE)
			continue;
		width = width_of(labels_field(lang, &field_table[i]));
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* "Label:   value"; without a label only the value, in its column */
static void
print_line(const struct view *view, const char *label, const char *value)
{
	int used = label != NULL ? width_of(label) + 1 : 0;

	print_to(view->out, "%s%s%*s%s\n", label != NULL ? label : "",
	    label != NULL ? ":" : "", view->column - used, "", value);
}

static void
print_dependant(const struct view *view, const struct letter *letter, size_t n)
{
	struct bytes line = { 0 };
	char value[LABELS_VALUE_SIZE];
	size_t i;

	bytes_addf(&line, "%zu. ", n + 1);
	for (i = 0; i < FIELD_DEPENDANT_COUNT; i++) {
		labels_value(view->lang, &field_dependant[i],
		    &letter->dependant[n], view->labels, value, sizeof(value));
		bytes_addf(&line, "%s%s", i > 0 ? "; " : "", value);
	}
	print_line(view,
	    n == 0 ? labels_field(view->lang, field_row(FIELD_DEPENDANTS))
		   : NULL,
	    line.at != NULL ? (const char *)line.at : "");
	bytes_wipe(&line);
}

static void
print_mrz(const struct view *view, const struct letter *letter)
{
	struct bytes mrz = { 0 };

	name_mrz(letter->surnames, &mrz);
	if (letter->given_names[0] != '\0') {
		bytes_add_text(&mrz, "<<");
		name_mrz(letter->given_names, &mrz);
	}
	print_line(view, i18n_in(view->lang, N_("Machine-readable name")),
	    mrz.at != NULL ? (const char *)mrz.at : "");
	bytes_wipe(&mrz);
}

void
view_print(
    FILE *out, const struct letter *letter, const struct letter_labels *labels)
{
	struct view view = { out, i18n_language(), labels, 0 };
	char value[LABELS_VALUE_SIZE];
	const struct field *field;
	size_t i, n;

	view.column = widest_label(view.lang) + 1 + GAP;
	for (i = 0; i < FIELD_COUNT; i++) {
		field = &field_table[i];
		if (field->kind == KIND_DEPENDANTS)
			for (n = 0; n < letter->dependant_count; n++)
				print_dependant(&view, letter, n);
		if (!has_line(field) || field_get(field, letter)[0] == '\0')
			continue;
		labels_value(
		    view.lang, field, letter, labels, value, sizeof(value));
		print_line(&view, labels_field(view.lang, field), value);
	}
	print_mrz(&view, letter);
}

/* Each part below gives NULL without memory, and Jansson's setters refuse
 * NULL, so one failure anywhere comes out as NULL at the end. */

/* "VEN;ITA" as ["VEN","ITA"] */
static json_t *
codes_json(const char *codes)
{
	json_t *array = json_array();
	size_t len;

	while (*codes != '\0') {
		len = strcspn(codes, ";");
		if (json_array_append_new(array, json_stringn(codes, len)) != 0)
			goto fail;
		codes += len + (codes[len] == ';');
	}
	return array;
fail:
	json_decref(array);
	return NULL;
}

static json_t *
dependant_json(const struct dependant *dependant)
{
	json_t *object = json_object();
	const struct field *field;
	size_t i;

	for (i = 0; i < FIELD_DEPENDANT_COUNT; i++) {
		field = &field_dependant[i];
		if (json_object_set_new(object, field->key,
			json_string(field_get(field, dependant))) != 0)
			goto fail;
	}
	return object;
fail:
	json_decref(object);
	return NULL;
}

static json_t *
dependants_json(const struct letter *letter)
{
	json_t *array = json_array();
	size_t n;

	for (n = 0; n < letter->dependant_count; n++)
		if (json_array_append_new(
			array, dependant_json(&letter->dependant[n])) != 0)
			goto fail;
	return array;
fail:
	json_decref(array);
	return NULL;
}

static bool
is_shown(const struct field *field, const struct letter *letter)
{
	if (field->key == NULL)
		return false;
	if (field->kind == KIND_DEPENDANTS)
		return letter->dependant_count > 0;
	return field->kind == KIND_TRUE || field_get(field, letter)[0] != '\0';
}

static json_t *
field_json(const struct field *field, const struct letter *letter)
{
	const char *text = field_get(field, letter);

	if (field->kind == KIND_DEPENDANTS)
		return dependants_json(letter);
	if (field->kind == KIND_TRUE)
		return json_boolean(text[0] != '\0');
	if (field->kind == KIND_COUNTRIES)
		return codes_json(text);
	return json_string(text);
}

static json_t *
mrz_json(const char *name)
{
	struct bytes mrz = { 0 };
	json_t *value;

	name_mrz(name, &mrz);
	value = mrz.failed ? NULL : json_stringn((char *)mrz.at, mrz.len);
	bytes_wipe(&mrz);
	return value;
}

/* What is derived from the letter: not 0 without memory. */
static int
set_derived(json_t *object, const struct letter *letter)
{
	int failed = 0;

	if (letter->number[0] != '\0')
		failed |= json_object_set_new(object, "center",
		    json_stringn(letter->number, strcspn(letter->number, "-")));
	if (letter->surnames[0] != '\0')
		failed |= json_object_set_new(
		    object, "mrzPrimary", mrz_json(letter->surnames));
	if (letter->given_names[0] != '\0')
		failed |= json_object_set_new(
		    object, "mrzSecondary", mrz_json(letter->given_names));
	return failed;
}

json_t *
view_json(const struct letter *letter)
{
	json_t *object = json_object();
	const struct field *field;
	size_t i;

	for (i = 0; i < FIELD_COUNT; i++) {
		field = &field_table[i];
		if (is_shown(field, letter) &&
		    json_object_set_new(
			object, field->key, field_json(field, letter)) != 0)
			goto fail;
	}
	if (set_derived(object, letter) != 0)
		goto fail;
	return object;
fail:
	json_decref(object);
	return NULL;
}
