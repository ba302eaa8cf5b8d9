/*
 * home_log.c - the end of a center's log: home.h.
 *
 * Which log is closed stands in the head itself: when a center has begun a
 * new generation, the one before is still to be closed. A center may sign on
 * until it hears of the closing, so the end may be raised, never lowered.
 */
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
	    _("a revoked key has the first %llu lines of %s as evidence; it "
	      "cannot end after %llu"),
	    (unsigned long long)size, end->origin,
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
close_once(struct home *home, const char *center, struct log_closed *done,
    struct errtext *err)
{
	const struct home_head *end = &done->end;
	uint64_t size;
	enum err rc;

	rc = home_head_end(home, center, end, &done->was_closed, &size, err);
	if (rc != ERR_OK)
		return rc;
	if (done->was_closed && size > end->size)
		return err_set(err, ERR_REFUSED,
		    _("%s is closed already, with %llu lines; only a head of "
		      "more lines may take their place"),
		    end->origin, (unsigned long long)size);
	if (done->was_closed && size == end->size)
		return ERR_OK; /* home_head_read() saw the root */
	done->was_closed = false;
	done->raised = size;
	if ((rc = check_evidence(home, center, end, err)) != ERR_OK ||
	    (rc = write_end(home, center, end, err)) != ERR_OK)
		return rc;
	return store_commit(home->store, err);
}

enum err
home_close_log(struct home *home, const char *center,
    const struct bytes *checkpoint, struct log_closed *out, struct errtext *err)
{
	struct log_closed done = { .was_closed = false };
	enum err rc;

	if ((rc = store_begin(home->store, err)) != ERR_OK)
		return rc;
	if ((rc = home_head_read(home, center, checkpoint, &done.end, err)) ==
		ERR_OK &&
	    (rc = close_once(home, center, &done, err)) == ERR_OK)
		*out = done;
	store_rollback(home->store);
	return rc;
}
