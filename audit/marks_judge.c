/*
 * marks_judge.c - what heads seen elsewhere say about a log that was read:
 * marks.h.
 */
#include "audit/marks.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/policy.h"

#include <string.h>

static struct place
place_of(const struct marks_log *log, int64_t index)
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
judge_roots(const struct mark *mark, size_t count, const struct marks_log *log,
    struct findings *findings)
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct place place = place_of(log, (int64_t)mark[i].size);

		if (mark[i].passed && !mark[i].same)
			findings_add(findings, FINDING_FORK, &place,
			    _("it does not begin as the signed head of %s in %s "
			      "says"),
			    COUNTED(LINES, mark[i].size), mark[i].who);
		/* two larger heads of one size that differ */
		if (i > 0 && !mark[i].passed &&
		    mark[i].size == mark[i - 1].size &&
		    !tree_hash_equal(&mark[i].root, &mark[i - 1].root))
			findings_add(findings, FINDING_FORK, &place,
			    _("two signed heads of %s differ: in %s and in %s"),
			    COUNTED(LINES, mark[i].size), mark[i - 1].who,
			    mark[i].who);
	}
}

/* Was a clock put right in one of these lines? */
static bool
clock_between(const struct marks_log *log, uint64_t from, uint64_t to)
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
may_be_clock(const struct mark *shorter, const struct mark *longer,
    const struct marks_log *log)
{
	return longer->size > log->read &&
	    shorter->time - longer->time > POLICY_SLACK &&
	    (!shorter->passed || shorter->before > longer->time);
}

/* By the center's own clock, which never lets it sign an earlier time than
 * before, unless a line says why: a head that is longer and yet older than
 * another. */
static bool
judge_rollback(const struct mark *mark, size_t count,
    const struct marks_log *log, struct findings *findings)
{
	const struct place place = place_of(log, -1);
	char earlier[CLOCK_INSTANT_SIZE], later[CLOCK_INSTANT_SIZE];
	const struct mark *newest = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		if (mark[i].time == 0)
			continue;
		if (newest != NULL &&
		    clock_between(log, newest->size, mark[i].size))
			newest = NULL;
		if (newest != NULL && newest->size < mark[i].size &&
		    newest->time > mark[i].time &&
		    !may_be_clock(newest, &mark[i], log)) {
			findings_add(findings, FINDING_ROLLBACK, &place,
			    _("%s signed at %s (%s), and after that only %s at %s "
			      "(%s)"),
			    COUNTED(LINES, mark[i].size),
			    instant(mark[i].time, earlier), mark[i].who,
			    COUNTED(LINES, newest->size),
			    instant(newest->time, later), newest->who);
			return true; /* one contradiction is enough */
		}
		if (newest == NULL || mark[i].time > newest->time)
			newest = &mark[i];
	}
	return false;
}

static void
judge_behind(const struct mark *mark, size_t count, const struct marks_log *log,
    struct findings *findings)
{
	const struct place place = place_of(log, -1);
	const struct mark *last;

	if (log->ended || count == 0 || mark[count - 1].size <= log->size)
		return;
	last = &mark[count - 1];
	findings_add(findings, FINDING_BEHIND, &place,
	    _("a signed head of %s is in %s; the copies given have "
	      "%llu"),
	    COUNTED(LINES, last->size), last->who,
	    (unsigned long long)log->size);
}

/* Lines that a head of an earlier date does not have must be later. */
static void
judge_backdated(const struct mark *mark, size_t count,
    const struct marks_log *log, struct findings *findings)
{
	char dated[CLOCK_INSTANT_SIZE], signed_at[CLOCK_INSTANT_SIZE];
	size_t i;

	for (i = 0; i < count; i++) {
		struct place place =
		    place_of(log, (int64_t)mark[i].after_index);

		if (!mark[i].passed || !mark[i].same || mark[i].time == 0 ||
		    mark[i].after == 0 ||
		    mark[i].after >= mark[i].time - POLICY_SLACK ||
		    clock_between(
			log, mark[i].after_index, mark[i].after_index + 1))
			continue;
		findings_add(findings, FINDING_BACKDATED, &place,
		    _("line %llu is dated %s; the center signed at %s that the "
		      "log did not have it (%s)"),
		    (unsigned long long)mark[i].after_index,
		    instant(mark[i].after, dated),
		    instant(mark[i].time, signed_at), mark[i].who);
		return;
	}
}

/* One post's clock may be wrong; two that agree are believed. */
static void
judge_clock(const struct mark *mark, size_t count, const struct marks_log *log,
    struct findings *findings)
{
	const struct place place = place_of(log, -1);
	const struct mark *first = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct mark *m = &mark[i];

		if (!m->passed || m->post == NULL ||
		    m->witnessed >= m->before - POLICY_SLACK)
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
marks_doubted(
    const struct marks *marks, const struct marks_log *log, int64_t last_time)
{
	size_t i, count;
	const struct mark *mark =
	    marks_of(marks, log->center, log->generation, &count);

	for (i = 0; i < count; i++)
		if (mark[i].passed && mark[i].witnessed != 0 &&
		    mark[i].witnessed < mark[i].before - POLICY_SLACK &&
		    mark[i].before >= last_time)
			return true;
	return false;
}

void
marks_judge(const struct marks *marks, const struct marks_log *log,
    struct findings *findings)
{
	size_t count;
	const struct mark *mark =
	    marks_of(marks, log->center, log->generation, &count);

	judge_roots(mark, count, log, findings);
	judge_behind(mark, count, log, findings);
	/* after a rollback the times mean nothing more */
	if (!judge_rollback(mark, count, log, findings))
		judge_backdated(mark, count, log, findings);
	judge_clock(mark, count, log, findings);
}
