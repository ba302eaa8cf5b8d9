/*
 * sentences.c - sentences.h.
 */
#include "verify/sentences.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "letter/date.h"
#include "verify/clocks.h"
#include "verify/judge.h"
#include "verify/reasons.h"

#include <stdarg.h>
#include <string.h>

struct told {
	const struct judge *judge;
	const struct judged *judged;
	sentences_take *take;
	void *ctx;
};

static void
say(const struct told *told, const char *code, const char *text)
{
	told->take(told->ctx, code, text);
}

static void say_format(const struct told *told, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Some formats are those of lines: what makes them lines is no sentence. */
static void
say_format(const struct told *told, const char *format, ...)
{
	struct bytes text = { 0 };
	size_t start = 0;
	va_list args;

	va_start(args, format);
	print_add(&text, format, args);
	va_end(args);
	while (start < text.len && text.at[start] == ' ')
		start++;
	while (text.len > start && text.at[text.len - 1] == '\n')
		text.at[--text.len] = '\0';
	say(told, "", text.failed ? "?" : (const char *)text.at + start);
	bytes_wipe(&text);
}

/* --- shown before --------------------------------------------------------- */

void
sentences_shown_here(const struct judged *judged, struct bytes *out)
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
sentences_shown_elsewhere(const struct judged *judged, struct bytes *out)
{
	char day[LOCAL_SIZE];

	if (!judged->shown_elsewhere)
		return;
	local_utc_day(judged->elsewhere.day, day);
	bytes_addf(out, _("Shown at post %s on %s, as that post says"),
	    judged->elsewhere.post, day);
}

static void
say_presented(const struct told *told)
{
	struct bytes here = { 0 }, elsewhere = { 0 };

	sentences_shown_here(told->judged, &here);
	sentences_shown_elsewhere(told->judged, &elsewhere);
	if (here.len > 0)
		say(told, "", (const char *)here.at);
	if (elsewhere.len > 0)
		say(told, "", (const char *)elsewhere.at);
	bytes_free(&here);
	bytes_free(&elsewhere);
}

/* --- reasons -------------------------------------------------------------- */

/* Which clocks, and whose is suspected; with --at nobody's. */
static void
say_clocks(const struct told *told)
{
	const struct judge *judge = told->judge;
	const struct judged *judged = told->judged;
	struct errtext text = { 0 };
	int64_t issued = 0;

	if (judge->at_given)
		return;
	if (clocks_behind(judge->post, judge->now, &text))
		say(told, "", text.text);
	if (judged->judgement.letter != NULL &&
	    clock_parse(judged->letter.letter.issued_at, &issued) &&
	    clocks_letter(judge->post, issued, judge->now, &text))
		say(told, "", text.text);
}

static void
say_detail(const struct told *told, const char *code)
{
	struct bytes detail = { 0 };

	reasons_detail(told->judged, &detail);
	if (detail.len > 0)
		say(told, code, (const char *)detail.at);
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
say_reason(const struct told *told, enum reason reason, const char **said)
{
	const char *next = reasons_next(told->judged, reason);

	if (is_exact(told->judged, reason))
		say_detail(told, reason_table[reason].code);
	else
		say(told, reason_table[reason].code,
		    _(reasons_means(told->judged, reason)));
	if (reason == R_PRESENTED)
		say_presented(told);
	if (strcmp(next, *said) != 0)
		say(told, "", _(next));
	if (reason == U_CLOCK)
		say_clocks(told);
	*said = next;
}

/* A letter that has ended, too: all of it together is rare, but for a clock that
 * runs ahead. */
static void
say_ahead(const struct told *told)
{
	const struct judge *judge = told->judge;
	const struct judged *judged = told->judged;
	int64_t until = 0;

	if (!judge->at_given && judged->judgement.letter != NULL &&
	    clock_parse_date(judged->letter.letter.valid_until, &until) &&
	    judge->now > date_valid_end(until) &&
	    clocks_perhaps_ahead(judge->post, judge->now))
		say(told, "",
		    _("Look at a calendar: perhaps this computer's clock is "
		      "ahead."));
}

static void
say_ignored(const struct told *told)
{
	const struct judged *judged = told->judged;

	if (judged->ignored > 0)
		say_format(told, _("Other codes beside it, ignored: %zu"),
		    judged->ignored);
	if (judged->ignored_files > 0)
		say_format(told,
		    _("Files beside it in which no letter was found: %zu. "
		      "Checked alone, each says why."),
		    judged->ignored_files);
}

void
sentences_reasons(const struct judge *judge, const struct judged *judged,
    sentences_take *take, void *ctx)
{
	const struct told told = { judge, judged, take, ctx };
	/* of a code that is not ours its reason says all */
	bool said = judged->judgement.input == ERR_FOREIGN;
	const char *next = "";
	size_t i;

	for (i = 0; i < judged->result.count; i++) {
		enum reason reason = judged->result.reason[i];

		said |=
		    reasons_is_told(judged, reason) || is_exact(judged, reason);
		if (reasons_is_told(judged, reason))
			say_detail(&told, reason_table[reason].code);
		else
			say_reason(&told, reason, &next);
	}
	if (!said)
		say_detail(&told, "");
	say_ahead(&told);
	if (!judged->told)
		say_ignored(&told);
}

/* --- a typed number ------------------------------------------------------- */

/* A look that failed is no answer. */
const char *
sentences_entry(const struct judge *judge, const struct judged *judged)
{
	const struct log_evidence *log = &judged->judgement.log;

	if (judged->entered)
		return reasons_state(judged->entry.state);
	if (judged->center == NULL && judge->post->list != NULL)
		return N_("No center of this post's list gives such a number.");
	if (log->size == 0 || log->failed)
		return N_("What the center's log has under this number is "
			  "not known here.");
	return N_("This number is not in the center's log, as far as "
		  "this post has it.");
}

void
sentences_answer(const struct judge *judge, const struct judged *judged,
    sentences_take *take, void *ctx)
{
	const struct told told = { judge, judged, take, ctx };
	char at[LOCAL_SIZE] = "";

	if (judged->proof.text[0] != '\0')
		say(&told, "", judged->proof.text);
	if (judged->entered) {
		local_format(judged->entry.issued_at, at);
		say_format(&told,
		    _("A letter with this number was entered in the center's "
		      "log on %s."),
		    at);
	}
	say(&told, "", _(sentences_entry(judge, judged)));
	if (judged->entered && judged->entry.copies > 1)
		say_format(&told, _("  Copies printed, with the first: %u\n"),
		    judged->entry.copies);
}

/* --- what is known -------------------------------------------------------- */

static void
say_log(const struct told *told)
{
	const struct judged *judged = told->judged;
	const struct log_evidence *log = &judged->judgement.log;
	char at[LOCAL_SIZE] = "";

	if (!log->consulted)
		return;
	if (log->size == 0) {
		say(told, "",
		    _("The center's log: none yet; take it "
		      "(sello-verify sync)."));
		return;
	}
	local_format(log->as_of, at);
	if (log->as_of == 0)
		say_format(told,
		    _("  The center's log: %s, whose date was not believed; "
		      "set the clock and take it again (sello-verify sync).\n"),
		    COUNTED(LINES, log->size));
	else
		say_format(told, _("  The center's log: %s, up to %s, %s.\n"),
		    COUNTED(LINES, log->size), at,
		    AGE(log->as_of, told->judge->now));
	if (judged->carrier != JUDGED_NUMBER && log->state == LOG_INCLUDED)
		say(told, "", _("The letter is in this log."));
}

void
sentences_knowledge(const struct judge *judge, const struct judged *judged,
    sentences_take *take, void *ctx)
{
	const struct told told = { judge, judged, take, ctx };
	const struct trust_list *list = judge->post->list;
	char at[LOCAL_SIZE] = "";

	if (post_list_unusable(judge->post))
		say(&told, "", _("This post's trust list cannot be used."));
	else if (list == NULL)
		say(&told, "", _("No trust list yet."));
	else {
		local_format(list->issued_at, at);
		say_format(&told, _("  Trust list: number %llu, of %s, %s.\n"),
		    (unsigned long long)list->sequence, at,
		    AGE(list->issued_at, judge->now));
	}
	say_log(&told);
	say(&told, "",
	    judge->post->logs.seen_elsewhere
		? _("Letters shown before: known of this post, and of others "
		    "whose reports it has.")
		: _("Letters shown before: known of this post only."));
	if (judge->at_given) {
		local_format(judge->now, at);
		say_format(&told, _("  Judged as of %s, not as of now.\n"), at);
	}
}
