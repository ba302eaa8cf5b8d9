/* Joining and leaving, alone and with a second person. */
#include "issue/staff.h"

#include "issue/approve.h"
#include "tests/check_main.h"
#include "tests/support/fresh.h"

#include <stdio.h>
#include <string.h>

/* --- helpers ---------------------------------------------------------------
 */

struct desk {
	struct staff_act act;
	struct person admin, second;
};

/* AD0001, alone or with an approver; how opening the keys ended. */
static enum err
sit_down(struct desk *d, const char *second)
{
	*d = (struct desk){ 0 };
	d->act = (struct staff_act){
		.center = world_open(&w, true), .admin = &d->admin, .now = now
	};
	world_login(d->act.center, "AD0001", &d->admin);
	if (second != NULL) {
		world_login(d->act.center, second, &d->second);
		d->act.second = &d->second;
	}
	return staff_begin(&d->act, NULL);
}

static void
get_up(struct desk *d)
{
	staff_end(&d->act);
	people_clear(&d->admin);
	people_clear(&d->second);
	center_close(&d->act.center);
}

static enum err
add(const char *code, enum role role, const char *second)
{
	struct secret passphrase = { 0 };
	struct desk d;
	enum err rc = sit_down(&d, second);

	world_secret(code, &passphrase);
	if (rc == ERR_OK)
		rc = staff_add(&d.act, code, role, &passphrase, NULL);
	secret_wipe(&passphrase);
	get_up(&d);
	return rc;
}

static enum err
leave(const char *code, const char *second, bool *rekey_due)
{
	struct desk d;
	enum err rc = sit_down(&d, second);

	*rekey_due = false;
	if (rc == ERR_OK)
		rc = staff_remove(&d.act, code, rekey_due, NULL);
	get_up(&d);
	return rc;
}

/* Can this person open the center's keys? */
static enum err
opens(const char *code)
{
	struct center *center = world_open(&w, true);
	struct person person = { 0 };
	struct keyring ring = { 0 };
	enum err rc;

	world_login(center, code, &person);
	rc = keyring_open(center, &person, &ring, NULL);
	keyring_close(&ring);
	people_clear(&person);
	center_close(&center);
	return rc;
}

static void
refuse(void *arg, int64_t draft, const char *why)
{
	(void)arg;
	ck_abort_msg("draft %lld: %s", (long long)draft, why);
}

/* A first letter: the founder's slot goes. */
static void
issue_one(void)
{
	struct center *center = world_open(&w, true);
	struct person approver = { 0 };
	struct keyring ring = { 0 };
	struct picks picks = { 0 };

	world_draft(center, 1, now);
	world_login(center, "AP2003", &approver);
	ck_assert_int_eq(keyring_open(center, &approver, &ring, NULL), ERR_OK);
	const struct approval approval = { center, "AP2003", "", &ring, 0,
		PAPER_A4, refuse, NULL };
	ck_assert_int_eq(
	    approve_add_all(&picks, center, "AP2003", NULL), ERR_OK);
	ck_assert_int_eq(
	    approve_sign(&approval, picks.at, picks.count, NULL), ERR_OK);
	approve_clear(&picks);
	keyring_close(&ring);
	people_clear(&approver);
	center_close(&center);
}

/* --- joining ---------------------------------------------------------------
 */

START_TEST(only_approvers_open_the_keys)
{
	ck_assert_int_eq(add("AD0002", ROLE_ADMINISTRATOR, NULL), ERR_OK);
	ck_assert_int_eq(opens("AD0001"), ERR_OK); /* until the first letter */
	ck_assert_int_eq(opens("AD0002"), ERR_REFUSED);
	ck_assert_int_eq(opens("OF1007"), ERR_REFUSED);
	ck_assert_int_eq(opens("AP2003"), ERR_OK);
}
END_TEST

START_TEST(after_the_first_letter_an_approver_stands_beside)
{
	issue_one();
	ck_assert_int_eq(opens("AD0001"), ERR_REFUSED);
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, NULL), ERR_REFUSED);
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, "OF1007"), ERR_REFUSED);
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, "AP2003"), ERR_OK);
	ck_assert_int_eq(opens("AP2004"), ERR_OK);
}
END_TEST

START_TEST(a_code_is_never_used_twice)
{
	bool due;

	ck_assert_int_eq(add("OF1007", ROLE_DRAFTER, NULL), ERR_EXISTS);
	ck_assert_int_eq(leave("OF1007", NULL, &due), ERR_OK);
	ck_assert_int_eq(add("OF1007", ROLE_APPROVER, NULL), ERR_EXISTS);
	ck_assert_int_eq(add("of1008", ROLE_DRAFTER, NULL), ERR_DATA);
}
END_TEST

/* --- leaving ---------------------------------------------------------------
 */

