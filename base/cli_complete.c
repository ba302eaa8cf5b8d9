/*
 * cli_complete.c - completion scripts for bash, zsh and fish, written from
 * the tables. Names in the tables are plain words; only texts need quoting.
 */
#include "base/cli_internal.h"
#include "base/i18n.h"

#include <string.h>
#include <sysexits.h>

#define CHOICES_SIZE 256

typedef void each_command(
    const struct cli_program *program, const struct cli_command *command);

static void
for_commands(const struct cli_program *program, each_command *call)
{
	const struct cli_command *c;

	for (c = program->commands; c->name != NULL; c++)
		call(program, c);
	for (c = cli_builtin; c->name != NULL; c++)
		call(program, c);
}

/* "sello-verify" as part of a shell function's name */
static void
print_function(const struct cli_program *program)
{
	const char *c;

	for (c = program->name; *c != '\0'; c++)
		putchar(*c == '-' ? '_' : *c);
}

static void
print_name(const struct cli_program *program, const struct cli_command *command)
{
	(void)program;
	printf(" %s", command->name);
}

/* text, with a backslash before each of `special` */
static void
print_escaped(const char *text, const char *special)
{
	for (; *text != '\0'; text++) {
		if (strchr(special, *text) != NULL)
			putchar('\\');
		putchar(*text);
	}
}

/* --- bash ----------------------------------------------------------------- */

static void
bash_options(const struct cli_option *options)
{
	for (; options != NULL && options->name != NULL; options++)
		printf(" --%s", options->name);
}

/* `"check --lang") words="es en" ;;` for options that take one of a list */
static void
bash_choices(const char *command, const struct cli_option *options)
{
	char choices[CHOICES_SIZE];

	for (; options != NULL && options->name != NULL; options++)
		if (cli_choices(options->arg, choices, sizeof(choices)))
			printf("\t%s\" --%s\") words=\"%s\" ;;\n", command,
			    options->name, choices);
}

static void
bash_values(const char *command, const struct cli_option *options)
{
	for (; options != NULL && options->name != NULL; options++)
		if (options->arg != NULL)
			printf("\t%s\" --%s\") return ;;\n", command,
			    options->name);
}

static void
bash_command_choices(
    const struct cli_program *program, const struct cli_command *command)
{
	(void)program;
	bash_choices(command->name, command->options);
	bash_values(command->name, command->options);
}

static void
bash_command_words(
    const struct cli_program *program, const struct cli_command *command)
{
	char choices[CHOICES_SIZE];

	printf("\t%s)\n\t\toptions=\"$options", command->name);
	bash_options(command->options);
	printf("\"\n");
	if (command->run == cli_run_help) {
		printf("\t\twords=\"");
		for_commands(program, print_name);
		printf("\"\n");
	} else if (cli_words(command->args, choices, sizeof(choices)))
		printf("\t\twords=\"%s\"\n", choices);
	printf("\t\t;;\n");
}

/* Patterns of all options that are followed by a value. */
static void
bash_skipped(const struct cli_program *program)
{
	const struct cli_command *c;
	const struct cli_option *o;

	printf("\t\t--home | --lang | --passphrase-file");
	for (c = program->commands; c->name != NULL; c++)
		for (o = c->options; o != NULL && o->name != NULL; o++)
			if (o->arg != NULL)
				printf(" | --%s", o->name);
	printf(") ((i++)) ;;\n");
}

