/*
 * dsig_table.c - dsig_table.h. The only file that uses the old functions of
 * OpenSSL's curves.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "letter/dsig_table.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <string.h>

#if defined(OPENSSL_NO_EC) || defined(OPENSSL_NO_DEPRECATED_3_0)

struct dsig_table *
dsig_table_new(EVP_PKEY *key)
{
	(void)key;
	return NULL;
}

void
dsig_table_free(struct dsig_table **table)
{
	*table = NULL;
}

void
dsig_table_try(const struct dsig_check *check, size_t count, bool *good)
{
	(void)check;
	memset(good, 0, count * sizeof(*good));
}

#else

/* A libcrypto that has them no more gives NULL for these. */
#pragma weak EC_GROUP_precompute_mult
#pragma weak EC_GROUP_have_precompute_mult
#pragma weak EC_POINT_get_Jprojective_coordinates_GFp

struct dsig_table {
	EC_GROUP *plain; /* P-256 */
	EC_GROUP *keyed; /* P-256 with the key for its generator, and table */
	BIGNUM *p, *n;   /* of the field, of the order */
	BN_MONT_CTX *mod_p, *mod_n;
};

/* --- a key's table -------------------------------------------------------- */

static bool
is_there(void)
{
	return EC_GROUP_precompute_mult != NULL &&
	    EC_GROUP_have_precompute_mult != NULL &&
	    EC_POINT_get_Jprojective_coordinates_GFp != NULL;
}

/* The key's point, which is on the curve: EC_POINT_oct2point() looks. */
static EC_POINT *
point_of(const EC_GROUP *group, EVP_PKEY *key, BN_CTX *ctx)
{
	uint8_t octets[65];
	char name[32];
	size_t len = 0;
	EC_POINT *point;

	if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME,
		name, sizeof(name), NULL) != 1 ||
	    strcmp(name, "prime256v1") != 0 ||
	    EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY,
		octets, sizeof(octets), &len) != 1 ||
	    (point = EC_POINT_new(group)) == NULL)
		return NULL;
	if (EC_POINT_oct2point(group, point, octets, len, ctx) == 1 &&
	    EC_POINT_is_at_infinity(group, point) == 0)
		return point;
	EC_POINT_free(point);
	return NULL;
}

static bool
has_moduli(struct dsig_table *t, BN_CTX *ctx)
{
	t->p = BN_new();
	t->n = BN_dup(EC_GROUP_get0_order(t->plain));
	t->mod_p = BN_MONT_CTX_new();
	t->mod_n = BN_MONT_CTX_new();
	return t->p != NULL && t->n != NULL && t->mod_p != NULL &&
	    t->mod_n != NULL &&
	    EC_GROUP_get_curve(t->plain, t->p, NULL, NULL, ctx) == 1 &&
	    BN_MONT_CTX_set(t->mod_p, t->p, ctx) == 1 &&
	    BN_MONT_CTX_set(t->mod_n, t->n, ctx) == 1;
}

/* Does the table say what is calculated without one? */
static bool
is_right(const struct dsig_table *t, const EC_POINT *q, BN_CTX *ctx)
{
	EC_POINT *by_table = EC_POINT_new(t->plain),
		 *without = EC_POINT_new(t->plain);
	BIGNUM *k = BN_new();
	bool right;

	right = by_table != NULL && without != NULL && k != NULL &&
	    BN_rand_range(k, t->n) == 1 &&
	    EC_POINT_mul(t->keyed, by_table, k, NULL, NULL, ctx) == 1 &&
	    EC_POINT_mul(t->plain, without, NULL, q, k, ctx) == 1 &&
	    EC_POINT_cmp(t->plain, by_table, without, ctx) == 0;
	BN_free(k);
	EC_POINT_free(without);
	EC_POINT_free(by_table);
	return right;
}

