#include "log/read.h"

#include "tests/check_main.h"
#include "tests/lib/log/published.h"
#include "tests/support/run.h"

#include <sys/stat.h>
#include <unistd.h>

/* A published log of 70,000 lines, made once: it costs a thousand syncs. */
#define LARGE 70000
static char large[64];

static void
make_large(void)
{
	struct published p;

	strcpy(large, "/tmp/sello-large-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(large));
	published_make(&p, LARGE, 1);
	ck_assert_int_eq(published_put(&p, LARGE, large, PUBLISH_NEW), ERR_OK);
	published_clear(&p);
}

static void
remove_large(void)
{
	char command[96];

	snprintf(command, sizeof(command), "rm -r %s", large);
	ck_assert_int_eq(run(command, NULL), 0);
}

/* The folder of a log of this size, not to be changed. */
static const char *
publish_size(struct published *p, uint64_t size)
{
	published_make(p, size, 1);
	if (size == LARGE)
		return large;
	ck_assert_int_eq(published_put(p, size, PUB, PUBLISH_NEW), ERR_OK);
	return PUB;
}

/* A copy of the large one in PUB, to be changed. */
static void
copy_large(struct published *p)
{
	char command[96];

	published_make(p, LARGE, 1);
	snprintf(command, sizeof(command), "cp -r %s " PUB, large);
	ck_assert_int_eq(run(command, NULL), 0);
}

/* --- whole logs, and what is new of them --------------------------------- */

static const unsigned wholes[] = { 0, 1, 2, 255, 256, 257, 511, 512, 513, 65536,
	70000 };

START_TEST(reads_whole_logs)
{
	uint64_t size = wholes[_i];
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };

	run_folder();
	r.dir = publish_size(&p, size);
	ck_assert_msg(
	    reading_go(&r, READ_ALL_TILES) == ERR_OK, "%s", r.err.text);
	ck_assert_uint_eq(r.have.size, size);
	/* once more: the head alone */
	ck_assert_int_eq(reading_go(&r, READ_NEEDED), ERR_OK);
	ck_assert_uint_eq(r.fetched, 1);
	published_clear(&p);
	run_leave();
}
END_TEST

/* From one size to a later one, with as few files as can prove it. */
static const struct {
	uint64_t to, from[8]; /* 0 last */
} news[] = {
	{ 2, { 1, 0 } },
	{ 256, { 1, 255, 0 } },
	{ 257, { 255, 256, 0 } },
	{ 513, { 1, 256, 300, 511, 512, 0 } },
	{ 70000, { 300, 65535, 65536, 65537, 69888, 69999, 0 } },
};

START_TEST(reads_what_is_new)
{
	uint64_t to = news[_i].to, size, i;
	const char *dir;
	struct published p;
	int from;

	run_folder();
	dir = publish_size(&p, to);
	for (from = 0; (size = news[_i].from[from]) > 0; from++) {
		struct reading r = { .published = &p, .dir = dir };

		for (i = 0; i < size; i++)
			tree_range_append(&r.have, 0, &p.forest.level[0][i]);
		tree_range_root(&r.have, &r.have_root);
		ck_assert_msg(reading_go(&r, READ_NEEDED) == ERR_OK,
		    "%llu to %llu: %s", (unsigned long long)size,
		    (unsigned long long)to, r.err.text);
		/* head, new bundles, at most four tiles */
		ck_assert_uint_le(
		    r.fetched, 1 + (to + 255) / 256 - size / 256 + 4);
	}
	published_clear(&p);
	run_leave();
}
END_TEST

/* A reader that still holds an earlier head finds it in the full files. */
START_TEST(partial_file_became_full)
{
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };
	struct bytes note = { 0 };

	run_folder();
	copy_large(&p);
	published_head(&p, 1000, &note);
	run_put(PUB "/checkpoint", note.at, note.len);
	ck_assert_msg(
	    reading_go(&r, READ_ALL_TILES) == ERR_OK, "%s", r.err.text);
	ck_assert_uint_eq(r.have.size, 1000);
	bytes_free(&note);
	published_clear(&p);
	run_leave();
}
END_TEST

/* --- damage ---------------------------------------------------------- */

static const char *const files[] = { "checkpoint", "tile/0/000", "tile/0/001",
	"tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000",
	"tile/entries/001", "tile/entries/002.p/88" };

