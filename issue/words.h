/*
 * words.h - the words that people type behind options of sello-issue, with
 * what each means: for --help, for who typed another one, and for screens on
 * which they stand.
 */
#ifndef ISSUE_WORDS_H
#define ISSUE_WORDS_H

#include "cli/cli.h"

/* All of them, by the options that take them. */
extern const struct cli_choice words_choices[];

/* The options' values, as the command table has them. */
#define WORDS_ROLE   "drafter|approver|administrator"
#define WORDS_FORMAT "csv|ods"
#define WORDS_DATES  "dmy|mdy"
#define WORDS_PAPER  "letter|a4"
#define WORDS_STATE                                                        \
	"issued|superseded|withdrawn|forgotten|pending|unsigned|approved|" \
	"discarded"
#define WORDS_REASON                                                  \
	"DATA_ERROR|LOST|STOLEN|HOLDER_REQUEST|DUPLICATE|INELIGIBLE|" \
	"FRAUD|KEY_COMPROMISE|PROGRAM_CLOSED"

#endif
