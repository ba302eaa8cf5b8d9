/*
 * Tests of verify/verdict.h. Oracle: the reasons of docs/verdicts.md written
 * down again as text, and a small model of precedence over them, tried
 * against every condition, every pair and every triple of conditions.
 */
#include "verify/verdict.h"

#include "base/clock.h"
#include "base/file.h"
#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

/* The contract, in its order; the first letter gives the verdict. */
static const char *const order[] = { "F-SIGNATURE", "F-REVOKED", "F-KEY",
	"F-UNLOGGED", "F-MISMATCH", "U-UNREADABLE", "U-FOREIGN", "U-GARBLED",
	"U-PROFILE", "U-VERSION", "U-ISSUER", "U-REVOKED", "U-LOG-GAP",
	"U-LIST-STALE", "U-CLOCK", "U-SELFTEST", "U-SIZE", "U-INPUT",
	"U-REGISTER", "R-NOTYET", "R-EXPIRED", "R-SUPERSEDED", "R-WITHDRAWN",
	"R-PRESENTED", "R-CONSULATE", "R-MINOR", "R-DECLARED", "R-MIXED",
	"R-KEY-REVOKED", "R-KEY-RETIRED", "R-CLOCK", "R-LIST-AGEING",
	"R-LOG-PENDING", "R-LOG-CONFLICT", "T-TRAINING" };
#define ORDER_COUNT (sizeof(order) / sizeof(order[0]))

/* 2026-12-01T12:00:00Z; the letter is of 2026-11-23T18:00:00Z. */
#define NOW    1796126400
#define ISSUED 1795456800

/* Everything a judgement points to. */
struct scene {
	struct judgement j;
	struct authentic a;
	struct trust_list list;
	struct trust_key key;
	struct trust_center center;
};

static void
put(char *to, size_t size, const char *text)
{
	snprintf(to, size, "%s", text);
}
#define PUT(field, text) put(field, sizeof(field), text)

/* A letter that is valid in every respect. */
static void
set_scene(struct scene *s)
{
	struct letter *l = &s->a.letter;

	memset(s, 0, sizeof(*s));
	PUT(l->number, "GTGUA01-2026-000002-J");
	PUT(l->program, "RRP-ES");
	PUT(l->issued_at, "2026-11-23T18:00:00Z");
	PUT(l->valid_from, "2026-11-24");
	PUT(l->valid_until, "2027-05-24");
	PUT(l->consulate, "ES-GTGUA");
	PUT(l->birth_date, "1990");
	PUT(l->identity_basis, "DOC");
	PUT(s->center.code, "GTGUA01");
	PUT(s->list.program, "RRP-ES");
	s->list.issued_at = NOW - 2 * CLOCK_DAY;
	s->list.next_update = NOW + 5 * CLOCK_DAY;
	s->list.not_after = NOW + 28 * CLOCK_DAY;
	s->key.not_before = ISSUED - 100 * CLOCK_DAY;
	s->key.not_after = ISSUED + 600 * CLOCK_DAY;
	s->a.key = &s->key;
	s->a.center = &s->center;
	s->j.letter = &s->a;
	s->j.list = &s->list;
	s->j.now = NOW;
	s->j.newest_seen = s->list.issued_at;
	PUT(s->j.consulate, "ES-GTGUA");
	s->j.log.size = 1;
	s->j.log.as_of = NOW;
	s->j.log.state = LOG_INCLUDED;
	s->j.log.last_line = NOW;
}

/* Which conditions cannot hold together, or matter only with a letter. */
enum slot { INPUT, LIST, POST, KEY, ENTRY, AGE, STATE, DATES, FREE };

