/*
 * evidence_before.c - what was known of a letter before its key was revoked, and
 * what may still become known: evidence_inner.h.
 */
#include "trust/list.h"
#include "verify/post/copy_kept.h"
#include "verify/post/evidence_inner.h"

#include <string.h>

/* Is the number one that the log has still to give? */
static bool
is_number_to_come(const struct evidence_search *s)
{
	const struct post_logs *logs = &s->post->logs;
	size_t i, k;

	for (i = 0; i < logs->span_count; i++)
		for (k = 0; k < logs->count; k++)
			if (logs->log[k].id == logs->span[i].log &&
			    strcmp(logs->log[k].center, s->center->code) == 0 &&
			    logs->span[i].year == s->number.year &&
			    logs->span[i].last >= s->number.sequence)
				return false;
	return true;
}

bool
evidence_may_follow(const struct evidence_search *s)
{
	return s->newest != NULL &&
	    leap_explains(
		&s->newest->leap, s->letter->issued_at, s->newest->last_time) &&
	    is_number_to_come(s);
}

/* What this post had accepted of a log before the key was revoked. A look that
 * failed is no evidence, and not the absence of any. */
static void
kept_before(struct evidence_search *s, const struct post_log *log,
    struct copy_kept *out)
{
	if (copy_kept_before(&s->post->logs, log, s->letter->key->since, out,
		NULL) != ERR_OK)
		s->out->failed = true;
}

/* The size and root that the revocation names, found in this log's tree. */
static void
named_of(struct evidence_search *s, const struct post_log *log,
    struct copy_kept *out)
{
	const struct trust_key *key = s->letter->key;

	*out = (struct copy_kept){ .found = false };
	if (key->has_evidence &&
	    copy_named_find(&s->post->logs, log, key->evidence_size,
		key->evidence_root, out, NULL) != ERR_OK)
		s->out->failed = true;
}

/* A center's later log begins where its earlier one ended: what a root names
 * of the later one holds for all of the earlier ones. */
static bool
named_later(struct evidence_search *s, const struct post_log *log)
{
	struct copy_kept named;
	size_t i;

	for (i = 0; i < s->center->log_count; i++) {
		const struct post_log *other = post_logs_find(&s->post->logs,
		    s->center->code, s->center->logs[i].generation);

		if (other == NULL || other->generation <= log->generation)
			continue;
		named_of(s, other, &named);
		if (named.found)
			return true;
	}
	return false;
}

/* Up to when would this copy have the letter if the evidence held it? Of a copy
 * that is being taken anew, and has fewer lines yet, its own end. */
static int64_t
covered_until(const struct post_log *log, const struct copy_kept *known)
{
	return known->size > log->size && known->last_time > log->last_time
	    ? log->last_time
	    : known->last_time;
}

/* Does evidence from before the revocation cover this log, and if the letter
 * is in it, hold the letter? */
static bool
evidence_of(struct evidence_search *s, const struct post_log *log, bool *holds)
{
	int64_t issued = s->letter->issued_at;
	struct copy_kept known[2];
	bool covered = false;
	size_t i;

	if (named_later(s, log)) {
		*holds |= s->in == log;
		/* but for what may stand behind its end */
		return s->in == log || s->all_cover;
	}
	named_of(s, log, &known[0]);
	kept_before(s, log, &known[1]);
	for (i = 0; i < 2; i++) {
		if (!known[i].found)
			continue;
		covered |= issued < covered_until(log, &known[i]);
		*holds |= s->in == log && s->entry.index < known[i].size;
	}
	return covered || (log->size > 0 && issued < log->first_time);
}

void
evidence_before(struct evidence_search *s)
{
	bool covers_all = true, holds = false;
	size_t i;

	if (s->letter->key == NULL || s->letter->key->status != KEY_REVOKED ||
	    s->letter->key->since == TRUST_WHOLE_LIFE)
		return;
	for (i = 0; i < s->center->log_count; i++) {
		const struct post_log *log = post_logs_find(&s->post->logs,
		    s->center->code, s->center->logs[i].generation);

		covers_all &= log != NULL && evidence_of(s, log, &holds);
	}
	s->out->evidence_holds = holds;
	/* what holds the letter covers it; what another version lacks, or a
	 * clock explains, says nothing */
	s->out->evidence_covers =
	    (covers_all && !s->doubted && !evidence_may_follow(s)) || holds;
}
