/*
 * archive.c - files in a backup: archive.h. The text in the chunks:
 *
 *   for each file   1+n  its name
 *                   8    bytes that follow, big-endian
 *   at the end      1    zero: no name
 */
#include "backup/archive.h"

#include "backup/archive_inner.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err
archive_new(const char *path, struct archive **out, struct errtext *err)
{
	struct archive *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return err_memory(err);
	a->fd = -1;
	if ((a->path = strdup(path)) == NULL ||
	    asprintf(&a->part, "%s.part", path) < 0) {
		a->part = NULL;
		archive_free(&a);
		return err_memory(err);
	}
	*out = a;
	return ERR_OK;
}

void
archive_free(struct archive **archive)
{
	struct archive *a = *archive;

	if (a == NULL)
		return;
	/* before the lock on it goes */
	if (a->writing && a->part != NULL)
		unlink(a->part);
	if (a->fd >= 0)
		close(a->fd);
	chunks_clear(&a->chunks);
	secret_wipe(&a->drawn);
	secret_wipe(&a->content);
	header_clear(&a->header);
	bytes_free(&a->head);
	free(a->path);
	free(a->part);
	free(a);
	*archive = NULL;
}

void
archive_start(struct archive *a)
{
	chunks_clear(&a->chunks);
	a->chunks =
	    (struct chunks){ .fd = a->fd, .name = a->path, .key = &a->content };
}

bool
archive_is_name(const char *name)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
	size_t len = strlen(name);

	return len > 0 && len < ARCHIVE_NAME_SIZE &&
	    strspn(name, good) == len && name[0] != '/' && name[0] != '.' &&
	    name[len - 1] != '/' && strstr(name, "/.") == NULL &&
	    strstr(name, "//") == NULL;
}

/* --- reading -------------------------------------------------------------- */

