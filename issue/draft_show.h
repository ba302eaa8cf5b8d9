/*
 * draft_show.h - a draft on a terminal, whole: every field, its warnings, what
 * a correction changes, and those in the register who may be the same person.
 * For who looks it up and for who is to approve it.
 */
#ifndef ISSUE_DRAFT_SHOW_H
#define ISSUE_DRAFT_SHOW_H

#include "issue/center/center.h"
#include "issue/register/draft.h"

#include <stdio.h>

/* draft_show - errors as register_letter_load() and duplicate_view_print(). */
enum err draft_show(FILE *out, struct center *center, const struct draft *draft,
    struct errtext *err);

/*
 * draft_brief - who it is, in three lines: name and birth, document and how
 * many dependants, the warnings in words with whom it looks like. They stand
 * right above a question about the draft, whose head may have left the screen
 * by then. Errors as duplicate_view_names().
 */
enum err draft_brief(FILE *out, struct center *center,
    const struct draft *draft, struct errtext *err);

#endif
