/*
 * enter.h - a turn begun and ended: who is signed in, by the roster as it is at
 * this moment, and the center's home open meanwhile.
 */
#ifndef ISSUE_DESK_ENTER_H
#define ISSUE_DESK_ENTER_H

#include "issue/desk/desk.h"

/* enter_is_open - is anybody signed in? Whose desk it was leaves nothing on
 * it. */
bool enter_is_open(struct desk *desk);

/* enter_begin - a turn of whoever it is: in the request's language, without a
 * home. enter_end() it. */
void enter_begin(struct turn *turn, struct desk *desk,
    const struct http_request *request, struct http_answer *answer);

/* enter_still_stands - false: who was removed meanwhile, or has other keys, is
 * signed in no more, and the desk says so. Without a home nobody can tell. */
bool enter_still_stands(struct turn *turn);

/* enter_drop_removed - what was begun by who was removed since: they come for nothing
 * any more. */
void enter_drop_removed(struct turn *turn);

/* enter_is_theirs - is the page that asks of who is signed in? In another window
 * there may be one of somebody before. A request that does not say counts. */
bool enter_is_theirs(const struct turn *turn);

/*
 * enter - begin a turn of who is signed in. false: nobody is, or not the one whose
 * page asks; it is answered, and the turn is ended.
 *
 *   writer  open the home to write in it
 *   rc      out: of opening it; where that failed turn->center is NULL
 */
bool enter(struct turn *turn, struct desk *desk,
    const struct http_request *request, struct http_answer *answer, bool writer,
    enum err *rc, struct errtext *err);

void enter_end(struct turn *turn);

/* enter_status - of HTTP, for what an act returned. */
int enter_status(enum err rc);

#endif
