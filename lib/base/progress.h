/*
 * progress.h - one line that moves, on standard error, only when that is a
 * terminal; nothing at all when piped.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stddef.h>

struct progress {
	const char *what; /* translated, borrowed */
	size_t total;     /* 0: unknown */
	long long last_ms;
	int shown;
};

void progress_start(struct progress *p, const char *what, size_t total);
void progress_step(
    struct progress *p, size_t done);  /* draws 10 times a second */
void progress_end(struct progress *p); /* clears the line */

#endif
