/*
 * reminders.c - reminders.h. What was published, and when somebody looked, are
 * rows among the events: one more thing that happened.
 */
#include "issue/reminders.h"

#include "issue/center/draft_verify.h"
#include "issue/center/login.h"
#include "issue/commands.h"
#include "issue/events.h"
#include "issue/register/draft.h"
#include "issue/register/event.h"
#include "issue/register/kept.h"
#include "issue/register/letter.h"
#include "issue/register/log.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/policy.h"

#include <stdio.h>
#include <string.h>

struct round {
	struct center *center;
	int64_t now;
	void (*tell)(void *arg, const struct reminder *reminder);
	void *arg;
};

static void
say(const struct round *round, struct reminder *reminder,
    const struct errtext *text)
{
	reminder->text = text->text;
	round->tell(round->arg, reminder);
}

/* --- the clock ----------------------------------------------------------- */

/* What would keep them from signing is better heard before. */
static enum err
suspected(const struct round *round, struct errtext *err)
{
	struct reminder reminder = { .word = "clock" };
	struct errtext why = { 0 }, text = { 0 };
	enum err rc = center_clock(round->center, round->now, &why);

	if (rc == ERR_CONFIG) {
		err_set(&text, ERR_CONFIG, "%s %s.", _("Clock:"), why.text);
		say(round, &reminder, &text);
		return ERR_OK;
	}
	return rc == ERR_OK ? ERR_OK : err_set(err, rc, "%s", why.text);
}

/* --- the list, and the certificate on it --------------------------------- */

/* On the day a center is founded nothing is wrong, and nothing can be done. */
static void
no_list(const struct round *round, struct reminder *reminder)
{
	const struct center *center = round->center;
	struct errtext text = { 0 };

	if (center->list_sequence == 0)
		err_set(&text, ERR_CONFIG, "%s",
		    _("There is no trust list yet: send request.csr to the "
		      "root custodian, and take the list that names this "
		      "center (sello-issue trust)."));
	else
		err_set(&text, ERR_CONFIG,
		    _("The trust list cannot be used: %s. Take the newest "
		      "(sello-issue trust)."),
		    center->list_problem.text);
	say(round, reminder, &text);
}

static enum err
list(const struct round *round, struct errtext *err)
{
	const struct trust_list *list = round->center->list;
	struct reminder reminder = { .word = "list" };
	char from[CLOCK_DATE_SIZE], to[CLOCK_INSTANT_SIZE];
	struct errtext text = { 0 };

	(void)err;
	if (list == NULL) {
		no_list(round, &reminder);
		return ERR_OK;
	}
	reminder.since = list->issued_at;
	reminder.until = list->not_after;
	local_date(list->issued_at, from);
	local_date(list->not_after, to);
	if (round->now > list->not_after)
		err_set(&text, ERR_STALE,
		    _("The trust list ended on %s. Letters are signed only "
		      "with a second person until a newer one is taken "
		      "(sello-issue trust)."),
		    to);
	else if (round->now > list->next_update ||
	    policy_age(list->issued_at, round->now) != POLICY_FRESH)
		err_set(&text, ERR_STALE,
		    _("The trust list is of %s and ends on %s: get the newest "
		      "(sello-issue trust)."),
		    from, to);
	else
		return ERR_OK;
	say(round, &reminder, &text);
	return ERR_OK;
}

static enum err
certificate(const struct round *round, struct errtext *err)
{
	struct reminder reminder = { .word = "certificate" };
	struct errtext text = { 0 };

	(void)err;
	if (command_is_ending(round->center, round->now, &text)) {
		reminder.until = round->center->own->not_after;
		say(round, &reminder, &text);
	}
	return ERR_OK;
}

/* --- what is due --------------------------------------------------------- */

/* One of a day to come was dated by a wrong clock: of when it is nobody knows. */
static bool
is_young(int64_t backup, int64_t now)
{
	return backup != 0 && backup <= now + POLICY_SLACK &&
	    now - backup <= REMINDERS_BACKUP_DAYS * CLOCK_DAY;
}

