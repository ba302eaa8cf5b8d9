/*
 * New keys: when the center changes over to them, and what goes with it.
 */
#include "issue/center/rekey.h"

#include "issue/center/integrity.h"
#include "issue/center/login.h"

#include "base/clock.h"
#include "letter/dsig.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"
#include "trust/cert.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct world template, w;
static int64_t now;

/* The next list's, for an edit of it. */
static struct trust_key fresh, keys[2];
static struct trust_log logs[2];
static X509 *cert;
static enum key_status status;
static bool listed;

/* --- helpers ------------------------------------------------------------- */

/* rekey, and the root's certificate for its request; the new key's name. */
static void
rekey(const struct world *world, bool new_log, char name[DSIG_KEY_NAME_SIZE])
{
	struct errtext err = { 0 };
	struct bytes request = { 0 };
	struct center_info info = { 0 };
	struct trust_roster persons = { 0 };
	EVP_PKEY *key = NULL;
	struct desk d;

	desk_open(&d, world, "AP2003");
	ck_assert_int_eq(register_begin(d.act.center->reg, &err), ERR_OK);
	ck_assert_int_eq(rekey_make(d.act.center, &d.act.ring, new_log, now,
			     &request, name, &err),
	    ERR_OK);
	ck_assert_int_eq(register_commit(d.act.center->reg, &err), ERR_OK);
	desk_close(&d);
	ck_assert_int_eq(request_read_center(request.at, request.len, &info,
			     &persons, &key, &err),
	    ERR_OK);
	/* new keys are no new persons */
	ck_assert(trust_roster_same(&persons, &world->persons));
	trust_roster_free(&persons);
	X509_free(cert);
	cert = NULL;
	ck_assert_int_eq(cert_make_center(world->root, world->root_key, &info,
			     key, 730, now, &cert, &err),
	    ERR_OK);
	fresh =
	    (struct trust_key){ .cert = cert, .key = X509_get0_pubkey(cert) };
	ck_assert_int_eq(dsig_key_name(key, fresh.key_name), ERR_OK);
	ck_assert_str_eq(fresh.key_name, name);
	ck_assert_int_eq(
	    cert_period(cert, &fresh.not_before, &fresh.not_after), ERR_OK);
	logs[1].generation = 2;
	ck_assert_int_eq(vkey_make("RRP-ES/log/GTGUA01/2", VKEY_ED25519,
			     info.log_key, &logs[1].log),
	    ERR_OK);
	ck_assert_int_eq(vkey_make("RRP-ES/log/GTGUA01/2", VKEY_COSIGNATURE,
			     info.cosigner_key, &logs[1].cosigner),
	    ERR_OK);
	EVP_PKEY_free(key);
	bytes_free(&request);
}

static void
edit(struct trust_list *list)
{
	struct trust_center *center = &list->centers[0];

	fresh.status = status;
	fresh.since = status == KEY_ACTIVE ? 0 : now;
	if (listed) { /* in the order of their names */
		bool last =
		    strcmp(fresh.key_name, center->keys[0].key_name) > 0;

		keys[last] = fresh;
		keys[!last] = center->keys[0];
		center->keys = keys;
		center->key_count = 2;
	}
	logs[0] = center->logs[0];
}

static void
edit_new_log(struct trust_list *list)
{
	struct trust_center *center = &list->centers[0];

	edit(list);
	center->logs = logs;
	center->log_count = 2;
}

static void
setup(void)
{
	world_copy(&template, &w);
	status = KEY_ACTIVE;
	listed = true;
	cert = NULL;
}

static void
teardown(void)
{
	X509_free(cert);
	world_free(&w);
}