static void
no_code(struct scene *s)
{
	s->j.input = ERR_UNREADABLE;
}
static void
foreign(struct scene *s)
{
	s->j.input = ERR_FOREIGN;
}
static void
garbled(struct scene *s)
{
	s->j.input = ERR_GARBLED;
}
static void
profile(struct scene *s)
{
	s->j.input = ERR_PROFILE;
}
static void
version(struct scene *s)
{
	s->j.input = ERR_VERSION;
}
static void
issuer(struct scene *s)
{
	s->j.input = ERR_ISSUER;
}
static void
no_list(struct scene *s)
{
	s->j.input = ERR_ISSUER;
	s->j.list = NULL;
}
static void
too_large(struct scene *s)
{
	s->j.input = ERR_LIMIT;
}
static void
not_there(struct scene *s)
{
	s->j.input = ERR_NOT_FOUND;
}
static void
no_reading(struct scene *s)
{
	s->j.input = ERR_IO;
}
static void
no_memory(struct scene *s)
{
	s->j.input = ERR_MEMORY;
}
static void
changed(struct scene *s)
{
	s->j.input = ERR_SIGNATURE;
}
static void
typed(struct scene *s)
{
	s->j.typed_number = true;
}
static void
list_stale(struct scene *s)
{
	s->list.not_after = NOW - 1;
	s->list.next_update = NOW - 23 * CLOCK_DAY;
}
static void
list_ageing(struct scene *s)
{
	s->list.next_update = NOW - 1;
}
static void
clock_behind(struct scene *s)
{
	s->j.newest_seen = NOW + 601;
}
static void
selftest(struct scene *s)
{
	s->j.selftest_failed = true;
}
static void
training(struct scene *s)
{
	s->list.training = true;
}
static void
mismatch(struct scene *s)
{
	s->j.mismatch = true;
}
static void
mixed(struct scene *s)
{
	s->j.mixed = true;
}
static void
wrong_clock(struct scene *s)
{
	s->j.log.consulted = s->j.log.wrong_clock = true;
}
static void
key_later(struct scene *s)
{
	s->key.not_before = ISSUED + 1;
}
static void
key_ended(struct scene *s)
{
	s->key.not_after = ISSUED - 1;
}
static void
key_retired(struct scene *s)
{
	s->key.status = KEY_RETIRED;
	s->key.since = ISSUED - 1;
}
static void
revoked_whole(struct scene *s)
{
	s->key.status = KEY_REVOKED;
	s->key.since = TRUST_WHOLE_LIFE;
	s->j.log.evidence_covers = s->j.log.evidence_holds = true;
}
static void
revoked_before(struct scene *s)
{
	s->key.status = KEY_REVOKED;
	s->key.since = ISSUED;
}
static void
revoked_later(struct scene *s)
{
	s->key.status = KEY_REVOKED;
	s->key.since = ISSUED + 1;
}
static void
revoked_held(struct scene *s)
{
	revoked_later(s);
	s->j.log.evidence_covers = s->j.log.evidence_holds = true;
}
static void
revoked_lacking(struct scene *s)
{
	revoked_later(s);
	s->j.log.evidence_covers = true;
}
static void
other_center(struct scene *s)
{
	PUT(s->center.code, "GTGUA02");
}
static void
other_program(struct scene *s)
{
	PUT(s->list.program, "RRP-FR");
}
static void
absent(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.state = LOG_ABSENT;
}
static void
other_digest(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.other_digest = true;
}
static void
in_gap(struct scene *s)
{
	absent(s);
	s->j.log.in_gap = s->j.log.other_digest = true;
}
static void
pending(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.state = LOG_PENDING;
}
static void
log_stale(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.as_of = NOW - 31 * CLOCK_DAY;
}
static void
log_ageing(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.as_of = NOW - 8 * CLOCK_DAY;
}
static void
log_missing(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.size = 0;
	s->j.log.as_of = 0;
	s->j.log.none_long = true;
}
/* no date of it was believed: it may be as old as it likes */
static void
log_undated(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.as_of = 0;
}
static void
conflict(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.conflict = true;
}
static void
superseded(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.letter = HISTORY_SUPERSEDED;
}
static void
withdrawn(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.letter = HISTORY_WITHDRAWN;
}
static void
fraud(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.letter = HISTORY_FRAUD;
}
static void
void_line(struct scene *s)
{
	s->j.log.consulted = true;
	s->j.log.letter = HISTORY_VOID;
}
static void
not_yet(struct scene *s)
{
	PUT(s->a.letter.valid_from, "2026-12-03");
}
static void
expired(struct scene *s)
{
	PUT(s->a.letter.valid_until, "2026-11-29");
}
static void
dated_ahead(struct scene *s)
{
	PUT(s->a.letter.issued_at, "2026-12-01T12:10:01Z");
}
static void
presented(struct scene *s)
{
	s->j.presented = true;
}
static void
elsewhere(struct scene *s)
{
	PUT(s->a.letter.consulate, "ES-HNTGU");
}
static void
minor(struct scene *s)
{
	PUT(s->a.letter.birth_date, "2010");
}
static void
declared(struct scene *s)
{
	PUT(s->a.letter.identity_basis, "DECLARED");
}

