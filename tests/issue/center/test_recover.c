/*
 * An older register goes on from a copy of its log: what is taken, what is
 * refused, and what the log says of it.
 */
#include "issue/center/recover.h"

#include "issue/center/guard.h"
#include "issue/center/login.h"
#include "issue/center/publication.h"
#include "issue/center/rollback.h"
#include "issue/center/staff.h"
#include "issue/register/elsewhere.h"
#include "issue/register/setting.h"

#include "base/clock.h"
#include "ledger/line_sign.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/desk.h"
#include "trust/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* w goes on after `old` was copied from it. */
static struct world template, w, old;
static int64_t now;
static char pub[128];

/* --- helpers ------------------------------------------------------------- */

static void
shell(const char *format, const char *a, const char *b)
{
	char command[512];

	snprintf(command, sizeof(command), format, a, b);
	ck_assert_msg(system(command) == 0, "%s", command);
}

/* `count` lines in one transaction. */
static void
grow(const struct world *world, unsigned count)
{
	struct errtext err = { 0 };
	struct desk d;

	desk_open(&d, world, "AP2003");
	ck_assert_msg(act_begin(&d.act, now, &err) == ERR_OK, "%s", err.text);
	for (unsigned i = 0; i < count; i++) {
		struct log_entry entry = { .kind = ENTRY_CLOSE };

		ck_assert_int_eq(logbook_add(&d.act, &entry, &err), ERR_OK);
	}
	ck_assert_int_eq(act_commit(&d.act, &err), ERR_OK);
	desk_close(&d);
}

/* The log of `world` is `size` lines long: 4 open it. */
static void
grow_to(const struct world *world, unsigned size)
{
	grow(world, size - 4);
}

static void
told(void *arg, const struct published *published)
{
	(void)arg, (void)published;
}

static void
publish(const struct world *world, const char *to)
{
	struct errtext err = { 0 };
	struct center *center = world_open(world, true);

	ck_assert_msg(
	    publication_write(center, to, now, told, NULL, &err) == ERR_OK,
	    "%s", err.text);
	center_close(&center);
}

/* As the command does it, by AP2003 beside AD0001; cut: the power fails
 * while the guard is written. */
static enum err
recover_as(const struct world *world, const char *second, const char *from,
    bool lost, bool cut, struct recovery *out, struct errtext *err)
{
	struct desk d;
	enum err rc;

	*out = (struct recovery){ .needed = false };
	desk_open(&d, world, "AP2003");
	desk_beside(&d, second);
	d.act.recovering = true;
	if ((rc = act_begin(&d.act, now, err)) == ERR_OK &&
	    (rc = recover_log(&d.act, from, lost, out, err)) == ERR_OK)
		rc = act_commit(&d.act, err);
	cut ? desk_cut(&d) : desk_close(&d);
	return rc;
}

static enum err
recover(const struct world *world, const char *from, bool lost,
    struct recovery *out, struct errtext *err)
{
	return recover_as(world, "AD0001", from, lost, false, out, err);
}

static uint64_t
size_of(const struct world *world)
{
	return (uint64_t)desk_number(
	    world->home, "SELECT coalesce(sum(size), 0) FROM log_head");
}

/* The log is what it must be, and ends with such a restore line. */
static void
check_restored(const struct world *world, uint64_t before, const char *reason)
{
	struct center *center = world_open(world, false);
	struct log_entry entry;
	struct desk_log log;
	char ref[24];

	desk_check(center, 1, &log);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.guarded, log.size);
	desk_entry(center, log.size - 1, &entry);
	ck_assert_int_eq(entry.kind, ENTRY_RESTORE);
	snprintf(ref, sizeof(ref), "%llu", (unsigned long long)before);
	ck_assert_str_eq(entry.ref, ref);
	ck_assert_str_eq(entry.reason, reason);
	ck_assert_str_eq(entry.officer, "AP2003");
	ck_assert_str_eq(entry.approver, "AD0001");
	center_close(&center);
}

static void
begin(void)
{
	now = clock_now();
	world_new(&template, now);
}

static void
end(void)
{
	world_free(&template);
}

static void
setup(void)
{
	world_copy(&template, &w);
	snprintf(pub, sizeof(pub), "%s/pub", w.dir);
}

static void
teardown(void)
{
	world_free(&w);
}