START_TEST(who_leaves_opens_nothing)
{
	struct secret passphrase = { 0 };
	struct center *center;
	struct person person = { 0 };
	bool due;

	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, NULL), ERR_OK);
	issue_one();
	ck_assert_int_eq(leave("AP2004", "AP2003", &due), ERR_OK);
	ck_assert(due);
	center = world_open(&w, true);
	world_secret("AP2004", &passphrase);
	ck_assert_int_eq(people_login(center, "AP2004", &passphrase, ROLE_ANY,
			     &person, NULL),
	    ERR_REFUSED);
	secret_wipe(&passphrase);
	center_close(&center);
	ck_assert_int_eq(opens("AP2003"), ERR_OK);
	ck_assert_int_eq(leave("AP2004", "AP2003", &due), ERR_DATA);
	ck_assert_int_eq(leave("AP9999", "AP2003", &due), ERR_NOT_FOUND);
}
END_TEST

/* The sealed keys of before open no more with the slot of before. */
START_TEST(leaving_draws_a_new_wrapping_key)
{
	struct center *center = world_open(&w, true);
	struct person approver = { 0 };
	struct keyring before = { 0 };
	struct keyring after = { 0 };
	bool due;

	world_login(center, "AP2003", &approver);
	ck_assert_int_eq(
	    keyring_open(center, &approver, &before, NULL), ERR_OK);
	center_close(&center);
	ck_assert_int_eq(leave("OF1007", NULL, &due), ERR_OK);
	ck_assert(!due); /* a drafter never could open the keys */
	center = world_open(&w, true);
	ck_assert_int_eq(keyring_open(center, &approver, &after, NULL), ERR_OK);
	ck_assert_uint_eq(before.wrapping.len, after.wrapping.len);
	ck_assert_int_ne(
	    memcmp(before.wrapping.at, after.wrapping.at, after.wrapping.len),
	    0);
	ck_assert_int_eq(EVP_PKEY_eq(before.sign, after.sign), 1);
	keyring_close(&before);
	keyring_close(&after);
	people_clear(&approver);
	center_close(&center);
	ck_assert_int_eq(opens("AD0001"), ERR_OK); /* no letter yet */
}
END_TEST

START_TEST(keeps_those_it_needs)
{
	bool due;

	/* nobody removes themselves, nor the second person */
	ck_assert_int_eq(leave("AD0001", NULL, &due), ERR_REFUSED);
	ck_assert_int_eq(leave("AP2003", "AP2003", &due), ERR_REFUSED);
	issue_one();
	/* the last who can open the keys */
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, "AP2003"), ERR_OK);
	ck_assert_int_eq(leave("AP2003", "AP2004", &due), ERR_OK);
	ck_assert_int_eq(leave("AP2004", "AP2004", &due), ERR_REFUSED);
	ck_assert_int_eq(opens("AP2004"), ERR_OK);
}
END_TEST

static void
sql(const char *text)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/register.db", w.home);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* Without the check, a renewal would turn these into real slots. */
#define SET_SLOT "UPDATE person SET slot = x'00' WHERE code = "
#define SET_KEY                                                     \
	"UPDATE person SET slot_key = (SELECT slot_key FROM person" \
	" WHERE code = 'OF1007') WHERE code = "

static const char *const planted[] = {
	SET_SLOT "'AD0002'",
	SET_SLOT "'OF1007'",
	SET_KEY "'AP2004'",
};

START_TEST(gives_no_slot_to_a_planted_row)
{
	bool due;

	ck_assert_int_eq(add("AD0002", ROLE_ADMINISTRATOR, NULL), ERR_OK);
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, NULL), ERR_OK);
	ck_assert_int_eq(add("OF1008", ROLE_DRAFTER, NULL), ERR_OK);
	issue_one();
	sql(planted[_i]);
	ck_assert_msg(
	    leave("OF1008", "AP2003", &due) == ERR_REFUSED, "%s", planted[_i]);
	ck_assert_int_eq(opens("AP2003"), ERR_OK);
}
END_TEST

/* A founder who puts the own slot back from a copy of the file loses it at
 * the next change: letters are there. */
START_TEST(a_founder_does_not_get_the_slot_again)
{
	bool due;

	sql("CREATE TABLE kept AS SELECT slot FROM person"
	    " WHERE code = 'AD0001'");
	issue_one();
	sql("UPDATE person SET slot = (SELECT slot FROM kept)"
	    " WHERE code = 'AD0001'; DROP TABLE kept");
	ck_assert_int_eq(leave("OF1007", "AP2003", &due), ERR_OK);
	ck_assert_int_eq(opens("AD0001"), ERR_REFUSED);
	ck_assert_int_eq(opens("AP2003"), ERR_OK);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("staff");
	TCase *c = tcase_create("staff");

	tcase_add_unchecked_fixture(c, begin, end);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, only_approvers_open_the_keys);
	tcase_add_test(c, after_the_first_letter_an_approver_stands_beside);
	tcase_add_test(c, a_code_is_never_used_twice);
	tcase_add_test(c, who_leaves_opens_nothing);
	tcase_add_test(c, leaving_draws_a_new_wrapping_key);
	tcase_add_test(c, keeps_those_it_needs);
	tcase_add_loop_test(c, gives_no_slot_to_a_planted_row, 0,
	    sizeof(planted) / sizeof(planted[0]));
	tcase_add_test(c, a_founder_does_not_get_the_slot_again);
	suite_add_tcase(s, c);
	return s;
}

CHECK_MAIN(suite);
