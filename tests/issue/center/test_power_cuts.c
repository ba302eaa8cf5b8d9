/*
 * A center whose power is cut: at any write, in any state that the disk may
 * then be in (tests/support/power_disk.h). Register, log and guard, letters'
 * files, publication and trust list are on one disk and are cut together.
 *
 * A sitting is recorded once, with what was promised after which change; then
 * it is cut at many places, and what each cut left is held against that. What
 * the last cut left is where the next sitting begins.
 */
#include "issue/center/guard.h"
#include "issue/center/integrity.h"
#include "issue/center/publication.h"
#include "issue/center/release.h"

#include "base/file.h"
#include "log/folder.h"
#include "log/read.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/desk.h"
#include "tests/support/fresh.h"
#include "tests/support/power_files.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GOOD(call)                                                    \
	do {                                                          \
		enum err good_rc = (call);                            \
		ck_assert_msg(good_rc == ERR_OK, "%s: %s: %s", #call, \
		    err_name(good_rc), err.text);                     \
	} while (0)

/* --- what was promised ---------------------------------------------------- */

/* What staff were told, one act after the other. */
struct promise {
	size_t at; /* after so many changes of the disk */
	int64_t letters, drafts, lines;
	uint64_t guarded, published;
	int64_t files; /* letters that have theirs */
	uint64_t list;
};

#define PROMISES_MAX 64
#define LETTERS_MAX  400

static struct promise promised[PROMISES_MAX];
static size_t promises;

/* Letters as they were signed, in order: each is in the register, or was in
 * one that a cut took it from before it was promised. */
static struct truth {
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32];
	struct bytes xml;
} truth[LETTERS_MAX];
static int64_t truths;

static struct vkey log_key; /* of the center's log */
static struct bytes lists[8];
static size_t list_count;

static char beside[128]; /* a file that no cut concerns */

static char *
place(const char *name)
{
	static char path[2][192];
	static unsigned turn;
	char *out = path[++turn % 2];

	snprintf(out, sizeof(path[0]), "%s/%s", w.dir, name);
	return out;
}

static void
promise(struct promise p)
{
	ck_assert_uint_lt(promises, PROMISES_MAX);
	p.at = power_count();
	promised[promises++] = p;
}

/* --- a sitting ------------------------------------------------------------- */

struct sitting {
	struct desk desk;
	struct promise now;
	const char *weaker; /* a PRAGMA: how the store must not be opened */
};

static void
count_rows(struct sitting *s)
{
	s->now.letters = desk_number(w.home, "SELECT count(*) FROM letter");
	s->now.drafts = desk_number(w.home, "SELECT count(*) FROM draft");
	s->now.lines = desk_number(w.home, "SELECT count(*) FROM log_line");
}

static void
sit_down(struct sitting *s)
{
	struct errtext err = { 0 };

	desk_open(&s->desk, &w, "AP2003");
	log_key = s->desk.act.center->log->log;
	if (s->weaker != NULL)
		GOOD(store_exec(
		    register_store(s->desk.act.center->reg), s->weaker, &err));
	count_rows(s);
	promise(s->now);
}

static bool
learn_letter(void *arg, const struct issued *letter)
{
	struct truth *t = &truth[truths];

	(void)arg;
	ck_assert_int_lt(truths, LETTERS_MAX);
	strcpy(t->number, letter->number);
	memcpy(t->digest, letter->digest, sizeof(t->digest));
	bytes_reset(&t->xml);
	bytes_add(&t->xml, letter->xml.at, letter->xml.len);
	truths++;
	return true;
}

/* What the register has now. */
static void
learn_letters(struct center *center)
{
	struct errtext err = { 0 };

	truths = 0;
	GOOD(register_letter_each(center->reg, true, learn_letter, NULL, &err));
}

static void
drafts_made(struct sitting *s, unsigned count)
{
	static unsigned person;

	while (count-- > 0)
		world_draft(s->desk.act.center, ++person, now);
	count_rows(s);
	promise(s->now);
}

static void
letters_signed(struct sitting *s)
{
	struct errtext err = { 0 };

	GOOD(desk_approve(&s->desk, &err));
	count_rows(s);
	s->now.guarded = (uint64_t)s->now.lines;
	promise(s->now);
	learn_letters(s->desk.act.center);
}

