/*
 * log_take.c - log_take.h.
 */
#include "verify/log_take.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/row.h"
#include "verify/log_heard.h"
#include "verify/log_lines.h"
#include "verify/log_stale.h"
#include "verify/log_taking.h"
#include "verify/log_words.h"
#include "verify/logs_schema.h"
#include "verify/records.h"

#include <stdio.h>
#include <string.h>

/* --- the head ---------------------------------------------------------------
 */

/* Signed by the log, dated by the center. */
static bool
open_head(struct taking *t)
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
		err_set(&err, rc,
		    _("the center did not say when its records ended"));
	if (rc != ERR_OK)
		taking_refuse(t, &err);
	t->ahead = t->got.as_of > t->now + CLOCK_SLACK;
	return rc == ERR_OK;
}

/* Up to where does the list let this log be taken? */
static void
set_end(struct taking *t)
{
	const struct trust_log *named = t->named;

	t->end = t->got.head;
	if (!named->closed || t->end.size <= named->final_size)
		return;
	t->end.size = named->final_size;
	memcpy(t->end.root.at, named->final_root, sizeof(t->end.root.at));
}

/* Does the head reach the end that the root set? */
static bool
is_final(const struct taking *t)
{
	return t->named->closed && t->end.size == t->named->final_size;
}

/* The end of a closed log must be what the root custodian says, who had it
 * from a signed head. False: it is not, or it cannot be told. */
static bool
judge_end(struct taking *t)
{
	struct tree_hash root = t->got.head.root;
	struct errtext err = { 0 };

	if (!is_final(t))
		return true;
	if (taking_is_cut(t) &&
	    log_read_root(t->source, &t->got.head, t->end.size, &root, &err) !=
		ERR_OK)
		taking_refuse(t, &err);
	else if (memcmp(root.at, t->named->final_root, sizeof(root.at)) != 0)
		taking_fork(t, NULL,
		    _("the records do not end as the root custodian says"));
	else
		return true;
	return false;
}

/* The end was found in the copy, or another one. */
static void
end_found(struct taking *t, bool same)
{
	struct errtext err = { 0 };

	if (!same)
		taking_fork(t, NULL, taking_rewritten());
	else if (t->end.size > 0 &&
	    log_head_prove(t->post, &t->log, t->end.size, &t->end.root, &err) !=
		ERR_OK)
		taking_refuse(t, &err);
	else
		taking_say_state(t, TAKEN_SAME, 0);
}

/*
 * A copy that went on before its post heard of the closing: it stays, and what
 * it has behind the end is not believed (evidence.c), once it is known that one
 * goes on from the other. The files at hand may not reach that far. Then the
 * copy may be another version, whatever of it fits, and the one that the root
 * named is here: true, it is to be taken.
 */
static bool
judge_beyond(struct taking *t)
{
	struct tree_hash longer, end = t->end.root;
	struct errtext err = { 0 };
	bool known = t->end.size == 0, same = true;
	enum err rc = ERR_OK;

	if (!known)
		rc = log_head_known(
		    t->post, &t->log, t->end.size, &known, &end, &err);
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
		taking_refuse(t, &err);
	else if (known || !same)
		end_found(t, same);
	return rc == ERR_OK && !known && same;
}

/* Of a size that this post never had: compared when files for it are here. */
static void
remember_older(struct taking *t)
{
	struct post_logs *logs = &t->post->logs;
	struct log_heard heard = { .kept = false };
	struct errtext err = { 0 };
	enum err rc;

	if ((rc = post_logs_begin(logs, &err)) == ERR_OK) {
		rc = log_heard_remember(t->post, &t->log, &t->got.head,
		    t->got.note.at, t->got.note.len, t->from, &heard, &err);
		if (rc == ERR_OK)
			rc = post_logs_commit(logs, &err);
		else
			post_logs_rollback(logs);
	}
	if (rc == ERR_OK && !heard.kept)
		err_set(&err, rc = ERR_LIMIT,
		    _("older than what this post has, and its head was NOT "
		      "kept for comparing: %d heads of these records wait "
		      "already"),
		    LOG_HEARD_MAX);
	if (rc != ERR_OK)
		taking_refuse(t, &err);
	else
		taking_say_state(t, TAKEN_OLDER, 0);
}

