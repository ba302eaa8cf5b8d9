/*
 * shown_mend.c - shown_mend.h.
 */
#include "verify/post/shown_mend.h"

#include "base/file.h"
#include "base/i18n.h"
#include "letter/number.h"
#include "verify/post/evidence.h"
#include "verify/post/post_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NEW_NAME "post.db.new"

const char *
shown_mend_key(void)
{
	return _("\"sello-verify recover --shown\" makes damaged records of "
		 "letters shown here anew and keeps what can be read.");
}

bool
shown_is_absent(
    struct post *post, const struct presentation *p, int64_t now, bool *other)
{
	const struct evidence_letter letter = { .number = p->number,
		.digest = p->digest,
		.issued_at = p->issued_at };
	const struct trust_center *center;
	struct letter_number number;
	struct log_evidence log;

	*other = false;
	if (post->list == NULL || !number_parse(p->number, &number) ||
	    (center = trust_find_center(post->list, number.center)) == NULL)
		return false;
	evidence_find(post, center, &letter, now, &log);
	*other = log.other_digest;
	return log.state == LOG_ABSENT && !log.in_gap && !log.failed;
}

/* --- what goes over ------------------------------------------------------ */

struct mending {
	struct post *post;
	struct store *old, *new; /* old NULL: nothing of it can be read */
	int64_t now;
	struct shown_mended *out;
	uint64_t found; /* of those set aside: now, not at an earlier time */
};

/* As it stands, whatever it is. */
static enum err
copy(struct store *new, const char *insert, sqlite3_stmt *from,
    struct errtext *err)
{
	sqlite3_stmt *to = store_prepare(new, insert, err);
	int i;

	for (i = 0; to != NULL && i < sqlite3_bind_parameter_count(to); i++)
		sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
	return store_run(new, to, err);
}

/* What is damaged ends the reading, and what came before stays. But what only
 * cannot be read now is not given up. */
static enum err
ended(sqlite3_stmt *from, enum err rc, enum err read, const struct errtext *why,
    struct errtext *err)
{
	sqlite3_reset(from);
	return rc == ERR_OK && store_is_unseen(read)
	    ? err_set(err, read, "%s", why->text)
	    : rc;
}

/* Of what another type or value was made nothing is kept. */
static enum err
copy_settings(const struct mending *m, struct errtext *err)
{
	struct errtext why = { 0 };
	sqlite3_stmt *from =
	    store_prepare(m->old, "SELECT name, value FROM setting", &why);
	enum err rc = ERR_OK, read = ERR_OK;

	while (rc == ERR_OK && store_step(m->old, from, &read, &why)) {
		rc = copy(m->new,
		    "INSERT OR IGNORE INTO setting (name, value)"
		    " VALUES (?1, ?2)",
		    from, err);
		if (rc == ERR_EXISTS || rc == ERR_DATA)
			rc = ERR_OK;
	}
	return ended(from, rc, read, &why, err);
}

/* What was known of each log, as far as it is what was written. */
static enum err
copy_records(const struct mending *m, struct errtext *err)
{
	struct errtext why = { 0 };
	sqlite3_stmt *from = store_prepare(m->old,
	    "SELECT owner, taken, lost, lost_at, sum FROM record"
	    " WHERE sum = " POST_RECORD_SUM,
	    &why);
	enum err rc = ERR_OK, read = ERR_OK;

	while (rc == ERR_OK && store_step(m->old, from, &read, &why))
		rc = copy(m->new,
		    "INSERT OR IGNORE INTO record (owner, taken, lost,"
		    " lost_at, sum) VALUES (?1, ?2, ?3, ?4, ?5)",
		    from, err);
	return ended(from, rc, read, &why, err);
}

/* Number and digest, as far as they can be read; nobody's word. */
static enum err
put_aside(struct mending *m, const struct presentation *p, struct errtext *err)
{
	struct presentation kept = { .issued_at = p->issued_at,
		.time = p->time };

	memcpy(kept.number, p->number, sizeof(kept.number));
	memcpy(kept.digest, p->digest, sizeof(kept.digest));
	m->out->aside++;
	m->found++;
	return presentation_put(m->new, &kept, PRESENTATION_NO_POST, err);
}

/* Whole, or without a signature: then the center's records must not speak
 * against it, or every sync would ask the same question for ever. */
static enum err
is_whole(const struct mending *m, const struct presentation_row *row,
    bool *whole, struct errtext *err)
{
	enum presentation_worth worth = PRESENTATION_DAMAGED;
	enum err rc = presentation_worth(m->post, row, &worth, err);
	bool other;

	*whole = worth != PRESENTATION_DAMAGED &&
	    (worth != PRESENTATION_UNPROVEN ||
		!shown_is_absent(m->post, &row->p, m->now, &other));
	return rc;
}

static enum err
copy_row(struct mending *m, sqlite3_stmt *from, struct errtext *err)
{
	struct presentation_row row;
	bool whole = false;
	enum err rc;

	presentation_read(from, &row);
	if ((rc = is_whole(m, &row, &whole, err)) != ERR_OK)
		return rc;
	if (!whole)
		return put_aside(m, &row.p, err);
	*(row.aside ? &m->out->aside : &m->out->whole) += 1;
	return copy(m->new,
	    "INSERT INTO presentation (" PRESENTATION_COLUMNS ")"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	    from, err);
}

