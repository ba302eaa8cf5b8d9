/*
 * verdict.c - collects every reason that applies, then lets the table decide.
 * The sentences are for officers: no technical words, what to do next.
 */
#include "verify/verdict.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "letter/date.h"

#include <string.h>

#define LOG_AGEING (7 * CLOCK_DAY)
#define LOG_STALE  (30 * CLOCK_DAY)
#define ADULT      18 /* years */

const struct verdict_row verdict_table[4] = {
	{ VERDICT_VALID, "valid", N_("AUTHENTIC AND VALID"), "[OK]", 0 },
	{ VERDICT_ATTENTION, "attention", N_("AUTHENTIC, ATTENTION"), "/!\\",
	    1 },
	{ VERDICT_UNCHECKED, "unchecked", N_("COULD NOT BE CHECKED"), "[?]",
	    2 },
	{ VERDICT_NOT_AUTHENTIC, "not-authentic", N_("NOT AUTHENTIC"), "[X]",
	    3 },
};

#define NO    VERDICT_NOT_AUTHENTIC
#define GRAY  VERDICT_UNCHECKED
#define AMBER VERDICT_ATTENTION

/* What to do is often the same. */
#define CALL_CENTER                                                         \
	N_("Stay calm: the holder is often the victim. Call the center at " \
	   "the number shown here, not at a number on the paper.")