/* What can be said without any other file. True: there may be new lines. */
static bool
judge_size(struct taking *t)
{
	const struct checkpoint *head = &t->end;
	struct tree_hash root = t->log.root;
	struct errtext err = { 0 };
	bool known = head->size == t->log.size;

	if (head->size > t->log.size || (head->size == 0 && known))
		return true;
	if (!known && head->size == 0)
		known = true;
	else if (!known &&
	    log_head_known(t->post, &t->log, head->size, &known, &root, &err) !=
		ERR_OK) {
		taking_refuse(t, &err);
		return false;
	}
	if (known && head->size > 0 && !tree_hash_equal(&root, &head->root)) {
		taking_fork(t, NULL, taking_rewritten());
		return false;
	}
	if (taking_went_back(t)) {
		taking_fork(t, NULL, taking_shortened());
		return false;
	}
	if (head->size == t->log.size)
		return true;
	if (!known)
		remember_older(t);
	else
		taking_say_state(t, TAKEN_OLDER, 0);
	return false;
}

/* Earlier logs of the center come first: later ones speak of their letters. */
static bool
judge_order(struct taking *t)
{
	struct errtext err = { 0 };
	enum log_end end;
	size_t i;

	for (i = 0; i < t->center->log_count; i++) {
		const struct trust_log *other = &t->center->logs[i];
		const struct post_log *log = post_logs_find(
		    &t->post->logs, t->center->code, other->generation);

		if (other->generation >= t->named->generation)
			continue;
		if (log != NULL && log->size > 0 && !log->stale &&
		    (!other->closed || log->conflict != 0 ||
			(log_head_end(t->post, log, other, &end, NULL) ==
				ERR_OK &&
			    end == END_WHOLE)))
			continue;
		err_set(&err, ERR_DATA,
		    _("the center's earlier records (%u) are needed first, "
		      "up to their end; get a whole copy"),
		    other->generation);
		taking_refuse(t, &err);
		return false;
	}
	return true;
}

/* --- the lines --------------------------------------------------------------
 */

static enum err
forget(struct taking *t, const char *const *statements, struct errtext *err)
{
	struct store *store = t->post->logs.store;
	enum err rc = ERR_OK;

	for (; rc == ERR_OK && *statements != NULL; statements++) {
		sqlite3_stmt *stmt = store_prepare(store, *statements, err);

		store_bind_int(stmt, 1, t->log.id);
		rc = store_run(store, stmt, err);
	}
	return rc;
}

/* Heads of the other version told of it, and are settled with it; and so is
 * what it said, once it is known to be another. */
