/*
 * publication.c - publication.h.
 */
#include "issue/center/publication.h"

#include "issue/center/act.h"
#include "issue/center/rollback.h"
#include "issue/register/elsewhere.h"
#include "issue/register/letter.h"
#include "issue/register/log.h"

#include "base/file.h"
#include "base/i18n.h"
#include "log/checkpoint.h"
#include "log/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a head whose own signature others verify. */
static enum err
own_time(const struct trust_log *keys, const struct bytes *head, int64_t *out,
    struct errtext *err)
{
	struct note note;
	enum err rc = note_parse(head->at, head->len, &note, err);

	return rc == ERR_OK
	    ? checkpoint_cosigned(&note, &keys->cosigner, out, err)
	    : rc;
}

/* --- what is there
 * ------------------------------------------------------------------- */

/* The head of one generation, when the folder has it. */
static enum err
look_at(const struct center *center, const char *pub,
    const struct trust_log *log, struct publication_state *out,
    struct errtext *err)
{
	char *dir = folder_of_log(pub, center->info.center, log->generation);
	struct checkpoint head;
	struct bytes note = { 0 };
	enum err rc;

	if (dir == NULL)
		return err_memory(err);
	rc = folder_fetch(dir, "checkpoint", CHECKPOINT_MAX, &note, err);
	if (rc == ERR_OK)
		rc = checkpoint_open(
		    note.at, note.len, &log->log, &head, NULL, err);
	if (rc == ERR_OK) {
		out->generation = log->generation;
		out->size = head.size;
		/* a head without it is no less a head */
		if (own_time(log, &note, &out->as_of, NULL) != ERR_OK)
			out->as_of = 0;
	} else if (rc == ERR_NOT_FOUND)
		rc = ERR_OK;
	else
		err_prefix(err, "%s", dir);
	bytes_free(&note);
	free(dir);
	return rc;
}

enum err
publication_look(const struct center *center, const char *pub,
    struct publication_state *out, struct errtext *err)
{
	const struct trust_center *listed = center->listed;
	enum err rc = ERR_OK;

	*out = (struct publication_state){ 0 };
	for (size_t i = listed == NULL ? 0 : listed->log_count;
	     i > 0 && rc == ERR_OK && out->generation == 0; i--)
		rc = look_at(center, pub, &listed->logs[i - 1], out, err);
	return rc;
}

enum err
publication_expect(struct center *center, const char *pub, struct errtext *err)
{
	struct publication_state state;
	char *path = file_absolute(pub);
	bool known = false;
	enum err rc = ERR_OK;

	if (path != NULL)
		rc = register_log_is_place(center->reg, path, &known, err);
	free(path);
	if (rc != ERR_OK || !known || center->listed == NULL)
		return rc;
	/* what cannot be read is there: writing says what is wrong with it */
	if (publication_look(center, pub, &state, NULL) == ERR_OK &&
	    state.generation == 0)
		rc = err_set(err, ERR_NOT_FOUND,
		    _("%s: the log was published here before, and nothing of "
		      "it is here: is the stick in? Nothing was written. If "
		      "this is a new stick in its place, say so (--new)"),
		    pub);
	return rc;
}

/* --- writing
 * ------------------------------------------------------------------- */

static enum err
write_one(struct center *center, const char *pub, const struct trust_log *keys,
    const struct log_head *head, struct published *out, struct errtext *err)
{
	struct register_log rows = { .reg = center->reg,
		.generation = keys->generation };
	struct log_reader reader = register_log_reader(&rows);
	char *dir = folder_of_log(pub, center->info.center, keys->generation);
	enum err rc;

	if (dir == NULL)
		return err_memory(err);
	out->generation = keys->generation;
	if ((rc = own_time(keys, &head->note, &out->as_of, err)) == ERR_OK)
		rc = log_publish(&reader, head->note.at, head->note.len,
		    &keys->log, dir, PUBLISH_NEW, &out->report, err);
	/* done again with nothing new: perhaps because the stick lost files */
	if (rc == ERR_OK && !keys->closed &&
	    out->report.from == out->report.size)
		rc = log_publish(&reader, head->note.at, head->note.len,
		    &keys->log, dir, PUBLISH_ALL, &out->report, err);
	free(dir);
	return rc;
}

