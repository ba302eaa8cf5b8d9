/* sello-issue officer: who belongs to the center, and as what. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "issue/center/login.h"
#include "issue/center/staff.h"
#include "issue/center/standing.h"
#include "issue/command_act.h"
#include "issue/commands.h"

#include <stdio.h>
#include <string.h>

/* --- list ---------------------------------------------------------------- */

/* For JSON; the screen has words for a row that nobody vouches for. */
static const char *
state_of(const struct person *person, bool attested)
{
	if (!attested)
		return "unattested";
	return person->removed_at != 0 ? N_("removed") : N_("active");
}

/* What the screen says below such a row, and what to do. */
static const char unattested[] =
    N_("  Nothing is taken from this person: role or key here are not those "
       "that the log has, or before it begins the trust list. Run sello-issue "
       "check, and do what it says.\n");

static bool
print_row(void *arg, const struct person *person, bool attested)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];
	char added[CLOCK_DATE_SIZE];

	(void)arg;
	local_date(person->added_at, added);
	print("%-12s  %-13s  %-10s  %s\n", person->code,
	    _(people_role_name(person->role)),
	    attested ? _(state_of(person, attested)) : _("not valid"), added);
	if (!attested)
		print_own(stdout, _(unattested));
	if (!attested || person->removed_at != 0)
		return true;
	person_fingerprint(person->keys.sign, fingerprint);
	print(" %s\n", fingerprint);
	if (person->must_change)
		print("  %s\n", _("must change the passphrase"));
	return true;
}

