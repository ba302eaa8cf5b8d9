/*
 * fragment.c - fragment.h.
 */
#include "verify/desk/fragment.h"

#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"
#include "letter/hotline.h"
#include "letter/view.h"
#include "verify/display.h"
#include "verify/judge.h"
#include "verify/sentences.h"
#include "verify/visit.h"

#include <stdlib.h>
#include <string.h>

/* --- the verdict ---------------------------------------------------------- */

/* Tick in a circle, ! in a triangle, ? in a square, X in an octagon. */
static const char *
shape_of(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_VALID:
		return "<circle cx=\"24\" cy=\"24\" r=\"21\"/>"
		       "<path d=\"M14 25l7 8 13-17\"/>";
	case VERDICT_ATTENTION:
		return "<path d=\"M24 4l21 39H3z\"/>"
		       "<path d=\"M24 18v12M24 35v3\"/>";
	case VERDICT_UNCHECKED:
		return "<path d=\"M4 4h40v40H4z\"/>"
		       "<path d=\"M17 18c0-10 15-9 14 0-1 6-7 5-7 11M24 34v3\"/>";
	case VERDICT_NOT_AUTHENTIC:
		return "<path d=\"M15 3h18l12 12v18L33 45H15L3 33V15z\"/>"
		       "<path d=\"M16 16l16 16M32 16L16 32\"/>";
	}
	return "";
}

static void
add_word(struct bytes *out, const struct display *report,
    const struct judged *judged)
{
	const struct verdict_row *row = &verdict_table[judged->result.verdict];
	struct bytes source = { 0 };

	bytes_addf(out,
	    "<h2 class=\"word\"><svg viewBox=\"0 0 48 48\" "
	    "aria-hidden=\"true\">%s</svg>",
	    shape_of(row->verdict));
	html_element(out, "span", _(row->word));
	bytes_add_text(out, "</h2>\n");
	display_source(report, judged, &source);
	bytes_add_text(out, "<p class=\"source\">");
	html_stranger(out, source.failed ? "?" : (const char *)source.at);
	bytes_add_text(out, "</p>\n");
	bytes_free(&source);
}

/* --- sentences ------------------------------------------------------------ */

struct telling {
	struct bytes *out;
	bool open; /* a reason's block */
	size_t count;
};

static void
end_reason(struct telling *telling)
{
	if (telling->open)
		bytes_add_text(telling->out, "</div>\n");
	telling->open = false;
}

static void
tell(void *ctx, const char *code, const char *text)
{
	struct telling *telling = ctx;
	bool next = telling->open && code[0] == '\0';

	if (code[0] != '\0') {
		end_reason(telling);
		bytes_add_text(telling->out, "<div class=\"reason\"");
		html_attribute(telling->out, "data-reason", code);
		bytes_add_text(telling->out, ">");
		telling->open = true;
	}
	bytes_addf(telling->out, "<p class=\"%s\">", next ? "next" : "means");
	html_text(telling->out, text);
	if (code[0] != '\0')
		html_element(telling->out, "code", code);
	bytes_add_text(telling->out, "</p>\n");
	telling->count++;
}

static void
add_reasons(
    struct bytes *out, const struct judge *judge, const struct judged *judged)
{
	struct telling telling = { .out = out };

	bytes_add_text(out, "<div class=\"reasons\">\n");
	if (judged->result.verdict == VERDICT_VALID)
		tell(&telling, "",
		    _("The center made this letter, and nothing in it was "
		      "changed."));
	sentences_reasons(judge, judged, tell, &telling);
	end_reason(&telling);
	bytes_add_text(out, "</div>\n");
}

/* What was asked of a typed number. */
static void
add_answer(
    struct bytes *out, const struct judge *judge, const struct judged *judged)
{
	struct telling telling = { .out = out };

	if (judged->carrier != JUDGED_NUMBER)
		return;
	bytes_add_text(out, "<div class=\"asked\">\n");
	bytes_add_text(out, "<p class=\"number\">");
	html_text(out, _("Typed number:"));
	bytes_add_text(out, " ");
	html_element(out, "b", judged->number);
	bytes_add_text(out, "</p>\n");
	sentences_answer(judge, judged, tell, &telling);
	bytes_add_text(out, "</div>\n");
}

static void
add_known(
    struct bytes *out, const struct judge *judge, const struct judged *judged)
{
	struct telling telling = { .out = out };

	bytes_add_text(out, "<div class=\"known\">");
	html_element(out, "h3", _("What this post knows:"));
	sentences_knowledge(judge, judged, tell, &telling);
	bytes_add_text(out, "</div>\n");
}

/* --- the letter ----------------------------------------------------------- */

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
	html_stranger(out, line->value);
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

