/*
 * home_log.c - the end of a center's log: home.h.
 *
 * Which log is closed stands in the head itself: when a center has begun a
 * new generation, the one before is still to be closed. A center may sign on
 * until it hears of the closing, so the end may be raised, never lowered.
 */
#include "base/count.h"
#include "base/i18n.h"
#include "keys/home_head.h"

#include <stdio.h>

/* A log may not end before lines that letters are believed by. */
static enum err
check_evidence(struct home *home, const char *center,
    const struct home_head *end, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT max(evidence_size) FROM center_key WHERE center = ?1"
	    " AND evidence_generation = ?2",
	    err);
	uint64_t size = 0;
	enum err rc;

	store_bind_text(s, 1, center);
	store_bind_int(s, 2, end->generation);
	if (store_step(home->store, s, &rc, err))
		size = (uint64_t)store_int(s, 0);
	sqlite3_reset(s);
	if (rc != ERR_OK || size <= end->size)
		return rc;
	return err_set(err, ERR_REFUSED,
	    _("a revoked key has the first lines of %s as "
	      "evidence, %llu in number; it cannot end after %llu"),
	    end->origin, (unsigned long long)size,
	    (unsigned long long)end->size);
}

static enum err
write_end(struct home *home, const char *center, const struct home_head *end,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "UPDATE log SET final_size = ?3, final_root = ?4"
	    " WHERE center = ?1 AND generation = ?2",
	    err);

	store_bind_text(s, 1, center);
	store_bind_int(s, 2, end->generation);
	store_bind_int(s, 3, (int64_t)end->size);
	store_bind_blob(s, 4, end->root, sizeof(end->root));
	return store_run(home->store, s, err);
}

static enum err
close_once(struct home *home, const char *center, bool keep,
    struct log_closed *done, struct errtext *err)
{
	const struct home_head *end = &done->end;
	uint64_t size;
	enum err rc;

	rc = home_head_end(home, center, end, &done->was_closed, &size, err);
	if (rc != ERR_OK)
		return rc;
	if (done->was_closed && size > end->size)
		return err_set(err, ERR_REFUSED,
		    _("%s is closed already, with %s; only a head of more "
		      "lines may take their place"),
		    end->origin, COUNTED(LINES, size));
	if (done->was_closed && size == end->size)
		return ERR_OK; /* home_head_read() saw the root */
	done->was_closed = false;
	done->raised = size;
	if ((rc = check_evidence(home, center, end, err)) != ERR_OK || !keep ||
	    (rc = write_end(home, center, end, err)) != ERR_OK)
		return rc;
	return store_commit(home->store, err);
}

/* keep: write it down; else only what it would be. */
static enum err
close_log(struct home *home, const char *center, const struct bytes *checkpoint,
    bool keep, struct log_closed *out, struct errtext *err)
{
	struct log_closed done = { .was_closed = false };
	enum err rc;

	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	if ((rc = home_head_read(home, center, checkpoint, &done.end, err)) ==
		ERR_OK &&
	    (rc = close_once(home, center, keep, &done, err)) == ERR_OK)
		*out = done;
	store_rollback(home->store);
	return rc;
}

enum err
home_plan_closing(struct home *home, const char *center,
    const struct bytes *checkpoint, struct log_closed *out, struct errtext *err)
{
	return close_log(home, center, checkpoint, false, out, err);
}

enum err
home_close_log(struct home *home, const char *center,
    const struct bytes *checkpoint, struct log_closed *out, struct errtext *err)
{
	return close_log(home, center, checkpoint, true, out, err);
}

/* --- a log that never began ---------------------------------------------- */

enum err
home_check_unused(struct home *home, const char *center, unsigned generation,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT coalesce(final_size, 0) > 0 OR EXISTS"
	    " (SELECT 1 FROM center_key WHERE center = ?1"
	    "  AND evidence_generation = ?2),"
	    " (SELECT max(generation) FROM log WHERE center = ?1) > ?2"
	    " FROM log WHERE center = ?1 AND generation = ?2",
	    err);
	bool found, known = false, later = false;
	enum err rc;

	store_bind_text(s, 1, center);
	store_bind_int(s, 2, generation);
	if ((found = store_step(home->store, s, &rc, err))) {
		known = store_int(s, 0) != 0;
		later = store_int(s, 1) != 0;
	}
	sqlite3_reset(s);
	if (rc != ERR_OK)
		return rc;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, _("%s has no log %u here"),
		    center, generation);
	if (known)
		return err_set(err, ERR_REFUSED,
		    _("lines of log %u of %s are known here; close it with its "
		      "last head: --checkpoint FILE"),
		    generation, center);
	if (!later)
		return err_set(err, ERR_REFUSED,
		    _("log %u is the newest of %s; certify the center's new "
		      "request first"),
		    generation, center);
	return ERR_OK;
}

enum err
home_unused_log(struct home *home, const char *center, unsigned generation,
    struct errtext *err)
{
	const struct home_head none = { .generation = generation };
	enum err rc;

	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	if ((rc = home_check_unused(home, center, generation, err)) == ERR_OK &&
	    (rc = write_end(home, center, &none, err)) == ERR_OK)
		rc = store_commit(home->store, err);
	store_rollback(home->store);
	return rc;
}

void
home_leave_unused(struct trust_list *list)
{
	for (size_t i = 0; i < list->center_count; i++) {
		struct trust_center *c = &list->centers[i];
		size_t kept = 0;

		for (size_t k = 0; k < c->log_count; k++)
			if (!c->logs[k].closed || c->logs[k].final_size > 0)
				c->logs[kept++] = c->logs[k];
		c->log_count = kept;
	}
}
