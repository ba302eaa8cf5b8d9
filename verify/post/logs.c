/*
 * logs.c - opening and reading the copy of the logs: logs.h.
 */
#include "verify/post/logs.h"

#include "base/file.h"
#include "base/i18n.h"
#include "verify/post/copy_load.h"
#include "verify/post/copy_schema.h"
#include "verify/post/post.h"
#include "verify/post/records.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RENEW_MS 1000

/* --- in memory ----------------------------------------------------------- */

static void
lower(int64_t *time, int64_t to)
{
	if (*time > to)
		*time = to;
}

/* at: the place of the later log; the center's earlier ones stand before it */
static void
end_earlier(struct post_logs *logs, size_t at, int64_t time)
{
	size_t i;

	for (i = at; i-- > 0 &&
	     strcmp(logs->log[i].center, logs->log[at].center) == 0;) {
		logs->log[i].ran_ahead |= logs->log[i].last_time > time;
		lower(&logs->log[i].as_of, time);
		lower(&logs->log[i].last_time, time);
	}
}

/* A clock line speaks of the center's earlier logs, too: whatever their heads
 * say, and this post believed, they do not reach beyond it. Nor do they beyond
 * a later log's beginning, which is earlier where all was lost. */
static void
put_clocks_right(struct post_logs *logs)
{
	size_t i, k;

	for (i = 0; i < logs->count; i++) {
		const struct post_log *log = &logs->log[i];

		if (log->size > 0)
			end_earlier(logs, i, log->first_time);
		for (k = 0; k < logs->gap_count; k++)
			if (logs->gap[k].log == log->id &&
			    logs->gap[k].before < logs->gap[k].after)
				end_earlier(logs, i, logs->gap[k].before);
	}
}

static enum err
load(struct post_logs *logs, struct errtext *err)
{
	enum err rc = copy_load(logs, err);

	if (rc == ERR_OK)
		put_clocks_right(logs);
	return rc;
}

/* --- the transaction for reading ----------------------------------------- */

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
end_reading(struct post_logs *logs)
{
	if (logs->reading)
		store_rollback(logs->store);
	logs->reading = false;
}

static enum err
begin_reading(struct post_logs *logs, struct errtext *err)
{
	int64_t version = logs->version;
	enum err rc;

	end_reading(logs);
	if ((rc = copy_begin_reading(logs, err)) != ERR_OK)
		return rc;
	logs->reading = true;
	logs->read_at = now_ms();
	rc = copy_version(logs, &logs->version, err);
	if (rc == ERR_OK && version != logs->version)
		rc = load(logs, err);
	return rc;
}

/* What cannot be read any more is not known any more. */
static void
give_up(struct post_logs *logs, enum err rc)
{
	end_reading(logs);
	store_close(&logs->store);
	logs->count = logs->gap_count = 0;
	logs->span_count = 0;
	logs->read_only = false;
	logs->none = rc == ERR_NOT_FOUND;
	/* held by another program for a moment: that loses nothing */
	logs->lost = !store_is_passing(rc) && !logs->none;
	logs->why = rc;
}

bool
post_logs_refresh(struct post_logs *logs)
{
	enum err rc;

	if (logs->store == NULL)
		return logs->none;
	if (logs->reading && now_ms() - logs->read_at < RENEW_MS)
		return true;
	rc = begin_reading(logs, &logs->problem);
	if (store_is_unseen(rc)) { /* asked again at the next look */
		end_reading(logs);
		logs->version = -1;
	} else if (rc != ERR_OK)
		give_up(logs, rc);
	return rc == ERR_OK;
}

void
post_logs_outdated(struct post_logs *logs)
{
	if (logs->store != NULL)
		end_reading(logs);
}

int64_t
post_log_amount(const struct post_log *log)
{
	return (int64_t)log->size +
	    (log->conflict != 0 ? POST_LOG_CONTRADICTED : 0);
}

/* --- opening ------------------------------------------------------------- */

void
post_logs_open(struct post *post)
{
	struct post_logs *logs = &post->logs;
	char *path = post_path(post, "logs.db");
	struct errtext why = { 0 };
	enum err rc = ERR_MEMORY;

	logs->version = -1;
	logs->none = false;
	if (path != NULL)
		rc = store_open(path, false, COPY_APPLICATION_ID, copy_schema,
		    &logs->store, &logs->problem);
	if (rc == ERR_IO) {
		rc = store_open_readonly(
		    path, COPY_APPLICATION_ID, copy_schema, &logs->store, &why);
		logs->read_only = rc == ERR_OK;
		if (rc != ERR_OK)
			logs->problem = why;
	}
	if (rc == ERR_VERSION)
		err_set(&logs->problem, rc,
		    _("it was made by another version of Sello; sync "
		      "again, with the newest logs"));
	if (rc == ERR_OK)
		rc = begin_reading(logs, &logs->problem);
	if (rc == ERR_OK ? records_are_fewer(post)
			 : rc == ERR_NOT_FOUND && records_are_any(post))
		rc = err_set(&logs->problem, ERR_DATA,
		    _("it holds less than this post had taken: an older copy, "
		      "or what was written last is lost"));
	if (rc != ERR_OK)
		give_up(logs, rc);
	free(path);
}

void
post_logs_close(struct post_logs *logs)
{
	if (logs->store != NULL)
		end_reading(logs);
	store_close(&logs->store);
	free(logs->log);
	free(logs->gap);
	free(logs->span);
	*logs = (struct post_logs){ .store = NULL };
}

enum err
post_logs_make(struct post *post, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	struct store *made = NULL;
	char *path;
	enum err rc;

	if (logs->store != NULL && !logs->read_only)
		return ERR_OK;
	if (logs->read_only)
		return err_set(err, ERR_IO, "%s", logs->problem.text);
	if (logs->lost)
		return err_set(err, logs->why == ERR_IO ? ERR_IO : ERR_DATA,
		    _("this post's copy of the logs cannot be used: %s"),
		    logs->problem.text);
	if ((path = post_path(post, "logs.db")) == NULL)
		return err_memory(err);
	rc = store_open(
	    path, true, COPY_APPLICATION_ID, copy_schema, &made, err);
	store_close(&made);
	free(path);
	if (rc != ERR_OK && rc != ERR_EXISTS)
		return rc;
	post_logs_close(logs);
	post_logs_open(post);
	return logs->store != NULL
	    ? ERR_OK
	    : err_set(err, logs->why, "%s", logs->problem.text);
}

/* --- changing ------------------------------------------------------------ */

enum err
post_logs_begin(struct post_logs *logs, struct errtext *err)
{
	end_reading(logs);
	return store_begin(logs->store, err);
}

enum err
post_logs_commit(struct post_logs *logs, struct errtext *err)
{
	enum err rc = store_commit(logs->store, err);

	store_rollback(logs->store);
	logs->version = -1; /* its own changes do not count for SQLite */
	(void)post_logs_refresh(logs);
	return rc;
}

void
post_logs_rollback(struct post_logs *logs)
{
	store_rollback(logs->store);
	logs->version = -1;
	(void)post_logs_refresh(logs);
}
