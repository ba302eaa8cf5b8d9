/* sello-issue withdraw: a letter is void from now on; that is never undone. */
#include "base/clock.h"
#include "base/confirm.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/register_letter.h"

#include <stdio.h>
#include <string.h>

/* A row a reason. The log says only whether it was fraud: why else a letter
 * was withdrawn may tell on a person, and stays in the register. */
static const struct reason {
	const char *name;
	bool fraud;
} reasons[] = {
	{ "DATA_ERROR", false },
	{ "LOST", false },
	{ "STOLEN", false },
	{ "HOLDER_REQUEST", false },
	{ "DUPLICATE", false },
	{ "INELIGIBLE", false },
	{ "FRAUD", true },
	{ "KEY_COMPROMISE", true },
	{ "PROGRAM_CLOSED", false },
};

static const struct reason *
find_reason(const char *name)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (strcmp(reasons[i].name, name) == 0)
			return &reasons[i];
	return NULL;
}

static enum err
enter(struct command_act *act, const struct issued *letter,
    const struct reason *reason, struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_WITHDRAW, .has_digest = true };
	enum err rc;

	text_copy(entry.number, sizeof(entry.number), letter->number);
	memcpy(entry.digest, letter->digest, sizeof(entry.digest));
	text_copy(entry.reason, sizeof(entry.reason),
	    reason->fraud ? "FRAUD" : "WITHDRAWN");
	if ((rc = register_letter_withdraw(act->center->reg, letter->number,
		 act->person.code, act->second.code, reason->name,
		 reason->fraud, act->now, err)) != ERR_OK)
		return rc;
	return logbook_add(&act->book, &entry, err);
}

static enum err
withdraw(struct command_act *act, const char *number,
    const struct reason *reason, struct errtext *err)
{
	struct issued letter = { 0 };
	enum err rc;

	if ((rc = register_begin(act->center->reg, err)) != ERR_OK)
		return rc;
	rc = register_letter_load(act->center->reg, number, &letter, err);
	/* the log is looked at first: a register that was set back says
	 * wrong things about letters */
	if (rc == ERR_OK)
		rc = command_act_log(act, err);
	if (rc == ERR_OK)
		rc = enter(act, &letter, reason, err);
	if (rc == ERR_OK)
		rc = command_act_commit(act, err);
	register_letter_clear(&letter);
	return rc;
}

static void
tell(const struct cli *cli, const char *number)
{
	json_t *object;

	if (cli->json) {
		object = json_object();
		json_set_text(object, "letterNumber", number);
		json_set_text(object, "state", "withdrawn");
		json_line(object);
		return;
	}
	print(_("Letter %s is withdrawn. Posts learn it from the next "
		"publication: publish now, and ask for the paper back."),
	    number);
	print("\n");
}

/* Nobody is asked, and nothing that is typed blocks: a date that is today's
 * by this computer's clock, too, lets the line have its time. */
static int64_t
confirmed(const struct cli *cli)
{
	int64_t now = clock_now();

	return cli_has(cli, "confirm-date") &&
		confirm_date(cli, now, "", NULL) == ERR_OK
	    ? now
	    : 0;
}

int
cmd_withdraw(struct cli *cli)
{
	const char *name = cli_value(cli, "reason");
	const struct reason *reason = name ? find_reason(name) : NULL;
	char number[LETTER_NUMBER_SIZE];
	struct command_act act = { .any_clock = true };
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if (reason == NULL)
		return cli_usage(cli,
		    _("give --reason DATA_ERROR, LOST, STOLEN, HOLDER_REQUEST, "
		      "DUPLICATE, INELIGIBLE, FRAUD, KEY_COMPROMISE or "
		      "PROGRAM_CLOSED"));
	act.confirmed = confirmed(cli);
	if ((rc = command_number(cli->args[0], number, &err)) != ERR_OK ||
	    (rc = command_act_begin(cli, reason->fraud, &act, &err)) !=
		ERR_OK ||
	    (rc = withdraw(&act, number, reason, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else
		tell(cli, number);
	command_act_end(&act);
	return status;
}
