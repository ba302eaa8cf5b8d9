/* sello-issue trust: take the trust list that the program published; with --as
 * begin the log that it names. */
#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "issue/center/rekey.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/register/log.h"
#include "scan/wrong_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the log that is written next: by keys that wait it may be a later one. */
static unsigned
next_generation(struct center *center)
{
	const struct trust_center *listed = center->listed;
	char next[DSIG_KEY_NAME_SIZE];

	if (rekey_is_ready(center, next) && listed->log_count > 0)
		return listed->logs[listed->log_count - 1].generation;
	return center->log != NULL ? center->log->generation : 0;
}

static unsigned
newest_generation(struct center *center)
{
	unsigned newest = 0;

	return register_log_newest(center->reg, &newest, NULL) == ERR_OK
	    ? newest
	    : 0;
}

static uint64_t
line_count(struct center *center)
{
	struct log_head head = { .last_time = 0 };
	uint64_t count = 0;
	bool found;

	if (register_log_head(center->reg, newest_generation(center), &head,
		&found, NULL) == ERR_OK)
		count = head.range.size;
	register_log_head_clear(&head);
	return count;
}

/* Has it a line yet? */
static bool
has_begun(struct center *center)
{
	unsigned next = next_generation(center);

	return next > 0 && newest_generation(center) >= next;
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
	json_set_text(object, "keyStatus",
	    center->own != NULL ? trust_status_name(center->own->status)
				: NULL);
	json_set_text(
	    object, "nextKeyId", rekey_is_ready(center, next) ? next : NULL);
	json_object_set_new(
	    object, "logBegun", json_boolean(has_begun(center)));
	json_line(object);
}

/* Whom the list of before had removed. */
struct before {
	struct trust_removed *at;
	size_t count;
};

static enum err
remember(
    const struct trust_center *listed, struct before *out, struct errtext *err)
{
	size_t count = listed != NULL ? listed->removed_count : 0;

	if (count == 0)
		return ERR_OK;
	if ((out->at = calloc(count, sizeof(*out->at))) == NULL)
		return err_memory(err);
	memcpy(out->at, listed->removed, count * sizeof(*out->at));
	out->count = count;
	return ERR_OK;
}

static bool
is_known(const struct before *before, const struct trust_removed *removed)
{
	for (size_t i = 0; i < before->count; i++)
		if (strcmp(before->at[i].code, removed->code) == 0 &&
		    before->at[i].since == removed->since)
			return true;
	return false;
}

/* Where a center was founded anew: the root heard this person after that. */
static bool
was_heard_since(
    const struct trust_center *listed, const struct trust_removed *removed)
{
	const struct trust_roster *heard = trust_last_roster(listed);

	return heard != NULL && heard->since > removed->since &&
	    trust_roster_find(heard, removed->code) != NULL;
}

/* Who the root says acts here no more; once, since they may come back with
 * another key, which a list does not say. */
static void
tell_removed(const struct cli *cli, const struct trust_center *listed,
    const struct before *before)
{
	char at[LOCAL_SIZE];
	bool any = false;

	for (size_t i = 0; listed != NULL && i < listed->removed_count; i++) {
		const struct trust_removed *removed = &listed->removed[i];

		if (is_known(before, removed) ||
		    was_heard_since(listed, removed))
			continue;
		any = true;
		at[0] = '\0';
		local_format(removed->since, at);
		print(_("The program root removed %s: from %s on nothing that "
			"this person signs counts."),
		    removed->code, at);
		print("\n");
	}
	if (any)
		cli_print(cli, stdout,
		    _("sello-issue check names what counts no more by that, "
		      "if anything does, and what to do: letters and "
		      "persons."));
}

static void
tell_log(const struct cli *cli, struct center *center)
{
	if (next_generation(center) == 0 || has_begun(center) ||
	    center->listed->logs[center->listed->log_count - 1].closed)
		return;
	cli_print(cli, stdout,
	    newest_generation(center) == 0 && next_generation(center) > 1
		? _("An earlier log of this center is not in this register. "
		    "Two persons bring its newest copy: sello-issue recover "
		    "--from COPY.")
		: newest_generation(center) == 0
		? _("Its log has not begun yet. Its founder begins it: the "
		    "same command with --as CODE.")
		: _("Its new log has not begun yet. An administrator and an "
		    "approver begin it: the same command with --as CODE "
		    "--second CODE."));
}

