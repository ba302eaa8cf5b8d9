/* Joining, leaving and new keys: alone while the center is founded, then by
 * two persons. */
#include "issue/center/login.h"
#include "issue/center/staff.h"
#include "issue/center/standing.h"

#include "base/file.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"
#include "tests/support/fresh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- helpers ------------------------------------------------------------- */

/* Who acts, and who stands beside; how opening the keys ended. */
static enum err
sit_down(struct act *act, const char *actor, const char *second)
{
	*act =
	    (struct act){ .center = world_open(&w, true), .now = clock_now() };
	world_login(act->center, actor, &act->actor);
	if (second != NULL)
		world_login(act->center, second, &act->second);
	return staff_open(act, NULL);
}

static enum err
add_by(const char *actor, const char *second, const char *code, enum role role)
{
	struct secret passphrase = { 0 };
	struct person made = { 0 };
	struct act act;
	enum err rc = sit_down(&act, actor, second);

	world_secret(code, &passphrase);
	if (rc == ERR_OK)
		rc = staff_add(&act, code, role, &passphrase, &made, NULL);
	secret_wipe(&passphrase);
	act_close(&act);
	return rc;
}

static enum err
add(const char *code, enum role role, const char *second)
{
	return add_by("AD0001", second, code, role);
}

static enum err
leave(const char *code, const char *second, bool *rekey_due)
{
	struct act act;
	enum err rc = sit_down(&act, "AD0001", second);

	*rekey_due = false;
	if (rc == ERR_OK)
		rc = staff_remove(&act, code, rekey_due, NULL);
	act_close(&act);
	return rc;
}

static enum err
reset(const char *code, const char *second, const char *passphrase_of)
{
	struct secret passphrase = { 0 };
	struct person made = { 0 };
	struct act act;
	enum err rc = sit_down(&act, "AD0001", second);

	world_secret(passphrase_of, &passphrase);
	if (rc == ERR_OK)
		rc = staff_reset(&act, code, &passphrase, &made, NULL);
	secret_wipe(&passphrase);
	act_close(&act);
	return rc;
}

/* `code` takes the passphrase of another code. */
static enum err
change_own(const char *code, const char *from, const char *to,
    const char *second, struct errtext *err)
{
	struct secret old = { 0 }, fresh = { 0 };
	struct person made = { 0 };
	struct act act = { .center = world_open(&w, true), .now = clock_now() };
	enum err rc;

	world_secret(from, &old);
	world_secret(to, &fresh);
	rc = people_login(
	    act.center, code, &old, ROLE_ANY | ROLE_UNCHANGED, &act.actor, err);
	if (rc == ERR_OK && second != NULL) {
		world_login(act.center, second, &act.second);
	}
	if (rc == ERR_OK)
		rc = staff_open_own(&act, err);
	if (rc == ERR_OK)
		rc = staff_own(&act, &fresh, &made, err);
	secret_wipe(&old);
	secret_wipe(&fresh);
	act_close(&act);
	return rc;
}

static enum err
login(const char *code, const char *passphrase_of, unsigned roles,
    struct person *out)
{
	struct center *center = world_open(&w, true);
	struct secret passphrase = { 0 };
	struct person person = { 0 };
	enum err rc;

