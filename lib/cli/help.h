/*
 * help.h - what the parts of --help share: names, columns, folded lines:
 * inside the cli room only.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/internal.h"

#include <stddef.h>
#include <stdio.h>

#define HELP_NAME_SIZE    256
#define HELP_NAME_MAX_COL 28 /* a longer name has a line of its own */

/* cli_columns - that a run of UTF-8 takes, near enough for our languages. */
size_t cli_columns(const char *text, size_t len);

/* cli_wrap - lines of text, folded; the cursor stands at column indent
 * already. */
void cli_wrap(FILE *out, const char *text, size_t indent);

/* cli_short_name - as cli_option_name(); but words that help tells beside it
 * are no part of a long name. */
void cli_short_name(const struct cli_program *program,
    const struct cli_option *option, char *out, size_t size);

/* cli_write_usage - a line for each form of the command's arguments, with all
 * that must be given there. */
void cli_write_usage(const struct cli_program *program,
    const struct cli_command *command, FILE *out);

#endif
