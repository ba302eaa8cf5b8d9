/* Drafts into letters, and every way in which that must not happen. */
#include "issue/center/approve.h"
#include "issue/center/staff.h"
#include "issue/register/draft.h"

#include "tests/sanitized.h"
#include "tests/support/cut.h"
#include "tests/support/desk.h"

#include "base/clock.h"
#include "letter/xml.h"
#include "tests/check_main.h"
#include "tests/support/fresh.h"
#include "trust/authenticate.h"
#include "trust/key.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- helpers ------------------------------------------------------------- */

struct told {
	int64_t draft;
	unsigned times;
};

static void
refuse(void *arg, int64_t draft, const char *why)
{
	struct told *told = arg;

	ck_assert(why[0] != '\0');
	told->draft = draft;
	told->times++;
}

struct sitting {
	struct act act;
	struct told told;
	struct approval approval;
};

static void
open_sitting(struct sitting *s)
{
	struct errtext err = { 0 };

	*s = (struct sitting){ .act.center = world_open(&w, true) };
	world_login(s->act.center, "AP2003", &s->act.actor);
	ck_assert_int_eq(
	    keyring_open(s->act.center, &s->act.actor, &s->act.ring, &err),
	    ERR_OK);
	s->approval = (struct approval){ .act = &s->act,
		.paper = PAPER_LETTER,
		.refuse = refuse,
		.arg = &s->told };
}

static void
close_sitting(struct sitting *s)
{
	act_close(&s->act);
}

/* Sign all that waits; how it ended. */
static enum err
sign_all(struct sitting *s)
{
	struct picks picks = { 0 };
	enum err rc = approve_add_all(&picks, s->act.center, "AP2003", NULL);
	size_t n;

	for (size_t i = 0; i < picks.count && rc == ERR_OK; i += n) {
		n = picks.count - i;
		n = n < APPROVE_BATCH ? n : APPROVE_BATCH;
		for (size_t k = i; k < i + n; k++)
			strcpy(picks.at[k].reason, "B1");
		rc = approve_sign(&s->approval, &picks.at[i], n, NULL);
	}
	approve_clear(&picks);
	return rc;
}

static void
sql(const char *text)
{
	char path[128];
	sqlite3 *db;
	char *why = NULL;

	snprintf(path, sizeof(path), "%s/register.db", w.home);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, &why) == SQLITE_OK,
	    "%s: %s", text, why);
	sqlite3_close(db);
}

static int64_t
number_from(const char *text)
{
	sqlite3_stmt *stmt;
	char path[128];
	int64_t value;
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/register.db", w.home);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(db, text, -1, &stmt, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return value;
}

/* --- what should be ------------------------------------------------------ */

/* Letters of every year numbered 1, 2, 3 ..., each authentic and whole. */
struct seen {
	const struct trust_list *list;
	unsigned count;
};

static bool
check_one(void *arg, const struct issued *issued)
{
	struct seen *seen = arg;
	struct authentic own;
	struct errtext err = { 0 };
	char want[32];

	ck_assert_msg(authenticate_letter(issued->xml.at, issued->xml.len,
			  seen->list, &own, &err) == ERR_OK,
	    "%s: %s", issued->number, err.text);
	snprintf(want, sizeof(want), "GTGUA01-%04d-%06u-",
	    clock_year(issued->issued_at), ++seen->count);
	ck_assert_int_eq(strncmp(issued->number, want, strlen(want)), 0);
	ck_assert_str_eq(own.letter.number, issued->number);
	ck_assert_str_eq(own.letter.officer, "OF1007");
	ck_assert_str_eq(own.letter.approver, "AP2003");
	ck_assert_mem_eq(own.digest, issued->digest, sizeof(own.digest));
	ck_assert_uint_eq(strlen(own.letter.salt), 16);
	ck_assert_int_eq(issued->copies, 1);
	return true;
}

static unsigned
check_letters(struct center *center)
{
	struct seen seen = { .list = center->list };

	ck_assert_int_eq(
	    register_letter_each(center->reg, true, check_one, &seen, NULL),
	    ERR_OK);
	return seen.count;
}

