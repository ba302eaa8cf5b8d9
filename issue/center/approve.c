/*
 * approve.c - judging drafts for approval: approve.h.
 */
#include "issue/center/approve.h"
#include "issue/center/draft_verify.h"
#include "issue/center/fate.h"
#include "issue/register/draft.h"
#include "issue/register/event.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum err
refused(struct center *center, const char *approver, int64_t id, enum err rc)
{
	char subject[32];

	if (rc != ERR_REFUSED)
		return rc;
	snprintf(subject, sizeof(subject), "draft %lld", (long long)id);
	register_event(
	    center->reg, clock_now(), "refused-draft", approver, subject);
	return rc;
}

static enum err
judge(const struct draft *draft, const char *approver, struct errtext *err)
{
	if (draft->state == DRAFT_DISCARDED)
		return err_set(err, ERR_REFUSED,
		    _("draft %lld: it was "
		      "discarded"),
		    (long long)draft->id);
	if (draft->state == DRAFT_PENDING &&
	    strcmp(draft->officer, approver) == 0)
		return err_set(err, ERR_REFUSED,
		    _("draft %lld: who drafted it may not approve it"),
		    (long long)draft->id);
	return ERR_OK;
}

static enum err
append(struct picks *picks, const struct draft *draft, struct errtext *err)
{
	struct pick *pick;

	if (!ARRAY_ROOM(picks->at, picks->count, picks->cap))
		return err_memory(err);
	pick = &picks->at[picks->count++];
	*pick = (struct pick){ .draft = draft->id,
		.before = draft->number[0] != '\0',
		.warnings = warnings_of((const char *)draft->problems.at) };
	memcpy(pick->digest, draft->digest, sizeof(pick->digest));
	memcpy(pick->number, draft->number, sizeof(pick->number));
	return ERR_OK;
}

static bool
is_picked(const struct picks *picks, int64_t id)
{
	for (size_t i = 0; i < picks->count; i++)
		if (picks->at[i].draft == id)
			return true;
	return false;
}

static enum err
add_checked(struct picks *picks, struct center *center, const char *approver,
    int64_t id, struct errtext *err)
{
	struct draft draft = { 0 };
	enum err rc;

	rc = draft_verify(center, id, &draft, err);
	if (rc == ERR_OK)
		rc = judge(&draft, approver, err);
	if (rc == ERR_OK)
		rc = append(picks, &draft, err);
	register_draft_clear(&draft);
	return rc;
}

/* A letter whose data was erased has an empty draft, which nobody changed; and
 * what nobody may show is not handed out once more. */
static enum err
check_letter(struct center *center, int64_t id, struct errtext *err)
{
	struct draft draft = { 0 };
	struct issued letter = { 0 };
	enum err rc = ERR_OK;

	if (register_draft_load(
		center->reg, center->info.center, id, &draft, NULL) == ERR_OK &&
	    draft.state == DRAFT_APPROVED &&
	    register_letter_load(center->reg, draft.number, &letter, NULL) ==
		ERR_OK)
		rc = fate_printable(center, &letter, err);
	register_letter_clear(&letter);
	register_draft_clear(&draft);
	return rc;
}

enum err
approve_add(struct picks *picks, struct center *center, const char *approver,
    int64_t id, struct errtext *err)
{
	enum err rc;

	if (is_picked(picks, id))
		return ERR_OK;
	if ((rc = check_letter(center, id, err)) != ERR_OK)
		return rc;
	return refused(center, approver, id,
	    add_checked(picks, center, approver, id, err));
}

/* --- all that wait ------------------------------------------------------- */

struct waiting {
	int64_t *id;
	size_t count, cap;
	struct left_out duplicates, again;
	bool failed;
};

static void
leave_out(struct left_out *left, int64_t id)
{
	if (left->count < APPROVE_NAMED)
		left->id[left->count] = id;
	left->count++;
}

static bool
gather(void *arg, int64_t id, bool duplicate, bool again)
{
	struct waiting *waiting = arg;

	if (again) {
		leave_out(&waiting->again, id);
		return true;
	}
	if (duplicate) {
		leave_out(&waiting->duplicates, id);
		return true;
	}
	if (!ARRAY_ROOM(waiting->id, waiting->count, waiting->cap)) {
		waiting->failed = true;
		return false;
	}
	waiting->id[waiting->count++] = id;
	return true;
}

/* Nobody changed it: what one draft lacks must not keep back the others. */
static enum err
add_waiting(struct picks *picks, struct center *center, const char *approver,
    int64_t id, struct errtext *err)
{
	bool old = false, orphaned = false;
	enum err rc = add_checked(picks, center, approver, id, err);

	if (rc != ERR_REFUSED)
		return rc;
	if (draft_outdated(center, id, &old, NULL) == ERR_OK && old)
		leave_out(&picks->old, id);
	else if (draft_orphaned(center, id, &orphaned, NULL) == ERR_OK &&
	    orphaned)
		leave_out(&picks->orphaned, id);
	else
		return refused(center, approver, id, rc);
	return ERR_OK;
}

enum err
approve_add_all(struct picks *picks, struct center *center,
    const char *approver, struct errtext *err)
{
	struct waiting waiting = { 0 };
	enum err rc;

	/* only numbers first: a damaged row must be refused as such, below */
	rc = register_draft_waiting(center->reg, gather, &waiting, err);
	if (rc == ERR_OK && waiting.failed)
		rc = err_memory(err);
	for (size_t i = 0; i < waiting.count && rc == ERR_OK; i++)
		rc = add_waiting(picks, center, approver, waiting.id[i], err);
	picks->duplicates = waiting.duplicates;
	picks->again = waiting.again;
	free(waiting.id);
	return rc;
}

void
approve_clear(struct picks *picks)
{
	free(picks->at);
	*picks = (struct picks){ 0 };
}
