/*
 * cmd_recover.c - sello-verify recover. --clock: this computer once ran ahead,
 * and its post waits for a time that was never right. Forgets the post's own
 * mark; what lists and records say of the time stays. --shown: shown_mend.h.
 */
#include "verify/clocks.h"
#include "verify/commands.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "cli/cli.h"
#include "cli/confirm.h"
#include "verify/post/post.h"
#include "verify/post/post_store.h"
#include "verify/post/shown_mend.h"
#include "verify/post/sync.h"

#include <unistd.h>

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

	/* with such a date nothing would be gained: it is not to be typed */
	if (clocks_signed_later(post, now, err))
		return ERR_CONFIG;
	rc = confirm_date(cli, now,
	    _("This computer remembers the latest date that its clock ever "
	      "showed, and judges no letter before it. If that date was "
	      "wrong, it is forgotten now; lists, logs and the records of "
	      "letters shown stay as they are."),
	    err);
	if (rc == ERR_OK && was > now)
		rc = post_store_set_mark(post, now, err);
	if (rc == ERR_OK)
		tell(cli, post, was, now);
	return rc;
}

static void
tell_mended(const struct cli *cli, const struct shown_mended *mended)
{
	json_t *line;

	if (cli->json) {
		line = json_object();
		json_object_set_new(
		    line, "changed", json_boolean(mended->changed));
		json_object_set_new(
		    line, "whole", json_integer((json_int_t)mended->whole));
		json_object_set_new(
		    line, "setAside", json_integer((json_int_t)mended->aside));
		json_object_set_new(
		    line, "allRead", json_boolean(mended->all_read));
		json_set_text(
		    line, "old", mended->old[0] != '\0' ? mended->old : NULL);
		json_line(line);
		return;
	}
	if (!mended->changed) {
		print("%s\n",
		    _("No record of letters shown here is damaged; nothing "
		      "was changed."));
		return;
	}
	print(_("The records of letters shown here were made anew. Whole: "
		"%llu. Damaged and set aside: %llu; a letter that fits what is "
		"left of one needs attention, and nobody is accused.\n"),
	    (unsigned long long)mended->whole,
	    (unsigned long long)mended->aside);
	if (!mended->all_read)
		print("%s\n",
		    _("NOT ALL COULD BE READ: a letter that was shown here "
		      "before may look as if it never was. If there is a newer "
		      "copy of this folder, put its post.db here instead."));
	if (mended->old[0] != '\0')
		print(_("The old file is %s/%s. If this happens again the disk "
			"is failing.\n"),
		    cli->home, mended->old);
}

static enum err
mend(const struct cli *cli, struct post *post, struct errtext *err)
{
	struct shown_mended mended;
	int lock = -1;
	enum err rc = sync_lock(post, &lock, err);

	if (rc == ERR_OK)
		rc = shown_mend(post, clock_now(), &mended, err);
	if (rc == ERR_OK)
		tell_mended(cli, &mended);
	if (lock >= 0)
		close(lock);
	return rc;
}

int
cmd_recover(struct cli *cli)
{
	bool clock = cli_has(cli, "clock");
	struct post *post = NULL;
	struct errtext err = { 0 };
	enum err rc;

	if ((rc = post_open(cli->home, &post, &err)) == ERR_OK)
		rc = clock ? recover(cli, post, &err) : mend(cli, post, &err);
	post_free(&post);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