/* A center without a letter has nothing yet that could be lost. */
static enum err
backup(const struct round *round, struct errtext *err)
{
	struct registry *reg = round->center->reg;
	struct reminder reminder = { .word = "backup" };
	char day[CLOCK_DATE_SIZE];
	struct errtext text = { 0 };
	int64_t newest = 0, first = 0;
	enum err rc;

	if ((rc = register_last_backup(reg, &newest, err)) != ERR_OK ||
	    (rc = register_letter_first(reg, &first, err)) != ERR_OK)
		return rc;
	reminder.since = newest != 0 ? newest : first;
	if (first == 0 || is_young(newest, round->now))
		return ERR_OK;
	local_date(newest, day);
	if (newest != 0)
		err_set(&text, ERR_STALE,
		    _("The last backup is of %s: make one today (sello-issue "
		      "backup)."),
		    day);
	else
		err_set(&text, ERR_STALE, "%s",
		    _("No backup was ever made: make one today (sello-issue "
		      "backup)."));
	say(round, &reminder, &text);
	return ERR_OK;
}

static enum err
published(const struct round *round, unsigned generation, int64_t *size,
    int64_t *at, struct errtext *err)
{
	char prefix[16];

	snprintf(prefix, sizeof(prefix), "%u:", generation);
	return register_event_highest(
	    round->center->reg, EVENT_PUBLISHED, prefix, size, at, err);
}

/* What consulates cannot know yet. */
static enum err
unpublished(const struct round *round, struct errtext *err)
{
	struct reminder reminder = { .word = "unpublished" };
	struct log_head head = { 0 };
	struct errtext text = { 0 };
	unsigned generation = 0;
	int64_t size = 0;
	bool found = false;
	enum err rc;

	if ((rc = register_log_newest(round->center->reg, &generation, err)) !=
		ERR_OK ||
	    generation == 0 ||
	    (rc = register_log_head(round->center->reg, generation, &head,
		 &found, err)) != ERR_OK ||
	    (rc = published(round, generation, &size, &reminder.since, err)) !=
		ERR_OK)
		goto out;
	if (!found || (int64_t)head.range.size <= size)
		goto out;
	reminder.count = (int64_t)head.range.size - size;
	err_set(&text, ERR_STALE,
	    ngettext("%lld line of the log was not published: consulates do "
		     "not know of it yet (sello-issue publish).",
		"%lld lines of the log were not published: consulates do "
		"not know of them yet (sello-issue publish).",
		(unsigned long)reminder.count),
	    (long long)reminder.count);
	say(round, &reminder, &text);
out:
	register_log_head_clear(&head);
	return rc;
}

/* What waits, and what waits in vain: its drafter signs or enters it again. */
struct waiting {
	const struct round *round;
	struct reminder good, unsigned_;
};

static void
count_draft(struct reminder *reminder, int64_t at)
{
	if (reminder->count++ == 0 || at < reminder->since)
		reminder->since = at;
}

/* Where the log cannot be read, that is for others to say. */
static bool
is_unsigned(const struct round *round, int64_t id)
{
	bool stuck = false;

	return draft_stuck(round->center, id, &stuck, NULL) == ERR_OK && stuck;
}

static void
count_one(void *arg, int64_t id, int64_t at, bool again)
{
	struct waiting *waiting = arg;

	count_draft(again || is_unsigned(waiting->round, id)
		? &waiting->unsigned_
		: &waiting->good,
	    at);
}

static void
tell_waiting(const struct round *round, struct reminder *reminder)
{
	struct errtext text = { 0 };
	char day[CLOCK_DATE_SIZE];

	if (reminder->count == 0)
		return;
	local_date(reminder->since, day);
	err_set(&text, ERR_STALE,
	    ngettext("%lld draft waits for an approver, since %s (sello-issue "
		     "list --drafts).",
		"%lld drafts wait for an approver, the oldest since %s "
		"(sello-issue list --drafts).",
		(unsigned long)reminder->count),
	    (long long)reminder->count, day);
	say(round, reminder, &text);
}

static void
tell_unsigned(const struct round *round, struct reminder *reminder)
{
	struct errtext text = { 0 };

	if (reminder->count == 0)
		return;
	err_set(&text, ERR_STALE,
	    ngettext("%lld draft cannot be approved as it is; nobody changed "
		     "it: its drafter signs it again, or it is discarded and "
		     "entered again (sello-issue list --state unsigned).",
		"%lld drafts cannot be approved as they are; nobody changed "
		"them: their drafters sign them again, or they are discarded "
		"and entered again (sello-issue list --state unsigned).",
		(unsigned long)reminder->count),
	    (long long)reminder->count);
	say(round, reminder, &text);
}

