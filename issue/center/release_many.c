/*
 * release_many.c - release_many.h.
 */
#include "issue/center/release_many.h"

#include "base/beside.h"

#include <stdlib.h>

/*
 * Letters drawn before the first of them is written. At each window's end a
 * processor may wait for the other one's last letter; a window is some 2 MB.
 */
#define WINDOW 24

struct job {
	struct beside_work work; /* first: beside.h */
	const struct center *center;
	struct decoder *decoder;
	bool newest;
	struct issued letter;
	struct release made;
	enum err rc;
	struct errtext err;
};

/* What is drawn, and what is written meanwhile. */
struct windows {
	struct job job[2][WINDOW];
	size_t count[2];
};

/* One letter's trouble is not that of the others. */
static enum err
draw(struct beside_work *work, struct errtext *err)
{
	struct job *job = (struct job *)work;

	(void)err;
	job->rc = release_render(job->center, &job->letter,
	    job->newest ? job->letter.copies : 1, job->decoder, &job->made,
	    &job->err);
	return ERR_OK;
}

/* It lies in a window, and what it made is wanted. */
static void
keep(struct beside_work *work)
{
	(void)work;
}

static void
start(struct job *job, struct center *center, struct decoder *decoder,
    const char *number, bool newest)
{
	struct beside *beside = center_beside(center);

	*job = (struct job){ .work = { .run = draw, .free = keep },
		.center = center,
		.decoder = decoder,
		.newest = newest };
	job->rc =
	    register_letter_load(center->reg, number, &job->letter, &job->err);
	if (job->rc != ERR_OK)
		return;
	if (beside != NULL)
		beside_add(beside, &job->work);
	else
		draw(&job->work, NULL);
}

static void
write_window(struct job *job, size_t count, release_take *take, void *arg)
{
	for (size_t i = 0; i < count; i++) {
		take(arg, job[i].rc, &job[i].err, &job[i].letter, &job[i].made);
		release_clear(&job[i].made);
		register_letter_clear(&job[i].letter);
	}
}

enum err
release_many(struct center *center, struct decoder *decoder,
    const struct pick *pick, size_t count, bool newest, release_take *take,
    void *arg, struct errtext *err)
{
	struct windows *w = calloc(1, sizeof(*w));
	size_t at = 0;
	int now = 0;

	if (w == NULL)
		return err_memory(err);
	do {
		size_t *started = &w->count[now];

		for (*started = 0; at < count && *started < WINDOW; at++)
			if (pick[at].number[0] != '\0')
				start(&w->job[now][(*started)++], center,
				    decoder, pick[at].number, newest);
		/* drawn beside this: the window that was just begun */
		now = !now;
		write_window(w->job[now], w->count[now], take, arg);
		w->count[now] = 0;
		if (center_beside(center) != NULL)
			beside_wait(center_beside(center), NULL);
	} while (w->count[!now] > 0);
	free(w);
	return ERR_OK;
}
