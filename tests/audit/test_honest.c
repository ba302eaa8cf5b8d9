/*
 * test_honest.c - honest centers are never accused: random histories of what
 * happens to honest people (power cuts, pulled sticks, wrong clocks, restored
 * disks, new years, namesakes, families that go from post to post, people who
 * join, leave, change passphrases and lose them or their computers), of which
 * none may give a proof.
 *
 * HONEST_HISTORIES=1000 tests/audit/test_honest; default 50. A history is
 * made again by its number.
 */
#include "tests/audit/trial.h"

#include "base/file.h"
#include "ledger/gossip.h"
#include "tests/check_main.h"
#include "trust/key.h"

#include <unistd.h>

#define POSTS  4
#define JOINED 32 /* persons beside the three that a center begins with */

struct honest {
	struct trial t;
	uint64_t random;
	struct realm_post *post[POSTS];
	struct report_file {
		struct bytes text;
		char path[16];
	} report[POSTS];
	struct chronicle second; /* a later log; center "" : none */
	struct chronicle *log;   /* the one in use */
	int year;
	unsigned sequence;
	int64_t signed_at; /* of the newest head: never goes back */
	struct joined {
		char code[ENTRY_PERSON_SIZE];
		bool standing; /* as the center knows */
	} joined[JOINED];
	unsigned joined_count;
	bool alive[1000]; /* of this year's letters */
	unsigned copies[1000];
	char story[2048];
};

static uint64_t
roll(struct honest *h, uint64_t sides)
{
	h->random ^= h->random << 13;
	h->random ^= h->random >> 7;
	h->random ^= h->random << 17;
	return h->random % sides;
}

static void
tell(struct honest *h, const char *what)
{
	size_t len = strlen(h->story);

	snprintf(h->story + len, sizeof(h->story) - len, " %s", what);
}

/* --- what happens at a center
 * ------------------------------------------------- */

static void
pass_time(struct honest *h)
{
	static const int64_t spans[] = { 0, 1, 17, 60, 900, 3600, 6 * 3600,
		CLOCK_DAY, 3 * CLOCK_DAY, 40 * CLOCK_DAY };

	h->t.now += spans[roll(h, sizeof(spans) / sizeof(spans[0]))];
}

/* One of those whom the center takes for its drafters. */
static const char *
some_drafter(struct honest *h)
{
	const struct joined *one =
	    h->joined_count == 0 ? NULL : &h->joined[roll(h, h->joined_count)];

	return one != NULL && one->standing && one->code[0] == 'O'
	    ? one->code
	    : CHRONICLE_DRAFTER;
}

static void
issue(struct honest *h)
{
	static const char *const reasons[] = { "V31", "V200", "B12", "V2" };
	struct log_entry e;

	if (clock_year(h->t.now) != h->year) {
		tell(h, "year");
		h->year = clock_year(h->t.now);
		h->sequence = 0;
	}
	if (h->sequence == 999)
		return;
	h->sequence++;
	h->alive[h->sequence] = true;
	h->copies[h->sequence] = 1;
	e = trial_letter(&h->t, h->sequence);
	strcpy(e.reason, reasons[roll(h, 4)]);
	strcpy(e.officer, some_drafter(h));
	chronicle_add(h->log, &e);
}

/* Something with a letter of this year that is alive. */
static void
change(struct honest *h)
{
	unsigned n = h->sequence == 0 ? 0 : 1 + (unsigned)roll(h, h->sequence);

	if (n == 0 || !h->alive[n] || h->sequence >= 998 ||
	    clock_year(h->t.now) != h->year)
		return;
	switch (roll(h, 3)) {
	case 0:
		chronicle_reprint(h->log, h->t.now, h->year, n, ++h->copies[n]);
		break;
	case 1:
		h->alive[n] = false;
		chronicle_correct(h->log, h->t.now, ++h->sequence, h->year, n);
		h->alive[h->sequence] = true;
		h->copies[h->sequence] = 1;
		break;
	case 2:
		h->alive[n] = false;
		chronicle_withdraw(h->log, h->t.now, h->year, n, "WITHDRAWN");
		if (roll(h, 2) == 0)
			chronicle_withdraw(
			    h->log, h->t.now, h->year, n, "FRAUD");
		break;
	}
}

