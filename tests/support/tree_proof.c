/*
 * tree_proof.c - making proofs as RFC 6962 defines them, and checking them
 * by the algorithms of RFC 9162, 2.1.3.2 and 2.1.4.2: tree_proof.h. The two
 * sides share no code, so that one checks the other.
 */
#include "tests/support/tree_proof.h"

#include <string.h>

/* The leaves from lo up to, without, hi. */
struct span {
	uint64_t lo, hi;
};

/* k of RFC 6962: the largest power of two below the length; length >= 2. */
static uint64_t
split_of(const struct span *span)
{
	return (uint64_t)1 << (63 - __builtin_clzll(span->hi - span->lo - 1));
}

/*
 * MTH of a span as the RFC's recursion meets them: it begins at a multiple
 * of the power of two that holds its length, so its subtrees are nodes.
 */
static enum err
span_hash(const struct tree_reader *reader, const struct span *span,
    struct tree_hash *out, struct errtext *err)
{
	struct tree_range range = { 0 };
	uint64_t len = span->hi - span->lo;
	struct tree_hash subtree;
	unsigned level;
	enum err rc;

	for (level = 41; level-- > 0;) {
		if ((len >> level & 1) == 0)
			continue;
		rc = reader->hash(reader->ctx, level,
		    (span->lo + range.size) >> level, &subtree, err);
		if (rc != ERR_OK)
			return rc;
		tree_range_append(&range, level, &subtree);
	}
	tree_range_root(&range, out);
	return ERR_OK;
}

/* The RFC's recursion writes from the root down; proofs read upwards. */
static void
turn_around(struct tree_proof *proof)
{
	struct tree_hash swap;
	size_t i;

	for (i = 0; i < proof->count / 2; i++) {
		swap = proof->at[i];
		proof->at[i] = proof->at[proof->count - 1 - i];
		proof->at[proof->count - 1 - i] = swap;
	}
}

static enum err
push(const struct tree_reader *reader, uint64_t lo, uint64_t hi,
    struct tree_proof *proof, struct errtext *err)
{
	const struct span span = { lo, hi };

	return span_hash(reader, &span, &proof->at[proof->count++], err);
}

/* Goes down into the half that holds `at`; the other half is pushed. */
static enum err
descend(const struct tree_reader *reader, bool left, struct span *span,
    struct tree_proof *proof, struct errtext *err)
{
	uint64_t middle = span->lo + split_of(span);
	uint64_t end = span->hi;

	if (left) {
		span->hi = middle;
		return push(reader, middle, end, proof, err);
	}
	end = span->lo;
	span->lo = middle;
	return push(reader, end, middle, proof, err);
}

enum err
tree_inclusion(const struct tree_reader *reader, uint64_t index, uint64_t size,
    struct tree_proof *out, struct errtext *err)
{
	struct tree_proof made = { 0 };
	struct span span = { 0, size };
	enum err rc;

	if (size > TREE_SIZE_MAX)
		return err_set(
		    err, ERR_LIMIT, "a log larger than any log can be");
	if (index >= size)
		return err_set(
		    err, ERR_USAGE, "the log has no entry of this number");
	while (span.hi - span.lo > 1) {
		rc = descend(reader, index < span.lo + split_of(&span), &span,
		    &made, err);
		if (rc != ERR_OK)
			return rc;
	}
	turn_around(&made);
	*out = made;
	return ERR_OK;
}

enum err
tree_consistency(const struct tree_reader *reader, uint64_t old, uint64_t size,
    struct tree_proof *out, struct errtext *err)
{
	struct tree_proof made = { 0 };
	struct span span = { 0, size };
	enum err rc;

	if (size > TREE_SIZE_MAX)
		return err_set(
		    err, ERR_LIMIT, "a log larger than any log can be");
	if (old > size)
		return err_set(err, ERR_USAGE,
		    "the log is smaller than what it should extend");
	while (old > 0 && span.hi != old) {
		rc = descend(reader, old <= span.lo + split_of(&span), &span,
		    &made, err);
		if (rc != ERR_OK)
			return rc;
	}
	/* from 0 the old tree itself is the node: its root is known */
	if (old > 0 && old < size && span.lo > 0 &&
	    (rc = push(reader, span.lo, span.hi, &made, err)) != ERR_OK)
		return rc;
	turn_around(&made);
	*out = made;
	return ERR_OK;
}

