/*
 * cut.h - the power fails at a given step, not after a given time: a program
 * under test dies at its n-th flush to the disk, on any machine the same.
 */
#ifndef TESTS_SUPPORT_CUT_H
#define TESTS_SUPPORT_CUT_H

#include <stdbool.h>

/*
 * cut_at - run act() in a child that is killed in place of its n-th fsync() or
 * fdatasync(), counted from 1. Returns whether it came to that; false: act()
 * ended before.
 */
bool cut_at(unsigned n, void (*act)(void));

/* cut_disk_fails - from now on no flush succeeds; false: they do again. */
void cut_disk_fails(bool fails);

#endif