/* `old` is w as it is now. */
static void
set_back(void)
{
	world_copy(&w, &old);
}

/* Whoever puts an older register back has the newer guard. */
static void
take_guard(void)
{
	shell("cp '%s/head.guard' '%s/head.guard'", w.home, old.home);
}

/* --- what is taken ------------------------------------------------------- */

static const struct {
	unsigned have, more;
} sizes[] = {
	{ 5, 1 },
	{ 5, 250 },
	{ 5, 251 },
	{ 5, 252 },
	{ 255, 1 },
	{ 255, 2 },
	{ 256, 1 },
	{ 256, 257 },
	{ 257, 300 },
};

START_TEST(lines_of_a_copy)
{
	struct errtext err = { 0 };
	struct recovery done;

	grow_to(&w, sizes[_i].have);
	set_back();
	grow(&w, sizes[_i].more);
	publish(&w, pub);
	take_guard();
	ck_assert_int_eq(recover(&old, NULL, false, &done, &err), ERR_CONFIG);
	ck_assert_msg(
	    recover(&old, pub, false, &done, &err) == ERR_OK, "%s", err.text);
	ck_assert(done.needed && !done.lost);
	ck_assert_uint_eq(done.before, sizes[_i].have);
	ck_assert_uint_eq(done.lines, sizes[_i].more);
	ck_assert_uint_eq(size_of(&old), sizes[_i].have + sizes[_i].more + 1);
	check_restored(&old, sizes[_i].have, "");
	/* the same lines, byte for byte */
	publish(&old, pub);
	world_free(&old);
}
END_TEST

START_TEST(letters_are_known_by_number_and_digest)
{
	struct errtext err = { 0 };
	struct center *center;
	struct recovery done;
	struct desk d;
	char next[LETTER_NUMBER_SIZE] = "";

	grow_to(&w, 5);
	set_back();
	center = world_open(&w, true);
	world_drafts(center, 2, now);
	center_close(&center);
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_approve(&d, &err), ERR_OK);
	desk_close(&d);
	now = clock_now(); /* letters are dated when they are signed */
	publish(&w, pub);
	take_guard();
	ck_assert_msg(
	    recover(&old, pub, false, &done, &err) == ERR_OK, "%s", err.text);
	ck_assert_uint_eq(done.letters, 2);
	check_restored(&old, 5, "");
	/* the founder's slot ended with the first letter */
	ck_assert_int_eq(desk_number(old.home,
			     "SELECT count(*) FROM person WHERE founding = 1"
			     " AND slot IS NOT NULL"),
	    0);
	center = world_open(&old, true);
	ck_assert_int_eq(register_begin(center->reg, &err), ERR_OK);
	ck_assert_int_eq(
	    register_letter_next(center->reg, "GTGUA01", now, next, &err),
	    ERR_OK);
	register_rollback(center->reg);
	ck_assert_ptr_nonnull(strstr(next, "-000003-"));
	center_close(&center);
	world_free(&old);
}
END_TEST

START_TEST(nothing_needed_nothing_done)
{
	struct errtext err = { 0 };
	struct recovery done;

	grow_to(&w, 6);
	publish(&w, pub);
	ck_assert_int_eq(recover(&w, NULL, false, &done, &err), ERR_OK);
	ck_assert(!done.needed);
	ck_assert_int_eq(recover(&w, pub, true, &done, &err), ERR_OK);
	ck_assert(!done.needed && !done.lost);
	grow(&w, 1);
	/* an older copy of ours is no harm */
	ck_assert_int_eq(recover(&w, pub, false, &done, &err), ERR_OK);
	ck_assert(!done.needed);
	ck_assert_uint_eq(size_of(&w), 7);
}
END_TEST

/* --- what may be lost ---------------------------------------------------- */

START_TEST(only_the_guard_knows)
{
	struct errtext err = { 0 };
	struct recovery done;

	grow_to(&w, 5);
	set_back();
	grow(&w, 2);
	take_guard();
	ck_assert_int_eq(recover(&old, NULL, false, &done, &err), ERR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, "--lost"));
	ck_assert_uint_eq(size_of(&old), 5);
	ck_assert_int_eq(recover(&old, NULL, true, &done, &err), ERR_OK);
	ck_assert(done.lost);
	check_restored(&old, 5, "LOST");
	grow(&old, 1);
	world_free(&old);
}
END_TEST