const struct reason_row reason_table[REASON_COUNT] = {
	{ F_SIGNATURE, "F-SIGNATURE", NO,
	    N_("The letter was changed, or the center did not make it."),
	    CALL_CENTER },
	{ F_REVOKED, "F-REVOKED", NO,
	    N_("The letter was withdrawn for fraud, or made with a stolen key "
	       "or by a removed person."),
	    CALL_CENTER },
	{ F_KEY, "F-KEY", NO,
	    N_("The letter was made with a key that the center was not "
	       "allowed to use for it."),
	    CALL_CENTER },
	{ F_UNLOGGED, "F-UNLOGGED", NO,
	    N_("The center's log of all letters does not have this "
	       "one."),
	    CALL_CENTER },
	{ F_MISMATCH, "F-MISMATCH", NO,
	    N_("Two different letters with the same number are in this "
	       "document."),
	    CALL_CENTER },
	{ U_UNREADABLE, "U-UNREADABLE", GRAY, N_("No code could be read."),
	    N_("Clean and flatten the paper, use more light, and scan again. "
	       "If it fails again, call the center.") },
	{ U_FOREIGN, "U-FOREIGN", GRAY,
	    N_("This is not a referral letter of this kind."),
	    N_("Check that you scanned the code of the letter. Do not accept "
	       "another code in its place.") },
	{ U_GARBLED, "U-GARBLED", GRAY,
	    N_("The code arrived incomplete or with wrong characters."),
	    N_("Scan again. If it fails again, check the scanner's keyboard "
	       "language, or use a photo of the code.") },
	{ U_PROFILE, "U-PROFILE", GRAY,
	    N_("The letter is not in the form that centers produce."),
	    N_("Ask for the original paper or file, and check that one.") },
	{ U_VERSION, "U-VERSION", GRAY,
	    N_("This seems to be a letter of a newer version, which this "
	       "program cannot read."),
	    N_("Update this program, then check again.") },
	{ U_ISSUER, "U-ISSUER", GRAY,
	    N_("This post does not know who made the letter."),
	    N_("Update the trust list, then check again.") },
	{ U_REVOKED, "U-REVOKED", GRAY,
	    N_("The center's key was stolen later. This post cannot tell "
	       "whether the letter was made before."),
	    N_("Call the center at the number shown here, and ask for a new "
	       "letter.") },
	{ U_LOG_GAP, "U-LOG-GAP", GRAY,
	    N_("The center lost its log of the days when the letter "
	       "was made."),
	    N_("Call the center at the number shown here, and ask for a new "
	       "letter.") },
	{ U_LIST_STALE, "U-LIST-STALE", GRAY,
	    N_("This post has no trust list, or what it has is too "
	       "old."),
	    N_("Update the trust list, then check again.") },
	{ U_CLOCK, "U-CLOCK", GRAY,
	    N_("This computer's clock does not fit another date that this "
	       "post knows."),
	    N_("Look at a calendar. If this computer's date is "
	       "wrong, set it; if it is right, update the trust "
	       "list and the logs. Then check again.") },
	{ U_SELFTEST, "U-SELFTEST", GRAY,
	    N_("This program, or what it keeps on this computer, is damaged."),
	    N_("Say nothing about the letter. Ask \"sello-verify status\" what "
	       "is wrong and what to do, or call your support.") },
	{ U_SIZE, "U-SIZE", GRAY,
	    N_("The file or the typed line is too large for a letter."),
	    N_("Use the original file, or a smaller photo of the code.") },
	{ U_INPUT, "U-INPUT", GRAY, N_("The file cannot be opened."),
	    N_("Check the name of the file and who may read it.") },
	{ U_REGISTER, "U-REGISTER", GRAY,
	    N_("A typed number alone proves nothing about a letter."),
	    N_("Scan the code of the letter. Without it, call the center.") },
	{ R_NOTYET, "R-NOTYET", AMBER, N_("The letter is not valid yet."),
	    N_("Tell the holder the first day on which it is valid.") },
	{ R_EXPIRED, "R-EXPIRED", AMBER, N_("The letter is no longer valid."),
	    N_("Send the holder to the center for a new letter.") },
	{ R_SUPERSEDED, "R-SUPERSEDED", AMBER,
	    N_("The center replaced this letter by a newer one."),
	    N_("Ask for the newer letter.") },
	{ R_WITHDRAWN, "R-WITHDRAWN", AMBER,
	    N_("The center withdrew this letter."),
	    N_("Do not act on it. Send the holder to the center.") },
	{ R_PRESENTED, "R-PRESENTED", AMBER,
	    N_("This letter was shown before."),
	    N_("Ask why. A second visit is normal; check the ID with care.") },
	{ R_CONSULATE, "R-CONSULATE", AMBER,
	    N_("The letter is addressed to another consulate."),
	    N_("Follow your rules for letters to other posts.") },
	{ R_MINOR, "R-MINOR", AMBER, N_("The holder is under 18."),
	    N_("Follow your rules for minors first.") },
	{ R_DECLARED, "R-DECLARED", AMBER,
	    N_("The center saw no identity document. The names are as the "
	       "holder said them."),
	    N_("Establish the person's identity by other means.") },
	{ R_MIXED, "R-MIXED", AMBER,
	    N_("The printed code and the attached file are different "
	       "letters."),
	    N_("Ask which of the two the holder brings. Compare the paper and "
	       "the ID with that one.") },
	{ R_KEY_REVOKED, "R-KEY-REVOKED", AMBER,
	    N_("The center's key was stolen later. This letter is older, and "
	       "good."),
	    N_("Go on as usual, and check the ID with care.") },
	{ R_KEY_RETIRED, "R-KEY-RETIRED", AMBER,
	    N_("The center's key was replaced before the letter was made. "
	       "The center may not have known yet."),
	    N_("Update the logs, then check again. Go on as usual, "
	       "and check the ID with care.") },
	{ R_CLOCK, "R-CLOCK", AMBER,
	    N_("The center's clock was wrong when the letter was made. The "
	       "center has put this right."),
	    N_("Do not rely on the letter's dates alone. Check the ID with "
	       "care.") },
	{ R_LIST_AGEING, "R-LIST-AGEING", AMBER,
	    N_("This post's lists should be updated."),
	    N_("Go on, and update the trust list soon.") },
	{ R_LOG_PENDING, "R-LOG-PENDING", AMBER,
	    N_("This post's copy of the center's log is older than "
	       "the letter."),
	    N_("Update the logs when you can. Go on as usual.") },
	{ R_LOG_CONFLICT, "R-LOG-CONFLICT", AMBER,
	    N_("The center's log contradicts itself."),
	    N_("Call the center's headquarters before you act on the "
	       "letter.") },
	{ T_TRAINING, "T-TRAINING", AMBER,
	    N_("TRAINING. This is an exercise, not a real letter."),
	    N_("Never act on it.") },
};

/* The reasons found so far. */
struct findings {
	bool has[REASON_COUNT];
};

static void
judge_input(enum err input, struct findings *f)
{
	switch (input) {
	case ERR_OK:
		return;
	case ERR_UNREADABLE:
		f->has[U_UNREADABLE] = true;
		return;
	case ERR_FOREIGN:
		f->has[U_FOREIGN] = true;
		return;
	case ERR_GARBLED:
		f->has[U_GARBLED] = true;
		return;
	case ERR_PROFILE:
		f->has[U_PROFILE] = true;
		return;
	case ERR_VERSION:
		f->has[U_VERSION] = true;
		return;
	case ERR_ISSUER:
		f->has[U_ISSUER] = true;
		return;
	case ERR_SIGNATURE:
		f->has[F_SIGNATURE] = true;
		return;
	case ERR_LIMIT:
		f->has[U_SIZE] = true;
		return;
	case ERR_NOT_FOUND:
	case ERR_IO:
		f->has[U_INPUT] = true;
		return;
	/* nothing of these says anything about the letter */
	case ERR_MEMORY:
	case ERR_INTERNAL:
	case ERR_EXISTS:
	case ERR_BUSY:
	case ERR_USAGE:
	case ERR_CONFIG:
	case ERR_REFUSED:
	case ERR_DATA:
	case ERR_STALE:
		f->has[U_SELFTEST] = true;
		return;
	}
}

