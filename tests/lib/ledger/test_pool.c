/*
 * test_pool.c - ledger/pool.h: every line is told once, in order, and what is
 * said of its signatures is what they are, with tables and without; and
 * ledger/pool_signers.h: which keys get a table.
 */
#include "ledger/pool.h"

#include "ledger/line_sign.h"
#include "ledger/pool_signers.h"
#include "letter/sign.h"
#include "tests/check_main.h"
#include "tests/support/keys.h"
#include "tests/support/line_persons.h"

#include <string.h>

#define PROGRAM "RRP-ES"
#define NOON    1795348800 /* 2026-11-22T12:00:00Z */
#define LINES   2000

static EVP_PKEY *center, *person[ENTRY_SIGNER_MAX];

static void
setup(void)
{
	center = support_key();
	person[0] = support_person_key("GTGUA01", "OF1007");
	person[1] = support_person_key("GTGUA01", "AP2003");
}

static void
teardown(void)
{
	EVP_PKEY_free(center);
	EVP_PKEY_free(person[0]);
	EVP_PKEY_free(person[1]);
}

/* --- lines ---------------------------------------------------------------- */

/* A letter; every tenth line is a withdrawal. */
static struct pool_line
line_of(uint64_t index)
{
	struct pool_line line = { .entry = { .index = index + 1, /* 0: open */
				      .time = NOON,
				      .kind = index % 10 == 9 ? ENTRY_WITHDRAW
							      : ENTRY_ISSUE,
				      .number = "GTGUA01-2026-000001-L",
				      .has_digest = true,
				      .key_name = "e31e4481",
				      .officer = "OF1007",
				      .approver = "AP2003",
				      .reason = "V45" },
		.key = center,
		.persons = { 2, { person[0], person[1] }, NULL } };
	struct log_entry *e = &line.entry;
	struct bytes info = { 0 };

	memcpy(e->digest, &index, sizeof(index));
	if (!entry_is_letter(e)) {
		strcpy(e->reason, "FRAUD");
		line_sign_person(e, 0, person[0], NULL);
		line_sign_person(e, 1, person[1], NULL);
		ck_assert_int_eq(line_sign(e, center, NULL), ERR_OK);
		return line;
	}
	e->has_commitment = true;
	line_sign_draft(PROGRAM, "GTGUA01", e->commitment, person[0],
	    e->person_signature[0], NULL);
	line_sign_person(e, 1, person[1], NULL);
	dsig_signed_info(e->number, e->digest, &info);
	ck_assert_int_eq(
	    sign_raw(center, info.at, info.len, e->signature, NULL), ERR_OK);
	bytes_free(&info);
	return line;
}

/* What is wrong with which letter: 1 the center's signature, 2 the officer's, 4
 * the approver's. */
static unsigned
fault_of(uint64_t index)
{
	return index % 50 == 17 ? (unsigned)(index / 50 % 7) + 1 : 0;
}

static void
damage(struct log_entry *e, unsigned fault)
{
	if ((fault & 1) != 0)
		memset(e->signature + 32, 0, 32);
	if ((fault & 2) != 0)
		e->person_signature[0][40] ^= 1;
	if ((fault & 4) != 0)
		e->person_signature[1][0] ^= 1;
}

struct told {
	uint64_t count, faults;
};

static void
tell(void *ctx, const struct pool_line *line)
{
	struct told *told = ctx;
	unsigned fault = line->key == NULL ? 0 : fault_of(told->count);

	ck_assert_uint_eq(line->broken, (unsigned)told->count * 3);
	ck_assert_uint_eq(line->entry.index, ++told->count);
	ck_assert_int_eq(
	    line->center, (fault & 1) != 0 ? ERR_SIGNATURE : ERR_OK);
	for (size_t i = 0; i < line->persons.count; i++)
		ck_assert_int_eq(line->person[i],
		    (fault & 2u << i) != 0 ? ERR_SIGNATURE : ERR_OK);
	told->faults += fault != 0;
}

static const struct {
	unsigned threads;
	uint64_t expected;
} ways[] = { { 0, 0 }, { 1, LINES }, { 4, 0 }, { 4, 1000000 } };

