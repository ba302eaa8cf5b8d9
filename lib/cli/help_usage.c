/*
 * help_usage.c - the first lines of a command's help: with what it must be
 * given. From the table and its rules.
 */
#include "base/i18n.h"
#include "cli/help.h"

#include <string.h>

/* One form of a command line. */
struct usage {
	const struct cli_program *program;
	const struct cli_command *command;
	const char *args; /* of this form alone, without a NUL; or NULL */
	size_t args_len;
	bool args_told;
	struct bytes line;
};

static void
add_thing(struct usage *u, const char *thing, size_t len)
{
	const struct cli_option *option =
	    cli_thing_option(u->program, u->command, thing, len);
	char name[HELP_NAME_SIZE];

	if (option != NULL) {
		cli_short_name(u->program, option, name, sizeof(name));
		bytes_addf(&u->line, "%s", name);
		return;
	}
	bytes_add(&u->line, u->args, u->args_len);
	u->args_told = true;
}

/* "--role WORD", "(--clock | --shown)" */
static void
add_needed(struct usage *u, const char *list)
{
	bool several = strchr(list, '|') != NULL;
	const char *thing;
	size_t len;

	bytes_addf(&u->line, " %s", several ? "(" : "");
	thing = cli_next_thing(&list, &len);
	for (; thing != NULL; thing = cli_next_thing(&list, &len)) {
		add_thing(u, thing, len);
		bytes_addf(&u->line, "%s", *list != '\0' ? " | " : "");
	}
	bytes_addf(&u->line, "%s", several ? ")" : "");
}

/* What rules ask for always, or beside the word that this form begins with. */
static void
add_rules(struct usage *u)
{
	const struct cli_rule *rule = u->command->rules;
	size_t len = u->args != NULL ? strcspn(u->args, " |") : 0;

	for (; rule != NULL && rule->bond != 0; rule++)
		if ((rule->bond == CLI_NEEDS || rule->bond == CLI_ONE_OF) &&
		    (rule->thing == NULL ||
			(len > 0 && cli_has_thing(rule->thing, u->args, len))))
			add_needed(u, rule->others);
}

/* With all that must be given. */
static void
write_form(struct usage *u, FILE *out)
{
	const struct cli_option *option = u->command->options;
	char name[HELP_NAME_SIZE];

	bytes_addf(&u->line, "%s %s%s", u->program->name, u->command->name,
	    u->command->needs_home ? " --home DIR" : "");
	for (; option != NULL && option->name != NULL; option++)
		if (option->often == CLI_REQUIRED) {
			cli_short_name(u->program, option, name, sizeof(name));
			bytes_addf(&u->line, " %s", name);
		}
	add_rules(u);
	bytes_addf(&u->line, " %s", _("[OPTION]..."));
	if (u->args_len > 0 && !u->args_told)
		bytes_addf(&u->line, " %.*s", (int)u->args_len, u->args);
	fprintf(out, "%s ", _("Usage:"));
	if (!u->line.failed)
		cli_wrap(out, (const char *)u->line.at,
		    cli_columns(_("Usage:"), strlen(_("Usage:"))) + 1);
	bytes_free(&u->line);
}

/* A rule of this kind, or NULL. */
static const struct cli_rule *
rule_of(const struct cli_command *command, enum cli_bond bond)
{
	const struct cli_rule *rule = command->rules;

	for (; rule != NULL && rule->bond != 0; rule++)
		if (rule->bond == bond)
			return rule;
	return NULL;
}

/* A line a form, where its arguments have several. */
void
cli_write_usage(const struct cli_program *program,
    const struct cli_command *command, FILE *out)
{
	struct usage u = { program, command, command->args, 0, false, { 0 } };
	const char *forms = command->args;

	fputc('\n', out);
	if (rule_of(command, CLI_AS_ARGS) == NULL) {
		u.args_len = u.args != NULL ? strlen(u.args) : 0;
		write_form(&u, out);
		return;
	}
	while ((u.args = cli_next_thing(&forms, &u.args_len)) != NULL)
		write_form(&u, out);
}
