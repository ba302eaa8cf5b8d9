/*
 * proven.c - proving tiles and bundles from the root down: proven.h.
 */
#include "log/proven.h"

#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

struct row {
	bool loaded;
	uint64_t index; /* of the tile */
	struct tree_hash hash[TILE_WIDTH];
};

struct proven {
	const struct log_source *source;
	const struct checkpoint *head;
	struct row edge[TILE_LEVELS]; /* rightmost tiles; [0] is not used */
	struct row full[TILE_LEVELS]; /* the newest full one of each level */
	struct proven_bundle last;    /* the partial bundle, if there is one */
	struct proven_bundle current; /* the newest full one */
};

static enum err
damaged(const char *path, struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("%s: does not fit the signed head of the log: the copy is "
	      "damaged or was changed. Get a new copy"),
	    path);
}

static enum err
missing(const char *path, struct errtext *err)
{
	return err_set(err, ERR_NOT_FOUND,
	    _("%s: this part of the log is missing: the copy is not whole. "
	      "Get a new copy"),
	    path);
}

/* --- files ----------------------------------------------------------- */

/*
 * A file of `width`, or where that is gone already, the full one, which
 * begins with the same: whole is set then.
 */
static enum err
fetch(const struct proven *p, unsigned level, uint64_t index, unsigned width,
    struct bytes *out, char path[TILE_PATH_SIZE], bool *whole,
    struct errtext *err)
{
	size_t each = level == TILE_BUNDLE ? 2 + ENTRY_MAX : TREE_HASH_SIZE;
	char wanted[TILE_PATH_SIZE];
	enum err rc;

	*whole = width == TILE_WIDTH;
	if (!tile_path(level, index, width, path))
		return err_set(
		    err, ERR_LIMIT, _("a log larger than any log can be"));
	memcpy(wanted, path, sizeof(wanted));
	bytes_reset(out);
	rc = p->source->fetch(p->source->ctx, path, width * each, out, err);
	if (rc == ERR_NOT_FOUND && !*whole) {
		*whole = true;
		tile_path(level, index, TILE_WIDTH, path);
		bytes_reset(out);
		rc = p->source->fetch(
		    p->source->ctx, path, TILE_WIDTH * each, out, err);
	}
	return rc == ERR_NOT_FOUND ? missing(wanted, err) : rc;
}

static enum err
fetch_tile(const struct proven *p, unsigned level, uint64_t index,
    unsigned width, struct tree_hash out[TILE_WIDTH], struct errtext *err)
{
	char path[TILE_PATH_SIZE];
	struct bytes tile = { 0 };
	bool whole;
	enum err rc;

	rc = fetch(p, level, index, width, &tile, path, &whole, err);
	if (rc == ERR_OK &&
	    tile_hashes(tile.at, tile.len, out) != (whole ? TILE_WIDTH : width))
		rc = damaged(path, err);
	bytes_free(&tile);
	return rc;
}

/* Cuts a full bundle down to its first width entries. */
static bool
cut_bundle(struct bytes *bytes, unsigned width)
{
	struct reader r = { bytes->at, bytes->len };
	struct reader entry;

	while (width-- > 0)
		if (!bundle_next(&r, &entry))
			return false;
	bytes->len -= r.left;
	return true;
}

static enum err
fetch_bundle(const struct proven *p, uint64_t index, unsigned width,
    struct proven_bundle *out, struct errtext *err)
{
	char path[TILE_PATH_SIZE];
	bool whole;
	enum err rc;

	out->loaded = false;
	rc =
	    fetch(p, TILE_BUNDLE, index, width, &out->bytes, path, &whole, err);
	if (rc != ERR_OK)
		return rc;
	if ((whole && width < TILE_WIDTH && !cut_bundle(&out->bytes, width)) ||
	    !bundle_hashes(out->bytes.at, out->bytes.len, width, out->leaf))
		return damaged(path, err);
	out->index = index;
	out->width = width;
	return ERR_OK;
}

/* --- proofs ---------------------------------------------------------- */

static unsigned
edge_width(uint64_t size, unsigned level)
{
	return (unsigned)(size >> TILE_HEIGHT * level) % TILE_WIDTH;
}

/* The right edge, from the top level down to the last bundle's leaves. */
static enum err
prove_edge(struct proven *p, struct errtext *err)
{
	struct tree_range range = { 0 };
	uint64_t size = p->head->size;
	struct tree_hash root;
	unsigned level, width, i;
	enum err rc = ERR_OK;

	for (level = tile_levels(size); level-- > 0;) {
		const struct tree_hash *row =
		    level > 0 ? p->edge[level].hash : p->last.leaf;

		if ((width = edge_width(size, level)) == 0)
			continue;
		if (level > 0)
			rc = fetch_tile(p, level,
			    size >> TILE_HEIGHT * (level + 1), width,
			    p->edge[level].hash, err);
		else
			rc = fetch_bundle(
			    p, size >> TILE_HEIGHT, width, &p->last, err);
		if (rc != ERR_OK)
			return rc;
		for (i = 0; i < width; i++)
			tree_range_append(&range, TILE_HEIGHT * level, &row[i]);
	}
	tree_range_root(&range, &root);
	return tree_hash_equal(&root, &p->head->root) ? ERR_OK
						      : damaged("tile", err);
}

