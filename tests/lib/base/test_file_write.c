#include "base/file.h"

#include "tests/check_main.h"
#include "tests/support/cut.h"
#include "tests/support/run.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The next lstat() fails. It stands before the C library's. */
static bool look_fails;

int
lstat(const char *path, struct stat *out)
{
	static int (*real)(const char *, struct stat *);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "lstat");
	if (look_fails) {
		look_fails = false;
		errno = EIO;
		return -1;
	}
	return real(path, out);
}

/* So does the next stat(). */
static bool stat_fails;

int
stat(const char *path, struct stat *out)
{
	static int (*real)(const char *, struct stat *);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "stat");
	if (stat_fails) {
		stat_fails = false;
		errno = EIO;
		return -1;
	}
	return real(path, out);
}

static void
assert_holds(const char *path, const char *want)
{
	struct bytes got = { 0 };

	ck_assert_int_eq(file_read(path, 1 << 20, &got, NULL), ERR_OK);
	ck_assert_str_eq((char *)got.at, want);
	bytes_free(&got);
}

/* How many names lie in the folder, hidden ones too? */
static int
names_in(const char *dir)
{
	struct bytes out = { 0 };
	char command[64];
	int count;

	snprintf(command, sizeof(command), "ls -A %s | wc -l", dir);
	ck_assert_int_eq(run(command, &out), 0);
	count = atoi((char *)out.at);
	bytes_free(&out);
	return count;
}

static mode_t
mode_of(const char *path)
{
	struct stat st;

	ck_assert_int_eq(lstat(path, &st), 0);
	return st.st_mode & 0777;
}

START_TEST(makes_and_replaces)
{
	struct errtext err = { 0 };

	umask(022);
	ck_assert_int_eq(file_write("f", 0644, "one", 3, &err), ERR_OK);
	assert_holds("f", "one");
	ck_assert_uint_eq(mode_of("f"), 0644);
	ck_assert_int_eq(file_write("f", 0600, "second", 6, &err), ERR_OK);
	assert_holds("f", "second");
	ck_assert_uint_eq(mode_of("f"), 0600);
	ck_assert_int_eq(file_write("f", 0600, NULL, 0, &err), ERR_OK);
	assert_holds("f", "");
	ck_assert_int_eq(names_in("."), 1);
}
END_TEST

