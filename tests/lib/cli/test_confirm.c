/*
 * cli/confirm.h and base/suspect.h: at, below and above each limit, and what
 * is said to whom.
 */
#include "base/suspect.h"
#include "cli/confirm.h"

#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOW   1796180645 /* 2026-12-02T03:04:05Z */
#define TODAY "2026-12-02"

static const struct {
	const char *name;
	int64_t newest;
	bool jump;
} jumps[] = {
	{ "nothing signed yet", 0, false },
	{ "the same second", NOW, false },
	{ "below", NOW - 3 * CLOCK_DAY + 1, false },
	{ "at", NOW - 3 * CLOCK_DAY, false },
	{ "above", NOW - 3 * CLOCK_DAY - 1, true },
	{ "years", NOW - 4000 * CLOCK_DAY, true },
	/* a clock behind is another matter: who signs refuses it */
	{ "behind", NOW + 400 * CLOCK_DAY, false },
};

START_TEST(a_jump_is_more_than_three_days)
{
	ck_assert_msg(confirm_is_jump(NOW, jumps[_i].newest) == jumps[_i].jump,
	    "%s", jumps[_i].name);
}
END_TEST

/* --- asking -------------------------------------------------------------- */

static const struct cli_option options[] = {
	CONFIRM_OPTION,
	{ "newest", "SECONDS", "newest signed time", false },
	{ 0 },
};

static int
run_sign(struct cli *cli)
{
	struct errtext err = { 0 };
	int64_t newest;
	enum err rc;

	if (!cli_int(cli, "newest", 0, INT64_MAX, 0, &newest))
		return 64;
	rc = confirm_jump(cli, NOW, newest, "the list", &err);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}

static const struct cli_option ask_options[] = {
	{ "yes", NULL, "do not ask", false },
	{ 0 },
};

static int
run_ask(struct cli *cli)
{
	struct errtext err = { 0 };
	enum err rc = confirm_yes(cli, "Is it so?", &err);

	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}

static const struct cli_command commands[] = {
	{ .name = "ask",
	    .summary = "ask",
	    .options = ask_options,
	    .run = run_ask },
	{ .name = "sign",
	    .summary = "sign",
	    .options = options,
	    .run = run_sign },
	{ 0 },
};

static const struct cli_program program = {
	.name = "sello-test",
	.summary = "Test.",
	.example = "sello-test sign",
	.commands = commands,
};

static const char *zone = "UTC";

/* Exit status; typed: what is typed on a terminal, NULL: there is none. said:
 * all that was written. */
