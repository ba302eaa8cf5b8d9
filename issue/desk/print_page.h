/*
 * print_page.h - letters on their way to paper: one sheet as PDF, several in
 * one, and the printer of this computer (CUPS's lp). Each time that a sheet
 * leaves, to the browser or to the printer, is an event; the second time of the
 * same copy as what it is (register_event_sheets()).
 */
#ifndef ISSUE_DESK_PRINT_PAGE_H
#define ISSUE_DESK_PRINT_PAGE_H

#include "issue/center/release.h"
#include "issue/desk/desk.h"

#define PRINT_JOINED_MAX 500 /* letters of one PDF */

/* print_render - a copy of a letter, ready to leave. Errors as
 * release_render(). */
enum err print_render(struct turn *turn, const struct issued *letter, int copy,
    struct release *release, struct errtext *err);

/* print_page_letter - a letter's sheet as PDF into turn->out: the newest copy, or
 * ?copy=N. */
enum err print_page_letter(struct turn *turn, struct errtext *err);

/* print_page_joined - the PDF of several that lies on the desk; ERR_NOT_FOUND. */
enum err print_page_joined(struct turn *turn, struct errtext *err);

/* print_send - [data-act=lp]: this letter's newest copy to the printer. */
enum err print_send(
    struct turn *turn, const struct issued *letter, struct errtext *err);

/*
 * print_page_act - several: "join" makes one PDF of the form's letters, "signed"
 * of those signed since somebody signed in, behind a list on which people sign;
 * "lp" sends it to the printer, "leave" puts it away.
 */
enum err print_page_act(struct turn *turn, struct errtext *err);

/* print_add_joined - what lies there, and what may be done with it. */
void print_add_joined(struct turn *turn);

/* print_has_printer - is there an lp and a printer? Asked once a minute. */
bool print_has_printer(struct desk *desk);

/* print_add_before - of one letter: how often its newest copy left, and when. */
void print_add_before(const struct turn *turn, const char *number, int copies);

#endif
