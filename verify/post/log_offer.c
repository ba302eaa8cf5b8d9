/*
 * log_offer.c - sentences, proof and evidence: log_offer.h.
 */
#include "verify/post/log_offer.h"

#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/suspect.h"
#include "store/row.h"
#include "verify/post/copy_log.h"
#include "verify/post/proof_file.h"

#include <stdarg.h>
#include <stdio.h>

/* --- sentences ----------------------------------------------------------- */

/* "GTGUA01", or "GTGUA01 (2)" where there are several. */
void
offer_say(struct offer *t, enum outcome outcome, const char *format, ...)
{
	char *text = t->out->text;
	va_list args;
	int len;

	t->out->outcome = outcome;
	if (t->center->log_count > 1)
		len = snprintf(text, LOG_TEXT_SIZE,
		    "%s (%u): ", t->center->code, t->named->generation);
	else
		len = snprintf(text, LOG_TEXT_SIZE, "%s: ", t->center->code);
	va_start(args, format);
	(void)vsnprintf(text + len, LOG_TEXT_SIZE - (size_t)len, format, args);
	va_end(args);
}

void
offer_refuse(struct offer *t, const struct errtext *why)
{
	offer_say(
	    t, OUTCOME_UNREADABLE, _("nothing taken: %s"), err_words(why));
}

bool
offer_is_cut(const struct offer *t)
{
	return t->got.head.size > t->end.size;
}

/* What a closed log has behind its end is said once more after each take. */
static void
say_cut(struct offer *t)
{
	struct errtext first = { 0 };

	if (!offer_is_cut(t))
		return;
	err_set(&first, ERR_OK, "%s", t->out->text);
	(void)snprintf(t->out->text, LOG_TEXT_SIZE,
	    _("%s. The root custodian closed this log after %s; "
	      "what stands behind that (%s) is not believed, and "
	      "says nothing against the center, which may not have "
	      "heard of it"),
	    first.text, COUNTED(LINES, t->end.size),
	    COUNTED(LINES, t->got.head.size - t->end.size));
}

/* Witness: what else this post has proof of, but for this log. */
static void
say_ahead(struct offer *t, enum outcome outcome, uint64_t added)
{
	const struct trust_list *list = t->post->list;
	struct errtext why = { 0 };

	suspect_set(&why, ERR_OK, _("the head of the log"), t->got.as_of,
	    t->now, list != NULL ? list->issued_at : 0);
	offer_say(t, outcome, _("%s, whose date is not believed: %s"),
	    COUNTED(NEW_LINES, added), why.text);
}

/* The copy afterwards. */
void
offer_say_state(struct offer *t, enum outcome outcome, uint64_t added)
{
	const struct post_log *log = post_logs_find(
	    &t->post->logs, t->center->code, t->named->generation);
	char at[LOCAL_SIZE] = "?";

	if (log == NULL)
		return;
	local_format(log->as_of, at);
	if (t->ahead && outcome != OUTCOME_OLDER)
		say_ahead(t, outcome, added);
	else if (outcome == OUTCOME_OLDER)
		offer_say(t, outcome,
		    _("older than what this post has (up to %s, %s); left"), at,
		    AGE(log->as_of, t->now));
	else if (added > 0)
		offer_say(t, outcome, _("%s, up to %s, %s"),
		    COUNTED(NEW_LINES, added), at, AGE(log->as_of, t->now));
	else
		offer_say(t, outcome, _("nothing new, up to %s, %s"), at,
		    AGE(log->as_of, t->now));
	say_cut(t);
}

void
offer_say_waiting(struct offer *t)
{
	struct errtext first = { 0 };

	offer_say_state(t, OUTCOME_OLDER, 0);
	err_set(&first, ERR_OK, "%s", t->out->text);
	(void)snprintf(t->out->text, LOG_TEXT_SIZE,
	    _("%s. Whether its signed head (%s) fits what this post has is "
	      "found when the center's newest log is synced again"),
	    first.text, COUNTED(LINES, t->got.head.size));
}

/* --- proof against a log ------------------------------------------------- */

static void
keep_head(struct offer *t, const struct bytes *note)
{
	struct bytes prefix = { 0 };

	bytes_addf(&prefix, "log-%s-%u", t->center->code, t->named->generation);
	if (!prefix.failed && note->len > 0)
		(void)proof_file_keep(
		    t->post, (const char *)prefix.at, ".checkpoint", note);
	bytes_free(&prefix);
}

static void
freeze(struct offer *t)
{
	struct post_logs *logs = &t->post->logs;

	if (post_logs_begin(logs, NULL) != ERR_OK)
		return;
	(void)copy_log_freeze(logs, t->log.id, t->now, NULL);
	(void)post_logs_commit(logs, NULL);
}

/* The copy's own head, as its signature has it: what stands on this disk alone
 * accuses nobody. Anything but ERR_OK: it cannot be used. */
