/*
 * act.c - who acts, and the transaction: act.h.
 */
#include "issue/center/act.h"

#include "issue/center/guard.h"
#include "issue/center/logbook_kept.h"
#include "issue/center/logbook_open.h"
#include "issue/center/logbook_rules.h"
#include "issue/center/logbook_seal.h"
#include "issue/center/rekey.h"
#include "issue/center/rollback.h"
#include "issue/center/selfcheck.h"

#include "base/i18n.h"
#include "base/policy.h"
#include "cli/confirm.h"
#include "log/checkpoint.h"

#include <stdlib.h>

/* --- who ----------------------------------------------------------------- */

const struct person *
act_second(const struct act *act)
{
	return act->second.code[0] != '\0' ? &act->second : NULL;
}

const struct person *
act_holder(const struct act *act)
{
	if (act->actor.has_slot)
		return &act->actor;
	return act->second.has_slot ? &act->second : NULL;
}

enum err
act_open(struct act *act, struct errtext *err)
{
	const struct person *holder = act_holder(act);

	/* who has no slot is told so */
	return rekey_open(act->center, holder != NULL ? holder : &act->actor,
	    &act->ring, NULL, err);
}

/* --- may it go on? ------------------------------------------------------- */

static enum err
check_log(const struct center *center, struct errtext *err)
{
	if (center->list == NULL)
		return err_set(
		    err, ERR_CONFIG, "%s", center->list_problem.text);
	if (center->log == NULL)
		return err_set(err, ERR_CONFIG,
		    _("the trust list does not name this center's log; send "
		      "request.csr to the root custodian and take the next "
		      "list"));
	if (center->log->closed)
		return err_set(err, ERR_CONFIG,
		    _("the program root closed this center's log; make keys "
		      "for a new one with: sello-issue rekey --log"));
	if (center->log->generation > REGISTER_LOG_GENERATION_MAX)
		return err_set(err, ERR_CONFIG,
		    _("the trust list counts more logs than any center has"));
	return ERR_OK;
}

static struct center_signing
signing_of(const struct act *act)
{
	return (struct center_signing){ .now = act->now,
		.two_persons = act_second(act) != NULL,
		.confirmed = act->confirmed,
		.any_clock = act->any_clock };
}

enum err
act_check_log(struct act *act, struct errtext *err)
{
	struct center *center = act->center;
	enum err rc;

	if ((rc = check_log(center, err)) != ERR_OK ||
	    (rc = rollback_check(center, NULL, err)) != ERR_OK)
		return rc;
	return logbook_open_check(center, &act->actor, act_second(act), err);
}

enum err
act_check(struct act *act, bool *stale, struct errtext *err)
{
	const struct center_signing signing = signing_of(act);
	enum err rc = act_check_log(act, err);

	return rc == ERR_OK ? center_may_sign(act->center, &signing, stale, err)
			    : rc;
}

static enum err
load(struct act *act, struct errtext *err)
{
	struct logbook *book = &act->book;
	bool found;
	enum err rc;

	*book = (struct logbook){ .log = act->center->log,
		.has_guard = true /* but for recover.c */ };
	rc = register_log_head(
	    act->center->reg, book->log->generation, &book->head, &found, err);
	book->from = book->head.range.size;
	return rc == ERR_OK ? logbook_rules_load(act, err) : rc;
}

/*
 * What no clock may keep from being said is said with the last line's time
 * when this computer's cannot be believed: a line never goes back, and one
 * from the future would keep all others waiting for it. A new log goes on
 * where the one before ended.
 */
static enum err
choose_time(
    const struct center_signing *signing, struct act *act, struct errtext *err)
{
	int64_t line, newest;
	enum err rc = center_newest(act->center, &line, &newest, err);

	if (rc != ERR_OK || !signing->any_clock || line == 0)
		return rc;
	/* nor does one person alone carry the log over weeks */
	if (signing->confirmed > newest &&
	    (signing->two_persons ||
		(signing->confirmed - newest <= POLICY_ALONE &&
		    signing->confirmed <= act->center->list->not_after)))
		newest = signing->confirmed;
	if (act->now < line || confirm_is_jump(act->now, newest))
		act->now = line;
	return ERR_OK;
}

/* The power went before the guard had its first head: it gets that before
 * there is another commit, for then an empty one is believed no more. */
