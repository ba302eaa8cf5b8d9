/*
 * show_list_json.c - trust lists as JSON: show.h.
 */
#include "base/encode.h"
#include "base/json.h"
#include "keys/show.h"

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

static void
set_end(json_t *o, const char *name, bool has, uint64_t size,
    const uint8_t root[32])
{
	struct bytes text = { 0 };
	json_t *end = has ? json_object() : json_null();

	if (has) {
		base64_encode(root, 32, &text);
		json_object_set_new(
		    end, "size", json_integer((json_int_t)size));
		json_set_text(
		    end, "root", text.failed ? NULL : (const char *)text.at);
		bytes_free(&text);
	}
	json_object_set_new(o, name, end);
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
		set_end(o, "evidence", key->has_evidence, key->evidence_size,
		    key->evidence_root);
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
		set_end(
		    o, "final", log->closed, log->final_size, log->final_root);
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
rosters_json(const struct trust_center *center)
{
	json_t *all = json_array();

	for (size_t i = 0; i < center->roster_count; i++) {
		const struct trust_roster *roster = &center->rosters[i];
		json_t *o = json_object();

		json_set_time(o, "since", roster->since);
		json_object_set_new(o, "persons", command_persons_json(roster));
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
removed_json(const struct trust_center *center)
{
	json_t *all = json_array();

	for (size_t i = 0; i < center->removed_count; i++) {
		const struct trust_removed *removed = &center->removed[i];
		json_t *o = json_object();

		json_set_text(o, "code", removed->code);
		json_set_time(o, "since", removed->since);
		json_object_set_new(o, "size",
		    removed->has_size ? json_integer((json_int_t)removed->size)
				      : json_null());
		json_array_append_new(all, o);
	}
	return all;
}

void
show_hotline(json_t *o, const char *hotline)
{
	char number[HOTLINE_SIZE];
	bool free = labels_hotline(hotline, number);

	json_set_text(o, "hotline", number[0] != '\0' ? number : NULL);
	json_object_set_new(o, "hotlineFree",
	    number[0] != '\0' ? json_boolean(free) : json_null());
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
		show_hotline(o, c->hotline);
		json_object_set_new(o, "keys", keys_json(c));
		json_object_set_new(o, "logs", logs_json(c));
		json_object_set_new(o, "rosters", rosters_json(c));
		json_object_set_new(o, "removed", removed_json(c));
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
			json_set_text(o, "address",
			    l->consulates[i].address[0] != '\0'
				? l->consulates[i].address
				: NULL);
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

void
show_list_json(
    const struct shown *file, const struct trust_list *l, enum checked checked)
{
	json_t *o = json_object();

	json_set_text(o, "file", file->path);
	json_set_text(o, "kind", "list");
	json_set_text(
	    o, "signature", checked == CHECKED_GOOD ? "good" : "not-checked");
	json_set_text(o, "program", l->program);
	json_set_text(o, "name", l->name);
	json_object_set_new(o, "emblem", json_boolean(l->emblem[0] != '\0'));
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
