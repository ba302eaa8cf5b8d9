#include "base/file.h"

#include "tests/check_main.h"
#include "tests/support/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Contents of many sizes, also around the size of one read. */
static const size_t sizes[] = { 0, 1, 63, 64, 65535, 65536, 65537, 300000 };

static void
fill(struct bytes *b, size_t len)
{
	while (len-- > 0)
		bytes_add_byte(b, (uint8_t)(len * 31 + len / 251));
}

START_TEST(reads_all_at_the_limit_and_none_above)
{
	struct bytes data = { 0 };
	struct bytes got = { 0 };
	struct errtext err = { 0 };

	fill(&data, sizes[_i]);
	run_put("f", data.at, data.len);
	ck_assert_int_eq(file_read("f", sizes[_i], &got, &err), ERR_OK);
	ck_assert(bytes_equal(&got, &data));
	ck_assert_uint_eq(got.at[got.len], 0);
	bytes_free(&got);
	ck_assert_int_eq(file_read("f", SIZE_MAX, &got, &err), ERR_OK);
	ck_assert(bytes_equal(&got, &data));
	if (sizes[_i] > 0) {
		ck_assert_int_eq(
		    file_read("f", sizes[_i] - 1, &got, &err), ERR_LIMIT);
		ck_assert_uint_eq(got.len, 0);
		ck_assert_ptr_nonnull(strstr(err.text, "f: larger than"));
	}
	bytes_free(&got);
	bytes_free(&data);
}
END_TEST

/* The same through a pipe, whose size nobody knows before. */
START_TEST(reads_a_pipe_to_its_limit)
{
	struct bytes data = { 0 };
	struct bytes got = { 0 };
	struct errtext err = { 0 };

	fill(&data, sizes[_i]);
	run_put("f", data.at, data.len);
	for (size_t less = 0; less <= (sizes[_i] > 0); less++) {
		FILE *pipe = popen("cat f 2>/dev/null", "r");
		enum err rc;

		ck_assert_ptr_nonnull(pipe);
		rc = file_read_fd(
		    fileno(pipe), "pipe", sizes[_i] - less, &got, &err);
		ck_assert_int_eq(rc, less == 0 ? ERR_OK : ERR_LIMIT);
		if (less == 0)
			ck_assert(bytes_equal(&got, &data));
		pclose(pipe);
		bytes_free(&got);
	}
	bytes_free(&data);
}
END_TEST

/* Nobody writes into this pipe: opening it would wait for ever. */
START_TEST(regular_is_no_pipe_and_no_folder)
{
	struct bytes out = { 0 };
	struct errtext err = { 0 };

	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	ck_assert_int_eq(mkdir("d", 0700), 0);
	run_put("f", "abc", 3);
	ck_assert_int_eq(file_read_regular("pipe", 9, &out, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "pipe: is not a file"));
	ck_assert_int_eq(file_read_regular("d", 9, &out, NULL), ERR_IO);
	ck_assert_int_eq(file_read_regular("/dev/null", 9, &out, NULL), ERR_IO);
	ck_assert_int_eq(file_read_regular("-", 9, &out, NULL), ERR_NOT_FOUND);
	ck_assert_int_eq(file_read_regular("f", 2, &out, NULL), ERR_LIMIT);
	ck_assert_int_eq(file_read_regular("f", 3, &out, NULL), ERR_OK);
	ck_assert_str_eq((char *)out.at, "abc");
	bytes_free(&out);
}
END_TEST

/* --- pipes and devices by name ------------------------------------------- */

/* A writer that is slow, pauses, ends without a byte: as <(...) may. */
static const struct {
	const char *command, *want;
} writers[] = {
	{ "printf abc >pipe &", "abc" },
	{ "(printf a; sleep 0.3; printf bc) >pipe &", "abc" },
	{ "(sleep 6; printf abc) >pipe &", "abc" },
	{ ": >pipe &", "" },
	{ "head -c 300000 /dev/zero | tr '\\0' x >pipe &", NULL },
};

START_TEST(reads_a_named_pipe_that_somebody_writes)
{
	struct bytes out = { 0 };

	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	ck_assert_int_eq(system(writers[_i].command), 0);
	ck_assert_int_eq(file_read("pipe", 300000, &out, NULL), ERR_OK);
	if (writers[_i].want == NULL)
		ck_assert_uint_eq(out.len, 300000);
	else
		ck_assert_str_eq((char *)out.at, writers[_i].want);
	bytes_free(&out);
}
END_TEST

/* None of these ever ends by itself. */
static const char *const endless[] = { "/dev/zero", "/dev/random", "/dev/ptmx",
	"/dev/null", "socket", "pipe" };

