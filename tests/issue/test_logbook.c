/*
 * Lines and letters: never one without the other, in the form and the order of
 * docs/log.md, whoever acts and whatever was there before the log.
 */
#include "issue/logbook.h"

#include "issue/guard.h"
#include "issue/publication.h"
#include "issue/recover.h"
#include "issue/rollback.h"
#include "issue/staff.h"

#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"
#include "tests/support/fresh.h"

#include <fnmatch.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- helpers ---------------------------------------------------------------
 */

/* A line by a pattern: * for what is signed anew each time, %T for a time,
 * %K for the key's name. */
static void
expect_line(
    struct center *center, uint64_t index, const char *pattern, int64_t time)
{
	char *line = desk_line(center, index);
	char want[512] = "", at[CLOCK_INSTANT_SIZE];

	ck_assert(clock_format(time, at));
	for (const char *p = pattern; *p != '\0'; p++) {
		size_t len = strlen(want);

		if (strncmp(p, "%T", 2) == 0)
			strcat(want, at), p++;
		else if (strncmp(p, "%K", 2) == 0)
			strcat(want, center->key_name), p++;
		else
			want[len] = *p;
	}
	ck_assert_msg(fnmatch(want, line, FNM_NOESCAPE) == 0,
	    "line\n%s\nis not like\n%s", line, want);
	ck_assert_msg(strspn(line,
			  "0123456789abcdefghijklmnopqrstuvwxyz"
			  "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_: ") == strlen(line),
	    "%s", line);
	free(line);
}

static struct desk_log
checked(struct center *center)
{
	struct desk_log log;

	desk_check(center, 1, &log);
	ck_assert_uint_eq(log.guarded, log.size);
	return log;
}

/* How the register looks from outside: two are the same, or something was
 * changed. */
static int64_t
lines_and_letters(void)
{
	return desk_number(w.home,
	    "SELECT (SELECT count(*) FROM log_line) * 1000000 + (SELECT"
	    " count(*) FROM log_head) * 100000 + count(*) FROM letter");
}

/* `count` closes in one transaction. */
static void
close_often(struct desk *d, unsigned count)
{
	const struct logbook_act act = { .center = d->center,
		.ring = &d->ring,
		.actor = d->person.code,
		.second = "",
		.now = now };
	struct logbook book = { .center = NULL };

	ck_assert_int_eq(register_begin(d->center->reg, NULL), ERR_OK);
	ck_assert_int_eq(logbook_begin(&act, &book, NULL), ERR_OK);
	for (unsigned i = 0; i < count; i++) {
		struct log_entry entry = { .kind = ENTRY_CLOSE };

		ck_assert_int_eq(logbook_add(&book, &entry, NULL), ERR_OK);
	}
	ck_assert_int_eq(logbook_end(&book, NULL), ERR_OK);
	ck_assert_int_eq(register_commit(d->center->reg, NULL), ERR_OK);
	ck_assert_int_eq(logbook_done(&book, NULL), ERR_OK);
	logbook_clear(&book);
}

static void
remove_guard(struct center *center)
{
	char *path = desk_guard(center);

	ck_assert_int_eq(unlink(path), 0);
	free(path);
}

/* --- opening ---------------------------------------------------------------
 */

START_TEST(opens_with_open_people_and_then_letters)
{
	struct desk_log log;
	struct issued first = { 0 };
	struct desk d;

	desk_open(&d, &w, "AP2003");
	desk_check(d.center, 1, &log);
	ck_assert_uint_eq(log.size, 0);
	world_drafts(d.center, 2, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.size, 6);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_int_eq(log.as_of, log.last_time);
	expect_line(
	    d.center, 0, "s1 0 %T open - - - %K * AP2003 - -", log.last_time);
	expect_line(d.center, 1, "s1 1 %T staff - AD0001 * %K * AD0001 - ADMIN",
	    log.last_time);
	expect_line(d.center, 2,
	    "s1 2 %T staff - AP2003 * %K * AD0001 - APPROVER", log.last_time);
	expect_line(d.center, 3,
	    "s1 3 %T staff - OF1007 * %K * AD0001 - DRAFTER", log.last_time);
	expect_line(d.center, 4,
	    "s1 4 %T issue GTGUA01-20[0-9][0-9]-000001-[A-Z0-9] - * %K * OF1007 AP2003 B2",
	    log.last_time);
	expect_line(d.center, 5,
	    "s1 5 %T issue GTGUA01-20[0-9][0-9]-000002-[A-Z0-9] - * %K * OF1007 AP2003 B2",
	    log.last_time);
	register_letter_clear(&first);
	desk_close(&d);
}
END_TEST

