/*
 * help.c - --help and `help COMMAND`, written from the tables.
 */
#include "cli/help.h"

#include "base/fold.h"
#include "base/i18n.h"
#include "base/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define NAME_INDENT 10
#define WORD_INDENT 6

size_t
cli_columns(const char *text, size_t len)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < len; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

void
cli_wrap(FILE *out, const char *text, size_t indent)
{
	const struct fold how = {
		.width = terminal_width() - 1, .column = indent, .hang = indent
	};
	struct bytes folded = { 0 };

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		fold_add(&folded, text, len, &how);
		text += len;
		if (*text == '\n' && text[1] != '\0')
			bytes_addf(&folded, "\n%*s",
			    text[1] == '\n' ? 0 : (int)indent, "");
		text += *text != '\0';
	}
	bytes_add_byte(&folded, '\n');
	fwrite(folded.at, 1, folded.len, out);
	bytes_free(&folded);
}

/* A name longer than a line is broken behind a bar: A|B|C */
static void
print_name(FILE *out, const char *name)
{
	size_t column = 2, most = terminal_width();

	while (*name != '\0') {
		size_t len = strcspn(name, "|");

		len += name[len] == '|';
		if (column + len >= most) {
			fprintf(out, "\n%*s", NAME_INDENT, "");
			column = NAME_INDENT;
		}
		fwrite(name, 1, len, out);
		column += len;
		name += len;
	}
}

/* "  name  text" with texts in one column */
static void
print_row(FILE *out, const char *name, const char *text, size_t width)
{
	size_t len = cli_columns(name, strlen(name));

	fputs("  ", out);
	print_name(out, name);
	if (len > width)
		fprintf(out, "\n%*s", (int)(width + 4), "");
	else
		fprintf(out, "%*s", (int)(width + 2 - len), "");
	cli_wrap(out, text, width + 4);
}

void
cli_option_name(const struct cli_option *option, char *out, size_t size)
{
	snprintf(out, size, "--%s%s%s", option->name,
	    option->arg != NULL ? " " : "",
	    option->arg != NULL ? option->arg : "");
}

static size_t
options_width(const struct cli_option *options)
{
	char name[HELP_NAME_SIZE];
	size_t width = 0;
	size_t len;

	for (; options != NULL && options->name != NULL; options++) {
		cli_option_name(options, name, sizeof(name));
		len = strlen(name);
		if (len > width && len <= HELP_NAME_MAX_COL)
			width = len;
	}
	return width;
}

/* "  withdrawn   anulada: void, for whatever reason" */
static void
write_words(FILE *out, const struct word *list, size_t indent)
{
	const struct word *w;
	char text[512];
	size_t width = 0;

	for (w = list; w->word != NULL; w++)
		if (strlen(w->word) > width)
			width = strlen(w->word);
	for (w = list; w->word != NULL; w++) {
		const char *label = w->label != NULL ? _(w->label) : w->word;

		snprintf(text, sizeof(text), "%s%s%s",
		    strcmp(label, w->word) != 0 ? label : "",
		    strcmp(label, w->word) != 0 ? ": " : "", _(w->meaning));
		fprintf(out, "%*s%-*s  ", (int)indent, "", (int)width, w->word);
		cli_wrap(out, text, indent + width + 2);
	}
}

void
cli_short_name(const struct cli_program *program,
    const struct cli_option *option, char *out, size_t size)
{
	cli_option_name(option, out, size);
	if (cli_option_words(program, option) != NULL &&
	    strlen(out) > HELP_NAME_MAX_COL)
		snprintf(out, size, "--%s %s", option->name, _("WORD"));
}

/* program: whose words are told, too; NULL: no words */
static void
print_options(FILE *out, const struct cli_program *program,
    const struct cli_option *options, size_t width)
{
	const struct word *words;
	char name[HELP_NAME_SIZE];

	for (; options != NULL && options->name != NULL; options++) {
		words =
		    program != NULL ? cli_option_words(program, options) : NULL;
		if (words != NULL)
			cli_short_name(program, options, name, sizeof(name));
		else
			cli_option_name(options, name, sizeof(name));
		print_row(out, name, _(options->help), width);
		if (words != NULL)
			write_words(out, words, WORD_INDENT);
	}
}

/* Lines of example, indented; they are commands and stay as they are. */
static void
print_examples(FILE *out, const char *example)
{
	size_t len;

	if (example == NULL)
		return;
	fprintf(out, "\n%s\n", _("Examples:"));
	while (*example != '\0') {
		len = strcspn(example, "\n");
		fprintf(out, "  %.*s\n", (int)len, example);
		example += len;
		example += *example == '\n';
	}
}

