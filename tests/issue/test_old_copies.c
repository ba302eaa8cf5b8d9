/*
 * What an old copy is good for: every old value of every column, every old row
 * and table, and every old trust list, put back alone and in pairs, in the
 * hands of one person with every passphrase that this person ever knew, who
 * also mends what the register says of itself (sums, guard). Nothing comes of
 * it that readers of the log take and that was not the work of two persons.
 *
 * In the suite each piece is tried by one of the persons, and of the pairs one
 * of each two tables (each second of both where the program refuses); `make
 * torture` tries each piece by every person, and every pair.
 */
#include "tests/issue/old_copies.h"

#include "issue/center/approve.h"
#include "issue/center/guard.h"
#include "issue/center/login.h"
#include "issue/center/rekey.h"
#include "issue/center/staff.h"
#include "issue/register/draft.h"
#include "ledger/letters.h"

#include "base/clock.h"
#include "store/sums.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/desk.h"
#include "tests/support/put_back.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PLAYERS_MAX 24
#define TIMEOUT     36000 /* of all pairs */
#define ALL_ALONE   "a passphrase of the intruder"
/* A program that refuses nothing is asked each second, since it hides nothing; one
 * that refuses each fourth. SELLO_TORTURE=1: all. */
#ifdef OLD_COPIES_UNCHECKED
#define EACH_PIECE (2 * EACH)
#else
#define EACH_PIECE (4 * EACH)
#endif
/* Of the torture's some 87,000 pairs: where nothing is refused a play goes on for
 * twice as long, and all take more than an hour and a half. STEP=1 in the
 * environment tries all. */
#ifdef OLD_COPIES_UNCHECKED
#define EACH_PAIR 4
#else
#define EACH_PAIR 1
#endif

static struct past past;
static struct old_pieces pieces;
static char home[128]; /* where it is tried */

#ifndef OLD_COPIES_UNCHECKED
bool
old_copies_uncheck(void)
{
	return false;
}
#endif

/* --- one person at work -------------------------------------------------- */

/* All codes as which one person is let in. */
struct players {
	struct center *center;
	size_t count, own; /* those from own on borrow the first one's keys */
	struct person person[PLAYERS_MAX];
	struct keyring ring;
	bool has_ring;
};

static void
come_as(struct players *all, const char *code, const struct secret *secret)
{
	struct person *person = &all->person[all->count];

	if (all->count == PLAYERS_MAX)
		return;
	if (people_login(all->center, code, secret, ROLE_ANY, person, NULL) !=
		ERR_OK &&
	    people_login(all->center, code, secret, ROLE_ANY | ROLE_UNCHANGED,
		person, NULL) != ERR_OK)
		return;
	if (person->credential != NULL)
		all->count++;
}

/* who NULL: everybody is here. */
static void
come(struct players *all, const char *who)
{
	for (size_t i = 0; i < past_secret_count; i++) {
		const struct past_secret *known = &past_secrets[i];
		struct secret secret = { 0 };

		if (who != NULL && strcmp(known->knows, who) != 0)
			continue;
		world_secret(known->of, &secret);
		come_as(all, known->code, &secret);
		secret_wipe(&secret);
	}
}

/* A changed program also signs as anybody, with a key that is another's. */
static void
come_masked(struct players *all)
{
	const struct person *self = &all->person[0];

	all->own = all->count;
	for (size_t i = 0; i < PAST_PERSONS && all->own > 0; i++) {
		struct person *mask = &all->person[all->count];

		if (all->count == PLAYERS_MAX ||
		    strcmp(self->code, past_person[i]) == 0 ||
		    people_find(all->center, past_person[i], mask, NULL) !=
			ERR_OK)
			continue;
		mask->credential = self->credential;
		all->count++;
	}
}

static void
open_ring(struct players *all)
{
	for (size_t i = 0; i < all->count && !all->has_ring; i++)
		all->has_ring = rekey_open(all->center, &all->person[i],
				    &all->ring, NULL, NULL) == ERR_OK &&
		    all->ring.sign != NULL;
}

static void
refuse(void *arg, int64_t draft, const char *why)
{
	(void)arg, (void)draft, (void)why;
}

