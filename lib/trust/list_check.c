/*
 * list_check.c - what a trust list may say: list.h. docs/trust-list.md has
 * the same rules in words.
 */
#include "base/i18n.h"
#include "letter/code.h"
#include "letter/number.h"
#include "letter/pattern.h"
#include "trust/list.h"

#include <string.h>

#define GENERATION_MAX 999999999u

static enum err
wrong(struct errtext *err, const char *where, const char *what)
{
	return err_set(err, ERR_PROFILE, _("trust list, %s: %s"), where, what);
}

/* Rows that begin with their code, each after the one before. */
static bool
is_ascending(const void *rows, size_t count, size_t size)
{
	const char *row = rows;
	size_t i;

	for (i = 1; i < count; i++)
		if (strcmp(row + (i - 1) * size, row + i * size) >= 0)
			return false;
	return true;
}

static enum err
check_head(const struct trust_list *list, struct errtext *err)
{
	if (!cert_is_program(list->program) ||
	    !cert_text_is_fit(list->name, CERT_TEXT_MAX))
		return wrong(err, "Program", _("bad code or name"));
	if (list->emblem[0] != '\0' && !emblem_is_good(list->emblem))
		return wrong(err, "Emblem", _("not an emblem's outline"));
	if (list->sequence < 1 || list->sequence > TRUST_SEQUENCE_MAX)
		return wrong(err, "Sequence", _("out of range"));
	if (list->issued_at > list->next_update ||
	    list->next_update > list->not_after)
		return wrong(err, "NextUpdate", _("dates out of order"));
	return ERR_OK;
}

static bool
is_address(const char *text)
{
	return text[0] == '\0' || cert_text_is_fit(text, CERT_TEXT_MAX);
}

static enum err
check_consulates(const struct trust_list *list, struct errtext *err)
{
	size_t i;

	for (i = 0; i < list->consulate_count; i++)
		if (!pattern_fits("AA-AALLL", list->consulates[i].code) ||
		    !cert_text_is_fit(
			list->consulates[i].name, CERT_TEXT_MAX) ||
		    !is_address(list->consulates[i].address))
			return wrong(
			    err, "Consulate", _("bad code, name or address"));
	if (!is_ascending(list->consulates, list->consulate_count,
		sizeof(list->consulates[0])))
		return wrong(err, "Consulate", _("not in order"));
	return ERR_OK;
}

static bool
pathway_is_good(const struct trust_pathway *p)
{
	size_t i, labels = 0;

	for (i = 0; i < I18N_LANGUAGE_COUNT; i++) {
		if (p->label[i][0] == '\0')
			continue;
		if (!cert_text_is_fit(p->label[i], CERT_TEXT_MAX))
			return false;
		labels++;
	}
	return labels > 0 && pattern_fits("AAA", p->code) &&
	    code_find(code_pathway, p->code) == NULL;
}

static enum err
check_pathways(const struct trust_list *list, struct errtext *err)
{
	size_t i;

	for (i = 0; i < list->pathway_count; i++)
		if (!pathway_is_good(&list->pathways[i]))
			return wrong(err, "Pathway",
			    _("bad code or label, or one built in"));
	if (!is_ascending(
		list->pathways, list->pathway_count, sizeof(list->pathways[0])))
		return wrong(err, "Pathway", _("not in order"));
	return ERR_OK;
}

/* --- centers -------------------------------------------------------------- */

/* What must hold of the root for every key; worked out once. */
struct chain {
	X509 *root;
	struct root_info info;
};

static bool
key_is_of(const struct trust_key *key, const struct trust_center *center,
    const struct chain *chain)
{
	struct center_info says;
	char name[DSIG_KEY_NAME_SIZE];

	return cert_issued_by(key->cert, chain->root) &&
	    cert_read_center(key->cert, &says, NULL) == ERR_OK &&
	    strcmp(says.center, center->code) == 0 &&
	    memcmp(says.root, chain->info.fingerprint, 32) == 0 &&
	    cert_key_name(key->cert, name) == ERR_OK &&
	    strcmp(name, key->key_name) == 0 &&
	    strcmp(name, chain->info.key_name) != 0;
}

static bool
status_is_good(const struct trust_key *key)
{
	return (key->status != KEY_RETIRED || key->since != 0) &&
	    (!key->has_evidence || key->status == KEY_REVOKED);
}

static enum err
check_keys(const struct trust_center *center, const struct chain *chain,
    struct errtext *err)
{
	size_t i;

	for (i = 0; i < center->key_count; i++) {
		if (!key_is_of(&center->keys[i], center, chain))
			return wrong(err, center->code,
			    _("a certificate that is not this center's or "
			      "not of this root"));
		if (!status_is_good(&center->keys[i]))
			return wrong(err, center->code, _("bad key status"));
	}
	if (!is_ascending(
		center->keys, center->key_count, sizeof(center->keys[0])))
		return wrong(err, center->code, _("keys not in order"));
	return ERR_OK;
}

static bool
log_is_of(const struct trust_log *log, const char *program, const char *center)
{
	char origin[VKEY_NAME_MAX + 1];

	return log->generation >= 1 && log->generation <= GENERATION_MAX &&
	    trust_log_origin(program, center, log->generation, origin) &&
	    strcmp(log->log.name, origin) == 0 &&
	    strcmp(log->cosigner.name, origin) == 0 &&
	    log->log.type == VKEY_ED25519 &&
	    log->cosigner.type == VKEY_COSIGNATURE &&
	    memcmp(log->log.key, log->cosigner.key, 32) != 0;
}

