/* Who one is: the roster's rows, passphrases, roles. */
#include "issue/center/login.h"

#include "issue/center/staff.h"
#include "issue/register/event.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"
#include "tests/support/fresh.h"

#include <stdio.h>
#include <string.h>

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

struct last {
	unsigned count;
	char kind[32], person[PERSON_CODE_SIZE];
};

static bool
take_event(void *arg, const struct event *event)
{
	struct last *last = arg;

	last->count++;
	snprintf(last->kind, sizeof(last->kind), "%s", event->kind);
	snprintf(last->person, sizeof(last->person), "%s", event->person);
	ck_assert_ptr_null(strstr(event->subject, "passphrase"));
	return true;
}

static struct last
last_event(struct center *center)
{
	struct last last = { 0 };

	ck_assert_int_eq(
	    register_event_each(center->reg, take_event, &last, NULL), ERR_OK);
	return last;
}

/* --- codes and roles ----------------------------------------------------- */

START_TEST(knows_roles)
{
	enum role role = ROLE_COUNT;

	for (int i = 0; i < ROLE_COUNT; i++) {
		ck_assert(
		    people_role_find(people_role_name((enum role)i), &role));
		ck_assert_int_eq(role, i);
	}
	ck_assert(!people_role_find("Drafter", &role));
	ck_assert(!people_role_find("", &role));
}
END_TEST

START_TEST(knows_letters_of_roles)
{
	enum role role = ROLE_COUNT;

	for (int i = 0; i < ROLE_COUNT; i++) {
		char letter = people_role_letter((enum role)i);

		ck_assert_ptr_nonnull(person_role_word(letter));
		ck_assert(people_role_of(letter, &role));
		ck_assert_int_eq(role, i);
	}
	ck_assert(!people_role_of('X', &role));
	ck_assert(!people_role_of('\0', &role));
}
END_TEST

/* --- logging in ---------------------------------------------------------- */

#define DRAFTER  ROLE_BIT(ROLE_DRAFTER)
#define APPROVER ROLE_BIT(ROLE_APPROVER)
#define ADMIN    ROLE_BIT(ROLE_ADMINISTRATOR)

static const struct {
	const char *code, *passphrase;
	unsigned roles;
	enum err want;
	const char *kind, *person; /* of the event */
} logins[] = {
	{ "OF1007", "passphrase of OF1007", DRAFTER, ERR_OK, "", "" },
	{ "AP2003", "passphrase of AP2003", APPROVER | ADMIN, ERR_OK, "", "" },
	{ "AD0001", "passphrase of AD0001", ROLE_ANY, ERR_OK, "", "" },
	{ "OF1007", "passphrase of AP2003", DRAFTER, ERR_REFUSED,
	    "refused-passphrase", "OF1007" },
	{ "OF1007", "passphrase of OF100", DRAFTER, ERR_REFUSED,
	    "refused-passphrase", "OF1007" },
	{ "OF1007", "passphrase of OF1007", APPROVER, ERR_REFUSED,
	    "refused-role", "OF1007" },
	{ "AP2003", "passphrase of AP2003", DRAFTER, ERR_REFUSED,
	    "refused-role", "AP2003" },
	{ "AD0001", "passphrase of AD0001", APPROVER, ERR_REFUSED,
	    "refused-role", "AD0001" },
	/* what a stranger typed is not written down */
	{ "ZZ9999", "passphrase of ZZ9999", ROLE_ANY, ERR_REFUSED,
	    "refused-person", "" },
};

START_TEST(logs_in)
{
	struct center *center = world_open(&w, true);
	unsigned before = last_event(center).count;
	struct secret passphrase = { 0 };
	struct person person = { 0 };
	size_t len = strlen(logins[_i].passphrase);
	struct last last;

	ck_assert_int_eq(secret_new(&passphrase, len), ERR_OK);
	memcpy(passphrase.at, logins[_i].passphrase, len);
	ck_assert_msg(people_login(center, logins[_i].code, &passphrase,
			  logins[_i].roles, &person, NULL) == logins[_i].want,
	    "%s with %s", logins[_i].code, logins[_i].passphrase);
	last = last_event(center);
	if (logins[_i].want == ERR_OK) {
		ck_assert_str_eq(person.code, logins[_i].code);
		ck_assert_ptr_nonnull(person.credential);
		ck_assert_uint_eq(last.count, before);
	} else {
		ck_assert_ptr_null(person.credential);
		ck_assert_uint_eq(last.count, before + 1);
		ck_assert_str_eq(last.kind, logins[_i].kind);
		ck_assert_str_eq(last.person, logins[_i].person);
	}
	people_clear(&person);
	secret_wipe(&passphrase);
	center_close(&center);
}
END_TEST

