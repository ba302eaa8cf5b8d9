/*
 * recover_copies.c - a register without its guard: recover.h. Which copies of
 * the log are known here, and what must be said before it goes on.
 */
#include "issue/center/recover.h"

#include "issue/center/publication.h"
#include "issue/register/elsewhere.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/local.h"

#include <stdio.h>
#include <stdlib.h>

struct copies {
	const struct center *center;
	struct bytes text;
};

static void
add(struct bytes *out, const char *place, const char *what)
{
	if (out->len > 0)
		bytes_add_text(out, "; ");
	bytes_add_text(out, place);
	bytes_add_text(out, ": ");
	bytes_add_text(out, what);
}

/* One that cannot be read may be the newest: it is named as well. */
static enum err
add_place(void *arg, const char *place, struct errtext *err)
{
	struct copies *copies = arg;
	struct publication_state state;
	char at[LOCAL_SIZE] = "?", what[96];

	(void)err;
	if (publication_look(copies->center, place, &state, NULL) != ERR_OK ||
	    state.generation == 0) {
		add(&copies->text, place, _("cannot be read now"));
		return ERR_OK;
	}
	if (state.as_of != 0)
		local_format(state.as_of, at);
	snprintf(what, sizeof(what), _("%s as of %s"),
	    COUNTED(LINES, state.size), at);
	add(&copies->text, place, what);
	return ERR_OK;
}

enum err
recover_expect(
    const struct center *center, const char *from, struct errtext *err)
{
	char *logs = NULL, *head = file_join(from, "checkpoint");
	enum err rc = ERR_OK;

	if (head == NULL ||
	    asprintf(&logs, "%s/log/%s", from, center->info.center) < 0) {
		free(head);
		return err_memory(err);
	}
	if (!file_exists(head) && !file_exists(logs))
		rc = err_set(err, ERR_NOT_FOUND,
		    _("%s: nothing of this center's log is published here; "
		      "give the PUB folder. If it is on a stick, is the stick "
		      "in?"),
		    from);
	free(logs);
	free(head);
	return rc;
}

enum err
recover_without_guard(struct center *center, struct errtext *err)
{
	struct copies copies = { .center = center };
	enum err rc;

	rc = register_log_place_each(center->reg, add_place, &copies, err);
	if (rc == ERR_OK)
		bytes_add(&copies.text, "", 1);
	if (rc == ERR_OK && copies.text.failed)
		rc = err_memory(err);
	if (rc == ERR_OK)
		rc = err_set(err, ERR_CONFIG,
		    _("without the guard nobody here knows the log's newest "
		      "lines. Ask the consulates too, bring the newest "
		      "published copy, and name it with --from; --lost says "
		      "that there is none anywhere. Known here: %s"),
		    copies.text.len > 1 ? (const char *)copies.text.at
					: _("none"));
	bytes_free(&copies.text);
	return rc;
}
