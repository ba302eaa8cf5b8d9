/*
 * presented_judge.c - letters that were shown, against the logs: presented.h.
 */
#include "audit/presented.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "ledger/history.h"
#include "ledger/shown.h"

#include <string.h>

/* All rows of one letter (number and digest), which stand together. */
struct group {
	const struct presented_row *row;
	size_t count;
	struct letter_number number;
	struct place place;
};

static size_t
group_end(const struct presented *p, size_t from)
{
	size_t end = from + 1;

	while (end < p->count &&
	    strcmp(p->row[end].number, p->row[from].number) == 0 &&
	    memcmp(p->row[end].digest, p->row[from].digest,
		sizeof(p->row[end].digest)) == 0)
		end++;
	return end;
}

/* The letter's own file proves its date; the word of posts does not. */
static bool
has_file(const struct group *g)
{
	return g->row[0].post == NULL;
}

/* --- what is proven ------------------------------------------------------- */

/* Did a key of the list sign number and digest? *wrong: a signature was given
 * that is none. */
static enum err
is_signed(const struct group *g, const struct trust_list *list, bool *proven,
    bool *wrong)
{
	size_t i;

	*proven = *wrong = false;
	for (i = 0; i < g->count && !*proven; i++) {
		const struct presented_row *row = &g->row[i];
		enum err rc = shown_verify(list, row->number, row->digest,
		    row->key_name, row->signature);

		if (err_is_inside(rc))
			return rc;
		*proven = rc == ERR_OK;
		*wrong |= rc == ERR_SIGNATURE;
	}
	return ERR_OK;
}

/* What absence.h asks. other: who has the number in the log; NULL: nobody. */
static struct absence_letter
absent(const struct group *g, const struct history_letter *other)
{
	return (struct absence_letter){ .year = g->number.year,
		.issued_at = g->row[0].issued_at,
		.dated = has_file(g),
		.other = other != NULL,
		.other_since = other != NULL ? other->issued_at : 0 };
}

/* Was a clock put right after this line? */
static bool
clock_after(
    const struct presented_center *center, unsigned generation, uint64_t index)
{
	return center->clocked &&
	    (center->clock_generation > generation ||
		(center->clock_generation == generation &&
		    center->clock_index > index));
}

static const struct history_year *
find_year(const struct history *history, int year)
{
	size_t i;

	for (i = 0; i < history->year_count; i++)
		if (history->year[i].year == year)
			return &history->year[i];
	return NULL;
}

/* Is the log's own time one to rely on? Not when it is still to come, or was
 * when a post saw it: behind this copy the clock may have been put right. */
static bool
time_is_good(const struct presented_center *center)
{
	return !center->doubted &&
	    center->history->last_time <= center->now + POLICY_SLACK;
}

/*
 * Has the number's year ended below it? Lines of a later year follow, and no
 * clock was put right since the last letter of that year.
 */
static bool
year_ended(const struct group *g, const struct presented_center *center)
{
	const struct history *history = center->history;
	const struct history_year *year = find_year(history, g->number.year);
	const struct history_letter *last = NULL;

	if (clock_year(history->last_time) <= g->number.year ||
	    !time_is_good(center))
		return false;
	if (year == NULL)
		return !center->clocked;
	last = letters_find(center->letters, g->number.year, year->last, NULL);
	return g->number.sequence > year->last && last != NULL &&
	    !clock_after(center, last->generation, last->index);
}

/* May lines behind the newest still bring it? Numbers only count up; and it is
 * dated before the newest line at most by a clock that was wrong there. */
static bool
may_follow(const struct group *g, const struct presented_center *center,
    const struct absence_letter *letter)
{
	const struct history_year *year =
	    find_year(center->history, g->number.year);

	return (year == NULL || g->number.sequence > year->last) &&
	    (center->behind || absence_may_follow(center->absence, letter));
}

/* A good signature, and the log contradicts it. */
static bool
is_outside(const struct group *g, const struct presented_center *center,
    const struct history_letter *other)
{
	const struct absence_letter letter = absent(g, other);

	if (absence_is_possible(center->absence, &letter))
		return false;
	if (other != NULL)
		return true;
	if (may_follow(g, center, &letter))
		return false;
	return year_ended(g, center) ||
	    (letter.dated && letter.issued_at < center->history->last_time &&
		time_is_good(center));
}

/* Nothing says that the log should have it already. */
static bool
is_newer(const struct group *g, const struct presented_center *center,
    const struct history_letter *other)
{
	return other == NULL &&
	    g->row[0].issued_at >= center->history->last_time;
}

/* --- what is said --------------------------------------------------------- */

/* "shown at ES-GTGUA/1" */
static void
say_where(const struct group *g, struct errtext *out)
{
	size_t i;

	for (i = 0; i < g->count; i++)
		if (g->row[i].post != NULL) {
			err_set(out, ERR_OK, _("shown at %s"),
			    g->row[i].post->name);
			return;
		}
	err_set(out, ERR_OK, _("known by its file"));
}

static void
tell(const struct group *g, struct findings *findings, enum finding_code code,
    const char *format)
{
	char at[CLOCK_INSTANT_SIZE] = "";
	struct errtext where = { 0 };

	clock_utc(g->row[0].issued_at, at);
	say_where(g, &where);
	findings_add(findings, code, &g->place, format, g->row[0].number, at,
	    where.text);
}

