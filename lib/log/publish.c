/*
 * publish.c - writing the static files of a log: publish.h.
 */
#include "log/publish.h"

#include "base/count.h"
#include "base/i18n.h"
#include "log/checkpoint.h"
#include "log/folder.h"

#include <string.h>
#include <unistd.h>

#define HEAD "checkpoint"

struct job {
	const struct log_reader *log;
	const struct vkey *key;
	const char *dir;
	struct checkpoint head; /* to publish */
	struct bytes old;       /* the folder's head, as it was read first */
	uint64_t from;          /* what the folder surely has of this log */
	unsigned files;
};

enum err
log_edge_root(const struct log_reader *log, uint64_t size,
    struct tree_hash *out, struct errtext *err)
{
	struct tree_hash row[TILE_WIDTH];
	struct tree_range range = { 0 };
	unsigned level, width, i;
	enum err rc;

	if (size > TREE_SIZE_MAX)
		return err_set(
		    err, ERR_LIMIT, _("a log larger than any log can be"));
	for (level = tile_levels(size); level-- > 0;) {
		width = (unsigned)(size >> TILE_HEIGHT * level) % TILE_WIDTH;
		if (width == 0)
			continue;
		rc = log->hashes(log->ctx, level,
		    range.size >> TILE_HEIGHT * level, width, row, err);
		if (rc != ERR_OK)
			return rc;
		for (i = 0; i < width; i++)
			tree_range_append(&range, TILE_HEIGHT * level, &row[i]);
	}
	tree_range_root(&range, out);
	return ERR_OK;
}

static enum err
damaged(struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("the log does not fit its signed head and was not published. "
	      "Run check to see what is wrong"));
}

/* --- what the folder has ------------------------------------------------- */

/* As it stands there; empty when there is none, or none that could be one. */
static enum err
fetch_head(const struct job *job, struct bytes *note, struct errtext *err)
{
	enum err rc = folder_fetch(
	    (void *)(uintptr_t)job->dir, HEAD, CHECKPOINT_MAX, note, err);

	return rc == ERR_NOT_FOUND || rc == ERR_LIMIT ? ERR_OK : rc;
}

/*
 * The folder's head: found is false when there is none to go by. A torn file
 * or a broken signature is none; a good note of another key is another log.
 */
static enum err
open_head(const struct job *job, const struct bytes *note,
    struct checkpoint *out, bool *found, struct errtext *err)
{
	enum err rc;

	*found = false;
	if (note->len == 0)
		return ERR_OK;
	rc = checkpoint_open(note->at, note->len, job->key, out, NULL, err);
	*found = rc == ERR_OK;
	if (rc == ERR_DATA || rc == ERR_SIGNATURE || rc == ERR_LIMIT)
		rc = ERR_OK;
	else if (rc == ERR_ISSUER)
		rc = err_set(err, ERR_EXISTS,
		    _("%s: another log is published there, or the file "
		      "checkpoint is damaged; it was left as it is. If "
		      "the folder is this log's, remove that file and "
		      "publish again"),
		    job->dir);
	out->extension = (struct reader){ 0 }; /* borrowed from note */
	return rc;
}

/* Must the folder's head be one that this log once had? */
static enum err
judge_head(
    const struct job *job, const struct checkpoint *old, struct errtext *err)
{
	struct tree_hash root;
	enum err rc;

	if (old->size > job->head.size)
		return err_set(err, ERR_STALE,
		    _("%s: the published log is ahead of this one by %s; "
		      "nothing was published. Was an old backup restored? "
		      "Use recover"),
		    job->dir, COUNTED(LINES, old->size - job->head.size));
	if ((rc = log_edge_root(job->log, old->size, &root, err)) != ERR_OK)
		return rc;
	if (!tree_hash_equal(&root, &old->root))
		return err_set(err, ERR_SIGNATURE,
		    _("%s: what was published is not the beginning of this "
		      "log; nothing was published. Ask the root custodian to "
		      "close this log"),
		    job->dir);
	return ERR_OK;
}

/* --- writing ------------------------------------------------------------- */

static enum err
put(struct job *job, unsigned level, uint64_t index, unsigned width,
    const struct bytes *data, struct errtext *err)
{
	char path[TILE_PATH_SIZE];
	bool made = false;
	enum err rc;

	if (data->failed)
		return err_memory(err);
	if (!tile_path(level, index, width, path))
		return damaged(err);
	if (width == TILE_WIDTH)
		rc = folder_put_new(job->dir, path, data, &made, err);
	else
		rc = folder_put(job->dir, path, data, &made, err);
	if (made)
		job->files++;
	return rc;
}

/* Before 256 hashes get a full tile's name, they must be what the tree has
 * above them; a partial tile is part of the root that was compared. */
static enum err
check_above(const struct job *job, unsigned level, uint64_t index,
    const struct tree_hash *row, struct errtext *err)
{
	struct tree_hash want, have;
	enum err rc;

	rc = job->log->hashes(job->log->ctx, level + 1, index, 1, &have, err);
	if (rc != ERR_OK)
		return rc;
	tile_root(row, &want);
	return tree_hash_equal(&want, &have) ? ERR_OK : damaged(err);
}