START_TEST(no_guard_means_lost)
{
	struct errtext err = { 0 };
	struct recovery done;

	grow_to(&w, 5);
	set_back();
	shell("rm '%s/head.guard'%s", old.home, "");
	ck_assert_int_eq(recover(&old, NULL, false, &done, &err), ERR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, "--lost"));
	ck_assert_uint_eq(size_of(&old), 5);
	ck_assert_int_eq(recover(&old, NULL, true, &done, &err), ERR_OK);
	ck_assert(done.needed && done.lost && done.no_guard);
	ck_assert_int_eq(done.copy_as_of, 0);
	check_restored(&old, 5, "LOST");
	world_free(&old);
}
END_TEST

/* The disk that the guard belongs on is not there: no line for each attempt. */
START_TEST(nowhere_to_put_the_guard)
{
	struct errtext err = { 0 };
	struct recovery done;
	char sql[256], disk[128];

	grow_to(&w, 5);
	snprintf(disk, sizeof(disk), "%s/disk", w.dir);
	snprintf(sql, sizeof(sql),
	    "INSERT INTO setting (name, value) VALUES ('guard', '%s/g')", disk);
	desk_sql(w.home, sql);
	desk_sum_again(w.home); /* as init --guard would have */
	for (unsigned i = 0; i < 2; i++) {
		ck_assert_int_eq(recover(&w, NULL, true, &done, &err), ERR_IO);
		ck_assert_ptr_nonnull(strstr(err.text, disk));
		ck_assert_uint_eq(size_of(&w), 5);
	}
	shell("mkdir '%s'%s", disk, "");
	ck_assert_int_eq(recover(&w, NULL, true, &done, &err), ERR_OK);
	check_restored(&w, 5, "LOST");
}
END_TEST

START_TEST(no_guard_is_no_leave_to_pass_over_a_copy)
{
	struct errtext err = { 0 };
	struct recovery done;

	grow_to(&w, 5);
	publish(&w, pub); /* the older register knows the folder */
	set_back();
	grow(&w, 2);
	publish(&w, pub);
	shell("rm '%s/head.guard'%s", old.home, "");
	for (int lost = 0; lost < 2; lost++) {
		ck_assert_int_eq(
		    recover(&old, NULL, lost != 0, &done, &err), ERR_CONFIG);
		ck_assert_ptr_nonnull(strstr(err.text, pub));
		ck_assert_uint_eq(size_of(&old), 5);
	}
	ck_assert_msg(
	    recover(&old, pub, false, &done, &err) == ERR_OK, "%s", err.text);
	ck_assert(done.lost);
	check_restored(&old, 5, "LOST");
	world_free(&old);
}
END_TEST

/* A copy that is at hand and older than what posts have: that it is there does
 * not make it the newest. */
START_TEST(an_older_copy_at_hand_is_not_enough)
{
	struct errtext err = { 0 };
	struct recovery done;

	grow_to(&w, 5);
	publish(&w, pub); /* _i 1: the register is longer than the copy */
	grow(&w, (unsigned)_i * 2 + 1);
	set_back();
	grow(&w, 2); /* these were published to a stick that is away */
	shell("rm '%s/head.guard'%s", old.home, "");
	ck_assert_int_eq(recover(&old, NULL, false, &done, &err), ERR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, "--from"));
	ck_assert_ptr_nonnull(strstr(err.text, "--lost"));
	ck_assert_ptr_nonnull(strstr(err.text, pub));
	ck_assert_ptr_nonnull(strstr(err.text, "5 lines as of "));
	ck_assert_uint_eq(size_of(&old), 6 + 2 * (unsigned)_i);
	ck_assert_msg(
	    recover(&old, pub, false, &done, &err) == ERR_OK, "%s", err.text);
	ck_assert(done.lost && done.no_guard);
	ck_assert_uint_eq(done.copy_size, 5);
	ck_assert_int_ge(done.copy_as_of, now - 600);
	world_free(&old);
}
END_TEST