/* The digest of a staff line, with another program's SHA-256 and Base64. */
START_TEST(a_staff_line_names_the_persons_key)
{
	struct log_entry e;
	struct person person = { 0 };
	uint8_t want[32];
	unsigned len = 0;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_act(&d, NULL, now, NULL), ERR_OK);
	desk_entry(d.center, 3, &e);
	ck_assert_str_eq(e.ref, "OF1007");
	ck_assert_int_eq(people_find(d.center->reg, "GTGUA01", d.center->key,
			     "OF1007", &person, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    EVP_Digest(person.keys.sign, 32, want, &len, EVP_sha256(), NULL),
	    1);
	ck_assert_mem_eq(e.digest, want, 32);
	desk_close(&d);
}
END_TEST

/* What a register of the first version had: letters, no log. */
static void
forget_the_log(struct center *center)
{
	remove_guard(center);
	desk_sql(w.home,
	    "DELETE FROM log_line; DELETE FROM log_hash;"
	    "DELETE FROM log_head; DELETE FROM log_place;"
	    "UPDATE person SET logged = 0;"
	    "INSERT INTO setting (name, value) VALUES ('guard-due', '1')");
	desk_sum_again(w.home);
}

/* Not all of one second. */
static void
three_letters(struct desk *d, int64_t at[3])
{
	for (unsigned i = 0; i < 3; i++) {
		world_draft(d->center, i + 1, now);
		ck_assert_int_eq(desk_approve(d, NULL), ERR_OK);
		at[i] =
		    desk_number(w.home, "SELECT max(issued_at) FROM letter");
		while (clock_now() == at[i])
			usleep(10000);
	}
}

START_TEST(enters_letters_older_than_the_log)
{
	struct desk_log log;
	struct desk d;
	int64_t at[3];

	desk_open(&d, &w, "AP2003");
	three_letters(&d, at);
	forget_the_log(d.center);
	d.second = "AD0001"; /* two persons open a log */
	/* and one with a reason of another form */
	desk_sql(w.home,
	    "UPDATE letter SET reason = 'B0' WHERE id = 2;"
	    "UPDATE letter SET reason = '' WHERE id = 3");
	world_draft(d.center, 4, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.size, 8);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_int_eq(log.as_of, log.last_time);
	expect_line(
	    d.center, 0, "s1 0 %T open - - - %K * AP2003 AD0001 -", at[0]);
	expect_line(d.center, 1,
	    "s1 1 %T issue GTGUA01-20[0-9][0-9]-000001-[A-Z0-9] - * %K * OF1007 AP2003 B1",
	    at[0]);
	expect_line(d.center, 2,
	    "s1 2 %T issue GTGUA01-20[0-9][0-9]-000002-[A-Z0-9] - * %K * OF1007 AP2003 -",
	    at[1]);
	expect_line(d.center, 3,
	    "s1 3 %T issue GTGUA01-20[0-9][0-9]-000003-[A-Z0-9] - * %K * OF1007 AP2003 -",
	    at[2]);
	expect_line(d.center, 4, "s1 4 %T staff - AD0001 * %K * AD0001 - ADMIN",
	    log.last_time);
	expect_line(d.center, 7,
	    "s1 7 %T issue GTGUA01-20[0-9][0-9]-000004-[A-Z0-9] - * %K * OF1007 AP2003 B1",
	    log.last_time);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM setting WHERE name ="
			     " 'guard-due'"),
	    0);
	desk_close(&d);
}
END_TEST

/* Columns that differ from the letter: its line would be refused at posts. */
START_TEST(enters_no_letter_that_differs)
{
	static const char *const bent[] = {
		"UPDATE letter SET issued_at = issued_at - 1 WHERE id = 1",
		"UPDATE letter SET officer = 'OF1008' WHERE id = 2",
		"UPDATE letter SET approver = 'AP2004' WHERE id = 2",
		"UPDATE letter SET number = replace(number, '000003', '000004'),"
		" sequence = 4 WHERE id = 3",
		"UPDATE letter SET xml = (SELECT xml FROM letter WHERE id = 1)"
		" WHERE id = 2",
		"PRAGMA foreign_keys = OFF; DELETE FROM letter WHERE id = 2",
	};
	struct desk d;
	int64_t at[3];

	desk_open(&d, &w, "AP2003");
	three_letters(&d, at);
	forget_the_log(d.center);
	d.second = "AD0001"; /* two persons open a log */
	desk_sql(w.home, bent[_i]);
	desk_sum_again(w.home);
	world_draft(d.center, 4, now);
	ck_assert_int_ne(desk_approve(&d, NULL), ERR_OK);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM log_line"), 0);
	desk_close(&d);
}
END_TEST

/* --- a register of the first version ---------------------------------------
 */

