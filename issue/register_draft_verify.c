/*
 * register_draft_verify.c - is a draft what its drafter signed, and is the
 * drafter still one? register.h.
 */
#include "issue/register.h"

#include "base/i18n.h"

static enum err
check_drafter(const struct person *person, struct errtext *err)
{
	if (person->role != ROLE_DRAFTER)
		return err_set(
		    err, ERR_REFUSED, _("its officer is not a drafter"));
	if (person->removed_at != 0)
		return err_set(err, ERR_REFUSED,
		    _("its drafter was removed; discard it and let another "
		      "drafter enter it again"));
	return ERR_OK;
}

static enum err
check_signature(struct registry *reg, const char *center, EVP_PKEY *key,
    const struct draft *draft, struct errtext *err)
{
	struct person person = { 0 };
	enum err rc;

	rc = people_find(reg, center, key, draft->officer, &person, err);
	if (rc == ERR_NOT_FOUND)
		rc = ERR_REFUSED;
	if (rc != ERR_OK)
		return rc;
	if (draft->state != DRAFT_DISCARDED &&
	    (!draft->has_signature ||
		!credential_verify(person.keys.sign, draft->message.at,
		    draft->message.len, draft->signature)))
		rc = err_set(err, ERR_REFUSED,
		    _("it was changed after its drafter signed it; discard "
		      "it, enter it again, and tell the auditor"));
	people_clear(&person);
	return rc;
}

static enum err
check_standing(struct registry *reg, const char *center, EVP_PKEY *key,
    const struct draft *draft, struct errtext *err)
{
	struct person person = { 0 };
	enum err rc;

	rc = people_find(reg, center, key, draft->officer, &person, err);
	if (rc == ERR_OK)
		rc = check_drafter(&person, err);
	people_clear(&person);
	return rc;
}

enum err
register_draft_authentic(struct registry *reg, const char *center,
    EVP_PKEY *key, int64_t id, struct draft *out, struct errtext *err)
{
	struct draft draft = { 0 };
	enum err rc;

	rc = register_draft_load(reg, center, id, &draft, err);
	if (rc == ERR_DATA) /* columns that no drafter wrote */
		return ERR_REFUSED;
	if (rc != ERR_OK)
		return rc;
	if ((rc = check_signature(reg, center, key, &draft, err)) != ERR_OK) {
		err_prefix(err, _("draft %lld"), (long long)id);
		register_draft_clear(&draft);
		return rc;
	}
	*out = draft;
	return ERR_OK;
}

enum err
register_draft_verify(struct registry *reg, const char *center, EVP_PKEY *key,
    int64_t id, struct draft *out, struct errtext *err)
{
	struct draft draft = { 0 };
	enum err rc;

	rc = register_draft_authentic(reg, center, key, id, &draft, err);
	/* a letter stands, whatever became of its drafter since */
	if (rc == ERR_OK && draft.state == DRAFT_PENDING &&
	    (rc = check_standing(reg, center, key, &draft, err)) != ERR_OK)
		err_prefix(err, _("draft %lld"), (long long)id);
	if (rc != ERR_OK) {
		register_draft_clear(&draft);
		return rc;
	}
	*out = draft;
	return ERR_OK;
}
