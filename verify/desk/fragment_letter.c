/*
 * fragment_letter.c - fragment_letter.h.
 */
#include "verify/desk/fragment_letter.h"

#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"
#include "letter/view.h"
#include "verify/judge.h"

struct lines {
	struct bytes *out;
	json_t *letter; /* what is not shown yet */
	bool open;      /* a line, which may have more values */
};

static void
add_value(struct bytes *out, const json_t *value)
{
	struct bytes text = { 0 };

	if (json_is_string(value)) {
		html_attribute(out, "data-value", json_string_value(value));
		return;
	}
	if (json_is_boolean(value))
		bytes_add_text(&text, json_is_true(value) ? "true" : "false");
	else
		json_add(&text, value);
	if (text.failed)
		out->failed = true;
	else
		html_attribute(out, "data-value", (const char *)text.at);
	bytes_wipe(&text);
}

/* data-field and data-value of a key, which is shown then. */
static void
add_field(struct lines *lines, const char *key)
{
	json_t *value = json_object_get(lines->letter, key);

	if (value == NULL)
		return;
	html_attribute(lines->out, "data-field", key);
	add_value(lines->out, value);
	json_object_del(lines->letter, key);
}

static void
end_line(struct lines *lines)
{
	if (lines->open)
		bytes_add_text(lines->out, "</div>\n");
	lines->open = false;
}

/* A value that stands in another one's text. */
static void
add_within(struct lines *lines, const char *key)
{
	if (json_object_get(lines->letter, key) == NULL)
		return;
	bytes_add_text(lines->out, "<span");
	add_field(lines, key);
	bytes_add_text(lines->out, "></span>");
}

static void
add_line(void *ctx, const struct view_line *line)
{
	struct lines *lines = ctx;
	struct bytes *out = lines->out;

	if (line->dependant <= 1) {
		end_line(lines);
		bytes_add_text(out, "<div");
		if (line->field != NULL)
			add_field(lines, line->field->key);
		bytes_add_text(out, ">");
		html_element(out, "dt", line->label);
		lines->open = true;
	}
	bytes_add_text(out, "<dd>");
	html_value(out, line->value);
	if (line->field == NULL) {
		add_within(lines, "mrzPrimary");
		add_within(lines, "mrzSecondary");
	}
	bytes_add_text(out, "</dd>\n");
}

/* What programs are told and people read in other words. */
static void
add_rest(struct lines *lines)
{
	const char *key;

	bytes_add_text(lines->out, "<div hidden>");
	while ((key = json_object_iter_key(json_object_iter(lines->letter))) !=
	    NULL) {
		bytes_add_text(lines->out, "<span");
		html_attribute(lines->out, "data-field", key);
		add_value(lines->out, json_object_get(lines->letter, key));
		bytes_add_text(lines->out, "></span>");
		json_object_del(lines->letter, key);
	}
	bytes_add_text(lines->out, "</div>\n");
}

void
fragment_letter(
    struct bytes *out, const struct judge *judge, const struct judged *judged)
{
	const struct letter *letter = &judged->letter.letter;
	struct lines lines = { .out = out, .letter = view_json(letter) };
	struct letter_labels labels = { 0 };

	if (lines.letter == NULL) {
		out->failed = true;
		return;
	}
	authenticate_labels(
	    judge->post->list, letter, i18n_language(), &labels);
	bytes_add_text(out, "<dl class=\"letter\">\n");
	view_each(letter, &labels, add_line, &lines);
	end_line(&lines);
	bytes_add_text(out, "</dl>\n");
	add_rest(&lines);
	json_decref(lines.letter);
}
