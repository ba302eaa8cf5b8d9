/*
 * progress.c - a moving line on the terminal: progress.h.
 */
#include "base/progress.h"

#include "base/i18n.h"
#include "base/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DRAW_EVERY_MS 100
#define ERASE_LINE    "\r\033[K"

static long long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int
can_draw(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term != NULL &&
	    strcmp(term, "dumb") != 0;
}

void
progress_start(struct progress *p, const char *what, size_t total)
{
	*p = (struct progress){ .what = what, .total = total };
	/* work that is done in a moment never draws */
	p->last_ms = now_ms();
}

void
progress_step(struct progress *p, size_t done)
{
	long long now = now_ms();

	if (now - p->last_ms < DRAW_EVERY_MS)
		return;
	p->last_ms = now;
	if (!can_draw())
		return;
	print_own(stderr, ERASE_LINE);
	if (p->total == 0)
		print_to(stderr, "%s %zu", p->what, done);
	else
		print_to(stderr, _("%s %zu of %zu (%d %%)"), p->what, done,
		    p->total, (int)((double)done * 100 / (double)p->total));
	print_flush(stderr);
	p->shown = 1;
}

void
progress_end(struct progress *p)
{
	if (!p->shown)
		return;
	print_own(stderr, ERASE_LINE);
	print_flush(stderr);
	p->shown = 0;
}
