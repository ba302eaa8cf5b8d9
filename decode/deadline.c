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

static struct itimerval left;
static const char *last_words;
static size_t last_len;

/* Nothing of the library is safe to call here, nor to return to. */
static void
over(int number)
{
	(void)number;
	_exit(write(STDOUT_FILENO, last_words, last_len) == (ssize_t)last_len
		? EXIT_SUCCESS
		: EXIT_FAILURE);
}

void
deadline_set(long ms, const char *words)
{
	ms *= SLOWER;
	left =
	    (struct itimerval){ .it_value = { ms / 1000, ms % 1000 * 1000 } };
	last_words = words;
	last_len = strlen(words);
	(void)signal(SIGPROF, over);
}

void
deadline_run(void)
{
	/* none is left: 0 would stop the clock */
	if (left.it_value.tv_sec == 0 && left.it_value.tv_usec == 0)
		left.it_value.tv_usec = 1;
	(void)setitimer(ITIMER_PROF, &left, NULL);
}

void
deadline_pause(void)
{
	const struct itimerval stop = { 0 };

	(void)setitimer(ITIMER_PROF, &stop, &left);
}