/* A head that a post brought back is no copy, but says that there is more. */
START_TEST(a_head_brought_back_is_never_passed_over)
{
	struct errtext err = { 0 };
	struct recovery done;
	struct center *center;
	struct log_head head = { .last_time = 0 };
	struct log_seen seen;
	bool found;

	grow_to(&w, 5);
	set_back();
	grow(&w, 2);
	shell("rm '%s/head.guard'%s", old.home, "");
	center = world_open(&w, false);
	ck_assert_int_eq(
	    register_log_head(center->reg, 1, &head, &found, &err), ERR_OK);
	ck_assert_int_eq(
	    rollback_open(center, head.note.at, head.note.len, &seen, &err),
	    ERR_OK);
	register_log_head_clear(&head);
	center_close(&center);
	center = world_open(&old, true);
	ck_assert_int_eq(
	    register_log_seen_add(center->reg, &seen, "ES-GTGUA/1", now, &err),
	    ERR_OK);
	center_close(&center);
	ck_assert_int_eq(recover(&old, NULL, true, &done, &err), ERR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, "ES-GTGUA/1"));
	ck_assert_uint_eq(size_of(&old), 5);
	world_free(&old);
}
END_TEST

/* A log that has no line yet and lost its guard. */
START_TEST(before_the_first_line)
{
	struct errtext err = { 0 };
	struct recovery done;
	struct world named;

	world_named(&named, now);
	shell("rm '%s/head.guard'%s", named.home, "");
	ck_assert_msg(
	    recover(&named, NULL, true, &done, &err) == ERR_OK, "%s", err.text);
	check_restored(&named, 0, "LOST");
	world_free(&named);
}
END_TEST

/* The power fails between the commit and the guard. */
START_TEST(cut_off_before_the_guard)
{
	struct errtext err = { 0 };
	struct recovery done;

	grow_to(&w, 5);
	set_back();
	grow(&w, 3);
	publish(&w, pub);
	take_guard();
	ck_assert_int_eq(
	    recover_as(&old, "AD0001", pub, false, true, &done, &err), ERR_OK);
	/* the guard is at its beginning: nothing more is needed */
	ck_assert_msg(
	    recover(&old, pub, false, &done, &err) == ERR_OK, "%s", err.text);
	ck_assert(!done.needed);
	grow(&old, 1);
	world_free(&old);
}
END_TEST

/* The same when the guard's lines are lost: the line that says so has the
 * place of one of them, and is no fork. */
START_TEST(cut_off_before_a_guard_passed_over)
{
	struct errtext err = { 0 };
	struct recovery done;
	struct world older;

	grow_to(&w, 5);
	set_back();
	grow(&w, (unsigned)_i);
	take_guard();
	now++;
	ck_assert_int_eq(
	    recover_as(&old, "AD0001", NULL, true, true, &done, &err), ERR_OK);
	ck_assert(done.lost);
	ck_assert_msg(
	    recover(&old, NULL, false, &done, &err) == ERR_OK, "%s", err.text);
	ck_assert(!done.needed);
	grow(&old, 1);
	ck_assert_uint_eq(size_of(&old), 7);
	/* the guard guards again */
	world_copy(&old, &older);
	grow(&old, 1);
	shell("cp '%s/head.guard' '%s/head.guard'", old.home, older.home);
	ck_assert_int_eq(recover(&older, NULL, false, &done, &err), ERR_CONFIG);
	world_free(&older);
	world_free(&old);
}
END_TEST

static void
put_statement(const char *home, const char *statement)
{
	char sql[1024];

	snprintf(sql, sizeof(sql),
	    "INSERT INTO setting VALUES ('guard-passed', '%s')"
	    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	    statement);
	desk_sql(home, sql);
	desk_sum_again(home);
}

static void
get_statement(char *out, size_t size)
{
	struct center *center = world_open(&old, false);
	struct bytes text = { 0 };

	ck_assert_int_eq(
	    register_setting(center->reg, "guard-passed", &text, NULL), ERR_OK);
	snprintf(out, size, "%s", (const char *)text.at);
	bytes_free(&text);
	center_close(&center);
}

/* What two persons signed is of their log and their guard: an older register
 * cannot use it, nor does a changed one count. */
