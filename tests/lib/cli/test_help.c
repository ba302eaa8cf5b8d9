#include "cli/cli.h"

#include "base/bytes.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static int
run_nothing(struct cli *cli)
{
	(void)cli;
	return 0;
}

static const struct cli_option check_options[] = {
	{ "at", "TIME",
	    "judge as of another time, and say so in all that is printed, so "
	    "that nobody takes it for a verdict of today's",
	    false },
	{ "answer", "match|mismatch|none", "the officer's answer [to: this]",
	    false },
	{ "save", "DIR", "where to save", true },
	{ "a-name-that-is-longer-than-most", "VALUE", "its text", false },
	{ 0 },
};

static const struct cli_option officer_options[] = {
	{ "role", "drafter|approver", "what the person may do", false },
	{ "as", "CODE", "who does it", false },
	{ "answer", "yes|no", "another answer", false },
	{ 0 },
};

static const struct cli_option give_options[] = {
	{ "role", "drafter|approver", "as whom", CLI_REQUIRED },
	{ "to", "PUB", "where it goes", CLI_REQUIRED },
	{ "new", NULL, "a new one", CLI_ONCE },
	{ 0 },
};

static const struct cli_option mend_options[] = {
	{ "clock", NULL, "the clock", CLI_ONCE },
	{ "shown", NULL, "what was shown", CLI_ONCE },
	{ "how", "fast|well", "how", CLI_ONCE },
	{ "slowly", NULL, "take the time", CLI_ONCE },
	{ "from", "FILE", "from there", CLI_ONCE },
	{ 0 },
};

static const struct cli_rule officer_rules[] = {
	{ NULL, CLI_AS_ARGS, NULL, "say: add CODE, remove CODE, or list" },
	{ "add", CLI_NEEDS, "--role", NULL },
	{ "add|remove", CLI_NEEDS, "--as", NULL },
	{ 0 },
};

static const struct cli_rule mend_rules[] = {
	{ NULL, CLI_ONE_OF, "--clock|--shown", "say what" },
	{ CLI_ARGS, CLI_NEEDS, "--shown", NULL },
	{ "--how=fast", CLI_EXCLUDES, "--slowly", "not fast and slowly" },
	{ "--from", CLI_NEEDS, "--how|ARGS", "from there is not enough" },
	{ 0 },
};

static const struct word roles[] = {
	{ "drafter", "enters people", NULL },
	{ "approver", "signs", "who approves" },
	{ 0 },
};

static const struct cli_choice choices[] = {
	{ "drafter|approver", roles },
	{ 0 },
};

static const struct cli_command commands[] = {
	{ .name = "check",
	    .args = "INPUT...",
	    .summary = "judge letters",
	    .detail = "The first paragraph of this text is long enough to go "
		      "over the end of the line of a terminal, twice even, "
		      "if it is told at the length that such texts have.\n\n"
		      "The second paragraph.",
	    .example = "sello-test check a.xml\nsello-test check --json b.png",
	    .options = check_options,
	    .min_args = 1,
	    .max_args = -1,
	    .needs_home = true,
	    .run = run_nothing },
	{ .name = "officer",
	    .args = "add CODE|remove CODE|list",
	    .summary = "the center's officers",
	    .options = officer_options,
	    .max_args = 2,
	    .run = run_nothing,
	    .rules = officer_rules },
	{ .name = "give",
	    .summary = "give it away",
	    .options = give_options,
	    .run = run_nothing },
	{ .name = "mend",
	    .args = "FILE...",
	    .summary = "mend it",
	    .options = mend_options,
	    .max_args = -1,
	    .run = run_nothing,
	    .rules = mend_rules },
	{ .name = "status", .summary = "what it's like", .run = run_nothing },
	{ 0 },
};

static void
print_values(const struct cli *asked, const char *place)
{
	(void)asked;
	(void)place;
}

static const struct cli_program program = {
	.name = "sello-test",
	.summary = "Test the command line.",
	.example = "sello-test check one\nsello-test check two\n"
		   "sello-test status",
	.commands = commands,
	.values = print_values,
	.choices = choices,
};

static struct bytes out, err;