static void
try_draft(struct players *all, const struct person *drafter, unsigned n)
{
	struct registry *reg = all->center->reg;
	struct letter letter;
	int64_t id;

	world_letter(n, clock_now(), &letter);
	snprintf(letter.officer, sizeof(letter.officer), "%s", drafter->code);
	const struct draft_input input = {
		.letter = &letter, .row = "1", .keys = { "", "PERSON" }
	};
	if (register_begin(reg, NULL) == ERR_OK &&
	    register_draft_insert(reg, all->center->info.center, drafter,
		&input, clock_now(), &id, NULL) == ERR_OK)
		register_commit(reg, NULL);
	register_rollback(reg);
}

/* One at a time: a draft that is refused hinders no other. */
static void
approve_one(const struct approval *approval, int64_t id)
{
	struct picks picks = { 0 };

	const struct act *act = approval->act;

	if (approve_add(&picks, act->center, act->actor.code, id, NULL) ==
		ERR_OK &&
	    picks.count > 0) {
		strcpy(picks.at[0].reason, "V1");
		approve_sign(approval, picks.at, 1, NULL);
	}
	approve_clear(&picks);
}

struct waiting {
	int64_t id[64];
	size_t count;
};

static bool
gather(void *arg, int64_t id, bool duplicate, bool again)
{
	struct waiting *waiting = arg;

	(void)duplicate;
	(void)again;
	waiting->id[waiting->count++] = id;
	return waiting->count < sizeof(waiting->id) / sizeof(waiting->id[0]);
}

/* All that wait. */
static void
try_approve(struct players *all, const struct person *approver)
{
	/* borrowed, all of it: the ring goes back */
	struct act act = {
		.center = all->center, .actor = *approver, .ring = all->ring
	};
	const struct approval approval = { &act, PAPER_LETTER, refuse, NULL,
		false };
	struct waiting waiting = { .count = 0 };

	register_draft_waiting(all->center->reg, gather, &waiting, NULL);
	for (size_t i = 0; i < waiting.count; i++)
		approve_one(&approval, waiting.id[i]);
	all->ring = act.ring;
}

static void
try_letters(struct players *all, unsigned n)
{
	for (size_t i = 0; i < all->count; i++)
		try_draft(all, &all->person[i], n + (unsigned)i);
	for (size_t i = 0; i < all->count && all->has_ring; i++)
		try_approve(all, &all->person[i]);
}

static void
try_staff(struct players *all, const struct person *actor,
    const struct person *second, const struct secret *secret)
{
	static const struct {
		const char *code;
		enum role role;
	} newcomer[] = { { "OF9999", ROLE_DRAFTER },
		{ "AP9999", ROLE_APPROVER } };
	struct act act = {
		.center = all->center, .actor = *actor, .now = clock_now()
	};
	struct person made;
	bool due;

	if (second != NULL)
		act.second = *second;
	if (staff_open(&act, NULL) == ERR_OK && act.ring.sign != NULL) {
		for (size_t i = 0; i < 2; i++)
			staff_add(&act, newcomer[i].code, newcomer[i].role,
			    secret, &made, NULL);
		for (size_t i = 0; i < PAST_PERSONS; i++)
			staff_reset(&act, past_person[i], secret, &made, NULL);
		staff_remove(&act, "OF1007", &due, NULL);
	}
	keyring_close(&act.ring);
	if (staff_open_own(&act, NULL) == ERR_OK && act.ring.sign != NULL)
		staff_own(&act, secret, &made, NULL);
	keyring_close(&act.ring);
}

static void
try_all_staff(struct players *all, const struct secret *secret)
{
	for (size_t i = 0; i < all->count; i++)
		for (size_t k = 0; k <= all->count; k++)
			if (k != i)
				try_staff(all, &all->person[i],
				    k < all->count ? &all->person[k] : NULL,
				    secret);
}

/* Whoever has the disk makes sums and guard fit. */
static void
mend_the_rest(struct center *center, bool sums)
{
	struct log_head head = { .last_time = 0 };
	unsigned generation = 0;
	bool found = false;
	char *path = NULL;

	if (sums)
		store_exec(register_store(center->reg), SUMS_BEGIN, NULL);
	if (register_log_newest(center->reg, &generation, NULL) == ERR_OK &&
	    generation > 0 &&
	    register_log_head(center->reg, generation, &head, &found, NULL) ==
		ERR_OK &&
	    found && center_guard_path(center, &path, NULL) == ERR_OK)
		guard_write(path, &head.note, NULL);
	register_log_head_clear(&head);
	free(path);
}

