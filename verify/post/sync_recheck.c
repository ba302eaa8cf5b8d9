/*
 * sync_recheck.c - what a sync says of the letters shown here before: sync.h.
 */
#include "verify/post/sync.h"

#include "base/i18n.h"
#include "base/local.h"
#include "verify/post/recheck.h"
#include "verify/post/shown_mend.h"
#include "verify/post/unlogged.h"

#include <stdio.h>

struct telling {
	struct post *post;
	int64_t now;
	struct sync_listener *listener;
};

static void
tell(const struct telling *t, const struct presentation *p,
    enum outcome outcome, const struct errtext *what,
    const struct errtext *kept)
{
	char text[LOG_TEXT_SIZE];
	const struct sync_event event = { .kind = SYNC_PRESENTATION,
		.outcome = outcome,
		.text = text,
		.number = p->number };

	(void)snprintf(text, sizeof(text), "%s%s%s", what->text,
	    kept->text[0] != '\0' ? ". " : "", kept->text);
	sync_tell(t->listener, &event);
}

/* What the root custodian has settled is told once. */
static void
tell_absent(void *ctx, const struct rechecked *found)
{
	const struct telling *t = ctx;
	const struct unlogged letter = { .p = *found->p,
		.how = found->other ? UNLOGGED_OTHER : UNLOGGED_ABSENT };
	char at[LOCAL_SIZE];
	struct errtext what = { 0 }, kept = { 0 };
	bool known = false;

	local_format(found->p->time, at);
	if (!found->proven) {
		err_set(&what, ERR_OK,
		    _("letter %s, shown here on %s, is not in the center's "
		      "log. This post kept no signature of it that it can "
		      "check, so nothing is proven: if the letter is shown "
		      "again, keep its file and ask the center"),
		    found->p->number, at);
		tell(t, found->p, OUTCOME_UNREADABLE, &what, &kept);
		return;
	}
	unlogged_keep(t->post, found->p, false, t->now, &known, &kept);
	if (known && unlogged_is_settled(t->post, found->p))
		return;
	unlogged_sentence(&letter, at, &what);
	tell(t, found->p, OUTCOME_MANIPULATED, &what, &kept);
}

static void
tell_unread(struct sync_listener *listener, const char *text)
{
	const struct sync_event event = { .kind = SYNC_PRESENTATION,
		.outcome = OUTCOME_UNREADABLE,
		.text = text };

	sync_tell(listener, &event);
}

void
sync_recheck(struct post *post, int64_t now, struct sync_listener *listener)
{
	struct telling t = { .post = post, .now = now, .listener = listener };
	struct recheck_counts counts;
	struct errtext err = { 0 }, text = { 0 };
	enum err rc;

	rc = recheck_letters(post, now, tell_absent, &t, &counts, &err);
	if (rc != ERR_OK)
		err_set(&text, ERR_OK,
		    _("the letters shown here were not looked for in the "
		      "logs: %s"),
		    err.text);
	if (counts.damaged > 0)
		err_set(&text, ERR_DATA,
		    _("records of letters shown here that are damaged: "
		      "%llu. They were not looked for in the centers' "
		      "logs, and prove nothing; the computer's disk may be "
		      "failing"),
		    (unsigned long long)counts.damaged);
	if (text.text[0] != '\0')
		tell_unread(listener, text.text);
	if ((rc != ERR_OK && !store_is_unseen(rc)) || counts.damaged > 0 ||
	    counts.unproven)
		tell_unread(listener, shown_mend_key());
}