/* The head's own time: never before what was signed already. */
static int64_t
sign_time(struct honest *h)
{
	if (h->t.now > h->signed_at)
		h->signed_at = h->t.now;
	return h->signed_at;
}

static void
publish(struct honest *h, const char *pub)
{
	chronicle_publish(h->log, pub, h->log->size, sign_time(h));
}

/* A clock that ran ahead: heads signed in the future, then set right. */
static void
wrong_clock(struct honest *h)
{
	int64_t right = h->t.now;

	tell(h, "clock");
	h->t.now += 3600 * (int64_t)(1 + roll(h, 48));
	publish(h, "pub");
	h->t.now = right;
}

/* A date is the post's word: whoever has its key says what he likes. */
static void
wrong_date(struct honest *h, struct gossip_shown *seen)
{
	if (roll(h, 3) != 0)
		return;
	tell(h, "date");
	seen->issued_at -= (int64_t)roll(h, 40) * CLOCK_DAY / 2;
}

/* A letter that went with the disk; its number will be given again. */
static void
show_lost(struct honest *h)
{
	struct gossip_shown seen = { .issued_at = h->t.now,
		.day = h->t.now / CLOCK_DAY };

	chronicle_number(
	    h->log, clock_year(h->t.now), h->sequence + 1, seen.number);
	memset(seen.digest, (int)h->log->size, sizeof(seen.digest));
	trial_sign(&h->t, &seen);
	wrong_date(h, &seen);
	gossip_add_shown(&seen, &h->report[0].text);
}

/* The backup and what was published bring all back, or do not. */
static void
restore(struct honest *h)
{
	bool lost = roll(h, 2) == 0;

	tell(h, lost ? "lost" : "restore");
	if (lost && h->sequence < 990) {
		h->t.now++;
		show_lost(h);
	}
	pass_time(h);
	chronicle_restore(h->log, h->t.now, h->log->size, lost);
	h->t.now++;
}

/* --- who works there ------------------------------------------------------ */

static EVP_PKEY *
fresh_key(void)
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_new_p256(&key, NULL), ERR_OK);
	return key;
}

/* A person signs with a new key from now on; it adds no line. */
static void
renew(struct honest *h, const char *code)
{
	EVP_PKEY *key = fresh_key();

	chronicle_set_person(h->log, code, key);
	EVP_PKEY_free(key);
}

static void
join(struct honest *h, struct joined *one)
{
	renew(h, one->code);
	chronicle_join(h->log, h->t.now, one->code,
	    one->code[0] == 'O' ? "DRAFTER" : "APPROVER");
	one->standing = true;
}

/* Somebody new, or who was there before; or one who leaves. */
static void
hire_or_fire(struct honest *h)
{
	struct joined *one;

	if (h->joined_count < JOINED && roll(h, 2) == 0) {
		one = &h->joined[h->joined_count];
		snprintf(one->code, sizeof(one->code), "%s%u",
		    roll(h, 3) == 0 ? "AP30" : "OF30", h->joined_count++);
		join(h, one);
		return;
	}
	if (h->joined_count == 0)
		return;
	one = &h->joined[roll(h, h->joined_count)];
	if (!one->standing) {
		join(h, one);
		return;
	}
	chronicle_staff(h->log, h->t.now, one->code, "REMOVED");
	one->standing = false;
}

