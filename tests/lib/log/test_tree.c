#include "log/tree.h"

#include "base/encode.h"
#include "tests/check_main.h"
#include "tests/lib/log/forest.h"
#include "tests/lib/log/reference.h"
#include "tests/support/decoded.h"
#include "tests/support/tree_proof.h"
#include "tests/support/vectors.h"

#include <openssl/evp.h>

/* --- published: the reference leaves of Certificate Transparency ----- */

/* old: of a consistency proof, or the index of an inclusion proof */
static const struct {
	unsigned old, size;
	const char *at[4];
} inclusions[] = {
	{ 0, 1, { NULL } },
	{ 0, 8,
	    { "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09"
	      "cfc7",
		"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50d"
		"e3031e",
		"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca3"
		"9bf6e4",
		NULL } },
	{ 5, 8,
	    { "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d8859"
	      "9e6b",
		"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d597"
		"5a0ae0",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd9520"
		"9614b7",
		NULL } },
	{ 2, 3,
	    { "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3"
	      "c125",
		NULL } },
	{ 1, 5,
	    { "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617af"
	      "a01d",
		"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50d"
		"e3031e",
		"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88"
		"599e6b",
		NULL } },
}, consistencies[] = {
	{ 1, 1, { NULL } },
	{ 1, 8,
	    { "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09"
	      "cfc7",
		"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50d"
		"e3031e",
		"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca3"
		"9bf6e4",
		NULL } },
	{ 6, 8,
	    { "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558"
	      "ef6a",
		"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d597"
		"5a0ae0",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd9520"
		"9614b7",
		NULL } },
	{ 2, 5,
	    { "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3"
	      "031e",
		"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88"
		"599e6b",
		NULL } },
	{ 6, 7,
	    { "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558"
	      "ef6a",
		"b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16f"
		"fb1a5f",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd9520"
		"9614b7",
		NULL } },
};

/* The nodes of the reference tree, like forest_hash(). */
static enum err
reference_hash(void *ctx, unsigned level, uint64_t index, struct tree_hash *out,
    struct errtext *err)
{
	struct tree_hash right;

	if (level == 0) {
		reference_leaf((unsigned)index, out);
		return ERR_OK;
	}
	reference_hash(ctx, level - 1, index * 2, out, err);
	reference_hash(ctx, level - 1, index * 2 + 1, &right, err);
	tree_node(out, &right, out);
	return ERR_OK;
}

static const struct tree_reader reference = { reference_hash, NULL };

START_TEST(published_roots)
{
	struct tree_range range = { 0 };
	struct tree_hash want, got;
	unsigned i;

	for (i = 0; i < (unsigned)COUNT(reference_roots); i++) {
		reference_hash_from(reference_roots[i], &want);
		tree_range_root(&range, &got);
		ck_assert_mem_eq(got.at, want.at, TREE_HASH_SIZE);
		ck_assert_int_eq(tree_root(&reference, i, &got, NULL), ERR_OK);
		ck_assert_mem_eq(got.at, want.at, TREE_HASH_SIZE);
		if (i == REFERENCE_LEAVES)
			break;
		reference_leaf(i, &got);
		ck_assert(tree_range_append(&range, 0, &got));
		ck_assert_uint_eq(range.size, i + 1);
	}
}
END_TEST

static void
expect_proof(const struct tree_proof *got, const char *const *want)
{
	struct tree_hash hash;
	size_t i;

	for (i = 0; want[i] != NULL; i++) {
		ck_assert_uint_lt(i, got->count);
		reference_hash_from(want[i], &hash);
		ck_assert_mem_eq(got->at[i].at, hash.at, TREE_HASH_SIZE);
	}
	ck_assert_uint_eq(got->count, i);
}

