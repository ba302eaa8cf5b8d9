/*
 * fresh.h - a world made once for a test program and a fresh copy of it for
 * each test: begin and end are the unchecked fixture, setup and teardown the
 * checked one. For a test program whose worlds begin at the present.
 */
#ifndef TESTS_SUPPORT_FRESH_H
#define TESTS_SUPPORT_FRESH_H

#include "base/clock.h"
#include "tests/support/world.h"

static struct world template, w;
static int64_t now;

static void
begin(void)
{
	now = clock_now();
	world_new(&template, now);
}

static void
end(void)
{
	world_free(&template);
}

static void
setup(void)
{
	world_copy(&template, &w);
}

static void
teardown(void)
{
	world_free(&w);
}

#endif
