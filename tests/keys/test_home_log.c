/*
 * Tests of what keys/home.h says about logs: evidence of a revoked key, the
 * end of a log, and which signed heads count for that.
 */
#include "keys/home.h"

#include "base/file.h"
#include "ledger/head.h"
#include "tests/check_main.h"
#include "tests/keys/sample_office.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))
#define T            1000 /* from then on the key was somebody else's */

static enum err
revoke_from(int64_t since, struct bytes head, struct revoked *out)
{
	enum err rc = home_revoke(home, ours.done.key_name, KEY_REVOKED, since,
	    head.len > 0 ? &head : NULL, out, &err);

	bytes_free(&head);
	return rc;
}

static enum err
close_log(const char *center, struct bytes head, struct log_closed *out)
{
	enum err rc = home_close_log(home, center, &head, out, &err);

	bytes_free(&head);
	return rc;
}

/* The lines of a key's evidence in the next list; 0: none. */
static uint64_t
published_evidence(const char *key_name)
{
	struct trust_list *list = publish();
	const struct trust_key *key = trust_find_key(list, key_name, NULL);
	uint64_t size = key->has_evidence ? key->evidence_size : 0;

	trust_free(&list);
	return size;
}

/* --- evidence ------------------------------------------------------------- */

START_TEST(evidence_is_in_the_next_list)
{
	struct revoked done;
	struct trust_list *list;
	struct tree_hash want;
	uint64_t size = 417;

	ck_assert_msg(revoke_from(T, dated_head(&ours, FIRST, size, T - 1),
			  &done) == ERR_OK,
	    "%s", err.text);
	ck_assert_str_eq(done.evidence.origin, FIRST);
	ck_assert(done.evidence.dated);
	ck_assert_int_eq(done.evidence.at, T - 1);
	list = publish();
	tree_leaf(&size, sizeof(size), &want);
	ck_assert(list->centers[0].keys[0].has_evidence);
	ck_assert_uint_eq(list->centers[0].keys[0].evidence_size, size);
	ck_assert_mem_eq(list->centers[0].keys[0].evidence_root, want.at, 32);
	trust_free(&list);
}
END_TEST

static const struct {
	int64_t at; /* by the center's own word */
	enum err want;
} times[] = { { 0, ERR_OK }, { T - 1, ERR_OK }, { T, ERR_REFUSED },
	{ T + 1, ERR_REFUSED }, { NO_TIME, ERR_OK } };

START_TEST(evidence_is_from_before)
{
	bool taken = times[_i].want == ERR_OK;
	struct revoked done;

	ck_assert_int_eq(
	    revoke_from(T, dated_head(&ours, FIRST, 5, times[_i].at), &done),
	    times[_i].want);
	if (taken)
		ck_assert(done.evidence.dated == (times[_i].at != NO_TIME));
	ck_assert_uint_eq(
	    published_evidence(ours.done.key_name), taken ? 5 : 0);
}
END_TEST

START_TEST(evidence_needs_a_compromise_from_a_time_on)
{
	struct bytes head = signed_head(&ours, FIRST, 5, 0);
	struct revoked done;

	ck_assert_int_eq(home_revoke(home, ours.done.key_name, KEY_RETIRED, T,
			     &head, &done, &err),
	    ERR_USAGE);
	ck_assert_int_eq(home_revoke(home, ours.done.key_name, KEY_REVOKED,
			     TRUST_WHOLE_LIFE, &head, &done, &err),
	    ERR_USAGE);
	ck_assert_int_eq(
	    home_revoke(home, "00000000", KEY_REVOKED, T, &head, &done, &err),
	    ERR_NOT_FOUND);
	ck_assert_uint_eq(published_evidence(ours.done.key_name), 0);
	bytes_free(&head);
}
END_TEST

START_TEST(evidence_comes_later_and_only_grows)
{
	char first[DSIG_KEY_NAME_SIZE];
	struct revoked done;

	memcpy(first, ours.done.key_name, sizeof(first));
	ck_assert_int_eq(revoke_from(T, (struct bytes){ 0 }, &done), ERR_OK);
	ck_assert_uint_eq(done.evidence.size, 0);
	/* the same statement again is still refused without a head */
	ck_assert_int_eq(
	    revoke_from(T, (struct bytes){ 0 }, &done), ERR_REFUSED);
	ck_assert_int_eq(
	    revoke_from(T, signed_head(&ours, FIRST, 5, 0), &done), ERR_OK);
	ck_assert_int_eq(revoke_from(T, signed_head(&ours, FIRST, 5, 0), &done),
	    ERR_REFUSED);
	ck_assert_int_eq(revoke_from(T, signed_head(&ours, FIRST, 4, 0), &done),
	    ERR_REFUSED);
	/* nor with a time that is milder */
	ck_assert_int_eq(
	    revoke_from(T + 1, signed_head(&ours, FIRST, 9, 0), &done),
	    ERR_REFUSED);
	ck_assert_uint_eq(published_evidence(first), 5);
	ck_assert_int_eq(
	    revoke_from(T, signed_head(&ours, FIRST, 6, 0), &done), ERR_OK);
	ck_assert(!done.evidence_dropped);
	ck_assert_uint_eq(published_evidence(first), 6);
}
END_TEST