/* In place of picture and PDF, which cost a tenth of a second: what they come
 * to is written as they are. */
static void
fill_release(const struct truth *t, struct release *out)
{
	strcpy(out->number, t->number);
	out->copy = 1;
	bytes_add(&out->xml, t->xml.at, t->xml.len);
	bytes_addf(&out->png, "the picture of %s", t->number);
	for (int i = 0; i < 40; i++)
		bytes_addf(&out->pdf, "page %d of %s\n", i, t->number);
}

static void
letters_released(struct sitting *s)
{
	struct errtext err = { 0 };

	for (int64_t i = 0; i < truths; i++) {
		struct release release = { 0 };

		fill_release(&truth[i], &release);
		GOOD(release_write(place("letters"), &release, &err));
		release_clear(&release);
		if (s->now.files <= i) {
			s->now.files = i + 1;
			promise(s->now);
		}
	}
}

static void
told(void *arg, const struct published *published)
{
	*(uint64_t *)arg = published->report.size;
}

static void
log_published(struct sitting *s)
{
	struct errtext err = { 0 };

	GOOD(publication_write(s->desk.act.center, place("pub"), clock_now(),
	    told, &s->now.published, &err));
	promise(s->now);
}

static void
day_closed(struct sitting *s)
{
	struct errtext err = { 0 };

	GOOD(desk_closes(&s->desk, clock_now(), &err));
	count_rows(s);
	s->now.guarded = (uint64_t)s->now.lines;
	promise(s->now);
}

static void
list_taken(struct sitting *s)
{
	struct bytes *xml = &lists[list_count++ % 8];
	struct errtext err = { 0 };
	bool fresh = false;

	bytes_reset(xml);
	world_list(&w, now + (int64_t)w.sequence, NULL, xml);
	GOOD(center_accept_list(
	    s->desk.act.center, xml->at, xml->len, clock_now(), &fresh, &err));
	ck_assert(fresh);
	s->now.list = w.sequence;
	promise(s->now);
}

static void
begin_record(struct sitting *s)
{
	promises = 0;
	power_record();
	promise(s->now);
}

/* A working day in a minute. */
static void
sitting(struct sitting *s, unsigned kind)
{
	sit_down(s);
	if (kind % 2 != 0) /* pages go back into the file all the time */
		store_write_through(
		    register_store(s->desk.act.center->reg), true);
	drafts_made(s, 2);
	letters_signed(s);
	letters_released(s);
	log_published(s);
	drafts_made(s, 1);
	letters_signed(s);
	if (kind % 3 == 0)
		list_taken(s);
	day_closed(s);
	letters_released(s);
	log_published(s);
	desk_close(&s->desk);
	promise(s->now);
}

/* --- what a cut left --------------------------------------------------------- */

/* What had been promised at the cut, and what was about to be. */
struct between {
	struct promise made, next;
};

static struct between
between(size_t at)
{
	size_t i = 0;

	while (i + 1 < promises && promised[i + 1].at <= at)
		i++;
	return (struct between){ promised[i],
		promised[i + 1 < promises ? i + 1 : i] };
}

#define LOOK(holds, says)            \
	do {                         \
		if (!(holds))        \
			return says; \
	} while (0)

/* A register as a whole: what was found in one is found in the same again. */
struct state {
	uint64_t sum;
	int64_t letters, drafts, lines;
	bool whole;
};

#define STATES_MAX 4096

static struct state states[STATES_MAX];
static size_t state_count;

/* FNV-1a by words, for there are many pages. */
static uint64_t
sum_more(uint64_t sum, const uint8_t *at, size_t len)
{
	uint64_t word;

	while (len > 0) {
		size_t n = len < sizeof(word) ? len : sizeof(word);

		word = n;
		memcpy(&word, at, n);
		sum = (sum ^ word) * 0x100000001b3u;
		sum ^= sum >> 32;
		at += n;
		len -= n;
	}
	return sum;
}

static uint64_t
sum_of(const uint8_t *at, size_t len)
{
	return sum_more(0xcbf29ce484222325u, at, len);
}

/* Signatures are not verified again over the same bytes. */
static struct verified {
	uint64_t sum, size; /* what they say: lines, a sequence */
	bool good;
} verified[4096];

