/*
 * sello-issue draft --again: a drafter signs the own drafts again that lost
 * what the log would carry of them (register_draft_unsign()). What each says
 * was signed by this drafter, with the present key: nobody looks once more.
 */
#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/center/draft_verify.h"
#include "issue/commands.h"
#include "issue/register/draft.h"
#include "issue/register/state.h"
#include "letter/commitment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct again {
	struct center *center;
	struct person drafter;
	int64_t *id; /* of all that wait */
	size_t waiting, cap;
	bool failed;
	size_t done, others; /* signed; of other drafters */
};

static bool
gather(void *arg, int64_t id, bool duplicate, bool again)
{
	struct again *a = arg;

	(void)duplicate;
	(void)again;
	if ((a->failed = !ARRAY_ROOM(a->id, a->waiting, a->cap)))
		return false;
	a->id[a->waiting++] = id;
	return true;
}

/* A draft of which the log has the letter would become a second one, which its
 * drafter never meant: whoever has the disk can make it look like one that
 * waits. Its salt is still the one of then. */
static enum err
check_no_letter(struct again *a, const struct draft *draft, struct errtext *err)
{
	uint8_t commitment[LETTER_COMMITMENT_SIZE];
	bool drafted = false;
	enum err rc = letter_commitment(&draft->letter, commitment, err);

	if (rc == ERR_OK)
		rc = register_state_drafted(
		    a->center->reg, commitment, &drafted, err);
	if (rc == ERR_OK && drafted)
		rc = err_set(err, ERR_REFUSED,
		    _("draft %lld: it is a letter already, and was changed; "
		      "tell the auditor"),
		    (long long)draft->id);
	return rc;
}

/* Those of an old key are left to be refused: what is signed with it since does
 * not count, and nothing tells it from what was signed before. */
static enum err
sign_one(
    const struct cli *cli, struct again *a, int64_t id, struct errtext *err)
{
	struct draft draft = { 0 };
	bool old = false;
	enum err rc;

	rc = register_draft_load(
	    a->center->reg, a->center->info.center, id, &draft, err);
	if (rc == ERR_DATA) /* columns that no drafter wrote */
		rc = ERR_REFUSED;
	if (rc == ERR_OK && !draft.again) {
		rc = draft_outdated(a->center, id, &old, err);
		if (rc != ERR_OK || !old)
			goto out;
	}
	if (rc == ERR_OK && strcmp(draft.officer, a->drafter.code) != 0) {
		a->others += draft.again;
		goto out;
	}
	register_draft_clear(&draft);
	if (rc == ERR_OK)
		rc = draft_authentic(a->center, id, &draft, err);
	if (rc == ERR_OK)
		rc = check_no_letter(a, &draft, err);
	if (rc == ERR_REFUSED) { /* the others are good all the same */
		cli_warn(cli, "%s", err->text);
		rc = ERR_OK;
		goto out;
	}
	if (rc == ERR_OK)
		rc = register_draft_sign_again(a->center->reg,
		    a->center->info.center, &a->drafter, &draft, clock_now(),
		    err);
	a->done += rc == ERR_OK;
out:
	register_draft_clear(&draft);
	return rc;
}

static enum err
sign_all(const struct cli *cli, struct again *a, struct errtext *err)
{
	enum err rc = register_begin(a->center->reg, err);

	if (rc == ERR_OK)
		rc = register_draft_waiting(a->center->reg, gather, a, err);
	if (rc == ERR_OK && a->failed)
		rc = err_memory(err);
	for (size_t i = 0; rc == ERR_OK && i < a->waiting; i++)
		rc = sign_one(cli, a, a->id[i], err);
	if (rc == ERR_OK)
		rc = register_commit(a->center->reg, err);
	if (rc != ERR_OK)
		register_rollback(a->center->reg);
	return rc;
}

static void
tell(const struct cli *cli, const struct again *a)
{
	json_t *object;

	if (cli->json) {
		object = json_object();
		json_object_set_new(
		    object, "signed", json_integer((json_int_t)a->done));
		json_object_set_new(
		    object, "others", json_integer((json_int_t)a->others));
		json_line(object);
		return;
	}
	print(ngettext("%zu draft of yours was signed again.",
		  "%zu drafts of yours were signed again.", a->done),
	    a->done);
	print("\n");
	if (a->others == 0)
		return;
	print(ngettext("%zu draft waits for another drafter to do this.",
		  "%zu drafts wait for other drafters to do this.", a->others),
	    a->others);
	print("\n");
}

int
cmd_draft_again(struct cli *cli)
{
	struct again a = { .center = NULL };
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if ((rc = center_open(cli->home, true, &a.center, &err)) != ERR_OK ||
	    (rc = command_login(cli, a.center, "as", ROLE_BIT(ROLE_DRAFTER),
		 &a.drafter, &err)) != ERR_OK ||
	    (rc = sign_all(cli, &a, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else
		tell(cli, &a);
	people_clear(&a.drafter);
	center_close(&a.center);
	free(a.id);
	return status;
}
