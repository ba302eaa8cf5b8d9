/*
 * presentation.c - looking for presentations and keeping them:
 * presentation.h.
 */
#include "verify/post/presentation.h"

#include "base/array.h"
#include "base/i18n.h"
#include "ledger/shown.h"
#include "verify/post/post_store.h"

#include <stdlib.h>
#include <string.h>

#define WAIT_MS 10000 /* another counter writes for some ms */

static enum err
no_store(const struct post *post, struct errtext *err)
{
	return err_set(err,
	    post->store_lost && post->store_why != ERR_IO ? ERR_DATA
							  : post->store_why,
	    _("which letters were shown here is not known: %s"),
	    post->store_problem.text);
}

/* --- looking ------------------------------------------------------------- */

/* Did this run keep the row, in the visit that goes on at p->moment? */
static bool
is_this_visit(const struct post *post, int64_t id, const struct presentation *p,
    enum presented_when which)
{
	size_t i;

	for (i = post->own_count; i-- > 0;)
		if (post->own[i].id == id)
			return which == PRESENTED_OTHER_RUN ||
			    (which == PRESENTED_OTHER_VISIT &&
				p->moment - post->own[i].moment <=
				    PRESENTED_VISIT);
	return false;
}

/*
 * A row found by number or by digest alone. That of another letter proves
 * itself. Else it was damaged: its signature may still be this letter's; if
 * not, nobody knows whose it was. One of an earlier version proves nothing
 * either way, so it counts: attention does no harm. So does what was left of
 * a damaged one.
 */
static enum err
look_closer(const struct post *post, const struct presentation *p,
    const struct presentation_row *row, bool *same, struct errtext *err)
{
	enum presentation_worth worth = PRESENTATION_DAMAGED;
	enum err rc;

	*same = !row->summed || row->aside ||
	    shown_verify(post->list, p->number, p->digest, p->key_name,
		row->p.signature) == ERR_OK;
	if (*same)
		return ERR_OK;
	if ((rc = presentation_worth(post, row, &worth, err)) != ERR_OK)
		return rc;
	if (worth == PRESENTATION_DAMAGED)
		return err_set(err, ERR_DATA,
		    _("a record of letters shown here is damaged"));
	return ERR_OK;
}

static enum err
is_of_letter(const struct post *post, const struct presentation *p,
    const struct presentation_row *row, bool *same, struct errtext *err)
{
	*same = strcmp(row->p.number, p->number) == 0 &&
	    memcmp(row->p.digest, p->digest, sizeof(p->digest)) == 0;
	return *same ? ERR_OK : look_closer(post, p, row, same, err);
}

/*
 * By number or digest, each through an index of its own: what one flipped bit
 * hides from one of them the other still finds.
 */
static enum err
look(struct post *post, const struct presentation *p, enum presented_when which,
    struct presented *out, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(post->store,
	    "SELECT " PRESENTATION_COLUMNS ", id FROM presentation"
	    " WHERE number = ?1 OR digest = ?2 ORDER BY id",
	    err);
	struct presented found = { .before = false };
	struct presentation_row row;
	bool same, mine;
	enum err rc;

	store_bind_text(stmt, 1, p->number);
	store_bind_blob(stmt, 2, p->digest, sizeof(p->digest));
	while (store_step(post->store, stmt, &rc, err)) {
		presentation_read(stmt, &row);
		if ((rc = is_of_letter(post, p, &row, &same, err)) != ERR_OK) {
			sqlite3_reset(stmt);
			return rc;
		}
		mine =
		    same && is_this_visit(post, store_int(stmt, 10), p, which);
		found.again |= mine;
		if (mine)
			found.visit = store_int(stmt, 10);
		found.mismatch |= same && !mine && row.sound &&
		    row.p.answer != NULL &&
		    strcmp(row.p.answer, "mismatch") == 0;
		if (!same || mine || found.before)
			continue;
		found.before = true;
		found.at = row.aside ? 0 : row.p.time;
	}
	if (rc == ERR_OK)
		*out = found;
	return rc;
}

enum err
presentation_find(struct post *post, const struct presentation *p,
    enum presented_when which, struct presented *out, struct errtext *err)
{
	if (post->store == NULL)
		return no_store(post, err);
	return look(post, p, which, out, err);
}

/* --- keeping ------------------------------------------------------------- */

