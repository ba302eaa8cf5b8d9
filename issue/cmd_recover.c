/* sello-issue recover: two persons let a restored register go on. */
#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/policy.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "issue/center/recover.h"
#include "issue/center/seen.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/register/event.h"

#include <stdio.h>

static void
tell_json(const struct recovery *done)
{
	json_t *object = json_object();

	json_object_set_new(object, "needed", json_boolean(done->needed));
	json_object_set_new(
	    object, "before", json_integer((json_int_t)done->before));
	json_object_set_new(
	    object, "lines", json_integer((json_int_t)done->lines));
	json_object_set_new(
	    object, "letters", json_integer((json_int_t)done->letters));
	json_object_set_new(
	    object, "removed", json_integer((json_int_t)done->removed));
	json_object_set_new(
	    object, "draftsDiscarded", json_integer((json_int_t)done->issued));
	json_object_set_new(object, "draftsToSign",
	    json_integer((json_int_t)done->unsigned_drafts));
	json_object_set_new(object, "lost", json_boolean(done->lost));
	if (done->copy_as_of != 0)
		json_set_time(object, "copyAsOf", done->copy_as_of);
	else
		json_set_text(object, "copyAsOf", NULL);
	if (done->clock_was != 0)
		json_set_time(object, "clockWas", done->clock_was);
	else
		json_object_set_new(object, "clockWas", json_null());
	json_line(object);
}

static void
tell_clock(int64_t was)
{
	char at[LOCAL_SIZE] = "?";

	local_format(was, at);
	print(_("The log was dated %s, later than today. It now says that "
		"its clock was put right, and goes on. Publish it now."),
	    at);
	print("\n%s\n",
	    _("Letters of the wrong dates stay good and ask for attention at "
	      "posts. Better: issue a new letter in place of each (sello-issue "
	      "correct)."));
}

static void
tell_drafts(const struct cli *cli, const struct recovery *done)
{
	if (done->issued > 0) {
		print(ngettext("%zu draft that waited is one of these letters, "
			       "and was discarded.",
			  "%zu drafts that waited are among these letters, and "
			  "were discarded.",
			  done->issued),
		    done->issued);
		print("\n");
	}
	if (done->unsigned_drafts == 0)
		return;
	print(ngettext("%zu draft waits that may be a letter in the lines that "
		       "are lost: compare it with the papers that were handed "
		       "out.",
		  "%zu drafts wait that may be letters in the lines that are "
		  "lost: compare them with the papers that were handed out.",
		  done->unsigned_drafts),
	    done->unsigned_drafts);
	print("\n");
	cli_print(cli, stdout,
	    _("Discard what is a letter. Each drafter signs the others again: "
	      "sello-issue draft --again --as CODE"));
}

static void
tell(const struct cli *cli, const struct recovery *done)
{
	if (done->clock_was != 0)
		tell_clock(done->clock_was);
	if (!done->needed && done->clock_was != 0)
		return;
	if (!done->needed) {
		print("%s\n",
		    _("The register has everything that is known of its log; "
		      "nothing was changed."));
		return;
	}
	print(_("Taken from the copy: %s. Letters among them of "
		"which only the numbers are known: %zu."),
	    COUNTED(LINES, done->lines), done->letters);
	print("\n");
	tell_drafts(cli, done);
	if (done->removed > 0)
		print("%s\n",
		    _("Persons who had left after the backup were removed "
		      "again."));
	if (done->lost && done->lines == 0 && done->copy_size > 0)
		print("%s\n",
		    _("The copy has nothing that was missing here. Without "
		      "the guard nobody can prove that no newer line was "
		      "signed: that is all that the log says now."));
	else if (done->lost)
		print("%s\n",
		    _("The log now says that lines may be lost. Letters of "
		      "that time cannot be checked at posts: issue new ones "
		      "for people who ask."));
	print("%s\n", _("The log says that it was restored. Publish it now."));
}

/* --- is there a newer copy? ---------------------------------------------- */

static void
tell_copy(const struct cli *cli, const struct recovery *done)
{
	char at[LOCAL_SIZE] = "?";

	if (done->copy_as_of != 0)
		local_format(done->copy_as_of, at);
	if (done->copy_size > 0)
		cli_warn(cli,
		    _("the copy has %s, as of %s; if a newer one exists "
		      "(another stick, the auditor, a consulate), go on "
		      "with that one, or honest letters will look forged"),
		    COUNTED(LINES, done->copy_size), at);
	else
		cli_warn(cli,
		    _("no copy was read; if one exists (a stick, the auditor, "
		      "a consulate), name it with --from, or honest letters "
		      "will look forged"));
}

