/*
 * backup.c - backup.h. Restoring is in restore.c.
 */
#include "issue/center/backup.h"

#include "issue/center/backup_files.h"
#include "issue/center/files.h"
#include "issue/center/login.h"
#include "issue/register/kept.h"

#include "backup/archive.h"
#include "base/file.h"
#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const backup_files[] = { "root.crt", "request.csr", "trust.xml",
	NULL };

/* --- who can open it ------------------------------------------------------ */

struct openers {
	struct center *center;
	struct header header;
	enum err rc;
	struct errtext *err;
};

/* Drafters' passphrases are not looked at when they are chosen, and one that
 * somebody else typed is not the person's own. Administrators can open backups,
 * though not the center's keys: when no approver is left, the letters are not
 * lost with them, and the root can name others. */
static bool
may_open(const struct person *person, bool attested)
{
	return attested && person->removed_at == 0 && person->has_keys &&
	    !person->must_change && person->role != ROLE_DRAFTER;
}

static bool
add_opener(void *arg, const struct person *person, bool attested)
{
	struct openers *openers = arg;
	struct bytes sealed = { 0 };

	if (!may_open(person, attested))
		return true;
	openers->rc = people_sealed(
	    openers->center->reg, person->code, &sealed, openers->err);
	if (openers->rc == ERR_OK)
		openers->rc = header_add(&openers->header, person->code,
		    person->keys.slot, &sealed, openers->err);
	bytes_free(&sealed);
	return openers->rc == ERR_OK;
}

/* The header without what is sealed in it. */
static enum err
gather(struct center *center, struct header *out, struct errtext *err)
{
	struct openers openers = { .center = center, .err = err };
	enum err rc = people_each(center, add_opener, &openers, err);

	if (rc == ERR_OK)
		rc = openers.rc;
	if (rc == ERR_OK && openers.header.opener_count == 0)
		rc = err_set(err, ERR_REFUSED,
		    _("nobody could open this backup: no approver or "
		      "administrator has a passphrase of their own (sello-issue "
		      "passphrase)"));
	if (rc == ERR_OK) {
		*out = openers.header;
		openers.header = (struct header){ 0 };
	}
	header_clear(&openers.header);
	return rc;
}

enum err
backup_openers(struct center *center, void (*each)(void *arg, const char *code),
    void *arg, struct errtext *err)
{
	struct header header = { 0 };
	enum err rc = gather(center, &header, err);

	for (size_t i = 0; i < header.opener_count; i++)
		each(arg, header.opener[i].code);
	header_clear(&header);
	return rc;
}

/* --- making it ------------------------------------------------------------ */

void
backup_unlink(const char *path)
{
	static const char *const suffix[] = { "", "-wal", "-shm", "-journal" };
	char *name;

	for (size_t i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++)
		if (asprintf(&name, "%s%s", path, suffix[i]) >= 0) {
			unlink(name);
			free(name);
		}
}

enum err
backup_remember(
    struct registry *reg, const char *path, int64_t now, struct errtext *err)
{
	char *full = realpath(path, NULL);
	enum err rc =
	    register_add_backup(reg, now, full != NULL ? full : path, err);

	free(full);
	return rc;
}

static enum err
add_file(struct archive *archive, const char *home, const char *name,
    struct errtext *err)
{
	char *path = NULL;
	enum err rc = center_path(home, name, &path, err);

	/* one that is not there: no list taken yet */
	if (rc == ERR_OK)
		rc = archive_add_file(archive, name, path, err);
	free(path);
	return rc;
}

static enum err
fill(struct center *center, struct archive *archive, struct errtext *err)
{
	int copy = -1;
	enum err rc =
	    store_copy(register_store(center->reg), center->home, &copy, err);

	if (rc == ERR_DATA)
		err_prefix(err, "register.db");
	if (rc == ERR_OK)
		rc = archive_add_fd(archive, BACKUP_REGISTER, copy, err);
	for (size_t i = 0; backup_files[i] != NULL && rc == ERR_OK; i++)
		rc = add_file(archive, center->home, backup_files[i], err);
	if (copy >= 0)
		close(copy);
	return rc;
}

enum err
backup_write(
    struct center *center, const char *path, int64_t now, struct errtext *err)
{
	struct archive *archive = NULL;
	struct header header = { 0 };
	enum err rc;

	if ((rc = gather(center, &header, err)) != ERR_OK)
		return rc;
	header.kind = HEADER_CENTER;
	header.made = now;
	text_copy(header.owner, sizeof(header.owner), center->info.center);
	if ((rc = archive_begin(path, &header, &archive, err)) == ERR_OK &&
	    (rc = fill(center, archive, err)) == ERR_OK)
		rc = archive_finish(archive, err);
	archive_free(&archive);
	header_clear(&header);
	return rc == ERR_OK ? backup_remember(center->reg, path, now, err) : rc;
}