START_TEST(signs_drafts_without_gaps)
{
	struct sitting s;

	open_sitting(&s);
	world_drafts(s.act.center, 3, now);
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	ck_assert_uint_eq(check_letters(s.act.center), 3);
	/* nothing waits any more */
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	ck_assert_uint_eq(check_letters(s.act.center), 3);
	close_sitting(&s);
}
END_TEST

START_TEST(keeps_each_field_as_drafted)
{
	struct letter drafted;
	struct authentic own;
	struct issued issued = { 0 };
	struct picks picks = { 0 };
	struct sitting s;
	int64_t id;

	open_sitting(&s);
	id = world_draft(s.act.center, 7, now);
	world_letter(7, now, &drafted);
	ck_assert_int_eq(
	    approve_add(&picks, s.act.center, "AP2003", id, NULL), ERR_OK);
	/* named twice, signed once */
	ck_assert_int_eq(
	    approve_add(&picks, s.act.center, "AP2003", id, NULL), ERR_OK);
	ck_assert_uint_eq(picks.count, 1);
	strcpy(picks.at[0].reason, "V42");
	ck_assert_int_eq(
	    approve_sign(&s.approval, picks.at, picks.count, NULL), ERR_OK);
	ck_assert_int_eq(register_letter_load(s.act.center->reg,
			     picks.at[0].number, &issued, NULL),
	    ERR_OK);
	ck_assert_str_eq(issued.reason, "V42");
	ck_assert_int_eq(issued.draft, id);
	ck_assert_int_eq(authenticate_letter(issued.xml.at, issued.xml.len,
			     s.act.center->list, &own, NULL),
	    ERR_OK);
	strcpy(drafted.number, own.letter.number);
	strcpy(drafted.issued_at, own.letter.issued_at);
	strcpy(drafted.approver, "AP2003");
	strcpy(drafted.salt, own.letter.salt);
	struct bytes a = { 0 }, b = { 0 };
	ck_assert_int_eq(xml_write(&drafted, &a), ERR_OK);
	ck_assert_int_eq(xml_write(&own.letter, &b), ERR_OK);
	ck_assert(bytes_equal(&a, &b));
	bytes_free(&a);
	bytes_free(&b);
	register_letter_clear(&issued);
	approve_clear(&picks);
	close_sitting(&s);
}
END_TEST

START_TEST(an_approved_draft_keeps_its_letter)
{
	struct picks picks = { 0 };
	struct sitting s;
	int64_t id;

	open_sitting(&s);
	id = world_draft(s.act.center, 1, now);
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	ck_assert_int_eq(
	    approve_add(&picks, s.act.center, "AP2003", id, NULL), ERR_OK);
	ck_assert_int_ne(picks.at[0].number[0], '\0');
	ck_assert_int_eq(
	    approve_sign(&s.approval, picks.at, picks.count, NULL), ERR_OK);
	ck_assert_uint_eq(check_letters(s.act.center), 1);
	approve_clear(&picks);
	close_sitting(&s);
}
END_TEST

START_TEST(the_founder_loses_the_slot_at_the_first_letter)
{
	struct person founder = { 0 };
	struct keyring ring = { 0 };
	struct sitting s;

	open_sitting(&s);
	world_login(s.act.center, "AD0001", &founder);
	ck_assert_int_eq(
	    keyring_open(s.act.center, &founder, &ring, NULL), ERR_OK);
	keyring_close(&ring);
	world_draft(s.act.center, 1, now);
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	ck_assert_int_eq(
	    keyring_open(s.act.center, &founder, &ring, NULL), ERR_REFUSED);
	people_clear(&founder);
	close_sitting(&s);
}
END_TEST

/* --- what must not be ---------------------------------------------------- */

