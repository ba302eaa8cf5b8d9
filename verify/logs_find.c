/*
 * logs_find.c - naming and finding logs and letters in the copy: logs.h.
 */
#include "base/i18n.h"
#include "store/row.h"
#include "verify/post.h"

#include <string.h>

/* --- naming -----------------------------------------------------------------
 */

static enum err
name_log(struct post_logs *logs, const char *center, unsigned generation,
    int64_t now, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "INSERT OR IGNORE INTO log (center, generation, named_at)"
	    " VALUES (?1, ?2, ?3)",
	    err);

	if (stmt == NULL)
		return ERR_IO;
	store_bind_text(stmt, 1, center);
	store_bind_int(stmt, 2, generation);
	store_bind_int(stmt, 3, now);
	return store_run(logs->store, stmt, err);
}

static bool
all_named(const struct post_logs *logs, const struct trust_list *list)
{
	size_t i, k;

	for (i = 0; i < list->center_count; i++)
		for (k = 0; k < list->centers[i].log_count; k++)
			if (post_logs_find(logs, list->centers[i].code,
				list->centers[i].logs[k].generation) == NULL)
				return false;
	return true;
}

enum err
post_logs_name(struct post *post, const struct trust_list *list, int64_t now,
    struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	size_t i, k;
	enum err rc;

	if ((rc = post_logs_make(post, err)) != ERR_OK)
		return rc;
	if (all_named(logs, list))
		return ERR_OK;
	if ((rc = post_logs_begin(logs, err)) != ERR_OK)
		return rc;
	for (i = 0; i < list->center_count && rc == ERR_OK; i++)
		for (k = 0; k < list->centers[i].log_count && rc == ERR_OK; k++)
			rc = name_log(logs, list->centers[i].code,
			    list->centers[i].logs[k].generation, now, err);
	if (rc == ERR_OK)
		return post_logs_commit(logs, err);
	post_logs_rollback(logs);
	return rc;
}

/* --- looking up -------------------------------------------------------------
 */

struct post_log *
post_logs_find(
    const struct post_logs *logs, const char *center, unsigned generation)
{
	size_t lo = 0, hi = logs->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		struct post_log *log = &logs->log[mid];
		int order = strcmp(log->center, center);

		if (order == 0)
			order = (log->generation > generation) -
			    (log->generation < generation);
		if (order == 0)
			return log;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

bool
post_log_whole(const struct post_log *log, const struct trust_log *named)
{
	return log != NULL && named->closed && log->size > 0 &&
	    log->size == named->final_size &&
	    memcmp(log->root.at, named->final_root, sizeof(log->root.at)) == 0;
}

int64_t
post_log_key(int64_t log, int year, unsigned sequence)
{
	return log << 36 | (int64_t)year << 20 | sequence;
}

/* In one column: a row more a letter would be ten bytes more a line. */
#define STATE      3
#define SUPERSEDED 4

int64_t
post_log_state(const struct history_letter *letter)
{
	return (int64_t)letter->state | (letter->superseded ? SUPERSEDED : 0);
}

enum err
post_log_letter(struct post_logs *logs, const struct post_log *log, int year,
    unsigned sequence, struct history_letter *out, bool *found,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT line, issued_at, digest, state, copies FROM letter"
	    " WHERE key = ?1",
	    err);
	enum err rc;

	store_bind_int(stmt, 1, post_log_key(log->id, year, sequence));
	rc = row_next(logs->store, stmt, "iibii", found, err);
	if (!*found)
		return rc;
	*out = (struct history_letter){ .generation = log->generation,
		.index = (uint64_t)store_int(stmt, 0),
		.issued_at = store_int(stmt, 1),
		.state = (enum history_state)(store_int(stmt, 3) & STATE),
		.superseded = (store_int(stmt, 3) & SUPERSEDED) != 0,
		.copies = (uint32_t)store_int(stmt, 4) };
	*found = row_blob(stmt, 2, out->digest, sizeof(out->digest));
	row_done(stmt);
	return *found ? ERR_OK : row_damaged(err);
}
