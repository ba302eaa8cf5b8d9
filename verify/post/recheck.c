/*
 * recheck.c - recheck.h.
 */
#include "verify/post/recheck.h"

#include "verify/post/shown_mend.h"

#include <string.h>

/* Each letter is looked for once: by its first row with a signature, or else
 * by its first. */
struct rechecking {
	struct post *post;
	int64_t now;
	void (*tell)(void *ctx, const struct rechecked *found);
	void *ctx;
	struct presentation_row letter;
	bool any;
	struct recheck_counts *counts;
};

/* The signature that was kept proves the letter. Where none was, the post's
 * own memory is no proof against anybody. */
static enum err
give_absent(struct rechecking *r, bool other, struct errtext *err)
{
	enum presentation_worth worth = PRESENTATION_DAMAGED;
	enum err rc = presentation_worth(r->post, &r->letter, &worth, err);
	const struct rechecked found = { .p = &r->letter.p,
		.proven = worth == PRESENTATION_PROVEN,
		.other = other };

	if (rc != ERR_OK)
		return rc;
	r->counts->damaged += worth == PRESENTATION_DAMAGED;
	r->counts->unproven |= worth == PRESENTATION_UNPROVEN;
	if (worth != PRESENTATION_DAMAGED)
		r->tell(r->ctx, &found);
	return ERR_OK;
}

static enum err
look_for(struct rechecking *r, struct errtext *err)
{
	bool other = false;

	return r->any && shown_is_absent(r->post, &r->letter.p, r->now, &other)
	    ? give_absent(r, other, err)
	    : ERR_OK;
}

static enum err
recheck(void *ctx, const struct presentation_row *row, struct errtext *err)
{
	struct rechecking *r = ctx;
	const struct presentation *last = &r->letter.p, *p = &row->p;
	enum err rc;

	if (!row->sound)
		r->counts->damaged++;
	if (!row->sound || row->aside)
		return ERR_OK;
	if (r->any && strcmp(last->number, p->number) == 0 &&
	    memcmp(last->digest, p->digest, sizeof(p->digest)) == 0) {
		if (last->key_name[0] == '\0' && p->key_name[0] != '\0')
			r->letter = *row;
		return ERR_OK;
	}
	if ((rc = look_for(r, err)) != ERR_OK)
		return rc;
	r->letter = *row;
	r->any = true;
	return ERR_OK;
}

enum err
recheck_letters(struct post *post, int64_t now,
    void (*tell)(void *ctx, const struct rechecked *found), void *ctx,
    struct recheck_counts *counts, struct errtext *err)
{
	struct rechecking r = { .post = post,
		.now = now,
		.tell = tell,
		.ctx = ctx,
		.counts = counts };
	enum err rc;

	*counts = (struct recheck_counts){ 0 };
	if (post->list == NULL)
		return ERR_OK;
	rc = presentation_each(post, BY_LETTER, recheck, &r, err);
	return rc == ERR_OK ? look_for(&r, err) : rc;
}
