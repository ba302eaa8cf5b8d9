#include "issue/commands.h"
int
cmd_restore(struct cli *cli)
{
	return cli_usage(cli, "not yet");
}