static enum err
put_bundle(struct job *job, uint64_t index, unsigned width,
    const struct tree_hash *row, struct errtext *err)
{
	struct tree_hash leaf[TILE_WIDTH];
	struct bytes bundle = { 0 };
	enum err rc;

	rc = job->log->entries(
	    job->log->ctx, index * TILE_WIDTH, width, &bundle, err);
	if (rc == ERR_OK &&
	    (!bundle_hashes(bundle.at, bundle.len, width, leaf) ||
		memcmp(leaf, row, width * sizeof(*row)) != 0))
		rc = damaged(err);
	if (rc == ERR_OK)
		rc = put(job, TILE_BUNDLE, index, width, &bundle, err);
	bytes_free(&bundle);
	return rc;
}

static enum err
put_tile(struct job *job, unsigned level, uint64_t index, struct errtext *err)
{
	unsigned width = tile_width(job->head.size, level, index);
	struct tree_hash row[TILE_WIDTH];
	struct bytes tile = { 0 };
	enum err rc;

	rc = job->log->hashes(
	    job->log->ctx, level, index * TILE_WIDTH, width, row, err);
	if (rc == ERR_OK && width == TILE_WIDTH)
		rc = check_above(job, level, index, row, err);
	if (rc == ERR_OK && level == 0)
		rc = put_bundle(job, index, width, row, err);
	if (rc == ERR_OK) {
		tile_add(row, width, &tile);
		rc = put(job, level, index, width, &tile, err);
	}
	bytes_free(&tile);
	return rc;
}

/* The tiles of a level that are wider now than they were. */
static enum err
put_level(struct job *job, unsigned level, struct errtext *err)
{
	uint64_t index = job->from >> TILE_HEIGHT * (level + 1);
	enum err rc;

	for (; tile_width(job->head.size, level, index) > 0; index++) {
		if (tile_width(job->from, level, index) ==
		    tile_width(job->head.size, level, index))
			continue;
		if ((rc = put_tile(job, level, index, err)) != ERR_OK)
			return rc;
	}
	return ERR_OK;
}

/* Where nothing can be locked somebody may have gone further. */
static enum err
check_alone(const struct job *job, struct errtext *err)
{
	struct checkpoint now = { .size = 0 };
	struct bytes note = { 0 };
	bool found = false;
	enum err rc = fetch_head(job, &note, err);

	if (rc == ERR_OK && !bytes_equal(&note, &job->old))
		rc = open_head(job, &note, &now, &found, err);
	bytes_free(&note);
	if (found && now.size > job->head.size)
		return err_set(err, ERR_BUSY,
		    _("%s: another program has published more meanwhile"),
		    job->dir);
	return rc;
}

static enum err
put_head(struct job *job, const void *head, size_t len, struct errtext *err)
{
	struct bytes note = { 0 };
	bool made = false;
	enum err rc;

	if ((rc = check_alone(job, err)) != ERR_OK)
		return rc;
	bytes_add(&note, head, len);
	if (note.failed)
		rc = err_memory(err);
	else
		rc = folder_put(job->dir, HEAD, &note, &made, err);
	if (made)
		job->files++;
	bytes_free(&note);
	return rc;
}

/* Partial files of tiles that are full since `from`. */
static void
remove_partials(const struct job *job)
{
	char path[TILE_PATH_SIZE];
	unsigned level;
	uint64_t index;

	for (level = 0; level < tile_levels(job->head.size); level++)
		for (index = job->from >> TILE_HEIGHT * (level + 1);
		     tile_width(job->head.size, level, index) == TILE_WIDTH;
		     index++) {
			if (tile_partial_dir(level, index, path))
				folder_remove_partial(job->dir, path);
			if (level == 0 &&
			    tile_partial_dir(TILE_BUNDLE, index, path))
				folder_remove_partial(job->dir, path);
		}
}

static enum err
put_all(struct job *job, const void *head, size_t len, struct errtext *err)
{
	unsigned level;
	enum err rc;

	for (level = 0; level < tile_levels(job->head.size); level++)
		if ((rc = put_level(job, level, err)) != ERR_OK)
			return rc;
	if ((rc = put_head(job, head, len, err)) == ERR_OK)
		remove_partials(job);
	return rc;
}

/* With the folder locked: from what it has to the head. */
static enum err
publish(struct job *job, const void *head, size_t len, enum publish_mode mode,
    struct publish_report *report, struct errtext *err)
{
	struct checkpoint old = { .size = 0 };
	bool found = false;
	enum err rc;

	if ((rc = fetch_head(job, &job->old, err)) != ERR_OK ||
	    (rc = open_head(job, &job->old, &old, &found, err)) != ERR_OK ||
	    (found && (rc = judge_head(job, &old, err)) != ERR_OK))
		return rc;
	job->from = mode == PUBLISH_ALL ? 0 : old.size;
	if ((rc = put_all(job, head, len, err)) == ERR_OK)
		*report = (struct publish_report){ .from = old.size,
			.size = job->head.size,
			.files = job->files };
	return rc;
}

enum err
log_publish(const struct log_reader *log, const void *head, size_t len,
    const struct vkey *key, const char *dir, enum publish_mode mode,
    struct publish_report *report, struct errtext *err)
{
	struct job job = { .log = log, .key = key, .dir = dir };
	struct tree_hash root;
	int lock = -1;
	enum err rc;

	if ((rc = checkpoint_open(head, len, key, &job.head, NULL, err)) !=
		ERR_OK ||
	    (rc = log_edge_root(log, job.head.size, &root, err)) != ERR_OK)
		return rc;
	if (!tree_hash_equal(&root, &job.head.root))
		return damaged(err);
	if ((rc = folder_lock(dir, &lock, err)) == ERR_OK) {
		rc = publish(&job, head, len, mode, report, err);
		bytes_free(&job.old);
		close(lock);
	}
	return rc;
}
