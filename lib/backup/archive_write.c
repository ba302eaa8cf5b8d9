/*
 * archive_write.c - making a backup: archive.h.
 */
#include "backup/archive_inner.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err
refuse_taken(const char *path, struct errtext *err)
{
	return err_set(err, ERR_EXISTS,
	    _("%s: there is such a file already and it was kept; give "
	      "each backup a name of its own"),
	    path);
}

static enum err
refuse_there(const char *path, struct errtext *err)
{
	enum err rc = file_refuse_there(path, err);

	return rc == ERR_EXISTS ? refuse_taken(path, err) : rc;
}

/* Empty, or begun by a backup: nothing of anybody else's. */
static enum err
check_left_over(const struct archive *a, struct errtext *err)
{
	char mark[sizeof(HEADER_MARK) - 1];
	ssize_t got = pread(a->fd, mark, sizeof(mark), 0);

	if (got < 0)
		return err_set(err, ERR_IO, _("%s: cannot be read: %s"),
		    a->part, strerror(errno));
	return memcmp(mark, HEADER_MARK, (size_t)got) == 0
	    ? ERR_OK
	    : refuse_taken(a->part, err);
}

/*
 * What a backup left that was cut short, by a power cut perhaps, the next one
 * writes over: who makes one holds a lock on it. It may have got its name, and
 * with it lost the lock, since that was looked for.
 */
static enum err
make_part(struct archive *a, struct errtext *err)
{
	enum err rc;

	if ((rc = refuse_there(a->path, err)) != ERR_OK ||
	    (rc = file_lock(a->part, &a->fd, err)) != ERR_OK ||
	    (rc = check_left_over(a, err)) != ERR_OK)
		return rc;
	a->writing = true;
	if ((rc = refuse_there(a->path, err)) != ERR_OK)
		return rc;
	return ftruncate(a->fd, 0) == 0 ? ERR_OK
					: file_unwritten(a->path, errno, err);
}

enum err
archive_begin(const char *path, struct header *header, struct archive **out,
    struct errtext *err)
{
	struct archive *a = NULL;
	enum err rc;

	if ((rc = archive_new(path, &a, err)) != ERR_OK ||
	    (rc = make_part(a, err)) != ERR_OK ||
	    (rc = header_write(header, &a->head, &a->drawn, err)) != ERR_OK ||
	    (rc = header_content(&a->drawn, a->head.at, a->head.len,
		 &a->content, err)) != ERR_OK)
		goto out;
	if (!file_write_all(a->fd, a->head.at, a->head.len)) {
		rc = file_unwritten(path, errno, err);
		goto out;
	}
	archive_start(a);
	*out = a;
	a = NULL;
out:
	archive_free(&a);
	return rc;
}

static enum err
begin_file(
    struct archive *a, const char *name, uint64_t size, struct errtext *err)
{
	uint8_t head[1 + ARCHIVE_NAME_SIZE + 8];
	size_t len = strlen(name);

	if (!archive_is_name(name))
		return err_set(err, ERR_CONFIG,
		    _("%s: no backup takes a file with this name; move it to "
		      "another folder"),
		    name);
	head[0] = (uint8_t)len;
	memcpy(head + 1, name, len);
	for (size_t i = 0; i < 8; i++)
		head[1 + len + i] = (uint8_t)(size >> (8 * (7 - i)));
	return chunks_write(&a->chunks, head, 1 + len + 8, err);
}

enum err
archive_add_bytes(struct archive *a, const char *name, const void *data,
    size_t len, struct errtext *err)
{
	enum err rc = begin_file(a, name, len, err);

	return rc == ERR_OK ? chunks_write(&a->chunks, data, len, err) : rc;
}

/* As many bytes as were promised, whatever others do to the file. */
static enum err
copy(struct archive *a, const char *name, int fd, off_t size,
    struct errtext *err)
{
	struct bytes part = { 0 };
	uint8_t *at = bytes_reserve(&part, CHUNKS_TEXT);
	enum err rc = at != NULL ? ERR_OK : err_memory(err);
	off_t done = 0;
	ssize_t got;

