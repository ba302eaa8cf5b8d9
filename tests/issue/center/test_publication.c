/*
 * The published folder: what a reader finds there is always a whole log,
 * whatever happened to who wrote it.
 */
#include "issue/center/publication.h"

#include "base/file.h"
#include "log/checkpoint.h"
#include "log/folder.h"
#include "log/read.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/cut.h"
#include "tests/support/desk.h"
#include "tests/support/fresh.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- helpers ------------------------------------------------------------- */

static void
shell(const char *format, ...)
{
	char command[512];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	ck_assert_msg(system(command) == 0, "%s", command);
}

static const char *
pub(void)
{
	static char path[96];

	snprintf(path, sizeof(path), "%s/pub", w.dir);
	return path;
}

static const char *
folder(void)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/log/GTGUA01/1", pub());
	return path;
}

/* The log grows to this size in one transaction. */
static void
grow_to(struct desk *d, uint64_t size)
{
	enum err rc;

	/* a publisher may note its folder just now */
	while ((rc = act_begin(&d->act, now, NULL)) == ERR_BUSY)
		usleep(1000);
	ck_assert_int_eq(rc, ERR_OK);
	while (d->act.book.head.range.size < size) {
		struct log_entry entry = { .kind = ENTRY_CLOSE };

		ck_assert_int_eq(logbook_add(&d->act, &entry, NULL), ERR_OK);
	}
	ck_assert_int_eq(act_commit(&d->act, NULL), ERR_OK);
}

static void
world_to(uint64_t size)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	grow_to(&d, size);
	desk_close(&d);
}

static void
told(void *arg, const struct published *published)
{
	struct published *last = arg;

	ck_assert_uint_eq(published->generation, last->generation + 1);
	*last = *published;
}

/* neither a letter nor a line */
static bool
is_empty(struct center *center)
{
	unsigned newest = 0;
	bool any = false;

	ck_assert_int_eq(
	    register_log_newest(center->reg, &newest, NULL), ERR_OK);
	ck_assert_int_eq(register_letter_any(center->reg, &any, NULL), ERR_OK);
	return newest == 0 && !any;
}

static enum err
publish_to(const char *place, struct published *out)
{
	struct center *center = world_open(&w, false);
	struct errtext err = { 0 };
	enum err rc;

	*out = (struct published){ 0 };
	rc = publication_write(center, place, now, told, out, &err);
	ck_assert_int_eq(rc == ERR_OK && !is_empty(center), out->generation);
	ck_assert(rc == ERR_OK || err.text[0] != '\0');
	center_close(&center);
	return rc;
}

static enum err
publish(void)
{
	struct published report;

	return publish_to(pub(), &report);
}

struct reading {
	struct center *center;
	uint64_t next;
};

static enum err
compare_line(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct reading *r = ctx;
	char *line = desk_line(r->center, index);

	(void)leaf, (void)err;
	ck_assert_uint_eq(index, r->next++);
	ck_assert_uint_eq(strlen(line), len);
	ck_assert_mem_eq(line, entry, len);
	free(line);
	return ERR_OK;
}

/* A stranger reads the folder, every tile of it; how many lines it has, 0 when
 * there is no head yet. */
static uint64_t
read_folder(void)
{
	const struct log_source source = { folder_fetch,
		(void *)(uintptr_t)folder() };
	const struct tree_range none = { 0 };
	struct reading r = { .center = world_open(&w, false) };
	const struct log_visitor visitor = { compare_line, &r };
	const struct trust_log *log = r.center->log;
	struct errtext err = { 0 };
	struct bytes note = { 0 };
	struct checkpoint head;
	struct tree_range range;
	struct note parsed;
	int64_t as_of = 0;
	enum err rc =
	    log_read_head(&source, &log->log, &note, &head, &parsed, &err);

	if (rc != ERR_NOT_FOUND) {
		ck_assert_msg(rc == ERR_OK, "%s", err.text);
		ck_assert_int_eq(
		    checkpoint_cosigned(&parsed, &log->cosigner, &as_of, NULL),
		    ERR_OK);
		rc = log_read(&source, &head, &none, NULL, READ_ALL_TILES,
		    &visitor, &range, &err);
		ck_assert_msg(rc == ERR_OK, "%s", err.text);
		ck_assert_uint_eq(r.next, head.size);
	}
	bytes_free(&note);
	center_close(&r.center);
	return r.next;
}

