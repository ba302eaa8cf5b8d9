/*
 * test_log_lines.c - who signed the lines that a post takes:
 * verify/post/log_lines.h.
 */
#include "tests/verify/post/sample_log.h"

#include "base/policy.h"
#include "tests/check_main.h"
#include "tests/support/keys.h"
#include "verify/post/evidence.h"

#define LETTERS 3 /* taken before the lines that are judged */

static struct sample_log s;
static EVP_PKEY *other;

static void
setup(void)
{
	sample_log_new(&s);
	other = support_other_key();
	sample_log_publish(&s, PUB, SIZE(LETTERS));
	SYNC(&s, PUB, 0);
}

static void
teardown(void)
{
	EVP_PKEY_free(other);
	sample_log_free(&s);
}

/* Whatever was published before. */
static void
publish(void)
{
	run("rm -rf pub/log", NULL);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 60);
}

/* All that was added is taken (0), or none of it. */
static void
expect(int status, const char *text)
{
	publish();
	SYNC(&s, PUB, status);
	ck_assert_msg(strstr(s.text, text) != NULL, "%s", s.text);
	sample_log_reopen(&s);
	ck_assert_uint_eq(sample_log_row(&s, 1)->size,
	    status == 0 ? s.log.size : SIZE(LETTERS));
	ck_assert_int_eq(sample_log_row(&s, 1)->conflict, 0);
	ck_assert_int_eq(run("ls post/evidence/log-*", NULL) == 0, status == 3);
}

static enum history_state
fate(unsigned sequence)
{
	const struct trust_center *center =
	    trust_find_center(s.sample.post->list, "GTGUA01");
	char number[LETTER_NUMBER_SIZE];
	struct history_letter entry;
	struct log_evidence got;
	bool found;

	chronicle_number(&s.log, clock_year(s.begin), sequence, number);
	evidence_number(
	    s.sample.post, center, number, s.sample.now, &got, &entry, &found);
	ck_assert(found && !got.failed);
	return got.letter;
}

/* --- signatures ---------------------------------------------------------- */

static void
add_line(int which, int64_t time)
{
	int year = clock_year(s.begin);

	switch (which) {
	case 0:
	case 1:
		chronicle_issue(&s.log, time, LETTERS + 1);
		break;
	case 2:
		chronicle_correct(&s.log, time, LETTERS + 1, year, 1);
		break;
	case 3:
	case 4:
		chronicle_withdraw(&s.log, time, year, 1, "FRAUD");
		break;
	case 5:
		chronicle_reprint(&s.log, time, year, 1, 2);
		break;
	case 6:
		chronicle_staff(&s.log, time, "OF2002", "DRAFTER");
		break;
	default:
		chronicle_close(&s.log, time);
	}
}

/* Each line by each of its persons, signed with somebody else's key. */
static const char *const signer[] = { CHRONICLE_DRAFTER, CHRONICLE_APPROVER,
	CHRONICLE_DRAFTER, CHRONICLE_APPROVER, CHRONICLE_ADMIN,
	CHRONICLE_APPROVER, CHRONICLE_ADMIN, CHRONICLE_APPROVER };

START_TEST(a_person_who_did_not_sign)
{
	EVP_PKEY *own =
	    support_person_key("GTGUA01", signer[_i]); /* as before */

	chronicle_set_person(&s.log, signer[_i], other);
	add_line(_i, s.begin);
	chronicle_set_person(&s.log, signer[_i], own);
	expect(3, "a person did not sign");
	chronicle_cut(&s.log, SIZE(LETTERS));
	add_line(_i, s.begin);
	publish();
	SYNC(&s, PUB, 0);
	EVP_PKEY_free(own);
}
END_TEST

/* Among many, where several threads look. */
START_TEST(one_wrong_line_of_many)
{
	EVP_PKEY *own = support_person_key("GTGUA01", CHRONICLE_DRAFTER);

	chronicle_grow(&s.log, s.begin, LETTERS + 1, 400);
	chronicle_set_person(&s.log, CHRONICLE_DRAFTER, other);
	chronicle_issue(&s.log, s.begin, LETTER(400));
	chronicle_set_person(&s.log, CHRONICLE_DRAFTER, own);
	/* what is wrong behind it is not what is said */
	chronicle_issue(&s.log, s.begin, 9000);
	chronicle_grow(&s.log, s.begin, 9001, 700);
	expect(3, "line 400: a person did not sign");
	EVP_PKEY_free(own);
}
END_TEST