/* An empty COMPREPLY leaves file names to readline (-o default). */
static void
print_bash(const struct cli_program *program)
{
	printf("# bash completion for %s\n_", program->name);
	print_function(program);
	printf("()\n{\n"
	       "\tlocal cur=${COMP_WORDS[COMP_CWORD]} "
	       "prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	       "\tlocal command= words= options= i\n"
	       "\tCOMPREPLY=()\n"
	       "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	       "\t\tcase ${COMP_WORDS[i]} in\n");
	bash_skipped(program);
	printf("\t\t-*) ;;\n"
	       "\t\t*) command=${COMP_WORDS[i]}; break ;;\n"
	       "\t\tesac\n\tdone\n"
	       "\tcase \"$command $prev\" in\n");
	bash_choices("*", cli_common);
	bash_values("*", cli_common);
	for_commands(program, bash_command_choices);
	printf("\tesac\n"
	       "\tif [ -n \"$words\" ]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\t\treturn\n\tfi\n"
	       "\toptions=\"");
	bash_options(cli_common);
	printf("\"\n\tcase $command in\n\t'') words=\"");
	for_commands(program, print_name);
	printf("\" ;;\n");
	for_commands(program, bash_command_words);
	printf("\tesac\n"
	       "\tcase $cur in\n\t-*) words=$options ;;\n\tesac\n"
	       "\t[ -n \"$words\" ] && "
	       "COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\treturn 0\n}\n"
	       "complete -o default -F _");
	print_function(program);
	printf(" %s\n", program->name);
}

/* --- zsh ------------------------------------------------------------------ */

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

static void
zsh_options(const struct cli_option *options, const char *indent)
{
	char choices[CHOICES_SIZE];

	for (; options != NULL && options->name != NULL; options++) {
		printf(" \\\n%s'%s--%s[", indent, options->repeat ? "*" : "",
		    options->name);
		zsh_text(_(options->help));
		putchar(']');
		if (cli_choices(options->arg, choices, sizeof(choices)))
			printf(":%s:(%s)", options->name, choices);
		else if (options->arg != NULL)
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
	char choices[CHOICES_SIZE];

	printf("\t\t%s)\n\t\t\t_arguments", command->name);
	zsh_options(cli_common, "\t\t\t\t");
	zsh_options(command->options, "\t\t\t\t");
	if (command->run == cli_run_help) {
		printf(" \\\n\t\t\t\t'1:command:(");
		for_commands(program, print_name);
		printf(")'");
	} else if (cli_words(command->args, choices, sizeof(choices)))
		printf(
		    " \\\n\t\t\t\t'1:argument:(%s)' '*:file:_files'", choices);
	else if (command->max_args != 0)
		printf(" \\\n\t\t\t\t'*:file:_files'");
	printf("\n\t\t\t;;\n");
}

static void
print_zsh(const struct cli_program *program)
{
	printf("#compdef %s\n_", program->name);
	print_function(program);
	printf("() {\n\tlocal state line context\n\tlocal -a commands\n"
	       "\tcommands=(\n");
	for_commands(program, zsh_describe);
	printf("\t)\n\t_arguments -C");
	zsh_options(cli_common, "\t\t");
	printf(" \\\n\t\t'1:command:->command' '*::argument:->argument'\n"
	       "\tcase $state in\n"
	       "\tcommand) _describe command commands ;;\n"
	       "\targument)\n\t\tcase $words[1] in\n");
	for_commands(program, zsh_command);
	printf("\t\tesac\n\t\t;;\n\tesac\n}\n_");
	print_function(program);
	printf(" \"$@\"\n");
}

/* --- fish ----------------------------------------------------------------- */

static void
fish_options(const struct cli_program *program, const char *command,
    const struct cli_option *options)
{
	char choices[CHOICES_SIZE];

	for (; options != NULL && options->name != NULL; options++) {
		printf("complete -c %s", program->name);
		if (command != NULL)
			printf(" -n '__fish_seen_subcommand_from %s'", command);
		printf(" -l %s", options->name);
		if (cli_choices(options->arg, choices, sizeof(choices)))
			printf(" -x -a '%s'", choices);
		else if (options->arg != NULL)
			printf(" -r -F");
		printf(" -d '");
		print_escaped(_(options->help), "'\\");
		printf("'\n");
	}
}

static void
fish_command(
    const struct cli_program *program, const struct cli_command *command)
{
	char choices[CHOICES_SIZE];

	printf("complete -c %s -n __fish_use_subcommand -f -a %s -d '",
	    program->name, command->name);
	print_escaped(_(command->summary), "'\\");
	printf("'\n");
	fish_options(program, command->name, command->options);
	if (command->run != cli_run_help &&
	    !cli_words(command->args, choices, sizeof(choices)))
		return;
	printf("complete -c %s -n '__fish_seen_subcommand_from %s' -f -a '",
	    program->name, command->name);
	if (command->run == cli_run_help)
		for_commands(program, print_name);
	else
		fputs(choices, stdout);
	printf("'\n");
}

static void
print_fish(const struct cli_program *program)
{
	printf("# fish completion for %s\n", program->name);
	fish_options(program, NULL, cli_common);
	for_commands(program, fish_command);
}

static const struct {
	const char *name;
	void (*print)(const struct cli_program *program);
} shells[] = {
	{ "bash", print_bash },
	{ "zsh", print_zsh },
	{ "fish", print_fish },
};

int
cli_run_completion(struct cli *cli)
{
	size_t i;

	for (i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (strcmp(shells[i].name, cli->args[0]) == 0) {
			shells[i].print(cli->program);
			return EX_OK;
		}
	}
	return cli_usage(cli, _("unknown shell %s; there are bash, zsh, fish"),
	    cli->args[0]);
}