/* Those who came by it draft and approve. */
static void
try_with_newcomers(struct players *all, const struct secret *secret)
{
	struct players more = { .center = all->center,
		.ring = all->ring,
		.has_ring = all->has_ring };

	come_as(&more, "OF9999", secret);
	come_as(&more, "AP9999", secret);
	for (size_t i = 0; i < PAST_PERSONS; i++)
		come_as(&more, past_person[i], secret);
	try_letters(&more, 200);
	for (size_t i = 0; i < all->own && all->has_ring; i++)
		try_approve(all, &all->person[i]);
	for (size_t i = 0; i < more.count; i++)
		people_clear(&more.person[i]);
}

/* What comes of it is in the register when it ends, however it ends. */
static void
play(const char *who, bool sums, bool unchecked)
{
	struct players all = { .count = 0 };
	struct secret secret = { 0 };

	if (center_open(home, true, &all.center, NULL) != ERR_OK)
		return;
	mend_the_rest(all.center, sums);
	world_secret(ALL_ALONE, &secret);
	come(&all, who);
	open_ring(&all);
	all.own = all.count;
	if (unchecked)
		come_masked(&all);
	try_letters(&all, 100);
	try_all_staff(&all, &secret);
	try_with_newcomers(&all, &secret);
	for (size_t i = 0; i < all.own; i++)
		people_clear(&all.person[i]);
	keyring_close(&all.ring);
	secret_wipe(&secret);
	center_close(&all.center);
}

/* In a process of its own: a program without its checks may well die of it. */
static void
play_apart(const char *who, bool sums)
{
	int status;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (freopen("/dev/null", "w", stderr) != NULL &&
		    freopen("/dev/null", "w", stdout) != NULL) {
			play(who, sums, old_copies_uncheck());
		}
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
}

/* --- what readers say ---------------------------------------------------- */

/* What was honest, and the list that readers have. */
static struct center *honest;
static sqlite3 *honest_db;

struct verdict {
	uint64_t taken, refused; /* new lines */
	char alone[1024];        /* the first that one person got through */
};

static sqlite3 *
open_db(const char *folder)
{
	char path[160];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/register.db", folder);
	ck_assert_int_eq(
	    sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	return db;
}

/* Is there a row with this blob or text? who: not of this person. */
static bool
is_known(
    const char *sql, const void *value, size_t len, bool blob, const char *who)
{
	sqlite3_stmt *stmt;
	bool known;

	ck_assert_int_eq(
	    sqlite3_prepare_v2(honest_db, sql, -1, &stmt, NULL), SQLITE_OK);
	if (blob)
		sqlite3_bind_blob(stmt, 1, value, (int)len, NULL);
	else
		sqlite3_bind_text(stmt, 1, value, (int)len, NULL);
	if (who != NULL)
		sqlite3_bind_text(stmt, 2, who, -1, NULL);
	known = sqlite3_step(stmt) == SQLITE_ROW;
	sqlite3_finalize(stmt);
	return known;
}

/* Did another person draft it, in the days when all was well? */
static bool
is_of_two(const struct log_entry *entry, const char *who)
{
	return entry_is_letter(entry) && strcmp(entry->officer, who) != 0 &&
	    is_known("SELECT 1 FROM promise WHERE commitment = ?1"
		     " AND officer <> ?2",
		entry->commitment, sizeof(entry->commitment), true, who);
}

/* Of letters and staff, beyond the beginning, which the list itself vouches
 * for; what one approver may do alone is no letter. */
static bool
matters(const struct log_entry *entry)
{
	return entry_is_letter(entry) ||
	    (entry->kind == ENTRY_STAFF && entry->approver[0] != '\0');
}

static bool
is_good(struct history *history, const struct history_letters *calls,
    const struct log_entry *entry)
{
	const struct trust_center *owner = NULL;
	const struct trust_key *key =
	    trust_find_key(honest->list, entry->key_name, &owner);
	struct line_persons persons = { .count = 0 };
	unsigned broken = 0;

	return key != NULL && line_verify(entry, key->key, NULL) == ERR_OK &&
	    history_add(history, entry, calls, &broken, &persons, NULL) ==
	    ERR_OK &&
	    (broken & (RULES_REFUSED | RULE_VOID)) == 0 &&
	    line_verify_persons(
		entry, honest->root_info.program, &persons, NULL) == ERR_OK;
}

static void
judge_line(const char *line, size_t len, const struct log_entry *entry,
    const char *who, struct verdict *out)
{
	if (is_known("SELECT 1 FROM log_line WHERE line = ?1", line, len, false,
		NULL))
		return;
	out->taken++;
	if (matters(entry) && !is_of_two(entry, who) && out->alone[0] == '\0')
		snprintf(
		    out->alone, sizeof(out->alone), "%.*s", (int)len, line);
}

/*
 * Line after line, as a post or an auditor does who has seen nothing of this
 * log before: a log that is set back is not found by that, and it need not be.
 * After a line that is refused nothing is read.
 */
static void
judge(const char *who, struct verdict *out)
{
	struct history history = { .next = 0 };
	struct letters *letters = letters_new();
	const struct history_letters calls = letters_of(letters);
	sqlite3 *db = open_db(home);
	sqlite3_stmt *stmt;
	bool good = true;

	*out = (struct verdict){ .taken = 0 };
	strcpy(history.center, "GTGUA01");
	ck_assert_int_eq(history_list(&history, honest->listed, NULL), ERR_OK);
	history_begin(&history, 1);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(
		db, "SELECT line FROM log_line ORDER BY id", -1, &stmt, NULL),
	    SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(stmt, 0);
		size_t len = (size_t)sqlite3_column_bytes(stmt, 0);
		struct log_entry entry;

		good = good && line != NULL &&
		    entry_parse(line, len, &entry, NULL) == ERR_OK &&
		    is_good(&history, &calls, &entry);
		if (good)
			judge_line(line, len, &entry, who, out);
		else
			out->refused++;
	}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	history_clear(&history);
	letters_free(&letters);
}

