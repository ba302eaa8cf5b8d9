/*
 * tree_proof.h - roots, inclusion and consistency proofs of RFC 6962, made and
 * checked: an oracle for what lib/log makes of tiles, and itself checked
 * against the RFC's vectors and Go (test_tree.c, test_oracle.c).
 */
#ifndef TESTS_SUPPORT_TREE_PROOF_H
#define TESTS_SUPPORT_TREE_PROOF_H

#include "log/tile.h"
#include "log/tree.h"

#define TREE_PROOF_MAX 41 /* hashes of a proof; inclusion needs 40 */

/*
 * Where proofs take their hashes from: a table, tiles (tile_tree_hash()). Asked
 * only for complete nodes. What it returns is handed on by the callers.
 */
struct tree_reader {
	enum err (*hash)(void *ctx, unsigned level, uint64_t index,
	    struct tree_hash *out, struct errtext *err);
	void *ctx;
};

struct tree_proof {
	size_t count;
	struct tree_hash at[TREE_PROOF_MAX];
};

/*
 * tree_root - root of the tree of the first `size` leaves. ERR_LIMIT over
 * TREE_SIZE_MAX, or the reader's error.
 */
enum err tree_root(const struct tree_reader *reader, uint64_t size,
    struct tree_hash *out, struct errtext *err);

/*
 * tree_inclusion - the audit path of leaf `index` in the tree of `size`
 * leaves (RFC 6962, 2.1.1), from the leaf's sibling up.
 *
 * Returns ERR_OK, ERR_USAGE (index not below size), ERR_LIMIT, or the
 * reader's error; out is written only on ERR_OK.
 */
enum err tree_inclusion(const struct tree_reader *reader, uint64_t index,
    uint64_t size, struct tree_proof *out, struct errtext *err);

/*
 * tree_consistency - the proof that the tree of `size` leaves extends that
 * of `old` leaves (RFC 6962, 2.1.2). Empty where nothing needs a proof: old
 * is 0 or equal to size.
 *
 * Returns ERR_OK, ERR_USAGE (old over size), ERR_LIMIT, or the reader's
 * error; out is written only on ERR_OK.
 */
enum err tree_consistency(const struct tree_reader *reader, uint64_t old,
    uint64_t size, struct tree_proof *out, struct errtext *err);

/*
 * tree_verify_inclusion - does this very proof put leaf at index into the
 * tree with this root? False for every other index, size, length or hash.
 */
bool tree_verify_inclusion(const struct tree_hash *leaf, uint64_t index,
    uint64_t size, const struct tree_proof *proof,
    const struct tree_hash *root);

/*
 * tree_verify_consistency - does this very proof show that the tree (size,
 * root) extends the tree (old, old_root)? Old trees of no leaves must have
 * the empty root; every proof longer or shorter than needed is refused.
 */
bool tree_verify_consistency(uint64_t old, const struct tree_hash *old_root,
    uint64_t size, const struct tree_hash *root,
    const struct tree_proof *proof);

/*
 * tile_tree_hash - any node of the tree from a `struct log_reader *`; for
 * struct tree_reader, so that proofs can be made from a table that holds
 * tile levels alone.
 */
enum err tile_tree_hash(void *log_reader, unsigned level, uint64_t index,
    struct tree_hash *out, struct errtext *err);

#endif