/* A new passphrase with a witness; a lost one, by two others. */
static void
new_key(struct honest *h)
{
	static const char *const first[] = { CHRONICLE_ADMIN,
		CHRONICLE_APPROVER, CHRONICLE_DRAFTER };
	const char *who = first[roll(h, 3)];
	bool lost = strcmp(who, CHRONICLE_DRAFTER) == 0 && roll(h, 2) == 0;
	EVP_PKEY *given = fresh_key(), *key = fresh_key();

	tell(h, lost ? "lost key" : "key");
	if (lost) /* and then changed, like any other */
		chronicle_key(h->log, h->t.now, who, given, CHRONICLE_ADMIN,
		    CHRONICLE_APPROVER);
	chronicle_key(h->log, h->t.now, who, key, who,
	    strcmp(who, CHRONICLE_DRAFTER) == 0 ? CHRONICLE_APPROVER
						: CHRONICLE_DRAFTER);
	EVP_PKEY_free(given);
	EVP_PKEY_free(key);
}

/* A stolen computer: the root removes its person, from a time on that may be
 * past by now. The center has not heard, and works on. */
static void
stolen(struct honest *h)
{
	struct realm_center *center = h->t.center;
	struct joined *one;
	size_t i;

	if (h->joined_count == 0 || center->removed_count == REALM_STAFF)
		return;
	one = &h->joined[roll(h, h->joined_count)];
	for (i = 0; i < center->removed_count; i++)
		if (strcmp(center->removed[i].code, one->code) == 0)
			return;
	if (!one->standing)
		return;
	tell(h, "stolen");
	realm_remove(
	    center, one->code, h->t.now - (int64_t)roll(h, 3) * CLOCK_DAY, 0);
}

/* Too few are left: the root hears a new key of the drafter's read aloud. */
static void
root_helps(struct honest *h)
{
	struct realm_center *center = h->t.center;
	struct trust_roster *roster;
	struct log_entry e = { .time = h->t.now,
		.kind = ENTRY_STAFF,
		.ref = CHRONICLE_DRAFTER,
		.officer = CHRONICLE_DRAFTER,
		.reason = "KEY" };
	size_t i;

	if (center->roster_count == REALM_STAFF ||
	    center->roster[center->roster_count - 1].since >= h->t.now)
		return;
	tell(h, "helped");
	h->t.now++;
	roster = realm_roster(center, h->t.now);
	renew(h, CHRONICLE_DRAFTER);
	for (i = 0; i < roster->person_count; i++)
		if (roster->persons[i].role == 'D')
			ck_assert_int_eq(
			    person_key_point(
				chronicle_person(h->log, CHRONICLE_DRAFTER),
				roster->persons[i].key),
			    ERR_OK);
	e.time = ++h->t.now;
	chronicle_add(h->log, &e);
}

/* A stick that was pulled out: new tiles, and the head of before. */
static void
pulled_stick(struct honest *h)
{
	struct bytes note = { 0 };
	uint64_t old = h->log->size;

	tell(h, "stick");
	chronicle_head(h->log, old, sign_time(h), &note);
	issue(h);
	issue(h);
	chronicle_publish(h->log, "stick", h->log->size, sign_time(h));
	chronicle_put_head(h->log, "stick", &note);
	bytes_free(&note);
}

/* --- what happens at posts
 * ------------------------------------------------------
 */

static void
show_letter(struct honest *h)
{
	struct gossip_shown seen = { .elsewhere = roll(h, 5) == 0,
		.mismatch = roll(h, 9) == 0,
		.issued_at = h->t.now,
		.day = h->t.now / CLOCK_DAY };
	struct log_entry e;
	unsigned posts = 1 + (unsigned)roll(h, POSTS), i;

	if (h->log->size == 0 || h->sequence == 0)
		return;
	/* the newest letter, straight from the printer */
	issue(h);
	e = trial_letter(&h->t, h->sequence);
	memcpy(seen.number, e.number, sizeof(seen.number));
	memcpy(seen.digest, e.digest, sizeof(seen.digest));
	if (roll(h, 4) != 0) {
		memcpy(seen.key_name, e.key_name, sizeof(seen.key_name));
		memcpy(seen.signature, e.signature, sizeof(seen.signature));
	}
	wrong_date(h, &seen);
	for (i = 0; i < posts; i++)
		gossip_add_shown(&seen, &h->report[i].text);
}

