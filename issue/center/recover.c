/*
 * recover.c - recover.h.
 */
#include "issue/center/recover.h"

#include "issue/center/guard.h"
#include "issue/center/keyring.h"
#include "issue/center/logbook_open.h"
#include "issue/center/logbook_rules.h"
#include "issue/center/passed.h"
#include "issue/center/publication.h"
#include "issue/center/rollback.h"
#include "issue/register/draft.h"
#include "issue/register/elsewhere.h"
#include "issue/register/setting.h"

#include "base/file.h"
#include "base/i18n.h"
#include "ledger/line.h"
#include "log/folder.h"
#include "log/read.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- the copy
 * ---------------------------------------------------------------------- */

struct import {
	struct act *act;
	const struct trust_log *log; /* the generation that is read */
	struct log_head *head; /* its head: that of the act, or an older */
	struct recovery *report;
};

/* Only a line that one of our own keys signed. */
static enum err
check_line(const struct center *center, const struct log_entry *entry,
    struct errtext *err)
{
	const struct trust_center *owner = NULL;
	const struct trust_key *key =
	    trust_find_key(center->list, entry->key_name, &owner);
	enum err rc;

	if (key == NULL || strcmp(owner->code, center->info.center) != 0)
		return err_set(err, ERR_ISSUER,
		    _("the copy has a line that no key of this center signed; "
		      "take the newest trust list first"));
	rc = line_verify(entry, key->key, err);
	/* ERR_SIGNATURE is log_read()'s word for a fork */
	return rc == ERR_SIGNATURE ? ERR_CONFIG : rc;
}

/* A line of the log that is written now, or of one that ended before. */
static enum err
append(const struct import *import, const struct log_entry *entry,
    const void *line, size_t len, const struct tree_hash *leaf,
    struct errtext *err)
{
	struct act *act = import->act;
	struct log_head *head = import->head;
	struct bytes copy = { 0 };
	enum err rc;

	if (head == &act->book.head)
		return logbook_import(act, entry, line, len, err);
	bytes_add(&copy, line, len);
	rc = copy.failed
	    ? err_memory(err)
	    : register_log_append(act->center->reg, import->log->generation,
		  head->range.size, &copy, err);
	if (rc == ERR_OK) {
		tree_range_append(&head->range, 0, leaf);
		head->last_time = entry->time;
	}
	bytes_free(&copy);
	return rc;
}

static enum err
import_line(void *ctx, uint64_t index, const void *line, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct import *import = ctx;
	struct act *act = import->act;
	struct log_entry entry;
	enum err rc;

	if ((rc = entry_parse(line, len, &entry, err)) != ERR_OK ||
	    (rc = check_line(act->center, &entry, err)) != ERR_OK)
		return rc;
	if (entry.index != index || index != import->head->range.size)
		return err_set(err, ERR_DATA,
		    _("the copy has a line in a place that is not its own"));
	if ((rc = append(import, &entry, line, len, leaf, err)) != ERR_OK ||
	    (rc = recover_line(act, &entry, import->report, err)) != ERR_OK)
		return rc;
	import->report->lines++;
	return ERR_OK;
}

/* Two versions of the log, unless what is here is not what was signed here. */
static enum err
tell_fork(const struct import *import, struct errtext *err)
{
	bool whole = true;
	enum err rc = rollback_own(
	    import->act->center, import->log->generation, &whole, err);

	if (rc != ERR_OK)
		return rc;
	return whole ? rollback_forked(_("this copy"), err)
		     : rollback_changed(err);
}

/* A copy that ends earlier must be the beginning of what we have. */
static enum err
check_earlier(const struct import *import, const struct checkpoint *head,
    struct errtext *err)
{
	const struct log_seen seen = { import->log->generation, head->size,
		head->root };
	enum rollback_state state;
	uint64_t lines;
	enum err rc;

	rc = rollback_compare(
	    import->act->center->reg, &seen, &state, &lines, err);
	return rc == ERR_OK && state == ROLLBACK_FORK ? tell_fork(import, err)
						      : rc;
}

/* The log that ended keeps the head that its copy brought: nothing can sign
 * it again. */
static enum err
keep_head(const struct import *import, struct bytes *note,
    const struct note *parsed, struct errtext *err)
{
	struct log_head *head = import->head;
	int64_t at;
	enum err rc;

	if (head == &import->act->book.head)
		return ERR_OK;
	rc = checkpoint_cosigned(parsed, &import->log->cosigner, &at, err);
	if (rc != ERR_OK) /* what was read above extends what is here */
		return rc == ERR_SIGNATURE ? ERR_DATA : rc;
	bytes_free(&head->note);
	head->note = *note;
	*note = (struct bytes){ 0 };
	return register_log_set_head(
	    import->act->center->reg, import->log->generation, head, err);
}

/* How far the copy goes, and as of when; the newest generation is read last. */
static void
note_copy(const struct import *import, const struct checkpoint *head,
    const struct note *parsed)
{
	struct recovery *report = import->report;

	report->copy_size = head->size;
	if (checkpoint_cosigned(parsed, &import->log->cosigner,
		&report->copy_as_of, NULL) != ERR_OK)
		report->copy_as_of = 0;
}

