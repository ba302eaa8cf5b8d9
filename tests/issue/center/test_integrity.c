/*
 * Each thing that somebody may do to a register or its log with SQL, and what
 * the check finds: it names the line or the letter.
 */
#include "issue/center/integrity.h"

#include "issue/center/act.h"

#include "base/clock.h"
#include "base/file.h"
#include "ledger/gossip.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"
#include "trust/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct world template, w;
static int64_t now;

struct found {
	size_t count;
	char first[512], all[8192];
};

static void
note(void *arg, const char *about, const char *text)
{
	struct found *found = arg;
	size_t len = strlen(found->all);

	if (found->count++ == 0)
		snprintf(
		    found->first, sizeof(found->first), "%s: %s", about, text);
	snprintf(found->all + len, sizeof(found->all) - len, "%s: %s\n", about,
	    text);
}

static void
look(struct found *found, struct integrity *seen)
{
	struct errtext err = { 0 };
	struct center *center = world_open(&w, false);

	*found = (struct found){ .count = 0 };
	ck_assert_msg(
	    integrity_check(center, note, NULL, found, seen, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_uint_eq(found->count, seen->findings);
	center_close(&center);
}

/* Four letters and 300 lines, so that there is a full tile. */
static void
begin(void)
{
	struct errtext err = { 0 };
	struct desk d;

	now = clock_now();
	world_new(&template, now);
	desk_open(&d, &template, "AP2003");
	world_drafts(d.act.center, 4, now);
	ck_assert_int_eq(desk_approve(&d, &err), ERR_OK);
	now = clock_now();
	ck_assert_int_eq(act_begin(&d.act, now, NULL), ERR_OK);
	while (d.act.book.head.range.size < 300) {
		struct log_entry entry = { .kind = ENTRY_CLOSE };

		ck_assert_int_eq(logbook_add(&d.act, &entry, &err), ERR_OK);
	}
	ck_assert_int_eq(act_commit(&d.act, &err), ERR_OK);
	desk_close(&d);
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

START_TEST(in_order)
{
	struct integrity seen = { 0 };
	struct found found;

	look(&found, &seen);
	ck_assert_msg(found.count == 0, "%s", found.all);
	ck_assert_uint_eq(seen.letters, 4);
	ck_assert_uint_eq(seen.lines, 300);
	ck_assert_uint_eq(seen.persons, 3);
}
END_TEST

#define LINE(n) "(1 << 40 | " #n ")"
#define NUMBER  "(SELECT number FROM letter WHERE sequence = 2)"
#define SWAP(a, b)                                                      \
	"UPDATE log_line SET id = -1 WHERE id = " LINE(                 \
	    a) ";"                                                      \
	       "UPDATE log_line SET id = " LINE(a) " WHERE id = " LINE( \
		   b) ";"                                               \
		      "UPDATE log_line SET id = " LINE(b) " WHERE id = -1"

static const struct {
	const char *name, *sql;
	const char *about; /* of a finding */
} damages[] = {
	{ "a line's reason",
	    "UPDATE log_line SET line = replace(line, ' B4', ' B5')"
	    " WHERE id = " LINE(5),
	    "log 1: the lines are not those" },
	{ "a line's digest",
	    "UPDATE log_line SET line = (SELECT line FROM log_line WHERE id = " LINE(
		6) ") WHERE id = " LINE(5),
	    "line 1/5" },
	{ "a line's person",
	    "UPDATE log_line SET line = replace(line, 'DRAFTER', 'APPROVER')"
	    " WHERE id = " LINE(3),
	    "line 1/3" },
	{ "nonsense for a line",
	    "UPDATE log_line SET line = 'x' WHERE id = " LINE(4), "line 1/4" },
	{ "a line deleted", "DELETE FROM log_line WHERE id = " LINE(4),
	    "line 1/4" },
	{ "the last line deleted", "DELETE FROM log_line WHERE id = " LINE(299),
	    "log 1: the log's rows in the register are damaged" },
	{ "two lines swapped", SWAP(4, 5), "line 1/4" },
	{ "two like lines swapped", SWAP(20, 21), "line 1/20" },
	{ "the head's note",
	    "UPDATE log_head SET note = substr(note, 1, length(note) - 30)",
	    "log 1: the signed head is not good" },
	{ "the head's size",
	    "UPDATE log_head SET note = CAST(replace(CAST(note AS TEXT), '300', '299')"
	    " AS BLOB)",
	    "log 1: the signed head is not good" },
	{ "the head's nodes",
	    "UPDATE log_head SET nodes = zeroblob(length(nodes))",
	    "log 1: the lines are not those" },
	{ "no head at all", "DELETE FROM log_head", "log: " },
	{ "a tile's hash", "UPDATE log_hash SET hash = zeroblob(32)",
	    "log 1: the hashes of its tiles" },
	{ "a letter deleted",
	    "PRAGMA foreign_keys=OFF; DELETE FROM letter WHERE sequence = 2",
	    "-000002-" },
	{ "the last letter deleted",
	    "PRAGMA foreign_keys=OFF; DELETE FROM letter WHERE sequence = 4",
	    "-000004-" },
	{ "a letter withdrawn in the register alone",
	    "UPDATE letter SET state = 'withdrawn' WHERE sequence = 2",
	    "-000002-" },
	{ "or replaced",
	    "UPDATE letter SET state = 'superseded' WHERE sequence = 2",
	    "-000002-" },
	{ "or hidden as forgotten",
	    "UPDATE letter SET state = 'forgotten' WHERE sequence = 2",
	    "-000002-" },
	{ "copies", "UPDATE letter SET copies = 3 WHERE sequence = 2",
	    "-000002-" },
	{ "its digest",
	    "UPDATE letter SET digest = zeroblob(32) WHERE sequence = 2",
	    "-000002-" },
	{ "its time",
	    "UPDATE letter SET issued_at = issued_at + 1, state = 'forgotten',"
	    " xml = NULL WHERE sequence = 4",
	    "-000004-" },
	{ "a person's role",
	    "UPDATE person SET role = 'approver' WHERE code = 'OF1007'",
	    "OF1007" },
};

START_TEST(damage)
{
	struct integrity seen = { 0 };
	struct found found;

	desk_sql(w.home, damages[_i].sql);
	look(&found, &seen);
	ck_assert_msg(
	    found.count > 0 && strstr(found.all, damages[_i].about) != NULL,
	    "%s: %.2000s", damages[_i].name, found.all);
	/* and does not bury it */
	ck_assert_msg(found.count < 12, "%s: %zu: %.2000s", damages[_i].name,
	    found.count, found.all);
}
END_TEST

/* Not checked is not wrong: one finding, about the list. */
START_TEST(without_a_list)
{
	struct integrity seen = { 0 };
	struct found found;
	char path[128];

	snprintf(path, sizeof(path), "%s/trust.xml", w.home);
	ck_assert_int_eq(unlink(path), 0);
	look(&found, &seen);
	ck_assert_msg(found.count == 1, "%.2000s", found.all);
	ck_assert_ptr_nonnull(strstr(found.first, "trust.xml: "));
}
END_TEST

/* A head in a post's report counts by the log's own signature. */
START_TEST(head_in_a_report)
{
	struct errtext err = { 0 };
	struct bytes text = { 0 }, file = { 0 }, head = { 0 };
	struct center *center = world_open(&w, false);
	struct log_head newest = { .last_time = 0 };
	EVP_PKEY *key = NULL;
	struct vkey post;
	uint8_t raw[32];
	char path[128], command[512];
	char *program = file_beside_program("sello-issue");
	bool found;
	FILE *out;

	ck_assert_int_eq(
	    register_log_head(center->reg, 1, &newest, &found, &err), ERR_OK);
	ck_assert_int_eq(key_new_ed25519(&key, &err), ERR_OK);
	ck_assert_int_eq(key_public_raw(key, raw), ERR_OK);
	ck_assert_int_eq(
	    vkey_make("RRP-ES/post/ES-GTGUA/1", VKEY_ED25519, raw, &post),
	    ERR_OK);
	gossip_begin("RRP-ES/post/ES-GTGUA/1", now, &text);
	gossip_add_head(newest.note.at, newest.note.len, &text);
	ck_assert_int_eq(gossip_sign(&text, &post, key, &file, &err), ERR_OK);
	snprintf(path, sizeof(path), "%s/report", w.dir);
	out = fopen(path, "wb");
	ck_assert_uint_eq(fwrite(file.at, 1, file.len, out), file.len);
	fclose(out);
	center_close(&center);
	snprintf(command, sizeof(command),
	    "%s check --home '%s' --cosigned '%s' >'%s/out' 2>&1", program,
	    w.home, path, w.dir);
	ck_assert_int_eq(system(command), 0);
	/* what was brought back stays known */
	ck_assert_int_eq(desk_number(w.home, "SELECT size FROM log_seen"), 300);
	register_log_head_clear(&newest);
	free(program);
	EVP_PKEY_free(key);
	bytes_free(&head);
	bytes_free(&text);
	bytes_free(&file);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("integrity");
	TCase *tc = tcase_create("all");

	tcase_add_unchecked_fixture(tc, begin, end);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, in_order);
	tcase_add_loop_test(
	    tc, damage, 0, (int)(sizeof(damages) / sizeof(damages[0])));
	tcase_add_test(tc, without_a_list);
	tcase_add_test(tc, head_in_a_report);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
