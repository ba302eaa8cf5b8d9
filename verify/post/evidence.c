/*
 * evidence.c - evidence.h.
 */
#include "verify/post/evidence_inner.h"

#include "base/policy.h"
#include "letter/number.h"
#include "trust/list.h"
#include "verify/post/copy_words.h"
#include "verify/post/log_head.h"
#include "verify/post/records.h"

#include <string.h>

/* --- one log ------------------------------------------------------------- */

/* The center's next log; NULL: not begun. */
static const struct post_log *
next_of(const struct evidence_search *s, const struct trust_log *named)
{
	const struct post_log *next = post_logs_find(
	    &s->post->logs, s->center->code, named->generation + 1);

	return next != NULL && next->size > 0 ? next : NULL;
}

/*
 * Would this copy have the letter if the log had it? Not in the second of its
 * last line: more lines may follow in it. Nor, of a log that is over, when the
 * letter was made before the next one began: the center may have signed it
 * behind an end that it had not heard of. There it may also have put right a
 * clock that ran ahead: then this log's last time says nothing.
 */
static bool
covers(const struct evidence_search *s, const struct post_log *log,
    const struct trust_log *named, bool whole)
{
	const struct post_log *next = next_of(s, named);
	int64_t at = s->letter->issued_at;

	if (at < log->first_time ||
	    (whole && next != NULL && at > next->first_time))
		return true;
	return at < log->last_time &&
	    (next == NULL || !log->ran_ahead || at > next->first_time);
}

/* Does the line say what the letter says? */
static bool
is_its_line(const struct evidence_search *s, const struct post_log *log,
    const struct history_letter *entry)
{
	const struct evidence_letter *letter = s->letter;

	if (!post_log_is_letter(entry, letter->digest, letter->commitment))
		return false;
	if (letter->commitment == NULL)
		return true;
	return post_log_is_deed(log, entry, letter->deed) &&
	    entry->issued_at == letter->issued_at;
}

static void
look_up(struct evidence_search *s, const struct post_log *log,
    const struct trust_log *named, enum log_end end)
{
	struct history_letter entry;
	bool found, other;

	if (post_log_letter(&s->post->logs, log, s->number.year,
		s->number.sequence, &entry, &found, NULL) != ERR_OK)
		s->out->failed = true;
	if (!found)
		return;
	/* behind the end that the root set: not believed, nor held against */
	other = !is_its_line(s, log, &entry);
	if (named->closed && entry.index >= named->final_size) {
		s->all_cover = false;
		s->cut_off |= !other;
		return;
	}
	if (other) {
		/* the root may have named the version that has this letter */
		if (end == END_DOUBTED)
			s->all_cover = false;
		else if (post_log_is_letter(&entry, s->letter->digest, NULL))
			s->contradicted = true;
		else if (s->cut_off)
			s->all_cover = false;
		else
			s->out->other_digest = true;
		return;
	}
	s->in = log;
	s->entry = entry;
}

static void
look_for_gap(struct evidence_search *s, const struct post_log *log)
{
	const struct post_logs *logs = &s->post->logs;
	size_t i;

	for (i = 0; i < logs->gap_count; i++)
		if (logs->gap[i].log == log->id &&
		    logs->gap[i].after <= s->letter->issued_at &&
		    logs->gap[i].before >= s->letter->issued_at)
			s->out->in_gap = true;
}

/* The age of a copy that may still grow; the oldest counts. */
static void
add_age(struct evidence_search *s, const struct post_log *log, bool whole)
{
	struct log_evidence *out = s->out;

	if (!s->any_copy || (s->whole && !whole))
		out->as_of = log->as_of;
	else if (!whole && log->as_of < out->as_of)
		out->as_of = log->as_of;
	else if (whole && s->whole && log->as_of > out->as_of)
		out->as_of = log->as_of;
	s->whole &= whole;
	s->any_copy = true;
	out->size = log->size;
	/* the newest log's, also where a clock that was put right lies between;
	 * one of which no line is believed says nothing */
	if (log->last_time != 0) {
		out->last_line = log->last_time;
		s->newest = log;
	}
}

/* Named by the list, but there is no copy. */
static void
add_missing(struct evidence_search *s, const struct post_log *log)
{
	int64_t since = log != NULL ? log->named_at : s->post->list->issued_at;

	s->whole = false;
	s->all_cover = false;
	s->out->conflict |= log != NULL && log->conflict != 0;
	/* it might have this number too, after a loss */
	s->out->other_digest = false;
	s->out->none_long |= policy_age(since, s->now) == POLICY_STALE;
}

static void
search_log(struct evidence_search *s, const struct trust_log *named)
{
	const struct post_log *log =
	    post_logs_find(&s->post->logs, s->center->code, named->generation);
	enum log_end end = END_OPEN;
	bool whole, covered;

	s->out->behind |= records_behind(s->post, log, named);
	if (log == NULL || log->size == 0) {
		add_missing(s, log);
		return;
	}
	/* of another program's root or another key: it says nothing here */
	if (!post_log_is_of(log, s->post, named)) {
		s->out->failed = true;
		return;
	}
	s->out->failed |=
	    log_head_end(s->post, log, named, &end, NULL) != ERR_OK;
	whole = end == END_WHOLE;
	s->doubted |= end == END_DOUBTED;
	s->out->behind |= end == END_DOUBTED || log->stale;
	s->out->conflict |= log->conflict != 0;
	covered = !s->dated || covers(s, log, named, whole);
	if (!covered || end == END_DOUBTED) {
		s->all_cover = false;
		s->out->other_digest = false;
	}
	look_up(s, log, named, end);
	s->cut_off |= named->closed && !covered;
	look_for_gap(s, log);
	add_age(s, log, whole);
}