static enum err
fill_empty_guard(struct center *center, struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	struct bytes note = { 0 };
	unsigned generation;
	char *path = NULL;
	bool found = false;
	enum err rc;

	if ((rc = center_guard_path(center, &path, err)) == ERR_OK &&
	    guard_read(path, &note, NULL) == ERR_OK && note.len == 0 &&
	    (rc = register_log_newest(center->reg, &generation, err)) ==
		ERR_OK &&
	    generation > 0)
		rc = register_log_head(
		    center->reg, generation, &head, &found, err);
	/* whoever was ended behind that head had perhaps not flushed it */
	if (rc == ERR_OK && found &&
	    (rc = store_flush(register_store(center->reg), err)) == ERR_OK)
		rc = guard_write(path, &head.note, err);
	register_log_head_clear(&head);
	bytes_free(&note);
	free(path);
	return rc;
}

static enum err
begin(struct act *act, struct errtext *err)
{
	const struct center_signing signing = signing_of(act);
	struct center *center = act->center;
	bool stale;
	enum err rc;

	if ((rc = check_log(center, err)) != ERR_OK ||
	    (!act->recovering &&
		(rc = rollback_check(center, NULL, err)) != ERR_OK) ||
	    (rc = center_may_sign(center, &signing, &stale, err)) != ERR_OK ||
	    (rc = load(act, err)) != ERR_OK ||
	    (rc = choose_time(&signing, act, err)) != ERR_OK)
		return rc;
	/* what is recovered may be how it began */
	if (act->recovering)
		return ERR_OK;
	if ((rc = logbook_open_earlier(center, err)) != ERR_OK ||
	    (!act->book.kept && (rc = fill_empty_guard(center, err)) != ERR_OK))
		return rc;
	return logbook_open_log(act, err);
}

enum err
act_begin(struct act *act, int64_t now, struct errtext *err)
{
	enum err rc;

	act->now = now;
	act->outcome = ACT_OPEN;
	if ((rc = register_begin(act->center->reg, err)) == ERR_OK &&
	    (rc = begin(act, err)) != ERR_OK)
		act_rollback(act);
	return rc;
}

/* --- its end ------------------------------------------------------------- */

static enum err
sign_head(struct act *act, struct errtext *err)
{
	const struct trust_log *log = act->book.log;
	struct checkpoint head = { .size = act->book.head.range.size };
	struct bytes text = { 0 };
	struct bytes note = { 0 };
	enum err rc;

	tree_range_root(&act->book.head.range, &head.root);
	if (!text_copy(head.origin, sizeof(head.origin), log->log.name))
		return err_set(err, ERR_DATA, _("not the name of a log"));
	if ((rc = checkpoint_format(&head, &text, err)) == ERR_OK &&
	    (rc = checkpoint_sign(
		 &head, &log->log, act->ring.log, &note, err)) == ERR_OK)
		rc = checkpoint_cosign(text.at, text.len, &log->cosigner,
		    act->ring.cosigner, act->now, &note, err);
	if (rc == ERR_OK && note.len > GUARD_NOTE_MAX)
		rc = err_set(err, ERR_LIMIT,
		    _("the names of program and center are too long for the "
		      "log's guard"));
	if (rc == ERR_OK) {
		bytes_free(&act->book.head.note);
		act->book.head.note = note;
		note = (struct bytes){ 0 };
	}
	bytes_free(&text);
	bytes_free(&note);
	return rc;
}

static enum err
store_head(struct act *act, struct errtext *err)
{
	enum err rc;

	if (act->book.head.range.size == act->book.from)
		return ERR_OK;
	if ((rc = sign_head(act, err)) != ERR_OK ||
	    (rc = register_log_set_head(act->center->reg,
		 act->book.log->generation, &act->book.head, err)) != ERR_OK)
		return rc;
	if ((rc = logbook_seal_save(act, err)) != ERR_OK)
		return rc;
	return store_stamp(
	    register_store(act->center->reg), &act->book.end, err);
}

/* Called as soon as the lines stand. */
static enum err
write_guard(void *arg, struct errtext *err)
{
	struct act *act = arg;
	struct logbook *book = &act->book;
	char *path = NULL;
	enum err rc;

	act->outcome = ACT_STANDS;
	if (book->head.range.size == book->from)
		return ERR_OK;
	if ((rc = center_guard_path(act->center, &path, err)) != ERR_OK)
		return rc;
	if (!book->has_guard && guard_create(path, NULL) == ERR_IO)
		rc = guard_create(path, err);
	if (rc == ERR_OK)
		rc = guard_write(path, &book->head.note, err);
	if (rc == ERR_OK)
		logbook_kept_put(act);
	else
		err_prefix(err, "%s",
		    _("what was signed stands and is not to be done again, but "
		      "the log's guard could not be written, so nothing was "
		      "handed out. Mend that; then sello-issue publish writes "
		      "the guard, and who approved names the same drafts "
		      "again and gets the files"));
	free(path);
	return rc;
}