/* Who holds the old file open reads the old bytes to their end. */
START_TEST(never_writes_into_the_old_file)
{
	char old[8] = "";
	FILE *f;

	ck_assert_int_eq(file_write("f", 0644, "before", 6, NULL), ERR_OK);
	f = fopen("f", "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(file_write("f", 0644, "after", 5, NULL), ERR_OK);
	ck_assert_uint_eq(fread(old, 1, 6, f), 6);
	ck_assert_str_eq(old, "before");
	fclose(f);
}
END_TEST

/* A link that somebody put in the way is replaced, not followed. */
START_TEST(replaces_a_link_itself)
{
	run_put("precious", "kept", 4);
	ck_assert_int_eq(symlink("precious", "f"), 0);
	ck_assert_int_eq(file_write("f", 0644, "new", 3, NULL), ERR_OK);
	assert_holds("precious", "kept");
	assert_holds("f", "new");
}
END_TEST

/* As root a rename would take the place of /dev/full for everybody. */
START_TEST(leaves_devices_and_pipes_alone)
{
	struct stat st;

	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	ck_assert_int_eq(symlink("pipe", "link"), 0);
	ck_assert_int_eq(file_write("pipe", 0644, "x", 1, NULL), ERR_IO);
	ck_assert_int_eq(file_write("link", 0644, "x", 1, NULL), ERR_IO);
	ck_assert_int_eq(lstat("pipe", &st), 0);
	ck_assert(S_ISFIFO(st.st_mode));
	ck_assert_int_eq(lstat("link", &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	ck_assert_int_eq(names_in("."), 2);
}
END_TEST

START_TEST(failure_leaves_no_trace)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(mkdir("d", 0755), 0);
	ck_assert_int_eq(file_write("d", 0644, "x", 1, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "d: this is not a file"));
	ck_assert_int_eq(file_write("no/f", 0644, "x", 1, &err), ERR_IO);
	ck_assert_int_eq(file_write_new("no/f", 0644, "x", 1, &err), ERR_IO);
	ck_assert_int_eq(names_in("."), 1);
	ck_assert_int_eq(names_in("d"), 0);
}
END_TEST

START_TEST(new_keeps_what_exists)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(file_write_new("f", 0600, "one", 3, &err), ERR_OK);
	ck_assert_uint_eq(mode_of("f"), 0600);
	ck_assert_int_eq(file_write_new("f", 0644, "one", 3, &err), ERR_OK);
	ck_assert_uint_eq(mode_of("f"), 0600);
	ck_assert_int_eq(file_write_new("f", 0600, "two", 3, &err), ERR_EXISTS);
	ck_assert_ptr_nonnull(strstr(err.text, "f: exists already"));
	ck_assert_int_eq(file_write_new("f", 0600, "on", 2, &err), ERR_EXISTS);
	ck_assert_int_eq(
	    file_write_new("f", 0600, "one more", 8, &err), ERR_EXISTS);
	ck_assert_int_eq(file_write_new("f", 0600, "", 0, &err), ERR_EXISTS);
	assert_holds("f", "one");
	ck_assert_int_eq(names_in("."), 1);
}
END_TEST

/* Two at the same moment: one makes the file, the other is told so. */
START_TEST(new_is_made_by_one_of_two)
{
	for (int round = 0; round < 40; round++) {
		int gate[2], made = 0;
		pid_t child[2];

		ck_assert_int_eq(pipe(gate), 0);
		for (int i = 0; i < 2; i++) {
			if ((child[i] = fork()) != 0)
				continue;
			/* wait for the gate to close */
			close(gate[1]);
			(void)!read(gate[0], &made, 1);
			_exit((int)file_write_new(
			    "f", 0600, i ? "one" : "two", 3, NULL));
		}
		close(gate[0]);
		close(gate[1]);
		for (int i = 0; i < 2; i++) {
			int status;

			ck_assert_int_eq(
			    waitpid(child[i], &status, 0), child[i]);
			ck_assert(WIFEXITED(status));
			if (WEXITSTATUS(status) == ERR_OK) {
				made++;
				assert_holds("f", i ? "one" : "two");
			} else
				ck_assert_int_eq(
				    WEXITSTATUS(status), ERR_EXISTS);
		}
		ck_assert_int_eq(made, 1);
		ck_assert_int_eq(names_in("."), 1);
		ck_assert_int_eq(unlink("f"), 0);
	}
}
END_TEST

START_TEST(new_does_not_follow_a_dangling_link)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(symlink("nowhere", "f"), 0);
	ck_assert_int_eq(file_write_new("f", 0600, "x", 1, &err), ERR_EXISTS);
	ck_assert(!file_exists("nowhere"));
	ck_assert_int_eq(names_in("."), 1);
}
END_TEST

/* Where a disk did not let one look, nothing is said to be there. */
START_TEST(what_nobody_can_look_at_is_not_there_already)
{
	struct errtext err = { 0 };
	struct file_draft draft;

	look_fails = true;
	ck_assert_int_eq(file_write_over("f", 0600, "x", 1, "y", &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "cannot be read"));
	look_fails = true;
	ck_assert_int_eq(
	    file_draft_new("f", 0600, "x", 1, &draft, &err), ERR_IO);
	ck_assert(!look_fails);
	ck_assert_int_eq(names_in("."), 0);
	ck_assert_int_eq(file_mkdir("d", 0755, &err), ERR_OK);
	stat_fails = true;
	ck_assert_int_eq(file_mkdir("d", 0755, &err), ERR_IO);
	ck_assert_ptr_null(strstr(err.text, "not a folder"));
	ck_assert(!stat_fails);
}
END_TEST

