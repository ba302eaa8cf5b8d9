/*
 * drafts_act.c - the acts of drafts_page.h.
 */
#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "issue/center/act.h"
#include "issue/center/release.h"
#include "issue/commands.h"
#include "issue/deeds.h"
#include "issue/desk/approving.h"
#include "issue/desk/drafts_page.h"
#include "issue/register/draft.h"
#include "issue/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- a draft --------------------------------------------------------------- */

static void
forget_opened(struct desk *desk, int64_t draft)
{
	struct opened *opened = approving_opened(desk, draft);

	if (opened != NULL)
		*opened = desk->opened[--desk->opened_count];
	if (desk->open == draft)
		desk->open = 0;
}

/* What is looked at again, after it was changed, was not looked at before. */
static enum err
keep_opened(struct desk *desk, const struct draft *draft, struct errtext *err)
{
	struct opened *opened = approving_opened(desk, draft->id);

	if (opened != NULL &&
	    memcmp(opened->digest, draft->digest, sizeof(opened->digest)) == 0)
		return ERR_OK;
	if (opened == NULL) {
		if (!ARRAY_ROOM(
			desk->opened, desk->opened_count, desk->opened_cap))
			return err_memory(err);
		opened = &desk->opened[desk->opened_count++];
	}
	*opened =
	    (struct opened){ .draft = draft->id, .moment = clock_moment() };
	memcpy(opened->digest, draft->digest, sizeof(opened->digest));
	return ERR_OK;
}

static enum err
open_draft(struct turn *turn, int64_t id, struct errtext *err)
{
	struct desk *desk = turn->desk;
	struct draft draft = { 0 };
	enum err rc = register_draft_load(
	    turn->center->reg, turn->center->info.center, id, &draft, err);

	if (rc != ERR_OK)
		return rc;
	if (draft.state == DRAFT_PENDING) {
		desk->open = id;
		rc = keep_opened(desk, &draft, err);
	} else
		rc = err_set(err, ERR_DATA,
		    _("draft %lld: it is no longer waiting"), (long long)id);
	register_draft_clear(&draft);
	return rc;
}

static enum err
mark(struct turn *turn, int64_t id, struct errtext *err)
{
	struct opened *opened = approving_opened(turn->desk, id);
	enum err rc = turn_stand(turn, ROLE_BIT(ROLE_APPROVER), err);

	if (rc != ERR_OK)
		return rc;
	if (opened == NULL)
		return err_set(err, ERR_REFUSED,
		    _("open draft %lld and look at it first"), (long long)id);
	if (!opened->marked)
		opened->seconds = clock_moment() - opened->moment;
	opened->marked = !opened->marked;
	if (opened->marked && turn->desk->open == id)
		turn->desk->open = 0;
	return ERR_OK;
}

/* Where one was wrong others may be: as many more as there still are. */
static enum err
take_out(struct desk *desk, int64_t id, struct errtext *err)
{
	struct picks *batch = &desk->batch;
	size_t at = approving_place(desk, id);
	bool drawn = at < desk->sample;
	enum err rc = ERR_OK;

	if (at == batch->count)
		return ERR_OK;
	batch->count--;
	memmove(&batch->at[at], &batch->at[at + 1],
	    (batch->count - at) * sizeof(batch->at[0]));
	if (!drawn)
		return ERR_OK;
	desk->sample--;
	for (int i = 0;
	     i < REVIEW_MORE && desk->sample < batch->count && rc == ERR_OK;
	     i++)
		if ((rc = review_draw(batch, desk->sample, err)) == ERR_OK)
			desk->sample++;
	return rc;
}

static enum err
leave(struct desk *desk, int64_t id, struct errtext *err)
{
	forget_opened(desk, id);
	return take_out(desk, id, err);
}

static enum err
discard(struct turn *turn, int64_t id, struct errtext *err)
{
	const char *reason;
	enum err rc = turn_stand(
	    turn, ROLE_BIT(ROLE_DRAFTER) | ROLE_BIT(ROLE_APPROVER), err);

	if (rc != ERR_OK)
		return rc;
	/* the box for it is in the open draft */
	if (turn_form(turn, "reason")[0] == '\0' && turn->desk->open != id)
		(void)open_draft(turn, id, NULL);
	if ((rc = turn_reason(turn, "reason", &reason, err)) != ERR_OK)
		return rc;
	rc = deed_discard(
	    turn->center, turn->desk->session.person.code, &id, 1, reason, err);
	if (rc != ERR_OK)
		return rc;
	desk_sayf(turn->desk, _("Draft %lld is discarded."), (long long)id);
	return leave(turn->desk, id, err);
}

