/*
 * internal.h - what the parts of the command line share: inside the cli room
 * only; programs see cli.h.
 */
#ifndef CLI_INTERNAL_H
#define CLI_INTERNAL_H

#include "cli/cli.h"

#include <stdio.h>

/* One option as it was given; value NULL for a flag. */
struct cli_given {
	const struct cli_option *option;
	const char *value;
};

/* --home, --json and the other options of every command */
extern const struct cli_option cli_common[];

/* help and completion */
extern const struct cli_command cli_builtin[];

/* cli_find_command - of the program or built in, NULL for none. */
const struct cli_command *cli_find_command(
    const struct cli_program *program, const char *name);

/*
 * cli_find_option - a common option or one of command's (NULL: of any
 * command's). The name is len bytes long.
 */
const struct cli_option *cli_find_option(const struct cli_program *program,
    const struct cli_command *command, const char *name, size_t len);

/* cli_near_command, cli_near_option - the name closest to what was typed, NULL
 * when nothing comes close; of all commands' options where command is NULL. */
const char *cli_near_command(
    const struct cli_program *program, const char *typed);
const char *cli_near_option(const struct cli_program *program,
    const struct cli_command *command, const char *typed, size_t len);

/* cli_near_word - the word of a list closest to what was typed, capitals aside,
 * also in the screen's language; or NULL. */
const char *cli_near_word(const struct word *list, const char *typed);

/* cli_option_words - what the choices of an option mean; NULL for an option
 * without. */
const struct word *cli_option_words(
    const struct cli_program *program, const struct cli_option *option);

/*
 * cli_choices - copy "a|b|c" as "a b c" to out when text is such a list,
 * perhaps with more words after it; false when it is not.
 */
bool cli_choices(const char *text, char *out, size_t size);

/*
 * cli_words - the words that a command's arguments may begin with, "add remove
 * list" of "add CODE|remove CODE|list"; false when there is none: what stands
 * for a name or a file (CODE, people.csv) is no word.
 */
bool cli_words(const char *args, char *out, size_t size);

/* cli_missing - says "--to PUB is missing (folder or stick for posts and
 * auditors)", or which words there are; 64. */
int cli_missing(const struct cli *cli, const struct cli_option *option);

/* cli_too_many - says that there are too many arguments, the one of number
 * `from` and all behind it; 64. */
int cli_too_many(const struct cli *cli, int from);

/* cli_check_rules - 0, or the first rule that the command line breaks was told:
 * 64. */
int cli_check_rules(const struct cli *cli);

/*
 * cli_next_thing - the things of a rule, or the forms of a command's
 * arguments, one after another.
 *
 *   list  moved behind the thing; NULL, or at its end: no more
 *   len   out: of what is returned, which has no NUL at its end
 */
const char *cli_next_thing(const char **list, size_t *len);

/* cli_thing_option - the option of a thing, NULL for an argument. */
const struct cli_option *cli_thing_option(const struct cli_program *program,
    const struct cli_command *command, const char *thing, size_t len);

/* cli_has_thing - does the list have this very thing? */
bool cli_has_thing(const char *list, const char *thing, size_t len);

/*
 * cli_excluded - the options that a rule does not let stand beside this one,
 * for completion: "--drafts --ending"; false when there is none.
 */
bool cli_excluded(const struct cli_command *command,
    const struct cli_option *option, char *out, size_t size);

/* cli_unknown_command - says so, and the nearest one; 64. */
int cli_unknown_command(const struct cli *cli, const char *name);

/* cli_print_help, cli_print_command - help for a program and for one of its
 * commands. */
void cli_print_help(const struct cli_program *program, FILE *out);
void cli_print_command(const struct cli_program *program,
    const struct cli_command *command, FILE *out);

/* cli_option_name - "--to PUB", as help writes it. */
void cli_option_name(const struct cli_option *option, char *out, size_t size);

/* cli_print_words - a list of words, a line each with its meaning. */
void cli_print_words(const struct word *list, FILE *out);

/* cli_run_help, cli_run_completion - the built-in commands; the exit status. */
int cli_run_help(struct cli *cli);
int cli_run_completion(struct cli *cli);

#endif
