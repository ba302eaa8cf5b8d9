/*
 * commands.c - what several subcommands share: commands.h.
 */
#include "keys/commands.h"

#include "base/encode.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/policy.h"
#include "base/print.h"
#include "base/suspect.h"
#include "base/utf8.h"
#include "cli/confirm.h"
#include "log/checkpoint.h"
#include "scan/wrong_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum err
command_read_head(const char *path, struct bytes *out, struct errtext *err)
{
	enum err rc = file_read(path, CHECKPOINT_MAX, out, err);

	wrong_file_blame(path, FILE_HEAD, rc, err);
	return rc;
}

enum err
command_unlock(const struct cli *cli, const struct home *home, EVP_PKEY **out,
    struct errtext *err)
{
	const char *file = cli_value(cli, "passphrase-file");
	struct secret passphrase = { 0 };
	struct secret_hush *hush = file == NULL ? secret_hush() : NULL;
	enum err rc;

	rc = secret_passphrase(
	    file, _("Passphrase of the root key: "), 0, &passphrase, err);
	if (rc == ERR_OK)
		rc = home_unlock(home, &passphrase, out, err);
	secret_speak(&hush);
	secret_wipe(&passphrase);
	return rc;
}

enum err
command_confirm(
    const struct cli *cli, struct home *home, int64_t now, struct errtext *err)
{
	int64_t newest;
	enum err rc = home_newest(home, INT64_MAX, &newest, err);

	return rc == ERR_OK
	    ? confirm_jump(cli, now, newest, _("by this root"), err)
	    : rc;
}

enum err
command_confirm_certify(
    const struct cli *cli, struct home *home, int64_t now, struct errtext *err)
{
	struct errtext why = { 0 };
	int64_t settled, witness;
	enum err rc;

	if ((rc = command_confirm(cli, home, now, err)) != ERR_OK ||
	    (rc = home_settled(home, &settled, err)) != ERR_OK ||
	    now >= settled - POLICY_SLACK ||
	    (rc = home_newest(home, settled, &witness, err)) != ERR_OK)
		return rc;
	suspect_set(&why, ERR_CONFIG, _("What this root signed last"), settled,
	    now, witness);
	return confirm_date(cli, now, why.text, err);
}

void
command_print(const char *label, const char *value)
{
	print("%s: %s\n", label, value);
}

void
command_print_time(const char *label, int64_t at)
{
	char text[LOCAL_SIZE] = "";

	local_format(at, text);
	command_print(label, text);
}

void
command_warn_ending(
    const struct cli *cli, const struct trust_list *list, int64_t now)
{
	char end[LOCAL_SIZE] = "?";

	for (size_t i = 0; i < list->center_count; i++) {
		const struct trust_center *center = &list->centers[i];
		const struct trust_key *key = trust_last_key(center);

		if (key != NULL && key->not_before > now) {
			local_format(key->not_before, end);
			cli_warn(cli,
			    _("center %s: its key %s begins on %s, later than "
			      "today, and signs nothing before. If today's "
			      "date is right, certify its request again"),
			    center->code, key->key_name, end);
		}
		if (key == NULL || now < key->not_after - CERT_WARN)
			continue;
		local_format(key->not_after, end);
		cli_warn(cli,
		    now < key->not_after
			? _("center %s: its key %s ends on %s. Certify its "
			    "request again to renew it, or ask the center "
			    "for a new one (sello-issue rekey)")
			: _("center %s: its key %s ended on %s; it signs no "
			    "letters. Certify its request again to renew it, "
			    "or ask the center for a new one (sello-issue "
			    "rekey)"),
		    center->code, key->key_name, end);
	}
}

void
command_say_for_good(void)
{
	print_to(stderr, "%s\n", _("It cannot be taken back."));
}

void
command_blame(const char *path, enum err rc, struct errtext *err)
{
	if (rc == ERR_DATA || rc == ERR_LIMIT || rc == ERR_ISSUER ||
	    rc == ERR_SIGNATURE)
		err_prefix(err, "%s", path);
	wrong_file_blame(path, FILE_HEAD, rc, err);
}

void
command_print_persons(FILE *out, int indent, const struct trust_roster *roster)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	for (size_t i = 0; i < roster->person_count; i++) {
		const struct trust_person *person = &roster->persons[i];

		person_fingerprint(person->key, fingerprint);
		print_to(out, "%*s%s: %s, %s\n", indent, "", _("Person"),
		    person->code, person_role_title(person->role));
		print_to(out, " %s\n", fingerprint);
	}
}

json_t *
command_persons_json(const struct trust_roster *roster)
{
	json_t *all = json_array();

	for (size_t i = 0; i < roster->person_count; i++) {
		const struct trust_person *person = &roster->persons[i];
		char fingerprint[PERSON_FINGERPRINT_SIZE];
		struct bytes key = { 0 };
		json_t *o = json_object();

		person_fingerprint(person->key, fingerprint);
		hex_encode(person->key, sizeof(person->key), &key);
		json_set_text(o, "code", person->code);
		json_set_text(o, "role", person_role_word(person->role));
		json_set_text(o, "fingerprint", fingerprint);
		json_set_text(
		    o, "key", key.failed ? NULL : (const char *)key.at);
		json_array_append_new(all, o);
		bytes_free(&key);
	}
	return all;
}

json_t *
command_head_json(const struct home_head *head)
{
	struct bytes root = { 0 };
	json_t *o = json_object();

	base64_encode(head->root, sizeof(head->root), &root);
	json_set_text(o, "origin", head->origin);
	json_object_set_new(o, "size", json_integer((json_int_t)head->size));
	json_set_text(o, "root", root.failed ? NULL : (const char *)root.at);
	if (head->dated)
		json_set_time(o, "asOf", head->at);
	else
		json_set_text(o, "asOf", NULL);
	bytes_free(&root);
	return o;
}