static enum err
forget_other(struct taking *t, struct errtext *err)
{
	static const char *const statements[] = {
		"DELETE FROM heard WHERE log = ?1", NULL
	};
	enum err rc = forget(t, statements, err);

	return rc == ERR_OK ? log_words_forget(&t->post->logs, &t->log,
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
forget_behind(struct taking *t, struct errtext *err)
{
	struct bytes note = { 0 };
	struct checkpoint head;
	struct log_heard heard = { .kept = true };
	sqlite3_stmt *stmt;
	enum err rc = log_head_load(t->post, &t->log, &note, err);

	if (rc == ERR_OK &&
	    checkpoint_open(
		note.at, note.len, &t->named->log, &head, NULL, NULL) == ERR_OK)
		rc = log_heard_remember(t->post, &t->log, &head, note.at,
		    note.len, t->post->name, &heard, err);
	bytes_free(&note);
	if (rc != ERR_OK)
		return rc;
	t->out->not_compared = !heard.kept || heard.dropped;
	stmt = store_prepare(t->post->logs.store,
	    "DELETE FROM mark WHERE log = ?1 AND size > ?2", err);
	store_bind_int(stmt, 1, t->log.id);
	store_bind_int(stmt, 2, (int64_t)t->end.size);
	if ((rc = store_run(t->post->logs.store, stmt, err)) == ERR_OK)
		rc = post_log_forget_lines(&t->post->logs, t->log.id, err);
	return rc;
}

/* The root custodian closed this log and so said which of its versions is the
 * true one; this copy is another, or may be. All of it goes, and the true one
 * is taken from its first line on. */
static enum err
forget_copy(struct taking *t, struct errtext *err)
{
	static const char *const statements[] = {
		"UPDATE log SET size = 0, range = NULL, root = NULL,"
		" head = NULL, as_of = 0, first_time = 0, last_time = 0,"
		" history = NULL WHERE id = ?1",
		NULL
	};
	enum err rc = t->log.conflict == 0
	    ? forget_behind(t, err)
	    : post_log_forget(&t->post->logs, t->log.id, err);

	if (rc == ERR_OK)
		rc = forget(t, statements, err);
	t->log.size = 0;
	t->log.first_time = t->log.last_time = t->log.as_of = 0;
	t->log.leap = (struct leap){ 0, 0 };
	*post_logs_find(&t->post->logs, t->log.center, t->log.generation) =
	    t->log; /* until the transaction ends */
	return rc;
}

static enum err
load_range(struct taking *t, struct tree_range *out, struct errtext *err)
{
	struct store *store = t->post->logs.store;
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT range FROM log WHERE id = ?1", err);
	struct bytes blob = { 0 };
	bool found;
	enum err rc;

	*out = (struct tree_range){ .size = t->log.size };

	store_bind_int(stmt, 1, t->log.id);
	rc = row_next(store, stmt, "B", &found, err);
	if (found)
		store_blob(stmt, 0, &blob);
	row_done(stmt);
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
save(struct taking *t, const struct log_lines *lines,
    const struct tree_range *range, const struct bytes *note,
    struct errtext *err)
{
	struct store *store = t->post->logs.store;
	const struct history *history = log_lines_history(lines);
	struct bytes text = { 0 };
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE log SET size = ?2, range = ?3, root = ?4, head = ?5,"
	    " as_of = ?6, first_time = ?7, last_time = ?8, history = ?9,"
	    " conflict = 0 WHERE id = ?1",
	    err);
	enum err rc = ERR_MEMORY;

	history_save(history, &text);
	if (stmt == NULL || text.failed)
		goto out;
	store_bind_int(stmt, 1, t->log.id);
	store_bind_int(stmt, 2, (int64_t)range->size);
	store_bind_blob(stmt, 3, range->node,
	    tree_range_count(range) * sizeof(range->node[0]));
	store_bind_blob(stmt, 4, t->end.root.at, sizeof(t->end.root.at));
	store_bind_blob(stmt, 5, note->at, note->len);
	store_bind_int(stmt, 6, taking_believe(t, log_lines_last_time(lines)));
	store_bind_int(stmt, 7, log_lines_first_time(lines));
	store_bind_int(stmt, 8, log_lines_last_time(lines));
	store_bind_text(stmt, 9, (const char *)text.at);
	if ((rc = store_run(store, stmt, err)) == ERR_OK)
		rc = logs_seal(&t->post->logs, t->log.id, err);
out:
	bytes_free(&text);
	return rc;
}

/* A clock that was set back must not make what is learned now look old. */
static int64_t
own_time(const struct taking *t)
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
head_to_keep(struct taking *t, struct bytes *out)
{
	struct log_head ours = { .as_of = 0 };
	const struct log_head *head = &t->got;
	struct errtext no_key = { 0 };

	if (t->end.size == t->log.size &&
	    (taking_is_cut(t) || t->got.as_of < t->log.as_of) &&
	    log_head_load(t->post, &t->log, &ours.note, NULL) == ERR_OK &&
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
	t->ahead = t->got.as_of > t->now + CLOCK_SLACK;
	bytes_free(&ours.note);
}

/* New lines into the open transaction; contradiction: see log_head_settle. */
static enum err
read_lines(struct taking *t, struct log_lines **lines,
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
	if ((rc = log_read_to(t->source, &t->got.head, t->end.size, &have,
		 &t->log.root, READ_NEEDED, &visitor, &range, err)) != ERR_OK ||
	    (rc = log_lines_end(*lines, err)) != ERR_OK ||
	    (rc = log_head_settle(t->post, t->source, t->center, t->named,
		 &t->log, &t->got.head, contradiction, from, err)) != ERR_OK ||
	    contradiction->len > 0)
		goto out;
	head_to_keep(t, &note);
	if ((rc = save(t, *lines, &range, &note, err)) == ERR_OK)
		rc = log_head_keep_marks(t->post, t->center, &t->log, err);
	if (rc == ERR_OK && t->end.size > t->log.size)
		rc = log_head_mark(t->post, &t->log, &t->end,
		    log_lines_last_time(*lines), own_time(t), err);
out:
	bytes_free(&note);
	return rc;
}

static void
lines_refused(struct taking *t, enum err rc, bool proof, struct errtext *err)
{
	if (proof)
		taking_line_wrong(t, err);
	else if (rc == ERR_SIGNATURE)
		taking_fork(t, NULL, taking_rewritten());
	else if (rc == ERR_CONFIG)
		taking_copy_damaged(t);
	else
		taking_refuse(t, err);
}

/* One transaction. anew: this copy is given up for it. */
static enum err
try_lines(struct taking *t, bool anew, struct bytes *contradiction,
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
say_anew(struct taking *t, uint64_t before)
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
		    _("%s. This post's copy of before had %llu lines, more than the "
		      "root custodian's end, and could not be compared with it: the "
		      "lines were taken anew"),
		    first.text, (unsigned long long)before);
}

/* Whom the root had removed: what they did since is no proof, and no help. */
static void
say_void(struct taking *t)
{
	struct errtext first = { 0 };

	if (t->void_count == 0)
		return;
	err_set(&first, ERR_OK, "%s", t->out->text);
	(void)snprintf(t->out->text, LOG_TEXT_SIZE,
	    _("%s. Lines among them that count for nothing, for a person acted "
	      "whom the root custodian had removed, or who joined by such a "
	      "line: %llu"),
	    first.text, (unsigned long long)t->void_count);
}

/* anew: the copy is given up; what it was goes on from here, or cannot be
 * compared. */
static void
take_lines(struct taking *t, bool anew)
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
		    _("the center's records contradict a signed head that "
		      "came from %s"),
		    from.text);
		taking_fork(t, &contradiction, why.text);
	} else
		taking_say_state(t,
		    t->end.size > t->log.size ? TAKEN_NEW : TAKEN_SAME,
		    t->end.size - t->log.size);
	if (t->out->taken == TAKEN_NEW && anew && !settled)
		say_anew(t, before);
	if (t->out->taken == TAKEN_NEW)
		say_void(t);
	bytes_free(&contradiction);
}