/* Nothing of the folder changes while this is done. */
static void
remember_folder(void)
{
	shell("rm -rf '%s.kept' && cp -a '%s' '%s.kept'", pub(), pub(), pub());
}

static void
same_folder(void)
{
	shell("diff -r '%s' '%s.kept' >&2", pub(), pub());
}

/* --- what should be ------------------------------------------------------ */

static const unsigned sizes[] = { 4, 5, 255, 256, 257, 511, 512, 513 };

/* In steps, as a center does, and at once into another folder. */
START_TEST(what_is_published_reads_as_the_log)
{
	struct published report;
	uint64_t before = 0;
	struct desk d;
	char other[96];

	snprintf(other, sizeof(other), "%s/at-once", w.dir);
	desk_open(&d, &w, "AP2003");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		grow_to(&d, sizes[i]);
		ck_assert_int_eq(publish_to(pub(), &report), ERR_OK);
		ck_assert_uint_eq(report.report.from, before);
		ck_assert_uint_eq(report.report.size, sizes[i]);
		ck_assert_int_eq(report.as_of, now);
		ck_assert_uint_eq(read_folder(), sizes[i]);
		before = sizes[i];
		/* again: nothing */
		ck_assert_int_eq(publish_to(pub(), &report), ERR_OK);
		ck_assert_uint_eq(report.report.from, sizes[i]);
		ck_assert_uint_eq(report.report.files, 0);
	}
	ck_assert_int_eq(publish_to(other, &report), ERR_OK);
	/* partial tiles of earlier heads may stay */
	shell("cd '%s/log/GTGUA01/1' && find . -type f | xargs -I {} cmp {}"
	      " '%s/{}' >&2",
	    other, folder());
	/* one line more: a bundle, a tile, the head */
	grow_to(&d, 514);
	ck_assert_int_eq(publish_to(pub(), &report), ERR_OK);
	ck_assert_uint_eq(report.report.files, 3);
	desk_close(&d);
}
END_TEST

START_TEST(letters_are_published_as_lines)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_drafts(d.act.center, 5, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_close(&d);
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_uint_eq(read_folder(), 9);
	/* nothing about a person: as world_letter() names them; words that
	 * base64 has by chance do not stand by themselves */
	shell("! grep -rqaE 'Batz X|María|-05-02|PERSON|ABCDEF|\\bLCI\\b' '%s'",
	    pub());
}
END_TEST

static struct tree_hash final_root;

static void
close_log(struct trust_list *list)
{
	list->centers[0].logs[0].closed = true;
	list->centers[0].logs[0].final_size = 5;
	memcpy(list->centers[0].logs[0].final_root, final_root.at,
	    sizeof(final_root.at));
}

START_TEST(a_closed_log_is_still_published)
{
	struct center *center;
	struct log_head head = { .last_time = 0 };
	bool found;

	world_to(5);
	center = world_open(&w, false);
	ck_assert_int_eq(
	    register_log_head(center->reg, 1, &head, &found, NULL), ERR_OK);
	tree_range_root(&head.range, &final_root);
	register_log_head_clear(&head);
	center_close(&center);
	world_take(&w, now, now, close_log);
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_uint_eq(read_folder(), 5);
}
END_TEST

