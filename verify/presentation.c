/*
 * presentation.c - finding and keeping presentations: presentation.h.
 */
#include "verify/presentation.h"

#include "base/i18n.h"

#include <time.h>

#define WRITE_TRIES   100
#define WRITE_WAIT_NS 20000000 /* another counter writes for some ms */

/* The first after `after` of this letter. */
static bool
find(struct post *post, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], int64_t from, int64_t to,
    int64_t *at)
{
	sqlite3_stmt *stmt;
	bool found;
	enum err rc;

	if (post->store == NULL)
		return false;
	stmt = store_prepare(post->store,
	    "SELECT time FROM presentation WHERE number = ?1 AND digest = ?2"
	    " AND id >= ?3 AND id <= ?4 ORDER BY id LIMIT 1",
	    NULL);
	if (stmt == NULL)
		return false;
	store_bind_text(stmt, 1, number);
	store_bind_blob(stmt, 2, digest, DSIG_DIGEST_SIZE);
	store_bind_int(stmt, 3, from);
	store_bind_int(stmt, 4, to);
	found = store_step(post->store, stmt, &rc, NULL);
	if (found)
		*at = store_int(stmt, 0);
	sqlite3_reset(stmt);
	return found;
}

bool
presentation_find(struct post *post, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], enum presented_when which,
    int64_t *at)
{
	return find(post, number, digest, 0,
	    which == PRESENTED_EVER ? INT64_MAX : post->last_before, at);
}

static enum err
insert(struct post *post, const struct presentation *p, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(post->store,
	    "INSERT INTO presentation (number, digest, issued_at, time, post,"
	    " answer, elsewhere) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	    err);

	if (stmt == NULL)
		return ERR_IO;
	store_bind_text(stmt, 1, p->number);
	store_bind_blob(stmt, 2, p->digest, DSIG_DIGEST_SIZE);
	store_bind_int(stmt, 3, p->issued_at);
	store_bind_int(stmt, 4, p->time);
	store_bind_text(stmt, 5, post->name);
	store_bind_text(stmt, 6, p->answer);
	store_bind_int(stmt, 7, p->elsewhere);
	return store_run(post->store, stmt, err);
}

enum err
presentation_record(struct post *post, const struct presentation *p,
    enum presented_when which, struct errtext *err)
{
	const struct timespec wait = { .tv_nsec = WRITE_WAIT_NS };
	enum err rc = ERR_BUSY;
	int64_t at;
	int tries;

	if (post->store == NULL || post->store_read_only)
		return err_set(err, ERR_IO, "%s", post->store_problem.text);
	if (which == PRESENTED_EARLIER_RUN &&
	    find(post, p->number, p->digest, post->last_before + 1, INT64_MAX,
		&at))
		return ERR_OK;
	for (tries = 0; rc == ERR_BUSY && tries < WRITE_TRIES; tries++) {
		if (tries > 0)
			nanosleep(&wait, NULL);
		rc = insert(post, p, err);
	}
	return rc;
}

int64_t
presentation_count(struct post *post)
{
	sqlite3_stmt *stmt;
	int64_t count = -1;
	enum err rc;

	if (post->store == NULL)
		return -1;
	stmt = store_prepare(
	    post->store, "SELECT count(*) FROM presentation", NULL);
	if (stmt == NULL)
		return -1;
	if (store_step(post->store, stmt, &rc, NULL))
		count = store_int(stmt, 0);
	sqlite3_reset(stmt);
	return count;
}
