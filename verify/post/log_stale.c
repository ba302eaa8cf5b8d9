/*
 * log_stale.c - log_stale.h.
 */
#include "verify/post/log_stale.h"

#include "base/i18n.h"
#include "ledger/history.h"
#include "verify/post/copy_log.h"

#include <string.h>

/* Was a line of it taken that the root said something of since? */
static enum err
reaches_back(struct post *post, const struct post_log *log,
    const struct trust_center *center, bool *out, struct errtext *err)
{
	struct history history = { .generation = 0 };
	struct bytes text = { 0 };
	enum err rc;

	if (center->removed_count == 0)
		return ERR_OK;
	if ((rc = copy_log_history(&post->logs, log->id, &text, err)) != ERR_OK)
		goto out;
	/* as another version of Sello wrote it: whom it knew nobody can say */
	if (history_load((const char *)text.at, &history) != ERR_OK)
		*out = true;
	else
		*out |= history_reaches_back(&history, center);
out:
	history_clear(&history);
	bytes_free(&text);
	return rc;
}

/* Does the next log begin with persons of before the copy's last line? */
static bool
goes_beyond(const struct post_log *log, const struct trust_center *center,
    const struct trust_log *named)
{
	const struct trust_log *last = &center->logs[center->log_count - 1];

	return named->closed && log->size > named->final_size &&
	    last->generation > named->generation;
}

/* found: is one to be marked? NULL: mark them. */
static enum err
look(struct post *post, const struct trust_list *list, bool *found,
    struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i, k;

	for (i = 0; i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			const struct trust_center *center = &list->centers[i];
			const struct trust_log *named = &center->logs[k];
			const struct post_log *log = post_logs_find(
			    &post->logs, center->code, named->generation);
			bool stale;

			if (log == NULL || log->size == 0 || log->stale ||
			    !post_log_is_of(log, post, named))
				continue;
			stale = goes_beyond(log, center, named);
			if ((rc = reaches_back(
				 post, log, center, &stale, err)) != ERR_OK)
				return rc;
			if (found != NULL)
				*found |= stale;
			else if (stale &&
			    (rc = copy_log_make_stale(
				 &post->logs, log->id, err)) != ERR_OK)
				return rc;
		}
	return ERR_OK;
}

enum err
log_stale_any(struct post *post, const struct trust_list *list, bool *out,
    struct errtext *err)
{
	*out = false;
	return look(post, list, out, err);
}

enum err
log_stale_mark(
    struct post *post, const struct trust_list *list, struct errtext *err)
{
	return look(post, list, NULL, err);
}

enum err
log_stale_later(
    struct post *post, const struct post_log *log, struct errtext *err)
{
	const struct post_logs *logs = &post->logs;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < logs->count && rc == ERR_OK; i++) {
		const struct post_log *later = &logs->log[i];

		if (strcmp(later->center, log->center) == 0 &&
		    later->generation > log->generation && later->size > 0)
			rc = copy_log_make_stale(&post->logs, later->id, err);
	}
	return rc;
}

bool
log_stale_say(const struct post *post, struct errtext *sentence)
{
	const struct trust_list *list = post->list;
	size_t i, k;

	for (i = 0; list != NULL && i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++) {
			const struct post_log *log =
			    post_logs_find(&post->logs, list->centers[i].code,
				list->centers[i].logs[k].generation);

			if (log == NULL || !log->stale)
				continue;
			err_set(sentence, ERR_STALE,
			    _("%s: what the root custodian said since reaches back "
			      "into this post's copy of the log. It must be read "
			      "anew: sync with a whole copy of it. Until then none "
			      "of its letters is green"),
			    list->centers[i].code);
			return true;
		}
	return false;
}