/* An intruder with SQL, after drafts 1 and 2 were made. */
static const struct {
	const char *name, *sql;
} intruders[] = {
	{ "a name",
	    "UPDATE draft SET letter = replace(letter, 'Batz',"
	    " 'Butz') WHERE id = 2" },
	{ "a field more",
	    "UPDATE draft SET letter = letter ||"
	    " 'sex F' || char(10) WHERE id = 2" },
	{ "nonsense", "UPDATE draft SET letter = 'x' WHERE id = 2" },
	{ "the officer", "UPDATE draft SET officer = 'AP2003' WHERE id = 2" },
	{ "the time", "UPDATE draft SET at = at + 1 WHERE id = 2" },
	{ "the row", "UPDATE draft SET input_row = '3' WHERE id = 2" },
	{ "the warnings", "UPDATE draft SET problems = '[ ]' WHERE id = 2" },
	{ "the signature",
	    "UPDATE draft SET signature = zeroblob(64) WHERE id = 2" },
	{ "no signature", "UPDATE draft SET signature = NULL WHERE id = 2" },
	{ "another draft's fields",
	    "UPDATE draft SET letter = (SELECT letter FROM draft WHERE id ="
	    " 1), signature = (SELECT signature FROM draft WHERE id = 1)"
	    " WHERE id = 2" },
	{ "a copy of a draft",
	    "INSERT INTO draft SELECT 3, state, officer, at, input_row,"
	    " problems, letter, signature, commitment, drafted,"
	    " document_key, name_key, NULL, NULL, NULL FROM draft WHERE id ="
	    " 2" },
	{ "the commitment",
	    "UPDATE draft SET commitment = zeroblob(32) WHERE id = 2" },
	{ "the drafter's word for it",
	    "UPDATE draft SET drafted = (SELECT drafted FROM draft WHERE id ="
	    " 1) WHERE id = 2" },
	{ "no commitment", "UPDATE draft SET commitment = NULL WHERE id = 2" },
	{ "another salt",
	    "UPDATE draft SET letter = substr(letter, 1, length(letter) - 5)"
	    " || 'AAAA' || char(10) WHERE id = 2" },
	{ "the drafter's key",
	    "UPDATE person SET sign_key = zeroblob(33) WHERE code ="
	    " 'OF1007'" },
	{ "the drafter's role",
	    "UPDATE person SET role = 'approver' WHERE code = 'OF1007'" },
	{ "no drafter", "DELETE FROM person WHERE code = 'OF1007'" },
};

START_TEST(one_changed_draft_stops_all)
{
	struct sitting s;
	int64_t events;

	open_sitting(&s);
	world_draft(s.act.center, 1, now);
	world_draft(s.act.center, 2, now);
	events = number_from("SELECT count(*) FROM event");
	sql(intruders[_i].sql);
	ck_assert_msg(sign_all(&s) == ERR_REFUSED, "%s", intruders[_i].name);
	ck_assert_uint_eq(check_letters(s.act.center), 0);
	ck_assert_int_eq(number_from("SELECT count(*) FROM event"), events + 1);
	close_sitting(&s);
}
END_TEST

START_TEST(a_change_after_the_look_is_seen)
{
	struct picks picks = { 0 };
	struct sitting s;

	open_sitting(&s);
	world_draft(s.act.center, 1, now);
	ck_assert_int_eq(
	    approve_add_all(&picks, s.act.center, "AP2003", NULL), ERR_OK);
	sql("UPDATE draft SET letter = replace(letter, 'Batz', 'Butz')");
	ck_assert_int_eq(
	    approve_sign(&s.approval, picks.at, 1, NULL), ERR_REFUSED);
	ck_assert_str_eq(picks.at[0].number, "");
	ck_assert_uint_eq(check_letters(s.act.center), 0);
	approve_clear(&picks);
	close_sitting(&s);
}
END_TEST

/* Signatures that are checked while what follows is signed. */
enum wrong { WRONG_DRAFTER, WRONG_APPROVER, WRONG_CENTER, WRONG_COUNT };

static void
spoil(struct sitting *s, struct person *other, enum wrong wrong)
{
	struct credential *mine;

	switch (wrong) {
	case WRONG_DRAFTER:
		sql("UPDATE draft SET drafted = (SELECT drafted FROM draft"
		    " WHERE id = 2) WHERE id = 1");
		break;
	case WRONG_APPROVER:
		world_login(s->act.center, "OF1007", other);
		mine = s->act.actor.credential;
		s->act.actor.credential = other->credential;
		other->credential = mine;
		break;
	case WRONG_CENTER:
		EVP_PKEY_free(s->act.ring.sign);
		ck_assert_int_eq(key_new_p256(&s->act.ring.sign, NULL), ERR_OK);
		break;
	case WRONG_COUNT:
		break;
	}
}

