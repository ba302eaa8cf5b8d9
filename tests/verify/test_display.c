/*
 * Tests of verify/display.h: the JSON contract, what people read, and that
 * red and grey say nothing of a person.
 */
#include "verify/display.h"

#include "tests/check_main.h"
#include "tests/verify/post/sample_post.h"
#include "verify/judge.h"
#include "verify/post/post_list.h"
#include "verify/post/presentation.h"
#include "verify/reasons.h"
#include "verify/summary.h"

static struct sample_post s;
static struct judge judge;
static struct bytes letter, code;
static struct display display;
static struct summary summary;
static char *text; /* of the last result */
static size_t text_len;
static json_t *json; /* of the last result */

static void
collect(const struct judged *judged, void *arg)
{
	(void)arg;
	free(text);
	display.out = open_memstream(&text, &text_len);
	ck_assert_ptr_nonnull(display.out);
	display_text(&display, &judge, judged);
	fclose(display.out);
	summary_add(&summary, &display, &judge, judged);
	json_decref(json);
	json = display_object(&judge, judged);
}

/* What stays on the screen, into text. */
static void
summarize(void)
{
	free(text);
	display.out = open_memstream(&text, &text_len);
	ck_assert_ptr_nonnull(display.out);
	summary_print(&summary, &display, &judge);
	fclose(display.out);
}

static void
setup(void)
{
	struct errtext err = { 0 };
	uint64_t sequence;

	sample_post_new(&s, false);
	sample_publish(&s, "pub",
	    (struct sample_list){
		.sequence = 7, .issued_at = s.now - 3 * CLOCK_DAY });
	ck_assert_int_eq(
	    post_list_accept(s.post, "pub", s.now, &err, &sequence),
	    OUTCOME_NEW);
	sample_post_files(&s, 1, &letter, &code);
	judge = (struct judge){ .post = s.post, .now = s.now, .tell = collect };
	display = (struct display){ .compare = true };
}

static void
teardown(void)
{
	free(text);
	text = NULL;
	json_decref(json);
	json = NULL;
	bytes_free(&letter);
	bytes_free(&code);
	summary_wipe(&summary);
	sample_post_free(&s);
}

static void
judge_letter(void)
{
	judge_bytes(&judge, "dir/letter.xml", letter.at, letter.len);
}

static const char *
value(const char *key)
{
	return json_string_value(json_object_get(json, key));
}

static bool
is_null(const char *key)
{
	return json_is_null(json_object_get(json, key));
}

/* Every key of the contract, in its order, and no other. */
START_TEST(keys_are_the_contract)
{
	static const char *const keys[] = { "source", "carrier", "verdict",
		"reasons", "letterNumber", "letter", "issuer", "log", "lists",
		"training", "checkedAt", "page", "ignored", "ignoredFiles",
		"hint" };
	void *at;
	size_t i = 0;

	judge_letter();
	for (at = json_object_iter(json); at != NULL;
	     at = json_object_iter_next(json, at)) {
		ck_assert_uint_lt(i, sizeof(keys) / sizeof(keys[0]));
		ck_assert_str_eq(json_object_iter_key(at), keys[i++]);
	}
	ck_assert_uint_eq(i, sizeof(keys) / sizeof(keys[0]));
}
END_TEST

START_TEST(a_valid_letter_in_json)
{
	json_t *issuer, *lists, *log;
	char now[CLOCK_INSTANT_SIZE];

	judge_letter();
	ck_assert_str_eq(value("source"), "dir/letter.xml");
	ck_assert_str_eq(value("carrier"), "xml");
	ck_assert_str_eq(value("verdict"), "valid");
	ck_assert_uint_eq(json_array_size(json_object_get(json, "reasons")), 0);
	ck_assert(json_is_object(json_object_get(json, "letter")));
	issuer = json_object_get(json, "issuer");
	ck_assert_str_eq(
	    json_string_value(json_object_get(issuer, "center")), "GTGUA01");
	ck_assert_str_eq(
	    json_string_value(json_object_get(issuer, "name")), s.center.name);
	ck_assert_uint_eq(
	    json_string_length(json_object_get(issuer, "keyId")), 8);
	log = json_object_get(json, "log");
	ck_assert_str_eq(
	    json_string_value(json_object_get(log, "state")), "unknown");
	ck_assert(json_is_null(json_object_get(log, "size")));
	ck_assert(json_is_null(json_object_get(log, "asOf")));
	lists = json_object_get(json, "lists");
	ck_assert_int_eq(
	    json_integer_value(json_object_get(lists, "sequence")), 7);
	ck_assert_int_eq(
	    json_integer_value(json_object_get(lists, "ageDays")), 3);
	ck_assert(json_is_false(json_object_get(json, "training")));
	clock_format(s.now, now);
	ck_assert_str_eq(value("checkedAt"), now);
	ck_assert(is_null("page"));
	ck_assert(is_null("hint"));
	ck_assert_int_eq(
	    json_integer_value(json_object_get(json, "ignored")), 0);
	ck_assert_int_eq(
	    json_integer_value(json_object_get(json, "ignoredFiles")), 0);
}
END_TEST

