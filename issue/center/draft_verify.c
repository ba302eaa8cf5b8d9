/*
 * draft_verify.c - looking at a stored draft before it is used: draft_verify.h.
 */
#include "issue/center/draft_verify.h"

#include "issue/center/login.h"
#include "issue/register/draft.h"
#include "issue/register/state.h"

#include "base/i18n.h"
#include "log/entry.h"

#include <string.h>

static enum err
check_drafter(
    struct center *center, const struct person *person, struct errtext *err)
{
	if (person->role != ROLE_DRAFTER)
		return err_set(
		    err, ERR_REFUSED, _("who drafted it is not a drafter"));
	if (person->removed_at != 0)
		return err_set(err, ERR_REFUSED,
		    _("its drafter was removed; discard it and let another "
		      "drafter enter it again"));
	return person->must_change ? people_change_first(center, person, err)
				   : ERR_OK;
}

/* The log has its drafter by this code, and the letter must say the same. */
static bool
names_drafter(const struct draft *draft)
{
	return strcmp(draft->letter.officer, draft->officer) == 0;
}

static bool
is_committed(const struct draft *draft)
{
	uint8_t own[LETTER_COMMITMENT_SIZE];

	return draft->has_commitment &&
	    letter_commitment(&draft->letter, own, NULL) == ERR_OK &&
	    memcmp(own, draft->commitment, sizeof(own)) == 0;
}

static bool
is_signed(const char *center, const struct draft *draft,
    const uint8_t key[PERSON_KEY_SIZE])
{
	struct bytes text = { 0 };
	bool good;

	if (!draft->has_signature ||
	    !credential_verify(
		key, draft->message.at, draft->message.len, draft->signature))
		return false;
	if (draft->again)
		return true;
	entry_drafted_text(
	    draft->letter.program, center, draft->commitment, &text);
	good = !text.failed &&
	    credential_verify(key, text.at, text.len, draft->drafted);
	bytes_free(&text);
	return good;
}

struct signer {
	const struct center *center;
	const struct draft *draft;
	bool found;
};

static enum err
is_signers(void *arg, unsigned generation, uint64_t index, const char *line,
    size_t len, struct errtext *err)
{
	struct signer *signer = arg;
	struct log_entry entry;

	(void)generation, (void)index, (void)err;
	if (!signer->found && entry_parse(line, len, &entry, NULL) == ERR_OK &&
	    entry.has_person_key &&
	    strcmp(entry.ref, signer->draft->officer) == 0)
		signer->found = is_signed(signer->center->info.center,
		    signer->draft, entry.person_key);
	return ERR_OK;
}

/* With a key that the drafter had before: the log's staff lines have them. */
static enum err
was_signed(struct center *center, const struct draft *draft, bool *good,
    struct errtext *err)
{
	struct signer signer = { center, draft, false };
	enum err rc =
	    register_state_staff(center->reg, NULL, is_signers, &signer, err);

	*good = signer.found;
	return rc;
}

/* A letter stands with the key of then; one that waits needs the present one,
 * for its line does. */
static enum err
check_signed(struct center *center, const struct draft *draft,
    const struct person *drafter, struct errtext *err)
{
	bool waits = draft->state == DRAFT_PENDING, before;
	enum err rc;

	if (is_signed(center->info.center, draft, drafter->keys.sign))
		return ERR_OK;
	if ((rc = was_signed(center, draft, &before, err)) != ERR_OK)
		return rc;
	if (before)
		return waits ? err_set(err, ERR_REFUSED,
				   _("its drafter signed it with the key of "
				     "before and has another one now; nobody "
				     "changed it. Discard it (sello-issue "
				     "discard) and enter it again"))
			     : ERR_OK;
	return err_set(err, ERR_REFUSED,
	    waits ? _("it was changed after its drafter signed it; discard "
		      "it, enter it again, and tell the auditor")
		  : _("it was changed after its drafter signed it; tell the "
		      "auditor"));
}

/* The drafter's row comes back too. */
static enum err
check_signature(struct center *center, const struct draft *draft,
    struct person *drafter, struct errtext *err)
{
	enum err rc = people_find(center, draft->officer, drafter, err);

	if (rc == ERR_NOT_FOUND)
		rc = ERR_REFUSED;
	if (rc != ERR_OK || draft->state == DRAFT_DISCARDED)
		return rc;
	if (!names_drafter(draft))
		return err_set(err, ERR_REFUSED,
		    _("it names somebody else as its drafter; discard it, and "
		      "tell the auditor"));
	if (!draft->again && !is_committed(draft))
		return err_set(err, ERR_REFUSED,
		    _("it was changed after its drafter signed it; discard "
		      "it, enter it again, and tell the auditor"));
	return check_signed(center, draft, drafter, err);
}

static enum err
check_approvable(struct center *center, const struct draft *draft,
    const struct person *drafter, struct errtext *err)
{
	enum err rc = check_drafter(center, drafter, err);

	if (rc == ERR_OK && draft->again)
		rc = err_set(err, ERR_REFUSED,
		    _("lines of the log were lost, and this may be a letter in "
		      "them: its drafter signs it again. sello-issue draft "
		      "--again --as %s"),
		    drafter->code);
	return rc;
}

static bool
has_other_key(const struct center *center, const struct draft *draft,
    const struct person *drafter)
{
	return !is_signed(center->info.center, draft, drafter->keys.sign);
}

