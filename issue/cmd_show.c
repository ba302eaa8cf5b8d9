/* sello-issue show: one letter of the register, and what became of it. */
#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/commands.h"
#include "issue/register_letter.h"
#include "letter/view.h"
#include "trust/authenticate.h"

#include <stdio.h>
#include <stdlib.h>

static void
show_json(const struct issued *issued, const struct authentic *own)
{
	struct bytes digest = { 0 };
	json_t *object = json_object();

	hex_encode(issued->digest, sizeof(issued->digest), &digest);
	json_set_text(object, "letterNumber", issued->number);
	json_set_text(
	    object, "state", register_letter_state_name(issued->state));
	json_set_time(object, "issuedAt", issued->issued_at);
	json_object_set_new(object, "copies", json_integer(issued->copies));
	json_object_set_new(object, "draft", json_integer(issued->draft));
	json_set_text(object, "officer", issued->officer);
	json_set_text(object, "approver", issued->approver);
	json_set_text(object, "second",
	    issued->second[0] != '\0' ? issued->second : NULL);
	json_set_text(object, "reason", issued->reason);
	json_set_text(object, "digest", (const char *)digest.at);
	json_set_text(object, "keyId", own->key_name);
	json_object_set_new(object, "letter", view_json(&own->letter));
	bytes_free(&digest);
	json_line(object);
}

static void
tell(const struct center *center, const struct issued *issued,
    const struct authentic *own)
{
	struct letter_labels labels = { 0 };

	authenticate_labels(
	    center->list, &own->letter, i18n_language(), &labels);
	view_print(stdout, &own->letter, &labels);
	print("\n");
	print(_("State: %s. Copies: %d. Draft %lld by %s, approved by %s "
		"(%s)."),
	    _(register_letter_state_name(issued->state)), issued->copies,
	    (long long)issued->draft, issued->officer, issued->approver,
	    issued->reason);
	print("\n");
}

static enum err
load(struct center *center, const char *typed, struct issued *issued,
    struct authentic *own, struct errtext *err)
{
	char number[LETTER_NUMBER_SIZE];
	enum err rc;

	if ((rc = command_number(typed, number, err)) != ERR_OK ||
	    (rc = register_letter_load(center->reg, number, issued, err)) !=
		ERR_OK)
		return rc;
	if (issued->state == ISSUED_FORGOTTEN)
		return err_set(err, ERR_NOT_FOUND,
		    _("%s: this letter's data was erased"), number);
	if (center->list == NULL)
		return err_set(
		    err, ERR_CONFIG, "%s", center->list_problem.text);
	rc = authenticate_letter(
	    issued->xml.at, issued->xml.len, center->list, own, err);
	if (rc != ERR_OK)
		err_prefix(
		    err, _("%s: the register's letter is not good"), number);
	return rc;
}

int
cmd_show(struct cli *cli)
{
	struct authentic *own = calloc(1, sizeof(*own));
	struct center *center = NULL;
	struct issued issued = { 0 };
	struct errtext err = { 0 };
	enum err rc = ERR_MEMORY;
	int status = 0;

	if (own == NULL ||
	    (rc = center_open(cli->home, false, &center, &err)) != ERR_OK ||
	    (rc = load(center, cli->args[0], &issued, own, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else if (cli->json)
		show_json(&issued, own);
	else
		tell(center, &issued, own);
	if (own != NULL)
		letter_wipe(&own->letter);
	free(own);
	register_letter_clear(&issued);
	center_close(&center);
	return status;
}