START_TEST(nothing_known_is_null)
{
	run(": >post/trust.xml", NULL);
	judge_failure(&judge, "-", ERR_UNREADABLE, NULL);
	ck_assert(is_null("hint"));
	ck_assert(is_null("carrier"));
	ck_assert(is_null("letterNumber"));
	ck_assert(is_null("letter"));
	ck_assert(is_null("issuer"));
	ck_assert(json_is_null(
	    json_object_get(json_object_get(json, "lists"), "sequence")));
	ck_assert(json_is_null(
	    json_object_get(json_object_get(json, "lists"), "issuedAt")));
	ck_assert(json_is_null(
	    json_object_get(json_object_get(json, "lists"), "ageDays")));
}
END_TEST

/* Why nothing could be read: only where that is certain. */
static const struct {
	const char *file;
	size_t len;
	const char *hint;
} unread[] = {
	{ "\0\0\0\x0cjP  \r\n\x87\n", 12, "format" }, /* JPEG 2000 */
	{ "II*\0\10\0\0\0", 8, "damaged" },
	{ "\xd0\xcf\x11\xe0\0", 5, "format" },
	{ "\x89PNG\r\n\x1a\n\0\0", 10, "damaged" },
	{ "", 0, "format" },
	{ "a text", 6, NULL },
};

START_TEST(why_it_could_not_be_read)
{
	judge_bytes(
	    &judge, "file", (const uint8_t *)unread[_i].file, unread[_i].len);
	if (unread[_i].hint == NULL)
		ck_assert(is_null("hint"));
	else
		ck_assert_str_eq(value("hint"), unread[_i].hint);
}
END_TEST

START_TEST(a_typed_number_is_not_authenticated)
{
	judge_number(&judge, "gtgua01 2026 000002 j", "GTGUA01-2026-000002-J");
	ck_assert_str_eq(value("carrier"), "number");
	ck_assert(is_null("letterNumber"));
	ck_assert(is_null("issuer"));
	/* what was asked comes first */
	ck_assert_int_eq(
	    strncmp(text, "Typed number: GTGUA01-2026-000002-J\n", 36), 0);
	ck_assert_ptr_nonnull(strstr(text, "log has under"));
}
END_TEST

/* Words that only the signed fields hold. */
static const char *const personal[] = { "1990-05-02", "Q'anil", "Rigoberta",
	"Surnames", "Apellidos" };

