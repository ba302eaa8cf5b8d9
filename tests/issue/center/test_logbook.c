/*
 * Lines and letters: never one without the other, in the form and the order of
 * docs/log.md, signed by whoever acts.
 */
#include "issue/center/act.h"

#include "issue/center/guard.h"
#include "issue/center/integrity.h"
#include "issue/center/login.h"
#include "issue/center/staff.h"
#include "issue/register/draft.h"
#include "issue/register/state.h"

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

/* --- helpers ------------------------------------------------------------- */

/* A line by a pattern: * for what is signed anew each time, %T for a time,
 * %K for the key's name. */
static void
expect_line(
    struct center *center, uint64_t index, const char *pattern, int64_t time)
{
	char *line = desk_line(center, index);
	char want[1024] = "", at[CLOCK_INSTANT_SIZE];

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
			  "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_:. ") == strlen(line),
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
	ck_assert_int_eq(act_begin(&d->act, now, NULL), ERR_OK);
	for (unsigned i = 0; i < count; i++) {
		struct log_entry entry = { .kind = ENTRY_CLOSE };

		ck_assert_int_eq(logbook_add(&d->act, &entry, NULL), ERR_OK);
	}
	ck_assert_int_eq(act_commit(&d->act, NULL), ERR_OK);
}

static void
remove_guard(struct center *center)
{
	char *path = desk_guard(center);

	ck_assert_int_eq(unlink(path), 0);
	free(path);
}

/* --- opening ------------------------------------------------------------- */

/* The generator of P-256: a point, and nobody's key here. */
static const uint8_t other_point[PERSON_KEY_SIZE] = { 0x03, 0x6b, 0x17, 0xd1,
	0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40,
	0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39,
	0x45, 0xd8, 0x98, 0xc2, 0x96 };

/* The log as it is before and after its beginning, in another world. */
static struct world named;

static void
named_open(struct desk *d, const char *code)
{
	world_named(&named, now);
	desk_open(d, &named, code);
}

static int64_t
slots(void)
{
	return desk_number(named.home, "SELECT count(slot) FROM person");
}

START_TEST(opens_with_the_founder_and_the_persons)
{
	struct log_entry close = { .kind = ENTRY_CLOSE };
	struct desk_log log;
	struct desk d;

	named_open(&d, _i == 0 ? "AD0001" : "AP2003");
	if (_i == 1)
		desk_beside(&d, "AD0001");
	desk_check(d.act.center, 1, &log);
	ck_assert_uint_eq(log.size, 0);
	ck_assert_int_eq(desk_act(&d, &close, now, NULL), ERR_OK);
	log = checked(d.act.center);
	ck_assert_uint_eq(log.size, 5);
	ck_assert_uint_eq(log.broken, 0);
	expect_line(
	    d.act.center, 0, "s1 0 %T open - - - %K * - * AD0001 - -", now);
	expect_line(d.act.center, 1,
	    "s1 1 %T staff - AD0001 * %K * * * AD0001 - ADMIN", now);
	expect_line(d.act.center, 2,
	    "s1 2 %T staff - AP2003 * %K * * * AD0001 - APPROVER", now);
	expect_line(d.act.center, 3,
	    "s1 3 %T staff - OF1007 * %K * * * AD0001 - DRAFTER", now);
	expect_line(d.act.center, 4,
	    _i == 0 ? "s1 4 %T close - - - %K * - * AD0001 - -"
		    : "s1 4 %T close - - - %K * - *.* AP2003 AD0001 -",
	    now);
	desk_close(&d);
	/* the keys open again, by the slots that are left */
	ck_assert_int_eq(slots(), 2);
	desk_open(&d, &named, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
	desk_close(&d);
	world_free(&named);
}
END_TEST

/* Nobody else begins it, and what to type is said. */
START_TEST(only_the_founder_begins_the_log)
{
	struct errtext err = { 0 };
	bool stale;
	struct desk d;

	named_open(&d, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now, &err), ERR_CONFIG);
	ck_assert_msg(
	    strstr(err.text, "trust.xml --as AD0001") != NULL, "%s", err.text);
	ck_assert_int_eq(act_check(&d.act, &stale, NULL), ERR_CONFIG);
	world_draft(d.act.center, 1, now);
	ck_assert_int_eq(desk_approve(&d, &err), ERR_CONFIG);
	ck_assert_int_eq(
	    desk_number(named.home, "SELECT count(*) FROM log_line"), 0);
	desk_beside(&d, "AD0001");
	ck_assert_int_eq(act_check(&d.act, &stale, NULL), ERR_OK);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	ck_assert_uint_eq(checked(d.act.center).size, 5);
	desk_close(&d);
	world_free(&named);
}
END_TEST

