/*
 * log_insert.c - log_insert.h.
 */
#include "verify/post/log_insert.h"

#include "base/count.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "ledger/history.h"
#include "verify/post/copy_kept.h"
#include "verify/post/copy_log.h"
#include "verify/post/copy_waiting.h"
#include "verify/post/copy_words.h"
#include "verify/post/log_lines.h"
#include "verify/post/log_seen.h"
#include "verify/post/log_stale.h"
#include "verify/post/records.h"

#include <stdio.h>
#include <string.h>

/* Heads of the other version told of it, and are settled with it; and so is
 * what it said, once it is known to be another. */
static enum err
forget_other(struct offer *t, struct errtext *err)
{
	enum err rc = copy_waiting_drop_all(&t->post->logs, &t->log, err);

	return rc == ERR_OK ? copy_words_forget(&t->post->logs, &t->log,
				  t->end.size, INT64_MAX, err)
			    : rc;
}

/* Of a copy that may be the true one all the same: what it had up to the end
 * fits (judge_beyond) and stays, evidence from before a revocation. Its head
 * waits until the root raises the end and the records can be compared. Marks
 * behind the end go, also those that a revocation rests on (mark.kept): nobody
 * showed that what this post had there is the version that the root named, and
 * of another one they would say what this log never had. */
static enum err
forget_behind(struct offer *t, struct errtext *err)
{
	struct bytes note = { 0 };
	struct checkpoint head;
	struct log_waiting waiting = { .kept = true };
	enum err rc = copy_log_head(&t->post->logs, t->log.id, &note, err);

	if (rc == ERR_OK &&
	    checkpoint_open(
		note.at, note.len, &t->named->log, &head, NULL, NULL) == ERR_OK)
		rc = log_seen_remember(t->post, &t->log, &head, note.at,
		    note.len, t->post->name, &waiting, err);
	bytes_free(&note);
	if (rc != ERR_OK)
		return rc;
	t->out->not_compared = !waiting.kept || waiting.dropped;
	rc = copy_kept_drop_behind(&t->post->logs, &t->log, t->end.size, err);
	return rc == ERR_OK
	    ? copy_log_forget_lines(&t->post->logs, t->log.id, err)
	    : rc;
}

/* The root custodian closed this log and so said which of its versions is the
 * true one; this copy is another, or may be. All of it goes, and the true one
 * is taken from its first line on. */
static enum err
forget_copy(struct offer *t, struct errtext *err)
{
	enum err rc = t->log.conflict == 0
	    ? forget_behind(t, err)
	    : copy_log_forget(&t->post->logs, t->log.id, err);

	if (rc == ERR_OK)
		rc = copy_log_empty(&t->post->logs, t->log.id, err);
	t->log.size = 0;
	t->log.first_time = t->log.last_time = t->log.as_of = 0;
	t->log.leap = (struct leap){ 0, 0 };
	*post_logs_find(&t->post->logs, t->log.center, t->log.generation) =
	    t->log; /* until the transaction ends */
	return rc;
}

static enum err
load_range(struct offer *t, struct tree_range *out, struct errtext *err)
{
	struct bytes blob = { 0 };
	enum err rc = copy_log_range(&t->post->logs, t->log.id, &blob, err);

	*out = (struct tree_range){ .size = t->log.size };
	if (rc == ERR_DATA ||
	    (rc == ERR_OK &&
		blob.len != tree_range_count(out) * sizeof(out->node[0])))
		rc = err_set(err, ERR_CONFIG, _("this post's copy is damaged"));
	else if (blob.len > 0)
		memcpy(out->node, blob.at, blob.len);
	bytes_free(&blob);
	return rc;
}

static enum err
save(struct offer *t, const struct log_lines *lines,
    const struct tree_range *range, const struct bytes *note,
    struct errtext *err)
{
	struct bytes text = { 0 };
	struct copy_log_state state = { .range = range,
		.root = &t->end.root,
		.note = note,
		.as_of = offer_believe(t, log_lines_last_time(lines)),
		.first_time = log_lines_first_time(lines),
		.last_time = log_lines_last_time(lines) };
	enum err rc;

