/*
 * complete_fish.c - completion for fish: cli/complete.h.
 */
#include "cli/complete.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

static void
fish_asks(const struct cli_program *program)
{
	printf("function __");
	complete_function(program);
	printf("_values\n"
	       "\tset -l words (commandline -opc)\n"
	       "\tset -l home $SELLO_HOME\n"
	       "\tif set -l at (contains -i -- --home $words)\n"
	       "\t\tset home $words[(math $at + 1)]\n"
	       "\tend\n"
	       "\t%s completion values --home \"$home\" $argv 2>/dev/null\n"
	       "end\n",
	    program->name);
}

static void
fish_ask(const struct cli_program *program, const char *place)
{
	printf("(__");
	complete_function(program);
	printf("_values %s)", place);
}

/* Behind the command, and not beside what a rule excludes. */
static void
fish_place(const struct cli_command *command, const struct cli_option *option)
{
	char excluded[COMPLETE_CHOICES_SIZE], *word, *rest = NULL;

	printf(" -n '__fish_seen_subcommand_from %s", command->name);
	if (cli_excluded(command, option, excluded, sizeof(excluded))) {
		printf("; and not __fish_contains_opt");
		word = strtok_r(excluded, " ", &rest);
		for (; word != NULL; word = strtok_r(NULL, " ", &rest))
			printf(" %s", word + 2);
	}
	putchar('\'');
}

static void
fish_options(const struct cli_program *program,
    const struct cli_command *command, const struct cli_option *options)
{
	char choices[COMPLETE_CHOICES_SIZE];

	for (; options != NULL && options->name != NULL; options++) {
		printf("complete -c %s", program->name);
		if (command != NULL)
			fish_place(command, options);
		printf(" -l %s", options->name);
		if (cli_choices(options->arg, choices, sizeof(choices)))
			printf(" -x -a '%s'", choices);
		else if (complete_has_values(program, options)) {
			printf(" -x -a '");
			fish_ask(program, options->name);
			putchar('\'');
		} else if (options->arg != NULL)
			printf(" -r -F");
		printf(" -d '");
		complete_escaped(_(options->help), "'\\");
		printf("'\n");
	}
}

static void
fish_command(
    const struct cli_program *program, const struct cli_command *command)
{
	char choices[COMPLETE_CHOICES_SIZE];

	printf("complete -c %s -n __fish_use_subcommand -f -a %s -d '",
	    program->name, command->name);
	complete_escaped(_(command->summary), "'\\");
	printf("'\n");
	fish_options(program, command, command->options);
	if (command->run != cli_run_help &&
	    !cli_words(command->args, choices, sizeof(choices)) &&
	    !complete_takes_drafts(program, command))
		return;
	printf("complete -c %s -n '__fish_seen_subcommand_from %s' -f -a '",
	    program->name, command->name);
	if (command->run == cli_run_help)
		complete_commands(program, complete_name);
	else if (complete_takes_drafts(program, command))
		fish_ask(program, command->name);
	else
		fputs(choices, stdout);
	printf("'\n");
}

void
complete_fish(const struct cli_program *program)
{
	printf("# fish completion for %s\n", program->name);
	if (program->values != NULL)
		fish_asks(program);
	fish_options(program, NULL, cli_common);
	complete_commands(program, fish_command);
}
