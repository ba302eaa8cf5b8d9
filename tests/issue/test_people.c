/* Who one is: the roster's rows, passphrases, roles. */
#include "issue/people.h"

#include "issue/staff.h"
#include "tests/check_main.h"
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

/* --- codes and roles -------------------------------------------------------
 */

static const struct {
	const char *code;
	bool good;
} codes[] = {
	{ "OF1007", true },
	{ "A234", true },
	{ "ABCDEFGHIJ12", true },
	{ "A23", false },
	{ "ABCDEFGHIJ123", false },
	{ "of1007", false },
	{ "OF 007", false },
	{ "OF-007", false },
	{ "ÑANDU", false },
	{ "", false },
};

START_TEST(knows_codes)
{
	ck_assert_msg(person_is_code(codes[_i].code) == codes[_i].good, "%s",
	    codes[_i].code);
}
END_TEST

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

/* --- logging in ------------------------------------------------------------
 */

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

START_TEST(a_new_passphrase_replaces_the_old)
{
	struct center *center = world_open(&w, true);
	struct secret old = { 0 };
	struct secret new = { 0 };
	struct person person = { 0 };
	struct person again = { 0 };

	world_login(center, "OF1007", &person);
	world_secret("OF1007", &old);
	world_secret("SOMEBODY", &new);
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    people_reseal(center->reg, &person, &new, NULL), ERR_OK);
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    people_login(center, "OF1007", &old, ROLE_ANY, &again, NULL),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    people_login(center, "OF1007", &new, ROLE_ANY, &again, NULL),
	    ERR_OK);
	/* the keys are the same: older drafts stay good */
	ck_assert_mem_eq(again.keys.sign, person.keys.sign, 32);
	people_clear(&person);
	people_clear(&again);
	secret_wipe(&old);
	secret_wipe(&new);
	center_close(&center);
}
END_TEST

/* --- rows that the center did not sign -------------------------------------
 */

static const char *const planted[] = {
	"UPDATE person SET role = 'approver' WHERE code = 'OF1007'",
	"UPDATE person SET founding = 1 WHERE code = 'OF1007'",
	"UPDATE person SET added_at = added_at - 1 WHERE code = 'OF1007'",
	"UPDATE person SET added_by = 'AP2003' WHERE code = 'OF1007'",
	"UPDATE person SET removed_at = 1 WHERE code = 'OF1007'",
	"UPDATE person SET sign_key = (SELECT sign_key FROM person WHERE code"
	" = 'AP2003') WHERE code = 'OF1007'",
	"UPDATE person SET slot_key = (SELECT slot_key FROM person WHERE code"
	" = 'AP2003') WHERE code = 'OF1007'",
	"UPDATE person SET attestation = (SELECT attestation FROM person WHERE"
	" code = 'AP2003') WHERE code = 'OF1007'",
	"UPDATE person SET attestation = zeroblob(64) WHERE code = 'OF1007'",
	"UPDATE person SET attestation = x'' WHERE code = 'OF1007'",
	"DELETE FROM person WHERE code = 'OF1007'; UPDATE person SET code ="
	" 'OF1007' WHERE code = 'AP2003'",
};

START_TEST(trusts_only_attested_rows)
{
	struct center *center = world_open(&w, true);
	struct secret passphrase = { 0 };
	struct person person = { 0 };

	sql(planted[_i]);
	ck_assert_msg(people_find(center->reg, "GTGUA01", center->key, "OF1007",
			  &person, NULL) == ERR_REFUSED,
	    "%s", planted[_i]);
	world_secret("OF1007", &passphrase);
	ck_assert_int_eq(people_login(center, "OF1007", &passphrase, ROLE_ANY,
			     &person, NULL),
	    ERR_REFUSED);
	secret_wipe(&passphrase);
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
	struct credential_public public;
	struct secret passphrase = { 0 };
	struct person person = { 0 };
	struct bytes sealed = { 0 };
	sqlite3_stmt *stmt;

	world_secret("INTRUDER", &passphrase);
	ck_assert_int_eq(
	    credential_new("AP2003", &passphrase, &public, &sealed, NULL),
	    ERR_OK);
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

START_TEST(another_center_does_not_attest)
{
	struct center *center = world_open(&w, false);
	struct person person = { 0 };

	ck_assert_int_eq(people_find(center->reg, "GTGUA02", center->key,
			     "OF1007", &person, NULL),
	    ERR_REFUSED);
	ck_assert_int_eq(people_find(center->reg, "GTGUA01", center->key,
			     "OF9999", &person, NULL),
	    ERR_NOT_FOUND);
	center_close(&center);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("people");
	TCase *pure = tcase_create("codes");
	TCase *c = tcase_create("roster");

	tcase_add_loop_test(
	    pure, knows_codes, 0, sizeof(codes) / sizeof(codes[0]));
	tcase_add_test(pure, knows_roles);
	suite_add_tcase(s, pure);
	tcase_add_unchecked_fixture(c, begin, end);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, logs_in, 0, sizeof(logins) / sizeof(logins[0]));
	tcase_add_test(c, a_new_passphrase_replaces_the_old);
	tcase_add_loop_test(c, trusts_only_attested_rows, 0,
	    sizeof(planted) / sizeof(planted[0]));
	tcase_add_test(c, a_credential_moved_between_rows_does_not_open);
	tcase_add_test(c, a_planted_credential_is_not_the_persons);
	tcase_add_test(c, another_center_does_not_attest);
	suite_add_tcase(s, c);
	return s;
}

CHECK_MAIN(suite);
