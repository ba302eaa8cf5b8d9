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

#include "ledger/pool_signers.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH        16 /* lines: some 0.5 to 2 ms of work */
#define BATCHES_EACH 8  /* of a thread */
#define WORTH_IT     64 /* fewer lines are not worth a thread */
#define CHECKS       (BATCH * (1 + ENTRY_SIGNER_MAX))

struct batch {
	size_t count;
	bool done;
	struct pool_line line[BATCH];
};

struct pool {
	struct pool_listener listener;
	struct pool_signers *signers;
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
struct signature {
	EVP_PKEY *key;
	struct pool_line *line;
	int whose; /* as line_hash() */
	enum err *rc;
};

static int
by_key(const void *a, const void *b)
{
	const struct signature *left = a, *right = b;
	uintptr_t l = (uintptr_t)left->key, r = (uintptr_t)right->key;

	return (l > r) - (l < r);
}

static size_t
list_signatures(struct batch *batch, struct signature *out)
{
	size_t i, count = 0;
	int k;

	for (i = 0; i < batch->count; i++) {
		struct pool_line *line = &batch->line[i];

		line->center = ERR_OK;
		if (line->key != NULL)
			out[count++] = (struct signature){ line->key, line,
				LINE_CENTER, &line->center };
		for (k = 0; k < (int)line->persons.count; k++)
			out[count++] = (struct signature){ line->persons.key[k],
				line, k, &line->person[k] };
	}
	return count;
}

/* What one key signed, together: OpenSSL needs some time to go over to
 * another, and a table is in the processor's reach (letter/dsig_many.h). */
static size_t
gather_checks(const struct pool *pool, struct signature *of, size_t count,
    struct dsig_check *check)
{
	struct dsig_signer signer = { NULL, NULL };
	size_t i, n = 0, same;

	qsort(of, count, sizeof(of[0]), by_key);
	for (i = 0; i < count; i++) {
		if (of[i].key != signer.key) {
			for (same = 1;
			     i + same < count && of[i + same].key == of[i].key;)
				same++;
			signer =
			    pool_signers_ask(pool->signers, of[i].key, same);
		}
		*of[i].rc = line_hash(&of[i].line->entry,
		    pool->listener.program, of[i].whose, check[n].hash);
		if (*of[i].rc != ERR_OK)
			continue; /* could not be checked */
		check[n].signer = signer;
		check[n].signature =
		    line_signature(&of[i].line->entry, of[i].whose);
		of[n++].rc = of[i].rc;
	}
	return n;
}

static void
check_batch(const struct pool *pool, struct batch *batch)
{
	struct signature of[CHECKS];
	struct dsig_check check[CHECKS];
	size_t count;

	pool_signers_lines(pool->signers, batch->count);
	count = gather_checks(pool, of, list_signatures(batch, of), check);
	if (!dsig_many(check, count))
		pool_signers_distrust(pool->signers);
	for (size_t i = 0; i < count; i++)
		*of[i].rc = check[i].rc;
}

/* Checks the oldest batch that nobody has begun. Locked before and after. */
static void
check_next(struct pool *pool)
{
	struct batch *batch = slot(pool, pool->taken++);

	pthread_mutex_unlock(&pool->lock);
	check_batch(pool, batch);
	pthread_mutex_lock(&pool->lock);
	batch->done = true;
	pthread_cond_signal(&pool->done);
}

/* What each thread does until it is told to stop. */
static void *
work(void *arg)
{
	struct pool *pool = arg;

	pthread_mutex_lock(&pool->lock);
	while (!pool->stop)
		if (pool->taken < pool->filled)
			check_next(pool);
		else
			pthread_cond_wait(&pool->work, &pool->lock);
	pthread_mutex_unlock(&pool->lock);
	dsig_thread_end();
	return NULL;
}

unsigned
pool_threads(uint64_t lines)
{
	long cores = lines < WORTH_IT ? 0 : sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 0               ? 0
	    : cores > POOL_THREADS_MAX ? POOL_THREADS_MAX
				       : (unsigned)cores;
}

/* They take no signal: what a program holds back (base/process.h) would else
 * come to one of them. */
static void
start(struct pool *pool, unsigned threads)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (pool->threads < threads &&
	    pthread_create(&pool->thread[pool->threads], NULL, work, pool) == 0)
		pool->threads++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct pool *
pool_new(unsigned threads, const struct pool_listener *listener)
{
	struct pool *pool = calloc(1, sizeof(*pool));

	if (pool == NULL)
		return NULL;
	pool->listener = *listener;
	pool->slots = threads == 0 ? 1 : (size_t)threads * BATCHES_EACH;
	pool->batch = calloc(pool->slots, sizeof(*pool->batch));
	pool->signers = pool_signers_new();
	if (pool->batch == NULL || pool->signers == NULL) {
		pool_signers_free(&pool->signers);
		free(pool->batch);
		free(pool);
		return NULL;
	}
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->work, NULL);
	pthread_cond_init(&pool->done, NULL);
	start(pool, threads);
	return pool;
}

void
pool_expect(struct pool *pool, uint64_t lines)
{
	pool_signers_expect(pool->signers, lines);
}

/* Waits for the oldest batch, checking others meanwhile, and tells of its
 * lines. */
static void
collect(struct pool *pool)
{
	struct batch *batch = slot(pool, pool->collected);
	size_t i;

	pthread_mutex_lock(&pool->lock);
	while (!batch->done)
		if (pool->taken < pool->filled)
			check_next(pool);
		else
			pthread_cond_wait(&pool->done, &pool->lock);
	pthread_mutex_unlock(&pool->lock);
	for (i = 0; i < batch->count; i++)
		pool->listener.checked(pool->listener.ctx, &batch->line[i]);
	batch->count = 0;
	batch->done = false;
	pool->collected++;
}

/* Hands the batch being filled to the threads. */
static void
submit(struct pool *pool)
{
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
	pool_signers_free(&p->signers);
	free(p->batch);
	free(p);
	*pool = NULL;
}
