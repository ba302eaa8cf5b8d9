/*
 * post_restore.c - a post's home from a backup: post_backup.h.
 */
#include "verify/post/post_backup.h"

#include "backup/archive.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/private.h"
#include "verify/post/post_backup_inner.h"
#include "verify/post/post_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILES_MAX 16 /* more than post_backup_files has */
#define TEXT_MAX  65536

struct job {
	const char *home, *from;
	int64_t now, made;
	char owner[HEADER_OWNER_SIZE];
	bool have[FILES_MAX]; /* as in post_backup_files */
	bool have_evidence;
	struct bytes root, name;
};

static enum err
unknown(const struct job *job, struct errtext *err)
{
	return err_set(err, ERR_DATA,
	    _("%s: it holds files that this Sello does not know"), job->from);
}

/* --- one file ------------------------------------------------------------- */

/* What a database had beside it would be played into the next one. */
static void
unlink_all(const char *path)
{
	static const char *const suffix[] = { "", "-wal", "-shm", "-journal" };
	char *name;

	for (size_t i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++)
		if (asprintf(&name, "%s%s", path, suffix[i]) >= 0) {
			unlink(name);
			free(name);
		}
}

static enum err
take_file(const struct job *job, struct archive *archive, const char *name,
    mode_t mode, struct errtext *err)
{
	char *path = file_join(job->home, name);
	enum err rc;
	int fd;

	if (path == NULL)
		return err_memory(err);
	unlink_all(path); /* left by a restore that was cut short */
	fd = open(
	    path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	rc = fd < 0 ? file_unwritten(path, errno, err)
		    : archive_take_fd(archive, fd, path, err);
	if (rc == ERR_OK && fsync(fd) != 0)
		rc = file_unwritten(path, errno, err);
	if (fd >= 0)
		close(fd);
	free(path);
	return rc;
}

static enum err
take_evidence(struct job *job, struct archive *archive, const char *name,
    struct errtext *err)
{
	char *folder = file_join(job->home, POST_BACKUP_EVIDENCE);
	enum err rc =
	    folder != NULL ? file_mkdir(folder, 0755, err) : err_memory(err);

	free(folder);
	job->have_evidence = true;
	return rc == ERR_OK ? take_file(job, archive, name, 0644, err) : rc;
}

/* "evidence/NAME", and nothing below that. */
static bool
is_evidence(const char *name)
{
	size_t len = strlen(POST_BACKUP_EVIDENCE "/");

	return strncmp(name, POST_BACKUP_EVIDENCE "/", len) == 0 &&
	    strchr(name + len, '/') == NULL;
}

/* root.crt makes a folder a home, post.txt says whose: both are kept back. */
static enum err
take_known(
    struct job *job, struct archive *archive, size_t i, struct errtext *err)
{
	const struct post_backup_file *file = &post_backup_files[i];

	if (job->have[i])
		return unknown(job, err);
	job->have[i] = true;
	if (strcmp(file->name, "root.crt") == 0)
		return archive_take_bytes(archive, TEXT_MAX, &job->root, err);
	if (strcmp(file->name, "post.txt") == 0)
		return archive_take_bytes(archive, TEXT_MAX, &job->name, err);
	return take_file(job, archive, file->name, file->mode, err);
}

static enum err
take(struct job *job, struct archive *archive, const char *name,
    struct errtext *err)
{
	for (size_t i = 0; post_backup_files[i].name != NULL; i++)
		if (strcmp(name, post_backup_files[i].name) == 0)
			return take_known(job, archive, i, err);
	return is_evidence(name) ? take_evidence(job, archive, name, err)
				 : unknown(job, err);
}

static enum err
take_all(struct job *job, struct archive *archive, struct errtext *err)
{
	char name[ARCHIVE_NAME_SIZE];
	uint64_t size;
	bool more;
	enum err rc;

	while (
	    (rc = archive_next(archive, name, &size, &more, err)) == ERR_OK &&
	    more)
		if ((rc = take(job, archive, name, err)) != ERR_OK)
			break;
	return rc;
}

/* --- a home of them ------------------------------------------------------- */

/* The post says from now on that it does not know what was since. */
static enum err
mark_restored(const struct job *job, struct errtext *err)
{
	char *path = file_join(job->home, "post.db");
	struct store *store = NULL;
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	if ((rc = post_store_file(path, false, &store, err)) == ERR_OK &&
	    (rc = store_check(store, err)) == ERR_OK &&
	    (rc = post_store_put_time(store, "backup", job->made, err)) ==
		ERR_OK &&
	    (rc = post_store_put_time(store, "restored", job->now, err)) ==
		ERR_OK)
		rc = post_store_put_time(store, "restored-of", job->made, err);
	store_close(&store);
	free(path);
	return rc;
}

static bool
is_whole(const struct job *job)
{
	size_t len = strlen(job->owner);

	return job->have[0] && job->root.len > 0 && job->name.len == len + 1 &&
	    memcmp(job->name.at, job->owner, len) == 0 &&
	    job->name.at[len] == '\n';
}

static enum err
write_kept(const struct job *job, const char *name, const struct bytes *data,
    struct errtext *err)
{
	char *path = file_join(job->home, name);
	enum err rc = path != NULL
	    ? file_write(path, 0644, data->at, data->len, err)
	    : err_memory(err);

	free(path);
	return rc;
}

/* The names of its files; those in the home last with post.txt. */
static enum err
sync_evidence(const struct job *job, struct errtext *err)
{
	char *any = file_join(job->home, POST_BACKUP_EVIDENCE "/.");
	enum err rc = any != NULL ? file_sync_name(any, err) : err_memory(err);

	free(any);
	return rc;
}

static enum err
settle(const struct job *job, struct errtext *err)
{
	enum err rc;

	if (!is_whole(job))
		return err_set(err, ERR_DATA,
		    _("%s: it does not hold a whole post"), job->from);
	if ((rc = mark_restored(job, err)) != ERR_OK) {
		err_prefix(err, "%s: post.db", job->from);
		return rc;
	}
	if (job->have_evidence && (rc = sync_evidence(job, err)) != ERR_OK)
		return rc;
	rc = write_kept(job, "post.txt", &job->name, err);
	return rc == ERR_OK ? write_kept(job, "root.crt", &job->root, err) : rc;
}

static void
clean_evidence(const struct job *job)
{
	char *folder = file_join(job->home, POST_BACKUP_EVIDENCE), *path;
	DIR *dir = folder != NULL ? opendir(folder) : NULL;
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' &&
		    (path = file_join(folder, entry->d_name)) != NULL) {
			unlink(path);
			free(path);
		}
	if (dir != NULL) {
		closedir(dir);
		rmdir(folder);
	}
	free(folder);
}

