/*
 * list_parse.c - the tree of an authenticated list into a struct:
 * list_parts.h.
 *
 * Elements are taken one after the other in the order of the schema; what is
 * not taken is an error, so nothing in a list goes unread. White space,
 * comments or further attributes are not looked for: the writer would not
 * write them, and list.c compares.
 */
#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "letter/xml_parse.h"
#include "trust/list_element.h"
#include "trust/list_parts.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* --- the parts ------------------------------------------------------------ */

static bool
read_consulate(struct element_walk *w, struct trust_consulate *out)
{
	struct element_walk in;

	return element_enter(w, "Consulate", &in) &&
	    element_text(&in, "Code", out->code, sizeof(out->code)) &&
	    element_text(&in, "Name", out->name, sizeof(out->name)) &&
	    element_optional(
		&in, "Address", out->address, sizeof(out->address)) &&
	    in.at == NULL;
}

static int
language_index(const char *language)
{
	int i;

	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		if (strcmp(i18n_languages[i], language) == 0)
			return i;
	return -1;
}

static bool
read_label(struct element_walk *w, struct trust_pathway *out)
{
	struct element_walk in;
	const char *language;
	int i;

	return element_enter(w, "Label", &in) &&
	    (language = element_content(&in, "Language")) != NULL &&
	    (i = language_index(language)) >= 0 &&
	    element_text(&in, "Text", out->label[i], sizeof(out->label[i])) &&
	    in.at == NULL;
}

static bool
read_pathway(struct element_walk *w, struct trust_pathway *out)
{
	struct element_walk in;

	if (!element_enter(w, "Pathway", &in) ||
	    !element_text(&in, "Code", out->code, sizeof(out->code)))
		return false;
	while (in.at != NULL)
		if (!read_label(&in, out))
			return false;
	return true;
}

static bool
read_certificate(const char *text, struct trust_key *out)
{
	struct bytes der = { 0 };
	bool good;

	good = text != NULL && base64_decode(text, strlen(text), &der) &&
	    cert_parse(der.at, der.len, &out->cert, NULL) == ERR_OK &&
	    (out->key = X509_get_pubkey(out->cert)) != NULL &&
	    cert_period(out->cert, &out->not_before, &out->not_after) == ERR_OK;
	bytes_free(&der);
	return good;
}

static bool
read_key_status(struct element_walk *w, struct trust_key *out)
{
	const char *status = element_content(w, "Status");
	int i;

	for (i = KEY_ACTIVE; status != NULL && i <= KEY_REVOKED; i++)
		if (strcmp(status, trust_status_name((enum key_status)i)) == 0)
			break;
	if (status == NULL || i > KEY_REVOKED)
		return false;
	out->status = (enum key_status)i;
	out->since = out->status == KEY_REVOKED ? TRUST_WHOLE_LIFE : 0;
	return !element_is(w->at, "Since") ||
	    (out->status != KEY_ACTIVE &&
		element_instant(w, "Since", &out->since));
}

static bool
read_evidence(struct element_walk *w, struct trust_key *out)
{
	struct element_walk in;

	if (!element_is(w->at, "Evidence"))
		return true;
	out->has_evidence = true;
	return element_enter(w, "Evidence", &in) &&
	    element_number(&in, "Size", &out->evidence_size) &&
	    element_hash(&in, "Root", out->evidence_root) && in.at == NULL;
}

static bool
read_key(struct element_walk *w, struct trust_key *out)
{
	struct element_walk in;

	return element_enter(w, "Key", &in) &&
	    element_text(
		&in, "KeyName", out->key_name, sizeof(out->key_name)) &&
	    read_certificate(element_content(&in, "Certificate"), out) &&
	    read_key_status(&in, out) && read_evidence(&in, out) &&
	    in.at == NULL;
}

static bool
read_log_state(struct element_walk *w, struct trust_log *out)
{
	const char *state = element_content(w, "State");

	if (state == NULL)
		return false;
	out->closed = strcmp(state, "closed") == 0;
	if (!out->closed)
		return strcmp(state, "open") == 0;
	return element_number(w, "FinalSize", &out->final_size) &&
	    element_hash(w, "FinalRoot", out->final_root);
}