	world_secret(passphrase_of, &passphrase);
	rc = people_login(center, code, &passphrase, roles, &person, NULL);
	if (out != NULL)
		*out = person;
	people_clear(&person);
	secret_wipe(&passphrase);
	center_close(&center);
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

/* The newest line, which the whole log's check takes as well. */
static void
newest_line(struct log_entry *out)
{
	struct center *center = world_open(&w, true);
	struct desk_log log;

	desk_check(center, 1, &log);
	desk_entry(center, log.size - 1, out);
	center_close(&center);
}

static void
expect_line(const char *ref, const char *reason, const char *officer,
    const char *approver)
{
	struct log_entry line;

	newest_line(&line);
	ck_assert_int_eq(line.kind, ENTRY_STAFF);
	ck_assert_str_eq(line.ref, ref);
	ck_assert_str_eq(line.reason, reason);
	ck_assert_str_eq(line.officer, officer);
	ck_assert_str_eq(line.approver, approver);
	ck_assert(line.has_person_key == (strcmp(reason, "REMOVED") != 0));
}

static int64_t
slots(const char *where)
{
	char sql[160];

	snprintf(sql, sizeof(sql), "SELECT count(slot) FROM person %s", where);
	return desk_number(w.home, sql);
}

/* --- while the center is founded ----------------------------------------- */

static void
read_request(struct trust_roster *out)
{
	struct center_info info;
	struct bytes pem = { 0 };
	EVP_PKEY *key = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/request.csr", w.home);
	ck_assert_int_eq(file_read(path, CERT_FILE_MAX, &pem, NULL), ERR_OK);
	ck_assert_int_eq(
	    request_read_center(pem.at, pem.len, &info, out, &key, NULL),
	    ERR_OK);
	EVP_PKEY_free(key);
	bytes_free(&pem);
}

/* The request has the persons of the register with their present keys, and no
 * other. */
static void
check_request(size_t count)
{
	struct center *center = world_open(&w, false);
	const struct standing *standing;
	struct trust_roster asked = { 0 };

	read_request(&asked);
	ck_assert_uint_eq(asked.person_count, count);
	ck_assert_int_eq(standing_now(center, &standing, NULL), ERR_OK);
	ck_assert_int_eq(standing->phase, STAFF_FOUNDING);
	ck_assert(trust_roster_same(&standing->persons, &asked));
	trust_roster_free(&asked);
	center_close(&center);
}

static void
found(void)
{
	now = clock_now();
	world_founded(&w, now);
}

START_TEST(each_change_writes_the_request)
{
	bool due;

	check_request(1);
	ck_assert_int_eq(add("OF1007", ROLE_DRAFTER, NULL), ERR_OK);
	check_request(2);
	ck_assert_int_eq(
	    change_own("OF1007", "OF1007", "ANOTHER", NULL, NULL), ERR_OK);
	check_request(2);
	ck_assert_int_eq(reset("OF1007", NULL, "OF1007"), ERR_OK);
	check_request(2);
	ck_assert_int_eq(leave("OF1007", NULL, &due), ERR_OK);
	ck_assert(!due);
	check_request(1);
	ck_assert_int_eq(
	    change_own("AD0001", "AD0001", "ANOTHER", NULL, NULL), ERR_OK);
	check_request(1);
}
END_TEST

START_TEST(who_was_added_takes_a_passphrase_of_their_own)
{
	struct person before, after;

	ck_assert_int_eq(add("OF1007", ROLE_DRAFTER, NULL), ERR_OK);
	ck_assert_int_eq(
	    login("OF1007", "OF1007", ROLE_ANY, NULL), ERR_REFUSED);
	ck_assert_int_eq(
	    login("OF1007", "OF1007", ROLE_ANY | ROLE_UNCHANGED, &before),
	    ERR_OK);
	ck_assert_int_eq(
	    change_own("OF1007", "OF1007", "ANOTHER", NULL, NULL), ERR_OK);
	ck_assert_int_eq(login("OF1007", "ANOTHER", ROLE_ANY, &after), ERR_OK);
	ck_assert_mem_ne(
	    before.keys.sign, after.keys.sign, sizeof(before.keys.sign));
	ck_assert_int_eq(
	    login("OF1007", "OF1007", ROLE_ANY | ROLE_UNCHANGED, NULL),
	    ERR_REFUSED);
}
END_TEST

START_TEST(the_founder_alone_changes_the_staff)
{
	world_person(&w, "AD0002", ROLE_ADMINISTRATOR, NULL, now);
	ck_assert_int_eq(
	    add_by("AD0002", NULL, "OF1007", ROLE_DRAFTER), ERR_REFUSED);
	ck_assert_int_eq(
	    add_by("AD0002", "AD0001", "OF1007", ROLE_DRAFTER), ERR_REFUSED);
	ck_assert_int_eq(
	    add_by("AD0001", NULL, "OF1007", ROLE_DRAFTER), ERR_OK);
}
END_TEST

START_TEST(a_code_may_come_again)
{
	struct person first, second;
	bool due;

	ck_assert_int_eq(add("OF1007", ROLE_DRAFTER, NULL), ERR_OK);
	ck_assert_int_eq(add("OF1007", ROLE_APPROVER, NULL), ERR_EXISTS);
	ck_assert_int_eq(add("of1008", ROLE_DRAFTER, NULL), ERR_USAGE);
	ck_assert_int_eq(
	    login("OF1007", "OF1007", ROLE_ANY | ROLE_UNCHANGED, &first),
	    ERR_OK);
	ck_assert_int_eq(leave("OF1007", NULL, &due), ERR_OK);
	ck_assert_int_eq(add("OF1007", ROLE_APPROVER, NULL), ERR_OK);
	ck_assert_int_eq(
	    login("OF1007", "OF1007", ROLE_ANY | ROLE_UNCHANGED, &second),
	    ERR_OK);
	ck_assert_int_eq(second.role, ROLE_APPROVER);
	ck_assert_mem_ne(
	    first.keys.sign, second.keys.sign, sizeof(first.keys.sign));
}
END_TEST

/* A slot is given for the key that its person signed, not for the one that a
 * row has. */
START_TEST(a_planted_slot_key_gets_no_slot)
{
	bool due;

	world_person(&w, "AP2003", ROLE_APPROVER, NULL, now);
	world_person(&w, "OF1007", ROLE_DRAFTER, NULL, now);
	world_person(&w, "OF1008", ROLE_DRAFTER, NULL, now);
	desk_sql(w.home,
	    "UPDATE person SET slot_key = (SELECT slot_key FROM person"
	    " WHERE code = 'OF1007') WHERE code = 'AP2003'");
	ck_assert_int_eq(leave("OF1008", NULL, &due), ERR_OK);
	ck_assert_int_eq(slots("WHERE code = 'AP2003'"), 0);
	ck_assert_int_eq(slots(""), 2);
}
END_TEST

/* --- the log begins ------------------------------------------------------ */

static void
name(void)
{
	now = clock_now();
	world_named(&w, now);
}

START_TEST(the_beginning_takes_the_slots_of_the_others)
{
	ck_assert_int_eq(opens("OF1007"), ERR_OK);
	world_begin(&w, now);
	ck_assert_int_eq(opens("OF1007"), ERR_REFUSED);
	ck_assert_int_eq(opens("AP2003"), ERR_OK);
	ck_assert_int_eq(opens("AD0001"), ERR_OK); /* until the first letter */
}
END_TEST

START_TEST(a_named_center_asks_for_a_second_person)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(add("OF1008", ROLE_DRAFTER, NULL), ERR_REFUSED);
	/* the founder's first act begins the log */
	ck_assert_int_eq(add("OF1008", ROLE_DRAFTER, "AP2003"), ERR_OK);
	expect_line("OF1008", "DRAFTER", "AD0001", "AP2003");
	ck_assert_int_eq(
	    change_own("OF1007", "OF1007", "ANOTHER", NULL, &err), ERR_REFUSED);
}
END_TEST