/* The root has read other keys aloud than these. */
START_TEST(begins_only_with_the_persons_of_the_list)
{
	struct trust_person more[4], *own = NULL;
	struct trust_roster *roster;
	struct errtext err = { 0 };
	struct desk d;

	world_named(&named, now);
	roster = &named.persons;
	switch (_i) {
	case 0: /* one whom nobody read aloud */
		roster->person_count = 2;
		break;
	case 1: /* of whom the list has another key */
		memcpy(roster->persons[2].key, other_point, PERSON_KEY_SIZE);
		break;
	case 2: /* in another role */
		roster->persons[2].role = 'A';
		break;
	case 3: /* one who is not here */
		memcpy(more, roster->persons, 3 * sizeof(*more));
		more[3] = more[2];
		strcpy(more[3].code, "OF1008");
		memcpy(more[3].key, other_point, PERSON_KEY_SIZE);
		own = roster->persons;
		roster->persons = more;
		roster->person_count = 4;
		break;
	}
	world_take(&named, now, now, NULL);
	if (own != NULL)
		roster->persons = own;
	desk_open(&d, &named, "AD0001");
	ck_assert_int_eq(desk_closes(&d, now, &err), ERR_CONFIG);
	ck_assert_msg(strstr(err.text, "request.csr") != NULL, "%s", err.text);
	ck_assert_int_eq(
	    desk_number(named.home, "SELECT count(*) FROM log_line"), 0);
	desk_close(&d);
	world_free(&named);
}
END_TEST

START_TEST(letters_follow_their_persons)
{
	struct desk_log log;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_drafts(d.act.center, 2, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.act.center);
	ck_assert_uint_eq(log.size, 6);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_int_eq(log.as_of, log.last_time);
	expect_line(d.act.center, 4,
	    "s1 4 %T issue GTGUA01-20[0-9][0-9]-000001-[A-Z0-9] - * %K * * *.*"
	    " OF1007 AP2003 B2",
	    log.last_time);
	expect_line(d.act.center, 5,
	    "s1 5 %T issue GTGUA01-20[0-9][0-9]-000002-[A-Z0-9] - * %K * * *.*"
	    " OF1007 AP2003 B2",
	    log.last_time);
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
	desk_entry(d.act.center, 3, &e);
	ck_assert_str_eq(e.ref, "OF1007");
	ck_assert_int_eq(
	    people_find(d.act.center, "OF1007", &person, NULL), ERR_OK);
	ck_assert_int_eq(
	    EVP_Digest(person.keys.sign, 33, want, &len, EVP_sha256(), NULL),
	    1);
	ck_assert_mem_eq(e.digest, want, 32);
	ck_assert_mem_eq(e.person_key, person.keys.sign, 33);
	desk_close(&d);
}
END_TEST

/* Killed between the commit and the guard. */
static void
commit_and_die(struct desk *d)
{
	ck_assert_int_eq(desk_closes(d, clock_now(), NULL), ERR_OK);
	desk_cut(d);
}

START_TEST(a_power_cut_before_the_guard_locks_nothing)
{
	struct desk_log log;
	struct desk d;

	named_open(&d, "AD0001");
	commit_and_die(&d);
	desk_open(&d, &named, "AP2003");
	desk_check(d.act.center, 1, &log);
	ck_assert_uint_eq(log.guarded, 0);
	ck_assert_int_eq(desk_closes(&d, clock_now(), NULL), ERR_OK);
	ck_assert_uint_eq(checked(d.act.center).size, log.size + 1);
	desk_close(&d);
	world_free(&named);
}
END_TEST

/* Twice, one after the other: the second commit finds the guard empty. */
START_TEST(two_power_cuts_lock_nothing)
{
	struct desk_log log;
	struct desk d;
	uint64_t first;

	named_open(&d, "AD0001");
	commit_and_die(&d);
	desk_open(&d, &named, "AP2003");
	desk_check(d.act.center, 1, &log);
	first = log.size;
	commit_and_die(&d);
	desk_open(&d, &named, "AP2003");
	desk_check(d.act.center, 1, &log);
	ck_assert_uint_eq(log.guarded, first);
	ck_assert_int_eq(desk_closes(&d, clock_now() + 1, NULL), ERR_OK);
	desk_close(&d);
	world_free(&named);
}
END_TEST