/* A post cosigns what it has, by a clock that may be off by a day. */
static void
witness(struct honest *h)
{
	struct bytes note = { 0 };
	unsigned i = (unsigned)roll(h, POSTS);
	uint64_t size = h->log->size;

	chronicle_head(h->log, size, sign_time(h), &note);
	realm_cosign(h->post[i], h->log, size,
	    h->t.now + ((int64_t)roll(h, 3) - 1) * CLOCK_DAY, &note);
	gossip_add_head(note.at, note.len, &h->report[i].text);
	bytes_free(&note);
}

/* --- the history
 * ---------------------------------------------------------------- */

/* The persons of the first log sign the second with the keys they have. */
static void
take_keys(struct honest *h)
{
	const struct chronicle *log = h->log;
	size_t i;

	for (i = 0; i < log->person_count; i++)
		chronicle_set_person(
		    &h->second, log->person[i].code, log->person[i].key);
}

static void
next_log(struct honest *h)
{
	struct trial *t = &h->t;
	unsigned i;

	if (h->log != t->log)
		return;
	tell(h, "second log");
	publish(h, "pub");
	chronicle_new(&h->second, "GTGUA01", 2, t->center->key);
	t->center->more = &h->second;
	t->center->closed = true;
	take_keys(h);
	h->log = &h->second;
	chronicle_go_on(h->log, t->now);
	for (i = 0; i < h->joined_count; i++)
		if (h->joined[i].standing)
			chronicle_staff(h->log, t->now, h->joined[i].code,
			    h->joined[i].code[0] == 'O' ? "DRAFTER"
							: "APPROVER");
}

static void
staff(struct honest *h)
{
	switch (roll(h, 8)) {
	case 0:
		stolen(h);
		break;
	case 1:
		root_helps(h);
		break;
	case 2:
	case 3:
	case 4:
		new_key(h);
		break;
	default:
		hire_or_fire(h);
	}
}

static void
step(struct honest *h)
{
	switch (roll(h, 24)) {
	case 0:
	case 1:
		change(h);
		break;
	case 2:
		chronicle_close(h->log, h->t.now);
		break;
	case 3:
		publish(h, "pub");
		publish(h, "pub"); /* after a power cut: again */
		break;
	case 4:
		publish(h, "late"); /* a copy that is not renewed */
		break;
	case 5:
		wrong_clock(h);
		break;
	case 6:
		if (roll(h, 4) == 0)
			restore(h);
		break;
	case 7:
	case 15:
		staff(h);
		break;
	case 8:
		if (roll(h, 4) == 0)
			pulled_stick(h);
		break;
	case 9:
		if (roll(h, 6) == 0)
			next_log(h);
		break;
	case 10:
	case 11:
		show_letter(h);
		break;
	case 12:
		witness(h);
		break;
	case 13:
	case 14:
		pass_time(h);
		break;
	default:
		issue(h);
	}
}

/* Days on which something is different. */
static int64_t
some_start(struct honest *h)
{
	static const char *const days[] = { "2028-02-28T23:50:00Z",
		"2026-12-31T23:30:00Z", "2026-03-02T15:00:00Z",
		"2027-03-28T00:59:00Z", "2028-02-29T12:00:00Z",
		"2026-12-31T05:58:00Z" };
	int64_t at;

	ck_assert(clock_parse(days[roll(h, 6)], &at));
	return at;
}

