/*
 * people_page.c - people, of center_page.h.
 */
#include "issue/desk/center_page.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/passphrase.h"
#include "http/words.h"
#include "issue/center/login.h"
#include "issue/center/staff.h"
#include "issue/desk/ui.h"

#include <string.h>

/* --- who there is ----------------------------------------------------------- */

static bool
add_person(void *arg, const struct person *person, bool attested)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE] = "", day[CLOCK_DATE_SIZE];
	struct bytes *out = arg;

	local_date(person->added_at, day);
	if (attested && person->removed_at == 0)
		person_fingerprint(person->keys.sign, fingerprint);
	bytes_addf(out, "<tr data-person=\"%s\">", person->code);
	html_element(out, "th", person->code);
	html_element(out, "td", _(people_role_name(person->role)));
	html_element(out, "td",
	    !attested                     ? _("not valid")
		: person->removed_at != 0 ? _("removed")
		: person->must_change     ? _("must change the passphrase")
					  : _("active"));
	html_element(out, "td", day);
	html_element(out, "td class=\"fingerprint\"", fingerprint);
	bytes_add_text(out, "</tr>\n");
	return true;
}

static void
add_role(struct bytes *out, enum role role)
{
	const char *name = people_role_name(role);

	ui_option(out, name, strcmp(_(name), name) != 0 ? _(name) : "", "");
}

/* Who may, is said when it is done: by an administrator, beside an approver. */
static void
add_form(struct turn *turn)
{
	struct bytes *out = turn->out;

	ui_form(out, "/people", "class=\"notice\"");
	html_element(
	    out, "h3", _("Somebody comes, leaves, or lost a passphrase"));
	html_element(out, "p",
	    _("An administrator does this, and an approver stands beside. Who "
	      "gets a passphrase here changes it before anything else, below "
	      "the form to sign in."));
	ui_box(out,
	    &(struct ui_box){ .name = "code",
		.id = "person-code",
		.label = _("Code of the person") });
	bytes_add_text(out, "<div class=\"box\"><label for=\"role\">");
	html_text(out, _("Role of who comes"));
	bytes_add_text(out, "</label><select id=\"role\" name=\"role\">");
	/* nobody becomes what was not chosen */
	ui_option(out, "", NULL, NULL);
	for (int role = 0; role < ROLE_COUNT; role++)
		add_role(out, (enum role)role);
	bytes_add_text(out, "</select></div>\n");
	ui_box(out,
	    &(struct ui_box){ .name = "new-passphrase",
		.label = _("First passphrase, of who comes or lost theirs"),
		.type = "password" });
	ui_second(out);
	ui_confirm(out, turn);
	bytes_add_text(out, "<div class=\"acts\">");
	ui_act(out, "add", _("Add"));
	ui_act(out, "reset", _("Give a new passphrase"));
	ui_act(out, "remove", _("Remove"));
	bytes_add_text(out, "</div></form>\n");
}

void
people_page(struct turn *turn)
{
	struct errtext err = { 0 };
	struct bytes *out = turn->out;

	html_element(out, "h2", _("The center's people"));
	bytes_add_text(out, "<table id=\"people\"><thead><tr>");
	html_element(out, "th", _("Person"));
	html_element(out, "th", _("Role"));
	html_element(out, "th", _("State"));
	html_element(out, "th", _("Added on"));
	html_element(out, "th", _("Fingerprint"));
	bytes_add_text(out, "</tr></thead><tbody>\n");
	if (people_each(turn->center, add_person, out, &err) != ERR_OK)
		words_element(out, "p class=\"problem\"", err.text);
	bytes_add_text(out, "</tbody></table>\n");
	add_form(turn);
	bytes_add_text(out, "<p><a class=\"button\" id=\"own\" href=\"/own\">");
	html_text(out, _("Change my passphrase"));
	bytes_add_text(out, "</a></p>\n");
}

/* --- changing it ------------------------------------------------------------ */

static void
tell_made(struct desk *desk, bool added, const struct person *made)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	person_fingerprint(made->keys.sign, fingerprint);
	desk_sayf(desk,
	    added ? _("%s is added. Fingerprint of the key:")
		  : _("%s has new keys. Fingerprint:"),
	    made->code);
	desk_say(desk, fingerprint);
}

/* What somebody has whose passphrase is lost, or will have. */
static enum err
find_role(struct turn *turn, bool added, const char *code, enum role *role,
    struct errtext *err)
{
	if (!added)
		return staff_role(turn->act, code, role, err);
	return people_role_find(turn_form(turn, "role"), role)
	    ? ERR_OK
	    : err_set(err, ERR_DATA, _("choose a role"));
}

static enum err
give_keys(struct turn *turn, bool added, const char *code, struct errtext *err)
{
	struct secret passphrase = { 0 };
	struct person made = { 0 };
	enum role role;
	enum err rc = find_role(turn, added, code, &role, err);

	if (rc == ERR_OK)
		rc = secret_typed(
		    turn_form(turn, "new-passphrase"), true, &passphrase, err);
	if (rc == ERR_OK && role != ROLE_DRAFTER)
		rc = passphrase_check(&passphrase, err);
	if (rc == ERR_OK)
		rc = added
		    ? staff_add(turn->act, code, role, &passphrase, &made, err)
		    : staff_reset(turn->act, code, &passphrase, &made, err);
	if (rc == ERR_OK)
		tell_made(turn->desk, added, &made);
	people_clear(&made);
	secret_wipe(&passphrase);
	return rc;
}

static enum err
take_away(struct turn *turn, const char *code, struct errtext *err)
{
	bool rekey_due = false;
	enum err rc = staff_remove(turn->act, code, &rekey_due, err);

	if (rc != ERR_OK)
		return rc;
	desk_sayf(turn->desk, _("%s is removed."), code);
	begun_drop(&turn->desk->all, code); /* never of who acts */
	if (rekey_due)
		desk_say(turn->desk,
		    _("This person could open the center's keys and may have "
		      "copied them: a new center key is due. Make it with "
		      "sello-issue rekey, and send request.csr to the root "
		      "custodian."));
	return ERR_OK;
}

enum err
people_page_act(struct turn *turn, struct errtext *err)
{
	const char *act = turn_form(turn, "act");
	char code[PERSON_CODE_SIZE + 1];
	bool removed = strcmp(act, "remove") == 0;
	bool added = strcmp(act, "add") == 0;
	const enum staff_change change = added ? STAFF_ADD
	    : removed                          ? STAFF_REMOVE
					       : STAFF_RESET;
	enum err rc;

	if (!removed && !added && strcmp(act, "reset") != 0)
		return err_set(err, ERR_DATA, "%s", _("nothing was done"));
	turn_code(turn, "code", code);
	rc = turn_lend(turn, ROLE_BIT(ROLE_ADMINISTRATOR), false, err);
	if (rc == ERR_OK)
		rc = turn_ask_second(
		    turn, staff_check(turn->act, change, code, err), err);
	if (rc == ERR_OK)
		rc = staff_open(turn->act, err);
	if (rc == ERR_OK)
		rc = removed ? take_away(turn, code, err)
			     : give_keys(turn, added, code, err);
	turn_act_end(turn);
	return rc;
}
