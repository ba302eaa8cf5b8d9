/*
 * complete.c - what the completion scripts of all shells share, and which
 * one is asked for: cli/complete.h.
 */
#include "cli/complete.h"

#include "base/i18n.h"

#include <string.h>
#include <sysexits.h>

void
complete_commands(const struct cli_program *program, complete_each *call)
{
	const struct cli_command *c;

	for (c = program->commands; c->name != NULL; c++)
		call(program, c);
	for (c = cli_builtin; c->name != NULL; c++)
		call(program, c);
}

/* "sello-verify" as part of a shell function's name */
void
complete_function(const struct cli_program *program)
{
	const char *c;

	for (c = program->name; *c != '\0'; c++)
		putchar(*c == '-' ? '_' : *c);
}

void
complete_name(
    const struct cli_program *program, const struct cli_command *command)
{
	(void)program;
	printf(" %s", command->name);
}

/* text, with a backslash before each of `special` */
void
complete_escaped(const char *text, const char *special)
{
	for (; *text != '\0'; text++) {
		if (strchr(special, *text) != NULL)
			putchar('\\');
		putchar(*text);
	}
}

/* Codes of persons, consulates and centers: the home has them, if anybody. */
bool
complete_has_values(
    const struct cli_program *program, const struct cli_option *option)
{
	return program->values != NULL && option->arg != NULL &&
	    (strcmp(option->arg, "CODE") == 0 ||
		strcmp(option->arg, "CONSULATE") == 0);
}

/* Commands whose arguments are drafts. */
bool
complete_takes_drafts(
    const struct cli_program *program, const struct cli_command *command)
{
	return program->values != NULL && command->args != NULL &&
	    strstr(command->args, "DRAFT") != NULL;
}

static const struct {
	const char *name;
	void (*print)(const struct cli_program *program);
} shells[] = {
	{ "bash", complete_bash },
	{ "zsh", complete_zsh },
	{ "fish", complete_fish },
};

int
cli_run_completion(struct cli *cli)
{
	size_t i;

	if (cli->arg_count == 2) {
		if (strcmp(cli->args[0], "values") != 0)
			return cli_usage(cli,
			    _("%s: too many arguments, from %s on"),
			    "completion", cli->args[1]);
		if (cli->program->values != NULL)
			cli->program->values(cli, cli->args[1]);
		return EX_OK;
	}
	for (i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (strcmp(shells[i].name, cli->args[0]) == 0) {
			shells[i].print(cli->program);
			return EX_OK;
		}
	}
	return cli_usage(cli, _("unknown shell %s; there are bash, zsh, fish"),
	    cli->args[0]);
}
