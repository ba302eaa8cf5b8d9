/*
 * complete_zsh.c - completion for zsh: cli/complete.h.
 */
#include "cli/complete.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* Inside single quotes, where zsh gives brackets and colons a meaning. */
static void
zsh_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fputs("'\\'", stdout);
		else if (strchr("[]:\\", *text) != NULL)
			putchar('\\');
		putchar(*text);
	}
}

/* As bash_asks(): opt_args is what _arguments has read of the line. */
static void
zsh_asks(const struct cli_program *program)
{
	putchar('_');
	complete_function(program);
	printf("_values() {\n"
	       "\tcompadd -- ${(f)\"$(%s completion values --home "
	       "\"${opt_args[--home]:-$SELLO_HOME}\" $1 2>/dev/null)\"}\n}\n",
	    program->name);
}

/* An action of _arguments; the blank says that nothing is to be added to it. */
static void
zsh_ask(const struct cli_program *program, const char *place)
{
	printf(" _");
	complete_function(program);
	printf("_values %s", place);
}

static void
zsh_options(const struct cli_program *program,
    const struct cli_command *command, const struct cli_option *options,
    const char *indent)
{
	char choices[COMPLETE_CHOICES_SIZE];

	for (; options != NULL && options->name != NULL; options++) {
		printf(" \\\n%s'", indent);
		if (cli_excluded(command, options, choices, sizeof(choices)))
			printf("(%s)", choices);
		printf("%s--%s[", options->often == CLI_ANY ? "*" : "",
		    options->name);
		zsh_text(_(options->help));
		putchar(']');
		if (cli_choices(options->arg, choices, sizeof(choices)))
			printf(":%s:(%s)", options->name, choices);
		else if (complete_has_values(program, options)) {
			printf(":%s:", options->name);
			zsh_ask(program, options->name);
		} else if (options->arg != NULL)
			printf(":%s:_files", options->name);
		putchar('\'');
	}
}

static void
zsh_describe(
    const struct cli_program *program, const struct cli_command *command)
{
	(void)program;
	printf("\t\t'%s:", command->name);
	zsh_text(_(command->summary));
	printf("'\n");
}

static void
zsh_command(
    const struct cli_program *program, const struct cli_command *command)
{
	char choices[COMPLETE_CHOICES_SIZE];

	printf("\t\t%s)\n\t\t\t_arguments", command->name);
	zsh_options(program, NULL, cli_common, "\t\t\t\t");
	zsh_options(program, command, command->options, "\t\t\t\t");
	if (command->run == cli_run_help) {
		printf(" \\\n\t\t\t\t'1:command:(");
		complete_commands(program, complete_name);
		printf(")'");
	} else if (cli_words(command->args, choices, sizeof(choices)))
		printf(
		    " \\\n\t\t\t\t'1:argument:(%s)' '*:file:_files'", choices);
	else if (complete_takes_drafts(program, command)) {
		printf(" \\\n\t\t\t\t'*:draft:");
		zsh_ask(program, command->name);
		putchar('\'');
	} else if (command->max_args != 0)
		printf(" \\\n\t\t\t\t'*:file:_files'");
	printf("\n\t\t\t;;\n");
}

void
complete_zsh(const struct cli_program *program)
{
	printf("#compdef %s\n", program->name);
	if (program->values != NULL)
		zsh_asks(program);
	putchar('_');
	complete_function(program);
	printf(
	    "() {\n\tlocal state line context\n\ttypeset -A opt_args\n\tlocal -a commands\n"
	    "\tcommands=(\n");
	complete_commands(program, zsh_describe);
	printf("\t)\n\t_arguments -C");
	zsh_options(program, NULL, cli_common, "\t\t");
	printf(" \\\n\t\t'1:command:->command' '*::argument:->argument'\n"
	       "\tcase $state in\n"
	       "\tcommand) _describe command commands ;;\n"
	       "\targument)\n\t\tcase $words[1] in\n");
	complete_commands(program, zsh_command);
	printf("\t\tesac\n\t\t;;\n\tesac\n}\n_");
	complete_function(program);
	printf(" \"$@\"\n");
}