static enum err
read_copy(
    struct import *import, const struct log_source *source, struct errtext *err)
{
	const struct log_visitor visitor = { import_line, import };
	const struct tree_range have = import->head->range;
	struct tree_range range;
	struct tree_hash root;
	struct checkpoint head;
	struct bytes note = { 0 };
	struct note parsed;
	enum err rc;

	tree_range_root(&have, &root);
	rc = log_read_head(
	    source, &import->log->log, &note, &head, &parsed, err);
	if (rc == ERR_OK)
		note_copy(import, &head, &parsed);
	if (rc == ERR_OK)
		rc =
		    log_read(source, &head, &have, have.size > 0 ? &root : NULL,
			READ_NEEDED, &visitor, &range, err);
	if (rc == ERR_STALE) /* the register has all of it, and more */
		rc = check_earlier(import, &head, err);
	else if (rc == ERR_SIGNATURE)
		rc = tell_fork(import, err);
	else if (rc == ERR_OK && head.size > have.size)
		rc = keep_head(import, &note, &parsed, err);
	bytes_free(&note);
	return rc;
}

static enum err
read_dir(struct import *import, char *dir, struct errtext *err)
{
	const struct log_source source = { folder_fetch, dir };
	enum err rc = read_copy(import, &source, err);

	if (rc != ERR_OK)
		err_prefix(err, "%s", dir);
	return rc;
}

/* --- its generations
 * --------------------------------------------------------------- */

/* Has a folder a head? One that cannot be read has. */
static bool
has_head(char *dir)
{
	struct bytes note = { 0 };
	enum err rc =
	    folder_fetch(dir, "checkpoint", CHECKPOINT_MAX, &note, NULL);

	bytes_free(&note);
	return rc != ERR_NOT_FOUND;
}

/* A log that ended and of which the copy has nothing is no fault of the
 * copy: whether lines are missing, others know (compare()). */
static enum err
take_older(struct act *act, const char *from, const struct trust_log *log,
    struct recovery *report, bool *other, struct errtext *err)
{
	char *dir =
	    folder_of_log(from, act->center->info.center, log->generation);
	struct log_head head = { .last_time = 0 };
	struct import import = { act, log, &head, report };
	bool found;
	enum err rc = ERR_OK;

	if (dir == NULL)
		return err_memory(err);
	if (has_head(dir)) {
		*other = true;
		rc = register_log_head(
		    act->center->reg, log->generation, &head, &found, err);
		if (rc == ERR_OK && !found)
			rc = register_log_drop(
			    act->center->reg, log->generation, err);
		if (rc == ERR_OK)
			rc = read_dir(&import, dir, err);
	}
	register_log_head_clear(&head);
	free(dir);
	return rc;
}

/* PUB/log/CENTER/GENERATION, or that folder itself. */
static enum err
take_newest(struct act *act, const char *from, struct recovery *report,
    bool other, struct errtext *err)
{
	struct import import = { act, act->book.log, &act->book.head, report };
	char *dir = folder_of_log(
	    from, act->center->info.center, act->book.log->generation);
	enum err rc = ERR_OK;

	if (dir != NULL && !has_head(dir)) {
		free(dir);
		dir = strdup(from);
	}
	if (dir == NULL)
		return err_memory(err);
	if (has_head(dir) || !other)
		rc = read_dir(&import, dir, err);
	free(dir);
	return rc;
}

static enum err
take_copy(struct act *act, const char *from, struct recovery *report,
    struct errtext *err)
{
	const struct trust_center *listed = act->center->listed;
	bool other = false; /* it has logs that ended */
	enum err rc = ERR_OK;

	for (size_t i = 0; i < listed->log_count && rc == ERR_OK; i++)
		if (listed->logs[i].generation < act->book.log->generation)
			rc = take_older(
			    act, from, &listed->logs[i], report, &other, err);
	if (rc == ERR_OK && other)
		rc = logbook_rules_replay(act, err);
	return rc == ERR_OK ? take_newest(act, from, report, other, err) : rc;
}

/* --- what is still missing
 * ----------------------------------------------------------- */

/* The rows must be there for the others' heads to be compared with them. */
static enum err
compare(struct act *act, struct rollback *found, struct errtext *err)
{
	enum err rc = ERR_OK;

	*found = (struct rollback){ .state = ROLLBACK_NONE };
	if (act->book.head.range.size > act->book.from)
		rc = register_log_set_head(act->center->reg,
		    act->book.log->generation, &act->book.head, err);
	if (rc == ERR_OK)
		rc = rollback_check(act->center, found, err);
	/* what is wrong stands in found, and its words in err */
	return rc == ERR_CONFIG && found->state != ROLLBACK_NONE ? ERR_OK : rc;
}

