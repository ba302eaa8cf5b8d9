/*
 * logs_mend.c - logs_mend.h.
 */
#include "verify/post/logs_mend.h"

#include "base/file.h"
#include "log/checkpoint.h"
#include "store/row.h"
#include "verify/post/commitments.h"
#include "verify/post/log_seen.h"
#include "verify/post/logs_schema.h"
#include "verify/post/records.h"
#include "verify/post/set_aside.h"

#include <stdlib.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- testing ------------------------------------------------------------- */

/* Each counts what must not be. */
static const char *const faults[] = {
	"SELECT count(*) FROM log WHERE sum <> " LOG_SUM,
	"SELECT count(*) FROM letter LEFT JOIN log ON log.id = letter.key >> 36"
	" WHERE log.id IS NULL OR NOT " LETTER_FITS("log.owner"),
	"SELECT (SELECT count(*) FROM letter) <>"
	" (SELECT coalesce(sum(last - first + 1), 0) FROM part"
	" WHERE kind = " PART_SPAN ")",
	"SELECT count(*) FROM drafted WHERE key >> 40 NOT IN"
	" (SELECT id FROM log) OR sum <> " DRAFTED_SUM,
	"SELECT (SELECT count(*) FROM letter) <>"
	" (SELECT coalesce(sum(count), 0) FROM drafted)",
	"SELECT count(*) FROM part WHERE log NOT IN (SELECT id FROM log)",
	"SELECT count(*) FROM word WHERE sum <> " WORD_SUM,
	"SELECT count(*) FROM mark WHERE sum <> " MARK_SUM,
	"SELECT count(*) FROM proof WHERE sum <> " PROOF_SUM,
	"SELECT count(*) FROM heard WHERE sum <> " HEARD_SUM,
	"SELECT count(*) FROM seen WHERE sum <> " SEEN_SUM,
};

enum err
post_logs_test(struct post *post, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	int64_t bad = 0;
	enum err rc;
	size_t i;

	if (logs->lost)
		return err_set(err, logs->why, "%s", logs->problem.text);
	if (!post_logs_refresh(logs))
		return err_set(err, ERR_BUSY, "%s", logs->problem.text);
	if (logs->store == NULL)
		return ERR_OK;
	rc = store_check(logs->store, err);
	if (rc == ERR_OK)
		rc = store_check_schema(logs->store, err);
	for (i = 0; i < COUNT(faults) && rc == ERR_OK && bad == 0; i++)
		rc = row_number(logs->store,
		    store_prepare(logs->store, faults[i], err), &bad, err);
	return rc == ERR_OK && bad != 0 ? row_damaged(err) : rc;
}

/* --- bringing over ------------------------------------------------------- */

struct mending {
	struct post *post;
	struct store *old; /* NULL: nothing of it can be read */
	bool other;        /* it is of another version of Sello */
	int64_t now;
	/* the log that is being brought over */
	const struct trust_log *named;
	uint8_t owner[POST_LOG_OWNER];
	int64_t id; /* in the new copy */
};

/*
 * Rows of the old file into the new one: what `select` gives (?1 the owner)
 * goes into ?3, ?4, ... of `insert`, whose ?1 is the log and ?2 the owner. A
 * row that is damaged ends it: what came before stays. But what only cannot be
 * read now is not given up.
 */
static enum err
bring(const struct mending *m, const char *select, const char *insert,
    int64_t *count, struct errtext *err)
{
	struct store *new = m->post->logs.store;
	struct errtext why = { 0 };
	sqlite3_stmt *from = store_prepare(m->old, select, &why);
	enum err rc = ERR_OK, read = ERR_OK;
	int i;

	*count = 0;
	if (sqlite3_bind_parameter_count(from) > 0)
		store_bind_blob(from, 1, m->owner, sizeof(m->owner));
	while (rc == ERR_OK && store_step(m->old, from, &read, &why)) {
		sqlite3_stmt *to = store_prepare(new, insert, err);

		store_bind_int(to, 1, m->id);
		store_bind_blob(to, 2, m->owner, sizeof(m->owner));
		for (i = 0; i < sqlite3_column_count(from); i++)
			sqlite3_bind_value(
			    to, i + 3, sqlite3_column_value(from, i));
		/* what does not fit the table's types is damaged too */
		rc = store_run(new, to, err);
		if (rc == ERR_OK)
			++*count;
		else if (rc == ERR_EXISTS || rc == ERR_DATA)
			rc = ERR_OK;
	}
	sqlite3_reset(from);
	if (rc == ERR_OK && store_is_passing(read))
		rc = err_set(err, read, "%s", why.text);
	return rc;
}