/* Somebody else typed it: it serves for nothing but being changed. */
START_TEST(the_old_passphrase_is_no_new_one)
{
	struct center *center = world_open(&w, false);
	struct secret passphrase = { 0 };
	bool opens = false;

	world_secret("OF1007", &passphrase);
	ck_assert_int_eq(
	    people_opens(center->reg, "OF1007", &passphrase, &opens, NULL),
	    ERR_OK);
	ck_assert(opens);
	ck_assert_int_eq(
	    people_opens(center->reg, "AP2003", &passphrase, &opens, NULL),
	    ERR_OK);
	ck_assert(!opens);
	secret_wipe(&passphrase);
	center_close(&center);
}
END_TEST

START_TEST(a_typed_passphrase_is_changed_first)
{
	struct center *center = world_open(&w, true);
	struct secret passphrase = { 0 };
	struct person person = { 0 };

	sql("UPDATE person SET must_change = 1 WHERE code = 'OF1007'");
	world_secret("OF1007", &passphrase);
	ck_assert_int_eq(people_login(center, "OF1007", &passphrase, ROLE_ANY,
			     &person, NULL),
	    ERR_REFUSED);
	ck_assert_str_eq(last_event(center).kind, "refused-unchanged");
	ck_assert_int_eq(people_login(center, "OF1007", &passphrase,
			     ROLE_ANY | ROLE_UNCHANGED, &person, NULL),
	    ERR_OK);
	people_clear(&person);
	secret_wipe(&passphrase);
	center_close(&center);
}
END_TEST

/* --- rows that say something else than the log --------------------------- */

static const char *const planted[] = {
	"UPDATE person SET role = 'approver' WHERE code = 'OF1007'",
	"UPDATE person SET removed_at = 1 WHERE code = 'OF1007'",
	"UPDATE person SET sign_key = (SELECT sign_key FROM person WHERE code"
	" = 'AP2003') WHERE code = 'OF1007'",
	"UPDATE person SET slot_key = (SELECT slot_key FROM person WHERE code"
	" = 'AP2003') WHERE code = 'OF1007'",
	"UPDATE person SET slot_proof = (SELECT slot_proof FROM person WHERE"
	" code = 'AP2003') WHERE code = 'OF1007'",
	"UPDATE person SET slot_proof = zeroblob(64) WHERE code = 'OF1007'",
	"UPDATE person SET slot_proof = x'' WHERE code = 'OF1007'",
	"DELETE FROM person WHERE code = 'OF1007'; UPDATE person SET code ="
	" 'OF1007' WHERE code = 'AP2003'",
};

struct unattested {
	unsigned rows, bad;
};

static bool
count_row(void *arg, const struct person *person, bool attested)
{
	struct unattested *seen = arg;

	(void)person;
	seen->rows++;
	seen->bad += !attested;
	return true;
}

START_TEST(a_row_that_disagrees_has_no_standing)
{
	struct center *center = world_open(&w, true);
	struct unattested seen = { 0 };
	struct secret passphrase = { 0 };
	struct person person = { 0 };

	ck_assert_int_eq(people_each(center, count_row, &seen, NULL), ERR_OK);
	ck_assert_uint_eq(seen.rows, 3);
	ck_assert_uint_eq(seen.bad, 0);
	sql(planted[_i]);
	ck_assert_msg(
	    people_find(center, "OF1007", &person, NULL) == ERR_REFUSED, "%s",
	    planted[_i]);
	world_secret("OF1007", &passphrase);
	ck_assert_int_eq(people_login(center, "OF1007", &passphrase, ROLE_ANY,
			     &person, NULL),
	    ERR_REFUSED);
	seen = (struct unattested){ 0 };
	ck_assert_int_eq(people_each(center, count_row, &seen, NULL), ERR_OK);
	ck_assert_uint_eq(seen.bad, 1);
	secret_wipe(&passphrase);
	center_close(&center);
}
END_TEST

START_TEST(knows_nobody_else)
{
	struct center *center = world_open(&w, false);
	struct person person = { 0 };

	ck_assert_int_eq(
	    people_find(center, "OF9999", &person, NULL), ERR_NOT_FOUND);
	center_close(&center);
}
END_TEST

START_TEST(a_credential_moved_between_rows_does_not_open)
{
	struct center *center = world_open(&w, true);
	struct secret passphrase = { 0 };
	struct person person = { 0 };

	sql("UPDATE person SET sealed = (SELECT sealed FROM person WHERE code"
	    " = 'AP2003') WHERE code = 'OF1007'");
	world_secret("AP2003", &passphrase);
	ck_assert_int_eq(people_login(center, "OF1007", &passphrase, ROLE_ANY,
			     &person, NULL),
	    ERR_REFUSED);
	secret_wipe(&passphrase);
	center_close(&center);
}
END_TEST