/* A rule that is broken before a wrong signature is what is said. */
START_TEST(the_first_wrong_line_is_told)
{
	chronicle_issue(&s.log, s.begin, LETTERS + 2);
	chronicle_set_person(&s.log, CHRONICLE_DRAFTER, other);
	chronicle_issue(&s.log, s.begin, LETTERS + 3);
	expect(3, "line 7: a number was left out");
}
END_TEST

/* Also where nothing behind it can be read. */
START_TEST(the_first_wrong_line_ends_the_rest)
{
	static const char *const rest[] = { "s1 nothing", "s2 of a later one" };
	EVP_PKEY *own = support_person_key("GTGUA01", CHRONICLE_DRAFTER);

	chronicle_set_person(&s.log, CHRONICLE_DRAFTER, other);
	chronicle_issue(&s.log, s.begin, LETTERS + 1);
	chronicle_set_person(&s.log, CHRONICLE_DRAFTER, own);
	chronicle_add_raw(&s.log, rest[_i], strlen(rest[_i]));
	expect(3, "line 7: a person did not sign");
	EVP_PKEY_free(own);
}
END_TEST

static void
last_line(struct log_entry *entry)
{
	const struct chronicle *c = &s.log;
	size_t at = c->start[c->size - 1] + 2;

	ck_assert_int_eq(
	    entry_parse(c->text.at + at, c->text.len - at, entry, NULL),
	    ERR_OK);
}

/* One signature where two must stand. */
START_TEST(a_signature_is_missing)
{
	char line[ENTRY_MAX + 1] = "", *from;
	const size_t one = 87; /* with the full stop */

	chronicle_issue(&s.log, s.begin, LETTERS + 1);
	memcpy(line, s.log.text.at + s.log.start[s.log.size - 1] + 2,
	    s.log.text.len - s.log.start[s.log.size - 1] - 2);
	chronicle_cut(&s.log, SIZE(LETTERS));
	ck_assert_ptr_nonnull(from = strchr(line, '.'));
	memmove(from, from + one, strlen(from + one) + 1);
	chronicle_add_raw(&s.log, line, strlen(line));
	expect(3, "line 7");
}
END_TEST

/* The person's own, but under another line. */
START_TEST(a_signature_of_another_line)
{
	struct log_entry entry;

	chronicle_close(&s.log, s.begin + 1);
	last_line(&entry);
	chronicle_cut(&s.log, SIZE(LETTERS));
	entry.time = s.begin + 2;
	chronicle_add_signed(&s.log, &entry);
	expect(3, "line 7");
}
END_TEST

/* --- who may act --------------------------------------------------------- */

static void
add_by(enum entry_kind kind, int64_t time, const char *officer,
    const char *approver)
{
	struct log_entry e = {
		.time = time, .kind = kind, .index = s.log.size
	};

	if (kind == ENTRY_ISSUE) {
		chronicle_number(
		    &s.log, clock_year(s.begin), LETTERS + 1, e.number);
		chronicle_digest(e.number, e.digest);
		e.has_digest = true;
		strcpy(e.reason, "V45");
	}
	if (kind == ENTRY_STAFF) {
		strcpy(e.ref, "OF2002");
		strcpy(e.reason, "DRAFTER");
	}
	strcpy(e.officer, officer);
	strcpy(e.approver, approver);
	chronicle_add(&s.log, &e);
}

static const struct {
	enum entry_kind kind;
	const char *officer, *approver, *why;
} strangers[] = {
	{ ENTRY_ISSUE, "OF9999", "AP2003", "does not belong" },
	{ ENTRY_ISSUE, "AP2003", "OF1007", "outside their role" },
	{ ENTRY_ISSUE, "OF1007", "AD0001", "outside their role" },
	{ ENTRY_CLOSE, "OF1007", "", "outside their role" },
	{ ENTRY_STAFF, "AD0001", "", "one person acted" },
	{ ENTRY_STAFF, "AD0001", "OF1007", "outside their role" },
	{ ENTRY_STAFF, "OF2002", "", "one person acted" },
};

/* Before the post's list was made that is proof; a line that is newer than the
 * list may be explained by the next one, also by a center's clock that is some
 * minutes behind. */
START_TEST(who_may_not_act)
{
	const int64_t listed = s.sample.post->list->issued_at;
	const int64_t times[] = { s.begin, s.sample.now, listed - POLICY_SLACK,
		listed - POLICY_SLACK - 1 };
	const bool newer = _i % 4 == 1 || _i % 4 == 2;
	const int row = _i / 4;

	add_by(strangers[row].kind, times[_i % 4], strangers[row].officer,
	    strangers[row].approver);
	expect(newer ? 2 : 3, strangers[row].why);
	ck_assert_int_eq(strstr(s.text, "get a newer list") != NULL, newer);
}
END_TEST

