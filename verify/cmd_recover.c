/*
 * cmd_recover.c - sello-verify recover --clock: this computer once ran ahead,
 * and its post waits for a time that was never right. Forgets the post's own
 * mark; what lists and records say of the time stays.
 */
#include "verify/clocks.h"
#include "verify/cmd.h"

#include "base/clock.h"
#include "base/confirm.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "verify/post_store.h"

static void
tell(const struct cli *cli, const struct post *post, int64_t was, int64_t now)
{
	struct errtext still = { 0 };
	json_t *line;

	if (cli->json) {
		line = json_object();
		json_set_time(line, "clockWas", was);
		json_set_time(line, "clock", now);
		json_line(line);
		return;
	}
	print("%s\n",
	    was > now ? _("This computer's later date is forgotten; letters "
			  "are judged with today's.")
		      : _("This computer knows of no later date of its own; "
			  "nothing was changed."));
	if (clocks_behind(post, now, &still))
		print("%s\n", still.text);
}

static enum err
recover(const struct cli *cli, struct post *post, struct errtext *err)
{
	int64_t now = clock_now(), was = post->mark;
	enum err rc;

	rc = confirm_date(cli, now,
	    _("This computer's own later date will be forgotten."), err);
	if (rc == ERR_OK && was > now)
		rc = post_store_set_mark(post, now, err);
	if (rc == ERR_OK)
		tell(cli, post, was, now);
	return rc;
}

int
cmd_recover(struct cli *cli)
{
	struct post *post = NULL;
	struct errtext err = { 0 };
	enum err rc;

	if (!cli_has(cli, "clock"))
		return cli_usage(cli, _("say what: --clock"));
	if ((rc = post_open(cli->home, &post, &err)) == ERR_OK)
		rc = recover(cli, post, &err);
	post_free(&post);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
