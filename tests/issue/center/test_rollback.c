/*
 * A register that was set back, or a log that was changed: whoever has seen
 * more of it, nothing is signed and nothing published any more.
 */
#include "issue/center/rollback.h"

#include "issue/center/guard.h"
#include "issue/center/publication.h"
#include "issue/register/elsewhere.h"

#include "base/clock.h"
#include "base/file.h"
#include "log/folder.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* rival: the same center with the same keys, which goes another way */
static struct world template, w, rival;
static int64_t now;

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
	world_copy(&template, &rival);
}

static void
teardown(void)
{
	world_free(&w);
	world_free(&rival);
}

/* --- helpers ------------------------------------------------------------- */

static void
shell(const char *format, const char *a, const char *b)
{
	char command[512];

	snprintf(command, sizeof(command), format, a, b);
	ck_assert_msg(system(command) == 0, "%s", command);
}

/* The log grows by `count` lines, the last at now + at: at 5 with the lines
 * that open it. */
static void
grow(const struct world *world, unsigned count, int64_t at)
{
	struct errtext err = { 0 };
	struct desk d;

	desk_open(&d, world, "AP2003");
	for (unsigned i = 0; i < count; i++)
		ck_assert_msg(
		    desk_closes(&d, now + at, &err) == ERR_OK, "%s", err.text);
	desk_close(&d);
}

static void
told(void *arg, const struct published *published)
{
	(void)published;
	++*(unsigned *)arg;
}

static enum err
publish(const struct world *world, const char *pub, struct errtext *err)
{
	struct center *center = world_open(world, false);
	unsigned times = 0;
	enum err rc =
	    publication_write(center, pub, clock_now(), told, &times, err);

	ck_assert_uint_eq(times, rc == ERR_OK ? 1 : 0);
	center_close(&center);
	return rc;
}

/* "DIR/NAME" of a world's folder. */
static const char *
in(const struct world *world, const char *name)
{
	static char paths[4][128];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", world->dir, name);
	return path;
}

static void
seen_of(const struct world *world, struct log_seen *out)
{
	struct center *center = world_open(world, false);
	struct log_head head = { 0 };
	bool found;

	ck_assert_int_eq(
	    register_log_head(center->reg, 1, &head, &found, NULL), ERR_OK);
	ck_assert(found);
	ck_assert_int_eq(
	    rollback_open(center, head.note.at, head.note.len, out, NULL),
	    ERR_OK);
	ck_assert_uint_eq(out->size, head.range.size);
	register_log_head_clear(&head);
	center_close(&center);
}

/* A post brought back the head that the other has. */
static void
bring(const struct world *from)
{
	struct center *center = world_open(&w, true);
	struct log_seen seen;

	seen_of(from, &seen);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(register_log_seen_add(center->reg, &seen,
				     "ES-GTGUA/1", now, NULL),
		    ERR_OK);
	center_close(&center);
}

static struct rollback
found_in(const struct world *world, char *text, size_t size)
{
	struct center *center = world_open(world, false);
	struct rollback found = { .lines = 99 };
	struct errtext err = { 0 };
	enum err rc = rollback_check(center, &found, &err);

	ck_assert_int_eq(
	    rc, found.state == ROLLBACK_NONE ? ERR_OK : ERR_CONFIG);
	ck_assert(rc == ERR_OK || err.text[0] != '\0');
	if (text != NULL)
		snprintf(text, size, "%s", err.text);
	center_close(&center);
	return found;
}

/* Nothing that was there is touched. */
static void
fingerprint(struct bytes *out)
{
	char command[512];
	char sum[65];
	FILE *pipe;

	/* events are written of what was refused; all else stays */
	snprintf(command, sizeof(command),
	    "cd '%s' && { for t in letter log_line log_hash log_head log_seen"
	    " log_place setting person draft withdrawal copy; do sqlite3"
	    " center/register.db \"SELECT '$t', * FROM $t\"; done; cat"
	    " center/head.guard; find . -path ./center -prune -o -type f"
	    " -print | sort | xargs -r sha256sum; } 2>&1 | sha256sum",
	    w.dir);
	pipe = popen(command, "r");
	ck_assert_ptr_nonnull(pipe);
	ck_assert_uint_eq(fread(sum, 1, 64, pipe), 64);
	pclose(pipe);
	bytes_reset(out);
	bytes_add(out, sum, 64);
}