static bool
fill(struct dsig_table *t, EVP_PKEY *key, BN_CTX *ctx)
{
	EC_POINT *q = NULL;
	bool done;

	t->plain = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	t->keyed = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	done = t->plain != NULL && t->keyed != NULL && has_moduli(t, ctx) &&
	    (q = point_of(t->plain, key, ctx)) != NULL &&
	    EC_GROUP_set_generator(t->keyed, q, t->n, BN_value_one()) == 1 &&
	    EC_GROUP_precompute_mult(t->keyed, ctx) == 1 &&
	    EC_GROUP_have_precompute_mult(t->keyed) == 1 && is_right(t, q, ctx);
	EC_POINT_free(q);
	return done;
}

struct dsig_table *
dsig_table_new(EVP_PKEY *key)
{
	struct dsig_table *t = NULL;
	BN_CTX *ctx = NULL;

	if (is_there() && (ctx = BN_CTX_new()) != NULL &&
	    (t = calloc(1, sizeof(*t))) != NULL && !fill(t, key, ctx))
		dsig_table_free(&t);
	BN_CTX_free(ctx);
	ERR_clear_error();
	return t;
}

void
dsig_table_free(struct dsig_table **table)
{
	struct dsig_table *t = *table;

	if (t == NULL)
		return;
	BN_MONT_CTX_free(t->mod_p);
	BN_MONT_CTX_free(t->mod_n);
	BN_free(t->p);
	BN_free(t->n);
	EC_GROUP_free(t->keyed);
	EC_GROUP_free(t->plain);
	free(t);
	*table = NULL;
}

/* --- a block of signatures ------------------------------------------------ */

/* Numbers and points of one block; whose modulus and curve is the same for all
 * tables, so any of them serves. */
struct block {
	const struct dsig_table *any;
	BN_CTX *ctx;
	size_t count;
	struct one {
		const struct dsig_check *check;
		bool *good;
		BIGNUM *r, *s, *before; /* product of all s before this one */
	} one[DSIG_MANY_MAX];
	BIGNUM *u1, *u2, *x, *y, *z, *t;
	EC_POINT *of_g, *of_q;
};

/* 1 to n - 1: an s of 0 would spoil the inversion of all the others. */
static bool
parse_scalar(const struct block *b, const uint8_t bytes[32], BIGNUM **out)
{
	*out = BN_CTX_get(b->ctx);
	return *out != NULL && BN_bin2bn(bytes, 32, *out) != NULL &&
	    !BN_is_zero(*out) && BN_cmp(*out, b->any->n) < 0;
}

static void
gather(
    struct block *b, const struct dsig_check *check, size_t count, bool *good)
{
	for (size_t i = 0; i < count; i++) {
		struct one *one = &b->one[b->count];

		good[i] = false;
		if (check[i].signer.table == NULL)
			continue;
		b->any = check[i].signer.table;
		*one = (struct one){ .check = &check[i], .good = &good[i] };
		if (parse_scalar(b, check[i].signature, &one->r) &&
		    parse_scalar(b, check[i].signature + 32, &one->s) &&
		    (one->before = BN_CTX_get(b->ctx)) != NULL)
			b->count++;
	}
}

/*
 * All s into their inverses with one inversion (Montgomery's trick). s, its
 * inverse and the products stand in Montgomery's form, s R mod n.
 */
static bool
invert_all(struct block *b)
{
	BN_MONT_CTX *m = b->any->mod_n;
	BIGNUM *all = b->t, *own = b->x;
	bool ok = BN_to_montgomery(all, BN_value_one(), m, b->ctx) == 1;

	for (size_t i = 0; ok && i < b->count; i++) {
		struct one *o = &b->one[i];

		ok = BN_to_montgomery(o->s, o->s, m, b->ctx) == 1 &&
		    BN_copy(o->before, all) != NULL &&
		    BN_mod_mul_montgomery(all, all, o->s, m, b->ctx) == 1;
	}
	ok = ok && BN_from_montgomery(all, all, m, b->ctx) == 1 &&
	    BN_mod_inverse(all, all, b->any->n, b->ctx) != NULL &&
	    BN_to_montgomery(all, all, m, b->ctx) == 1;
	for (size_t i = b->count; ok && i-- > 0;) {
		struct one *o = &b->one[i];

		ok = BN_mod_mul_montgomery(own, all, o->before, m, b->ctx) ==
			1 &&
		    BN_mod_mul_montgomery(all, all, o->s, m, b->ctx) == 1 &&
		    BN_copy(o->s, own) != NULL;
	}
	return ok;
}

