/* sello-issue discard: give drafts up; all of those named, or none. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/commands.h"
#include "issue/deeds.h"

#include <stdio.h>
#include <stdlib.h>

static enum err
parse_ids(const struct cli *cli, int64_t **out, struct errtext *err)
{
	int64_t *ids = calloc((size_t)cli->arg_count, sizeof(*ids));
	enum err rc = ERR_OK;

	if (ids == NULL)
		return err_memory(err);
	for (int i = 0; i < cli->arg_count && rc == ERR_OK; i++)
		rc = command_draft_id(cli->args[i], &ids[i], err);
	if (rc == ERR_OK)
		*out = ids;
	else
		free(ids);
	return rc;
}

static void
tell(const struct cli *cli, int64_t id)
{
	json_t *object;

	if (!cli->json) {
		print(_("Draft %lld is discarded."), (long long)id);
		print("\n");
		return;
	}
	object = json_object();
	json_object_set_new(object, "draft", json_integer(id));
	json_set_text(object, "state", "discarded");
	json_line(object);
}

int
cmd_discard(struct cli *cli)
{
	struct center *center = NULL;
	struct person person = { 0 };
	struct errtext err = { 0 };
	const char *reason = NULL;
	int64_t *ids = NULL;
	enum err rc;
	int status = 0;

	if ((rc = parse_ids(cli, &ids, &err)) != ERR_OK ||
	    (rc = command_reason(cli, &reason, &err)) != ERR_OK ||
	    (rc = center_open(cli->home, true, &center, &err)) != ERR_OK ||
	    (rc = command_login(cli, center, "as",
		 ROLE_BIT(ROLE_DRAFTER) | ROLE_BIT(ROLE_APPROVER), &person,
		 &err)) != ERR_OK ||
	    (rc = deed_discard(center, person.code, ids, (size_t)cli->arg_count,
		 reason, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	for (int i = 0; rc == ERR_OK && i < cli->arg_count; i++)
		tell(cli, ids[i]);
	people_clear(&person);
	center_close(&center);
	free(ids);
	return status;
}