/* What holds for everything this post says, whatever was handed in. */
static void
judge_post(const struct judgement *j, struct findings *f)
{
	f->has[F_MISMATCH] = j->mismatch;
	f->has[U_REGISTER] = j->typed_number;
	f->has[U_SELFTEST] |= j->selftest_failed || j->log.failed;
	if (!j->at_given && j->now < j->newest_seen - CLOCK_SLACK)
		f->has[U_CLOCK] = true;
	if (j->list == NULL || j->now > j->list->not_after)
		f->has[U_LIST_STALE] = true;
	else if (j->now > j->list->next_update)
		f->has[R_LIST_AGEING] = true;
	f->has[T_TRAINING] = j->list != NULL && j->list->training;
}

/* Revoked for compromise: docs/verdicts.md. The letter's own time proves
 * nothing for it, only against it. */
static enum reason
judge_revoked(
    const struct trust_key *key, const struct log_evidence *log, int64_t issued)
{
	if (key->since == TRUST_WHOLE_LIFE)
		return F_REVOKED;
	/* a wrong time says nothing against it either */
	if (log->wrong_clock)
		return log->evidence_holds ? R_KEY_REVOKED : U_REVOKED;
	if (issued >= key->since)
		return F_REVOKED;
	if (log->evidence_covers && log->evidence_holds)
		return R_KEY_REVOKED;
	return log->evidence_covers && !log->failed ? F_REVOKED : U_REVOKED;
}

static void
judge_key(const struct judgement *j, int64_t issued, struct findings *f)
{
	const struct authentic *a = j->letter;
	size_t center_len = strlen(a->center->code);

	/* of a date that the center itself called wrong nothing follows */
	if ((issued < a->key->not_before || issued > a->key->not_after) &&
	    !j->log.wrong_clock)
		f->has[F_KEY] = true;
	/* the center may not have heard yet; what is not logged is told apart
	 */
	if (a->key->status == KEY_RETIRED && issued > a->key->since)
		f->has[R_KEY_RETIRED] = true;
	if (a->key->status == KEY_REVOKED)
		f->has[judge_revoked(a->key, &j->log, issued)] = true;
	if (center_len + 1 != LETTER_CENTER_SIZE ||
	    strncmp(a->letter.number, a->center->code, center_len) != 0)
		f->has[F_KEY] = true;
	if (j->list == NULL || strcmp(a->letter.program, j->list->program) != 0)
		f->has[F_KEY] = true;
}

/* Is it in the log? */
static void
judge_entry(const struct log_evidence *log, int64_t issued, struct findings *f)
{
	if (log->in_gap && log->state != LOG_INCLUDED)
		f->has[U_LOG_GAP] = true;
	else if (log->other_digest)
		f->has[F_UNLOGGED] = true;
	else if (log->state == LOG_ABSENT && issued < log->last_line)
		f->has[F_UNLOGGED] = true;
	else if (log->state == LOG_ABSENT || log->state == LOG_PENDING)
		f->has[R_LOG_PENDING] = true;
}

/* What became of it there? */
static void
judge_fate(const struct log_evidence *log, struct findings *f)
{
	f->has[R_SUPERSEDED] = log->superseded;
	switch (log->letter) {
	case HISTORY_LIVE:
		break;
	case HISTORY_SUPERSEDED:
		f->has[R_SUPERSEDED] = true;
		break;
	case HISTORY_WITHDRAWN:
		f->has[R_WITHDRAWN] = true;
		break;
	case HISTORY_FRAUD:
	case HISTORY_VOID:
		f->has[F_REVOKED] = true;
		break;
	}
}

static void
judge_log(const struct judgement *j, int64_t issued, struct findings *f)
{
	const struct log_evidence *log = &j->log;

	if (!log->consulted)
		return;
	f->has[R_CLOCK] = log->wrong_clock;
	/* what was not found by a failed look may be there all the same */
	if (!log->failed)
		judge_entry(log, issued, f);
	judge_fate(log, f);
	f->has[R_LOG_PENDING] |= log->behind;
	f->has[U_LIST_STALE] |= log->none_long;
	if (log->as_of != 0 && !log->complete) {
		f->has[U_LIST_STALE] |= j->now - log->as_of > LOG_STALE;
		f->has[R_LIST_AGEING] |= j->now - log->as_of > LOG_AGEING;
	}
	f->has[R_LOG_CONFLICT] = log->conflict;
}

