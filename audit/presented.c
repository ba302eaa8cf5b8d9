/*
 * presented.c - reports of posts against the logs: presented.h.
 */
#include "audit/presented.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "ledger/gossip.h"

#include <stdlib.h>
#include <string.h>

static const struct place nowhere = { .index = -1 };

/* --- reading -------------------------------------------------------------- */

struct reading {
	struct presented *presented;
	struct marks *marks;
	const char *name;
	const struct trust_list *list;
	const struct trust_post *post; /* of the report; NULL: unlisted */
	struct findings *findings;
};

static const struct trust_post *
post_by_origin(const struct trust_list *list, const char *origin)
{
	size_t i;

	for (i = 0; i < list->post_count; i++)
		if (strcmp(list->posts[i].report.name, origin) == 0)
			return &list->posts[i];
	return NULL;
}

static enum err
take_seen(void *ctx, const struct gossip_seen *seen, struct errtext *err)
{
	struct reading *r = ctx;
	struct presented *p = r->presented;
	size_t cap = p->cap == 0 ? 1024 : p->cap * 2;
	struct presented_row *more;

	if (p->count == PRESENTED_MAX)
		return err_set(
		    err, ERR_LIMIT, _("more letters shown than can be held"));
	if (p->count == p->cap) {
		more = reallocarray(p->row, cap, sizeof(*more));
		if (more == NULL)
			return err_set(err, ERR_MEMORY, _("out of memory"));
		p->row = more;
		p->cap = cap;
	}
	more = &p->row[p->count++];
	*more = (struct presented_row){ .issued_at = seen->issued_at,
		.post = r->post,
		.elsewhere = seen->elsewhere,
		.mismatch = seen->mismatch };
	memcpy(more->number, seen->number, sizeof(more->number));
	memcpy(more->digest, seen->digest, sizeof(more->digest));
	return ERR_OK;
}

/* A head that is nothing spoils no other line of the report. */
static enum err
take_head(void *ctx, const void *note, size_t len, struct errtext *err)
{
	struct reading *r = ctx;
	struct errtext why = { 0 };
	enum err rc = marks_add_head(
	    r->marks, r->list, note, len, MARK_POST, r->post, r->name, &why);

	if (rc == ERR_MEMORY || rc == ERR_LIMIT)
		return err_set(err, rc, "%s", why.text);
	if (rc != ERR_OK)
		findings_add(r->findings, FINDING_UNCHECKED, &nowhere,
		    _("%s: a signed head in it: %s"), r->name, why.text);
	return ERR_OK;
}

enum err
presented_read(struct presented *presented, struct marks *marks,
    const char *name, const void *bytes, size_t len,
    const struct trust_list *list, struct findings *findings,
    struct errtext *err)
{
	struct reading reading = { presented, marks, name, list, NULL,
		findings };
	struct gossip_visitor visitor = { NULL, NULL, &reading };
	struct errtext why = { 0 };
	struct gossip gossip;
	enum err rc;

	if (!gossip_is(bytes, len)) {
		rc = marks_add_head(
		    marks, list, bytes, len, MARK_POST, NULL, name, &why);
		goto out;
	}
	/* once to learn whose it is, once to take its lines */
	rc = gossip_read(bytes, len, list, &visitor, &gossip, &why);
	if (rc != ERR_OK)
		goto out;
	if (gossip.standing == GOSSIP_UNLISTED)
		findings_add(findings, FINDING_SCOPE, &nowhere,
		    _("%zu letters shown at %s: the trust list does not name "
		      "this post with this key, so its word counts for "
		      "nothing"),
		    gossip.seen, gossip.origin);
	else
		reading.post = gossip.post != NULL
		    ? gossip.post
		    : post_by_origin(list, gossip.origin);
	visitor = (struct gossip_visitor){ take_seen, take_head, &reading };
	rc = gossip_read(bytes, len, list, &visitor, &gossip, &why);
out:
	if (rc == ERR_MEMORY)
		return err_set(err, rc, "%s", why.text);
	if (rc != ERR_OK)
		findings_add(findings, FINDING_UNCHECKED, &nowhere, "%s: %s",
		    name, why.text);
	return ERR_OK;
}

