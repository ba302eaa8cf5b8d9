/*
 * process.h - what every program does before anything else, so that no
 * signal and no closed descriptor of its caller's ends it in silence.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <signal.h>
#include <stdbool.h>

/*
 * process_init - a closed pipe (SIGPIPE) and a limit on the size of files
 * (SIGXFSZ, ulimit -f) become errors of the write, like a full disk: what is
 * to be kept is kept, what is half written goes away, and the exit status is
 * one that is documented. Standard descriptors that the caller closed are
 * taken: the next file, a register, would get their number and with it what
 * is printed.
 */
void process_init(void);

/*
 * process_hold, process_let - SIGINT, SIGTERM, SIGHUP and SIGQUIT wait from
 * one to the other, and then do what they always do: while a file is written
 * that has no name yet. May be nested.
 */
void process_hold(sigset_t *before);
void process_let(const sigset_t *before);

/* process_is_ending - has one come that is held? */
bool process_is_ending(void);

/* process_reader_gone - does nobody read this pipe any more (`| head`)? */
bool process_reader_gone(int fd);

#endif
