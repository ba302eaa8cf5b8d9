/*
 * child.c - starting and hearing sello-decode: child.h.
 */
#include "scan/child.h"

#include "base/clock.h"
#include "scan/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

int
child_file(const uint8_t *data, size_t len)
{
	struct reader r = { data, len };
	struct reader part;
	int fd = memfd_create("sello-input", MFD_CLOEXEC);
	ssize_t put;

	while (fd >= 0 && r.left > 0) {
		put = write(fd, r.at, r.left);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0 || !reader_take(&r, (size_t)put, &part)) {
			close(fd);
			return -1;
		}
	}
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int
set_attributes(posix_spawnattr_t *attributes)
{
	static const int keys[] = { SIGINT, SIGQUIT };
	sigset_t here, held, all;

	/* where a key that is pressed does not end us, nor what we wait for */
	pthread_sigmask(SIG_BLOCK, NULL, &here);
	sigemptyset(&held);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (sigismember(&here, keys[i]) == 1)
			sigaddset(&held, keys[i]);
	sigfillset(&all);
	posix_spawnattr_setsigmask(attributes, &held);
	posix_spawnattr_setsigdefault(attributes, &all);
	return posix_spawnattr_setflags(
	    attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

bool
child_may_be_unlocked(void)
{
	const char *said = getenv("SELLO_UNLOCKED");

	return said != NULL && strcmp(said, "yes") == 0;
}

int
child_spawn(const char *program, const char *option, int input, int output,
    pid_t *child)
{
	char word[32], unlocked[] = PROTOCOL_UNLOCKED;
	char *argv[4] = { (char[]){ "sello-decode" } };
	/* nobody there needs to know what time it is here: to know is to read a
	 * file */
	char *const environment[] = { (char[]){ "TZ=UTC0" }, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	size_t count = 1;
	int failed;

	if (option != NULL) {
		text_copy(word, sizeof(word), option);
		argv[count++] = word;
	}
	if (child_may_be_unlocked())
		argv[count++] = unlocked;
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	failed = set_attributes(&attributes);
	failed |= posix_spawn_file_actions_adddup2(&actions, input, 0);
	failed |= posix_spawn_file_actions_adddup2(&actions, output, 1);
	failed |= posix_spawn_file_actions_addopen(
	    &actions, 2, "/dev/null", O_WRONLY, 0);
	failed |= posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	if (failed == 0)
		failed = posix_spawn(
		    child, program, &actions, &attributes, argv, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	errno = failed;
	return failed;
}

#define WAIT_MS 500

/* Times in milliseconds. */
struct watch {
	pid_t child;
	const struct child_limits *limits;
	int64_t cpu;      /* that it had used ... */
	int64_t cpu_said; /* ... when it last said something */
	int idle; /* waits since it last used some: a clock runs on while both
		   * programs are stopped */
	int64_t began, waited; /* this wait; all of them, each as long as it may
				* be at most, for the same reason */
	struct progress *progress; /* NULL: nobody is told */
	size_t lines;
};

/* Processor time of the child; what was known before when it is gone. */
static int64_t
cpu_of(const struct watch *watch)
{
	struct timespec used;
	clockid_t clock;

	if (clock_getcpuclockid(watch->child, &clock) != 0 ||
	    clock_gettime(clock, &used) != 0)
		return watch->cpu;
	return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

static bool
has_time(struct watch *watch)
{
	int64_t cpu = cpu_of(watch);

	if (cpu > watch->cpu)
		watch->idle = 0;
	watch->cpu = cpu;
	return cpu - watch->cpu_said < watch->limits->cpu_seconds * 1000 &&
	    watch->idle < watch->limits->idle_seconds * 1000 / WAIT_MS &&
	    watch->waited < watch->limits->wall_seconds * 1000;
}

static void
has_waited(struct watch *watch)
{
	int64_t now = clock_ms();

	watch->waited +=
	    now - watch->began < WAIT_MS ? now - watch->began : WAIT_MS;
	watch->began = now;
}

/* A page's end, mostly: what is said is progress. */
static void
has_said(struct watch *watch, const uint8_t *chunk, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		watch->lines += chunk[i] == '\n';
	watch->cpu_said = watch->cpu;
	if (watch->progress != NULL)
		progress_step(watch->progress, watch->lines);
}

int
child_listen(int fd, pid_t child, const struct child_limits *limits,
    struct progress *progress, size_t max, struct bytes *answer)
{
	struct watch watch = {
		.child = child, .limits = limits, .progress = progress
	};
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	uint8_t chunk[16384];
	ssize_t got;
	int ready;

	/* from what the clock says at first: where a test sets the time, this
	 * clock is set with it */
	watch.cpu = watch.cpu_said = cpu_of(&watch);
	watch.began = clock_ms();
	while (has_time(&watch)) {
		ready = poll(&wait, 1, WAIT_MS);
		if (ready < 0 && errno != EINTR)
			return errno;
		has_waited(&watch);
		watch.idle += ready == 0;
		if (ready <= 0)
			continue;
		got = read(fd, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0 ? 0 : errno;
		bytes_add(answer, chunk, (size_t)got);
		if (answer->failed)
			return ENOMEM;
		if (answer->len > max)
			return EMSGSIZE;
		has_said(&watch, chunk, (size_t)got);
	}
	return ETIME;
}
