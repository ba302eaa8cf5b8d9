/*
 * display.c - results for people: display.h. Short sentences, no technical
 * words; nothing of what was handed in is shown but signed fields.
 */
#include "verify/display.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "letter/date.h"
#include "letter/view.h"
#include "verify/clocks.h"
#include "verify/judge.h"
#include "verify/look.h"
#include "verify/reasons.h"

#include <stdarg.h>
#include <string.h>

static void print_format(FILE *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
print_format(FILE *out, const char *format, ...)
{
	char text[ERRTEXT_SIZE];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	look_sentence(out, "", text);
}

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

/* What lay beside it and decides nothing. */
static void
print_ignored(FILE *out, const struct judged *judged)
{
	if (judged->ignored > 0)
		print_format(out, _("Other codes beside it, ignored: %zu"),
		    judged->ignored);
	if (judged->ignored_files > 0)
		print_format(out,
		    _("Attached files that are no letter as it was issued, "
		      "ignored: %zu"),
		    judged->ignored_files);
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

void
display_shown_here(const struct judged *judged, struct bytes *out)
{
	char at[LOCAL_SIZE];

	if (!judged->shown_here || judged->presented_at == 0)
		return;
	local_format(judged->presented_at, at);
	bytes_addf(out, _("First shown at this post: %s"), at);
	if (judged->mismatch)
		bytes_add_text(out,
		    _(". At a visit here it was recorded that the ID document "
		      "is of another person"));
}

void
display_shown_elsewhere(const struct judged *judged, struct bytes *out)
{
	char day[LOCAL_SIZE];

	if (!judged->shown_elsewhere)
		return;
	local_utc_day(judged->elsewhere.day, day);
	bytes_addf(out, _("Shown at post %s on %s, as that post says"),
	    judged->elsewhere.post, day);
}

static void
print_presented(FILE *out, const struct judged *judged)
{
	struct bytes here = { 0 }, elsewhere = { 0 };

	display_shown_here(judged, &here);
	display_shown_elsewhere(judged, &elsewhere);
	if (here.len > 0)
		look_sentence(out, "", (const char *)here.at);
	if (elsewhere.len > 0)
		look_sentence(out, "", (const char *)elsewhere.at);
	bytes_free(&here);
	bytes_free(&elsewhere);
}

/* Which clocks, and whose is suspected; with --at nobody's. */
static void
print_clocks(FILE *out, const struct judge *judge, const struct judged *judged)
{
	struct errtext text = { 0 };
	int64_t issued = 0;

	if (judge->at_given)
		return;
	if (clocks_behind(judge->post, judge->now, &text))
		look_sentence(out, "", text.text);
	if (judged->judgement.letter != NULL &&
	    clock_parse(judged->letter.letter.issued_at, &issued) &&
	    clocks_letter(judge->post, issued, judge->now, &text))
		look_sentence(out, "", text.text);
}

static void
print_detail(const struct display *display, const struct judged *judged,
    const char *code)
{
	struct bytes detail = { 0 };

	reasons_detail(judged, &detail);
	if (detail.len > 0)
		look_sentence(display->out, code, (const char *)detail.at);
	bytes_free(&detail);
}

/* Why a file cannot be opened, or shows no code, is more than that. */
static bool
is_exact(const struct judged *judged, enum reason reason)
{
	return judged->detail.text[0] != '\0' &&
	    (reason == U_INPUT || reason == U_UNREADABLE);
}

/* What several reasons ask for is said once. */
static void
print_reason(const struct display *display, const struct judge *judge,
    const struct judged *judged, enum reason reason, const char **said)
{
	const char *next = reasons_next(judged, reason);

	if (is_exact(judged, reason))
		print_detail(display, judged, reason_table[reason].code);
	else
		look_sentence(display->out, reason_table[reason].code,
		    _(reasons_means(judged, reason)));
	if (reason == R_PRESENTED)
		print_presented(display->out, judged);
	if (strcmp(next, *said) != 0)
		look_sentence(display->out, "", _(next));
	if (reason == U_CLOCK)
		print_clocks(display->out, judge, judged);
	*said = next;
}

/* A letter that has ended, too: all of it together is rare, but for a clock that
 * runs ahead. */
static void
print_ahead(FILE *out, const struct judge *judge, const struct judged *judged)
{
	int64_t until = 0;

	if (!judge->at_given && judged->judgement.letter != NULL &&
	    clock_parse_date(judged->letter.letter.valid_until, &until) &&
	    judge->now > date_valid_end(until) &&
	    clocks_perhaps_ahead(judge->post, judge->now))
		look_sentence(out, "",
		    _("Look at a calendar: perhaps this computer's clock is "
		      "ahead."));
}

static void
print_reasons(const struct display *display, const struct judge *judge,
    const struct judged *judged)
{
	/* of a code that is not ours its reason says all */
	bool said = judged->judgement.input == ERR_FOREIGN;
	const char *next = "";
	size_t i;

	for (i = 0; i < judged->result.count; i++) {
		enum reason reason = judged->result.reason[i];

		said |=
		    reasons_is_told(judged, reason) || is_exact(judged, reason);
		if (reasons_is_told(judged, reason))
			print_detail(
			    display, judged, reason_table[reason].code);
		else
			print_reason(display, judge, judged, reason, &next);
	}
	if (!said)
		print_detail(display, judged, "");
	print_ahead(display->out, judge, judged);
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

/* A look that failed is no answer. */
const char *
display_answer(const struct judge *judge, const struct judged *judged)
{
	const struct log_evidence *log = &judged->judgement.log;

	if (judged->entered)
		return reasons_state(judged->entry.state);
	if (judged->center == NULL && judge->post->list != NULL)
		return N_("No center of this post's list gives such a number.");
	if (log->as_of == 0 || log->failed)
		return N_("What the center's log has under this number is "
			  "not known here.");
	return N_("This number is not in the center's log, as far as "
		  "this post has it.");
}

/*
 * What the log has under a typed number: that is what was asked, so it comes
 * before the verdict, which is always the same.
 */
static void
print_answer(FILE *out, const struct judge *judge, const struct judged *judged)
{
	char at[LOCAL_SIZE] = "", text[ERRTEXT_SIZE];

	print_to(out, "%s %s\n", _("Typed number:"), judged->number);
	if (judged->proof.text[0] != '\0')
		look_lines(out, judged->proof.text);
	if (judged->entered) {
		local_format(judged->entry.issued_at, at);
		snprintf(text, sizeof(text),
		    _("A letter with this number was entered in the center's "
		      "log on %s."),
		    at);
		look_lines(out, text);
	}
	look_lines(out, _(display_answer(judge, judged)));
	if (judged->entered && judged->entry.copies > 1)
		print_to(out, _("  Copies printed, with the first: %u\n"),
		    judged->entry.copies);
	print_to(out, "\n");
}

static void
print_records(FILE *out, const struct judge *judge, const struct judged *judged)
{
	const struct log_evidence *log = &judged->judgement.log;
	char at[LOCAL_SIZE] = "";

	if (!log->consulted)
		return;
	if (log->as_of == 0) {
		print_to(out, "  %s\n",
		    _("The center's log: none yet; take it with "
		      "\"sello-verify sync\"."));
		return;
	}
	local_format(log->as_of, at);
	print_to(out, _("  The center's log: %s, up to %s, %s.\n"),
	    COUNTED(LINES, log->size), at, AGE(log->as_of, judge->now));
	if (judged->carrier != JUDGED_NUMBER && log->state == LOG_INCLUDED)
		print_to(out, "  %s\n", _("The letter is in this log."));
}

static void
print_knowledge(const struct display *display, const struct judge *judge,
    const struct judged *judged)
{
	const struct trust_list *list = judge->post->list;
	char at[LOCAL_SIZE] = "";
	FILE *out = display->out;

	print_to(out, "\n%s\n", _("What this post knows:"));
	if (list == NULL)
		print_to(out, "  %s\n", _("No trust list yet."));
	else {
		local_format(list->issued_at, at);
		print_to(out, _("  Trust list: number %llu, of %s, %s.\n"),
		    (unsigned long long)list->sequence, at,
		    AGE(list->issued_at, judge->now));
	}
	print_records(out, judge, judged);
	print_to(out, "  %s\n",
	    judge->post->logs.seen_elsewhere
		? _("Letters shown before: known of this post, and of others "
		    "whose reports it has.")
		: _("Letters shown before: known of this post only."));
	if (judge->at_given) {
		local_format(judge->now, at);
		print_to(out, _("  Judged as of %s, not as of now.\n"), at);
	}
}

void
display_text(const struct display *display, const struct judge *judge,
    const struct judged *judged)
{
	if (judged->carrier == JUDGED_NUMBER)
		print_answer(display->out, judge, judged);
	print_verdict(display, judge, judged);
	print_reasons(display, judge, judged);
	if (!judged->told)
		print_ignored(display->out, judged);
	print_center(display, judge, judged);
	if (verdict_shows_letter(&judged->result))
		print_letter(display, judge, judged);
	else
		print_number(display, judged);
	print_knowledge(display, judge, judged);
	print_flush(display->out);
}