bool
tree_verify_inclusion(const struct tree_hash *leaf, uint64_t index,
    uint64_t size, const struct tree_proof *proof, const struct tree_hash *root)
{
	struct tree_hash hash = *leaf;
	uint64_t node = index;
	uint64_t last = size - 1;
	size_t i;

	if (index >= size || size > TREE_SIZE_MAX ||
	    proof->count > TREE_PROOF_MAX)
		return false;
	for (i = 0; i < proof->count; i++) {
		if (last == 0)
			return false; /* longer than the tree is high */
		if ((node & 1) != 0 || node == last) {
			tree_node(&proof->at[i], &hash, &hash);
			/* up over the levels where it has no sibling */
			while ((node & 1) == 0 && node != 0) {
				node >>= 1;
				last >>= 1;
			}
		} else
			tree_node(&hash, &proof->at[i], &hash);
		node >>= 1;
		last >>= 1;
	}
	return last == 0 && tree_hash_equal(&hash, root);
}

/* The walk of RFC 9162, 2.1.4.2, from its step 4 on; proof[at] is seed. */
static bool
walk(uint64_t node, uint64_t last, const struct tree_hash *seed,
    const struct tree_proof *proof, size_t at, struct tree_hash *old_root,
    struct tree_hash *root)
{
	*old_root = *seed;
	*root = *seed;
	for (; at < proof->count; at++) {
		if (last == 0)
			return false;
		if ((node & 1) != 0 || node == last) {
			tree_node(&proof->at[at], old_root, old_root);
			tree_node(&proof->at[at], root, root);
			while ((node & 1) == 0 && node != 0) {
				node >>= 1;
				last >>= 1;
			}
		} else
			tree_node(root, &proof->at[at], root);
		node >>= 1;
		last >>= 1;
	}
	return last == 0;
}

bool
tree_verify_consistency(uint64_t old, const struct tree_hash *old_root,
    uint64_t size, const struct tree_hash *root, const struct tree_proof *proof)
{
	struct tree_hash empty, first, second;
	uint64_t node = old - 1;
	uint64_t last = size - 1;
	bool power = (old & (old - 1)) == 0;

	if (old > size || size > TREE_SIZE_MAX || proof->count > TREE_PROOF_MAX)
		return false;
	if (old == size)
		return proof->count == 0 && tree_hash_equal(old_root, root);
	if (old == 0) {
		tree_empty(&empty);
		return proof->count == 0 && tree_hash_equal(old_root, &empty);
	}
	if (proof->count == 0)
		return false;
	while ((node & 1) != 0) {
		node >>= 1;
		last >>= 1;
	}
	/* a power of two is a node of the new tree: its root is the seed */
	if (!walk(node, last, power ? old_root : &proof->at[0], proof,
		power ? 0 : 1, &first, &second))
		return false;
	return tree_hash_equal(&first, old_root) &&
	    tree_hash_equal(&second, root);
}

enum err
tree_root(const struct tree_reader *reader, uint64_t size,
    struct tree_hash *out, struct errtext *err)
{
	struct tree_range range = { 0 };
	struct tree_hash subtree;
	unsigned level;
	enum err rc;

	if (size > TREE_SIZE_MAX)
		return err_set(
		    err, ERR_LIMIT, "a log larger than any log can be");
	/* largest first, so that each lies where the range wants it */
	for (level = 41; level-- > 0;) {
		if ((size >> level & 1) == 0)
			continue;
		rc = reader->hash(
		    reader->ctx, level, range.size >> level, &subtree, err);
		if (rc != ERR_OK)
			return rc;
		tree_range_append(&range, level, &subtree);
	}
	tree_range_root(&range, out);
	return ERR_OK;
}

enum err
tile_tree_hash(void *log_reader, unsigned level, uint64_t index,
    struct tree_hash *out, struct errtext *err)
{
	const struct log_reader *log = log_reader;
	unsigned above = level % TILE_HEIGHT; /* levels over the tile's row */
	struct tree_hash row[TILE_WIDTH / 2];
	unsigned width = 1u << above;
	unsigned i;
	enum err rc;

	rc = log->hashes(
	    log->ctx, level / TILE_HEIGHT, index << above, width, row, err);
	if (rc != ERR_OK)
		return rc;
	for (width /= 2; width > 0; width /= 2)
		for (i = 0; i < width; i++)
			tree_node(&row[2 * i], &row[2 * i + 1], &row[i]);
	*out = row[0];
	return ERR_OK;
}
