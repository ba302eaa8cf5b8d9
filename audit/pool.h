/*
 * pool.h - threads that check the signatures of lines while one thread reads
 * the log. Lines go in in order; the caller hears of bad ones in order too,
 * and in its own thread.
 *
 * At any time only some hundred lines are under way: memory does not grow
 * with the log.
 */
#ifndef AUDIT_POOL_H
#define AUDIT_POOL_H

#include "log/entry.h"

#include <openssl/evp.h>

#define POOL_THREADS_MAX 256

/* A line whose signature was not found good: rc is ERR_SIGNATURE (proven
 * wrong) or another error (could not be checked). */
struct pool_listener {
	void (*bad)(void *ctx, const struct log_entry *entry, enum err rc);
	void *ctx;
};

struct pool; /* opaque */

/*
 * pool_new - with so many threads, 1 to POOL_THREADS_MAX; fewer where the
 * machine gives no more. NULL without memory.
 */
struct pool *pool_new(unsigned threads, const struct pool_listener *listener);

/* pool_add - check entry with key, which must live until pool_finish(). Waits
 * while the threads are behind. */
void pool_add(struct pool *pool, const struct log_entry *entry, EVP_PKEY *key);

/* pool_finish - wait until all that was added is checked. */
void pool_finish(struct pool *pool);

/* pool_free - also in the middle of work, which is then given up. */
void pool_free(struct pool **pool);

#endif