/* --- lines of their own -------------------------------------------------- */

START_TEST(acts_name_who_acts)
{
	struct log_entry close = { .kind = ENTRY_CLOSE };
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_act(&d, &close, now, NULL), ERR_OK);
	desk_beside(&d, "AD0001");
	ck_assert_int_eq(desk_act(&d, &close, now + 1, NULL), ERR_OK);
	expect_line(
	    d.act.center, 4, "s1 4 %T close - - - %K * - * AP2003 - -", now);
	expect_line(d.act.center, 5,
	    "s1 5 %T close - - - %K * - *.* AP2003 AD0001 -", now + 1);
	ck_assert_int_eq(checked(d.act.center).as_of, now + 1);
	/* nobody signs for somebody who is not there */
	strcpy(close.officer, "OF1007");
	ck_assert_int_eq(desk_act(&d, &close, now + 2, NULL), ERR_REFUSED);
	ck_assert_uint_eq(checked(d.act.center).size, 6);
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
	d.act.second = d.act.actor;
	d.act.second.credential = NULL; /* not twice */
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_DATA);
	people_clear(&d.act.second);
	ck_assert_int_eq(lines_and_letters(), before);
	checked(d.act.center);
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
	char pattern[160];
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_draft(d.act.center, 1, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_entry(d.act.center, 4, &first);
	/* two for one letter in a batch: the second finds it dead */
	draft_correction(d.act.center, 2, first.number);
	draft_correction(d.act.center, 3, first.number);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	ck_assert_uint_eq(d.refused, 1);
	log = checked(d.act.center);
	ck_assert_uint_eq(log.size, 6);
	snprintf(pattern, sizeof(pattern),
	    "s1 5 %%T correct GTGUA01-20[0-9][0-9]-000002-[A-Z0-9] %s * %%K *"
	    " * *.* OF1007 AP2003 B2",
	    first.number);
	expect_line(d.act.center, 5, pattern, log.last_time);
	desk_entry(d.act.center, 5, &e);
	ck_assert_int_eq(
	    desk_number(w.home,
		"SELECT count(*) FROM letter WHERE state = 'superseded'"),
	    1);
	/* both commitments are found */
	for (unsigned i = 0; i < 3; i++) {
		struct log_entry *one = i == 0 ? &first : &e;
		bool drafted = false;

		one->commitment[0] ^= i == 2; /* this one was never */
		ck_assert_int_eq(register_state_drafted(d.act.center->reg,
				     one->commitment, &drafted, NULL),
		    ERR_OK);
		ck_assert_int_eq(drafted, i < 2);
	}
	desk_close(&d);
}
END_TEST

/* --- many ---------------------------------------------------------------- */

START_TEST(six_hundred_letters_keep_the_rules)
{
	struct desk_log log;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_drafts(d.act.center, 600, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.act.center);
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
	ck_assert_uint_eq(checked(d.act.center).size, size);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		close_often(&d, sizes[i] - (unsigned)size);
		size = sizes[i];
		ck_assert_uint_eq(checked(d.act.center).size, size);
		ck_assert_int_eq(
		    desk_number(w.home, "SELECT count(*) FROM log_hash"),
		    (int64_t)size / 256);
	}
	desk_close(&d);
}
END_TEST

/* --- what must not be ---------------------------------------------------- */

START_TEST(the_clock_never_goes_back)
{
	struct log_entry early = { .kind = ENTRY_CLOSE };
	struct errtext err = { 0 };
	int64_t before;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, now + 500, NULL), ERR_OK);
	world_draft(d.act.center, 1, now);
	before = lines_and_letters();
	ck_assert_int_eq(desk_closes(&d, now + 499, &err), ERR_CONFIG);
	ck_assert(strstr(err.text, "clock") != NULL);
	/* letters take the time of the real clock */
	ck_assert_int_eq(desk_approve(&d, &err), ERR_CONFIG);
	ck_assert_int_eq(lines_and_letters(), before);
	ck_assert_int_eq(desk_closes(&d, now + 500, NULL), ERR_OK);
	ck_assert_int_eq(checked(d.act.center).as_of, now + 500);
	/* nor for a line that brings its own time */
	early.time = now + 499;
	ck_assert_int_eq(desk_act(&d, &early, now + 600, NULL), ERR_CONFIG);
	ck_assert_int_eq(checked(d.act.center).as_of, now + 500);
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