static void
expect_locked(void)
{
	struct log_entry entry = { .kind = ENTRY_CLOSE };
	struct bytes before = { 0 }, after = { 0 };
	struct desk d;
	bool stale;

	desk_open(&d, &w, "AP2003");
	world_draft(d.act.center, 1, now);
	fingerprint(&before);
	ck_assert_int_eq(desk_act(&d, &entry, now + 900, NULL), ERR_CONFIG);
	ck_assert_int_eq(desk_act(&d, NULL, now + 900, NULL), ERR_CONFIG);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_CONFIG);
	ck_assert_int_eq(act_check(&d.act, &stale, NULL), ERR_CONFIG);
	ck_assert_int_eq(publish(&w, in(&w, "pub"), NULL), ERR_CONFIG);
	ck_assert_int_eq(publish(&w, in(&w, "new"), NULL), ERR_CONFIG);
	fingerprint(&after);
	ck_assert(bytes_equal(&before, &after));
	bytes_free(&before);
	bytes_free(&after);
	desk_close(&d);
}

/* --- what must not be noticed -------------------------------------------- */

START_TEST(an_honest_register_is_free)
{
	struct rollback found;
	struct log_seen seen;

	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NONE);
	grow(&w, 1, 0);
	bring(&w);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM log_seen"), 1);
	ck_assert_int_eq(publish(&w, in(&w, "pub"), NULL), ERR_OK);
	shell("cp '%s/head.guard' '%s'", w.home, in(&w, "guard"));
	grow(&w, 3, 1);
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NONE);
	/* a guard that is behind: the power went between commit and guard */
	shell("cp '%s' '%s/head.guard'", in(&w, "guard"), w.home);
	found = found_in(&w, NULL, 0);
	ck_assert_int_eq(found.state, ROLLBACK_NONE);
	ck_assert_uint_eq(found.lines, 0);
	ck_assert(!found.published);
	seen_of(&w, &seen);
	ck_assert_uint_eq(seen.generation, 1);
	ck_assert_uint_eq(seen.size, 8);
	grow(&w, 1, 2);
	ck_assert_int_eq(publish(&w, in(&w, "pub"), NULL), ERR_OK);
}
END_TEST

/* A home may be moved; its guard comes along. */
START_TEST(a_home_may_be_moved)
{
	grow(&w, 2, 0);
	shell("mv '%s' '%s'", w.home, in(&w, "moved"));
	strcpy(w.home, in(&w, "moved"));
	grow(&w, 1, 0);
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NONE);
	/* without it, not */
	shell("mv '%s/head.guard' '%s'", w.home, in(&w, "left"));
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NO_GUARD);
}
END_TEST

START_TEST(a_guard_may_be_elsewhere)
{
	char text[256];

	snprintf(text, sizeof(text),
	    "INSERT INTO setting VALUES ('guard', '%s/guard')", w.dir);
	desk_sql(w.home, text);
	desk_sum_again(w.home); /* as init --guard would have */
	shell("mv '%s/head.guard' '%s'", w.home, in(&w, "guard"));
	grow(&w, 2, 0);
	shell("test ! -e '%s/head.guard' -a -n '%s'", w.home, "x");
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NONE);
	shell("rm '%s' && test -n '%s'", in(&w, "guard"), "x");
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NO_GUARD);
}
END_TEST