static int
call(int argc, char **argv, const char *typed, char *said, size_t size)
{
	int master, slave, status, fd;
	size_t len = 0;
	ssize_t n;
	pid_t child;

	ck_assert_int_eq(openpty(&master, &slave, NULL, NULL, NULL), 0);
	if ((child = fork()) == 0) {
		fd = typed != NULL ? slave : open("/dev/null", O_RDONLY);
		dup2(fd, STDIN_FILENO);
		dup2(slave, STDERR_FILENO);
		close(master);
		setenv("TZ", zone, 1);
		setenv("COLUMNS", "1000", 1); /* what is said in one line */
		_exit(cli_main(&program, argc, argv));
	}
	close(slave);
	if (typed != NULL)
		ck_assert_int_eq(write(master, typed, strlen(typed)),
		    (ssize_t)strlen(typed));
	while (len + 1 < size &&
	    (n = read(master, said + len, size - 1 - len)) > 0)
		len += (size_t)n;
	said[len] = '\0';
	close(master);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

static int
sign(const char *newest, const char *confirm, const char *typed, char *said,
    size_t size)
{
	char *argv[] = { (char *)(uintptr_t) "sello-test",
		(char *)(uintptr_t) "sign", (char *)(uintptr_t) "--newest",
		(char *)(uintptr_t)newest, NULL, NULL, NULL };
	int argc = 4;

	if (confirm != NULL) {
		argv[argc++] = (char *)(uintptr_t) "--confirm-date";
		argv[argc++] = (char *)(uintptr_t)confirm;
	}
	return call(argc, argv, typed, said, size);
}

#define FAR  "1795921444" /* three days and a second before */
#define NEAR "1795921445" /* three days */

static const struct {
	const char *newest, *confirm, *typed;
	int exit;
	const char *says;
} answers[] = {
	{ NEAR, NULL, NULL, 0, "" },
	{ "0", NULL, NULL, 0, "" },
	{ FAR, NULL, NULL, 78, "add --confirm-date " TODAY },
	{ FAR, NULL, NULL, 78, "2026-11-29 03:04 UTC" },
	{ FAR, NULL, NULL, 78, "2026-12-02 03:04 UTC" },
	{ FAR, NULL, NULL, 78, "this computer's clock is suspected" },
	{ FAR, TODAY, NULL, 0, "" },
	{ FAR, "2026-12-01", NULL, 78, "2026-12-01" },
	{ FAR, "2026-12-03", NULL, 78, TODAY },
	{ FAR, "2026-12-2", NULL, 78, "write it as --confirm-date " TODAY },
	{ FAR, "02/12/2026", NULL, 78, "--confirm-date " TODAY },
	{ FAR, "2026-12-02 ", NULL, 78, "" },
	{ FAR, "yes", NULL, 78, "" },
	{ FAR, "", NULL, 78, "" },
	/* a date that is said must always be right */
	{ NEAR, TODAY, NULL, 0, "" },
	{ NEAR, "2026-12-01", NULL, 78, "suspected" },
	/* on a terminal */
	{ FAR, NULL, TODAY "\n", 0, "today is " TODAY ". Look" },
	{ FAR, NULL, "2026-12-01\n", 78, "" },
	{ FAR, NULL, "\n" TODAY "\n", 0, "" }, /* a slip: once more */
	{ FAR, NULL, "02/12/2026\n" TODAY "\n", 0, "" },
	{ FAR, NULL, "02/12/2026\n02/12/2026\n", 78, "write it as " TODAY },
	{ FAR, NULL, "y\ny\n", 78, "" },
	{ FAR, NULL, "\n\n", 78, "add --confirm-date " TODAY },
	{ FAR, NULL, "\n\004", 78, "add --confirm-date " TODAY },
	{ FAR, NULL, "2026-12-01\n" TODAY "\n", 78, "suspected" },
	{ FAR, NULL, "\004", 78, "" },
	{ FAR, TODAY, "2026-12-01\n", 0, "" },
	{ NEAR, NULL, "2026-12-01\n", 0, "" },
};

START_TEST(the_date_is_asked_for)
{
	char said[4096];
	int exit = sign(answers[_i].newest, answers[_i].confirm,
	    answers[_i].typed, said, sizeof(said));

	ck_assert_msg(
	    exit == answers[_i].exit, "row %d: %d, %s", _i, exit, said);
	ck_assert_msg(
	    strstr(said, answers[_i].says) != NULL, "row %d: %s", _i, said);
}
END_TEST

/* An evening in Guatemala: the calendar on the wall is asked for. */
START_TEST(the_day_is_that_of_the_wall)
{
	static const struct {
		const char *confirm, *typed;
		int exit;
	} row[] = {
		{ NULL, "2026-12-01\n", 0 },
		{ "2026-12-01", NULL, 0 },
		{ TODAY, NULL, 0 }, /* scripts know UTC's */
		{ "2026-12-03", NULL, 78 },
		{ "2026-11-30", NULL, 78 },
		{ NULL, NULL, 78 },
	};
	char said[4096];

	zone = "CST6";
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		ck_assert_int_eq(
		    sign(FAR, row[i].confirm, row[i].typed, said, sizeof(said)),
		    row[i].exit);
		ck_assert_msg(row[i].confirm != NULL ||
			strstr(said, "today is 2026-12-01") != NULL,
		    "%s", said);
		ck_assert_ptr_null(strstr(said, "(UTC)"));
	}
	zone = "UTC";
}
END_TEST

static const struct {
	const char *yes, *typed;
	int exit;
	const char *says;
} questions[] = {
	{ NULL, "y\n", 0, "Is it so? [y/n]" },
	{ NULL, "n\n", 77, "Nothing was done" },
	{ NULL, "perhaps\ny\n", 0, "" }, /* asked again */
	{ NULL, "perhaps\nn\n", 77, "" },
	{ NULL, "\004", 77, "[y/n] \r\nsello-test: Nothing was done" },
	{ NULL, NULL, 64, "Is it so? Nobody can answer here: add --yes" },
	{ "--yes", NULL, 0, "" },
	{ "--yes", "n\n", 0, "" },
};

