/*
 * Tests of base/leftover.h. Each folder is swept once by a process, so whoever
 * sweeps or writes is one of its own.
 */
#include "base/file.h"
#include "base/leftover.h"
#include "base/newdir.h"

#include "tests/check_main.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEAD ".0123456789abcdef.tmp"

static char dir[32];

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

/* A command in the folder. */
static int
sh(const char *command)
{
	char text[512];

	snprintf(text, sizeof(text), "cd '%s' && { %s; }", dir, command);
	return system(text);
}

static void
teardown(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static void
sweep(void)
{
	pid_t child = fork();

	if (child == 0) {
		leftover_sweep(dir);
		_exit(0);
	}
	ck_assert_int_gt(child, 0);
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
}

/* --- what goes, and what stays ------------------------------------------- */

static const char *const dead[] = {
	"echo half >" DEAD,
	": >" DEAD,
	"echo half >" DEAD "; chmod 400 " DEAD,
	"mkdir " DEAD,
	"mkdir " DEAD "; echo key >" DEAD "/root.key; : >" DEAD "/" DEAD,
};

START_TEST(what_is_nobodys_goes)
{
	ck_assert_int_eq(sh(dead[_i]), 0);
	ck_assert_int_eq(sh("echo a letter >letter.xml"), 0);
	sweep();
	ck_assert_int_eq(sh("test \"$(ls -A)\" = letter.xml"), 0);
}
END_TEST

static const char *const others[] = {
	"echo x >.0123456789abcde.tmp",
	"echo x >.0123456789abcdef0.tmp",
	"echo x >.0123456789ABCDEF.tmp",
	"echo x >.0123456789abcdeg.tmp",
	"echo x >0123456789abcdef.tmp",
	"echo x >.0123456789abcdef.tmp~",
	"echo x >.tmp",
	"echo x >letter; ln -s letter " DEAD,
	"mkdir folder; echo x >folder/letter; ln -s folder " DEAD,
	"mkfifo " DEAD,
	"mkdir -p " DEAD "/folder; echo x >" DEAD "/folder/letter",
};

START_TEST(what_may_be_anothers_stays)
{
	char before[] = "/tmp/sello-XXXXXX", command[512];

	ck_assert_ptr_nonnull(mkdtemp(before));
	ck_assert_int_eq(sh(others[_i]), 0);
	snprintf(command, sizeof(command), "cp -a . '%s/was'", before);
	ck_assert_int_eq(sh(command), 0);
	sweep();
	snprintf(command, sizeof(command),
	    "test \"$(find . | sort)\" = \"$(cd '%s/was' && find . | sort)\"",
	    before);
	ck_assert_int_eq(sh(command), 0);
	snprintf(command, sizeof(command), "rm -rf '%s'", before);
	ck_assert_int_eq(sh(command), 0);
}
END_TEST

/* --- what somebody is at -------------------------------------------------- */

static enum err
write_draft(int ready, int go)
{
	struct file_draft draft = { 0 };
	char *path = file_join(dir, "letter.xml");
	char c = 0;
	enum err rc = file_draft_new(path, 0600, "whole", 5, &draft, NULL);

	free(path);
	if (write(ready, &c, 1) != 1 || read(go, &c, 1) != 0)
		return ERR_INTERNAL;
	return rc == ERR_OK ? file_draft_name(&draft, 1, NULL) : rc;
}

static enum err
write_folder(int ready, int go)
{
	struct newdir newdir = { 0 };
	char *path = file_join(dir, "center"), *in = NULL;
	char c = 0;
	enum err rc = newdir_begin(path, &newdir, NULL);

	if (rc == ERR_OK && (in = file_join(newdir.dir, "letter.xml")) != NULL)
		rc = file_write_new(in, 0600, "whole", 5, NULL);
	free(in);
	free(path);
	if (write(ready, &c, 1) != 1 || read(go, &c, 1) != 0)
		return ERR_INTERNAL;
	if (rc == ERR_OK)
		rc = newdir_finish(&newdir, NULL);
	newdir_free(&newdir);
	return rc;
}

static const struct {
	enum err (*write)(int ready, int go);
	const char *there;
} writers[] = {
	{ write_draft, "test \"$(cat letter.xml)\" = whole" },
	{ write_folder, "test \"$(cat center/letter.xml)\" = whole" },
};

/* Somebody sweeps while a writer is in the midst, or was killed there. */
static void
meanwhile(int i, bool killed)
{
	int ready[2], go[2], status = 0;
	pid_t child;
	char c;

	ck_assert_int_eq(pipe(ready), 0);
	ck_assert_int_eq(pipe(go), 0);
	child = fork();
	if (child == 0) {
		close(go[1]);
		_exit(writers[i].write(ready[1], go[0]) == ERR_OK ? 0 : 1);
	}
	ck_assert_int_gt(child, 0);
	ck_assert_int_eq(read(ready[0], &c, 1), 1);
	ck_assert_int_eq(sh("ls -A | grep -q '^[.].*[.]tmp$'"), 0);
	if (killed) {
		ck_assert_int_eq(kill(child, SIGKILL), 0);
		ck_assert_int_eq(waitpid(child, NULL, 0), child);
	}
	sweep();
	close(go[1]);
	if (!killed) {
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_int_eq(status, 0);
	}
	close(go[0]);
	close(ready[0]);
	close(ready[1]);
}

START_TEST(what_somebody_writes_stays)
{
	meanwhile(_i, false);
	ck_assert_int_eq(sh(writers[_i].there), 0);
}
END_TEST

START_TEST(what_a_killed_program_wrote_goes)
{
	meanwhile(_i, true);
	ck_assert_int_eq(sh("test -z \"$(ls -A)\""), 0);
}
END_TEST

/* Who was slower makes another. */
START_TEST(what_was_swept_is_not_held)
{
	char *name = NULL;
	int fd;

	ck_assert_int_eq(leftover_name(dir, &name, NULL), ERR_OK);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	ck_assert_int_ge(fd, 0);
	sweep();
	ck_assert(!leftover_hold(fd));
	close(fd);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert(leftover_hold(fd));
	sweep();
	ck_assert(leftover_hold(fd));
	close(fd);
	free(name);
}
END_TEST

static bool gets_its_name;

/* In place of libc's own: what was made gets its own name just before. */
int
flock(int fd, int how)
{
	if (gets_its_name)
		ck_assert_int_eq(sh("mv " DEAD " home"), 0);
	gets_its_name = false;
	return (int)syscall(SYS_flock, fd, how);
}

/* The sweeper had opened it by the other one. */
START_TEST(what_gets_its_name_meanwhile_stays)
{
	ck_assert_int_eq(sh("mkdir " DEAD " && echo x >" DEAD "/root.key"), 0);
	gets_its_name = true;
	leftover_sweep(dir);
	ck_assert(!gets_its_name);
	ck_assert_int_eq(sh("test -s home/root.key"), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("leftover");
	TCase *tc = tcase_create("all");

#define ROWS(table) (int)(sizeof(table) / sizeof(table[0]))
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, what_is_nobodys_goes, 0, ROWS(dead));
	tcase_add_loop_test(tc, what_may_be_anothers_stays, 0, ROWS(others));
	tcase_add_loop_test(tc, what_somebody_writes_stays, 0, ROWS(writers));
	tcase_add_loop_test(
	    tc, what_a_killed_program_wrote_goes, 0, ROWS(writers));
	tcase_add_test(tc, what_was_swept_is_not_held);
	tcase_add_test(tc, what_gets_its_name_meanwhile_stays);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