/* A condition and the reasons it raises, separated by a space. */
static const struct {
	void (*set)(struct scene *s);
	const char *reasons;
	enum slot slot;
} conditions[] = {
	{ no_code, "U-UNREADABLE", INPUT },
	{ foreign, "U-FOREIGN", INPUT },
	{ garbled, "U-GARBLED", INPUT },
	{ profile, "U-PROFILE", INPUT },
	{ version, "U-VERSION", INPUT },
	{ issuer, "U-ISSUER", INPUT },
	{ too_large, "U-SIZE", INPUT },
	{ not_there, "U-INPUT", INPUT },
	{ no_reading, "U-INPUT", INPUT },
	{ no_memory, "U-SELFTEST", INPUT },
	{ changed, "F-SIGNATURE", INPUT },
	{ typed, "U-REGISTER", INPUT },
	{ list_stale, "U-LIST-STALE", LIST },
	{ list_ageing, "R-LIST-AGEING", LIST },
	{ clock_behind, "U-CLOCK", POST },
	{ selftest, "U-SELFTEST", POST },
	{ training, "T-TRAINING", POST },
	{ mismatch, "F-MISMATCH", POST },
	{ mixed, "R-MIXED", FREE },
	{ wrong_clock, "R-CLOCK", KEY }, /* and revoked: below */
	{ key_later, "F-KEY", KEY },
	{ key_ended, "F-KEY", KEY },
	{ key_retired, "R-KEY-RETIRED", KEY },
	{ revoked_whole, "F-REVOKED", KEY },
	{ revoked_before, "F-REVOKED", KEY },
	{ revoked_later, "U-REVOKED", KEY },
	{ revoked_held, "R-KEY-REVOKED", KEY },
	{ revoked_lacking, "F-REVOKED", KEY },
	{ other_center, "F-KEY", FREE },
	{ other_program, "F-KEY", FREE },
	{ absent, "F-UNLOGGED", ENTRY },
	{ other_digest, "F-UNLOGGED", ENTRY },
	{ in_gap, "U-LOG-GAP", ENTRY },
	{ pending, "R-LOG-PENDING", ENTRY },
	{ log_stale, "U-LIST-STALE", AGE },
	{ log_ageing, "R-LIST-AGEING", AGE },
	{ log_missing, "U-LIST-STALE", AGE },
	{ log_undated, "U-LIST-STALE", AGE },
	{ conflict, "R-LOG-CONFLICT", FREE },
	{ superseded, "R-SUPERSEDED", STATE },
	{ withdrawn, "R-WITHDRAWN", STATE },
	{ fraud, "F-REVOKED", STATE },
	{ void_line, "F-REVOKED", STATE },
	{ not_yet, "R-NOTYET", DATES },
	{ expired, "R-EXPIRED", DATES },
	{ presented, "R-PRESENTED", FREE },
	{ elsewhere, "R-CONSULATE", FREE },
	{ minor, "R-MINOR", FREE },
	{ declared, "R-DECLARED", FREE },
};
#define CONDITION_COUNT ((int)(sizeof(conditions) / sizeof(conditions[0])))