START_TEST(the_folder_is_remembered_once_by_its_place)
{
	struct published report;
	char want[256];

	world_to(5);
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_int_eq(chdir(w.dir), 0);
	ck_assert_int_eq(symlink("pub", "stick"), 0);
	ck_assert_int_eq(publish_to("stick", &report), ERR_OK);
	ck_assert_int_eq(publish_to("./pub/../pub/", &report), ERR_OK);
	ck_assert_int_eq(publish_to("second", &report), ERR_OK);
	snprintf(want, sizeof(want),
	    "SELECT count(*) FROM log_place WHERE path IN ('%s/pub',"
	    " '%s/second')",
	    w.dir, w.dir);
	ck_assert_int_eq(desk_number(w.home, want), 2);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM log_place"), 2);
	ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

/* --- refused ------------------------------------------------------------- */

static void
no_log(struct trust_list *list)
{
	list->centers[0].log_count = 0;
}

static void
no_center(struct trust_list *list)
{
	list->center_count = 0;
}

START_TEST(nothing_to_publish)
{
	struct world begun = w;

	world_named(&w, now);
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_int_ne(access(pub(), F_OK), 0);
	world_free(&w);
	w = begun;
	world_take(&w, now, now, _i == 0 ? no_log : no_center);
	ck_assert_int_eq(publish(), ERR_CONFIG);
	shell("rm '%s/trust.xml'", w.home);
	ck_assert_int_eq(publish(), ERR_CONFIG);
	ck_assert_int_ne(access(pub(), F_OK), 0);
}
END_TEST

START_TEST(the_folder_of_another_log)
{
	struct world other, own;

	world_new(&other, now);
	own = w;
	world_to(5);
	w = other; /* publishes into our folder */
	world_to(7);
	strcpy(w.dir, own.dir);
	ck_assert_int_eq(publish(), ERR_OK);
	w = own;
	remember_folder();
	ck_assert_int_eq(publish(), ERR_EXISTS);
	same_folder();
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM log_place"), 0);
	world_free(&other);
}
END_TEST

/* A full tile's name with other bytes stops everything. */
static const char *const planted[] = {
	"tile/entries/000",
	"tile/0/000",
};

START_TEST(a_full_tile_with_other_bytes)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	grow_to(&d, 250);
	ck_assert_int_eq(publish(), ERR_OK);
	shell("head -c 8192 /dev/urandom >'%s/%s'", folder(), planted[_i]);
	grow_to(&d, 300);
	ck_assert_int_eq(publish(), ERR_EXISTS);
	ck_assert_uint_eq(read_folder(), 250);
	shell("test $(stat -c %%s '%s/%s') = 8192", folder(), planted[_i]);
	shell("rm '%s/%s'", folder(), planted[_i]);
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_uint_eq(read_folder(), 300);
	desk_close(&d);
}
END_TEST

/* Rows of the register that somebody changed are not published. */
static const char *const damages[] = {
	"UPDATE log_line SET line = replace(line, 'close', 'clone')"
	" WHERE id = (1 << 40) + 290",
	"UPDATE log_line SET line = replace(line, 'close', 'clone')"
	" WHERE id = (1 << 40) + 20",
	"DELETE FROM log_line WHERE id = (1 << 40) + 20",
	"UPDATE log_hash SET hash = zeroblob(32)",
	"UPDATE log_hash SET hash = x'00'",
	"DELETE FROM log_hash",
	"UPDATE log_head SET note = x'00'",
	"UPDATE log_head SET nodes = x'00'",
};

START_TEST(a_changed_register_is_not_published)
{
	world_to(300);
	desk_sql(w.home, damages[_i]);
	ck_assert_int_ne(publish(), ERR_OK);
	shell("test ! -e '%s/checkpoint'", folder());
}
END_TEST

/* --- two at once --------------------------------------------------------- */

START_TEST(another_publishes_there_now)
{
	int fd;

	world_to(5);
	ck_assert_int_eq(publish(), ERR_OK);
	world_to(6);
	remember_folder();
	fd = open(folder(), O_RDONLY | O_DIRECTORY);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	ck_assert_int_eq(publish(), ERR_BUSY);
	same_folder();
	close(fd);
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_uint_eq(read_folder(), 6);
}
END_TEST

