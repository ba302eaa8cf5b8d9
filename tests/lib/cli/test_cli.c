#include "cli/cli.h"

#include "base/bytes.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* --- a small program of our own ------------------------------------------- */

/* Prints what it was handed: home, JSON, options, arguments. */
static int
run_show(struct cli *cli)
{
	const char *value;

	printf("%s home=%s json=%d", cli->command->name,
	    cli->home != NULL ? cli->home : "-", cli->json);
	if ((value = cli_value(cli, "name")) != NULL)
		printf(" name=%s", value);
	if (cli_has(cli, "all"))
		printf(" all%s", cli_value(cli, "all") == NULL ? "" : "?");
	for (size_t i = 0; (value = cli_values(cli, "file", i)) != NULL; i++)
		printf(" file%zu=%s", i, value);
	if ((value = cli_value(cli, "file")) != NULL)
		printf(" last=%s", value);
	for (int i = 0; i < cli->arg_count; i++)
		printf(" [%s]", cli->args[i]);
	if (cli->args[cli->arg_count] != NULL)
		printf(" not ended");
	return 0;
}

static int
run_number(struct cli *cli)
{
	int64_t days, at;

	if (!cli_int(cli, "days", -5, 730, 30, &days) ||
	    !cli_time(cli, "at", 42, &at))
		return 64;
	printf("%lld %lld", (long long)days, (long long)at);
	return 0;
}

static int
run_fail(struct cli *cli)
{
	struct errtext err = { "a\x1b[2Jb.csv: line 7\nnext" };

	cli_warn(cli, "%s: %d", "careful", 3);
	if (cli_has(cli, "advise")) {
		cli_warn(cli,
		    "(sello-test pair), sello-test fail, sello-test pairs; "
		    "sello-test pair a --home H; sello-test pair a.");
		return 0;
	}
	if (cli_has(cli, "silent"))
		return cli_fail(cli, ERR_BUSY, NULL);
	return cli_fail(cli, ERR_REFUSED, &err);
}

static int
run_color(struct cli *cli)
{
	printf("color=%d", cli_color(cli));
	return 3;
}

static const struct cli_option show_options[] = {
	{ "name", "TEXT", "a name", false },
	{ "all", NULL, "all of them", false },
	{ "file", "FILE", "a file", true },
	{ 0 },
};

static const struct cli_option number_options[] = {
	{ "days", "N", "days", false },
	{ "at", "TIME", "a time", false },
	{ 0 },
};

static const struct cli_option fail_options[] = {
	{ "silent", NULL, "say nothing", false },
	{ "advise", NULL, "advise commands", false },
	{ 0 },
};

static const struct cli_command commands[] = {
	{ .name = "show",
	    .args = "THING...",
	    .summary = "show things",
	    .options = show_options,
	    .max_args = -1,
	    .run = run_show },
	{ .name = "pair",
	    .args = "ONE [TWO]",
	    .summary = "show one or two",
	    .min_args = 1,
	    .max_args = 2,
	    .needs_home = true,
	    .run = run_show },
	{ .name = "number",
	    .summary = "print numbers",
	    .options = number_options,
	    .run = run_number },
	{ .name = "fail",
	    .summary = "fail",
	    .options = fail_options,
	    .run = run_fail },
	{ .name = "color", .summary = "tell of color", .run = run_color },
	{ 0 },
};

static const struct cli_program program = {
	.name = "sello-test",
	.summary = "Test the command line.",
	.example = "sello-test show a\nsello-test show b\nsello-test number",
	.commands = commands,
};

/* --- running it ----------------------------------------------------------- */

static struct bytes out, err;

/* Splits line at spaces; "''" is an empty word. */
static int
split(char *line, char *argv[32])
{
	int argc = 0;
	char *word;

	argv[argc++] = (char *)(uintptr_t) "sello-test";
	for (word = strtok(line, " "); word != NULL; word = strtok(NULL, " "))
		argv[argc++] = strcmp(word, "''") == 0 ? word + 2 : word;
	argv[argc] = NULL;
	return argc;
}

