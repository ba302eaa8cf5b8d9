/*
 * cli.c - from argv to a subcommand's run(): cli.h.
 */
#include "cli/cli.h"

#include "base/i18n.h"
#include "base/print.h"
#include "base/process.h"
#include "base/secret.h"
#include "base/terminal.h"
#include "cli/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define OPTION_NAME_SIZE 256
#define TEXT_SIZE        512

/* A command line being read; room for argc arguments and options each. */
struct parse {
	struct cli cli;
	int argc;
	char **argv;
	const char **args;
	struct cli_given *given;
};

static bool
is_option(const char *arg)
{
	return arg[0] == '-' && arg[1] != '\0';
}

/* "-h" is the one short option. */
static const char *
long_form(const char *arg)
{
	return strcmp(arg, "-h") == 0 ? "--help" : arg;
}

static int
unknown_option(const struct cli *cli, const char *arg)
{
	size_t dashes = strspn(arg, "-");
	size_t len = strcspn(arg, "=");
	const char *near = cli_near_option(
	    cli->program, cli->command, arg + dashes, len - dashes);

	if (near != NULL)
		return cli_usage(cli,
		    _("unknown option %.*s; did you mean --%s?"), (int)len, arg,
		    near);
	return cli_usage(cli, _("unknown option %.*s"), (int)len, arg);
}

static const struct cli_option *
look_up(const struct cli *cli, const char *arg)
{
	if (arg[1] != '-')
		return NULL;
	return cli_find_option(
	    cli->program, cli->command, arg + 2, strcspn(arg + 2, "="));
}

#define DIGITS "0123456789"

/* A draft's number, or how a letter's begins: "GTGUA01-2026-". */
static bool
is_numbered(const char *word)
{
	size_t head = strcspn(word, "-"), year;

	if (word[strspn(word, DIGITS)] == '\0')
		return true;
	if (head != 7 || word[head] != '-')
		return false;
	year = strspn(word + head + 1, DIGITS);
	return year == 4 && word[head + 1 + year] == '-';
}

/* Of "--print [PRINTER] 12 13" the draft's number is no printer. */
static bool
takes_next(const struct cli_option *option, const char *next)
{
	return option->arg[0] != '[' ||
	    (next != NULL && next[0] != '-' && next[0] != '\0' &&
		!is_numbered(next));
}

/*
 * Options may stand before the subcommand, so it is looked for first; only
 * then is it known which options there are. On the way the language is
 * taken, that all complaints be in it.
 */
static int
find_command_name(const struct parse *p, const char **name)
{
	const struct cli_option *option;
	const char *arg, *value;
	int i;

	*name = NULL;
	for (i = 1; i < p->argc; i++) {
		arg = long_form(p->argv[i]);
		if (strcmp(arg, "--") == 0) {
			if (*name == NULL && i + 1 < p->argc)
				*name = p->argv[i + 1];
			return 0;
		}
		if (!is_option(arg)) {
			if (*name == NULL)
				*name = arg;
			continue;
		}
		option = look_up(&p->cli, arg);
		if (option == NULL && *name == NULL)
			return unknown_option(&p->cli, arg);
		if (option == NULL || option->arg == NULL)
			continue;
		value = strchr(arg, '=');
		if (value == NULL && !takes_next(option, p->argv[i + 1]))
			continue;
		value = value != NULL ? value + 1 : p->argv[++i];
		if (value != NULL && strcmp(option->name, "lang") == 0)
			i18n_set(value);
	}
	return 0;
}

static int
find_command(struct parse *p)
{
	struct cli *cli = &p->cli;
	const char *name;
	int status;

	if ((status = find_command_name(p, &name)) != 0 || name == NULL)
		return status;
	cli->command = cli_find_command(cli->program, name);
	if (cli->command != NULL)
		return 0;
	return cli_unknown_command(cli, name);
}

/* One option at argv[*i], with its value, which may be argv[*i + 1]. */
static int
parse_option(struct parse *p, int *i)
{
	struct cli *cli = &p->cli;
	const char *arg = long_form(p->argv[*i]);
	const struct cli_option *option = look_up(cli, arg);
	const char *value = strchr(arg, '=');

	if (option == NULL)
		return unknown_option(cli, arg);
	if (option->often != CLI_ANY && cli_has(cli, option->name))
		return cli_usage(cli, _("--%s was given twice"), option->name);
	if (option->arg == NULL) {
		if (value != NULL)
			return cli_usage(
			    cli, _("--%s takes no value"), option->name);
	} else if (value != NULL)
		value++;
	else if (takes_next(option, p->argv[*i + 1])) {
		value = p->argv[*i + 1];
		/* far more often a forgotten value than a strange one */
		if ((value == NULL || strncmp(value, "--", 2) == 0) &&
		    cli_option_words(cli->program, option) != NULL)
			return cli_choice_usage(cli, option->name);
		if (value == NULL || strncmp(value, "--", 2) == 0)
			return cli_usage(cli, _("--%s needs a value (%s)"),
			    option->name, option->arg);
		++*i;
	}
	p->given[cli->given_count++] = (struct cli_given){ option, value };
	return 0;
}

static int
parse(struct parse *p)
{
	struct cli *cli = &p->cli;
	bool ended = false, named = false;
	int status;
	int i;

	for (i = 1; i < p->argc; i++) {
		if (!ended && strcmp(p->argv[i], "--") == 0)
			ended = true;
		else if (!ended && is_option(p->argv[i])) {
			if ((status = parse_option(p, &i)) != 0)
				return status;
		} else if (!named)
			named = true; /* the command */
		else
			p->args[cli->arg_count++] = p->argv[i];
	}
	return 0;
}