/* Its tables as they were: what came later goes. */
static void
make_old(void)
{
	for (;;) {
		char text[128] = "";
		sqlite3_stmt *stmt;
		sqlite3 *db;
		char path[128];

		snprintf(path, sizeof(path), "%s/register.db", w.home);
		ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
		ck_assert_int_eq(
		    sqlite3_prepare_v2(db,
			"SELECT name FROM sqlite_master WHERE type = 'table'"
			" AND name NOT LIKE 'sqlite_%' AND name NOT IN"
			" ('center', 'sealed_key', 'person', 'draft', 'copy',"
			" 'label_set', 'letter', 'event')",
			-1, &stmt, NULL),
		    SQLITE_OK);
		if (sqlite3_step(stmt) == SQLITE_ROW)
			snprintf(text, sizeof(text), "DROP TABLE %s",
			    sqlite3_column_text(stmt, 0));
		sqlite3_finalize(stmt);
		sqlite3_close(db);
		if (text[0] == '\0')
			break;
		desk_sql(w.home, text);
	}
	desk_sql(w.home,
	    "ALTER TABLE person DROP COLUMN logged; PRAGMA user_version = 1");
}

/* A world whose register is of version 1 and has three letters. */
static void
old_world(void)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_drafts(d.center, 3, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	remove_guard(d.center);
	desk_close(&d);
	make_old();
}

START_TEST(takes_a_register_of_version_1)
{
	struct errtext err = { 0 };
	struct desk_log log;
	struct desk d;

	old_world();
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_number(w.home, "SELECT value FROM setting"), 1);
	/* nothing was lost: it may go on without a guard, which it makes */
	ck_assert_int_eq(rollback_check(d.center, NULL, NULL), ERR_OK);
	world_draft(d.center, 4, now);
	/* but who has the file and one passphrase could have made it so */
	ck_assert_int_eq(desk_approve(&d, &err), ERR_CONFIG);
	ck_assert(strstr(err.text, "--second") != NULL);
	ck_assert_int_eq(lines_and_letters(), 3);
	d.second = "AD0001";
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.size, 8);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.kinds[ENTRY_ISSUE], 4);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM setting"), 0);
	/* and from then on it needs it */
	remove_guard(d.center);
	ck_assert_int_eq(desk_closes(&d, clock_now(), NULL), ERR_CONFIG);
	desk_close(&d);
}
END_TEST

