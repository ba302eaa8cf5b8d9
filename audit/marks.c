/*
 * marks.c - keeping heads: marks.h.
 */
#include "audit/marks.h"

#include "base/array.h"
#include "base/i18n.h"
#include "ledger/head.h"

#include <stdlib.h>
#include <string.h>

static enum err
add(struct marks *marks, const struct mark *mark, const char *who,
    struct errtext *err)
{
	struct mark *more;

	if (marks->count == MARKS_MAX)
		return err_set(
		    err, ERR_LIMIT, _("more than %d signed heads"), MARKS_MAX);
	if (!ARRAY_ROOM(marks->at, marks->count, marks->cap))
		return err_memory(err);
	more = &marks->at[marks->count];
	*more = *mark;
	if ((more->who = strdup(who)) == NULL)
		return err_memory(err);
	marks->count++;
	return ERR_OK;
}

/* A wrong cosignature is as good as none, for anybody can append one; but it
 * is damage, and that is told. */
static void
read_times(const struct trust_list *list, const struct head *head,
    const struct trust_post *post, struct mark *mark)
{
	enum err rc;
	size_t i;

	mark->spoilt = head_date(head, &mark->time, NULL) != ERR_OK;
	for (i = 0; i < list->post_count && mark->post == NULL; i++) {
		const struct trust_post *p = &list->posts[i];

		if ((post != NULL && p != post) || p->status != POST_ACTIVE)
			continue;
		rc = checkpoint_cosigned(
		    &head->note, &p->cosigner, &mark->witnessed, NULL);
		mark->spoilt |= rc == ERR_SIGNATURE;
		if (rc == ERR_OK)
			mark->post = p;
	}
}

enum err
marks_add_head(struct marks *marks, const struct trust_list *list,
    const void *note, size_t len, enum mark_kind kind,
    const struct trust_post *post, const char *who, struct errtext *err)
{
	struct mark mark = { .kind = kind };
	struct head head;
	enum err rc;

	if ((rc = head_peek(list, note, len, &head, err)) != ERR_OK)
		return rc;
	if (head.log == NULL)
		return err_set(err, ERR_ISSUER,
		    _("a signed head of a log that the trust list does not "
		      "name"));
	if ((rc = head_open(list, note, len, &head, err)) != ERR_OK)
		return rc;
	memcpy(mark.center, head.center->code, sizeof(mark.center));
	mark.generation = head.log->generation;
	mark.size = head.checkpoint.size;
	mark.root = head.checkpoint.root;
	read_times(list, &head, post, &mark);
	return add(marks, &mark, who, err);
}

static enum err
add_listed(struct marks *marks, const struct trust_center *center,
    unsigned generation, uint64_t size, const uint8_t root[32], const char *who,
    struct errtext *err)
{
	struct mark mark = {
		.kind = MARK_LIST, .generation = generation, .size = size
	};

	memcpy(mark.center, center->code, sizeof(mark.center));
	memcpy(mark.root.at, root, sizeof(mark.root.at));
	return add(marks, &mark, who, err);
}

/* Evidence of a revoked key names no generation: it was taken of the newest
 * log that was there, and the others differ at once. So it is compared only
 * where the center has one log. */
static enum err
add_evidence(
    struct marks *marks, const struct trust_center *center, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	if (center->log_count != 1)
		return ERR_OK;
	for (i = 0; rc == ERR_OK && i < center->key_count; i++)
		if (center->keys[i].has_evidence)
			rc = add_listed(marks, center,
			    center->logs[0].generation,
			    center->keys[i].evidence_size,
			    center->keys[i].evidence_root,
			    _("the trust list (a key's revocation)"), err);
	return rc;
}

enum err
marks_add_list(
    struct marks *marks, const struct trust_list *list, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t c, l;

	for (c = 0; rc == ERR_OK && c < list->center_count; c++) {
		const struct trust_center *center = &list->centers[c];

		for (l = 0; rc == ERR_OK && l < center->log_count; l++)
			if (center->logs[l].closed)
				rc = add_listed(marks, center,
				    center->logs[l].generation,
				    center->logs[l].final_size,
				    center->logs[l].final_root,
				    _("the trust list (the log's end)"), err);
		if (rc == ERR_OK)
			rc = add_evidence(marks, center, err);
	}
	return rc;
}

void
marks_spoilt(const struct marks *marks, struct findings *findings)
{
	size_t i;

	for (i = 0; i < marks->count; i++) {
		const struct mark *mark = &marks->at[i];
		const struct place place = { .center = mark->center,
			.generation = mark->generation,
			.index = -1 };

		if (mark->spoilt)
			findings_add(findings, FINDING_UNCHECKED, &place,
			    _("%s: when its signed head was made: the "
			      "cosignature is missing, or damaged or changed; "
			      "get another copy"),
			    mark->who);
	}
}

static int
compare(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	int by = strcmp(x->center, y->center);

	if (by != 0)
		return by;
	if (x->generation != y->generation)
		return x->generation < y->generation ? -1 : 1;
	if (x->size != y->size)
		return x->size < y->size ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->who, y->who);
}

void
marks_sort(struct marks *marks)
{
	if (marks->count > 1)
		qsort(marks->at, marks->count, sizeof(marks->at[0]), compare);
}

struct mark *
marks_of(const struct marks *marks, const char *center, unsigned generation,
    size_t *count)
{
	size_t i, end;

	for (i = 0; i < marks->count; i++)
		if (strcmp(marks->at[i].center, center) == 0 &&
		    marks->at[i].generation == generation)
			break;
	for (end = i; end < marks->count; end++)
		if (strcmp(marks->at[end].center, center) != 0 ||
		    marks->at[end].generation != generation)
			break;
	*count = end - i;
	return marks->at + i;
}

void
marks_clear(struct marks *marks)
{
	size_t i;

	for (i = 0; i < marks->count; i++)
		free(marks->at[i].who);
	free(marks->at);
	*marks = (struct marks){ 0 };
}
