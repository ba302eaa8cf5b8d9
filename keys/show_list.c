/*
 * show_list.c - trust lists in words, and their certificates as files:
 * show.h.
 */
#include "base/encode.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/print.h"
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
		rc = err_memory(err);
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
	print("%*s", indent, "");
	command_print(label, value);
}

static void
line_time(int indent, const char *label, int64_t at)
{
	print("%*s", indent, "");
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
print_end(const char *label, uint64_t size, const uint8_t root[32])
{
	struct bytes text = { 0 };

	bytes_addf(&text, "%llu ", (unsigned long long)size);
	base64_encode(root, 32, &text);
	line(4, label, text.failed ? "" : (const char *)text.at);
	bytes_free(&text);
}

static void
print_key(const struct trust_key *key)
{
	char both[WORD_BOTH_SIZE];

	line(2, _("Key"), key->key_name);
	line(4, _("Status"), word_both(trust_status_name(key->status), both));
	if (key->status != KEY_ACTIVE)
		print_since(key->since);
	if (key->has_evidence)
		print_end(_("Evidence (lines, tree hash)"), key->evidence_size,
		    key->evidence_root);
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
print_log(const struct trust_log *log)
{
	line(2, _("Log"), log->closed ? _("closed") : _("open"));
	if (log->closed)
		print_end(_("Ends (lines, tree hash)"), log->final_size,
		    log->final_root);
	print_vkey(_("Log key"), &log->log);
	print_vkey(_("Cosigner key"), &log->cosigner);
}

static void
print_roster(const struct trust_roster *roster, bool last)
{
	line_time(2,
	    last ? _("Persons who were heard on")
		 : _("Heard before, their keys of then"),
	    roster->since);
	command_print_persons(stdout, 4, roster);
}

static void
print_removed(const struct trust_removed *removed)
{
	char lines[24];

	line(2, _("Removed person"), removed->code);
	line_time(4, _("Since"), removed->since);
	if (!removed->has_size)
		return;
	snprintf(
	    lines, sizeof(lines), "%llu", (unsigned long long)removed->size);
	line(4, _("After the log's first lines"), lines);
}

static void
print_center(const struct trust_center *center)
{
	char hotline[HOTLINE_SIZE];
	size_t i;

	command_print(_("Center"), center->code);
	line(2, _("Name"), center->name);
	line(2, _("Country"), center->country);
	line(2, _("Time zone"), center->timezone);
	if (center->hotline[0] != '\0')
		line(2,
		    labels_hotline(center->hotline, hotline)
			? _("Telephone, free")
			: _("Telephone"),
		    hotline);
	for (i = 0; i < center->key_count; i++)
		print_key(&center->keys[i]);
	for (i = 0; i < center->log_count; i++)
		print_log(&center->logs[i]);
	for (i = 0; i < center->roster_count; i++)
		print_roster(
		    &center->rosters[i], i + 1 == center->roster_count);
	for (i = 0; i < center->removed_count; i++)
		print_removed(&center->removed[i]);
}

static void
print_post(const struct trust_post *post)
{
	char both[WORD_BOTH_SIZE];

	command_print(_("Post"), post->name);
	line(4, _("Status"),
	    word_both(
		trust_status_name(
		    post->status == POST_ACTIVE ? KEY_ACTIVE : KEY_REVOKED),
		both));
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
	print("%s\n",
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
	if (l->emblem[0] != '\0')
		command_print(_("Emblem"), _("yes"));
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
		if (l->consulates[i].address[0] != '\0')
			line(2, _("Address"), l->consulates[i].address);
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
		show_list_json(file, list, checked);
	else
		print_list(file, list, checked);
	if (show->certificates != NULL)
		rc = write_certificates(show->certificates, list, err);
	trust_free(&list);
	return rc;
}