/* Of before the request was sent: the list has another key. */
START_TEST(a_row_that_the_list_does_not_have_is_refused)
{
	struct center *center = world_open(&w, true);
	struct person person = { 0 };

	desk_sql(w.home,
	    "UPDATE person SET role = 'approver' WHERE code = 'OF1007'");
	ck_assert_int_eq(
	    people_find(center, "OF1007", &person, NULL), ERR_REFUSED);
	ck_assert_int_eq(people_find(center, "AP2003", &person, NULL), ERR_OK);
	center_close(&center);
}
END_TEST

/* --- by two persons ------------------------------------------------------ */

START_TEST(two_add_and_the_line_says_so)
{
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, NULL), ERR_REFUSED);
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, "AP2003"), ERR_OK);
	expect_line("AP2004", "APPROVER", "AD0001", "AP2003");
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, "AP2003"), ERR_EXISTS);
	ck_assert_int_eq(
	    login("AP2004", "AP2004", ROLE_ANY, NULL), ERR_REFUSED);
	ck_assert_int_eq(
	    change_own("AP2004", "AP2004", "ANOTHER", NULL, NULL), ERR_REFUSED);
	ck_assert_int_eq(
	    change_own("AP2004", "AP2004", "ANOTHER", "OF1007", NULL), ERR_OK);
	expect_line("AP2004", "KEY", "AP2004", "OF1007");
	ck_assert_int_eq(login("AP2004", "ANOTHER", ROLE_ANY, NULL), ERR_OK);
}
END_TEST

