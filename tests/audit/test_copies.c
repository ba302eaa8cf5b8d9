/*
 * test_copies.c - audit/sources.h, audit/seen.h, audit/state.h: several
 * folders, several copies, heads from elsewhere and from the audit before;
 * damage is told from manipulation.
 */
#include "tests/audit/trial.h"

#include "base/file.h"
#include "tests/check_main.h"

#include <sys/stat.h>
#include <unistd.h>

/* --- copies that contradict or not --------------------------------------- */

START_TEST(an_older_copy_beside_a_newer_is_nothing)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 300);
	trial_publish_part(&t, "old", 258, T0 + 255 * 60);
	trial_publish(&t, "new");
	trial_audit(&t, "old", "new", NULL);
	only(&t, FINDING_COUNT);
	ck_assert_uint_eq(t.audit.centers[0].logs[0].size, 304);
	trial_end(&t);
}
END_TEST

/* The same log up to line 100, then two. */
static void
fork_log(struct trial *t, bool longer)
{
	trial_issue(t, 1, 300);
	trial_publish(t, "pub");
	chronicle_cut(t->log, 100);
	t->now += 60;
	trial_issue(t, 97, longer ? 310 : 200);
	trial_publish(t, "other");
}

START_TEST(two_logs_are_a_fork)
{
	struct trial t;

	trial_begin(&t);
	fork_log(&t, _i == 1);
	trial_audit(&t, "pub", "other", NULL);
	must_find(&t, FINDING_FORK);
	/* a shorter one that was signed later went back as well */
	ck_assert((trial_find(&t, FINDING_ROLLBACK) != NULL) == (_i == 0));
	ck_assert_int_eq(findings_exit(&t.audit.findings), 3);
	trial_end(&t);
}
END_TEST

START_TEST(two_heads_of_one_size_are_a_fork)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 20);
	trial_publish(&t, "pub");
	chronicle_cut(t.log, 20);
	trial_issue(&t, 17, 20);
	trial_publish(&t, "other");
	trial_audit(&t, "pub", "other", NULL);
	only(&t, FINDING_FORK);
	trial_end(&t);
}
END_TEST

START_TEST(a_shorter_log_signed_later_is_a_rollback)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 20);
	trial_publish(&t, "pub");
	trial_publish_part(&t, "other", 10, t.now + 60);
	trial_audit(&t, "pub", "other", NULL);
	only(&t, FINDING_ROLLBACK);
	trial_end(&t);
}
END_TEST

START_TEST(lines_dated_before_a_head_without_them)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 20);
	trial_publish_part(&t, "old", 10, t.now + 3600);
	trial_publish_part(&t, "pub", t.log->size, t.now + 7200);
	trial_audit(&t, "pub", "old", NULL);
	only(&t, FINDING_BACKDATED);
	ck_assert_int_eq(must_find(&t, FINDING_BACKDATED)->index, 10);
	trial_end(&t);
}
END_TEST

/* --- damage -------------------------------------------------------------- */

static void
spoil(const char *path, int how)
{
	struct bytes file = { 0 };

	run_get(path, &file);
	ck_assert_uint_gt(file.len, 10);
	switch (how) {
	case 0: /* a bit, here of a line's length */
		file.at[0] ^= 1;
		break;
	case 1: /* cut off */
		file.len /= 2;
		break;
	case 2: /* grown */
		bytes_add_text(&file, "more");
		break;
	case 3:
		file.len = 0;
		break;
	case 4:
		ck_assert_int_eq(unlink(path), 0);
		break;
	case 5: /* not a file */
		ck_assert_int_eq(unlink(path), 0);
		ck_assert_int_eq(mkdir(path, 0755), 0);
		break;
	}
	if (how < 4)
		run_put(path, file.at, file.len);
	bytes_free(&file);
}

static const char *const files[] = { "pub/log/GTGUA01/1/checkpoint",
	"pub/log/GTGUA01/1/tile/entries/000",
	"pub/log/GTGUA01/1/tile/entries/001.p/48",
	"pub/log/GTGUA01/1/tile/1/000.p/1", "pub/trust.xml" };

START_TEST(damage_is_never_a_proof)
{
	const char *path = files[_i / 6];
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 300);
	trial_publish(&t, "pub");
	spoil(path, _i % 6);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 2);
	trial_end(&t);
}
END_TEST

/* Any bit of any byte of a bundle, of a line that stays one too: nobody can
 * tell who spoilt it, so it is damage. */