/* A credential made for this very code, but by an intruder. */
START_TEST(a_planted_credential_is_not_the_persons)
{
	struct center *center = world_open(&w, true);
	struct store *store = register_store(center->reg);
	struct credential *credential = NULL;
	struct secret passphrase = { 0 };
	struct person person = { 0 };
	struct bytes sealed = { 0 };
	sqlite3_stmt *stmt;

	world_secret("INTRUDER", &passphrase);
	ck_assert_int_eq(
	    credential_new("AP2003", &passphrase, &sealed, &credential, NULL),
	    ERR_OK);
	credential_free(&credential);
	stmt = store_prepare(
	    store, "UPDATE person SET sealed = ?1 WHERE code = 'AP2003'", NULL);
	store_bind_blob(stmt, 1, sealed.at, sealed.len);
	ck_assert_int_eq(store_run(store, stmt, NULL), ERR_OK);
	ck_assert_int_eq(people_login(center, "AP2003", &passphrase, ROLE_ANY,
			     &person, NULL),
	    ERR_REFUSED);
	ck_assert_ptr_null(person.credential);
	bytes_free(&sealed);
	secret_wipe(&passphrase);
	center_close(&center);
}
END_TEST

/* --- lines of another copy ----------------------------------------------- */

static void
follow_but(
    struct center *center, const struct log_entry *line, const uint8_t *keep)
{
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(people_follow(center->reg, line, keep, NULL), ERR_OK);
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
}

static void
follow(struct center *center, const struct log_entry *line)
{
	follow_but(center, line, NULL);
}

#define COUNT(rest) desk_number(w.home, "SELECT count(*) FROM person " rest)

START_TEST(rows_follow_the_lines_of_another_copy)
{
	struct center *center = world_open(&w, true);
	struct person person = { 0 };
	struct log_entry line = { .kind = ENTRY_STAFF,
		.has_person_key = true,
		.time = now,
		.officer = "AD0001",
		.reason = "KEY",
		.ref = "AP2003" };

	ck_assert_int_eq(people_find(center, "AP2003", &person, NULL), ERR_OK);
	memcpy(line.person_key, person.keys.sign, sizeof(line.person_key));
	follow(center, &line); /* known already: nothing is lost */
	ck_assert_int_eq(
	    COUNT("WHERE code = 'AP2003' AND sealed IS NOT NULL"), 1);
	line.person_key[5] ^= 1;
	follow_but(center, &line, person.keys.sign); /* heard since */
	line.has_person_key = false;
	follow_but(center, &line, person.keys.sign);
	ck_assert_int_eq(COUNT("WHERE code = 'AP2003' AND removed_at = 0"
			       " AND sealed IS NOT NULL"),
	    1);
	line.has_person_key = true;
	follow(center, &line); /* another key: the sealed one is of no use */
	ck_assert_int_eq(COUNT("WHERE code = 'AP2003' AND sealed IS NULL"
			       " AND slot IS NULL AND must_change = 1"),
	    1);
	strcpy(line.ref, "AP2004");
	strcpy(line.reason, "APPROVER");
	follow(center, &line);
	ck_assert_int_eq(COUNT("WHERE code = 'AP2004' AND role = 'approver'"
			       " AND sealed IS NULL AND removed_at = 0"),
	    1);
	line.has_person_key = false;
	strcpy(line.reason, "REMOVED");
	follow(center, &line);
	ck_assert_int_eq(COUNT("WHERE code = 'AP2004' AND removed_at <> 0"), 1);
	center_close(&center);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("people");
	TCase *pure = tcase_create("roles");
	TCase *c = tcase_create("roster");

	tcase_add_test(pure, knows_roles);
	tcase_add_test(pure, knows_letters_of_roles);
	suite_add_tcase(s, pure);
	tcase_add_unchecked_fixture(c, begin, end);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, logs_in, 0, sizeof(logins) / sizeof(logins[0]));
	tcase_add_test(c, the_old_passphrase_is_no_new_one);
	tcase_add_test(c, a_typed_passphrase_is_changed_first);
	tcase_add_loop_test(c, a_row_that_disagrees_has_no_standing, 0,
	    sizeof(planted) / sizeof(planted[0]));
	tcase_add_test(c, a_credential_moved_between_rows_does_not_open);
	tcase_add_test(c, a_planted_credential_is_not_the_persons);
	tcase_add_test(c, knows_nobody_else);
	tcase_add_test(c, rows_follow_the_lines_of_another_copy);
	suite_add_tcase(s, c);
	return s;
}

CHECK_MAIN(suite);
