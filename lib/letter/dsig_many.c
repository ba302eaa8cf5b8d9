/*
 * dsig_many.c - which signatures a table may judge and which EVP:
 * dsig_many.h.
 */
#include "letter/dsig_many.h"

#include "letter/dsig_table.h"

#include <openssl/rand.h>
#include <string.h>

/* Which of those that a table accepts are asked of EVP too: where the byte is
 * 0, so all of them where there is no chance to be had. */
static void
draw(uint8_t *lot, size_t count)
{
	if (RAND_bytes(lot, (int)count) != 1)
		memset(lot, 0, count);
}

static void
distrust(struct dsig_check *check, size_t count, const bool *accepted)
{
	for (size_t i = 0; i < count; i++)
		if (accepted[i])
			check[i].rc = ERR_INTERNAL;
}

static bool
check_block(struct dsig_check *check, size_t count)
{
	uint8_t lot[DSIG_MANY_MAX];
	bool accepted[DSIG_MANY_MAX], honest = true;

	dsig_table_try(check, count, accepted);
	draw(lot, count);
	for (size_t i = 0; i < count; i++) {
		struct dsig_check *c = &check[i];

		c->rc = ERR_OK;
		if (!accepted[i] || lot[i] == 0)
			c->rc = dsig_verify_hash(
			    c->signer.key, c->hash, c->signature);
		honest &= !accepted[i] || c->rc != ERR_SIGNATURE;
	}
	if (!honest)
		distrust(check, count, accepted);
	return honest;
}

bool
dsig_many(struct dsig_check *check, size_t count)
{
	bool honest = true;

	for (size_t from = 0, n; from < count; from += n) {
		n = count - from < DSIG_MANY_MAX ? count - from : DSIG_MANY_MAX;
		honest &= check_block(check + from, n);
	}
	return honest;
}