/* Two programs publish without end while a third signs. */
static void
publish_for_ever(void)
{
	for (;;) {
		struct center *center = world_open(&w, false);
		struct published last = { 0 };
		struct errtext err = { 0 };
		enum err rc =
		    publication_write(center, pub(), now, told, &last, &err);

		if (rc != ERR_OK && rc != ERR_BUSY) {
			fprintf(stderr, "%s\n", err.text);
			_exit(1);
		}
		center_close(&center);
	}
}

START_TEST(two_publish_while_one_signs)
{
	pid_t child[2];
	int status;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	grow_to(&d, 200);
	for (int i = 0; i < 2; i++)
		if ((child[i] = fork()) == 0)
			publish_for_ever();
	for (uint64_t size = 210; size <= 600; size += EACH > 1 ? 39 : 13) {
		grow_to(&d, size);
		for (int i = 0; i < 3; i++)
			read_folder();
	}
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(waitpid(child[i], &status, WNOHANG), 0);
		ck_assert_int_eq(kill(child[i], SIGKILL), 0);
		ck_assert_int_eq(waitpid(child[i], &status, 0), child[i]);
	}
	desk_close(&d);
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_uint_ge(read_folder(), 600);
}
END_TEST

/* --- interrupted --------------------------------------------------------- */

static void
publish_once(void)
{
	publish();
}

/* Killed one step later each time, into a new folder and into an old one. */
START_TEST(a_kill_leaves_a_whole_folder)
{
	uint64_t old = _i == 0 ? 0 : 250;
	unsigned kills = 0, unfinished = 0;
	uint64_t got;
	bool cut = true;

	if (old > 0) {
		world_to(old);
		ck_assert_int_eq(publish(), ERR_OK);
		remember_folder();
	}
	world_to(700);
	for (unsigned step = 1; cut; step += EACH > 1 ? 9 : 1) {
		shell("rm -rf '%s'", pub());
		if (old > 0)
			shell("cp -a '%s.kept' '%s'", pub(), pub());
		cut = cut_at(step, publish_once);
		kills += cut;
		got = read_folder();
		ck_assert(got == old || got == 700);
		unfinished += got == old && access(folder(), F_OK) == 0;
		ck_assert_int_eq(publish(), ERR_OK);
		ck_assert_uint_eq(read_folder(), 700);
	}
	ck_assert_uint_gt(kills, 0);
	ck_assert_uint_gt(unfinished, 0);
	/* no temporary file of the dead is in a reader's way */
	shell("test -z \"$(find '%s' -name '*.p' -newer '%s/checkpoint')\"",
	    pub(), folder());
}
END_TEST

/* --- disks that take no more --------------------------------------------- */

/* Each file may be this long, as if the disk were full then. */
static const rlim_t rooms[] = { 0, 100, 1000, 8191, 20000 };

START_TEST(a_full_disk_keeps_the_old_head)
{
	struct rlimit limit, before;
	struct published last = { 0 };
	struct center *center;
	struct desk d;
	enum err rc;

	desk_open(&d, &w, "AP2003");
	grow_to(&d, 200);
	ck_assert_int_eq(publish(), ERR_OK);
	grow_to(&d, 520);
	desk_close(&d);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = rooms[_i];
	center = world_open(&w, false);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	rc = publication_write(center, pub(), now, told, &last, NULL);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
	ck_assert_int_eq(rc, ERR_IO);
	ck_assert_uint_eq(last.generation, 0);
	center_close(&center);
	ck_assert_uint_eq(read_folder(), 200);
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_uint_eq(read_folder(), 520);
}
END_TEST

