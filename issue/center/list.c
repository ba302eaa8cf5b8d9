/*
 * list.c - the trust list at a center, and what it says about signing:
 * center.h.
 */
#include "issue/center/center.h"

#include "issue/center/files.h"
#include "issue/center/rollback.h"
#include "issue/register/center_row.h"
#include "issue/register/letter.h"
#include "issue/register/log.h"

#include "base/file.h"
#include "base/local.h"
#include "base/policy.h"
#include "base/suspect.h"
#include "cli/confirm.h"

#include <stdlib.h>

/* --- taking a list ------------------------------------------------------- */

static enum err
write_beside(struct center *center, const char *name, const void *xml,
    size_t len, struct errtext *err)
{
	char *path = NULL;
	enum err rc;

	if ((rc = center_path(center->home, name, &path, err)) == ERR_OK)
		rc = file_write(path, 0644, xml, len, err);
	free(path);
	return rc;
}

/* The highest sequence stands in the register too, so that an older file put
 * in the place of trust.xml is noticed. */
static enum err
remember_sequence(struct center *center, uint64_t sequence, struct errtext *err)
{
	enum err rc;

	if ((rc = register_begin(center->reg, err)) != ERR_OK)
		return rc;
	if ((rc = center_row_took_list(center->reg, sequence, err)) == ERR_OK)
		rc = register_commit(center->reg, err);
	register_rollback(center->reg);
	if (rc == ERR_OK && sequence > center->list_sequence)
		center->list_sequence = sequence;
	return rc;
}

static enum err
judge(struct center *center, const struct trust_list *list, const void *xml,
    size_t len, int64_t now, struct errtext *err)
{
	enum err rc = trust_accept(center->list, list, now, err);

	if (rc == ERR_OK && list->sequence < center->list_sequence)
		return err_set(err, ERR_STALE,
		    _("this list is older than one that was taken before; "
		      "get the newest"));
	if (rc == ERR_REFUSED &&
	    write_beside(center, "trust-conflict.xml", xml, len, NULL) !=
		ERR_OK)
		err_prefix(err, "%s", _("and it could not be kept"));
	return rc;
}

enum err
center_accept_list(struct center *center, const void *xml, size_t len,
    int64_t now, bool *fresh, struct errtext *err)
{
	struct trust_list *list = NULL;
	enum err rc;

	*fresh = false;
	if ((rc = trust_read(xml, len, center->root, &list, err)) != ERR_OK)
		return rc;
	rc = judge(center, list, xml, len, now, err);
	if (rc == ERR_EXISTS) { /* this very list */
		trust_free(&list);
		return ERR_OK;
	}
	if (rc != ERR_OK ||
	    (rc = write_beside(center, "trust.xml", xml, len, err)) != ERR_OK ||
	    (rc = remember_sequence(center, list->sequence, err)) != ERR_OK)
		goto out;
	center_use_list(center, list);
	list = NULL;
	*fresh = true;
out:
	trust_free(&list);
	return rc;
}

/* --- may this center sign? ----------------------------------------------- */

static enum err
check_key(const struct center *center, struct errtext *err)
{
	const struct trust_key *own = center->own;

	if (center->list == NULL)
		return err_set(
		    err, ERR_CONFIG, "%s", center->list_problem.text);
	if (center->list->sequence < center->list_sequence)
		return err_set(err, ERR_CONFIG,
		    _("trust.xml is older than the list that was taken "
		      "before; take the newest again"));
	if (own == NULL)
		return err_set(err, ERR_CONFIG,
		    _("the trust list does not name this center's key %s; send "
		      "request.csr to the root custodian and take the next "
		      "list"),
		    center->key_name);
	switch (own->status) {
	case KEY_ACTIVE:
		break;
	case KEY_RETIRED:
		return err_set(err, ERR_CONFIG,
		    _("the trust list says that this center's key %s is "
		      "retired; make a new one with sello-issue rekey"),
		    center->key_name);
	case KEY_REVOKED:
		return err_set(err, ERR_CONFIG,
		    _("the trust list says that this center's key %s is "
		      "revoked; make a new one with sello-issue rekey"),
		    center->key_name);
	}
	return ERR_OK;
}

enum err
center_may_issue(const struct center *center, int64_t now, struct errtext *err)
{
	char end[LOCAL_SIZE] = "?";

	if (center->own == NULL || now < center->own->not_after)
		return ERR_OK;
	local_format(center->own->not_after, end);
	return err_set(err, ERR_CONFIG,
	    _("the center's certificate ended on %s, so no letter is signed; "
	      "withdrawing and publishing go on. Ask the root custodian to "
	      "renew the certificate of key %s (sello-keys certify), then take "
	      "the next list; if the date is wrong, set the clock right"),
	    end, center->key_name);
}

/* The time of the log's newest line; 0: none. */
static enum err
last_line(struct center *center, int64_t *out, struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	unsigned generation;
	bool found;
	enum err rc;

	rc = register_log_newest(center->reg, &generation, err);
	if (rc == ERR_OK && generation > 0)
		rc = register_log_head(
		    center->reg, generation, &head, &found, err);
	*out = head.last_time;
	register_log_head_clear(&head);
	return rc == ERR_DATA ? rollback_changed(err) : rc;
}

/* Letters count only until they have lines: after a wrong clock was put right
 * the newest letter may be dated later than the last line. */
enum err
center_newest(
    struct center *center, int64_t *line, int64_t *newest, struct errtext *err)
{
	enum err rc = last_line(center, line, err);