static int
check_counts(const struct cli *cli)
{
	const struct cli_command *c = cli->command;

	if (cli->arg_count < c->min_args && c->example != NULL)
		return cli_usage(cli,
		    _("%s needs to know more; for example: %.*s"), c->name,
		    (int)strcspn(c->example, "\n"), c->example);
	if (cli->arg_count < c->min_args)
		return cli_usage(cli, _("%s needs %s"), c->name, c->args);
	if (c->max_args >= 0 && cli->arg_count > c->max_args)
		return cli_too_many(cli, c->max_args);
	return 0;
}

int
cli_too_many(const struct cli *cli, int from)
{
	return cli_usage(cli, _("%s: too many arguments, from %s on"),
	    cli->command->name, cli->args[from]);
}

int
cli_missing(const struct cli *cli, const struct cli_option *option)
{
	char name[OPTION_NAME_SIZE], text[TEXT_SIZE];

	if (cli_option_words(cli->program, option) != NULL)
		return cli_choice_usage(cli, option->name);
	cli_option_name(option, name, sizeof(name));
	snprintf(text, sizeof(text), _("--%s is missing"), name + 2);
	return cli_usage(cli, "%s (%s)", text, _(option->help));
}

static int
check_required(const struct cli *cli)
{
	const struct cli_option *option = cli->command->options;
	const char *value;

	for (; option != NULL && option->name != NULL; option++) {
		value = cli_value(cli, option->name);
		if (option->often == CLI_REQUIRED &&
		    (!cli_has(cli, option->name) ||
			(value != NULL && value[0] == '\0')))
			return cli_missing(cli, option);
	}
	return 0;
}

/* Of every option that was given with one of a list of words. */
static int
check_choices(const struct cli *cli)
{
	for (size_t i = 0; i < cli->given_count; i++) {
		const struct cli_given *given = &cli->given[i];
		const struct word *words =
		    cli_option_words(cli->program, given->option);

		if (words != NULL && word_find(words, given->value) == NULL)
			return cli_choice_usage(cli, given->option->name);
	}
	return 0;
}

static int
take_common(struct cli *cli)
{
	const char *lang = cli_value(cli, "lang");
	const char *home = cli_value(cli, "home");

	if (lang != NULL && !i18n_set(lang))
		return cli_choice_usage(cli, "lang");
	if (home == NULL)
		home = getenv("SELLO_HOME");
	if (home != NULL && *home != '\0')
		cli->home = home;
	cli->json = cli_has(cli, "json");
	return 0;
}

static int
run_command(struct cli *cli)
{
	int status;

	/* set up first: without a home nothing else can be right */
	if (cli->command->needs_home && cli->home == NULL) {
		cli_warn(cli,
		    _("no home: give --home DIR, or set SELLO_HOME to the "
		      "folder that '%s init' made"),
		    cli->program->name);
		return EX_CONFIG;
	}
	if ((status = check_counts(cli)) != 0 ||
	    (status = check_required(cli)) != 0 ||
	    (status = check_choices(cli)) != 0 ||
	    (status = cli_check_rules(cli)) != 0)
		return status;
	if (cli->command->needs_home && !cli_home_is_private(cli))
		return EX_NOPERM;
	return cli->command->run(cli);
}

static int
obey(struct parse *p)
{
	struct cli *cli = &p->cli;
	int status;

	if (p->argc < 2) {
		cli_print_help(cli->program, stderr);
		return EX_USAGE;
	}
	if ((status = find_command(p)) != 0 || (status = parse(p)) != 0 ||
	    (status = take_common(cli)) != 0)
		return status;
	if (cli_has(cli, "version")) {
		print("%s %s\n", cli->program->name, SELLO_VERSION);
		return EX_OK;
	}
	if (cli_has(cli, "help")) {
		if (cli->command == NULL)
			cli_print_help(cli->program, stdout);
		else
			cli_print_command(cli->program, cli->command, stdout);
		return EX_OK;
	}
	if (cli->command == NULL)
		return cli_usage(cli, _("which command?"));
	return run_command(cli);
}

/* A result that did not arrive is no result. Who closed the pipe has seen
 * enough, and is told nothing; what was recorded stays recorded. */
static int
flush_output(const struct cli *cli, int status)
{
	errno = 0;
	print_flush(stderr);
	if (terminal_flush(stdout) == 0 && !ferror(stdout))
		return status;
	if (process_reader_gone(STDOUT_FILENO))
		return EX_IOERR;
	if (errno != 0)
		cli_warn(cli, _("standard output: cannot be written: %s"),
		    strerror(errno));
	else
		cli_warn(cli, _("standard output: cannot be written"));
	return EX_IOERR;
}

int
cli_main(const struct cli_program *program, int argc, char **argv)
{
	size_t room = (size_t)(argc > 0 ? argc : 0) + 1;
	struct parse p = {
		.cli = { .program = program },
		.argc = argc,
		.argv = argv,
	};
	int status = EX_SOFTWARE;

	process_init();
	secret_init();
	terminal_init();
	i18n_init();
	p.args = calloc(room, sizeof(*p.args));
	p.given = calloc(room, sizeof(*p.given));
	p.cli.args = p.args;
	p.cli.given = p.given;
	if (p.args != NULL && p.given != NULL)
		status = flush_output(&p.cli, obey(&p));
	else
		cli_fail(&p.cli, ERR_MEMORY, NULL);
	free(p.args);
	free(p.given);
	return status;
}
