/*
 * jail.h - what sello-decode gives up before it reads a byte.
 */
#ifndef DECODE_JAIL_H
#define DECODE_JAIL_H

#include <stdbool.h>

/*
 * jail_enter - close all but standard input, output and error; limits on
 * memory, time, files and processes (threads it may start); no new privileges; no core file; die
 * with the parent. The one place for every further lock.
 *
 * False when a lock could not be set: then nothing must be decoded.
 */
bool jail_enter(void);

/*
 * jail_alone - no threads from now on, either. For all but the decoders that
 * cannot do without (HEIC). False when it cannot be set.
 */
bool jail_alone(void);

/*
 * jail_wait - the same for a process that reads no picture and starts others
 * that do: it may fork, and wait for as long as its parent lives.
 */
bool jail_wait(void);

#endif