	history_save(log_lines_history(lines), &text);
	state.history = (const char *)text.at;
	rc = text.failed
	    ? err_memory(err)
	    : copy_log_save(&t->post->logs, t->log.id, &state, err);
	bytes_free(&text);
	return rc;
}

/* A clock that was set back must not make what is learned now look old. */
static int64_t
own_time(const struct offer *t)
{
	int64_t newest = post_newest_seen(t->post);

	return t->now > newest ? t->now : newest;
}

/*
 * The head that is kept beside the copy: the newer of both, with this post's
 * cosignature. One that goes on behind the end is kept as it came, for this
 * post did not look at all that it says.
 */
static void
head_to_keep(struct offer *t, struct bytes *out)
{
	struct log_head ours = { .as_of = 0 };
	const struct log_head *head = &t->got;
	struct errtext no_key = { 0 };

	if (t->end.size == t->log.size &&
	    (offer_is_cut(t) || t->got.as_of < t->log.as_of) &&
	    copy_log_head(&t->post->logs, t->log.id, &ours.note, NULL) ==
		ERR_OK &&
	    checkpoint_open(ours.note.at, ours.note.len, &t->named->log,
		&ours.head, &ours.parsed, NULL) == ERR_OK &&
	    checkpoint_cosigned(
		&ours.parsed, &t->named->cosigner, &ours.as_of, NULL) == ERR_OK)
		head = &ours;
	/* it leaves this computer only after the commit */
	if (head->head.size == t->end.size)
		(void)log_head_cosign(
		    t->post, t->named, head, own_time(t), out, &no_key);
	else
		bytes_add(out, head->note.at, head->note.len);
	t->got.as_of = head->as_of;
	t->ahead = t->got.as_of > t->now + POLICY_SLACK;
	bytes_free(&ours.note);
}

/* New lines into the open transaction; contradiction: see log_head_settle. */
static enum err
read_lines(struct offer *t, struct log_lines **lines,
    struct bytes *contradiction, struct errtext *from, struct errtext *err)
{
	struct log_visitor visitor;
	struct tree_range have, range;
	struct bytes note = { 0 };
	enum err rc;

	if ((rc = load_range(t, &have, err)) != ERR_OK ||
	    (rc = log_lines_new(t->post, t->center, &t->log,
		 t->end.size - t->log.size, t->now, lines, err)) != ERR_OK)
		goto out;
	visitor = log_lines_visitor(*lines);
	rc = log_read_to(t->source, &t->got.head, t->end.size, &have,
	    &t->log.root, READ_NEEDED, &visitor, &range, err);
	if ((rc = log_lines_end(*lines, rc, err)) != ERR_OK ||
	    (rc = log_head_settle(t->post, t->source, t->center, t->named,
		 &t->log, &t->got.head, contradiction, from, err)) != ERR_OK ||
	    contradiction->len > 0)
		goto out;
	head_to_keep(t, &note);
	if ((rc = save(t, *lines, &range, &note, err)) == ERR_OK)
		rc = log_head_pin(t->post, t->center, &t->log, err);
	if (rc == ERR_OK && t->end.size > t->log.size)
		rc = copy_kept_add(&t->post->logs, &t->log, &t->end,
		    log_lines_last_time(*lines), own_time(t), err);
out:
	bytes_free(&note);
	return rc;
}

static void
lines_refused(struct offer *t, enum err rc, bool proof, struct errtext *err)
{
	if (proof)
		offer_line_wrong(t, err);
	else if (rc == ERR_SIGNATURE)
		offer_fork(t, NULL, offer_rewritten());
	else if (rc == ERR_CONFIG)
		offer_copy_damaged(t);
	else
		offer_refuse(t, err);
}

