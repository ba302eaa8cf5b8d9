/*
 * cmd_init.c - sello-verify init.
 */
#include "verify/commands.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "cli/cli.h"
#include "verify/post/post.h"

#include <stdlib.h>
#include <sysexits.h>

static void
report(const struct post *post, const struct cli *cli)
{
	char fingerprint[FINGERPRINT_SIZE];
	struct bytes hex = { 0 };
	json_t *line;

	hex_encode(
	    post->info.fingerprint, sizeof(post->info.fingerprint), &hex);
	if (hex.failed)
		return;
	if (cli->json) {
		line = json_object();
		json_set_text(line, "post", post->name);
		json_set_text(line, "program", post->info.program);
		json_set_text(line, "fingerprint", (const char *)hex.at);
		json_object_set_new(
		    line, "training", json_boolean(post->info.training));
		json_line(line);
	} else {
		print(_("Post %s of program %s is set up in %s.\n"), post->name,
		    post->info.program, post->home);
		fingerprint_text(post->info.fingerprint, fingerprint);
		print(_("Fingerprint of the root: %s\n"), fingerprint);
		print(_("Compare it by telephone with the root custodian.\n"
			"Send %s/request.txt to the root custodian.\n"),
		    post->home);
		if (post->info.training)
			print("%s\n",
			    _("This is a TRAINING root: no letter is real."));
	}
	bytes_free(&hex);
}

int
cmd_init(struct cli *cli)
{
	struct post_setup setup = {
		.root_path = cli_value(cli, "root"),
		.fingerprint = cli_value(cli, "fingerprint"),
		.consulate = cli_value(cli, "consulate"),
	};
	struct errtext err = { 0 };
	struct post *post = NULL;
	int64_t number;
	enum err rc;

	if (!cli_int(cli, "post", 1, POST_NUMBER_MAX, 1, &number))
		return EX_USAGE;
	setup.number = (int)number;
	if ((rc = post_init(cli->home, &setup, &err)) != ERR_OK ||
	    (rc = post_open(cli->home, &post, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	report(post, cli);
	post_free(&post);
	return EXIT_SUCCESS;
}
