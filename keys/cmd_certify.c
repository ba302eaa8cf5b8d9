/*
 * cmd_certify.c - sello-keys certify: take a center's or a post's request.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/plain.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "keys/commands.h"
#include "scan/wrong_file.h"

#include <stdio.h>
#include <string.h>

#define DAYS_DEFAULT 730
#define DAYS_MAX     3650
#define PAGE_PERSONS 7 /* of two lines each: 24 rows hold them all */

/* By content: names of files are not what decides. */
static bool
is_post(const struct bytes *request)
{
	struct plain plain = plain_begin(request->at, request->len);
	struct reader line;

	return plain_filled(&plain, &line) &&
	    reader_skip_text(&line, "sello-post/");
}

static const char read_aloud[] =
    N_("Each person reads the fingerprint of their own key aloud to you, from "
       "their own paper. Where a group differs, or somebody is missing, say n: "
       "nothing is done, and you can hear all of them again.\n");

/* A request that is certified. */
struct task {
	const struct cli *cli;
	struct home *home;
	struct bytes request;
	bool post;
	int64_t days;
	struct trust_roster roster; /* centers */
	struct certified done;
};

/* As many as a screen has room for, and the question below them. */
static enum err
hear_page(
    const struct task *task, size_t first, bool quiet, struct errtext *err)
{
	const struct trust_roster *all = &task->roster;
	struct trust_roster page = *all;
	size_t left = all->person_count - first;

	page.persons += first;
	page.person_count = left < PAGE_PERSONS ? left : PAGE_PERSONS;
	if (!quiet && all->person_count > PAGE_PERSONS)
		print_to(stderr, _("Persons %zu to %zu of %zu:\n"), first + 1,
		    first + page.person_count, all->person_count);
	if (!quiet)
		command_print_persons(stderr, 0, &page);
	return confirm_yes(task->cli,
	    _("Did you hear each of them, all different persons, read exactly "
	      "this?"),
	    err);
}

/*
 * Two persons may be one person with two names: nothing but this reading aloud
 * is against that. Who did so before is not asked again.
 */
static enum err
hear(struct task *task, struct errtext *err)
{
	size_t first = 0;
	bool known, quiet = task->cli->json && cli_has(task->cli, "yes");
	enum err rc = home_persons(
	    task->home, &task->request, &task->roster, &known, err);

	if (rc != ERR_OK || known)
		return rc;
	if (!quiet)
		print_own(stderr, _(read_aloud));
	do
		rc = hear_page(task, first, quiet, err);
	while (rc == ERR_OK &&
	    (first += PAGE_PERSONS) < task->roster.person_count);
	return rc;
}

static enum err
certify_center(struct task *task, struct errtext *err)
{
	EVP_PKEY *root_key = NULL;
	enum err rc;

	if ((rc = hear(task, err)) == ERR_OK &&
	    (rc = command_unlock(task->cli, task->home, &root_key, err)) ==
		ERR_OK)
		rc = home_certify_center(task->home, root_key, &task->request,
		    (int)task->days, clock_now(), &task->done, err);
	EVP_PKEY_free(root_key);
	return rc;
}

/* --- what was done -------------------------------------------------------- */

static void
center_json(const struct task *task, json_t *o)
{
	const struct certified *c = &task->done;

	json_set_text(o, "keyId", c->key_name);
	json_object_set_new(o, "renewed", json_boolean(c->renewed));
	json_set_time(o, "notBefore", c->not_before);
	json_set_time(o, "notAfter", c->not_after);
	json_object_set_new(o, "generation", json_integer(c->generation));
	json_object_set_new(
	    o, "newGeneration", json_boolean(c->new_generation));
	json_object_set_new(o, "lastLogOpen", json_boolean(c->last_is_open));
	json_object_set_new(
	    o, "otherActiveKeys", json_integer((json_int_t)c->other_keys));
	json_object_set_new(o, "newRoster", json_boolean(c->new_roster));
	json_object_set_new(o, "persons", command_persons_json(&task->roster));
}

static void
print_json(const struct task *task)
{
	const struct certified *c = &task->done;
	json_t *o = json_object();

	json_set_text(o, "kind", task->post ? "post" : "center");
	json_set_text(o, task->post ? "post" : "center", c->name);
	json_object_set_new(o, "new", json_boolean(c->is_new));
	json_object_set_new(o, "changed", json_boolean(c->changed));
	if (!task->post)
		center_json(task, o);
	json_line(o);
}

static void
print_center(const struct task *task)
{
	const struct certified *c = &task->done;

	if (c->renewed)
		print(_("Center %s: its key is renewed.\n"), c->name);
	else
		print(_("Center %s certified.\n"), c->name);
	command_print(_("Key id"), c->key_name);
	command_print_time(_("Valid from"), c->not_before);
	command_print_time(_("Valid until"), c->not_after);
	if (c->new_generation)
		print(_("Log: generation %u begins.\n"), c->generation);
	else
		print(_("Log: generation %u goes on.\n"), c->generation);
	if (c->last_is_open)
		print(_("Generation %u of the log is still open. When the "
			"center does not write to it any more, close it with "
			"its last head: sello-keys log close %s --checkpoint "
			"FILE\n"
			"If its keys were lost before it had a line: "
			"sello-keys log close %s --unused %u\n"),
		    c->generation - 1, c->name, c->name, c->generation - 1);
	if (c->new_roster)
		print(_("Persons whom you heard: %zu. They are in the next "
			"list.\n"),
		    task->roster.person_count);
	else
		print("%s\n", _("Persons: the same as before."));
	if (c->changed)
		print("%s\n",
		    _("Name, time zone or hotline differ from the last "
		      "request: the new ones count from now on."));
	if (c->other_keys > 0)
		print(_("Other active keys of this center: %s. Retire them "
			"with revoke --reason superseded when it has "
			"changed over.\n"),
		    c->other_names);
}

static void
print_text(const struct task *task)
{
	const struct certified *c = &task->done;

	if (!task->post)
		print_center(task);
	else if (c->is_new)
		print(_("Post %s taken.\n"), c->name);
	else
		print(_("Post %s: new keys replace the old ones.\n"), c->name);
	print("%s\n", _("It takes effect with the next publish."));
}

static enum err
certify(struct task *task, struct errtext *err)
{
	enum err rc;

	task->post = is_post(&task->request);
	rc = command_confirm_certify(task->cli, task->home, clock_now(), err);
	if (rc != ERR_OK)
		return rc;
	rc = task->post ? home_certify_post(task->home, &task->request,
			      clock_now(), &task->done, err)
			: certify_center(task, err);
	if (rc != ERR_OK && rc != ERR_USAGE)
		err_prefix(err, "%s", task->cli->args[0]);
	wrong_file_blame(task->cli->args[0], FILE_CENTER_REQUEST, rc, err);
	return rc;
}

int
cmd_certify(struct cli *cli)
{
	struct task task = { .cli = cli };
	struct errtext err = { 0 };
	enum err rc;

	if (!cli_int(cli, "days", 1, DAYS_MAX, DAYS_DEFAULT, &task.days))
		return err_exit(ERR_USAGE);
	rc = file_read(cli->args[0], CERT_FILE_MAX, &task.request, &err);
	wrong_file_blame(cli->args[0], FILE_CENTER_REQUEST, rc, &err);
	if (rc == ERR_OK &&
	    (rc = home_open(cli->home, &task.home, &err)) == ERR_OK &&
	    (rc = certify(&task, &err)) == ERR_OK)
		(cli->json ? print_json : print_text)(&task);
	trust_roster_free(&task.roster);
	bytes_free(&task.request);
	home_close(&task.home);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
