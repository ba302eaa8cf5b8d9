/*
 * report.c - results for people: report.h. Short sentences, no technical
 * words; nothing of what was handed in is shown but signed fields.
 */
#include "verify/report.h"

#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "letter/view.h"
#include "verify/judge.h"
#include "verify/look.h"
#include "verify/sentences.h"

#include <string.h>

void
report_source(
    const struct report *report, const struct judged *judged, struct bytes *out)
{
	bytes_add_text(
	    out, report->label != NULL ? report->label : judged->source);
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
print_verdict(const struct report *report, const struct judge *judge,
    const struct judged *judged)
{
	const struct verdict_row *row = &verdict_table[judged->result.verdict];
	struct bytes source = { 0 };

	report_source(report, judged, &source);
	look_on(report->out, report->color, row->verdict);
	print_to(report->out, "%s%s %s", report->color ? " " : "", _(row->word),
	    row->mark);
	look_off(report->out, report->color);
	print_to(report->out, "  %s\n",
	    source.failed ? judged->source : (const char *)source.at);
	bytes_free(&source);
	if (judge->post->info.training)
		look_training(report->out, report->color);
}

static bool
has_hotline(const struct judged *judged)
{
	return judged->center != NULL && judged->center->hotline[0] != '\0';
}

/* Whom to call: from the list, never from the paper. */
static void
print_center(const struct report *report, const struct judge *judge,
    const struct judged *judged)
{
	char hotline[HOTLINE_SIZE];
	FILE *out = report->out;

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
print_letter(const struct report *report, const struct judge *judge,
    const struct judged *judged)
{
	const struct letter *letter = &judged->letter.letter;
	struct letter_labels labels = { 0 };

	print_to(report->out, "\n");
	authenticate_labels(
	    judge->post->list, letter, i18n_language(), &labels);
	view_print(report->out, letter, &labels);
	if (report->compare)
		print_to(report->out, "\n%s\n  1. %s\n  2. %s\n  3. %s\n",
		    _("Compare:"), _("The paper with this screen."),
		    _("The ID document with this screen."),
		    _("The person with the photo of the ID document."));
	if (report->compare && letter->dependant_count > 0)
		print_to(report->out, "  4. %s\n",
		    _("The dependants who are present with the list."));
}

/* Red and grey show nothing of the person; only which letter it is. */
static void
print_number(const struct report *report, const struct judged *judged)
{
	if (judged->number[0] != '\0' && judged->carrier != JUDGED_NUMBER)
		print_to(report->out, "  %s %s\n", _("Letter number:"),
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
report_text(const struct report *report, const struct judge *judge,
    const struct judged *judged)
{
	if (judged->carrier == JUDGED_NUMBER)
		print_answer(report->out, judge, judged);
	print_verdict(report, judge, judged);
	sentences_reasons(judge, judged, print_sentence, report->out);
	print_center(report, judge, judged);
	if (verdict_shows_letter(&judged->result))
		print_letter(report, judge, judged);
	else
		print_number(report, judged);
	print_to(report->out, "\n%s\n", _("What this post knows:"));
	sentences_knowledge(judge, judged, print_known, report->out);
	print_flush(report->out);
}