static enum err
load_ours(struct offer *t, struct bytes *out, struct errtext *err)
{
	struct checkpoint head;
	struct note parsed;
	int64_t as_of = 0;
	enum err rc = copy_log_head(&t->post->logs, t->log.id, out, err);
	bool good = rc == ERR_OK &&
	    checkpoint_open(out->at, out->len, &t->named->log, &head, &parsed,
		NULL) == ERR_OK &&
	    (head.size > t->log.size || /* cut where the root closed it */
		(head.size == t->log.size &&
		    tree_hash_equal(&head.root, &t->log.root))) &&
	    checkpoint_cosigned(&parsed, &t->named->cosigner, &as_of, NULL) ==
		ERR_OK &&
	    as_of >= t->log.as_of;

	return good || rc != ERR_OK ? rc : row_damaged(err);
}

/* Both sides are kept before anything is said. other: NULL, the copy's. */
void
offer_fork(struct offer *t, const struct bytes *other, const char *why)
{
	struct bytes ours = { 0 };
	struct errtext err = { 0 };
	enum err rc = ERR_OK;

	if (other == NULL && t->log.size > 0)
		rc = load_ours(t, &ours, &err);
	if (rc != ERR_OK) {
		if (store_is_unseen(rc))
			offer_refuse(t, &err);
		else
			offer_copy_damaged(t);
		bytes_free(&ours);
		return;
	}
	keep_head(t, other != NULL ? other : &ours);
	keep_head(t, &t->got.note);
	freeze(t);
	bytes_free(&ours);
	offer_say(t, OUTCOME_MANIPULATED,
	    _("PROOF OF MANIPULATION: %s. This post keeps its good copy and "
	      "takes nothing more of this log. Send both signed heads to the "
	      "root custodian, and call the center before you act on its "
	      "letters. The heads are in %s/evidence"),
	    why, t->post->home);
}

void
offer_copy_damaged(struct offer *t)
{
	struct errtext err = { 0 };

	err_set(&err, ERR_CONFIG,
	    _("this post's own copy is damaged. Sync again: then the copy is "
	      "made anew, and what can be kept is kept"));
	offer_refuse(t, &err);
}

const char *
offer_rewritten(void)
{
	return _("the center's log contradicts what this post "
		 "verified before; it was rewritten, or different "
		 "people are shown different logs");
}

int64_t
offer_believe(const struct offer *t, int64_t last_time)
{
	if (!t->ahead)
		return t->got.as_of;
	return t->log.as_of > last_time ? t->log.as_of : last_time;
}

/* The time that the copy's own head bears, believed or not; 0: it is damaged,
 * and proves nothing. */
static enum err
own_as_of(const struct offer *t, int64_t *as_of, struct errtext *err)
{
	struct bytes note = { 0 };
	struct checkpoint head;
	struct note parsed;
	enum err rc = copy_log_head(&t->post->logs, t->log.id, &note, err);

	*as_of = 0;
	if (rc == ERR_OK &&
	    (checkpoint_open(note.at, note.len, &t->named->log, &head, &parsed,
		 NULL) != ERR_OK ||
		checkpoint_cosigned(
		    &parsed, &t->named->cosigner, as_of, NULL) != ERR_OK))
		*as_of = 0;
	bytes_free(&note);
	return store_is_unseen(rc) ? rc : ERR_OK;
}

static bool
clock_put_right_after(const struct offer *t, uint64_t size)
{
	const struct post_logs *logs = &t->post->logs;
	size_t i;

	for (i = 0; i < logs->gap_count; i++)
		if (logs->gap[i].log == t->log.id &&
		    logs->gap[i].before < logs->gap[i].after &&
		    logs->gap[i].line >= size)
			return true;
	return false;
}

enum err
offer_went_back(const struct offer *t, bool *back, struct errtext *err)
{
	int64_t own = 0;
	enum err rc;

	*back = false;
	if (t->got.head.size == 0 || t->got.head.size >= t->log.size ||
	    t->got.as_of <= t->log.as_of ||
	    clock_put_right_after(t, t->got.head.size))
		return ERR_OK;
	if ((rc = own_as_of(t, &own, err)) == ERR_OK)
		*back = own != 0 && t->got.as_of > own;
	return rc;
}

const char *
offer_shortened(void)
{
	return _("the center signed a shorter log after a longer one; "
		 "it went back behind what it had signed");
}

void
offer_line_wrong(struct offer *t, const struct errtext *why)
{
	keep_head(t, &t->got.note);
	offer_say(t, OUTCOME_MANIPULATED,
	    _("PROOF OF MANIPULATION: %s. Nothing was taken. Send the signed "
	      "head to the root custodian. It is in %s/evidence"),
	    why->text, t->post->home);
}

void
offer_finish(struct offer *t)
{
	const struct post_log *log = post_logs_find(
	    &t->post->logs, t->center->code, t->named->generation);

	bytes_free(&t->got.note);
	if (log == NULL)
		return;
	t->out->center = t->center->code;
	t->out->generation = t->named->generation;
	t->out->size = log->size;
	t->out->as_of = log->as_of;
	if (log->size > t->log.size)
		t->out->added = log->size - t->log.size;
}