/* --- trying -------------------------------------------------------------- */

static void
try(const char *who, const struct old_piece *a, const struct old_piece *b)
{
	struct verdict verdict;
	bool sums = true;

	past_copy(&past, home);
	if (a != NULL)
		put_back(&past, a, home);
	if (b != NULL)
		put_back(&past, b, home);
	if ((a != NULL && strcmp(a->table, "row_sum") == 0) ||
	    (b != NULL && strcmp(b->table, "row_sum") == 0))
		sums = false;
	play_apart(who, sums);
	judge(who, &verdict);
	ck_assert_msg(verdict.alone[0] == '\0', "%s alone, with %s and %s: %s",
	    who, a != NULL ? a->name : "-", b != NULL ? b->name : "-",
	    verdict.alone);
}

static void
keep_promises(const char *folder)
{
	char sql[512];
	char *why = NULL;

	snprintf(sql, sizeof(sql),
	    "ATTACH '%s/register.db' AS old;"
	    "CREATE TEMP TABLE IF NOT EXISTS promise"
	    " (commitment UNIQUE, officer);"
	    "INSERT OR IGNORE INTO promise SELECT commitment, officer"
	    " FROM old.draft WHERE commitment IS NOT NULL;"
	    "DETACH old",
	    folder);
	ck_assert_msg(
	    sqlite3_exec(honest_db, sql, NULL, NULL, &why) == SQLITE_OK, "%s",
	    why);
}

static void
begin(void)
{
	char old[128];

	past_live(&past);
	put_back_find(&past, &pieces);
	snprintf(home, sizeof(home), "%s/tried", past.w.dir);
	snprintf(old, sizeof(old), "%s/honest", past.w.dir);
	past_copy(&past, old);
	ck_assert_int_eq(center_open(old, false, &honest, NULL), ERR_OK);
	honest_db = open_db(old);
	for (size_t i = 0; i < past.stages; i++) {
		past_home(&past, i, old);
		keep_promises(old);
	}
	keep_promises(past.w.home);
}

static void
end(void)
{
	sqlite3_close(honest_db);
	center_close(&honest);
	put_back_free(&pieces);
	past_free(&past);
}

/* What follows is worth something: these plays succeed where persons are two,
 * and readers take what comes of it. */