static enum err prove_hash(struct proven *p, unsigned level, uint64_t index,
    struct tree_hash *out, struct errtext *err);

/* A proven tile of level 1 or above that holds hash `index` of its level. */
static enum err
prove_row(struct proven *p, unsigned level, uint64_t tile,
    const struct row **out, struct errtext *err)
{
	struct row *row = &p->full[level];
	struct tree_hash have, want;
	char path[TILE_PATH_SIZE];
	enum err rc;

	if (tile == p->head->size >> TILE_HEIGHT * (level + 1)) {
		*out = &p->edge[level];
		return ERR_OK;
	}
	*out = row;
	if (row->loaded && row->index == tile)
		return ERR_OK;
	row->loaded = false;
	if ((rc = prove_hash(p, level + 1, tile, &want, err)) != ERR_OK ||
	    (rc = fetch_tile(p, level, tile, TILE_WIDTH, row->hash, err)) !=
		ERR_OK)
		return rc;
	tile_root(row->hash, &have);
	if (!tree_hash_equal(&have, &want)) {
		tile_path(level, tile, TILE_WIDTH, path);
		return damaged(path, err);
	}
	row->index = tile;
	row->loaded = true;
	return ERR_OK;
}

/* Hash `index` of tile level 1 or above; it must be complete in the tree. Each
 * call goes up one level; above the top there is only the edge. */
static enum err
prove_hash(struct proven *p, unsigned level, uint64_t index,
    struct tree_hash *out, struct errtext *err)
{
	const struct row *row;
	enum err rc;

	rc = prove_row(p, level, index / TILE_WIDTH, &row, err);
	if (rc == ERR_OK)
		*out = row->hash[index % TILE_WIDTH];
	return rc;
}

enum err
proven_load(struct proven *p, uint64_t index, const struct proven_bundle **out,
    struct errtext *err)
{
	struct proven_bundle *bundle = &p->current;
	struct tree_hash want;
	char path[TILE_PATH_SIZE];
	enum err rc;

	if (index == p->head->size / TILE_WIDTH) {
		*out = &p->last;
		return ERR_OK;
	}
	*out = bundle;
	if (bundle->loaded && bundle->index == index)
		return ERR_OK;
	if ((rc = prove_hash(p, 1, index, &want, err)) != ERR_OK ||
	    (rc = fetch_bundle(p, index, TILE_WIDTH, bundle, err)) != ERR_OK)
		return rc;
	tile_root(bundle->leaf, &bundle->root);
	if (!tree_hash_equal(&bundle->root, &want)) {
		tile_path(TILE_BUNDLE, index, TILE_WIDTH, path);
		return damaged(path, err);
	}
	bundle->loaded = true;
	return ERR_OK;
}

enum err
proven_check_tile(
    struct proven *p, const struct proven_bundle *bundle, struct errtext *err)
{
	struct tree_hash row[TILE_WIDTH];
	char path[TILE_PATH_SIZE];
	enum err rc;

	rc = fetch_tile(p, 0, bundle->index, bundle->width, row, err);
	if (rc == ERR_OK &&
	    memcmp(row, bundle->leaf, bundle->width * sizeof(row[0])) != 0) {
		tile_path(0, bundle->index, bundle->width, path);
		rc = damaged(path, err);
	}
	return rc;
}

static enum err
proven_any(struct proven *p, unsigned level, uint64_t index,
    struct tree_hash *out, struct errtext *err)
{
	const struct proven_bundle *bundle;
	enum err rc;

	if (level > 0)
		return prove_hash(p, level, index, out, err);
	rc = proven_load(p, index / TILE_WIDTH, &bundle, err);
	if (rc == ERR_OK)
		*out = bundle->leaf[index % TILE_WIDTH];
	return rc;
}

enum err
proven_root(
    struct proven *p, uint64_t size, struct tree_hash *out, struct errtext *err)
{
	struct tree_range range = { 0 };
	struct tree_hash hash;
	unsigned level, width;
	enum err rc;

	for (level = tile_levels(size); level-- > 0;)
		for (width = edge_width(size, level); width > 0; width--) {
			rc = proven_any(p, level,
			    range.size >> TILE_HEIGHT * level, &hash, err);
			if (rc != ERR_OK)
				return rc;
			tree_range_append(&range, TILE_HEIGHT * level, &hash);
		}
	tree_range_root(&range, out);
	return ERR_OK;
}

enum err
proven_open(const struct log_source *source, const struct checkpoint *head,
    struct proven **out, struct errtext *err)
{
	struct proven *p = calloc(1, sizeof(*p));
	enum err rc;

	if (p == NULL)
		return err_memory(err);
	p->source = source;
	p->head = head;
	if ((rc = prove_edge(p, err)) == ERR_OK) {
		*out = p;
		p = NULL;
	}
	proven_free(&p);
	return rc;
}

void
proven_free(struct proven **p)
{
	if (*p == NULL)
		return;
	bytes_free(&(*p)->last.bytes);
	bytes_free(&(*p)->current.bytes);
	free(*p);
	*p = NULL;
}