static void
tell(const struct cli *cli, struct center *center, const struct before *before,
    bool fresh)
{
	const struct trust_list *list = center->list;
	char at[LOCAL_SIZE] = "";
	char next[DSIG_KEY_NAME_SIZE];

	local_format(list->issued_at, at);
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
		print(_("It does not name this center's key %s yet: no letter "
			"can be signed. Send request.csr to the root "
			"custodian."),
		    center->key_name);
	else if (center->own->status == KEY_ACTIVE)
		print(_("This center's key %s is active."), center->key_name);
	else
		print(_("This center's key %s may no longer sign; make a new "
			"one with sello-issue rekey."),
		    center->key_name);
	print("\n");
	tell_removed(cli, center->listed, before);
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
		    _("the program root closed log %u after %s, and this "
		      "center signed %llu more, which nobody believes now; "
		      "publish, and bring the file checkpoint of that log "
		      "to the root custodian, who closes it again with "
		      "that (sello-keys log close)"),
		    log->generation, COUNTED(LINES, log->final_size),
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
	enum err rc = center_accept_list(
	    center, xml->at, xml->len, clock_now(), fresh, err);

	if (rc != ERR_OK)
		err_prefix(err, "%s", path);
	wrong_file_blame(path, FILE_LIST, rc, err);
	return rc;
}

/* The list was taken whatever comes of this. */
static enum err
begin_log(const struct cli *cli, struct errtext *err)
{
	struct act act = { .center = NULL };
	enum err rc;

	if ((rc = command_act_begin(cli, false, &act, err)) == ERR_OK &&
	    (rc = act_begin(&act, clock_now(), err)) == ERR_OK)
		rc = act_commit(&act, err);
	act_close(&act);
	return rc;
}

static enum err
take_file(struct cli *cli, struct center **center, struct before *before,
    bool *fresh, struct errtext *err)
{
	struct bytes xml = { 0 };
	enum err rc;

	if ((rc = file_read(cli->args[0], TRUST_XML_MAX, &xml, err)) ==
		ERR_OK &&
	    (rc = center_open(cli->home, true, center, err)) == ERR_OK &&
	    (rc = remember((*center)->listed, before, err)) == ERR_OK)
		rc = take(*center, cli->args[0], &xml, fresh, err);
	bytes_free(&xml);
	return rc;
}

/* Who begins the log opens the home for themselves. */
static enum err
begin_named(struct cli *cli, struct center **center, struct errtext *err)
{
	bool before = has_begun(*center);
	uint64_t lines = line_count(*center);
	enum err rc;

	center_close(center);
	if ((rc = begin_log(cli, err)) != ERR_OK ||
	    (rc = center_open(cli->home, false, center, err)) != ERR_OK)
		return rc;
	if (!cli->json)
		print("%s\n",
		    !before ? _("Its log has begun. From now on it says who "
				"belongs to this center, and no one changes "
				"that alone.")
			: line_count(*center) > lines
			? _("Its log had begun before; whom the root heard "
			    "is in it now.")
			: _("Its log had begun before."));
	return ERR_OK;
}

int
cmd_trust(struct cli *cli)
{
	struct center *center = NULL;
	struct before before = { 0 };
	struct errtext err = { 0 };
	bool fresh = false;
	enum err rc;
	int status = 0;

	rc = take_file(cli, &center, &before, &fresh, &err);
	if (rc == ERR_OK && !cli->json)
		tell(cli, center, &before, fresh);
	if (rc == ERR_OK && cli_has(cli, "as"))
		rc = begin_named(cli, &center, &err);
	else if (rc == ERR_OK && !cli->json)
		tell_log(cli, center);
	if (rc == ERR_OK && cli->json)
		tell_json(center, fresh);
	if (rc == ERR_OK) {
		command_warn_ending(cli, center);
		command_warn_unknown(cli, center);
		warn_closed(cli, center);
	} else
		status = cli_fail(cli, rc, &err);
	free(before.at);
	center_close(&center);
	return status;
}
