/*
 * deadline.c - deadline.h.
 */
#include "decode/deadline.h"

#include "decode/asan.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#define SLOWER (UNDER_ASAN ? 5 : 1)

struct deadline {
	struct itimerval left;
	const char *words;
	size_t len;
};

/* There is one clock a process. */
static struct deadline *
deadline(void)
{
	static struct deadline one;

	return &one;
}

/* Nothing of the library is safe to call here, nor to return to. */
static void
over(int number)
{
	const struct deadline *d = deadline();

	(void)number;
	_exit(write(STDOUT_FILENO, d->words, d->len) == (ssize_t)d->len
		? EXIT_SUCCESS
		: EXIT_FAILURE);
}

void
deadline_set(long ms, const char *words)
{
	ms *= SLOWER;
	*deadline() = (struct deadline){
		.left = { .it_value = { ms / 1000, ms % 1000 * 1000 } },
		.words = words,
		.len = strlen(words),
	};
	(void)signal(SIGPROF, over);
}

void
deadline_run(void)
{
	struct timeval *left = &deadline()->left.it_value;

	/* none is left: 0 would stop the clock */
	if (left->tv_sec == 0 && left->tv_usec == 0)
		left->tv_usec = 1;
	(void)setitimer(ITIMER_PROF, &deadline()->left, NULL);
}

void
deadline_pause(void)
{
	const struct itimerval stop = { 0 };

	(void)setitimer(ITIMER_PROF, &stop, &deadline()->left);
}