/* Sticks that are gone, and folders that hold nothing of ours. */
START_TEST(places_that_say_nothing)
{
	static const char *const ruins[] = {
		"rm -r '%s/pub' && test -n '%s'",
		"rm '%s/pub/log/GTGUA01/1/checkpoint' && test -n '%s'",
		": >'%s/pub/log/GTGUA01/1/checkpoint' && test -n '%s'",
		"cd '%s/pub/log/GTGUA01/1' && sed -i 's/^5$/6/' checkpoint &&"
		" test -n '%s'",
		"cd '%s/pub/log/GTGUA01/1' && rm checkpoint && mkfifo"
		" checkpoint && test -n '%s'",
		"cd '%s/pub/log/GTGUA01/1' && head -c 300000 /dev/zero"
		" >checkpoint && test -n '%s'",
	};

	grow(&w, 1, 0);
	ck_assert_int_eq(publish(&w, in(&w, "pub"), NULL), ERR_OK);
	shell(ruins[_i], w.dir, "x");
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NONE);
	grow(&w, 1, 0);
}
END_TEST

/* --- set back ------------------------------------------------------------ */

START_TEST(an_old_copy_of_the_register)
{
	struct rollback found;
	char text[512];

	if (_i > 0)
		grow(&w, (unsigned)_i, 0);
	shell("cp -a '%s' '%s'", w.home, in(&w, "old"));
	grow(&w, 3, 1);
	shell("rm '%s'/register.db* && test -n '%s'", w.home, "x");
	shell("cp '%s'/register.db* '%s'", in(&w, "old"), w.home);
	found = found_in(&w, text, sizeof(text));
	ck_assert_int_eq(found.state, ROLLBACK_BEHIND);
	ck_assert_uint_eq(found.lines, 3);
	ck_assert(!found.published);
	ck_assert(strstr(text, "head.guard") != NULL);
	ck_assert(strstr(text, "3 lines") != NULL);
	ck_assert(strstr(text, "recover") != NULL);
	expect_locked();
	/* with the newest put back as well, all is well */
	shell("cp '%s'/head.guard '%s'", in(&w, "old"), w.home);
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NONE);
}
END_TEST

/* --- no setting switches the guard off ----------------------------------- */

/* %s: the folder of it all, which has the guard of then. */
static const struct {
	const char *name, *sql;
	bool summed; /* also where the sums are written anew with it */
} settings[] = {
	{ "a word of before", "INSERT INTO setting VALUES ('guard-due', '1')",
	    true },
	{ "nothing in the log",
	    "DELETE FROM log_line; DELETE FROM log_head; DELETE FROM log_hash",
	    true },
	{ "passed, as it was before",
	    "INSERT INTO setting VALUES ('guard-passed', lower(hex("
	    "zeroblob(32))))",
	    true },
	{ "passed, signed by nobody",
	    "INSERT INTO setting VALUES ('guard-passed', '1 5 AP2003 ' ||"
	    " lower(hex(zeroblob(64))) || ' AD0001 ' ||"
	    " lower(hex(zeroblob(64))))",
	    true },
	{ "in another place", "INSERT INTO setting VALUES ('guard', '%s/then')",
	    false },
	{ "in no place", "INSERT INTO setting VALUES ('guard', '/dev/null')",
	    true },
	{ "one that is not there",
	    "INSERT INTO setting VALUES ('guard', '%s/none')", true },
};

START_TEST(no_setting_switches_it_off)
{
	char sql[512];

	snprintf(sql, sizeof(sql), settings[_i].sql, w.dir);
	grow(&w, 1, 0);
	shell("cp -a '%s' '%s'", w.home, in(&w, "old"));
	shell("cp '%s'/head.guard '%s'", in(&w, "old"), in(&w, "then"));
	grow(&w, 3, 1);
	shell("rm '%s'/register.db* && test -n '%s'", w.home, "x");
	shell("cp '%s'/register.db* '%s'", in(&w, "old"), w.home);
	desk_sql(w.home, sql);
	expect_locked();
	if (settings[_i].summed) {
		desk_sum_again(w.home);
		expect_locked();
	}
	/* nor where there is no guard at all */
	shell("rm '%s'/head.guard && test -n '%s'", w.home, "x");
	expect_locked();
}
END_TEST