START_TEST(published_inclusion)
{
	unsigned index = inclusions[_i].old, size = inclusions[_i].size;
	struct tree_hash leaf, root;
	struct tree_proof proof;

	ck_assert_int_eq(
	    tree_inclusion(&reference, index, size, &proof, NULL), ERR_OK);
	expect_proof(&proof, inclusions[_i].at);
	reference_leaf(index, &leaf);
	reference_hash_from(reference_roots[size], &root);
	ck_assert(tree_verify_inclusion(&leaf, index, size, &proof, &root));
}
END_TEST

START_TEST(published_consistency)
{
	unsigned old = consistencies[_i].old, size = consistencies[_i].size;
	struct tree_hash old_root, root;
	struct tree_proof proof;

	ck_assert_int_eq(
	    tree_consistency(&reference, old, size, &proof, NULL), ERR_OK);
	expect_proof(&proof, consistencies[_i].at);
	reference_hash_from(reference_roots[old], &old_root);
	reference_hash_from(reference_roots[size], &root);
	ck_assert(tree_verify_consistency(old, &old_root, size, &root, &proof));
}
END_TEST

/* --- published: proofs good and damaged, of transparency-dev/merkle -------- */

/* False for a word that is no hash: such a proof cannot even be written here. */
static bool
hash_of(const char *word, struct tree_hash *out)
{
	return hex_decode_exact(word, strlen(word), out->at, TREE_HASH_SIZE);
}

static void
judge_proof(char *word[VECTOR_WORDS], void *ctx)
{
	bool good = vector_is_good(word[1]), got, whole;
	unsigned long long a = strtoull(word[2], NULL, 10),
			   b = strtoull(word[3], NULL, 10);
	struct tree_proof proof = { 0 };
	struct tree_hash first, second;

	(void)ctx;
	whole = hash_of(word[4], &first) && hash_of(word[5], &second);
	for (size_t i = 6; word[i][0] != '\0'; i++)
		whole = whole && hash_of(word[i], &proof.at[proof.count++]);
	/* "roots" of 12 bytes: equal, so good, but none of SHA-256 */
	if (strcmp(word[4], "646f6e277420636172652032") == 0)
		good = false;
	got = whole &&
	    (word[0][0] == 'i'
		    ? tree_verify_inclusion(&first, a, b, &proof, &second)
		    : tree_verify_consistency(a, &first, b, &second, &proof));
	ck_assert_msg(got == good, "%s", word[0]);
}

START_TEST(published_proofs_good_and_damaged)
{
	ck_assert_uint_eq(vectors_each("merkle.txt", judge_proof, NULL), 196);
}
END_TEST

/* --- against the definition ---------------------------------------------- */

/* The older interface of OpenSSL hashes as EVP does, whatever the length. */
START_TEST(hashes_like_evp)
{
	uint8_t entry[600], digest[32];
	struct tree_hash left, right, got;
	size_t len;

	for (len = 0; len < sizeof(entry); len++)
		entry[len] = (uint8_t)(len * 7);
	for (len = 1; len < sizeof(entry); len++) {
		entry[0] = 0;
		EVP_Digest(entry, len, digest, NULL, EVP_sha256(), NULL);
		tree_leaf(entry + 1, len - 1, &got);
		ck_assert_mem_eq(got.at, digest, 32);
	}
	memcpy(left.at, entry + 1, 32);
	memcpy(right.at, entry + 33, 32);
	entry[0] = 1;
	EVP_Digest(entry, 65, digest, NULL, EVP_sha256(), NULL);
	tree_node(&left, &right, &got);
	ck_assert_mem_eq(got.at, digest, 32);
	tree_node(&left, &right, &left);
	ck_assert(tree_hash_equal(&left, &got));
	ck_assert(!tree_hash_equal(&right, &got));
}
END_TEST

