/*
 * wanted.c - wanted.h.
 */
#include "issue/wanted.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/local.h"
#include "issue/center/draft_verify.h"
#include "letter/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define CONSULATES_NAMED 3
#define CODES_NAMED      20

/* A day, or `add` days later: its first second here. */
static bool
take_day(const char *text, int64_t add, int64_t *out)
{
	int64_t days;

	if (text == NULL)
		return true;
	if (!clock_parse_date(text, &days))
		return false;
	*out = local_day(days + add);
	return true;
}

void
wanted_begin(struct wanted *wanted, enum listing_kind kind, int64_t now)
{
	*wanted = (struct wanted){ .kind = kind,
		.now = now,
		.from = INT64_MIN,
		.to = INT64_MAX,
		.ending = -1 };
	clock_format_date(now / CLOCK_DAY, wanted->today);
}

bool
wanted_days(struct wanted *wanted, const char *from, const char *to)
{
	return take_day(from, 0, &wanted->from) && take_day(to, 1, &wanted->to);
}

bool
wanted_consulate(struct wanted *wanted, const char *code)
{
	size_t len = strlen(code);

	if (len >= sizeof(wanted->consulate))
		return false;
	for (size_t i = 0; i <= len; i++)
		wanted->consulate[i] = (char)toupper((unsigned char)code[i]);
	return true;
}

void
wanted_usable(struct wanted *wanted)
{
	if (wanted->kind != LISTING_LETTERS && wanted->kind != LISTING_DRAFTS &&
	    wanted->state == NULL)
		wanted->state = register_letter_state_name(ISSUED_ISSUED);
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
	listed_each *each;
	void *arg;
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
	return run->each(run->arg, listed);
}

/* What waits with a key that its drafter has no more, or of who left, is as good as
 * not signed.
 * Where the log cannot be read, that is for others to say. */
static bool
add_draft(void *arg, const struct listed *listed)
{
	struct run *run = arg;
	struct listed old;
	bool stuck = false, more;

	if (strcmp(listed->state, "pending") != 0 ||
	    draft_stuck(run->center, listed->draft, &stuck, NULL) != ERR_OK ||
	    !stuck)
		return add_wanted(run, listed);
	old = *listed;
	old.state = N_("unsigned");
	more = add_wanted(run, &old);
	letter_wipe(&old.letter);
	return more;
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
		    reg, places->at[i].draft, run->each, run->arg, err);
	return rc;
}

enum err
wanted_each(struct center *center, const struct wanted *wanted,
    listed_each *each, void *arg, struct errtext *err)
{
	struct run run = {
		.wanted = wanted, .center = center, .each = each, .arg = arg
	};
	enum err rc = wanted->kind == LISTING_DRAFTS
	    ? register_listed_drafts(center->reg, add_draft, &run, err)
	    : register_listed_letters(center->reg, add_wanted, &run, err);

	if (rc == ERR_OK)
		rc = add_by_day(&run, center->reg, err);
	free(run.places.at);
	return rc;
}

/* --- a consulate that nobody has -------------------------------------------- */

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

enum err
wanted_check_consulate(const struct center *center, const struct wanted *wanted,
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
