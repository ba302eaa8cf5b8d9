/*
 * left_out.h - which drafts `approve --all` left out, why, and what becomes of
 * them.
 */
#ifndef ISSUE_LEFT_OUT_H
#define ISSUE_LEFT_OUT_H

#include "cli/cli.h"
#include "issue/center/approve.h"

/* left_out_tell - a warning for each reason. */
void left_out_tell(const struct cli *cli, const struct picks *picks);

#endif
