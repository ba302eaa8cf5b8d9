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

/* progress_start - begin; nothing is drawn for work that is done in a moment.
 */
void progress_start(struct progress *p, const char *what, size_t total);
/* progress_step - so much is done: call it as often as you like, it draws
 * 10 times a second at most. */
void progress_step(struct progress *p, size_t done);
/* progress_end - clear the line, if one was drawn. */
void progress_end(struct progress *p);

#endif