static struct verified *
recall(uint64_t sum, bool *known)
{
	struct verified *v = &verified[sum % 4096];

	*known = v->sum == sum;
	if (!*known)
		*v = (struct verified){ .sum = sum };
	return v;
}

static int64_t
ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t value = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return value;
}

static bool
is_whole(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	bool whole = false;

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, NULL) ==
		SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		whole = strcmp((const char *)sqlite3_column_text(stmt, 0),
			    "ok") == 0;
	sqlite3_finalize(stmt);
	return whole;
}

/* Letters are the first of those that were signed. */
static bool
are_true(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	int64_t i = 0;
	bool same = true;

	ck_assert_int_eq(sqlite3_prepare_v2(db,
			     "SELECT number, digest FROM letter ORDER BY id",
			     -1, &stmt, NULL),
	    SQLITE_OK);
	while (same && sqlite3_step(stmt) == SQLITE_ROW) {
		same = i < truths &&
		    strcmp((const char *)sqlite3_column_text(stmt, 0),
			truth[i].number) == 0 &&
		    sqlite3_column_bytes(stmt, 1) == 32 &&
		    memcmp(sqlite3_column_blob(stmt, 1), truth[i].digest, 32) ==
			0;
		i++;
	}
	sqlite3_finalize(stmt);
	return same;
}

static void
examine(sqlite3 *db, struct state *state)
{
	state->whole = is_whole(db);
	if (!state->whole)
		return;
	state->letters = ask(db, "SELECT count(*) FROM letter");
	state->drafts = ask(db, "SELECT count(*) FROM draft");
	state->lines = ask(db, "SELECT count(*) FROM log_line");
	if (!are_true(db) ||
	    ask(db, "SELECT size FROM log_head") != state->lines)
		state->whole = false;
}

/* NULL: SQLite does not open it. new: it is another one than all so far. */
static const struct state *
look_register(bool *new)
{
	const char *path = place("center/register.db");
	struct state found = { .sum = 0 };
	const uint8_t *data;
	sqlite3 *db = NULL;
	size_t len, i = 0;
	bool opened;

	*new = false;
	/* what stands in the log beside it goes into it */
	opened = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) ==
		SQLITE_OK &&
	    ask(db, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
	if (opened) {
		data = power_data(power_find("center/register.db"), &len);
		found.sum = sum_of(data, len);
		while (i < state_count && states[i].sum != found.sum)
			i++;
		*new = i == state_count;
		ck_assert_uint_lt(i, STATES_MAX);
		if (*new) {
			examine(db, &found);
			states[state_count++] = found;
		}
	}
	sqlite3_close(db);
	return opened ? &states[i] : NULL;
}

/* Read by the program's own hand, from a place beside the disk. */
static void
verify_guard(const struct bytes *slots, struct verified *out)
{
	struct checkpoint head = { .size = 0 };
	struct bytes note = { 0 };
	struct note parsed;

	run_put(beside, slots->at, slots->len);
	out->good = guard_read(beside, &note, NULL) == ERR_OK &&
	    checkpoint_open(
		note.at, note.len, &log_key, &head, &parsed, NULL) == ERR_OK;
	out->size = head.size;
	bytes_free(&note);
}

static const char *
look_guard(const struct between *b, int64_t lines)
{
	struct bytes slots = { 0 };
	bool there = power_get(place("center/head.guard"), &slots), known;
	struct verified *v = recall(sum_of(slots.at, slots.len), &known);

	if (!known)
		verify_guard(&slots, v);
	bytes_free(&slots);
	LOOK(there && v->good, "the guard is spoilt");
	LOOK(v->size >= b->made.guarded, "the guard is older than promised");
	LOOK(v->size <= (uint64_t)lines, "the guard is before its register");
	return NULL;
}

static const char *
look_file(
    const char *number, const char *ending, const struct bytes *want, bool must)
{
	struct bytes have = { 0 };
	char name[128];
	bool there, same;

	snprintf(name, sizeof(name), "letters/%s.%s", number, ending);
	there = power_get(place(name), &have);
	same = bytes_equal(&have, want);
	bytes_free(&have);
	LOOK(there || !must, "a letter's file is lost");
	LOOK(!there || same, "half a letter's file");
	return NULL;
}