START_TEST(tells_each_line_in_order)
{
	struct told told = { 0 };
	const struct pool_listener listener = { tell, &told, PROGRAM };
	struct pool *pool = pool_new(ways[_i].threads, &listener);

	pool_finish(pool); /* nothing yet */
	pool_expect(pool, ways[_i].expected);
	for (uint64_t i = 0; i < LINES; i++) {
		struct pool_line line = line_of(i);

		damage(&line.entry, fault_of(i));
		line.broken = (unsigned)i * 3;
		pool_add(pool, &line);
		if (i == LINES / 2)
			pool_finish(pool);
	}
	pool_finish(pool);
	ck_assert_uint_eq(told.count, LINES);
	ck_assert_uint_eq(told.faults, LINES / 50);
	pool_free(&pool);
	ck_assert_ptr_null(pool);
}
END_TEST

START_TEST(asks_only_for_the_keys_given)
{
	struct told told = { 0 };
	const struct pool_listener listener = { tell, &told, PROGRAM };
	struct pool *pool = pool_new(0, &listener);
	struct pool_line line = line_of(0);

	damage(&line.entry, 7);
	line.key = NULL;
	line.persons.count = 0;
	pool_add(pool, &line);
	pool_finish(pool);
	ck_assert_uint_eq(told.count, 1);
	pool_add(pool, &line); /* work that is given up */
	pool_free(&pool);
	ck_assert_uint_eq(told.count, 1);
}
END_TEST

START_TEST(few_lines_get_no_thread)
{
	ck_assert_uint_eq(pool_threads(0), 0);
	ck_assert_uint_eq(pool_threads(63), 0);
	ck_assert_uint_ge(pool_threads(64), 1);
	ck_assert_uint_le(pool_threads(UINT64_MAX), POOL_THREADS_MAX);
}
END_TEST

/* --- keys ----------------------------------------------------------------- */

/* A libcrypto without the functions makes none. */
static bool
has_tables(void)
{
	struct dsig_table *table = dsig_table_new(center);
	bool has = table != NULL;

	dsig_table_free(&table);
	return has;
}

START_TEST(a_key_that_signs_much_gets_a_table)
{
	struct pool_signers *all = pool_signers_new();
	struct dsig_signer signer;

	signer = pool_signers_ask(all, center, DSIG_TABLE_WORTH - 1);
	ck_assert_ptr_eq(signer.key, center);
	ck_assert_ptr_null(signer.table);
	signer = pool_signers_ask(all, center, 1);
	ck_assert(has_tables() == (signer.table != NULL));
	ck_assert_ptr_null(pool_signers_ask(all, person[0], 1).table);
	pool_signers_distrust(all);
	ck_assert_ptr_null(pool_signers_ask(all, center, 1).table);
	ck_assert_ptr_null(
	    pool_signers_ask(all, person[0], DSIG_TABLE_WORTH).table);
	pool_signers_free(&all);
}
END_TEST

static bool
gets_table(struct pool_signers *all, EVP_PKEY *key, size_t signatures)
{
	return pool_signers_ask(all, key, signatures).table != NULL;
}

/* 64 lines of 3000, then 2000 of them. */
START_TEST(what_is_to_come_counts)
{
	struct pool_signers *all = pool_signers_new();

	pool_signers_expect(all, 3000);
	pool_signers_lines(all, 64);
	ck_assert(!gets_table(all, person[0], 31)); /* too few to tell */
	ck_assert(gets_table(all, center, 64) == has_tables());
	pool_signers_lines(all, 1936);
	ck_assert(!gets_table(all, person[0], 500)); /* 260 will come */
	ck_assert(gets_table(all, person[1], 100) == has_tables()); /* new */
	pool_signers_lines(all, 1000);
	ck_assert(!gets_table(all, person[0], 1000)); /* the last ones */
	pool_signers_free(&all);
}
END_TEST

/* However many there are, memory is bounded; those with tables stay. */
START_TEST(many_keys_are_forgotten)
{
	struct pool_signers *all = pool_signers_new();
	const struct dsig_table *table =
	    pool_signers_ask(all, center, DSIG_TABLE_WORTH).table;

	for (int i = 0; i < 600; i++) {
		EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");

		pool_signers_ask(all, key, 1);
		EVP_PKEY_free(key);
	}
	ck_assert_ptr_eq(pool_signers_ask(all, center, 1).table, table);
	pool_signers_free(&all);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("ledger/pool");
	TCase *t = tcase_create("pool");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, tells_each_line_in_order, 0, sizeof(ways) / sizeof(ways[0]));
	tcase_add_test(t, asks_only_for_the_keys_given);
	tcase_add_test(t, few_lines_get_no_thread);
	tcase_add_test(t, a_key_that_signs_much_gets_a_table);
	tcase_add_test(t, what_is_to_come_counts);
	tcase_add_test(t, many_keys_are_forgotten);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