/* What was from before a later T proves nothing for an earlier one. */
START_TEST(an_earlier_time_drops_evidence)
{
	struct revoked done;

	ck_assert_int_eq(
	    revoke_from(T, dated_head(&ours, FIRST, 9, T - 1), &done), ERR_OK);
	ck_assert_int_eq(
	    revoke_from(T - 5, (struct bytes){ 0 }, &done), ERR_OK);
	ck_assert(done.evidence_dropped);
	ck_assert_uint_eq(published_evidence(ours.done.key_name), 0);
	/* a shorter one from before it may come instead */
	ck_assert_int_eq(
	    revoke_from(T - 5, dated_head(&ours, FIRST, 3, T - 6), &done),
	    ERR_OK);
	ck_assert_int_eq(
	    revoke_from(T - 7, dated_head(&ours, FIRST, 2, T - 8), &done),
	    ERR_OK);
	ck_assert(!done.evidence_dropped);
	ck_assert_uint_eq(published_evidence(ours.done.key_name), 2);
	ck_assert_int_eq(
	    revoke_from(TRUST_WHOLE_LIFE, (struct bytes){ 0 }, &done), ERR_OK);
	ck_assert_uint_eq(published_evidence(ours.done.key_name), 0);
}
END_TEST

/* --- heads that are not taken --------------------------------------------- */

/* Each damages or swaps a good head; as evidence and as an end. */
static struct bytes
bad_head(int which, struct office *other)
{
	struct bytes head = { 0 };

	switch (which) {
	case 0: /* nothing at all */
		bytes_add_text(&head, "");
		break;
	case 1: /* torn */
		head = signed_head(&ours, FIRST, 5, 0);
		head.len = head.len / 2;
		break;
	case 2: /* without its last byte */
		head = signed_head(&ours, FIRST, 5, 0);
		head.len--;
		break;
	case 3: /* too long for a head */
		bytes_add_text(&head, "x\n");
		while (head.len <= CHECKPOINT_MAX)
			bytes_add_text(&head, "0123456789abcdef\n");
		break;
	case 4: /* another size than was signed */
		head = signed_head(&ours, FIRST, 5, 0);
		head.at[strlen(FIRST) + 1] = '6';
		break;
	case 5: /* signed by somebody else */
		head = signed_head(other, FIRST, 5, 0);
		break;
	case 6: /* another program's, by our key */
		head = signed_head(&ours, "RRP-XX/log/GTGUA01/1", 5, 0);
		break;
	case 7: /* a generation there is not */
		head = signed_head(&ours, SECOND, 5, 0);
		break;
	case 8: /* another center's */
		head = signed_head(other, "RRP-ES/log/GTGUA02/1", 5, 0);
		break;
	case 9: /* nothing logged yet */
		head = signed_head(&ours, FIRST, 0, 0);
		break;
	case 10: /* the cosignature of another time than was signed */
		head = dated_head(&ours, FIRST, 5, T - 1);
		memcpy(head.at + head.len - 12, "AAAAAAAAA", 9);
		break;
	}
	return head;
}

static const struct {
	const char *name;
	enum err want;
} bad_heads[] = {
	{ "empty", ERR_DATA },
	{ "torn", ERR_DATA },
	{ "cut by a byte", ERR_DATA },
	{ "oversized", ERR_LIMIT },
	{ "changed", ERR_SIGNATURE },
	{ "by another key", ERR_ISSUER },
	{ "of another program", ERR_ISSUER },
	{ "of another generation", ERR_ISSUER },
	{ "of another center", ERR_REFUSED },
	{ "of an empty log", ERR_DATA },
	{ "wrongly cosigned", ERR_SIGNATURE },
};

START_TEST(bad_heads_change_nothing)
{
	struct office other = { 0 };
	struct revoked done;
	struct log_closed closed;
	struct trust_list *list;
	struct bytes head;
	enum err rc;

	office_open(&other, "GTGUA02");
	rc = close_log("GTGUA01", bad_head(_i, &other), &closed);
	ck_assert_msg(rc == bad_heads[_i].want, "%s, close: %s",
	    bad_heads[_i].name, err_name(rc));
	head = bad_head(_i, &other);
	rc = home_revoke(
	    home, ours.done.key_name, KEY_REVOKED, T, &head, &done, &err);
	ck_assert_msg(rc == bad_heads[_i].want, "%s, revoke: %s",
	    bad_heads[_i].name, err_name(rc));
	bytes_free(&head);
	list = publish();
	ck_assert(!list->centers[0].logs[0].closed);
	ck_assert(!list->centers[1].logs[0].closed);
	ck_assert_int_eq(list->centers[0].keys[0].status, KEY_ACTIVE);
	trust_free(&list);
	office_clear(&other);
}
END_TEST

/* --- closing -------------------------------------------------------------- */