START_TEST(waits_for_no_device_and_no_writer)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX,
		.sun_path = "socket" };
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	struct bytes out = { 0 };
	struct errtext err = { 0 };

	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	ck_assert_int_eq(
	    bind(listener, (struct sockaddr *)&name, sizeof(name)), 0);
	ck_assert_int_eq(file_read(endless[_i], 1u << 20, &out, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, endless[_i]));
	ck_assert_uint_eq(out.len, 0);
	close(listener);
}
END_TEST

START_TEST(a_pipe_has_a_limit_too)
{
	struct bytes out = { 0 };

	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	ck_assert_int_eq(system("cat /dev/zero >pipe 2>/dev/null &"), 0);
	ck_assert_int_eq(file_read("pipe", 1u << 20, &out, NULL), ERR_LIMIT);
}
END_TEST

START_TEST(appends_to_what_is_there)
{
	struct bytes got = { 0 };

	run_put("f", "two", 3);
	bytes_add_text(&got, "one ");
	ck_assert_int_eq(file_read("f", 3, &got, NULL), ERR_OK);
	ck_assert_str_eq((char *)got.at, "one two");
	bytes_free(&got);
}
END_TEST

START_TEST(reads_standard_input)
{
	struct bytes got = { 0 };
	int fd;

	run_put("f", "typed", 5);
	fd = open("f", O_RDONLY);
	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(file_read("-", 100, &got, NULL), ERR_OK);
	ck_assert_str_eq((char *)got.at, "typed");
	close(fd);
	bytes_free(&got);
}
END_TEST

/* A hole of 1 GB: refused by its size, so in no time and no memory. */
START_TEST(refuses_a_huge_file_by_its_size)
{
	struct bytes got = { 0 };
	struct errtext err = { 0 };

	run_put("f", "", 0);
	ck_assert_int_eq(truncate("f", (off_t)1 << 30), 0);
	ck_assert_int_eq(file_read("f", 64u << 20, &got, &err), ERR_LIMIT);
	ck_assert_uint_eq(got.cap, 0);
}
END_TEST

START_TEST(says_why_it_cannot_read)
{
	struct bytes got = { 0 };
	struct errtext err = { 0 };

	bytes_add_text(&got, "x");
	ck_assert_int_eq(file_read("nowhere", 9, &got, &err), ERR_NOT_FOUND);
	ck_assert_uint_eq(got.len, 0);
	ck_assert_ptr_nonnull(strstr(err.text, "nowhere: "));
	ck_assert_int_eq(file_read("no/where", 9, &got, &err), ERR_NOT_FOUND);
	run_put("f", "", 0);
	ck_assert_int_eq(file_read("f/x", 9, &got, &err), ERR_NOT_FOUND);
	ck_assert_int_eq(file_read(".", 9, &got, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "folder"));
	ck_assert_int_eq(file_read_fd(-1, "gone", 9, &got, &err), ERR_IO);
	if (geteuid() != 0) {
		ck_assert_int_eq(chmod("f", 0), 0);
		ck_assert_int_eq(file_read("f", 9, &got, &err), ERR_IO);
	}
}
END_TEST

START_TEST(tells_files_from_folders)
{
	run_put("f", "", 0);
	ck_assert_int_eq(symlink("nowhere", "link"), 0);
	ck_assert(file_exists("f"));
	ck_assert(file_exists("."));
	ck_assert(file_exists("link"));
	ck_assert(!file_exists("g"));
	ck_assert(file_is_dir("."));
	ck_assert(!file_is_dir("f"));
	ck_assert(!file_is_dir("g"));
	ck_assert(!file_is_dir("link"));
	ck_assert(file_seen_dir("."));
	ck_assert(!file_seen_dir("f"));
	ck_assert(!file_seen_dir("g"));
	/* a link to itself: nobody can look where it leads */
	ck_assert_int_eq(symlink("loop", "loop"), 0);
	ck_assert(file_is_dir("loop"));
	ck_assert(!file_seen_dir("loop"));
}
END_TEST

static const struct {
	const char *dir, *name, *want;
} joins[] = { { "a", "b", "a/b" }, { "a/", "b", "a/b" }, { "/", "b", "/b" },
	{ "", "b", "b" }, { "a/b", "c/d", "a/b/c/d" } };

START_TEST(joins_with_one_slash)
{
	char *path = file_join(joins[_i].dir, joins[_i].name);

	ck_assert_str_eq(path, joins[_i].want);
	free(path);
}
END_TEST

