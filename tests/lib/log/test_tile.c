#include "log/tile.h"

#include "tests/check_main.h"
#include "tests/lib/log/forest.h"
#include "tests/support/tree_proof.h"

/* --- names: those of the specification, and each change of length -------- */

static const struct {
	unsigned level;
	uint64_t index;
	unsigned width;
	const char *path;
} paths[] = {
	{ 0, 1234067, 256, "tile/0/x001/x234/067" },
	{ 0, 1234067, 17, "tile/0/x001/x234/067.p/17" },
	{ TILE_BUNDLE, 1234067, 255, "tile/entries/x001/x234/067.p/255" },
	{ TILE_BUNDLE, 0, 1, "tile/entries/000.p/1" },
	{ TILE_BUNDLE, 0, 256, "tile/entries/000" },
	{ 0, 0, 256, "tile/0/000" },
	{ 1, 7, 256, "tile/1/007" },
	{ 5, 999, 9, "tile/5/999.p/9" },
	{ 2, 1000, 256, "tile/2/x001/000" },
	{ 2, 999999, 256, "tile/2/x999/999" },
	{ 2, 1000000, 256, "tile/2/x001/x000/000" },
	{ 0, TREE_SIZE_MAX, 255, "tile/0/x001/x099/x511/x627/776.p/255" },
	{ 0, 5, 0, NULL },
	{ 0, 5, 257, NULL },
	{ 7, 5, 256, NULL },
	{ 0, TREE_SIZE_MAX + 1, 256, NULL },
};

START_TEST(names)
{
	char path[TILE_PATH_SIZE] = "untouched";
	bool good =
	    tile_path(paths[_i].level, paths[_i].index, paths[_i].width, path);

	ck_assert_int_eq(good, paths[_i].path != NULL);
	ck_assert_str_eq(path, good ? paths[_i].path : "untouched");
}
END_TEST

START_TEST(folders_of_partial_files)
{
	char path[TILE_PATH_SIZE];

	ck_assert(tile_partial_dir(0, 1234067, path));
	ck_assert_str_eq(path, "tile/0/x001/x234/067.p");
	ck_assert(tile_partial_dir(TILE_BUNDLE, 3, path));
	ck_assert_str_eq(path, "tile/entries/003.p");
	ck_assert(!tile_partial_dir(7, 3, path));
}
END_TEST

/* --- widths: the specification's example of 70,000, and borders ---------- */

static const struct {
	uint64_t size;
	unsigned level;
	uint64_t index;
	unsigned width;
} widths[] = {
	{ 70000, 0, 0, 256 },
	{ 70000, 0, 272, 256 },
	{ 70000, 0, 273, 112 },
	{ 70000, 0, 274, 0 },
	{ 70000, TILE_BUNDLE, 272, 256 },
	{ 70000, TILE_BUNDLE, 273, 112 },
	{ 70000, 1, 0, 256 },
	{ 70000, 1, 1, 17 },
	{ 70000, 1, 2, 0 },
	{ 70000, 2, 0, 1 },
	{ 70000, 2, 1, 0 },
	{ 70000, 3, 0, 0 },
	{ 256, 0, 0, 256 },
	{ 256, 0, 1, 0 },
	{ 256, 1, 0, 1 },
	{ 255, 0, 0, 255 },
	{ 255, 1, 0, 0 },
	{ 257, 0, 1, 1 },
	{ 257, 1, 0, 1 },
	{ 65535, 1, 0, 255 },
	{ 65536, 1, 0, 256 },
	{ 65536, 2, 0, 1 },
	{ 0, 0, 0, 0 },
	{ 1, 0, 0, 1 },
	{ TREE_SIZE_MAX, 5, 0, 1 },
	{ TREE_SIZE_MAX, 4, 0, 256 },
	{ TREE_SIZE_MAX, 0, TREE_SIZE_MAX / 256 - 1, 256 },
	{ TREE_SIZE_MAX, 0, TREE_SIZE_MAX / 256, 0 },
	{ 70000, 0, UINT64_MAX, 0 },
};

START_TEST(width_of_a_tile)
{
	ck_assert_uint_eq(
	    tile_width(widths[_i].size, widths[_i].level, widths[_i].index),
	    widths[_i].width);
}
END_TEST

START_TEST(levels_of_a_tree)
{
	ck_assert_uint_eq(tile_levels(0), 0);
	ck_assert_uint_eq(tile_levels(1), 1);
	ck_assert_uint_eq(tile_levels(255), 1);
	ck_assert_uint_eq(tile_levels(256), 2);
	ck_assert_uint_eq(tile_levels(65535), 2);
	ck_assert_uint_eq(tile_levels(65536), 3);
	ck_assert_uint_eq(tile_levels(70000), 3);
	ck_assert_uint_eq(tile_levels(TREE_SIZE_MAX), 6);
	ck_assert_uint_eq(tile_levels(UINT64_MAX), 6);
}
END_TEST

/* --- contents ------------------------------------------------------------ */