/* Whose keys the log's lines are by, only the list knows. */
static void
nobody_logs_in(void)
{
	struct center *center = world_open(&w, true);
	struct person person = { 0 };
	struct secret secret = { 0 };

	world_secret("AP2003", &secret);
	ck_assert_int_eq(
	    people_login(center, "AP2003", &secret, ROLE_ANY, &person, NULL),
	    ERR_CONFIG);
	secret_wipe(&secret);
	center_close(&center);
}

START_TEST(signs_only_in_a_log_of_the_list)
{
	struct center *center;
	int64_t before;
	bool stale;
	struct desk d;

	center = world_open(&w, true);
	world_draft(center, 1, now);
	center_close(&center);
	world_take(&w, now, now, lists[_i].edit);
	before = lines_and_letters();
	if (lists[_i].edit == no_center) {
		nobody_logs_in();
		return;
	}
	desk_open(&d, &w, "AP2003");
	ck_assert_msg(
	    desk_closes(&d, now, NULL) == ERR_CONFIG, "%s", lists[_i].name);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_CONFIG);
	ck_assert_int_eq(act_check(&d.act, &stale, NULL), ERR_CONFIG);
	ck_assert_int_eq(lines_and_letters(), before);
	desk_close(&d);
}
END_TEST

START_TEST(signs_nothing_without_a_list)
{
	int64_t before = lines_and_letters();
	char path[128];
	struct desk d;

	snprintf(path, sizeof(path), "%s/trust.xml", w.home);
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(unlink(path), 0);
	center_close(&d.act.center);
	d.act.center = world_open(&w, true);
	ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_CONFIG);
	ck_assert_int_eq(lines_and_letters(), before);
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
	{ "log_line", "id", "id & 255 = 4" },
	{ "log_head", "size", "size > 4" },
	{ "letter", "sequence", "sequence = 3" },
	{ "draft", "state", "state = 'approved'" },
};

START_TEST(a_failure_leaves_neither_letter_nor_line)
{
	char text[256];
	struct desk_log log;
	int64_t before;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_drafts(d.act.center, 5, now);
	before = lines_and_letters();
	snprintf(text, sizeof(text),
	    "CREATE INDEX fault ON %s"
	    " (abs(-9223372036854775807 - 1 + 0 * %s)) WHERE %s",
	    faults[_i].table, faults[_i].column, faults[_i].where);
	desk_sql(w.home, text);
	ck_assert_int_ne(desk_approve(&d, NULL), ERR_OK);
	ck_assert_int_eq(lines_and_letters(), before);
	ck_assert_uint_eq(checked(d.act.center).size, WORLD_LINES);
	desk_sql(w.home, "DROP INDEX fault");
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	log = checked(d.act.center);
	ck_assert_uint_eq(log.size, 9);
	ck_assert_uint_eq(log.broken, 0);
	desk_close(&d);
}
END_TEST

/* --- people -------------------------------------------------------------- */

static enum err
leave(const char *code, int64_t at, struct errtext *err)
{
	struct act act = { .center = world_open(&w, true), .now = at };
	bool due;
	enum err rc;

	world_login(act.center, "AD0001", &act.actor);
	world_login(act.center, "AP2003", &act.second);
	if ((rc = staff_open(&act, err)) == ERR_OK)
		rc = staff_remove(&act, code, &due, err);
	act_close(&act);
	return rc;
}

START_TEST(who_joins_and_leaves_is_a_line)
{
	struct desk d;

	world_person(&w, "AP2004", ROLE_APPROVER, "AP2003", now);
	ck_assert_int_eq(leave("AP2004", now, NULL), ERR_OK);
	desk_open(&d, &w, "AP2003");
	ck_assert_uint_eq(checked(d.act.center).size, 7);
	ck_assert_uint_eq(checked(d.act.center).broken, 0);
	expect_line(d.act.center, 5,
	    "s1 5 %T staff - AP2004 * %K * * *.* AP2004 AP2003 KEY", now);
	expect_line(d.act.center, 4,
	    "s1 4 %T staff - AP2004 * %K * * *.* AD0001 AP2003 APPROVER", now);
	expect_line(d.act.center, 6,
	    "s1 6 %T staff - AP2004 * %K * - *.* AD0001 AP2003 REMOVED", now);
	desk_close(&d);
}
END_TEST