/* r z^2 = x mod p: the point's affine x is r. */
static bool
is_x(struct block *b, const BIGNUM *r)
{
	BN_MONT_CTX *m = b->any->mod_p;

	return BN_mod_mul_montgomery(b->t, b->z, r, m, b->ctx) == 1 &&
	    BN_cmp(b->t, b->x) == 0;
}

/* Is the affine x of the sum, mod n, r? It is below p, which is above n. */
static bool
has_x(struct block *b, const EC_POINT *sum, BIGNUM *r)
{
	const struct dsig_table *any = b->any;
	BN_MONT_CTX *m = any->mod_p;

	if (EC_POINT_is_at_infinity(any->plain, sum) != 0 ||
	    EC_POINT_get_Jprojective_coordinates_GFp(
		any->plain, sum, b->x, b->y, b->z, b->ctx) != 1 ||
	    BN_is_zero(b->z) || BN_to_montgomery(b->z, b->z, m, b->ctx) != 1 ||
	    BN_mod_mul_montgomery(b->z, b->z, b->z, m, b->ctx) != 1)
		return false;
	return is_x(b, r) ||
	    (BN_add(r, r, any->n) == 1 && BN_cmp(r, any->p) < 0 && is_x(b, r));
}

static bool
try_one(struct block *b, struct one *o)
{
	const struct dsig_check *c = o->check;
	const struct dsig_table *table = c->signer.table;
	BN_MONT_CTX *m = table->mod_n;

	return BN_bin2bn(c->hash, DSIG_DIGEST_SIZE, b->u1) != NULL &&
	    BN_nnmod(b->u1, b->u1, table->n, b->ctx) == 1 &&
	    BN_mod_mul_montgomery(b->u1, b->u1, o->s, m, b->ctx) == 1 &&
	    BN_mod_mul_montgomery(b->u2, o->r, o->s, m, b->ctx) == 1 &&
	    EC_POINT_mul(table->plain, b->of_g, b->u1, NULL, NULL, b->ctx) ==
	    1 &&
	    EC_POINT_mul(table->keyed, b->of_q, b->u2, NULL, NULL, b->ctx) ==
	    1 &&
	    EC_POINT_add(table->plain, b->of_g, b->of_g, b->of_q, b->ctx) ==
	    1 &&
	    has_x(b, b->of_g, o->r);
}

static bool
has_room(struct block *b)
{
	BIGNUM **part[] = { &b->u1, &b->u2, &b->x, &b->y, &b->z, &b->t };

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if ((*part[i] = BN_CTX_get(b->ctx)) == NULL)
			return false;
	b->of_g = EC_POINT_new(b->any->plain);
	b->of_q = EC_POINT_new(b->any->plain);
	return b->of_g != NULL && b->of_q != NULL;
}

static void
try_block(const struct dsig_check *check, size_t count, bool *good)
{
	struct block b = { .ctx = BN_CTX_new() };

	memset(good, 0, count * sizeof(*good));
	if (b.ctx == NULL)
		return;
	BN_CTX_start(b.ctx);
	gather(&b, check, count, good);
	if (b.count > 0 && has_room(&b) && invert_all(&b))
		for (size_t i = 0; i < b.count; i++)
			*b.one[i].good = try_one(&b, &b.one[i]);
	EC_POINT_free(b.of_g);
	EC_POINT_free(b.of_q);
	BN_CTX_end(b.ctx);
	BN_CTX_free(b.ctx);
	ERR_clear_error();
}

void
dsig_table_try(const struct dsig_check *check, size_t count, bool *good)
{
	for (size_t from = 0, n; from < count; from += n) {
		n = count - from < DSIG_MANY_MAX ? count - from : DSIG_MANY_MAX;
		try_block(check + from, n, good + from);
	}
}

#endif
