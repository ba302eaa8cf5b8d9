/*
 * tree.h - the Merkle tree of RFC 6962, section 2.1, over SHA-256: hashes,
 * and the compact range that grows a tree. No proofs: whoever checks
 * a log hashes it from tiles (log/proven.h, log/read.h).
 *
 * A leaf is SHA-256(0x00 | entry), an inner node SHA-256(0x01 | left |
 * right); the tree of no entries has SHA-256 of nothing. Level 0 are the
 * leaves; node (level, index) spans the 2^level leaves from index * 2^level
 * and is a node of the tree only where all of these exist.
 *
 * Nothing here reads a file or checks a signature: a root is worth what the
 * checkpoint around it is worth (log/checkpoint.h).
 */
#ifndef LOG_TREE_H
#define LOG_TREE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TREE_HASH_SIZE 32
/* More entries than any center writes; five levels of tiles. A larger size
 * in a stranger's checkpoint is refused before anything is computed. */
#define TREE_SIZE_MAX  ((uint64_t)1 << 40)
#define TREE_RANGE_MAX 41 /* subtrees of a range of TREE_SIZE_MAX */

struct tree_hash {
	uint8_t at[TREE_HASH_SIZE];
};

/* tree_hash_equal - the same hash? Hashes are public: not in constant time. */
bool tree_hash_equal(const struct tree_hash *a, const struct tree_hash *b);

/* tree_leaf - hash of an entry of len bytes. */
void tree_leaf(const void *entry, size_t len, struct tree_hash *out);

/* tree_node - hash of an inner node; out may be left or right. */
void tree_node(const struct tree_hash *left, const struct tree_hash *right,
    struct tree_hash *out);

/* tree_empty - root of the tree without entries. */
void tree_empty(struct tree_hash *out);

/*
 * A compact range from the first leaf: the roots of the complete subtrees
 * that `size` splits into, largest first, one for each bit of size. Start as
 * {0}. It is all that a growing tree needs of its past: to store it, store
 * size and tree_range_count() hashes.
 */
struct tree_range {
	uint64_t size;
	struct tree_hash node[TREE_RANGE_MAX];
};

/* tree_range_count - how many of node[] are in use: the bits set in size. */
size_t tree_range_count(const struct tree_range *range);

/*
 * tree_range_append - add the complete subtree of 2^level leaves that comes
 * next; level 0 is one leaf. False, range unchanged, when size is no
 * multiple of 2^level or would pass TREE_SIZE_MAX.
 */
bool tree_range_append(
    struct tree_range *range, unsigned level, const struct tree_hash *subtree);

/* tree_range_root - the root of the tree of range->size leaves. */
void tree_range_root(const struct tree_range *range, struct tree_hash *out);

#endif