/* Nothing that a list says makes a used key good. */
START_TEST(a_used_key)
{
	EVP_PKEY *used = support_person_key("GTGUA01", CHRONICLE_APPROVER);

	chronicle_key(&s.log, s.sample.now, CHRONICLE_DRAFTER, used,
	    CHRONICLE_DRAFTER, CHRONICLE_ADMIN);
	expect(3, "a key that was in use");
	EVP_PKEY_free(used);
}
END_TEST

/* What the administrator typed signs nothing but the change of it, and that
 * before somebody else. */
START_TEST(a_given_key)
{
	struct log_entry e;

	chronicle_staff(&s.log, s.begin, "OF2002", "DRAFTER");
	chronicle_issue(&s.log, s.begin, LETTERS + 1);
	last_line(&e);
	chronicle_cut(&s.log, s.log.size - 1);
	strcpy(e.officer, "OF2002");
	chronicle_add(&s.log, &e);
	expect(3, "a key that somebody else had given them");
	chronicle_cut(&s.log, s.log.size - 1);
	chronicle_key(&s.log, s.begin, "OF2002", other, "OF2002",
	    _i == 0 ? CHRONICLE_ADMIN : CHRONICLE_APPROVER);
	if (_i == 0) {
		expect(3, "one person acted where two must");
		return;
	}
	chronicle_add(&s.log, &e);
	publish();
	SYNC(&s, PUB, 0);
}
END_TEST

/* A person's new key holds from its line on, over several syncs. */
START_TEST(a_new_key)
{
	EVP_PKEY *own = support_person_key("GTGUA01", CHRONICLE_DRAFTER);

	chronicle_key(&s.log, s.begin, CHRONICLE_DRAFTER, other,
	    CHRONICLE_DRAFTER, CHRONICLE_APPROVER);
	chronicle_issue(&s.log, s.begin, LETTERS + 1);
	publish();
	SYNC(&s, PUB, 0);
	sample_log_reopen(&s);
	chronicle_issue(&s.log, s.begin, LETTERS + 2);
	publish();
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate(LETTERS + 2), HISTORY_LIVE);
	chronicle_set_person(&s.log, CHRONICLE_DRAFTER, own);
	chronicle_issue(&s.log, s.begin, LETTERS + 3);
	publish();
	SYNC(&s, PUB, 3);
	EVP_PKEY_free(own);
}
END_TEST

/* By an approver, alone, with drafts that wait: the years to come stay open. */
START_TEST(letters_of_a_hundred_years)
{
	int64_t time = s.sample.now;

	for (int i = 0; i < 100; i++)
		chronicle_issue(&s.log, time += 366 * CLOCK_DAY, 1);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(s.sample.post->logs.span_count, 101);
}
END_TEST

/* The root read a new drafter aloud; the line came before the list. */
START_TEST(the_list_comes_later)
{
	struct trust_person person = support_person("GTGUA01", "OF2002", 'D');
	struct trust_roster rosters[2] = { support_roster("GTGUA01",
					       s.sample.now - 10 * CLOCK_DAY),
		{ .since = s.sample.now - 50,
		    .person_count = 1,
		    .persons = &person } };

	add_by(ENTRY_STAFF, s.sample.now, "OF2002", "");
	add_by(ENTRY_ISSUE, s.sample.now, "OF2002", "AP2003");
	expect(2, "get a newer list");
	s.list.rosters = rosters;
	s.list.roster_count = 2;
	sample_log_list(&s, PUB);
	expect(0, "2 new lines");
	ck_assert_int_eq(fate(LETTERS + 1), HISTORY_LIVE);
	trust_roster_free(&rosters[0]);
}
END_TEST

/* Whom the root has removed: the log goes on, and the letter is dead. */
START_TEST(a_removed_person)
{
	struct trust_removed removed = { .code = "OF1007",
		.since = s.begin + 10 };

	chronicle_issue(&s.log, s.begin + 9, LETTERS + 1);
	chronicle_issue(&s.log, s.begin + 10, LETTERS + 2);
	chronicle_withdraw(
	    &s.log, s.begin + 11, clock_year(s.begin), 1, "WITHDRAWN");
	s.list.removed = &removed;
	s.list.removed_count = 1;
	sample_log_list(&s, PUB);
	expect(0, "do not count");
	ck_assert_msg(strstr(s.text, ": 1") != NULL, "%s", s.text);
	ck_assert_int_eq(fate(1), HISTORY_WITHDRAWN);
	ck_assert_int_eq(fate(2), HISTORY_LIVE);
	ck_assert_int_eq(fate(LETTERS + 1), HISTORY_LIVE);
	ck_assert_int_eq(fate(LETTERS + 2), HISTORY_VOID);
	/* void, but signed all the same */
	chronicle_set_person(&s.log, CHRONICLE_DRAFTER, other);
	chronicle_issue(&s.log, s.begin + 12, LETTERS + 3);
	publish();
	SYNC(&s, PUB, 3);
}
END_TEST

