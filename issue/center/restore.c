/*
 * restore.c - a home from a backup: backup.h.
 *
 * The register is unsealed into the home, under another name, and examined
 * there; only then does it take the register's place, by one rename. Nothing in
 * the open is written elsewhere. What a restore that was cut short left there
 * goes with the next one, or when the home is next opened to be written.
 */
#include "issue/center/backup.h"

#include "issue/center/backup_files.h"
#include "issue/center/files.h"
#include "issue/center/rollback.h"
#include "issue/register/center_row.h"
#include "issue/register/kept.h"
#include "issue/register/letter.h"
#include "issue/register/log.h"

#include "backup/archive.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct job {
	const char *from;
	const struct backup_key *key;
	int64_t now;
	int64_t made;                  /* when the backup was */
	char owner[HEADER_OWNER_SIZE]; /* whose it says it is */
	char *home;                    /* absolute */
	char *stage;                   /* the copy that is examined */
	char *path;                    /* the register */
	char *lock;
	char *kept; /* what becomes of the register that is there */
	char code[LETTER_CENTER_SIZE]; /* of the home; "": no register */
	struct backup_side own, backup;
	struct bytes
	    file[BACKUP_FILE_COUNT]; /* of the home, as in backup_files */
};

/* --- out of the backup ---------------------------------------------------- */

static enum err
take_register(
    const struct job *job, struct archive *archive, struct errtext *err)
{
	enum err rc;
	int out;

	backup_unlink(job->stage); /* left by a restore that was cut short */
	out = open(job->stage, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0)
		return file_unwritten(job->stage, errno, err);
	rc = archive_take_fd(archive, out, job->stage, err);
	if (rc == ERR_OK && fsync(out) != 0)
		rc = file_unwritten(job->stage, errno, err);
	close(out);
	return rc;
}

static enum err
unknown(const struct job *job, struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("%s: it holds files that this Sello does not know"), job->from);
}

/* The register first, then the others, none twice. */
static enum err
take_file(struct job *job, struct archive *archive, const char *name,
    struct errtext *err)
{
	for (size_t i = 0; backup_files[i] != NULL; i++)
		if (strcmp(name, backup_files[i]) == 0 &&
		    job->file[i].at == NULL)
			return archive_take_bytes(
			    archive, ARCHIVE_BESIDE_MAX, &job->file[i], err);
	return unknown(job, err);
}

/* Until the end was reached, nothing of it counts. */
static enum err
take_all(struct job *job, struct archive *archive, struct errtext *err)
{
	char name[ARCHIVE_NAME_SIZE] = "";
	uint64_t size;
	bool more;
	enum err rc = archive_next(archive, name, &size, &more, err);

	if (rc == ERR_OK && (!more || strcmp(name, BACKUP_REGISTER) != 0))
		rc = unknown(job, err);
	if (rc == ERR_OK)
		rc = take_register(job, archive, err);
	while (rc == ERR_OK &&
	    (rc = archive_next(archive, name, &size, &more, err)) == ERR_OK &&
	    more)
		rc = take_file(job, archive, name, err);
	return rc;
}

static enum err
check_room(
    const struct job *job, const struct archive *archive, struct errtext *err)
{
	struct statvfs disk;

	return statvfs(job->home, &disk) == 0 &&
		(uint64_t)archive_size(archive) / disk.f_frsize > disk.f_bavail
	    ? file_unwritten(job->stage, ENOSPC, err)
	    : ERR_OK;
}

/* What the header says is proven only when the rest opens with it; who stands
 * there is told before anybody types a passphrase all the same. */
static enum err
check_header(
    const struct job *job, const struct header *header, struct errtext *err)
{
	struct bytes codes = { 0 };
	enum err rc = ERR_OK;

	if (job->code[0] != '\0' && strcmp(header->owner, job->code) != 0)
		return err_set(err, ERR_REFUSED,
		    _("%s: the backup is of center %s, the home of %s"),
		    job->from, header->owner, job->code);
	if (header_find(header, job->key->code) != NULL)
		return ERR_OK;
	header_codes(header, &codes);
	rc = err_set(err, ERR_REFUSED,
	    _("%s: %s cannot open this backup. Who can (--as), with the "
	      "passphrase of that day: %s"),
	    job->from, job->key->code,
	    codes.failed ? "?" : (const char *)codes.at);
	bytes_free(&codes);
	return rc;
}

static enum err
unlock(const struct job *job, struct archive *archive, struct errtext *err)
{
	struct secret passphrase = { 0 };
	enum err rc = job->key->passphrase(job->key->arg, &passphrase, err);

	if (rc == ERR_OK)
		rc = archive_unlock(archive, job->key->code, &passphrase, err);
	secret_wipe(&passphrase);
	return rc;
}

static enum err
unpack(struct job *job, struct errtext *err)
{
	struct archive *archive = NULL;
	enum err rc;

	if ((rc = archive_open(job->from, HEADER_CENTER, &archive, err)) ==
		ERR_OK &&
	    (rc = check_header(job, archive_header(archive), err)) == ERR_OK &&
	    (rc = check_room(job, archive, err)) == ERR_OK &&
	    (rc = unlock(job, archive, err)) == ERR_OK) {
		job->made = archive_header(archive)->made;
		text_copy(job->owner, sizeof(job->owner),
		    archive_header(archive)->owner);
		rc = take_all(job, archive, err);
	}
	archive_free(&archive);
	return rc == ERR_VERSION ? ERR_DATA : rc;
}

