/*
 * cmd_serve.c - sello-audit serve: the audit as a page, served to a browser on
 * this computer until the command is ended.
 */
#include "audit/cmd.h"
#include "audit/desk/pages.h"
#include "cli/serve.h"

#include <stdlib.h>
#include <sysexits.h>

struct serving {
	struct pages pages; /* first: handlers get it by this address */
	const struct cli *cli;
};

static void
listening(void *ctx, const char *start_link)
{
	const struct serving *serving = ctx;

	serve_tell(serving->cli, start_link);
}

static enum err
serve(struct serving *serving, const struct cmd *cmd,
    const struct serve_options *serve, struct errtext *err)
{
	const struct http_config config = { .routes = pages_routes,
		.ctx = serving,
		.port = serve->port,
		.browser = serve->browser,
		.language = i18n_language(),
		.listening = listening };
	enum err rc =
	    auditing_open(&cmd->options, &serving->pages.auditing, err);

	if (rc == ERR_OK)
		rc = http_serve(&config, err);
	auditing_close(&serving->pages.auditing);
	return rc;
}

int
cmd_serve(struct cli *cli)
{
	struct serving serving = { .cli = cli };
	struct cmd cmd = { .presentations = { 0 } };
	struct serve_options options;
	struct errtext err = { 0 };
	int status = cmd_options(cli, &cmd);
	enum err rc;

	if (status == 0 && !serve_options_take(cli, &options))
		status = EX_USAGE;
	if (status == 0) {
		rc = serve(&serving, &cmd, &options, &err);
		status = rc == ERR_OK ? EXIT_SUCCESS : cli_fail(cli, rc, &err);
	}
	cmd_clear(&cmd);
	return status;
}
