/*
 * log_head.c - log_head.h.
 */
#include "verify/log_head.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "verify/post_keys.h"

#include <stdlib.h>
#include <string.h>

#define HOUR 3600

/* Every mark of the last days is kept; then one an hour, then one a day. A
 * theft is noticed after days, and a mark between the last sync and the theft
 * is what its evidence hangs on. */
#define ALL_DAYS   7
#define HOURS_DAYS 60
#define WINDOW     (30 * CLOCK_DAY) /* looked through for old marks */

#define LOG_SIGNATURE 64 /* Ed25519 */
#define COSIGNATURE   72 /* time, big-endian, and Ed25519 */

/* --- cosigning --------------------------------------------------------------
 */

static int64_t
time_of(const uint8_t cosignature[COSIGNATURE])
{
	uint64_t time = 0;
	int i;

	for (i = 0; i < 8; i++)
		time = time << 8 | cosignature[i];
	return (int64_t)time;
}

/* The signatures that count, each once: a stranger may have added others. */
static void
copy_signatures(const struct trust_log *named, const struct log_head *head,
    struct bytes *out)
{
	uint8_t signature[COSIGNATURE];
	bool log = false, center = false;
	size_t i;

	for (i = 0; i < head->parsed.count; i++) {
		const struct note_signature *line = &head->parsed.signature[i];

		if (!log && note_is_by(line, &named->log) &&
		    note_signature_bytes(line, signature, LOG_SIGNATURE)) {
			note_add_line(
			    &named->log, signature, LOG_SIGNATURE, out);
			log = true;
		}
		if (!center && note_is_by(line, &named->cosigner) &&
		    note_signature_bytes(line, signature, COSIGNATURE) &&
		    time_of(signature) == head->as_of) {
			note_add_line(
			    &named->cosigner, signature, COSIGNATURE, out);
			center = true;
		}
	}
}

enum err
log_head_cosign(struct post *post, const struct trust_log *named,
    const struct log_head *head, int64_t now, struct bytes *out,
    struct errtext *err)
{
	const struct note *note = &head->parsed;
	enum err rc;

	bytes_reset(out);
	if ((rc = note_begin(note->text, note->len, out, err)) != ERR_OK)
		return rc;
	copy_signatures(named, head, out);
	if ((rc = post_cosigner(post, err)) == ERR_OK)
		rc = checkpoint_cosign(note->text, note->len, &post->cosigner,
		    post->cosigner_key, now, out, err);
	return out->failed ? err_set(err, ERR_MEMORY, _("out of memory")) : rc;
}

/* --- what is known ----------------------------------------------------------
 */

enum err
log_head_load(struct post *post, const struct post_log *log, struct bytes *out,
    struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT head FROM log WHERE id = ?1", err);
	enum err rc = ERR_IO;

	if (stmt == NULL)
		return rc;
	store_bind_int(stmt, 1, log->id);
	if (store_step(store, stmt, &rc, err))
		store_blob(stmt, 0, out);
	sqlite3_reset(stmt);
	return out->failed ? err_set(err, ERR_MEMORY, _("out of memory")) : rc;
}

bool
log_head_known(struct post *post, const struct post_log *log, uint64_t size,
    struct tree_hash *root)
{
	struct store *store = post->logs.store;
	struct bytes blob = { 0 };
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT root FROM mark WHERE log = ?1 AND size = ?2 UNION ALL"
	    " SELECT root FROM proof WHERE log = ?1 AND size = ?2 LIMIT 1",
	    NULL);
	enum err rc;

	if (stmt == NULL)
		return false;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	if (store_step(store, stmt, &rc, NULL))
		store_blob(stmt, 0, &blob);
	sqlite3_reset(stmt);
	if (blob.len == sizeof(root->at))
		memcpy(root->at, blob.at, sizeof(root->at));
	else
		size = 0;
	bytes_free(&blob);
	return size != 0;
}

