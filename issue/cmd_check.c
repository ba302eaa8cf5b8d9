/*
 * sello-issue check: are register and log whole? Changes nothing, but for
 * remembering what posts have seen of the log (--cosigned).
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "base/progress.h"
#include "issue/commands.h"
#include "issue/integrity.h"
#include "issue/register_log.h"
#include "issue/rollback.h"
#include "ledger/gossip.h"

#include <stdio.h>

struct run {
	const struct cli *cli;
	struct progress progress;
};

static void
find(void *arg, const char *about, const char *text)
{
	struct run *run = arg;
	json_t *object;

	if (!run->cli->json) {
		print("%s: %s\n", about, text);
		return;
	}
	object = json_object();
	json_set_text(object, "about", about);
	json_set_text(object, "text", text);
	json_line(object);
}

static void
step(void *arg, size_t done)
{
	struct run *run = arg;

	progress_step(&run->progress, done);
}

static void
tell(const struct integrity *seen)
{
	print(_("%zu letters, %zu waiting drafts, %zu persons and %zu lines "
		"of the log were examined."),
	    seen->letters, seen->drafts, seen->persons, seen->lines);
	print("\n");
	if (seen->findings == 0)
		print("%s\n", _("The register is in order."));
	else
		print(_("Things that are wrong: %zu. Do what the lines above "
			"say; where they say nothing, sign nothing, keep a "
			"copy of the home as it is, and tell the auditor."),
		    seen->findings),
		    print("\n");
}

/* --- what posts have seen
 * ----------------------------------------------------- */

struct witness {
	struct center *center;
	const char *file;
	size_t heads; /* of this center */
};

/* Heads of other centers are nobody's business here. */
static enum err
take_head(void *ctx, const void *note, size_t len, struct errtext *err)
{
	struct witness *witness = ctx;
	struct log_mark mark;
	enum err rc = rollback_mark(witness->center, note, len, &mark, err);

	if (rc == ERR_ISSUER)
		return ERR_OK;
	if (rc != ERR_OK)
		return rc;
	witness->heads++;
	return register_log_saw(
	    witness->center->reg, &mark, witness->file, clock_now(), err);
}

static enum err
take_file(struct witness *witness, struct errtext *err)
{
	const struct gossip_visitor visitor = { NULL, take_head, witness };
	struct bytes file = { 0 };
	struct gossip gossip;
	enum err rc;

	if ((rc = file_read(witness->file, NOTE_MAX, &file, err)) != ERR_OK)
		return rc; /* which names the file */
	if (gossip_is(file.at, file.len))
		rc = gossip_read(file.at, file.len, witness->center->list,
		    &visitor, &gossip, err);
	else
		rc = take_head(witness, file.at, file.len, err);
	if (rc == ERR_OK && witness->heads == 0)
		rc = err_set(err, ERR_DATA,
		    _("there is no head of this center's log in it"));
	if (rc != ERR_OK)
		err_prefix(err, "%s", witness->file);
	bytes_free(&file);
	return rc;
}

/* The option may be given again, or once with several files after it. */
static const char *
nth_file(const struct cli *cli, size_t i)
{
	size_t named = 0;

	while (cli_values(cli, "cosigned", named) != NULL)
		named++;
	return i < named ? cli_values(cli, "cosigned", i)
			 : cli->args[i - named];
}

static enum err
take_witnesses(
    const struct cli *cli, struct center *center, struct errtext *err)
{
	const char *file;
	enum err rc = ERR_OK;

	if (cli_has(cli, "cosigned") && center->list == NULL)
		return err_set(
		    err, ERR_CONFIG, "%s", center->list_problem.text);
	for (size_t i = 0; rc == ERR_OK && (file = nth_file(cli, i)) != NULL;
	     i++) {
		struct witness witness = { center, file, 0 };

		rc = take_file(&witness, err);
	}
	return rc;
}

int
cmd_check(struct cli *cli)
{
	struct run run = { .cli = cli };
	struct integrity seen = { 0 };
	struct center *center = NULL;
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if (cli->arg_count > 0 && !cli_has(cli, "cosigned"))
		return cli_usage(cli, _("%s: too many arguments, from %s on"),
		    "check", cli->args[0]);
	progress_start(&run.progress, _("letters"), 0);
	if ((rc = center_open(cli->home, cli_has(cli, "cosigned"), &center,
		 &err)) != ERR_OK ||
	    (rc = take_witnesses(cli, center, &err)) != ERR_OK ||
	    (rc = integrity_check(center, find, step, &run, &seen, &err)) !=
		ERR_OK) {
		progress_end(&run.progress);
		status = cli_fail(cli, rc, &err);
		goto out;
	}
	progress_end(&run.progress);
	if (!cli->json)
		tell(&seen);
	if (seen.findings > (seen.locked ? 1u : 0u))
		status = err_exit(ERR_DATA);
	else if (seen.locked)
		status = err_exit(ERR_CONFIG);
out:
	center_close(&center);
	return status;
}
