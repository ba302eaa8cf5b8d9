/*
 * test_dsig_many.c - letter/dsig_many.h: whatever the numbers are, a table
 * says what EVP says, and a table that does not is found out.
 */
#include "letter/dsig_many.h"

#include "base/encode.h"
#include "base/sha256.h"
#include "letter/dsig_table.h"
#include "letter/p256.h"
#include "letter/sign.h"
#include "tests/check_main.h"
#include "tests/support/keys.h"
#include "tests/support/vectors.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rand.h>
#include <stdlib.h>

/* A signature of its own memory. */
struct pair {
	uint8_t hash[DSIG_DIGEST_SIZE];
	uint8_t signature[DSIG_SIGNATURE_SIZE];
};

static struct dsig_check
check_of(struct dsig_signer signer, const struct pair *pair)
{
	struct dsig_check check = { .signer = signer,
		.signature = pair->signature };

	memcpy(check.hash, pair->hash, sizeof(check.hash));
	return check;
}

/* The table alone, both together, and EVP. Says how many are good. */
static size_t
agree(struct dsig_check *check, size_t count, const char *what)
{
	bool *good = calloc(count + 1, sizeof(*good));
	size_t found = 0;

	dsig_table_try(check, count, good);
	ck_assert(dsig_many(check, count));
	for (size_t i = 0; i < count; i++) {
		enum err evp = dsig_verify_hash(
		    check[i].signer.key, check[i].hash, check[i].signature);

		ck_assert_msg(check[i].rc == evp, "%s: %zu", what, i);
		ck_assert_msg(
		    good[i] == (evp == ERR_OK && check[i].signer.table != NULL),
		    "%s: %zu, by the table alone", what, i);
		found += evp == ERR_OK;
	}
	free(good);
	return found;
}

/* A libcrypto without the functions has no tables, and all the rest holds. */
static struct dsig_signer
signer_of(EVP_PKEY *key)
{
	return (struct dsig_signer){ key, dsig_table_new(key) };
}

static void
signer_clear(struct dsig_signer *signer)
{
	struct dsig_table *table = (struct dsig_table *)signer->table;

	dsig_table_free(&table);
	EVP_PKEY_free(signer->key);
}

/* --- published vectors ---------------------------------------------------- */

#define VECTORS "ecdsa_p256.txt"
#define KEYS    256
#define CHECKS  1024

static struct {
	struct dsig_signer signer[KEYS];
	size_t key_count, count;
	char name[CHECKS][8], said[CHECKS];
	struct pair pair[CHECKS];
	struct dsig_check check[CHECKS];
} vectors;