/* Whole or not there, and there where it was promised. */
static const char *
look_files(const struct between *b)
{
	const char *wrong = NULL;

	for (int64_t i = 0; i < truths && wrong == NULL; i++) {
		const char *number = truth[i].number;
		struct release release = { 0 };
		bool must = i < b->made.files;

		fill_release(&truth[i], &release);
		if ((wrong = look_file(number, "xml", &release.xml, must)) ==
			NULL &&
		    (wrong = look_file(number, "png", &release.png, must)) ==
			NULL)
			wrong = look_file(number, "pdf", &release.pdf, must);
		release_clear(&release);
	}
	return wrong;
}

static enum err
any_line(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	(void)ctx, (void)index, (void)entry, (void)len, (void)leaf, (void)err;
	return ERR_OK;
}

static enum err
fetch(void *ctx, const char *path, size_t max, struct bytes *out,
    struct errtext *err)
{
	char name[256];

	(void)err;
	snprintf(name, sizeof(name), "%s/%s", (char *)ctx, path);
	bytes_reset(out);
	if (!power_get(place(name), out))
		return ERR_NOT_FOUND;
	return out->len <= max ? ERR_OK : ERR_LIMIT;
}

/* As a stranger reads it. */
static void
verify_publication(struct verified *out)
{
	char folder[] = "pub/log/GTGUA01/1";
	const struct log_source source = { fetch, folder };
	const struct log_visitor visitor = { any_line, NULL };
	const struct tree_range none = { 0 };
	struct checkpoint head = { .size = 0 };
	struct tree_range range;
	struct bytes note = { 0 };
	struct note parsed;
	enum err rc =
	    log_read_head(&source, &log_key, &note, &head, &parsed, NULL);
	bool any = rc != ERR_NOT_FOUND;

	if (rc == ERR_OK)
		rc = log_read(&source, &head, &none, NULL, READ_ALL_TILES,
		    &visitor, &range, NULL);
	bytes_free(&note);
	out->good = !any || rc == ERR_OK;
	out->size = head.size;
}

static void
sum_published(void *arg, const char *path, unsigned node)
{
	uint64_t *sum = arg;
	const uint8_t *data;
	size_t len;

	if (strncmp(path, "pub/", 4) != 0 || power_is_folder(node))
		return;
	data = power_data(node, &len);
	/* in whatever order they come */
	*sum +=
	    sum_more(sum_of((const uint8_t *)path, strlen(path)), data, len);
}

static const char *
look_publication(const struct between *b)
{
	struct verified *v;
	uint64_t sum = 1;
	bool known;

	power_each(sum_published, &sum);
	v = recall(sum, &known);
	if (!known)
		verify_publication(v);
	LOOK(v->good, "what is published does not verify");
	LOOK(v->size >= b->made.published,
	    "what is published is older than promised");
	LOOK(v->size <= (uint64_t)b->next.lines,
	    "more is published than there was");
	return NULL;
}

static const char *
look_list(const struct between *b)
{
	struct trust_list *list = NULL;
	struct bytes xml = { 0 };
	bool there = power_get(place("center/trust.xml"), &xml), known;
	struct verified *v = recall(sum_of(xml.at, xml.len), &known);

	if (!known &&
	    trust_read(xml.at, xml.len, w.root, &list, NULL) == ERR_OK)
		*v = (struct verified){ v->sum, list->sequence, true };
	trust_free(&list);
	bytes_free(&xml);
	LOOK(there && v->good, "the trust list is spoilt");
	LOOK(v->size >= b->made.list, "the trust list is older than promised");
	return NULL;
}

static const char *
look_rows(const struct between *b, const struct state *found)
{
	LOOK(found != NULL && found->whole, "the register is spoilt");
	LOOK(found->letters >= b->made.letters, "a letter is lost");
	LOOK(found->lines >= b->made.lines, "a line is lost");
	LOOK(found->drafts >= b->made.drafts, "a draft is lost");
	/* a batch is there or not */
	LOOK(found->letters == b->made.letters ||
		found->letters == b->next.letters,
	    "half a batch");
	LOOK(found->lines <= b->next.lines, "a line that nobody entered");
	return NULL;
}

