/*
 * display.c - results for people: display.h. Short sentences, no technical
 * words; nothing of what was handed in is shown but signed fields.
 */
#include "verify/display.h"

#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "letter/view.h"
#include "verify/judge.h"
#include "verify/look.h"
#include "verify/sentences.h"

#include <string.h>

void
display_source(const struct display *display, const struct judged *judged,
    struct bytes *out)
{
	bytes_add_text(
	    out, display->label != NULL ? display->label : judged->source);
	if (judged->line > 0) {
		bytes_add_text(out, ", ");
		bytes_addf(
		    out, _("line %llu"), (unsigned long long)judged->line);
	}
	if (judged->page == 0)
		return;
	bytes_add_text(out, ", ");
	if (judged->page == judged->last_page)
		bytes_addf(out, _("page %zu"), judged->page);
	else
		bytes_addf(
		    out, _("pages %zu-%zu"), judged->page, judged->last_page);
}

static void
print_verdict(const struct display *display, const struct judge *judge,
    const struct judged *judged)
{
	const struct verdict_row *row = &verdict_table[judged->result.verdict];
	struct bytes source = { 0 };

	display_source(display, judged, &source);
	look_on(display->out, display->color, row->verdict);
	print_to(display->out, "%s%s %s", display->color ? " " : "",
	    _(row->word), row->mark);
	look_off(display->out, display->color);
	print_to(display->out, "  %s\n",
	    source.failed ? judged->source : (const char *)source.at);
	bytes_free(&source);
	if (judge->post->info.training)
		look_training(display->out, display->color);
}

static bool
has_hotline(const struct judged *judged)
{
	return judged->center != NULL && judged->center->hotline[0] != '\0';
}

/* Whom to call: from the list, never from the paper. */
static void
print_center(const struct display *display, const struct judge *judge,
    const struct judged *judged)
{
	char hotline[HOTLINE_SIZE];
	FILE *out = display->out;

	if (judged->center == NULL)
		return;
	labels_hotline(judged->center->hotline, hotline);
	print_to(out, "\n  %s %s (%s)\n", _("Center:"), judged->center->name,
	    judged->center->code);
	if (has_hotline(judged) &&
	    (judged->result.verdict != VERDICT_VALID ||
		judge_is_mismatch(judge)))
		print_to(
		    out, "  %s %s\n", _("Telephone of the center:"), hotline);
}

static void
print_letter(const struct display *display, const struct judge *judge,
    const struct judged *judged)
{
	const struct letter *letter = &judged->letter.letter;
	struct letter_labels labels = { 0 };

	print_to(display->out, "\n");
	authenticate_labels(
	    judge->post->list, letter, i18n_language(), &labels);
	view_print(display->out, letter, &labels);
	if (display->compare)
		print_to(display->out, "\n%s\n  1. %s\n  2. %s\n  3. %s\n",
		    _("Compare:"), _("The paper with this screen."),
		    _("The ID document with this screen."),
		    _("The person with the photo of the ID document."));
	if (display->compare && letter->dependant_count > 0)
		print_to(display->out, "  4. %s\n",
		    _("The dependants who are present with the list."));
}

/* Red and grey show nothing of the person; only which letter it is. */
static void
print_number(const struct display *display, const struct judged *judged)
{
	if (judged->number[0] != '\0' && judged->carrier != JUDGED_NUMBER)
		print_to(display->out, "  %s %s\n", _("Letter number:"),
		    judged->number);
}

static void
print_sentence(void *out, const char *code, const char *text)
{
	look_sentence(out, code, text);
}

static void
print_line(void *out, const char *code, const char *text)
{
	(void)code;
	look_lines(out, text);
}

/* That is what was asked, so it comes before the verdict, which is always the
 * same. */
static void
print_answer(FILE *out, const struct judge *judge, const struct judged *judged)
{
	print_to(out, "%s %s\n", _("Typed number:"), judged->number);
	sentences_answer(judge, judged, print_line, out);
	print_to(out, "\n");
}

static void
print_known(void *out, const char *code, const char *text)
{
	(void)code;
	print_to(out, "  %s\n", text);
}

void
display_text(const struct display *display, const struct judge *judge,
    const struct judged *judged)
{
	if (judged->carrier == JUDGED_NUMBER)
		print_answer(display->out, judge, judged);
	print_verdict(display, judge, judged);
	sentences_reasons(judge, judged, print_sentence, display->out);
	print_center(display, judge, judged);
	if (verdict_shows_letter(&judged->result))
		print_letter(display, judge, judged);
	else
		print_number(display, judged);
	print_to(display->out, "\n%s\n", _("What this post knows:"));
	sentences_knowledge(judge, judged, print_known, display->out);
	print_flush(display->out);
}