/* A desk with the keys as a command opens them. */
static void
open_desk(struct desk *d, bool want)
{
	struct errtext err = { 0 };
	bool changed = false;

	*d = (struct desk){ .w = &w, .act.center = world_open(&w, true) };
	world_login(d->act.center, "AP2003", &d->act.actor);
	ck_assert_msg(rekey_open(d->act.center, &d->act.actor, &d->act.ring,
			  &changed, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_int_eq(changed, want);
}

static int64_t
sealed(const char *name)
{
	char sql[128];

	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM sealed_key WHERE name = 'sign-%s'", name);
	return desk_number(w.home, sql);
}

/* By whom is the newest line signed? And all of them are good. */
static void
find(void *arg, const char *about, const char *text)
{
	ck_assert_msg(
	    strncmp(about, "EV", 2) == 0 || strcmp(about, "person") == 0,
	    "%s: %s", about, text);
	(void)arg;
}

static void
check_signed_by(struct center *center, const char *name)
{
	struct errtext err = { 0 };
	struct integrity seen = { 0 };
	char sql[160];

	ck_assert_int_eq(
	    integrity_check(center, find, NULL, NULL, &seen, &err), ERR_OK);
	snprintf(sql, sizeof(sql),
	    "SELECT line LIKE '%% %s %%' FROM log_line"
	    " ORDER BY id DESC LIMIT 1",
	    name);
	ck_assert_int_eq(desk_number(w.home, sql), 1);
}

static void
begin(void)
{
	struct errtext err = { 0 };
	struct desk d;

	now = clock_now();
	world_new(&template, now);
	desk_open(&d, &template, "AP2003");
	world_draft(d.act.center, 1, now);
	ck_assert_int_eq(desk_approve(&d, &err), ERR_OK);
	world_draft(d.act.center, 2, now); /* waits through the change */
	desk_close(&d);
}

static void
end(void)
{
	world_free(&template);
}

/* --- until the list ------------------------------------------------------ */

static const struct {
	bool listed;
	enum key_status status;
} others[] = {
	{ false, KEY_ACTIVE },
	{ true, KEY_RETIRED },
	{ true, KEY_REVOKED },
};

START_TEST(goes_on_with_the_old_key)
{
	struct errtext err = { 0 };
	char name[DSIG_KEY_NAME_SIZE], old[DSIG_KEY_NAME_SIZE];
	struct desk d;

	rekey(&w, false, name);
	listed = others[_i].listed;
	status = others[_i].status;
	world_take(&w, now, now, edit);
	open_desk(&d, false);
	strcpy(old, d.act.center->key_name);
	ck_assert_str_ne(old, name);
	ck_assert_int_eq(desk_approve(&d, &err), ERR_OK);
	ck_assert_uint_eq(d.refused, 0);
	check_signed_by(d.act.center, old);
	ck_assert_int_eq(sealed(old) + sealed(name), 2);
	desk_close(&d);
}
END_TEST

START_TEST(twice)
{
	char first[DSIG_KEY_NAME_SIZE], second[DSIG_KEY_NAME_SIZE];
	struct desk d;

	for (unsigned i = 0; i < 3; i++) {
		rekey(&w, true, first);
		rekey(&w, false, second);
	}
	ck_assert_int_eq(sealed(first), 0);
	ck_assert_int_eq(sealed(second), 1);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM sealed_key"), 4);
	world_take(&w, now, now, edit);
	open_desk(&d, true);
	ck_assert_str_eq(d.act.center->key_name, second);
	desk_close(&d);
}
END_TEST

/* Keys that wait and are spoilt: the old ones go on, others can be made. */
START_TEST(spoilt)
{
	char name[DSIG_KEY_NAME_SIZE];
	struct desk d;

	rekey(&w, false, name);
	world_take(&w, now, now, edit);
	desk_sql(w.home, "UPDATE next_keys SET public_key = zeroblob(20)");
	open_desk(&d, false);
	desk_close(&d);
	rekey(&w, false, name);
	world_take(&w, now, now, edit);
	open_desk(&d, true);
	desk_close(&d);
}
END_TEST

/* --- changing over ------------------------------------------------------- */

static bool
each(void *arg, const struct person *person, bool attested)
{
	bool planted = strncmp(person->code, "EV", 2) == 0;

	ck_assert_msg(attested != planted, "%s", person->code);
	++*(int *)arg;
	return true;
}

static void
check_roster(struct center *center, int count)
{
	struct errtext err = { 0 };
	int seen = 0;

	ck_assert_int_eq(people_each(center, each, &seen, &err), ERR_OK);
	ck_assert_int_eq(seen, count);
}

START_TEST(changes_over)
{
	struct errtext err = { 0 };
	char name[DSIG_KEY_NAME_SIZE], old[DSIG_KEY_NAME_SIZE];
	struct center *center;
	struct desk d;

	rekey(&w, false, name);
	/* a row that nobody attested must not be attested with the others */
	desk_sql(w.home,
	    "INSERT INTO person SELECT 'EV1111', 'approver', 0, sign_key,"
	    " slot_key, sealed, slot, slot_proof, 0, added_at, added_by,"
	    " removed_at, removed_by FROM person WHERE code = 'AP2003'");
	center = world_open(&w, false);
	strcpy(old, center->key_name);
	center_close(&center);
	world_take(&w, now, now, edit);
	open_desk(&d, true);
	ck_assert_str_eq(d.act.center->key_name, name);
	check_roster(d.act.center, 4);
	ck_assert_int_eq(sealed(old), 0);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM sealed_key"), 3);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM next_keys"), 0);
	/* the draft was there before */
	ck_assert_int_eq(desk_approve(&d, &err), ERR_OK);
	ck_assert_uint_eq(d.refused, 0);
	check_signed_by(d.act.center, name);
	desk_close(&d);
	/* for good */
	open_desk(&d, false);
	ck_assert_str_eq(d.act.center->key_name, name);
	check_roster(d.act.center, 4);
	desk_close(&d);
}
END_TEST