/* All of it; NULL when what was promised is there. */
static const char *
look(size_t at, bool *new)
{
	const struct between b = between(at);
	const struct state *found;
	const char *wrong = look_files(&b);

	if (wrong == NULL)
		wrong = look_publication(&b);
	if (wrong == NULL)
		wrong = look_list(&b);
	if (wrong == NULL) {
		found = look_register(new);
		wrong = look_rows(&b, found);
		if (wrong == NULL)
			wrong = look_guard(&b, found->lines);
	}
	return wrong;
}

/* --- going on after it -------------------------------------------------------- */

static void
finding(void *arg, const char *about, const char *text)
{
	(void)arg;
	ck_abort_msg("%s: %s", about, text);
}

/* The programs open it: nothing is found, one more letter is signed, and no
 * number is missing or twice. */
static void
go_on(void)
{
	struct integrity seen = { 0 };
	struct errtext err = { 0 };
	struct desk_log log;
	struct desk d;
	int64_t before;

	desk_open(&d, &w, "AP2003");
	GOOD(integrity_check(d.act.center, finding, NULL, NULL, &seen, &err));
	world_draft(d.act.center, 9999, now);
	before = desk_number(w.home, "SELECT count(*) FROM letter");
	GOOD(desk_approve(&d, &err));
	ck_assert_int_gt(
	    desk_number(w.home, "SELECT count(*) FROM letter"), before);
	ck_assert_int_eq(
	    desk_number(w.home,
		"SELECT count(*) FROM letter AS l WHERE sequence <>"
		" (SELECT count(*) FROM letter WHERE year = l.year AND"
		" id <= l.id)"),
	    0);
	desk_check(d.act.center, 1, &log);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.guarded, log.size);
	desk_close(&d);
}

/* --- cutting ------------------------------------------------------------------- */

static uint64_t lots;

static void
begin_power(void)
{
	setup();
	lots = 1;
	state_count = list_count = 0;
	memset(verified, 0, sizeof(verified));
	snprintf(beside, sizeof(beside), "%s.guard", w.dir);
	power_on(w.dir);
}

static void
end_power(void)
{
	power_off();
	for (int64_t i = 0; i < LETTERS_MAX; i++)
		bytes_free(&truth[i].xml);
	for (size_t i = 0; i < 8; i++)
		bytes_free(&lists[i]);
	unlink(beside);
	teardown();
}

static size_t
somewhere(void)
{
	lots = lots * 6364136223846793005u + 1442695040888963407u;
	return (size_t)((lots >> 33) % (power_count() + 1));
}

/* 2,016 cuts in all, and ten times as many with SELLO_TORTURE=1. */
#define RUNS        8
#define SITTINGS    3
#define CUTS        84 /* each */
#define KILLS       12 /* and every one with SELLO_TORTURE=1 */
#define CUTS_KILLED 30 /* each */
#define GOING_ON    2  /* of each: it takes as long as 50 cuts */

static bool
is_torture(void)
{
	return getenv("SELLO_TORTURE") != NULL;
}

static void
cut_sitting(struct sitting *s, uint64_t seed)
{
	unsigned cuts = is_torture() ? 10 * CUTS : CUTS;
	unsigned left = is_torture() ? cuts : GOING_ON;
	struct power_how how = { .seed = 0 };
	const char *wrong;
	size_t at = 0;
	bool new;

	for (unsigned i = 0; i < cuts; i++) {
		how.seed = seed + i;
		at = somewhere();
		power_cut(at, &how);
		new = false;
		wrong = look(at, &new);
		ck_assert_msg(wrong == NULL, "cut at %zu of %zu, seed %llu: %s",
		    at, power_count(), (unsigned long long)how.seed, wrong);
		if (!new || left == 0)
			continue;
		left--;
		power_cut(at, &how);
		power_lay_out();
		go_on();
	}
	/* the next one begins with what the last cut left */
	power_cut(at, &how);
	power_lay_out();
	s->now = between(at).made;
}

START_TEST(nothing_that_was_promised_is_lost)
{
	struct sitting s = { .weaker = NULL };

	lots = (uint64_t)_i;
	for (unsigned i = 0; i < SITTINGS; i++) {
		begin_record(&s);
		sitting(&s, (unsigned)_i + i);
		cut_sitting(&s, (uint64_t)_i * 1000000 + i * 10000);
	}
}
END_TEST