START_TEST(a_person_says_yes)
{
	char *argv[] = { (char *)(uintptr_t) "sello-test",
		(char *)(uintptr_t) "ask", (char *)(uintptr_t)questions[_i].yes,
		NULL };
	char text[4096];
	int exit = call(questions[_i].yes != NULL ? 3 : 2, argv,
	    questions[_i].typed, text, sizeof(text));

	ck_assert_msg(
	    exit == questions[_i].exit, "row %d: %d, %s", _i, exit, text);
	ck_assert_msg(
	    strstr(text, questions[_i].says) != NULL, "row %d: %s", _i, text);
}
END_TEST

/* --- yes and no ---------------------------------------------------------- */

static const struct {
	const char *lang, *typed;
	bool stop;
	enum confirm_answer want;
} said[] = {
	{ "en", "y\n", false, CONFIRM_YES },
	{ "en", "y", false, CONFIRM_YES },
	{ "en", " Yes \r\n", false, CONFIRM_YES },
	{ "en", "n\n", false, CONFIRM_NO },
	{ "en", "NO\n", true, CONFIRM_NO },
	{ "en", "q\n", true, CONFIRM_STOP },
	{ "en", "q\n", false, CONFIRM_UNCLEAR },
	{ "en", "", false, CONFIRM_STOP },
	{ "en", "\n", false, CONFIRM_UNCLEAR },
	{ "en", "yesterday\n", false, CONFIRM_UNCLEAR },
	{ "en", "ye\n", false, CONFIRM_UNCLEAR },
	{ "en", "y yes\n", false, CONFIRM_UNCLEAR },
	{ "en", "s\n", false, CONFIRM_UNCLEAR },
	{ "en", "\xff\n", false, CONFIRM_UNCLEAR },
	{ "es", "s\n", false, CONFIRM_YES },
	{ "es", "s\xc3\xad\n", false, CONFIRM_YES },
	{ "es", "S\xc3\x8d\n", false, CONFIRM_YES },
	{ "es", "si\xcc\x81\n", false, CONFIRM_YES }, /* not composed */
	{ "es", "y\n", false, CONFIRM_YES },
	{ "es", "yes\n", false, CONFIRM_YES },
	{ "es", "n\n", true, CONFIRM_NO },
	{ "es", "q\n", true, CONFIRM_STOP },
	{ "es", "o\n", false, CONFIRM_UNCLEAR },
	{ "ht", "wi\n", false, CONFIRM_YES },
	{ "ht", "non\n", false, CONFIRM_NO },
	/* no catalogue: the English words */
	{ "fr", "y\n", false, CONFIRM_YES },
};

static void
put_words(const char *lang, const char *yes, const char *no)
{
	char command[512];

	snprintf(command, sizeof(command),
	    "mkdir -p loc/sello/LC_MESSAGES && printf 'msgid \"\"\\nmsgstr "
	    "\"Content-Type: text/plain; charset=UTF-8\\\\n\"\\n\\nmsgid "
	    "\"y yes\"\\nmsgstr \"%s\"\\n\\nmsgid \"n no\"\\nmsgstr "
	    "\"%s\"\\n' | msgfmt -o loc/sello/LC_MESSAGES/sello-%s.mo -",
	    yes, no, lang);
	ck_assert_int_eq(run(command, NULL), 0);
}

static void
set_up(void)
{
	char path[4096];

	run_folder();
	put_words("es", "s s\xc3\xad si", "n no");
	put_words("ht", "w wi", "n non");
	i18n_init();
	ck_assert_ptr_nonnull(getcwd(path, sizeof(path) - 4));
	strcat(path, "/loc");
	i18n_catalogues(path);
}

static enum confirm_answer
answer(const char *typed, const char *lang, bool stop, char **shown)
{
	char text[64];
	FILE *in, *out;
	size_t len;
	enum confirm_answer got;

	ck_assert(i18n_set(lang));
	snprintf(text, sizeof(text), "%s", typed);
	/* of no bytes none can be opened */
	in = text[0] != '\0' ? fmemopen(text, strlen(text), "r")
			     : fopen("/dev/null", "r");
	out = open_memstream(shown, &len);
	got = confirm_ask(in, out, "Right?", stop);
	fclose(in);
	fclose(out);
	return got;
}