/* --- all of it --------------------------------------------------------------
 */

static bool
is_frozen(struct taking *t)
{
	char at[CLOCK_INSTANT_SIZE] = "?";

	/* the root custodian has decided which end is the true one */
	if (t->log.conflict == 0 || is_final(t))
		return false;
	clock_format(t->log.conflict, at);
	taking_say(t, TAKEN_MANIPULATED,
	    _("nothing taken: this log was found manipulated on %s. The good "
	      "copy of before stays; the root custodian must close this log "
	      "and name a new one"),
	    at);
	return true;
}

/* Does the head go on from the copy, which is to be given up? */
static bool
judge_growth(struct taking *t)
{
	struct tree_hash root;
	struct errtext err = { 0 };

	if (t->end.size < t->log.size)
		return judge_size(t);
	if (log_read_root(t->source, &t->got.head, t->log.size, &root, &err) !=
	    ERR_OK)
		taking_refuse(t, &err);
	else if (!tree_hash_equal(&root, &t->log.root))
		taking_fork(t, NULL, taking_rewritten());
	else
		return true;
	return false;
}

/* beyond: the copy has lines behind the end, and goes up to there only. */
static void
take_stale(struct taking *t, bool beyond)
{
	bool good = beyond ? judge_beyond(t) || t->out->taken == TAKEN_SAME
			   : judge_growth(t);

	if (good && judge_order(t))
		take_lines(t, true);
}

static void
take(struct taking *t)
{
	bool settled, beyond;

	if (!open_head(t))
		return;
	set_end(t);
	if (is_frozen(t) || !judge_end(t))
		return;
	settled = t->log.conflict != 0; /* and the root set this end */
	beyond = !settled && t->log.size > t->end.size && is_final(t);
	if (t->log.stale && !settled) {
		take_stale(t, beyond);
		return;
	}
	if (beyond ? !judge_beyond(t) : !settled && !judge_size(t))
		return;
	if (t->end.size == 0)
		taking_say(t, TAKEN_SAME, _("no lines yet"));
	else if (t->end.size == t->log.size || judge_order(t))
		take_lines(t, beyond);
}

void
log_take(struct post *post, const struct log_source *source, const char *from,
    const struct trust_center *center, const struct trust_log *named,
    int64_t now, struct log_taken *out)
{
	struct taking t = { .post = post,
		.source = source,
		.from = from,
		.center = center,
		.named = named,
		.now = now,
		.out = out };
	const struct post_log *log =
	    post_logs_find(&post->logs, center->code, named->generation);

	*out = (struct log_taken){ .there = true, .taken = TAKEN_UNREADABLE };
	if (log == NULL) {
		taking_say(&t, TAKEN_UNREADABLE, _("nothing taken: %s"),
		    post->logs.problem.text);
		return;
	}
	t.log = *log;
	take(&t);
	taking_finish(&t);
}
