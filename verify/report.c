/*
 * report.c - results for people: report.h. Short sentences, no technical
 * words; nothing of what was handed in is shown but signed fields.
 */
#include "verify/report.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/utf8.h"
#include "letter/view.h"
#include "verify/clocks.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* DOMAIN 3.1's colors: exact, and the nearest of 256. */
struct look {
	const char *exact, *nearest;
};

static const struct look looks[4] = {
	[VERDICT_VALID] = { "\033[1;38;2;255;255;255;48;2;0;102;74m",
	    "\033[1;97;48;5;22m" },
	[VERDICT_ATTENTION] = { "\033[1;38;2;0;0;0;48;2;255;176;0m",
	    "\033[1;30;48;5;214m" },
	[VERDICT_UNCHECKED] = { "\033[1;38;2;255;255;255;48;2;74;74;74m",
	    "\033[1;97;48;5;239m" },
	[VERDICT_NOT_AUTHENTIC] = { "\033[1;38;2;255;255;255;48;2;163;21;21m",
	    "\033[1;97;48;5;124m" },
};
static const struct look training_look = {
	"\033[1;38;2;255;255;255;48;2;91;33;130m", "\033[1;97;48;5;54m"
};
#define PLAIN "\033[0m"

#define INDENT  17 /* where sentences begin */
#define COLUMNS 80

static const char *
color_of(const struct report *report, const struct look *look)
{
	const char *depth = getenv("COLORTERM");

	if (!report->color)
		return "";
	if (depth != NULL &&
	    (strcmp(depth, "truecolor") == 0 || strcmp(depth, "24bit") == 0))
		return look->exact;
	return look->nearest;
}

static const char *
plain(const struct report *report)
{
	return report->color ? PLAIN : "";
}

/*
 * A sentence with its code before it ("" for none), in lines of at most
 * COLUMNS, all beginning in one column.
 */
static void
print_sentence(FILE *out, const char *code, const char *sentence)
{
	size_t column = 0;

	print_to(out, "  %-*s", INDENT - 2, code);
	while (*sentence != '\0') {
		size_t len = strcspn(sentence, " ");
		struct reader word = { (const uint8_t *)sentence, len };
		size_t width = 0;
		uint32_t c;

		while (utf8_next(&word, &c))
			width++;
		if (column > 0 && column + 1 + width > COLUMNS - INDENT) {
			print_to(out, "\n%*s", INDENT, "");
			column = 0;
		}
		print_to(
		    out, "%s%.*s", column > 0 ? " " : "", (int)len, sentence);
		column += width + (column > 0);
		sentence += len + (sentence[len] == ' ');
	}
	print_to(out, "\n");
}

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
	print_sentence(out, "", text);
}

static void
print_training(const struct report *report)
{
	print_own(report->out, color_of(report, &training_look));
	print_to(report->out, "//// %s ////", _("TRAINING"));
	print_own(report->out, plain(report));
	print_to(report->out, "\n");
}

