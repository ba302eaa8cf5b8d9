/*
 * log_judge.c - log_judge.h.
 */
#include "verify/post/log_judge.h"

#include "base/i18n.h"
#include "trust/list.h"
#include "verify/post/copy_kept.h"
#include "verify/post/log_seen.h"
#include "verify/post/post.h"

#include <string.h>

void
log_judge_set_end(struct offer *t)
{
	const struct trust_log *named = t->named;

	t->end = t->got.head;
	if (!named->closed || t->end.size <= named->final_size)
		return;
	t->end.size = named->final_size;
	memcpy(t->end.root.at, named->final_root, sizeof(t->end.root.at));
}

bool
log_judge_is_final(const struct offer *t)
{
	return t->named->closed && t->end.size == t->named->final_size;
}

bool
log_judge_end(struct offer *t)
{
	struct tree_hash root = t->got.head.root;
	struct errtext err = { 0 };

	if (!log_judge_is_final(t))
		return true;
	if (offer_is_cut(t) &&
	    log_read_root(t->source, &t->got.head, t->end.size, &root, &err) !=
		ERR_OK)
		offer_refuse(t, &err);
	else if (memcmp(root.at, t->named->final_root, sizeof(root.at)) != 0)
		offer_fork(t, NULL,
		    _("the log does not end as the root custodian says"));
	else
		return true;
	return false;
}

/* The end was found in the copy, or another one. */
static void
end_found(struct offer *t, bool same)
{
	struct errtext err = { 0 };

	if (!same)
		offer_fork(t, NULL, offer_rewritten());
	else if (t->end.size > 0 &&
	    log_head_confirm(
		t->post, &t->log, t->end.size, &t->end.root, &err) != ERR_OK)
		offer_refuse(t, &err);
	else
		offer_say_state(t, OUTCOME_SAME, 0);
}

bool
log_judge_beyond(struct offer *t)
{
	struct tree_hash longer, end = t->end.root;
	struct errtext err = { 0 };
	bool known = t->end.size == 0, same = true;
	enum err rc = ERR_OK;

	if (!known)
		rc = copy_kept_root(
		    &t->post->logs, &t->log, t->end.size, &known, &end, &err);
	same = tree_hash_equal(&end, &t->end.root);
	if (rc == ERR_OK && same && t->got.head.size >= t->log.size) {
		rc = log_read_root(
		    t->source, &t->got.head, t->log.size, &longer, &err);
		same = rc == ERR_OK && tree_hash_equal(&longer, &t->log.root);
		known = true;
	} else if (rc == ERR_OK && !known)
		rc = log_head_fits(t->post, t->source, &t->log, &t->got.head,
		    t->end.size, &same, &err);
	if (rc != ERR_OK)
		offer_refuse(t, &err);
	else if (known || !same)
		end_found(t, same);
	return rc == ERR_OK && !known && same;
}

/* Of a size that this post never had: compared when files for it are here. */
static void
remember_older(struct offer *t)
{
	struct post_logs *logs = &t->post->logs;
	struct log_waiting waiting = { .kept = false };
	struct errtext err = { 0 };
	enum err rc;

	if ((rc = post_logs_begin(logs, &err)) == ERR_OK) {
		rc = log_seen_remember(t->post, &t->log, &t->got.head,
		    t->got.note.at, t->got.note.len, t->from, &waiting, &err);
		if (rc == ERR_OK)
			rc = post_logs_commit(logs, &err);
		else
			post_logs_rollback(logs);
	}
	if (rc == ERR_OK && !waiting.kept)
		err_set(&err, rc = ERR_LIMIT,
		    _("older than what this post has, and its head was NOT "
		      "kept for comparing: %d heads of this log wait "
		      "already"),
		    LOG_SEEN_MAX);
	if (rc != ERR_OK)
		offer_refuse(t, &err);
	else
		offer_say_waiting(t);
}

bool
log_judge_size(struct offer *t)
{
	const struct checkpoint *head = &t->end;
	struct tree_hash root = t->log.root;
	struct errtext err = { 0 };
	bool known = head->size == t->log.size, back = false;

	if (head->size > t->log.size || (head->size == 0 && known))
		return true;
	if (!known && head->size == 0)
		known = true;
	else if (!known &&
	    copy_kept_root(&t->post->logs, &t->log, head->size, &known, &root,
		&err) != ERR_OK) {
		offer_refuse(t, &err);
		return false;
	}
	if (known && head->size > 0 && !tree_hash_equal(&root, &head->root)) {
		offer_fork(t, NULL, offer_rewritten());
		return false;
	}
	if (offer_went_back(t, &back, &err) != ERR_OK) {
		offer_refuse(t, &err);
		return false;
	}
	if (back) {
		offer_fork(t, NULL, offer_shortened());
		return false;
	}
	if (head->size == t->log.size)
		return true;
	if (!known)
		remember_older(t);
	else
		offer_say_state(t, OUTCOME_OLDER, 0);
	return false;
}

bool
log_judge_order(struct offer *t)
{
	struct errtext err = { 0 };
	enum log_end end;
	enum err rc;
	size_t i;

	for (i = 0; i < t->center->log_count; i++) {
		const struct trust_log *other = &t->center->logs[i];
		const struct post_log *log = post_logs_find(
		    &t->post->logs, t->center->code, other->generation);

		if (other->generation >= t->named->generation)
			continue;
		if (log != NULL && log->size > 0 && !log->stale) {
			if (!other->closed || log->conflict != 0)
				continue;
			rc = log_head_end(t->post, log, other, &end, &err);
			if (rc == ERR_OK && end == END_WHOLE)
				continue;
			if (store_is_unseen(rc)) {
				offer_refuse(t, &err);
				return false;
			}
		}
		err_set(&err, ERR_DATA,
		    _("the center's earlier log %u is needed first, up to its "
		      "end; get a whole copy. If nobody ever had any of it, "
		      "the root custodian can leave it out (sello-keys log "
		      "close %s --unused %u)"),
		    other->generation, t->center->code, other->generation);
		offer_refuse(t, &err);
		return false;
	}
	return true;
}

bool
log_judge_growth(struct offer *t)
{
	struct tree_hash root;
	struct errtext err = { 0 };

	if (t->end.size < t->log.size)
		return log_judge_size(t);
	if (log_read_root(t->source, &t->got.head, t->log.size, &root, &err) !=
	    ERR_OK)
		offer_refuse(t, &err);
	else if (!tree_hash_equal(&root, &t->log.root))
		offer_fork(t, NULL, offer_rewritten());
	else
		return true;
	return false;
}
