/*
 * center_page.c - center_page.h: home.
 */
#include "issue/desk/center_page.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "http/words.h"
#include "issue/desk/ui.h"
#include "issue/register/draft.h"
#include "issue/reminders.h"
#include "letter/date.h"

#include <string.h>

/* --- what needs doing ------------------------------------------------------- */

/* The page on which it is done, by its name there (pages.c). */
static const struct way {
	const char *word, *page, *title;
} ways[] = {
	{ "passphrases", "people", N_("People") },
	{ "backup", "backup", N_("Backup") },
	{ "unpublished", "publish", N_("Publish") },
	{ "drafts", "queue", N_("Approve") },
	{ "unsigned", "drafts", N_("Drafts") },
};

static void
add_way(struct bytes *out, const char *word)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (strcmp(ways[i].word, word) != 0)
			continue;
		bytes_addf(out, " <a href=\"/%s\">", ways[i].page);
		html_text(out, _(ways[i].title));
		bytes_add_text(out, "</a>");
	}
}

static void
add_reminder(void *arg, const struct reminder *reminder)
{
	struct bytes *out = arg;

	bytes_addf(out, "<li data-reminder=\"%s\"", reminder->word);
	if (reminder->kind != NULL)
		html_attribute(out, "data-event", reminder->kind);
	bytes_add_text(out, ">");
	words_element(out, "span", reminder->text);
	add_way(out, reminder->word);
	bytes_add_text(out, "</li>\n");
}

static void
add_reminders(struct turn *turn)
{
	struct errtext err = { 0 };
	struct bytes *out = turn->out;
	size_t before;

	html_element(out, "h3", _("What waits to be done"));
	bytes_add_text(out, "<ul id=\"reminders\">\n");
	before = out->len;
	if (reminders_each(
		turn->center, clock_now(), add_reminder, out, &err) != ERR_OK)
		words_element(out, "li class=\"problem\"", err.text);
	if (out->len == before)
		html_element(out, "li", _("Nothing."));
	bytes_add_text(out, "</ul>\n");
}

/* --- where the center stands ------------------------------------------------ */

static void
add_fact(
    struct bytes *out, const char *name, const char *label, const char *value)
{
	bytes_addf(out, "<div data-fact=\"%s\">", name);
	html_element(out, "dt", label);
	html_element(out, "dd", value);
	bytes_add_text(out, "</div>\n");
}

static void
add_time(struct bytes *out, const char *name, const char *label, int64_t at)
{
	char day[CLOCK_DATE_SIZE], words[48], local[LOCAL_SIZE];
	char text[sizeof(words) + LOCAL_SIZE];

	local_date(at, day);
	date_local_text(i18n_language(), day, words, sizeof(words));
	local_format(at, local);
	/* the day in words, and what stands behind it */
	snprintf(
	    text, sizeof(text), "%s,%s", words, local + strcspn(local, " "));
	add_fact(out, name, label, at != 0 ? text : _("never"));
}

struct counting {
	size_t drafts;
};

static bool
count_draft(void *arg, int64_t id, bool duplicate, bool again)
{
	struct counting *counting = arg;

	(void)id;
	(void)duplicate;
	(void)again;
	counting->drafts++;
	return true;
}

static void
add_facts(struct turn *turn)
{
	const struct center *center = turn->center;
	struct counting counting = { 0 };
	int64_t backup = 0, published = 0;
	struct bytes *out = turn->out;
	char number[24];

	(void)reminders_last(turn->center, &backup, &published, NULL);
	(void)register_draft_waiting(center->reg, count_draft, &counting, NULL);
	snprintf(number, sizeof(number), "%zu", counting.drafts);
	bytes_add_text(out, "<dl class=\"facts\">\n");
	add_time(out, "clock", _("This computer's clock"), clock_now());
	add_fact(
	    out, "zone", _("The center's time zone"), center->info.timezone);
	if (center->own != NULL)
		add_time(out, "key", _("The center's certificate ends"),
		    center->own->not_after);
	if (center->list != NULL)
		add_time(out, "list", _("The trust list is good until"),
		    center->list->next_update);
	else
		add_fact(out, "list", _("The trust list"),
		    center->list_problem.text);
	add_time(out, "backup", _("Last backup"), backup);
	add_time(out, "publish", _("Last published"), published);
	add_fact(out, "drafts", _("Drafts that wait"), number);
	bytes_add_text(out, "</dl>\n");
}

void
home_page(struct turn *turn)
{
	const struct session *session = &turn->desk->session;
	struct bytes *out = turn->out;

	html_element(out, "h2", turn->center->info.name);
	html_elementf(out, "p id=\"who\"", _("Signed in: %s (%s)."),
	    session->person.code, _(people_role_name(session->person.role)));
	if (session->found > 0)
		html_elementf(out, "p class=\"problem\" id=\"wrong-tries\"",
		    ngettext("Before you signed in a wrong passphrase was "
			     "typed here: %u time.",
			"Before you signed in a wrong passphrase was typed "
			"here: %u times.",
			session->found),
		    session->found);
	if (begun_is_any(turn->desk->begun)) {
		html_element(out, "h3", _("What you had begun"));
		ui_begun(turn->desk, out);
	}
	add_reminders(turn);
	add_facts(turn);
}
