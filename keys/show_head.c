/*
 * show_head.c - signed heads of logs: show.h.
 *
 * Whose signature a line is, only a trust list can say; a name in it is the
 * signer's own word.
 */
#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "keys/show.h"
#include "ledger/head.h"

#include <inttypes.h>
#include <stdio.h>

enum role { ROLE_UNKNOWN, ROLE_UNLISTED, ROLE_LOG, ROLE_COSIGNER, ROLE_POST };

static const struct {
	const char *label, *json;
} roles[] = {
	[ROLE_UNKNOWN] = { N_("Unknown key"), NULL },
	[ROLE_UNLISTED] = { N_("Key, not known without --home"), NULL },
	[ROLE_LOG] = { N_("Log key"), "log" },
	[ROLE_COSIGNER] = { N_("Cosigner key"), "cosigner" },
	[ROLE_POST] = { N_("Post"), "post" },
};

/* One line of signatures, and what the list makes of it. */
struct signed_by {
	char name[VKEY_NAME_MAX + 1]; /* cut: a stranger's may be longer */
	char id[2 * NOTE_ID_SIZE + 1];
	enum role role;
	bool dated;
	int64_t at;
};

/* The post of the list that cosigned so; ERR_ISSUER: none. */
static enum err
find_post(const struct trust_list *list, const struct head *head,
    const struct note_signature *sig, int64_t *at, struct errtext *err)
{
	size_t i;

	for (i = 0; list != NULL && i < list->post_count; i++)
		if (note_is_by(sig, &list->posts[i].cosigner))
			return checkpoint_cosigned(
			    &head->note, &list->posts[i].cosigner, at, err);
	return ERR_ISSUER;
}

/* head is verified when it has a log. */
static enum err
read_signature(const struct trust_list *list, const struct head *head,
    const struct note_signature *sig, struct signed_by *out,
    struct errtext *err)
{
	enum err rc = ERR_OK;
	int i;

	*out = (struct signed_by){ .role = list != NULL ? ROLE_UNKNOWN
							: ROLE_UNLISTED };
	snprintf(out->name, sizeof(out->name), "%.*s",
	    (int)(sig->name.left < VKEY_NAME_MAX ? sig->name.left
						 : VKEY_NAME_MAX),
	    (const char *)sig->name.at);
	for (i = 0; i < NOTE_ID_SIZE; i++)
		snprintf(out->id + 2 * i, 3, "%02x", sig->id[i]);
	if (head->log != NULL && note_is_by(sig, &head->log->log)) {
		out->role = ROLE_LOG;
	} else if (head->log != NULL && note_is_by(sig, &head->log->cosigner)) {
		out->role = ROLE_COSIGNER;
		rc = head_date(head, &out->at, err);
	} else if ((rc = find_post(list, head, sig, &out->at, err)) == ERR_OK) {
		out->role = ROLE_POST;
	}
	out->dated = out->role == ROLE_COSIGNER || out->role == ROLE_POST;
	return rc == ERR_ISSUER ? ERR_OK : rc;
}

/* --- in words ------------------------------------------------------------- */

static void
print_signature(const struct signed_by *by)
{
	char at[LOCAL_SIZE] = "";
	struct bytes text = { 0 };

	bytes_addf(&text, "%s %s", by->name, by->id);
	local_format(by->at, at);
	if (by->dated)
		bytes_addf(&text, ", %s", at);
	print("  ");
	command_print(
	    _(roles[by->role].label), text.failed ? "" : (const char *)text.at);
	bytes_free(&text);
}

static void
print_facts(const struct shown *file, const struct head *head)
{
	struct bytes root = { 0 };
	char size[24];

	base64_encode(head->checkpoint.root.at, TREE_HASH_SIZE, &root);
	snprintf(size, sizeof(size), "%" PRIu64, head->checkpoint.size);
	command_print(file->path, _("signed head of a log"));
	command_print(_("Log"), head->checkpoint.origin);
	command_print(_("Lines"), size);
	command_print(_("Tree hash"), root.failed ? "" : (const char *)root.at);
	print("%s\n",
	    head->log != NULL
		? _("Signature: good, by the log's key")
		: _("Signature: not checked here; name the trust list and its "
		    "root.crt too, or --home"));
	print("%s\n", _("Signed by:"));
	bytes_free(&root);
}

/* --- as JSON -------------------------------------------------------------- */

static json_t *
signature_json(const struct signed_by *by)
{
	json_t *o = json_object();

	json_set_text(o, "name", by->name);
	json_set_text(o, "keyId", by->id);
	json_set_text(o, "role", roles[by->role].json);
	if (by->dated)
		json_set_time(o, "time", by->at);
	else
		json_set_text(o, "time", NULL);
	return o;
}

static json_t *
head_json(const struct shown *file, const struct head *head)
{
	struct bytes root = { 0 };
	json_t *o = json_object();

	base64_encode(head->checkpoint.root.at, TREE_HASH_SIZE, &root);
	json_set_text(o, "file", file->path);
	json_set_text(o, "kind", "checkpoint");
	json_set_text(o, "origin", head->checkpoint.origin);
	json_object_set_new(
	    o, "size", json_integer((json_int_t)head->checkpoint.size));
	json_set_text(o, "root", root.failed ? NULL : (const char *)root.at);
	json_set_text(
	    o, "signature", head->log != NULL ? "good" : "not-checked");
	bytes_free(&root);
	return o;
}

/* --- both ----------------------------------------------------------------- */

/* A head of a log that the list does not have cannot be checked. */
static enum err
read_head(const struct show *show, const struct bytes *data, struct head *out,
    struct errtext *err)
{
	enum err rc = head_peek(show->list, data->at, data->len, out, err);

	if (rc == ERR_OK && out->log != NULL)
		rc = head_open(show->list, data->at, data->len, out, err);
	return rc;
}

enum err
show_head(
    const struct show *show, const struct shown *file, struct errtext *err)
{
	struct signed_by by[NOTE_SIGNATURES_MAX];
	json_t *o, *all;
	struct head head;
	enum err rc;
	size_t i;

	if ((rc = read_head(show, file->data, &head, err)) != ERR_OK)
		return rc;
	for (i = 0; i < head.note.count; i++)
		if ((rc = read_signature(show->list, &head,
			 &head.note.signature[i], &by[i], err)) != ERR_OK)
			return rc;
	if (!show->cli->json) {
		print_facts(file, &head);
		for (i = 0; i < head.note.count; i++)
			print_signature(&by[i]);
		return ERR_OK;
	}
	o = head_json(file, &head);
	all = json_array();
	for (i = 0; i < head.note.count; i++)
		json_array_append_new(all, signature_json(&by[i]));
	json_object_set_new(o, "signatures", all);
	json_line(o);
	return ERR_OK;
}
