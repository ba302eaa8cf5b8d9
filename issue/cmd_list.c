/* sello-issue list: letters, or with --drafts what was drafted; only those
 * that are asked for. */
#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "issue/center/draft_verify.h"
#include "issue/commands.h"
#include "issue/listing.h"
#include "letter/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define ENDING_MAX       3660 /* days */
#define CONSULATES_NAMED 3
#define CODES_NAMED      20

/* Which lines are wanted. Empty texts and 0 ask for nothing. */
struct wanted {
	enum listing_kind kind;
	const char *state, *officer;
	char consulate[16];
	int64_t from, to;     /* issued or drafted, seconds; to: behind it */
	int64_t ending;       /* valid until this day at most; -1: any */
	char appointment[11]; /* that day; "": from now on */
	char today[11];
	int64_t now;
};

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

/* A day given by --from or --to, or `add` days later: its first second here. */
static bool
take_day(const struct cli *cli, const char *option, int64_t add, int64_t *out)
{
	const char *text = cli_value(cli, option);
	int64_t days;

	if (text == NULL)
		return true;
	if (!clock_parse_date(text, &days))
		return false;
	*out = local_day(days + add);
	return true;
}

static int
take_days(const struct cli *cli, struct wanted *wanted)
{
	wanted->from = INT64_MIN;
	wanted->to = INT64_MAX;
	if (!take_day(cli, "from", 0, &wanted->from) ||
	    !take_day(cli, "to", 1, &wanted->to))
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

	if (text == NULL)
		return 0;
	if (strlen(text) >= sizeof(wanted->consulate))
		return cli_usage(cli,
		    _("--%s: a consulate's code is like ES-GTGUA"), option);
	for (size_t i = 0; text[i] != '\0'; i++)
		wanted->consulate[i] = (char)toupper((unsigned char)text[i]);
	return 0;
}

/* Both are about letters that can still be used, unless --state says else. */
static int
take_ending(const struct cli *cli, struct wanted *wanted)
{
	int64_t days;

	wanted->ending = -1;
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

	*wanted = (struct wanted){ .now = clock_now(),
		.officer = cli_value(cli, "officer") };
	clock_format_date(wanted->now / CLOCK_DAY, wanted->today);
	if ((status = take_state(cli, wanted)) != 0 ||
	    (status = take_days(cli, wanted)) != 0 ||
	    (status = take_consulate(cli, "consulate", wanted)) != 0)
		return status;
	if ((status = take_ending(cli, wanted)) != 0 ||
	    (status = take_appointments(cli, wanted)) != 0)
		return status;
	if (wanted->kind != LISTING_LETTERS && wanted->kind != LISTING_DRAFTS &&
	    wanted->state == NULL)
		wanted->state = register_letter_state_name(ISSUED_ISSUED);
	return 0;
}

/* --- which lines these are ----------------------------------------------- */

static bool
ends_in_time(const struct wanted *wanted, const char *valid_until)
{
	int64_t day;

	return clock_parse_date(valid_until, &day) && day <= wanted->ending &&
	    date_valid_end(day) > wanted->now;
}

static bool
has_appointment(const struct wanted *wanted, const char *day)
{
	if (day[0] == '\0')
		return false;
	return wanted->appointment[0] != '\0'
	    ? strcmp(day, wanted->appointment) == 0
	    : strcmp(day, wanted->today) >= 0;
}

static bool
is_wanted(const struct wanted *wanted, const struct listed *listed)
{
	const struct letter *l = &listed->letter;
	int64_t at = listed->is_letter ? listed->issued_at : listed->drafted_at;

	if (wanted->state != NULL && strcmp(listed->state, wanted->state) != 0)
		return false;
	if (wanted->officer != NULL &&
	    strcasecmp(listed->officer, wanted->officer) != 0 &&
	    strcasecmp(listed->approver, wanted->officer) != 0)
		return false;
	if (wanted->consulate[0] != '\0' &&
	    strcmp(l->consulate, wanted->consulate) != 0)
		return false;
	if (at < wanted->from || at >= wanted->to)
		return false;
	if (wanted->ending >= 0 && !ends_in_time(wanted, l->valid_until))
		return false;
	return wanted->kind != LISTING_APPOINTMENTS ||
	    has_appointment(wanted, l->appointment_date);
}

/* --- in their order ------------------------------------------------------ */

/* A line's place in the list: by its day where the list is by days. */
struct place {
	char day[11];
	int64_t draft;
};

struct places {
	struct place *at;
	size_t count, cap;
	bool failed;
};

struct run {
	const struct wanted *wanted;
	struct center *center;
	struct listing listing;
	struct places places;
};

static bool
keep_place(struct places *places, const char *day, int64_t draft)
{
	if (!ARRAY_ROOM(places->at, places->count, places->cap)) {
		places->failed = true;
		return false;
	}
	places->at[places->count].draft = draft;
	text_copy(places->at[places->count++].day, CLOCK_DATE_SIZE, day);
	return true;
}