enum err
log_head_remember(struct post *post, const struct post_log *log,
    const struct checkpoint *head, const void *note, size_t len,
    const char *from, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR IGNORE INTO heard (log, size, root, note, source)"
	    " SELECT ?1, ?2, ?3, ?4, ?5 WHERE"
	    " (SELECT count(*) FROM heard WHERE log = ?1) < ?6",
	    err);

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)head->size);
	store_bind_blob(stmt, 3, head->root.at, sizeof(head->root.at));
	store_bind_blob(stmt, 4, note, len);
	store_bind_text(stmt, 5, from);
	store_bind_int(stmt, 6, LOG_HEARD_MAX);
	return store_run(store, stmt, err);
}

/* --- comparing later --------------------------------------------------------
 */

/* The next remembered head of at most this size. */
static bool
next_heard(struct post *post, const struct post_log *log, uint64_t size,
    int64_t *id, uint64_t *heard_size, struct bytes *root, struct bytes *note,
    struct errtext *from)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT id, size, root, note, source FROM heard"
	    " WHERE log = ?1 AND size <= ?2 AND id > ?3 ORDER BY id LIMIT 1",
	    NULL);
	enum err rc;

	if (stmt == NULL)
		return false;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_int(stmt, 3, *id);
	if (!store_step(store, stmt, &rc, NULL))
		return false;
	*id = store_int(stmt, 0);
	*heard_size = (uint64_t)store_int(stmt, 1);
	bytes_reset(root);
	bytes_reset(note);
	store_blob(stmt, 2, root);
	store_blob(stmt, 3, note);
	err_set(from, ERR_OK, "%s", store_text(stmt, 4));
	sqlite3_reset(stmt);
	return true;
}

static enum err
forget_heard(struct post *post, int64_t id, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt =
	    store_prepare(store, "DELETE FROM heard WHERE id = ?1", err);

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, id);
	return store_run(store, stmt, err);
}

/* A root that cannot be had now is looked for at the next sync. */
static bool
root_at(const struct log_source *source, const struct checkpoint *head,
    uint64_t size, struct tree_hash *out)
{
	if (size == head->size) {
		*out = head->root;
		return true;
	}
	return log_read_root(source, head, size, out, NULL) == ERR_OK;
}

static enum err
settle_heard(struct post *post, const struct log_source *source,
    const struct post_log *log, const struct checkpoint *head,
    struct bytes *note, struct errtext *from, struct errtext *err)
{
	struct bytes root = { 0 };
	struct tree_hash ours;
	uint64_t size;
	int64_t id = 0;
	bool fork = false;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && !fork &&
	    next_heard(post, log, head->size, &id, &size, &root, note, from)) {
		if (!root_at(source, head, size, &ours))
			continue;
		if (root.len == sizeof(ours.at) &&
		    memcmp(root.at, ours.at, sizeof(ours.at)) == 0)
			rc = forget_heard(post, id, err);
		else
			fork = true;
	}
	bytes_free(&root);
	if (!fork)
		bytes_free(note);
	return rc;
}

/* The newest letter before that line: the last line is no earlier, so the
 * evidence covers at least that much. */
static enum err
enter_proof(struct post *post, const struct post_log *log, uint64_t size,
    const struct tree_hash *root, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR IGNORE INTO proof (log, size, root, last_time)"
	    " SELECT ?1, ?2, ?3, coalesce(max(issued_at), 0) FROM letter"
	    " WHERE key >= ?4 AND key < ?5 AND line < ?2",
	    err);

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_blob(stmt, 3, root->at, sizeof(root->at));
	store_bind_int(stmt, 4, post_log_key(log->id, 0, 0));
	store_bind_int(stmt, 5, post_log_key(log->id + 1, 0, 0));
	return store_run(store, stmt, err);
}

static bool
has_proof(struct post *post, const struct post_log *log, uint64_t size)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT 1 FROM proof WHERE log = ?1 AND size = ?2", NULL);
	bool found;
	enum err rc;

	if (stmt == NULL)
		return false;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	found = store_step(store, stmt, &rc, NULL);
	sqlite3_reset(stmt);
	return found;
}