static bool
read_log(struct element_walk *w, struct trust_log *out)
{
	struct element_walk in;
	uint64_t generation;

	if (!element_enter(w, "Log", &in) ||
	    !element_number(&in, "Generation", &generation) ||
	    generation > UINT_MAX)
		return false;
	out->generation = (unsigned)generation;
	return element_vkey(&in, "LogKey", &out->log) &&
	    element_vkey(&in, "CosignerKey", &out->cosigner) &&
	    read_log_state(&in, out) && in.at == NULL;
}

static bool
read_person(struct element_walk *w, struct trust_person *out)
{
	const xmlNode *node = w->at;
	struct element_walk in;
	const char *role, *key;

	if (!element_enter(w, "Person", &in) || in.at != NULL ||
	    (role = element_attribute(node, "role")) == NULL ||
	    (key = element_attribute(node, "key")) == NULL)
		return false;
	out->role = person_role_letter(role);
	return element_attribute_text(
		   node, "code", out->code, sizeof(out->code)) &&
	    hex_decode_exact(key, strlen(key), out->key, sizeof(out->key));
}

static bool
read_roster(struct element_walk *w, struct trust_roster *out)
{
	const xmlNode *node = w->at;
	struct element_walk in;
	size_t i;

	if (!element_enter(w, "Roster", &in) ||
	    !element_attribute_instant(node, "since", &out->since) ||
	    !element_room(&in, "Person", sizeof(out->persons[0]), &out->persons,
		&out->person_count))
		return false;
	for (i = 0; i < out->person_count; i++)
		if (!read_person(&in, &out->persons[i]))
			return false;
	return in.at == NULL;
}

static bool
read_removed(struct element_walk *w, struct trust_removed *out)
{
	const xmlNode *node = w->at;
	const char *size;
	struct element_walk in;

	if (!element_enter(w, "Removed", &in) || in.at != NULL ||
	    !element_attribute_text(
		node, "code", out->code, sizeof(out->code)) ||
	    !element_attribute_instant(node, "since", &out->since))
		return false;
	size = element_attribute(node, "size");
	out->has_size = size != NULL;
	return size == NULL || element_digits(size, &out->size);
}

/* Who acts there, after the center's keys and logs. */
static bool
read_staff(struct element_walk *w, struct trust_center *out)
{
	size_t i;

	if (!element_room(w, "Roster", sizeof(out->rosters[0]), &out->rosters,
		&out->roster_count))
		return false;
	for (i = 0; i < out->roster_count; i++)
		if (!read_roster(w, &out->rosters[i]))
			return false;
	if (!element_room(w, "Removed", sizeof(out->removed[0]), &out->removed,
		&out->removed_count))
		return false;
	for (i = 0; i < out->removed_count; i++)
		if (!read_removed(w, &out->removed[i]))
			return false;
	return true;
}

static bool
read_center_head(struct element_walk *in, struct trust_center *out)
{
	return element_text(in, "Code", out->code, sizeof(out->code)) &&
	    element_text(in, "Name", out->name, sizeof(out->name)) &&
	    element_text(in, "Country", out->country, sizeof(out->country)) &&
	    element_text(
		in, "TimeZone", out->timezone, sizeof(out->timezone)) &&
	    element_optional(in, "Hotline", out->hotline, sizeof(out->hotline));
}

static bool
read_center(struct element_walk *w, struct trust_center *out)
{
	struct element_walk in;
	size_t i;

	if (!element_enter(w, "Center", &in) || !read_center_head(&in, out) ||
	    !element_room(
		&in, "Key", sizeof(out->keys[0]), &out->keys, &out->key_count))
		return false;
	for (i = 0; i < out->key_count; i++)
		if (!read_key(&in, &out->keys[i]))
			return false;
	if (!element_room(
		&in, "Log", sizeof(out->logs[0]), &out->logs, &out->log_count))
		return false;
	for (i = 0; i < out->log_count; i++)
		if (!read_log(&in, &out->logs[i]))
			return false;
	return read_staff(&in, out) && in.at == NULL;
}

