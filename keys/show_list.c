/*
 * show_list.c - trust lists in words, and their certificates as files:
 * show.h.
 */
#include "base/encode.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "keys/show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * By the root that signed it, when that is at hand. A root that did not sign
 * it says nothing (ERR_ISSUER); one that did decides.
 */
static enum err
read_list(const struct show *show, const struct bytes *xml,
    struct trust_list **out, enum checked *checked, struct errtext *err)
{
	enum err rc = ERR_ISSUER;
	size_t i;

	*checked = CHECKED_GOOD;
	for (i = 0; i < show->root_count && rc == ERR_ISSUER; i++)
		rc = trust_read(xml->at, xml->len, show->roots[i], out, err);
	if (rc != ERR_ISSUER)
		return rc;
	*checked = CHECKED_NOT;
	return trust_peek(xml->at, xml->len, out, err);
}

/* --- certificates as files ------------------------------------------------ */

static enum err
write_certificate(
    const char *dir, const struct trust_key *key, struct errtext *err)
{
	char name[DSIG_KEY_NAME_SIZE + 4];
	struct bytes pem = { 0 };
	char *path = NULL;
	enum err rc;

	snprintf(name, sizeof(name), "%s.crt", key->key_name);
	if ((path = file_join(dir, name)) == NULL ||
	    cert_pem(key->cert, &pem) != ERR_OK)
		rc = err_set(err, ERR_MEMORY, _("out of memory"));
	else
		rc = file_write_new(path, 0644, pem.at, pem.len, err);
	bytes_free(&pem);
	free(path);
	return rc;
}

/* A list that was not checked may name a key as it likes: never a path. */
static bool
is_key_name(const char *name)
{
	return strlen(name) == DSIG_KEY_NAME_SIZE - 1 &&
	    strspn(name, "0123456789abcdef") == strlen(name);
}

static enum err
write_certificates(
    const char *dir, const struct trust_list *list, struct errtext *err)
{
	size_t i, k;
	enum err rc = ERR_OK;

	for (i = 0; i < list->center_count && rc == ERR_OK; i++)
		for (k = 0; k < list->centers[i].key_count && rc == ERR_OK;
		     k++) {
			const struct trust_key *key = &list->centers[i].keys[k];

			rc = is_key_name(key->key_name)
			    ? write_certificate(dir, key, err)
			    : err_set(err, ERR_DATA,
				  _("a key of the list has a bad name"));
		}
	return rc;
}

/* --- in words ------------------------------------------------------------- */

static void
line(int indent, const char *label, const char *value)
{
	printf("%*s", indent, "");
	command_print(label, value);
}

static void
line_time(int indent, const char *label, int64_t at)
{
	printf("%*s", indent, "");
	command_print_time(label, at);
}

static void
print_since(int64_t since)
{
	if (since == TRUST_WHOLE_LIFE)
		line(4, _("Since"), _("its whole life"));
	else
		line_time(4, _("Since"), since);
}

static void
print_key(const struct trust_key *key)
{
	line(2, _("Key"), key->key_name);
	line(4, _("Status"), trust_status_name(key->status));
	if (key->status != KEY_ACTIVE)
		print_since(key->since);
	line_time(4, _("Valid from"), key->not_before);
	line_time(4, _("Valid until"), key->not_after);
}

static void
print_vkey(const char *label, const struct vkey *key)
{
	struct bytes text = { 0 };

	vkey_format(key, &text);
	line(4, label, text.failed ? "" : (const char *)text.at);
	bytes_free(&text);
}

static void
print_center(const struct trust_center *center)
{
	size_t i;

	command_print(_("Center"), center->code);
	line(2, _("Name"), center->name);
	line(2, _("Country"), center->country);
	line(2, _("Time zone"), center->timezone);
	if (center->hotline[0] != '\0')
		line(2, _("Hotline"), center->hotline);
	for (i = 0; i < center->key_count; i++)
		print_key(&center->keys[i]);
	for (i = 0; i < center->log_count; i++) {
		line(2, _("Log"),
		    center->logs[i].closed ? _("closed") : _("open"));
		print_vkey(_("Log key"), &center->logs[i].log);
		print_vkey(_("Cosigner key"), &center->logs[i].cosigner);
	}
}

static void
print_post(const struct trust_post *post)
{
	command_print(_("Post"), post->name);
	line(4, _("Status"),
	    trust_status_name(
		post->status == POST_ACTIVE ? KEY_ACTIVE : KEY_REVOKED));
	if (post->status == POST_REVOKED)
		print_since(post->since);
	print_vkey(_("Cosigner key"), &post->cosigner);
	print_vkey(_("Report key"), &post->report);
}

static void
print_head(
    const struct shown *file, const struct trust_list *l, enum checked checked)
{
	char number[24];

	command_print(file->path, _("trust list"));
	printf("%s\n",
	    checked == CHECKED_GOOD
		? _("Signature: good, by this root")
		: _("Signature: not checked here; name the root's root.crt "
		    "too, or --home"));
	command_print(_("Program"), l->program);
	command_print(_("Name"), l->name);
	snprintf(
	    number, sizeof(number), "%llu", (unsigned long long)l->sequence);
	command_print(_("Number"), number);
	command_print_time(_("Issued at"), l->issued_at);
	command_print_time(_("Next update before"), l->next_update);
	command_print_time(_("Not used after"), l->not_after);
	if (l->training)
		command_print(_("Training"), _("yes"));
}