	while (rc == ERR_OK && done < size) {
		size_t want = size - done < CHUNKS_TEXT ? (size_t)(size - done)
							: CHUNKS_TEXT;

		got = pread(fd, at, want, done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			rc = err_set(err, ERR_IO, _("%s: cannot be read: %s"),
			    name, got < 0 ? strerror(errno) : "?");
		else
			rc = chunks_write(&a->chunks, at, (size_t)got, err);
		done += got > 0 ? got : 0;
	}
	bytes_wipe(&part);
	return rc;
}

enum err
archive_add_fd(struct archive *a, const char *name, int fd, struct errtext *err)
{
	struct stat st;
	enum err rc;

	if (fstat(fd, &st) != 0)
		return err_set(err, ERR_IO, _("%s: cannot be read: %s"), name,
		    strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_IO, _("%s: is not a file"), name);
	rc = begin_file(a, name, (uint64_t)st.st_size, err);
	return rc == ERR_OK ? copy(a, name, fd, st.st_size, err) : rc;
}

enum err
archive_add_file(
    struct archive *a, const char *name, const char *path, struct errtext *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	enum err rc;

	if (fd < 0)
		return errno == ENOENT
		    ? ERR_OK
		    : err_set(err, ERR_IO, _("%s: cannot be opened: %s"), path,
			  strerror(errno));
	/* one that no restore takes would make the backup good for nothing */
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (uintmax_t)st.st_size > ARCHIVE_BESIDE_MAX)
		rc = err_set(err, ERR_LIMIT, _("%s: larger than %zu bytes"),
		    path, ARCHIVE_BESIDE_MAX);
	else
		rc = archive_add_fd(a, name, fd, err);
	close(fd);
	return rc;
}

/* --- is it what was written? ---------------------------------------------- */

/* The key is made anew, of what stands on the disk: one that was made wrong
 * opens nothing for anybody. */
static enum err
read_back_head(struct archive *a, struct errtext *err)
{
	struct bytes written = a->head;
	size_t len = written.len;
	enum err rc;

	a->head = (struct bytes){ 0 };
	secret_wipe(&a->content);
	rc = archive_read_head(a, len, err);
	if (rc == ERR_OK && !bytes_equal(&written, &a->head))
		rc = ERR_DATA;
	if (rc == ERR_OK)
		rc = header_content(
		    &a->drawn, a->head.at, a->head.len, &a->content, err);
	bytes_free(&written);
	return rc;
}

/* From the disk, where the system lets that be asked for: what it still has in
 * memory says nothing of a stick. */
static enum err
read_back(struct archive *a, struct errtext *err)
{
	char name[ARCHIVE_NAME_SIZE];
	bool more = true;
	uint64_t size;
	enum err rc;

	(void)posix_fadvise(a->fd, 0, 0, POSIX_FADV_DONTNEED);
	if ((a->size = lseek(a->fd, 0, SEEK_END)) < 0 ||
	    lseek(a->fd, 0, SEEK_SET) != 0)
		return file_unwritten(a->path, errno, err);
	rc = read_back_head(a, err);
	archive_start(a);
	a->chunks.left = a->size - (off_t)a->head.len;
	while (rc == ERR_OK && more)
		rc = archive_next(a, name, &size, &more, err);
	if (rc == ERR_DATA || rc == ERR_VERSION)
		rc = err_set(err, ERR_IO,
		    _("%s: what was written reads back as something else: "
		      "this stick or disk fails, take another one"),
		    a->path);
	return rc;
}

static enum err
end_text(struct archive *a, struct errtext *err)
{
	const uint8_t no_name = 0;
	enum err rc = chunks_write(&a->chunks, &no_name, 1, err);

	if (rc == ERR_OK)
		rc = chunks_end(&a->chunks, err);
	if (rc == ERR_OK && fsync(a->fd) != 0)
		rc = file_unwritten(a->path, errno, err);
	return rc;
}

enum err
archive_finish(struct archive *a, struct errtext *err)
{
	enum err rc;

	if ((rc = end_text(a, err)) != ERR_OK ||
	    (rc = read_back(a, err)) != ERR_OK)
		return rc;
	if (rename(a->part, a->path) != 0)
		return file_unwritten(a->path, errno, err);
	a->writing = false;
	return file_sync_name(a->path, err);
}
