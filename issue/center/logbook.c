/*
 * logbook.c - entering lines: logbook.h.
 */
#include "issue/center/logbook.h"

#include "issue/center/guard.h"
#include "issue/center/keyring.h"
#include "issue/center/logbook_kept.h"
#include "issue/center/logbook_open.h"
#include "issue/center/logbook_rules.h"
#include "issue/center/logbook_seal.h"
#include "issue/center/rollback.h"
#include "issue/center/selfcheck.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "cli/confirm.h"
#include "ledger/line_sign.h"
#include "log/checkpoint.h"

#include <stdlib.h>
#include <string.h>

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

enum err
logbook_check(struct center *center, const struct person *actor,
    const struct person *second, const struct center_signing *signing,
    bool *stale, struct errtext *err)
{
	enum err rc;

	if ((rc = check_log(center, err)) != ERR_OK ||
	    (rc = rollback_check(center, NULL, err)) != ERR_OK ||
	    (rc = logbook_open_check(center, actor, second, err)) != ERR_OK)
		return rc;
	return center_may_sign(center, signing, stale, err);
}

static enum err
load(const struct logbook_act *act, struct logbook *book, struct errtext *err)
{
	bool found;
	enum err rc;

	*book = (struct logbook){ .center = act->center,
		.ring = act->ring,
		.log = act->center->log,
		.actor = act->actor,
		.second = act->second,
		.selfcheck = act->selfcheck,
		.now = act->now,
		.any_clock = act->any_clock,
		.has_guard = true /* but for recover.c */ };
	rc = register_log_head(
	    act->center->reg, book->log->generation, &book->head, &found, err);
	book->from = book->head.range.size;
	return rc == ERR_OK ? logbook_rules_load(book, err) : rc;
}

/*
 * What no clock may keep from being said is said with the last line's time
 * when this computer's cannot be believed: a line never goes back, and one
 * from the future would keep all others waiting for it. A new log goes on
 * where the one before ended.
 */
static enum err
choose_time(const struct center_signing *signing, struct logbook *book,
    struct errtext *err)
{
	int64_t line, newest;
	enum err rc = center_newest(book->center, &line, &newest, err);

	if (rc != ERR_OK || !signing->any_clock || line == 0)
		return rc;
	/* nor does one person alone carry the log over weeks */
	if (signing->confirmed > newest &&
	    (signing->two_persons ||
		(signing->confirmed - newest <= POLICY_ALONE &&
		    signing->confirmed <= book->center->list->not_after)))
		newest = signing->confirmed;
	if (book->now < line || confirm_is_jump(book->now, newest))
		book->now = line;
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
	if (rc == ERR_OK && found)
		rc = guard_write(path, &head.note, err);
	register_log_head_clear(&head);
	bytes_free(&note);
	free(path);
	return rc;
}

enum err
logbook_begin(
    const struct logbook_act *act, struct logbook *out, struct errtext *err)
{
	const struct center_signing signing = { .now = act->now,
		.two_persons = act->second != NULL,
		.confirmed = act->confirmed,
		.any_clock = act->any_clock };
	struct logbook book = { .center = NULL };
	bool stale;
	enum err rc;

	if ((rc = check_log(act->center, err)) != ERR_OK ||
	    (!act->recovering &&
		(rc = rollback_check(act->center, NULL, err)) != ERR_OK) ||
	    (rc = center_may_sign(act->center, &signing, &stale, err)) !=
		ERR_OK ||
	    (rc = load(act, &book, err)) != ERR_OK ||
	    (rc = choose_time(&signing, &book, err)) != ERR_OK)
		goto out;
	/* what is recovered may be how it began */
	if (!act->recovering &&
	    ((rc = logbook_open_earlier(act->center, err)) != ERR_OK ||
		(!book.kept &&
		    (rc = fill_empty_guard(act->center, err)) != ERR_OK) ||
		(rc = logbook_open_log(&book, err)) != ERR_OK))
		goto out;
	*out = book;
	book = (struct logbook){ .center = NULL };
out:
	logbook_clear(&book);
	return rc;
}

/* --- lines
 * ---------------------------------------------------------------------- */

static enum err
append(struct logbook *book, const struct bytes *line, int64_t time,
    struct errtext *err)
{
	struct tree_hash leaf;
	enum err rc;

	rc = register_log_append(book->center->reg, book->log->generation,
	    book->head.range.size, line, err);
	if (rc != ERR_OK)
		return rc;
	tree_leaf(line->at, line->len, &leaf);
	tree_range_append(&book->head.range, 0, &leaf);
	book->head.last_time = time;
	return ERR_OK;
}

