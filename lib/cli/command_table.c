/*
 * command_table.c - the options and commands every program has, looking names
 * up, and the nearest name to one that was mistyped.
 */
#include "base/i18n.h"
#include "cli/internal.h"

#include <ctype.h>
#include <string.h>

/* Typing errors: one or two letters wrong, missing, too many. */
#define NEAR_MAX  2
#define NAME_SIZE 40

const struct cli_option cli_common[] = {
	{ "home", "DIR", N_("folder with this program's data (or SELLO_HOME)"),
	    false },
	{ "json", NULL, N_("print results as JSON, one object a line"), false },
	{ "lang", "es|en|fr|pt|ht",
	    N_("language of messages: Spanish, English, French, Portuguese, "
	       "Haitian Creole"),
	    false },
	{ "passphrase-file", "FILE",
	    N_("read the passphrase from the first line of FILE"), false },
	{ "help", NULL, N_("show help and exit"), false },
	{ "version", NULL, N_("show the version and exit"), false },
	{ 0 },
};

static const struct word languages[] = {
	{ "es", N_("Spanish"), NULL },
	{ "en", N_("English"), NULL },
	{ "fr", N_("French"), NULL },
	{ "pt", N_("Portuguese"), NULL },
	{ "ht", N_("Haitian Creole"), NULL },
	{ 0 },
};

const struct cli_command cli_builtin[] = {
	{ .name = "help",
	    .args = "[COMMAND]",
	    .summary = N_("show help for the program or a command"),
	    .max_args = 1,
	    .run = cli_run_help },
	{ .name = "completion",
	    .args = "bash|zsh|fish",
	    .summary = N_("print a completion script for your shell"),
	    .min_args = 1,
	    .max_args = 2, /* "values PLACE", which the scripts call */
	    .run = cli_run_completion },
	{ 0 },
};

static const struct cli_command *
command_in(const struct cli_command *table, const char *name)
{
	for (; table->name != NULL; table++)
		if (strcmp(table->name, name) == 0)
			return table;
	return NULL;
}

const struct cli_command *
cli_find_command(const struct cli_program *program, const char *name)
{
	const struct cli_command *found = command_in(program->commands, name);

	return found != NULL ? found : command_in(cli_builtin, name);
}

static const struct cli_option *
option_in(const struct cli_option *table, const char *name, size_t len)
{
	for (; table != NULL && table->name != NULL; table++)
		if (strlen(table->name) == len &&
		    memcmp(table->name, name, len) == 0)
			return table;
	return NULL;
}