#define OLD_LOG "(SELECT id FROM log WHERE owner = ?1)"

static enum err
bring_letters(const struct mending *m, bool *whole, struct errtext *err)
{
	struct store *new = m->post->logs.store;
	int64_t count, due = 0;
	sqlite3_stmt *stmt;
	enum err rc;

	rc = bring(m,
	    "SELECT kind, place, first, last FROM part WHERE log = " OLD_LOG,
	    "INSERT INTO part (log, kind, place, first, last)"
	    " VALUES (?1, ?3, ?4, ?5, ?6)",
	    &count, err);
	if (rc == ERR_OK)
		rc = bring(m,
		    "SELECT key & 68719476735, line, issued_at, digest"
		    " FROM letter WHERE key >> 36 = " OLD_LOG
		    " AND key >= " OLD_LOG " << 36"
		    " AND key < (" OLD_LOG " + 1) << 36"
		    " AND " LETTER_FITS("?1"),
		    "INSERT INTO letter (key, line, issued_at, digest, sum)"
		    " VALUES (?1 << 36 | ?3, ?4, ?5, ?6, " LETTER_SUM_OF(
			"?2", "(?1 << 36 | ?3)", "?4", "?5", "?6") ")",
		    &count, err);
	if (rc != ERR_OK)
		return rc;
	stmt = store_prepare(new,
	    "SELECT coalesce(sum(last - first + 1), 0) FROM part"
	    " WHERE log = ?1 AND kind = " PART_SPAN,
	    err);
	store_bind_int(stmt, 1, m->id);
	rc = row_number(new, stmt, &due, err);
	*whole = rc == ERR_OK && count == due;
	return rc;
}

/* The log's row, if its sum fits; but with all that it has only when all its
 * letters came over. */
static enum err
bring_row(const struct mending *m, bool whole, bool *found, struct errtext *err)
{
	int64_t count;
	enum err rc = bring(m,
	    whole ? "SELECT named_at, conflict, size, range, root, head, as_of,"
		    " first_time, last_time, history, seed FROM log"
		    " WHERE owner = ?1 AND sum = " LOG_SUM
		  : "SELECT named_at, conflict, 0, NULL, NULL, NULL, 0, 0, 0,"
		    " NULL, seed FROM log WHERE owner = ?1 AND sum = " LOG_SUM,
	    "UPDATE log SET owner = ?2, named_at = ?3, conflict = ?4,"
	    " size = ?5, range = ?6, root = ?7, head = ?8, as_of = ?9,"
	    " first_time = ?10, last_time = ?11, history = ?12, seed = ?13"
	    " WHERE id = ?1",
	    &count, err);

	*found = count > 0;
	return rc;
}

/* What is kept of letters was made with it. */
static enum err
read_seed(const struct mending *m, struct post_log *log, struct errtext *err)
{
	struct store *new = m->post->logs.store;
	sqlite3_stmt *stmt =
	    store_prepare(new, "SELECT seed FROM log WHERE id = ?1", err);
	bool found;
	enum err rc;

	store_bind_int(stmt, 1, m->id);
	rc = row_next(new, stmt, "b", &found, err);
	if (rc == ERR_OK &&
	    (!found || !row_blob(stmt, 0, log->seed, sizeof(log->seed))))
		rc = row_damaged(err);
	row_done(stmt);
	return rc;
}

/* Nothing of a log that did not come over whole, and nobody knows since when
 * it was named: its letters are grey until it is taken anew. */
static enum err
undo_log(const struct mending *m, bool known, struct errtext *err)
{
	static const char *const undo[] = {
		"DELETE FROM letter WHERE key >> 36 = ?1",
		"DELETE FROM part WHERE log = ?1",
		"UPDATE log SET named_at = 0 WHERE id = ?1",
	};
	struct store *new = m->post->logs.store;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < COUNT(undo) - (known ? 1 : 0) && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt = store_prepare(new, undo[i], err);

		store_bind_int(stmt, 1, m->id);
		rc = store_run(new, stmt, err);
	}
	return rc;
}

/* The head that this post had accepted, by its own signature: at the next sync
 * the center's records must lead to it. */
