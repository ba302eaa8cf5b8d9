/* sello-issue officer: who belongs to the center, and as what. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/staff.h"

#include <stdio.h>
#include <string.h>

/* --- list ------------------------------------------------------------------
 */

static const char *
state_of(const struct person *person, bool attested)
{
	if (!attested)
		return N_("unattested");
	return person->removed_at != 0 ? N_("removed") : N_("active");
}

static bool
print_row(void *arg, const struct person *person, bool attested)
{
	char added[CLOCK_INSTANT_SIZE] = "";

	(void)arg;
	clock_format(person->added_at, added);
	print("%-12s  %-13s  %-10s  %.10s\n", person->code,
	    _(people_role_name(person->role)), _(state_of(person, attested)),
	    added);
	return true;
}

static bool
json_row(void *arg, const struct person *person, bool attested)
{
	json_t *object = json_object();

	(void)arg;
	json_set_text(object, "code", person->code);
	json_set_text(object, "role", people_role_name(person->role));
	json_set_text(object, "state", state_of(person, attested));
	json_set_time(object, "addedAt", person->added_at);
	if (person->removed_at != 0)
		json_set_time(object, "removedAt", person->removed_at);
	else
		json_set_text(object, "removedAt", NULL);
	json_line(object);
	return true;
}

static int
list(struct cli *cli)
{
	struct center *center = NULL;
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if ((rc = center_open(cli->home, false, &center, &err)) != ERR_OK ||
	    (rc = people_each(center->reg, center->info.center, center->key,
		 cli->json ? json_row : print_row, NULL, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	center_close(&center);
	return status;
}

/* --- add and remove --------------------------------------------------------
 */

static void
tell(const struct cli *cli, const char *code, bool removed, bool rekey_due)
{
	json_t *object;

	if (cli->json) {
		object = json_object();
		json_set_text(object, "code", code);
		json_set_text(object, "state", removed ? "removed" : "active");
		json_object_set_new(
		    object, "rekeyDue", json_boolean(rekey_due));
		json_line(object);
		return;
	}
	print(removed ? _("%s is removed.") : _("%s is added."), code);
	print("\n");
	if (rekey_due)
		print("%s\n",
		    _("This person could open the center's keys and may "
		      "have copied them: a new center key is due. Make it "
		      "with sello-issue rekey, and send request.csr to the "
		      "keeper of the program's root key."));
	if (!removed)
		print("%s\n",
		    _("Let them change the passphrase now: sello-issue "
		      "passphrase"));
}

static enum err
add(const struct cli *cli, struct staff_act *act, enum role role,
    struct errtext *err)
{
	struct secret passphrase = { 0 };
	enum err rc;

	rc = secret_passphrase(cli_value(cli, "new-passphrase-file"),
	    _("Passphrase of the new person: "), 1, &passphrase, err);
	act->now = clock_now(); /* however long that was waited for */
	if (rc == ERR_OK)
		rc = staff_add(act, cli->args[1], role, &passphrase, err);
	secret_wipe(&passphrase);
	return rc;
}

/* role is ROLE_COUNT to remove. */
static enum err
change(
    const struct cli *cli, enum role role, bool *rekey_due, struct errtext *err)
{
	struct staff_act act = { .now = clock_now() };
	struct person admin = { 0 };
	struct person second = { 0 };
	enum err rc;

	if ((rc = center_open(cli->home, true, &act.center, err)) != ERR_OK ||
	    (rc = command_login(cli, act.center, "as",
		 ROLE_BIT(ROLE_ADMINISTRATOR), &admin, err)) != ERR_OK)
		goto out;
	act.admin = &admin;
	if (cli_has(cli, "second")) {
		rc = command_second(cli, act.center, &admin,
		    ROLE_BIT(ROLE_APPROVER), &second, err);
		if (rc != ERR_OK)
			goto out;
		act.second = &second;
	}
	/* a founder is alone, and is asked all the same */
	if ((rc = command_confirm(cli, act.center, admin.has_slot,
		 &act.confirmed, err)) != ERR_OK ||
	    (rc = staff_begin(&act, err)) != ERR_OK)
		goto out;
	act.now = clock_now();
	rc = role == ROLE_COUNT
	    ? staff_remove(&act, cli->args[1], rekey_due, err)
	    : add(cli, &act, role, err);
out:
	staff_end(&act);
	people_clear(&admin);
	people_clear(&second);
	center_close(&act.center);
	return rc;
}

int
cmd_officer(struct cli *cli)
{
	const char *verb = cli->args[0];
	bool remove = strcmp(verb, "remove") == 0;
	const char *name = cli_value(cli, "role");
	enum role role = ROLE_COUNT;
	struct errtext err = { 0 };
	bool rekey_due = false;
	enum err rc;

	if (strcmp(verb, "list") == 0 && cli->arg_count == 1)
		return list(cli);
	if ((!remove && strcmp(verb, "add") != 0) || cli->arg_count != 2)
		return cli_usage(cli, _("say: add CODE, remove CODE, or list"));
	if (!remove && (name == NULL || !people_role_find(name, &role)))
		return cli_usage(
		    cli, _("give --role drafter, approver or administrator"));
	if ((rc = change(cli, role, &rekey_due, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	tell(cli, cli->args[1], remove, rekey_due);
	return 0;
}