static const char *const damages[] = {
	"rm %s",
	"truncate -s 0 %s",
	"truncate -s -1 %s",
	"truncate -s +1 %s",
	"truncate -s +32 %s",
	"truncate -s 64M %s",
	"printf '\\001' | dd of=%s conv=notrunc bs=1",
	"printf '\\377' | dd of=%s conv=notrunc bs=1 seek=40",
	"printf x >tail; truncate -s -1 %s; cat tail >>%s",
	"rm %s; mkdir %s",
	"rm %s; mkfifo %s",
	"rm %s; ln -s /dev/zero %s",
	"rm %s; ln -s %s %s",
};

static void
damage(const char *how, const char *path)
{
	struct bytes command = { 0 };
	const char *at;

	while ((at = strstr(how, "%s")) != NULL) {
		bytes_add(&command, how, (size_t)(at - how));
		bytes_addf(&command, PUB "/%s", path);
		how = at + 2;
	}
	bytes_add_text(&command, how);
	ck_assert_int_eq(run((char *)command.at, NULL), 0);
	bytes_free(&command);
}

/* Whatever happens to whichever file, nothing false is believed. What gives
 * the entries needs no tile of level 0. */
START_TEST(every_damage_is_noticed)
{
	const char *path = files[_i % COUNT(files)];
	const char *how = damages[_i / COUNT(files)];
	bool needed = strncmp(path, "tile/0/", 7) != 0;
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };
	enum err rc;

	run_folder();
	published_make(&p, 600, 1);
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	damage(how, path);
	rc = reading_go(&r, READ_ALL_TILES);
	ck_assert_msg(rc == ERR_NOT_FOUND || rc == ERR_DATA ||
		rc == ERR_LIMIT || rc == ERR_IO ||
		(rc == ERR_SIGNATURE && _i % COUNT(files) == 0) ||
		(rc == ERR_ISSUER && _i % COUNT(files) == 0),
	    "%s, %s: %s", how, path, err_name(rc));
	ck_assert_uint_gt(strlen(r.err.text), 0);
	ck_assert_uint_eq(r.have.size, 0);
	rc = reading_go(&r, READ_NEEDED);
	ck_assert_msg(
	    (rc == ERR_OK) == !needed, "%s, %s: %s", how, path, err_name(rc));
	published_clear(&p);
	run_leave();
}
END_TEST

static const struct {
	const char *name, *command;
	enum err want;
} mixups[] = {
	{ "two bundles swapped",
	    "cd log/tile/entries; mv 000 x; mv 001 000; mv x 001", ERR_DATA },
	{ "two tiles swapped", "cd log/tile/0; mv 000 x; mv 001 000; mv x 001",
	    ERR_DATA },
	{ "one bundle twice", "cd log/tile/entries; cp 000 001", ERR_DATA },
	{ "partial bundle of an earlier head",
	    "cd log/tile/entries; cp -r ../../../early/tile/entries/002.p/1 "
	    "002.p/88",
	    ERR_DATA },
	{ "head of the early copy, tiles of the late",
	    "cp early/checkpoint log/checkpoint", ERR_OK },
	{ "head of the late copy, tiles of the early",
	    "rm -r log/tile; cp -r early/tile log/tile", ERR_NOT_FOUND },
	{ "no tiles", "rm -r log/tile", ERR_NOT_FOUND },
	{ "no folder", "rm -r log", ERR_NOT_FOUND },
	{ "a folder of other things",
	    "rm -r log; mkdir log; echo hello >log/readme.txt", ERR_NOT_FOUND },
	{ "two entries swapped inside a bundle",
	    "cd log/tile/entries; cp 000 x; "
	    "dd if=x of=000 bs=1 count=14 conv=notrunc; "
	    "dd if=x of=000 bs=1 skip=14 seek=0 count=15 conv=notrunc; "
	    "dd if=x of=000 bs=1 skip=0 seek=15 count=14 conv=notrunc",
	    ERR_DATA },
};