/* A change of staff that cannot be signed is none. */
static const struct {
	const char *name;
	world_edit *edit;
	int64_t ahead; /* of the log's last line */
} unsigned_changes[] = {
	{ "a retired key", retire, 0 },
	{ "no center", no_center, 0 },
	{ "a clock that went back", NULL, 100 },
};

START_TEST(what_cannot_be_signed_is_not_done)
{
	int64_t before;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(
	    desk_closes(&d, now + unsigned_changes[_i].ahead, NULL), ERR_OK);
	desk_close(&d);
	if (unsigned_changes[_i].edit != NULL)
		world_take(&w, now, now, unsigned_changes[_i].edit);
	before = lines_and_letters();
	if (unsigned_changes[_i].edit != no_center) /* nobody can log in */
		ck_assert_msg(leave("OF1007", now, NULL) == ERR_CONFIG, "%s",
		    unsigned_changes[_i].name);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT max(removed_at) FROM person"), 0);
	ck_assert_int_eq(lines_and_letters(), before);
}
END_TEST

/* Whom the root removes does nothing here from then on; what they did stands,
 * and the others go on. */
static struct trust_removed removed;

static void
remove_by_root(struct trust_list *list)
{
	list->centers[0].removed = &removed;
	list->centers[0].removed_count = 1;
}

static void
no_finding(void *arg, const char *about, const char *text)
{
	(void)arg;
	ck_abort_msg("%s: %s", about, text);
}

static void
check_in_order(void)
{
	struct center *center = world_open(&w, false);
	struct integrity seen = { 0 };

	ck_assert_int_eq(
	    integrity_check(center, no_finding, NULL, NULL, &seen, NULL),
	    ERR_OK);
	center_close(&center);
}

static enum err
logs_in(const char *code)
{
	struct center *center = world_open(&w, true);
	struct person person = { 0 };
	struct secret secret = { 0 };
	enum err rc;

	world_secret(code, &secret);
	rc = people_login(center, code, &secret, ROLE_ANY, &person, NULL);
	secret_wipe(&secret);
	people_clear(&person);
	center_close(&center);
	return rc;
}

START_TEST(whom_the_root_removed)
{
	const char *code = _i == 0 ? "OF1007" : "AP2004";
	struct desk d;

	world_person(&w, "AP2004", ROLE_APPROVER, "AP2003", now);
	desk_open(&d, &w, "AP2004");
	world_draft(d.act.center, 1, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	world_draft(d.act.center, 2, now);
	desk_close(&d);
	now = clock_now();
	while (clock_now() == now) /* the letter stands */
		usleep(10000);
	now = clock_now();
	removed = (struct trust_removed){ .since = now };
	strcpy(removed.code, code);
	world_take(&w, now, now, remove_by_root);
	check_in_order();
	ck_assert_int_eq(logs_in(code), ERR_REFUSED);
	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_close(&d); /* theirs are left out */
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT count(*) FROM letter"), 1 + _i);
	now = clock_now();
	world_person(&w, "OF1008", ROLE_DRAFTER, "AP2003", now);
	ck_assert_int_eq(leave("OF1008", now, NULL), ERR_OK);
	ck_assert_int_eq(
	    desk_number(
		w.home, "SELECT count(*) FROM person WHERE slot IS NOT NULL"),
	    _i == 0 ? 2 : 1);
	check_in_order();
}
END_TEST

/* The guard knows more than this register. */
START_TEST(a_log_set_back_keeps_everything)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	remove_guard(d.act.center);
	desk_close(&d);
	ck_assert_int_eq(leave("OF1007", now, NULL), ERR_CONFIG);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT max(removed_at) FROM person"), 0);
	ck_assert_int_eq(lines_and_letters(), 4100000);
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
	tcase_add_loop_test(t, opens_with_the_founder_and_the_persons, 0, 2);
	tcase_add_test(t, only_the_founder_begins_the_log);
	tcase_add_loop_test(t, begins_only_with_the_persons_of_the_list, 0, 4);
	tcase_add_test(t, letters_follow_their_persons);
	tcase_add_test(t, a_staff_line_names_the_persons_key);
	tcase_add_test(t, a_power_cut_before_the_guard_locks_nothing);
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
	tcase_add_loop_test(people, what_cannot_be_signed_is_not_done, 0,
	    sizeof(unsigned_changes) / sizeof(unsigned_changes[0]));
	tcase_add_loop_test(people, whom_the_root_removed, 0, 2);
	tcase_add_test(people, a_log_set_back_keeps_everything);
	suite_add_tcase(s, people);
	return s;
}

CHECK_MAIN(suite);