START_TEST(tile_is_its_hashes)
{
	struct tree_hash back[TILE_WIDTH], root, want;
	struct bytes tile = { 0 };
	struct forest f;

	forest_fill(&f, 256, 1);
	tile_add(f.level[0], 256, &tile);
	ck_assert_uint_eq(tile.len, 8192);
	ck_assert_mem_eq(tile.at + 255 * 32, f.level[0][255].at, 32);
	ck_assert_uint_eq(tile_hashes(tile.at, tile.len, back), 256);
	ck_assert_mem_eq(back, f.level[0], 8192);
	tile_root(back, &root);
	forest_root(&f, 256, &want);
	ck_assert(tree_hash_equal(&root, &want));
	ck_assert_uint_eq(tile_hashes(tile.at, 32, back), 1);
	ck_assert_uint_eq(tile_hashes(tile.at, 0, back), 0);
	ck_assert_uint_eq(tile_hashes(tile.at, 31, back), 0);
	ck_assert_uint_eq(tile_hashes(tile.at, 33, back), 0);
	tile_add(f.level[0], 1, &tile);
	ck_assert_uint_eq(tile_hashes(tile.at, tile.len, back), 0);
	bytes_free(&tile);
	forest_clear(&f);
}
END_TEST

START_TEST(bundle_is_lengths_and_entries)
{
	char longest[ENTRY_MAX + 1];
	struct bytes bundle = { 0 };
	struct tree_hash hash[TILE_WIDTH], want;
	struct reader r, entry;

	memset(longest, 'x', sizeof(longest));
	ck_assert(bundle_add("ab", 2, &bundle));
	ck_assert(bundle_add("", 0, &bundle));
	ck_assert(bundle_add(longest, ENTRY_MAX, &bundle));
	ck_assert(!bundle_add(longest, ENTRY_MAX + 1, &bundle));
	ck_assert_uint_eq(bundle.len, 4 + 2 + 2 + ENTRY_MAX);
	ck_assert_mem_eq(bundle.at, "\0\2ab\0\0\3\0xxx", 11);
	r = (struct reader){ bundle.at, bundle.len };
	ck_assert(bundle_next(&r, &entry));
	ck_assert_uint_eq(entry.left, 2);
	ck_assert_mem_eq(entry.at, "ab", 2);
	ck_assert(bundle_next(&r, &entry));
	ck_assert_uint_eq(entry.left, 0);
	ck_assert(bundle_next(&r, &entry));
	ck_assert_uint_eq(entry.left, ENTRY_MAX);
	ck_assert(!bundle_next(&r, &entry));
	ck_assert_uint_eq(r.left, 0);
	ck_assert(bundle_hashes(bundle.at, bundle.len, 3, hash));
	tree_leaf("ab", 2, &want);
	ck_assert(tree_hash_equal(&hash[0], &want));
	tree_leaf("", 0, &want);
	ck_assert(tree_hash_equal(&hash[1], &want));
	tree_leaf(longest, ENTRY_MAX, &want);
	ck_assert(tree_hash_equal(&hash[2], &want));
	/* one byte more, and all of it there */
	bytes_reset(&bundle);
	bytes_add(&bundle, "\2\1", 2);
	bytes_add(&bundle, longest, ENTRY_MAX + 1);
	ck_assert(!bundle_hashes(bundle.at, bundle.len, 1, hash));
	bytes_free(&bundle);
}
END_TEST

static const struct {
	const char *name, *bytes;
	size_t len;
	unsigned count;
	bool good;
} bundles[] = {
	{ "two", "\0\1a\0\2bc", 7, 2, true },
	{ "none", "", 0, 0, true },
	{ "one expected", "\0\1a\0\2bc", 7, 1, false },
	{ "three expected", "\0\1a\0\2bc", 7, 3, false },
	{ "cut entry", "\0\1a\0\2bc", 6, 2, false },
	{ "cut length", "\0\1a\0", 4, 2, false },
	{ "a byte more", "\0\1a\0\2bc ", 8, 2, false },
	{ "length over the limit", "\2\1a", 3, 1, false },
	{ "more than a bundle", "", 0, 257, false },
};

START_TEST(bundles_are_exact)
{
	struct tree_hash hash[TILE_WIDTH];

	ck_assert_msg(bundle_hashes(bundles[_i].bytes, bundles[_i].len,
			  bundles[_i].count, hash) == bundles[_i].good,
	    "%s", bundles[_i].name);
}
END_TEST

/* --- proofs from tile levels alone ----------------------------------- */

START_TEST(nodes_between_tile_levels)
{
	struct forest f;
	struct tree_hash got, root;
	struct tree_proof proof;
	unsigned level;
	uint64_t i;

	forest_fill(&f, 70000, 1);
	struct log_reader log = forest_log(&f);
	const struct tree_reader reader = { tile_tree_hash, &log };

	for (level = 0; level < 17; level++)
		for (i = 0; i < f.size >> level; i += 1 + i / 3) {
			ck_assert_int_eq(
			    tile_tree_hash(&log, level, i, &got, NULL), ERR_OK);
			ck_assert(tree_hash_equal(&got, &f.level[level][i]));
		}
	forest_root(&f, f.size, &root);
	for (i = 0; i < f.size; i += 997) {
		ck_assert_int_eq(
		    tree_inclusion(&reader, i, f.size, &proof, NULL), ERR_OK);
		ck_assert(tree_verify_inclusion(
		    &f.level[0][i], i, f.size, &proof, &root));
	}
	forest_clear(&f);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("tile");
	TCase *t = tcase_create("tile");

	tcase_add_loop_test(t, names, 0, COUNT(paths));
	tcase_add_test(t, folders_of_partial_files);
	tcase_add_loop_test(t, width_of_a_tile, 0, COUNT(widths));
	tcase_add_test(t, levels_of_a_tree);
	tcase_add_test(t, tile_is_its_hashes);
	tcase_add_test(t, bundle_is_lengths_and_entries);
	tcase_add_loop_test(t, bundles_are_exact, 0, COUNT(bundles));
	tcase_add_test(t, nodes_between_tile_levels);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