START_TEST(everybody_together_gets_it)
{
	struct verdict verdict;

	past_copy(&past, home);
	play_apart(NULL, true);
	judge("", &verdict);
	ck_assert_uint_gt(verdict.taken, 2);
	ck_assert_str_ne(verdict.alone, "");
}
END_TEST

START_TEST(one_person_as_it_is)
{
	try(past_person[_i], NULL, NULL);
}
END_TEST

static bool
is_torture(void)
{
	return getenv("SELLO_TORTURE") != NULL;
}

/* Sums are made to fit in any case, and events say nothing to a program: they
 * are put back as whole tables. */
static bool
is_tried(const struct old_piece *piece)
{
	return piece->kind == PUT_TABLE ||
	    (strcmp(piece->table, "row_sum") != 0 &&
		strcmp(piece->table, "event") != 0);
}

START_TEST(one_person_with_one_old_piece)
{
	for (size_t i = 0; i < pieces.count; i++)
		if (is_torture() ||
		    (is_tried(&pieces.at[i]) &&
			i % PAST_PERSONS == (size_t)_i &&
			i / PAST_PERSONS % EACH_PIECE == 0))
			try(past_person[_i], &pieces.at[i], NULL);
}
END_TEST

/* The n-th piece that is tried of a table, around and around. */
static const struct old_piece *
pick(const char *table, size_t n)
{
	const struct old_piece *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < pieces.count; i++)
		count += is_tried(&pieces.at[i]) &&
		    strcmp(pieces.at[i].table, table) == 0;
	n %= count;
	for (size_t i = 0; i < pieces.count && found == NULL; i++)
		if (is_tried(&pieces.at[i]) &&
		    strcmp(pieces.at[i].table, table) == 0 && n-- == 0)
			found = &pieces.at[i];
	return found;
}

/* Is it the first one of its table? */
static bool
is_first(size_t i)
{
	return pick(pieces.at[i].table, 0) == &pieces.at[i];
}

static void
try_sample(size_t who)
{
	size_t n = 0;

	for (size_t i = 0; i < pieces.count; i++)
		for (size_t k = 0; k <= i && is_first(i); k++)
			if (is_first(k) && ++n % PAST_PERSONS == who &&
			    n / PAST_PERSONS % EACH_PIECE == 0)
				try(past_person[who],
				    pick(pieces.at[i].table, n),
				    pick(pieces.at[k].table, 2 * n + 1));
}

/* In rounds, since Check cannot tell of a test that took 36 minutes. */
#define TORTURE_ROUNDS (16 * PAST_PERSONS)

static size_t
each_pair(void)
{
	const char *step = getenv("STEP");
	unsigned long each = step == NULL ? 0 : strtoul(step, NULL, 10);

	return each > 0 ? each : EACH_PAIR;
}

static void
try_all_pairs(size_t round)
{
	const size_t each = each_pair();
	size_t n = round;

	for (size_t i = 0; i < pieces.count; i++)
		for (size_t k = 0; k < i; k++)
			if (is_tried(&pieces.at[i]) &&
			    is_tried(&pieces.at[k]) &&
			    (i + k) % TORTURE_ROUNDS == round &&
			    ++n % each == 0)
				try(past_person[round % PAST_PERSONS],
				    &pieces.at[i], &pieces.at[k]);
}

START_TEST(one_person_with_two_old_pieces)
{
	if (is_torture())
		try_all_pairs((size_t)_i);
	else
		try_sample((size_t)_i);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("old copies");
	TCase *t = tcase_create("as it is");

	tcase_add_unchecked_fixture(t, begin, end);
	tcase_set_timeout(t, TIMEOUT);
	tcase_add_test(t, everybody_together_gets_it);
	tcase_add_loop_test(t, one_person_as_it_is, 0, PAST_PERSONS);
	suite_add_tcase(s, t);
	t = tcase_create("old pieces");
	tcase_add_unchecked_fixture(t, begin, end);
	tcase_set_timeout(t, TIMEOUT);
	tcase_add_loop_test(t, one_person_with_one_old_piece, 0, PAST_PERSONS);
	tcase_add_loop_test(t, one_person_with_two_old_pieces, 0,
	    is_torture() ? TORTURE_ROUNDS : PAST_PERSONS);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN_APART(suite);