static void
print_commands(FILE *out, const struct cli_command *commands, size_t width)
{
	for (; commands->name != NULL; commands++)
		print_row(out, commands->name, _(commands->summary), width);
}

static size_t
commands_width(const struct cli_program *program)
{
	size_t width = strlen("completion");
	const struct cli_command *c;

	for (c = program->commands; c->name != NULL; c++)
		if (strlen(c->name) > width)
			width = strlen(c->name);
	return width;
}

static void
write_help(const struct cli_program *program, FILE *out)
{
	size_t width = commands_width(program);

	fprintf(out, "%s - ", program->name);
	cli_wrap(out, _(program->summary), strlen(program->name) + 3);
	fprintf(out, "\n%s %s %s\n", _("Usage:"), program->name,
	    _("COMMAND [OPTION]... [ARGUMENT]..."));
	fprintf(out, "\n%s\n", _("Commands:"));
	print_commands(out, program->commands, width);
	print_commands(out, cli_builtin, width);
	fprintf(out, "\n%s\n", _("Options of all commands:"));
	print_options(out, NULL, cli_common, options_width(cli_common));
	print_examples(out, program->example);
	fputc('\n', out);
	fprintf(out, _("'%s help COMMAND' tells more, 'man %s' everything.\n"),
	    program->name, program->name);
}

static void
print_exit_status(const struct cli_program *program, FILE *out)
{
	char hint[512];

	snprintf(hint, sizeof(hint),
	    _("Exit status: 0 is success, 1 to 3 are results that need "
	      "attention, 64 to 78 are errors; %s(1) explains each."),
	    program->name);
	fputc('\n', out);
	cli_wrap(out, hint, 0);
}

/* What the first lines do not tell. */
static void
write_rules(const struct cli_command *command, FILE *out)
{
	const struct cli_rule *rule = command->rules;
	const char *said = NULL;

	for (; rule != NULL && rule->bond != 0; rule++) {
		if (rule->thing == NULL || rule->text == NULL ||
		    (said != NULL && strcmp(rule->text, said) == 0))
			continue;
		fputs(said == NULL ? "\n  " : "  ", out);
		said = rule->text;
		cli_wrap(out, _(said), 2);
	}
}

static void
write_command(const struct cli_program *program,
    const struct cli_command *command, FILE *out)
{
	size_t width = options_width(cli_common);
	size_t own = options_width(command->options);

	if (own > width)
		width = own;
	fprintf(out, "%s %s - ", program->name, command->name);
	cli_wrap(out, _(command->summary),
	    strlen(program->name) + strlen(command->name) + 4);
	cli_write_usage(program, command, out);
	if (command->detail != NULL) {
		fputc('\n', out);
		cli_wrap(out, _(command->detail), 0);
	}
	if (command->options != NULL && command->options->name != NULL) {
		fprintf(out, "\n%s\n", _("Options:"));
		print_options(out, program, command->options, width);
		write_rules(command, out);
	}
	fprintf(out, "\n%s\n", _("Options of all commands:"));
	print_options(out, NULL, cli_common, width);
	print_examples(out, command->example);
	print_exit_status(program, out);
}

/* Put together in memory first: it goes out in the terminal's characters. */
static void
print_page(const struct cli_program *program, const struct cli_command *command,
    FILE *out)
{
	char *text = NULL;
	size_t len = 0;
	FILE *page = open_memstream(&text, &len);

	if (page == NULL)
		return;
	if (command != NULL)
		write_command(program, command, page);
	else
		write_help(program, page);
	if (fclose(page) == 0)
		terminal_write(out, text, len);
	free(text);
}

void
cli_print_words(const struct word *list, FILE *out)
{
	char *text = NULL;
	size_t len = 0;
	FILE *page = open_memstream(&text, &len);

	if (page == NULL)
		return;
	write_words(page, list, 2);
	if (fclose(page) == 0)
		terminal_write(out, text, len);
	free(text);
}

void
cli_print_help(const struct cli_program *program, FILE *out)
{
	print_page(program, NULL, out);
}

void
cli_print_command(const struct cli_program *program,
    const struct cli_command *command, FILE *out)
{
	print_page(program, command, out);
}

int
cli_run_help(struct cli *cli)
{
	const struct cli_command *topic;

	if (cli->arg_count == 0) {
		cli_print_help(cli->program, stdout);
		return EX_OK;
	}
	topic = cli_find_command(cli->program, cli->args[0]);
	if (topic == NULL) {
		cli->command = NULL;
		return cli_unknown_command(cli, cli->args[0]);
	}
	cli_print_command(cli->program, topic, stdout);
	return EX_OK;
}
