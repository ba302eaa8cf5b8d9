#include "issue/commands.h"
int
cmd_recover(struct cli *cli)
{
	return cli_usage(cli, "not yet");
}