static bool
drafts_no_more(const struct center *center, const struct draft *draft,
    const struct person *drafter)
{
	(void)center;
	(void)draft;
	return drafter->removed_at != 0 || drafter->role != ROLE_DRAFTER;
}

/* What waits, unchanged, of a drafter of whom this is so. */
static enum err
waits_of(struct center *center, const struct draft *draft,
    bool (*is_so)(const struct center *center, const struct draft *draft,
	const struct person *drafter),
    bool *yes, struct errtext *err)
{
	struct person drafter = { 0 };
	enum err rc = people_find(center, draft->officer, &drafter, err);

	if (rc == ERR_OK && names_drafter(draft) &&
	    (draft->again || is_committed(draft)) &&
	    is_so(center, draft, &drafter))
		rc = was_signed(center, draft, yes, err);
	people_clear(&drafter);
	return rc == ERR_NOT_FOUND || rc == ERR_REFUSED ? ERR_OK : rc;
}

static enum err
is_outdated(struct center *center, const struct draft *draft, bool *old,
    struct errtext *err)
{
	return waits_of(center, draft, has_other_key, old, err);
}

static enum err
is_orphaned(struct center *center, const struct draft *draft, bool *orphaned,
    struct errtext *err)
{
	return waits_of(center, draft, drafts_no_more, orphaned, err);
}

static enum err
is_stuck(struct center *center, const struct draft *draft, bool *stuck,
    struct errtext *err)
{
	enum err rc = is_outdated(center, draft, stuck, err);

	return rc == ERR_OK && !*stuck ? is_orphaned(center, draft, stuck, err)
				       : rc;
}

/* Of one that waits. */
static enum err
ask(struct center *center, int64_t id,
    enum err (*question)(struct center *center, const struct draft *draft,
	bool *yes, struct errtext *err),
    bool *yes, struct errtext *err)
{
	struct draft draft = { 0 };
	enum err rc = register_draft_load(
	    center->reg, center->info.center, id, &draft, err);

	*yes = false;
	if (rc == ERR_DATA) /* nobody signed this */
		return ERR_OK;
	if (rc == ERR_OK && draft.state == DRAFT_PENDING)
		rc = question(center, &draft, yes, err);
	register_draft_clear(&draft);
	return rc;
}

enum err
draft_outdated(
    struct center *center, int64_t id, bool *old, struct errtext *err)
{
	return ask(center, id, is_outdated, old, err);
}

enum err
draft_orphaned(
    struct center *center, int64_t id, bool *orphaned, struct errtext *err)
{
	return ask(center, id, is_orphaned, orphaned, err);
}

enum err
draft_stuck(struct center *center, int64_t id, bool *stuck, struct errtext *err)
{
	return ask(center, id, is_stuck, stuck, err);
}

struct ending {
	struct center *center;
	const char *code;
	size_t count;
	struct errtext *err;
	enum err rc;
};

static void
add_ending(void *arg, int64_t id, int64_t at, bool again)
{
	struct ending *ending = arg;
	struct center *center = ending->center;
	struct draft draft = { 0 };
	bool stuck = false;

	(void)at, (void)again;
	if (ending->rc != ERR_OK)
		return;
	ending->rc = register_draft_load(
	    center->reg, center->info.center, id, &draft, ending->err);
	if (ending->rc == ERR_OK && strcmp(draft.officer, ending->code) == 0) {
		ending->rc = is_stuck(center, &draft, &stuck, ending->err);
		ending->count += !stuck;
	}
	if (ending->rc == ERR_DATA) /* nobody signed this */
		ending->rc = ERR_OK;
	register_draft_clear(&draft);
}

enum err
draft_ending(
    struct center *center, const char *code, size_t *count, struct errtext *err)
{
	struct ending ending = { center, code, 0, err, ERR_OK };
	enum err rc =
	    register_draft_waiting_since(center->reg, add_ending, &ending, err);

	*count = ending.count;
	return rc == ERR_OK ? ending.rc : rc;
}

/* `standing`: must the drafter of a waiting draft still be one? */
static enum err
load_checked(struct center *center, int64_t id, bool standing,
    struct draft *out, struct errtext *err)
{
	struct person drafter = { 0 };
	struct draft draft = { 0 };
	enum err rc;

	rc = register_draft_load(
	    center->reg, center->info.center, id, &draft, err);
	if (rc == ERR_DATA) /* columns that no drafter wrote */
		return ERR_REFUSED;
	if (rc != ERR_OK)
		return rc;
	rc = check_signature(center, &draft, &drafter, err);
	/* a letter stands, whatever became of its drafter since */
	if (rc == ERR_OK && standing && draft.state == DRAFT_PENDING)
		rc = check_approvable(center, &draft, &drafter, err);
	people_clear(&drafter);
	if (rc != ERR_OK) {
		err_prefix(err, _("draft %lld"), (long long)id);
		register_draft_clear(&draft);
		return rc;
	}
	*out = draft;
	return ERR_OK;
}

enum err
draft_authentic(
    struct center *center, int64_t id, struct draft *out, struct errtext *err)
{
	return load_checked(center, id, false, out, err);
}

enum err
draft_verify(
    struct center *center, int64_t id, struct draft *out, struct errtext *err)
{
	return load_checked(center, id, true, out, err);
}
