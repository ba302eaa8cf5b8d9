#include "issue/commands.h"
int
cmd_rekey(struct cli *cli)
{
	return cli_usage(cli, "not yet");
}