/* Copies printed before there was a log: the next one is no gap. */
START_TEST(enters_copies_older_than_the_log)
{
	struct copy_note note = { now, "AP2003", "", "torn" };
	struct log_entry e,
	    reprint = { .kind = ENTRY_REPRINT, .has_digest = true };
	struct desk_log log;
	struct desk d;
	int copy;

	desk_open(&d, &w, "AP2003");
	world_drafts(d.center, 3, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_entry(d.center, 5, &e); /* the second letter */
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(register_letter_copy(d.center->reg, e.number,
				     &note, &copy, NULL),
		    ERR_OK);
		note.second = "AD0001";
	}
	ck_assert_int_eq(copy, 3);
	remove_guard(d.center);
	desk_close(&d);
	make_old();
	desk_open(&d, &w, "AP2003");
	d.second = "AD0001";
	now = clock_now();
	strcpy(reprint.number, e.number);
	memcpy(reprint.digest, e.digest, sizeof(e.digest));
	strcpy(reprint.ref, "4");
	ck_assert_int_eq(desk_act(&d, &reprint, now, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.kinds[ENTRY_REPRINT], 3);
	ck_assert_uint_eq(log.size, 10);
	expect_line(d.center, 4,
	    "s1 4 %T reprint GTGUA01-20[0-9][0-9]-000002-[A-Z0-9] 2 * %K *"
	    " AP2003 - -",
	    now);
	expect_line(d.center, 5,
	    "s1 5 %T reprint GTGUA01-20[0-9][0-9]-000002-[A-Z0-9] 3 * %K *"
	    " AP2003 AD0001 -",
	    now);
	desk_close(&d);
}
END_TEST

static void
shell(const char *format)
{
	char command[512];

	snprintf(command, sizeof(command), format, w.home);
	ck_assert_int_eq(system(command), 0);
}

/* The newest backup of a center may be of before the log: put back, it says
 * that no guard is due yet, but there is one. */
START_TEST(a_copy_of_before_the_log_is_a_rollback_too)
{
	struct rollback found = { 0 };
	struct desk d;

	old_world();
	shell("cd '%s' && cp register.db ../old.db");
	desk_open(&d, &w, "AP2003");
	d.second = "AD0001";
	world_draft(d.center, 4, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_close(&d);
	shell("cd '%s' && rm register.db* && cp ../old.db register.db");
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(rollback_check(d.center, &found, NULL), ERR_CONFIG);
	ck_assert_int_eq(found.state, ROLLBACK_BEHIND);
	world_draft(d.center, 5, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_CONFIG);
	ck_assert_int_eq(lines_and_letters(), 3);
	desk_close(&d);
}
END_TEST

static void
told(void *arg, const struct published *published)
{
	(void)arg, (void)published;
}

/* As sello-issue recover --from PUB does. */
static enum err
recover(struct desk *d, const char *pub, struct recovery *report,
    struct errtext *err)
{
	const struct logbook_act act = { .center = d->center,
		.ring = &d->ring,
		.actor = "AP2003",
		.second = "AD0001",
		.now = clock_now(),
		.recovering = true };
	struct logbook book = { .center = NULL };
	enum err rc = register_begin(d->center->reg, err);

	if (rc == ERR_OK && (rc = logbook_begin(&act, &book, err)) == ERR_OK &&
	    (rc = recover_log(&book, pub, false, report, err)) == ERR_OK &&
	    (rc = logbook_end(&book, err)) == ERR_OK &&
	    (rc = register_commit(d->center->reg, err)) == ERR_OK)
		rc = logbook_done(&book, err);
	register_rollback(d->center->reg);
	logbook_clear(&book);
	return rc;
}

/* And the way out: the published copy has the letters that the register of
 * before the log has too, and one more. But they must be the same letters. */
START_TEST(a_copy_of_before_the_log_is_recovered)
{
	struct recovery report = { 0 };
	struct errtext err = { 0 };
	struct desk_log log;
	char pub[96];
	struct desk d;

	snprintf(pub, sizeof(pub), "%s/pub", w.dir);
	old_world();
	shell("cd '%s' && cp register.db ../old.db");
	desk_open(&d, &w, "AP2003");
	d.second = "AD0001";
	world_draft(d.center, 4, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	ck_assert_int_eq(
	    publication_write(d.center, pub, now, told, NULL, NULL), ERR_OK);
	desk_close(&d);
	shell("cd '%s' && rm register.db* && cp ../old.db register.db");
	if (_i == 1)
		desk_sql(w.home,
		    "UPDATE letter SET digest = zeroblob(32) WHERE id = 2");
	desk_open(&d, &w, "AP2003");
	if (_i == 1) {
		ck_assert_int_eq(recover(&d, pub, &report, &err), ERR_CONFIG);
		ck_assert_int_eq(lines_and_letters(), 3);
		desk_close(&d);
		return;
	}
	ck_assert_msg(
	    recover(&d, pub, &report, &err) == ERR_OK, "%s", err.text);
	ck_assert(report.needed);
	ck_assert(!report.lost);
	ck_assert_uint_eq(report.before, 0);
	ck_assert_uint_eq(report.lines, 8);
	ck_assert_uint_eq(report.letters, 1); /* not known before */
	ck_assert_uint_eq(checked(d.center).size, 9);
	world_draft(d.center, 5, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.kinds[ENTRY_ISSUE], 5);
	ck_assert_int_eq(
	    publication_write(d.center, pub, now, told, NULL, NULL), ERR_OK);
	desk_close(&d);
}
END_TEST

/* Killed between the commit and the guard. */
static void
commit_and_die(struct desk *d)
{
	const struct logbook_act act = { .center = d->center,
		.ring = &d->ring,
		.actor = d->person.code,
		.second = d->second,
		.now = clock_now() };
	struct logbook book = { .center = NULL };
	struct log_entry entry = { .kind = ENTRY_CLOSE };

	ck_assert_int_eq(register_begin(d->center->reg, NULL), ERR_OK);
	ck_assert_int_eq(logbook_begin(&act, &book, NULL), ERR_OK);
	ck_assert_int_eq(logbook_add(&book, &entry, NULL), ERR_OK);
	ck_assert_int_eq(logbook_end(&book, NULL), ERR_OK);
	ck_assert_int_eq(register_commit(d->center->reg, NULL), ERR_OK);
	logbook_clear(&book);
	desk_close(d);
}

START_TEST(a_power_cut_before_the_guard_locks_nothing)
{
	struct desk_log log;
	struct desk d;

	if (_i == 1)
		old_world();
	desk_open(&d, &w, "AP2003");
	d.second = _i > 0 ? "AD0001" : "";
	commit_and_die(&d);
	desk_open(&d, &w, "AP2003");
	desk_check(d.center, 1, &log);
	ck_assert_uint_eq(log.guarded, 0);
	ck_assert_int_eq(desk_closes(&d, clock_now(), NULL), ERR_OK);
	ck_assert_uint_eq(checked(d.center).size, log.size + 1);
	desk_close(&d);
}
END_TEST

/* Twice, one after the other: the second commit finds the guard empty. */
START_TEST(two_power_cuts_lock_nothing)
{
	struct desk_log log;
	struct desk d;
	uint64_t first;

	desk_open(&d, &w, "AP2003");
	commit_and_die(&d);
	desk_open(&d, &w, "AP2003");
	desk_check(d.center, 1, &log);
	first = log.size;
	commit_and_die(&d);
	desk_open(&d, &w, "AP2003");
	desk_check(d.center, 1, &log);
	ck_assert_uint_eq(log.guarded, first);
	ck_assert_int_eq(desk_closes(&d, clock_now() + 1, NULL), ERR_OK);
	desk_close(&d);
}
END_TEST

/* --- lines of their own ----------------------------------------------------
 */

START_TEST(acts_name_who_acts)
{
	struct log_entry close = { .kind = ENTRY_CLOSE };
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_act(&d, &close, now, NULL), ERR_OK);
	d.second = "AD0001";
	ck_assert_int_eq(desk_act(&d, &close, now + 1, NULL), ERR_OK);
	strcpy(close.officer, "OF1007");
	ck_assert_int_eq(desk_act(&d, &close, now + 2, NULL), ERR_OK);
	expect_line(d.center, 4, "s1 4 %T close - - - %K * AP2003 - -", now);
	expect_line(
	    d.center, 5, "s1 5 %T close - - - %K * AP2003 AD0001 -", now + 1);
	expect_line(
	    d.center, 6, "s1 6 %T close - - - %K * OF1007 - -", now + 2);
	ck_assert_int_eq(checked(d.center).as_of, now + 2);
	desk_close(&d);
}
END_TEST

/* Nobody stands beside themselves, and a line out of form is none. */
START_TEST(refuses_what_is_no_line)
{
	struct log_entry bad[] = {
		{ .kind = ENTRY_CLOSE,
		    .officer = "AP2003",
		    .approver = "AP2003" },
		{ .kind = ENTRY_CLOSE, .officer = "ap2003" },
		{ .kind = ENTRY_CLOSE, .reason = "LOST" },
		{ .kind = ENTRY_OPEN },
		{ .kind = ENTRY_WITHDRAW,
		    .number = "GTGUA01-2026-000001-L",
		    .has_digest = true,
		    .reason = "LOST" },
		{ .kind = ENTRY_WITHDRAW,
		    .number = "GTGUA01-2026-000001-L",
		    .has_digest = true,
		    .reason = "FRAUD" },
		{ .kind = ENTRY_RESTORE, .ref = "3" },
	};
	int64_t before;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
	before = lines_and_letters();
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ck_assert_msg(
		    desk_act(&d, &bad[i], now, NULL) == ERR_DATA, "%zu", i);
		ck_assert_int_eq(lines_and_letters(), before);
	}
	d.second = "AP2003";
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_DATA);
	ck_assert_int_eq(lines_and_letters(), before);
	checked(d.center);
	desk_close(&d);
}
END_TEST

