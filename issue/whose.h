/*
 * whose.h - before something is done to a letter, the person at the terminal
 * sees whose it is, and is asked once: a number that was read wrongly is a
 * number of somebody else. A script is not asked.
 */
#ifndef ISSUE_WHOSE_H
#define ISSUE_WHOSE_H

#include "cli/cli.h"
#include "issue/register/letter.h"

/*
 * whose_ask - show on stderr whose letters these are, a line each, and ask.
 *
 *   letters   as register_letter_load() gives them
 *   question  translated, with its question mark
 *
 * ERR_OK for yes, and without a terminal or with --yes, where nothing is
 * shown; else as confirm_yes().
 */
enum err whose_ask(const struct cli *cli, const struct issued *letters,
    size_t count, const char *question, struct errtext *err);

#endif