START_TEST(a_changed_line_is_damage)
{
	const char *path = "pub/log/GTGUA01/1/tile/entries/000";
	struct bytes file = { 0 };
	struct trial t;
	size_t at;

	trial_begin(&t);
	trial_issue(&t, 1, 300);
	trial_publish(&t, "pub");
	run_get(path, &file);
	for (at = 0; at < file.len; at += file.len / 40) {
		file.at[at] ^= (uint8_t)(1u << at % 8);
		run_put(path, file.at, file.len);
		trial_audit(&t, "pub", NULL);
		only(&t, FINDING_UNCHECKED);
		ck_assert_int_eq(findings_exit(&t.audit.findings), 2);
		file.at[at] ^= (uint8_t)(1u << at % 8);
	}
	bytes_free(&file);
	trial_end(&t);
}
END_TEST

/* Each copy is told once, also when none of them is whole. */
START_TEST(two_changed_copies_are_two_findings)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 300);
	trial_publish(&t, "pub");
	trial_publish(&t, "zcopy");
	spoil("pub/log/GTGUA01/1/tile/entries/000", 0);
	spoil("zcopy/log/GTGUA01/1/tile/entries/000", 0);
	trial_audit(&t, "pub", "zcopy", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_uint_eq(
	    findings_of_code(&t.audit.findings, FINDING_UNCHECKED), 2);
	trial_end(&t);
}
END_TEST

/* The log signed this head, so its lines count; when, nobody knows. */
START_TEST(a_damaged_cosignature_is_told)
{
	const char *path = "pub/log/GTGUA01/1/checkpoint";
	struct bytes head = { 0 };
	struct trial t;
	size_t line, id;

	trial_begin(&t);
	trial_issue(&t, 1, 30);
	trial_publish(&t, "pub");
	run_get(path, &head);
	/* in the signature, in the key id before it, and the whole line */
	for (id = head.len - 1; head.at[id - 1] != ' ';)
		id--;
	for (line = id; head.at[line - 1] != '\n';)
		line--;
	head.at[_i == 0 ? head.len - 20 : id] ^= 1;
	run_put(path, head.at, _i == 2 ? line : head.len);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 2);
	bytes_free(&head);
	trial_end(&t);
}
END_TEST

START_TEST(another_copy_stands_in_for_a_damaged_one)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 300);
	trial_publish(&t, "pub");
	trial_publish(&t, "zcopy"); /* the one that is tried second */
	spoil("pub/log/GTGUA01/1/tile/entries/000", 0);
	ck_assert_int_eq(unlink("pub/trust.xml"), 0);
	trial_audit(&t, "pub", "zcopy", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert(t.audit.centers[0].whole);
	ck_assert_uint_eq(t.audit.centers[0].logs[0].read, 304);
	trial_end(&t);
}
END_TEST

/* What could be read of a damaged log is judged all the same. */
START_TEST(a_proof_before_the_damage_counts)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	chronicle_withdraw(t.log, t.now, 2026, 9, "WITHDRAWN");
	trial_issue(&t, 4, 600);
	trial_publish(&t, "pub");
	spoil("pub/log/GTGUA01/1/tile/entries/001", 0);
	trial_audit(&t, "pub", NULL);
	must_find(&t, FINDING_UNCHECKED);
	must_find(&t, FINDING_UNKNOWN);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 3);
	ck_assert_uint_eq(t.audit.centers[0].logs[0].read, 256);
	trial_end(&t);
}
END_TEST

/* A line of a later version: nobody is accused of what comes after. */
START_TEST(a_later_version_stops_the_reader)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	chronicle_add_raw(t.log, "s2 something new", 16);
	chronicle_withdraw(t.log, t.now, 2026, 9, "WITHDRAWN");
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	trial_end(&t);
}
END_TEST