START_TEST(roots_at_borders)
{
	uint64_t size = forest_sizes[_i];
	struct tree_range range = { 0 };
	struct tree_hash want, got;
	struct forest f;
	uint64_t i;

	forest_fill(&f, size, 1);
	forest_root(&f, size, &want);
	for (i = 0; i < size; i++)
		FOREST_ASSERT(tree_range_append(&range, 0, &f.level[0][i]));
	tree_range_root(&range, &got);
	ck_assert_mem_eq(got.at, want.at, TREE_HASH_SIZE);
	ck_assert_int_eq(tree_root(&(struct tree_reader){ forest_hash, &f },
			     size, &got, NULL),
	    ERR_OK);
	ck_assert_mem_eq(got.at, want.at, TREE_HASH_SIZE);
	forest_clear(&f);
}
END_TEST

/* Whole subtrees give the range that leaves one by one give. */
START_TEST(range_takes_subtrees)
{
	struct tree_range one = { 0 }, many = { 0 };
	struct tree_hash got, want;
	struct forest f;
	uint64_t i;

	forest_fill(&f, 1000, 1);
	for (i = 0; i < 1000; i++)
		tree_range_append(&one, 0, &f.level[0][i]);
	for (i = 0; i < 3; i++)
		ck_assert(tree_range_append(&many, 8, &f.level[8][i]));
	ck_assert(!tree_range_append(&many, 9, &f.level[9][0]));
	ck_assert_uint_eq(many.size, 768);
	ck_assert(tree_range_append(&many, 7, &f.level[7][6]));
	ck_assert(!tree_range_append(&many, 8, &f.level[8][0]));
	for (i = 896; i < 1000; i++)
		ck_assert(tree_range_append(&many, 0, &f.level[0][i]));
	ck_assert_uint_eq(tree_range_count(&many), 6);
	ck_assert_mem_eq(many.node, one.node, 6 * sizeof(many.node[0]));
	tree_range_root(&many, &got);
	tree_range_root(&one, &want);
	ck_assert(tree_hash_equal(&got, &want));
	forest_clear(&f);
}
END_TEST

START_TEST(range_limits)
{
	const struct tree_hash hash = { { 1 } };
	struct tree_range range = { 0 };

	ck_assert(!tree_range_append(&range, 41, &hash));
	ck_assert(!tree_range_append(&range, 64, &hash));
	ck_assert(tree_range_append(&range, 40, &hash));
	ck_assert_uint_eq(range.size, TREE_SIZE_MAX);
	ck_assert(!tree_range_append(&range, 0, &hash));
	range.size = TREE_SIZE_MAX - 1;
	ck_assert_uint_eq(tree_range_count(&range), 40);
	ck_assert(tree_range_append(&range, 0, &hash));
	ck_assert_uint_eq(tree_range_count(&range), 1);
}
END_TEST

/* Every proof of every small tree is accepted, where it belongs alone. */
START_TEST(inclusion_of_all_small_trees)
{
	struct tree_hash root;
	struct tree_proof proof;
	struct forest f;
	uint64_t size, i, other;

	forest_fill(&f, 40, 1);
	for (size = 1; size <= 40; size++) {
		const struct tree_reader reader = { forest_hash, &f };

		forest_root(&f, size, &root);
		for (i = 0; i < size; i++) {
			ck_assert_int_eq(
			    tree_inclusion(&reader, i, size, &proof, NULL),
			    ERR_OK);
			for (other = 0; other <= size; other++)
				ck_assert_int_eq(
				    tree_verify_inclusion(&f.level[0][i], other,
					size, &proof, &root),
				    other == i);
			ck_assert(!tree_verify_inclusion(
			    &f.level[0][(i + 1) % 40], i, size, &proof, &root));
		}
	}
	forest_clear(&f);
}
END_TEST