/* Exit status of the program; what it wrote lies in out and err. */
static int
cli(const char *line)
{
	char copy[512];
	char *argv[32];
	int status;
	pid_t child;

	snprintf(copy, sizeof(copy), "%s", line);
	fflush(NULL);
	if ((child = fork()) == 0) {
		int argc = split(copy, argv);

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
	unsetenv("SELLO_HOME");
}

static void
tear_down(void)
{
	bytes_free(&out);
	bytes_free(&err);
	run_leave();
}

static const struct {
	const char *line, *want;
} understood[] = {
	{ "show", "show home=- json=0" },
	{ "show a b", "show home=- json=0 [a] [b]" },
	{ "show ''", "show home=- json=0 []" },
	{ "show --name x a", "show home=- json=0 name=x [a]" },
	{ "show --name=x a", "show home=- json=0 name=x [a]" },
	{ "show a --name x", "show home=- json=0 name=x [a]" },
	{ "show --name= a", "show home=- json=0 name= [a]" },
	{ "show --name a=b", "show home=- json=0 name=a=b" },
	{ "show --name=--all", "show home=- json=0 name=--all" },
	{ "show --name -5", "show home=- json=0 name=-5" },
	{ "show --name - a", "show home=- json=0 name=- [a]" },
	{ "--name show show a", "show home=- json=0 name=show [a]" },
	{ "show --all", "show home=- json=0 all" },
	{ "--all show a", "show home=- json=0 all [a]" },
	{ "show --file a --file=b x --file c",
	    "show home=- json=0 file0=a file1=b file2=c last=c [x]" },
	{ "--home H show a", "show home=H json=0 [a]" },
	{ "--home=H --json show a", "show home=H json=1 [a]" },
	{ "show a --json --home H", "show home=H json=1 [a]" },
	{ "--lang es --home H show", "show home=H json=0" },
	{ "show - -", "show home=- json=0 [-] [-]" },
	{ "show -- --all -h", "show home=- json=0 [--all] [-h]" },
	{ "show --all -- --", "show home=- json=0 all [--]" },
	{ "-- show a", "show home=- json=0 [a]" },
	{ "pair --home H a", "pair home=H json=0 [a]" },
	{ "pair --home H a b", "pair home=H json=0 [a] [b]" },
	{ "show --passphrase-file F", "show home=- json=0" },
	{ "--version", "sello-test " SELLO_VERSION "\n" },
	{ "show --version", "sello-test " SELLO_VERSION "\n" },
	{ "number", "30 42" },
	{ "number --days 0 --at 1970-01-02", "0 86400" },
	{ "number --days -5 --at 1970-01-01T00:00:01Z", "-5 1" },
	{ "number --days=730", "730 42" },
	{ "number --days=007", "7 42" },
};

START_TEST(understands)
{
	int status = cli(understood[_i].line);

	ck_assert_msg(status == 0, "%s: %d, %s", understood[_i].line, status,
	    (char *)err.at);
	ck_assert_str_eq((char *)out.at, understood[_i].want);
	ck_assert_uint_eq(err.len, 0);
}
END_TEST

static const struct {
	const char *line;
	int status;
	const char *says;
} refused[] = {
	{ "nonsense", 64, "unknown command nonsense\n" },
	{ "shwo", 64, "did you mean show?" },
	{ "num", 64, "did you mean number?" },
	{ "hepl", 64, "did you mean help?" },
	{ "''", 64, "unknown command" },
	{ "--nonsense", 64, "unknown option --nonsense\n" },
	{ "--nonsense show", 64, "unknown option --nonsense\n" },
	{ "show --nmae x", 64, "did you mean --name?" },
	{ "show --nmae=secret", 64, "unknown option --nmae; did" },
	{ "--jsno show", 64, "did you mean --json?" },
	{ "show --days 3", 64, "unknown option --days" },
	{ "show -a", 64, "unknown option -a" },
	{ "show -json", 64, "did you mean --json?" },
	{ "show --all=1", 64, "--all takes no value" },
	{ "show --name", 64, "--name needs a value (TEXT)" },
	{ "show --name --all", 64, "--name needs a value" },
	{ "--home", 64, "--home needs a value" },
	{ "show --name a --name b", 64, "--name was given twice" },
	{ "show --all --all", 64, "--all was given twice" },
	{ "--home A show --home B", 64, "--home was given twice" },
	{ "show --passphrase-file A --passphrase-file B", 64, "twice" },
	{ "--json", 64, "which command?" },
	{ "--lang xx", 64, "--lang does not know \"xx\"" },
	{ "show --lang=", 64, "--lang does not know" },
	{ "--lang xx --help", 64, "--lang does not know" },
	{ "--lang xx --version", 64, "--lang does not know" },
	{ "pair a", 78, "--home DIR" },
	{ "pair", 78, "--home DIR" },
	{ "pair --home= a", 78, "sello-test init" },
	{ "pair --home H", 64, "pair needs ONE [TWO]" },
	{ "pair --home H a b c", 64, "too many arguments, from c on" },
	{ "number x", 64, "too many arguments, from x on" },
	{ "number --days 731", 64, "from -5 to 730" },
	{ "number --days -6", 64, "from -5 to 730" },
	{ "number --days 3x", 64, "whole number" },
	{ "number --days=", 64, "whole number" },
	{ "number --days -", 64, "whole number" },
	{ "number --days +3", 64, "whole number" },
	{ "number --days 3.0", 64, "whole number" },
	{ "number --days 0x10", 64, "whole number" },
	{ "number --days 99999999999999999999", 64, "whole number" },
	{ "number --at yesterday", 64, "2026-11-23T18:00:00Z" },
	{ "number --at 2026-02-30", 64, "--at takes a time" },
	{ "number --at 2026-11-23T18:00Z", 64, "--at takes a time" },
	{ "help nonsense", 64, "unknown command nonsense" },
	{ "help show number", 64, "too many" },
	{ "completion", 64, "bash|zsh|fish" },
	{ "completion csh", 64, "unknown shell csh" },
};

START_TEST(refuses)
{
	int status = cli(refused[_i].line);

	ck_assert_msg(
	    status == refused[_i].status, "%s: %d", refused[_i].line, status);
	ck_assert_msg(strstr((char *)err.at, refused[_i].says) != NULL,
	    "%s: %s", refused[_i].line, (char *)err.at);
	ck_assert_int_eq(strncmp((char *)err.at, "sello-test: ", 12), 0);
	if (status == 64)
		ck_assert_ptr_nonnull(
		    strstr((char *)err.at, "Try 'sello-test "));
	ck_assert_uint_eq(out.len, 0);
	ck_assert_ptr_null(strstr((char *)err.at, "secret"));
}
END_TEST

START_TEST(home_may_come_from_the_environment)
{
	setenv("SELLO_HOME", "E", 1);
	ck_assert_int_eq(cli("pair a"), 0);
	ck_assert_str_eq((char *)out.at, "pair home=E json=0 [a]");
	ck_assert_int_eq(cli("pair --home H a"), 0);
	ck_assert_str_eq((char *)out.at, "pair home=H json=0 [a]");
	setenv("SELLO_HOME", "", 1);
	ck_assert_int_eq(cli("pair a"), 78);
}
END_TEST

/* What is advised works as it is printed. */
START_TEST(advised_commands_have_the_home)
{
	ck_assert_int_eq(cli("fail --advise"), 0);
	ck_assert_ptr_nonnull(strstr((char *)err.at, "(sello-test pair), "));
	ck_assert_int_eq(cli("fail --advise --home a/b"), 0);
	ck_assert_str_eq((char *)err.at,
	    "sello-test: careful: 3\n"
	    "sello-test: (sello-test pair --home a/b), sello-test fail, "
	    "sello-test pairs; sello-test pair a --home H; "
	    "sello-test pair --home a/b a.\n");
	ck_assert_int_eq(cli("fail --advise --home it's"), 0);
	ck_assert_ptr_nonnull(
	    strstr((char *)err.at, "pair --home 'it'\\''s')"));
	ck_assert_int_eq(cli("fail --advise --home a\x1b"), 0);
	ck_assert_ptr_nonnull(strstr((char *)err.at, "(sello-test pair), "));
}
END_TEST

START_TEST(failures_are_told_safely)
{
	ck_assert_int_eq(cli("fail"), 77);
	ck_assert_str_eq((char *)err.at,
	    "sello-test: careful: 3\n"
	    "sello-test: a?[2Jb.csv: line 7?next\n");
	ck_assert_int_eq(cli("fail --silent"), 75);
	ck_assert_str_eq(
	    (char *)err.at, "sello-test: careful: 3\nsello-test: ERR_BUSY\n");
	ck_assert_int_eq(cli("a\x1b[2Jb"), 64);
	ck_assert_ptr_null(strchr((char *)err.at, '\x1b'));
}
END_TEST

START_TEST(status_of_the_command_is_the_programs)
{
	ck_assert_int_eq(cli("color"), 3);
	ck_assert_str_eq((char *)out.at, "color=0");
}
END_TEST

/* The same on a terminal, where color may be; with TERM and NO_COLOR. */
static const struct {
	const char *term, *no_color, *line, *want;
} terminals[] = {
	{ "xterm", NULL, "color", "color=1" },
	{ "xterm", "", "color", "color=1" },
	{ "xterm", "1", "color", "color=0" },
	{ "dumb", NULL, "color", "color=0" },
	{ "xterm", NULL, "color --json", "color=0" },
};

START_TEST(color_only_where_it_is_wanted)
{
	char seen[128] = "";
	char copy[64];
	char *argv[32];
	int master, status;
	ssize_t got;
	pid_t child = forkpty(&master, NULL, NULL, NULL);

	if (child == 0) {
		setenv("TERM", terminals[_i].term, 1);
		unsetenv("NO_COLOR");
		if (terminals[_i].no_color != NULL)
			setenv("NO_COLOR", terminals[_i].no_color, 1);
		strcpy(copy, terminals[_i].line);
		_exit(cli_main(&program, split(copy, argv), argv));
	}
	while ((got = read(master, seen + strlen(seen), 64)) > 0)
		continue;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(WEXITSTATUS(status), 3);
	ck_assert_str_eq(seen, terminals[_i].want);
	close(master);
}
END_TEST

/* Results that did not arrive must not end in success. */
static int
with_output_to(int fd, const char *line)
{
	char copy[64];
	char *argv[32];
	int status;
	pid_t child = fork();

	if (child == 0) {
		dup2(fd, STDOUT_FILENO);
		if (freopen("err", "w", stderr) == NULL ||
		    setvbuf(stderr, NULL, _IONBF, 0) != 0)
			_exit(99);
		strcpy(copy, line);
		_exit(cli_main(&program, split(copy, argv), argv));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	bytes_free(&err);
	run_get("err", &err);
	bytes_add_text(&err, "");
	return WEXITSTATUS(status);
}

START_TEST(lost_output_is_74)
{
	int full = open("/dev/full", O_WRONLY);
	int ends[2];

	ck_assert_int_ge(full, 0);
	ck_assert_int_eq(with_output_to(full, "show a"), 74);
	ck_assert_ptr_nonnull(strstr((char *)err.at, "standard output"));
	ck_assert_int_eq(with_output_to(full, "--help"), 74);
	ck_assert_int_eq(with_output_to(full, "color"), 74);
	/* nothing to write, nothing lost */
	ck_assert_int_eq(with_output_to(full, "fail"), 77);
	close(full);
	/* a reader that went away is no reason to die of SIGPIPE */
	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	ck_assert_int_eq(with_output_to(ends[1], "show a"), 74);
	close(ends[1]);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cli");
	TCase *t = tcase_create("cli");

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_loop_test(t, understands, 0, COUNT(understood));
	tcase_add_loop_test(t, refuses, 0, COUNT(refused));
	tcase_add_test(t, home_may_come_from_the_environment);
	tcase_add_test(t, advised_commands_have_the_home);
	tcase_add_test(t, failures_are_told_safely);
	tcase_add_test(t, status_of_the_command_is_the_programs);
	tcase_add_loop_test(
	    t, color_only_where_it_is_wanted, 0, COUNT(terminals));
	tcase_add_test(t, lost_output_is_74);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
