/*
 * cmd_serve.c - sello-verify serve: the officer's desk as a page, served to a
 * browser on this computer until the command is ended.
 */
#include "verify/commands.h"

#include "base/i18n.h"
#include "cli/serve.h"
#include "verify/desk/pages.h"

#include <stdlib.h>
#include <sysexits.h>

struct serving {
	struct pages pages; /* first: handlers get it by this address */
	struct cli *cli;
};

static void
listening(void *ctx, const char *start_link)
{
	const struct serving *serving = ctx;

	serve_tell(serving->cli, start_link);
}

/* What a sync says is heard also when no page asks. */
static void
tick(void *ctx, struct http_server *server)
{
	struct serving *serving = ctx;

	(void)server;
	taking_listen(&serving->pages.taking);
}

int
cmd_serve(struct cli *cli)
{
	struct serving serving = { .pages.home = cli->home, .cli = cli };
	struct http_config config = { .routes = pages_routes,
		.ctx = &serving,
		.language = i18n_language(),
		.listening = listening,
		.tick = tick };
	struct errtext err = { 0 };
	struct serve_options options;
	enum err rc;

	if (!serve_options_take(cli, &options))
		return EX_USAGE;
	config.port = options.port;
	config.browser = options.browser;
	rc = counter_open(cli->home, &serving.pages.counter, &err);
	if (rc == ERR_OK)
		rc = http_serve(&config, &err);
	taking_end(&serving.pages.taking);
	counter_close(&serving.pages.counter);
	return rc == ERR_OK ? EXIT_SUCCESS : cli_fail(cli, rc, &err);
}
