/*
 * list.c - reading and accepting trust lists: list.h.
 */
#include "trust/list.h"

#include "base/i18n.h"
#include "base/policy.h"
#include "base/sha256.h"
#include "base/suspect.h"
#include "trust/list_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *
trust_status_name(enum key_status status)
{
	switch (status) {
	case KEY_ACTIVE:
		return N_("active");
	case KEY_RETIRED:
		return N_("retired");
	case KEY_REVOKED:
		return N_("revoked");
	}
	return "";
}

bool
trust_log_origin(const char *program, const char *center, unsigned generation,
    char out[VKEY_NAME_MAX + 1])
{
	int len = snprintf(out, VKEY_NAME_MAX + 1, "%s/log/%s/%u", program,
	    center, generation);

	return len > 0 && len <= VKEY_NAME_MAX;
}

bool
trust_post_origin(
    const char *program, const char *post, char out[VKEY_NAME_MAX + 1])
{
	int len = snprintf(out, VKEY_NAME_MAX + 1, "%s/post/%s", program, post);

	return len > 0 && len <= VKEY_NAME_MAX;
}

/* --- reading -------------------------------------------------------------- */

static enum err
damaged(enum err rc, struct errtext *err)
{
	return err_set(err, rc,
	    _("the trust list is damaged or was changed; do not use it, get "
	      "another copy"));
}

/* What does not even look like a signed list was not signed so. */
static enum err
scan(const void *xml, size_t len, struct dsig *out, struct errtext *err)
{
	enum err rc = dsig_scan(&dsig_trust, xml, len, out, err);

	return rc == ERR_PROFILE ? damaged(rc, err) : rc;
}

/*
 * Who signed: today only the root itself. A list signer certified by the
 * root will be found here, by its certificate's chain.
 */
static enum err
check_signature(const struct dsig *sig, X509 *root, struct root_info *info,
    struct errtext *err)
{
	enum err rc;

	if ((rc = cert_read_root(root, info, err)) != ERR_OK)
		return rc;
	if (strcmp(sig->key_name, info->key_name) != 0)
		return err_set(err, ERR_ISSUER,
		    _("the trust list is signed by key %s, not by this root "
		      "(%s): it is of another program, or damaged; get another "
		      "copy"),
		    sig->key_name, info->key_name);
	rc = dsig_verify(sig, X509_get0_pubkey(root), err);
	if (rc == ERR_SIGNATURE)
		damaged(rc, err);
	return rc;
}

/* Its own canonical form: what was read, written again, is what was signed. */
static enum err
compare(
    const struct dsig *sig, const struct trust_list *list, struct errtext *err)
{
	struct bytes again = { 0 };
	size_t rest = sig->len - sig->end;
	enum err rc;

	rc = trust_write(list, &again);
	if (rc != ERR_OK)
		err_memory(err);
	else if (again.len != sig->start + rest ||
	    memcmp(again.at, sig->xml, sig->start) != 0 ||
	    memcmp(again.at + sig->start, sig->xml + sig->end, rest) != 0)
		rc = err_set(err, ERR_PROFILE,
		    _("the trust list is not in canonical form, or from a "
		      "newer Sello: update this program"));
	bytes_free(&again);
	return rc;
}

static enum err
check_identity(const struct dsig *sig, const struct root_info *root,
    const struct trust_list *list, struct errtext *err)
{
	char id[DSIG_ID_MAX + 1];

	snprintf(
	    id, sizeof(id), "trust-%llu", (unsigned long long)list->sequence);
	if (strcmp(id, sig->id) != 0)
		return err_set(err, ERR_PROFILE,
		    _("the trust list is signed under another sequence than "
		      "it says"));
	if (strcmp(list->program, root->program) != 0)
		return err_set(err, ERR_PROFILE,
		    _("the trust list is of program %s, its root of %s"),
		    list->program, root->program);
	return ERR_OK;
}

/* Whatever another program or a line feed at the end made of the file, what
 * was signed is what the Signature's DigestValue says. */