const struct cli_option *
cli_find_option(const struct cli_program *program,
    const struct cli_command *command, const char *name, size_t len)
{
	const struct cli_option *found = option_in(cli_common, name, len);

	if (found != NULL)
		return found;
	if (command != NULL)
		return option_in(command->options, name, len);
	command = program->commands;
	for (; found == NULL && command->name != NULL; command++)
		found = option_in(command->options, name, len);
	return found;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein's distance of two short names; NAME_SIZE for long ones. */
static size_t
distance(const char *a, size_t a_len, const char *b)
{
	size_t row[NAME_SIZE + 1] = { 0 };
	size_t b_len = strlen(b);
	size_t i, j, left, above;

	if (a_len >= NAME_SIZE || b_len >= NAME_SIZE)
		return NAME_SIZE;
	for (j = 0; j <= b_len; j++)
		row[j] = j;
	for (i = 0; i < a_len; i++) {
		left = row[0];
		row[0] = i + 1;
		for (j = 0; j < b_len; j++) {
			above = row[j + 1];
			row[j + 1] = least(
			    left + (a[i] != b[j]), least(above, row[j]) + 1);
			left = above;
		}
	}
	return row[b_len];
}

/* How far apart two names are to a person: a beginning counts as near. */
static size_t
strangeness(const char *typed, size_t len, const char *name)
{
	size_t far = distance(typed, len, name);

	if (far > NEAR_MAX && len >= 3 && strncmp(name, typed, len) == 0)
		return NEAR_MAX;
	/* two changes make any two-letter word of any other */
	return far < len ? far : NAME_SIZE;
}

struct nearest {
	const char *name;
	size_t far;
};

static void
consider(struct nearest *best, const char *typed, size_t len, const char *name)
{
	size_t far = strangeness(typed, len, name);

	if (far <= NEAR_MAX && (best->name == NULL || far < best->far))
		*best = (struct nearest){ name, far };
}

const char *
cli_near_command(const struct cli_program *program, const char *typed)
{
	struct nearest best = { 0 };
	const struct cli_command *c;

	for (c = program->commands; c->name != NULL; c++)
		consider(&best, typed, strlen(typed), c->name);
	for (c = cli_builtin; c->name != NULL; c++)
		consider(&best, typed, strlen(typed), c->name);
	return best.name;
}

const char *
cli_near_option(const struct cli_program *program,
    const struct cli_command *command, const char *typed, size_t len)
{
	struct nearest best = { 0 };
	const struct cli_command *c;
	const struct cli_option *o;

	for (o = cli_common; o->name != NULL; o++)
		consider(&best, typed, len, o->name);
	for (c = program->commands; c->name != NULL; c++) {
		if (c->options == NULL || (command != NULL && c != command))
			continue;
		for (o = c->options; o->name != NULL; o++)
			consider(&best, typed, len, o->name);
	}
	return best.name;
}

static void
fold(const char *word, char out[NAME_SIZE])
{
	size_t i;

	for (i = 0; i < NAME_SIZE - 1 && word[i] != '\0'; i++)
		out[i] = (char)tolower((unsigned char)word[i]);
	out[i] = '\0';
}

const char *
cli_near_word(const struct word *list, const char *typed)
{
	char folded[NAME_SIZE] = "", name[NAME_SIZE] = "";
	size_t far, least_far = NEAR_MAX + 1;
	const char *best = NULL;

	fold(typed, folded);
	for (; list->word != NULL; list++) {
		const char *label =
		    list->label != NULL ? _(list->label) : list->word;

		fold(list->word, name);
		far = strangeness(folded, strlen(folded), name);
		fold(label, name);
		far = least(far, strangeness(folded, strlen(folded), name));
		if (far >= least_far)
			continue;
		least_far = far;
		best = list->word;
	}
	return best;
}

const struct word *
cli_option_words(
    const struct cli_program *program, const struct cli_option *option)
{
	const struct cli_choice *c = program->choices;

	if (option->arg != NULL && strcmp(option->name, "lang") == 0)
		return languages;
	for (; option->arg != NULL && c != NULL && c->arg != NULL; c++)
		if (strcmp(c->arg, option->arg) == 0)
			return c->words;
	return NULL;
}

bool
cli_choices(const char *text, char *out, size_t size)
{
	size_t len = text != NULL ? strcspn(text, " ") : 0;
	size_t i;

	if (len == 0 || len >= size || memchr(text, '|', len) == NULL)
		return false;
	for (i = 0; i < len; i++) {
		if (strchr("[](){}<>", text[i]) != NULL)
			return false;
		out[i] = text[i] == '|' ? ' ' : text[i];
	}
	out[len] = '\0';
	return true;
}

bool
cli_words(const char *args, char *out, size_t size)
{
	size_t used = 0, len;

	out[0] = '\0';
	while (args != NULL && *args != '\0') {
		len = strspn(args, "abcdefghijklmnopqrstuvwxyz-");
		if (len > 0 && strchr(" |", args[len]) != NULL &&
		    used + len + 2 <= size) {
			if (used > 0)
				out[used++] = ' ';
			memcpy(out + used, args, len);
			used += len;
			out[used] = '\0';
		}
		args += strcspn(args, "|");
		args += *args == '|';
	}
	return used > 0;
}
