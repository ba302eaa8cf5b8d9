/*
 * child.h - starting sello-decode and hearing what it says, within limits. It
 * gets the file as an unnamed one in memory, so it needs no path and no right
 * to open anything; an environment without ours; and no descriptor of ours. Inner
 * header of scan.
 */
#ifndef SCAN_CHILD_H
#define SCAN_CHILD_H

#include "base/bytes.h"
#include "base/progress.h"

#include <sys/types.h>

/* When one is given up: after so much processor time without a word, so long
 * without using any, or so long in all: one that was taken over could use a little
 * of it and say a little for ever. */
struct child_limits {
	int cpu_seconds, idle_seconds, wall_seconds;
};

/* child_file - the bytes as an open file without a name, read from its start.
 * -1 with errno. */
int child_file(const uint8_t *data, size_t len);

/* child_may_be_unlocked - did somebody say that it reads even where it cannot
 * lock itself in? SELLO_UNLOCKED=yes in the environment. */
bool child_may_be_unlocked(void);

/*
 * child_spawn - start it.
 *
 *   option         its first argument, or NULL
 *   input, output  its descriptors 0 and 1; both stay the caller's
 *
 * 0, or a number of errno. It dies with the thread that started it.
 */
int child_spawn(const char *program, const char *option, int input, int output,
    pid_t *child);

/*
 * child_listen - append what it says until it ends.
 *
 *   child     whose work is counted
 *   progress  begun, counts the lines; NULL: nobody is told
 *   max       bytes that it may say
 *
 * 0; EMSGSIZE when it said too much, ETIME when it was too late: its own fault, and
 * it may still be there. Any other number of errno is this side's.
 */
int child_listen(int fd, pid_t child, const struct child_limits *limits,
    struct progress *progress, size_t max, struct bytes *answer);

#endif
