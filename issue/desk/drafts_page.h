/*
 * drafts_page.h - the drafts that wait: all of them, for who enters people, and
 * the queue of who approves. A draft must be opened before it can be marked;
 * of a whole batch a tenth that is drawn at random must be.
 */
#ifndef ISSUE_DESK_DRAFTS_PAGE_H
#define ISSUE_DESK_DRAFTS_PAGE_H

#include "issue/desk/desk.h"

/* drafts_page, queue_page - the whole page, as it is now; queue_page has what
 * an approver needs. */
void drafts_page(struct turn *turn);
void queue_page(struct turn *turn);

/* drafts_page_act - [data-act=open|approve|leave|discard|close] of a draft. */
enum err drafts_page_act(struct turn *turn, struct errtext *err);

/* queue_page_sample - draw those of the batch that must be opened. */
enum err queue_page_sample(struct turn *turn, struct errtext *err);

/* queue_page_approve - #approve: sign what is marked, or the whole batch. */
enum err queue_page_approve(struct turn *turn, struct errtext *err);

#endif
