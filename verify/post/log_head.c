/*
 * log_head.c - log_head.h.
 */
#include "verify/post/log_head.h"

#include "base/clock.h"
#include "store/row.h"
#include "verify/post/log_seen.h"
#include "verify/post/logs_schema.h"
#include "verify/post/post_keys.h"

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

/* --- cosigning ----------------------------------------------------------- */

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
	return out->failed ? err_memory(err) : rc;
}

/* --- what is known ------------------------------------------------------- */

enum err
log_head_load(struct post *post, const struct post_log *log, struct bytes *out,
    struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT head FROM log WHERE id = ?1", err);
	bool found;
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	rc = row_next(store, stmt, "B", &found, err);
	if (!found)
		return rc == ERR_OK ? row_damaged(err) : rc;
	store_blob(stmt, 0, out);
	row_done(stmt);
	return out->failed ? err_memory(err) : rc;
}

enum err
log_head_known(struct post *post, const struct post_log *log, uint64_t size,
    bool *known, struct tree_hash *root, struct errtext *err)
{
	struct store *store = post->logs.store;
	struct tree_hash got;
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT root, sum = " PROOF_SUM " FROM proof"
	    " WHERE log = ?1 AND size = ?2 UNION ALL"
	    " SELECT root, sum = " MARK_SUM " FROM mark"
	    " WHERE log = ?1 AND size = ?2 LIMIT 1",
	    err);
	bool good;
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	rc = row_next(store, stmt, "bi", known, err);
	if (!*known)
		return rc;
	good = row_blob(stmt, 0, got.at, sizeof(got.at)) &&
	    store_int(stmt, 1) != 0;
	row_done(stmt);
	if (!good)
		return row_damaged(err);
	*root = got;
	return ERR_OK;
}

enum err
log_head_end(struct post *post, const struct post_log *log,
    const struct trust_log *named, enum log_end *out, struct errtext *err)
{
	struct tree_hash root = log->root;
	bool known = log->size == named->final_size;
	enum err rc = ERR_OK;

	*out = END_OPEN;
	if (!named->closed || log->size == 0 || log->size < named->final_size)
		return ERR_OK;
	*out = named->final_size == 0 ? END_WHOLE : END_DOUBTED;
	if (!known && *out == END_DOUBTED)
		rc = log_head_known(
		    post, log, named->final_size, &known, &root, err);
	if (rc == ERR_OK && known &&
	    memcmp(root.at, named->final_root, sizeof(root.at)) == 0)
		*out = END_WHOLE;
	return rc;
}

/* The next mark of at most this size, by time. */
static enum err
next_mark(struct post *post, const struct post_log *log, uint64_t size,
    int64_t *at, struct checkpoint *out, bool *found, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT at, size, root, sum = " MARK_SUM " FROM mark"
	    " WHERE log = ?1 AND size <= ?2 AND at > ?3 ORDER BY at LIMIT 1",
	    err);
	bool good;
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_int(stmt, 3, *at);
	rc = row_next(store, stmt, "iibi", found, err);
	if (!*found)
		return rc;
	*at = store_int(stmt, 0);
	out->size = (uint64_t)store_int(stmt, 1);
	good = row_blob(stmt, 2, out->root.at, sizeof(out->root.at)) &&
	    store_int(stmt, 3) != 0;
	row_done(stmt);
	return good ? ERR_OK : row_damaged(err);
}

enum err
log_head_fits(struct post *post, const struct log_source *source,
    const struct post_log *log, const struct checkpoint *head, uint64_t size,
    bool *fits, struct errtext *err)
{
	struct checkpoint mark = { .size = 0 };
	struct tree_hash root = { .at = { 0 } };
	int64_t at = INT64_MIN;
	bool found = true;
	enum err rc = ERR_OK;

	*fits = true;
	while (rc == ERR_OK && *fits) {
		rc = next_mark(post, log, size, &at, &mark, &found, err);
		if (rc != ERR_OK || !found)
			break;
		if (mark.size == 0)
			continue;
		rc = log_read_root(source, head, mark.size, &root, err);
		if (rc == ERR_OK)
			*fits = tree_hash_equal(&mark.root, &root);
	}
	return rc;
}

/* --- what revocations and closings name ---------------------------------- */

/* The newest letter before that line: the last line is no earlier, so the
 * evidence covers at least that much. A letter of a wrong clock says nothing
 * of when the head was signed. */