static void
cut_after_kill(struct sitting *s, size_t killed, uint64_t seed)
{
	struct power_how how = { .seed = seed };
	const char *wrong;
	size_t at;
	bool new;

	s->now = between(killed).made;
	while (promises > 1 && promised[promises - 1].at > killed)
		promises--;
	power_kill(killed);
	power_lay_out();
	sitting(s, 0);
	for (; how.seed < seed + CUTS_KILLED; how.seed++) {
		at = killed + somewhere() % (power_count() - killed);
		power_cut(at, &how);
		wrong = look(at, &new);
		ck_assert_msg(wrong == NULL,
		    "killed at %zu, cut at %zu of %zu, seed %llu: %s", killed,
		    at, power_count(), (unsigned long long)how.seed, wrong);
	}
}

/* A program that was ended leaves what it had not flushed, and the next one
 * finds it there: it must not take for done what a cut still takes away. */
START_TEST(a_kill_before_the_cut_loses_nothing)
{
	const struct power_how none = { .seed = 0 };
	struct sitting s = { .weaker = NULL };
	size_t killed, end;

	begin_record(&s);
	sitting(&s, 0);
	killed = (size_t)_i * power_count() / KILLS;
	end = is_torture() ? (size_t)(_i + 1) * power_count() / KILLS
			   : killed + 1;
	cut_after_kill(&s, killed, killed * 1000);
	while (++killed < end) {
		/* back to where it began */
		power_cut(0, &none);
		power_lay_out();
		s.now = (struct promise){ .at = 0 };
		begin_record(&s);
		sitting(&s, 0);
		cut_after_kill(&s, killed, killed * 1000);
	}
}
END_TEST

/* --- a commit that answers with an error ----------------------------------- */

#define UNSURE 16 /* cuts */

/* The first letter's digest; 0 bytes: there is none. */
static void
first_digest(struct bytes *out)
{
	struct registry *reg = NULL;
	struct errtext err = { 0 };

	bytes_reset(out);
	GOOD(register_open(w.home, &reg, &err));
	truths = 0;
	GOOD(register_letter_each(reg, true, learn_letter, NULL, &err));
	register_close(&reg);
	if (truths > 0)
		bytes_add(out, truth[0].digest, sizeof(truth[0].digest));
}

/* It happened or not, and nobody signs again without looking: what stands stays
 * as it is, and each draft has one letter in the end. */
static bool
look_again(void)
{
	struct bytes before = { 0 }, after = { 0 };
	int64_t letters = desk_number(w.home, "SELECT count(*) FROM letter");
	bool happened = letters == 2;

	ck_assert(letters == 0 || letters == 2);
	first_digest(&before);
	go_on();
	first_digest(&after);
	ck_assert(!happened || bytes_equal(&before, &after));
	ck_assert_int_eq(desk_number(w.home, "SELECT count(*) FROM letter"), 3);
	bytes_free(&before);
	bytes_free(&after);
	return happened;
}

/* An approval whose commit the disk does not confirm; where it was then. */
static size_t
fail_at_commit(struct desk *d)
{
	struct errtext err = { 0 };

	desk_open(d, &w, "AP2003");
	world_draft(d->act.center, 1, now);
	world_draft(d->act.center, 2, now);
	power_record();
	power_fail("center/register.db-wal", 1);
	ck_assert_int_eq(desk_approve(d, &err), ERR_IO);
	ck_assert_int_eq(d->act.outcome, ACT_UNKNOWN);
	power_fail(NULL, 0);
	return power_count();
}

START_TEST(a_commit_that_fails_may_have_happened)
{
	struct power_how how = { .seed = 0 };
	unsigned happened = 0;
	struct desk d;
	size_t at = fail_at_commit(&d);

	desk_close(&d);
	for (; how.seed < UNSURE; how.seed++) {
		power_cut(at, &how);
		power_lay_out();
		happened += look_again();
	}
	/* the same answer, and both came of it */
	ck_assert_uint_gt(happened, 0);
	ck_assert_uint_lt(happened, UNSURE);
}
END_TEST

/* Only the program ended: who opens the register finds it done. */
START_TEST(without_a_cut_it_is_found_done)
{
	struct desk d;
	size_t at = fail_at_commit(&d);

	desk_close(&d);
	power_kill(at);
	power_lay_out();
	ck_assert(look_again());
}
END_TEST