static void
print_list(
    const struct shown *file, const struct trust_list *l, enum checked checked)
{
	size_t i, k;

	print_head(file, l, checked);
	for (i = 0; i < l->consulate_count; i++) {
		command_print(_("Consulate"), l->consulates[i].code);
		line(2, _("Name"), l->consulates[i].name);
	}
	for (i = 0; i < l->pathway_count; i++) {
		command_print(_("Pathway"), l->pathways[i].code);
		for (k = 0; k < I18N_LANGUAGE_COUNT; k++)
			if (l->pathways[i].label[k][0] != '\0')
				line(2, i18n_languages[k],
				    l->pathways[i].label[k]);
	}
	for (i = 0; i < l->center_count; i++)
		print_center(&l->centers[i]);
	for (i = 0; i < l->post_count; i++)
		print_post(&l->posts[i]);
}

/* --- as JSON -------------------------------------------------------------- */

static void
set_since(json_t *o, bool stated, int64_t since)
{
	if (stated && since != TRUST_WHOLE_LIFE)
		json_set_time(o, "since", since);
	else
		json_set_text(o, "since", NULL);
}

static void
set_vkey(json_t *o, const char *name, const struct vkey *key)
{
	struct bytes text = { 0 };

	vkey_format(key, &text);
	json_set_text(o, name, text.failed ? NULL : (const char *)text.at);
	bytes_free(&text);
}

static json_t *
keys_json(const struct trust_center *center)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < center->key_count; i++) {
		const struct trust_key *key = &center->keys[i];
		json_t *o = json_object();

		json_set_text(o, "keyId", key->key_name);
		json_set_text(o, "status", trust_status_name(key->status));
		set_since(o, key->status != KEY_ACTIVE, key->since);
		json_set_time(o, "notBefore", key->not_before);
		json_set_time(o, "notAfter", key->not_after);
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
logs_json(const struct trust_center *center)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < center->log_count; i++) {
		const struct trust_log *log = &center->logs[i];
		json_t *o = json_object();

		json_object_set_new(
		    o, "generation", json_integer(log->generation));
		set_vkey(o, "logKey", &log->log);
		set_vkey(o, "cosignerKey", &log->cosigner);
		json_set_text(o, "state", log->closed ? "closed" : "open");
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
centers_json(const struct trust_list *l)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < l->center_count; i++) {
		const struct trust_center *c = &l->centers[i];
		json_t *o = json_object();

		json_set_text(o, "center", c->code);
		json_set_text(o, "name", c->name);
		json_set_text(o, "country", c->country);
		json_set_text(o, "timezone", c->timezone);
		json_set_text(o, "hotline", c->hotline[0] ? c->hotline : NULL);
		json_object_set_new(o, "keys", keys_json(c));
		json_object_set_new(o, "logs", logs_json(c));
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
posts_json(const struct trust_list *l)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < l->post_count; i++) {
		const struct trust_post *p = &l->posts[i];
		bool active = p->status == POST_ACTIVE;
		json_t *o = json_object();

		json_set_text(o, "post", p->name);
		json_set_text(o, "status",
		    trust_status_name(active ? KEY_ACTIVE : KEY_REVOKED));
		set_since(o, !active, p->since);
		set_vkey(o, "cosignerKey", &p->cosigner);
		set_vkey(o, "reportKey", &p->report);
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
program_json(const struct trust_list *l, bool pathways)
{
	json_t *all = json_array();
	size_t i, k;

	for (i = 0; i < (pathways ? l->pathway_count : l->consulate_count);
	     i++) {
		json_t *o = json_object();

		json_array_append_new(all, o);
		if (!pathways) {
			json_set_text(o, "consulate", l->consulates[i].code);
			json_set_text(o, "name", l->consulates[i].name);
			continue;
		}
		json_set_text(o, "pathway", l->pathways[i].code);
		for (k = 0; k < I18N_LANGUAGE_COUNT; k++)
			if (l->pathways[i].label[k][0] != '\0')
				json_set_text(o, i18n_languages[k],
				    l->pathways[i].label[k]);
	}
	return all;
}

static void
print_json(
    const struct shown *file, const struct trust_list *l, enum checked checked)
{
	json_t *o = json_object();

	json_set_text(o, "file", file->path);
	json_set_text(o, "kind", "list");
	json_set_text(
	    o, "signature", checked == CHECKED_GOOD ? "good" : "not-checked");
	json_set_text(o, "program", l->program);
	json_set_text(o, "name", l->name);
	json_object_set_new(
	    o, "sequence", json_integer((json_int_t)l->sequence));
	json_set_time(o, "issuedAt", l->issued_at);
	json_set_time(o, "nextUpdate", l->next_update);
	json_set_time(o, "notAfter", l->not_after);
	json_object_set_new(o, "training",
	    checked == CHECKED_GOOD ? json_boolean(l->training) : json_null());
	json_object_set_new(o, "consulates", program_json(l, false));
	json_object_set_new(o, "pathways", program_json(l, true));
	json_object_set_new(o, "centers", centers_json(l));
	json_object_set_new(o, "posts", posts_json(l));
	json_line(o);
}

enum err
show_list(
    const struct show *show, const struct shown *file, struct errtext *err)
{
	struct trust_list *list = NULL;
	enum checked checked;
	enum err rc;

	rc = read_list(show, file->data, &list, &checked, err);
	if (rc != ERR_OK)
		return rc;
	if (show->cli->json)
		print_json(file, list, checked);
	else
		print_list(file, list, checked);
	if (show->certificates != NULL)
		rc = write_certificates(show->certificates, list, err);
	trust_free(&list);
	return rc;
}