static enum err
drafts(const struct round *round, struct errtext *err)
{
	struct waiting waiting = { .round = round,
		.good = { .word = "drafts" },
		.unsigned_ = { .word = "unsigned" } };
	enum err rc = register_draft_waiting_since(
	    round->center->reg, count_one, &waiting, err);

	if (rc == ERR_OK) {
		tell_waiting(round, &waiting.good);
		tell_unsigned(round, &waiting.unsigned_);
	}
	return rc;
}

struct unchanged {
	struct bytes codes; /* "AP2003, OF1007" */
	int64_t count;
};

static bool
add_unchanged(void *arg, const struct person *person, bool attested)
{
	struct unchanged *all = arg;

	if (!attested || person->removed_at != 0 || !person->must_change)
		return true;
	bytes_addf(
	    &all->codes, "%s%s", all->count > 0 ? ", " : "", person->code);
	all->count++;
	return true;
}

/* Who may do nothing yet. */
static enum err
passphrases(const struct round *round, struct errtext *err)
{
	struct reminder reminder = { .word = "passphrases" };
	struct unchanged all = { .count = 0 };
	struct errtext text = { 0 };
	enum err rc = people_each(round->center, add_unchanged, &all, err);

	if (rc == ERR_OK && all.codes.failed)
		rc = err_memory(err);
	if (rc == ERR_OK && all.count > 0) {
		reminder.count = all.count;
		err_set(&text, ERR_STALE,
		    ngettext("%lld person must still take a passphrase of "
			     "their own: %s (sello-issue passphrase).",
			"%lld persons must still take a passphrase of their "
			"own: %s (sello-issue passphrase).",
			(unsigned long)all.count),
		    (long long)all.count, (const char *)all.codes.at);
		say(round, &reminder, &text);
	}
	bytes_free(&all.codes);
	return rc;
}

/* --- what happened ------------------------------------------------------- */

static void
tell_event(const struct round *round, struct reminder *reminder)
{
	bool refused = event_is_refusal(reminder->kind);
	const char *what = event_words(reminder->kind);
	long long count = reminder->count;
	char at[LOCAL_SIZE];
	struct errtext text = { 0 };

	local_format(reminder->until, at);
	if (reminder->person[0] == '\0')
		err_set(&text, ERR_OK,
		    refused ? _("Refused: %s, times: %lld, last on %s.")
			    : _("Changed: %s, times: %lld, last on %s."),
		    what, count, at);
	else
		err_set(&text, ERR_OK,
		    refused ? _("Refused: %s (%s), times: %lld, last on %s.")
			    : _("Changed: %s, by %s, times: %lld, last on %s."),
		    what, reminder->person, count, at);
	say(round, reminder, &text);
}

static void
each_sum(void *arg, const struct event_sum *sum)
{
	struct reminder reminder = { .word = "event",
		.kind = sum->kind,
		.person = sum->person,
		.count = sum->count,
		.since = sum->first,
		.until = sum->last };

	/* that is every day's work; that one was printed again is not */
	if (strcmp(sum->kind, EVENT_PRINTED) != 0)
		tell_event(arg, &reminder);
}

/* One a kind and person, the newest first. */
static enum err
events(const struct round *round, struct errtext *err)
{
	struct round each = *round;

	return register_event_sums(round->center->reg, EVENT_LOOKED,
	    EVENT_PUBLISHED, each_sum, &each, err);
}

/* --- all of them --------------------------------------------------------- */

enum err
reminders_each(struct center *center, int64_t now,
    void (*tell)(void *arg, const struct reminder *reminder), void *arg,
    struct errtext *err)
{
	static enum err (*const all[])(
	    const struct round *round, struct errtext *err) = { suspected, list,
		passphrases, backup, unpublished, drafts, certificate, events };
	const struct round round = { center, now, tell, arg };
	enum err rc = ERR_OK;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]) && rc == ERR_OK;
	     i++)
		rc = all[i](&round, err);
	return rc;
}

enum err
reminders_last(struct center *center, int64_t *backup, int64_t *published,
    struct errtext *err)
{
	enum err rc = register_last_backup(center->reg, backup, err);

	return rc == ERR_OK
	    ? register_event_last(center->reg, EVENT_PUBLISHED, published, err)
	    : rc;
}

void
reminders_looked(struct center *center, int64_t now)
{
	register_event(center->reg, now, EVENT_LOOKED, "", "");
}

void
reminders_published(
    struct center *center, int64_t now, unsigned generation, uint64_t size)
{
	char subject[48];

	snprintf(subject, sizeof(subject), "%u:%llu", generation,
	    (unsigned long long)size);
	register_event(center->reg, now, EVENT_PUBLISHED, "", subject);
}