static enum err
enter_proof(struct post *post, const struct post_log *log, uint64_t size,
    const struct tree_hash *root, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR IGNORE INTO proof (log, size, root, last_time, sum)"
	    " SELECT ?1, ?2, ?3, newest, " PROOF_SUM_OF("?1", "?2", "?3",
		"newest") " FROM (SELECT coalesce(max(issued_at), 0) AS newest FROM letter"
			  " WHERE key >= ?4 AND key < ?5 AND line < ?2"
			  " AND NOT EXISTS (SELECT 1 FROM part WHERE part.log = ?1"
			  " AND part.kind = " PART_GAP
			  " AND part.place > letter.line"
			  " AND part.last < part.first"
			  " AND part.last < issued_at)"
			  " AND " LETTER_FITS("?6") ")",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_blob(stmt, 3, root->at, sizeof(root->at));
	store_bind_int(stmt, 4, post_log_key(log->id, 0, 0));
	store_bind_int(stmt, 5, post_log_key(log->id + 1, 0, 0));
	store_bind_blob(stmt, 6, log->owner, sizeof(log->owner));
	return store_run(store, stmt, err);
}

static enum err
has_proof(struct post *post, const struct post_log *log, uint64_t size,
    bool *found, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT 1 FROM proof WHERE log = ?1 AND size = ?2", err);
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	rc = row_next(store, stmt, "i", found, err);
	row_done(stmt);
	return rc;
}

enum err
log_head_prove(struct post *post, const struct post_log *log, uint64_t size,
    const struct tree_hash *root, struct errtext *err)
{
	struct post_logs *logs = &post->logs;
	bool known = false;
	enum err rc = has_proof(post, log, size, &known, err);

	if (rc != ERR_OK || known ||
	    (rc = post_logs_begin(logs, err)) != ERR_OK)
		return rc;
	if ((rc = enter_proof(post, log, size, root, err)) == ERR_OK)
		return post_logs_commit(logs, err);
	post_logs_rollback(logs);
	return rc;
}

/* Which of the center's logs a revocation meant is the one with that root. */
static enum err
settle_revocations(struct post *post, const struct log_source *source,
    const struct trust_center *center, const struct post_log *log,
    const struct checkpoint *head, struct errtext *err)
{
	struct tree_hash root;
	enum err rc = ERR_OK;
	bool known;
	size_t i;

	for (i = 0; i < center->key_count && rc == ERR_OK; i++) {
		const struct trust_key *key = &center->keys[i];

		if (!key->has_evidence || key->evidence_size == 0 ||
		    key->evidence_size > head->size)
			continue;
		rc = has_proof(post, log, key->evidence_size, &known, err);
		if (rc == ERR_OK && !known &&
		    log_seen_root(source, head, key->evidence_size, &root) &&
		    memcmp(root.at, key->evidence_root, sizeof(root.at)) == 0)
			rc = enter_proof(
			    post, log, key->evidence_size, &root, err);
	}
	return rc;
}

enum err
log_head_settle(struct post *post, const struct log_source *source,
    const struct trust_center *center, const struct trust_log *named,
    const struct post_log *log, const struct checkpoint *head,
    struct bytes *note, struct errtext *from, struct errtext *err)
{
	enum err rc;

	rc = log_seen_settle(post, source, log, named, head, note, from, err);
	if (rc == ERR_OK && note->len == 0)
		rc = settle_revocations(post, source, center, log, head, err);
	return rc;
}

/* --- marks --------------------------------------------------------------- */

/* What a revocation of this center's list rests on is never thinned out: a
 * letter that was found good must not become doubtful later. */
static enum err
keep_mark(struct post *post, const struct post_log *log, int64_t since,
    struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE mark SET kept = 1, sum = " MARK_SUM_OF("log", "at", "size",
		"root", "last_time",
		"1") " WHERE log = ?1 AND kept = 0 AND sum = " MARK_SUM
		     " AND at ="
		     " (SELECT at FROM mark WHERE log = ?1 AND at < ?2"
		     " ORDER BY size DESC, at DESC LIMIT 1)",
	    err);

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

/* Of those before `until`, only the last of each span, or a longer one; only
 * those that become old now are looked at: the others were done then. */
static enum err
thin_marks(struct post *post, const struct post_log *log, int64_t until,
    int64_t span, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "DELETE FROM mark WHERE log = ?1 AND at >= ?2 AND at < ?3"
	    " AND kept = 0 AND EXISTS (SELECT 1 FROM mark AS later"
	    " WHERE later.log = mark.log AND later.at > mark.at"
	    " AND later.size >= mark.size"
	    " AND later.at < (mark.at / ?4 + 1) * ?4)",
	    err);

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
	    "INSERT INTO mark (log, at, size, root, last_time, kept, sum)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, 0, " MARK_SUM_OF("?1", "?2", "?3",
		"?4", "?5",
		"0") ") ON CONFLICT (log, at)"
		     " DO UPDATE SET size = excluded.size, root = excluded.root,"
		     " last_time = excluded.last_time, kept = 0, sum = excluded.sum"
		     " WHERE excluded.size >= mark.size",
	    err);
	enum err rc;

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
