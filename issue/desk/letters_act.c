/*
 * letters_act.c - the acts of letters_page.h.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "issue/center/fate.h"
#include "issue/commands.h"
#include "issue/deeds.h"
#include "issue/desk/letters_page.h"
#include "issue/desk/print_page.h"
#include "letter/number.h"

#include <stdio.h>
#include <string.h>

/* --- printing -------------------------------------------------------------- */

static enum err
count(struct act *act, const struct issued *letter, const char *why, int copy,
    struct errtext *err)
{
	enum err rc;

	if ((rc = act_begin(act, clock_now(), err)) != ERR_OK ||
	    (rc = deed_copy(act, letter, why, copy, err)) != ERR_OK)
		return rc;
	return act_commit(act, err);
}

/* Made before it is counted: a sheet that cannot be made counts no copy. */
static enum err
reprint(struct turn *turn, const struct issued *letter, struct errtext *err)
{
	struct release release = { 0 };
	int copy = letter->copies + 1;
	char copies[16];
	const char *why;
	enum err rc;

	/* one more than the page shows, not one more each time */
	snprintf(copies, sizeof(copies), "%d", letter->copies);
	if ((rc = turn_agrees(turn, "copies", copies, err)) != ERR_OK ||
	    (rc = turn_reason(turn, "why", &why, err)) != ERR_OK)
		return rc;
	if ((rc = turn_act(turn, false, ROLE_ANY, false, err)) == ERR_OK &&
	    (rc = fate_printable(turn->center, letter, err)) == ERR_OK &&
	    (rc = print_render(turn, letter, copy, &release, err)) == ERR_OK)
		rc = count(turn->act, letter, why, copy, err);
	turn_act_end(turn);
	release_clear(&release);
	if (rc == ERR_OK)
		desk_sayf(turn->desk,
		    _("Copy %d of letter %s is counted. Print it now."), copy,
		    letter->number);
	return rc;
}

/* --- withdrawing ----------------------------------------------------------- */

static enum err
enter(struct act *act, const struct issued *letter, const struct reason *reason,
    struct errtext *err)
{
	enum err rc;

	/* the log is looked at first: a register that was set back says wrong
	 * things about letters */
	if ((rc = act_begin(act, clock_now(), err)) != ERR_OK ||
	    (rc = deed_withdraw(act, letter, reason, err)) != ERR_OK)
		return rc;
	return act_commit(act, err);
}

static enum err
withdraw(struct turn *turn, const struct issued *letter, struct errtext *err)
{
	const struct reason *reason = reason_find(turn_form(turn, "reason"));
	enum err rc;

	if (reason == NULL)
		return err_set(err, ERR_DATA,
		    _("choose why letter %s is withdrawn; that is never "
		      "undone"),
		    letter->number);
	rc = turn_act(turn, reason->fraud, ROLE_ANY, true, err);
	if (rc == ERR_OK)
		rc = enter(turn->act, letter, reason, err);
	turn_act_end(turn);
	if (rc != ERR_OK)
		return rc;
	desk_sayf(turn->desk, _("Letter %s is withdrawn."), letter->number);
	desk_say(turn->desk,
	    _("Posts learn it from the next publication: publish now."));
	desk_say(turn->desk, _(reason->next));
	return ERR_OK;
}

/* --- correcting ------------------------------------------------------------ */

static enum err
correct(struct turn *turn, const struct issued *letter, struct errtext *err)
{
	struct begun *begun = turn->desk->begun;
	enum err rc = turn_stand(turn, ROLE_BIT(ROLE_DRAFTER), err);

	if (rc == ERR_OK && letter->state != ISSUED_ISSUED)
		rc = err_set(err, ERR_DATA,
		    _("%s: this letter was replaced, withdrawn or forgotten; "
		      "issue a new one with draft"),
		    letter->number);
	if (rc == ERR_OK && begun->form.len > 0)
		rc = err_set(err, ERR_CONFIG,
		    _("A person is half entered. Save that form first, or "
		      "empty it."));
	if (rc != ERR_OK)
		return rc;
	memcpy(begun->supersedes, letter->number, LETTER_NUMBER_SIZE);
	bytes_wipe(&turn->desk->preview);
	turn->redirected = true;
	http_redirect(turn->answer, "/intake");
	return ERR_OK;
}

enum err
letters_page_act(struct turn *turn, struct errtext *err)
{
	const char *act = turn_form(turn, "act");
	struct issued letter = { 0 };
	char number[LETTER_NUMBER_SIZE];
	enum err rc;

	if ((rc = command_number(turn_form(turn, "number"), number, err)) !=
		ERR_OK ||
	    (rc = register_letter_load(
		 turn->center->reg, number, &letter, err)) != ERR_OK)
		goto out;
	memcpy(turn->desk->letter, number, sizeof(number));
	if (strcmp(act, "open") == 0)
		rc = ERR_OK;
	else if (strcmp(act, "reprint") == 0)
		rc = reprint(turn, &letter, err);
	else if (strcmp(act, "withdraw") == 0)
		rc = withdraw(turn, &letter, err);
	else if (strcmp(act, "lp") == 0)
		rc = print_send(turn, &letter, err);
	else if (strcmp(act, "correct") == 0)
		rc = correct(turn, &letter, err);
	else
		rc = err_set(err, ERR_DATA, "%s", _("nothing was done"));
out:
	register_letter_clear(&letter);
	return rc;
}
