/*
 * test_jail.c - decode/jail.h: what a decoder that was taken over can do. Each
 * attempt of escapes.h in a process of its own, locked in as sello-decode is;
 * by whom, and with which of the kernel's locks, are the cases.
 */
#include "tests/check_main.h"

#include "decode/asan.h"
#include "decode/jail.h"
#include "tests/decode/escapes.h"
#include "tests/support/run.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

enum { HELD, GOT_THROUGH, NO_LOCK, NOT_HERE };

/* As whom: what this machine does not let a test be is left out. */
enum user { AS_IS, ORDINARY, CONTAINED, USERS };

static const char *const users[] = { "as it is", "ordinary user", "container" };

static void
setup(void)
{
	run_folder();
	run_put("secret", "secret", 6);
	run_put("root.crt", "root", 4);
	ck_assert_int_eq(mkdir("folder", 0777), 0);
	if (geteuid() == 0 &&
	    (chown(".", NOBODY, NOBODY) != 0 ||
		chown("secret", NOBODY, NOBODY) != 0 ||
		chown("root.crt", NOBODY, NOBODY) != 0 ||
		chown("folder", NOBODY, NOBODY) != 0))
		ck_abort_msg("files are not given away");
}

static bool
become(enum user user)
{
	if (user == ORDINARY)
		return geteuid() == 0 && setgid(NOBODY) == 0 &&
		    setuid(NOBODY) == 0;
	return user == AS_IS ||
	    ((geteuid() != 0 || (setgid(NOBODY) == 0 && setuid(NOBODY) == 0)) &&
		unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) == 0);
}

/* In a child: as sello-decode begins, then somebody takes it over. */
static int
attempt(const struct escape *escape, enum user user, enum jail_who who,
    unsigned locks)
{
	int file = open("root.crt", O_RDWR);

	if (file < 0 || dup2(file, 0) != 0 || !become(user))
		return NOT_HERE;
	if (!(who == JAIL_SERVER ? jail_begin_serving() : jail_begin()) ||
	    jail_enter(who, locks) != locks)
		return NO_LOCK;
	return escape->got_through() ? GOT_THROUGH : HELD;
}

/* Killed is held. */
static int
outcome(const struct escape *escape, enum user user, enum jail_who who,
    unsigned locks)
{
	int status;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0)
		_exit(attempt(escape, user, who, locks));
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return HELD;
	ck_assert_msg(
	    WIFEXITED(status), "%s: signal %d", escape->what, WTERMSIG(status));
	return WEXITSTATUS(status);
}

static void
expect_untouched(const char *what)
{
	struct bytes now = { 0 };
	struct stat folder;

	run_get("root.crt", &now);
	ck_assert_msg(now.len == 4 && memcmp(now.at, "root", 4) == 0,
	    "%s changed a file", what);
	ck_assert_int_eq(stat("folder", &folder), 0);
	bytes_free(&now);
}

static bool
has_lock(unsigned lock)
{
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(!(jail_begin() && jail_enter(JAIL_READER, lock) == lock));
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* What these locks are to hold. */
static bool
is_for(const struct escape *escape, enum jail_who who, unsigned locks)
{
	if (who == JAIL_SERVER && escape->kind == ESCAPE_SERVES)
		return false;
	return (locks & JAIL_CALLS) != 0 || escape->kind == ESCAPE_FILE;
}

static void
try_all(enum user user, enum jail_who who, unsigned locks)
{
	size_t i;

	for (i = 0; i < escape_count; i++) {
		int got = is_for(&escapes[i], who, locks)
		    ? outcome(&escapes[i], user, who, locks)
		    : HELD;

		if (got == NOT_HERE)
			return;
		ck_assert_msg(got == HELD, "%s, %s, locks %u: %s",
		    escapes[i].what, users[user], locks,
		    got == NO_LOCK ? "no lock" : "got through");
		expect_untouched(escapes[i].what);
	}
}

static const unsigned locks[] = { JAIL_ALL, JAIL_CALLS, JAIL_PATHS };
#define LOCKS 3

START_TEST(a_reader_is_held)
{
	if (has_lock(locks[_i % LOCKS]))
		try_all(
		    (enum user)(_i / LOCKS), JAIL_READER, locks[_i % LOCKS]);
}
END_TEST

START_TEST(a_reader_with_threads_is_held)
{
	if (has_lock(locks[_i]))
		try_all(ORDINARY, JAIL_THREADED, locks[_i]);
}
END_TEST

/* It may do more, and of this only what it serves with. */
START_TEST(a_server_is_held)
{
	if (has_lock(locks[_i]))
		try_all(ORDINARY, JAIL_SERVER, locks[_i]);
}
END_TEST

/* The attempts themselves are good for something: without a lock most get
 * through, for who owns the files. Nobody is root here: it would harm. */
START_TEST(without_locks_they_get_through)
{
	enum user user = geteuid() == 0 ? ORDINARY : AS_IS;
	size_t count = 0, i;

	for (i = 0; i < escape_count; i++) {
		setup();
		count +=
		    outcome(&escapes[i], user, JAIL_READER, 0) == GOT_THROUGH;
		run_leave();
	}
	ck_assert_uint_ge(count, 30);
}
END_TEST

/* In a child: so many MiB of addresses more, which nobody may write to. */
static bool
gets_addresses(enum jail_who who, size_t mebibytes)
{
	int status;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0)
		_exit(!(jail_begin() && (jail_enter(who, 0), true) &&
		    mmap(NULL, mebibytes << 20, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED));
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Memory that is made writable later counts when it is asked for. */
START_TEST(addresses_have_a_limit)
{
	size_t most = JAIL_DATA_MAX >> 20;

	if (UNDER_ASAN)
		return;
	ck_assert(gets_addresses(JAIL_READER, most - 8));
	ck_assert(!gets_addresses(JAIL_READER, most + 8));
	ck_assert(gets_addresses(JAIL_THREADED, most + 8));
	ck_assert(!gets_addresses(JAIL_THREADED, JAIL_MEMORY_MAX >> 20));
}
END_TEST

/* Without any lock. */
static int
enter_another_root(bool begun)
{
	int status;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0)
		_exit((begun && !jail_begin()) || chroot("folder") == 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(root_is_like_others)
{
	ck_assert_int_eq(enter_another_root(true), 0);
	if (geteuid() == 0)
		ck_assert_int_eq(enter_another_root(false), 1);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("jail");
	TCase *t = tcase_create("escapes");

	tcase_add_checked_fixture(t, setup, run_leave);
	tcase_add_loop_test(t, a_reader_is_held, 0, USERS * LOCKS);
	tcase_add_loop_test(t, a_reader_with_threads_is_held, 0, LOCKS);
	tcase_add_loop_test(t, a_server_is_held, 0, LOCKS);
	tcase_add_test(t, root_is_like_others);
	suite_add_tcase(s, t);
	t = tcase_create("none");
	tcase_add_test(t, without_locks_they_get_through);
	tcase_add_test(t, addresses_have_a_limit);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN_APART(suite);