static int
cli(const char *first, const char *second, const char *third)
{
	char *argv[] = { (char *)(uintptr_t) "sello-test",
		(char *)(uintptr_t)first, (char *)(uintptr_t)second,
		(char *)(uintptr_t)third, NULL };
	int argc = 1;
	int status;
	pid_t child;

	while (argv[argc] != NULL)
		argc++;
	if ((child = fork()) == 0) {
		if (freopen("out", "w", stdout) == NULL ||
		    freopen("err", "w", stderr) == NULL ||
		    setvbuf(stderr, NULL, _IONBF, 0) != 0)
			_exit(99);
		_exit(cli_main(&program, argc, argv));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	bytes_free(&out);
	bytes_free(&err);
	run_get("out", &out);
	run_get("err", &err);
	bytes_add_text(&out, "");
	bytes_add_text(&err, "");
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
set_up(void)
{
	run_folder();
	setenv("LC_ALL", "C", 1);
	unsetenv("LANGUAGE");
}

static void
tear_down(void)
{
	bytes_free(&out);
	bytes_free(&err);
	run_leave();
}

static void
assert_has(const struct bytes *text, const char *part)
{
	ck_assert_msg(strstr((char *)text->at, part) != NULL,
	    "no \"%s\" in:\n%s", part, (char *)text->at);
}

static void
assert_fits(const struct bytes *text)
{
	const char *line = (char *)text->at;
	char copy[1024];
	size_t len;

	for (; *line != '\0'; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		snprintf(copy, sizeof(copy), "%.*s", (int)len, line);
		ck_assert_msg(utf8_length(copy) < 80, "%s", copy);
		ck_assert_msg(len == 0 || copy[len - 1] != ' ', "<%s>", copy);
	}
}

START_TEST(help_lists_commands_options_and_examples)
{
	ck_assert_int_eq(cli("--help", NULL, NULL), 0);
	ck_assert_uint_eq(err.len, 0);
	assert_has(&out, "sello-test - Test the command line.\n");
	assert_has(&out, "\n  check       judge letters\n");
	assert_has(&out, "\n  officer     the center's officers\n");
	assert_has(&out, "\n  help  ");
	assert_has(&out, "\n  completion  ");
	assert_has(&out, "\n  --lang es|en|fr|pt|ht  ");
	assert_has(&out, "\n  --home DIR  ");
	assert_has(&out, "\n  --passphrase-file FILE  ");
	assert_has(&out,
	    "\n  sello-test check one\n  sello-test check two\n"
	    "  sello-test status\n");
	assert_fits(&out);
}
END_TEST

static const char *const same[][3] = { { "-h", NULL, NULL },
	{ "help", NULL, NULL }, { "--json", "--help", NULL } };

START_TEST(help_by_other_names)
{
	struct bytes want = { 0 };

	ck_assert_int_eq(cli("--help", NULL, NULL), 0);
	bytes_add(&want, out.at, out.len);
	ck_assert_int_eq(cli(same[_i][0], same[_i][1], same[_i][2]), 0);
	ck_assert(bytes_equal(&out, &want));
	bytes_free(&want);
}
END_TEST

/* A word that is typed stands with what it means. */
START_TEST(words_are_told_with_their_meanings)
{
	ck_assert_int_eq(cli("help", "officer", NULL), 0);
	assert_has(&out, "      drafter   enters people\n");
	assert_has(&out, "      approver  who approves: signs\n");
	ck_assert_int_eq(cli("officer", "--role=APROVER", NULL), 64);
	assert_has(&err, "does not know \"APROVER\"; did you mean approver?");
	assert_has(&err, "\n  drafter   enters people\n");
	ck_assert_int_eq(cli("officer", "--role", NULL), 64);
	assert_has(&err, "give --role with one of these words:\n  drafter ");
	ck_assert_int_eq(cli("help", "statis", NULL), 64);
	assert_has(&err, "did you mean status?");
}
END_TEST

START_TEST(alone_it_helps_on_stderr)
{
	ck_assert_int_eq(cli(NULL, NULL, NULL), 64);
	ck_assert_uint_eq(out.len, 0);
	assert_has(&err, "\n  check       judge letters\n");
}
END_TEST

START_TEST(help_on_a_command)
{
	struct bytes first = { 0 };

	ck_assert_int_eq(cli("help", "check", NULL), 0);
	assert_has(&out, "sello-test check - judge letters\n");
	assert_has(
	    &out, "Usage: sello-test check --home DIR [OPTION]... INPUT...\n");
	assert_has(&out, "\n\nThe second paragraph.\n");
	assert_has(&out, "\n  --answer match|mismatch|none  the officer's ");
	assert_has(&out, "\n  --a-name-that-is-longer-than-most VALUE\n    ");
	assert_has(&out, "\n  --json  ");
	assert_has(&out,
	    "\n  sello-test check a.xml\n  sello-test check --json b.png\n");
	assert_has(&out, "\nExit status: ");
	assert_fits(&out);
	bytes_add(&first, out.at, out.len);
	/* without a home and without its argument */
	ck_assert_int_eq(cli("check", "--help", NULL), 0);
	ck_assert(bytes_equal(&out, &first));
	ck_assert_int_eq(cli("--help", "check", NULL), 0);
	ck_assert(bytes_equal(&out, &first));
	bytes_free(&first);
}
END_TEST

/* What must be given is told by help, and asked for. */
START_TEST(required_options)
{
	ck_assert_int_eq(cli("help", "give", NULL), 0);
	assert_has(&out,
	    "Usage: sello-test give --role drafter|approver --to PUB "
	    "[OPTION]...\n");
	ck_assert_int_eq(cli("give", "--to=pub", NULL), 64);
	assert_has(&err, "give --role with one of these words:");
	ck_assert_int_eq(cli("give", "--role=approver", NULL), 64);
	assert_has(&err, "--to PUB is missing (where it goes)");
	ck_assert_int_eq(cli("give", "--role=approver", "--to="), 64);
	assert_has(&err, "--to PUB is missing");
	ck_assert_int_eq(cli("give", "--role=none", "--to=pub"), 64);
	assert_has(&err, "--role does not know");
	ck_assert_int_eq(cli("give", "--role=approver", "--to=pub"), 0);
}
END_TEST

/* A command line with up to three words behind "sello-test", and what is then
 * said; NULL: it is in order. */
static const struct {
	const char *word[3], *says;
} ruled[] = {
	{ { "officer", "list" }, NULL },
	{ { "officer", "list", "--as=x" }, NULL },
	{ { "officer", "list", "x" }, "say: add CODE, remove CODE, or list" },
	{ { "officer", "add" }, "say: add CODE, remove CODE, or list" },
	{ { "officer", "lists" }, "say: add CODE, remove CODE, or list" },
	{ { "officer", "add", "x" }, "give --role with one of these words:" },
	{ { "officer", "remove", "x" }, "--as CODE is missing (who does it)" },
	{ { "mend" }, "say what" },
	{ { "mend", "--clock" }, NULL },
	{ { "mend", "--clock", "--shown" }, "say what" },
	{ { "mend", "--clock", "x" }, "mend: too many arguments, from x on" },
	{ { "mend", "--shown", "x" }, NULL },
	{ { "mend", "--shown", "--how=fast" }, NULL },
	{ { "mend", "--shown", "--slowly" }, NULL },
	{ { "mend", "--shown", "--from=x" }, "from there is not enough" },
};

START_TEST(rules_hold)
{
	const char *const *word = ruled[_i].word;
	int want = ruled[_i].says != NULL ? 64 : 0;

	ck_assert_int_eq(cli(word[0], word[1], word[2]), want);
	if (want != 0)
		assert_has(&err, ruled[_i].says);
	else
		ck_assert_uint_eq(err.len, 0);
}
END_TEST

START_TEST(rules_of_several_things)
{
	char *argv[] = { (char *)(uintptr_t) "sello-test",
		(char *)(uintptr_t) "mend", (char *)(uintptr_t) "--clock",
		(char *)(uintptr_t) "--slowly", (char *)(uintptr_t) "--how",
		(char *)(uintptr_t) "fast", NULL };

	ck_assert_int_eq(cli_main(&program, 6, argv), 64);
	argv[5] = (char *)(uintptr_t) "well";
	ck_assert_int_eq(cli_main(&program, 6, argv), 0);
}
END_TEST

/* Help tells them: what is always needed, and by word, in its first lines. */
START_TEST(rules_are_told)
{
	ck_assert_int_eq(cli("help", "officer", NULL), 0);
	assert_has(&out,
	    "\nUsage: sello-test officer --role drafter|approver --as CODE "
	    "[OPTION]... add\n       CODE\n"
	    "Usage: sello-test officer --as CODE [OPTION]... remove CODE\n"
	    "Usage: sello-test officer [OPTION]... list\n");
	ck_assert_int_eq(cli("help", "mend", NULL), 0);
	assert_has(&out,
	    "Usage: sello-test mend (--clock | --shown) [OPTION]... FILE...\n");
	assert_has(
	    &out, "\n\n  not fast and slowly\n  from there is not enough\n\n");
	ck_assert_ptr_null(strstr((char *)out.at, "say what"));
	assert_fits(&out);
}
END_TEST

START_TEST(help_on_a_plain_command)
{
	ck_assert_int_eq(cli("help", "status", NULL), 0);
	assert_has(&out, "Usage: sello-test status [OPTION]...\n");
	ck_assert_ptr_null(strstr((char *)out.at, "\nOptions:\n"));
	ck_assert_ptr_null(strstr((char *)out.at, "Examples:"));
	ck_assert_int_eq(cli("help", "completion", NULL), 0);
	assert_has(&out, "bash|zsh|fish");
	assert_fits(&out);
}
END_TEST

START_TEST(helps_in_every_language)
{
	ck_assert_int_eq(cli("--lang", i18n_languages[_i], "--help"), 0);
	assert_has(&out, "  sello-test check one\n");
	ck_assert(utf8_is_valid(out.at, out.len));
	assert_fits(&out);
}
END_TEST

/* --- completion ----------------------------------------------------------- */

/* Words typed after the program's name, and what bash then offers. */
static const struct {
	const char *typed, *want;
} completions[] = {
	{ "''", "check officer give mend status help completion" },
	{ "c", "check completion" },
	{ "--home x st", "status" },
	{ "--lang e", "es en" },
	{ "--lang=es s", "status" },
	{ "--at x st", "status" },
	{ "check --a", "--at --answer --a-name-that-is-longer-than-most" },
	{ "check --answer m", "match mismatch" },
	{ "officer --answer ''", "yes no" },
	{ "officer --as ''", "" },
	{ "--home x officer --as ''", "as-x" },
	{ "officer --home x --as a", "as-x" },
	{ "--home x officer remove ''", "remove-x" },
	{ "officer ''", "add remove list" },
	{ "officer --role d", "drafter" },
	{ "check --save ''", "" },
	{ "check ''", "" },
	{ "status --j", "--json" },
	{ "status --at", "" },
	{ "mend --sh", "--shown" },
	{ "mend --clock --s", "--slowly" },
	{ "mend --shown --c", "" },
	{ "mend --how well --s", "--shown --slowly" },
	{ "help s", "status" },
	{ "completion ''", "bash zsh fish" },
};

START_TEST(bash_completes)
{
	char command[512];
	struct bytes got = { 0 };
	struct bytes want = { 0 };

	ck_assert_int_eq(cli("completion", "bash", NULL), 0);
	snprintf(command, sizeof(command),
	    "bash -c '. ./out; "
	    "sello-test() { [ -z \"$4\" ] || echo \"$5-$4\"; }; COMP_WORDS=(sello-test \"$@\"); "
	    "COMP_CWORD=$#; _sello_test; echo \"${COMPREPLY[*]}\"' x %s",
	    completions[_i].typed);
	ck_assert_int_eq(run(command, &got), 0);
	bytes_addf(&want, "%s\n", completions[_i].want);
	ck_assert_msg(bytes_equal(&got, &want), "%s: %s", completions[_i].typed,
	    (char *)got.at);
	bytes_free(&got);
	bytes_free(&want);
}
END_TEST

START_TEST(shells_accept_their_scripts)
{
	const char *const shells[] = { "bash", "zsh", "fish" };
	char command[64];

	ck_assert_int_eq(cli("completion", shells[_i], NULL), 0);
	ck_assert_uint_eq(err.len, 0);
	ck_assert_uint_gt(out.len, 500);
	if (!run_has(shells[_i]))
		return;
	snprintf(command, sizeof(command), "%s -n out", shells[_i]);
	ck_assert_int_eq(run(command, NULL), 0);
}
END_TEST

/* Texts come from translators: they may hold what shells take for code. */
START_TEST(scripts_quote_texts)
{
	ck_assert_int_eq(cli("completion", "zsh", NULL), 0);
	assert_has(&out, "#compdef sello-test\n");
	assert_has(&out,
	    "'--answer[the officer'\\''s answer \\[to\\: this\\]]"
	    ":answer:(match mismatch none)'");
	assert_has(&out, "'*--save[where to save]:save:_files'");
	assert_has(&out, "'status:what it'\\''s like'");
	assert_has(&out, "'(--clock)--shown[what was shown]'");
	assert_has(&out, "'--slowly[take the time]'");
	ck_assert_int_eq(cli("completion", "fish", NULL), 0);
	assert_has(&out, "-a status -d 'what it\\'s like'\n");
	assert_has(&out,
	    "-n '__fish_seen_subcommand_from mend; and not "
	    "__fish_contains_opt clock' -l shown ");
	assert_has(&out, "-l answer -x -a 'match mismatch none' -d 'the ");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cli_help");
	TCase *t = tcase_create("help");

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, help_lists_commands_options_and_examples);
	tcase_add_loop_test(t, help_by_other_names, 0, COUNT(same));
	tcase_add_test(t, words_are_told_with_their_meanings);
	tcase_add_test(t, alone_it_helps_on_stderr);
	tcase_add_test(t, help_on_a_command);
	tcase_add_test(t, required_options);
	tcase_add_loop_test(t, rules_hold, 0, COUNT(ruled));
	tcase_add_test(t, rules_of_several_things);
	tcase_add_test(t, rules_are_told);
	tcase_add_test(t, help_on_a_plain_command);
	tcase_add_loop_test(t, helps_in_every_language, 0, I18N_LANGUAGE_COUNT);
	suite_add_tcase(s, t);
	t = tcase_create("completion");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_loop_test(t, bash_completes, 0, COUNT(completions));
	tcase_add_loop_test(t, shells_accept_their_scripts, 0, 3);
	tcase_add_test(t, scripts_quote_texts);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