/* What one's own command wrote may be replaced, nothing else. */
START_TEST(over_replaces_only_its_own)
{
	const char *mark = "mark 1 ";
	struct errtext err = { 0 };

	ck_assert_int_eq(
	    file_write_over("f", 0600, "mark 1 a", 8, mark, &err), ERR_OK);
	ck_assert_int_eq(
	    file_write_over("f", 0600, "mark 1 bb", 9, mark, &err), ERR_OK);
	assert_holds("f", "mark 1 bb");
	for (int i = 0; i < 4; i++) {
		static const char *const others[] = { "", "mark 1", "mark 2 x",
			" mark 1 x" };

		run_put("other", others[i], strlen(others[i]));
		ck_assert_int_eq(
		    file_write_over("other", 0600, "mark 1 b", 8, mark, &err),
		    ERR_EXISTS);
		ck_assert_ptr_nonnull(strstr(err.text, "another name"));
		assert_holds("other", others[i]);
	}
	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	ck_assert_int_eq(
	    file_write_over("pipe", 0600, "mark 1 b", 8, mark, &err), ERR_IO);
	ck_assert_int_eq(symlink("other", "link"), 0);
	ck_assert_int_eq(
	    file_write_over("link", 0600, "mark 1 b", 8, mark, &err),
	    ERR_EXISTS);
	ck_assert_int_eq(names_in("."), 4);
}
END_TEST

static const struct {
	int why;
	const char *said;
} causes[] = {
	{ ENOSPC, "f: cannot be written: the disk is full" },
	{ EDQUOT, "used up" },
	{ EROFS, "read-only" },
	{ EFBIG, "4 GiB" },
	{ EIO, "pulled out" },
	{ ENODEV, "pulled out" },
	{ EACCES, "may not write there" },
	{ EPERM, "may not write there" },
	{ EINVAL, "such a name" },
	{ ENAMETOOLONG, "such a name" },
	{ ENOENT, "no such folder" },
	{ ENOTDIR, "is a file, not a folder" },
	{ EBUSY, "busy" },
};

START_TEST(names_the_cause)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(file_unwritten("f", causes[_i].why, &err), ERR_IO);
	ck_assert_msg(
	    strstr(err.text, causes[_i].said) != NULL, "%s", err.text);
}
END_TEST

START_TEST(writes_where_a_path_leads)
{
	char path[4096];

	ck_assert_int_eq(file_mkdir("a/b", 0755, NULL), ERR_OK);
	ck_assert_int_eq(file_write("a/b/f", 0644, "x", 1, NULL), ERR_OK);
	assert_holds("a/b/f", "x");
	ck_assert_ptr_nonnull(getcwd(path, sizeof(path) - 16));
	strcat(path, "/a/g");
	ck_assert_int_eq(file_write(path, 0644, "y", 1, NULL), ERR_OK);
	assert_holds("a/g", "y");
}
END_TEST

static const struct {
	const char *path, *made;
} folders[] = { { "a", "a" }, { "a/b/c", "a/b/c" }, { "a/b/", "a/b" },
	{ "a//b", "a/b" }, { "./a", "a" } };

START_TEST(makes_folders_with_parents)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(file_mkdir(folders[_i].path, 0700, &err), ERR_OK);
	ck_assert(file_is_dir(folders[_i].made));
	ck_assert_uint_eq(mode_of("a"), 0700);
	ck_assert_int_eq(file_mkdir(folders[_i].path, 0755, &err), ERR_OK);
	ck_assert_uint_eq(mode_of("a"), 0700);
}
END_TEST

