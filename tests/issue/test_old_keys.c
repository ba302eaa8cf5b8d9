/*
 * What the private keys are good for that one person could ever open, with
 * every old copy of the register and every passphrase that this person ever
 * knew, and the center's keys besides, without any program of ours: in no
 * state that the log ever had do two of them make a line that readers take of
 * a letter, of the staff, or of what else needs two persons.
 */
#include "issue/register/log.h"
#include "ledger/history.h"
#include "ledger/letters.h"
#include "trust/credential.h"

#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/keys.h"
#include "tests/support/past.h"

#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define HELD_MAX 32

static struct past past;
static struct center *center; /* as it is now */

/* A key that the person can sign with, as somebody. */
struct held {
	char code[PERSON_CODE_SIZE];
	struct credential *credential;
};

static struct held held[HELD_MAX];
static size_t held_count;

/* --- gathering keys ------------------------------------------------------ */

static bool
is_held(const struct credential *credential)
{
	for (size_t i = 0; i < held_count; i++)
		if (memcmp(credential_public_of(held[i].credential),
			credential_public_of(credential),
			sizeof(struct credential_public)) == 0)
			return true;
	return false;
}

static void
try_secret(const char *code, const uint8_t *sealed, size_t len,
    const struct past_secret *known)
{
	struct credential *credential = NULL;
	struct secret secret = { 0 };

	world_secret(known->of, &secret);
	if (credential_open(code, sealed, len, &secret, &credential, NULL) ==
		ERR_OK &&
	    !is_held(credential)) {
		ck_assert_uint_lt(held_count, HELD_MAX);
		held[held_count].credential = credential;
		strcpy(held[held_count++].code, code);
		credential = NULL;
	}
	credential_free(&credential);
	secret_wipe(&secret);
}

/* who NULL: of everybody. */
static void
open_all(const char *home, const char *who)
{
	char path[160];
	sqlite3_stmt *stmt;
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/register.db", home);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db,
			     "SELECT code, sealed FROM person"
			     " WHERE sealed IS NOT NULL",
			     -1, &stmt, NULL),
	    SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		for (size_t i = 0; i < past_secret_count; i++) {
			const char *code =
			    (const char *)sqlite3_column_text(stmt, 0);
			const struct past_secret *known = &past_secrets[i];

			if (strcmp(known->code, code) == 0 &&
			    (who == NULL || strcmp(known->knows, who) == 0))
				try_secret(code, sqlite3_column_blob(stmt, 1),
				    (size_t)sqlite3_column_bytes(stmt, 1),
				    known);
		}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
gather(const char *who)
{
	char home[128];

	for (size_t i = 0; i < past.stages; i++) {
		past_home(&past, i, home);
		open_all(home, who);
	}
}

static void
drop(void)
{
	while (held_count > 0)
		credential_free(&held[--held_count].credential);
}

/* --- lines --------------------------------------------------------------- */

/* The log up to some line. */
struct state {
	struct history history;
	struct letters *letters;
	struct history_letters calls;
};

static void
sign_as(const struct held *who, const struct bytes *text,
    uint8_t out[ENTRY_SIGNATURE_SIZE])
{
	ck_assert(!text->failed);
	ck_assert_int_eq(
	    credential_sign(who->credential, text->at, text->len, out, NULL),
	    ERR_OK);
}

/* False: such a line has no form. */
static bool
sign_line(const struct held *officer, const struct held *approver,
    struct log_entry *e)
{
	struct bytes text = { 0 }, drafted = { 0 };

	if (entry_person_text(e, &text, NULL) != ERR_OK) {
		bytes_free(&text);
		return false;
	}
	if (approver != NULL)
		sign_as(approver, &text, e->person_signature[1]);
	entry_drafted_text("RRP-ES", "GTGUA01", e->commitment, &drafted);
	sign_as(officer, entry_is_letter(e) ? &drafted : &text,
	    e->person_signature[0]);
	bytes_free(&drafted);
	bytes_free(&text);
	return true;
}

static void
set_person(struct log_entry *e, const char *code, const char *reason)
{
	const struct trust_person made =
	    support_person("GTUSA09", "NOBODY", 'D');

	e->kind = ENTRY_STAFF;
	e->has_digest = true;
	e->has_person_key = true;
	strcpy(e->ref, code);
	strcpy(e->reason, reason);
	memcpy(e->person_key, made.key, sizeof(made.key));
	person_key_digest(made.key, e->digest);
}

static void
set_letter(const struct state *s, struct log_entry *e)
{
	struct letter_number number = { .year = clock_year(e->time),
		.sequence = 1 };

	for (size_t i = 0; i < s->history.year_count; i++)
		if (s->history.year[i].year == number.year)
			number.sequence = s->history.year[i].last + 1;
	strcpy(number.center, "GTGUA01");
	ck_assert(number_format(&number, e->number));
	strcpy(e->reason, "V1");
	e->has_digest = e->has_commitment = true;
}

/* The person's key as it is, to be ended. */
static void
set_removed(const struct state *s, struct log_entry *e)
{
	const struct roster_person *is =
	    roster_find(&s->history.roster, "OF1007");

	set_person(e, "OF1007", "REMOVED");
	e->has_person_key = false;
	memset(e->person_key, 0, sizeof(e->person_key));
	ck_assert_ptr_nonnull(is);
	person_key_digest(
	    s->history.roster.key[roster_view_of(is)->key].point, e->digest);
}