/*
 * One generation; counted when it has lines. While its head was on the way
 * somebody may have signed more and another program have published that: then
 * the folder is ahead of this head, but not of the register.
 */
static enum err
write_newest(struct center *center, const char *pub,
    const struct trust_log *keys, struct published *out, bool *found,
    struct errtext *err)
{
	struct log_head head = { .last_time = 0 };
	uint64_t tried;
	enum err rc = ERR_OK;

	do {
		tried = head.range.size;
		register_log_head_clear(&head);
		rc = register_log_head(
		    center->reg, keys->generation, &head, found, err);
		if (rc != ERR_OK || !*found)
			break;
		/* that a folder is ahead of all we have is not its fault */
		if (tried == head.range.size) {
			rc = ERR_CONFIG;
			break;
		}
		rc = write_one(center, pub, keys, &head, out, err);
	} while (rc == ERR_STALE);
	register_log_head_clear(&head);
	/* nor that it has other lines */
	return rc == ERR_SIGNATURE ? ERR_CONFIG : rc;
}

static enum err
write_all(struct center *center, const char *pub,
    void (*told)(void *arg, const struct published *published), void *arg,
    struct errtext *err)
{
	const struct trust_center *listed = center->listed;
	enum err rc = ERR_OK;

	for (size_t i = 0; i < listed->log_count && rc == ERR_OK; i++) {
		struct published one = { .generation = 0 };
		bool found = false;

		rc = write_newest(
		    center, pub, &listed->logs[i], &one, &found, err);
		if (rc != ERR_OK || !found)
			continue;
		told(arg, &one);
	}
	return rc;
}

/* So that a register set back later notices what it published. Not a folder
 * that it was refused at: that may be anybody's. */
static enum err
remember(
    struct center *center, const char *pub, int64_t now, struct errtext *err)
{
	char *path = realpath(pub, NULL);
	enum err rc;

	if (path == NULL)
		return err_set(err, ERR_IO, _("%s: cannot be found: %m"), pub);
	rc = register_log_published(center->reg, path, now, err);
	free(path);
	return rc;
}

/* A new center has nothing to publish; one with letters from before the log
 * must enter them first. */
static enum err
check_empty(struct center *center, struct errtext *err)
{
	bool any = false;
	enum err rc = register_letter_any(center->reg, &any, err);

	if (rc == ERR_OK && any)
		rc = err_set(err, ERR_CONFIG,
		    _("the letters of this register are not in the log yet; "
		      "let an approver run sello-issue publish --as CODE"));
	return rc;
}

enum err
publication_write(struct center *center, const char *pub, int64_t now,
    void (*told)(void *arg, const struct published *published), void *arg,
    struct errtext *err)
{
	unsigned newest = 0;
	enum err rc;

	if (center->list == NULL)
		return err_set(
		    err, ERR_CONFIG, "%s", center->list_problem.text);
	if (center->listed == NULL || center->listed->log_count == 0)
		return err_set(err, ERR_CONFIG,
		    _("the trust list does not name this center's log yet; "
		      "send request.csr to the root custodian and take the "
		      "next list"));
	if ((rc = rollback_check(center, NULL, err)) != ERR_OK ||
	    (rc = register_log_newest(center->reg, &newest, err)) != ERR_OK)
		return rc;
	if (newest == 0)
		return check_empty(center, err);
	/* what leaves now is in no guard when the power went before it was
	 * written */
	if ((rc = act_settle(center, err)) != ERR_OK ||
	    (rc = write_all(center, pub, told, arg, err)) != ERR_OK)
		return rc;
	return remember(center, pub, now, err);
}
