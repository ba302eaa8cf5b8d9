/*
 * What check sees: one plausible change of every column of every table of the
 * register as it is, each row taken away, found. docs/register.md has the same
 * list.
 */
#include "issue/center/integrity.h"

#include "issue/center/staff.h"
#include "issue/register/draft.h"
#include "issue/register/elsewhere.h"
#include "issue/register/event.h"
#include "issue/register/letter.h"
#include "issue/register/log.h"
#include "issue/register/setting.h"

#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/desk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct world template, w;
static int64_t now;

/* --- a register with everything in it ------------------------------------ */

static void
act(struct desk *d, const char *number, enum entry_kind kind, const char *ref,
    const char *reason)
{
	struct log_entry entry = { .kind = kind, .has_digest = true };
	struct issued letter = { 0 };

	ck_assert_int_eq(
	    register_letter_load(d->act.center->reg, number, &letter, NULL),
	    ERR_OK);
	strcpy(entry.number, number);
	strcpy(entry.ref, ref);
	strcpy(entry.reason, reason);
	memcpy(entry.digest, letter.digest, sizeof(entry.digest));
	register_letter_clear(&letter);
	ck_assert_int_eq(desk_act(d, &entry, now, NULL), ERR_OK);
}

static void
number_of(struct desk *d, unsigned sequence, char out[LETTER_NUMBER_SIZE])
{
	struct log_entry entry;

	for (uint64_t i = 0;; i++) {
		desk_entry(d->act.center, i, &entry);
		if (entry_is_letter(&entry) &&
		    strtoul(entry.number + 13, NULL, 10) == sequence)
			break;
	}
	strcpy(out, entry.number);
}

