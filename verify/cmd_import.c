/*
 * cmd_import.c - sello-verify import: reports of other posts; each file on
 * its own, the worst counts.
 */
#include "verify/commands.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "log/note.h"
#include "scan/wrong_file.h"
#include "verify/learn.h"
#include "verify/post/post.h"
#include "verify/post/post_list.h"
#include "verify/post/reports.h"
#include "verify/post/sync.h"

/* Not a report in its form; damage is told by who reads it. */
static enum err
what_else(const struct bytes *file, struct errtext *err)
{
	const char *is = wrong_file_is(file);

	if (is == NULL)
		is = _("nobody knows what this file is, or it is damaged");
	return err_set(
	    err, ERR_DATA, "%s; %s", is, wrong_file_wanted(FILE_REPORT));
}

static void
import(struct post *post, const char *path, struct sync_listener *listener)
{
	struct sync_event event = { .kind = SYNC_SOURCE,
		.source = path,
		.outcome = OUTCOME_UNREADABLE };
	struct errtext err = { 0 };
	struct bytes file = { 0 };
	enum err rc;

	rc = file_seen_dir(path)
	    ? err_set(&err, ERR_IO,
		  _("this is a folder. Reports are files; the publication of a "
		    "center is taken with: sello-verify sync"))
	    : file_read(path, WRONG_FILE_MAX, &file, &err);
	if (rc == ERR_NOT_FOUND) /* the path is said anyway */
		err_set(&err, rc, _("there is no such file"));
	if (rc == ERR_OK && !reports_may_be(&file))
		rc = what_else(&file, &err);
	if (rc == ERR_OK)
		reports_import(post, path, &file, clock_now(), listener);
	else {
		event.text = err_words(&err);
		sync_tell(listener, &event);
	}
	bytes_free(&file);
}

int
cmd_import(struct cli *cli)
{
	struct sync_listener listener = { learn_print, cli, 0 };
	struct post *post = NULL;
	int i, lock, status;

	if ((status = learn_open(cli, &post, &lock)) != 0)
		return status;
	sync_mend(post, clock_now(), &listener);
	for (i = 0; i < cli->arg_count; i++)
		import(post, cli->args[i], &listener);
	sync_settle(post, &listener);
	return learn_close(cli, &post, lock, &listener);
}