/* --- is it a whole backup?
 * --------------------------------------------------------- */

/* For a person to choose by: what cannot be read is just not known. */
static void
read_side(struct registry *reg, struct backup_side *out)
{
	struct backup_side side = { .known = true };

	if (register_letter_count(reg, &side.letters, NULL) == ERR_OK &&
	    register_log_last_time(reg, &side.last, NULL) == ERR_OK)
		*out = side;
}

/* The guard of the home is what counts, whatever the copy thought. The backup
 * and what it replaces hold people's data: forget names them. */
static enum err
settle(const struct job *job, struct registry *reg, struct errtext *err)
{
	enum err rc = backup_remember(reg, job->from, job->now, err);

	if (rc == ERR_OK && file_exists(job->path))
		rc = backup_remember(reg, job->kept, job->now, err);
	return rc;
}

static enum err
write_missing(const char *home, const char *name, const struct bytes *data,
    struct errtext *err)
{
	struct stat st;
	char *path = NULL;
	enum err rc;

	if (data->len == 0)
		return ERR_OK;
	rc = center_path(home, name, &path, err);
	if (rc == ERR_OK)
		rc = file_refuse_there(path, err);
	if (rc == ERR_OK)
		rc = file_write(path, 0644, data->at, data->len, err);
	/* said before the register is replaced: nothing works with it */
	if (rc == ERR_EXISTS)
		rc = stat(path, &st) == 0 && S_ISREG(st.st_mode)
		    ? ERR_OK
		    : err_set(err, ERR_IO, _("%s: is not a file"), path);
	free(path);
	return rc;
}

static enum err
examine(struct job *job, struct errtext *err)
{
	char code[LETTER_CENTER_SIZE] = "";
	struct registry *reg = NULL;
	bool sound = false;
	enum err rc;

	if ((rc = register_open_file(job->stage, &reg, err)) != ERR_OK ||
	    (rc = register_check_file(reg, &sound, err)) != ERR_OK ||
	    (rc = center_row_code(reg, code, err)) != ERR_OK)
		goto out;
	if (!sound)
		rc = err_set(err, ERR_DATA, _("the backup is damaged"));
	else if (strcmp(code, job->owner) != 0) /* nor of another home */
		rc = err_set(err, ERR_DATA,
		    _("this is not the backup that it says it is: a register "
		      "of center %s"),
		    code);
	if (rc == ERR_OK)
		read_side(reg, &job->backup);
out:
	/* whatever kind of nonsense it is; the copy's name tells nobody what
	 * is wrong with the file that was named */
	if (reg == NULL &&
	    (rc == ERR_DATA || rc == ERR_EXISTS || rc == ERR_VERSION))
		rc = err_set(err, ERR_DATA,
		    _("this is not a backup of a register that this program "
		      "can read: another kind of file, damaged, or of a newer "
		      "Sello"));
	register_close(&reg);
	return rc == ERR_VERSION || rc == ERR_EXISTS ? ERR_DATA : rc;
}

/* What was examined, ready to be the register of this home. */
static enum err
prepare(const struct job *job, struct errtext *err)
{
	struct registry *reg = NULL;
	enum err rc = register_open_file(job->stage, &reg, err);

	for (size_t i = 0; backup_files[i] != NULL && rc == ERR_OK; i++)
		rc = write_missing(
		    job->home, backup_files[i], &job->file[i], err);
	if (rc == ERR_OK)
		rc = settle(job, reg, err);
	if (rc == ERR_OK)
		rc = register_rest(reg, err);
	register_close(&reg);
	return rc;
}

/* --- taking its place
 * --------------------------------------------------------------- */

/* The register that is there: whose it is, "" when it cannot be opened, unless
 * it is only that somebody has it now. What its write-ahead log holds goes into
 * the file, or would be lost with it. */
static enum err
look(struct job *job, struct errtext *err)
{
	struct registry *reg = NULL;
	struct errtext why = { 0 };
	enum err rc = register_open(job->home, &reg, &why);

	if (rc == ERR_OK) {
		rc = center_row_code(reg, job->code, &why);
		read_side(reg, &job->own);
		if (rc == ERR_OK)
			rc = register_rest(reg, &why);
	}
	register_close(&reg);
	return store_is_passing(rc) ? err_set(err, rc, "%s", why.text) : ERR_OK;
}

/* A second name, so that the home is never without a register; where there
 * are no second names (a stick), moved. */
static enum err
keep_file(const char *from, const char *to, struct errtext *err)
{
	if (!file_exists(from) || link(from, to) == 0 ||
	    (errno != EEXIST && rename(from, to) == 0))
		return ERR_OK;
	return err_set(err, ERR_IO, _("%s: cannot be kept beside: %m"), from);
}

/* The logs of a register that could not be opened go along: they would be
 * played into the new one. */