/* One transaction. anew: this copy is given up for it. */
static enum err
try_lines(struct offer *t, bool anew, struct bytes *contradiction,
    struct errtext *from, bool *proof, struct errtext *err)
{
	struct post_logs *logs = &t->post->logs;
	const struct post_log before = t->log;
	struct log_lines *lines = NULL;
	enum err rc;

	rc = post_logs_begin(logs, err);
	if (rc == ERR_OK && t->log.conflict != 0)
		rc = forget_other(t, err);
	if (rc == ERR_OK && anew)
		rc = forget_copy(t, err);
	if (rc == ERR_OK)
		rc = read_lines(t, &lines, contradiction, from, err);
	if (lines != NULL) {
		*proof = log_lines_proof(lines);
		t->void_count = log_lines_void(lines);
	}
	if (rc == ERR_OK && contradiction->len == 0 && log_lines_staff(lines))
		rc = log_stale_later(t->post, &before, err);
	log_lines_free(&lines);
	if (rc == ERR_OK && contradiction->len == 0)
		rc = records_fewer(
		    t->post, &before, (int64_t)t->end.size, t->now, err);
	if (rc == ERR_OK && contradiction->len == 0)
		rc = post_logs_commit(logs, err);
	else
		post_logs_rollback(logs);
	if (rc != ERR_OK || contradiction->len > 0)
		t->log = before;
	else /* what fails here is tried and told at the sync's end */
		(void)records_settle(t->post, NULL);
	return rc;
}

/* Once more after each time that a copy was given up for what fits. */
static void
say_anew(struct offer *t, uint64_t before)
{
	struct errtext first = { 0 };

	err_set(&first, ERR_OK, "%s", t->out->text);
	if (t->log.stale)
		(void)snprintf(t->out->text, LOG_TEXT_SIZE,
		    _("%s. All lines were read anew, for what the root "
		      "custodian said since then reaches back into those of "
		      "before"),
		    first.text);
	else
		(void)snprintf(t->out->text, LOG_TEXT_SIZE,
		    _("%s. This post's copy of before had %s, more than "
		      "the root custodian's end, and could not be compared "
		      "with it: the lines were taken anew"),
		    first.text, COUNTED(LINES, before));
}

/* Whom the root had removed: what they did since is no proof, and no help. */
static void
say_void(struct offer *t)
{
	struct errtext first = { 0 };

	if (t->void_count == 0)
		return;
	err_set(&first, ERR_OK, "%s", t->out->text);
	(void)snprintf(t->out->text, LOG_TEXT_SIZE,
	    _("%s. Lines among them that do not count, for a person acted whom "
	      "the root custodian had removed, or who did not stand: %llu"),
	    first.text, (unsigned long long)t->void_count);
}

void
log_insert(struct offer *t, bool anew)
{
	/* a log that contradicted itself, and its end as the root set it */
	bool settled = t->log.conflict != 0, proof = false;
	uint64_t before = t->log.size;
	struct errtext err = { 0 }, from = { 0 }, why = { 0 };
	struct bytes contradiction = { 0 };
	enum err rc;

	anew |= settled && (before > t->end.size || t->log.stale);
	rc = try_lines(t, anew, &contradiction, &from, &proof, &err);
	if (rc == ERR_SIGNATURE && settled && !anew && !proof)
		rc = try_lines(t, true, &contradiction, &from, &proof, &err);
	if (rc != ERR_OK)
		lines_refused(t, rc, proof, &err);
	else if (contradiction.len > 0) {
		err_set(&why, ERR_OK,
		    _("the center's log contradicts a signed head that "
		      "came from %s"),
		    from.text);
		offer_fork(t, &contradiction, why.text);
	} else
		offer_say_state(t,
		    t->end.size > t->log.size ? OUTCOME_NEW : OUTCOME_SAME,
		    t->end.size - t->log.size);
	if (t->out->outcome == OUTCOME_NEW && anew && !settled)
		say_anew(t, before);
	if (t->out->outcome == OUTCOME_NEW)
		say_void(t);
	bytes_free(&contradiction);
}
