/*
 * pages.h - what the officer's browser may ask for: the table of routes over
 * one counter. docs/pages.md has the contract of the page.
 */
#ifndef VERIFY_DESK_PAGES_H
#define VERIFY_DESK_PAGES_H

#include "http/server.h"
#include "verify/desk/counter.h"
#include "verify/desk/taking.h"

struct pages {
	const char *home; /* borrowed */
	struct counter counter;
	struct taking taking;
};

/* The context of each is a struct pages. */
extern const struct http_route pages_routes[];

#endif
