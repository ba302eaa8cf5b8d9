/*
 * log_stale.c - log_stale.h.
 */
#include "verify/post/log_stale.h"

#include "base/i18n.h"
#include "ledger/history.h"
#include "store/row.h"
#include "verify/post/logs_schema.h"

#include <string.h>

/* Was a line of it taken that the root said something of since? */
static enum err
reaches_back(struct post *post, const struct post_log *log,
    const struct trust_center *center, bool *out, struct errtext *err)
{
	struct store *store = post->logs.store;
	struct history history = { .generation = 0 };
	sqlite3_stmt *stmt;
	bool found;
	enum err rc;

	if (center->removed_count == 0)
		return ERR_OK;
	stmt =
	    store_prepare(store, "SELECT history FROM log WHERE id = ?1", err);
	store_bind_int(stmt, 1, log->id);
	if ((rc = row_next(store, stmt, "t", &found, err)) != ERR_OK)
		return rc;
	if (!found)
		rc = row_damaged(err);
	/* as another version of Sello wrote it: whom it knew nobody can say */
	else if (history_load(store_text(stmt, 0), &history) != ERR_OK)
		*out = true;
	else
		*out |= history_reaches_back(&history, center);
	row_done(stmt);
	history_clear(&history);
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

static enum err
mark(struct post *post, const struct post_log *log, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(
	    store, "UPDATE log SET history = NULL WHERE id = ?1", err);
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	if ((rc = store_run(store, stmt, err)) == ERR_OK)
		rc = logs_seal(&post->logs, log->id, err);
	return rc;
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
			else if (stale && (rc = mark(post, log, err)) != ERR_OK)
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
			rc = mark(post, later, err);
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