/* --- the model ------------------------------------------------------------ */

struct expected {
	bool has[ORDER_COUNT];
	char text[512]; /* "verdict: REASON REASON" */
};

static size_t
place(const char *code)
{
	size_t i;

	for (i = 0; i < ORDER_COUNT; i++)
		if (strcmp(order[i], code) == 0)
			return i;
	ck_abort_msg("no reason %s", code);
	return 0;
}

static void
say(struct expected *e, size_t i)
{
	size_t len = strlen(e->text);

	snprintf(e->text + len, sizeof(e->text) - len, " %s", order[i]);
}

static int
count_of(const struct expected *e, char letter)
{
	int count = 0;
	size_t i;

	for (i = 0; i < ORDER_COUNT; i++)
		count += e->has[i] && order[i][0] == letter;
	return count;
}

/* The verdict and the order, from the letters of the codes alone. */
static void
conclude(struct expected *e)
{
	static const char *const over[] = { "R-EXPIRED", "R-SUPERSEDED",
		"R-WITHDRAWN" };
	size_t stale = place("U-LIST-STALE");
	bool is_over = false, first[ORDER_COUNT] = { 0 };
	size_t i;

	if (e->has[stale])
		e->has[place("R-LIST-AGEING")] = false;
	for (i = 0; i < 3; i++)
		if (e->has[place(over[i])])
			is_over = first[place(over[i])] = true;
	if (count_of(e, 'F') > 0)
		PUT(e->text, "not-authentic:");
	else if (count_of(e, 'U') == 1 && e->has[stale] && is_over)
		PUT(e->text, "attention:");
	else if (count_of(e, 'U') > 0)
		PUT(e->text, "unchecked:");
	else if (count_of(e, 'R') + count_of(e, 'T') > 0)
		PUT(e->text, "attention:");
	else
		PUT(e->text, "valid:");
	if (count_of(e, 'F') > 0 || count_of(e, 'U') != 1 || !e->has[stale])
		memset(first, 0, sizeof(first));
	for (i = 0; i < ORDER_COUNT; i++)
		if (e->has[i] && first[i])
			say(e, i);
	for (i = 0; i < ORDER_COUNT; i++)
		if (e->has[i] && !first[i])
			say(e, i);
}

static void
judged(const struct scene *s, char *text, size_t size)
{
	struct verdict_result r;
	size_t i, len;

	verdict_judge(&s->j, &r);
	snprintf(text, size, "%s:", verdict_table[r.verdict].name);
	for (i = 0; i < r.count; i++) {
		len = strlen(text);
		snprintf(text + len, size - len, " %s",
		    reason_table[r.reason[i]].code);
	}
}

/* Do these hold together? A letter that was not read has no conditions. */
static bool
is_possible(const int *which, int count)
{
	int i, k;

	for (i = 0; i < count; i++)
		for (k = 0; k < i; k++) {
			enum slot a = conditions[which[i]].slot;
			enum slot b = conditions[which[k]].slot;

			if (a == b && a != FREE && a != POST)
				return false;
			/* an entry that is absent has no state, but may be
			 * told of another; ages are independent */
			if (which[i] == which[k])
				return false;
		}
	return true;
}

static void
try_conditions(const int *which, int count)
{
	struct expected e = { 0 };
	struct scene s;
	char got[512];
	bool read = true;
	int i;

	set_scene(&s);
	for (i = 0; i < count; i++) {
		conditions[which[i]].set(&s);
		read &= conditions[which[i]].slot != INPUT;
	}
	for (i = 0; i < count; i++) {
		enum slot slot = conditions[which[i]].slot;

		if (read || slot == INPUT || slot == LIST || slot == POST)
			e.has[place(conditions[which[i]].reasons)] = true;
	}
	conclude(&e);
	judged(&s, got, sizeof(got));
	ck_assert_msg(strcmp(got, e.text) == 0, "%d %d %d: %s, not %s",
	    which[0], count > 1 ? which[1] : -1, count > 2 ? which[2] : -1, got,
	    e.text);
}