/* Which of the center's logs a revocation meant is the one with that root. */
static enum err
settle_revocations(struct post *post, const struct log_source *source,
    const struct trust_center *center, const struct post_log *log,
    const struct checkpoint *head, struct errtext *err)
{
	struct tree_hash root;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < center->key_count && rc == ERR_OK; i++) {
		const struct trust_key *key = &center->keys[i];

		if (key->has_evidence && key->evidence_size > 0 &&
		    key->evidence_size <= head->size &&
		    !has_proof(post, log, key->evidence_size) &&
		    root_at(source, head, key->evidence_size, &root) &&
		    memcmp(root.at, key->evidence_root, sizeof(root.at)) == 0)
			rc = enter_proof(
			    post, log, key->evidence_size, &root, err);
	}
	return rc;
}

enum err
log_head_settle(struct post *post, const struct log_source *source,
    const struct trust_center *center, const struct post_log *log,
    const struct checkpoint *head, struct bytes *note, struct errtext *from,
    struct errtext *err)
{
	enum err rc;

	rc = settle_heard(post, source, log, head, note, from, err);
	if (rc == ERR_OK && note->len == 0)
		rc = settle_revocations(post, source, center, log, head, err);
	return rc;
}

/* --- marks ------------------------------------------------------------------
 */

/* What a revocation of this center's list rests on is never thinned out: a
 * letter that was found good must not become doubtful later. */
static enum err
keep_mark(struct post *post, const struct post_log *log, int64_t since,
    struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE mark SET kept = 1 WHERE log = ?1 AND kept = 0 AND at ="
	    " (SELECT max(at) FROM mark WHERE log = ?1 AND at < ?2)",
	    err);

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, since);
	return store_run(store, stmt, err);
}

enum err
log_head_keep_marks(struct post *post, const struct trust_center *center,
    const struct post_log *log, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < center->key_count && rc == ERR_OK; i++) {
		const struct trust_key *key = &center->keys[i];

		if (key->status == KEY_REVOKED &&
		    key->since != TRUST_WHOLE_LIFE)
			rc = keep_mark(post, log, key->since, err);
	}
	return rc;
}

/* Of those before `until`, only the last of each span; only those that become
 * old now are looked at: the others were done then. */
static enum err
thin_marks(struct post *post, const struct post_log *log, int64_t until,
    int64_t span, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "DELETE FROM mark WHERE log = ?1 AND at >= ?2 AND at < ?3"
	    " AND kept = 0 AND EXISTS (SELECT 1 FROM mark AS later"
	    " WHERE later.log = mark.log AND later.at > mark.at"
	    " AND later.at < (mark.at / ?4 + 1) * ?4)",
	    err);

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, until - WINDOW);
	store_bind_int(stmt, 3, until);
	store_bind_int(stmt, 4, span);
	return store_run(store, stmt, err);
}

enum err
log_head_mark(struct post *post, const struct post_log *log,
    const struct checkpoint *head, int64_t last_time, int64_t at,
    struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO mark (log, at, size, root, last_time)"
	    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (log, at)"
	    " DO UPDATE SET size = excluded.size, root = excluded.root,"
	    " last_time = excluded.last_time",
	    err);
	enum err rc;

	if (stmt == NULL)
		return ERR_IO;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, at);
	store_bind_int(stmt, 3, (int64_t)head->size);
	store_bind_blob(stmt, 4, head->root.at, sizeof(head->root.at));
	store_bind_int(stmt, 5, last_time);
	if ((rc = store_run(store, stmt, err)) != ERR_OK ||
	    (rc = thin_marks(
		 post, log, at - ALL_DAYS * CLOCK_DAY, HOUR, err)) != ERR_OK)
		return rc;
	return thin_marks(
	    post, log, at - HOURS_DAYS * CLOCK_DAY, CLOCK_DAY, err);
}