START_TEST(consistency_of_all_small_trees)
{
	struct tree_hash old_root, root;
	struct tree_proof proof;
	struct forest f;
	uint64_t size, old, other;

	forest_fill(&f, 40, 1);
	for (size = 0; size <= 40; size++) {
		const struct tree_reader reader = { forest_hash, &f };

		forest_root(&f, size, &root);
		for (old = 0; old <= size; old++) {
			forest_root(&f, old, &old_root);
			ck_assert_int_eq(
			    tree_consistency(&reader, old, size, &proof, NULL),
			    ERR_OK);
			for (other = 0; other <= 41; other++)
				ck_assert_int_eq(
				    tree_verify_consistency(
					other, &old_root, size, &root, &proof),
				    other == old);
		}
	}
	forest_clear(&f);
}
END_TEST

/* Longer, shorter, or with any one bit changed. */
START_TEST(damaged_proofs_are_refused)
{
	static const struct {
		uint64_t old, size;
	} of[] = { { 1, 300 }, { 128, 300 }, { 255, 300 }, { 256, 300 },
		{ 299, 300 }, { 6, 7 } };
	uint64_t old = of[_i].old, size = of[_i].size;
	struct tree_proof in, con, bad;
	struct tree_hash root, old_root;
	struct forest f;
	size_t i;

	forest_fill(&f, size, 1);
	forest_root(&f, size, &root);
	forest_root(&f, old, &old_root);
	const struct tree_reader reader = { forest_hash, &f };
	const struct tree_hash *leaf = &f.level[0][old];

	ck_assert_int_eq(tree_inclusion(&reader, old, size, &in, NULL), ERR_OK);
	ck_assert_int_eq(
	    tree_consistency(&reader, old, size, &con, NULL), ERR_OK);
	ck_assert(tree_verify_inclusion(leaf, old, size, &in, &root));
	for (i = 0; i < in.count * 256; i++) {
		bad = in;
		bad.at[i / 256].at[i / 8 % 32] ^= (uint8_t)(1u << i % 8);
		ck_assert(!tree_verify_inclusion(leaf, old, size, &bad, &root));
	}
	for (i = 0; i < con.count * 256; i++) {
		bad = con;
		bad.at[i / 256].at[i / 8 % 32] ^= (uint8_t)(1u << i % 8);
		ck_assert(!tree_verify_consistency(
		    old, &old_root, size, &root, &bad));
	}
	for (i = 0; i <= TREE_PROOF_MAX + 1; i++) {
		bad = in;
		bad.count = i;
		ck_assert_int_eq(
		    tree_verify_inclusion(leaf, old, size, &bad, &root),
		    i == in.count);
		bad = con;
		bad.count = i;
		ck_assert_int_eq(
		    tree_verify_consistency(old, &old_root, size, &root, &bad),
		    i == con.count);
	}
	ck_assert(!tree_verify_consistency(old, &root, size, &root, &con));
	ck_assert(
	    !tree_verify_consistency(old, &old_root, size, &old_root, &con));
	ck_assert(!tree_verify_consistency(size, &root, old, &old_root, &con));
	forest_clear(&f);
}
END_TEST

START_TEST(proofs_at_borders)
{
	uint64_t size = forest_sizes[_i];
	struct tree_hash root, old_root;
	struct tree_proof proof;
	struct forest f;
	uint64_t i;

	forest_fill(&f, size, 1);
	forest_root(&f, size, &root);
	const struct tree_reader reader = { forest_hash, &f };

	for (i = 0; i < size; i += 1 + size / 97) {
		ck_assert_int_eq(
		    tree_inclusion(&reader, i, size, &proof, NULL), ERR_OK);
		ck_assert(tree_verify_inclusion(
		    &f.level[0][i], i, size, &proof, &root));
		forest_root(&f, i, &old_root);
		ck_assert_int_eq(
		    tree_consistency(&reader, i, size, &proof, NULL), ERR_OK);
		ck_assert(
		    tree_verify_consistency(i, &old_root, size, &root, &proof));
	}
	forest_clear(&f);
}
END_TEST

