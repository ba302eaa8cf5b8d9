/* Who is signed in is forgotten after five minutes: issue/desk/session.h. */
#include "issue/desk/session.h"

#include "tests/check_main.h"

#include <string.h>

static struct session
signed_in(int64_t moment)
{
	struct session session = { .seen = moment, .found = 2 };

	memcpy(session.person.code, "OF1007", 7);
	return session;
}

START_TEST(nobody)
{
	struct session session = { 0 };

	ck_assert(!session_is_open(&session, 0));
	session_close(&session);
}
END_TEST

START_TEST(locks_when_idle)
{
	struct session session = signed_in(1000);

	ck_assert(session_is_open(&session, 1000));
	ck_assert(session_is_open(&session, 1000 + SESSION_IDLE - 1));
	ck_assert(!session_is_open(&session, 1000 + SESSION_IDLE));
	ck_assert_str_eq(session.person.code, "");
	/* and stays so, whatever the clock says then */
	ck_assert(!session_is_open(&session, 1000));
}
END_TEST

START_TEST(tries_wait)
{
	struct session session = { .wrong = 3, .next_try = 1008 };
	struct errtext err = { 0 };

	/* nobody is asked before it is time: there is no center here */
	ck_assert(session_sign_in(&session, NULL, "OF1007", "x", 1000, &err) ==
	    ERR_BUSY);
	ck_assert(strstr(err.text, "8 seconds") != NULL);
	ck_assert_uint_eq(session.wrong, 3);
}
END_TEST

START_TEST(tries_beside_wait)
{
	struct session session = signed_in(1000);
	struct errtext err = { 0 };
	struct person second = { 0 };

	session.next_try = 1008;
	ck_assert(session_prove(&session, NULL, "AP2003", "x", ROLE_ANY, 1000,
		      &second, &err) == ERR_BUSY);
	/* and nobody is signed out by it */
	ck_assert_str_eq(session.person.code, "OF1007");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("session");
	TCase *t = tcase_create("session");

	tcase_add_test(t, nobody);
	tcase_add_test(t, locks_when_idle);
	tcase_add_test(t, tries_wait);
	tcase_add_test(t, tries_beside_wait);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