/* A stick that is not in is not made on the disk instead. */
START_TEST(knows_where_no_folder_may_be_made)
{
	static const struct {
		const char *path;
		enum err want;
	} row[] = {
		{ "d", ERR_OK }, { "d/", ERR_OK }, { "d/new", ERR_OK },
		{ "new", ERR_OK }, { "./new/", ERR_OK }, { "/", ERR_OK },
		{ "/new", ERR_OK }, { "no/new", ERR_NOT_FOUND },
		{ "no/new/", ERR_NOT_FOUND }, { "d/no/new", ERR_NOT_FOUND },
		{ "/no/new", ERR_NOT_FOUND }, { "gone", ERR_NOT_FOUND },
		{ "gone/new", ERR_NOT_FOUND }, { "here", ERR_OK },
		{ "here/new", ERR_OK },
		{ "f/new", ERR_OK }, /* which making it refuses */
	};
	struct errtext err = { 0 };

	run_put("f", "", 0);
	ck_assert_int_eq(file_mkdir("d", 0755, NULL), ERR_OK);
	ck_assert_int_eq(symlink("d", "here"), 0);
	ck_assert_int_eq(symlink("no/d", "gone"), 0);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		ck_assert_msg(
		    file_parent_there(row[i].path, &err) == row[i].want, "%s",
		    row[i].path);
	ck_assert_ptr_nonnull(strstr(err.text, "is the stick in?"));
}
END_TEST

START_TEST(makes_no_folder_of_a_file)
{
	struct errtext err = { 0 };
	char path[4096];

	run_put("f", "", 0);
	ck_assert_int_eq(file_folder_ready("f", &err), ERR_IO);
	ck_assert_int_eq(file_folder_ready("f/g", &err), ERR_IO);
	ck_assert_int_eq(file_folder_ready("d/e", &err), ERR_OK);
	ck_assert_int_eq(file_folder_ready("/d/e", &err), ERR_OK);
	ck_assert(!file_exists("d"));
	ck_assert_int_eq(file_mkdir("f", 0755, &err), ERR_IO);
	ck_assert_int_eq(file_mkdir("f/g", 0755, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "f"));
	ck_assert_ptr_nonnull(getcwd(path, sizeof(path)));
	ck_assert_int_eq(file_mkdir(path, 0755, &err), ERR_OK);
	ck_assert_int_eq(file_mkdir("/", 0755, &err), ERR_OK);
}
END_TEST

START_TEST(drafts_are_named_together)
{
	struct file_draft draft[3] = { 0 };

	ck_assert_int_eq(mkdir("d", 0755), 0);
	run_put("d/g", "two", 3);
	ck_assert_int_eq(
	    file_draft_new("d/f", 0600, "one", 3, &draft[0], NULL), ERR_OK);
	ck_assert_int_eq(
	    file_draft_new("d/g", 0600, "two", 3, &draft[1], NULL), ERR_OK);
	ck_assert_int_eq(
	    file_draft_over("d/h", 0600, "six", 3, &draft[2], NULL), ERR_OK);
	ck_assert_int_eq(names_in("d"), 3);
	ck_assert_int_eq(file_draft_name(draft, 3, NULL), ERR_OK);
	assert_holds("d/f", "one");
	assert_holds("d/g", "two");
	assert_holds("d/h", "six");
	/* the first that cannot be ends it, and no draft stays */
	for (unsigned i = 0; i < 3; i++) {
		const char path[] = { 'd', '/', (char)('p' + i), '\0' };

		ck_assert_int_eq(
		    file_draft_new(path, 0600, "one", 3, &draft[i], NULL),
		    ERR_OK);
	}
	run_put("d/q", "two", 3);
	ck_assert_int_eq(file_draft_name(draft, 3, NULL), ERR_EXISTS);
	assert_holds("d/p", "one");
	assert_holds("d/q", "two");
	ck_assert_int_eq(names_in("d"), 5);
}
END_TEST

