/*
 * options.c - what the subcommands share: cmd.h.
 */
#include "audit/cmd.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ledger/pool.h"
#include "letter/number.h"

#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
collect(const struct cli *cli, const char *option, struct cmd_lists *out)
{
	size_t count = 0, i;

	while (cli_values(cli, option, count) != NULL)
		count++;
	if ((out->at = calloc(count + 1, sizeof(*out->at))) == NULL)
		return false;
	for (i = 0; i < count; i++)
		out->at[i] = cli_values(cli, option, i);
	out->count = count;
	return true;
}

static int64_t
cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > POOL_THREADS_MAX ? POOL_THREADS_MAX : n;
}

/* Numbers of more than the options' own: a seed of 63 bits, never 0 letters
 * by accident. */
static bool
read_numbers(struct cli *cli, struct audit_options *o)
{
	int64_t threads, copies, sample, seed = 0;
	uint64_t random = 0;

	if (!cli_int(cli, "threads", 1, POOL_THREADS_MAX, cores(), &threads) ||
	    !cli_int(cli, "copies", 0, 1000000, STATS_COPIES, &copies) ||
	    !cli_int(cli, "sample", 1, SAMPLE_MAX, 0, &sample) ||
	    !cli_int(cli, "seed", 0, INT64_MAX, -1, &seed))
		return false;
	if (seed < 0 &&
	    RAND_bytes((unsigned char *)&random, sizeof(random)) == 1)
		seed = (int64_t)(random % 1000000000); /* one can type it */
	o->threads = (unsigned)threads;
	o->copies = (unsigned)copies;
	o->sample = (size_t)sample;
	o->seed = seed < 0 ? 0 : (uint64_t)seed;
	return true;
}

static int
check_centers(struct cli *cli, const struct cmd_lists *centers)
{
	size_t i;

	for (i = 0; i < centers->count; i++)
		if (!center_is_code(centers->at[i]))
			return cli_usage(cli,
			    _("%s is not the code of a center, such as "
			      "GTGUA01"),
			    centers->at[i]);
	return 0;
}

int
cmd_options(struct cli *cli, struct cmd *out)
{
	struct audit_options *o = &out->options;

	if (cli->arg_count > SOURCES_MAX)
		return cli_usage(cli, _("more than %d folders"), SOURCES_MAX);
	if (!read_numbers(cli, o))
		return err_exit(ERR_USAGE);
	if (!collect(cli, "presentations", &out->presentations) ||
	    !collect(cli, "letter", &out->letters) ||
	    !collect(cli, "center", &out->centers))
		return cli_fail(cli, ERR_MEMORY, NULL);
	if (check_centers(cli, &out->centers) != 0)
		return err_exit(ERR_USAGE);
	o->root = cli_value(cli, "root");
	o->state = cli_value(cli, "state");
	o->calendar = cli_value(cli, "calendar");
	o->sources = cli->args;
	o->source_count = (size_t)cli->arg_count;
	o->presentations = out->presentations.at;
	o->presentation_count = out->presentations.count;
	o->letters = out->letters.at;
	o->letter_count = out->letters.count;
	o->centers = out->centers.at;
	o->center_count = out->centers.count;
	o->now = clock_now();
	return 0;
}

void
cmd_clear(struct cmd *cmd)
{
	free(cmd->presentations.at);
	free(cmd->letters.at);
	free(cmd->centers.at);
	*cmd = (struct cmd){ .presentations = { 0 } };
}

/* A state that cannot be written is no reason to hide a proof. */
int
cmd_finish(const struct cli *cli, const struct audit *audit)
{
	int status = findings_exit(&audit->findings);
	struct errtext err = { 0 };
	enum err rc = audit_keep(audit, &err);

	if (rc == ERR_OK)
		return status;
	cli_warn(cli, "%s", err.text);
	return status == 3 ? status : err_exit(rc);
}