static enum err
judge_absent(const struct group *g, const struct presented_center *center,
    struct findings *findings)
{
	const struct history_letter *other = letters_find(
	    center->letters, g->number.year, g->number.sequence, NULL);
	const struct absence_letter letter = absent(g, other);
	bool proven, wrong;
	enum err rc = is_signed(g, center->list, &proven, &wrong);

	if (rc != ERR_OK)
		return rc;
	if (absence_was_lost(center->absence, &letter))
		tell(g, findings, FINDING_LOST_LETTER, _("%s of %s, %s"));
	else if (!center->whole)
		tell(g, findings, FINDING_UNCHECKED,
		    _("%s of %s, %s: the log at hand is not complete"));
	else if (center->forked)
		tell(g, findings, FINDING_UNCHECKED,
		    _("%s of %s, %s: the version of the log that was read "
		      "does not have it; another may"));
	else if (proven && is_outside(g, center, other))
		tell(g, findings, FINDING_UNLOGGED,
		    other != NULL
			? _("%s of %s, %s: the log has another letter under "
			    "this number")
			: _("%s of %s, %s, is not in the log"));
	else if (wrong && !proven)
		tell(g, findings, FINDING_UNPROVEN,
		    _("%s of %s, %s, is not in the log; the signature that "
		      "the post gives is none of the center's"));
	else if (is_newer(g, center, other))
		tell(g, findings, FINDING_PENDING,
		    _("%s of %s, %s, is newer than the log at hand"));
	else if (other != NULL)
		tell(g, findings, FINDING_UNPROVEN,
		    _("%s of %s, %s: the log has another letter under this "
		      "number"));
	else
		tell(g, findings, FINDING_UNPROVEN,
		    _("%s of %s, %s, is not in the log"));
	return ERR_OK;
}

/* Rows are in the order of posts. */
static size_t
count_posts(const struct group *g)
{
	size_t i, posts = 0;

	for (i = 0; i < g->count; i++)
		posts += g->row[i].post != NULL &&
		    (i == 0 || g->row[i].post != g->row[i - 1].post);
	return posts;
}

static void
judge_flags(const struct group *g, struct findings *findings)
{
	bool elsewhere = false, mismatch = false;
	size_t i;

	for (i = 0; i < g->count; i++) {
		const struct presented_row *row = &g->row[i];

		/* several visits to one post are one matter */
		if (i > 0 && row->post != g->row[i - 1].post)
			elsewhere = mismatch = false;
		if (row->elsewhere && !elsewhere)
			findings_add(findings, FINDING_ELSEWHERE, &g->place,
			    _("%s, shown at %s, is addressed to another "
			      "consulate"),
			    row->number, row->post->name);
		if (row->mismatch && !mismatch)
			findings_add(findings, FINDING_MISMATCH, &g->place,
			    _("%s, shown at %s: the identity document did not "
			      "match"),
			    row->number, row->post->name);
		elsewhere = elsewhere || row->elsewhere;
		mismatch = mismatch || row->mismatch;
	}
}

/* The line has this letter's digest, and says something else of it. */
static void
judge_line(const struct group *g, struct findings *findings)
{
	const struct presented_file *file = g->row[0].file;

	if (file == NULL)
		return;
	if (file->line == FILE_OF_ANOTHER_DRAFT)
		tell(g, findings, FINDING_UNLOGGED,
		    _("%s of %s, %s: its drafter signed another draft"));
	else if (file->line == FILE_OTHERWISE)
		tell(g, findings, FINDING_UNLOGGED,
		    _("%s of %s, %s: its line names another time, other "
		      "persons, or another letter that it replaces"));
}

static enum err
judge_group(struct group *g, const struct presented_center *center,
    struct findings *findings)
{
	const struct history_letter *letter = letters_find(center->letters,
	    g->number.year, g->number.sequence, g->row[0].digest);
	size_t posts = count_posts(g);
	enum err rc = ERR_OK;

	if (letter == NULL)
		rc = judge_absent(g, center, findings);
	else {
		g->place.generation = letter->generation;
		g->place.index = (int64_t)letter->index;
		judge_line(g, findings);
	}
	if (posts >= 2)
		findings_add(findings,
		    posts == 2 ? FINDING_TWO_POSTS : FINDING_MANY_POSTS,
		    &g->place, _("%s was shown at %zu posts"), g->row[0].number,
		    posts);
	judge_flags(g, findings);
	return rc;
}

/* Numbers begin with the center's code: its rows stand together. The first. */
static size_t
center_start(const struct presented *p, const char *code)
{
	size_t low = 0, high = p->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strncmp(p->row[middle].number, code, strlen(code)) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
presented_judge(const struct presented *presented,
    const struct presented_center *center, struct findings *findings)
{
	size_t i, end;

	for (i = center_start(presented, center->code); i < presented->count;
	     i = end) {
		struct group g = { .row = &presented->row[i] };

		if (strncmp(
			g.row->number, center->code, strlen(center->code)) != 0)
			break;
		end = group_end(presented, i);
		g.count = end - i;
		if (!number_parse(g.row->number, &g.number))
			continue;
		g.place = (struct place){ .center = center->code,
			.index = -1,
			.number = g.row->number };
		if (judge_group(&g, center, findings) != ERR_OK)
			findings->failed = true; /* no memory */
	}
}