START_TEST(what_is_passed_over_is_signed)
{
	struct errtext err = { 0 };
	char statement[512], other[512];
	struct recovery done;
	struct world before;

	grow_to(&w, 5);
	set_back();
	grow(&w, 2);
	take_guard();
	world_copy(&old, &before);
	now++;
	ck_assert_int_eq(
	    recover_as(&old, "AD0001", NULL, true, true, &done, &err), ERR_OK);
	get_statement(statement, sizeof(statement));
	put_statement(before.home, statement);
	ck_assert_int_eq(
	    recover(&before, NULL, false, &done, &err), ERR_CONFIG);
	/* one person twice, a changed signature: the guard counts again */
	strcpy(other, statement);
	memcpy(strstr(other, "AD0001"), "AP2003", 6);
	put_statement(old.home, other);
	ck_assert_int_eq(recover(&old, NULL, false, &done, &err), ERR_CONFIG);
	strcpy(other, statement);
	other[strlen(other) - 1] ^= 1;
	put_statement(old.home, other);
	ck_assert_int_eq(recover(&old, NULL, false, &done, &err), ERR_CONFIG);
	put_statement(old.home, statement);
	ck_assert_msg(
	    recover(&old, NULL, false, &done, &err) == ERR_OK, "%s", err.text);
	ck_assert(!done.needed);
	world_free(&before);
	world_free(&old);
}
END_TEST

/* --- forks --------------------------------------------------------------- */

START_TEST(forks)
{
	struct errtext err = { 0 };
	struct recovery done;
	bool shorter = _i == 1;

	grow_to(&w, 5);
	set_back();
	now += 2; /* other lines, of another second */
	grow(&w, 2);
	publish(&w, pub);
	now += 2;
	grow(&old, shorter ? 4 : _i == 2 ? 2 : 1);
	ck_assert_int_eq(recover(&old, pub, true, &done, &err), ERR_CONFIG);
	/* also for who lost the guard */
	shell("rm '%s/head.guard'%s", old.home, "");
	ck_assert_int_eq(recover(&old, pub, true, &done, &err), ERR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, "evidence"));
	ck_assert_uint_eq(size_of(&old), shorter ? 9 : _i == 2 ? 7 : 6);
	world_free(&old);
}
END_TEST

/* --- copies that lie ----------------------------------------------------- */

enum lie { LIE_KEY, LIE_SIGNATURE, LIE_INDEX, LIE_FORM, LIE_PERSON, LIE_COUNT };

static void
sign_as(const struct person *person, struct log_entry *entry)
{
	struct bytes text = { 0 };

	ck_assert_int_eq(entry_person_text(entry, &text, NULL), ERR_OK);
	ck_assert_int_eq(credential_sign(person->credential, text.at, text.len,
			     entry->person_signature[0], NULL),
	    ERR_OK);
	bytes_free(&text);
}

/* A line that the log's key signed for, but that no program of ours writes. */
static void
lie(struct act *act, enum lie what)
{
	struct errtext err = { 0 };
	struct log_entry entry = { .kind = ENTRY_CLOSE,
		.index = act->book.head.range.size,
		.time = now };
	struct tree_hash leaf;
	EVP_PKEY *key = NULL;
	struct bytes line = { 0 };

	ck_assert_int_eq(key_new_p256(&key, &err), ERR_OK);
	strcpy(entry.officer, "AP2003");
	strcpy(entry.key_name, act->center->key_name);
	if (what == LIE_KEY)
		ck_assert_int_eq(dsig_key_name(key, entry.key_name), ERR_OK);
	if (what == LIE_INDEX)
		entry.index++;
	entry.time += what == LIE_PERSON; /* signs another line */
	sign_as(&act->actor, &entry);
	entry.time = now;
	ck_assert_int_eq(
	    line_sign(&entry,
		what == LIE_KEY || what == LIE_SIGNATURE ? key : act->ring.sign,
		&err),
	    ERR_OK);
	ck_assert_int_eq(entry_format(&entry, &line, &err), ERR_OK);
	if (what == LIE_FORM)
		line.at[0] = 't';
	/* the logbook itself would not take it */
	ck_assert_int_eq(
	    register_log_append(act->center->reg, act->book.log->generation,
		act->book.head.range.size, &line, &err),
	    ERR_OK);
	tree_leaf(line.at, line.len, &leaf);
	ck_assert(tree_range_append(&act->book.head.range, 0, &leaf));
	bytes_free(&line);
	EVP_PKEY_free(key);
}

