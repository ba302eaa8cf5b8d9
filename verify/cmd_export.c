/*
 * cmd_export.c - sello-verify export: this post's report for other posts and
 * auditors, a signed file that they may read.
 */
#include "verify/commands.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "cli/cli.h"
#include "verify/post/post.h"
#include "verify/post/post_keys.h"
#include "verify/post/reports.h"

#include <stdlib.h>
#include <string.h>

static bool
is_listed(const struct post *post)
{
	bool other;
	const struct trust_post *listed = post_listed(post, &other);

	return listed != NULL && !other && listed->status == POST_ACTIVE;
}

static void
tell(const struct cli *cli, const struct post *post, const char *path,
    const struct report_made *made)
{
	json_t *line;

	if (cli->json) {
		line = json_object();
		json_set_text(line, "file", path);
		json_set_text(line, "post", post->name);
		json_object_set_new(
		    line, "listed", json_boolean(is_listed(post)));
		json_object_set_new(
		    line, "seen", json_integer((json_int_t)made->seen));
		json_object_set_new(line, "seenLeftOut",
		    json_integer((json_int_t)made->seen_left));
		json_object_set_new(line, "seenDamaged",
		    json_integer((json_int_t)made->damaged));
		json_object_set_new(
		    line, "heads", json_integer((json_int_t)made->heads));
		json_object_set_new(line, "headsLeftOut",
		    json_integer((json_int_t)made->heads_left));
		json_object_set_new(
		    line, "letters", json_integer((json_int_t)made->letters));
		json_line(line);
		return;
	}
	print(_("%s: letters shown %zu, heads of logs %zu\n"), path,
	    made->letters, made->heads);
	if (made->damaged > 0)
		print(_("Left out because the records of them are damaged: "
			"letters shown, %zu\n"),
		    made->damaged);
	if (made->seen_left > 0)
		print(_("Left out because the file would be too large: the "
			"oldest letters, %zu\n"),
		    made->seen_left);
	if (made->heads_left > 0)
		print(_("Left out because the file would be too large: heads "
			"of logs, %zu\n"),
		    made->heads_left);
	if (!is_listed(post))
		print("%s\n",
		    _("This post is not in the trust list: others will not "
		      "count its word. Send request.txt to the root "
		      "custodian."));
}

/* Last week's export may be replaced, nothing else: not another post's, which
 * has not been carried on yet, and no letter. */
static enum err
write_file(const char *path, const struct bytes *file, struct errtext *err)
{
	struct reader r = { file->at, file->len };
	struct reader line = { 0 };
	struct bytes mark = { 0 };
	enum err rc;

	/* what it is and whose, the first line without its time */
	reader_until(&r, '\n', &line);
	while (line.left > 0 && line.at[line.left - 1] != ' ')
		line.left--;
	bytes_add(&mark, line.at, line.left);
	if (mark.failed || mark.len == 0)
		rc = err_memory(err);
	else
		rc = file_write_over(path, 0644, file->at, file->len,
		    (const char *)mark.at, err);
	bytes_free(&mark);
	return rc;
}

int
cmd_export(struct cli *cli)
{
	const char *path = cli_value(cli, "to");
	struct report_made made = { 0 };
	struct errtext err = { 0 };
	struct post *post = NULL;
	struct bytes file = { 0 };
	enum err rc;

	if ((rc = post_open(cli->home, &post, &err)) == ERR_OK &&
	    (rc = reports_make(post, clock_now(), &file, &made, &err)) ==
		ERR_OK &&
	    (rc = write_file(path, &file, &err)) == ERR_OK)
		tell(cli, post, path, &made);
	post_free(&post);
	bytes_free(&file);
	return rc == ERR_OK ? EXIT_SUCCESS : cli_fail(cli, rc, &err);
}
