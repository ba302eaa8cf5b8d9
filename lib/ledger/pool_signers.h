/*
 * pool_signers.h - the keys that a pool has met, and which of them have a table
 * (letter/dsig_many.h). All its threads share it; so do those of others who
 * check many, as a center does what it signed (issue/center/selfcheck.h).
 */
#ifndef LEDGER_POOL_SIGNERS_H
#define LEDGER_POOL_SIGNERS_H

#include "letter/dsig_many.h"

struct pool_signers; /* opaque */

/* pool_signers_new - NULL without memory. */
struct pool_signers *pool_signers_new(void);
/* pool_signers_free - and NULL, and all tables: no thread may use one now. */
void pool_signers_free(struct pool_signers **signers);

/* pool_signers_expect - so many lines more will come. pool_signers_lines - so
 * many of them are here. */
void pool_signers_expect(struct pool_signers *signers, uint64_t lines);
void pool_signers_lines(struct pool_signers *signers, size_t lines);

/*
 * pool_signers_ask - a key has so many signatures to check now: with what? The
 * table lives as long as the signers. It is made, here, for a key that will
 * have DSIG_TABLE_WORTH signatures more if the log goes on as since its first
 * one; where nobody said how many lines come, for one that had as many.
 * Meanwhile the other threads go on without.
 */
struct dsig_signer pool_signers_ask(
    struct pool_signers *signers, EVP_PKEY *key, size_t signatures);

/* pool_signers_distrust - no tables any more (dsig_many() returned false). */
void pool_signers_distrust(struct pool_signers *signers);

#endif