static enum err
keep_old(const struct job *job, struct errtext *err)
{
	static const char *const suffix[] = { "-wal", "-shm", "-journal" };
	char *to, *from;
	enum err rc = keep_file(job->path, job->kept, err);

	for (size_t i = 0; i < 3 && rc == ERR_OK; i++) {
		to = from = NULL;
		if (asprintf(&from, "%s%s", job->path, suffix[i]) < 0 ||
		    asprintf(&to, "%s%s", job->kept, suffix[i]) < 0)
			rc = err_memory(err);
		else if (file_exists(from) && rename(from, to) != 0)
			rc = err_set(err, ERR_IO,
			    _("%s: cannot be kept beside: %m"), from);
		free(from);
		free(to);
	}
	return rc;
}

static enum err
replace(const struct job *job, struct restored *out, struct errtext *err)
{
	struct restored made = { .kept = file_exists(job->path),
		.made = job->made,
		.backup = job->backup };
	enum err rc = keep_old(job, err);

	/* the old one keeps a name, whatever the power does; then the new one */
	if (rc == ERR_OK && made.kept)
		rc = file_sync_name(job->kept, err);
	if (rc != ERR_OK)
		return rc;
	if (rename(job->stage, job->path) != 0)
		return file_unwritten(job->path, errno, err);
	if ((rc = file_sync_name(job->path, err)) != ERR_OK)
		return rc;
	if (made.kept)
		text_copy(made.old, sizeof(made.old),
		    job->kept + strlen(job->home) + 1);
	*out = made;
	return ERR_OK;
}

/* A name that is free, also twice in one second. */
static enum err
name_kept(struct job *job, struct errtext *err)
{
	char at[CLOCK_INSTANT_SIZE] = "";
	char name[64];
	enum err rc = ERR_OK;

	clock_format(job->now, at);
	for (unsigned i = 1; rc == ERR_OK; i++) {
		snprintf(name, sizeof(name),
		    "register.before-%.10s-%.2s%.2s%.2sZ%s%.0u.db", at, at + 11,
		    at + 14, at + 17, i > 1 ? "-" : "", i > 1 ? i : 0);
		free(job->kept);
		job->kept = NULL;
		rc = center_path(job->home, name, &job->kept, err);
		if (rc == ERR_OK && !file_exists(job->kept))
			break;
	}
	return rc;
}

static enum err
name_files(struct job *job, struct errtext *err)
{
	enum err rc;

	if ((rc = center_path(job->home, BACKUP_STAGE, &job->stage, err)) !=
		ERR_OK ||
	    (rc = center_path(job->home, "register.db", &job->path, err)) !=
		ERR_OK ||
	    (rc = center_path(job->home, "register.lock", &job->lock, err)) !=
		ERR_OK)
		return rc;
	return name_kept(job, err);
}

static enum err
ask(const struct job *job, const struct backup_question *question,
    struct errtext *err)
{
	return question == NULL || !file_exists(job->path)
	    ? ERR_OK
	    : question->ask(question->arg, &job->backup, &job->own, err);
}

static enum err
run(struct job *job, const struct backup_question *question,
    struct restored *out, struct errtext *err)
{
	enum err rc;

	if ((rc = look(job, err)) != ERR_OK)
		return rc;
	if ((rc = unpack(job, err)) == ERR_OK &&
	    (rc = examine(job, err)) != ERR_OK)
		err_prefix(err, "%s", job->from);
	if (rc == ERR_OK)
		rc = ask(job, question, err);
	if (rc == ERR_OK && (rc = prepare(job, err)) != ERR_OK)
		err_prefix(err, "%s", job->from);
	if (rc == ERR_OK)
		rc = replace(job, out, err);
	if (rc != ERR_OK)
		backup_unlink(job->stage);
	return rc;
}

enum err
backup_restore(const char *home, const char *path, const struct backup_key *key,
    int64_t now, const struct backup_question *question, struct restored *out,
    struct errtext *err)
{
	struct job job = { .from = path, .key = key, .now = now };
	bool new = !file_exists(home);
	int lock = -1;
	enum err rc;

	if (!file_exists(path))
		return err_set(
		    err, ERR_NOT_FOUND, _("%s: there is no such file"), path);
	if ((rc = private_mkdir(home, err)) != ERR_OK)
		return rc;
	/* what is remembered must be found from everywhere */
	if ((job.home = realpath(home, NULL)) == NULL)
		return err_set(err, ERR_IO, _("%s: cannot be found: %m"), home);
	if ((rc = name_files(&job, err)) == ERR_OK &&
	    (rc = file_lock(job.lock, &lock, err)) == ERR_OK)
		rc = run(&job, question, out, err);
	/* nothing but the lock is in it */
	if (rc != ERR_OK && new &&lock >= 0) {
		unlink(job.lock);
		rmdir(job.home);
	}
	if (lock >= 0)
		close(lock);
	free(job.home);
	free(job.stage);
	free(job.path);
	free(job.lock);
	free(job.kept);
	for (size_t i = 0; i < BACKUP_FILE_COUNT; i++)
		bytes_free(&job.file[i]);
	return rc;
}
