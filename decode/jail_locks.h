/*
 * jail_locks.h - the two locks that kernels have: inner header of jail.c.
 */
#ifndef DECODE_JAIL_LOCKS_H
#define DECODE_JAIL_LOCKS_H

#include "decode/jail.h"

/* jail_calls - only the system calls on a list; false: there is no such filter
 * here. After prctl(PR_SET_NO_NEW_PRIVS). */
bool jail_calls(enum jail_who who);

/* jail_paths - no file by its name, no port, no signal to others; false: the
 * kernel has no Landlock. Likewise. */
bool jail_paths(void);

#endif
