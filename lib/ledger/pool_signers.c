/*
 * pool_signers.c - pool_signers.h.
 */
#include "ledger/pool_signers.h"

#include "ledger/pool.h"

#include <pthread.h>
#include <stdlib.h>

#define KEYS_MAX 256 /* remembered; beyond, the one that signed least goes */
#define SAMPLE   32  /* signatures from which on a key's share is believed */

struct signer {
	EVP_PKEY *key;  /* a reference: no other key gets its address */
	uint64_t since; /* lines before its first */
	uint64_t seen;  /* signatures */
	struct dsig_table *table;
	bool tried; /* there is one, or somebody makes it, or it cannot be */
};

struct pool_signers {
	pthread_mutex_t lock; /* over all below */
	bool known;           /* how many lines there will be: */
	uint64_t expected;
	uint64_t lines; /* so far */
	size_t count, tables;
	bool distrusted;
	struct signer signer[KEYS_MAX];
};

struct pool_signers *
pool_signers_new(void)
{
	struct pool_signers *all = calloc(1, sizeof(*all));

	if (all != NULL)
		pthread_mutex_init(&all->lock, NULL);
	return all;
}

void
pool_signers_free(struct pool_signers **signers)
{
	struct pool_signers *all = *signers;

	if (all == NULL)
		return;
	for (size_t i = 0; i < all->count; i++) {
		dsig_table_free(&all->signer[i].table);
		EVP_PKEY_free(all->signer[i].key);
	}
	pthread_mutex_destroy(&all->lock);
	free(all);
	*signers = NULL;
}

void
pool_signers_expect(struct pool_signers *all, uint64_t lines)
{
	pthread_mutex_lock(&all->lock);
	all->known = true;
	all->expected = all->lines + lines;
	pthread_mutex_unlock(&all->lock);
}

void
pool_signers_lines(struct pool_signers *all, size_t lines)
{
	pthread_mutex_lock(&all->lock);
	all->lines += lines;
	pthread_mutex_unlock(&all->lock);
}

/* --- locked from here on -------------------------------------------------- */

/* Where a new key is remembered; NULL: nowhere, all have tables. */
static struct signer *
room_for(struct pool_signers *all)
{
	struct signer *least = NULL;

	if (all->count < KEYS_MAX)
		return &all->signer[all->count++];
	for (size_t i = 0; i < all->count; i++) {
		struct signer *s = &all->signer[i];

		if (!s->tried && (least == NULL || s->seen < least->seen))
			least = s;
	}
	if (least != NULL)
		EVP_PKEY_free(least->key);
	return least;
}

static struct signer *
find(struct pool_signers *all, EVP_PKEY *key, size_t signatures)
{
	struct signer *s;

	for (size_t i = 0; i < all->count; i++)
		if (all->signer[i].key == key)
			return &all->signer[i];
	if ((s = room_for(all)) == NULL)
		return NULL;
	EVP_PKEY_up_ref(key);
	*s = (struct signer){ .key = key };
	if (all->lines > signatures) /* hardly two on one line */
		s->since = all->lines - signatures;
	return s;
}

/* Will it sign enough from here on? Where that is not known: it did. */
static bool
is_worth_it(const struct pool_signers *all, const struct signer *s)
{
	double ahead, share;

	if (s->tried || all->tables == POOL_TABLES_MAX || all->distrusted)
		return false;
	if (!all->known)
		return s->seen >= DSIG_TABLE_WORTH;
	if (s->seen < SAMPLE || all->lines >= all->expected)
		return false;
	ahead = (double)(all->expected - all->lines);
	share = (double)s->seen / (double)(all->lines - s->since);
	return share * ahead >= DSIG_TABLE_WORTH;
}

/* Takes its time, and the lock is given back meanwhile: who is tried is never
 * replaced, so the place stays. */
static void
make_table(struct pool_signers *all, struct signer *s)
{
	struct dsig_table *table;

	s->tried = true;
	all->tables++;
	pthread_mutex_unlock(&all->lock);
	table = dsig_table_new(s->key);
	pthread_mutex_lock(&all->lock);
	if ((s->table = table) == NULL)
		all->tables--;
}

/* --- and to here ---------------------------------------------------------- */

struct dsig_signer
pool_signers_ask(struct pool_signers *all, EVP_PKEY *key, size_t signatures)
{
	struct dsig_signer out = { key, NULL };
	struct signer *s;

	pthread_mutex_lock(&all->lock);
	if ((s = find(all, key, signatures)) != NULL) {
		s->seen += signatures;
		if (is_worth_it(all, s))
			make_table(all, s);
		if (!all->distrusted)
			out.table = s->table;
	}
	pthread_mutex_unlock(&all->lock);
	return out;
}

void
pool_signers_distrust(struct pool_signers *all)
{
	pthread_mutex_lock(&all->lock);
	all->distrusted = true; /* others may be using them: freed at the end */
	pthread_mutex_unlock(&all->lock);
}
