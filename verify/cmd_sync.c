/*
 * cmd_sync.c - sello-verify sync: each source on its own; the worst counts.
 */
#include "verify/commands.h"

#include "base/clock.h"
#include "cli/cli.h"
#include "verify/learn.h"
#include "verify/post/sync.h"

int
cmd_sync(struct cli *cli)
{
	struct sync_listener listener = { learn_print, cli, 0 };
	struct post *post = NULL;
	int i, lock, status;

	if ((status = learn_open(cli, &post, &lock)) != 0)
		return status;
	sync_mend(post, clock_now(), &listener);
	for (i = 0; i < cli->arg_count; i++)
		sync_source(post, cli->args[i], clock_now(), &listener);
	sync_settle(post, &listener);
	sync_recheck(post, clock_now(), &listener);
	return learn_close(cli, &post, lock, &listener);
}
