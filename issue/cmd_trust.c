/* sello-issue trust: take the trust list that the program published. */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/commands.h"
#include "issue/register_log.h"
#include "issue/rekey.h"

#include <stdio.h>

static const char *
status_name(const struct trust_key *key)
{
	if (key == NULL)
		return NULL;
	switch (key->status) {
	case KEY_ACTIVE:
		return "active";
	case KEY_RETIRED:
		return "retired";
	case KEY_REVOKED:
		return "revoked";
	}
	return NULL;
}

static void
tell_json(struct center *center, bool fresh)
{
	const struct trust_list *list = center->list;
	char next[DSIG_KEY_NAME_SIZE];
	json_t *object = json_object();

	json_object_set_new(
	    object, "sequence", json_integer((json_int_t)list->sequence));
	json_set_time(object, "issuedAt", list->issued_at);
	json_set_time(object, "nextUpdate", list->next_update);
	json_set_time(object, "notAfter", list->not_after);
	json_object_set_new(object, "new", json_boolean(fresh));
	json_set_text(object, "keyId", center->key_name);
	json_set_text(object, "keyStatus", status_name(center->own));
	json_set_text(
	    object, "nextKeyId", rekey_is_ready(center, next) ? next : NULL);
	json_line(object);
}

static void
tell(struct center *center, bool fresh)
{
	const struct trust_list *list = center->list;
	char at[CLOCK_INSTANT_SIZE] = "";
	char next[DSIG_KEY_NAME_SIZE];

	clock_format(list->issued_at, at);
	print(fresh ? _("Trust list %llu of %s is taken.")
		    : _("Trust list %llu of %s was taken before; nothing "
			"changed."),
	    (unsigned long long)list->sequence, at);
	print("\n");
	if (rekey_is_ready(center, next))
		print(_("It names this center's new key %s, which is used "
			"from the next signature on."),
		    next);
	else if (center->own == NULL)
		print(_("It does not name this center's key %s yet: no "
			"letter can be signed. Send request.csr to the root."),
		    center->key_name);
	else if (center->own->status == KEY_ACTIVE)
		print(_("This center's key %s is active."), center->key_name);
	else
		print(_("This center's key %s may no longer sign; make a new "
			"one with sello-issue rekey."),
		    center->key_name);
	print("\n");
}

/* What this center signed before it heard that a log was closed. Only the root
 * can make it count, and only when it is told. */
static void
warn_behind(struct cli *cli, struct center *center, const struct trust_log *log)
{
	struct log_head head = { .last_time = 0 };
	bool found = false;

	if (log->closed &&
	    register_log_head(
		center->reg, log->generation, &head, &found, NULL) == ERR_OK &&
	    found && head.range.size > log->final_size)
		cli_warn(cli,
		    _("the program root closed log %u after %llu lines, and "
		      "this center signed %llu more, which nobody believes "
		      "now; publish, and bring the file checkpoint of that log "
		      "to the root custodian, who closes it again with that "
		      "(sello-keys log close)"),
		    log->generation, (unsigned long long)log->final_size,
		    (unsigned long long)(head.range.size - log->final_size));
	register_log_head_clear(&head);
}

static void
warn_closed(struct cli *cli, struct center *center)
{
	const struct trust_center *listed = center->listed;
	char next[DSIG_KEY_NAME_SIZE];

	for (size_t i = 0; listed != NULL && i < listed->log_count; i++)
		warn_behind(cli, center, &listed->logs[i]);
	if (center->log != NULL && center->log->closed &&
	    !rekey_is_ready(center, next))
		cli_warn(cli,
		    _("the program root closed this center's log; make keys "
		      "for a new one with: sello-issue rekey --log"));
}

static enum err
take(struct center *center, const char *path, const struct bytes *xml,
    bool *fresh, struct errtext *err)
{
	enum err rc = center_take_list(
	    center, xml->at, xml->len, clock_now(), fresh, err);

	if (rc != ERR_OK)
		err_prefix(err, "%s", path);
	return rc;
}

int
cmd_trust(struct cli *cli)
{
	struct center *center = NULL;
	struct errtext err = { 0 };
	struct bytes xml = { 0 };
	bool fresh = false;
	enum err rc;
	int status = 0;

	if ((rc = file_read(cli->args[0], TRUST_XML_MAX, &xml, &err)) !=
		ERR_OK ||
	    (rc = center_open(cli->home, true, &center, &err)) != ERR_OK ||
	    (rc = take(center, cli->args[0], &xml, &fresh, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else {
		if (cli->json)
			tell_json(center, fresh);
		else
			tell(center, fresh);
		command_warn_ending(cli, center);
		command_warn_unknown(cli, center);
		warn_closed(cli, center);
	}
	center_close(&center);
	bytes_free(&xml);
	return status;
}
