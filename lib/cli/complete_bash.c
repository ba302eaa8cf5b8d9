/*
 * complete_bash.c - completion for bash: cli/complete.h.
 */
#include "cli/complete.h"

#include <stdio.h>
#include <string.h>

/* What the program itself says may be typed behind $1; its home is the one on
 * this line, or SELLO_HOME. */
static void
bash_asks(const struct cli_program *program)
{
	putchar('_');
	complete_function(program);
	printf("_values()\n{\n"
	       "\tlocal home=${SELLO_HOME-} i\n"
	       "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	       "\t\t[ \"${COMP_WORDS[i]}\" = --home ] || continue\n"
	       "\t\thome=${COMP_WORDS[i+1]}\n"
	       "\t\t[ \"$home\" = = ] && home=${COMP_WORDS[i+2]}\n"
	       "\tdone\n"
	       "\thome=${home/#\\~/$HOME}\n"
	       "\t%s completion values --home \"$home\" \"$1\" 2>/dev/null\n"
	       "}\n",
	    program->name);
}

static void
bash_ask(const struct cli_program *program, const char *place)
{
	printf("words=$(_");
	complete_function(program);
	printf("_values %s)", place);
}

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
	char choices[COMPLETE_CHOICES_SIZE];

	for (; options != NULL && options->name != NULL; options++)
		if (cli_choices(options->arg, choices, sizeof(choices)))
			printf("\t%s\" --%s\") words=\"%s\" ;;\n", command,
			    options->name, choices);
}

static void
bash_values(const struct cli_program *program, const char *command,
    const struct cli_option *options)
{
	for (; options != NULL && options->name != NULL; options++) {
		if (options->arg == NULL)
			continue;
		printf("\t%s\" --%s\") ", command, options->name);
		if (complete_has_values(program, options)) {
			bash_ask(program, options->name);
			printf("; [ -n \"$words\" ] || return ;;\n");
		} else
			printf("return ;;\n");
	}
}

/* `"officer remove") words=$(...)` */
static void
bash_behind_words(
    const struct cli_program *program, const struct cli_command *command)
{
	char words[COMPLETE_CHOICES_SIZE], *word, *rest = NULL;

	if (program->values == NULL ||
	    !cli_words(command->args, words, sizeof(words)))
		return;
	word = strtok_r(words, " ", &rest);
	for (; word != NULL; word = strtok_r(NULL, " ", &rest)) {
		printf("\t\"%s %s\") ", command->name, word);
		bash_ask(program, word);
		printf("; [ -n \"$words\" ] || return ;;\n");
	}
}

static void
bash_command_choices(
    const struct cli_program *program, const struct cli_command *command)
{
	bash_choices(command->name, command->options);
	bash_values(program, command->name, command->options);
	bash_behind_words(program, command);
}

/* What a rule excludes is not offered beside what is on the line. */
static void
bash_excluded(const struct cli_command *command)
{
	const struct cli_option *option = command->options;
	char excluded[COMPLETE_CHOICES_SIZE], *word, *rest = NULL;

	for (; option != NULL && option->name != NULL; option++) {
		if (!cli_excluded(command, option, excluded, sizeof(excluded)))
			continue;
		word = strtok_r(excluded, " ", &rest);
		for (; word != NULL; word = strtok_r(NULL, " ", &rest))
			printf(
			    "\t\t[[ \" ${COMP_WORDS[*]} \" != *\" %s \"* ]] || "
			    "options=${options/ --%s / }\n",
			    word, option->name);
	}
}

static void
bash_command_words(
    const struct cli_program *program, const struct cli_command *command)
{
	char choices[COMPLETE_CHOICES_SIZE];

	printf("\t%s)\n\t\toptions=\"$options", command->name);
	bash_options(command->options);
	printf(" \"\n");
	bash_excluded(command);
	if (command->run == cli_run_help) {
		printf("\t\twords=\"");
		complete_commands(program, complete_name);
		printf("\"\n");
	} else if (cli_words(command->args, choices, sizeof(choices)))
		printf("\t\twords=\"%s\"\n", choices);
	else if (complete_takes_drafts(program, command)) {
		printf("\t\t");
		bash_ask(program, command->name);
		printf("\n");
	}
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
void
complete_bash(const struct cli_program *program)
{
	printf("# bash completion for %s\n", program->name);
	if (program->values != NULL)
		bash_asks(program);
	putchar('_');
	complete_function(program);
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
	bash_values(program, "*", cli_common);
	complete_commands(program, bash_command_choices);
	printf("\tesac\n"
	       "\tif [ -n \"$words\" ]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\t\treturn\n\tfi\n"
	       "\toptions=\"");
	bash_options(cli_common);
	printf("\"\n\tcase $command in\n\t'') words=\"");
	complete_commands(program, complete_name);
	printf("\" ;;\n");
	complete_commands(program, bash_command_words);
	printf("\tesac\n"
	       "\tcase $cur in\n\t-*) words=$options ;;\n\tesac\n"
	       "\t[ -n \"$words\" ] && "
	       "COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\treturn 0\n}\n"
	       "complete -o default -F _");
	complete_function(program);
	printf(" %s\n", program->name);
}
