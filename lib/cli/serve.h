/*
 * serve.h - what `serve` is told on the command line of each program, and the
 * one line that it prints: docs/pages.md.
 */
#ifndef CLI_SERVE_H
#define CLI_SERVE_H

#include "base/i18n.h"
#include "cli/cli.h"

/* The options of every command that serves pages. */
#define SERVE_OPTIONS                                                       \
	{ "port", "N", N_("listen on this port; without it on a free one"), \
		false },                                                    \
	{                                                                   \
		"no-browser", NULL,                                         \
		    N_("open no browser; only print the start link"), false \
	}

struct serve_options {
	uint16_t port; /* 0: a free one */
	bool browser;
};

/* serve_options_take - false: it said what is wrong; the caller returns 64. */
bool serve_options_take(const struct cli *cli, struct serve_options *out);

/* serve_tell - the start link, a line: {"url":...} with --json. */
void serve_tell(const struct cli *cli, const char *start_link);

#endif
