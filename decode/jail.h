/*
 * jail.h - what sello-decode gives up before it decodes a byte.
 */
#ifndef DECODE_JAIL_H
#define DECODE_JAIL_H

#include <stdbool.h>

#define JAIL_MEMORY_MAX (768ul << 20) /* bytes of address space */
#define JAIL_DATA_MAX   (240ul << 20) /* bytes that one reader writes to */

/*
 * jail_begin - at once: close all but standard input, output and error; limits
 * on memory, time and files; no privileges of root, and no new ones; no core file;
 * die with the parent. What has to be loaded can still be.
 *
 * False when one could not be set: then nothing must be decoded.
 */
bool jail_begin(void);

/* jail_begin_serving - the same for a process that reads no picture and starts
 * others that do: it may wait for as long as its parent lives. */
bool jail_begin_serving(void);

/* Who is locked in. */
enum jail_who {
	JAIL_READER,   /* of a picture: one thread, no file */
	JAIL_THREADED, /* the same, with threads: a reader that needs them */
	JAIL_SERVER,   /* starts readers, each of which locks itself in */
};

/* The kernel's own locks; limits are set everywhere. */
enum jail_lock {
	JAIL_CALLS = 1, /* a list of system calls: seccomp */
	JAIL_PATHS = 2, /* no file, no network: Landlock */
	JAIL_ALL = JAIL_CALLS | JAIL_PATHS,
};

/*
 * jail_enter - from now on only what a decoder needs once it is loaded.
 *
 *   locks  those to take: JAIL_ALL, but for tests
 *
 * The locks that hold. Without JAIL_CALLS a stranger's file must not be
 * decoded, unless somebody said so.
 */
unsigned jail_enter(enum jail_who who, unsigned locks);

#endif