static enum err
check_logs(
    const char *program, const struct trust_center *center, struct errtext *err)
{
	size_t i;

	for (i = 0; i < center->log_count; i++) {
		if (!log_is_of(&center->logs[i], program, center->code))
			return wrong(err, center->code,
			    _("a log whose keys do not name it"));
		if (i > 0 &&
		    center->logs[i - 1].generation >=
			center->logs[i].generation)
			return wrong(err, center->code, _("logs not in order"));
	}
	return ERR_OK;
}

/* A person signs beside the center: with a key that is not the center's. */
static enum err
check_roster(const struct trust_roster *roster,
    const struct trust_center *center, struct errtext *err)
{
	struct errtext why = { 0 };
	uint8_t point[PERSON_KEY_SIZE];
	size_t i;

	if (trust_roster_check(roster, &why) != ERR_OK)
		return wrong(err, center->code, why.text);
	if (roster->person_count == 0)
		return wrong(err, center->code, _("a roster of nobody"));
	for (i = 0; i < center->key_count; i++)
		if (person_key_point(center->keys[i].key, point) != ERR_OK ||
		    trust_roster_find_key(roster, point) != NULL)
			return wrong(err, center->code,
			    _("a person with the center's own key"));
	return ERR_OK;
}

static enum err
check_staff(const struct trust_center *center, struct errtext *err)
{
	size_t i;
	enum err rc;

	for (i = 0; i < center->roster_count; i++) {
		rc = check_roster(&center->rosters[i], center, err);
		if (rc != ERR_OK)
			return rc;
		if (i > 0 &&
		    center->rosters[i - 1].since > center->rosters[i].since)
			return wrong(
			    err, center->code, _("rosters not in order"));
	}
	for (i = 0; i < center->removed_count; i++)
		if (!person_is_code(center->removed[i].code))
			return wrong(err, center->code,
			    _("a removed person without a code"));
	if (!is_ascending(center->removed, center->removed_count,
		sizeof(center->removed[0])))
		return wrong(
		    err, center->code, _("removed persons not in order"));
	return ERR_OK;
}

static enum err
check_center(const char *program, const struct trust_center *center,
    const struct chain *chain, struct errtext *err)
{
	struct center_info says = { .log_key = { 1 } };
	struct errtext why = { 0 };
	enum err rc;

	memcpy(says.center, center->code, sizeof(says.center));
	memcpy(says.name, center->name, sizeof(says.name));
	memcpy(says.country, center->country, sizeof(says.country));
	memcpy(says.timezone, center->timezone, sizeof(says.timezone));
	memcpy(says.hotline, center->hotline, sizeof(says.hotline));
	if (center_info_check(&says, &why) != ERR_OK)
		return wrong(err, center->code, why.text);
	if ((rc = check_keys(center, chain, err)) != ERR_OK)
		return rc;
	if ((rc = check_logs(program, center, err)) != ERR_OK)
		return rc;
	return check_staff(center, err);
}

static enum err
check_centers(const struct trust_list *list, const struct chain *chain,
    struct errtext *err)
{
	size_t i;
	enum err rc;

	if (list->center_count > TRUST_CENTER_MAX)
		return wrong(err, "Center", _("too many"));
	if (!is_ascending(
		list->centers, list->center_count, sizeof(list->centers[0])))
		return wrong(err, "Center", _("not in order"));
	for (i = 0; i < list->center_count; i++) {
		rc = check_center(list->program, &list->centers[i], chain, err);
		if (rc != ERR_OK)
			return rc;
	}
	return ERR_OK;
}

/* --- posts ---------------------------------------------------------------- */

static bool
post_is_good(const struct trust_post *post, const char *program)
{
	char origin[VKEY_NAME_MAX + 1];

	return post_is_name(post->name) &&
	    trust_post_origin(program, post->name, origin) &&
	    strcmp(post->cosigner.name, origin) == 0 &&
	    strcmp(post->report.name, origin) == 0 &&
	    post->cosigner.type == VKEY_COSIGNATURE &&
	    post->report.type == VKEY_ED25519 &&
	    memcmp(post->cosigner.key, post->report.key, 32) != 0;
}

static enum err
check_posts(const struct trust_list *list, struct errtext *err)
{
	size_t i;

	for (i = 0; i < list->post_count; i++)
		if (!post_is_good(&list->posts[i], list->program))
			return wrong(
			    err, "Post", _("bad name, or keys of another"));
	if (!is_ascending(
		list->posts, list->post_count, sizeof(list->posts[0])))
		return wrong(err, "Post", _("not in order"));
	return ERR_OK;
}

_Static_assert(offsetof(struct trust_key, key_name) == 0, "is_ascending()");
_Static_assert(offsetof(struct trust_removed, code) == 0, "is_ascending()");
_Static_assert(offsetof(struct trust_post, name) == 0, "is_ascending()");

enum err
trust_check(const struct trust_list *list, X509 *root, struct errtext *err)
{
	struct chain chain = { .root = root };
	enum err rc;

	if ((rc = cert_read_root(root, &chain.info, err)) != ERR_OK ||
	    (rc = check_head(list, err)) != ERR_OK ||
	    (rc = check_consulates(list, err)) != ERR_OK ||
	    (rc = check_pathways(list, err)) != ERR_OK ||
	    (rc = check_centers(list, &chain, err)) != ERR_OK)
		return rc;
	return check_posts(list, err);
}
