/*
 * beside.c - beside.h.
 */
#include "base/beside.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS_MAX 3 /* beside the one who waits */

struct beside {
	void (*leave)(void);
	unsigned count;
	pthread_t thread[THREADS_MAX];
	pthread_mutex_t lock;
	pthread_cond_t more, done;
	/* all under lock */
	struct beside_work *first, **end; /* not begun yet */
	unsigned running;
	bool stop;
	enum err rc;
	struct errtext err;
};

/* Runs the oldest work that nobody has begun. Locked before and after. */
static void
run_first(struct beside *beside)
{
	struct beside_work *work = beside->first;
	bool wanted = beside->rc == ERR_OK;
	struct errtext why = { 0 };
	enum err rc = ERR_OK;

	if ((beside->first = work->next) == NULL)
		beside->end = &beside->first;
	beside->running++;
	pthread_mutex_unlock(&beside->lock);
	if (wanted)
		rc = work->run(work, &why);
	work->free(work);
	pthread_mutex_lock(&beside->lock);
	if (rc != ERR_OK && beside->rc == ERR_OK) {
		beside->rc = rc;
		beside->err = why;
	}
	if (--beside->running == 0)
		pthread_cond_signal(&beside->done);
}

static void *
help(void *arg)
{
	struct beside *beside = arg;

	pthread_mutex_lock(&beside->lock);
	while (!beside->stop)
		if (beside->first != NULL)
			run_first(beside);
		else
			pthread_cond_wait(&beside->more, &beside->lock);
	pthread_mutex_unlock(&beside->lock);
	if (beside->leave != NULL)
		beside->leave();
	return NULL;
}

/* One for each processor: whoever gives the work has other things to do, and
 * waits for a disk meanwhile. */
static unsigned
threads_wanted(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (processors < 2)
		return 0;
	return processors < THREADS_MAX ? (unsigned)processors : THREADS_MAX;
}

/* They take no signal: what the program holds back (process_hold(), an echo
 * that is off) would else come to one of them, and end it all the same. */
static void
start(struct beside *beside, unsigned wanted)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (beside->count < wanted &&
	    pthread_create(
		&beside->thread[beside->count], NULL, help, beside) == 0)
		beside->count++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct beside *
beside_new(void (*leave)(void))
{
	struct beside *beside = calloc(1, sizeof(*beside));

	if (beside == NULL)
		return NULL;
	beside->leave = leave;
	beside->end = &beside->first;
	pthread_mutex_init(&beside->lock, NULL);
	pthread_cond_init(&beside->more, NULL);
	pthread_cond_init(&beside->done, NULL);
	start(beside, threads_wanted());
	return beside;
}

void
beside_add(struct beside *beside, struct beside_work *work)
{
	work->next = NULL;
	pthread_mutex_lock(&beside->lock);
	*beside->end = work;
	beside->end = &work->next;
	pthread_cond_signal(&beside->more);
	pthread_mutex_unlock(&beside->lock);
}

enum err
beside_wait(struct beside *beside, struct errtext *err)
{
	struct errtext why;
	enum err rc;

	pthread_mutex_lock(&beside->lock);
	while (beside->first != NULL || beside->running > 0)
		if (beside->first != NULL)
			run_first(beside);
		else
			pthread_cond_wait(&beside->done, &beside->lock);
	rc = beside->rc;
	why = beside->err;
	beside->rc = ERR_OK;
	pthread_mutex_unlock(&beside->lock);
	return rc == ERR_OK ? ERR_OK : err_set(err, rc, "%s", why.text);
}

void
beside_free(struct beside **beside)
{
	struct beside *b = *beside;

	if (b == NULL)
		return;
	beside_wait(b, NULL);
	pthread_mutex_lock(&b->lock);
	b->stop = true;
	pthread_cond_broadcast(&b->more);
	pthread_mutex_unlock(&b->lock);
	while (b->count > 0)
		pthread_join(b->thread[--b->count], NULL);
	pthread_cond_destroy(&b->more);
	pthread_cond_destroy(&b->done);
	pthread_mutex_destroy(&b->lock);
	free(b);
	*beside = NULL;
}
