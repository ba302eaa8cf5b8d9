/*
 * post_backup.c - post_backup.h. Restoring is in post_restore.c.
 *
 * backup.key, 164 bytes:
 *
 *    0  20  "sello-backup-key/v1" LF
 *   20  32  X25519 public key
 *   52 112  a credential for the code PASSPHRASE (trust/credential.h)
 */
#include "verify/post/post_backup.h"

#include "backup/archive.h"
#include "base/file.h"
#include "base/folder_names.h"
#include "base/i18n.h"
#include "trust/credential.h"
#include "verify/post/post_backup_inner.h"
#include "verify/post/post_store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEY_FILE "backup.key"
#define KEY_MARK "sello-backup-key/v1\n"
#define KEY_SIZE (sizeof(KEY_MARK) - 1 + 32 + 112)

const struct post_backup_file post_backup_files[] = { { "post.db", 0600 },
	{ "logs.db", 0600 }, { "post.txt", 0644 }, { "root.crt", 0644 },
	{ "cosigner.key", 0600 }, { "report.key", 0600 },
	{ "request.txt", 0644 }, { "trust.xml", 0644 }, { KEY_FILE, 0600 },
	{ NULL, 0 } };

/* --- the passphrase ------------------------------------------------------- */

struct key {
	uint8_t slot[32];
	struct bytes sealed;
};

/* ERR_NOT_FOUND: none was chosen. */
static enum err
read_key(const struct post *post, struct key *out, struct errtext *err)
{
	char *path = post_path(post, KEY_FILE);
	struct bytes file = { 0 };
	struct reader r, slot;
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	if ((rc = file_read_regular(path, KEY_SIZE, &file, err)) != ERR_OK)
		goto out;
	r = (struct reader){ file.at, file.len };
	if (file.len != KEY_SIZE || !reader_skip_text(&r, KEY_MARK) ||
	    !reader_take(&r, sizeof(out->slot), &slot)) {
		rc = ERR_DATA;
		goto out;
	}
	memcpy(out->slot, slot.at, slot.left);
	bytes_add(&out->sealed, r.at, r.left);
	if (out->sealed.failed)
		rc = err_memory(err);
out:
	if (rc == ERR_DATA || rc == ERR_LIMIT)
		rc = err_set(err, ERR_DATA,
		    _("%s: this file is damaged. Delete it, and choose a new "
		      "passphrase for backups"),
		    path);
	bytes_wipe(&file);
	free(path);
	return rc;
}

