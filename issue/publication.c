/*
 * publication.c - publication.h.
 */
#include "issue/publication.h"

#include "issue/register_letter.h"
#include "issue/register_log.h"
#include "issue/rollback.h"

#include "base/i18n.h"
#include "log/checkpoint.h"

#include <stdio.h>
#include <stdlib.h>

char *
publication_dir(const char *pub, const char *center, unsigned generation)
{
	char *path = NULL;

	if (asprintf(&path, "%s/log/%s/%u", pub, center, generation) < 0)
		return NULL;
	return path;
}

static enum err
own_time(const struct trust_log *keys, const struct bytes *head, int64_t *out,
    struct errtext *err)
{
	struct checkpoint checkpoint;
	struct note note;
	enum err rc;

	rc = checkpoint_open(
	    head->at, head->len, &keys->log, &checkpoint, &note, err);
	if (rc == ERR_OK)
		rc = checkpoint_cosigned(&note, &keys->cosigner, out, err);
	return rc;
}

static enum err
write_one(struct center *center, const char *pub, const struct trust_log *keys,
    const struct log_head *head, struct published *out, struct errtext *err)
{
	struct register_log rows = { .reg = center->reg,
		.generation = keys->generation };
	struct log_reader reader = register_log_reader(&rows);
	char *dir = publication_dir(pub, center->info.center, keys->generation);
	enum err rc;

	if (dir == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
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
		      "send request.csr to the root and take the next list"));
	if ((rc = rollback_check(center, NULL, err)) != ERR_OK ||
	    (rc = register_log_newest(center->reg, &newest, err)) != ERR_OK)
		return rc;
	if (newest == 0)
		return check_empty(center, err);
	if ((rc = write_all(center, pub, told, arg, err)) != ERR_OK)
		return rc;
	return remember(center, pub, now, err);
}
