/*
 * recover_clock.c - the log goes on after lines from the future: recover.h.
 */
#include "issue/center/recover.h"

#include "issue/center/logbook_open.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "base/suspect.h"

static enum err
enter_clock(struct act *act, int64_t now, struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_CLOCK, .time = now };

	if (!clock_format(act->book.head.last_time, entry.ref))
		return err_set(err, ERR_DATA, _("not a time"));
	act->now = now;
	return logbook_add(act, &entry, err);
}

enum err
recover_clock(struct act *act, int64_t now, int64_t *was, struct errtext *err)
{
	int64_t list = act->center->list->issued_at;
	int64_t line, newest;
	struct errtext why = { 0 };
	enum err rc = center_newest(act->center, &line, &newest, err);

	if (rc == ERR_OK && line < act->book.head.last_time)
		line = act->book.head.last_time;
	*was = 0;
	/* minutes are waited for: not worth a line, nor the question whether a
	 * shorter log was signed later */
	if (rc != ERR_OK || line <= now + POLICY_SLACK)
		return rc;
	if (now + POLICY_SLACK < list) {
		suspect_set(
		    &why, ERR_CONFIG, _("the trust list"), list, now, line);
		return err_set(err, ERR_CONFIG,
		    _("%s If this computer's date is right, ask the root "
		      "custodian for a new list"),
		    why.text);
	}
	/* a `clock` line is never the first one */
	if ((rc = logbook_open_log(act, err)) == ERR_OK)
		rc = enter_clock(act, now, err);
	if (rc == ERR_OK)
		*was = line;
	return rc;
}
