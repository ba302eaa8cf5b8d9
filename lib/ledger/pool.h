/*
 * pool.h - threads that check the signatures of lines, the center's and those
 * of the persons, while one thread reads the log. Lines go in in order; the
 * caller hears of each in order too, and in its own thread.
 *
 * At any time only some hundred lines are under way: memory does not grow
 * with the log. A key that signs many of them gets a table
 * (letter/dsig_many.h): at most POOL_TABLES_MAX of 170 kB, each 30 to 50 ms
 * once; the answers are the same.
 */
#ifndef LEDGER_POOL_H
#define LEDGER_POOL_H

#include "ledger/line.h"

#define POOL_THREADS_MAX 256
#define POOL_TABLES_MAX  64

/* A line and whose signatures it must carry. */
struct pool_line {
	struct log_entry entry;
	EVP_PKEY *key; /* the center's; NULL: not to be checked */
	struct line_persons persons;
	unsigned broken; /* the caller's: the rules that it breaks, */
	uint64_t place;  /* and where it was read: not what the line says */
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
 * pool_new - with so many threads, 0 to POOL_THREADS_MAX; fewer where the
 * machine gives no more, and with none all is done by who adds. NULL without
 * memory. The threads take no signals.
 */
struct pool *pool_new(unsigned threads, const struct pool_listener *listener);

/* pool_threads - as many as there are processors, up to POOL_THREADS_MAX; 0
 * where so few lines are not worth one. */
unsigned pool_threads(uint64_t lines);

/* pool_expect - so many lines more will come: whether a key's table will pay is
 * known earlier. */
void pool_expect(struct pool *pool, uint64_t lines);

/* pool_add - check a line; its keys must live until pool_finish(). Waits while
 * the threads are behind. */
void pool_add(struct pool *pool, const struct pool_line *line);

/* pool_finish - wait until all that was added is checked. */
void pool_finish(struct pool *pool);

/* pool_free - also in the middle of work, which is then given up. */
void pool_free(struct pool **pool);

#endif
