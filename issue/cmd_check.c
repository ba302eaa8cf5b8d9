/* sello-issue check: is the register whole? Changes nothing. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/progress.h"
#include "issue/commands.h"
#include "issue/integrity.h"

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
		printf("%s: %s\n", about, text);
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
	printf(_("%zu letters, %zu waiting drafts and %zu persons were "
		 "examined."),
	    seen->letters, seen->drafts, seen->persons);
	printf("\n");
	if (seen->findings == 0)
		printf("%s\n", _("The register is in order."));
	else
		printf(_("%zu things are wrong: sign nothing, keep a copy of "
			 "the home as it is, and tell the auditor."),
		    seen->findings),
		    printf("\n");
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

	progress_start(&run.progress, _("letters"), 0);
	if ((rc = center_open(cli->home, false, &center, &err)) != ERR_OK ||
	    (rc = integrity_check(center, find, step, &run, &seen, &err)) !=
		ERR_OK) {
		progress_end(&run.progress);
		status = cli_fail(cli, rc, &err);
		goto out;
	}
	progress_end(&run.progress);
	if (!cli->json)
		tell(&seen);
	if (seen.findings > 0)
		status = err_exit(ERR_DATA);
out:
	center_close(&center);
	return status;
}
