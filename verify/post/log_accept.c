/*
 * log_accept.c - log_accept.h.
 */
#include "verify/post/log_accept.h"

#include "base/i18n.h"
#include "base/local.h"
#include "base/policy.h"
#include "trust/list.h"
#include "verify/post/log_insert.h"
#include "verify/post/log_judge.h"
#include "verify/post/post.h"

/* Signed by the log, dated by the center. */
static bool
open_head(struct offer *t)
{
	struct errtext err = { 0 };
	enum err rc;

	rc = log_read_head(t->source, &t->named->log, &t->got.note,
	    &t->got.head, &t->got.parsed, &err);
	if (rc == ERR_NOT_FOUND) {
		t->out->there = false;
		return false;
	}
	if (rc == ERR_OK &&
	    (rc = checkpoint_cosigned(&t->got.parsed, &t->named->cosigner,
		 &t->got.as_of, &err)) == ERR_ISSUER)
		err_set(
		    &err, rc, _("the center did not say when its log ended"));
	if (rc != ERR_OK)
		offer_refuse(t, &err);
	t->ahead = t->got.as_of > t->now + POLICY_SLACK;
	return rc == ERR_OK;
}

static bool
is_frozen(struct offer *t)
{
	char at[LOCAL_SIZE] = "?";

	/* the root custodian has decided which end is the true one */
	if (t->log.conflict == 0 || log_judge_is_final(t))
		return false;
	local_format(t->log.conflict, at);
	offer_say(t, OUTCOME_MANIPULATED,
	    _("nothing taken: PROOF OF MANIPULATION was found on %s, this log "
	      "contradicts itself. The good copy of before stays. The root "
	      "custodian must close this log and name a new one, and needs "
	      "both signed heads. They are in %s/evidence"),
	    at, t->post->home);
	return true;
}

/* beyond: the copy has lines behind the end, and goes up to there only. */
static void
accept_stale(struct offer *t, bool beyond)
{
	bool good = beyond
	    ? log_judge_beyond(t) || t->out->outcome == OUTCOME_SAME
	    : log_judge_growth(t);

	if (good && log_judge_order(t))
		log_insert(t, true);
}

static void
accept(struct offer *t)
{
	bool settled, beyond;

	if (!open_head(t))
		return;
	log_judge_set_end(t);
	if (is_frozen(t) || !log_judge_end(t))
		return;
	settled = t->log.conflict != 0; /* and the root set this end */
	beyond = !settled && t->log.size > t->end.size && log_judge_is_final(t);
	if (t->log.stale && !settled) {
		accept_stale(t, beyond);
		return;
	}
	if (beyond ? !log_judge_beyond(t) : !settled && !log_judge_size(t))
		return;
	if (t->end.size == 0)
		offer_say(t, OUTCOME_SAME, _("no lines yet"));
	else if (t->end.size == t->log.size || log_judge_order(t))
		log_insert(t, beyond);
}

void
log_accept(struct post *post, const struct log_source *source, const char *from,
    const struct trust_center *center, const struct trust_log *named,
    int64_t now, struct log_outcome *out)
{
	struct offer t = { .post = post,
		.source = source,
		.from = from,
		.center = center,
		.named = named,
		.now = now,
		.out = out };
	const struct post_log *log =
	    post_logs_find(&post->logs, center->code, named->generation);

	*out = (struct log_outcome){ .there = true,
		.outcome = OUTCOME_UNREADABLE };
	if (log == NULL) {
		offer_say(&t, OUTCOME_UNREADABLE, _("nothing taken: %s"),
		    err_words(&post->logs.problem));
		return;
	}
	t.log = *log;
	accept(&t);
	offer_finish(&t);
}
