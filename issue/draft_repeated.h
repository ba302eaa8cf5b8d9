/*
 * draft_repeated.h - what many rows of a file have in the same words: a column
 * filled down, or one that a spreadsheet wrote in its own way. People are told
 * once, with the lines; programs of each row (draft_report_json()).
 */
#ifndef ISSUE_DRAFT_REPEATED_H
#define ISSUE_DRAFT_REPEATED_H

#include "issue/draft_report.h"

/*
 * draft_repeated_tell - tell of each problem that four rows or more have, in the
 * order of their first lines, and mark it as told in its rows. Where memory runs
 * out nothing is told here, and so each row will be.
 *
 *   tell   prints one; lines: "Lines 2-14, 17 and 3 more", translated
 */
void draft_repeated_tell(struct draft_report *report,
    void (*tell)(const char *lines, const struct draft_report_problem *));

#endif