static void
withdraw(struct desk *d, unsigned sequence)
{
	char number[LETTER_NUMBER_SIZE];

	number_of(d, sequence, number);
	ck_assert_int_eq(register_begin(d->act.center->reg, NULL), ERR_OK);
	ck_assert_int_eq(register_letter_withdraw(d->act.center->reg, number,
			     "AP2003", "", "STOLEN", now, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(d->act.center->reg, NULL), ERR_OK);
	act(d, number, ENTRY_WITHDRAW, "", "WITHDRAWN");
}

static void
reprint(struct desk *d, unsigned sequence)
{
	const struct copy_note note = { now, "AP2003", "", "lost at home" };
	char number[LETTER_NUMBER_SIZE];
	int copy;

	number_of(d, sequence, number);
	ck_assert_int_eq(register_begin(d->act.center->reg, NULL), ERR_OK);
	ck_assert_int_eq(register_letter_copy(
			     d->act.center->reg, number, &note, &copy, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(d->act.center->reg, NULL), ERR_OK);
	act(d, number, ENTRY_REPRINT, "2", "");
}

/* A letter in place of another. */
static void
correct(struct desk *d, unsigned sequence)
{
	struct person drafter = { 0 };
	struct letter letter;
	int64_t id;

	world_letter(30, now, &letter);
	number_of(d, sequence, letter.supersedes);
	const struct draft_input input = {
		.letter = &letter, .row = "30", .keys = { "GTM0030", "P 30" }
	};
	world_login(d->act.center, "OF1007", &drafter);
	ck_assert_int_eq(register_begin(d->act.center->reg, NULL), ERR_OK);
	ck_assert_int_eq(register_draft_insert(d->act.center->reg, "GTGUA01",
			     &drafter, &input, now, &id, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(d->act.center->reg, NULL), ERR_OK);
	people_clear(&drafter);
	ck_assert_int_eq(desk_approve(d, NULL), ERR_OK);
}

static void
discard(struct desk *d)
{
	int64_t id = world_draft(d->act.center, 40, now);

	ck_assert_int_eq(register_begin(d->act.center->reg, NULL), ERR_OK);
	ck_assert_int_eq(register_draft_discard(d->act.center->reg, id,
			     "OF1007", "entered twice", now, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(d->act.center->reg, NULL), ERR_OK);
}

/* What needs other programs or a second register is written as Sello would. */
static void
add_the_rest(struct desk *d)
{
	struct log_seen mark = { .generation = 1, .size = 1 };
	struct tree_hash leaf;
	char *line = desk_line(d->act.center, 0);

	tree_leaf(line, strlen(line), &leaf);
	mark.root = leaf;
	free(line);
	ck_assert_int_eq(register_log_seen_add(d->act.center->reg, &mark,
			     "ES-USMIA/1", now, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    register_log_published(d->act.center->reg, "/nowhere", now, NULL),
	    ERR_OK);
	register_event(d->act.center->reg, now, "refused-role", "OF1007", "3");
	ck_assert_int_eq(register_begin(d->act.center->reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    register_set_setting(d->act.center->reg, "guard-passed", "0", NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(d->act.center->reg, NULL), ERR_OK);
	desk_sql(template.home,
	    "INSERT INTO backup (at, path) VALUES (1, '/stick/b.sello');"
	    "INSERT INTO next_keys VALUES (1, x'3059', randomblob(32),"
	    " randomblob(32), 1)");
}

/* So many that there is a full tile. */
static void
close_often(struct desk *d)
{

	ck_assert_int_eq(act_begin(&d->act, now, NULL), ERR_OK);
	while (d->act.book.head.range.size < 260) {
		struct log_entry entry = { .kind = ENTRY_CLOSE };

		ck_assert_int_eq(logbook_add(&d->act, &entry, NULL), ERR_OK);
	}
	ck_assert_int_eq(act_commit(&d->act, NULL), ERR_OK);
}

static void
begin(void)
{
	struct act staff = { .now = 0 };
	bool due;
	struct desk d;

	now = clock_now();
	world_new(&template, now);
	world_person(&template, "OF1008", ROLE_DRAFTER, "AP2003", now);
	desk_open(&d, &template, "AP2003");
	world_drafts(d.act.center, 4, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	now = clock_now();
	withdraw(&d, 2);
	reprint(&d, 3);
	correct(&d, 4);
	now = clock_now(); /* letters are dated when they are signed */
	close_often(&d);
	now = staff.now = clock_now();
	staff.center = d.act.center;
	world_login(staff.center, "AD0001", &staff.actor);
	world_login(staff.center, "AP2003", &staff.second);
	ck_assert_int_eq(staff_open(&staff, NULL), ERR_OK);
	ck_assert_int_eq(staff_remove(&staff, "OF1008", &due, NULL), ERR_OK);
	staff.center = NULL; /* the desk's */
	act_close(&staff);
	discard(&d);
	world_draft(d.act.center, 50, now);
	add_the_rest(&d);
	desk_close(&d);
	desk_sum_again(template.home);
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
}

static void
teardown(void)
{
	world_free(&w);
}

/* --- looking ------------------------------------------------------------- */

static void
note(void *arg, const char *about, const char *text)
{
	char *all = arg;
	size_t len = strlen(all);

	snprintf(all + len, 4096 - len, "%s: %s\n", about, text);
}

/* Is anything said, beside what a register made up in part says anyway? */
static bool
is_found(void)
{
	struct center *center = NULL;
	struct integrity seen = { 0 };
	struct errtext err = { 0 };
	char all[4096] = "";
	enum err rc = center_open(w.home, false, &center, &err);

	if (rc == ERR_OK)
		rc = integrity_check(center, note, NULL, all, &seen, &err);
	center_close(&center);
	ck_assert_msg(rc == ERR_OK || rc == ERR_DATA || rc == ERR_CONFIG,
	    "%s: %s", err_name(rc), err.text);
	return rc != ERR_OK || seen.findings > 0;
}

/* --- every column -------------------------------------------------------- */

/*
 * change   what is set; NULL: a number grows, a text gets an X, a blob gets
 *          zeros
 * proven   found also by whoever knows the sums and writes them anew: by
 *          signatures, the log, the trust list
 */
struct column {
	const char *table, *column, *change;
	bool proven;
};

#define OTHER(a, b) "CASE WHEN @@ = '" a "' THEN '" b "' ELSE '" a "' END"

static const struct column columns[] = {
	{ "center", "id", NULL, true },
	{ "center", "code", NULL, true },
	{ "center", "name", NULL, false },
	{ "center", "country", NULL, true },
	{ "center", "timezone", NULL, false },
	{ "center", "hotline", NULL, false },
	{ "center", "root", NULL, true },
	{ "center", "public_key", NULL, true },
	{ "center", "log_key", NULL, false },
	{ "center", "cosigner_key", NULL, false },
	{ "center", "list_sequence", NULL, false },
	{ "center", "created_at", NULL, false },
	{ "sealed_key", "name", NULL, false },
	{ "sealed_key", "sealed", NULL, false },
	{ "person", "code", NULL, true },
	{ "person", "role", OTHER("approver", "drafter"), true },
	{ "person", "founding", OTHER("1", "0"), false },
	{ "person", "sign_key", NULL, true },
	{ "person", "slot_key", NULL, true },
	{ "person", "sealed", NULL, false },
	{ "person", "slot", NULL, false },
	{ "person", "slot_proof", NULL, true },
	{ "person", "must_change", OTHER("1", "0"), false },
	{ "person", "added_at", NULL, false },
	{ "person", "added_by", NULL, false },
	{ "person", "removed_at", "0", true },
	{ "person", "removed_by", NULL, false },
	{ "draft", "id", NULL, true },
	{ "draft", "state", OTHER("pending", "approved"), true },
	{ "draft", "officer", NULL, true },
	{ "draft", "at", NULL, true },
	{ "draft", "input_row", NULL, true },
	{ "draft", "problems", NULL, true },
	{ "draft", "letter", NULL, true },
	{ "draft", "signature", NULL, true },
	{ "draft", "commitment", NULL, true },
	{ "draft", "drafted", NULL, true },
	{ "draft", "document_key", NULL, false },
	{ "draft", "name_key", NULL, false },
	{ "draft", "discarded_at", NULL, false },
	{ "draft", "discarded_by", NULL, false },
	{ "draft", "reason", NULL, false },
	{ "label_set", "id", NULL, false },
	{ "label_set", "labels", NULL, false },
	{ "letter", "id", NULL, false },
	{ "letter", "number", NULL, true },
	{ "letter", "year", NULL, true },
	{ "letter", "sequence", NULL, true },
	{ "letter", "state", OTHER("issued", "withdrawn"), true },
	{ "letter", "issued_at", NULL, true },
	{ "letter", "draft", NULL, true },
	{ "letter", "officer", NULL, true },
	{ "letter", "approver", NULL, true },
	{ "letter", "second", NULL, false },
	{ "letter", "reason", NULL, true },
	{ "letter", "digest", NULL, true },
	{ "letter", "xml", NULL, true },
	{ "letter", "copies", NULL, true },
	{ "letter", "paper", OTHER("letter", "a4"), false },
	{ "letter", "labels", NULL, false },
	{ "copy", "number", NULL, false },
	{ "copy", "copy", NULL, false },
	{ "copy", "at", NULL, false },
	{ "copy", "person", NULL, false },
	{ "copy", "second", NULL, false },
	{ "copy", "reason", NULL, false },
	{ "event", "id", NULL, false },
	{ "event", "at", NULL, false },
	{ "event", "kind", NULL, false },
	{ "event", "person", NULL, false },
	{ "event", "subject", NULL, false },
	{ "log_line", "id", NULL, true },
	{ "log_line", "line", NULL, true },
	{ "log_hash", "id", NULL, true },
	{ "log_hash", "hash", NULL, true },
	{ "log_head", "generation", NULL, true },
	{ "log_head", "size", NULL, true },
	{ "log_head", "nodes", NULL, true },
	{ "log_head", "last_time", NULL, true },
	{ "log_head", "note", NULL, true },
	{ "log_seen", "generation", NULL, true },
	{ "log_seen", "size", NULL, true },
	{ "log_seen", "root", NULL, true },
	{ "log_seen", "source", NULL, false },
	{ "log_seen", "at", NULL, false },
	{ "log_place", "path", NULL, false },
	{ "log_place", "at", NULL, false },
	{ "setting", "name", NULL, false },
	{ "setting", "value", NULL, false },
	{ "withdrawal", "id", NULL, false },
	{ "withdrawal", "number", NULL, false },
	{ "withdrawal", "at", NULL, false },
	{ "withdrawal", "person", NULL, false },
	{ "withdrawal", "second", NULL, false },
	{ "withdrawal", "reason", NULL, false },
	{ "backup", "id", NULL, false },
	{ "backup", "at", NULL, false },
	{ "backup", "path", NULL, false },
	{ "next_keys", "id", NULL, true },
	{ "next_keys", "public_key", NULL, false },
	{ "next_keys", "log_key", NULL, false },
	{ "next_keys", "cosigner_key", NULL, false },
	{ "next_keys", "made_at", NULL, false },
	{ "log_state", "id", NULL, true },
	{ "log_state", "history", NULL, false },
	{ "log_state", "seal", NULL, false },
	{ "row_sum", "name", NULL, false },
	{ "row_sum", "sum", NULL, false },
};

static const struct column *
find_column(const char *table, const char *column)
{
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (strcmp(columns[i].table, table) == 0 &&
		    strcmp(columns[i].column, column) == 0)
			return &columns[i];
	return NULL;
}

static sqlite3 *
open_template(void)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/register.db", template.home);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

START_TEST(the_list_is_whole)
{
	sqlite3 *db = open_template();
	sqlite3_stmt *stmt;
	size_t count = 0;

	ck_assert_int_eq(
	    sqlite3_prepare_v2(db,
		"SELECT t.name, c.name FROM sqlite_schema AS t,"
		" pragma_table_info(t.name) AS c WHERE t.type = 'table'"
		" AND t.name NOT LIKE 'sqlite_%'",
		-1, &stmt, NULL),
	    SQLITE_OK);
	for (; sqlite3_step(stmt) == SQLITE_ROW; count++) {
		const char *table = (const char *)sqlite3_column_text(stmt, 0);
		const char *column = (const char *)sqlite3_column_text(stmt, 1);

		ck_assert_msg(find_column(table, column) != NULL,
		    "say how check covers %s.%s: here and in docs/register.md",
		    table, column);
	}
	ck_assert_uint_eq(count, sizeof(columns) / sizeof(columns[0]));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}
END_TEST

START_TEST(nothing_is_found_in_it_as_it_is)
{
	struct center *center = world_open(&w, false);
	struct integrity seen = { 0 };
	char all[4096] = "";

	ck_assert_int_eq(
	    integrity_check(center, note, NULL, all, &seen, NULL), ERR_OK);
	ck_assert_msg(seen.findings == 0, "%s", all);
	ck_assert_uint_eq(seen.letters, 5);
	center_close(&center);
}
END_TEST

/* @@ in a change is the column itself. */
static void
write_change(const struct column *c, char *out, size_t size)
{
	static const char *const plain =
	    "CASE typeof(@@) WHEN 'integer' THEN @@ + 100000"
	    " WHEN 'blob' THEN zeroblob(length(@@)) ELSE @@ || 'X' END";
	const char *p = c->change ? c->change : plain;
	size_t len;

	snprintf(out, size,
	    "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;"
	    "UPDATE \"%s\" SET \"%s\" = ",
	    c->table, c->column);
	for (; *p != '\0'; p++) {
		len = strlen(out);
		if (strncmp(p, "@@", 2) == 0)
			snprintf(out + len, size - len, "\"%s\"", c->column),
			    p++;
		else
			snprintf(out + len, size - len, "%c", *p);
	}
	len = strlen(out);
	/* of the persons one who stands: of others the log says nothing */
	if (strcmp(c->table, "person") == 0 &&
	    strcmp(c->column, "removed_at") != 0)
		snprintf(out + len, size - len, " WHERE code = 'AP2003'");
	else
		snprintf(out + len, size - len,
		    " WHERE \"%s\" = (SELECT max(\"%s\") FROM \"%s\")",
		    c->column, c->column, c->table);
}

START_TEST(a_change_is_found)
{
	const struct column *c = &columns[_i * EACH];
	char sql[1024];
	bool proven;

	write_change(c, sql, sizeof(sql));
	strcat(sql,
	    "; CREATE TEMP TABLE n (n CHECK (n > 0));"
	    "INSERT INTO n SELECT changes()");
	desk_sql(w.home, sql);
	ck_assert_msg(is_found(), "%s.%s", c->table, c->column);
	if (strcmp(c->table, "row_sum") == 0)
		return;
	desk_sum_again(w.home);
	proven = is_found();
	ck_assert_msg(proven == c->proven, "%s.%s: %s", c->table, c->column,
	    proven ? "is proven" : "is not proven");
}
END_TEST

START_TEST(a_row_taken_away_is_found)
{
	const struct column *c = &columns[_i];
	char sql[256];

	/* once a table */
	if (_i > 0 && strcmp(columns[_i - 1].table, c->table) == 0)
		return;
	snprintf(sql, sizeof(sql),
	    "PRAGMA foreign_keys = OFF; DELETE FROM \"%s\" WHERE \"%s\" ="
	    " (SELECT max(\"%s\") FROM \"%s\")",
	    c->table, c->column, c->column, c->table);
	desk_sql(w.home, sql);
	ck_assert_msg(is_found(), "%s", c->table);
}
END_TEST

static Suite *
suite(void)
{
	const int count = (int)(sizeof(columns) / sizeof(columns[0]));
	Suite *s = suite_create("columns");
	TCase *t = tcase_create("all");

	tcase_add_unchecked_fixture(t, begin, end);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, the_list_is_whole);
	tcase_add_test(t, nothing_is_found_in_it_as_it_is);
	tcase_add_loop_test(t, a_change_is_found, 0, (count + EACH - 1) / EACH);
	tcase_add_loop_test(t, a_row_taken_away_is_found, 0, count);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
