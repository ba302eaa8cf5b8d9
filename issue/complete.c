/*
 * What the shell offers behind --as, --consulate, officer remove, approve: the
 * codes and numbers that this center has. No person's data, and no word where
 * the home cannot be read.
 */
#include "base/print.h"
#include "issue/center/login.h"
#include "issue/commands.h"
#include "issue/register/draft.h"
#include "issue/register/register.h"

#include <string.h>

static bool
print_code(void *arg, const struct person *person, bool attested)
{
	(void)arg;
	(void)attested;
	if (person->removed_at == 0)
		print("%s\n", person->code);
	return true;
}

static void
persons(struct center *center)
{
	(void)people_each(center, print_code, NULL, NULL);
}

static void
consulates(struct center *center)
{
	size_t i;

	for (i = 0; center->list != NULL && i < center->list->consulate_count;
	     i++)
		print("%s\n", center->list->consulates[i].code);
}

static bool
print_draft(void *arg, int64_t id, bool duplicate, bool again)
{
	(void)arg;
	(void)duplicate;
	(void)again;
	print("%lld\n", (long long)id);
	return true;
}

static void
drafts(struct center *center)
{
	(void)register_draft_waiting(center->reg, print_draft, NULL, NULL);
}

static const struct {
	const char *place;
	void (*print)(struct center *center);
} places[] = {
	{ "as", persons },
	{ "second", persons },
	{ "officer", persons },
	{ "remove", persons },
	{ "reset", persons },
	{ "consulate", consulates },
	{ "appointments", consulates },
	{ "approve", drafts },
	{ "discard", drafts },
	{ "show", drafts },
};

void
command_values(const struct cli *cli, const char *place)
{
	struct center *center = NULL;
	size_t i;

	if (cli->home == NULL ||
	    center_open(cli->home, false, &center, NULL) != ERR_OK)
		return;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(places[i].place, place) == 0)
			places[i].print(center);
	center_close(&center);
}
