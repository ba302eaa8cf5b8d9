/*
 * test_chronicle.c - tests/support/chronicle.h makes logs that Sello's own
 * readers take: heads, tiles, lines, signatures, rules.
 */
#include "tests/support/chronicle.h"

#include "ledger/history.h"
#include "ledger/letters.h"
#include "ledger/line.h"
#include "log/folder.h"
#include "log/read.h"
#include "tests/check_main.h"
#include "tests/support/keys.h"
#include "tests/support/run.h"

#include <string.h>

#define NOON 1795348800 /* 2026-11-22T12:00:00Z */

struct taking {
	EVP_PKEY *key;
	struct history history;
	struct letters *letters;
	uint64_t lines;
};

static enum err
take(void *ctx, uint64_t index, const void *line, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct taking *t = ctx;
	struct history_letters letters = letters_of(t->letters);
	struct line_persons persons;
	struct log_entry entry;
	unsigned broken = 1;

	(void)leaf;
	ck_assert_msg(
	    entry_parse(line, len, &entry, err) == ERR_OK, "%s", err->text);
	ck_assert_uint_eq(entry.index, index);
	ck_assert_int_eq(line_verify(&entry, t->key, err), ERR_OK);
	ck_assert_int_eq(
	    history_add(&t->history, &entry, &letters, &broken, &persons, err),
	    ERR_OK);
	ck_assert_uint_eq(broken, 0);
	ck_assert_uint_eq(persons.count, entry_signers(&entry));
	ck_assert_int_eq(
	    line_verify_persons(&entry, "RRP-ES", &persons, err), ERR_OK);
	t->lines++;
	return ERR_OK;
}

static void
read_all(struct chronicle *c, const char *pub, int64_t as_of)
{
	struct taking taking = { .key = c->key, .letters = letters_new() };
	const struct log_visitor visitor = { take, &taking };
	struct tree_range have = { 0 }, got;
	struct errtext err = { 0 };
	struct bytes note = { 0 };
	struct checkpoint head;
	struct note parsed;
	char dir[256];
	int64_t at;

	struct trust_roster roster = support_roster(c->center, NOON - 60);
	const struct trust_center center = { .roster_count = 1,
		.rosters = &roster };

	strcpy(taking.history.center, c->center);
	ck_assert_int_eq(history_list(&taking.history, &center, &err), ERR_OK);
	history_begin(&taking.history, c->generation);
	chronicle_dir(c, pub, dir);
	const struct log_source source = { folder_fetch, dir };

	ck_assert_msg(log_read_head(&source, &c->log, &note, &head, &parsed,
			  &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_int_eq(
	    checkpoint_cosigned(&parsed, &c->cosigner, &at, &err), ERR_OK);
	ck_assert_int_eq(at, as_of);
	ck_assert_msg(log_read(&source, &head, &have, NULL, READ_ALL_TILES,
			  &visitor, &got, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_uint_eq(taking.lines, c->size);
	bytes_free(&note);
	history_clear(&taking.history);
	trust_roster_free(&roster);
	letters_free(&taking.letters);
}

START_TEST(every_kind_of_line_is_good)
{
	EVP_PKEY *key = support_key(), *other = support_other_key();
	struct chronicle c;

	run_folder();
	chronicle_new(&c, "GTGUA01", 1, key);
	chronicle_found(&c, NOON);
	chronicle_staff(&c, NOON, "OF1008", "DRAFTER");
	chronicle_key(&c, NOON, "OF1008", other, "OF1008", CHRONICLE_DRAFTER);
	chronicle_staff(&c, NOON, "OF1008", "REMOVED");
	chronicle_issue(&c, NOON + 1, 1);
	chronicle_correct(&c, NOON + 2, 2, 2026, 1);
	chronicle_reprint(&c, NOON + 3, 2026, 2, 2);
	chronicle_withdraw(&c, NOON + 4, 2026, 2, "WITHDRAWN");
	chronicle_withdraw(&c, NOON + 4, 2026, 2, "FRAUD");
	chronicle_restore(&c, NOON + 5, 9, true);
	chronicle_clock(&c, NOON + 4, NOON + 5);
	chronicle_close(&c, NOON + 6);
	chronicle_publish(&c, "pub", c.size, NOON + 7);
	read_all(&c, "pub", NOON + 7);
	chronicle_free(&c);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
	run_leave();
}
END_TEST

/* Growing, and growing another way after a cut. */
START_TEST(grows_and_forks)
{
	EVP_PKEY *key = support_key();
	struct tree_hash root, other;
	struct chronicle c;

	run_folder();
	chronicle_new(&c, "GTGUA01", 1, key);
	chronicle_grow(&c, NOON, 1, 300);
	chronicle_publish(&c, "pub", 257, NOON);
	chronicle_publish(&c, "pub", c.size, NOON + 1);
	read_all(&c, "pub", NOON + 1);
	chronicle_root(&c, 300, &root);
	chronicle_cut(&c, 270);
	chronicle_grow(&c, NOON, 267, 299);
	chronicle_issue(&c, NOON + 5, 296);
	chronicle_root(&c, 300, &other);
	ck_assert(!tree_hash_equal(&root, &other));
	chronicle_publish(&c, "other", c.size, NOON + 6);
	read_all(&c, "other", NOON + 6);
	ck_assert_int_eq(chronicle_try_publish(&c, "pub", c.size, NOON, NULL),
	    ERR_SIGNATURE);
	chronicle_free(&c);
	EVP_PKEY_free(key);
	run_leave();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("chronicle");
	TCase *tc = tcase_create("chronicle");

	tcase_add_test(tc, every_kind_of_line_is_good);
	tcase_add_test(tc, grows_and_forks);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
