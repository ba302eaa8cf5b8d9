/*
 * verdict.c - collects every reason that applies, then lets the table decide.
 */
#include "verify/verdict.h"

#include "base/policy.h"
#include "letter/date.h"

#include <string.h>

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
	if (!j->at_given && j->now < j->newest_seen - POLICY_SLACK)
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
	enum policy_age age;

	if (!log->consulted)
		return;
	f->has[R_CLOCK] = log->wrong_clock;
	/* what was not found by a failed look may be there all the same */
	if (!log->failed)
		judge_entry(log, issued, f);
	judge_fate(log, f);
	f->has[R_LOG_PENDING] |= log->behind;
	f->has[U_LIST_STALE] |= log->none_long;
	if (log->size != 0 && !log->complete) {
		age = policy_age(log->as_of, j->now);
		f->has[U_LIST_STALE] |= age == POLICY_STALE;
		f->has[R_LIST_AGEING] |= age == POLICY_AGEING;
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
	if (issued > j->now + (j->at_given ? 0 : POLICY_SLACK) &&
	    !j->log.wrong_clock)
		f->has[U_CLOCK] = true;
	/* both are well-formed: the letter was checked when it was read */
	if (clock_parse_date(letter->valid_from, &from))
		f->has[R_NOTYET] = j->now < date_valid_begin(from);
	if (clock_parse_date(letter->valid_until, &until))
		f->has[R_EXPIRED] = j->now >= date_valid_end(until);
	if (date_parse_birth(letter->birth_date, &birth))
		f->has[R_MINOR] =
		    date_age_under(&birth, j->now / CLOCK_DAY, POLICY_ADULT);
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

/* Leaves those of a kind; says whether there is one. */
static bool
pick(const struct findings *all, enum reason_kind kind, struct findings *out)
{
	bool any = false;
	int i;

	for (i = 0; i < REASON_COUNT; i++) {
		out->has[i] = all->has[i] && reason_table[i].kind == kind;
		any |= out->has[i];
	}
	return any;
}

static void
take_away(struct findings *f, const struct findings *what)
{
	int i;

	for (i = 0; i < REASON_COUNT; i++)
		f->has[i] &= !what->has[i];
}

/* Of old records the worst is told: the others are the same thing. */
static void
drop_milder(struct findings *f)
{
	bool told = false;
	int i;

	for (i = 0; i < REASON_COUNT; i++)
		if (f->has[i] && reason_table[i].kind == REASON_OLD) {
			f->has[i] = !told;
			told = true;
		}
}

static void
give(const struct findings *f, struct verdict_result *out)
{
	int i;

	for (i = 0; i < REASON_COUNT; i++)
		if (f->has[i])
			out->reason[out->count++] = (enum reason)i;
}

/*
 * The one exception to the order: a letter that is over, with no worse
 * reason than old lists, is amber, and that it is over is said first.
 */
void
verdict_collect(const bool has[REASON_COUNT], struct verdict_result *out)
{
	struct findings f, rest, old, over;
	bool is_over;

	memcpy(f.has, has, sizeof(f.has));
	drop_milder(&f);
	rest = f;
	pick(&f, REASON_OLD, &old);
	take_away(&rest, &old);
	is_over = pick(&f, REASON_OVER, &over);
	*out = (struct verdict_result){ .verdict = worst(&f) };
	if (is_over && out->verdict == VERDICT_UNCHECKED &&
	    worst(&rest) == VERDICT_ATTENTION) {
		out->verdict = VERDICT_ATTENTION;
		give(&over, out);
		take_away(&f, &over);
	}
	give(&f, out);
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
	verdict_collect(f.has, out);
}

bool
verdict_shows_letter(const struct verdict_result *result)
{
	return result->verdict == VERDICT_VALID ||
	    result->verdict == VERDICT_ATTENTION;
}