static EVP_PKEY *
key_of_point(const uint8_t *point, size_t len)
{
	char name[] = "prime256v1";
	OSSL_PARAM params[] = { OSSL_PARAM_utf8_string(
				    OSSL_PKEY_PARAM_GROUP_NAME, name, 0),
		OSSL_PARAM_octet_string(
		    OSSL_PKEY_PARAM_PUB_KEY, (void *)point, len),
		OSSL_PARAM_END };
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(EVP_PKEY_fromdata_init(ctx), 1);
	if (EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static void
read_vector(char *word[VECTOR_WORDS], void *ctx)
{
	uint8_t point[65];
	size_t n = vectors.count;

	(void)ctx;
	if (strcmp(word[0], "key") == 0) {
		ck_assert(hex_decode_exact(word[1], 130, point, sizeof(point)));
		vectors.signer[vectors.key_count++] =
		    signer_of(key_of_point(point, sizeof(point)));
		return;
	}
	snprintf(vectors.name[n], sizeof(vectors.name[n]), "%s", word[0]);
	vectors.said[n] = word[1][0];
	ck_assert(hex_decode_exact(word[2], 64, vectors.pair[n].hash, 32));
	ck_assert(
	    hex_decode_exact(word[3], 128, vectors.pair[n].signature, 64));
	vectors.check[n] =
	    check_of(vectors.signer[vectors.key_count - 1], &vectors.pair[n]);
	vectors.count++;
}

START_TEST(agrees_on_all_of_wycheproof)
{
	size_t good = 0;

	vectors_each(VECTORS, read_vector, NULL);
	ck_assert_uint_eq(vectors.count, 484 + 262);
	agree(vectors.check, vectors.count, VECTORS);
	for (size_t i = 0; i < vectors.count; i++) {
		if (vectors.said[i] == 'o')
			continue;
		ck_assert_msg(
		    (vectors.check[i].rc == ERR_OK) == (vectors.said[i] == 'g'),
		    "%s", vectors.name[i]);
		good += vectors.said[i] == 'g';
	}
	ck_assert_uint_eq(good, 174 + 173);
	while (vectors.key_count > 0)
		signer_clear(&vectors.signer[--vectors.key_count]);
}
END_TEST

/* --- random and damaged pairs --------------------------------------------- */

/* bytes += or -= the order, where that has 32 bytes. */
static void
by_order(uint8_t bytes[32], bool less)
{
	BIGNUM *n = BN_bin2bn(p256_order, 32, NULL),
	       *v = BN_bin2bn(bytes, 32, NULL);

	if (less)
		BN_sub(v, n, v);
	else
		BN_add(v, v, n);
	BN_set_negative(v, 0);
	BN_mask_bits(v, 256);
	BN_bn2binpad(v, bytes, 32);
	BN_free(n);
	BN_free(v);
}

static void
negative(uint8_t bytes[32])
{
	for (int i = 0; i < 32; i++)
		bytes[i] = (uint8_t)~bytes[i];
	bytes[31]++;
}

static void
damage(struct pair *p, unsigned how, unsigned bit)
{
	uint8_t *r = p->signature, *s = p->signature + 32, kept[32];

	switch (how) {
	case 0:
		p->hash[bit / 8 % 32] ^= (uint8_t)(1u << bit % 8);
		break;
	case 1:
		r[bit / 8 % 32] ^= (uint8_t)(1u << bit % 8);
		break;
	case 2:
		s[bit / 8 % 32] ^= (uint8_t)(1u << bit % 8);
		break;
	case 3:
		by_order(s, true);
		break; /* the high one: as good */
	case 4:
		by_order(r, true);
		break;
	case 5:
		by_order(r, false);
		break;
	case 6:
		by_order(s, false);
		break;
	case 7:
		negative(r);
		break;
	case 8:
		negative(s);
		break;
	case 9:
		memset(r, 0, 32);
		break;
	case 10:
		memset(s, 0, 32);
		break;
	case 11:
		memset(p->signature, 0, 64);
		break;
	case 12:
		memcpy(r, p256_order, 32);
		break;
	case 13:
		memcpy(s, p256_order, 32);
		break;
	case 14:
		memset(p->signature, 0xff, 64);
		break;
	case 15:
		memcpy(kept, r, 32);
		memcpy(r, s, 32);
		memcpy(s, kept, 32);
		break;
	case 16:
		r[31]++;
		break;
	case 17:
		memset(p->hash, (int)(bit & 1) * 0xff, 32);
		break;
	default:
		break; /* good */
	}
}

#define HARMS 32 /* 18 of them and 14 good */

static bool
is_torture(void)
{
	return getenv("SELLO_TORTURE") != NULL;
}

/* Half of them are good; each damage is met as often as any other. */
static void
try_key(EVP_PKEY *key, size_t count)
{
	struct dsig_signer signer = signer_of(key);
	struct pair pair[DSIG_MANY_MAX];
	struct dsig_check check[DSIG_MANY_MAX];
	unsigned dice[DSIG_MANY_MAX];

	for (size_t done = 0; done < count; done += DSIG_MANY_MAX) {
		RAND_bytes((uint8_t *)dice, sizeof(dice));
		for (size_t i = 0; i < DSIG_MANY_MAX; i++) {
			sha256(&dice[i], sizeof(dice[i]), pair[i].hash);
			ck_assert_int_eq(
			    sign_raw(key, &dice[i], sizeof(dice[i]),
				pair[i].signature, NULL),
			    ERR_OK);
			damage(&pair[i], i % HARMS, dice[i] >> 8);
			check[i] = check_of(signer, &pair[i]);
		}
		ck_assert_uint_ge(
		    agree(check, DSIG_MANY_MAX, "random"), DSIG_MANY_MAX / 4);
	}
	signer_clear(&signer);
}

/* In parts: Check cannot count the microseconds of a test of half an hour. */
#define EACH  4096 /* of a key */
#define PARTS 50   /* of the torture's 10 million */

START_TEST(agrees_on_random_and_damaged_pairs)
{
	const int keys = is_torture() ? 10000000 / PARTS / EACH + 1 : 1;

	for (int i = 0; i < keys; i++)
		try_key(EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256"), EACH);
}
END_TEST

/* --- crafted by who knows the key ----------------------------------------- */

static struct {
	struct dsig_signer signer;
	EC_GROUP *group;
	BN_CTX *ctx;
	BIGNUM *n, *d; /* order, private key */
	struct pair good[DSIG_MANY_MAX];
	struct dsig_check check[DSIG_MANY_MAX];
} w;

static void
setup(void)
{
	EVP_PKEY *key = support_key();

	w.signer = signer_of(key);
	w.d = NULL; /* of the test before, where there is no fork */
	w.group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	w.ctx = BN_CTX_new();
	w.n = BN_dup(EC_GROUP_get0_order(w.group));
	ck_assert_int_eq(
	    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &w.d), 1);
	for (size_t i = 0; i < DSIG_MANY_MAX; i++) {
		sha256(&i, sizeof(i), w.good[i].hash);
		sign_raw(key, &i, sizeof(i), w.good[i].signature, NULL);
		w.check[i] = check_of(w.signer, &w.good[i]);
	}
}

static void
teardown(void)
{
	signer_clear(&w.signer);
	EC_GROUP_free(w.group);
	BN_CTX_free(w.ctx);
	BN_free(w.n);
	BN_free(w.d);
}

/* r of a random k, and r d; k's inverse. */
static void
begin_signature(BIGNUM *r, BIGNUM *rd, BIGNUM *k, BIGNUM *inverse)
{
	EC_POINT *point = EC_POINT_new(w.group);

	BN_rand_range(k, w.n);
	EC_POINT_mul(w.group, point, k, NULL, NULL, w.ctx);
	EC_POINT_get_affine_coordinates(w.group, point, r, NULL, w.ctx);
	BN_nnmod(r, r, w.n, w.ctx);
	BN_mod_mul(rd, r, w.d, w.n, w.ctx);
	BN_mod_inverse(inverse, k, w.n, w.ctx);
	EC_POINT_free(point);
}

enum craft {
	CRAFT_INFINITY, /* u1 G = - u2 Q */
	CRAFT_DOUBLE,   /* u1 G = u2 Q */
	CRAFT_HASH_0,   /* u1 = 0 */
	CRAFT_HASH_FF,  /* not below the order */
	CRAFT_SMALL_S,  /* s + n still has 32 bytes */
};

static void
craft(enum craft which, struct pair *out)
{
	BIGNUM *r = BN_new(), *rd = BN_new(), *k = BN_new(), *i = BN_new(),
	       *e = BN_new(), *s = BN_new();

	begin_signature(r, rd, k, i);
	BN_zero(e);
	if (which == CRAFT_DOUBLE)
		BN_copy(e, rd);
	else if (which == CRAFT_INFINITY)
		BN_mod_sub(e, e, rd, w.n, w.ctx);
	else if (which == CRAFT_HASH_FF)
		BN_set_bit(e, 256), BN_sub_word(e, 1);
	BN_mod_add(s, e, rd, w.n, w.ctx);
	BN_mod_mul(s, s, i, w.n, w.ctx);
	if (which == CRAFT_INFINITY)
		BN_set_word(s, 12345); /* any */
	if (which == CRAFT_SMALL_S) {
		BN_set_word(s, 7);
		BN_mod_mul(e, s, k, w.n, w.ctx);
		BN_mod_sub(e, e, rd, w.n, w.ctx);
	}
	BN_bn2binpad(e, out->hash, 32);
	BN_bn2binpad(r, out->signature, 32);
	BN_bn2binpad(s, out->signature + 32, 32);
	BN_free(r), BN_free(rd), BN_free(k);
	BN_free(i), BN_free(e), BN_free(s);
}

static const struct {
	enum craft which;
	size_t good;
} crafted[] = {
	{ CRAFT_INFINITY, 0 },
	{ CRAFT_DOUBLE, 1 },
	{ CRAFT_HASH_0, 1 },
	{ CRAFT_HASH_FF, 1 },
	{ CRAFT_SMALL_S, 1 },
};

START_TEST(agrees_on_what_the_keys_owner_can_craft)
{
	struct pair pair, more;
	struct dsig_check check[2];

	craft(crafted[_i].which, &pair);
	more = pair;
	if (crafted[_i].which == CRAFT_INFINITY)
		memset(more.signature, 0, 32); /* x of no point, r = 0 */
	else
		by_order(more.signature + 32, false);
	check[0] = check_of(w.signer, &pair);
	check[1] = check_of(w.signer, &more);
	/* s + n fits into 32 bytes of s = 7 alone, and is refused like all */
	ck_assert_uint_eq(agree(check, 2, "crafted"), crafted[_i].good);
}
END_TEST

/* One s that has no inverse must not take the others' with it. */
START_TEST(no_signature_spoils_another)
{
	for (unsigned how = 0; how < HARMS; how++) {
		struct pair bad[2] = { w.good[0], w.good[1] };

		damage(&bad[0], how, 5);
		damage(&bad[1], how, 6);
		w.check[0] = check_of(w.signer, &bad[0]);
		w.check[17] = check_of(w.signer, &bad[1]);
		ck_assert_uint_ge(
		    agree(w.check, DSIG_MANY_MAX, "spoilt"), DSIG_MANY_MAX - 2);
	}
}
END_TEST

START_TEST(a_block_may_mix_keys_and_have_no_table)
{
	struct dsig_signer bare = { w.signer.key, NULL },
			   other = signer_of(support_other_key());

	for (size_t i = 0; i + 1 < DSIG_MANY_MAX; i += 3) {
		w.check[i].signer = bare;
		w.check[i + 1].signer = other; /* who did not sign it */
	}
	ck_assert_uint_eq(
	    agree(w.check, DSIG_MANY_MAX, "mixed"), DSIG_MANY_MAX * 2 / 3 + 1);
	ck_assert(dsig_many(w.check, 0));
	signer_clear(&other);
}
END_TEST

START_TEST(other_keys_have_no_table)
{
	static const uint8_t nowhere[65] = { 4, 1, 2, 3 };
	EVP_PKEY *key[] = { EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-384"),
		EVP_PKEY_Q_keygen(NULL, NULL, "EC", "secp256k1"),
		EVP_PKEY_Q_keygen(NULL, NULL, "ED25519") };

	for (size_t i = 0; i < sizeof(key) / sizeof(key[0]); i++) {
		ck_assert_ptr_null(dsig_table_new(key[i]));
		EVP_PKEY_free(key[i]);
	}
	/* there is no such key, so nobody can ask for its table */
	ck_assert_ptr_null(key_of_point(nowhere, sizeof(nowhere)));
}
END_TEST

/* A table that is another key's: sooner or later EVP is asked. All that it
 * accepted in that call counts as not checked. */
START_TEST(a_table_that_lies_is_found_out)
{
	EVP_PKEY *other = support_other_key();
	bool honest = true;

	if (w.signer.table == NULL)
		honest = false; /* nothing that could lie */
	for (size_t i = 0; i < DSIG_MANY_MAX; i++)
		w.check[i].signer.key = other;
	for (int i = 0; i < 1000 && honest; i++) {
		honest = dsig_many(w.check, DSIG_MANY_MAX);
		for (size_t k = 0; k < DSIG_MANY_MAX; k++)
			ck_assert_int_eq(
			    w.check[k].rc, honest ? ERR_OK : ERR_INTERNAL);
	}
	ck_assert(!honest);
	EVP_PKEY_free(other);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letter/dsig_many");
	TCase *all = tcase_create("all"), *t = tcase_create("crafted");

	tcase_set_timeout(all, is_torture() ? 36000 : 120);
	tcase_add_test(all, agrees_on_all_of_wycheproof);
	tcase_add_loop_test(all, agrees_on_random_and_damaged_pairs, 0,
	    is_torture() ? PARTS : 1);
	suite_add_tcase(s, all);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, agrees_on_what_the_keys_owner_can_craft, 0,
	    sizeof(crafted) / sizeof(crafted[0]));
	tcase_add_test(t, no_signature_spoils_another);
	tcase_add_test(t, a_block_may_mix_keys_and_have_no_table);
	tcase_add_test(t, other_keys_have_no_table);
	tcase_add_test(t, a_table_that_lies_is_found_out);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
