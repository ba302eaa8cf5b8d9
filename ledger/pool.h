/*
 * pool.h - threads that check the signatures of lines, the center's and those
 * of the persons, while one thread reads the log. Lines go in in order; the
 * caller hears of each in order too, and in its own thread.
 *
 * At any time only some hundred lines are under way: memory does not grow
 * with the log.
 */
#ifndef LEDGER_POOL_H
#define LEDGER_POOL_H

#include "ledger/line.h"

#define POOL_THREADS_MAX 256

/* A line and whose signatures it must carry. */
struct pool_line {
	struct log_entry entry;
	EVP_PKEY *key; /* the center's; NULL: not to be checked */
	struct line_persons persons;
	unsigned broken; /* the caller's: the rules that it breaks */
	/* out, for the listener: of each that was checked ERR_OK, ERR_SIGNATURE
	 * (proven wrong) or another error (could not be checked) */
	enum err center, person[ENTRY_SIGNER_MAX];
};

struct pool_listener {
	void (*checked)(void *ctx, const struct pool_line *line);
	void *ctx;
	const char *program; /* borrowed */
};

struct pool; /* opaque */

/*
 * pool_new - with so many threads, 1 to POOL_THREADS_MAX; fewer where the
 * machine gives no more. NULL without memory.
 */
struct pool *pool_new(unsigned threads, const struct pool_listener *listener);

/* pool_add - check a line; its keys must live until pool_finish(). Waits while
 * the threads are behind. */
void pool_add(struct pool *pool, const struct pool_line *line);

/* pool_finish - wait until all that was added is checked. */
void pool_finish(struct pool *pool);

/* pool_free - also in the middle of work, which is then given up. */
void pool_free(struct pool **pool);

#endif
