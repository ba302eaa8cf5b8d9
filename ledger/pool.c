/*
 * pool.c - a ring of batches between the reader and the checkers: pool.h.
 *
 *     collected ..... taken ..... filled
 *        | done or at work |  waiting  | being filled
 *
 * Each counts batches since the beginning; a batch's slot is its count modulo
 * the ring's size.
 */
#include "ledger/pool.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#define BATCH        32 /* lines: some 2 ms of work */
#define BATCHES_EACH 4  /* of a thread */

struct batch {
	size_t count;
	bool done;
	struct pool_line line[BATCH];
};

struct pool {
	struct pool_listener listener;
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	bool stop;
	size_t collected, taken, filled; /* see above */
	size_t slots;
	struct batch *batch;
	unsigned threads;
	pthread_t thread[POOL_THREADS_MAX];
};

static struct batch *
slot(struct pool *pool, size_t count)
{
	return &pool->batch[count % pool->slots];
}

/* One signature of a line. */
struct check {
	EVP_PKEY *key;
	struct pool_line *line;
	int person; /* -1: the center's */
};

static int
by_key(const void *a, const void *b)
{
	const struct check *left = a, *right = b;
	uintptr_t l = (uintptr_t)left->key, r = (uintptr_t)right->key;

	return (l > r) - (l < r);
}

static size_t
list_checks(struct batch *batch, struct check *out)
{
	size_t i, count = 0;
	int k;

	for (i = 0; i < batch->count; i++) {
		struct pool_line *line = &batch->line[i];

		line->center = ERR_OK;
		if (line->key != NULL)
			out[count++] = (struct check){ line->key, line, -1 };
		for (k = 0; k < (int)line->persons.count; k++)
			out[count++] =
			    (struct check){ line->persons.key[k], line, k };
	}
	return count;
}

/* Key by key: OpenSSL needs some time to go over to another (dsig.h). */
static void
check_batch(const struct pool *pool, struct batch *batch)
{
	struct check check[BATCH * (1 + ENTRY_SIGNER_MAX)];
	size_t count = list_checks(batch, check), i;

	qsort(check, count, sizeof(check[0]), by_key);
	for (i = 0; i < count; i++) {
		struct pool_line *line = check[i].line;
		int person = check[i].person;

		if (person < 0)
			line->center =
			    line_verify(&line->entry, check[i].key, NULL);
		else
			line->person[person] = line_verify_person(&line->entry,
			    pool->listener.program, (size_t)person,
			    check[i].key, NULL);
	}
}

/* What each thread does until it is told to stop. */
static void *
work(void *arg)
{
	struct pool *pool = arg;
	struct batch *batch;

	pthread_mutex_lock(&pool->lock);
	while (!pool->stop) {
		if (pool->taken == pool->filled) {
			pthread_cond_wait(&pool->work, &pool->lock);
			continue;
		}
		batch = slot(pool, pool->taken++);
		pthread_mutex_unlock(&pool->lock);
		check_batch(pool, batch);
		pthread_mutex_lock(&pool->lock);
		batch->done = true;
		pthread_cond_signal(&pool->done);
	}
	pthread_mutex_unlock(&pool->lock);
	dsig_thread_end();
	return NULL;
}

struct pool *
pool_new(unsigned threads, const struct pool_listener *listener)
{
	struct pool *pool = calloc(1, sizeof(*pool));

	if (pool == NULL)
		return NULL;
	pool->listener = *listener;
	pool->slots = (size_t)threads * BATCHES_EACH;
	pool->batch = calloc(pool->slots, sizeof(*pool->batch));
	if (pool->batch == NULL) {
		free(pool);
		return NULL;
	}
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->work, NULL);
	pthread_cond_init(&pool->done, NULL);
	while (pool->threads < threads &&
	    pthread_create(&pool->thread[pool->threads], NULL, work, pool) == 0)
		pool->threads++;
	return pool;
}

/* Waits for the oldest batch and tells of its lines. */
static void
collect(struct pool *pool)
{
	struct batch *batch = slot(pool, pool->collected);
	size_t i;

	pthread_mutex_lock(&pool->lock);
	while (pool->threads > 0 && !batch->done)
		pthread_cond_wait(&pool->done, &pool->lock);
	pthread_mutex_unlock(&pool->lock);
	for (i = 0; i < batch->count; i++)
		pool->listener.checked(pool->listener.ctx, &batch->line[i]);
	batch->count = 0;
	batch->done = false;
	pool->collected++;
}

/* Hands the batch being filled to the threads, or does it here. */
static void
submit(struct pool *pool)
{
	if (pool->threads == 0)
		check_batch(pool, slot(pool, pool->filled));
	pthread_mutex_lock(&pool->lock);
	pool->filled++;
	pthread_cond_signal(&pool->work);
	pthread_mutex_unlock(&pool->lock);
	if (pool->filled - pool->collected == pool->slots)
		collect(pool);
}

void
pool_add(struct pool *pool, const struct pool_line *line)
{
	struct batch *batch = slot(pool, pool->filled);

	batch->line[batch->count] = *line;
	if (++batch->count == BATCH)
		submit(pool);
}

void
pool_finish(struct pool *pool)
{
	if (slot(pool, pool->filled)->count > 0)
		submit(pool);
	while (pool->collected < pool->filled)
		collect(pool);
}

void
pool_free(struct pool **pool)
{
	struct pool *p = *pool;

	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
	while (p->threads > 0)
		pthread_join(p->thread[--p->threads], NULL);
	pthread_cond_destroy(&p->work);
	pthread_cond_destroy(&p->done);
	pthread_mutex_destroy(&p->lock);
	free(p->batch);
	free(p);
	*pool = NULL;
}
