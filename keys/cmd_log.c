/*
 * cmd_log.c - sello-keys log close: where a center's log ends.
 */
#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/print.h"
#include "keys/commands.h"
#include "log/checkpoint.h"

#include <stdio.h>
#include <string.h>

static void
print_json(const struct log_closed *done)
{
	json_t *o = command_head_json(&done->end);

	json_set_text(o, "state", "closed");
	json_object_set_new(o, "changed", json_boolean(!done->was_closed));
	json_line(o);
}

static void
print_text(const struct log_closed *done)
{
	unsigned long long size = done->end.size;

	if (done->was_closed) {
		print(_("%s is closed already with this head, %s; nothing "
			"was changed.\n"),
		    done->end.origin, COUNTED(LINES, size));
		return;
	}
	if (done->raised > 0)
		print(_("%s ended after %s; now it ends after %llu.\n"),
		    done->end.origin, COUNTED(LINES, done->raised), size);
	else
		print(_("%s ends after %s.\n"), done->end.origin,
		    COUNTED(LINES, size));
	print("%s\n",
	    _("Later lines are not believed. If the center signed some before "
	      "it heard of this, close the log again with its last head."));
	print("%s\n",
	    _("It takes effect with the next publish. To go on, the center "
	      "sends a request with new log keys: sello-issue rekey --log."));
}

/* A log that never began has no head that could close it. */
static int
unused(struct cli *cli)
{
	const char *center = cli->args[1];
	struct errtext err = { 0 };
	struct home *home = NULL;
	int64_t generation;
	json_t *o;
	enum err rc;

	if (!cli_int(cli, "unused", 1, INT32_MAX, 1, &generation))
		return err_exit(ERR_USAGE);
	if ((rc = home_open(cli->home, &home, &err)) == ERR_OK &&
	    (rc = command_confirm(cli, home, clock_now(), &err)) == ERR_OK)
		rc = home_unused_log(home, center, (unsigned)generation, &err);
	home_close(&home);
	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json) {
		o = json_object();
		json_set_text(o, "center", center);
		json_object_set_new(
		    o, "generation", json_integer((json_int_t)generation));
		json_set_text(o, "state", "unused");
		json_line(o);
		return 0;
	}
	print(_("Log %llu of %s never had a line; the next list leaves it out. "
		"If a head of it turns up, close it with that: --checkpoint "
		"FILE\n"),
	    (unsigned long long)generation, center);
	return 0;
}

int
cmd_log(struct cli *cli)
{
	const char *path = cli_value(cli, "checkpoint");
	struct errtext err = { 0 };
	struct bytes head = { 0 };
	struct home *home = NULL;
	struct log_closed done;
	enum err rc;

	if (strcmp(cli->args[0], "close") != 0)
		return cli_usage(cli, _("log: close is all it can do"));
	if (path == NULL && cli_has(cli, "unused"))
		return unused(cli);
	if (path == NULL)
		return cli_usage(cli,
		    _("log close needs --checkpoint, the last signed head of "
		      "the log"));
	rc = file_read(path, CHECKPOINT_MAX, &head, &err);
	if (rc != ERR_OK ||
	    (rc = home_open(cli->home, &home, &err)) != ERR_OK ||
	    (rc = command_confirm(cli, home, clock_now(), &err)) != ERR_OK)
		goto out;
	rc = home_close_log(home, cli->args[1], &head, &done, &err);
	command_blame(path, rc, &err);
	if (rc == ERR_OK && cli->json)
		print_json(&done);
	else if (rc == ERR_OK)
		print_text(&done);
out:
	home_close(&home);
	bytes_free(&head);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
