/*
 * list_write.c - a trust list as canonical XML: list.h.
 */
#include "base/clock.h"
#include "base/encode.h"
#include "letter/xml.h"
#include "trust/list.h"

#include <string.h>

static void
open_tag(struct bytes *out, const char *name)
{
	bytes_addf(out, "<%s>", name);
}

static void
close_tag(struct bytes *out, const char *name)
{
	bytes_addf(out, "</%s>", name);
}

static void
text(struct bytes *out, const char *name, const char *value)
{
	open_tag(out, name);
	xml_escape(out, value);
	close_tag(out, name);
}

static void
optional(struct bytes *out, const char *name, const char *value)
{
	if (value[0] != '\0')
		text(out, name, value);
}

static void
number(struct bytes *out, const char *name, uint64_t value)
{
	bytes_addf(out, "<%s>%llu</%s>", name, (unsigned long long)value, name);
}

static void
instant(struct bytes *out, const char *name, int64_t at)
{
	char value[CLOCK_INSTANT_SIZE] = "";

	if (!clock_format(at, value))
		out->failed = true; /* a year no calendar of ours has */
	text(out, name, value);
}

static void
base64(struct bytes *out, const char *name, const uint8_t *data, size_t len)
{
	open_tag(out, name);
	base64_encode(data, len, out);
	close_tag(out, name);
}

static void
vkey(struct bytes *out, const char *name, const struct vkey *key)
{
	struct bytes value = { 0 };

	vkey_format(key, &value);
	if (value.failed)
		out->failed = true;
	else
		text(out, name, (const char *)value.at);
	bytes_free(&value);
}

static void
write_pathway(struct bytes *out, const struct trust_pathway *p)
{
	size_t i;

	open_tag(out, "Pathway");
	text(out, "Code", p->code);
	for (i = 0; i < I18N_LANGUAGE_COUNT; i++) {
		if (p->label[i][0] == '\0')
			continue;
		open_tag(out, "Label");
		text(out, "Language", i18n_languages[i]);
		text(out, "Text", p->label[i]);
		close_tag(out, "Label");
	}
	close_tag(out, "Pathway");
}

static void
write_key(struct bytes *out, const struct trust_key *key)
{
	struct bytes der = { 0 };

	open_tag(out, "Key");
	text(out, "KeyName", key->key_name);
	if (cert_der(key->cert, &der) != ERR_OK)
		out->failed = true;
	base64(out, "Certificate", der.at, der.len);
	text(out, "Status", trust_status_name(key->status));
	if (key->status == KEY_RETIRED ||
	    (key->status == KEY_REVOKED && key->since != TRUST_WHOLE_LIFE))
		instant(out, "Since", key->since);
	if (key->has_evidence) {
		open_tag(out, "Evidence");
		number(out, "Size", key->evidence_size);
		base64(out, "Root", key->evidence_root, 32);
		close_tag(out, "Evidence");
	}
	close_tag(out, "Key");
	bytes_free(&der);
}

static void
write_log(struct bytes *out, const struct trust_log *log)
{
	open_tag(out, "Log");
	number(out, "Generation", log->generation);
	vkey(out, "LogKey", &log->log);
	vkey(out, "CosignerKey", &log->cosigner);
	text(out, "State", log->closed ? "closed" : "open");
	if (log->closed) {
		number(out, "FinalSize", log->final_size);
		base64(out, "FinalRoot", log->final_root, 32);
	}
	close_tag(out, "Log");
}

static void
write_roster(struct bytes *out, const struct trust_roster *roster)
{
	char since[CLOCK_INSTANT_SIZE] = "";
	size_t i;

	if (!clock_format(roster->since, since))
		out->failed = true;
	bytes_addf(out, "<Roster since=\"%s\">", since);
	for (i = 0; i < roster->person_count; i++) {
		const struct trust_person *person = &roster->persons[i];
		const char *role = person_role_word(person->role);

		bytes_addf(out, "<Person code=\"%s\" key=\"", person->code);
		hex_encode(person->key, sizeof(person->key), out);
		bytes_addf(
		    out, "\" role=\"%s\"></Person>", role != NULL ? role : "");
	}
	close_tag(out, "Roster");
}

static void
write_removed(struct bytes *out, const struct trust_removed *removed)
{
	char since[CLOCK_INSTANT_SIZE] = "";

	if (!clock_format(removed->since, since))
		out->failed = true;
	bytes_addf(
	    out, "<Removed code=\"%s\" since=\"%s\"", removed->code, since);
	if (removed->has_size)
		bytes_addf(
		    out, " size=\"%llu\"", (unsigned long long)removed->size);
	bytes_add_text(out, "></Removed>");
}

static void
write_center(struct bytes *out, const struct trust_center *center)
{
	size_t i;

	open_tag(out, "Center");
	text(out, "Code", center->code);
	text(out, "Name", center->name);
	text(out, "Country", center->country);
	text(out, "TimeZone", center->timezone);
	optional(out, "Hotline", center->hotline);
	for (i = 0; i < center->key_count; i++)
		write_key(out, &center->keys[i]);
	for (i = 0; i < center->log_count; i++)
		write_log(out, &center->logs[i]);
	for (i = 0; i < center->roster_count; i++)
		write_roster(out, &center->rosters[i]);
	for (i = 0; i < center->removed_count; i++)
		write_removed(out, &center->removed[i]);
	close_tag(out, "Center");
}

static void
write_post(struct bytes *out, const struct trust_post *post)
{
	open_tag(out, "Post");
	text(out, "Name", post->name);
	vkey(out, "CosignerKey", &post->cosigner);
	vkey(out, "ReportKey", &post->report);
	text(out, "Status", post->status == POST_ACTIVE ? "active" : "revoked");
	if (post->status == POST_REVOKED && post->since != TRUST_WHOLE_LIFE)
		instant(out, "Since", post->since);
	close_tag(out, "Post");
}

enum err
trust_write(const struct trust_list *list, struct bytes *out)
{
	size_t i;

	bytes_addf(
	    out, "<%s xmlns=\"%s\">", dsig_trust.root, dsig_trust.namespace);
	text(out, "Program", list->program);
	text(out, "Name", list->name);
	optional(out, "Emblem", list->emblem);
	number(out, "Sequence", list->sequence);
	instant(out, "IssuedAt", list->issued_at);
	instant(out, "NextUpdate", list->next_update);
	instant(out, "NotAfter", list->not_after);
	for (i = 0; i < list->consulate_count; i++) {
		open_tag(out, "Consulate");
		text(out, "Code", list->consulates[i].code);
		text(out, "Name", list->consulates[i].name);
		optional(out, "Address", list->consulates[i].address);
		close_tag(out, "Consulate");
	}
	for (i = 0; i < list->pathway_count; i++)
		write_pathway(out, &list->pathways[i]);
	for (i = 0; i < list->center_count; i++)
		write_center(out, &list->centers[i]);
	for (i = 0; i < list->post_count; i++)
		write_post(out, &list->posts[i]);
	close_tag(out, dsig_trust.root);
	return out->failed ? ERR_MEMORY : ERR_OK;
}
