/* sello-issue list: letters, or with --drafts what was drafted; only those
 * that are asked for. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/print.h"
#include "issue/commands.h"
#include "issue/wanted.h"

#include <string.h>
#include <sysexits.h>

#define ENDING_MAX 3660 /* days */

/* --- what was asked for -------------------------------------------------- */

static bool
is_draft_state(const char *state)
{
	return strcmp(state, "pending") == 0 ||
	    strcmp(state, "approved") == 0 || strcmp(state, "discarded") == 0 ||
	    strcmp(state, "unsigned") == 0;
}

/* --state says by itself whether drafts or letters are meant. */
static int
take_state(const struct cli *cli, struct wanted *wanted)
{
	bool drafts = cli_has(cli, "drafts");

	wanted->state = cli_value(cli, "state");
	if (wanted->state != NULL && is_draft_state(wanted->state))
		drafts = true;
	else if (wanted->state != NULL && drafts)
		return cli_usage(cli,
		    _("--state %s is of letters; leave --drafts out"),
		    wanted->state);
	wanted->kind = drafts ? LISTING_DRAFTS : LISTING_LETTERS;
	return 0;
}

static int
take_days(const struct cli *cli, struct wanted *wanted)
{
	if (!wanted_days(wanted, cli_value(cli, "from"), cli_value(cli, "to")))
		return cli_usage(
		    cli, _("--from and --to are days, as 2026-11-23"));
	if (wanted->from >= wanted->to)
		return cli_usage(cli, _("--from is a later day than --to"));
	return 0;
}

static int
take_consulate(const struct cli *cli, const char *option, struct wanted *wanted)
{
	const char *text = cli_value(cli, option);

	return text == NULL || wanted_consulate(wanted, text)
	    ? 0
	    : cli_usage(
		  cli, _("--%s: a consulate's code is like ES-GTGUA"), option);
}

/* Both are about letters that can still be used, unless --state says else. */
static int
take_ending(const struct cli *cli, struct wanted *wanted)
{
	int64_t days;

	if (!cli_has(cli, "ending"))
		return 0;
	if (!cli_int(cli, "ending", 0, ENDING_MAX, 0, &days))
		return EX_USAGE;
	wanted->ending = wanted->now / CLOCK_DAY + days;
	wanted->kind = LISTING_ENDING;
	return 0;
}

static int
take_appointments(const struct cli *cli, struct wanted *wanted)
{
	int64_t days;

	if (!cli_has(cli, "appointments"))
		return 0;
	wanted->kind = LISTING_APPOINTMENTS;
	if (cli->arg_count == 0)
		return take_consulate(cli, "appointments", wanted);
	if (!clock_parse_date(cli->args[0], &days))
		return cli_usage(cli, _("a day is written as 2026-11-23"));
	memcpy(wanted->appointment, cli->args[0], CLOCK_DATE_SIZE);
	return take_consulate(cli, "appointments", wanted);
}

static int
take_wanted(const struct cli *cli, struct wanted *wanted)
{
	int status;

	wanted_begin(wanted, LISTING_LETTERS, clock_now());
	wanted->officer = cli_value(cli, "officer");
	if ((status = take_state(cli, wanted)) != 0 ||
	    (status = take_days(cli, wanted)) != 0 ||
	    (status = take_consulate(cli, "consulate", wanted)) != 0)
		return status;
	if ((status = take_ending(cli, wanted)) != 0 ||
	    (status = take_appointments(cli, wanted)) != 0)
		return status;
	wanted_usable(wanted);
	return 0;
}

/* --- the command --------------------------------------------------------- */

static bool
add(void *arg, const struct listed *listed)
{
	listing_add(arg, listed, NULL);
	return true;
}

static enum err
list(const struct cli *cli, const struct wanted *wanted, struct errtext *err)
{
	struct listing listing;
	struct center *center = NULL;
	enum err rc = center_open(cli->home, false, &center, err);
	size_t count;

	if (rc != ERR_OK)
		return rc;
	listing_start(&listing, cli, wanted->kind);
	rc = wanted_each(center, wanted, add, &listing, err);
	count = listing.count;
	if (rc == ERR_OK && count == 0)
		rc = wanted_check_consulate(center, wanted, err);
	if (rc == ERR_OK)
		rc = listing_end(&listing, cli, err);
	if (rc == ERR_OK && count == 0 && !cli->json)
		print_to(stderr, "%s\n", _("Nothing in this list."));
	listing_clear(&listing);
	center_close(&center);
	return rc;
}

int
cmd_list(struct cli *cli)
{
	struct wanted wanted;
	struct errtext err = { 0 };
	int status = listing_usage(cli);
	enum err rc;

	if (status == 0)
		status = take_wanted(cli, &wanted);

	if (status != 0)
		return status;
	rc = list(cli, &wanted, &err);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
