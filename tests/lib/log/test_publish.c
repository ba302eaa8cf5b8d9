#include "log/publish.h"

#include "tests/check_main.h"
#include "tests/lib/log/published.h"
#include "tests/support/run.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- what there must be, file by file, computed another way -------------- */

static unsigned
count_files(const char *dir)
{
	struct bytes out = { 0 };
	char command[128];
	unsigned count;

	snprintf(command, sizeof(command), "find %s -type f | wc -l", dir);
	ck_assert_int_eq(run(command, &out), 0);
	count = (unsigned)atoi((char *)out.at);
	bytes_free(&out);
	return count;
}

static void
expect_file(const char *path, const struct bytes *want)
{
	struct bytes got = { 0 };
	char full[128];

	snprintf(full, sizeof(full), PUB "/%s", path);
	run_get(full, &got);
	ck_assert_msg(bytes_equal(&got, want), "%s", path);
	bytes_free(&got);
}

/* Every file of a log of this size, and nothing else but what is allowed. */
static unsigned
expect_log(const struct published *p, uint64_t size)
{
	struct bytes want = { 0 };
	char path[128], entry[80];
	unsigned level, files = 0;
	uint64_t index, row, i, end;

	for (level = 0; level < 3; level++) {
		row = size >> 8 * level;
		for (index = 0; index * 256 < row; index++, files++) {
			end = row < index * 256 + 256 ? row : index * 256 + 256;
			bytes_reset(&want);
			for (i = index * 256; i < end; i++)
				bytes_add(&want,
				    p->forest.level[8 * level][i].at, 32);
			snprintf(path, sizeof(path),
			    end % 256 == 0 ? "tile/%u/%03u"
					   : "tile/%u/%03u.p/%u",
			    level, (unsigned)index, (unsigned)(end % 256));
			expect_file(path, &want);
			if (level > 0)
				continue;
			bytes_reset(&want);
			for (i = index * 256; i < end; i++) {
				size_t len =
				    forest_entry(p->forest.seed, i, entry);

				bytes_add(&want, "\0", 1);
				bytes_add_byte(&want, (uint8_t)len);
				bytes_add(&want, entry, len);
			}
			snprintf(path, sizeof(path),
			    end % 256 == 0 ? "tile/entries/%03u"
					   : "tile/entries/%03u.p/%u",
			    (unsigned)index, (unsigned)(end % 256));
			expect_file(path, &want);
			files++;
		}
	}
	published_head(p, size, &want);
	expect_file("checkpoint", &want);
	bytes_free(&want);
	return files + 1;
}

static const unsigned wholes[] = { 0, 1, 2, 255, 256, 257, 511, 512, 513, 65535,
	65537 };