static enum err
copy_rows(struct mending *m, struct errtext *err)
{
	struct errtext why = { 0 };
	sqlite3_stmt *from = store_prepare(m->old,
	    "SELECT " PRESENTATION_COLUMNS " FROM presentation NOT INDEXED",
	    &why);
	enum err rc = ERR_OK, read = ERR_DATA;

	while (rc == ERR_OK && store_step(m->old, from, &read, &why))
		rc = copy_row(m, from, err);
	m->out->all_read = rc == ERR_OK && read == ERR_OK;
	return ended(from, rc, read, &why, err);
}

/* Is this number and digest, or, without a number, this digest there? */
static enum err
has(const struct mending *m, const struct presentation *p, bool *there,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(m->new,
	    "SELECT 1 FROM presentation"
	    " WHERE digest = ?1 AND (?2 = '' OR number = ?2)",
	    err);
	enum err rc;

	store_bind_blob(stmt, 1, p->digest, sizeof(p->digest));
	store_bind_text(stmt, 2, p->number);
	*there = store_step(m->new, stmt, &rc, err);
	sqlite3_reset(stmt);
	return rc;
}

/* An index has its own copy of what it finds a row by. */
static enum err
copy_index(struct mending *m, const char *select, struct errtext *err)
{
	struct errtext why = { 0 };
	sqlite3_stmt *from = store_prepare(m->old, select, &why);
	enum err rc = ERR_OK, read = ERR_OK;

	while (rc == ERR_OK && store_step(m->old, from, &read, &why)) {
		struct presentation_row row;
		bool there = true;

		presentation_read(from, &row);
		rc = has(m, &row.p, &there, err);
		if (rc == ERR_OK && !there)
			rc = put_aside(m, &row.p, err);
	}
	return ended(from, rc, read, &why, err);
}

#define NO_MORE ", 0, 0, NULL, NULL, 0, NULL, NULL, NULL FROM presentation"

static enum err
copy_all(struct mending *m, struct errtext *err)
{
	enum err rc;

	if (m->old == NULL)
		return ERR_OK;
	if ((rc = copy_settings(m, err)) == ERR_OK &&
	    (rc = copy_records(m, err)) == ERR_OK &&
	    (rc = copy_rows(m, err)) == ERR_OK &&
	    (rc = copy_index(m,
		 "SELECT number, digest" NO_MORE
		 " INDEXED BY presentation_letter",
		 err)) == ERR_OK)
		rc = copy_index(m,
		    "SELECT '', digest" NO_MORE
		    " INDEXED BY presentation_digest",
		    err);
	return rc;
}

/* --- all of it ----------------------------------------------------------- */

/* ERR_OK: it may be mended; damaged: it must be. */
static enum err
examine(struct post *post, bool *damaged, struct errtext *err)
{
	struct presentation_counts counts = { 0 };
	enum err rc;

	*damaged = false;
	if (post->store_read_only)
		return err_set(err, ERR_IO, "%s", post->store_problem.text);
	rc = post->store != NULL
	    ? presentation_test(post, &counts, err)
	    : err_set(err, post->store_why, "%s", post->store_problem.text);
	*damaged = rc == ERR_DATA || rc == ERR_NOT_FOUND || counts.damaged > 0;
	return *damaged ? ERR_OK : rc;
}

/* The new one is whole before the old one is moved. */
static enum err
fill(struct mending *m, const char *path, struct errtext *err)
{
	enum err rc = post_store_file(path, true, &m->new, err);

	if (rc == ERR_OK && (rc = store_begin(m->new, err)) == ERR_OK &&
	    (rc = copy_all(m, err)) == ERR_OK)
		rc = store_commit(m->new, err);
	store_rollback(m->new);
	store_close(&m->new);
	return rc;
}

static enum err
put_in_place(
    struct mending *m, const char *from, const char *to, struct errtext *err)
{
	enum err rc;

	post_store_close(m->post);
	rc = set_aside(m->post, "post.db", m->out->old, err);
	if (rc == ERR_NOT_FOUND) {
		m->out->old[0] = '\0';
		rc = ERR_OK;
	}
	if (rc == ERR_OK && rename(from, to) != 0)
		rc = err_set(err, ERR_IO, "%s: %m", to);
	else if (rc == ERR_OK)
		rc = file_sync_name(to, err);
	post_store_open(m->post);
	return rc;
}

enum err
shown_mend(struct post *post, int64_t now, struct shown_mended *out,
    struct errtext *err)
{
	struct mending m = { .post = post, .now = now, .out = out };
	char *path = post_path(post, "post.db");
	char *new = post_path(post, NEW_NAME);
	bool damaged = false;
	enum err rc = ERR_MEMORY;

	*out = (struct shown_mended){ .changed = false };
	if (path == NULL || new == NULL) {
		err_memory(err);
		goto out;
	}
	if ((rc = examine(post, &damaged, err)) != ERR_OK)
		goto out;
	unlink(new); /* of one that was cut short */
	/* a counter that records now waits, and then finds another file */
	if ((rc = post_store_file(path, false, &m.old, err)) == ERR_OK)
		rc = store_begin(m.old, err);
	if (store_is_unseen(rc))
		goto out;
	rc = fill(&m, new, err);
	out->changed = damaged || m.found > 0;
	if (rc == ERR_OK && out->changed)
		rc = put_in_place(&m, new, path, err);
	unlink(new);
out:
	store_rollback(m.old);
	store_close(&m.old);
	free(path);
	free(new);
	return rc;
}