static enum err
judge(struct act *act, const struct rollback *found, bool asked, bool lost,
    struct recovery *report, struct errtext *err)
{
	switch (found->state) {
	case ROLLBACK_NONE:
		return ERR_OK;
	case ROLLBACK_FORK:
		return ERR_CONFIG;
	case ROLLBACK_NO_GUARD:
		/* nobody can say that nothing is missing */
		report->lost = report->no_guard = true;
		return asked ? ERR_OK : recover_without_guard(act->center, err);
	case ROLLBACK_BEHIND:
		break;
	}
	if (found->published)
		return ERR_CONFIG;
	if (!lost) {
		err_prefix(err, "%s",
		    _("try every published copy with --from. If none has "
		      "these lines, say --lost together with --from and the "
		      "newest copy: letters of the lines that are missing "
		      "can then not be checked any more"));
		return ERR_CONFIG;
	}
	report->lost = true;
	return ERR_OK;
}

/* Asked before anything is entered, or each attempt would enter its line and
 * end without a guard. */
static enum err
check_guard_folder(struct center *center, struct errtext *err)
{
	char *path = NULL;
	enum err rc = center_guard_path(center, &path, err);

	if (rc == ERR_OK && !file_exists(path) &&
	    access(dirname(path), W_OK | X_OK) != 0)
		/* where nobody could look, it may well be there */
		rc = errno == EIO
		    ? file_unwritten(path, errno, err)
		    : err_set(err, ERR_IO,
			  _("%s: the log's guard belongs in this folder, which "
			    "is not there or cannot be written; mend that "
			    "first"),
			  path);
	free(path);
	return rc;
}

/* Who recovers may be known to the older register alone: the log has gone on
 * without them, or with another key of theirs. */
static enum err
check_stands(
    const struct act *act, const struct person *person, struct errtext *err)
{
	const struct roster *roster = &act->book.history.roster;
	const struct roster_person *found;
	const struct roster_view *view;

	if (person == NULL)
		return ERR_OK;
	if ((found = roster_find(roster, person->code)) != NULL) {
		view = roster_view_of(found);
		if (view->standing &&
		    memcmp(roster->key[view->key].point, person->keys.sign,
			sizeof(person->keys.sign)) == 0)
			return ERR_OK;
	}
	return err_set(err, ERR_REFUSED,
	    _("the log says that %s left this center or has another key since "
	      "the backup; two other persons must do this"),
	    person->code);
}

static enum err
check_standing(const struct act *act, struct errtext *err)
{
	enum err rc = check_stands(act, &act->actor, err);

	return rc == ERR_OK ? check_stands(act, act_second(act), err) : rc;
}

static enum err
enter_restore(
    struct act *act, const struct recovery *report, struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_RESTORE };

	snprintf(entry.ref, sizeof(entry.ref), "%llu",
	    (unsigned long long)report->before);
	text_copy(
	    entry.reason, sizeof(entry.reason), report->lost ? "LOST" : "");
	return logbook_add(act, &entry, err);
}

/* The lines that only the guard knows of are lost. */
static enum err
pass_guard(struct act *act, struct errtext *err)
{
	struct bytes note = { 0 };
	char *path = NULL;
	enum err rc = center_guard_path(act->center, &path, err);

	if (rc == ERR_OK && (rc = guard_read(path, &note, err)) == ERR_OK)
		rc = passed_make(act, &note, err);
	bytes_free(&note);
	free(path);
	return rc;
}

enum err
recover_log(struct act *act, const char *from, bool lost, struct recovery *out,
    struct errtext *err)
{
	struct recovery report = { .before = act->book.from };
	struct rollback found;
	unsigned newest = 0;
	enum err rc = register_log_newest(act->center->reg, &newest, err);

	if (rc == ERR_OK && from != NULL)
		rc = take_copy(act, from, &report, err);
	logbook_follow(act);
	if (rc != ERR_OK || (rc = compare(act, &found, err)) != ERR_OK)
		return rc;
	/* a home that had no line had no guard that knew of any */
	if (found.state == ROLLBACK_NONE && newest == 0 && report.lines > 0)
		found.state = ROLLBACK_NO_GUARD;
	if ((rc = judge(act, &found, from != NULL || lost, lost, &report,
		 err)) != ERR_OK)
		return rc;
	report.needed = report.lines > 0 || found.state != ROLLBACK_NONE ||
	    (lost && logbook_open_earlier(act->center, NULL) != ERR_OK);
	if (report.needed) {
		if (found.bent)
			rc = register_settle(act->center->reg, err);
		if (rc == ERR_OK)
			rc = check_guard_folder(act->center, err);
		/* `restore` is never the first line */
		if (rc == ERR_OK)
			rc = logbook_open_log(act, err);
		if (rc == ERR_OK)
			rc = check_standing(act, err);
		if (rc == ERR_OK)
			rc = enter_restore(act, &report, err);
		if (rc == ERR_OK && found.state == ROLLBACK_BEHIND)
			rc = pass_guard(act, err);
		if (rc == ERR_OK && (report.lost || lost))
			rc = register_draft_unsign(
			    act->center->reg, &report.unsigned_drafts, err);
		act->book.has_guard = false;
	}
	/* what approving them did at once */
	if (rc == ERR_OK && report.letters > 0)
		rc = keyring_end_founding(act->center->reg, err);
	if (rc == ERR_OK)
		*out = report;
	return rc;
}