enum err
drafts_page_act(struct turn *turn, struct errtext *err)
{
	const char *act = turn_form(turn, "act");
	int64_t id = 0;
	enum err rc = turn_draft(turn, &id, err);

	if (rc != ERR_OK)
		return rc;
	if (strcmp(act, "open") == 0)
		return open_draft(turn, id, err);
	if (strcmp(act, "approve") == 0)
		return mark(turn, id, err);
	if (strcmp(act, "leave") == 0)
		return leave(turn->desk, id, err);
	if (strcmp(act, "discard") == 0)
		return discard(turn, id, err);
	if (strcmp(act, "close") != 0)
		return err_set(err, ERR_DATA, "%s", _("nothing was done"));
	turn->desk->open = 0;
	return ERR_OK;
}

/* --- a batch --------------------------------------------------------------- */

static void
say_left_out(struct desk *desk, const struct left_out *left, const char *text)
{
	struct bytes ids = { 0 };

	if (left->count == 0)
		return;
	for (size_t i = 0; i < left->count && i < APPROVE_NAMED; i++)
		bytes_addf(
		    &ids, "%s%lld", i > 0 ? ", " : "", (long long)left->id[i]);
	bytes_add_text(&ids, left->count > APPROVE_NAMED ? ", ..." : "");
	if (!ids.failed)
		desk_sayf(desk, "%s %s.", text, (const char *)ids.at);
	bytes_free(&ids);
}

enum err
queue_page_sample(struct turn *turn, struct errtext *err)
{
	struct desk *desk = turn->desk;
	struct picks *batch = &desk->batch;
	size_t wanted;
	enum err rc = turn_stand(turn, ROLE_BIT(ROLE_APPROVER), err);

	if (rc != ERR_OK)
		return rc;
	if (strcmp(turn_form(turn, "act"), "no-sample") == 0) {
		approve_clear(batch);
		desk->sample = 0;
		return ERR_OK;
	}
	/* what was drawn stays drawn */
	if (batch->count > 0)
		return ERR_OK;
	desk->sample = 0;
	rc = approve_add_all(
	    batch, turn->center, desk->session.person.code, err);
	if (rc != ERR_OK)
		return rc;
	say_left_out(desk, &batch->duplicates,
	    _("Left out, because they look like a person who has one already. "
	      "Compare the two, then approve or discard each by itself:"));
	say_left_out(desk, &batch->again,
	    _("Left out, because their drafter must sign them again:"));
	say_left_out(desk, &batch->old,
	    _("Left out, because they were signed with a key that is no more. "
	      "Discard them and enter them again:"));
	say_left_out(desk, &batch->orphaned,
	    _("Left out, because their drafter drafts here no more. Discard "
	      "them and let another drafter enter them again:"));
	if (batch->count == 0) {
		desk->bad = true;
		desk_say(desk, _("No drafts wait that could be signed."));
	}
	wanted = review_sample(batch->count);
	while (desk->sample < wanted && rc == ERR_OK)
		if ((rc = review_draw(batch, desk->sample, err)) == ERR_OK)
			desk->sample++;
	return rc;
}

/* --- signing --------------------------------------------------------------- */

static void
refuse(void *arg, int64_t draft, const char *why)
{
	struct desk *desk = arg;

	desk->bad = true;
	desk_sayf(desk, _("draft %lld: %s"), (long long)draft, why);
}

/* Those marked, as they were when they were looked at. */
static enum err
pick_marked(struct turn *turn, struct picks *picks, struct errtext *err)
{
	const struct desk *desk = turn->desk;
	enum err rc = ERR_OK;

	for (size_t i = 0; i < desk->opened_count && rc == ERR_OK; i++) {
		const struct opened *opened = &desk->opened[i];
		struct pick *pick;

		if (!opened->marked)
			continue;
		rc = approve_add(picks, turn->center, desk->session.person.code,
		    opened->draft, err);
		if (rc != ERR_OK)
			break;
		pick = &picks->at[picks->count - 1];
		if (memcmp(pick->digest, opened->digest,
			sizeof(pick->digest)) != 0)
			rc = err_set(err, ERR_REFUSED,
			    _("draft %lld: it was changed, discarded or "
			      "approved while you looked at it; look again"),
			    (long long)opened->draft);
		snprintf(pick->reason, sizeof(pick->reason), "V%lld",
		    (long long)opened->seconds);
	}
	if (rc == ERR_OK && picks->count == 0)
		rc = err_set(err, ERR_DATA,
		    _("nothing is marked; open a draft, compare it with the "
		      "person's documents, and mark it"));
	return rc;
}

