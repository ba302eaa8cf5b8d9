/*
 * fragment.c - fragment.h.
 */
#include "verify/desk/fragment.h"

#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"
#include "http/words.h"
#include "letter/hotline.h"
#include "verify/desk/fragment_letter.h"
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

/* One follows the other in a line: a fact ends as a sentence does. */
static const char *
stop_after(const char *text)
{
	size_t len = strlen(text);

	return len > 0 && strchr(".:!?", text[len - 1]) == NULL ? "." : "";
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
	words_text(telling->out, text);
	bytes_add_text(telling->out, stop_after(text));
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

/* --- around it ------------------------------------------------------------ */

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
	if (judged->further)
		bytes_add_text(out, " data-further");
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
		fragment_letter(out, judge, judged);
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