static void
fill_act(const struct logbook *book, struct log_entry *entry)
{
	memcpy(
	    entry->key_name, book->center->key_name, sizeof(entry->key_name));
	if (entry->officer[0] != '\0')
		return;
	text_copy(entry->officer, sizeof(entry->officer), book->actor->code);
	if (book->second != NULL)
		text_copy(entry->approver, sizeof(entry->approver),
		    book->second->code);
}

static const struct person *
find_person(const struct logbook *book, const char *code)
{
	if (strcmp(book->actor->code, code) == 0)
		return book->actor;
	return book->second != NULL && strcmp(book->second->code, code) == 0
	    ? book->second
	    : NULL;
}

static enum err
sign_as(const struct logbook *book, const struct bytes *text, const char *code,
    uint8_t out[ENTRY_SIGNATURE_SIZE], struct errtext *err)
{
	const struct person *person = find_person(book, code);

	if (text->failed)
		return err_memory(err);
	if (person == NULL)
		return err_set(err, ERR_REFUSED,
		    _("%s must sign this and is not logged in"), code);
	return credential_sign(
	    person->credential, text->at, text->len, out, err);
}

/* Everybody who acts, but for the drafter of a letter, who signed it before
 * anybody knew its number. */
static enum err
sign_persons(
    const struct logbook *book, struct log_entry *entry, struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc = entry_person_text(entry, &text, err);

	if (rc == ERR_OK && !entry_is_letter(entry))
		rc = sign_as(book, &text, entry->officer,
		    entry->person_signature[0], err);
	if (rc == ERR_OK && entry_signers(entry) > 1)
		rc = sign_as(book, &text, entry->approver,
		    entry->person_signature[1], err);
	bytes_free(&text);
	return rc;
}

/* The center signs what the persons signed, and that they did. */
static enum err
sign_all(struct logbook *book, struct log_entry *entry, struct errtext *err)
{
	enum err rc;

	if (!entry_is_letter(entry))
		fill_act(book, entry);
	if ((rc = sign_persons(book, entry, err)) == ERR_OK &&
	    !entry_is_letter(entry) &&
	    (rc = line_sign(entry, book->ring->sign, err)) == ERR_OK)
		rc = logbook_rules_signed(book, entry, err);
	return rc;
}

/* Of the newest line; a new log goes on where the one before ended. */
static int64_t
last_time(const struct logbook *book)
{
	return book->history.last_time > book->head.last_time
	    ? book->history.last_time
	    : book->head.last_time;
}

enum err
logbook_add(struct logbook *book, struct log_entry *entry, struct errtext *err)
{
	struct bytes line = { 0 };
	enum err rc;

	entry->index = book->head.range.size;
	if (entry->time == 0)
		entry->time = book->now;
	if (entry->time < last_time(book) && entry->kind != ENTRY_CLOCK)
		return center_behind(
		    book->center, last_time(book), entry->time, err);
	if ((rc = sign_all(book, entry, err)) == ERR_OK &&
	    (rc = logbook_rules_take(book, entry, ~0u, err)) == ERR_OK &&
	    (rc = entry_format(entry, &line, err)) == ERR_OK)
		rc = append(book, &line, entry->time, err);
	bytes_free(&line);
	return rc;
}

void
logbook_follow(struct logbook *book)
{
	if (book->any_clock && book->now < last_time(book))
		book->now = last_time(book);
}

enum err
logbook_letter(
    const struct issued *letter, struct log_entry *entry, struct errtext *err)
{
	struct dsig sig;

	if (dsig_scan(&dsig_letter, letter->xml.at, letter->xml.len, &sig,
		NULL) != ERR_OK ||
	    !text_copy(entry->number, sizeof(entry->number), letter->number) ||
	    !text_copy(
		entry->officer, sizeof(entry->officer), letter->officer) ||
	    !text_copy(
		entry->approver, sizeof(entry->approver), letter->approver) ||
	    !text_copy(entry->reason, sizeof(entry->reason), letter->reason))
		return err_set(err, ERR_DATA,
		    _("%s: the register's letter is not whole; restore a "
		      "backup"),
		    letter->number);
	memcpy(entry->digest, sig.digest, sizeof(entry->digest));
	memcpy(entry->signature, sig.signature, sizeof(entry->signature));
	memcpy(entry->key_name, sig.key_name, sizeof(entry->key_name));
	entry->has_digest = true;
	return ERR_OK;
}

enum err
logbook_import(struct logbook *book, const struct log_entry *entry,
    const void *line, size_t len, struct errtext *err)
{
	struct bytes copy = { 0 };
	enum err rc = logbook_rules_take(book, entry, RULES_REFUSED, err);

	if (rc != ERR_OK)
		return rc;
	bytes_add(&copy, line, len);
	if (copy.failed)
		return err_memory(err);
	rc = append(book, &copy, entry->time, err);
	bytes_free(&copy);
	return rc;
}