/* A commit that failed may have happened: the register itself knows, but where
 * the disk alone does. */
static void
look(struct act *act)
{
	const struct logbook *book = &act->book;
	struct log_head head = { .last_time = 0 };
	bool found = false;
	enum err rc;

	act->outcome = ACT_UNKNOWN;
	register_rollback(act->center->reg);
	if (book->head.range.size == book->from)
		return;
	rc = register_log_head(
	    act->center->reg, book->log->generation, &head, &found, NULL);
	/* that it can be read does not say that a power cut leaves it */
	if (rc == ERR_OK && found &&
	    bytes_equal(&head.note, &book->head.note)) {
		if (store_flush(register_store(act->center->reg), NULL) ==
		    ERR_OK)
			act->outcome = ACT_STANDS;
	} else if (rc == ERR_OK &&
	    !store_is_undecided(register_store(act->center->reg)))
		act->outcome = ACT_NOTHING;
	register_log_head_clear(&head);
}

static enum err
commit(struct act *act, struct errtext *err)
{
	enum err rc = store_head(act, err);

	/* most of it is done by now */
	if (rc == ERR_OK && act->selfcheck != NULL)
		rc = selfcheck_end(act->selfcheck, err);
	if (rc != ERR_OK)
		return rc;
	rc = register_commit_lines(act->center->reg, write_guard, act, err);
	if (rc == ERR_OK || act->outcome == ACT_STANDS)
		return rc;
	look(act);
	return act->outcome == ACT_STANDS ? write_guard(act, err) : rc;
}

enum err
act_commit(struct act *act, struct errtext *err)
{
	enum err rc = commit(act, err);

	act_rollback(act);
	return rc;
}

void
act_rollback(struct act *act)
{
	/* of a transaction that failed: not the next one's fault */
	if (act->selfcheck != NULL)
		selfcheck_end(act->selfcheck, NULL);
	if (act->center != NULL)
		register_rollback(act->center->reg);
	register_log_head_clear(&act->book.head);
	history_clear(&act->book.history);
	act->book = (struct logbook){ .log = NULL };
}

void
act_close(struct act *act)
{
	act_rollback(act);
	keyring_close(&act->ring);
	people_clear(&act->actor);
	people_clear(&act->second);
	center_close(&act->center);
}

/* --- handing out once more ----------------------------------------------- */

/* The newest head, and whether the guard has it. */
static enum err
compare_guard(struct center *center, const char *path, struct log_head *head,
    bool *same, struct errtext *err)
{
	struct bytes note = { 0 };
	unsigned generation;
	bool found;
	enum err rc;

	*same = true;
	rc = register_log_newest(center->reg, &generation, err);
	if (rc == ERR_OK && generation > 0) {
		rc = register_log_head(
		    center->reg, generation, head, &found, err);
		*same = guard_read(path, &note, NULL) == ERR_OK &&
		    bytes_equal(&note, &head->note);
	}
	bytes_free(&note);
	return rc;
}

/* Whoever writes now writes the guard, too: the comparison is made again once
 * nobody does. */
static enum err
settle(struct center *center, const char *path, struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	bool same;
	enum err rc = compare_guard(center, path, &head, &same, err);

	/* whoever was ended there had perhaps not flushed them either */
	if (rc == ERR_OK && !same &&
	    (rc = rollback_check(center, NULL, err)) == ERR_OK &&
	    (rc = store_flush(register_store(center->reg), err)) == ERR_OK)
		rc = guard_write(path, &head.note, err);
	register_log_head_clear(&head);
	return rc;
}

enum err
act_settle(struct center *center, struct errtext *err)
{
	const bool had_lock = center->lock >= 0;
	struct log_head head = { .last_time = 0 };
	char *path = NULL;
	bool same = true;
	enum err rc;

	if ((rc = center_guard_path(center, &path, err)) == ERR_OK)
		rc = compare_guard(center, path, &head, &same, err);
	if (rc == ERR_OK && !same && (rc = center_lock(center, err)) == ERR_OK)
		rc = settle(center, path, err);
	if (!had_lock)
		center_unlock(center);
	register_log_head_clear(&head);
	free(path);
	return rc;
}