static void
ck_no_personal_data(void)
{
	char *line = json_dumps(json, 0);
	size_t i;

	ck_assert(is_null("letter"));
	for (i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
		ck_assert_msg(strstr(text, personal[i]) == NULL &&
			strstr(line, personal[i]) == NULL,
		    "%s", personal[i]);
	free(line);
}

/* A newer list says that the key was never good. */
static void
revoke_key(void)
{
	struct errtext err = { 0 };
	uint64_t sequence;

	sample_publish(&s, "pub",
	    (struct sample_list){ .sequence = 8,
		.issued_at = s.now - 100,
		.status = KEY_REVOKED,
		.since = TRUST_WHOLE_LIFE });
	ck_assert_int_eq(
	    post_list_accept(s.post, "pub", s.now, &err, &sequence),
	    OUTCOME_NEW);
}

START_TEST(red_and_grey_show_nobody)
{
	struct letter *is = malloc(sizeof(*is));

	/* what is searched for must be in the letter at all */
	sample_post_letter(&s, 1, is);
	ck_assert_ptr_nonnull(strstr((char *)letter.at, personal[0]));
	free(is);
	if (_i == 0)
		revoke_key();
	else if (_i == 1)
		letter.at[letter.len / 4] ^= 1;
	else if (_i == 2)
		judge.now = s.now + 40 * CLOCK_DAY; /* U-LIST-STALE */
	else
		judge.selftest_failed = true;
	judge_letter();
	ck_assert_str_ne(value("verdict"), "valid");
	ck_no_personal_data();
	/* the number is known from authenticated bytes, or not shown */
	ck_assert_int_eq(is_null("letterNumber"), _i == 1);
}
END_TEST

START_TEST(the_verdict_is_the_first_word)
{
	judge_letter();
	ck_assert_int_eq(strncmp(text, "AUTHENTIC AND VALID", 19), 0);
	ck_assert_ptr_null(strchr(text, '\033'));
	judge.selftest_failed = true;
	judge_letter();
	ck_assert_int_eq(strncmp(text, "COULD NOT BE CHECKED", 20), 0);
	judge.selftest_failed = false;
	letter.at[letter.len / 4] ^= 1;
	judge_letter();
	ck_assert_int_eq(strncmp(text, "NOT AUTHENTIC", 13), 0);
	ck_assert_ptr_nonnull(strstr(text, "F-SIGNATURE"));
}
END_TEST

/* Whom to call stands in the list, and is shown when there is a question. */
START_TEST(red_tells_whom_to_call)
{
	letter.at[letter.len / 4] ^= 1;
	judge_letter();
	ck_assert_ptr_nonnull(strstr(text, "+50212345678"));
	ck_assert_ptr_nonnull(strstr(text, s.center.name));
}
END_TEST

START_TEST(green_shows_fields_questions_and_age)
{
	struct letter is;

	sample_post_letter(&s, 1, &is);
	judge_letter();
	ck_assert_ptr_nonnull(strstr(text, is.surnames));
	ck_assert_ptr_nonnull(strstr(text, is.number));
	ck_assert_ptr_nonnull(strstr(text, is.case_reference));
	ck_assert_ptr_nonnull(strstr(text, "Compare:"));
	ck_assert_ptr_nonnull(strstr(text, "number 7"));
	ck_assert_ptr_nonnull(strstr(text, "3 days old"));
	ck_assert_ptr_null(strstr(text, "Judged as of"));
	judge.at_given = true;
	judge_letter();
	ck_assert_ptr_nonnull(strstr(text, "Judged as of"));
}
END_TEST

/* The last lines, in this order, and nothing below them. */
static void
ck_lines(const char *const *lines, size_t count)
{
	const char *at = text;
	size_t i;

	for (i = 0; i < count; i++) {
		at = strstr(at, lines[i]);
		ck_assert_msg(at != NULL, "no %s in: %s", lines[i], text);
	}
	ck_assert_msg(strchr(at, '\n') == text + text_len - 1, "%s", text);
}

/* Green and amber begin alike: the shape tells them apart without color. */
START_TEST(the_last_lines_of_one)
{
	static const char *const green[] = { "AUTHENTIC AND VALID [OK]\n",
		"Rigoberta", "1990-05-02", "This visit is not recorded." };
	static const char *const amber[] = { "AUTHENTIC, ATTENTION /!\\ /!\\ /",
		"R-PRESENTED", "First shown at this post: ", "Rigoberta",
		"1990-05-02", "This visit is recorded." };
	static const char *const again[] = { "1990-05-02",
		"Read a moment ago" };
	static const char *const grey[] = { "COULD NOT BE CHECKED [?] [?] [?",
		"U-UNREADABLE" };

	judge_letter();
	summarize();
	ck_lines(green, 4);
	judge.record = true;
	judge.presented = PRESENTED_OTHER_VISIT;
	judge_letter();
	judge.moment += PRESENTED_VISIT + 1;
	summary_wipe(&summary);
	judge_letter();
	summarize();
	ck_lines(amber, 6);
	summary_wipe(&summary);
	judge_letter();
	summarize();
	ck_lines(again, 2);
	summary_wipe(&summary);
	judge_bytes(&judge, "file", NULL, 0);
	summarize();
	ck_lines(grey, 2);
	ck_assert_ptr_null(strstr(text, "recorded"));
}
END_TEST

START_TEST(the_table_of_several)
{
	static const char *const rows[] = { "Verdict", "[X]", "scan 9, 15:13",
		"NOT AUTHENTIC", "F-SIGNATURE", "[?]", "nothing",
		"COULD NOT BE CHECKED", "U-UNREADABLE", "[OK]",
		"dir/letter.xml", "AUTHENTIC AND VALID", "Rigoberta",
		"NOT AUTHENTIC [X]: 1", "COULD NOT BE CHECKED [?]: 1",
		"AUTHENTIC AND VALID [OK]: 1", "not recorded" };

	judge_letter();
	judge_bytes(&judge, "nothing", NULL, 0);
	letter.at[letter.len / 4] ^= 1;
	display.label = "scan 9, 15:13";
	judge_letter();
	summarize();
	ck_lines(rows, sizeof(rows) / sizeof(rows[0]));
	/* red has no name */
	ck_assert_ptr_null(strstr(strstr(text, "Rigoberta") + 1, "Rigoberta"));
}
END_TEST

/* What is not green must not scroll away. */
START_TEST(a_long_table_has_the_worst_last)
{
	const char *green, *grey, *red;
	int i;

	letter.at[letter.len / 4] ^= 1;
	display.label = "bad";
	judge_letter();
	letter.at[letter.len / 4] ^= 1;
	display.label = "empty";
	judge_bytes(&judge, "empty", NULL, 0);
	display.label = "good";
	for (i = 0; i < 10; i++)
		judge_letter();
	summarize();
	green = strstr(text, "[OK] good");
	grey = strstr(text, "[?]  empty");
	red = strstr(text, "[X]  bad");
	ck_assert_ptr_nonnull(green);
	ck_assert_ptr_nonnull(grey);
	ck_assert_ptr_nonnull(red);
	ck_assert(green < grey && grey < red);
}
END_TEST

/* The number of a letter stands at the end of its file's name. */
START_TEST(a_long_name_keeps_its_end)
{
	letter.at[letter.len / 4] ^= 1;
	judge_bytes(&judge, "nothing", NULL, 0);
	judge_bytes(&judge,
	    "a/folder/of/many/words/that/goes/on/GTGUA01-2026-000001-L.xml",
	    letter.at, letter.len);
	summarize();
	ck_assert_ptr_nonnull(strstr(
	    text, "\xe2\x80\xa6/goes/on/GTGUA01-2026-000001-L.xml  NOT AUT"));
}
END_TEST

/* A sentence that must fit every case gives way to the one that is known. */
static const struct {
	enum reason reason;
	struct log_evidence log;
	const char *means;
} known[] = {
	{ F_UNLOGGED, { .other_digest = true },
	    "The center's log has another letter under this number." },
	{ F_UNLOGGED, { .other_digest = true, .contradicted = true },
	    "The center's log says something else of this letter than the "
	    "letter does." },
	{ F_UNLOGGED, { .state = LOG_ABSENT },
	    "The center's log of all letters does not have this one." },
	{ F_REVOKED, { .letter = HISTORY_FRAUD },
	    "The center withdrew it for fraud." },
	{ U_LIST_STALE, { .none_long = true },
	    "This post has no trust list yet." },
};

START_TEST(what_is_known_is_said)
{
	struct judged judged = { .source = "-",
		.judgement = { .log = known[_i].log } };

	ck_assert_str_eq(
	    reasons_means(&judged, known[_i].reason), known[_i].means);
	/* what could not be looked at is not told to be none */
	judged.judgement.list_unusable = true;
	ck_assert_str_eq(reasons_means(&judged, U_LIST_STALE),
	    "This post's trust list cannot be used.");
}
END_TEST

START_TEST(color_only_when_asked)
{
	display.color = true;
	ck_assert_int_eq(unsetenv("COLORTERM"), 0);
	ck_assert_int_eq(setenv("TERM", "screen", 1), 0);
	judge_letter();
	/* of the eight that every terminal with colors has */
	ck_assert_ptr_nonnull(strstr(text, "\033[1;37;42m"));
	ck_assert_int_eq(setenv("TERM", "xterm-256color", 1), 0);
	judge_letter();
	ck_assert_ptr_nonnull(strstr(text, "\033["));
	ck_assert_ptr_nonnull(strstr(text, "AUTHENTIC AND VALID"));
	ck_assert_ptr_nonnull(strstr(text, "\033[0m"));
}
END_TEST

/* A file's name may hold what paints screens. */
START_TEST(names_of_files_are_harmless)
{
	judge_bytes(&judge, "a\033[2Jb", letter.at, letter.len);
	ck_assert_ptr_null(strchr(text, '\033'));
}
END_TEST

START_TEST(ages_in_whole_days)
{
	ck_assert_int_eq(display_age_days(0, CLOCK_DAY - 1), 0);
	ck_assert_int_eq(display_age_days(0, CLOCK_DAY), 1);
	ck_assert_int_eq(display_age_days(100, 0), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite_all = suite_create("display");
	TCase *t = tcase_create("display");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, keys_are_the_contract);
	tcase_add_test(t, a_valid_letter_in_json);
	tcase_add_test(t, nothing_known_is_null);
	tcase_add_loop_test(
	    t, why_it_could_not_be_read, 0, sizeof(unread) / sizeof(unread[0]));
	tcase_add_test(t, a_typed_number_is_not_authenticated);
	tcase_add_loop_test(t, red_and_grey_show_nobody, 0, 4);
	tcase_add_test(t, the_verdict_is_the_first_word);
	tcase_add_test(t, red_tells_whom_to_call);
	tcase_add_test(t, green_shows_fields_questions_and_age);
	tcase_add_test(t, the_last_lines_of_one);
	tcase_add_test(t, the_table_of_several);
	tcase_add_test(t, a_long_table_has_the_worst_last);
	tcase_add_test(t, a_long_name_keeps_its_end);
	tcase_add_loop_test(t, what_is_known_is_said, 0,
	    (int)(sizeof(known) / sizeof(known[0])));
	tcase_add_test(t, color_only_when_asked);
	tcase_add_test(t, names_of_files_are_harmless);
	tcase_add_test(t, ages_in_whole_days);
	suite_add_tcase(suite_all, t);
	return suite_all;
}

CHECK_MAIN(suite);
