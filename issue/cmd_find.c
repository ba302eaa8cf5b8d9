/* sello-issue find: drafts and letters by words of a name, or by a day. */
#include "base/i18n.h"
#include "base/print.h"
#include "issue/commands.h"
#include "issue/found.h"
#include "issue/listing.h"

#include <string.h>
#include <unistd.h>

/* So that the best ones are still on the screen: 24 lines, with the command. */
#define SCREEN_MOST 18

struct finding {
	const struct seek *seek;
	struct found found;
	const char *match; /* of these lines: listing_add() */
	size_t most, left; /* lines of a table, and what did not fit */
	struct listing listing;
};

/* --- what is shown ------------------------------------------------------- */

static bool
add_matching(void *arg, const struct listed *listed)
{
	struct finding *finding = arg;
	const char *match = found_match(finding->seek, listed);

	if (match == NULL || strcmp(match, finding->match) != 0)
		return true;
	if (finding->listing.count < finding->most)
		listing_add(&finding->listing, listed, match);
	else
		finding->left++;
	return true;
}

static enum err
add_all(struct finding *finding, const char *match, struct registry *reg,
    struct errtext *err)
{
	enum err rc = ERR_OK;

	finding->match = match;
	finding->left = 0;
	for (size_t i = 0; i < finding->found.count && rc == ERR_OK; i++)
		rc = register_listed_one(
		    reg, finding->found.draft[i], add_matching, finding, err);
	return rc;
}

static void
print_heading(const struct finding *finding, const char *match)
{
	const char *date = finding->seek->date[0];

	if (finding->listing.count == 0 ||
	    finding->listing.form != LISTING_TABLE)
		return;
	if (strcmp(match, "birthDate") == 0)
		print(_("Born %s:"), date);
	else if (strcmp(match, "issuedAt") == 0)
		print(_("Issued on %s:"), date);
	else if (finding->found.slips)
		print("%s",
		    _("Nobody is written so; these names are near to it:"));
	else
		return;
	print("\n");
}

static void
print_left(const struct finding *finding)
{
	if (finding->left == 0)
		return;
	print(ngettext("%zu more; give another word or the birth date, or "
		       "take all with --csv.",
		  "%zu more; give another word or the birth date, or take all "
		  "with --csv.",
		  finding->left),
	    finding->left);
	print("\n");
}

/* One table for each reason that something was found for; one file. */
static enum err
show(struct finding *finding, const struct cli *cli, struct registry *reg,
    size_t *shown, struct errtext *err)
{
	static const char *const reasons[] = { "name", "birthDate",
		"issuedAt" };
	bool days = finding->seek->date_count > 0;
	enum err rc = ERR_OK;

	listing_start(&finding->listing, cli, LISTING_FOUND);
	finding->most =
	    finding->listing.form == LISTING_TABLE && isatty(STDOUT_FILENO)
	    ? SCREEN_MOST
	    : SIZE_MAX;
	for (size_t i = days ? 1 : 0; i < (days ? 3 : 1) && rc == ERR_OK; i++) {
		if ((rc = add_all(finding, reasons[i], reg, err)) != ERR_OK ||
		    finding->listing.form != LISTING_TABLE)
			continue;
		print_heading(finding, reasons[i]);
		*shown += finding->listing.count;
		rc = listing_end(&finding->listing, cli, err);
		print_left(finding);
		listing_start(&finding->listing, cli, LISTING_FOUND);
	}
	*shown += finding->listing.count;
	return rc;
}

static enum err
find(struct finding *finding, const struct cli *cli, struct registry *reg,
    struct errtext *err)
{
	size_t shown = 0;
	enum err rc;

	if ((rc = found_look(&finding->found, finding->seek, reg, err)) !=
		ERR_OK ||
	    (rc = show(finding, cli, reg, &shown, err)) != ERR_OK)
		return rc;
	if (shown == 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("nobody was found; try one surname, or part of it, or "
		      "the birth date like 1990-05-02. Discarded drafts and "
		      "forgotten letters have no names any more"));
	return listing_end(&finding->listing, cli, err);
}

int
cmd_find(struct cli *cli)
{
	struct seek seek = { 0 };
	struct finding finding = { .seek = &seek };
	struct center *center = NULL;
	struct errtext err = { 0 };
	enum err rc = ERR_OK;
	int status = listing_usage(cli);

	if (status != 0)
		return status;
	for (int i = 0; i < cli->arg_count && rc == ERR_OK; i++)
		rc = seek_parse(&seek, cli->args[i], &err);
	if (rc == ERR_OK && seek.word_count + seek.date_count == 0)
		rc = err_set(&err, ERR_USAGE,
		    _("give words of a name, or a date like 1990-05-02"));
	if (rc == ERR_OK)
		rc = center_open(cli->home, false, &center, &err);
	if (rc == ERR_OK)
		rc = find(&finding, cli, center->reg, &err);
	listing_clear(&finding.listing);
	found_clear(&finding.found);
	center_close(&center);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
