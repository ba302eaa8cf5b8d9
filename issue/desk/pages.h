/*
 * pages.h - the staff desk over HTTP: routes, who is signed in, and the one
 * page around what desk.h and the *_page.h have.
 */
#ifndef ISSUE_DESK_PAGES_H
#define ISSUE_DESK_PAGES_H

#include "http/server.h"
#include "issue/desk/desk.h"

/* For http_serve(), with a struct desk as ctx. */
extern const struct http_route staff_routes[];

/* staff_tick - lock it when nobody has asked for anything for long. */
void staff_tick(void *ctx, struct http_server *server);

#endif