enum err
post_backup_is_set(const struct post *post, bool *set, struct errtext *err)
{
	struct key key = { 0 };
	enum err rc = read_key(post, &key, err);

	*set = rc == ERR_OK;
	bytes_wipe(&key.sealed);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err
post_backup_set(const struct post *post, const struct secret *passphrase,
    struct errtext *err)
{
	char *path = post_path(post, KEY_FILE);
	struct bytes sealed = { 0 }, file = { 0 };
	struct credential *own = NULL;
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	rc = credential_new(POST_BACKUP_CODE, passphrase, &sealed, &own, err);
	if (rc == ERR_OK) {
		bytes_add_text(&file, KEY_MARK);
		bytes_add(&file, credential_public_of(own)->slot, 32);
		bytes_add(&file, sealed.at, sealed.len);
		rc = file.failed
		    ? err_memory(err)
		    : file_write(path, 0600, file.at, file.len, err);
	}
	credential_free(&own);
	bytes_wipe(&sealed);
	bytes_wipe(&file);
	free(path);
	return rc;
}

enum err
post_backup_is_passphrase(const struct post *post,
    const struct secret *passphrase, struct errtext *err)
{
	struct credential *own = NULL;
	struct key key = { 0 };
	enum err rc = read_key(post, &key, err);

	if (rc == ERR_OK)
		rc = credential_open(POST_BACKUP_CODE, key.sealed.at,
		    key.sealed.len, passphrase, &own, err);
	/* backups would be sealed for somebody else */
	if (rc == ERR_OK &&
	    memcmp(credential_public_of(own)->slot, key.slot, 32) != 0)
		rc = ERR_DATA;
	if (rc == ERR_REFUSED)
		err_set(err, rc,
		    _("this is not the passphrase that was chosen for backups "
		      "(a new one: --new-passphrase)"));
	if (rc == ERR_DATA)
		err_set(err, rc,
		    _("%s was changed: backups would open with another "
		      "passphrase. Delete it, and choose a new one"),
		    KEY_FILE);
	credential_free(&own);
	bytes_wipe(&key.sealed);
	return rc;
}

/* --- what is saved -------------------------------------------------------- */

static enum err
add_store(const struct post *post, struct archive *archive, struct store *store,
    const char *name, struct errtext *err)
{
	int copy = -1;
	enum err rc = store_copy(store, post->home, &copy, err);

	if (rc == ERR_DATA)
		err_prefix(err, "%s", name);
	if (rc == ERR_OK)
		rc = archive_add_fd(archive, name, copy, err);
	if (copy >= 0)
		close(copy);
	return rc;
}

/* One that cannot be used is not saved: it would take the place of the last
 * that could. */
static enum err
add_stores(struct post *post, struct archive *archive, struct errtext *err)
{
	const struct post_logs *logs = &post->logs;
	enum err rc;

	if (post->store == NULL)
		return err_set(err, post->store_why, "post.db: %s",
		    post->store_problem.text);
	if ((rc = add_store(post, archive, post->store, "post.db", err)) !=
	    ERR_OK)
		return rc;
	if (logs->store != NULL)
		return add_store(post, archive, logs->store, "logs.db", err);
	return logs->none
	    ? ERR_OK
	    : err_set(err, logs->why, "logs.db: %s", logs->problem.text);
}

static enum err
add_path(const struct post *post, struct archive *archive, const char *name,
    struct errtext *err)
{
	char *path = post_path(post, name);
	enum err rc;

	if (path == NULL)
		return err_memory(err);
	rc = archive_add_file(archive, name, path, err);
	free(path);
	return rc;
}

struct adding {
	const struct post *post;
	struct archive *archive;
	enum err rc;
	struct errtext *err;
};

static bool
add_proof(void *arg, const char *name)
{
	struct adding *a = arg;
	char *path = file_join(POST_BACKUP_EVIDENCE, name);

	a->rc = path != NULL ? add_path(a->post, a->archive, path, a->err)
			     : err_memory(a->err);
	free(path);
	return a->rc == ERR_OK;
}

static enum err
add_evidence(
    const struct post *post, struct archive *archive, struct errtext *err)
{
	char *folder = post_path(post, POST_BACKUP_EVIDENCE);
	struct adding a = { .post = post, .archive = archive, .err = err };
	enum err rc;

	if (folder == NULL)
		return err_memory(err);
	rc = folder_names(folder, add_proof, &a, err);
	free(folder);
	if (rc == ERR_NOT_FOUND) /* no proof of anything was ever kept */
		return ERR_OK;
	return rc == ERR_OK ? a.rc : rc;
}

static enum err
fill(struct post *post, struct archive *archive, struct errtext *err)
{
	enum err rc = add_stores(post, archive, err);

	for (size_t i = POST_BACKUP_DATABASES;
	     post_backup_files[i].name != NULL && rc == ERR_OK; i++)
		rc = add_path(post, archive, post_backup_files[i].name, err);
	return rc == ERR_OK ? add_evidence(post, archive, err) : rc;
}

static enum err
make_header(const struct post *post, int64_t now, struct header *out,
    struct errtext *err)
{
	struct header header = { .kind = HEADER_POST, .made = now };
	struct key key = { 0 };
	enum err rc = read_key(post, &key, err);

	text_copy(header.owner, sizeof(header.owner), post->name);
	if (rc == ERR_OK)
		rc = header_add(
		    &header, POST_BACKUP_CODE, key.slot, &key.sealed, err);
	if (rc == ERR_NOT_FOUND)
		rc = err_set(err, ERR_CONFIG,
		    _("no passphrase for backups was chosen yet"));
	if (rc == ERR_OK) {
		*out = header;
		header = (struct header){ 0 };
	}
	header_clear(&header);
	bytes_wipe(&key.sealed);
	return rc;
}

enum err
post_backup_write(
    struct post *post, const char *path, int64_t now, struct errtext *err)
{
	struct archive *archive = NULL;
	struct header header = { 0 };
	enum err rc;

	if ((rc = make_header(post, now, &header, err)) == ERR_OK &&
	    (rc = archive_begin(path, &header, &archive, err)) == ERR_OK &&
	    (rc = fill(post, archive, err)) == ERR_OK)
		rc = archive_finish(archive, err);
	archive_free(&archive);
	header_clear(&header);
	return rc == ERR_OK ? post_store_set_time(post, "backup", now, err)
			    : rc;
}

void
post_times(struct post *post, struct post_times *out)
{
	*out = (struct post_times){ .backup = 0 };
	post_store_time(post, "backup", &out->backup);
	post_store_time(post, "restored", &out->restored);
	post_store_time(post, "restored-of", &out->made);
}
