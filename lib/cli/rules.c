/*
 * rules.c - what options and words of one command need or exclude: struct
 * cli_rule of cli.h.
 */
#include "base/i18n.h"
#include "cli/internal.h"

#include <stdio.h>
#include <string.h>

const char *
cli_next_thing(const char **list, size_t *len)
{
	const char *thing = *list;

	if (thing == NULL || *thing == '\0')
		return NULL;
	*len = strcspn(thing, "|");
	*list += *len;
	*list += **list == '|';
	return thing;
}

bool
cli_has_thing(const char *list, const char *thing, size_t len)
{
	const char *at;
	size_t at_len;

	while ((at = cli_next_thing(&list, &at_len)) != NULL)
		if (at_len == len && memcmp(at, thing, len) == 0)
			return true;
	return false;
}

const struct cli_option *
cli_thing_option(const struct cli_program *program,
    const struct cli_command *command, const char *thing, size_t len)
{
	const char *value = memchr(thing, '=', len);

	if (len < 2 || strncmp(thing, "--", 2) != 0)
		return NULL;
	if (value != NULL)
		len = (size_t)(value - thing);
	return cli_find_option(program, command, thing + 2, len - 2);
}

/* --- on a command line --------------------------------------------------- */

static bool
is_there(const struct cli *cli, const char *thing, size_t len)
{
	const struct cli_option *option =
	    cli_thing_option(cli->program, cli->command, thing, len);
	const char *want = memchr(thing, '=', len), *value;

	if (option != NULL && want == NULL)
		return cli_has(cli, option->name);
	if (option != NULL) {
		value = cli_value(cli, option->name);
		len -= (size_t)(++want - thing);
		return value != NULL && strlen(value) == len &&
		    memcmp(value, want, len) == 0;
	}
	if (cli->arg_count == 0)
		return false;
	return strncmp(thing, CLI_ARGS, len) == 0 ||
	    (strlen(cli->args[0]) == len &&
		memcmp(cli->args[0], thing, len) == 0);
}

static size_t
count_there(const struct cli *cli, const char *list)
{
	const char *thing;
	size_t len, count = 0;

	while ((thing = cli_next_thing(&list, &len)) != NULL)
		count += is_there(cli, thing, len);
	return count;
}

/* Of "remove CENTER CODE": as many words, of which those in small letters are
 * the very ones. */
static bool
is_form(const struct cli *cli, const char *form, size_t len)
{
	const char *end = form + len;
	int i;

	for (i = 0; i < cli->arg_count && form < end; i++) {
		size_t word = strcspn(form, " |");

		if (*form >= 'a' && *form <= 'z' &&
		    (strlen(cli->args[i]) != word ||
			memcmp(cli->args[i], form, word) != 0))
			return false;
		form += word;
		form += *form == ' ';
	}
	return i == cli->arg_count && form >= end;
}

static bool
is_as_args(const struct cli *cli)
{
	const char *forms = cli->command->args, *form;
	size_t len;

	while ((form = cli_next_thing(&forms, &len)) != NULL)
		if (is_form(cli, form, len))
			return true;
	return false;
}

static bool
holds(const struct cli *cli, const struct cli_rule *rule)
{
	if (rule->thing != NULL && count_there(cli, rule->thing) == 0)
		return true;
	switch (rule->bond) {
	case CLI_NEEDS:
		return count_there(cli, rule->others) > 0;
	case CLI_EXCLUDES:
		return count_there(cli, rule->others) == 0;
	case CLI_ONE_OF:
		return count_there(cli, rule->others) == 1;
	case CLI_AS_ARGS:
		return is_as_args(cli);
	}
	return false;
}

static int
tell(const struct cli *cli, const struct cli_rule *rule)
{
	const char *others = rule->others, *first;
	size_t len = 0;

	if (rule->text != NULL)
		return cli_usage(cli, "%s", _(rule->text));
	if (rule->thing != NULL && strcmp(rule->thing, CLI_ARGS) == 0)
		return cli_too_many(cli, 0);
	first = cli_next_thing(&others, &len);
	return cli_missing(
	    cli, cli_thing_option(cli->program, cli->command, first, len));
}

int
cli_check_rules(const struct cli *cli)
{
	const struct cli_rule *rule = cli->command->rules;

	for (; rule != NULL && rule->bond != 0; rule++)
		if (!holds(cli, rule))
			return tell(cli, rule);
	return 0;
}

/* --- for completion ------------------------------------------------------ */

/* The options of a list, but for this one. */
static void
add_options(const char *list, const char *but, char *out, size_t size)
{
	const char *thing;
	size_t len, used;

	while ((thing = cli_next_thing(&list, &len)) != NULL) {
		used = strlen(out);
		if (strncmp(thing, "--", 2) == 0 &&
		    memchr(thing, '=', len) == NULL &&
		    !cli_has_thing(but, thing, len))
			snprintf(out + used, size - used, "%s%.*s",
			    used > 0 ? " " : "", (int)len, thing);
	}
}

bool
cli_excluded(const struct cli_command *command, const struct cli_option *option,
    char *out, size_t size)
{
	const struct cli_rule *rule = command != NULL ? command->rules : NULL;
	char name[64];
	size_t len = (size_t)snprintf(name, sizeof(name), "--%s", option->name);

	out[0] = '\0';
	for (; rule != NULL && rule->bond != 0; rule++) {
		if (rule->bond != CLI_EXCLUDES && rule->bond != CLI_ONE_OF)
			continue;
		if (cli_has_thing(rule->others, name, len))
			add_options(rule->bond == CLI_ONE_OF ? rule->others
							     : rule->thing,
			    name, out, size);
		else if (cli_has_thing(rule->thing, name, len))
			add_options(rule->others, name, out, size);
	}
	return out[0] != '\0';
}
