/*
 * test_head.c - ledger/head.h: whose head it is, its first line says; that it
 * is theirs, only their key does.
 */
#include "ledger/head.h"

#include "tests/check_main.h"
#include "tests/lib/log/signer.h"

#include <string.h>

#define SECOND "RRP-ES/log/GTGUA01/2"
#define NOON   1795348800 /* 2026-11-22T12:00:00Z */

static struct signer first, second, cosigner;
static struct trust_log logs[2];
static struct trust_center center = { .code = "GTGUA01", .logs = logs };
static struct trust_list list = { .centers = &center, .center_count = 1 };
static struct bytes note;

static void
setup(void)
{
	signer_make(&first, SIGNER_ORIGIN, VKEY_ED25519, 1);
	signer_make(&second, SECOND, VKEY_ED25519, 2);
	signer_make(&cosigner, SECOND, VKEY_COSIGNATURE, 3);
	logs[0] = (struct trust_log){ .generation = 1, .log = first.key };
	logs[1] = (struct trust_log){
		.generation = 2, .log = second.key, .cosigner = cosigner.key
	};
	center.log_count = 2;
	note = (struct bytes){ 0 };
}

static void
teardown(void)
{
	bytes_free(&note);
	signer_clear(&first);
	signer_clear(&second);
	signer_clear(&cosigner);
}

/* Of the second log, by some key that calls itself so. */
static void
sign(const struct signer *by)
{
	struct checkpoint head = { .origin = SECOND, .size = 7 };
	struct vkey key = by->key;

	memcpy(key.name, SECOND, sizeof(SECOND));
	memset(head.root.at, 5, sizeof(head.root.at));
	ck_assert_int_eq(
	    checkpoint_sign(&head, &key, by->private, &note, NULL), ERR_OK);
}

START_TEST(finds_the_log)
{
	struct head head;
	int64_t at;

	sign(&second);
	ck_assert_int_eq(
	    head_open(&list, note.at, note.len, &head, NULL), ERR_OK);
	ck_assert_ptr_eq(head.center, &center);
	ck_assert_ptr_eq(head.log, &logs[1]);
	ck_assert_uint_eq(head.checkpoint.size, 7);
	ck_assert_int_eq(head_date(&head, &at, NULL), ERR_ISSUER);
}
END_TEST

START_TEST(is_dated_by_the_logs_cosigner)
{
	struct checkpoint text;
	struct head head;
	struct note parsed;
	int64_t at = 0;

	sign(&second);
	ck_assert_int_eq(checkpoint_open(note.at, note.len, &second.key, &text,
			     &parsed, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    checkpoint_cosign(parsed.text, parsed.len, &cosigner.key,
		cosigner.private, NOON, &note, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    head_open(&list, note.at, note.len, &head, NULL), ERR_OK);
	ck_assert_int_eq(head_date(&head, &at, NULL), ERR_OK);
	ck_assert_int_eq(at, NOON);
}
END_TEST

/* The first log's key signs for the first log alone. */
START_TEST(believes_no_other_key)
{
	struct head head = { .log = NULL };

	sign(&first);
	ck_assert_int_eq(
	    head_open(&list, note.at, note.len, &head, NULL), ERR_ISSUER);
	ck_assert_ptr_null(head.log);
	ck_assert_int_eq(
	    head_peek(&list, note.at, note.len, &head, NULL), ERR_OK);
	ck_assert_ptr_eq(head.log, &logs[1]);
}
END_TEST

START_TEST(of_no_log_of_the_list)
{
	struct head head;

	sign(&second);
	center.log_count = 1;
	ck_assert_int_eq(
	    head_open(&list, note.at, note.len, &head, NULL), ERR_ISSUER);
	ck_assert_int_eq(
	    head_peek(&list, note.at, note.len, &head, NULL), ERR_OK);
	ck_assert_ptr_null(head.log);
	ck_assert_ptr_null(head.center);
	ck_assert_int_eq(
	    head_peek(NULL, note.at, note.len, &head, NULL), ERR_OK);
	ck_assert_ptr_null(head.log);
}
END_TEST

START_TEST(is_no_head)
{
	static const char text[] = "SELLO";
	struct head head;

	ck_assert_int_eq(
	    head_open(&list, text, strlen(text), &head, NULL), ERR_DATA);
	ck_assert_int_eq(
	    head_open(&list, text, CHECKPOINT_MAX + 1, &head, NULL), ERR_LIMIT);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("head");
	TCase *t = tcase_create("head");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, finds_the_log);
	tcase_add_test(t, is_dated_by_the_logs_cosigner);
	tcase_add_test(t, believes_no_other_key);
	tcase_add_test(t, of_no_log_of_the_list);
	tcase_add_test(t, is_no_head);
	suite_add_tcase(s, t);
	return s;
}
CHECK_MAIN(suite);
