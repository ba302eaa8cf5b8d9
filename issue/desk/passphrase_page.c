/*
 * passphrase_page.c - passphrase_page.h.
 */
#include "issue/desk/passphrase_page.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/passphrase.h"
#include "issue/center/act.h"
#include "issue/center/staff.h"
#include "issue/center/standing.h"
#include "issue/desk/ui.h"
#include "issue/register/draft.h"

#include <string.h>

void
own_page(struct turn *turn)
{
	html_element(turn->out, "h2", _("My own passphrase"));
	passphrase_form(turn, turn->desk->session.person.code);
}

void
passphrase_form(struct turn *turn, const char *code)
{
	struct bytes *out = turn->out;

	ui_form(out, "/passphrase", "class=\"notice\" id=\"passphrase-form\"");
	html_element(out, "p",
	    _("Another person stands beside and sees it; one of the two can "
	      "open the center's keys. You get new keys with it."));
	if (code != NULL)
		ui_hidden(out, "person", code);
	else
		ui_box(out,
		    &(struct ui_box){ .name = "person",
			.id = "change-person",
			.label = _("Your code") });
	ui_box(out,
	    &(struct ui_box){ .name = "passphrase",
		.id = "old-passphrase",
		.label = _("Your passphrase of now"),
		.type = "password" });
	ui_box(out,
	    &(struct ui_box){ .name = "new-passphrase",
		.id = "own-passphrase",
		.label = _("Your new passphrase"),
		.help = _("Several words that nobody would guess."),
		.type = "password" });
	ui_box(out,
	    &(struct ui_box){ .name = "again-passphrase",
		.label = _("The new passphrase again"),
		.type = "password" });
	ui_second(out);
	ui_confirm(out, turn);
	ui_submit(out, "change-passphrase", _("Change my passphrase"));
	bytes_add_text(out, "</form>\n");
}

/* --- doing it ---------------------------------------------------------------- */

static enum err
take_new(const struct turn *turn, const struct act *act,
    struct secret *passphrase, struct errtext *err)
{
	const char *typed = turn_form(turn, "new-passphrase");
	enum err rc;

	if (strcmp(typed, turn_form(turn, "again-passphrase")) != 0)
		return err_set(err, ERR_DATA,
		    _("the two passphrases differ; nothing was changed, try "
		      "again"));
	if ((rc = secret_typed(typed, true, passphrase, err)) == ERR_OK &&
	    act->actor.role != ROLE_DRAFTER)
		rc = passphrase_check(passphrase, err);
	return rc == ERR_OK ? staff_look_new(act, passphrase, err) : rc;
}

static enum err
change(struct turn *turn, struct act *act, struct person *made,
    struct errtext *err)
{
	struct secret passphrase = { 0 };
	enum err rc;

	if ((rc = turn_confirmed(turn, &act->confirmed, err)) == ERR_OK &&
	    (rc = staff_check_own(act, err)) == ERR_OK &&
	    (rc = take_new(turn, act, &passphrase, err)) == ERR_OK &&
	    (rc = staff_open_own(act, err)) == ERR_OK)
		rc = staff_own(act, &passphrase, made, err);
	secret_wipe(&passphrase);
	return rc;
}

static void
tell(struct desk *desk, struct turn *turn, const struct person *made)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];
	bool any = false;

	person_fingerprint(made->keys.sign, fingerprint);
	desk_sayf(desk,
	    _("%s has a new passphrase and new keys. Write the fingerprint "
	      "down:"),
	    made->code);
	desk_say(desk, fingerprint);
	if (standing_is_founding(turn->center))
		desk_say(desk,
		    _("Read it aloud yourself to the root custodian, who asks "
		      "for it. request.csr was written anew."));
	register_draft_any(turn->center->reg, made->code, &any, NULL);
	if (any)
		desk_say(desk,
		    _("Drafts that still wait were signed with the old key: "
		      "discard them and enter them again."));
	desk_say(desk,
	    _("Backups made before still open with the old passphrase; what "
	      "is signed with it does not count."));
}

enum err
passphrase_act(struct turn *turn, struct errtext *err)
{
	struct act act = { .center = turn->center };
	struct person made = { 0 };
	char code[PERSON_CODE_SIZE + 1];
	enum err rc;

	turn_code(turn, "person", code);
	rc = session_prove(&turn->desk->session, turn->center, code,
	    turn_form(turn, "passphrase"), ROLE_ANY | ROLE_UNCHANGED,
	    clock_moment(), &act.actor, err);
	if (rc == ERR_OK)
		rc = turn_second(turn, act.actor.code, err);
	act.second = turn->second;
	act.now = clock_now();
	if (rc == ERR_OK)
		rc = change(turn, &act, &made, err);
	act_rollback(&act);
	keyring_close(&act.ring);
	people_clear(&act.actor);
	if (rc == ERR_OK) {
		desk_forget(turn->desk);
		tell(turn->desk, turn, &made);
	}
	people_clear(&made);
	return rc;
}