/* The drafter's own row with another letter to replace. */
static void
draft_correction(struct center *center, unsigned n, const char *supersedes)
{
	struct person drafter = { 0 };
	struct letter letter;
	int64_t id = 0;

	world_letter(n, now, &letter);
	strcpy(letter.supersedes, supersedes);
	const struct draft_input input = {
		.letter = &letter, .row = "", .keys = { "", "X" }
	};
	world_login(center, "OF1007", &drafter);
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(register_draft_insert(center->reg, "GTGUA01", &drafter,
			     &input, now, &id, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(center->reg, NULL), ERR_OK);
	people_clear(&drafter);
}

START_TEST(a_correction_names_what_it_replaces)
{
	struct log_entry first, e;
	struct desk_log log;
	char pattern[128];
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_draft(d.center, 1, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_entry(d.center, 4, &first);
	/* two for one letter in a batch: the second finds it dead */
	draft_correction(d.center, 2, first.number);
	draft_correction(d.center, 3, first.number);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	ck_assert_uint_eq(d.refused, 1);
	log = checked(d.center);
	ck_assert_uint_eq(log.size, 6);
	snprintf(pattern, sizeof(pattern),
	    "s1 5 %%T correct GTGUA01-20[0-9][0-9]-000002-[A-Z0-9] %s * %%K * OF1007 AP2003"
	    " B2",
	    first.number);
	expect_line(d.center, 5, pattern, log.last_time);
	desk_entry(d.center, 5, &e);
	ck_assert_int_eq(
	    desk_number(w.home,
		"SELECT count(*) FROM letter WHERE state = 'superseded'"),
	    1);
	desk_close(&d);
}
END_TEST

/* --- many ------------------------------------------------------------------
 */

START_TEST(six_hundred_letters_keep_the_rules)
{
	struct desk_log log;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_drafts(d.center, 600, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.size, 604);
	ck_assert_uint_eq(log.kinds[ENTRY_ISSUE], 600);
	ck_assert_uint_eq(log.broken, 0);
	/* IssuedAt is the time of the line */
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT max(issued_at) FROM letter"),
	    log.last_time);
	desk_close(&d);
}
END_TEST

static const unsigned sizes[] = { 255, 256, 257, 511, 512, 513 };

START_TEST(grows_over_the_ends_of_tiles)
{
	uint64_t size = 4;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_act(&d, NULL, now, NULL), ERR_OK);
	ck_assert_uint_eq(checked(d.center).size, size);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		close_often(&d, sizes[i] - (unsigned)size);
		size = sizes[i];
		ck_assert_uint_eq(checked(d.center).size, size);
		ck_assert_int_eq(
		    desk_number(w.home, "SELECT count(*) FROM log_hash"),
		    (int64_t)size / 256);
	}
	desk_close(&d);
}
END_TEST