START_TEST(writes_every_file)
{
	uint64_t size = wholes[_i];
	struct published p;
	unsigned files;

	run_folder();
	published_make(&p, size, 1);
	ck_assert_msg(published_put(&p, size, PUB, PUBLISH_NEW) == ERR_OK, "%s",
	    p.err.text);
	files = expect_log(&p, size);
	ck_assert_uint_eq(p.report.from, 0);
	ck_assert_uint_eq(p.report.size, size);
	ck_assert_uint_eq(p.report.files, files);
	ck_assert_uint_eq(count_files(PUB), files);
	/* doing it again writes nothing */
	ck_assert_int_eq(published_put(&p, size, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_uint_eq(p.report.from, size);
	ck_assert_uint_eq(p.report.files, 0);
	if (size < 1000) {
		ck_assert_int_eq(
		    published_put(&p, size, PUB, PUBLISH_ALL), ERR_OK);
		ck_assert_uint_eq(p.report.files, 0);
	}
	published_clear(&p);
	run_leave();
}
END_TEST

/* One more line: the bundle, the tile of level 0 and the head. */
static const struct {
	uint64_t from, to;
	unsigned files;
} steps[] = {
	{ 0, 1, 3 },
	{ 1, 2, 3 },
	{ 254, 255, 3 },
	{ 255, 256, 4 }, /* and the tile of level 1 */
	{ 256, 257, 3 },
	{ 300, 301, 3 },
	{ 511, 512, 4 },
	{ 65535, 65536, 5 }, /* and that of level 2 */
	{ 250, 260, 6 },
};

START_TEST(one_line_more)
{
	struct published p;

	run_folder();
	published_make(&p, steps[_i].to, 1);
	ck_assert_int_eq(
	    published_put(&p, steps[_i].from, PUB, PUBLISH_NEW), ERR_OK);
	p.forest.asked = 0;
	ck_assert_int_eq(
	    published_put(&p, steps[_i].to, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_uint_eq(p.report.from, steps[_i].from);
	ck_assert_uint_eq(p.report.files, steps[_i].files);
	/* and as much of the log as some tiles hold, however long it is */
	ck_assert_uint_lt(p.forest.asked, 256 * 9);
	expect_log(&p, steps[_i].to);
	published_clear(&p);
	run_leave();
}
END_TEST

static bool
there(const char *path)
{
	return access(path, F_OK) == 0;
}

START_TEST(partial_files_until_the_full_one)
{
	struct published p;
	uint64_t size;

	run_folder();
	published_make(&p, 600, 1);
	for (size = 250; size < 260; size++) {
		ck_assert_int_eq(
		    published_put(&p, size, PUB, PUBLISH_NEW), ERR_OK);
		/* earlier heads keep their tiles until the full one is out */
		ck_assert_int_eq(there(PUB "/tile/0/000.p/250"), size < 256);
		ck_assert_int_eq(
		    there(PUB "/tile/entries/000.p/250"), size < 256);
		ck_assert_int_eq(there(PUB "/tile/0/000.p"), size < 256);
		ck_assert_int_eq(there(PUB "/tile/0/000"), size >= 256);
		ck_assert_int_eq(there(PUB "/tile/entries/000"), size >= 256);
	}
	ck_assert(there(PUB "/tile/0/001.p/1"));
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert(!there(PUB "/tile/0/001.p"));
	ck_assert(!there(PUB "/tile/entries/001.p"));
	ck_assert(there(PUB "/tile/1/000.p/1")); /* not full yet */
	ck_assert(there(PUB "/tile/1/000.p/2"));
	expect_log(&p, 600);
	published_clear(&p);
	run_leave();
}
END_TEST

/* --- what must stop it ----------------------------------------------- */

/* Published: 600 lines; then this happens to the folder. */
static const struct {
	const char *name, *command;
	uint64_t size; /* publish up to */
	enum err want_new, want_all;
	unsigned files_all; /* written again; 0 when it stops */
} accidents[] = {
	{ "nothing", "true", 600, ERR_OK, ERR_OK, 0 },
	{ "head torn", "truncate -s 40 log/checkpoint", 600, ERR_OK, ERR_OK,
	    1 },
	{ "head empty", "truncate -s 0 log/checkpoint", 600, ERR_OK, ERR_OK,
	    1 },
	{ "head gone", "rm log/checkpoint", 600, ERR_OK, ERR_OK, 1 },
	{ "head a long file", "truncate -s 1M log/checkpoint", 600, ERR_OK,
	    ERR_OK, 1 },
	{ "head is text", "echo hello >log/checkpoint", 600, ERR_OK, ERR_OK,
	    1 },
	{ "full tile gone", "rm log/tile/0/000", 600, ERR_OK, ERR_OK, 1 },
	{ "full bundle gone", "rm log/tile/entries/001", 600, ERR_OK, ERR_OK,
	    1 },
	{ "partial tile gone", "rm log/tile/0/002.p/88", 600, ERR_OK, ERR_OK,
	    1 },
	{ "partial tile torn", "truncate -s 40 log/tile/0/002.p/88", 600,
	    ERR_OK, ERR_OK, 1 },
	{ "all tiles gone", "rm -r log/tile", 600, ERR_OK, ERR_OK, 7 },
	{ "full tile changed",
	    "printf x | dd of=log/tile/0/000 conv=notrunc bs=1 seek=99", 600,
	    ERR_OK, ERR_EXISTS, 0 },
	{ "full tile torn", "truncate -s 8191 log/tile/0/000", 600, ERR_OK,
	    ERR_EXISTS, 0 },
	{ "full tile longer", "truncate -s 8193 log/tile/0/000", 600, ERR_OK,
	    ERR_EXISTS, 0 },
	{ "full bundle empty", "truncate -s 0 log/tile/entries/000", 600,
	    ERR_OK, ERR_EXISTS, 0 },
	{ "late full tile of another try",
	    "echo late >log/tile/0/002; mkdir -p log/tile/entries;"
	    "echo late >log/tile/entries/002",
	    1000, ERR_EXISTS, ERR_EXISTS, 0 },
	{ "a pipe for a full tile", "rm log/tile/0/001; mkfifo log/tile/0/001",
	    600, ERR_OK, ERR_EXISTS, 0 },
	{ "a folder in the way", "mkdir -p log/tile/0/002", 1000, ERR_EXISTS,
	    ERR_EXISTS, 0 },
};

START_TEST(accidents_in_the_folder)
{
	struct published p;
	enum err got;

	for (int all = 0; all < 2; all++) {
		run_folder();
		published_make(&p, 1000, 1);
		ck_assert_int_eq(
		    published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
		ck_assert_int_eq(run(accidents[_i].command, NULL), 0);
		got = published_put(&p, accidents[_i].size, PUB,
		    all ? PUBLISH_ALL : PUBLISH_NEW);
		ck_assert_msg(got ==
			(all ? accidents[_i].want_all : accidents[_i].want_new),
		    "%s, %d: %s %s", accidents[_i].name, all, err_name(got),
		    p.err.text);
		if (all && got == ERR_OK) {
			expect_log(&p, 600);
			ck_assert_msg(p.report.files == accidents[_i].files_all,
			    "%s: %u", accidents[_i].name, p.report.files);
		}
		if (got != ERR_OK)
			ck_assert_uint_gt(strlen(p.err.text), 0);
		published_clear(&p);
		run_leave();
	}
}
END_TEST

/* The folder's head as it is after something was refused. */
static void
expect_head(const struct published *p, uint64_t size)
{
	struct bytes want = { 0 };

	published_head(p, size, &want);
	expect_file("checkpoint", &want);
	bytes_free(&want);
}

START_TEST(never_goes_back)
{
	struct published p;

	run_folder();
	published_make(&p, 600, 1);
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(published_put(&p, 590, PUB, PUBLISH_NEW), ERR_STALE);
	ck_assert_ptr_nonnull(
	    strstr(p.err.text, "ahead of this one by 10 lines"));
	ck_assert_int_eq(published_put(&p, 0, PUB, PUBLISH_ALL), ERR_STALE);
	expect_log(&p, 600);
	published_clear(&p);
	run_leave();
}
END_TEST

START_TEST(never_publishes_a_fork)
{
	struct published p, other;
	unsigned files;

	run_folder();
	published_make(&p, 600, 1);
	published_make(&other, 700, 2);
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	files = count_files(PUB);
	ck_assert_int_eq(
	    published_put(&other, 700, PUB, PUBLISH_NEW), ERR_SIGNATURE);
	ck_assert_int_eq(
	    published_put(&other, 600, PUB, PUBLISH_ALL), ERR_SIGNATURE);
	expect_log(&p, 600);
	ck_assert_uint_eq(count_files(PUB), files);
	published_clear(&p);
	published_clear(&other);
	run_leave();
}
END_TEST

/* A folder without a head may still hold full tiles of another history. */
START_TEST(other_history_without_a_head)
{
	struct published p, other;

	run_folder();
	published_make(&p, 600, 1);
	published_make(&other, 700, 2);
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(unlink(PUB "/checkpoint"), 0);
	ck_assert_int_eq(
	    published_put(&other, 700, PUB, PUBLISH_NEW), ERR_EXISTS);
	ck_assert(!there(PUB "/checkpoint"));
	published_clear(&p);
	published_clear(&other);
	run_leave();
}
END_TEST

START_TEST(leaves_another_log_alone)
{
	struct published p, other;

	run_folder();
	published_make(&p, 10, 1);
	published_make(&other, 10, 1);
	signer_clear(&other.log);
	signer_make(&other.log, SIGNER_ORIGIN, VKEY_ED25519, 9);
	ck_assert_int_eq(published_put(&p, 10, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(
	    published_put(&other, 10, PUB, PUBLISH_NEW), ERR_EXISTS);
	expect_head(&p, 10);
	published_clear(&p);
	published_clear(&other);
	run_leave();
}
END_TEST

/* A newer cosignature on the same tree replaces the head alone. */
START_TEST(same_size_newer_cosignature)
{
	struct published p;
	struct signer post;
	struct bytes note = { 0 };
	struct note parsed;
	char text[256];

	run_folder();
	published_make(&p, 10, 1);
	signer_make(&post, "RRP-ES/log/GTGUA01/1", VKEY_COSIGNATURE, 5);
	ck_assert_int_eq(published_put(&p, 10, PUB, PUBLISH_NEW), ERR_OK);
	published_head(&p, 10, &note);
	ck_assert_int_eq(note_parse(note.at, note.len, &parsed, NULL), ERR_OK);
	memcpy(text, parsed.text, parsed.len);
	ck_assert_int_eq(checkpoint_cosign(text, parsed.len, &post.key,
			     post.private, 1795000000, &note, NULL),
	    ERR_OK);
	struct log_reader log = forest_log(&p.forest);

	ck_assert_int_eq(log_publish(&log, note.at, note.len, &p.log.key, PUB,
			     PUBLISH_NEW, &p.report, NULL),
	    ERR_OK);
	ck_assert_uint_eq(p.report.files, 1);
	expect_file("checkpoint", &note);
	bytes_free(&note);
	signer_clear(&post);
	published_clear(&p);
	run_leave();
}
END_TEST

/* --- a log that is not what its head says ---------------------------- */

/* The k-th hash or entry handed out is wrong; 0: none. */
struct liar {
	struct forest *forest;
	int wrong_hash_level, wrong_entry;
	uint64_t wrong_index;
	bool both;      /* entry and its leaf are wrong alike */
	int fail_after; /* calls; then errors */
};

static enum err
liar_hashes(void *ctx, unsigned level, uint64_t first, unsigned count,
    struct tree_hash *out, struct errtext *err)
{
	struct liar *l = ctx;

	if (l->fail_after-- == 0)
		return err_set(err, ERR_IO, "the disk is gone");
	forest_hashes(l->forest, level, first, count, out, err);
	if ((int)level == l->wrong_hash_level && l->wrong_index >= first &&
	    l->wrong_index < first + count) {
		char entry[80];
		size_t len =
		    forest_entry(l->forest->seed, l->wrong_index, entry);

		entry[len - 1] ^= 1;
		tree_leaf(entry, len, &out[l->wrong_index - first]);
	}
	return ERR_OK;
}

static enum err
liar_entries(void *ctx, uint64_t first, unsigned count, struct bytes *out,
    struct errtext *err)
{
	struct liar *l = ctx;

	if (l->fail_after-- == 0)
		return err_set(err, ERR_IO, "the disk is gone");
	forest_entries(l->forest, first, count, out, err);
	if (l->wrong_entry)
		out->at[out->len - 1] ^= 1;
	if (l->both && l->wrong_index == first + count - 1)
		out->at[out->len - 1] ^= 1;
	return ERR_OK;
}

static enum err
publish_liar(struct published *p, struct liar *l, uint64_t size)
{
	const struct log_reader log = { liar_hashes, liar_entries, l };
	struct bytes note = { 0 };
	enum err rc;

	l->forest = &p->forest;
	published_head(p, size, &note);
	rc = log_publish(&log, note.at, note.len, &p->log.key, PUB, PUBLISH_NEW,
	    &p->report, &p->err);
	bytes_free(&note);
	return rc;
}

static const struct liar liars[] = {
	{ .wrong_hash_level = 0, .wrong_index = 3, .fail_after = -1 },
	{ .wrong_hash_level = 0, .wrong_index = 255, .fail_after = -1 },
	{ .wrong_hash_level = 0, .wrong_index = 599, .fail_after = -1 },
	{ .wrong_hash_level = 1, .wrong_index = 0, .fail_after = -1 },
	{ .wrong_hash_level = 1, .wrong_index = 1, .fail_after = -1 },
	{ .wrong_hash_level = -1, .wrong_entry = 1, .fail_after = -1 },
	{ .wrong_index = 255, .both = true, .fail_after = -1 },
	{ .wrong_index = 511, .both = true, .fail_after = -1 },
	{ .wrong_index = 599, .both = true, .fail_after = -1 },
};

START_TEST(damaged_log_gets_no_head)
{
	struct liar l = liars[_i];
	struct published p;

	run_folder();
	published_make(&p, 600, 1);
	ck_assert_int_eq(publish_liar(&p, &l, 600), ERR_DATA);
	ck_assert(!there(PUB "/checkpoint"));
	published_clear(&p);
	run_leave();
}
END_TEST

/* Stopped at every point: what is out stays whole, and it goes on. */
START_TEST(stopped_anywhere)
{
	struct published p;
	int after;
	enum err rc = ERR_IO;

	published_make(&p, 70000, 1);
	for (after = 0; rc != ERR_OK; after++) {
		struct liar l = { .wrong_hash_level = -1, .fail_after = after };
		struct reading r = { .published = &p, .dir = PUB };

		ck_assert_int_lt(after, 100);
		run_folder();
		ck_assert_int_eq(
		    published_put(&p, 250, PUB, PUBLISH_NEW), ERR_OK);
		rc = publish_liar(&p, &l, 600);
		ck_assert(rc == ERR_OK || rc == ERR_IO);
		ck_assert_int_eq(reading_go(&r, READ_ALL_TILES), ERR_OK);
		ck_assert_uint_eq(r.head.size, rc == ERR_OK ? 600 : 250);
		ck_assert_int_eq(
		    published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
		expect_log(&p, 600);
		run_leave();
	}
	ck_assert_int_gt(after, 8);
	published_clear(&p);
}
END_TEST

/* A stick that takes no file over some size, as a full one at its end. */
START_TEST(full_disk)
{
	const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
	struct published p;
	rlim_t bytes;

	signal(SIGXFSZ, SIG_IGN);
	run_folder();
	published_make(&p, 600, 1);
	ck_assert_int_eq(published_put(&p, 300, PUB, PUBLISH_NEW), ERR_OK);
	for (bytes = 0; bytes < 9000; bytes += 1500) {
		const struct rlimit few = { bytes, RLIM_INFINITY };
		struct reading r = { .published = &p, .dir = PUB };
		enum err rc;

		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &few), 0);
		rc = published_put(&p, 600, PUB, PUBLISH_NEW);
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
		ck_assert_int_eq(rc, ERR_IO);
		ck_assert_ptr_nonnull(strstr(p.err.text, PUB "/tile/"));
		ck_assert_int_eq(reading_go(&r, READ_ALL_TILES), ERR_OK);
		ck_assert_uint_eq(r.head.size, 300);
	}
	ck_assert_int_eq(published_put(&p, 600, PUB, PUBLISH_NEW), ERR_OK);
	expect_log(&p, 600);
	/* no temporary file stayed behind */
	ck_assert_int_eq(run("find log -name '.*.tmp' | grep .", NULL), 1);
	published_clear(&p);
	run_leave();
}
END_TEST

START_TEST(no_folder_can_be_made)
{
	struct published p;

	run_folder();
	run_put(PUB, "a file", 6);
	published_make(&p, 10, 1);
	ck_assert_int_eq(published_put(&p, 10, PUB, PUBLISH_NEW), ERR_IO);
	published_clear(&p);
	run_leave();
}
END_TEST

/* Killed at any moment, and two at once: a reader always finds a whole log. */
START_TEST(killed_and_in_parallel)
{
	struct published p;
	struct reading r = { .published = &p, .dir = PUB };
	pid_t child[2];
	int round, i;

	run_folder();
	published_make(&p, 3000, 1);
	ck_assert_int_eq(published_put(&p, 1, PUB, PUBLISH_NEW), ERR_OK);
	for (round = 0; round < 12; round++) {
		for (i = 0; i < 2; i++)
			if ((child[i] = fork()) == 0) {
				uint64_t size = 1 + (uint64_t)round * 200;

				for (; size < 3000; size += 37)
					published_put(
					    &p, size, PUB, PUBLISH_NEW);
				_exit(0);
			}
		usleep(3000 + 1500 * (useconds_t)round);
		for (i = 0; i < 2; i++) {
			kill(child[i], SIGKILL);
			waitpid(child[i], NULL, 0);
		}
		ck_assert_msg(
		    reading_go(&r, READ_ALL_TILES) == ERR_OK, "%s", r.err.text);
	}
	ck_assert_int_eq(published_put(&p, 3000, PUB, PUBLISH_NEW), ERR_OK);
	expect_log(&p, 3000);
	published_clear(&p);
	run_leave();
}
END_TEST

/* A stranger's stick: nobody's files are removed but those of publishing. */
START_TEST(removes_only_its_own)
{
	struct published p;

	run_folder();
	published_make(&p, 300, 1);
	ck_assert_int_eq(published_put(&p, 200, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_int_eq(
	    run("mkdir papers; echo x >papers/letter.pdf; echo x >papers/7;"
		"rm -r log/tile/0/000.p; ln -s ../../../papers "
		"log/tile/0/000.p; echo x >log/tile/entries/000.p/letter.pdf;"
		"echo x >log/tile/entries/000.p/.0123456789abcdef.tmp",
		NULL),
	    0);
	ck_assert_int_eq(published_put(&p, 300, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert(there("papers/letter.pdf"));
	ck_assert(there("papers/7"));
	ck_assert(there("log/tile/entries/000.p/letter.pdf"));
	ck_assert(!there("log/tile/entries/000.p/200"));
	ck_assert(!there("log/tile/entries/000.p/.0123456789abcdef.tmp"));
	published_clear(&p);
	run_leave();
}
END_TEST

START_TEST(one_at_a_time)
{
	struct published p;
	int lock;

	run_folder();
	published_make(&p, 10, 1);
	ck_assert_int_eq(folder_lock(PUB, &lock, NULL), ERR_OK);
	ck_assert_int_eq(published_put(&p, 10, PUB, PUBLISH_NEW), ERR_BUSY);
	ck_assert(!there(PUB "/checkpoint"));
	close(lock);
	ck_assert_int_eq(published_put(&p, 10, PUB, PUBLISH_NEW), ERR_OK);
	ck_assert_uint_eq(count_files(PUB), 3);
	published_clear(&p);
	run_leave();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("publish");
	TCase *t = tcase_create("publish");

	tcase_add_loop_test(t, writes_every_file, 0, COUNT(wholes));
	tcase_add_loop_test(t, one_line_more, 0, COUNT(steps));
	tcase_add_test(t, partial_files_until_the_full_one);
	tcase_add_loop_test(t, accidents_in_the_folder, 0, COUNT(accidents));
	tcase_add_test(t, never_goes_back);
	tcase_add_test(t, never_publishes_a_fork);
	tcase_add_test(t, other_history_without_a_head);
	tcase_add_test(t, leaves_another_log_alone);
	tcase_add_test(t, same_size_newer_cosignature);
	tcase_add_loop_test(t, damaged_log_gets_no_head, 0, COUNT(liars));
	tcase_add_test(t, stopped_anywhere);
	tcase_add_test(t, full_disk);
	tcase_add_test(t, no_folder_can_be_made);
	tcase_add_test(t, killed_and_in_parallel);
	tcase_add_test(t, removes_only_its_own);
	tcase_add_test(t, one_at_a_time);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
