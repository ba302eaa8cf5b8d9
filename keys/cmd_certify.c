/*
 * cmd_certify.c - sello-keys certify: take a center's or a post's request.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "keys/commands.h"

#include <stdio.h>
#include <string.h>

#define DAYS_DEFAULT 730
#define DAYS_MAX     3650

/* By content: names of files are not what decides. */
static bool
is_post(const struct bytes *request)
{
	struct reader r = { request->at, request->len };

	return reader_skip_text(&r, "sello-post/");
}

static enum err
certify_center(const struct cli *cli, struct home *home,
    const struct bytes *request, int64_t days, struct certified *out,
    struct errtext *err)
{
	EVP_PKEY *root_key = NULL;
	enum err rc = command_unlock(cli, home, &root_key, err);

	if (rc == ERR_OK)
		rc = home_certify_center(
		    home, root_key, request, (int)days, clock_now(), out, err);
	EVP_PKEY_free(root_key);
	return rc;
}

/* --- what was done -------------------------------------------------------- */

static void
print_json(const struct certified *c, bool post)
{
	json_t *o = json_object();

	json_set_text(o, "kind", post ? "post" : "center");
	json_set_text(o, post ? "post" : "center", c->name);
	json_object_set_new(o, "new", json_boolean(c->is_new));
	json_object_set_new(o, "changed", json_boolean(c->changed));
	if (!post) {
		json_set_text(o, "keyId", c->key_name);
		json_object_set_new(o, "renewed", json_boolean(c->renewed));
		json_set_time(o, "notBefore", c->not_before);
		json_set_time(o, "notAfter", c->not_after);
		json_object_set_new(
		    o, "generation", json_integer(c->generation));
		json_object_set_new(
		    o, "newGeneration", json_boolean(c->new_generation));
		json_object_set_new(
		    o, "lastLogOpen", json_boolean(c->last_is_open));
		json_object_set_new(o, "otherActiveKeys",
		    json_integer((json_int_t)c->other_keys));
	}
	json_line(o);
}

static void
print_center(const struct certified *c)
{
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
			"center writes to it no more, close it with its last "
			"head: sello-keys log close %s --checkpoint FILE\n"
			"If its keys were lost before it had a line: "
			"sello-keys log close %s --unused %u\n"),
		    c->generation - 1, c->name, c->name, c->generation - 1);
	if (c->changed)
		print("%s\n",
		    _("Name, time zone or hotline differ from the last "
		      "request: the new ones count from now on."));
	if (c->other_keys > 0)
		print(_("Other active keys of this center: %zu. Retire them "
			"with revoke --reason superseded when it has "
			"changed over.\n"),
		    c->other_keys);
}

static void
print_text(const struct certified *c, bool post)
{
	if (!post)
		print_center(c);
	else if (c->is_new)
		print(_("Post %s taken.\n"), c->name);
	else
		print(_("Post %s: new keys replace the old ones.\n"), c->name);
	print("%s\n", _("It takes effect with the next publish."));
}

int
cmd_certify(struct cli *cli)
{
	struct errtext err = { 0 };
	struct bytes request = { 0 };
	struct certified done;
	struct home *home = NULL;
	bool post = false;
	int64_t days;
	enum err rc;

	if (!cli_int(cli, "days", 1, DAYS_MAX, DAYS_DEFAULT, &days))
		return err_exit(ERR_USAGE);
	rc = file_read(cli->args[0], CERT_FILE_MAX, &request, &err);
	if (rc != ERR_OK || (rc = home_open(cli->home, &home, &err)) != ERR_OK)
		goto out;
	post = is_post(&request);
	if ((rc = command_confirm_certify(cli, home, clock_now(), &err)) !=
	    ERR_OK)
		goto out;
	rc = post ? home_certify_post(home, &request, clock_now(), &done, &err)
		  : certify_center(cli, home, &request, days, &done, &err);
	if (rc != ERR_OK)
		err_prefix(&err, "%s", cli->args[0]);
	else if (cli->json)
		print_json(&done, post);
	else
		print_text(&done, post);
out:
	bytes_free(&request);
	home_close(&home);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
