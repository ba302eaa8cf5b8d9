/*
 * bench_jail.c - what locking a picture reader in costs each file: processes that
 * begin as sello-decode does, take its locks and end, beside others that only
 * begin; medians of milliseconds. Once as a program that reads one file, which
 * loads what its decoder needs before, and once as a child of one that serves
 * many and has everything loaded.
 *
 * Exit status 1: the locks cost over 10 ms.
 */
#include "decode/jail.h"
#include "decode/preload.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 101
#define MOST   10.0 /* ms */

enum depth { BEGIN, LOAD, LOCK };

static const struct {
	const char *what;
	enum magic type;
	enum jail_who who;
} kinds[] = {
	{ "PNG", MAGIC_PNG, JAIL_READER },
	{ "PDF", MAGIC_PDF, JAIL_READER },
	{ "HEIC", MAGIC_HEIF, JAIL_THREADED },
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
act(size_t kind, enum depth depth)
{
	if (!jail_begin())
		return EXIT_FAILURE;
	if (depth >= LOAD)
		preload(kinds[kind].type);
	if (depth >= LOCK &&
	    (jail_enter(kinds[kind].who, JAIL_ALL) & JAIL_CALLS) == 0)
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(size_t kind, enum depth depth)
{
	double took[ROUNDS];
	int status, i;
	pid_t child;

	for (i = 0; i < ROUNDS; i++) {
		took[i] = now();
		if ((child = fork()) == 0)
			_exit(act(kind, depth));
		if (child < 0 || waitpid(child, &status, 0) != child ||
		    status != 0) {
			fputs("bench-jail: no lock here\n", stderr);
			exit(EXIT_FAILURE);
		}
		took[i] = now() - took[i];
	}
	qsort(took, ROUNDS, sizeof(took[0]), by_size);
	return took[ROUNDS / 2];
}

/* The locks' own share, in ms. */
static double
show(const char *who, size_t kind)
{
	double begin = median(kind, BEGIN);
	double load = median(kind, LOAD);
	double locked = median(kind, LOCK);

	printf("%-5s %-12s begun %5.2f  loaded %6.2f  locked in %6.2f ms\n",
	    kinds[kind].what, who, begin, load, locked);
	return locked - load;
}

int
main(void)
{
	double most = 0, cost;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		cost = show("one file", i);
		most = cost > most ? cost : most;
	}
	preload_all();
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		cost = show("one of many", i);
		most = cost > most ? cost : most;
	}
	printf(
	    "the locks cost at most %.2f ms a file (limit %.0f)\n", most, MOST);
	return most <= MOST ? EXIT_SUCCESS : EXIT_FAILURE;
}