START_TEST(mixed_up_files)
{
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };
	enum err rc;

	run_folder();
	published_make(&p, 600, 1);
	ck_assert_int_eq(published_put(&p, 513, "early", PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(published_put(&p, 513, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(run(mixups[_i].command, NULL), 0);
	rc = reading_go(&r, READ_ALL_TILES);
	ck_assert_msg(rc == mixups[_i].want, "%s: %s %s", mixups[_i].name,
	    err_name(rc), r.err.text);
	if (strcmp(mixups[_i].name, "no tiles") == 0)
		ck_assert_msg(strstr(r.err.text, "tile/1/000.p/2") &&
			strstr(r.err.text, "Get a new copy"),
		    "%s", r.err.text);
	published_clear(&p);
	run_leave();
}
END_TEST

/*
 * Somebody changes an entry and all hashes over it up to some level of tiles:
 * only the signed root is out of reach.
 */
static const unsigned forged_at[] = { 5, 66000, 69999 };

static void
forge_file(const struct forest *f, unsigned level, uint64_t index)
{
	unsigned width = tile_width(f->size, level, index);
	struct bytes tile = { 0 };
	char path[TILE_PATH_SIZE], full[TILE_PATH_SIZE + 8];

	ck_assert(tile_path(level, index, width, path));
	snprintf(full, sizeof(full), PUB "/%s", path);
	tile_add(
	    f->level[level * TILE_HEIGHT] + index * TILE_WIDTH, width, &tile);
	run_put(full, tile.at, tile.len);
	bytes_free(&tile);
}

static void
forge_bundle(struct forest *f, uint64_t changed)
{
	char path[TILE_PATH_SIZE], full[TILE_PATH_SIZE + 8], entry[80];
	uint64_t bundle = changed / TILE_WIDTH, i;
	unsigned width = tile_width(f->size, TILE_BUNDLE, bundle);
	struct bytes out = { 0 };
	size_t len;

	for (i = bundle * TILE_WIDTH; i < bundle * TILE_WIDTH + width; i++) {
		len = forest_entry(f->seed, i, entry);
		if (i == changed) {
			entry[0] = 'E';
			tree_leaf(entry, len, &f->level[0][i]);
		}
		bundle_add(entry, len, &out);
	}
	ck_assert(tile_path(TILE_BUNDLE, bundle, width, path));
	snprintf(full, sizeof(full), PUB "/%s", path);
	run_put(full, out.at, out.len);
	bytes_free(&out);
}

static void
forge(struct forest *f, uint64_t changed, unsigned levels)
{
	unsigned l;

	forge_bundle(f, changed);
	for (l = 1; l < 18 && changed >> l < f->size >> l; l++)
		tree_node(&f->level[l - 1][(changed >> l) * 2],
		    &f->level[l - 1][(changed >> l) * 2 + 1],
		    &f->level[l][changed >> l]);
	for (l = 0; l < levels; l++)
		if (changed >> TILE_HEIGHT * l < f->size >> TILE_HEIGHT * l)
			forge_file(f, l, changed >> TILE_HEIGHT * (l + 1));
}

START_TEST(forged_up_to_the_root)
{
	struct published p;
	struct forest forged;
	unsigned levels;

	run_folder();
	copy_large(&p);
	forest_fill(&forged, LARGE, 1);
	for (levels = 0; levels <= 3; levels++) {
		forge(&forged, forged_at[_i], levels);
		struct reading r = { .published = &p, .dir = PUB };
		enum err rc = reading_go(&r, READ_NEEDED);

		ck_assert_msg(rc == ERR_DATA, "%u: %s", levels, err_name(rc));
		ck_assert_uint_le(r.next, forged_at[_i]);
	}
	forest_clear(&forged);
	published_clear(&p);
	run_leave();
}
END_TEST

/* --- rewritten logs -------------------------------------------------- */

/*
 * What the reader knows and what is published were signed by one key; they
 * have the first `same` lines in common.
 */
static const struct {
	uint64_t known, same, size;
	enum err want;
} forks[] = {
	{ 300, 299, 600, ERR_SIGNATURE }, /* the last known line changed */
	{ 300, 0, 600, ERR_SIGNATURE },
	{ 300, 299, 300, ERR_SIGNATURE }, /* at the same size */
	{ 1, 0, 700, ERR_SIGNATURE }, { 256, 255, 257, ERR_SIGNATURE },
	{ 65536, 65535, LARGE, ERR_SIGNATURE },
	{ 66000, 65999, LARGE, ERR_SIGNATURE },
	{ 66000, 100, LARGE, ERR_SIGNATURE },
	{ 69999, 69998, LARGE, ERR_SIGNATURE }, { 69999, 69999, LARGE, ERR_OK },
	{ 300, 300, 600, ERR_OK }, { 300, 200, 250, ERR_STALE },
	{ 0, 0, 600, ERR_OK }, /* who knows nothing cannot tell */
};

static void
know_other(
    struct reading *r, const struct forest *f, uint64_t known, uint64_t same)
{
	struct tree_hash leaf;
	char entry[80];
	uint64_t i;

	for (i = 0; i < known; i++) {
		if (i < same)
			leaf = f->level[0][i];
		else
			tree_leaf(entry, forest_entry(2, i, entry), &leaf);
		FOREST_ASSERT(tree_range_append(&r->have, 0, &leaf));
	}
	tree_range_root(&r->have, &r->have_root);
}

START_TEST(rewritten_logs_are_proven)
{
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };
	enum err rc;

	run_folder();
	r.dir = publish_size(&p, forks[_i].size);
	know_other(&r, &p.forest, forks[_i].known, forks[_i].same);
	rc = reading_go(&r, READ_NEEDED);
	ck_assert_msg(rc == forks[_i].want, "%s %s", err_name(rc), r.err.text);
	/* not one line of a log that is proven to be rewritten */
	if (rc != ERR_OK)
		ck_assert_uint_eq(r.next, forks[_i].known);
	published_clear(&p);
	run_leave();
}
END_TEST

/* Only up to an end: what follows is proven to go on from it, and not given.
 * {the log, the end, known before} */
static const uint64_t ends[][3] = { { 10, 5, 0 }, { 10, 5, 3 }, { 10, 5, 5 },
	{ 600, 1, 0 }, { 600, 255, 3 }, { 600, 256, 3 }, { 600, 257, 3 },
	{ 600, 512, 300 }, { 600, 599, 0 }, { 600, 600, 3 },
	{ LARGE, 65535, 65000 }, { LARGE, 65536, 65000 },
	{ LARGE, 65537, 65000 }, { LARGE, 300, 300 } };

START_TEST(reads_up_to_an_end)
{
	uint64_t size = ends[_i][0], end = ends[_i][1], known = ends[_i][2], i;
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };
	struct tree_hash root, want;

	run_folder();
	r.dir = publish_size(&p, size);
	for (i = 0; i < known; i++)
		tree_range_append(&r.have, 0, &p.forest.level[0][i]);
	tree_range_root(&r.have, &r.have_root);
	r.end = end;
	ck_assert_msg(
	    reading_go(&r, READ_ALL_TILES) == ERR_OK, "%s", r.err.text);
	ck_assert_uint_eq(r.next, end);
	ck_assert_uint_eq(r.have.size, end);
	tree_range_root(&r.have, &root);
	forest_root(&p.forest, end, &want);
	ck_assert(tree_hash_equal(&root, &want));
	published_clear(&p);
	run_leave();
}
END_TEST

/* One line, out of a full bundle or the last one; not when another one stands in
 * the folder. */
START_TEST(reads_one_line)
{
	static const uint64_t lines[] = { 0, 255, 256, 599 };
	static char dir[] = PUB;
	const struct log_source source = { folder_fetch, dir };
	struct checkpoint head = { .size = 600 };
	struct published p;
	struct bytes line = { 0 };
	struct errtext err = { 0 };
	char want[80];
	size_t i;

	run_folder();
	publish_size(&p, 600);
	forest_root(&p.forest, 600, &head.root);
	for (i = 0; i < COUNT(lines); i++) {
		bytes_reset(&line);
		ck_assert_int_eq(
		    log_read_line(&source, &head, lines[i], &line, &err),
		    ERR_OK);
		ck_assert_uint_eq(line.len, forest_entry(1, lines[i], want));
		ck_assert_mem_eq(line.at, want, line.len);
	}
	ck_assert_int_eq(
	    log_read_line(&source, &head, 600, &line, &err), ERR_USAGE);
	ck_assert_int_eq(
	    run("sed -i 's/entry 7 of/entry 8 of/' " PUB "/tile/entries/000",
		NULL),
	    0);
	bytes_reset(&line);
	ck_assert_int_eq(
	    log_read_line(&source, &head, 7, &line, &err), ERR_DATA);
	ck_assert_uint_eq(line.len, 0);
	ck_assert_int_eq(
	    log_read_line(&source, &head, 256, &line, &err), ERR_OK);
	bytes_free(&line);
	published_clear(&p);
	run_leave();
}
END_TEST

/* A damaged copy of one's own is no reason to accuse a log. */
START_TEST(own_copy_damaged)
{
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };

	run_folder();
	published_make(&p, 600, 1);
	ck_assert_int_eq(published_put(&p, 300, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(reading_go(&r, READ_NEEDED), ERR_OK);
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	r.have.node[1].at[0] ^= 1;
	ck_assert_int_eq(reading_go(&r, READ_NEEDED), ERR_CONFIG);
	ck_assert_uint_eq(r.next, 300);
	r.have.node[1].at[0] ^= 1;
	ck_assert_int_eq(reading_go(&r, READ_NEEDED), ERR_OK);
	published_clear(&p);
	run_leave();
}
END_TEST

START_TEST(older_copy)
{
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };

	run_folder();
	published_make(&p, 600, 1);
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(published_put(&p, 599, "old", PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(reading_go(&r, READ_NEEDED), ERR_OK);
	r.dir = "old";
	ck_assert_int_eq(reading_go(&r, READ_NEEDED), ERR_STALE);
	ck_assert_uint_eq(r.fetched, 1);
	ck_assert_uint_eq(r.have.size, 600);
	published_clear(&p);
	run_leave();
}
END_TEST

/* --- heads of others, of no log, and of a log larger than the disk --- */

START_TEST(heads_are_verified)
{
	struct published p, other;
	struct reading r = { .published = &p, .dir = PUB };
	struct checkpoint huge = { .origin = SIGNER_ORIGIN,
		.size = TREE_SIZE_MAX };
	struct bytes note = { 0 };

	run_folder();
	published_make(&p, 10, 1);
	published_make(&other, 10, 1);
	signer_clear(&other.log);
	signer_make(&other.log, SIGNER_ORIGIN, VKEY_ED25519, 9);
	ck_assert_int_eq(published_put(&other, 10, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(reading_go(&r, READ_NEEDED), ERR_ISSUER);

	ck_assert_int_eq(
	    checkpoint_sign(&huge, &p.log.key, p.log.private, &note, NULL),
	    ERR_OK);
	run_put(PUB "/checkpoint", note.at, note.len);
	ck_assert_int_eq(reading_go(&r, READ_NEEDED), ERR_NOT_FOUND);
	ck_assert_uint_le(r.fetched, 3);
	bytes_free(&note);
	published_clear(&p);
	published_clear(&other);
	run_leave();
}
END_TEST

static enum err
stop_at_seven(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	(void)ctx, (void)entry, (void)len, (void)leaf;
	ck_assert_uint_le(index, 7);
	return index == 7 ? err_set(err, ERR_VERSION, "unknown kind") : ERR_OK;
}

START_TEST(visitor_stops_it)
{
	const struct log_source source = { folder_fetch, (char[]){ PUB } };
	const struct log_visitor visitor = { stop_at_seven, NULL };
	struct tree_range have = { 0 }, out = { .size = 99 };
	struct published p;
	struct checkpoint head;
	struct bytes note = { 0 };
	struct errtext err = { 0 };

	run_folder();
	published_make(&p, 600, 1);
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(
	    log_read_head(&source, &p.log.key, &note, &head, NULL, NULL),
	    ERR_OK);
	ck_assert_int_eq(log_read(&source, &head, &have, NULL, READ_NEEDED,
			     &visitor, &out, &err),
	    ERR_VERSION);
	ck_assert_str_eq(err.text, "unknown kind");
	ck_assert_uint_eq(out.size, 99);
	bytes_free(&note);
	published_clear(&p);
	run_leave();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("read");
	TCase *t = tcase_create("read");

	tcase_add_unchecked_fixture(t, make_large, remove_large);
	tcase_add_loop_test(t, reads_whole_logs, 0, COUNT(wholes));
	tcase_add_loop_test(t, reads_what_is_new, 0, COUNT(news));
	tcase_add_test(t, partial_file_became_full);
	tcase_add_loop_test(
	    t, every_damage_is_noticed, 0, COUNT(files) * COUNT(damages));
	tcase_add_loop_test(t, forged_up_to_the_root, 0, COUNT(forged_at));
	tcase_add_loop_test(t, mixed_up_files, 0, COUNT(mixups));
	tcase_add_loop_test(t, rewritten_logs_are_proven, 0, COUNT(forks));
	tcase_add_loop_test(t, reads_up_to_an_end, 0, COUNT(ends));
	tcase_add_test(t, reads_one_line);
	tcase_add_test(t, own_copy_damaged);
	tcase_add_test(t, older_copy);
	tcase_add_test(t, heads_are_verified);
	tcase_add_test(t, visitor_stops_it);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