START_TEST(valid_has_no_reason)
{
	struct verdict_result r;
	struct scene s;

	set_scene(&s);
	verdict_judge(&s.j, &r);
	ck_assert_int_eq(r.verdict, VERDICT_VALID);
	ck_assert_uint_eq(r.count, 0);
	ck_assert(verdict_shows_letter(&r));
}
END_TEST

START_TEST(each_condition_alone)
{
	try_conditions(&_i, 1);
}
END_TEST

START_TEST(each_pair)
{
	int which[2] = { _i, 0 };

	for (which[1] = 0; which[1] < _i; which[1]++)
		if (is_possible(which, 2))
			try_conditions(which, 2);
}
END_TEST

START_TEST(each_triple)
{
	int which[3] = { _i, 0, 0 };

	for (which[1] = 0; which[1] < _i; which[1]++)
		for (which[2] = 0; which[2] < which[1]; which[2]++)
			if (is_possible(which, 3))
				try_conditions(which, 3);
}
END_TEST

/* A look that failed shows nothing missing, and hides nothing found. */
static const struct {
	void (*set)(struct scene *s);
	const char *want;
} failed_looks[] = {
	{ absent, "unchecked: U-SELFTEST" },
	{ other_digest, "unchecked: U-SELFTEST" },
	{ in_gap, "unchecked: U-SELFTEST" },
	{ pending, "unchecked: U-SELFTEST" },
	{ revoked_lacking, "unchecked: U-REVOKED U-SELFTEST" },
	{ revoked_held, "unchecked: U-SELFTEST R-KEY-REVOKED" },
	{ withdrawn, "unchecked: U-SELFTEST R-WITHDRAWN" },
	{ fraud, "not-authentic: F-REVOKED U-SELFTEST" },
};

START_TEST(failed_look_is_no_answer)
{
	struct scene s;
	char got[512];

	set_scene(&s);
	failed_looks[_i].set(&s);
	s.j.log.failed = true;
	judged(&s, got, sizeof(got));
	ck_assert_str_eq(got, failed_looks[_i].want);
}
END_TEST

/* A date that the center itself calls wrong accuses nobody, and does not keep
 * a letter grey until it has come. */
static const struct {
	void (*set)(struct scene *s);
	int64_t after; /* is judged so long after its date */
	const char *want;
} wrong_clocks[] = {
	{ NULL, 60, "attention: R-CLOCK" },
	{ NULL, -601, "attention: R-CLOCK" },
	{ NULL, -400 * CLOCK_DAY, "attention: R-NOTYET R-CLOCK" },
	{ withdrawn, -601, "attention: R-WITHDRAWN R-CLOCK" },
	{ fraud, -601, "not-authentic: F-REVOKED R-CLOCK" },
	{ key_later, 60, "attention: R-CLOCK" },
	{ key_ended, -601, "attention: R-CLOCK" },
	{ other_center, 60, "not-authentic: F-KEY R-CLOCK" },
	{ revoked_before, 60, "unchecked: U-REVOKED R-CLOCK" },
	{ revoked_later, 60, "unchecked: U-REVOKED R-CLOCK" },
	{ revoked_lacking, 60, "unchecked: U-REVOKED R-CLOCK" },
	{ revoked_held, 60, "attention: R-KEY-REVOKED R-CLOCK" },
	{ revoked_whole, 60, "not-authentic: F-REVOKED R-CLOCK" },
};

