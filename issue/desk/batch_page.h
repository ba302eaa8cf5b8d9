/*
 * batch_page.h - a file of people: its problems by row and field, mended in
 * place, stored as drafts.
 */
#ifndef ISSUE_DESK_BATCH_PAGE_H
#define ISSUE_DESK_BATCH_PAGE_H

#include "issue/desk/desk.h"

/* batch_page - the file that lies on the desk, judged. */
void batch_page(struct turn *turn);

/* batch_page_file - #csv: the request's body, in place of another file. */
enum err batch_page_file(struct turn *turn, struct errtext *err);

/* batch_page_mend - the controls of a row, all at once. */
enum err batch_page_mend(struct turn *turn, struct errtext *err);

/* batch_page_aside - the rows that were set aside, as a file; ERR_NOT_FOUND. */
enum err batch_page_aside(struct turn *turn, struct errtext *err);

/* batch_page_act - #save-batch, #set-aside, "leave". */
enum err batch_page_act(struct turn *turn, struct errtext *err);

#endif