/* The whole home, with its guard: only others know. */
START_TEST(an_old_copy_of_the_home)
{
	struct rollback found;
	char text[512];

	grow(&w, 1, 0);
	ck_assert_int_eq(publish(&w, in(&w, "pub"), NULL), ERR_OK);
	shell("cp -a '%s' '%s'", w.home, in(&w, "old"));
	grow(&w, 2, 1);
	ck_assert_int_eq(publish(&w, in(&w, "pub"), NULL), ERR_OK);
	shell("rm -r '%s' && test -n '%s'", w.home, "x");
	shell("mv '%s' '%s'", in(&w, "old"), w.home);
	found = found_in(&w, text, sizeof(text));
	ck_assert_int_eq(found.state, ROLLBACK_BEHIND);
	ck_assert_uint_eq(found.lines, 2);
	ck_assert(found.published);
	expect_locked();
}
END_TEST

/* --- the guard ----------------------------------------------------------- */

static const struct {
	const char *name, *command;
} spoilt[] = {
	{ "missing", "rm head.guard" },
	{ "empty", ": >head.guard" },
	{ "zeros", "head -c 2048 /dev/zero >head.guard" },
	{ "damaged",
	    "for at in 30 1054; do printf '\\377' | dd of=head.guard bs=1"
	    " seek=$at conv=notrunc 2>/dev/null; done" },
	{ "another file", "cp root.crt head.guard" },
	{ "a dangling link", "ln -sf nowhere head.guard" },
	{ "as init makes it", "cp ../new.guard head.guard" },
};

START_TEST(a_spoilt_guard)
{
	char text[512], command[512];
	struct rollback found;

	ck_assert_int_eq(guard_create(in(&w, "new.guard"), NULL), ERR_OK);
	grow(&w, 1, 0);
	grow(&w, 1, 1);
	ck_assert_int_eq(publish(&w, in(&w, "pub"), NULL), ERR_OK);
	snprintf(command, sizeof(command), "cd '%s' && %s", w.home,
	    spoilt[_i].command);
	ck_assert_int_eq(system(command), 0);
	found = found_in(&w, text, sizeof(text));
	ck_assert_msg(found.state == ROLLBACK_NO_GUARD, "%s", spoilt[_i].name);
	ck_assert(!found.published);
	ck_assert(strstr(text, "head.guard") != NULL);
	ck_assert(strstr(text, "recover") != NULL);
	expect_locked();
}
END_TEST

/* Also before the first line: a guard is there from the beginning. */
START_TEST(a_new_center_without_its_guard)
{
	shell("rm '%s/head.guard' && test -n '%s'", w.home, "x");
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NO_GUARD);
	expect_locked();
}
END_TEST

START_TEST(the_guard_of_another_center)
{
	struct world other;

	world_new(&other, now);
	grow(&other, 1, 0);
	grow(&w, 1, 0);
	shell("cp '%s/head.guard' '%s'", other.home, w.home);
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_NO_GUARD);
	expect_locked();
	world_free(&other);
}
END_TEST

/* --- forks --------------------------------------------------------------- */

/* Lines of the rival: fewer, as many, more. */
static const struct {
	unsigned own, theirs;
	enum rollback_state want;
	uint64_t lines;
} forks[] = {
	{ 3, 1, ROLLBACK_FORK, 0 },
	{ 3, 3, ROLLBACK_FORK, 0 },
	/* a longer one may yet be a continuation: recover finds out */
	{ 3, 5, ROLLBACK_BEHIND, 2 },
};

static void
fork_into(unsigned own, unsigned theirs)
{
	grow(&w, own, 0);
	grow(&rival, theirs, 1); /* another time: another log */
}

START_TEST(the_guard_is_of_a_fork)
{
	struct rollback found;
	char text[512];

	fork_into(forks[_i].own, forks[_i].theirs);
	shell("cp '%s/head.guard' '%s'", rival.home, w.home);
	found = found_in(&w, text, sizeof(text));
	ck_assert_int_eq(found.state, forks[_i].want);
	ck_assert_uint_eq(found.lines, forks[_i].lines);
	ck_assert(!found.published);
	if (found.state == ROLLBACK_FORK)
		ck_assert(strstr(text, "Never sign") != NULL);
	expect_locked();
}
END_TEST