START_TEST(each_language_has_its_yes)
{
	char *shown = NULL;
	enum confirm_answer got =
	    answer(said[_i].typed, said[_i].lang, said[_i].stop, &shown);

	ck_assert_msg(got == said[_i].want, "row %d: %d", _i, got);
	free(shown);
}
END_TEST

START_TEST(the_question_shows_its_letters)
{
	static const struct {
		const char *lang;
		bool stop;
		const char *want;
	} row[] = {
		{ "en", false, "Right? [y/n] " },
		{ "en", true, "Right? [y/n/q] " },
		{ "es", false, "Right? [s/n] " },
		{ "ht", true, "Right? [w/n/q] " },
		{ "pt", false, "Right? [y/n] " },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		char *shown = NULL;

		answer("n", row[i].lang, row[i].stop, &shown);
		ck_assert_str_eq(shown, row[i].want);
		free(shown);
	}
}
END_TEST

/* Of a long line no part is an answer, to this question or the next. */
START_TEST(a_long_line_is_one_answer)
{
	char text[200], *shown = NULL;
	size_t len;
	FILE *in, *out = open_memstream(&shown, &len);

	for (size_t blank = 60; blank < 70; blank++) {
		snprintf(text, sizeof(text), "%*sy\nn\n", (int)blank, "");
		in = fmemopen(text, strlen(text), "r");
		ck_assert_int_ne(
		    confirm_ask(in, out, "Right?", false), CONFIRM_NO);
		ck_assert_int_eq(
		    confirm_ask(in, out, "Right?", false), CONFIRM_NO);
		fclose(in);
	}
	fclose(out);
	free(shown);
}
END_TEST

/* --- which clock --------------------------------------------------------- */

static const struct {
	int64_t witness;
	enum suspect want;
} witnesses[] = {
	{ 0, SUSPECT_EITHER },
	{ NOW, SUSPECT_OTHER },
	{ NOW - 7 * CLOCK_DAY, SUSPECT_OTHER },
	{ NOW - 7 * CLOCK_DAY - 1, SUSPECT_EITHER },
	{ NOW + 600, SUSPECT_OTHER },
	{ NOW + 601, SUSPECT_THIS },
	{ NOW + 400 * CLOCK_DAY, SUSPECT_THIS },
};

START_TEST(a_third_date_says_which_clock)
{
	ck_assert_int_eq(
	    suspect_clock(NOW, NOW + CLOCK_DAY, witnesses[_i].witness),
	    witnesses[_i].want);
}
END_TEST

START_TEST(both_times_are_named)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(setenv("TZ", "UTC", 1), 0);
	ck_assert_int_eq(suspect_set(&err, ERR_CONFIG, "the trust list",
			     NOW + CLOCK_DAY, NOW, NOW),
	    ERR_CONFIG);
	ck_assert_ptr_nonnull(
	    strstr(err.text, "the trust list is dated 2026-12-03 03:04 UTC"));
	ck_assert_ptr_nonnull(strstr(err.text, "2026-12-02 03:04 UTC"));
	ck_assert_ptr_nonnull(strstr(err.text, "The other clock is suspected"));
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static Suite *
suite(void)
{
	Suite *s = suite_create("confirm");
	TCase *t = tcase_create("confirm");

	tcase_add_loop_test(t, a_jump_is_more_than_three_days, 0, COUNT(jumps));
	tcase_add_loop_test(t, a_person_says_yes, 0, COUNT(questions));
	tcase_add_loop_test(t, the_date_is_asked_for, 0, COUNT(answers));
	tcase_add_test(t, the_day_is_that_of_the_wall);
	tcase_add_loop_test(
	    t, a_third_date_says_which_clock, 0, COUNT(witnesses));
	tcase_add_test(t, both_times_are_named);
	suite_add_tcase(s, t);
	t = tcase_create("yes and no");
	tcase_add_checked_fixture(t, set_up, run_leave);
	tcase_add_loop_test(t, each_language_has_its_yes, 0, COUNT(said));
	tcase_add_test(t, the_question_shows_its_letters);
	tcase_add_test(t, a_long_line_is_one_answer);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
