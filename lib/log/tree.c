/*
 * tree.c - hashes, compact ranges and roots of RFC 6962: tree.h.
 *
 * SHA256_Init() and friends are OpenSSL's older interface, on purpose: an
 * audit hashes two nodes a line, EVP takes 1.5 times as long for 65 bytes
 * (3 times without a context kept somewhere), and these cannot fail, which
 * keeps every caller free of an error that never comes.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "log/tree.h"

#include <openssl/sha.h>

#include <string.h>

#define LEAF_PREFIX 0x00
#define NODE_PREFIX 0x01

bool
tree_hash_equal(const struct tree_hash *a, const struct tree_hash *b)
{
	return memcmp(a->at, b->at, TREE_HASH_SIZE) == 0;
}

void
tree_leaf(const void *entry, size_t len, struct tree_hash *out)
{
	const uint8_t prefix = LEAF_PREFIX;
	SHA256_CTX sha;

	SHA256_Init(&sha);
	SHA256_Update(&sha, &prefix, 1);
	if (len > 0)
		SHA256_Update(&sha, entry, len);
	SHA256_Final(out->at, &sha);
}

void
tree_node(const struct tree_hash *left, const struct tree_hash *right,
    struct tree_hash *out)
{
	uint8_t node[1 + 2 * TREE_HASH_SIZE];
	SHA256_CTX sha;

	node[0] = NODE_PREFIX;
	memcpy(node + 1, left->at, TREE_HASH_SIZE);
	memcpy(node + 1 + TREE_HASH_SIZE, right->at, TREE_HASH_SIZE);
	SHA256_Init(&sha);
	SHA256_Update(&sha, node, sizeof(node));
	SHA256_Final(out->at, &sha);
}

void
tree_empty(struct tree_hash *out)
{
	SHA256_CTX sha;

	SHA256_Init(&sha);
	SHA256_Final(out->at, &sha);
}

size_t
tree_range_count(const struct tree_range *range)
{
	return (size_t)__builtin_popcountll(range->size);
}

/*
 * Like adding 2^level to a binary number: each carry joins the two newest
 * subtrees, which are then of equal size, into their parent.
 */
bool
tree_range_append(
    struct tree_range *range, unsigned level, const struct tree_hash *subtree)
{
	size_t count = tree_range_count(range);
	struct tree_hash joined = *subtree;
	uint64_t step;
	uint64_t bit;

	if (level > 40)
		return false;
	step = (uint64_t)1 << level;
	if ((range->size & (step - 1)) != 0 ||
	    range->size > TREE_SIZE_MAX - step)
		return false;
	for (bit = step; (range->size & bit) != 0; bit <<= 1)
		tree_node(&range->node[--count], &joined, &joined);
	range->node[count] = joined;
	range->size += step;
	return true;
}

void
tree_range_root(const struct tree_range *range, struct tree_hash *out)
{
	size_t i = tree_range_count(range);
	struct tree_hash root;

	if (i == 0) {
		tree_empty(out);
		return;
	}
	root = range->node[--i];
	while (i-- > 0)
		tree_node(&range->node[i], &root, &root);
	*out = root;
}