/* --- drafts -------------------------------------------------------------- */

/* A letter with the draft of another: changed at the end, it is another one as
 * far as the copy sees. */
static void
issue_of_draft(struct chronicle *log, int64_t time, unsigned sequence,
    unsigned of, size_t changed)
{
	struct log_entry e = { .time = time,
		.kind = ENTRY_ISSUE,
		.has_digest = true,
		.has_commitment = true,
		.reason = "V45",
		.officer = CHRONICLE_DRAFTER,
		.approver = CHRONICLE_APPROVER };
	uint8_t digest[32];

	chronicle_number(log, clock_year(s.begin), of, e.number);
	chronicle_digest(e.number, digest);
	chronicle_commit(digest, e.commitment);
	if (changed < sizeof(e.commitment))
		e.commitment[changed] ^= 1;
	chronicle_number(log, clock_year(s.begin), sequence, e.number);
	chronicle_digest(e.number, e.digest);
	chronicle_add(log, &e);
}

START_TEST(a_draft_becomes_one_letter)
{
	if (_i == 1) /* both new */
		chronicle_issue(&s.log, s.begin, LETTERS + 1);
	issue_of_draft(&s.log, s.begin, LETTERS + 1 + (unsigned)_i,
	    _i == 1 ? LETTERS + 1 : 2, SIZE_MAX);
	expect(3, "its draft became a letter before");
}
END_TEST

/* Each of the bytes that are kept tells one draft from another. */
START_TEST(drafts_that_are_alike)
{
	issue_of_draft(&s.log, s.begin, LETTERS + 1, 2, 0);
	issue_of_draft(
	    &s.log, s.begin, LETTERS + 2, 2, POST_LOG_COMMITMENT - 1);
	expect(0, "2 new lines");
}
END_TEST

/* Also in the center's next log, but for what stands behind the end: there the
 * center may not know it any more. */
START_TEST(a_draft_of_an_earlier_log)
{
	struct chronicle second;

	chronicle_trust_log(&s.log, true, &s.row[0]);
	chronicle_issue(&s.log, s.begin, LETTERS + 1);
	publish();
	SYNC(&s, PUB, 0);
	chronicle_new(&second, "GTGUA01", 2, s.sample.key);
	chronicle_trust_log(&second, false, &s.row[1]);
	s.list.log_count = 2;
	sample_log_list(&s, PUB);
	chronicle_go_on(&second, s.begin + 1);
	issue_of_draft(&second, s.begin + 1, LETTERS + 1,
	    _i == 0 ? LETTERS + 1 : LETTERS, SIZE_MAX);
	chronicle_publish(&second, PUB, second.size, s.sample.now - 60);
	SYNC(&s, PUB, _i == 0 ? 0 : 3);
	ck_assert_int_eq(
	    strstr(s.text, "its draft became a letter") != NULL, _i == 1);
	chronicle_free(&second);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("log_lines");
	TCase *t = tcase_create("log_lines");

	tcase_add_loop_test(t, a_person_who_did_not_sign, 0,
	    (int)(sizeof(signer) / sizeof(signer[0])));
	tcase_add_test(t, one_wrong_line_of_many);
	tcase_add_test(t, the_first_wrong_line_is_told);
	tcase_add_loop_test(t, the_first_wrong_line_ends_the_rest, 0, 2);
	tcase_add_test(t, a_signature_is_missing);
	tcase_add_test(t, a_signature_of_another_line);
	tcase_add_loop_test(t, who_may_not_act, 0,
	    4 * (int)(sizeof(strangers) / sizeof(strangers[0])));
	tcase_add_test(t, a_used_key);
	tcase_add_loop_test(t, a_given_key, 0, 2);
	tcase_add_test(t, a_new_key);
	tcase_add_test(t, letters_of_a_hundred_years);
	tcase_add_test(t, the_list_comes_later);
	tcase_add_test(t, a_removed_person);
	tcase_add_loop_test(t, a_draft_becomes_one_letter, 0, 2);
	tcase_add_test(t, drafts_that_are_alike);
	tcase_add_loop_test(t, a_draft_of_an_earlier_log, 0, 2);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	suite_add_tcase(su, t);
	return su;
}

CHECK_MAIN(suite);