static enum err
bring_head(
    const struct mending *m, const struct post_log *log, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(m->old, "SELECT head FROM log WHERE owner = ?1", err);
	struct log_waiting waiting;
	struct checkpoint head;
	struct bytes note = { 0 };
	bool found;
	enum err rc;

	store_bind_blob(stmt, 1, m->owner, sizeof(m->owner));
	rc = row_next(m->old, stmt, "b", &found, err);
	if (store_is_passing(rc))
		return rc;
	rc = ERR_OK; /* one that is damaged says nothing */
	if (found)
		store_blob(stmt, 0, &note);
	row_done(stmt);
	if (note.failed)
		rc = err_memory(err);
	else if (note.len > 0 &&
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
	int64_t count;
	bool found = false;
	enum err rc;

	*whole = false;
	if (log == NULL)
		return ERR_OK;
	m->named = named;
	m->id = log->id;
	logs_owner(m->post, named, m->owner);
	/* what another version kept of letters may mean something else */
	rc = m->other ? ERR_OK : bring_letters(m, whole, err);
	if (rc == ERR_OK)
		rc = bring_row(m, *whole, &found, err);
	*whole &= found;
	if (rc == ERR_OK)
		rc = read_seed(m, log, err);
	if (rc == ERR_OK)
		rc = *whole ? commitments_remake(&m->post->logs, log, err)
			    : undo_log(m, found, err);
	if (rc == ERR_OK && !*whole)
		rc = bring_head(m, log, err);
	/* also of a log that is taken anew: until then they hold */
	if (rc == ERR_OK && !m->other)
		rc = bring(m,
		    "SELECT number, line, digest, state FROM word"
		    " WHERE sum = " WORD_SUM_BY(
			"?1", "log", "number", "line", "digest", "state"),
		    "INSERT INTO word (log, number, line, digest, state, sum)"
		    " SELECT ?1, ?3, ?4, ?5, ?6, " WORD_SUM_BY(
			"?2", "?1", "?3", "?4", "?5", "?6"),
		    &count, err);
	if (rc == ERR_OK)
		rc = bring(m,
		    "SELECT at, size, root, last_time, kept FROM mark"
		    " WHERE sum = " MARK_SUM_BY(
			"?1", "log", "at", "size", "root", "last_time", "kept"),
		    "INSERT OR IGNORE INTO mark (log, at, size, root,"
		    " last_time, kept, sum) SELECT ?1, ?3, ?4, ?5, ?6, ?7,"
		    " " MARK_SUM_BY("?2", "?1", "?3", "?4", "?5", "?6", "?7"),
		    &count, err);
	if (rc == ERR_OK)
		rc = bring(m,
		    "SELECT size, root, note, source FROM heard"
		    " WHERE sum = " HEARD_SUM_BY(
			"?1", "log", "size", "root", "note", "source"),
		    "INSERT INTO heard (log, size, root, note, source, sum)"
		    " SELECT ?1, ?3, ?4, ?5, ?6, " HEARD_SUM_BY(
			"?2", "?1", "?3", "?4", "?5", "?6"),
		    &count, err);
	return rc == ERR_OK ? logs_seal(&m->post->logs, m->id, err) : rc;
}

/* Letters shown elsewhere: the rows that are whole, and of the others what the
 * index has of them, so that no letter turns from amber to green. */
static enum err
bring_seen(const struct mending *m, struct errtext *err)
{
	static const char *const select[] = {
		"SELECT number, digest, post, day, issued_at, elsewhere,"
		" mismatch FROM seen NOT INDEXED WHERE sum = " SEEN_SUM,
		"SELECT number, digest, post, day, 0, 0, 0"
		" FROM seen INDEXED BY seen_digest",
	};
	enum err rc = ERR_OK;
	int64_t count;
	size_t i;

	for (i = 0; i < COUNT(select) && rc == ERR_OK; i++)
		rc = bring(m, select[i],
		    "INSERT OR IGNORE INTO seen (number, digest, post, day,"
		    " issued_at, elsewhere, mismatch, sum)"
		    " SELECT ?3, ?4, ?5, ?6, ?7, ?8, ?9, " SEEN_SUM_OF("?3",
			"?4", "?5", "?6", "?7", "?8",
			"?9") " WHERE length(?2) > 0 OR ?1",
		    &count, err);
	return rc;
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
	return rc == ERR_OK ? bring_seen(m, err) : rc;
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
	    path, false, LOGS_APPLICATION_ID, logs_schema, &m->old, err);
	m->other = rc == ERR_VERSION;
	if (m->other)
		rc = store_open(
		    path, false, LOGS_APPLICATION_ID, NULL, &m->old, err);
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
	if ((rc = open_old(m, out, err)) == ERR_OK && m->old != NULL &&
	    (rc = post_logs_begin(&post->logs, err)) == ERR_OK) {
		if ((rc = bring_all(m, out, err)) == ERR_OK)
			rc = post_logs_commit(&post->logs, err);
		else
			post_logs_rollback(&post->logs);
	}
	store_close(&m->old);
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
	struct mending m = { .post = post, .now = now };
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
