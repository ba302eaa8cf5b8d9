/*
 * complete.h - completion scripts for bash, zsh and fish, written from the
 * tables of a program. Names in the tables are plain words; only texts need
 * quoting. What only a home knows (codes of persons, drafts) the script asks
 * the program for: `completion values PLACE`, struct cli_program's values.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/internal.h"

#define COMPLETE_CHOICES_SIZE 256

/* complete_bash, complete_zsh, complete_fish - print the script for this shell,
 * a file each. */
void complete_bash(const struct cli_program *program);
void complete_zsh(const struct cli_program *program);
void complete_fish(const struct cli_program *program);

/* complete_commands - a complete_each for each command, also the built-in
 * ones. */
typedef void complete_each(
    const struct cli_program *program, const struct cli_command *command);
void complete_commands(const struct cli_program *program, complete_each *call);

/* complete_name - a blank and its name. */
void complete_name(
    const struct cli_program *program, const struct cli_command *command);

/* complete_function - "sello_verify", as part of a shell function's name. */
void complete_function(const struct cli_program *program);

/* complete_escaped - text, with a backslash before each of `special`. */
void complete_escaped(const char *text, const char *special);

/* complete_has_values - an option whose value is a code of persons, consulates
 * or centers: the home has them, if anybody. */
bool complete_has_values(
    const struct cli_program *program, const struct cli_option *option);

/* complete_takes_drafts - a command whose arguments are drafts. */
bool complete_takes_drafts(
    const struct cli_program *program, const struct cli_command *command);

#endif