/* A pipe would hang, a device never end. */
static enum err
open_regular(struct archive *a, struct errtext *err)
{
	struct stat st;

	a->fd = open(a->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (a->fd < 0)
		return err_set(err,
		    errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND
							: ERR_IO,
		    _("%s: cannot be opened: %s"), a->path, strerror(errno));
	if (fstat(a->fd, &st) != 0)
		return err_set(err, ERR_IO, _("%s: cannot be read: %s"),
		    a->path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(
		    err, ERR_DATA, _("%s: this is not a file"), a->path);
	if (st.st_size > ARCHIVE_MAX)
		return err_set(
		    err, ERR_LIMIT, _("%s: too large for a backup"), a->path);
	a->size = st.st_size;
	return ERR_OK;
}

enum err
archive_read_head(struct archive *a, size_t len, struct errtext *err)
{
	uint8_t *at = bytes_reserve(&a->head, len);
	ssize_t got;

	if (at == NULL)
		return err_memory(err);
	while (len > 0) {
		got = read(a->fd, a->head.at + a->head.len, len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, ERR_IO, _("%s: cannot be read: %s"),
			    a->path, strerror(errno));
		if (got == 0)
			return err_set(err, ERR_DATA,
			    _("%s: the file is cut short: its end is missing"),
			    a->path);
		a->head.len += (size_t)got;
		len -= (size_t)got;
	}
	return ERR_OK;
}

static enum err
read_header(struct archive *a, struct errtext *err)
{
	struct errtext none = { 0 };
	size_t len;
	enum err rc;

	/* what is shorter than that is no backup, whatever it is */
	rc = archive_read_head(a, HEADER_PREFIX_SIZE, &none);
	if (rc == ERR_DATA)
		return err_set(err, rc, _("%s: this is not a backup"), a->path);
	if (rc != ERR_OK)
		return err_set(err, rc, "%s", none.text);
	if ((rc = header_length(a->head.at, &len, err)) != ERR_OK) {
		err_prefix(err, "%s", a->path);
		return rc;
	}
	if ((rc = archive_read_head(a, len - a->head.len, err)) == ERR_OK &&
	    (rc = header_read(a->head.at, a->head.len, &a->header, err)) !=
		ERR_OK)
		err_prefix(err, "%s", a->path);
	return rc;
}

static enum err
check_kind(const struct archive *a, enum header_kind kind, struct errtext *err)
{
	if (a->header.kind == kind)
		return ERR_OK;
	return err_set(err, ERR_DATA,
	    kind == HEADER_CENTER
		? _("%s: this is the backup of a post (%s): sello-verify "
		    "restore")
		: _("%s: this is the backup of a center (%s): sello-issue "
		    "restore"),
	    a->path, a->header.owner);
}

enum err
archive_open(const char *path, enum header_kind kind, struct archive **out,
    struct errtext *err)
{
	struct archive *a = NULL;
	enum err rc;

	if ((rc = archive_new(path, &a, err)) == ERR_OK &&
	    (rc = open_regular(a, err)) == ERR_OK &&
	    (rc = read_header(a, err)) == ERR_OK &&
	    (rc = check_kind(a, kind, err)) == ERR_OK) {
		*out = a;
		a = NULL;
	}
	archive_free(&a);
	return rc;
}

const struct header *
archive_header(const struct archive *archive)
{
	return &archive->header;
}

off_t
archive_size(const struct archive *archive)
{
	return archive->size;
}

enum err
archive_unlock(struct archive *a, const char *code,
    const struct secret *passphrase, struct errtext *err)
{
	enum err rc = header_open(&a->header, a->head.at, a->head.len, code,
	    passphrase, &a->content, err);

	if (rc != ERR_OK) {
		err_prefix(err, "%s", a->path);
		return rc;
	}
	archive_start(a);
	a->chunks.left = a->size - (off_t)a->head.len;
	return ERR_OK;
}

static enum err
read_number(struct archive *a, uint64_t *out, struct errtext *err)
{
	uint8_t raw[8];
	enum err rc = chunks_read(&a->chunks, raw, sizeof(raw), err);

	*out = 0;
	for (size_t i = 0; i < sizeof(raw) && rc == ERR_OK; i++)
		*out = *out << 8 | raw[i];
	return rc;
}

static enum err
read_name(struct archive *a, size_t len, char name[ARCHIVE_NAME_SIZE],
    struct errtext *err)
{
	bool good = len < ARCHIVE_NAME_SIZE;

	if (good) {
		enum err rc = chunks_read(&a->chunks, name, len, err);

		if (rc != ERR_OK)
			return rc;
		name[len] = '\0';
		good = strlen(name) == len && archive_is_name(name);
	}
	return good ? ERR_OK
		    : err_set(err, ERR_VERSION,
			  _("%s: it holds files that this Sello does not know"),
			  a->path);
}

/* No file is larger than the backup that it is in. */
static enum err
check_room(const struct archive *a, struct errtext *err)
{
	return a->left <= (uint64_t)a->size
	    ? ERR_OK
	    : err_set(err, ERR_DATA,
		  _("%s: the file is damaged, or was changed"), a->path);
}

enum err
archive_next(struct archive *a, char name[ARCHIVE_NAME_SIZE], uint64_t *size,
    bool *more, struct errtext *err)
{
	uint8_t len, skipped[512];
	enum err rc = ERR_OK;

	for (; a->left > 0 && rc == ERR_OK;) {
		size_t n = a->left < sizeof(skipped) ? (size_t)a->left
						     : sizeof(skipped);

		rc = chunks_read(&a->chunks, skipped, n, err);
		a->left -= n;
	}
	if (rc != ERR_OK ||
	    (rc = chunks_read(&a->chunks, &len, 1, err)) != ERR_OK)
		return rc;
	if (len == 0) {
		*more = false;
		return chunks_read_end(&a->chunks, err);
	}
	if ((rc = read_name(a, len, name, err)) != ERR_OK ||
	    (rc = read_number(a, &a->left, err)) != ERR_OK ||
	    (rc = check_room(a, err)) != ERR_OK)
		return rc;
	*size = a->left;
	*more = true;
	return ERR_OK;
}

enum err
archive_take_bytes(
    struct archive *a, size_t max, struct bytes *out, struct errtext *err)
{
	size_t len = (size_t)a->left;
	uint8_t *at;
	enum err rc;

	if (a->left > max)
		return err_set(err, ERR_LIMIT, _("%s: larger than %zu bytes"),
		    a->path, max);
	if ((at = bytes_reserve(out, len)) == NULL)
		return err_memory(err);
	if ((rc = chunks_read(&a->chunks, at, len, err)) != ERR_OK)
		return rc;
	out->len += len;
	a->left = 0;
	return ERR_OK;
}

enum err
archive_take_fd(struct archive *a, int fd, const char *to, struct errtext *err)
{
	struct bytes part = { 0 };
	uint8_t *at = bytes_reserve(&part, CHUNKS_TEXT);
	enum err rc = at != NULL ? ERR_OK : err_memory(err);

	while (rc == ERR_OK && a->left > 0) {
		size_t n =
		    a->left < CHUNKS_TEXT ? (size_t)a->left : CHUNKS_TEXT;

		rc = chunks_read(&a->chunks, at, n, err);
		if (rc == ERR_OK && !file_write_all(fd, at, n))
			rc = file_unwritten(to, errno, err);
		a->left -= n;
	}
	bytes_wipe(&part);
	return rc;
}
