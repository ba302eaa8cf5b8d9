#include "log/read.h"

#include "tests/check_main.h"
#include "tests/log/published.h"
#include "tests/support/run.h"

#include <sys/stat.h>
#include <unistd.h>

/* --- whole logs, and what is new of them -------------------------------------
 */

static const unsigned wholes[] = { 0, 1, 2, 255, 256, 257, 511, 512, 513, 65536,
	70000 };

START_TEST(reads_whole_logs)
{
	uint64_t size = wholes[_i];
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };

	run_folder();
	published_make(&p, size, 1);
	ck_assert_int_eq(published_put(&p, size, PUB, PUBLISH_NEW), ERR_OK);
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
	struct published p;
	int from;

	run_folder();
	published_make(&p, to, 1);
	ck_assert_int_eq(published_put(&p, to, PUB, PUBLISH_NEW), ERR_OK);
	for (from = 0; (size = news[_i].from[from]) > 0; from++) {
		struct reading r = { .published = &p, .dir = PUB };

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
	published_make(&p, 70000, 1);
	ck_assert_int_eq(published_put(&p, 70000, PUB, PUBLISH_NEW), ERR_OK);
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

/* --- damage
 * ---------------------------------------------------------------------- */

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

/* Whatever happens to whichever file, nothing false is believed. */
START_TEST(every_damage_is_noticed)
{
	const char *path = files[_i % COUNT(files)];
	const char *how = damages[_i / COUNT(files)];
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
	published_clear(&p);
	run_leave();
}
END_TEST

/* --- rewritten logs
 * ----------------------------------------------------------------- */

/*
 * A second history under the same key: equal up to `same`, and then the
 * entries of another seed. The reader knows the first one up to `known`.
 */
static const struct {
	uint64_t known, same, size;
	enum err want;
} forks[] = {
	{ 300, 299, 600, ERR_SIGNATURE }, /* the last known line changed */
	{ 300, 0, 600, ERR_SIGNATURE },
	{ 300, 299, 300, ERR_SIGNATURE }, /* at the same size */
	{ 1, 0, 70000, ERR_SIGNATURE }, { 66000, 65999, 70000, ERR_SIGNATURE },
	{ 66000, 100, 66100, ERR_SIGNATURE }, { 256, 255, 257, ERR_SIGNATURE },
	{ 300, 300, 600, ERR_OK }, /* it only went on otherwise */
	{ 300, 200, 250, ERR_STALE },
	{ 0, 0, 600, ERR_OK }, /* who knows nothing cannot tell */
};

static void
graft(struct forest *f, const struct forest *from, uint64_t same)
{
	unsigned l;
	uint64_t i;

	memcpy(f->level[0], from->level[0], same * sizeof(struct tree_hash));
	for (l = 1; l < 18; l++)
		for (i = 0; i < f->size >> l; i++)
			tree_node(&f->level[l - 1][2 * i],
			    &f->level[l - 1][2 * i + 1], &f->level[l][i]);
}

/* The grafted log's entries: of one seed, then of the other. */
struct graft {
	struct forest *old, *new;
	uint64_t same;
};

static enum err
graft_hashes(void *ctx, unsigned level, uint64_t first, unsigned count,
    struct tree_hash *out, struct errtext *err)
{
	struct graft *g = ctx;

	return forest_hashes(g->new, level, first, count, out, err);
}

static enum err
graft_entries(void *ctx, uint64_t first, unsigned count, struct bytes *out,
    struct errtext *err)
{
	struct graft *g = ctx;

	(void)err;
	for (; count > 0; count--, first++) {
		char entry[80];

		bundle_add(entry,
		    forest_entry(first < g->same ? g->old->seed : g->new->seed,
			first, entry),
		    out);
	}
	return ERR_OK;
}

static enum err
count_entry(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	(void)index, (void)entry, (void)len, (void)leaf, (void)err;
	++*(unsigned *)ctx;
	return ERR_OK;
}

START_TEST(rewritten_logs_are_proven)
{
	struct published p, other;
	struct bytes note = { 0 };
	struct checkpoint head;
	struct tree_range have = { 0 }, out = { .size = 99 };
	struct tree_hash root;
	struct errtext err = { 0 };
	unsigned given = 0;
	const struct log_source source = { folder_fetch, (char[]){ PUB } };
	const struct log_visitor visitor = { count_entry, &given };
	enum err rc;

	run_folder();
	published_make(&p, forks[_i].known, 1);
	published_make(&other, forks[_i].size, 2);
	graft(&other.forest, &p.forest,
	    forks[_i].same < forks[_i].size ? forks[_i].same : 0);
	struct graft g = { &p.forest, &other.forest, forks[_i].same };
	const struct log_reader log = { graft_hashes, graft_entries, &g };

	published_head(&other, forks[_i].size, &note);
	ck_assert_int_eq(log_publish(&log, note.at, note.len, &p.log.key, PUB,
			     PUBLISH_NEW, &p.report, &err),
	    ERR_OK);
	for (uint64_t i = 0; i < forks[_i].known; i++)
		tree_range_append(&have, 0, &p.forest.level[0][i]);
	tree_range_root(&have, &root);
	ck_assert_int_eq(
	    log_read_head(&source, &p.log.key, &note, &head, NULL, &err),
	    ERR_OK);
	rc = log_read(
	    &source, &head, &have, &root, READ_NEEDED, &visitor, &out, &err);
	ck_assert_msg(rc == forks[_i].want, "%s %s", err_name(rc), err.text);
	ck_assert_uint_eq(given,
	    rc == ERR_OK ? (unsigned)(forks[_i].size - forks[_i].known) : 0);
	ck_assert_uint_eq(out.size, rc == ERR_OK ? forks[_i].size : 99);
	bytes_free(&note);
	published_clear(&p);
	published_clear(&other);
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

/* --- heads of others, of no log, and of a log larger than the disk
 * ----------------- */

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

	tcase_add_loop_test(t, reads_whole_logs, 0, COUNT(wholes));
	tcase_add_loop_test(t, reads_what_is_new, 0, COUNT(news));
	tcase_add_test(t, partial_file_became_full);
	tcase_add_loop_test(
	    t, every_damage_is_noticed, 0, COUNT(files) * COUNT(damages));
	tcase_add_loop_test(t, mixed_up_files, 0, COUNT(mixups));
	tcase_add_loop_test(t, rewritten_logs_are_proven, 0, COUNT(forks));
	tcase_add_test(t, own_copy_damaged);
	tcase_add_test(t, older_copy);
	tcase_add_test(t, heads_are_verified);
	tcase_add_test(t, visitor_stops_it);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