/* A proof needs some hashes a level, not the whole tree. */
START_TEST(proofs_are_cheap)
{
	struct tree_proof proof;
	struct forest f;

	forest_fill(&f, 65535, 1);
	const struct tree_reader reader = { forest_hash, &f };

	ck_assert_int_eq(
	    tree_inclusion(&reader, 0, 65535, &proof, NULL), ERR_OK);
	ck_assert_uint_le(f.asked, 16 * 16);
	forest_clear(&f);
}
END_TEST

static enum err
failing_hash(void *ctx, unsigned level, uint64_t index, struct tree_hash *out,
    struct errtext *err)
{
	(void)ctx, (void)level, (void)index, (void)out;
	return err_set(err, ERR_IO, "no such disk");
}

START_TEST(errors_and_limits)
{
	const struct tree_reader failing = { failing_hash, NULL };
	struct tree_proof proof = { .count = 17 };
	struct tree_hash root = { { 5 } };
	struct errtext err = { 0 };

	ck_assert_int_eq(tree_root(&failing, 5, &root, &err), ERR_IO);
	ck_assert_str_eq(err.text, "no such disk");
	ck_assert_int_eq(tree_inclusion(&failing, 3, 5, &proof, NULL), ERR_IO);
	ck_assert_int_eq(
	    tree_consistency(&failing, 3, 5, &proof, NULL), ERR_IO);
	ck_assert_int_eq(
	    tree_inclusion(&reference, 5, 5, &proof, NULL), ERR_USAGE);
	ck_assert_int_eq(
	    tree_inclusion(&reference, 0, 0, &proof, NULL), ERR_USAGE);
	ck_assert_int_eq(
	    tree_consistency(&reference, 6, 5, &proof, NULL), ERR_USAGE);
	ck_assert_int_eq(
	    tree_inclusion(&reference, 0, TREE_SIZE_MAX + 1, &proof, NULL),
	    ERR_LIMIT);
	ck_assert_int_eq(
	    tree_consistency(&reference, 0, TREE_SIZE_MAX + 1, &proof, NULL),
	    ERR_LIMIT);
	ck_assert_int_eq(
	    tree_root(&reference, TREE_SIZE_MAX + 1, &root, NULL), ERR_LIMIT);
	ck_assert_uint_eq(proof.count, 17);
	ck_assert_uint_eq(root.at[0], 5);
	proof.count = 1;
	ck_assert(!tree_verify_consistency(5, &root, 5, &root, &proof));
	proof.count = 0;
	ck_assert(tree_verify_consistency(5, &root, 5, &root, &proof));
	ck_assert(!tree_verify_inclusion(&root, 0, 0, &proof, &root));
	ck_assert(tree_verify_inclusion(&root, 0, 1, &proof, &root));
	ck_assert(!tree_verify_consistency(0, &root, 1, &root, &proof));
	ck_assert(
	    !tree_verify_inclusion(&root, 0, TREE_SIZE_MAX + 1, &proof, &root));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("tree");
	TCase *t = tcase_create("tree");

	tcase_add_test(t, published_roots);
	tcase_add_test(t, published_proofs_good_and_damaged);
	tcase_add_loop_test(t, published_inclusion, 0, COUNT(inclusions));
	tcase_add_loop_test(t, published_consistency, 0, COUNT(consistencies));
	tcase_add_test(t, hashes_like_evp);
	tcase_add_loop_test(t, roots_at_borders, 0, COUNT(forest_sizes));
	tcase_add_test(t, range_takes_subtrees);
	tcase_add_test(t, range_limits);
	tcase_add_test(t, inclusion_of_all_small_trees);
	tcase_add_test(t, consistency_of_all_small_trees);
	tcase_add_loop_test(t, damaged_proofs_are_refused, 0, 6);
	tcase_add_loop_test(t, proofs_at_borders, 0, COUNT(forest_sizes));
	tcase_add_test(t, proofs_are_cheap);
	tcase_add_test(t, errors_and_limits);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