static void
add_letter(
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

static void
add_compare(struct bytes *out, const struct letter *letter)
{
	bytes_add_text(out, "<div class=\"compare\">");
	html_element(out, "h3", _("Compare:"));
	bytes_add_text(out, "<ol>");
	html_element(out, "li", _("The paper with this screen."));
	html_element(out, "li", _("The ID document with this screen."));
	html_element(
	    out, "li", _("The person with the photo of the ID document."));
	if (letter->dependant_count > 0)
		html_element(out, "li",
		    _("The dependants who are present with the list."));
	bytes_add_text(out, "</ol></div>\n");
}

/* --- around it ------------------------------------------------------------ */

/* Whom to call: from the list, never from the paper. */
static void
add_center(
    struct bytes *out, const struct judge *judge, const struct judged *judged)
{
	char hotline[HOTLINE_SIZE] = "";

	if (judged->center == NULL)
		return;
	bytes_add_text(out, "<p class=\"center\">");
	html_text(out, _("Center:"));
	bytes_add_text(out, " ");
	html_stranger(out, judged->center->name);
	html_element(out, "span", judged->center->code);
	bytes_add_text(out, "</p>\n");
	labels_hotline(judged->center->hotline, hotline);
	if (judged->center->hotline[0] == '\0')
		return;
	/* of a good letter it is called when the answer is no */
	bytes_addf(out, "<p class=\"phone\"%s>",
	    judged->result.verdict == VERDICT_VALID && !judge_is_mismatch(judge)
		? " hidden"
		: "");
	html_text(out, _("Telephone of the center:"));
	bytes_add_text(out, " ");
	html_element(out, "b", hotline);
	bytes_add_text(out, "</p>\n");
}

static void
add_number(struct bytes *out, const struct judged *judged)
{
	if (judged->number[0] == '\0' || judged->carrier == JUDGED_NUMBER)
		return;
	bytes_add_text(out, "<p class=\"number\">");
	html_text(out, _("Letter number:"));
	bytes_add_text(out, " ");
	html_element(out, "b", judged->number);
	bytes_add_text(out, "</p>\n");
}

static void
add_visit(struct bytes *out, const struct judge *judge,
    const struct judged *judged, const char *kept)
{
	const char *text = visit_text(visit_of(judge, judged));

	if (text != NULL)
		html_element(out, "p class=\"visit\"", _(text));
	if (judged->unrecorded != ERR_OK)
		html_element(
		    out, "p class=\"visit\"", judged->unrecorded_why.text);
	if (kept[0] != '\0')
		html_element(out, "p class=\"kept\"", kept);
}

/* For support: what was found and by which versions, and of nobody. */
static void
add_report(
    struct bytes *out, const struct judge *judge, const struct judged *judged)
{
	static const char *const personal[] = { "source", "letterNumber",
		"letter" };
	json_t *object = display_object(judge, judged);
	struct bytes text = { 0 };
	size_t i;

	for (i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
		json_object_del(object, personal[i]);
	json_set_text(object, "version", SELLO_VERSION);
	json_add(&text, object);
	bytes_add_text(out, "<pre class=\"report\" hidden>");
	html_text(out, text.failed ? "" : (const char *)text.at);
	bytes_add_text(out, "</pre>\n");
	bytes_free(&text);
	json_decref(object);
}

static void
add_attributes(
    struct bytes *out, const struct judge *judge, const struct judged *judged)
{
	const struct verdict_result *result = &judged->result;
	const struct verdict_row *row = &verdict_table[result->verdict];
	size_t i;

	bytes_addf(out, "<section class=\"result %s%s\" data-verdict=\"%s\" ",
	    row->name, judge->post->info.training ? " training" : "",
	    row->name);
	bytes_addf(out, "data-rank=\"%d\" data-reasons=\"", row->exit);
	for (i = 0; i < result->count; i++)
		bytes_addf(out, "%s%s", i > 0 ? " " : "",
		    reason_table[result->reason[i]].code);
	bytes_add_text(out, "\"");
	if (judged->visit != 0)
		bytes_addf(out, " data-visit=\"%lld\" data-number=\"%s\"",
		    (long long)judged->visit, judged->number);
	bytes_add_text(out, ">\n");
}

void
fragment_add(struct bytes *out, const struct display *report,
    const struct judge *judge, const struct judged *judged, const char *kept)
{
	bool shown = verdict_shows_letter(&judged->result);

	add_attributes(out, judge, judged);
	if (judge->post->info.training)
		html_element(out, "p class=\"hatched\"", _("TRAINING"));
	add_word(out, report, judged);
	add_answer(out, judge, judged);
	add_reasons(out, judge, judged);
	if (shown)
		add_letter(out, judge, judged);
	else
		add_number(out, judged);
	add_center(out, judge, judged);
	add_visit(out, judge, judged, kept);
	if (shown)
		add_compare(out, &judged->letter.letter);
	add_known(out, judge, judged);
	add_report(out, judge, judged);
	bytes_add_text(out, "</section>\n");
}
