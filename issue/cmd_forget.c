#include "issue/commands.h"
int
cmd_forget(struct cli *cli)
{
	return cli_usage(cli, "not yet");
}