START_TEST(one_of_two_opens_the_keys)
{
	struct errtext err = { 0 };

	world_person(&w, "OF1008", ROLE_DRAFTER, "AP2003", now);
	ck_assert_int_eq(
	    change_own("OF1007", "OF1007", "ANOTHER", "OF1008", &err),
	    ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "AP2003"));
	ck_assert_int_eq(
	    change_own("OF1007", "OF1007", "ANOTHER", "AP2003", &err), ERR_OK);
	expect_line("OF1007", "KEY", "OF1007", "AP2003");
}
END_TEST

START_TEST(who_leaves_opens_nothing)
{
	bool due;

	world_person(&w, "AP2004", ROLE_APPROVER, "AP2003", now);
	ck_assert_int_eq(leave("AP2004", "AP2003", &due), ERR_OK);
	ck_assert(due);
	expect_line("AP2004", "REMOVED", "AD0001", "AP2003");
	ck_assert_int_eq(
	    login("AP2004", "AP2004", ROLE_ANY, NULL), ERR_REFUSED);
	ck_assert_int_eq(opens("AP2003"), ERR_OK);
	ck_assert_int_eq(leave("AP2004", "AP2003", &due), ERR_DATA);
	ck_assert_int_eq(leave("AP9999", "AP2003", &due), ERR_NOT_FOUND);
	/* the code may come again, with another key */
	ck_assert_int_eq(add("AP2004", ROLE_DRAFTER, "AP2003"), ERR_OK);
	expect_line("AP2004", "DRAFTER", "AD0001", "AP2003");
}
END_TEST

START_TEST(a_lost_passphrase_is_reset_by_two)
{
	ck_assert_int_eq(reset("OF1007", NULL, "ANOTHER"), ERR_REFUSED);
	ck_assert_int_eq(reset("OF1007", "AP2003", "ANOTHER"), ERR_OK);
	expect_line("OF1007", "KEY", "AD0001", "AP2003");
	ck_assert_int_eq(
	    login("OF1007", "ANOTHER", ROLE_ANY, NULL), ERR_REFUSED);
	ck_assert_int_eq(
	    login("OF1007", "OF1007", ROLE_ANY | ROLE_UNCHANGED, NULL),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    change_own("OF1007", "ANOTHER", "OF1007", "AP2003", NULL), ERR_OK);
	ck_assert_int_eq(reset("AP2003", "AP2003", "ANOTHER"), ERR_REFUSED);
	ck_assert_int_eq(reset("AD0001", "AP2003", "ANOTHER"), ERR_REFUSED);
	ck_assert_int_eq(reset("ZZ9999", "AP2003", "ANOTHER"), ERR_NOT_FOUND);
}
END_TEST

/* Who typed it has both keys: another sees it changed. */
START_TEST(the_giver_is_no_witness)
{
	struct errtext err = { 0 };

	world_person(&w, "AD0002", ROLE_ADMINISTRATOR, "AP2003", now);
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, "AP2003"), ERR_OK);
	ck_assert_int_eq(
	    change_own("AP2004", "AP2004", "ANOTHER", "AD0001", &err),
	    ERR_REFUSED);
	ck_assert_str_eq(err.text,
	    "AD0001 set this passphrase, so somebody else must be beside "
	    "you (--second CODE)");
	ck_assert_int_eq(
	    change_own("AP2004", "AP2004", "ANOTHER", "AD0002", NULL), ERR_OK);
	/* of their own making now */
	ck_assert_int_eq(
	    change_own("AP2004", "ANOTHER", "AP2004", "AD0001", NULL), ERR_OK);
	ck_assert_int_eq(reset("AP2004", "AP2003", "ANOTHER"), ERR_OK);
	ck_assert_int_eq(
	    change_own("AP2004", "ANOTHER", "AP2004", "AD0001", NULL),
	    ERR_REFUSED);
}
END_TEST

