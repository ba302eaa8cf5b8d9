/*
 * intake_page.h - one person's form: every column of the CSV but row, center
 * and program, judged by the same rules as a row of a file.
 */
#ifndef ISSUE_DESK_INTAKE_PAGE_H
#define ISSUE_DESK_INTAKE_PAGE_H

#include "issue/desk/desk.h"

/* intake_page - the empty form, that of a correction, or what was typed. */
void intake_page(struct turn *turn);

/* intake_page_judge - the problems of what the form holds, alone. */
enum err intake_page_judge(struct turn *turn, struct errtext *err);

/* intake_page_keep - what is half typed waits for who typed it (begun.h); needs no
 * home. */
enum err intake_page_keep(struct turn *turn, struct errtext *err);

/* intake_page_preview - the last #preview as PDF; ERR_NOT_FOUND. */
enum err intake_page_preview(struct turn *turn, struct errtext *err);

/* intake_page_act - #save-draft, #preview; "empty" throws away what is typed,
 * "leave" gives a correction up. */
enum err intake_page_act(struct turn *turn, struct errtext *err);

#endif
