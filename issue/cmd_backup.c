#include "issue/commands.h"
int
cmd_backup(struct cli *cli)
{
	return cli_usage(cli, "not yet");
}