START_TEST(a_wrong_clock_accuses_nobody)
{
	struct scene s;
	char got[512];

	set_scene(&s);
	if (wrong_clocks[_i].set != NULL)
		wrong_clocks[_i].set(&s);
	wrong_clock(&s);
	s.j.log.state = LOG_INCLUDED;
	s.j.log.as_of = s.j.now = ISSUED + wrong_clocks[_i].after;
	s.j.newest_seen = 0;
	judged(&s, got, sizeof(got));
	ck_assert_str_eq(got, wrong_clocks[_i].want);
}
END_TEST

START_TEST(no_list_yet)
{
	struct scene s;
	char got[512];

	set_scene(&s);
	no_list(&s);
	judged(&s, got, sizeof(got));
	ck_assert_str_eq(got, "unchecked: U-ISSUER U-LIST-STALE");
}
END_TEST

/* "never green by accident": accepted input without a letter */
START_TEST(nothing_to_judge_is_not_green)
{
	struct scene s;
	char got[512];

	set_scene(&s);
	s.j.letter = NULL;
	judged(&s, got, sizeof(got));
	ck_assert_str_eq(got, "unchecked: U-SELFTEST");
}
END_TEST

/* --- instants ------------------------------------------------------------- */

enum knob {
	JUDGED_AT,
	AT_GIVEN,
	NEWEST,
	KEY_BEGIN,
	KEY_END,
	RETIRED,
	NEXT_UPDATE,
	NOT_AFTER,
	LOG_AS_OF,
	LAST_LINE
};

/* One instant at, below and above its limit. Validity 2026-11-24 begins with
 * that day at UTC+14, 2027-05-24 ends with it at UTC-12. */
static const struct {
	enum knob knob;
	int64_t at;
	const char *want;
} instants[] = {
	{ JUDGED_AT, 1795427999, "unchecked: U-CLOCK R-NOTYET" },
	{ AT_GIVEN, ISSUED - 1, "unchecked: U-CLOCK" },
	{ AT_GIVEN, ISSUED, "valid:" },
	{ AT_GIVEN, 1795428000 - 1, "unchecked: U-CLOCK R-NOTYET" },
	{ AT_GIVEN, 1795428000, "unchecked: U-CLOCK" },
	{ NEWEST, NOW + 600, "valid:" },
	{ NEWEST, NOW + 601, "unchecked: U-CLOCK" },
	{ KEY_BEGIN, ISSUED, "valid:" },
	{ KEY_BEGIN, ISSUED + 1, "not-authentic: F-KEY" },
	{ KEY_END, ISSUED, "valid:" },
	{ KEY_END, ISSUED - 1, "not-authentic: F-KEY" },
	{ RETIRED, ISSUED, "valid:" },
	{ RETIRED, ISSUED - 1, "attention: R-KEY-RETIRED" },
	{ NEXT_UPDATE, NOW, "valid:" },
	{ NEXT_UPDATE, NOW - 1, "attention: R-LIST-AGEING" },
	{ NOT_AFTER, NOW, "valid:" },
	{ NOT_AFTER, NOW - 1, "unchecked: U-LIST-STALE" },
	{ LOG_AS_OF, NOW - 7 * CLOCK_DAY, "valid:" },
	{ LOG_AS_OF, NOW - 7 * CLOCK_DAY - 1, "attention: R-LIST-AGEING" },
	{ LOG_AS_OF, NOW - 30 * CLOCK_DAY, "attention: R-LIST-AGEING" },
	{ LOG_AS_OF, NOW - 30 * CLOCK_DAY - 1, "unchecked: U-LIST-STALE" },
	{ LAST_LINE, ISSUED + 1, "not-authentic: F-UNLOGGED" },
	{ LAST_LINE, ISSUED, "attention: R-LOG-PENDING" },
};

