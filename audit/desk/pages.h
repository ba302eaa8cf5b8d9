/*
 * pages.h - what the auditor's browser may ask for: the table of routes over
 * audits. docs/pages.md has the contract of the page.
 */
#ifndef AUDIT_DESK_PAGES_H
#define AUDIT_DESK_PAGES_H

#include "audit/desk/auditing.h"
#include "http/server.h"

struct pages {
	struct auditing auditing;
};

/* The context of each is a struct pages. */
extern const struct http_route pages_routes[];

#endif
