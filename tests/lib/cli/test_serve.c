/*
 * test_serve.c - what `serve` takes and the line that it prints: cli/serve.h.
 */
#include "cli/serve.h"

#include "tests/check_main.h"
#include "tests/support/run.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define LINK         "http://127.0.0.1:1/start/a"
#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* Tells by its exit status what it was told. */
static int
run_serve(struct cli *cli)
{
	struct serve_options options;

	if (!serve_options_take(cli, &options))
		return 64;
	serve_tell(cli, LINK);
	return (options.port > 0 ? 1 : 0) + (options.port == 65535 ? 2 : 0) +
	    (options.browser ? 4 : 0);
}

static const struct cli_option options[] = { SERVE_OPTIONS, { 0 } };

static const struct cli_command commands[] = {
	{ .name = "serve",
	    .args = "",
	    .summary = "Serve.",
	    .options = options,
	    .run = run_serve },
	{ 0 },
};

static const struct cli_program program = {
	.name = "sello-test",
	.summary = "Test serving.",
	.example = "sello-test serve\nsello-test serve\nsello-test serve",
	.commands = commands,
};

static const struct {
	const char *option, *value;
	int status;
	const char *line;
} told[] = {
	{ NULL, NULL, 4, LINK "\n" },
	{ "--no-browser", NULL, 0, LINK "\n" },
	{ "--port", "0", 4, LINK "\n" },
	{ "--port", "1", 5, LINK "\n" },
	{ "--port", "65535", 7, LINK "\n" },
	{ "--port", "65536", 64, "" },
	{ "--port", "-1", 64, "" },
	{ "--port", "http", 64, "" },
	{ "--json", NULL, 4, "{\"url\":\"" LINK "\"}\n" },
};

START_TEST(takes_and_tells)
{
	char name[] = "sello-test", serve[] = "serve", option[32], value[32];
	char *argv[] = { name, serve, NULL, NULL, NULL };
	int argc = 2, out, kept;
	struct bytes said = { 0 };

	if (told[_i].option != NULL)
		argv[argc++] = strcpy(option, told[_i].option);
	if (told[_i].value != NULL)
		argv[argc++] = strcpy(value, told[_i].value);
	run_folder();
	kept = dup(STDOUT_FILENO);
	out = open("out", O_CREAT | O_WRONLY, 0600);
	dup2(out, STDOUT_FILENO);
	ck_assert_int_eq(cli_main(&program, argc, argv), told[_i].status);
	dup2(kept, STDOUT_FILENO);
	close(out);
	close(kept);
	run_get("out", &said);
	ck_assert_str_eq(
	    said.at == NULL ? "" : (const char *)said.at, told[_i].line);
	bytes_free(&said);
	run_leave();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("serve");
	TCase *t = tcase_create("serve");

	tcase_add_loop_test(t, takes_and_tells, 0, COUNT(told));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
