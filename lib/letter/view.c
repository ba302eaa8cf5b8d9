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

/* What view_each() walks with: the screen's language, and whom to give. */
struct view {
	const char *lang;
	const struct letter_labels *labels;
	void (*take)(void *ctx, const struct view_line *line);
	void *ctx;
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

static void
give(const struct view *view, const struct field *field, size_t dependant,
    const char *label, const char *value)
{
	const struct view_line line = { field, dependant, label, value };

	view->take(view->ctx, &line);
}

static void
give_dependant(const struct view *view, const struct letter *letter, size_t n)
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
	give(view, field_row(FIELD_DEPENDANTS), n + 1,
	    labels_field(view->lang, field_row(FIELD_DEPENDANTS)),
	    line.at != NULL ? (const char *)line.at : "");
	bytes_wipe(&line);
}

static void
give_mrz(const struct view *view, const struct letter *letter)
{
	struct bytes mrz = { 0 };

	name_mrz(letter->surnames, &mrz);
	if (letter->given_names[0] != '\0') {
		bytes_add_text(&mrz, "<<");
		name_mrz(letter->given_names, &mrz);
	}
	give(view, NULL, 0, i18n_in(view->lang, N_("Machine-readable name")),
	    mrz.at != NULL ? (const char *)mrz.at : "");
	bytes_wipe(&mrz);
}

void
view_each(const struct letter *letter, const struct letter_labels *labels,
    void (*take)(void *ctx, const struct view_line *line), void *ctx)
{
	const struct view view = { i18n_language(), labels, take, ctx };
	char value[LABELS_VALUE_SIZE];
	const struct field *field;
	size_t i, n;

	for (i = 0; i < FIELD_COUNT; i++) {
		field = &field_table[i];
		if (field->kind == KIND_DEPENDANTS)
			for (n = 0; n < letter->dependant_count; n++)
				give_dependant(&view, letter, n);
		if (!has_line(field) || field_get(field, letter)[0] == '\0')
			continue;
		labels_value(
		    view.lang, field, letter, labels, value, sizeof(value));
		give(&view, field, 0, labels_field(view.lang, field), value);
	}
	give_mrz(&view, letter);
}

/* What view_print() prints in. */
struct columns {
	FILE *out;
	int value; /* where values begin */
};

/* "Label:   value"; further dependants stand below the first one */
static void
print_line(void *ctx, const struct view_line *line)
{
	const struct columns *columns = ctx;
	const char *label = line->dependant > 1 ? NULL : line->label;
	int used = label != NULL ? width_of(label) + 1 : 0;

	print_to(columns->out, "%s%s%*s%s\n", label != NULL ? label : "",
	    label != NULL ? ":" : "", columns->value - used, "", line->value);
}

void
view_print(
    FILE *out, const struct letter *letter, const struct letter_labels *labels)
{
	struct columns columns = { out,
		widest_label(i18n_language()) + 1 + GAP };

	view_each(letter, labels, print_line, &columns);
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
