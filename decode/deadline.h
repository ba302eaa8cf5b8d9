/*
 * deadline.h - an end to work inside of a library, which can neither be counted
 * nor stopped: after so much processor time the process says what it has to say
 * and ends.
 */
#ifndef DECODE_DEADLINE_H
#define DECODE_DEADLINE_H

/*
 * deadline_set - the time that there is, and the words.
 *
 *   ms     of processor time between deadline_run() and deadline_pause(), in sum
 *   words  then written to standard output, before exit status 0; borrowed until
 *          the next deadline_set()
 */
void deadline_set(long ms, const char *words);

/* deadline_run, deadline_pause - around each call of the library. */
void deadline_run(void);
void deadline_pause(void);

#endif