/* The first of two letters, alone and not: nothing of them is there. */
START_TEST(no_wrong_signature_is_committed)
{
	struct person other = { 0 };
	struct picks picks = { 0 };
	struct errtext err = { 0 };
	struct sitting s;
	int64_t lines;

	open_sitting(&s);
	world_draft(s.act.center, 1, now);
	world_draft(s.act.center, 2, now);
	lines = number_from("SELECT count(*) FROM log_line");
	ck_assert_int_eq(
	    approve_add_all(&picks, s.act.center, "AP2003", NULL), ERR_OK);
	strcpy(picks.at[0].reason, "B1");
	strcpy(picks.at[1].reason, "B1");
	spoil(&s, &other, (enum wrong)_i);
	for (size_t count = 1; count <= 2; count++) {
		ck_assert_int_ne(
		    approve_sign(&s.approval, picks.at, count, &err), ERR_OK);
		ck_assert(strstr(err.text, "verify") != NULL ||
		    strstr(err.text, "good signatures") != NULL);
		ck_assert_str_eq(picks.at[0].number, "");
	}
	ck_assert_uint_eq(check_letters(s.act.center), 0);
	ck_assert_int_eq(number_from("SELECT count(*) FROM log_line"), lines);
	approve_clear(&picks);
	people_clear(&other);
	close_sitting(&s);
}
END_TEST

START_TEST(a_draft_signs_once_even_when_set_back)
{
	struct sitting s;

	open_sitting(&s);
	world_draft(s.act.center, 1, now);
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	sql("UPDATE draft SET state = 'pending'");
	sign_all(&s);
	ck_assert_uint_eq(check_letters(s.act.center), 1);
	close_sitting(&s);
}
END_TEST

