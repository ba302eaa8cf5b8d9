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
#include "trust/list_parts.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Where the walk stands among the children of one element. */
struct walk {
	const xmlNode *at;
	bool memory; /* it was memory that failed */
};

static bool
is_element(const xmlNode *node, const char *name)
{
	return node != NULL && node->type == XML_ELEMENT_NODE &&
	    node->ns != NULL &&
	    strcmp((const char *)node->ns->href, dsig_trust.namespace) == 0 &&
	    strcmp((const char *)node->name, name) == 0;
}

/* The children of the next element, which must have this name. */
static bool
enter(struct walk *w, const char *name, struct walk *inside)
{
	if (!is_element(w->at, name))
		return false;
	*inside = (struct walk){ .at = w->at->children };
	w->at = w->at->next;
	return true;
}

/* How many elements of this name come next. */
static size_t
ahead(const struct walk *w, const char *name)
{
	const xmlNode *node;
	size_t count = 0;

	for (node = w->at; is_element(node, name); node = node->next)
		count++;
	return count;
}

/* The text of the next element, borrowed from the tree. */
static const char *
text_of(struct walk *w, const char *name)
{
	struct walk inside;

	if (!enter(w, name, &inside))
		return NULL;
	if (inside.at == NULL)
		return "";
	if (inside.at->type != XML_TEXT_NODE || inside.at->next != NULL)
		return NULL;
	return (const char *)inside.at->content;
}

static bool
read_text(struct walk *w, const char *name, char *out, size_t size)
{
	const char *text = text_of(w, name);

	if (text == NULL || strlen(text) >= size)
		return false;
	memcpy(out, text, strlen(text) + 1);
	return true;
}

/* The element may be missing, its text may not. */
static bool
read_optional(struct walk *w, const char *name, char *out, size_t size)
{
	return !is_element(w->at, name) ||
	    (read_text(w, name, out, size) && out[0] != '\0');
}

static bool
read_number(const char *text, uint64_t *out)
{
	uint64_t value = 0;

	if (text == NULL || text[0] == '\0' || strlen(text) > 18 ||
	    strspn(text, "0123456789") != strlen(text))
		return false;
	for (; *text != '\0'; text++)
		value = value * 10 + (uint64_t)(*text - '0');
	*out = value;
	return true;
}

static bool
parse_number(struct walk *w, const char *name, uint64_t *out)
{
	return read_number(text_of(w, name), out);
}

static bool
read_instant(struct walk *w, const char *name, int64_t *out)
{
	const char *text = text_of(w, name);

	return text != NULL && clock_parse(text, out);
}

static bool
read_hash(struct walk *w, const char *name, uint8_t out[32])
{
	const char *text = text_of(w, name);

	return text != NULL && base64_decode_exact(text, strlen(text), out, 32);
}

static bool
read_vkey(struct walk *w, const char *name, struct vkey *out)
{
	const char *text = text_of(w, name);

	return text != NULL && vkey_parse(text, out, NULL) == ERR_OK;
}

/* An attribute's text, borrowed from the tree; NULL: it is not there. */
static const char *
attribute(const xmlNode *node, const char *name)
{
	const xmlAttr *at;

	for (at = node->properties; at != NULL; at = at->next)
		if (strcmp((const char *)at->name, name) == 0 &&
		    at->children != NULL && at->children->next == NULL &&
		    at->children->type == XML_TEXT_NODE)
			return (const char *)at->children->content;
	return NULL;
}

static bool
attribute_text(const xmlNode *node, const char *name, char *out, size_t size)
{
	const char *text = attribute(node, name);

	if (text == NULL || strlen(text) >= size)
		return false;
	memcpy(out, text, strlen(text) + 1);
	return true;
}

static bool
attribute_instant(const xmlNode *node, const char *name, int64_t *out)
{
	const char *text = attribute(node, name);

	return text != NULL && clock_parse(text, out);
}

/* Room for the elements of this name that come next. */
static bool
make_room(
    struct walk *w, const char *name, size_t size, void *array, size_t *count)
{
	size_t n = ahead(w, name);
	void *room;

	if (n == 0)
		return true;
	if ((room = calloc(n, size)) == NULL) {
		w->memory = true;
		return false;
	}
	memcpy(array, &room, sizeof(room));
	*count = n;
	return true;
}

/* --- the parts ------------------------------------------------------------ */