static void
turn(struct scene *s, enum knob knob, int64_t at)
{
	switch (knob) {
	case JUDGED_AT:
		s->j.now = at;
		s->j.newest_seen = 0;
		return;
	case AT_GIVEN:
		s->j.now = at;
		s->j.at_given = true; /* a clock behind is no matter then */
		return;
	case NEWEST:
		s->j.newest_seen = at;
		return;
	case KEY_BEGIN:
		s->key.not_before = at;
		return;
	case KEY_END:
		s->key.not_after = at;
		return;
	case RETIRED:
		s->key.status = KEY_RETIRED;
		s->key.since = at;
		return;
	case NEXT_UPDATE:
		s->list.next_update = at;
		return;
	case NOT_AFTER:
		s->list.not_after = at;
		return;
	case LOG_AS_OF:
		s->j.log.consulted = true;
		s->j.log.as_of = at;
		return;
	case LAST_LINE:
		absent(s);
		s->j.log.last_line = at;
		return;
	}
}

START_TEST(limits_are_exact)
{
	struct scene s;
	char got[512];

	set_scene(&s);
	turn(&s, instants[_i].knob, instants[_i].at);
	judged(&s, got, sizeof(got));
	ck_assert_msg(strcmp(got, instants[_i].want) == 0, "%d: %s, not %s", _i,
	    got, instants[_i].want);
}
END_TEST

/* The last second of the last day, at UTC-12; lists are fresh for it. */
START_TEST(expiry_is_exact)
{
	int64_t end = 1811246400; /* 2027-05-25T12:00:00Z */
	struct scene s;
	char got[512];

	set_scene(&s);
	s.list.next_update = s.list.not_after = end + 1;
	s.j.now = end - 1;
	judged(&s, got, sizeof(got));
	ck_assert_str_eq(got, "valid:");
	s.j.now = end;
	judged(&s, got, sizeof(got));
	ck_assert_str_eq(got, "attention: R-EXPIRED");
}
END_TEST

START_TEST(letter_from_the_future)
{
	struct scene s;
	char got[512];

	set_scene(&s);
	PUT(s.a.letter.issued_at, "2026-12-01T12:10:00Z");
	judged(&s, got, sizeof(got));
	ck_assert_str_eq(got, "valid:");
	dated_ahead(&s);
	judged(&s, got, sizeof(got));
	ck_assert_str_eq(got, "unchecked: U-CLOCK");
}
END_TEST

/* Born in a month of 2008: of age on 2026-12-01 only if surely so. */
START_TEST(minors_only_when_certain)
{
	static const struct {
		const char *birth, *want;
	} rows[] = {
		{ "2008-12-01", "valid:" },
		{ "2008-12-02", "attention: R-MINOR" },
		{ "2008-12", "valid:" },
		{ "2008", "valid:" },
		{ "2009", "attention: R-MINOR" },
		{ "unknown", "valid:" },
	};
	struct scene s;
	char got[512];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		set_scene(&s);
		PUT(s.a.letter.birth_date, rows[i].birth);
		judged(&s, got, sizeof(got));
		ck_assert_msg(strcmp(got, rows[i].want) == 0, "%s: %s",
		    rows[i].birth, got);
	}
}
END_TEST

/* --- the table ------------------------------------------------------------ */

START_TEST(table_is_the_contract)
{
	size_t i;

	ck_assert_uint_eq(ORDER_COUNT, REASON_COUNT);
	for (i = 0; i < ORDER_COUNT; i++) {
		const struct reason_row *row = &reason_table[i];
		enum verdict want = order[i][0] == 'F' ? VERDICT_NOT_AUTHENTIC
		    : order[i][0] == 'U'               ? VERDICT_UNCHECKED
						       : VERDICT_ATTENTION;

		ck_assert_uint_eq(row->reason, i);
		ck_assert_str_eq(row->code, order[i]);
		ck_assert_int_eq(row->verdict, want);
	}
}
END_TEST

START_TEST(the_page_has_every_reason)
{
	struct bytes page = { 0 };
	char row[64];

	ck_assert_int_eq(
	    file_read("docs/verdicts.md", 1 << 20, &page, NULL), ERR_OK);
	for (size_t i = 0; i < REASON_COUNT; i++) {
		snprintf(row, sizeof(row), "`%s`", reason_table[i].code);
		ck_assert_msg(strstr((char *)page.at, row) != NULL, "%s", row);
	}
	bytes_free(&page);
}
END_TEST