static int
compare(const void *a, const void *b)
{
	const struct presented_row *x = a, *y = b;
	int by = strcmp(x->number, y->number);

	if (by == 0)
		by = memcmp(x->digest, y->digest, sizeof(x->digest));
	return by != 0 ? by : strcmp(x->post->name, y->post->name);
}

void
presented_sort(struct presented *presented)
{
	if (presented->count > 1)
		qsort(presented->row, presented->count,
		    sizeof(presented->row[0]), compare);
}

/* --- judging -------------------------------------------------------------- */

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

static bool
in_gap(const struct presented_center *center, int64_t at)
{
	size_t i;

	for (i = 0; i < center->gap_count; i++)
		if (at >= center->gap[i].from && at <= center->gap[i].to)
			return true;
	return false;
}

static void
judge_absent(const struct group *g, const struct presented_center *center,
    struct findings *findings)
{
	char at[CLOCK_INSTANT_SIZE] = "";
	const char *post = g->row[0].post->name;

	clock_format(g->row[0].issued_at, at);
	if (in_gap(center, g->row[0].issued_at))
		findings_add(findings, FINDING_LOST_LETTER, &g->place,
		    _("%s of %s, shown at %s"), g->row[0].number, at, post);
	else if (!center->whole)
		findings_add(findings, FINDING_UNCHECKED, &g->place,
		    _("%s, shown at %s: the log at hand is not complete"),
		    g->row[0].number, post);
	else if (center->forked)
		findings_add(findings, FINDING_UNCHECKED, &g->place,
		    _("%s, shown at %s: the version of the log that was read "
		      "does not have it; another may"),
		    g->row[0].number, post);
	else if (g->row[0].issued_at < center->last_time)
		findings_add(findings, FINDING_UNLOGGED, &g->place,
		    letters_find(center->letters, g->number.year,
			g->number.sequence, NULL) != NULL
			? _("%s of %s, shown at %s: the log has another "
			    "letter under this number")
			: _("%s of %s, shown at %s, is not in the log"),
		    g->row[0].number, at, post);
	else
		findings_add(findings, FINDING_PENDING, &g->place,
		    _("%s of %s, shown at %s, is newer than the log at hand"),
		    g->row[0].number, at, post);
}

/* Rows are in the order of posts. */
static size_t
count_posts(const struct group *g)
{
	size_t i, posts = 1;

	for (i = 1; i < g->count; i++)
		posts += g->row[i].post != g->row[i - 1].post;
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

static void
judge_group(struct group *g, const struct presented_center *center,
    struct findings *findings)
{
	const struct history_letter *letter = letters_find(center->letters,
	    g->number.year, g->number.sequence, g->row[0].digest);
	size_t posts = count_posts(g);

	if (letter == NULL)
		judge_absent(g, center, findings);
	else {
		g->place.generation = letter->generation;
		g->place.index = (int64_t)letter->index;
	}
	if (posts >= 2)
		findings_add(findings,
		    posts == 2 ? FINDING_TWO_POSTS : FINDING_MANY_POSTS,
		    &g->place, _("%s was shown at %zu posts"), g->row[0].number,
		    posts);
	judge_flags(g, findings);
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
		judge_group(&g, center, findings);
	}
}

void
presented_strangers(const struct presented *presented,
    const struct trust_list *list, struct findings *findings)
{
	struct letter_number number;
	size_t i, strangers = 0;

	for (i = 0; i < presented->count; i++)
		if (!number_parse(presented->row[i].number, &number) ||
		    trust_find_center(list, number.center) == NULL)
			strangers++;
	if (strangers > 0)
		findings_add(findings, FINDING_UNCHECKED, &nowhere,
		    _("%zu letters shown are of centers that the trust list "
		      "does not name"),
		    strangers);
}

void
presented_clear(struct presented *presented)
{
	free(presented->row);
	*presented = (struct presented){ 0 };
}
