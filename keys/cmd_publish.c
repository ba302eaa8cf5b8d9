/*
 * cmd_publish.c - sello-keys publish: sign the next list into PUB/trust.xml.
 */
#include "base/clock.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/policy.h"
#include "base/print.h"
#include "keys/commands.h"

#include <stdio.h>
#include <stdlib.h>

#define DAYS_MAX 3650

/*
 * A home brought back from a backup does not know the lists signed since.
 * Where the published one is at hand, it says so before a sequence is used
 * twice.
 */
static enum err
check_published(struct home *home, const char *path, struct errtext *err)
{
	struct trust_list *there = NULL, *ours = NULL;
	struct bytes xml = { 0 };
	enum err rc;

	if (!file_exists(path))
		return ERR_OK;
	if ((rc = file_read_regular(path, TRUST_XML_MAX, &xml, err)) != ERR_OK)
		goto out;
	rc = trust_read(xml.at, xml.len, home->root, &there, err);
	if (err_is_inside(rc))
		goto out;
	if (rc != ERR_OK) {
		rc = err_set(err, ERR_EXISTS,
		    _("%s is not a list of this root; move it away or choose "
		      "another folder"),
		    path);
		goto out;
	}
	if ((rc = home_list(home, &ours, err)) == ERR_OK &&
	    there->sequence > ours->sequence)
		rc = err_set(err, ERR_CONFIG,
		    _("%s has number %llu, but this home last signed %llu: it "
		      "is an old copy; use the newest one"),
		    path, (unsigned long long)there->sequence,
		    (unsigned long long)ours->sequence);
out:
	bytes_free(&xml);
	trust_free(&there);
	trust_free(&ours);
	return rc;
}

/* --- what was done -------------------------------------------------------- */

static size_t
count_keys(const struct trust_list *list)
{
	size_t i, count = 0;

	for (i = 0; i < list->center_count; i++)
		count += list->centers[i].key_count;
	return count;
}

static void
print_json(const struct trust_list *list, const char *path)
{
	struct bytes hex = { 0 };
	json_t *o = json_object();

	hex_encode(list->digest, 32, &hex);
	json_set_text(o, "file", path);
	json_set_text(o, "program", list->program);
	json_object_set_new(
	    o, "sequence", json_integer((json_int_t)list->sequence));
	json_set_time(o, "issuedAt", list->issued_at);
	json_set_time(o, "nextUpdate", list->next_update);
	json_set_time(o, "notAfter", list->not_after);
	json_object_set_new(
	    o, "centers", json_integer((json_int_t)list->center_count));
	json_object_set_new(
	    o, "keys", json_integer((json_int_t)count_keys(list)));
	json_object_set_new(
	    o, "posts", json_integer((json_int_t)list->post_count));
	json_set_text(o, "sha256", hex.failed ? NULL : (const char *)hex.at);
	json_object_set_new(o, "training", json_boolean(list->training));
	json_line(o);
	bytes_free(&hex);
}

static void
print_text(const struct trust_list *list, const char *path)
{
	print(_("Trust list number %llu signed: %s\n"),
	    (unsigned long long)list->sequence, path);
	print(_("Centers: %zu, keys: %zu, posts: %zu.\n"), list->center_count,
	    count_keys(list), list->post_count);
	command_print_time(_("Next update before"), list->next_update);
	command_print_time(_("Not used after"), list->not_after);
	if (list->training)
		print("%s\n", _("It is a TRAINING list."));
}

static enum err
publish(const struct cli *cli, struct home *home, const char *path, int next,
    int last, struct errtext *err)
{
	struct trust_list *list = NULL;
	struct bytes xml = { 0 };
	EVP_PKEY *key = NULL;
	const char *folder = cli_value(cli, "to");
	enum err rc;

	/* all that can be known is known before anything is asked or signed */
	if ((rc = file_parent_there(folder, err)) != ERR_OK ||
	    (!cli_has(cli, "new") &&
		(rc = home_expect(home, folder, err)) != ERR_OK) ||
	    (rc = check_published(home, path, err)) != ERR_OK ||
	    (rc = file_folder_ready(folder, err)) != ERR_OK ||
	    (rc = command_confirm(cli, home, clock_now(), err)) != ERR_OK ||
	    (rc = command_unlock(cli, home, &key, err)) != ERR_OK ||
	    (rc = home_publish(home, key, clock_now(), next, last, folder, &xml,
		 &list, err)) != ERR_OK)
		goto out;
	if (cli->json)
		print_json(list, path);
	else
		print_text(list, path);
	command_warn_ending(cli, list, clock_now());
out:
	EVP_PKEY_free(key);
	bytes_free(&xml);
	trust_free(&list);
	return rc;
}

int
cmd_publish(struct cli *cli)
{
	struct errtext err = { 0 };
	struct home *home = NULL;
	int64_t next, last;
	char *path;
	enum err rc;

	if (!cli_int(
		cli, "next-update", 1, DAYS_MAX, POLICY_AGEING_DAYS, &next) ||
	    !cli_int(cli, "not-after", 1, DAYS_MAX, POLICY_STALE_DAYS, &last))
		return err_exit(ERR_USAGE);
	if (next > last)
		return cli_usage(
		    cli, _("--next-update must not be after --not-after"));
	if ((path = file_join(cli_value(cli, "to"), "trust.xml")) == NULL)
		rc = err_memory(&err);
	else if ((rc = home_open(cli->home, &home, &err)) == ERR_OK)
		rc = publish(cli, home, path, (int)next, (int)last, &err);
	free(path);
	home_close(&home);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