/* Without a guard nothing here can tell; people can. A script has named the
 * option, and is told. */
static enum err
ask_for_newer(
    const struct cli *cli, const struct recovery *done, struct errtext *err)
{
	if (!done->no_guard)
		return ERR_OK;
	tell_copy(cli, done);
	if (confirm_person(cli,
		_("Is this the newest, as far as anybody knows?"),
		NULL) == ERR_OK)
		return ERR_OK;
	return err_set(err, ERR_CONFIG,
	    _("nothing was changed; bring the newest copy and run this "
	      "again"));
}

static enum err
read_seen(const struct cli *cli, struct center *center, struct errtext *err)
{
	const char *file;
	enum err rc = ERR_OK;

	for (size_t i = 0;
	     rc == ERR_OK && (file = cli_values(cli, "cosigned", i)) != NULL;
	     i++)
		rc = seen_read(center, file, err);
	return rc;
}

/* Two passphrases are a long way to a folder that is the wrong one. */
static enum err
check_from(const struct cli *cli, struct errtext *err)
{
	struct center *center = NULL;
	enum err rc;

	if (!cli_has(cli, "from"))
		return ERR_OK;
	if ((rc = center_open(cli->home, false, &center, err)) == ERR_OK)
		rc = recover_expect(center, cli_value(cli, "from"), err);
	center_close(&center);
	return rc;
}

/* The date is always asked for: whatever this computer says now, it said
 * something wrong before. */
static enum err
begin(const struct cli *cli, struct act *act, struct errtext *err)
{
	enum err rc;

	act->recovering = true;
	act->any_clock = cli_has(cli, "clock");
	if ((rc = check_from(cli, err)) != ERR_OK ||
	    (rc = command_act_begin(cli, true, act, err)) != ERR_OK ||
	    /* remembered even when it makes this refuse */
	    (rc = read_seen(cli, act->center, err)) != ERR_OK)
		return rc;
	if (act->any_clock &&
	    (rc = confirm_date(cli, act->now = clock_now(),
		 _("The log goes on with the date that is typed now; what was "
		   "signed with a later one counts as dated by a wrong "
		   "clock."),
		 err)) != ERR_OK)
		return rc;
	if (act->any_clock)
		act->confirmed = act->now;
	return ERR_OK;
}

/* Lines that came from a copy are of a clock that ran ahead, and the register
 * has them not yet: to put it right alone would ask for the copy again. */
static void
name_both(const struct act *act, int64_t now, struct errtext *err)
{
	struct errtext why = *err;

	if (!act->any_clock && act->book.head.last_time - now > POLICY_SLACK)
		err_set(err, ERR_CONFIG,
		    _("%s; here the same command once more, with --clock "
		      "added"),
		    why.text);
}

static enum err
recover(const struct cli *cli, struct act *act, struct recovery *done,
    struct errtext *err)
{
	int64_t now;
	enum err rc;

	if ((rc = begin(cli, act, err)) != ERR_OK)
		return rc;
	now = clock_now();
	if ((rc = act_begin(act, now, err)) != ERR_OK)
		return rc;
	rc = recover_log(
	    act, cli_value(cli, "from"), cli_has(cli, "lost"), done, err);
	if (rc == ERR_CONFIG)
		name_both(act, now, err);
	if (rc != ERR_OK || (rc = ask_for_newer(cli, done, err)) != ERR_OK ||
	    (act->any_clock &&
		(rc = recover_clock(act, now, &done->clock_was, err)) !=
		    ERR_OK))
		return rc;
	if (done->removed > 0 &&
	    (rc = keyring_renew(act->center, &act->ring, err)) != ERR_OK)
		return rc;
	rc = act_commit(act, err);
	act->now = now; /* the lines' time may be another */
	if (rc == ERR_OK && done->removed > 0)
		register_purge(act->center->reg);
	return rc;
}

int
cmd_recover(struct cli *cli)
{
	struct act act = { .now = 0 };
	struct recovery done = { .needed = false };
	struct errtext err = { 0 };
	enum err rc = recover(cli, &act, &done, &err);
	int status = 0;

	if (rc != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else {
		if (done.needed)
			register_event(act.center->reg, act.now, "recovered",
			    act.actor.code, act.second.code);
		if (done.clock_was != 0)
			register_event(act.center->reg, act.now,
			    "clock-put-right", act.actor.code, act.second.code);
		if (cli->json)
			tell_json(&done);
		else
			tell(cli, &done);
	}
	act_close(&act);
	return status;
}
