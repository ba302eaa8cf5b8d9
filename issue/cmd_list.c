/* sello-issue list: letters, or with --drafts what waits for approval. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/commands.h"
#include "issue/register_letter.h"

#include <stdio.h>
#include <string.h>

/* --- letters ---------------------------------------------------------------
 */

static bool
letter_json(void *arg, const struct issued *letter)
{
	json_t *object = json_object();

	(void)arg;
	json_set_text(object, "letterNumber", letter->number);
	json_set_text(
	    object, "state", register_letter_state_name(letter->state));
	json_set_time(object, "issuedAt", letter->issued_at);
	json_object_set_new(object, "copies", json_integer(letter->copies));
	json_line(object);
	return true;
}

static bool
letter_row(void *arg, const struct issued *letter)
{
	char at[CLOCK_INSTANT_SIZE] = "";

	(void)arg;
	clock_format(letter->issued_at, at);
	print("%-21s  %s  %-10s  %d\n", letter->number, at,
	    _(register_letter_state_name(letter->state)), letter->copies);
	return true;
}

/* --- drafts ----------------------------------------------------------------
 */

static json_t *
problems_of(const struct draft *draft)
{
	json_t *all = json_loads((const char *)draft->problems.at, 0, NULL);

	return all ? all : json_array();
}

static bool
draft_json(void *arg, const struct draft *draft)
{
	json_t *object = json_object();

	(void)arg;
	json_object_set_new(object, "draft", json_integer(draft->id));
	json_set_text(object, "row", draft->row);
	json_set_text(object, "officer", draft->officer);
	json_set_text(object, "state", register_draft_state_name(draft));
	json_object_set_new(object, "problems", problems_of(draft));
	json_line(object);
	return true;
}

static void
print_codes(const struct draft *draft)
{
	json_t *all = problems_of(draft);
	json_t *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		const char *code =
		    json_string_value(json_object_get(one, "code"));

		print("%s%s", i > 0 ? " " : "  ", code ? code : "?");
	}
	json_decref(all);
}

static bool
draft_row(void *arg, const struct draft *draft)
{
	char at[CLOCK_INSTANT_SIZE] = "";

	(void)arg;
	clock_format(draft->at, at);
	print("%7lld  %s  %-12s  %-9s  %s", (long long)draft->id, at,
	    draft->officer, _(register_draft_state_name(draft)), draft->row);
	print_codes(draft);
	print("\n");
	return true;
}

/* --- the command -----------------------------------------------------------
 */

int
cmd_list(struct cli *cli)
{
	struct center *center = NULL;
	struct errtext err = { 0 };
	enum err rc;

	if ((rc = center_open(cli->home, false, &center, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli_has(cli, "drafts"))
		rc = register_draft_each(center->reg, center->info.center,
		    false, cli->json ? draft_json : draft_row, NULL, &err);
	else
		rc = register_letter_each(center->reg, false,
		    cli->json ? letter_json : letter_row, NULL, &err);
	center_close(&center);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