/* null where there is no key that counts */
static void
set_fingerprint(json_t *object, const struct person *person)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	if (person == NULL || person->removed_at != 0) {
		json_set_text(object, "fingerprint", NULL);
		return;
	}
	person_fingerprint(person->keys.sign, fingerprint);
	json_set_text(object, "fingerprint", fingerprint);
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
	set_fingerprint(object, attested ? person : NULL);
	json_object_set_new(
	    object, "mustChange", json_boolean(person->must_change));
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

	if ((rc = center_open(cli->home, false, &center, &err)) == ERR_OK &&
	    !cli->json)
		print("%-12s  %-13s  %-10s  %s\n", _("Person"), _("Role"),
		    _("State"), _("Added on"));
	if (rc != ERR_OK ||
	    (rc = people_each(center, cli->json ? json_row : print_row, NULL,
		 &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	center_close(&center);
	return status;
}

/* --- changing it --------------------------------------------------------- */

struct change {
	const struct cli *cli;
	enum staff_change verb;
	const char *code;
	enum role role; /* of who is added */
	struct person made;
	bool rekey_due;
	bool founding; /* the request was written anew */
};

static void
tell_json(const struct change *change)
{
	json_t *object = json_object();

	json_set_text(object, "code", change->code);
	json_set_text(object, "state",
	    change->verb == STAFF_REMOVE ? "removed" : "active");
	set_fingerprint(
	    object, change->verb == STAFF_REMOVE ? NULL : &change->made);
	json_object_set_new(
	    object, "rekeyDue", json_boolean(change->rekey_due));
	json_line(object);
}

static void
tell_removed(const struct cli *cli, const struct change *change)
{
	print(_("%s is removed."), change->code);
	print("\n");
	if (change->rekey_due)
		cli_print(cli, stdout,
		    _("This person could open the center's keys and may have "
		      "copied them: a new center key is due. Make it with "
		      "sello-issue rekey, and send request.csr to the root "
		      "custodian."));
}

static void
tell_made(const struct cli *cli, const struct change *change)
{
	struct errtext next = { 0 };
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	person_fingerprint(change->made.keys.sign, fingerprint);
	print(change->verb == STAFF_ADD
		? _("%s is added. Fingerprint of the key:")
		: _("%s has new keys. Fingerprint:"),
	    change->code);
	print("\n %s\n", fingerprint);
	err_set(&next, ERR_OK,
	    change->founding
		? _("Next: this person changes the passphrase, alone at the "
		    "keyboard, and later reads the new fingerprint aloud to "
		    "the root custodian: sello-issue passphrase --as %s")
		: _("Next: this person changes the passphrase, which counts "
		    "as their own only then: sello-issue passphrase --as %s "
		    "--second CODE"),
	    change->code);
	cli_print(cli, stdout, next.text);
}

static void
tell(const struct cli *cli, const struct change *change)
{
	if (cli->json)
		tell_json(change);
	else if (change->verb == STAFF_REMOVE)
		tell_removed(cli, change);
	else
		tell_made(cli, change);
	if (!cli->json && change->founding)
		print("%s\n", _("request.csr was written anew."));
}

/* What somebody has whose passphrase is lost, or will have. */
static enum err
find_role(struct act *act, const struct change *change, enum role *role,
    struct errtext *err)
{
	*role = change->role;
	return change->verb == STAFF_ADD
	    ? ERR_OK
	    : staff_role(act, change->code, role, err);
}

static enum err
give_keys(const struct cli *cli, struct act *act, struct change *change,
    struct errtext *err)
{
	struct secret passphrase = { 0 };
	enum role role;
	enum err rc = find_role(act, change, &role, err);

	if (rc == ERR_OK)
		rc = command_new_passphrase(cli, "new-passphrase-file",
		    change->verb == STAFF_ADD
			? _("Passphrase of the new person: ")
			: _("New passphrase: "),
		    role, &passphrase, err);
	act->now = clock_now(); /* however long that was waited for */
	if (rc == ERR_OK)
		rc = change->verb == STAFF_ADD
		    ? staff_add(act, change->code, change->role, &passphrase,
			  &change->made, err)
		    : staff_reset(
			  act, change->code, &passphrase, &change->made, err);
	secret_wipe(&passphrase);
	return rc;
}

static enum err
check(struct act *act, void *arg, struct errtext *err)
{
	const struct change *change = arg;
	enum err rc = staff_check(act, change->verb, change->code, err);

	return rc == ERR_OK
	    ? command_check_change(change->cli, act, change->code, err)
	    : rc;
}

static enum err
make(const struct cli *cli, struct change *change, struct errtext *err)
{
	const struct command_rule rule = { ROLE_BIT(ROLE_ADMINISTRATOR),
		ROLE_BIT(ROLE_APPROVER), check, change };
	struct act act = { .now = clock_now() };
	enum err rc;

	if ((rc = center_open(cli->home, true, &act.center, err)) != ERR_OK ||
	    (rc = command_log_in(cli, &rule, &act, err)) != ERR_OK ||
	    (rc = staff_open(&act, err)) != ERR_OK ||
	    /* a founder is alone, and is asked all the same */
	    (rc = command_confirm(cli, true, &act, err)) != ERR_OK)
		goto out;
	act.now = clock_now();
	rc = change->verb == STAFF_REMOVE
	    ? staff_remove(&act, change->code, &change->rekey_due, err)
	    : give_keys(cli, &act, change, err);
	change->founding = standing_is_founding(act.center);
out:
	act_close(&act);
	return rc;
}

static bool
find_verb(const char *word, enum staff_change *out)
{
	static const char *const words[] = { "add", "reset", "remove" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(word, words[i]) == 0) {
			*out = (enum staff_change)i;
			return true;
		}
	return false;
}

int
cmd_officer(struct cli *cli)
{
	const char *name = cli_value(cli, "role");
	struct change change = { .cli = cli, .role = ROLE_COUNT };
	struct errtext err = { 0 };
	enum err rc;

	if (!find_verb(cli->args[0], &change.verb))
		return list(cli);
	if (name != NULL)
		people_role_find(name, &change.role);
	change.code = cli->args[1];
	if ((rc = make(cli, &change, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	tell(cli, &change);
	return 0;
}