/* What needs two persons, one after the other; false after the last. */
static bool
set_kind(const struct state *s, unsigned which, const struct held *officer,
    struct log_entry *e)
{
	switch (which) {
	case 0:
		e->kind = ENTRY_ISSUE;
		set_letter(s, e);
		return true;
	case 1:
		set_person(e, "XX9999", "DRAFTER");
		return true;
	case 2:
		set_person(e, "XX9999", "APPROVER");
		return true;
	case 3:
		set_removed(s, e);
		return true;
	case 4:
		set_person(e, officer->code, "KEY");
		return true;
	case 5:
		e->kind = ENTRY_RESTORE;
		snprintf(e->ref, sizeof(e->ref), "%llu",
		    (unsigned long long)s->history.next);
		return true;
	default:
		break;
	}
	if (which - 6 >= PAST_PERSONS)
		return false;
	set_person(e, past_person[which - 6], "KEY");
	return true;
}

/* --- readers ------------------------------------------------------------- */

static enum err
keep_nothing(void *ctx, int year, unsigned sequence,
    const struct history_letter *letter, struct errtext *err)
{
	(void)ctx, (void)year, (void)sequence, (void)letter, (void)err;
	return ERR_OK;
}

static bool
is_taken(const struct state *s, const struct log_entry *e)
{
	struct history_letters calls = s->calls;
	struct history after = { .next = 0 };
	struct line_persons persons = { .count = 0 };
	struct bytes text = { 0 };
	unsigned broken = 0;
	bool taken;

	calls.put = keep_nothing;
	history_save(&s->history, &text);
	ck_assert_int_eq(history_load((const char *)text.at, &after), ERR_OK);
	ck_assert_int_eq(history_list(&after, center->listed, NULL), ERR_OK);
	ck_assert_int_eq(
	    history_add(&after, e, &calls, &broken, &persons, NULL), ERR_OK);
	taken = (broken & (RULES_REFUSED | RULE_VOID)) == 0 &&
	    line_verify_persons(e, "RRP-ES", &persons, NULL) == ERR_OK;
	history_clear(&after);
	bytes_free(&text);
	return taken;
}

/* Any two of the keys, or one; the kinds that are taken. */
static unsigned
try_two(const struct state *s, const struct held *officer,
    const struct held *approver)
{
	struct log_entry e = { .index = 0 };
	unsigned taken = 0;

	for (unsigned which = 0;; which++) {
		e = (struct log_entry){ .index = s->history.next,
			.time = s->history.last_time };
		strcpy(e.key_name, center->key_name);
		strcpy(e.officer, officer->code);
		if (approver != NULL)
			strcpy(e.approver, approver->code);
		if (!set_kind(s, which, officer, &e))
			return taken;
		if (sign_line(officer, approver, &e) && is_taken(s, &e))
			taken |= 1u << which;
	}
}

/* After this line. Nothing is taken if they are one person's. */
static unsigned
try_all(const struct state *s, const char *who)
{
	unsigned taken, all = 0;

	for (size_t i = 0; i < held_count; i++)
		for (size_t k = 0; k <= held_count; k++) {
			taken = try_two(
			    s, &held[i], k < held_count ? &held[k] : NULL);
			ck_assert_msg(who == NULL || taken == 0,
			    "%s, as %s and %s, after line %llu: kinds %#x", who,
			    held[i].code, k < held_count ? held[k].code : "-",
			    (unsigned long long)s->history.next - 1, taken);
			all |= taken;
		}
	return all;
}

struct walk {
	struct state state;
	const char *who;
	unsigned taken;
};

static enum err
add_line(void *arg, uint64_t index, const char *line, size_t len,
    struct errtext *err)
{
	struct walk *walk = arg;
	struct line_persons persons;
	struct log_entry entry;
	unsigned broken = 0;

	ck_assert_int_eq(entry_parse(line, len, &entry, err), ERR_OK);
	ck_assert_int_eq(history_add(&walk->state.history, &entry,
			     &walk->state.calls, &broken, &persons, err),
	    ERR_OK);
	ck_assert_uint_eq(broken, 0);
	/* while the founder enters the persons of the list there are no acts */
	if (index >= past.w.persons.person_count)
		walk->taken |= try_all(&walk->state, walk->who);
	return ERR_OK;
}

static unsigned
walk_log(const char *who)
{
	struct walk walk = { .who = who };

	walk.state.letters = letters_new();
	walk.state.calls = letters_of(walk.state.letters);
	strcpy(walk.state.history.center, "GTGUA01");
	ck_assert_int_eq(
	    history_list(&walk.state.history, center->listed, NULL), ERR_OK);
	history_begin(&walk.state.history, 1);
	ck_assert_int_eq(
	    register_log_each(center->reg, 1, 0, add_line, &walk, NULL),
	    ERR_OK);
	history_clear(&walk.state.history);
	letters_free(&walk.state.letters);
	return walk.taken;
}

/* --- tests --------------------------------------------------------------- */

static void
begin(void)
{
	past_live(&past);
	center = world_open(&past.w, false);
}

static void
end(void)
{
	drop();
	center_close(&center);
	past_free(&past);
}

START_TEST(one_person_is_not_two)
{
	gather(past_person[_i]);
	ck_assert_uint_gt(held_count, 0);
	ck_assert_uint_eq(walk_log(past_person[_i]), 0);
	drop();
}
END_TEST

/* The lines above are good ones: with everybody's keys each kind is taken. Of the
 * programs that asks nothing more. */
START_TEST(two_persons_are)
{
	if (EACH > 1)
		return;
	gather(NULL);
	ck_assert_uint_eq(walk_log(NULL), (1u << (6 + PAST_PERSONS)) - 1);
	drop();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("old keys");
	TCase *t = tcase_create("all");

	tcase_add_unchecked_fixture(t, begin, end);
	tcase_set_timeout(t, 600);
	tcase_add_loop_test(t, one_person_is_not_two, 0, PAST_PERSONS);
	tcase_add_test(t, two_persons_are);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