	if (rc == ERR_OK && *line == 0)
		rc = register_letter_last(center->reg, line, err);
	*newest = *line;
	if (center->list != NULL && center->list->issued_at > *newest)
		*newest = center->list->issued_at;
	return rc;
}

/* Its end is a matter of letters (center_may_issue). */
static enum err
check_start(
    const struct trust_key *own, int64_t now, int64_t list, struct errtext *err)
{
	struct errtext why = { 0 };

	if (now >= own->not_before)
		return ERR_OK;
	suspect_set(&why, ERR_CONFIG, _("the center's certificate"),
	    own->not_before, now, list);
	return err_set(err, ERR_CONFIG,
	    _("%s If this computer's date is right, ask the root custodian to "
	      "certify request.csr again (sello-keys certify), and take the "
	      "next list"),
	    why.text);
}

enum err
center_behind(
    const struct center *center, int64_t line, int64_t now, struct errtext *err)
{
	long ahead = (long)(line - now);
	struct errtext why = { 0 };

	if (ahead > 0 && ahead < 60) /* both would show the same minute */
		return err_set(err, ERR_CONFIG,
		    ngettext("the log's last line is %ld second ahead of this "
			     "computer's clock: wait a moment and try again",
			"the log's last line is %ld seconds ahead of this "
			"computer's clock: wait a moment and try again",
			(unsigned long)ahead),
		    ahead);
	suspect_set(&why, ERR_CONFIG, _("the log's last line"), line, now,
	    center->list->issued_at);
	if (line - now <= POLICY_SLACK) /* not worth two persons */
		return err_set(err, ERR_CONFIG,
		    _("%s It is only minutes: wait until then"), why.text);
	return err_set(err, ERR_CONFIG,
	    _("%s If this computer's date is right, two persons put the log "
	      "right with: sello-issue recover --clock"),
	    why.text);
}

/* Other signed dates are later than this computer's. */
static enum err
check_behind(
    const struct center *center, int64_t now, int64_t line, struct errtext *err)
{
	int64_t list = center->list->issued_at;
	struct errtext why = { 0 };

	if (now < line)
		return center_behind(center, line, now, err);
	if (now + POLICY_SLACK < list) {
		suspect_set(
		    &why, ERR_CONFIG, _("the trust list"), list, now, line);
		return err_set(err, ERR_CONFIG,
		    _("%s If this computer's date is right, ask the root "
		      "custodian for a new list"),
		    why.text);
	}
	return ERR_OK;
}

/* This computer's date is far from all that was signed. */
static enum err
check_ahead(const struct center *center, const struct center_signing *signing,
    int64_t newest, struct errtext *err)
{
	int64_t now = signing->now;
	int64_t known =
	    signing->confirmed > newest ? signing->confirmed : newest;
	char at[LOCAL_SIZE] = "?", last[LOCAL_SIZE] = "?";

	local_format(now, at);
	local_format(newest, last);
	if (!signing->two_persons && now - newest > POLICY_ALONE)
		return err_set(err, ERR_CONFIG,
		    _("the newest signed date here is %s, but this computer's "
		      "clock says %s, more than 7 days later: this computer's "
		      "clock is suspected. Set it; if it is right, a second "
		      "person must stand by it (--second), and the date be "
		      "typed (--confirm-date)"),
		    last, at);
	if (!signing->two_persons && now > center->list->not_after) {
		local_format(center->list->not_after, last);
		return err_set(err, ERR_CONFIG,
		    _("the trust list ended on %s, and this computer's clock "
		      "says %s: take the newest list; if the clock runs ahead, "
		      "set it. Without a newer list a second person must stand "
		      "by it (--second)"),
		    last, at);
	}
	if (confirm_is_jump(now, known))
		return err_set(err, ERR_CONFIG,
		    _("the newest signed date here is %s, but this computer's "
		      "clock says %s: this computer's clock is suspected. If "
		      "it is right, type the date (--confirm-date)"),
		    last, at);
	return ERR_OK;
}

enum err
center_clock(struct center *center, int64_t now, struct errtext *err)
{
	const struct center_signing alone = { .now = now };
	int64_t line = 0, newest = 0;
	enum err rc;

	if (center->list == NULL)
		return ERR_OK;
	if ((rc = center_newest(center, &line, &newest, err)) != ERR_OK ||
	    (rc = check_behind(center, now, line, err)) != ERR_OK)
		return rc;
	return now - newest > POLICY_ALONE
	    ? check_ahead(center, &alone, newest, err)
	    : ERR_OK;
}

static enum err
check_clock(struct center *center, const struct center_signing *signing,
    struct errtext *err)
{
	int64_t line, newest;
	enum err rc;

	if ((rc = center_newest(center, &line, &newest, err)) != ERR_OK ||
	    (rc = check_behind(center, signing->now, line, err)) != ERR_OK ||
	    (rc = check_start(center->own, signing->now,
		 center->list->issued_at, err)) != ERR_OK)
		return rc;
	return check_ahead(center, signing, newest, err);
}

enum err
center_may_sign(struct center *center, const struct center_signing *signing,
    bool *stale, struct errtext *err)
{
	enum err rc = check_key(center, err);

	if (rc == ERR_OK && !signing->any_clock)
		rc = check_clock(center, signing, err);
	if (rc == ERR_OK)
		*stale = signing->now > center->list->next_update;
	return rc;
}