/* The log says that it was typed, whatever the row says. */
START_TEST(a_row_does_not_make_a_given_key_ones_own)
{
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, "AP2003"), ERR_OK);
	desk_sql(w.home, "UPDATE person SET must_change = 0");
	ck_assert_int_eq(
	    login("AP2004", "AP2004", ROLE_ANY, NULL), ERR_REFUSED);
	ck_assert_int_eq(
	    change_own("AP2004", "AP2004", "ANOTHER", "AD0001", NULL),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    change_own("AP2004", "AP2004", "ANOTHER", "AP2003", NULL), ERR_OK);
	ck_assert_int_eq(login("AP2004", "ANOTHER", ROLE_ANY, NULL), ERR_OK);
}
END_TEST

START_TEST(nobody_removes_themselves)
{
	bool due;

	ck_assert_int_eq(leave("AD0001", "AP2003", &due), ERR_REFUSED);
	ck_assert_int_eq(leave("AP2003", "AP2003", &due), ERR_REFUSED);
	ck_assert_int_eq(opens("AP2003"), ERR_OK);
}
END_TEST

/* --- old copies ---------------------------------------------------------- */

/* Everything the register knew of them, from before they took new keys. */
START_TEST(an_old_row_and_its_passphrase_count_for_nothing)
{
	desk_sql(w.home, "CREATE TABLE kept AS SELECT * FROM person");
	ck_assert_int_eq(
	    change_own("AP2003", "AP2003", "ANOTHER", "OF1007", NULL), ERR_OK);
	desk_sql(w.home,
	    "DELETE FROM person WHERE code = 'AP2003';"
	    "INSERT INTO person SELECT * FROM kept WHERE code = 'AP2003'");
	ck_assert_int_eq(
	    login("AP2003", "AP2003", ROLE_ANY, NULL), ERR_REFUSED);
	/* nor do new keys under an old line, or old keys under a new row */
	desk_sql(w.home,
	    "UPDATE person SET sign_key = zeroblob(33) WHERE code = 'AP2003'");
	ck_assert_int_eq(
	    login("AP2003", "AP2003", ROLE_ANY, NULL), ERR_REFUSED);
}
END_TEST

START_TEST(a_removed_row_that_was_put_back_counts_for_nothing)
{
	bool due;

	world_person(&w, "AP2004", ROLE_APPROVER, "AP2003", now);
	desk_sql(w.home, "CREATE TABLE kept AS SELECT * FROM person");
	ck_assert_int_eq(leave("AP2004", "AP2003", &due), ERR_OK);
	desk_sql(w.home,
	    "DELETE FROM person WHERE code = 'AP2004';"
	    "INSERT INTO person SELECT * FROM kept WHERE code = 'AP2004'");
	ck_assert_int_eq(
	    login("AP2004", "AP2004", ROLE_ANY, NULL), ERR_REFUSED);
	/* and its slot is not renewed */
	ck_assert_int_eq(leave("OF1007", "AP2003", &due), ERR_OK);
	ck_assert_int_eq(slots("WHERE code = 'AP2004'"), 0);
}
END_TEST

START_TEST(new_keys_draw_a_new_wrapping_key)
{
	struct center *center = world_open(&w, true);
	struct person approver = { 0 };
	struct keyring before = { 0 }, after = { 0 };
	bool due;

	world_login(center, "AP2003", &approver);
	ck_assert_int_eq(
	    keyring_open(center, &approver, &before, NULL), ERR_OK);
	center_close(&center);
	ck_assert_int_eq(leave("OF1007", "AP2003", &due), ERR_OK);
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
}
END_TEST

/* A founder who puts the own slot back from a copy of the file loses it at
 * the next change: letters are there. */
