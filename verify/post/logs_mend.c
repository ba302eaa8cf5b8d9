/*
 * logs_mend.c - logs_mend.h.
 */
#include "verify/post/logs_mend.h"

#include "base/file.h"
#include "log/checkpoint.h"
#include "verify/post/commitments.h"
#include "verify/post/copy_bring.h"
#include "verify/post/copy_log.h"
#include "verify/post/copy_schema.h"
#include "verify/post/log_seen.h"
#include "verify/post/records.h"
#include "verify/post/set_aside.h"

#include <stdlib.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- testing ------------------------------------------------------------- */

enum err
post_logs_test(struct post *post, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	enum err rc;

	if (logs->lost)
		return err_set(err, logs->why, "%s", logs->problem.text);
	if (!post_logs_refresh(logs))
		return err_set(err, ERR_BUSY, "%s", logs->problem.text);
	if (logs->store == NULL)
		return ERR_OK;
	rc = store_check(logs->store, err);
	if (rc == ERR_OK)
		rc = store_check_schema(logs->store, err);
	return rc == ERR_OK ? copy_bring_test(logs, err) : rc;
}

/* --- bringing over ------------------------------------------------------- */

struct mending {
	struct post *post;
	/* old NULL: nothing of it can be read; the log that is brought over */
	struct copy_bring bring;
	bool other; /* it is of another version of Sello */
	int64_t now;
	const struct trust_log *named; /* the log, in the list */
};

/* The head that this post had accepted, by its own signature: at the next sync
 * the center's records must lead to it. */
static enum err
bring_head(
    const struct mending *m, const struct post_log *log, struct errtext *err)
{
	struct log_waiting waiting;
	struct checkpoint head;
	struct bytes note = { 0 };
	enum err rc = copy_bring_head(&m->bring, &note, err);

	if (rc == ERR_OK && note.len > 0 &&
	    checkpoint_open(
		note.at, note.len, &m->named->log, &head, NULL, NULL) == ERR_OK)
		rc = log_seen_remember(m->post, log, &head, note.at, note.len,
		    m->post->name, &waiting, err);
	bytes_free(&note);
	return rc;
}

static enum err
bring_log(struct mending *m, const struct trust_center *center,
    const struct trust_log *named, bool *whole, struct errtext *err)
{
	struct post_log *log =
	    post_logs_find(&m->post->logs, center->code, named->generation);
	bool found = false;
	enum err rc;

	*whole = false;
	if (log == NULL)
		return ERR_OK;
	m->named = named;
	m->bring.log = log->id;
	post_logs_owner(m->post, named, m->bring.owner);
	/* what another version kept of letters may mean something else */
	rc = m->other ? ERR_OK : copy_bring_letters(&m->bring, whole, err);
	if (rc == ERR_OK)
		rc = copy_bring_row(&m->bring, *whole, &found, err);
	*whole &= found;
	if (rc == ERR_OK)
		rc = copy_bring_seed(&m->bring, log->seed, err);
	if (rc == ERR_OK)
		rc = *whole ? commitments_remake(&m->post->logs, log, err)
			    : copy_bring_undo(&m->bring, found, err);
	if (rc == ERR_OK && !*whole)
		rc = bring_head(m, log, err);
	/* also of a log that is taken anew: until then they hold */
	if (rc == ERR_OK && !m->other)
		rc = copy_bring_words(&m->bring, err);
	if (rc == ERR_OK)
		rc = copy_bring_heads(&m->bring, err);
	return rc == ERR_OK ? copy_log_seal(&m->post->logs, m->bring.log, err)
			    : rc;
}

static enum err
bring_all(struct mending *m, struct logs_mended *out, struct errtext *err)
{
	const struct trust_list *list = m->post->list;
	enum err rc = ERR_OK;
	bool whole;
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count && rc == ERR_OK;
		     k++) {
			rc = bring_log(m, &list->centers[i],
			    &list->centers[i].logs[k], &whole, err);
			out->logs++;
			out->whole += whole;
		}
	return rc == ERR_OK ? copy_bring_shown(&m->bring, err) : rc;
}

/* --- all of it ----------------------------------------------------------- */

/* Nothing can be brought over of one that is damaged as a whole. Why else it
 * cannot be read is told: the next sync tries again. */
static enum err
open_old(struct mending *m, const struct logs_mended *out, struct errtext *err)
{
	char *path;
	enum err rc;

	if (out->aside[0] == '\0')
		return ERR_OK;
	if ((path = post_path(m->post, out->aside)) == NULL)
		return err_memory(err);
	rc = store_open(
	    path, false, COPY_APPLICATION_ID, copy_schema, &m->bring.old, err);
	m->other = rc == ERR_VERSION;
	if (m->other)
		rc = store_open(
		    path, false, COPY_APPLICATION_ID, NULL, &m->bring.old, err);
	free(path);
	return rc == ERR_DATA ? ERR_OK : rc;
}

/* The new copy, of what can be read of the old one. */
static enum err
remake(struct mending *m, struct logs_mended *out, struct errtext *err)
{
	struct post *post = m->post;
	enum err rc;

	post_logs_open(post);
	if ((rc = post_logs_make(post, err)) != ERR_OK)
		return rc;
	if (post->list != NULL &&
	    (rc = post_logs_name(post, post->list, m->now, err)) != ERR_OK)
		return rc;
	if ((rc = open_old(m, out, err)) == ERR_OK && m->bring.old != NULL &&
	    (rc = post_logs_begin(&post->logs, err)) == ERR_OK) {
		if ((rc = bring_all(m, out, err)) == ERR_OK)
			rc = post_logs_commit(&post->logs, err);
		else
			post_logs_rollback(&post->logs);
	}
	store_close(&m->bring.old);
	return rc;
}

/* Half a copy would be taken for the damaged one by the next sync: without it
 * that is asked again. */
static void
drop_remade(struct post *post, const struct errtext *why)
{
	static const char *const names[] = { "logs.db", "logs.db-wal",
		"logs.db-shm" };
	size_t i;

	post_logs_close(&post->logs);
	for (i = 0; i < COUNT(names); i++) {
		char *path = post_path(post, names[i]);

		if (path != NULL)
			(void)unlink(path);
		free(path);
	}
	post->logs.lost = true;
	post->logs.why = ERR_DATA;
	post->logs.problem = *why;
}

enum err
post_logs_mend(struct post *post, int64_t now, struct logs_mended *out,
    struct errtext *err)
{
	struct mending m = {
		.post = post, .bring = { .logs = &post->logs }, .now = now
	};
	size_t had;
	enum err rc;

	*out = (struct logs_mended){ .logs = 0 };
	if ((rc = records_give_up(post, now, err)) != ERR_OK)
		return rc;
	post_logs_close(&post->logs);
	rc = set_aside(post, "logs.db", out->aside, err);
	/* removed, or set aside by a sync that could not go on */
	if (rc == ERR_NOT_FOUND)
		rc = set_aside_newest(post, "logs.db", out->aside, err);
	if (rc != ERR_OK) {
		post_logs_open(post);
		return rc;
	}
	had = post->record_count;
	post->record_count = 0; /* none is asked for now */
	rc = remake(&m, out, err);
	post->record_count = had;
	if (rc != ERR_OK)
		drop_remade(post, err);
	else
		(void)records_settle(post, NULL); /* and at the sync's end */
	return rc;
}
