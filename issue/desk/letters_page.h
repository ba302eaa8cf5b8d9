/*
 * letters_page.h - letters of the register: looked for, printed, printed again,
 * withdrawn, replaced.
 */
#ifndef ISSUE_DESK_LETTERS_PAGE_H
#define ISSUE_DESK_LETTERS_PAGE_H

#include "issue/desk/desk.h"

/* letters_page - what was looked for, else what was signed just now. */
void letters_page(struct turn *turn);

/* letters_page_search - #search: a number, a case reference, words of a name, a
 * day. */
enum err letters_page_search(struct turn *turn, struct errtext *err);

/* letters_page_act - [data-act=lp|reprint|withdraw|correct] of a letter. */
enum err letters_page_act(struct turn *turn, struct errtext *err);

#endif