START_TEST(a_new_log)
{
	struct errtext err = { 0 };
	char name[DSIG_KEY_NAME_SIZE];
	int64_t before;
	struct desk d;

	open_desk(&d, false);
	before = desk_number(w.home, "SELECT count(*) FROM log_line");
	desk_close(&d);
	rekey(&w, true, name);
	world_take(&w, now, now, edit_new_log);
	open_desk(&d, true);
	ck_assert_uint_eq(d.act.center->log->generation, 2);
	/* an approver alone does not begin it */
	ck_assert_int_eq(desk_approve(&d, &err), ERR_CONFIG);
	ck_assert_msg(strstr(err.text, "--second") != NULL, "%s", err.text);
	desk_beside(&d, "AD0001");
	ck_assert_msg(desk_approve(&d, &err) == ERR_OK, "%s", err.text);
	check_signed_by(d.act.center, name);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM letter WHERE sequence = 2"),
	    1);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT size FROM log_head"
			     " WHERE generation = 2"),
	    5);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM log_line WHERE id >> 40 = 2"
			     " AND line LIKE"
			     " 's1 % staff - % AD0001 AP2003 %'"),
	    3);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM log_line WHERE id >> 40 = 2"
			     " AND line LIKE 's1 0 % open - % AD0001 - -'"),
	    1);
	ck_assert_int_eq(
	    desk_number(
		w.home, "SELECT count(*) FROM log_line WHERE id >> 40 = 1"),
	    before);
	desk_close(&d);
}
END_TEST

/* The first log, which the list still says is open, is taken away with all of
 * it; whether the sums were written anew makes no difference. */
START_TEST(a_log_that_ended_is_missed)
{
	struct errtext err = { 0 };
	char name[DSIG_KEY_NAME_SIZE];
	int64_t lines;
	struct desk d;

	rekey(&w, true, name);
	world_take(&w, now, now, edit_new_log);
	open_desk(&d, true);
	desk_beside(&d, "AD0001");
	ck_assert_int_eq(desk_approve(&d, &err), ERR_OK);
	desk_sql(w.home,
	    "DELETE FROM log_line WHERE id >> 40 = 1;"
	    "DELETE FROM log_hash WHERE id >> 43 = 1;"
	    "DELETE FROM log_head WHERE generation = 1;");
	if (_i == 1)
		desk_sum_again(w.home);
	lines = desk_number(w.home, "SELECT count(*) FROM log_line");
	ck_assert_int_eq(desk_closes(&d, now, &err), ERR_CONFIG);
	ck_assert_msg(strstr(err.text, "is gone from this register") != NULL,
	    "%s", err.text);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM log_line"), lines);
	desk_close(&d);
}
END_TEST

/* --- killed -------------------------------------------------------------- */

static long
elapsed(const struct timespec *since)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (at.tv_sec - since->tv_sec) * 1000000 +
	    (at.tv_nsec - since->tv_nsec) / 1000;
}

/* A child logs in, tells so, and changes over; killed so many microseconds
 * after that, or never with 0. The time it took. */
static long
killed(long after)
{
	struct timespec since;
	int ready[2];
	pid_t child;
	int status_of;
	char byte;

	ck_assert_int_eq(pipe(ready), 0);
	if ((child = fork()) == 0) {
		struct desk d = { .act.center = world_open(&w, true) };

		world_login(d.act.center, "AP2003", &d.act.actor);
		if (write(ready[1], "x", 1) == 1)
			rekey_open(d.act.center, &d.act.actor, &d.act.ring,
			    NULL, NULL);
		_exit(0);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	clock_gettime(CLOCK_MONOTONIC, &since);
	if (after > 0) {
		usleep((useconds_t)after);
		kill(child, SIGKILL);
	}
	waitpid(child, &status_of, 0);
	return elapsed(&since);
}

START_TEST(killed_while_changing)
{
	char name[DSIG_KEY_NAME_SIZE];
	struct world kept;
	struct desk d;
	long whole;

	rekey(&w, false, name);
	world_take(&w, now, now, edit);
	kept = w;
	world_copy(&kept, &w);
	whole = killed(0);
	for (long i = 0; i < 8; i++) {
		world_free(&w);
		world_copy(&kept, &w);
		killed(whole * i / 7 + 1);
		/* whichever keys it has, they go together */
		d = (struct desk){ .act.center = world_open(&w, true) };
		check_roster(d.act.center, 3);
		world_login(d.act.center, "AP2003", &d.act.actor);
		ck_assert_int_eq(rekey_open(d.act.center, &d.act.actor,
				     &d.act.ring, NULL, NULL),
		    ERR_OK);
		ck_assert_str_eq(d.act.center->key_name, name);
		check_roster(d.act.center, 3);
		desk_close(&d);
	}
	world_free(&kept);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("rekey");
	TCase *tc = tcase_create("all");

	tcase_add_unchecked_fixture(tc, begin, end);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, goes_on_with_the_old_key, 0,
	    (int)(sizeof(others) / sizeof(others[0])));
	tcase_add_test(tc, twice);
	tcase_add_test(tc, spoilt);
	tcase_add_test(tc, changes_over);
	tcase_add_test(tc, a_new_log);
	tcase_add_loop_test(tc, a_log_that_ended_is_missed, 0, 2);
	tcase_add_test(tc, killed_while_changing);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