START_TEST(each_reason_has_a_condition)
{
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		int k = 0;

		while (k < CONDITION_COUNT &&
		    strcmp(conditions[k].reasons, order[i]) != 0)
			k++;
		ck_assert_msg(k < CONDITION_COUNT, "%s", order[i]);
	}
}
END_TEST

START_TEST(verdicts_and_exits)
{
	static const char *const names[] = { "valid", "attention", "unchecked",
		"not-authentic" };
	int i;

	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(verdict_table[i].verdict, i);
		ck_assert_str_eq(verdict_table[i].name, names[i]);
		ck_assert_int_eq(verdict_table[i].exit, i);
	}
}
END_TEST

/* Words of the longest sentence in a text. */
static int
longest_sentence(const char *text)
{
	int words = 1, most = 1;

	for (; *text != '\0'; text++) {
		if (*text == ' ')
			words++;
		if (*text == '.')
			words = 0;
		if (words > most)
			most = words;
	}
	return most;
}

/* Under 20 words, none of them technical. */
START_TEST(sentences_are_plain)
{
	static const char *const words[] = { "hash", "XML", "certificate",
		"signature", "digest", "JSON", "CRC" };
	size_t i, w;

	for (i = 0; i < REASON_COUNT; i++) {
		const struct reason_row *row = &reason_table[i];

		ck_assert_msg(longest_sentence(row->sentence) < 20 &&
			longest_sentence(row->next) < 20,
		    "%s is long", row->code);
		for (w = 0; w < sizeof(words) / sizeof(words[0]); w++)
			ck_assert_msg(
			    strcasestr(row->sentence, words[w]) == NULL &&
				strcasestr(row->next, words[w]) == NULL,
			    "%s says %s", row->code, words[w]);
	}
}
END_TEST

START_TEST(personal_data_by_verdict)
{
	struct verdict_result r = { 0 };

	r.verdict = VERDICT_ATTENTION;
	ck_assert(verdict_shows_letter(&r));
	r.verdict = VERDICT_UNCHECKED;
	ck_assert(!verdict_shows_letter(&r));
	r.verdict = VERDICT_NOT_AUTHENTIC;
	ck_assert(!verdict_shows_letter(&r));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("verdict");
	TCase *t = tcase_create("judging");

	tcase_add_test(t, valid_has_no_reason);
	tcase_add_loop_test(t, each_condition_alone, 0, CONDITION_COUNT);
	tcase_add_loop_test(t, each_pair, 0, CONDITION_COUNT);
	tcase_add_loop_test(t, each_triple, 0, CONDITION_COUNT);
	tcase_add_loop_test(t, failed_look_is_no_answer, 0,
	    (int)(sizeof(failed_looks) / sizeof(failed_looks[0])));
	tcase_add_loop_test(t, a_wrong_clock_accuses_nobody, 0,
	    sizeof(wrong_clocks) / sizeof(wrong_clocks[0]));
	tcase_add_test(t, no_list_yet);
	tcase_add_test(t, nothing_to_judge_is_not_green);
	tcase_add_loop_test(t, limits_are_exact, 0,
	    (int)(sizeof(instants) / sizeof(instants[0])));
	tcase_add_test(t, expiry_is_exact);
	tcase_add_test(t, letter_from_the_future);
	tcase_add_test(t, minors_only_when_certain);
	suite_add_tcase(s, t);
	t = tcase_create("table");
	tcase_add_test(t, table_is_the_contract);
	tcase_add_test(t, the_page_has_every_reason);
	tcase_add_test(t, each_reason_has_a_condition);
	tcase_add_test(t, verdicts_and_exits);
	tcase_add_test(t, sentences_are_plain);
	tcase_add_test(t, personal_data_by_verdict);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