START_TEST(a_draft_has_no_name_before_it_is_given)
{
	struct file_draft draft = { 0 };

	ck_assert_int_eq(mkdir("d", 0755), 0);
	ck_assert_int_eq(
	    file_draft_new("d/f", 0600, "one", 3, &draft, NULL), ERR_OK);
	ck_assert(!file_exists("d/f"));
	ck_assert_int_eq(names_in("d"), 1);
	ck_assert_int_eq(file_draft_name(&draft, 1, NULL), ERR_OK);
	assert_holds("d/f", "one");
	ck_assert_int_eq(names_in("d"), 1);
	/* the same bytes need none; other bytes are refused at once */
	ck_assert_int_eq(
	    file_draft_new("d/f", 0600, "one", 3, &draft, NULL), ERR_OK);
	ck_assert_int_eq(file_draft_name(&draft, 1, NULL), ERR_OK);
	ck_assert_int_eq(
	    file_draft_new("d/f", 0600, "two", 3, &draft, NULL), ERR_EXISTS);
	/* or when it is named, should one have come in between */
	ck_assert_int_eq(
	    file_draft_new("d/g", 0600, "one", 3, &draft, NULL), ERR_OK);
	run_put("d/g", "two", 3);
	ck_assert_int_eq(file_draft_name(&draft, 1, NULL), ERR_EXISTS);
	assert_holds("d/g", "two");
	/* one that is given up leaves nothing */
	ck_assert_int_eq(
	    file_draft_new("d/h", 0600, "one", 3, &draft, NULL), ERR_OK);
	file_draft_clear(&draft);
	ck_assert_int_eq(names_in("d"), 2);
	ck_assert_int_eq(
	    file_draft_new("none/f", 0600, "one", 3, &draft, NULL), ERR_IO);
	file_draft_clear(&draft);
}
END_TEST

/* Who wrote what is there may have been ended before it was flushed. */
START_TEST(what_is_found_is_flushed)
{
	ck_assert_int_eq(file_write_new("f", 0600, "one", 3, NULL), ERR_OK);
	ck_assert_int_eq(file_mkdir("d", 0700, NULL), ERR_OK);
	cut_disk_fails(true);
	ck_assert_int_eq(file_write_new("f", 0600, "one", 3, NULL), ERR_IO);
	ck_assert_int_eq(file_sync("f", NULL), ERR_IO);
	ck_assert_int_eq(file_mkdir("d", 0700, NULL), ERR_IO);
	/* what has something in it was flushed before that */
	run_put("d/f", "one", 3);
	ck_assert_int_eq(file_mkdir("d", 0700, NULL), ERR_OK);
	cut_disk_fails(false);
	ck_assert_int_eq(file_write_new("f", 0600, "one", 3, NULL), ERR_OK);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("file_write");
	TCase *t = tcase_create("file_write");

	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_add_test(t, makes_and_replaces);
	tcase_add_test(t, never_writes_into_the_old_file);
	tcase_add_test(t, replaces_a_link_itself);
	tcase_add_test(t, leaves_devices_and_pipes_alone);
	tcase_add_test(t, failure_leaves_no_trace);
	tcase_add_test(t, new_keeps_what_exists);
	tcase_add_test(t, new_is_made_by_one_of_two);
	tcase_add_test(t, new_does_not_follow_a_dangling_link);
	tcase_add_test(t, over_replaces_only_its_own);
	tcase_add_test(t, what_nobody_can_look_at_is_not_there_already);
	tcase_add_loop_test(
	    t, names_the_cause, 0, (int)(sizeof(causes) / sizeof(causes[0])));
	tcase_add_test(t, writes_where_a_path_leads);
	tcase_add_loop_test(t, makes_folders_with_parents, 0,
	    (int)(sizeof(folders) / sizeof(folders[0])));
	tcase_add_test(t, makes_no_folder_of_a_file);
	tcase_add_test(t, knows_where_no_folder_may_be_made);
	tcase_add_test(t, a_draft_has_no_name_before_it_is_given);
	tcase_add_test(t, drafts_are_named_together);
	tcase_add_test(t, what_is_found_is_flushed);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
