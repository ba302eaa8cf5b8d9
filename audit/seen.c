/*
 * seen.c - keeping heads: seen.h.
 */
#include "audit/seen.h"

#include "base/array.h"
#include "base/i18n.h"
#include "ledger/head.h"

#include <stdlib.h>
#include <string.h>

static enum err
add(struct seen *seen, const struct seen_head *one, const char *who,
    struct errtext *err)
{
	struct seen_head *more;
	char *copy;

	if (seen->count == SEEN_MAX)
		return err_set(
		    err, ERR_LIMIT, _("more than %d signed heads"), SEEN_MAX);
	if (!ARRAY_ROOM(seen->at, seen->count, seen->cap))
		return err_memory(err);
	if ((copy = strdup(who)) == NULL)
		return err_memory(err);
	more = &seen->at[seen->count++];
	*more = *one;
	more->who = copy;
	return ERR_OK;
}

/* A wrong cosignature is as good as none, for anybody can append one; but it
 * is damage, and that is told. */
static void
read_times(const struct trust_list *list, const struct head *head,
    const struct trust_post *post, struct seen_head *one)
{
	enum err rc;
	size_t i;

	one->spoilt = head_date(head, &one->time, NULL) != ERR_OK;
	for (i = 0; i < list->post_count && one->post == NULL; i++) {
		const struct trust_post *p = &list->posts[i];

		if ((post != NULL && p != post) || p->status != POST_ACTIVE)
			continue;
		rc = checkpoint_cosigned(
		    &head->note, &p->cosigner, &one->cosigned, NULL);
		one->spoilt |= rc == ERR_SIGNATURE;
		if (rc == ERR_OK)
			one->post = p;
	}
}

enum err
seen_add_head(struct seen *seen, const struct trust_list *list,
    const void *note, size_t len, enum seen_kind kind,
    const struct trust_post *post, const char *who, struct errtext *err)
{
	struct seen_head one = { .kind = kind };
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
	memcpy(one.center, head.center->code, sizeof(one.center));
	one.generation = head.log->generation;
	one.size = head.checkpoint.size;
	one.root = head.checkpoint.root;
	read_times(list, &head, post, &one);
	return add(seen, &one, who, err);
}

static enum err
add_listed(struct seen *seen, const struct trust_center *center,
    unsigned generation, uint64_t size, const uint8_t root[32], const char *who,
    struct errtext *err)
{
	struct seen_head one = {
		.kind = SEEN_LIST, .generation = generation, .size = size
	};

	memcpy(one.center, center->code, sizeof(one.center));
	memcpy(one.root.at, root, sizeof(one.root.at));
	return add(seen, &one, who, err);
}

/* Evidence of a revoked key names no generation: it was taken of the newest
 * log that was there, and the others differ at once. So it is compared only
 * where the center has one log. */
static enum err
add_evidence(
    struct seen *seen, const struct trust_center *center, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	if (center->log_count != 1)
		return ERR_OK;
	for (i = 0; rc == ERR_OK && i < center->key_count; i++)
		if (center->keys[i].has_evidence)
			rc =
			    add_listed(seen, center, center->logs[0].generation,
				center->keys[i].evidence_size,
				center->keys[i].evidence_root,
				_("the trust list (a key's revocation)"), err);
	return rc;
}

enum err
seen_add_list(
    struct seen *seen, const struct trust_list *list, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t c, l;

	for (c = 0; rc == ERR_OK && c < list->center_count; c++) {
		const struct trust_center *center = &list->centers[c];

		for (l = 0; rc == ERR_OK && l < center->log_count; l++)
			if (center->logs[l].closed)
				rc = add_listed(seen, center,
				    center->logs[l].generation,
				    center->logs[l].final_size,
				    center->logs[l].final_root,
				    _("the trust list (the log's end)"), err);
		if (rc == ERR_OK)
			rc = add_evidence(seen, center, err);
	}
	return rc;
}

void
seen_spoilt(const struct seen *seen, struct findings *findings)
{
	size_t i;

	for (i = 0; i < seen->count; i++) {
		const struct seen_head *one = &seen->at[i];
		const struct place place = { .center = one->center,
			.generation = one->generation,
			.index = -1 };

		if (one->spoilt)
			findings_add(findings, FINDING_UNCHECKED, &place,
			    _("%s: when its signed head was made: the "
			      "cosignature is missing, or damaged or changed; "
			      "get another copy"),
			    one->who);
	}
}

static int
compare(const void *a, const void *b)
{
	const struct seen_head *x = a, *y = b;
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
seen_sort(struct seen *seen)
{
	if (seen->count > 1)
		qsort(seen->at, seen->count, sizeof(seen->at[0]), compare);
}

struct seen_head *
seen_of(const struct seen *seen, const char *center, unsigned generation,
    size_t *count)
{
	size_t i, end;

	for (i = 0; i < seen->count; i++)
		if (strcmp(seen->at[i].center, center) == 0 &&
		    seen->at[i].generation == generation)
			break;
	for (end = i; end < seen->count; end++)
		if (strcmp(seen->at[end].center, center) != 0 ||
		    seen->at[end].generation != generation)
			break;
	*count = end - i;
	return seen->at + i;
}

void
seen_clear(struct seen *seen)
{
	size_t i;

	for (i = 0; i < seen->count; i++)
		free(seen->at[i].who);
	free(seen->at);
	*seen = (struct seen){ 0 };
}
