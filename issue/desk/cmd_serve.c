/*
 * cmd_serve.c - sello-issue serve: the staff desk as pages, served to a browser
 * on this computer until the command is ended.
 */
#include "issue/commands.h"

#include "base/i18n.h"
#include "cli/serve.h"
#include "issue/desk/pages.h"

#include <stdlib.h>
#include <sysexits.h>

struct serving {
	struct desk desk; /* first: handlers get it by this address */
	const struct cli *cli;
};

static void
listening(void *ctx, const char *start_link)
{
	const struct serving *serving = ctx;

	serve_tell(serving->cli, start_link);
}

/* A home that is none is told before anybody opens a browser. */
static enum err
check_home(const struct cli *cli, struct errtext *err)
{
	struct center *center = NULL;
	enum err rc = center_open(cli->home, false, &center, err);

	center_close(&center);
	return rc;
}

int
cmd_serve(struct cli *cli)
{
	struct serving serving = { .desk.home = cli->home, .cli = cli };
	struct http_config config = { .routes = staff_routes,
		.ctx = &serving,
		.language = i18n_language(),
		.listening = listening,
		.tick = staff_tick };
	struct serve_options options;
	struct errtext err = { 0 };
	enum err rc;

	if (!serve_options_take(cli, &options))
		return EX_USAGE;
	config.port = options.port;
	config.browser = options.browser;
	if ((rc = check_home(cli, &err)) == ERR_OK)
		rc = http_serve(&config, &err);
	desk_end(&serving.desk);
	return rc == ERR_OK ? EXIT_SUCCESS : cli_fail(cli, rc, &err);
}