START_TEST(a_folder_has_a_fork)
{
	struct rollback found;
	char text[512];

	grow(&w, 1, 0);
	ck_assert_int_eq(publish(&w, in(&w, "pub"), NULL), ERR_OK);
	fork_into(forks[_i].own - 1, forks[_i].theirs);
	ck_assert_int_eq(publish(&rival, in(&rival, "pub"), NULL), ERR_OK);
	shell("rm -r '%s' && test -n '%s'", in(&w, "pub"), "x");
	shell("mv '%s' '%s'", in(&rival, "pub"), in(&w, "pub"));
	found = found_in(&w, text, sizeof(text));
	ck_assert_int_eq(found.state, forks[_i].want);
	ck_assert_uint_eq(found.lines, forks[_i].lines);
	ck_assert_int_eq(found.published, found.state == ROLLBACK_BEHIND);
	ck_assert(strstr(text, in(&w, "pub")) != NULL);
	expect_locked();
}
END_TEST

START_TEST(a_post_has_seen_a_fork)
{
	struct rollback found;
	char text[512];

	fork_into(forks[_i].own, forks[_i].theirs);
	bring(&rival);
	found = found_in(&w, text, sizeof(text));
	ck_assert_int_eq(found.state, forks[_i].want);
	ck_assert_uint_eq(found.lines, forks[_i].lines);
	ck_assert_int_eq(found.published, found.state == ROLLBACK_BEHIND);
	ck_assert(strstr(text, "ES-GTGUA/1") != NULL);
	expect_locked();
}
END_TEST

/* Publishing to a folder that was not known before finds it by itself. */
START_TEST(a_strange_folder_is_ahead_or_forked)
{
	fork_into(forks[_i].own, forks[_i].theirs);
	ck_assert_int_eq(publish(&rival, in(&w, "theirs"), NULL), ERR_OK);
	shell("cp -a '%s' '%s'", in(&w, "theirs"), in(&w, "kept"));
	ck_assert_int_eq(publish(&w, in(&w, "theirs"), NULL), ERR_CONFIG);
	shell("diff -r '%s' '%s'", in(&w, "theirs"), in(&w, "kept"));
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM log_place"), 0);
}
END_TEST

/* Rows that do not fit the head that was signed over them, or were put beside
 * it, as a failing disk or somebody with SQL leaves them: a line more would be
 * signed over another tree, or at another time. It is no fork, and no root has
 * to close anything. */
static const char *const rows[] = {
	"UPDATE log_head SET nodes = zeroblob(length(nodes))",
	("UPDATE log_head SET nodes = CAST(substr(nodes, 33) ||"
	 " substr(nodes, 1, 32) AS BLOB)"),
	"UPDATE log_head SET size = 5",
	"UPDATE log_head SET last_time = last_time + 864000",
	"UPDATE log_line SET line = replace(line, 'AP2003', 'AP2004')",
	"DELETE FROM log_line WHERE id = (SELECT max(id) FROM log_line)",
	"DELETE FROM log_line WHERE id = (SELECT min(id) FROM log_line)",
	"INSERT INTO log_seen VALUES (1, 3, zeroblob(32), 'a post', 0)",
	"INSERT INTO log_seen VALUES (1, 99, zeroblob(32), 'a post', 0)",
};

START_TEST(rows_that_are_not_what_they_were)
{
	struct errtext err = { 0 };
	struct center *center;
	struct rollback found;
	struct desk d;

	grow(&w, 2, 0); /* 6 lines: two nodes */
	desk_sql(w.home, rows[_i]);
	center = world_open(&w, false);
	ck_assert_int_eq(rollback_check(center, &found, &err), ERR_CONFIG);
	center_close(&center);
	ck_assert_int_eq(found.bent, strstr(rows[_i], "log_seen") != NULL);
	ck_assert_int_eq(
	    found.state, found.bent ? ROLLBACK_NO_GUARD : ROLLBACK_NONE);
	ck_assert_msg(strstr(err.text, "restore a backup") != NULL &&
		strstr(err.text, "root") == NULL,
	    "%s", err.text);
	/* who signed nothing that can be read is nobody here */
	if (_i == 4 || _i == 6)
		return;
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now + 1, NULL), ERR_CONFIG);
	desk_close(&d);
}
END_TEST