/* Who stays and does it again. */
START_TEST(the_same_program_goes_on)
{
	struct errtext err = { 0 };
	struct desk d;

	fail_at_commit(&d);
	GOOD(desk_approve(&d, &err));
	desk_close(&d);
	ck_assert(look_again());
}
END_TEST

/* --- a disk or a store that promises too much -------------------------------- */

/* What the harness finds then; NULL: nothing, for what the row says is enough.
 * Each flush of the programs is needed: without it something is lost. */
static const struct {
	const char *name, *weaker, *unflushed;
	bool through; /* each commit is written back at once */
	const char *found;
} worse[] = {
	{ "NORMAL", "PRAGMA synchronous=NORMAL", NULL, false,
	    "a letter is lost" },
	/* before pages are written back, the log is flushed */
	{ "NORMAL, all written back", "PRAGMA synchronous=NORMAL", NULL, true,
	    NULL },
	{ "OFF", "PRAGMA synchronous=OFF", NULL, false, "a letter is lost" },
	{ "OFF, all written back", "PRAGMA synchronous=OFF", NULL, true,
	    "the register is spoilt" },
	{ "a disk that never flushes", NULL, "*", false, "a letter is lost" },
	{ "the register's log", NULL, "center/register.db-wal", false,
	    "a letter is lost" },
	{ "the register", NULL, "center/register.db", true,
	    "the register is spoilt" },
	{ "names of the home", NULL, "center/", false, "a letter is lost" },
	{ "the guard", NULL, "center/head.guard", false,
	    "the guard is older than promised" },
	{ "the trust list", NULL, "center/.*.tmp", false,
	    "the trust list is spoilt" },
	{ "letters", NULL, "letters/?*", false, "half a letter's file" },
	{ "names of letters", NULL, "letters/", false,
	    "a letter's file is lost" },
	{ "the publication", NULL, "pub/*[!/]", false,
	    "what is published does not verify" },
	{ "names of the publication", NULL, "pub/*/", false,
	    "what is published is older than promised" },
};

START_TEST(what_is_not_flushed_is_lost)
{
	struct power_how how = { .unflushed = worse[_i].unflushed };
	struct sitting s = { .weaker = worse[_i].weaker };
	const char *want = worse[_i].found, *wrong = NULL;
	bool found = false, new;

	begin_record(&s);
	sitting(&s, worse[_i].through ? 3 : 0);
	for (how.seed = 0; how.seed < 100 && !found; how.seed++) {
		size_t at = somewhere();

		power_cut(at, &how);
		wrong = look(at, &new);
		ck_assert_msg(want != NULL || wrong == NULL, "%s: seed %d: %s",
		    worse[_i].name, (int)how.seed, wrong);
		found =
		    want != NULL && wrong != NULL && strcmp(wrong, want) == 0;
	}
	ck_assert_msg(
	    found == (want != NULL), "%s: not found: %s", worse[_i].name, want);
}
END_TEST

static TCase *
group(Suite *s, const char *name)
{
	TCase *tests = tcase_create(name);

	tcase_add_unchecked_fixture(tests, begin, end);
	tcase_add_checked_fixture(tests, begin_power, end_power);
	tcase_set_timeout(tests, 600);
	suite_add_tcase(s, tests);
	return tests;
}

static Suite *
suite(void)
{
	Suite *s = suite_create("power cuts");
	TCase *cuts = group(s, "cuts"), *kills = group(s, "kills");
	TCase *errors = group(s, "errors"), *weaker = group(s, "worse");

	tcase_add_loop_test(
	    cuts, nothing_that_was_promised_is_lost, 0, OF_MANY(RUNS));
	tcase_add_loop_test(
	    kills, a_kill_before_the_cut_loses_nothing, 0, OF_MANY(KILLS));
	tcase_add_test(errors, a_commit_that_fails_may_have_happened);
	tcase_add_test(errors, without_a_cut_it_is_found_done);
	tcase_add_test(errors, the_same_program_goes_on);
	tcase_add_loop_test(weaker, what_is_not_flushed_is_lost, 0,
	    sizeof(worse) / sizeof(worse[0]));
	return s;
}

CHECK_MAIN(suite);