static bool
read_post_status(struct element_walk *w, struct trust_post *out)
{
	const char *status = element_content(w, "Status");

	if (status == NULL)
		return false;
	out->status =
	    strcmp(status, "revoked") == 0 ? POST_REVOKED : POST_ACTIVE;
	if (out->status == POST_ACTIVE)
		return strcmp(status, "active") == 0;
	out->since = TRUST_WHOLE_LIFE;
	return w->at == NULL || element_instant(w, "Since", &out->since);
}

static bool
read_post(struct element_walk *w, struct trust_post *out)
{
	struct element_walk in;

	return element_enter(w, "Post", &in) &&
	    element_text(&in, "Name", out->name, sizeof(out->name)) &&
	    element_vkey(&in, "CosignerKey", &out->cosigner) &&
	    element_vkey(&in, "ReportKey", &out->report) &&
	    read_post_status(&in, out) && in.at == NULL;
}

/* --- the whole ------------------------------------------------------------ */

static bool
read_head(struct element_walk *w, struct trust_list *out)
{
	return element_text(w, "Program", out->program, sizeof(out->program)) &&
	    element_text(w, "Name", out->name, sizeof(out->name)) &&
	    element_optional(w, "Emblem", out->emblem, sizeof(out->emblem)) &&
	    element_number(w, "Sequence", &out->sequence) &&
	    element_instant(w, "IssuedAt", &out->issued_at) &&
	    element_instant(w, "NextUpdate", &out->next_update) &&
	    element_instant(w, "NotAfter", &out->not_after);
}

static bool
read_program(struct element_walk *w, struct trust_list *out)
{
	size_t i;

	if (!element_room(w, "Consulate", sizeof(out->consulates[0]),
		&out->consulates, &out->consulate_count))
		return false;
	for (i = 0; i < out->consulate_count; i++)
		if (!read_consulate(w, &out->consulates[i]))
			return false;
	if (!element_room(w, "Pathway", sizeof(out->pathways[0]),
		&out->pathways, &out->pathway_count))
		return false;
	for (i = 0; i < out->pathway_count; i++)
		if (!read_pathway(w, &out->pathways[i]))
			return false;
	return true;
}

static bool
read_offices(struct element_walk *w, struct trust_list *out)
{
	size_t i;

	if (!element_room(w, "Center", sizeof(out->centers[0]), &out->centers,
		&out->center_count))
		return false;
	for (i = 0; i < out->center_count; i++)
		if (!read_center(w, &out->centers[i]))
			return false;
	if (!element_room(w, "Post", sizeof(out->posts[0]), &out->posts,
		&out->post_count))
		return false;
	for (i = 0; i < out->post_count; i++)
		if (!read_post(w, &out->posts[i]))
			return false;
	return true;
}

/* The Signature is all that may follow; dsig_scan() knows it by its bytes. */
static bool
read_root(const xmlNode *root, struct trust_list *out, bool *memory)
{
	struct element_walk w;
	bool good;

	if (!element_is(root, dsig_trust.root))
		return false;
	w = (struct element_walk){ .at = root->children };
	good = read_head(&w, out) && read_program(&w, out) &&
	    read_offices(&w, out) && w.at != NULL && w.at->next == NULL;
	*memory = w.memory;
	return good;
}

enum err
list_parse(const uint8_t *xml, size_t len, struct trust_list **out,
    struct errtext *err)
{
	const int options =
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
	struct trust_list *list = calloc(1, sizeof(*list));
	bool memory = list == NULL || !xml_thread_ready();
	xmlDoc *doc = NULL;
	enum err rc = ERR_OK;

	if (!memory)
		doc = xmlReadMemory(
		    (const char *)xml, (int)len, "trust.xml", NULL, options);
	if (doc == NULL || doc->intSubset != NULL ||
	    !read_root(xmlDocGetRootElement(doc), list, &memory)) {
		rc = memory ? err_memory(err)
			    : err_set(err, ERR_PROFILE,
				  _("the trust list says something that this "
				    "Sello cannot read: update this program"));
		goto out;
	}
	*out = list;
	list = NULL;
out:
	xmlFreeDoc(doc);
	trust_free(&list);
	return rc;
}
