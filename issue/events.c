/*
 * events.c - events.h.
 */
#include "issue/events.h"
#include "issue/register/event.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"

#include <string.h>

/* register_event()'s words, as people say it. */
static const struct {
	const char *kind, *words;
} kinds[] = {
	{ "refused-passphrase", N_("a wrong passphrase") },
	{ "refused-person", N_("somebody unknown, or whose row is not good") },
	{ "refused-removed", N_("somebody who was removed") },
	{ "refused-role", N_("not allowed in this role") },
	{ "refused-no-keys", N_("somebody without keys in this register") },
	{ "refused-unchanged", N_("a first passphrase that was not changed") },
	{ "refused-alone", N_("alone, where two are needed") },
	{ "refused-same-person", N_("the same person twice") },
	{ "refused-draft", N_("a draft that may not be approved") },
	{ "refused-reset", N_("a new passphrase for oneself") },
	{ "refused-removal", N_("removing oneself") },
	{ "person-added", N_("a person was added") },
	{ "person-reset", N_("a person got a first passphrase anew") },
	{ "person-removed", N_("a person was removed") },
	{ "passphrase-changed", N_("an own passphrase was changed") },
	{ "keys-made", N_("new keys of the center were made") },
	{ "keys-changed", N_("the center went over to new keys") },
	{ EVENT_PRINTED, N_("a letter's sheet was printed or written") },
	{ EVENT_PRINTED_AGAIN, N_("a copy was written once more") },
	{ "forgotten", N_("data of old letters was erased") },
	{ "recovered", N_("the log was taken up again (recover)") },
	{ "clock-put-right", N_("a wrong clock was put right") },
};

const char *
event_words(const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return _(kinds[i].words);
	return kind;
}

bool
event_is_refusal(const char *kind)
{
	return strncmp(kind, "refused-", 8) == 0;
}

static void
show_json(const struct event *event)
{
	json_t *object = json_object();

	json_set_time(object, "at", event->at);
	json_set_text(object, "kind", event->kind);
	json_set_text(object, "person", event->person);
	json_set_text(object, "subject", event->subject);
	json_line(object);
}

/* What is remembered for `check` alone happened to nobody. */
static bool
show(void *arg, const struct event *event)
{
	const struct cli *cli = arg;
	char at[LOCAL_SIZE] = "?";

	if (strcmp(event->kind, EVENT_LOOKED) == 0 ||
	    strcmp(event->kind, EVENT_PUBLISHED) == 0)
		return true;
	if (cli->json) {
		show_json(event);
		return true;
	}
	local_format(event->at, at);
	print("%s  %-6s  ", at, event->person[0] != '\0' ? event->person : "-");
	print(event_is_refusal(event->kind) ? _("refused: %s") : "%s",
	    event_words(event->kind));
	print("%s%s\n", event->subject[0] != '\0' ? ": " : "", event->subject);
	return true;
}

enum err
events_show(struct cli *cli, const struct center *center, struct errtext *err)
{
	return register_event_each(center->reg, show, cli, err);
}
