/*
 * cmd_sync.c - sello-verify sync: each source on its own; the worst counts.
 */
#include "verify/cmd.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "verify/post_list.h"

static void
report(const struct cli *cli, const char *source, enum taken taken,
    const struct errtext *sentence, uint64_t sequence)
{
	json_t *line;

	if (cli->json) {
		line = json_object();
		json_set_text(line, "source", source);
		json_set_text(line, "outcome", taken_table[taken].name);
		json_object_set_new(line, "sequence",
		    sequence != 0 ? json_integer((json_int_t)sequence)
				  : json_null());
		json_set_text(line, "text", sentence->text);
		json_line(line);
		return;
	}
	printf("%s: %s\n", source, sentence->text);
	if (taken == TAKEN_MANIPULATED)
		printf(_("%s: PROOF OF MANIPULATION. The list was not taken; "
			 "both are kept in %s/evidence. Tell the root "
			 "custodian.\n"),
		    source, cli->home);
}

int
cmd_sync(struct cli *cli)
{
	struct errtext err = { 0 };
	struct post *post = NULL;
	int i, status = 0;
	enum err rc;

	if ((rc = post_open(cli->home, &post, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	for (i = 0; i < cli->arg_count; i++) {
		struct errtext sentence = { 0 };
		uint64_t sequence;
		enum taken taken = post_take_list(
		    post, cli->args[i], clock_now(), &sentence, &sequence);

		report(cli, cli->args[i], taken, &sentence, sequence);
		if (taken_table[taken].exit > status)
			status = taken_table[taken].exit;
	}
	post_free(&post);
	return status;
}