/* --- what must not be ------------------------------------------------------
 */

START_TEST(the_clock_never_goes_back)
{
	struct log_entry early = { .kind = ENTRY_CLOSE };
	struct errtext err = { 0 };
	int64_t before;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now + 500, NULL), ERR_OK);
	world_draft(d.center, 1, now);
	before = lines_and_letters();
	ck_assert_int_eq(desk_closes(&d, now + 499, &err), ERR_CONFIG);
	ck_assert(strstr(err.text, "clock") != NULL);
	/* letters take the time of the real clock */
	ck_assert_int_eq(desk_approve(&d, &err), ERR_CONFIG);
	ck_assert_int_eq(lines_and_letters(), before);
	ck_assert_int_eq(desk_closes(&d, now + 500, NULL), ERR_OK);
	ck_assert_int_eq(checked(d.center).as_of, now + 500);
	/* nor for a line that brings its own time */
	early.time = now + 499;
	ck_assert_int_eq(desk_act(&d, &early, now + 600, NULL), ERR_CONFIG);
	ck_assert_int_eq(checked(d.center).as_of, now + 500);
	desk_close(&d);
}
END_TEST

static void
close_log(struct trust_list *list)
{
	struct trust_log *log = &list->centers[0].logs[0];
	struct tree_hash none;

	/* as an empty one, which every log goes on from */
	tree_empty(&none);
	log->closed = true;
	log->final_size = 0;
	memcpy(log->final_root, none.at, sizeof(log->final_root));
}

static void
no_log(struct trust_list *list)
{
	list->centers[0].log_count = 0;
}

static void
no_center(struct trust_list *list)
{
	list->center_count = 0;
}

/* The generation is the root's to count; the keys are another's. */
static void
other_keys(struct trust_list *list)
{
	struct trust_log *log = &list->centers[0].logs[0];
	static const uint8_t key[32] = { 1 };
	char name[VKEY_NAME_MAX + 1];

	strcpy(name, log->log.name);
	ck_assert_int_eq(vkey_make(name, VKEY_ED25519, key, &log->log), ERR_OK);
}

static void
retire(struct trust_list *list)
{
	list->centers[0].keys[0].status = KEY_RETIRED;
	list->centers[0].keys[0].since = list->issued_at;
}

static const struct {
	const char *name;
	world_edit *edit;
} lists[] = {
	{ "closed", close_log },
	{ "without a log", no_log },
	{ "without the center", no_center },
	{ "with other keys", other_keys },
	{ "with a retired key", retire },
};

START_TEST(signs_only_in_a_log_of_the_list)
{
	int64_t before;
	bool stale;
	struct desk d;

	/* before the first line, and after */
	for (int opened = 0; opened < 2; opened++) {
		if (opened) {
			world_take(&w, now, now, NULL);
			desk_open(&d, &w, "AP2003");
			ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
			desk_close(&d);
		}
		world_take(&w, now, now, lists[_i].edit);
		desk_open(&d, &w, "AP2003");
		world_draft(d.center, 1 + (unsigned)opened, now);
		before = lines_and_letters();
		ck_assert_msg(desk_closes(&d, now, NULL) == ERR_CONFIG, "%s",
		    lists[_i].name);
		ck_assert_int_eq(desk_approve(&d, NULL), ERR_CONFIG);
		ck_assert_int_eq(logbook_check(d.center,
				     &(struct center_signing){
					 .now = now, .two_persons = true },
				     &stale, NULL),
		    ERR_CONFIG);
		ck_assert_int_eq(lines_and_letters(), before);
		desk_close(&d);
	}
}
END_TEST

START_TEST(signs_nothing_without_a_list)
{
	char path[128];
	struct desk d;

	snprintf(path, sizeof(path), "%s/trust.xml", w.home);
	ck_assert_int_eq(unlink(path), 0);
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_CONFIG);
	ck_assert_int_eq(lines_and_letters(), 0);
	desk_close(&d);
}
END_TEST

/* Whatever step of the transaction fails: all or nothing, and no number is
 * lost. An index over what cannot be computed makes a row fail; triggers are
 * off. */
static const struct {
	const char *table, *column, *where;
} faults[] = {
	{ "log_line", "id", "id & 255 = 7" },
	{ "log_line", "id", "id & 255 = 0" },
	{ "log_head", "size", "size > 0" },
	{ "letter", "sequence", "sequence = 3" },
	{ "person", "logged", "logged = 1 AND code = 'OF1007'" },
};