/* Each is judged once more; the digests are those of when it was drawn. */
static enum err
pick_batch(struct turn *turn, struct picks *picks, struct errtext *err)
{
	const struct desk *desk = turn->desk;
	enum err rc = ERR_OK;

	if (desk->batch.count == 0)
		return err_set(err, ERR_DATA, "%s", _("nothing was done"));
	if (approving_to_open(desk) > 0)
		return err_set(err, ERR_REFUSED,
		    _("open and mark those that were drawn first"));
	for (size_t i = 0; i < desk->batch.count && rc == ERR_OK; i++) {
		const struct pick *drawn = &desk->batch.at[i];

		rc = approve_add(picks, turn->center, desk->session.person.code,
		    drawn->draft, err);
		if (rc == ERR_OK &&
		    memcmp(picks->at[picks->count - 1].digest, drawn->digest,
			sizeof(drawn->digest)) != 0)
			rc = err_set(err, ERR_REFUSED,
			    _("draft %lld: it was changed, discarded or "
			      "approved while you looked at it; look again"),
			    (long long)drawn->draft);
	}
	if (rc == ERR_OK)
		review_skip(picks);
	return rc;
}

/* Nothing is signed on a machine that could not make the sheets. */
static enum err
get_ready(struct turn *turn, struct errtext *err)
{
	struct decoder *decoder = NULL;
	bool stale = false;
	enum err rc;

	if ((rc = act_check(turn->act, &stale, err)) != ERR_OK ||
	    (rc = center_may_issue(turn->center, clock_now(), err)) != ERR_OK ||
	    (rc = release_ready(&decoder, err)) != ERR_OK)
		return rc;
	decoder_free(&decoder);
	if (stale)
		desk_say(turn->desk,
		    _("the trust list is past its next update; get the "
		      "newest"));
	return ERR_OK;
}

static enum err
tell(struct desk *desk, const struct pick *pick, struct errtext *err)
{
	char(*more)[LETTER_NUMBER_SIZE];

	if (pick->number[0] == '\0')
		return ERR_OK;
	more = desk->signed_now;
	if (more == NULL &&
	    (more = calloc(DESK_SIGNED_MAX, sizeof(*more))) == NULL)
		return err_memory(err);
	desk->signed_now = more;
	if (desk->signed_count == DESK_SIGNED_MAX) {
		memmove(more, more + 1, (DESK_SIGNED_MAX - 1) * sizeof(*more));
		desk->signed_count--;
	}
	memcpy(more[desk->signed_count++], pick->number, LETTER_NUMBER_SIZE);
	return ERR_OK;
}

static enum err
sign(struct turn *turn, struct picks *picks, struct errtext *err)
{
	struct desk *desk = turn->desk;
	const struct approval approval = { turn->act,
		command_paper_of(turn->center), refuse, desk, false };
	size_t done = 0, n, total = 0;
	enum err rc = ERR_OK;

	approve_expect(turn->center, picks->count);
	for (; done < picks->count && rc == ERR_OK; done += n) {
		n = picks->count - done;
		n = n < APPROVE_BATCH ? n : APPROVE_BATCH;
		rc = approve_sign(&approval, &picks->at[done], n, err);
		if (rc == ERR_OK)
			rc = act_settle(turn->center, err);
		for (size_t i = 0; i < n && rc == ERR_OK; i++) {
			const struct pick *pick = &picks->at[done + i];

			total += pick->number[0] != '\0';
			rc = tell(desk, pick, err);
			if (pick->number[0] != '\0')
				forget_opened(desk, pick->draft);
		}
	}
	if (total > 0) {
		approve_clear(&desk->batch);
		desk->sample = 0;
		desk_sayf(desk,
		    ngettext(
			"Signed: %zu letter.", "Signed: %zu letters.", total),
		    total);
		desk_say(desk,
		    _("Next: print and hand over, and publish, so that "
		      "consulates know of them."));
	}
	return rc;
}

enum err
queue_page_approve(struct turn *turn, struct errtext *err)
{
	struct picks picks = { 0 };
	bool batch = turn_form(turn, "batch")[0] != '\0';
	char signs[APPROVING_WHICH_SIZE];
	enum err rc;

	approving_which(turn->desk, batch, signs);
	if ((rc = turn_agrees(turn, "signs", signs, err)) == ERR_OK &&
	    (rc = turn_stand(turn, ROLE_BIT(ROLE_APPROVER), err)) == ERR_OK &&
	    (rc = batch ? pick_batch(turn, &picks, err)
			: pick_marked(turn, &picks, err)) == ERR_OK &&
	    (rc = turn_act(turn, false, ROLE_BIT(ROLE_APPROVER), false, err)) ==
		ERR_OK &&
	    (rc = get_ready(turn, err)) == ERR_OK)
		rc = sign(turn, &picks, err);
	turn_act_end(turn);
	approve_clear(&picks);
	return rc;
}
