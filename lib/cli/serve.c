/*
 * serve.c - options and first line of `serve`: serve.h.
 */
#include "cli/serve.h"

#include "base/json.h"
#include "base/print.h"

bool
serve_options_take(const struct cli *cli, struct serve_options *out)
{
	int64_t port;

	if (!cli_int(cli, "port", 0, UINT16_MAX, 0, &port))
		return false;
	out->port = (uint16_t)port;
	out->browser = !cli_has(cli, "no-browser");
	return true;
}

void
serve_tell(const struct cli *cli, const char *start_link)
{
	if (cli->json)
		json_line(json_pack("{s:s}", "url", start_link));
	else
		print("%s\n", start_link);
	/* whoever started the program waits for this line */
	print_flush(stdout);
}