/* --- the head
 * -------------------------------------------------------------------- */

static enum err
sign_head(struct logbook *book, struct errtext *err)
{
	const struct trust_log *log = book->log;
	struct checkpoint head = { .size = book->head.range.size };
	struct bytes text = { 0 };
	struct bytes note = { 0 };
	enum err rc;

	tree_range_root(&book->head.range, &head.root);
	if (!text_copy(head.origin, sizeof(head.origin), log->log.name))
		return err_set(err, ERR_DATA, _("not the name of a log"));
	if ((rc = checkpoint_format(&head, &text, err)) == ERR_OK &&
	    (rc = checkpoint_sign(
		 &head, &log->log, book->ring->log, &note, err)) == ERR_OK)
		rc = checkpoint_cosign(text.at, text.len, &log->cosigner,
		    book->ring->cosigner, book->now, &note, err);
	if (rc == ERR_OK && note.len > GUARD_NOTE_MAX)
		rc = err_set(err, ERR_LIMIT,
		    _("the names of program and center are too long for the "
		      "log's guard"));
	if (rc == ERR_OK) {
		bytes_free(&book->head.note);
		book->head.note = note;
		note = (struct bytes){ 0 };
	}
	bytes_free(&text);
	bytes_free(&note);
	return rc;
}

static enum err
end(struct logbook *book, struct errtext *err)
{
	enum err rc;

	if (book->head.range.size == book->from)
		return ERR_OK;
	if ((rc = sign_head(book, err)) != ERR_OK ||
	    (rc = register_log_set_head(book->center->reg,
		 book->log->generation, &book->head, err)) != ERR_OK)
		return rc;
	if ((rc = logbook_seal_save(book, err)) != ERR_OK)
		return rc;
	return store_stamp(register_store(book->center->reg), &book->end, err);
}

/* Called as soon as the lines stand. */
static enum err
write_guard(void *arg, struct errtext *err)
{
	struct logbook *book = arg;
	char *path = NULL;
	enum err rc;

	book->outcome = LOGBOOK_STANDS;
	if (book->head.range.size == book->from)
		return ERR_OK;
	if ((rc = center_guard_path(book->center, &path, err)) != ERR_OK)
		return rc;
	if (!book->has_guard && guard_create(path, NULL) == ERR_IO)
		rc = guard_create(path, err);
	if (rc == ERR_OK)
		rc = guard_write(path, &book->head.note, err);
	if (rc == ERR_OK)
		logbook_kept_put(book);
	else
		err_prefix(err, "%s",
		    _("what was signed stands, but the log's guard could not "
		      "be written, so nothing was handed out; mend that and "
		      "run the command again"));
	free(path);
	return rc;
}

/* A commit that failed may have happened: the register itself knows. */
static void
look(struct logbook *book)
{
	struct log_head head = { .last_time = 0 };
	bool found = false;
	enum err rc;

	book->outcome = LOGBOOK_UNKNOWN;
	register_rollback(book->center->reg);
	if (book->head.range.size == book->from)
		return;
	rc = register_log_head(
	    book->center->reg, book->log->generation, &head, &found, NULL);
	if (rc == ERR_OK)
		book->outcome =
		    found && bytes_equal(&head.note, &book->head.note)
		    ? LOGBOOK_STANDS
		    : LOGBOOK_NOTHING;
	register_log_head_clear(&head);
}

enum err
logbook_commit(struct logbook *book, struct errtext *err)
{
	struct registry *reg = book->center->reg;
	enum err rc = end(book, err);

	/* most of it is done by now */
	if (rc == ERR_OK && book->selfcheck != NULL)
		rc = selfcheck_end(book->selfcheck, err);
	if (rc != ERR_OK)
		return rc;
	rc = register_commit_lines(reg, write_guard, book, err);
	if (rc == ERR_OK || book->outcome == LOGBOOK_STANDS)
		return rc;
	look(book);
	return book->outcome == LOGBOOK_STANDS ? write_guard(book, err) : rc;
}

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

enum err
logbook_settle(struct center *center, struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	char *path = NULL;
	bool same;
	enum err rc;

	if ((rc = center_guard_path(center, &path, err)) == ERR_OK &&
	    (rc = compare_guard(center, path, &head, &same, err)) == ERR_OK &&
	    !same && (rc = rollback_check(center, NULL, err)) == ERR_OK)
		rc = guard_write(path, &head.note, err);
	register_log_head_clear(&head);
	free(path);
	return rc;
}

void
logbook_clear(struct logbook *book)
{
	/* of a transaction that failed: not the next one's fault */
	if (book->selfcheck != NULL)
		selfcheck_end(book->selfcheck, NULL);
	register_log_head_clear(&book->head);
	history_clear(&book->history);
	*book = (struct logbook){ .center = NULL };
}