/* --- the worst is told --------------------------------------------------- */

START_TEST(the_worst_is_told)
{
	struct rollback found;
	struct log_seen seen;
	struct center *center;
	char text[512];

	grow(&w, 2, 0);
	seen_of(&w, &seen);
	center = world_open(&w, true);
	seen.size += 3;
	ck_assert_int_eq(
	    register_log_seen_add(center->reg, &seen, "ES-GTGUA/1", now, NULL),
	    ERR_OK);
	seen.size += 6;
	ck_assert_int_eq(
	    register_log_seen_add(center->reg, &seen, "ES-MXMEX/2", now, NULL),
	    ERR_OK);
	seen.generation = 2;
	seen.size = 4;
	ck_assert_int_eq(
	    register_log_seen_add(center->reg, &seen, "ES-USMIA/1", now, NULL),
	    ERR_OK);
	center_close(&center);
	found = found_in(&w, text, sizeof(text));
	ck_assert_int_eq(found.state, ROLLBACK_BEHIND);
	ck_assert_uint_eq(found.lines, 9);
	ck_assert(found.published);
	ck_assert(strstr(text, "ES-MXMEX/2 has 9 lines") != NULL);
	/* what others have must be fetched, with or without a guard */
	shell("mv '%s/head.guard' '%s'", w.home, in(&w, "guard"));
	found = found_in(&w, text, sizeof(text));
	ck_assert_int_eq(found.state, ROLLBACK_BEHIND);
	ck_assert_uint_eq(found.lines, 9);
	ck_assert(strstr(text, "ES-MXMEX/2 has 9 lines") != NULL);
	/* and a fork is worse than all */
	grow(&rival, 1, 5);
	bring(&rival);
	ck_assert_int_eq(found_in(&w, NULL, 0).state, ROLLBACK_FORK);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("rollback");
	TCase *free_ = tcase_create("free");
	TCase *locked = tcase_create("locked");

	tcase_add_unchecked_fixture(free_, begin, end);
	tcase_add_checked_fixture(free_, setup, teardown);
	tcase_set_timeout(free_, 60);
	tcase_add_test(free_, an_honest_register_is_free);
	tcase_add_test(free_, a_home_may_be_moved);
	tcase_add_test(free_, a_guard_may_be_elsewhere);
	tcase_add_loop_test(free_, places_that_say_nothing, 0, 6);
	suite_add_tcase(s, free_);
	tcase_add_unchecked_fixture(locked, begin, end);
	tcase_add_checked_fixture(locked, setup, teardown);
	tcase_set_timeout(locked, 60);
	tcase_add_loop_test(locked, an_old_copy_of_the_register, 0, 2);
	tcase_add_loop_test(locked, no_setting_switches_it_off, 0,
	    (int)(sizeof(settings) / sizeof(settings[0])));
	tcase_add_test(locked, an_old_copy_of_the_home);
	tcase_add_loop_test(
	    locked, a_spoilt_guard, 0, sizeof(spoilt) / sizeof(spoilt[0]));
	tcase_add_test(locked, a_new_center_without_its_guard);
	tcase_add_test(locked, the_guard_of_another_center);
	tcase_add_loop_test(locked, the_guard_is_of_a_fork, 0, 3);
	tcase_add_loop_test(locked, a_folder_has_a_fork, 0, 3);
	tcase_add_loop_test(locked, a_post_has_seen_a_fork, 0, 3);
	tcase_add_loop_test(locked, a_strange_folder_is_ahead_or_forked, 0, 3);
	tcase_add_loop_test(locked, rows_that_are_not_what_they_were, 0,
	    sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(locked, the_worst_is_told);
	suite_add_tcase(s, locked);
	return s;
}

CHECK_MAIN(suite);