START_TEST(foreign_folders)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	trial_publish(&t, "pub");
	run_put("file", "x", 1);
	ck_assert_int_eq(mkdir("empty", 0755), 0);
	trial_audit(&t, "pub", "empty", "file", "nowhere", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_uint_eq(
	    findings_of_code(&t.audit.findings, FINDING_UNCHECKED), 3);
	/* no list at all */
	trial_audit(&t, "empty", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_uint_eq(t.audit.center_count, 0);
	/* a log that no list names */
	ck_assert_int_eq(file_mkdir("pub/log/GTGUA01/2", 0755, NULL), ERR_OK);
	ck_assert_int_eq(file_mkdir("pub/log/XX</b>/1", 0755, NULL), ERR_OK);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_uint_eq(
	    findings_of_code(&t.audit.findings, FINDING_UNCHECKED), 2);
	trial_end(&t);
}
END_TEST

/* Names that a terminal would obey are not handed on. */
START_TEST(names_on_a_stick_are_harmless)
{
	struct trial t;
	size_t i;

	trial_begin(&t);
	trial_publish(&t, "pub");
	ck_assert_int_eq(
	    file_mkdir("pub/log/\033[31m/\033]0;x\007", 0755, NULL), ERR_OK);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	for (i = 0; i < t.audit.findings.count; i++)
		ck_assert_ptr_null(strchr(t.audit.findings.at[i].text, '\033'));
	trial_end(&t);
}
END_TEST

/* Another root's publication, and the log of another center under a name. */
START_TEST(foreign_signatures)
{
	struct realm_center *other;
	struct trial t;

	trial_begin(&t);
	other = realm_add_center(&t.realm, "GTGUA02", "GTM");
	trial_issue(&t, 1, 3);
	chronicle_open(&other->log, T0);
	trial_publish(&t, "pub");
	chronicle_publish(&other->log, "elsewhere", 1, T0);
	ck_assert_int_eq(
	    run("cp -r elsewhere/log/GTGUA02 pub/log/ && rm -r "
		"pub/log/GTGUA01/1 && cp -r elsewhere/log/GTGUA02/1 "
		"pub/log/GTGUA01/1",
		NULL),
	    0);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	realm_free(&t.realm);
	realm_new(&t.realm, T0);
	realm_write_root(&t.realm, "root.crt");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_ptr_null(t.audit.list);
	trial_end(&t);
}
END_TEST

/* --- trust lists
 * --------------------------------------------------------------
 */

START_TEST(two_lists_of_one_sequence_are_a_proof)
{
	struct trial t;

	trial_begin(&t);
	trial_publish(&t, "pub");
	t.realm.sequence--;
	t.realm.at += 60;
	realm_write_list(&t.realm, "other");
	trial_audit(&t, "pub", "other", NULL);
	only(&t, FINDING_LIST_FORK);
	trial_end(&t);
}
END_TEST

static size_t
forks(const struct trial *t)
{
	size_t count = 0;

	for (size_t i = 0; i < t->audit.findings.count; i++)
		count += t->audit.findings.at[i].code == FINDING_LIST_FORK;
	return count;
}

/* In whatever order they are named, and however many newer ones there are. */
START_TEST(so_are_two_old_ones_beside_a_newer_one)
{
	static const char *const order[][4] = {
		{ "one", "pub", "other", NULL },
		{ "pub", "one", "other", NULL },
		{ "one", "other", "pub", NULL },
		{ "pub", "other", "one", "one" }, /* said once */
	};
	struct trial t;

	trial_begin(&t);
	trial_publish(&t, "one");
	t.realm.sequence--;
	t.realm.at += 60;
	realm_write_list(&t.realm, "other");
	trial_publish(&t, "pub");
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		trial_audit(&t, order[i][0], order[i][1], order[i][2],
		    order[i][3], NULL);
		only(&t, FINDING_LIST_FORK);
		ck_assert_uint_eq(forks(&t), 1);
	}
	trial_end(&t);
}
END_TEST

START_TEST(the_newest_list_counts)
{
	struct trial t;

	trial_begin(&t);
	trial_publish(&t, "old");
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", "old", NULL);
	only(&t, FINDING_COUNT);
	ck_assert_uint_eq(t.audit.list->sequence, 2);
	t.options.now = T0 + 8 * CLOCK_DAY;
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	must_find(&t, FINDING_LIST_OLD);
	trial_end(&t);
}
END_TEST

/* --- from one audit to the next ------------------------------------------ */

static void
audit_and_keep(struct trial *t, const char *pub)
{
	trial_audit(t, pub, NULL);
	ck_assert_msg(
	    audit_keep(&t->audit, &t->err) == ERR_OK, "%s", t->err.text);
}

static bool
state_has(uint64_t size)
{
	struct bytes note = { 0 };
	char want[32];
	bool has;

	run_get("state/GTGUA01-1.checkpoint", &note);
	snprintf(want, sizeof(want), "\n%llu\n", (unsigned long long)size);
	has = note.len > 0 && strstr((const char *)note.at, want) != NULL;
	bytes_free(&note);
	return has;
}