/* Nothing of a home that did not come to be. */
static void
clean(const struct job *job, bool folder)
{
	char *path;

	for (size_t i = 0; post_backup_files[i].name != NULL; i++)
		if ((path = file_join(job->home, post_backup_files[i].name)) !=
		    NULL) {
			if (job->have[i])
				unlink_all(path);
			free(path);
		}
	if (folder) {
		clean_evidence(job);
		rmdir(job->home);
	}
}

static enum err
is_free(const char *home, struct errtext *err)
{
	char *path = file_join(home, "root.crt");
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	if ((rc = file_refuse_there(path, err)) == ERR_EXISTS)
		rc = err_set(err, rc,
		    _("%s: there is a post in this folder, and it would forget "
		      "what it knows. If it shall be replaced, rename the "
		      "folder first"),
		    home);
	free(path);
	return rc;
}

static enum err
unlock(struct archive *archive,
    enum err (*ask)(void *arg, struct secret *out, struct errtext *err),
    void *arg, struct errtext *err)
{
	struct secret passphrase = { 0 };
	enum err rc = ask(arg, &passphrase, err);

	if (rc == ERR_OK)
		rc =
		    archive_unlock(archive, POST_BACKUP_CODE, &passphrase, err);
	secret_wipe(&passphrase);
	return rc;
}

enum err
post_restore(const char *home, const char *path,
    enum err (*passphrase)(void *arg, struct secret *out, struct errtext *err),
    void *arg, int64_t now, struct post_restored *out, struct errtext *err)
{
	struct job job = { .home = home, .from = path, .now = now };
	bool new = !file_exists(home);
	struct archive *archive = NULL;
	enum err rc;

	if ((rc = is_free(home, err)) != ERR_OK ||
	    (rc = archive_open(path, HEADER_POST, &archive, err)) != ERR_OK ||
	    (rc = unlock(archive, passphrase, arg, err)) != ERR_OK ||
	    (rc = private_mkdir(home, err)) != ERR_OK)
		goto out;
	job.made = archive_header(archive)->made;
	text_copy(job.owner, sizeof(job.owner), archive_header(archive)->owner);
	if ((rc = take_all(&job, archive, err)) == ERR_OK)
		rc = settle(&job, err);
	if (rc == ERR_OK) {
		*out = (struct post_restored){ .made = job.made };
		text_copy(out->name, sizeof(out->name), job.owner);
	} else
		clean(&job, new);
out:
	archive_free(&archive);
	bytes_free(&job.root);
	bytes_free(&job.name);
	return rc == ERR_VERSION ? ERR_DATA : rc;
}
