/*
 * lists_page.h - lists of letters: of a day or days, and of a consulate's
 * appointments, as `sello-issue list` has them; to print, or as a file for a
 * spreadsheet. What is asked for stands in the address: it names nobody.
 */
#ifndef ISSUE_DESK_LISTS_PAGE_H
#define ISSUE_DESK_LISTS_PAGE_H

#include "issue/desk/desk.h"

/* lists_page - what can be asked for and, with ?of=letters|appointments, the
 * list: from, to, consulate, state; or consulate, day. */
void lists_page(struct turn *turn);

/* lists_page_csv - the same list as CSV into turn->out. ERR_DATA. */
enum err lists_page_csv(struct turn *turn, struct errtext *err);

#endif
