/*
 * sync.c - sync.h.
 */
#include "verify/post/sync.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/folder_names.h"
#include "base/i18n.h"
#include "log/folder.h"
#include "verify/post/log_stale.h"
#include "verify/post/logs_mend.h"
#include "verify/post/post_store.h"
#include "verify/post/presentation.h"
#include "verify/post/records.h"
#include "verify/post/shown_mend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LOCK_TRIES   50
#define LOCK_WAIT_NS 100000000

void
sync_tell(struct sync_listener *listener, const struct sync_event *event)
{
	int exit = outcome_table[event->outcome].exit;

	if (exit > listener->status)
		listener->status = exit;
	if (listener->event != NULL)
		listener->event(listener->ctx, event);
}

enum err
sync_lock(const struct post *post, int *fd, struct errtext *err)
{
	const struct timespec wait = { .tv_nsec = LOCK_WAIT_NS };
	char *path = post_path(post, "sync.lock");
	enum err rc = ERR_BUSY;
	int tries;

	if (path == NULL)
		return err_memory(err);
	for (tries = 0; rc == ERR_BUSY && tries < LOCK_TRIES; tries++) {
		if (tries > 0)
			nanosleep(&wait, NULL);
		rc = file_lock(path, fd, err);
	}
	if (rc == ERR_BUSY)
		err_set(err, rc,
		    _("another sync or import is running at this post; wait "
		      "until it has finished and try again"));
	free(path);
	return rc;
}

/* --- one source ---------------------------------------------------------- */

static bool
has_file(const char *folder, const char *name)
{
	char *path = file_join(folder, name);
	bool has = path == NULL || file_exists(path); /* who opens it tells */

	free(path);
	return has;
}

static void
say_source(struct sync_listener *listener, const char *source, const char *text)
{
	const struct sync_event event = { .kind = SYNC_SOURCE,
		.source = source,
		.outcome = OUTCOME_UNREADABLE,
		.text = text };

	sync_tell(listener, &event);
}

static void
tell_mended(struct post *post, const struct errtext *damage,
    const struct logs_mended *mended, struct sync_listener *listener)
{
	char text[LOG_TEXT_SIZE];
	const struct sync_event event = {
		.kind = SYNC_SOURCE, .outcome = OUTCOME_NEW, .text = text
	};
	size_t len;

	(void)snprintf(text, sizeof(text),
	    _("this post's copy of the logs was damaged (%s) and "
	      "has been made anew. Logs that were whole and stay: "
	      "%zu of %zu; the others are taken again from what a "
	      "sync brings, and until then their letters are not "
	      "green. If this happens again the disk is failing"),
	    damage->text, mended->whole, mended->logs);
	len = strlen(text);
	if (mended->aside[0] != '\0')
		(void)snprintf(text + len, sizeof(text) - len,
		    _("; the damaged file is %s/%s"), post->home,
		    mended->aside);
	sync_tell(listener, &event);
}

static void
tell_other_version(struct post *post, const struct logs_mended *mended,
    struct sync_listener *listener)
{
	char text[LOG_TEXT_SIZE];
	const struct sync_event event = {
		.kind = SYNC_SOURCE, .outcome = OUTCOME_NEW, .text = text
	};

	(void)snprintf(text, sizeof(text),
	    _("this post's copy of the logs was made by another "
	      "version of Sello and has been made anew; sync all "
	      "centers again, until then their letters are not "
	      "green. The old file stays: %s/%s"),
	    post->home, mended->aside);
	sync_tell(listener, &event);
}

/* The disk may give it the next time, so it is not given up by itself. */
static void
say_unread(const struct post *post, const struct errtext *why,
    struct sync_listener *listener)
{
	char text[LOG_TEXT_SIZE];

	(void)snprintf(text, sizeof(text),
	    _("this post's copy of the logs cannot be read: %s. If it stays "
	      "so, move %s/logs.db away and sync again: then the copy is "
	      "made anew"),
	    why->text, post->home);
	say_source(listener, NULL, text);
}

/* Damage, or a version that this program does not read. */
static bool
needs_mending(enum err tested)
{
	return tested == ERR_DATA || tested == ERR_VERSION;
}

void
sync_mend(struct post *post, int64_t now, struct sync_listener *listener)
{
	struct errtext damage = { 0 }, err = { 0 };
	struct logs_mended mended;
	enum err tested;

	/* who takes will say why, if it cannot be used */
	if (post->list == NULL || post->logs.read_only)
		return;
	tested = post_logs_test(post, &damage);
	if (tested == ERR_IO)
		say_unread(post, &damage, listener);
	if (!needs_mending(tested))
		return;
	if (post_logs_mend(post, now, &mended, &err) != ERR_OK)
		say_source(listener, NULL, err_words(&err));
	else if (tested == ERR_VERSION)
		tell_other_version(post, &mended, listener);
	else
		tell_mended(post, &damage, &mended, listener);
}