/* Where in the file. */
static void
print_page(FILE *out, const struct judged *judged)
{
	if (judged->line > 0) {
		print_to(out, ", ");
		print_to(out, _("line %llu"), (unsigned long long)judged->line);
	}
	if (judged->page == 0)
		return;
	print_to(out, ", ");
	if (judged->page == judged->last_page)
		print_to(out, _("page %zu"), judged->page);
	else
		print_to(
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
print_verdict(const struct report *report, const struct judge *judge,
    const struct judged *judged)
{
	const struct verdict_row *row = &verdict_table[judged->result.verdict];

	print_own(report->out, color_of(report, &looks[row->verdict]));
	print_to(report->out, "%s%s %s", report->color ? " " : "", _(row->word),
	    row->mark);
	print_own(report->out, plain(report));
	print_to(report->out, "  ");
	print_to(report->out, "%s", judged->source);
	print_page(report->out, judged);
	print_to(report->out, "\n");
	if (judge->post->info.training)
		print_training(report);
}

static void
print_presented(FILE *out, const struct judged *judged)
{
	char at[CLOCK_INSTANT_SIZE], day[CLOCK_DATE_SIZE];

	if (judged->shown_here && judged->presented_at != 0 &&
	    clock_format(judged->presented_at, at))
		print_format(out, _("First shown at this post: %s"), at);
	if (judged->shown_elsewhere &&
	    clock_format_date(judged->elsewhere.day, day))
		print_format(out,
		    _("Shown at post %s on %s, as that post says"),
		    judged->elsewhere.post, day);
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
		print_sentence(out, "", text.text);
	if (judged->judgement.letter != NULL &&
	    clock_parse(judged->letter.letter.issued_at, &issued) &&
	    clocks_letter(judge->post, issued, judge->now, &text))
		print_sentence(out, "", text.text);
}

/* What several reasons ask for is said once. */
static void
print_reasons(const struct report *report, const struct judge *judge,
    const struct judged *judged)
{
	const char *said = "";
	size_t i;

	for (i = 0; i < judged->result.count; i++) {
		const struct reason_row *row =
		    &reason_table[judged->result.reason[i]];

		print_sentence(report->out, row->code, _(row->sentence));
		if (row->reason == R_PRESENTED)
			print_presented(report->out, judged);
		if (strcmp(row->next, said) != 0)
			print_sentence(report->out, "", _(row->next));
		if (row->reason == U_CLOCK)
			print_clocks(report->out, judge, judged);
		said = row->next;
	}
	if (judged->detail.text[0] != '\0')
		print_sentence(report->out, "", judged->detail.text);
}

static bool
has_hotline(const struct judged *judged)
{
	return judged->center != NULL && judged->center->hotline[0] != '\0';
}

/* Whom to call: from the list, never from the paper. */
static void
print_center(const struct report *report, const struct judged *judged)
{
	FILE *out = report->out;

	if (judged->center == NULL)
		return;
	print_to(out, "\n  %s %s (%s)\n", _("Center:"), judged->center->name,
	    judged->center->code);
	if (has_hotline(judged) && judged->result.verdict != VERDICT_VALID)
		print_to(out, "  %s %s\n", _("Telephone of the center:"),
		    judged->center->hotline);
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
		print_to(report->out,
		    "\n%s\n  1. %s\n  2. %s\n  3. %s\n  4. %s\n", _("Compare:"),
		    _("The paper with this screen."),
		    _("The ID document with this screen."),
		    _("The person with the photo of the ID document."),
		    _("The dependants who are present with the list."));
}

/* Red and grey show nothing of the person; only which letter it is. */
static void
print_number(const struct report *report, const struct judged *judged)
{
	if (judged->number[0] == '\0')
		return;
	print_to(report->out, "  %s %s\n",
	    judged->carrier == JUDGED_NUMBER ? _("Typed number:")
					     : _("Letter number:"),
	    judged->number);
}

static const char *
state_text(enum history_state state)
{
	switch (state) {
	case HISTORY_LIVE:
		return N_("  It was neither withdrawn nor replaced.\n");
	case HISTORY_SUPERSEDED:
		return N_("  The center replaced it by a newer letter.\n");
	case HISTORY_WITHDRAWN:
		return N_("  The center withdrew it.\n");
	case HISTORY_FRAUD:
		return N_("  The center withdrew it for fraud.\n");
	case HISTORY_VOID:
		return N_("  It is void: a person signed it whom the root "
			  "custodian had removed.\n");
	}
	return "";
}

/* What the log has under a typed number. */
static void
print_entry(FILE *out, const struct judged *judged)
{
	const struct log_evidence *log = &judged->judgement.log;
	char at[CLOCK_INSTANT_SIZE] = "";

	if (judged->carrier != JUDGED_NUMBER || !log->consulted)
		return;
	if (!judged->entered) {
		if (log->as_of != 0)
			print_to(out, "\n  %s\n",
			    _("This number is not in the center's log, as far as "
			      "this post has it."));
		return;
	}
	clock_format(judged->entry.issued_at, at);
	print_to(out, "\n");
	print_to(out,
	    _("  A letter with this number was entered in the "
	      "center's log on %s.\n"),
	    at);
	print_own(out, _(state_text(judged->entry.state)));
	if (judged->entry.copies > 1)
		print_to(out, _("  Copies printed, with the first: %u\n"),
		    judged->entry.copies);
}

static void
print_records(FILE *out, const struct judge *judge, const struct judged *judged)
{
	const struct log_evidence *log = &judged->judgement.log;
	char at[CLOCK_INSTANT_SIZE] = "";

	if (!log->consulted)
		return;
	if (log->as_of == 0) {
		print_to(out, "  %s\n",
		    _("The center's log: none yet; take it with "
		      "\"sello-verify sync\"."));
		return;
	}
	clock_format(log->as_of, at);
	print_to(out, _("  The center's log: %s, up to %s, %s.\n"),
	    COUNTED(LINES, log->size), at,
	    COUNTED(DAYS_OLD, report_age_days(log->as_of, judge->now)));
	if (judged->carrier != JUDGED_NUMBER && log->state == LOG_INCLUDED)
		print_to(out, "  %s\n", _("The letter is in this log."));
}

static void
print_knowledge(const struct report *report, const struct judge *judge,
    const struct judged *judged)
{
	const struct trust_list *list = judge->post->list;
	char at[CLOCK_INSTANT_SIZE] = "";
	FILE *out = report->out;

	print_to(out, "\n%s\n", _("What this post knows:"));
	if (list == NULL)
		print_to(out, "  %s\n", _("No trust list yet."));
	else if (clock_format(list->issued_at, at))
		print_to(out, _("  Trust list: number %llu, of %s, %s.\n"),
		    (unsigned long long)list->sequence, at,
		    COUNTED(DAYS_OLD,
			report_age_days(list->issued_at, judge->now)));
	print_records(out, judge, judged);
	print_to(out, "  %s\n",
	    judge->post->logs.seen_elsewhere
		? _("Letters shown before: known of this post, and of others "
		    "whose reports it has.")
		: _("Letters shown before: known of this post only."));
	if (judge->at_given && clock_format(judge->now, at))
		print_to(out, _("  Judged as of %s, not as of now.\n"), at);
}

void
report_text(const struct report *report, const struct judge *judge,
    const struct judged *judged)
{
	print_verdict(report, judge, judged);
	print_reasons(report, judge, judged);
	print_ignored(report->out, judged);
	print_center(report, judged);
	if (verdict_shows_letter(&judged->result))
		print_letter(report, judge, judged);
	else
		print_number(report, judged);
	print_entry(report->out, judged);
	print_knowledge(report, judge, judged);
	fflush(report->out);
}