static int
by_day(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->day, y->day);

	return order != 0 ? order
			  : (x->draft > y->draft) - (x->draft < y->draft);
}

static bool
add_wanted(void *arg, const struct listed *listed)
{
	struct run *run = arg;
	const struct letter *l = &listed->letter;

	if (!is_wanted(run->wanted, listed))
		return true;
	if (run->wanted->kind == LISTING_ENDING)
		return keep_place(&run->places, l->valid_until, listed->draft);
	if (run->wanted->kind == LISTING_APPOINTMENTS)
		return keep_place(
		    &run->places, l->appointment_date, listed->draft);
	listing_add(&run->listing, listed, NULL);
	return true;
}

/* What waits with a key that its drafter has no more is as good as not signed.
 * Where the log cannot be read, that is for others to say. */
static bool
add_draft(void *arg, const struct listed *listed)
{
	struct run *run = arg;
	struct listed old;
	bool outdated = false, more;

	if (strcmp(listed->state, "pending") != 0 ||
	    draft_outdated(run->center, listed->draft, &outdated, NULL) !=
		ERR_OK ||
	    !outdated)
		return add_wanted(run, listed);
	old = *listed;
	old.state = N_("unsigned");
	more = add_wanted(run, &old);
	letter_wipe(&old.letter);
	return more;
}

static bool
add_one(void *arg, const struct listed *listed)
{
	listing_add(arg, listed, NULL);
	return true;
}

/* Those of a list by days, found again by number. */
static enum err
add_by_day(struct run *run, struct registry *reg, struct errtext *err)
{
	struct places *places = &run->places;
	enum err rc = ERR_OK;

	if (places->failed)
		return err_memory(err);
	if (places->count > 0)
		qsort(places->at, places->count, sizeof(*places->at), by_day);
	for (size_t i = 0; i < places->count && rc == ERR_OK; i++)
		rc = register_listed_one(
		    reg, places->at[i].draft, add_one, &run->listing, err);
	return rc;
}

/* --- the command --------------------------------------------------------- */

/* "ES-GTGUA Consulado General de..." of those whose name has what was typed;
 * false: none has. */
static bool
join_named(const struct trust_list *list, const char *typed, struct bytes *out)
{
	size_t named = 0;

	for (size_t i = 0; i < list->consulate_count; i++) {
		const struct trust_consulate *c = &list->consulates[i];

		if (strcasestr(c->name, typed) == NULL)
			continue;
		if (++named <= CONSULATES_NAMED)
			bytes_addf(out, "%s%s %s", named > 1 ? ", " : "",
			    c->code, c->name);
	}
	return named > 0;
}

/* All codes, where nothing is nearer. */
static void
join_codes(const struct trust_list *list, struct bytes *out)
{
	size_t i, count = list->consulate_count;

	for (i = 0; i < count && i < CODES_NAMED; i++)
		bytes_addf(
		    out, "%s%s", i > 0 ? ", " : "", list->consulates[i].code);
	bytes_add_text(out, i < count ? ", ..." : "");
}

/* An empty list would mislead about a consulate that the program never had; of
 * one that left its list the letters are still found. */
static enum err
check_consulate(const struct center *center, const struct wanted *wanted,
    struct errtext *err)
{
	struct bytes all = { 0 };
	enum err rc;

	if (wanted->consulate[0] == '\0' || center->list == NULL ||
	    center->list->consulate_count == 0 ||
	    trust_find_consulate(center->list, wanted->consulate) != NULL)
		return ERR_OK;
	if (!join_named(center->list, wanted->consulate, &all))
		join_codes(center->list, &all);
	rc = err_set(err, ERR_USAGE, "%s: %s: %s", wanted->consulate,
	    _("The program's list does not name this consulate; write "
	      "the code of one that it names"),
	    all.failed ? "" : (const char *)all.at);
	bytes_free(&all);
	return rc;
}

static enum err
list(const struct cli *cli, const struct wanted *wanted, struct errtext *err)
{
	struct run run = { .wanted = wanted };
	struct center *center = NULL;
	enum err rc = center_open(cli->home, false, &center, err);
	size_t count = 0;

	if (rc != ERR_OK)
		return rc;
	listing_start(&run.listing, cli, wanted->kind);
	run.center = center;
	rc = wanted->kind == LISTING_DRAFTS
	    ? register_listed_drafts(center->reg, add_draft, &run, err)
	    : register_listed_letters(center->reg, add_wanted, &run, err);
	if (rc == ERR_OK)
		rc = add_by_day(&run, center->reg, err);
	count = run.listing.count;
	if (rc == ERR_OK && count == 0)
		rc = check_consulate(center, wanted, err);
	if (rc == ERR_OK)
		rc = listing_end(&run.listing, cli, err);
	if (rc == ERR_OK && count == 0 && !cli->json)
		print_to(stderr, "%s\n", _("Nothing in this list."));
	listing_clear(&run.listing);
	free(run.places.at);
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