/* The child copies this very program to path and runs it there as a probe. */
static int
probe_from(const char *path)
{
	char command[PATH_MAX + 64];
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	ck_assert_int_gt(len, 0);
	self[len] = '\0';
	snprintf(command, sizeof(command), "cp '%s' '%s'", self, path);
	ck_assert_int_eq(run(command, NULL), 0);
	snprintf(command, sizeof(command), "PROBE=helper-x '%s'", path);
	return run(command, NULL);
}

static const struct {
	const char *program, *helper;
	int found;
} places[] = {
	{ "bin/x", "bin/helper-x", 1 },
	{ "bin/x", "libexec/sello/helper-x", 1 },
	{ "bin/x", "lib/sello/helper-x", 1 },
	{ "bin/x", "share/sello/helper-x", 1 },
	{ "bin/x", "share/helper-x", 1 },
	{ "build/tests/base/x", "build/helper-x", 1 },
	{ "build/tests/lib/base/x", "build/helper-x", 1 },
	{ "build/tests/x", "build/helper-x", 1 },
	{ "build/fuzz/x", "build/helper-x", 1 },
	/* a parent folder may be anybody's */
	{ "build/bin/x", "build/helper-x", 0 },
	{ "build/bin/sub/x", "build/helper-x", 0 },
	{ "build/contests/x", "build/helper-x", 0 },
	{ "build/tests/lib/base/deep/x", "build/helper-x", 0 },
	{ "bin/x", "helper-x", 0 },
};

START_TEST(finds_files_beside_the_program)
{
	char command[PATH_MAX];

	snprintf(command, sizeof(command),
	    "mkdir -p $(dirname %s) $(dirname %s) && touch %s",
	    places[_i].program, places[_i].helper, places[_i].helper);
	ck_assert_int_eq(run(command, NULL), 0);
	ck_assert_msg(
	    probe_from(places[_i].program) == (places[_i].found ? 0 : 1),
	    "%s, %s", places[_i].program, places[_i].helper);
}
END_TEST

START_TEST(lock_is_for_one_process)
{
	struct errtext err = { 0 };
	struct stat st;
	int fd = -1, other = -1, status;
	pid_t child;

	ck_assert_int_eq(file_lock("lock", &fd, &err), ERR_OK);
	ck_assert_int_eq(stat("lock", &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	child = fork();
	if (child == 0)
		_exit(file_lock("lock", &other, &err) == ERR_BUSY ? 0 : 1);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(file_lock("lock", &other, &err), ERR_BUSY);
	ck_assert_ptr_nonnull(strstr(err.text, "try again"));
	ck_assert_int_eq(other, -1);
	close(fd);
	ck_assert_int_eq(file_lock("lock", &fd, &err), ERR_OK);
	close(fd);
	ck_assert_int_eq(file_lock("no/lock", &fd, &err), ERR_IO);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("file");
	TCase *t = tcase_create("file");
	int n = (int)(sizeof(sizes) / sizeof(sizes[0]));

	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_add_loop_test(t, reads_all_at_the_limit_and_none_above, 0, n);
	tcase_add_loop_test(t, reads_a_pipe_to_its_limit, 0, n);
	tcase_add_test(t, regular_is_no_pipe_and_no_folder);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, reads_a_named_pipe_that_somebody_writes, 0,
	    (int)(sizeof(writers) / sizeof(writers[0])));
	tcase_add_loop_test(t, waits_for_no_device_and_no_writer, 0,
	    (int)(sizeof(endless) / sizeof(endless[0])));
	tcase_add_test(t, a_pipe_has_a_limit_too);
	tcase_add_test(t, appends_to_what_is_there);
	tcase_add_test(t, reads_standard_input);
	tcase_add_test(t, refuses_a_huge_file_by_its_size);
	tcase_add_test(t, says_why_it_cannot_read);
	tcase_add_test(t, tells_files_from_folders);
	tcase_add_loop_test(t, joins_with_one_slash, 0,
	    (int)(sizeof(joins) / sizeof(joins[0])));
	tcase_add_loop_test(t, finds_files_beside_the_program, 0,
	    (int)(sizeof(places) / sizeof(places[0])));
	tcase_add_test(t, lock_is_for_one_process);
	suite_add_tcase(s, t);
	return s;
}

/* Run as a probe: is the file found from where this program lies? */
__attribute__((constructor)) static void
probe(void)
{
	const char *name = getenv("PROBE");

	if (name != NULL) {
		char *path = file_beside_program(name);

		free(path);
		_exit(path != NULL ? 0 : 1);
	}
}

CHECK_MAIN(suite);
