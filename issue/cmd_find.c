/* sello-issue find: drafts and letters by words of a name, or by a day. */
#include "base/array.h"
#include "base/i18n.h"
#include "base/print.h"
#include "issue/commands.h"
#include "issue/listing.h"
#include "issue/seek.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* So that the best ones are still on the screen: 24 lines, with the command. */
#define SCREEN_MOST 18

/* Somebody whose name fits, or whose day. */
struct hit {
	int64_t draft;
	enum seek_fit fit;
};

struct finding {
	const struct seek *seek;
	struct hit *hit;
	size_t count, cap;
	enum seek_fit best;
	bool failed;
	const char *match; /* of these lines: listing_add() */
	size_t most, left; /* lines of a table, and what did not fit */
	struct listing listing;
};

/* --- candidates ---------------------------------------------------------- */

static bool
keep(struct finding *finding, int64_t draft, enum seek_fit fit)
{
	if (!ARRAY_ROOM(finding->hit, finding->count, finding->cap)) {
		finding->failed = true;
		return false;
	}
	finding->hit[finding->count++] = (struct hit){ draft, fit };
	finding->best = fit < finding->best ? fit : finding->best;
	return true;
}

static bool
keep_name(void *arg, int64_t draft, const char *name)
{
	struct finding *finding = arg;
	enum seek_fit fit = seek_fit(finding->seek, name);

	return fit == SEEK_NONE || keep(finding, draft, fit);
}

static bool
keep_day(void *arg, int64_t draft)
{
	return keep(arg, draft, SEEK_WHOLE);
}

/* Those that fit best first, of these the newest. */
static int
by_fit(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->fit != y->fit)
		return x->fit < y->fit ? -1 : 1;
	return (x->draft < y->draft) - (x->draft > y->draft);
}

/* A name is looked for by an index; a day alone in the rows. */
static enum err
candidates(struct finding *finding, struct registry *reg, struct errtext *err)
{
	const struct seek *seek = finding->seek;
	int64_t from, to;
	enum err rc;

	if (seek->word_count > 0)
		rc = register_listed_names(reg, keep_name, finding, err);
	else {
		seek_span(seek->date[0], &from, &to);
		rc = register_listed_days(
		    reg, seek->date[0], from, to, keep_day, finding, err);
	}
	if (rc == ERR_OK && finding->failed)
		rc = err_memory(err);
	if (finding->count > 0)
		qsort(finding->hit, finding->count, sizeof(*finding->hit),
		    by_fit);
	return rc;
}

/* --- what is shown ------------------------------------------------------- */

static const char *
match_of(const struct seek *seek, const struct listed *listed)
{
	if (seek->date_count == 0)
		return "name";
	if (listed->letter.birth_date[0] != '\0' &&
	    seek_birth(seek, listed->letter.birth_date))
		return "birthDate";
	return listed->is_letter && seek_day(seek, listed->issued_at)
	    ? "issuedAt"
	    : NULL;
}

static bool
add_matching(void *arg, const struct listed *listed)
{
	struct finding *finding = arg;
	const char *match = match_of(finding->seek, listed);

	if (match == NULL || strcmp(match, finding->match) != 0)
		return true;
	if (finding->listing.count < finding->most)
		listing_add(&finding->listing, listed, match);
	else
		finding->left++;
	return true;
}

/* Slips are shown only where nothing is written as it was typed. */
static enum err
add_all(struct finding *finding, const char *match, struct registry *reg,
    struct errtext *err)
{
	enum err rc = ERR_OK;

	finding->match = match;
	finding->left = 0;
	for (size_t i = 0; i < finding->count && rc == ERR_OK; i++)
		if (finding->hit[i].fit != SEEK_SLIP ||
		    finding->best == SEEK_SLIP)
			rc = register_listed_one(reg, finding->hit[i].draft,
			    add_matching, finding, err);
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
	else if (finding->best == SEEK_SLIP)
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

	if ((rc = candidates(finding, reg, err)) != ERR_OK ||
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
	struct finding finding = { .seek = &seek, .best = SEEK_NONE };
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
	free(finding.hit);
	center_close(&center);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
