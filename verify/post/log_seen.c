/*
 * log_seen.c - log_seen.h.
 */
#include "verify/post/log_seen.h"

#include "base/i18n.h"
#include "store/row.h"
#include "trust/list.h"
#include "verify/post/logs_schema.h"
#include "verify/post/post.h"

#include <string.h>

enum err
log_seen_count(struct post *post, const struct post_log *log, int64_t *out,
    struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT count(*) FROM heard WHERE log = ?1", err);

	store_bind_int(stmt, 1, log->id);
	return row_number(store, stmt, out, err);
}

static enum err
forget(struct post *post, int64_t id, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt =
	    store_prepare(store, "DELETE FROM heard WHERE id = ?1", err);

	store_bind_int(stmt, 1, id);
	return store_run(store, stmt, err);
}

/* --- remembering --------------------------------------------------------- */

static enum err
is_known(struct post *post, const struct post_log *log,
    const struct checkpoint *head, bool *known, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT 1 FROM heard WHERE log = ?1 AND size = ?2 AND root = ?3"
	    " AND sum = " HEARD_SUM " LIMIT 1",
	    err);
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)head->size);
	store_bind_blob(stmt, 3, head->root.at, sizeof(head->root.at));
	rc = row_next(store, stmt, "i", known, err);
	row_done(stmt);
	return rc;
}

/* Is there room for a head of this size? The largest goes before it. */
static enum err
make_room(struct post *post, const struct post_log *log, uint64_t size,
    struct log_waiting *out, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt;
	int64_t count = 0, id;
	bool found;
	enum err rc;

	if ((rc = log_seen_count(post, log, &count, err)) != ERR_OK)
		return rc;
	out->kept = count < LOG_SEEN_MAX;
	if (out->kept)
		return ERR_OK;
	stmt = store_prepare(store,
	    "SELECT id, size FROM heard WHERE log = ?1"
	    " ORDER BY size DESC, id LIMIT 1",
	    err);
	store_bind_int(stmt, 1, log->id);
	if ((rc = row_next(store, stmt, "ii", &found, err)) != ERR_OK || !found)
		return rc;
	id = store_int(stmt, 0);
	out->dropped_size = (uint64_t)store_int(stmt, 1);
	row_done(stmt);
	if (out->dropped_size <= size)
		return ERR_OK;
	out->kept = out->dropped = true;
	return forget(post, id, err);
}

enum err
log_seen_remember(struct post *post, const struct post_log *log,
    const struct checkpoint *head, const void *note, size_t len,
    const char *from, struct log_waiting *out, struct errtext *err)
{
	struct store *store = post->logs.store;
	sqlite3_stmt *stmt;
	enum err rc;

	*out = (struct log_waiting){ .kept = false };
	rc = is_known(post, log, head, &out->kept, err);
	if (rc != ERR_OK || out->kept)
		return rc;
	if ((rc = make_room(post, log, head->size, out, err)) != ERR_OK ||
	    !out->kept)
		return rc;
	stmt = store_prepare(store,
	    "INSERT INTO heard (log, size, root, note, source, sum)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, " HEARD_SUM_OF(
		"?1", "?2", "?3", "?4", "?5") ")",
	    err);
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)head->size);
	store_bind_blob(stmt, 3, head->root.at, sizeof(head->root.at));
	store_bind_blob(stmt, 4, note, len);
	store_bind_text(stmt, 5, from);
	return store_run(store, stmt, err);
}

/* --- comparing ----------------------------------------------------------- */

/* A remembered head, as its own signature has it. */
struct seen_head {
	int64_t id;
	struct bytes note;
	struct checkpoint head;
	struct errtext from;
};

static enum err
damaged(struct errtext *err)
{
	return err_set(err, ERR_CONFIG, _("this post's copy is damaged"));
}

/* The row that a statement gives, if any; its signature is checked: what the
 * own disk says of a center is no proof. */
static enum err
read_head(struct post *post, sqlite3_stmt *stmt, const struct trust_log *named,
    struct seen_head *out, bool *found, struct errtext *err)
{
	struct tree_hash root;
	uint64_t size;
	bool good;
	enum err rc = row_next(post->logs.store, stmt, "iibbti", found, err);

	if (rc != ERR_OK || !*found)
		return rc == ERR_DATA ? damaged(err) : rc;
	bytes_reset(&out->note);
	out->id = store_int(stmt, 0);
	size = (uint64_t)store_int(stmt, 1);
	good = row_blob(stmt, 2, root.at, sizeof(root.at)) &&
	    store_int(stmt, 5) != 0;
	store_blob(stmt, 3, &out->note);
	err_set(&out->from, ERR_OK, "%s", store_text(stmt, 4));
	row_done(stmt);
	if (out->note.failed)
		return err_memory(err);
	if (good)
		good = checkpoint_open(out->note.at, out->note.len, &named->log,
			   &out->head, NULL, NULL) == ERR_OK &&
		    out->head.size == size &&
		    tree_hash_equal(&out->head.root, &root);
	return good ? ERR_OK : damaged(err);
}

#define COLUMNS "id, size, root, note, source, sum = " HEARD_SUM

/* Hand the note over, or release it. */
static void
give(struct seen_head *seen, bool contradicts, struct bytes *note,
    struct errtext *from)
{
	if (contradicts) {
		*note = seen->note;
		*from = seen->from;
	} else
		bytes_free(&seen->note);
}

enum err
log_seen_twin(struct post *post, const struct post_log *log,
    const struct trust_log *named, const struct checkpoint *head,
    struct bytes *note, struct errtext *from, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(post->logs.store,
	    "SELECT " COLUMNS " FROM heard"
	    " WHERE log = ?1 AND size = ?2 AND root <> ?3 LIMIT 1",
	    err);
	struct seen_head seen = { .id = 0 };
	bool found = false;
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)head->size);
	store_bind_blob(stmt, 3, head->root.at, sizeof(head->root.at));
	rc = read_head(post, stmt, named, &seen, &found, err);
	give(&seen, rc == ERR_OK && found, note, from);
	return rc;
}

bool
log_seen_root(const struct log_source *source, const struct checkpoint *head,
    uint64_t size, struct tree_hash *out)
{
	if (size == head->size) {
		*out = head->root;
		return true;
	}
	return log_read_root(source, head, size, out, NULL) == ERR_OK;
}

/* The next remembered head of at most this size. */
static enum err
next(struct post *post, const struct post_log *log,
    const struct trust_log *named, uint64_t size, struct seen_head *seen,
    bool *found, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(post->logs.store,
	    "SELECT " COLUMNS " FROM heard"
	    " WHERE log = ?1 AND size <= ?2 AND id > ?3 ORDER BY id LIMIT 1",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_int(stmt, 3, seen->id);
	return read_head(post, stmt, named, seen, found, err);
}

enum err
log_seen_settle(struct post *post, const struct log_source *source,
    const struct post_log *log, const struct trust_log *named,
    const struct checkpoint *head, struct bytes *note, struct errtext *from,
    struct errtext *err)
{
	struct seen_head seen = { .id = 0 };
	struct tree_hash ours;
	bool fork = false, found = true;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && !fork) {
		rc = next(post, log, named, head->size, &seen, &found, err);
		if (rc != ERR_OK || !found)
			break;
		/* a root that cannot be had now is asked for at the next
		 * sync */
		if (!log_seen_root(source, head, seen.head.size, &ours))
			continue;
		fork = !tree_hash_equal(&seen.head.root, &ours);
		if (!fork)
			rc = forget(post, seen.id, err);
	}
	give(&seen, rc == ERR_OK && fork, note, from);
	return rc;
}
