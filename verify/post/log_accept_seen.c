/*
 * log_accept_seen.c - signed heads that others bring: log_accept.h.
 */
#include "base/count.h"
#include "base/i18n.h"
#include "ledger/head.h"
#include "trust/list.h"
#include "verify/post/copy_kept.h"
#include "verify/post/log_offer.h"
#include "verify/post/log_seen.h"
#include "verify/post/post.h"

#include <string.h>

/* Two heads of one size that this log's key signed. */
static bool
contradicts_seen(struct offer *t, struct errtext *err)
{
	struct bytes other = { 0 };
	struct errtext from = { 0 }, why = { 0 };
	enum err rc;

	rc = log_seen_twin(
	    t->post, &t->log, t->named, &t->got.head, &other, &from, err);
	if (rc != ERR_OK)
		offer_refuse(t, err);
	else if (other.len > 0) {
		err_set(&why, ERR_OK,
		    _("the center's log contradicts a signed head that "
		      "came from %s"),
		    from.text);
		offer_fork(t, &other, why.text);
	}
	rc = rc == ERR_OK && other.len == 0 ? ERR_OK : ERR_DATA;
	bytes_free(&other);
	return rc != ERR_OK;
}

static void
say_remembered(struct offer *t, const struct log_waiting *waiting)
{
	unsigned long long size = t->got.head.size;

	t->out->not_compared = !waiting->kept || waiting->dropped;
	t->out->waits = waiting->kept;
	if (!waiting->kept)
		offer_say(t, OUTCOME_UNREADABLE,
		    _("a head of %s was NOT kept and will not be compared: "
		      "%d heads of this log wait already, all of them "
		      "shorter. Sync with the center's log, then import it "
		      "again"),
		    COUNTED(LINES, size), LOG_SEEN_MAX);
	else if (waiting->dropped)
		offer_say(t, OUTCOME_SAME,
		    _("a head of %s; it will be compared at the next sync. "
		      "For it the longest of %d that wait, of %s, was "
		      "dropped without having been compared"),
		    COUNTED(LINES, size), LOG_SEEN_MAX,
		    COUNTED(LINES, waiting->dropped_size));
	else
		offer_say(t, OUTCOME_SAME,
		    _("a head of %s; it will be compared at the next sync"),
		    COUNTED(LINES, size));
}

static void
remember(struct offer *t)
{
	struct post_logs *logs = &t->post->logs;
	struct log_waiting waiting = { .kept = false };
	struct errtext err = { 0 };
	enum err rc;

	if (contradicts_seen(t, &err))
		return;
	if ((rc = post_logs_begin(logs, &err)) == ERR_OK) {
		rc = log_seen_remember(t->post, &t->log, &t->got.head,
		    t->got.note.at, t->got.note.len, t->from, &waiting, &err);
		if (rc == ERR_OK)
			rc = post_logs_commit(logs, &err);
		else
			post_logs_rollback(logs);
	}
	if (rc != ERR_OK)
		offer_refuse(t, &err);
	else
		say_remembered(t, &waiting);
}

static void
compare_seen(struct offer *t)
{
	const struct checkpoint *head = &t->got.head;
	struct tree_hash root = t->log.root;
	bool known = head->size == t->log.size, back = false;
	struct errtext err = { 0 };
	enum err rc;

	/* a copy that is being taken anew has no signed head to put beside it
	 */
	if (!known && t->log.size > 0 &&
	    copy_kept_root(&t->post->logs, &t->log, head->size, &known, &root,
		&err) != ERR_OK) {
		offer_refuse(t, &err);
		return;
	}
	if (known && !tree_hash_equal(&root, &head->root)) {
		offer_fork(t, NULL, offer_rewritten());
		return;
	}
	rc = checkpoint_cosigned(
	    &t->got.parsed, &t->named->cosigner, &t->got.as_of, &err);
	if (rc == ERR_OK)
		rc = offer_went_back(t, &back, &err);
	if (rc == ERR_SIGNATURE || store_is_unseen(rc)) {
		offer_refuse(t, &err);
		return;
	}
	if (back) {
		offer_fork(t, NULL, offer_shortened());
		return;
	}
	if (t->named->closed && head->size > t->named->final_size) {
		offer_say(t, OUTCOME_SAME,
		    _("a head of %s of a log that the root custodian "
		      "closed after %llu; it does not count"),
		    COUNTED(LINES, head->size),
		    (unsigned long long)t->named->final_size);
		return;
	}
	if (known || head->size == 0)
		offer_say(t, OUTCOME_SAME, _("a head of %s fits this copy"),
		    COUNTED(LINES, head->size));
	else
		remember(t);
}

void
log_accept_seen(struct post *post, const void *note, size_t len,
    const char *from, int64_t now, struct log_outcome *out)
{
	struct offer t = { .post = post, .from = from, .now = now, .out = out };
	const struct post_log *log = NULL;
	struct errtext err = { 0 };
	struct head claimed;
	enum err rc;

	*out = (struct log_outcome){ .there = true,
		.outcome = OUTCOME_UNREADABLE };
	rc = head_peek(post->list, note, len, &claimed, &err);
	if (rc == ERR_OK && claimed.log != NULL)
		log = post_logs_find(
		    &post->logs, claimed.center->code, claimed.log->generation);
	if (rc == ERR_OK && log == NULL)
		rc = err_set(&err, ERR_ISSUER,
		    _("a head of a log that the trust list does not name; "
		      "it does not count"));
	if (rc != ERR_OK) {
		text_copy(out->text, sizeof(out->text), err.text);
		return;
	}
	t.log = *log;
	t.center = claimed.center;
	t.named = claimed.log;
	bytes_add(&t.got.note, note, len);
	rc = t.got.note.failed
	    ? err_memory(&err)
	    : checkpoint_open(t.got.note.at, t.got.note.len, &t.named->log,
		  &t.got.head, &t.got.parsed, &err);
	/* not the log's word, so it says nothing about the log */
	if (rc != ERR_OK)
		offer_refuse(&t, &err);
	else
		compare_seen(&t);
	offer_finish(&t);
}