static void
hash(const struct dsig *sig, const void *xml, size_t len,
    struct trust_list *list)
{
	memcpy(list->signed_digest, sig->digest, sizeof(list->signed_digest));
	sha256(xml, len, list->digest);
}

enum err
trust_peek(
    const void *xml, size_t len, struct trust_list **out, struct errtext *err)
{
	struct dsig sig;
	struct trust_list *list = NULL;
	enum err rc;

	if ((rc = scan(xml, len, &sig, err)) == ERR_OK &&
	    (rc = list_parse(sig.xml, sig.len, &list, err)) == ERR_OK &&
	    (rc = compare(&sig, list, err)) == ERR_OK) {
		hash(&sig, xml, len, list);
		*out = list;
		list = NULL;
	}
	trust_free(&list);
	return rc;
}

enum err
trust_read(const void *xml, size_t len, X509 *root, struct trust_list **out,
    struct errtext *err)
{
	struct dsig sig;
	struct root_info info;
	struct trust_list *list = NULL;
	enum err rc;

	if ((rc = scan(xml, len, &sig, err)) != ERR_OK ||
	    (rc = check_signature(&sig, root, &info, err)) != ERR_OK ||
	    (rc = list_parse(sig.xml, sig.len, &list, err)) != ERR_OK ||
	    (rc = compare(&sig, list, err)) != ERR_OK ||
	    (rc = check_identity(&sig, &info, list, err)) != ERR_OK ||
	    (rc = trust_check(list, root, err)) != ERR_OK ||
	    (rc = list_index(list, err)) != ERR_OK)
		goto out;
	hash(&sig, xml, len, list);
	list->training = info.training;
	*out = list;
	list = NULL;
out:
	trust_free(&list);
	return rc;
}

/* --- replacing one by the next -------------------------------------------- */

bool
trust_same(const struct trust_list *a, const struct trust_list *b)
{
	return memcmp(a->signed_digest, b->signed_digest,
		   sizeof(a->signed_digest)) == 0;
}

enum err
trust_accept(const struct trust_list *current, const struct trust_list *next,
    int64_t now, struct errtext *err)
{
	if (current != NULL && strcmp(current->program, next->program) != 0)
		return err_set(err, ERR_ISSUER,
		    _("the trust list is of program %s, not of %s"),
		    next->program, current->program);
	if (current != NULL && next->sequence < current->sequence)
		return err_set(err, ERR_STALE,
		    _("the trust list is older (number %llu) than the one "
		      "here (%llu), which is kept"),
		    (unsigned long long)next->sequence,
		    (unsigned long long)current->sequence);
	if (current != NULL && next->sequence == current->sequence) {
		if (trust_same(next, current))
			return err_set(
			    err, ERR_EXISTS, _("nothing new: same trust list"));
		return err_set(err, ERR_REFUSED,
		    _("two different trust lists carry number %llu: keep both "
		      "and tell the root custodian"),
		    (unsigned long long)next->sequence);
	}
	if (next->issued_at > now + POLICY_SLACK)
		return suspect_set(err, ERR_DATA, _("the trust list"),
		    next->issued_at, now,
		    current != NULL ? current->issued_at : 0);
	return ERR_OK;
}

static void
free_center(struct trust_center *center)
{
	size_t i;

	for (i = 0; i < center->key_count; i++) {
		X509_free(center->keys[i].cert);
		EVP_PKEY_free(center->keys[i].key);
	}
	for (i = 0; i < center->roster_count; i++)
		trust_roster_free(&center->rosters[i]);
	free(center->keys);
	free(center->logs);
	free(center->rosters);
	free(center->removed);
}

void
trust_free(struct trust_list **list)
{
	struct trust_list *l = *list;
	size_t i;

	if (l == NULL)
		return;
	for (i = 0; i < l->center_count; i++)
		free_center(&l->centers[i]);
	free(l->centers);
	free(l->consulates);
	free(l->pathways);
	free(l->posts);
	free(l->index);
	free(l);
	*list = NULL;
}