static void
begin(struct honest *h, uint64_t number)
{
	static const char *const names[POSTS] = { "ES-GTGUA/1", "ES-GTGUA/2",
		"ES-HNTGU/1", "ES-COBOG/1" };
	struct trial *t = &h->t;
	int64_t at;
	int i;

	memset(h, 0, sizeof(*h));
	h->random = number * UINT64_C(0x9e3779b97f4a7c15) + 1;
	at = some_start(h);
	run_folder();
	realm_new(&t->realm, at);
	t->center = realm_add_center(&t->realm, "GTGUA01", "GTM");
	t->log = h->log = &t->center->log;
	t->now = at;
	chronicle_found(t->log, at);
	for (i = 0; i < POSTS; i++) {
		h->post[i] = realm_add_post(&t->realm, names[i]);
		snprintf(h->report[i].path, sizeof(h->report[i].path),
		    "report%d", i);
		gossip_begin(h->post[i]->row.report.name, at + CLOCK_DAY,
		    &h->report[i].text);
	}
	t->options = (struct audit_options){ .root = "root.crt",
		.sources = t->sources,
		.presentations = t->presentations,
		.threads = 1,
		.copies = STATS_COPIES,
		.state = "state" };
}

static void
write_reports(struct honest *h)
{
	struct trial *t = &h->t;
	int i;

	for (i = 0; i < POSTS; i++) {
		struct bytes file = { 0 };

		ck_assert_int_eq(
		    gossip_sign(&h->report[i].text, &h->post[i]->row.report,
			h->post[i]->report, &file, NULL),
		    ERR_OK);
		run_put(h->report[i].path, file.at, file.len);
		bytes_free(&file);
		t->presentations[i] = h->report[i].path;
	}
	t->options.presentation_count = POSTS;
}

/* No proof, nothing that cannot be checked, and no question about persons but
 * of those whom the root removed. */
static bool
is_true(const struct honest *h, const struct finding *f)
{
	if (f->code == FINDING_VOID)
		return strstr(h->story, "stolen") != NULL;
	return finding_table[f->code].severity != SEVERITY_PROOF &&
	    f->code != FINDING_UNCHECKED;
}

static void
judge(struct honest *h, uint64_t number)
{
	static const char *const folders[] = { "pub", "late", "stick" };
	struct trial *t = &h->t;
	size_t i;

	t->options.source_count = 0;
	for (i = 0; i < 3; i++)
		if (file_is_dir(folders[i]))
			t->sources[t->options.source_count++] = folders[i];
	t->options.now = t->now;
	ck_assert_msg(trial_try(t) == ERR_OK, "%s", t->err.text);
	for (i = 0; i < t->audit.findings.count; i++) {
		const struct finding *f = &t->audit.findings.at[i];

		ck_assert_msg(is_true(h, f), "history %llu (%s): %s: %s",
		    (unsigned long long)number, h->story,
		    finding_table[f->code].name, f->text);
	}
	ck_assert_int_eq(audit_keep(&t->audit, NULL), ERR_OK);
}

static void
end(struct honest *h)
{
	int i;

	for (i = 0; i < POSTS; i++)
		bytes_free(&h->report[i].text);
	if (h->log == &h->second)
		chronicle_free(&h->second);
	trial_end(&h->t);
}

/* A month, an audit, another month, the next one. */
static void
live(uint64_t number)
{
	static struct honest h; /* large */
	uint64_t steps, month;

	begin(&h, number);
	for (month = 0; month < 2; month++) {
		for (steps = 10 + roll(&h, 90); steps > 0; steps--)
			step(&h);
		publish(&h, "pub");
		realm_write_root(&h.t.realm, "root.crt");
		realm_write_list(&h.t.realm, "pub");
		write_reports(&h);
		judge(&h, number);
	}
	end(&h);
}

START_TEST(honest_histories_give_no_proof)
{
	const char *text = getenv("HONEST_HISTORIES");
	uint64_t count = text != NULL ? strtoull(text, NULL, 10) : 50, i;

	for (i = 0; i < count; i++)
		live(i);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("honest");
	TCase *t = tcase_create("honest");

	tcase_add_test(t, honest_histories_give_no_proof);
	tcase_set_timeout(t, 600);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