START_TEST(a_failure_leaves_neither_letter_nor_line)
{
	char text[256];
	struct desk_log log;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_drafts(d.center, 5, now);
	snprintf(text, sizeof(text),
	    "CREATE INDEX fault ON %s"
	    " (abs(-9223372036854775807 - 1 + 0 * %s)) WHERE %s",
	    faults[_i].table, faults[_i].column, faults[_i].where);
	desk_sql(w.home, text);
	ck_assert_int_ne(desk_approve(&d, NULL), ERR_OK);
	ck_assert_int_eq(lines_and_letters(), 0);
	desk_check(d.center, 1, &log);
	ck_assert_uint_eq(log.guarded, 0);
	desk_sql(w.home, "DROP INDEX fault");
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.size, 9);
	ck_assert_uint_eq(log.broken, 0);
	desk_close(&d);
}
END_TEST

/* --- people ----------------------------------------------------------------
 */

static void
leave(const char *code, const char *second, int64_t at)
{
	struct staff_act act = { .center = world_open(&w, true), .now = at };
	struct person admin = { 0 }, other = { 0 };
	struct errtext err = { 0 };
	bool due;

	world_login(act.center, "AD0001", &admin);
	act.admin = &admin;
	if (second != NULL) {
		world_login(act.center, second, &other);
		act.second = &other;
	}
	ck_assert_int_eq(staff_begin(&act, &err), ERR_OK);
	ck_assert_msg(staff_remove(&act, code, &due, &err) == ERR_OK, "%s: %s",
	    code, err.text);
	staff_end(&act);
	people_clear(&admin);
	people_clear(&other);
	center_close(&act.center);
}

START_TEST(who_joins_and_leaves_is_a_line)
{
	struct desk d;

	/* the first change opens the log */
	world_person(&w, "AP2004", ROLE_APPROVER, NULL, now);
	desk_open(&d, &w, "AP2003");
	ck_assert_uint_eq(checked(d.center).size, 5);
	expect_line(d.center, 0, "s1 0 %T open - - - %K * AD0001 - -", now);
	expect_line(d.center, 3,
	    "s1 3 %T staff - AP2004 * %K * AD0001 - APPROVER", now);
	world_draft(d.center, 1, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_close(&d);
	now = clock_now();
	/* after the first letter with an approver beside */
	world_person(&w, "AD0002", ROLE_ADMINISTRATOR, "AP2003", now);
	leave("AP2003", "AP2004", now);
	desk_open(&d, &w, "AP2004");
	ck_assert_uint_eq(checked(d.center).size, 8);
	ck_assert_uint_eq(checked(d.center).broken, 0);
	expect_line(d.center, 6,
	    "s1 6 %T staff - AD0002 * %K * AD0001 AP2003 ADMIN", now);
	expect_line(d.center, 7,
	    "s1 7 %T staff - AP2003 * %K * AD0001 AP2004 REMOVED", now);
	desk_close(&d);
}
END_TEST

/* While nothing can be signed people come and go all the same. */
START_TEST(people_are_entered_later_when_nothing_can_be_signed)
{
	struct desk_log log;
	struct desk d;

	world_person(&w, "AP2004", ROLE_APPROVER, NULL, now);
	world_person(&w, "OF1008", ROLE_DRAFTER, NULL, now);
	world_take(&w, now, now, retire);
	world_person(&w, "AD0002", ROLE_ADMINISTRATOR, NULL, now + 1);
	leave("AP2004", NULL, now + 2);
	/* came and went: nobody need know */
	world_person(&w, "OF1009", ROLE_DRAFTER, NULL, now + 3);
	leave("OF1009", NULL, now + 4);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM log_line"), 6);
	world_take(&w, now, now, NULL);
	desk_open(&d, &w, "AP2003");
	d.second = "OF1008"; /* beside the approver, but not by then */
	ck_assert_int_eq(desk_closes(&d, now + 10, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.size, 9);
	ck_assert_uint_eq(log.broken, 0);
	/* by whom it was done, not by who enters it */
	expect_line(d.center, 6, "s1 6 %T staff - AD0002 * %K * AD0001 - ADMIN",
	    now + 10);
	expect_line(d.center, 7,
	    "s1 7 %T staff - AP2004 * %K * AD0001 - REMOVED", now + 10);
	/* and once */
	ck_assert_int_eq(desk_closes(&d, now + 10, NULL), ERR_OK);
	ck_assert_uint_eq(checked(d.center).size, 10);
	desk_close(&d);
}
END_TEST

/* Who must go must go now, also with a clock that is wrong. */
START_TEST(a_wrong_clock_keeps_nobody)
{
	struct desk_log log;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now + 500, NULL), ERR_OK);
	desk_close(&d);
	leave("OF1007", NULL, now + 400);
	desk_open(&d, &w, "AP2003");
	ck_assert_uint_eq(checked(d.center).size, 5);
	ck_assert_int_eq(desk_closes(&d, now + 600, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.size, 7);
	ck_assert_uint_eq(log.broken, 0);
	expect_line(d.center, 5,
	    "s1 5 %T staff - OF1007 * %K * AD0001 - REMOVED", now + 600);
	desk_close(&d);
}
END_TEST

/* A root that dropped the center from its list, or no list that can be read:
 * staff changes are still made. */
START_TEST(a_list_without_the_center_keeps_nobody)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
	desk_close(&d);
	world_take(&w, now, now, no_center);
	leave("OF1007", NULL, now);
	world_take(&w, now, now, NULL);
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
	ck_assert_uint_eq(checked(d.center).size, 7);
	desk_close(&d);
}
END_TEST