START_TEST(lies)
{
	static const enum err want[LIE_COUNT] = { ERR_ISSUER, ERR_CONFIG,
		ERR_DATA, ERR_VERSION, ERR_CONFIG };
	struct errtext err = { 0 };
	struct recovery done;
	struct desk d;
	enum err rc;

	grow_to(&w, 5);
	set_back();
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(act_begin(&d.act, now, &err), ERR_OK);
	lie(&d.act, (enum lie)_i);
	ck_assert_int_eq(act_commit(&d.act, &err), ERR_OK);
	desk_close(&d);
	publish(&w, pub);
	take_guard();
	rc = recover(&old, pub, true, &done, &err);
	ck_assert_msg(rc == want[_i], "%d: %s: %s", _i, err_name(rc), err.text);
	ck_assert_uint_eq(size_of(&old), 5);
	ck_assert_int_eq(
	    desk_number(old.home, "SELECT count(*) FROM log_line"), 5);
	world_free(&old);
}
END_TEST

/* Another program's center of the same name. */
START_TEST(foreign_copy)
{
	struct errtext err = { 0 };
	struct recovery done;
	struct world other;

	world_new(&other, now);
	grow_to(&other, 9);
	publish(&other, pub);
	grow_to(&w, 5);
	ck_assert_int_eq(recover(&w, pub, true, &done, &err), ERR_ISSUER);
	ck_assert_uint_eq(size_of(&w), 5);
	world_free(&other);
}
END_TEST

/* --- people -------------------------------------------------------------- */

/* Who joined after the backup is known from the log alone: nobody else gets the
 * code, and two persons give them keys anew. */
START_TEST(who_joined_later_is_known_and_gets_new_keys)
{
	struct act act = { 0 };
	struct person made = { 0 };
	struct secret secret = { 0 };
	struct errtext err = { 0 };
	struct recovery done;

	grow_to(&w, 5);
	set_back();
	world_person(&w, "AD0002", ROLE_ADMINISTRATOR, "AP2003", now);
	publish(&w, pub);
	take_guard();
	ck_assert_int_eq(recover(&old, pub, false, &done, &err), ERR_OK);
	act.center = world_open(&old, true);
	world_login(act.center, "AD0001", &act.actor);
	world_login(act.center, "AP2003", &act.second);
	act.now = clock_now();
	world_secret("AD0002", &secret);
	ck_assert_int_eq(people_login(act.center, "AD0002", &secret,
			     ROLE_ANY | ROLE_UNCHANGED, &made, &err),
	    ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "officer reset AD0002"));
	ck_assert_int_eq(staff_open(&act, &err), ERR_OK);
	ck_assert_int_eq(
	    staff_add(&act, "AD0002", ROLE_DRAFTER, &secret, &made, &err),
	    ERR_EXISTS);
	ck_assert_int_eq(
	    staff_reset(&act, "AD0002", &secret, &made, &err), ERR_OK);
	ck_assert_int_eq(people_login(act.center, "AD0002", &secret,
			     ROLE_ANY | ROLE_UNCHANGED, &made, &err),
	    ERR_OK);
	ck_assert_int_eq(made.role, ROLE_ADMINISTRATOR);
	people_clear(&made);
	secret_wipe(&secret);
	act_close(&act);
	world_free(&old);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("recover");
	TCase *tc = tcase_create("all");

	tcase_add_unchecked_fixture(tc, begin, end);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(
	    tc, lines_of_a_copy, 0, OF_MANY(sizeof(sizes) / sizeof(sizes[0])));
	tcase_add_test(tc, letters_are_known_by_number_and_digest);
	tcase_add_test(tc, nothing_needed_nothing_done);
	tcase_add_test(tc, only_the_guard_knows);
	tcase_add_test(tc, no_guard_means_lost);
	tcase_add_test(tc, nowhere_to_put_the_guard);
	tcase_add_test(tc, no_guard_is_no_leave_to_pass_over_a_copy);
	tcase_add_loop_test(tc, an_older_copy_at_hand_is_not_enough, 0, 2);
	tcase_add_test(tc, a_head_brought_back_is_never_passed_over);
	tcase_add_test(tc, before_the_first_line);
	tcase_add_test(tc, cut_off_before_the_guard);
	tcase_add_loop_test(tc, cut_off_before_a_guard_passed_over, 1, 4);
	tcase_add_test(tc, what_is_passed_over_is_signed);
	tcase_add_loop_test(tc, forks, 0, 3);
	tcase_add_loop_test(tc, lies, 0, LIE_COUNT);
	tcase_add_test(tc, foreign_copy);
	tcase_add_test(tc, who_joined_later_is_known_and_gets_new_keys);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN_APART(suite);
