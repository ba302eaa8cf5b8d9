/*
 * jail_paths.c - Landlock: every right to files, ports and other processes that
 * this kernel can take is taken, and given back to nothing. The numbers are
 * written out here: the headers of the machine that compiles may be older than
 * the kernel of the one that runs.
 */
#include "decode/jail_locks.h"

#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef __NR_landlock_create_ruleset /* the same everywhere */
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_restrict_self  446
#endif

#define ASK_VERSION 1 /* LANDLOCK_CREATE_RULESET_VERSION */

struct rights {
	uint64_t files, ports, others;
};

/* What each version of Landlock knows, all of it. */
static const struct {
	long version;
	struct rights rights;
	size_t size;
} known[] = {
	/* read, write, execute, make and remove: 13 rights; then to link
	 * elsewhere, to truncate, to control a device */
	{ 1, { (1u << 13) - 1, 0, 0 }, 8 }, { 2, { (1u << 14) - 1, 0, 0 }, 8 },
	{ 3, { (1u << 15) - 1, 0, 0 }, 8 },
	{ 4, { (1u << 15) - 1, 3, 0 }, 16 }, /* TCP: bind, connect */
	{ 5, { (1u << 16) - 1, 3, 0 }, 16 },
	{ 6, { (1u << 16) - 1, 3, 3 }, 24 }, /* abstract sockets, signals */
};

bool
jail_paths(void)
{
	long version =
	    syscall(__NR_landlock_create_ruleset, NULL, 0, ASK_VERSION);
	size_t i = 0;
	long rules;
	bool held;

	if (version < known[0].version)
		return false;
	while (i + 1 < sizeof(known) / sizeof(known[0]) &&
	    known[i + 1].version <= version)
		i++;
	rules = syscall(
	    __NR_landlock_create_ruleset, &known[i].rights, known[i].size, 0);
	if (rules < 0)
		return false;
	held = syscall(__NR_landlock_restrict_self, rules, 0) == 0;
	close((int)rules);
	return held;
}