void
sync_settle(struct post *post, struct sync_listener *listener)
{
	struct errtext sentence = { 0 }, err = { 0 };
	struct sync_event event = { .kind = SYNC_SOURCE,
		.outcome = OUTCOME_OLDER,
		.text = sentence.text };

	/* one that is lost leaves the mark: the next sync mends it */
	if (post->logs.store == NULL)
		return;
	if (records_settle(post, &err) != ERR_OK ||
	    post_store_write_back(post, &err) != ERR_OK)
		say_source(listener, NULL, err_words(&err));
	if (records_lacking(post, &sentence))
		sync_tell(listener, &event);
	if (log_stale_say(post, &sentence))
		sync_tell(listener, &event);
}

static void
accept_list(struct post *post, const char *source, int64_t now,
    struct sync_listener *listener)
{
	struct sync_event event = { .kind = SYNC_LIST, .source = source };
	struct errtext sentence = { 0 };

	event.outcome =
	    post_list_accept(post, source, now, &sentence, &event.sequence);
	event.text = err_words(&sentence);
	sync_tell(listener, &event);
	/* since when a log is named counts even when none is brought */
	if (post->list != NULL)
		(void)post_logs_name(post, post->list, now, NULL);
}

/* false: the source has nothing of this log */
static bool
accept_log(struct post *post, const char *source,
    const struct trust_center *center, const struct trust_log *named,
    int64_t now, struct sync_listener *listener)
{
	char *dir = folder_of_log(source, center->code, named->generation);
	const struct log_source files = { folder_fetch, dir };
	struct log_outcome outcome;
	struct errtext err = { 0 };
	struct sync_event event = { .kind = SYNC_LOG,
		.source = source,
		.center = center->code,
		.generation = named->generation,
		.log = &outcome };

	if (dir == NULL) {
		(void)err_memory(&err);
		say_source(listener, source, err.text);
		return true;
	}
	if (!file_is_dir(dir)) {
		free(dir);
		return false;
	}
	log_accept(post, &files, source, center, named, now, &outcome);
	if (!outcome.there)
		(void)snprintf(outcome.text, sizeof(outcome.text),
		    _("%s: nothing taken: the folder has no signed head; the "
		      "copy is not complete"),
		    center->code);
	event.outcome = outcome.outcome;
	event.text = outcome.text;
	sync_tell(listener, &event);
	free(dir);
	return true;
}

static void
accept_logs(struct post *post, const char *source, int64_t now,
    struct sync_listener *listener)
{
	const struct trust_list *list = post->list;
	struct errtext err = { 0 };
	bool any = false;
	size_t i, k;

	if (list == NULL) {
		post_no_list(post,
		    _("the logs of the centers were not read: this post "
		      "has no trust list yet"),
		    &err);
		say_source(listener, source, err.text);
		return;
	}
	if (post_logs_name(post, list, now, &err) != ERR_OK) {
		say_source(listener, source, err.text);
		return;
	}
	for (i = 0; i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++)
			any |= accept_log(post, source, &list->centers[i],
			    &list->centers[i].logs[k], now, listener);
	if (!any)
		say_source(listener, source,
		    _("none of the logs there is of a center in the trust "
		      "list; update the trust list first"));
}

static bool
is_any(void *arg, const char *name)
{
	(void)name;
	*(bool *)arg = true;
	return false;
}

/* A folder "log" that cannot be listed may hold logs all the same. */
static enum err
has_logs(const char *source, bool *out, struct errtext *err)
{
	char *path = file_join(source, "log");
	enum err rc;

	*out = false;
	if (path == NULL)
		return err_memory(err);
	rc = folder_names(path, is_any, out, err);
	free(path);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

void
sync_source(struct post *post, const char *source, int64_t now,
    struct sync_listener *listener)
{
	bool list = has_file(source, "trust.xml"), logs;
	struct errtext unread = { 0 };
	enum err rc = has_logs(source, &logs, &unread);

	if (strstr(source, "://") != NULL)
		say_source(listener, source,
		    _("this version takes publications from folders only; "
		      "download it first"));
	else if (rc != ERR_OK)
		say_source(listener, source, unread.text);
	else if (!list && !logs)
		say_source(listener, source,
		    file_is_dir(source)
			? _("not a publication: it has neither trust.xml nor the "
			    "log of a center")
			: file_exists(source)
			? _("this is a file; name the folder it lies in")
			: _("there is no such folder; is the stick in?"));
	if (list)
		accept_list(post, source, now, listener);
	if (logs)
		accept_logs(post, source, now, listener);
}