static void
judge_dates(const struct judgement *j, int64_t issued, struct findings *f)
{
	const struct letter *letter = &j->letter->letter;
	struct birth_date birth = { 0 };
	int64_t from = 0, until = 0;

	/* the center has said already whose clock it was */
	if (issued > j->now + (j->at_given ? 0 : CLOCK_SLACK) &&
	    !j->log.wrong_clock)
		f->has[U_CLOCK] = true;
	/* both are well-formed: the letter was checked when it was read */
	if (clock_parse_date(letter->valid_from, &from))
		f->has[R_NOTYET] = j->now < date_valid_begin(from);
	if (clock_parse_date(letter->valid_until, &until))
		f->has[R_EXPIRED] = j->now >= date_valid_end(until);
	if (date_parse_birth(letter->birth_date, &birth))
		f->has[R_MINOR] =
		    date_age_under(&birth, j->now / CLOCK_DAY, ADULT);
}

static void
judge_letter(const struct judgement *j, struct findings *f)
{
	const struct letter *letter = &j->letter->letter;
	int64_t issued;

	if (!clock_parse(letter->issued_at, &issued)) {
		f->has[U_PROFILE] = true;
		return;
	}
	judge_key(j, issued, f);
	judge_log(j, issued, f);
	judge_dates(j, issued, f);
	f->has[R_MIXED] = j->mixed;
	f->has[R_PRESENTED] = j->presented;
	f->has[R_CONSULATE] = j->consulate[0] != '\0' &&
	    strcmp(letter->consulate, j->consulate) != 0;
	f->has[R_DECLARED] = strcmp(letter->identity_basis, "DECLARED") == 0;
	/* the same thing, only worse */
	if (f->has[U_LIST_STALE])
		f->has[R_LIST_AGEING] = false;
}

static enum verdict
worst(const struct findings *f)
{
	enum verdict verdict = VERDICT_VALID;
	int i;

	for (i = 0; i < REASON_COUNT; i++)
		if (f->has[i] && reason_table[i].verdict > verdict)
			verdict = reason_table[i].verdict;
	return verdict;
}

/* Known to be no longer in force: however old the lists are, that stays. */
static bool
is_over(enum reason reason)
{
	return reason == R_EXPIRED || reason == R_SUPERSEDED ||
	    reason == R_WITHDRAWN;
}

/* Moves a reason from the findings to the end of the result. */
static void
give(struct findings *f, enum reason reason, struct verdict_result *out)
{
	if (!f->has[reason])
		return;
	f->has[reason] = false;
	out->reason[out->count++] = reason;
}

/*
 * The one exception to the order: a letter that is over, with no worse
 * reason than old lists, is amber, and that it is over is said first.
 */
static bool
is_exception(const struct findings *f)
{
	struct findings rest = *f;

	rest.has[U_LIST_STALE] = false;
	return worst(f) == VERDICT_UNCHECKED &&
	    worst(&rest) == VERDICT_ATTENTION &&
	    (f->has[R_EXPIRED] || f->has[R_SUPERSEDED] || f->has[R_WITHDRAWN]);
}

/*
 * Whatever a thief wrote: a key that is bad for its whole life comes before
 * the rules of fields, or one bad field would turn red into gray.
 */
static bool
is_never_good(const struct judgement *j)
{
	return (j->input == ERR_PROFILE || j->input == ERR_VERSION) &&
	    j->key != NULL && j->key->status == KEY_REVOKED &&
	    j->key->since == TRUST_WHOLE_LIFE;
}

void
verdict_judge(const struct judgement *j, struct verdict_result *out)
{
	struct findings f = { 0 };
	int i;

	if (is_never_good(j))
		f.has[F_REVOKED] = true;
	else
		judge_input(j->input, &f);
	judge_post(j, &f);
	if (j->input == ERR_OK && !j->typed_number) {
		if (j->letter != NULL)
			judge_letter(j, &f);
		else
			f.has[U_SELFTEST] = true; /* never green by accident */
	}
	*out = (struct verdict_result){ .verdict = worst(&f) };
	if (is_exception(&f)) {
		out->verdict = VERDICT_ATTENTION;
		for (i = 0; i < REASON_COUNT; i++)
			if (is_over((enum reason)i))
				give(&f, (enum reason)i, out);
	}
	for (i = 0; i < REASON_COUNT; i++)
		give(&f, (enum reason)i, out);
}

bool
verdict_shows_letter(const struct verdict_result *result)
{
	return result->verdict == VERDICT_VALID ||
	    result->verdict == VERDICT_ATTENTION;
}
