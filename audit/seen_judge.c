/*
 * seen_judge.c - what heads seen elsewhere say about a log that was read:
 * seen.h.
 */
#include "audit/seen.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/policy.h"

#include <string.h>

static struct place
place_of(const struct seen_log *log, int64_t index)
{
	return (struct place){ .center = log->center,
		.generation = log->generation,
		.index = index };
}

static const char *
instant(int64_t at, char out[CLOCK_INSTANT_SIZE])
{
	clock_utc(at, out);
	return out;
}

static void
judge_roots(const struct seen_head *head, size_t count,
    const struct seen_log *log, struct findings *findings)
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct place place = place_of(log, (int64_t)head[i].size);

		if (head[i].passed && !head[i].same)
			findings_add(findings, FINDING_FORK, &place,
			    _("it does not begin as the signed head of %s in %s "
			      "says"),
			    COUNTED(LINES, head[i].size), head[i].who);
		/* two larger heads of one size that differ */
		if (i > 0 && !head[i].passed &&
		    head[i].size == head[i - 1].size &&
		    !tree_hash_equal(&head[i].root, &head[i - 1].root))
			findings_add(findings, FINDING_FORK, &place,
			    _("two signed heads of %s differ: in %s and in %s"),
			    COUNTED(LINES, head[i].size), head[i - 1].who,
			    head[i].who);
	}
}

/* Was a clock put right in one of these lines? */
static bool
clock_between(const struct seen_log *log, uint64_t from, uint64_t to)
{
	size_t i;

	for (i = 0; i < log->clock_count; i++)
		if (log->clock[i] >= from && log->clock[i] < to)
			return true;
	return false;
}

/* Lines that were not read may put a clock right. For minutes none does, and
 * a head of a wrong day has a last line of that day. */
static bool
may_be_clock(const struct seen_head *shorter, const struct seen_head *longer,
    const struct seen_log *log)
{
	return longer->size > log->read &&
	    shorter->time - longer->time > POLICY_SLACK &&
	    (!shorter->passed || shorter->before > longer->time);
}

/* By the center's own clock, which never lets it sign an earlier time than
 * before, unless a line says why: a head that is longer and yet older than
 * another. */
static bool
judge_rollback(const struct seen_head *head, size_t count,
    const struct seen_log *log, struct findings *findings)
{
	const struct place place = place_of(log, -1);
	char earlier[CLOCK_INSTANT_SIZE], later[CLOCK_INSTANT_SIZE];
	const struct seen_head *newest = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		if (head[i].time == 0)
			continue;
		if (newest != NULL &&
		    clock_between(log, newest->size, head[i].size))
			newest = NULL;
		if (newest != NULL && newest->size < head[i].size &&
		    newest->time > head[i].time &&
		    !may_be_clock(newest, &head[i], log)) {
			findings_add(findings, FINDING_ROLLBACK, &place,
			    _("%s signed at %s (%s), and after that only %s at %s "
			      "(%s)"),
			    COUNTED(LINES, head[i].size),
			    instant(head[i].time, earlier), head[i].who,
			    COUNTED(LINES, newest->size),
			    instant(newest->time, later), newest->who);
			return true; /* one contradiction is enough */
		}
		if (newest == NULL || head[i].time > newest->time)
			newest = &head[i];
	}
	return false;
}

static void
judge_behind(const struct seen_head *head, size_t count,
    const struct seen_log *log, struct findings *findings)
{
	const struct place place = place_of(log, -1);
	const struct seen_head *last;

	if (log->ended || count == 0 || head[count - 1].size <= log->size)
		return;
	last = &head[count - 1];
	findings_add(findings, FINDING_BEHIND, &place,
	    _("a signed head of %s is in %s; the copies given have "
	      "%llu"),
	    COUNTED(LINES, last->size), last->who,
	    (unsigned long long)log->size);
}

/* Lines that a head of an earlier date does not have must be later. */
static void
judge_backdated(const struct seen_head *head, size_t count,
    const struct seen_log *log, struct findings *findings)
{
	char dated[CLOCK_INSTANT_SIZE], signed_at[CLOCK_INSTANT_SIZE];
	size_t i;

	for (i = 0; i < count; i++) {
		struct place place =
		    place_of(log, (int64_t)head[i].after_index);

		if (!head[i].passed || !head[i].same || head[i].time == 0 ||
		    head[i].after == 0 ||
		    head[i].after >= head[i].time - POLICY_SLACK ||
		    clock_between(
			log, head[i].after_index, head[i].after_index + 1))
			continue;
		findings_add(findings, FINDING_BACKDATED, &place,
		    _("line %llu is dated %s; the center signed at %s that the "
		      "log did not have it (%s)"),
		    (unsigned long long)head[i].after_index,
		    instant(head[i].after, dated),
		    instant(head[i].time, signed_at), head[i].who);
		return;
	}
}

/* One post's clock may be wrong; two that agree are believed. */
static void
judge_clock(const struct seen_head *head, size_t count,
    const struct seen_log *log, struct findings *findings)
{
	const struct place place = place_of(log, -1);
	const struct seen_head *first = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct seen_head *m = &head[i];

		if (!m->passed || m->post == NULL ||
		    m->cosigned >= m->before - POLICY_SLACK)
			continue;
		if (first == NULL)
			first = m;
		else if (first->post != m->post) {
			findings_add(findings, FINDING_CLOCK, &place,
			    _("the posts %s and %s saw lines before the time "
			      "they are dated"),
			    first->post->name, m->post->name);
			return;
		}
	}
}

bool
seen_doubted(
    const struct seen *seen, const struct seen_log *log, int64_t last_time)
{
	size_t i, count;
	const struct seen_head *head =
	    seen_of(seen, log->center, log->generation, &count);

	for (i = 0; i < count; i++)
		if (head[i].passed && head[i].cosigned != 0 &&
		    head[i].cosigned < head[i].before - POLICY_SLACK &&
		    head[i].before >= last_time)
			return true;
	return false;
}

void
seen_judge(const struct seen *seen, const struct seen_log *log,
    struct findings *findings)
{
	size_t count;
	const struct seen_head *head =
	    seen_of(seen, log->center, log->generation, &count);

	judge_roots(head, count, log, findings);
	judge_behind(head, count, log, findings);
	/* after a rollback the times mean nothing more */
	if (!judge_rollback(head, count, log, findings))
		judge_backdated(head, count, log, findings);
	judge_clock(head, count, log, findings);
}