START_TEST(a_discarded_draft_is_refused_even_when_set_back)
{
	struct picks picks = { 0 };
	struct sitting s;
	int64_t id;

	open_sitting(&s);
	id = world_draft(s.act.center, 1, now);
	ck_assert_int_eq(register_begin(s.act.center->reg, NULL), ERR_OK);
	ck_assert_int_eq(register_draft_discard(s.act.center->reg, id, "OF1007",
			     "twice", now, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(s.act.center->reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    approve_add(&picks, s.act.center, "AP2003", id, NULL), ERR_REFUSED);
	sql("UPDATE draft SET state = 'pending'");
	ck_assert_int_eq(
	    approve_add(&picks, s.act.center, "AP2003", id, NULL), ERR_REFUSED);
	ck_assert_int_eq(approve_add(&picks, s.act.center, "AP2003", 99, NULL),
	    ERR_NOT_FOUND);
	approve_clear(&picks);
	close_sitting(&s);
}
END_TEST

START_TEST(who_drafted_does_not_approve)
{
	struct picks picks = { 0 };
	struct sitting s;
	int64_t id;

	open_sitting(&s);
	id = world_draft(s.act.center, 1, now);
	ck_assert_int_eq(
	    approve_add(&picks, s.act.center, "OF1007", id, NULL), ERR_REFUSED);
	close_sitting(&s);
}
END_TEST

START_TEST(drafts_of_a_removed_drafter_are_refused)
{
	struct picks picks = { 0 };
	struct sitting s;
	bool due;

	open_sitting(&s);
	world_draft(s.act.center, 1, now);
	struct act act = {
		.center = s.act.center, .second = s.act.actor, .now = now
	};
	world_login(s.act.center, "AD0001", &act.actor);
	ck_assert_int_eq(staff_open(&act, NULL), ERR_OK);
	ck_assert_int_eq(staff_remove(&act, "OF1007", &due, NULL), ERR_OK);
	keyring_close(&act.ring);
	people_clear(&act.actor);
	ck_assert_int_eq(
	    approve_add(&picks, s.act.center, "AP2003", 1, NULL), ERR_REFUSED);
	/* they keep back no other's */
	ck_assert_int_eq(
	    approve_add_all(&picks, s.act.center, "AP2003", NULL), ERR_OK);
	ck_assert_uint_eq(picks.count, 0);
	ck_assert_uint_eq(picks.orphaned.count, 1);
	ck_assert_int_eq(picks.orphaned.id[0], 1);
	approve_clear(&picks);
	/* but for what nobody drafted so */
	sql("UPDATE draft SET letter = replace(letter, 'surnames ',"
	    " 'surnames X')");
	ck_assert_int_eq(sign_all(&s), ERR_REFUSED);
	ck_assert_uint_eq(check_letters(s.act.center), 0);
	close_sitting(&s);
}
END_TEST

START_TEST(an_expired_draft_takes_no_number)
{
	struct letter letter;
	struct person drafter = { 0 };
	struct sitting s;
	int64_t id = 0;

	open_sitting(&s);
	world_letter(1, now, &letter);
	strcpy(letter.valid_from, "2020-01-01");
	strcpy(letter.valid_until, "2020-02-01");
	const struct draft_input input = {
		.letter = &letter, .row = "", .keys = { "", "X" }
	};
	world_login(s.act.center, "OF1007", &drafter);
	ck_assert_int_eq(register_begin(s.act.center->reg, NULL), ERR_OK);
	ck_assert_int_eq(register_draft_insert(s.act.center->reg, "GTGUA01",
			     &drafter, &input, now, &id, NULL),
	    ERR_OK);
	ck_assert_int_eq(register_commit(s.act.center->reg, NULL), ERR_OK);
	people_clear(&drafter);
	world_draft(s.act.center, 2, now);
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	ck_assert_uint_eq(s.told.times, 1);
	ck_assert_int_eq(s.told.draft, id);
	ck_assert_uint_eq(check_letters(s.act.center), 1);
	close_sitting(&s);
}
END_TEST

/* --- signing refused by the center's state ------------------------------- */

static void
retire(struct trust_list *list)
{
	list->centers[0].keys[0].status = KEY_RETIRED;
	list->centers[0].keys[0].since = list->issued_at;
}

static void
revoke_key(struct trust_list *list)
{
	list->centers[0].keys[0].status = KEY_REVOKED;
	list->centers[0].keys[0].since = TRUST_WHOLE_LIFE;
}

static void
drop(struct trust_list *list)
{
	list->centers[0].key_count = 0;
}

static const struct {
	const char *name;
	world_edit *edit;
	enum err want;
} states[] = {
	{ "active", NULL, ERR_OK },
	{ "retired", retire, ERR_CONFIG },
	{ "revoked", revoke_key, ERR_CONFIG },
	{ "not in the list", drop, ERR_CONFIG },
};

START_TEST(signs_only_with_an_active_key)
{
	struct sitting s;

	world_take(&w, now, now, states[_i].edit);
	open_sitting(&s);
	world_draft(s.act.center, 1, now);
	ck_assert_msg(sign_all(&s) == states[_i].want, "%s", states[_i].name);
	ck_assert_uint_eq(
	    check_letters(s.act.center), states[_i].want == ERR_OK ? 1 : 0);
	close_sitting(&s);
}
END_TEST

#define DAY CLOCK_DAY

/* The list is of `now` and ends after 30 days; the certificate is from a day
 * before for 730 days. */
static const struct {
	const char *name;
	int64_t at;
	bool two, typed, any;
	enum err want;
	bool stale;
} clocks[] = {
	{ "now", 0, false, false, false, ERR_OK, false },
	{ "3 days", 3 * DAY, false, false, false, ERR_OK, false },
	{ "a second more", 3 * DAY + 1, false, false, false, ERR_CONFIG,
	    false },
	{ "... by two persons", 3 * DAY + 1, true, false, false, ERR_CONFIG,
	    false },
	{ "... with the date typed", 3 * DAY + 1, false, true, false, ERR_OK,
	    false },
	{ "7 days of silence", 7 * DAY, false, true, false, ERR_OK, false },
	{ "a second more", 7 * DAY + 1, false, true, false, ERR_CONFIG, false },
	{ "... with two persons", 7 * DAY + 1, true, true, false, ERR_OK,
	    true },
	{ "... and no date", 7 * DAY + 1, true, false, false, ERR_CONFIG,
	    true },
	{ "the list ends", 30 * DAY, true, true, false, ERR_OK, true },
	{ "list past its end", 31 * DAY, true, true, false, ERR_OK, true },
	/* the log has begun then */
	{ "a second before the last line", -1, false, false, false, ERR_CONFIG,
	    false },
	{ "before the certificate", -2 * DAY, true, true, false, ERR_CONFIG,
	    false },
	/* whose end is a matter of letters alone */
	{ "after the certificate", 731 * DAY, true, true, false, ERR_OK, true },
	/* a withdrawal */
	{ "any clock: before the certificate", -400 * DAY, false, false, true,
	    ERR_OK, false },
	{ "any clock: after it", 1000 * DAY, false, false, true, ERR_OK, true },
};

START_TEST(asks_the_clock)
{
	const int64_t at = now + clocks[_i].at;
	const struct center_signing signing = { .now = at,
		.two_persons = clocks[_i].two,
		.confirmed = clocks[_i].typed ? at : 0,
		.any_clock = clocks[_i].any };
	struct center *center = world_open(&w, false);
	bool stale = false;
	enum err rc = center_may_sign(center, &signing, &stale, NULL);

	ck_assert_msg(
	    rc == clocks[_i].want, "%s: %s", clocks[_i].name, err_name(rc));
	if (rc == ERR_OK)
		ck_assert_int_eq(stale, clocks[_i].stale);
	center_close(&center);
}
END_TEST

START_TEST(no_letter_after_the_certificate)
{
	struct center *center = world_open(&w, false);
	struct errtext err = { 0 };
	int64_t end = center->own->not_after;

	ck_assert_int_eq(center_may_issue(center, now, &err), ERR_OK);
	ck_assert_int_eq(center_may_issue(center, end - 1, &err), ERR_OK);
	ck_assert_int_eq(center_may_issue(center, end, &err), ERR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, center->key_name));
	center_close(&center);
}
END_TEST

/* Letters signed a day apart lead up to the list's end, but not past it. */
START_TEST(past_the_end_of_the_list_two_persons_sign)
{
	struct center_signing signing = { .now = now + 30 * DAY };
	struct center *center = world_open(&w, true);
	struct log_head head = { .last_time = 0 };
	bool stale, found;

	head.last_time = now + 29 * DAY;
	ck_assert_int_eq(register_begin(center->reg, NULL), ERR_OK);
	ck_assert_int_eq(
	    register_log_set_head(center->reg, 1, &head, NULL), ERR_OK);
	ck_assert_int_eq(
	    register_log_head(center->reg, 1, &head, &found, NULL), ERR_OK);
	ck_assert_int_eq(
	    center_may_sign(center, &signing, &stale, NULL), ERR_OK);
	signing.now++;
	ck_assert_int_eq(
	    center_may_sign(center, &signing, &stale, NULL), ERR_CONFIG);
	signing.two_persons = true;
	ck_assert_int_eq(
	    center_may_sign(center, &signing, &stale, NULL), ERR_OK);
	register_log_head_clear(&head);
	center_close(&center);
}
END_TEST

START_TEST(never_before_the_last_letter)
{
	struct sitting s;
	bool stale;

	open_sitting(&s);
	world_draft(s.act.center, 1, now);
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	/* dated by the computer's clock, however late that is by now */
	struct center_signing signing = {
		.now = number_from("SELECT max(last_time) FROM log_head") - 1
	};
	ck_assert_int_eq(
	    center_may_sign(s.act.center, &signing, &stale, NULL), ERR_CONFIG);
	signing.now++;
	ck_assert_int_eq(
	    center_may_sign(s.act.center, &signing, &stale, NULL), ERR_OK);
	close_sitting(&s);
}
END_TEST

/* --- power cuts ---------------------------------------------------------- */

#define CRASH_DRAFTS 600

static void
approve_until_cut(void)
{
	struct sitting s;

	open_sitting(&s);
	sign_all(&s);
}

START_TEST(a_kill_leaves_whole_letters_and_no_gap)
{
	struct desk_log log;
	struct sitting s;
	unsigned before = 0;

	open_sitting(&s);
	world_drafts(s.act.center, CRASH_DRAFTS, now);
	close_sitting(&s);
	/* each time a little further: before the first commit, between a
	 * commit and its guard, batches later */
	for (unsigned round = 1; round <= (EACH > 1 ? 4 : 12); round++) {
		bool cut = cut_at(round, approve_until_cut);

		ck_assert(cut || round > 2);
		struct center *center = world_open(&w, true);
		unsigned count = check_letters(center);
		ck_assert_uint_ge(count, before);
		before = count;
		ck_assert_int_eq(
		    number_from("SELECT count(*) FROM letter"), count);
		ck_assert_int_eq(number_from("SELECT count(*) FROM draft"
					     " WHERE state = 'approved'"),
		    count);
		/* the log has these letters and no others, and its guard is
		 * at most the batch behind that was just committed */
		desk_check(center, 1, &log);
		ck_assert_uint_eq(log.kinds[ENTRY_ISSUE], count);
		ck_assert_uint_eq(log.broken, 0);
		ck_assert_uint_le(log.size, log.guarded + APPROVE_BATCH + 4);
		center_close(&center);
	}
	open_sitting(&s);
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	ck_assert_uint_eq(check_letters(s.act.center), CRASH_DRAFTS);
	desk_check(s.act.center, 1, &log);
	ck_assert_uint_eq(log.size, CRASH_DRAFTS + 4);
	ck_assert_uint_eq(log.guarded, log.size);
	close_sitting(&s);
}
END_TEST

/* A disk that is full in the middle of a transaction: files may not grow. */
START_TEST(a_full_disk_leaves_nothing_half)
{
	struct desk_log log;
	struct rlimit limit, before;
	struct sitting s;

	open_sitting(&s);
	world_drafts(s.act.center, 30, now);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	/* the log starts anew, so each round lets it grow a little further */
	for (rlim_t room = 0; room < 200000; room += 12000) {
		register_purge(s.act.center->reg);
		limit.rlim_cur = room;
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
		enum err rc = sign_all(&s);
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
		unsigned count = check_letters(s.act.center);
		ck_assert_msg(count == (rc == ERR_OK ? 30 : 0),
		    "%u letters after %s", count, err_name(rc));
		desk_check(s.act.center, 1, &log);
		if (room == 0)
			ck_assert_int_ne(rc, ERR_OK);
		if (rc == ERR_OK)
			break;
	}
	ck_assert_int_eq(sign_all(&s), ERR_OK);
	ck_assert_uint_eq(check_letters(s.act.center), 30);
	close_sitting(&s);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("approve");
	TCase *good = tcase_create("letters");
	TCase *bad = tcase_create("refusals");
	TCase *crash = tcase_create("crash");

	tcase_add_unchecked_fixture(good, begin, end);
	tcase_add_checked_fixture(good, setup, teardown);
	tcase_set_timeout(good, 60);
	tcase_add_test(good, signs_drafts_without_gaps);
	tcase_add_test(good, keeps_each_field_as_drafted);
	tcase_add_test(good, an_approved_draft_keeps_its_letter);
	tcase_add_test(good, the_founder_loses_the_slot_at_the_first_letter);
	suite_add_tcase(s, good);
	tcase_add_unchecked_fixture(bad, begin, end);
	tcase_add_checked_fixture(bad, setup, teardown);
	tcase_set_timeout(bad, 60);
	tcase_add_loop_test(bad, one_changed_draft_stops_all, 0,
	    sizeof(intruders) / sizeof(intruders[0]));
	tcase_add_test(bad, a_change_after_the_look_is_seen);
	tcase_add_loop_test(
	    bad, no_wrong_signature_is_committed, 0, WRONG_COUNT);
	tcase_add_test(bad, a_draft_signs_once_even_when_set_back);
	tcase_add_test(bad, a_discarded_draft_is_refused_even_when_set_back);
	tcase_add_test(bad, who_drafted_does_not_approve);
	tcase_add_test(bad, drafts_of_a_removed_drafter_are_refused);
	tcase_add_test(bad, an_expired_draft_takes_no_number);
	tcase_add_loop_test(bad, signs_only_with_an_active_key, 0,
	    sizeof(states) / sizeof(states[0]));
	tcase_add_loop_test(
	    bad, asks_the_clock, 0, sizeof(clocks) / sizeof(clocks[0]));
	tcase_add_test(bad, no_letter_after_the_certificate);
	tcase_add_test(bad, past_the_end_of_the_list_two_persons_sign);
	tcase_add_test(bad, never_before_the_last_letter);
	suite_add_tcase(s, bad);
	tcase_add_unchecked_fixture(crash, begin, end);
	tcase_add_checked_fixture(crash, setup, teardown);
	tcase_set_timeout(crash, 120);
	tcase_add_test(crash, a_kill_leaves_whole_letters_and_no_gap);
	tcase_add_test(crash, a_full_disk_leaves_nothing_half);
	suite_add_tcase(s, crash);
	return s;
}

CHECK_MAIN(suite);