/*
 * What became of the letter, by its own log and later ones. Also of one that is
 * in none: it may stand behind the end of an earlier log, and that it was
 * withdrawn does not. What was said behind an end is not believed, and not
 * forgotten.
 */
static void
hear_words(struct evidence_search *s)
{
	struct history_letter behind = { .state = HISTORY_LIVE };
	size_t i;

	if (s->in == NULL && s->letter->digest == NULL)
		return;
	if (s->in == NULL)
		memcpy(s->entry.digest, s->letter->digest,
		    sizeof(s->entry.digest));
	for (i = 0; i < s->center->log_count; i++) {
		const struct trust_log *named = &s->center->logs[i];
		const struct post_log *log = post_logs_find(
		    &s->post->logs, s->center->code, named->generation);

		if (log != NULL && post_log_is_of(log, s->post, named) &&
		    copy_words_add(&s->post->logs, log, copy_words_end(named),
			s->number.year, s->number.sequence, &s->entry, &behind,
			NULL) != ERR_OK)
			s->out->failed = true;
	}
	s->out->behind |= behind.state > s->entry.state;
}

/* Which letter it replaces, its drafter said: another line makes two letters of
 * one. A void line says nothing of others. */
static void
look_for_replaced(struct evidence_search *s)
{
	const char *supersedes = s->letter->supersedes;
	struct letter_number before;
	bool replaces = false;

	if (s->in == NULL || s->entry.state == HISTORY_VOID ||
	    supersedes == NULL || !number_parse(supersedes, &before))
		return;
	if (copy_words_replaces(&s->post->logs, s->in, s->entry.index,
		before.year, before.sequence, &replaces, NULL) != ERR_OK) {
		s->out->failed = true;
		return;
	}
	if (replaces)
		return;
	s->in = NULL;
	if (s->doubted)
		s->all_cover = false;
	else
		s->contradicted = true;
}

/* Does a clock line that follows the letter's own say that its time was
 * wrong? It may stand in a later log. */
static bool
wrong_clock(const struct evidence_search *s)
{
	const struct post_logs *logs = &s->post->logs;
	size_t i, k;

	for (i = 0; i < logs->gap_count; i++) {
		const struct post_log_gap *clock = &logs->gap[i];
		const struct post_log *log = NULL;

		for (k = 0; k < logs->count && log == NULL; k++)
			if (logs->log[k].id == clock->log)
				log = &logs->log[k];
		if (log == NULL || strcmp(log->center, s->in->center) != 0 ||
		    clock->before >= clock->after ||
		    clock->before >= s->entry.issued_at)
			continue;
		if (log->generation > s->in->generation ||
		    (log == s->in && clock->line > s->entry.index))
			return true;
	}
	return false;
}

/* --- all of them --------------------------------------------------------- */

static bool
search(struct evidence_search *s)
{
	struct log_evidence *out = s->out;
	size_t i;

	*out = (struct log_evidence){ .consulted = s->center->log_count > 0 };
	if (!out->consulted)
		return false;
	if (!post_logs_refresh(&s->post->logs))
		out->failed = true;
	if (out->failed)
		return false;
	s->whole = s->all_cover = true;
	/* another center's number is a matter of keys, not of this log */
	if (!number_parse(s->letter->number, &s->number) ||
	    strcmp(s->number.center, s->center->code) != 0)
		return false;
	for (i = 0; i < s->center->log_count; i++)
		search_log(s, &s->center->logs[i]);
	hear_words(s);
	look_for_replaced(s);
	out->other_digest |= s->contradicted;
	out->contradicted = s->contradicted;
	out->letter = s->entry.state;
	out->superseded = s->entry.superseded;
	out->complete = s->any_copy && s->whole;
	return true;
}

/* After a failed look nothing is known, least of all that it is absent. */
static enum log_state
state_of(const struct evidence_search *s)
{
	const struct log_evidence *out = s->out;

	if (s->in != NULL)
		return LOG_INCLUDED;
	if (out->failed)
		return LOG_UNKNOWN;
	if (out->other_digest ||
	    (s->all_cover && s->letter->issued_at < out->last_line &&
		!evidence_may_follow(s)))
		return LOG_ABSENT;
	return LOG_PENDING;
}

void
evidence_find(struct post *post, const struct trust_center *center,
    const struct evidence_letter *letter, int64_t now, struct log_evidence *out)
{
	struct evidence_search s = { .post = post,
		.center = center,
		.letter = letter,
		.now = now,
		.out = out,
		.dated = true };

	if (!search(&s))
		return;
	out->state = state_of(&s);
	if (s.in != NULL) {
		out->other_digest = false;
		out->wrong_clock = wrong_clock(&s);
	}
	if (post->logs.store != NULL)
		evidence_before(&s);
}

void
evidence_number(struct post *post, const struct trust_center *center,
    const char *number, int64_t now, struct log_evidence *out,
    struct history_letter *entry, bool *found)
{
	const struct evidence_letter letter = { .number = number };
	struct evidence_search s = { .post = post,
		.center = center,
		.letter = &letter,
		.now = now,
		.out = out };

	*found = search(&s) && s.in != NULL;
	if (*found) {
		*entry = s.entry;
		out->state = LOG_INCLUDED;
	} else if (out->consulted && !out->failed)
		out->state =
		    out->complete && s.all_cover ? LOG_ABSENT : LOG_PENDING;
}