static bool
read_consulate(struct walk *w, struct trust_consulate *out)
{
	struct walk in;

	return enter(w, "Consulate", &in) &&
	    read_text(&in, "Code", out->code, sizeof(out->code)) &&
	    read_text(&in, "Name", out->name, sizeof(out->name)) &&
	    read_optional(&in, "Address", out->address, sizeof(out->address)) &&
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
read_label(struct walk *w, struct trust_pathway *out)
{
	struct walk in;
	const char *language;
	int i;

	return enter(w, "Label", &in) &&
	    (language = text_of(&in, "Language")) != NULL &&
	    (i = language_index(language)) >= 0 &&
	    read_text(&in, "Text", out->label[i], sizeof(out->label[i])) &&
	    in.at == NULL;
}

static bool
read_pathway(struct walk *w, struct trust_pathway *out)
{
	struct walk in;

	if (!enter(w, "Pathway", &in) ||
	    !read_text(&in, "Code", out->code, sizeof(out->code)))
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
read_key_status(struct walk *w, struct trust_key *out)
{
	const char *status = text_of(w, "Status");
	int i;

	for (i = KEY_ACTIVE; status != NULL && i <= KEY_REVOKED; i++)
		if (strcmp(status, trust_status_name((enum key_status)i)) == 0)
			break;
	if (status == NULL || i > KEY_REVOKED)
		return false;
	out->status = (enum key_status)i;
	out->since = out->status == KEY_REVOKED ? TRUST_WHOLE_LIFE : 0;
	return !is_element(w->at, "Since") ||
	    (out->status != KEY_ACTIVE &&
		read_instant(w, "Since", &out->since));
}

static bool
read_evidence(struct walk *w, struct trust_key *out)
{
	struct walk in;

	if (!is_element(w->at, "Evidence"))
		return true;
	out->has_evidence = true;
	return enter(w, "Evidence", &in) &&
	    parse_number(&in, "Size", &out->evidence_size) &&
	    read_hash(&in, "Root", out->evidence_root) && in.at == NULL;
}

static bool
read_key(struct walk *w, struct trust_key *out)
{
	struct walk in;

	return enter(w, "Key", &in) &&
	    read_text(&in, "KeyName", out->key_name, sizeof(out->key_name)) &&
	    read_certificate(text_of(&in, "Certificate"), out) &&
	    read_key_status(&in, out) && read_evidence(&in, out) &&
	    in.at == NULL;
}

static bool
read_log_state(struct walk *w, struct trust_log *out)
{
	const char *state = text_of(w, "State");

	if (state == NULL)
		return false;
	out->closed = strcmp(state, "closed") == 0;
	if (!out->closed)
		return strcmp(state, "open") == 0;
	return parse_number(w, "FinalSize", &out->final_size) &&
	    read_hash(w, "FinalRoot", out->final_root);
}

static bool
read_log(struct walk *w, struct trust_log *out)
{
	struct walk in;
	uint64_t generation;

	if (!enter(w, "Log", &in) ||
	    !parse_number(&in, "Generation", &generation) ||
	    generation > UINT_MAX)
		return false;
	out->generation = (unsigned)generation;
	return read_vkey(&in, "LogKey", &out->log) &&
	    read_vkey(&in, "CosignerKey", &out->cosigner) &&
	    read_log_state(&in, out) && in.at == NULL;
}

static bool
read_person(struct walk *w, struct trust_person *out)
{
	const xmlNode *node = w->at;
	struct walk in;
	const char *role, *key;

	if (!enter(w, "Person", &in) || in.at != NULL ||
	    (role = attribute(node, "role")) == NULL ||
	    (key = attribute(node, "key")) == NULL)
		return false;
	out->role = person_role_letter(role);
	return attribute_text(node, "code", out->code, sizeof(out->code)) &&
	    hex_decode_exact(key, strlen(key), out->key, sizeof(out->key));
}

static bool
read_roster(struct walk *w, struct trust_roster *out)
{
	const xmlNode *node = w->at;
	struct walk in;
	size_t i;

	if (!enter(w, "Roster", &in) ||
	    !attribute_instant(node, "since", &out->since) ||
	    !make_room(&in, "Person", sizeof(out->persons[0]), &out->persons,
		&out->person_count))
		return false;
	for (i = 0; i < out->person_count; i++)
		if (!read_person(&in, &out->persons[i]))
			return false;
	return in.at == NULL;
}

static bool
read_removed(struct walk *w, struct trust_removed *out)
{
	const xmlNode *node = w->at;
	const char *size;
	struct walk in;

	if (!enter(w, "Removed", &in) || in.at != NULL ||
	    !attribute_text(node, "code", out->code, sizeof(out->code)) ||
	    !attribute_instant(node, "since", &out->since))
		return false;
	size = attribute(node, "size");
	out->has_size = size != NULL;
	return size == NULL || read_number(size, &out->size);
}

/* Who acts there, after the center's keys and logs. */
static bool
read_staff(struct walk *w, struct trust_center *out)
{
	size_t i;

	if (!make_room(w, "Roster", sizeof(out->rosters[0]), &out->rosters,
		&out->roster_count))
		return false;
	for (i = 0; i < out->roster_count; i++)
		if (!read_roster(w, &out->rosters[i]))
			return false;
	if (!make_room(w, "Removed", sizeof(out->removed[0]), &out->removed,
		&out->removed_count))
		return false;
	for (i = 0; i < out->removed_count; i++)
		if (!read_removed(w, &out->removed[i]))
			return false;
	return true;
}

static bool
read_center_head(struct walk *in, struct trust_center *out)
{
	return read_text(in, "Code", out->code, sizeof(out->code)) &&
	    read_text(in, "Name", out->name, sizeof(out->name)) &&
	    read_text(in, "Country", out->country, sizeof(out->country)) &&
	    read_text(in, "TimeZone", out->timezone, sizeof(out->timezone)) &&
	    read_optional(in, "Hotline", out->hotline, sizeof(out->hotline));
}

static bool
read_center(struct walk *w, struct trust_center *out)
{
	struct walk in;
	size_t i;

	if (!enter(w, "Center", &in) || !read_center_head(&in, out) ||
	    !make_room(
		&in, "Key", sizeof(out->keys[0]), &out->keys, &out->key_count))
		return false;
	for (i = 0; i < out->key_count; i++)
		if (!read_key(&in, &out->keys[i]))
			return false;
	if (!make_room(
		&in, "Log", sizeof(out->logs[0]), &out->logs, &out->log_count))
		return false;
	for (i = 0; i < out->log_count; i++)
		if (!read_log(&in, &out->logs[i]))
			return false;
	return read_staff(&in, out) && in.at == NULL;
}

static bool
read_post_status(struct walk *w, struct trust_post *out)
{
	const char *status = text_of(w, "Status");

	if (status == NULL)
		return false;
	out->status =
	    strcmp(status, "revoked") == 0 ? POST_REVOKED : POST_ACTIVE;
	if (out->status == POST_ACTIVE)
		return strcmp(status, "active") == 0;
	out->since = TRUST_WHOLE_LIFE;
	return w->at == NULL || read_instant(w, "Since", &out->since);
}

static bool
read_post(struct walk *w, struct trust_post *out)
{
	struct walk in;

	return enter(w, "Post", &in) &&
	    read_text(&in, "Name", out->name, sizeof(out->name)) &&
	    read_vkey(&in, "CosignerKey", &out->cosigner) &&
	    read_vkey(&in, "ReportKey", &out->report) &&
	    read_post_status(&in, out) && in.at == NULL;
}

/* --- the whole ------------------------------------------------------------ */

static bool
read_head(struct walk *w, struct trust_list *out)
{
	return read_text(w, "Program", out->program, sizeof(out->program)) &&
	    read_text(w, "Name", out->name, sizeof(out->name)) &&
	    read_optional(w, "Emblem", out->emblem, sizeof(out->emblem)) &&
	    parse_number(w, "Sequence", &out->sequence) &&
	    read_instant(w, "IssuedAt", &out->issued_at) &&
	    read_instant(w, "NextUpdate", &out->next_update) &&
	    read_instant(w, "NotAfter", &out->not_after);
}

static bool
read_program(struct walk *w, struct trust_list *out)
{
	size_t i;

	if (!make_room(w, "Consulate", sizeof(out->consulates[0]),
		&out->consulates, &out->consulate_count))
		return false;
	for (i = 0; i < out->consulate_count; i++)
		if (!read_consulate(w, &out->consulates[i]))
			return false;
	if (!make_room(w, "Pathway", sizeof(out->pathways[0]), &out->pathways,
		&out->pathway_count))
		return false;
	for (i = 0; i < out->pathway_count; i++)
		if (!read_pathway(w, &out->pathways[i]))
			return false;
	return true;
}

static bool
read_offices(struct walk *w, struct trust_list *out)
{
	size_t i;

	if (!make_room(w, "Center", sizeof(out->centers[0]), &out->centers,
		&out->center_count))
		return false;
	for (i = 0; i < out->center_count; i++)
		if (!read_center(w, &out->centers[i]))
			return false;
	if (!make_room(w, "Post", sizeof(out->posts[0]), &out->posts,
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
	struct walk w;
	bool good;

	if (!is_element(root, dsig_trust.root))
		return false;
	w = (struct walk){ .at = root->children };
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
	bool memory = list == NULL;
	xmlDoc *doc = NULL;
	enum err rc = ERR_OK;

	if (list != NULL)
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