/* A log of a later generation names those who are there, and nobody who left
 * in between. */
START_TEST(a_new_log_names_only_who_is_there)
{
	struct desk_log log;
	struct desk d;

	world_take(&w, now, now, retire);
	world_person(&w, "OF1008", ROLE_DRAFTER, NULL, now);
	/* as if an earlier log had them all */
	desk_sql(w.home, "UPDATE person SET logged = 1");
	leave("OF1008", NULL, now);
	world_take(&w, now, now, NULL);
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
	log = checked(d.center);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.kinds[ENTRY_STAFF], 3);
	desk_close(&d);
}
END_TEST

/* A change of staff that could not be entered must be undone: the guard knows
 * more than this register. */
START_TEST(a_log_set_back_keeps_everything)
{
	struct staff_act act = { .now = now };
	struct person admin = { 0 };
	bool due;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
	remove_guard(d.center);
	desk_close(&d);
	act.center = world_open(&w, true);
	world_login(act.center, "AD0001", &admin);
	act.admin = &admin;
	ck_assert_int_eq(staff_begin(&act, NULL), ERR_OK);
	ck_assert_int_eq(staff_remove(&act, "OF1007", &due, NULL), ERR_CONFIG);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT max(removed_at) FROM person"), 0);
	ck_assert_int_eq(lines_and_letters(), 5100000);
	staff_end(&act);
	people_clear(&admin);
	center_close(&act.center);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("logbook");
	TCase *t = tcase_create("lines");
	TCase *bad = tcase_create("refusals");
	TCase *people = tcase_create("people");

	tcase_add_unchecked_fixture(t, begin, end);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, opens_with_open_people_and_then_letters);
	tcase_add_test(t, a_staff_line_names_the_persons_key);
	tcase_add_test(t, enters_letters_older_than_the_log);
	tcase_add_loop_test(t, enters_no_letter_that_differs, 0, 6);
	tcase_add_test(t, takes_a_register_of_version_1);
	tcase_add_test(t, enters_copies_older_than_the_log);
	tcase_add_test(t, a_copy_of_before_the_log_is_a_rollback_too);
	tcase_add_loop_test(t, a_copy_of_before_the_log_is_recovered, 0, 2);
	tcase_add_loop_test(
	    t, a_power_cut_before_the_guard_locks_nothing, 0, 2);
	tcase_add_test(t, two_power_cuts_lock_nothing);
	tcase_add_test(t, acts_name_who_acts);
	tcase_add_test(t, a_correction_names_what_it_replaces);
	tcase_add_test(t, six_hundred_letters_keep_the_rules);
	tcase_add_test(t, grows_over_the_ends_of_tiles);
	suite_add_tcase(s, t);
	tcase_add_unchecked_fixture(bad, begin, end);
	tcase_add_checked_fixture(bad, setup, teardown);
	tcase_set_timeout(bad, 120);
	tcase_add_test(bad, refuses_what_is_no_line);
	tcase_add_test(bad, the_clock_never_goes_back);
	tcase_add_loop_test(bad, signs_only_in_a_log_of_the_list, 0,
	    sizeof(lists) / sizeof(lists[0]));
	tcase_add_test(bad, signs_nothing_without_a_list);
	tcase_add_loop_test(bad, a_failure_leaves_neither_letter_nor_line, 0,
	    sizeof(faults) / sizeof(faults[0]));
	suite_add_tcase(s, bad);
	tcase_add_unchecked_fixture(people, begin, end);
	tcase_add_checked_fixture(people, setup, teardown);
	tcase_set_timeout(people, 120);
	tcase_add_test(people, who_joins_and_leaves_is_a_line);
	tcase_add_test(
	    people, people_are_entered_later_when_nothing_can_be_signed);
	tcase_add_test(people, a_wrong_clock_keeps_nobody);
	tcase_add_test(people, a_list_without_the_center_keeps_nobody);
	tcase_add_test(people, a_new_log_names_only_who_is_there);
	tcase_add_test(people, a_log_set_back_keeps_everything);
	suite_add_tcase(s, people);
	return s;
}

CHECK_MAIN(suite);