START_TEST(a_founder_does_not_get_the_slot_again)
{
	struct desk d;
	bool due;

	desk_sql(w.home,
	    "CREATE TABLE kept AS SELECT slot FROM person"
	    " WHERE code = 'AD0001'");
	desk_open(&d, &w, "AP2003");
	world_draft(d.act.center, 1, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_close(&d);
	ck_assert_int_eq(opens("AD0001"), ERR_REFUSED);
	desk_sql(w.home,
	    "UPDATE person SET slot = (SELECT slot FROM kept)"
	    " WHERE code = 'AD0001'; DROP TABLE kept");
	ck_assert_int_eq(leave("OF1007", "AP2003", &due), ERR_OK);
	ck_assert_int_eq(opens("AD0001"), ERR_REFUSED);
	ck_assert_int_eq(opens("AP2003"), ERR_OK);
}
END_TEST

/* --- removed by the root ------------------------------------------------- */

static struct trust_removed gone;

static void
remove_one(struct trust_list *list)
{
	list->centers[0].removed = &gone;
	list->centers[0].removed_count = 1;
}

static void
root_removes(const char *code)
{
	now = clock_now();
	gone = (struct trust_removed){ .since = now };
	text_copy(gone.code, sizeof(gone.code), code);
	world_take(&w, now, now, remove_one);
}

/* No line says so, and the row does not know. */
START_TEST(whom_the_root_removed_acts_no_more)
{
	bool due;

	world_person(&w, "AP2004", ROLE_APPROVER, "AP2003", clock_now());
	ck_assert_int_eq(opens("AP2004"), ERR_OK);
	root_removes("AP2004");
	ck_assert_int_eq(
	    login("AP2004", "AP2004", ROLE_ANY, NULL), ERR_REFUSED);
	ck_assert_int_eq(leave("AP2004", "AP2003", &due), ERR_DATA);
	/* others go on, and the slot goes with the next change */
	ck_assert_int_eq(
	    change_own("OF1007", "OF1007", "ANOTHER", "AP2003", NULL), ERR_OK);
	ck_assert_int_eq(slots("WHERE code = 'AP2004'"), 0);
	/* the code may come again */
	ck_assert_int_eq(add("AP2004", ROLE_APPROVER, "AP2003"), ERR_OK);
	expect_line("AP2004", "APPROVER", "AD0001", "AP2003");
	ck_assert_int_eq(
	    change_own("AP2004", "AP2004", "ANOTHER", "AP2003", NULL), ERR_OK);
	ck_assert_int_eq(login("AP2004", "ANOTHER", ROLE_ANY, NULL), ERR_OK);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("staff");
	TCase *f = tcase_create("founding");
	TCase *n = tcase_create("named");
	TCase *c = tcase_create("two persons");

	tcase_add_checked_fixture(f, found, teardown);
	tcase_set_timeout(f, 60);
	tcase_add_test(f, each_change_writes_the_request);
	tcase_add_test(f, who_was_added_takes_a_passphrase_of_their_own);
	tcase_add_test(f, the_founder_alone_changes_the_staff);
	tcase_add_test(f, a_code_may_come_again);
	tcase_add_test(f, a_planted_slot_key_gets_no_slot);
	suite_add_tcase(s, f);
	tcase_add_checked_fixture(n, name, teardown);
	tcase_set_timeout(n, 60);
	tcase_add_test(n, the_beginning_takes_the_slots_of_the_others);
	tcase_add_test(n, a_named_center_asks_for_a_second_person);
	tcase_add_test(n, a_row_that_the_list_does_not_have_is_refused);
	suite_add_tcase(s, n);
	tcase_add_unchecked_fixture(c, begin, end);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, two_add_and_the_line_says_so);
	tcase_add_test(c, one_of_two_opens_the_keys);
	tcase_add_test(c, who_leaves_opens_nothing);
	tcase_add_test(c, a_lost_passphrase_is_reset_by_two);
	tcase_add_test(c, the_giver_is_no_witness);
	tcase_add_test(c, a_row_does_not_make_a_given_key_ones_own);
	tcase_add_test(c, nobody_removes_themselves);
	tcase_add_test(c, an_old_row_and_its_passphrase_count_for_nothing);
	tcase_add_test(c, a_removed_row_that_was_put_back_counts_for_nothing);
	tcase_add_test(c, new_keys_draw_a_new_wrapping_key);
	tcase_add_test(c, whom_the_root_removed_acts_no_more);
	tcase_add_test(c, a_founder_does_not_get_the_slot_again);
	suite_add_tcase(s, c);
	return s;
}

CHECK_MAIN(suite);
