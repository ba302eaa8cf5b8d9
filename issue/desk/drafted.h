/*
 * drafted.h - rows of the desk (the form's one, or a file's) judged and, where
 * that is asked for, stored as drafts of who is signed in: issue/draft_rows.h.
 */
#ifndef ISSUE_DESK_DRAFTED_H
#define ISSUE_DESK_DRAFTED_H

#include "issue/desk/desk.h"
#include "issue/draft_rows.h"

/* drafted_begin - a run over text, which stays the caller's, that replaces
 * desk->begun->supersedes where `corrects`. drafted_end() it. */
void drafted_begin(struct turn *turn, const struct bytes *text, bool corrects,
    struct drafting *out);

/*
 * drafted_run - judge; not with dry_run, store too.
 *
 *   end  out: what became of them; on DRAFT_REPORT_REFUSED nothing was stored
 *
 * A file without rows is ERR_DATA; others as draft_rows_open() and
 * draft_rows_insert().
 */
enum err drafted_run(
    struct drafting *d, enum draft_report_end *end, struct errtext *err);

void drafted_end(struct drafting *d);

#endif