/* A stick that is full, then has room again: where it can be mounted. */
START_TEST(a_full_stick)
{
	unsigned full = 0;

	ck_assert_int_eq(mkdir(pub(), 0755), 0);
	/* seen by this test alone, and gone with it */
	if (unshare(CLONE_NEWNS) != 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("stick", pub(), "tmpfs", 0, "size=40k") != 0)
		return; /* not here */
	world_to(100);
	ck_assert_int_eq(publish(), ERR_OK);
	world_to(600);
	for (unsigned size = 80; size < 400; size += 40) {
		char options[32];
		enum err rc = publish();

		ck_assert(rc == ERR_OK || rc == ERR_IO);
		ck_assert_uint_eq(read_folder(), rc == ERR_OK ? 600 : 100);
		full += rc != ERR_OK;
		snprintf(options, sizeof(options), "size=%uk", size);
		ck_assert_int_eq(
		    mount("stick", pub(), "tmpfs", MS_REMOUNT, options), 0);
	}
	ck_assert_int_eq(publish(), ERR_OK);
	ck_assert_uint_gt(full, 0);
	/* and one that can only be read */
	world_to(601);
	ck_assert_int_eq(
	    mount("stick", pub(), "tmpfs", MS_REMOUNT | MS_RDONLY, ""), 0);
	ck_assert_int_eq(publish(), ERR_IO);
	ck_assert_uint_eq(read_folder(), 600);
	ck_assert_int_eq(umount(pub()), 0);
}
END_TEST

static const char *const blocked[] = {
	": >pub",                                    /* a file */
	"mkdir pub && : >pub/log",                   /* a file in it */
	"mkdir -p pub/log/GTGUA01/1/tile/0/000.p/5", /* a folder in the way */
	"ln -s nowhere/at/all pub",                  /* a stick that is gone */
};

START_TEST(a_place_that_cannot_be_written)
{
	enum err rc;

	world_to(5);
	shell("cd '%s' && %s", w.dir, blocked[_i]);
	rc = publish();
	ck_assert_msg(rc == ERR_IO || rc == ERR_EXISTS, "%s", err_name(rc));
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM log_place"), 0);
	shell("test ! -e '%s/checkpoint'", folder());
}
END_TEST

/* Another user's folder: nothing is written, the old head stands. */
START_TEST(a_read_only_folder)
{
	struct published last = { 0 };
	struct center *center;
	enum err rc;

	if (geteuid() != 0)
		return; /* it is made with root's power to be somebody else */
	world_to(5);
	ck_assert_int_eq(publish(), ERR_OK);
	world_to(6);
	shell("chmod a+rx '%s' && chmod -R a+rwX '%s'", w.dir, w.home);
	remember_folder();
	center = world_open(&w, false);
	ck_assert_int_eq(seteuid(65534), 0);
	rc = publication_write(center, pub(), now, told, &last, NULL);
	ck_assert_int_eq(seteuid(0), 0);
	ck_assert_int_eq(rc, ERR_IO);
	same_folder();
	center_close(&center);
	ck_assert_uint_eq(read_folder(), 5);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("publication");
	TCase *t = tcase_create("publication");

	tcase_add_unchecked_fixture(t, begin, end);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, what_is_published_reads_as_the_log);
	tcase_add_test(t, letters_are_published_as_lines);
	tcase_add_test(t, a_closed_log_is_still_published);
	tcase_add_test(t, the_folder_is_remembered_once_by_its_place);
	tcase_add_loop_test(t, nothing_to_publish, 0, 2);
	tcase_add_test(t, the_folder_of_another_log);
	tcase_add_loop_test(t, a_full_tile_with_other_bytes, 0, 2);
	tcase_add_loop_test(t, a_changed_register_is_not_published, 0,
	    sizeof(damages) / sizeof(damages[0]));
	tcase_add_test(t, another_publishes_there_now);
	tcase_add_test(t, two_publish_while_one_signs);
	tcase_add_loop_test(t, a_kill_leaves_a_whole_folder, 0, 2);
	tcase_add_loop_test(t, a_full_disk_keeps_the_old_head, 0,
	    sizeof(rooms) / sizeof(rooms[0]));
	tcase_add_test(t, a_full_stick);
	tcase_add_loop_test(t, a_place_that_cannot_be_written, 0,
	    sizeof(blocked) / sizeof(blocked[0]));
	tcase_add_test(t, a_read_only_folder);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