START_TEST(continuity_with_the_audit_before)
{
	struct trial t;

	trial_begin(&t);
	t.options.state = "state";
	trial_issue(&t, 1, 20);
	trial_publish(&t, "pub");
	audit_and_keep(&t, "pub");
	only(&t, FINDING_COUNT);
	ck_assert(state_has(24));
	audit_and_keep(&t, "pub"); /* nothing new */
	only(&t, FINDING_COUNT);
	trial_issue(&t, 21, 30);
	trial_publish(&t, "pub");
	audit_and_keep(&t, "pub");
	only(&t, FINDING_COUNT);
	ck_assert(state_has(34));
	/* an old stick: a question, and the state stays */
	trial_publish_part(&t, "old", 20, t.now - 600);
	audit_and_keep(&t, "old");
	only(&t, FINDING_BEHIND);
	ck_assert(state_has(34));
	trial_end(&t);
}
END_TEST

START_TEST(the_state_exposes_a_rewritten_log)
{
	struct trial t;

	trial_begin(&t);
	t.options.state = "state";
	trial_issue(&t, 1, 20);
	trial_publish(&t, "pub");
	audit_and_keep(&t, "pub");
	chronicle_cut(t.log, 15);
	trial_issue(&t, 12, 40);
	trial_publish(&t, "new");
	audit_and_keep(&t, "new");
	only(&t, FINDING_FORK);
	ck_assert(state_has(24)); /* the evidence stays */
	trial_end(&t);
}
END_TEST

START_TEST(an_older_list_than_the_states_is_a_question)
{
	struct trial t;

	trial_begin(&t);
	t.options.state = "state";
	trial_publish(&t, "old");
	trial_publish(&t, "pub");
	audit_and_keep(&t, "pub");
	audit_and_keep(&t, "old");
	only(&t, FINDING_LIST_BEHIND);
	ck_assert_uint_eq(t.audit.list->sequence, 2);
	trial_end(&t);
}
END_TEST

START_TEST(a_damaged_state_is_not_overwritten)
{
	struct trial t;

	trial_begin(&t);
	t.options.state = "state";
	trial_publish(&t, "pub");
	audit_and_keep(&t, "pub");
	spoil("state/GTGUA01-1.checkpoint", _i);
	audit_and_keep(&t, "pub");
	only(&t, FINDING_UNCHECKED);
	trial_end(&t);
}
END_TEST

START_TEST(what_could_not_be_checked_is_not_kept)
{
	struct trial t;

	trial_begin(&t);
	t.options.state = "state";
	trial_issue(&t, 1, 300);
	trial_publish(&t, "pub");
	spoil("pub/log/GTGUA01/1/tile/entries/000", 0);
	audit_and_keep(&t, "pub");
	ck_assert(!file_exists("state/GTGUA01-1.checkpoint"));
	trial_end(&t);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("copies");
	TCase *t = tcase_create("copies");

	tcase_add_test(t, an_older_copy_beside_a_newer_is_nothing);
	tcase_add_loop_test(t, two_logs_are_a_fork, 0, 2);
	tcase_add_test(t, two_heads_of_one_size_are_a_fork);
	tcase_add_test(t, a_shorter_log_signed_later_is_a_rollback);
	tcase_add_test(t, lines_dated_before_a_head_without_them);
	tcase_add_loop_test(t, damage_is_never_a_proof, 0,
	    6 * (int)(sizeof(files) / sizeof(files[0])));
	tcase_add_test(t, a_changed_line_is_damage);
	tcase_add_loop_test(t, a_damaged_cosignature_is_told, 0, 3);
	tcase_add_test(t, two_changed_copies_are_two_findings);
	tcase_add_test(t, another_copy_stands_in_for_a_damaged_one);
	tcase_add_test(t, a_proof_before_the_damage_counts);
	tcase_add_test(t, a_later_version_stops_the_reader);
	tcase_add_test(t, foreign_folders);
	tcase_add_test(t, names_on_a_stick_are_harmless);
	tcase_add_test(t, foreign_signatures);
	tcase_add_test(t, two_lists_of_one_sequence_are_a_proof);
	tcase_add_test(t, so_are_two_old_ones_beside_a_newer_one);
	tcase_add_test(t, the_newest_list_counts);
	tcase_add_test(t, continuity_with_the_audit_before);
	tcase_add_test(t, the_state_exposes_a_rewritten_log);
	tcase_add_test(t, an_older_list_than_the_states_is_a_question);
	tcase_add_loop_test(t, a_damaged_state_is_not_overwritten, 0, 4);
	tcase_add_test(t, what_could_not_be_checked_is_not_kept);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