enum err
presentation_put(struct store *store, const struct presentation *p,
    const char *post, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO presentation (" PRESENTATION_COLUMNS ")"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	    err);
	bool proof = p->key_name[0] != '\0';
	uint8_t sum[32];

	if (!presentation_sum(p, post, sum))
		return err_memory(err);
	store_bind_text(stmt, 1, p->number);
	store_bind_blob(stmt, 2, p->digest, DSIG_DIGEST_SIZE);
	store_bind_int(stmt, 3, p->issued_at);
	store_bind_int(stmt, 4, p->time);
	store_bind_text(stmt, 5, post);
	store_bind_text(stmt, 6, p->answer);
	store_bind_int(stmt, 7, p->elsewhere);
	store_bind_text(stmt, 8, proof ? p->key_name : NULL);
	if (proof)
		store_bind_blob(stmt, 9, p->signature, sizeof(p->signature));
	store_bind_blob(stmt, 10, sum, sizeof(sum));
	return store_run(store, stmt, err);
}

/* Nobody else writes between the look and the record. */
static enum err
look_and_keep(struct post *post, const struct presentation *p,
    enum presented_when which, struct presented *out, struct errtext *err)
{
	struct post_own own = { .moment = p->moment };
	bool keep;
	enum err rc;

	/* room before it is needed */
	if (!ARRAY_ROOM(post->own, post->own_count, post->own_cap))
		return err_memory(err);
	if ((rc = store_begin_within(post->store, WAIT_MS, err)) != ERR_OK)
		return rc;
	if (post_store_moved(post)) { /* made anew while this one waited */
		rc = err_set(err, ERR_BUSY,
		    _("the records of letters shown here were made anew just "
		      "now; try again"));
		goto out;
	}
	if ((rc = look(post, p, which, out, err)) != ERR_OK)
		goto out;
	keep = !out->again;
	if (keep) {
		if ((rc = presentation_put(post->store, p, post->name, err)) !=
		    ERR_OK)
			goto out;
		own.id = out->visit = store_last_id(post->store);
	}
	if ((rc = store_commit(post->store, err)) == ERR_OK && keep)
		post->own[post->own_count++] = own;
out:
	store_rollback(post->store);
	return rc;
}

enum err
presentation_record(struct post *post, const struct presentation *p,
    enum presented_when which, struct presented *out, struct errtext *err)
{
	struct presented found;
	enum err rc;

	if (post->store == NULL)
		return no_store(post, err);
	if (post->store_read_only)
		return err_set(err, ERR_IO, "%s", post->store_problem.text);
	rc = look_and_keep(post, p, which, &found, err);
	if (rc == ERR_OK)
		*out = found;
	return rc;
}

/* --- the answer ---------------------------------------------------------- */

static bool
is_own(const struct post *post, int64_t visit)
{
	size_t i;

	for (i = 0; i < post->own_count; i++)
		if (post->own[i].id == visit)
			return true;
	return false;
}

static enum err
no_visit(struct errtext *err)
{
	return err_set(err, ERR_NOT_FOUND,
	    _("this visit is not recorded here: scan the letter again"));
}

static enum err
read_visit(struct post *post, int64_t visit, struct presentation_row *out,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(post->store,
	    "SELECT " PRESENTATION_COLUMNS " FROM presentation WHERE id = ?1",
	    err);
	enum err rc;

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, visit);
	if (!store_step(post->store, stmt, &rc, err))
		return rc != ERR_OK ? rc : no_visit(err);
	presentation_read(stmt, out);
	sqlite3_reset(stmt);
	if (!out->sound || !out->summed || out->aside)
		return err_set(err, ERR_DATA,
		    _("a record of letters shown here is damaged"));
	return ERR_OK;
}

static enum err
write_answer(struct post *post, int64_t visit, const struct presentation *p,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(post->store,
	    "UPDATE presentation SET answer = ?2, sum = ?3 WHERE id = ?1", err);
	uint8_t sum[32];

	if (stmt == NULL)
		return ERR_IO;
	if (!presentation_sum(p, post->name, sum))
		return err_memory(err);
	store_bind_int(stmt, 1, visit);
	store_bind_text(stmt, 2, p->answer);
	store_bind_blob(stmt, 3, sum, sizeof(sum));
	return store_run(post->store, stmt, err);
}

enum err
presentation_answer(
    struct post *post, int64_t visit, const char *answer, struct errtext *err)
{
	struct presentation_row row;
	enum err rc;

	if (post->store == NULL)
		return no_store(post, err);
	if (!is_own(post, visit) || post_store_moved(post))
		return no_visit(err);
	if ((rc = store_begin_within(post->store, WAIT_MS, err)) != ERR_OK)
		return rc;
	if ((rc = read_visit(post, visit, &row, err)) == ERR_OK) {
		row.p.answer = answer;
		rc = write_answer(post, visit, &row.p, err);
	}
	if (rc == ERR_OK)
		rc = store_commit(post->store, err);
	store_rollback(post->store);
	return rc;
}