START_TEST(a_closed_log_ends_in_the_next_list)
{
	struct log_closed done;
	struct trust_list *list;

	ck_assert_int_eq(
	    close_log("GTGUA03", signed_head(&ours, FIRST, 8, 0), &done),
	    ERR_NOT_FOUND);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 8, 0), &done),
	    ERR_OK);
	ck_assert(!done.was_closed);
	ck_assert_uint_eq(done.end.generation, 1);
	list = publish();
	ck_assert(list->centers[0].logs[0].closed);
	ck_assert_uint_eq(list->centers[0].logs[0].final_size, 8);
	ck_assert_mem_eq(
	    list->centers[0].logs[0].final_root, done.end.root, 32);
	trust_free(&list);
	/* the same again, never less, never another */
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 8, 0), &done),
	    ERR_OK);
	ck_assert(done.was_closed);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 7, 0), &done),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 8, 1), &done),
	    ERR_REFUSED);
	list = publish();
	ck_assert_uint_eq(list->centers[0].logs[0].final_size, 8);
	trust_free(&list);
}
END_TEST

/* The center signed on until it heard of the closing. */
START_TEST(a_closing_may_be_raised)
{
	struct log_closed done;
	struct trust_list *list;

	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 8, 0), &done),
	    ERR_OK);
	ck_assert_uint_eq(done.raised, 0);
	list = publish();
	trust_free(&list);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 11, 0), &done),
	    ERR_OK);
	ck_assert(!done.was_closed);
	ck_assert_uint_eq(done.raised, 8);
	list = publish();
	ck_assert_uint_eq(list->centers[0].logs[0].final_size, 11);
	ck_assert_mem_eq(
	    list->centers[0].logs[0].final_root, done.end.root, 32);
	trust_free(&list);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 8, 0), &done),
	    ERR_REFUSED);
}
END_TEST

START_TEST(a_closed_log_takes_no_key_and_a_new_one_begins)
{
	struct office before = { 0 };
	struct log_closed done;
	struct trust_list *list;

	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 8, 0), &done),
	    ERR_OK);
	ck_assert_int_eq(certify(&ours), ERR_REFUSED);
	list = publish();
	ck_assert_uint_eq(list->centers[0].key_count, 1);
	trust_free(&list);
	office_open(&ours, "GTGUA01");
	ck_assert_uint_eq(ours.done.generation, 2);
	ck_assert(ours.done.new_generation && !ours.done.last_is_open);
	/* the third comes while the second is open, which is closed after */
	before = ours;
	ours = (struct office){ 0 };
	office_open(&ours, "GTGUA01");
	ck_assert(ours.done.last_is_open);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&before, SECOND, 2, 0), &done),
	    ERR_OK);
	ck_assert_uint_eq(done.end.generation, 2);
	list = publish();
	ck_assert(list->centers[0].logs[0].closed);
	ck_assert(list->centers[0].logs[1].closed);
	ck_assert(!list->centers[0].logs[2].closed);
	trust_free(&list);
	office_clear(&before);
}
END_TEST

/* Evidence and ends of one log never contradict each other. */
START_TEST(evidence_and_end_agree)
{
	struct revoked done;
	struct log_closed closed;

	ck_assert_int_eq(
	    revoke_from(T, signed_head(&ours, FIRST, 8, 0), &done), ERR_OK);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 7, 0), &closed),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 8, 1), &closed),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    close_log("GTGUA01", signed_head(&ours, FIRST, 9, 0), &closed),
	    ERR_OK);
	ck_assert_int_eq(
	    revoke_from(T, signed_head(&ours, FIRST, 10, 0), &done),
	    ERR_REFUSED);
	ck_assert_int_eq(revoke_from(T, signed_head(&ours, FIRST, 9, 1), &done),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    revoke_from(T, signed_head(&ours, FIRST, 9, 0), &done), ERR_OK);
	ck_assert_uint_eq(published_evidence(ours.done.key_name), 9);
}
END_TEST

/* --- homes of before ------------------------------------------------------ */

/* Its centers have no persons: nothing could be published from it. */
START_TEST(a_home_of_an_earlier_build_is_refused)
{
	char *path = file_join(root_dir, "root.db");
	sqlite3 *db = NULL;

	home_close(&home);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(db, "PRAGMA user_version = 3", NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	free(path);
	ck_assert_int_eq(home_open(root_dir, &home, &err), ERR_VERSION);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("home_log");
	TCase *t = tcase_create("home_log");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, evidence_is_in_the_next_list);
	tcase_add_loop_test(t, evidence_is_from_before, 0, COUNT(times));
	tcase_add_test(t, evidence_needs_a_compromise_from_a_time_on);
	tcase_add_test(t, evidence_comes_later_and_only_grows);
	tcase_add_test(t, an_earlier_time_drops_evidence);
	tcase_add_loop_test(t, bad_heads_change_nothing, 0, COUNT(bad_heads));
	tcase_add_test(t, a_closed_log_ends_in_the_next_list);
	tcase_add_test(t, a_closing_may_be_raised);
	tcase_add_test(t, a_closed_log_takes_no_key_and_a_new_one_begins);
	tcase_add_test(t, evidence_and_end_agree);
	tcase_add_test(t, a_home_of_an_earlier_build_is_refused);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
