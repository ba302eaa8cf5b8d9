/*
 * file.h - whole files, read with a limit and replaced so that a power cut
 * leaves the old or the new one, never half of one.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/*
 * file_read - the whole of a regular file, or of a pipe that somebody writes
 * to, into out. Never waits for ever: a pipe without a writer is ERR_IO after
 * five seconds, one that says nothing after twenty; a device, a terminal or a
 * socket at once.
 *
 *   path  "-" is standard input, whatever that is
 *   max   bytes; a longer file is ERR_LIMIT without reading on
 *   out   appended to; the caller frees it; empty on error
 *
 * Returns ERR_OK, ERR_NOT_FOUND, ERR_IO (also for a folder), ERR_LIMIT,
 * ERR_MEMORY.
 */
enum err file_read(
    const char *path, size_t max, struct bytes *out, struct errtext *err);

/*
 * file_read_regular - the same of a file that somebody else brought: a pipe,
 * which might never end, or a device is ERR_IO, and "-" a name like others.
 */
enum err file_read_regular(
    const char *path, size_t max, struct bytes *out, struct errtext *err);

/* file_read_fd - as file_read(), from an open descriptor; name is for
 * messages. */
enum err file_read_fd(int fd, const char *name, size_t max, struct bytes *out,
    struct errtext *err);

/*
 * file_write - make or replace path: temporary file in the same folder,
 * write, fsync, rename, fsync of the folder.
 *
 *   mode  of the new file, for example 0644; 0600 for anything private
 *
 * Returns ERR_OK, ERR_IO (also where a folder, device or pipe is) or
 * ERR_MEMORY; on error the old file is untouched and no temporary file stays.
 */
enum err file_write(const char *path, mode_t mode, const void *data, size_t len,
    struct errtext *err);

/*
 * file_write_new - like file_write, but an existing file stays: ERR_OK when
 * it holds the same bytes, ERR_EXISTS when it holds others. Two at the same
 * moment cannot both make it, but on a file system that has neither
 * RENAME_NOREPLACE nor links (exFAT).
 */
enum err file_write_new(const char *path, mode_t mode, const void *data,
    size_t len, struct errtext *err);

/*
 * A file that is whole on its disk and has no name yet: for what must not
 * begin before its files are sure to be there. Start as {0}.
 */
struct file_draft {
	char *dir, *temporary, *path; /* internal */
	int lock;                     /* of `temporary`; -1: none */
	bool replace;
};

/*
 * file_draft_new - as file_write_new(), but for the name; nothing is left to
 * be done when the same bytes are there. file_draft_over - as file_write(),
 * likewise. file_draft_name - their names, for some that follow each other in
 * memory: one fsync a folder; clears them. file_draft_clear - away with it.
 * Errors as file_write_new() and file_write().
 */
enum err file_draft_new(const char *path, mode_t mode, const void *data,
    size_t len, struct file_draft *out, struct errtext *err);
enum err file_draft_over(const char *path, mode_t mode, const void *data,
    size_t len, struct file_draft *out, struct errtext *err);
enum err file_draft_name(
    struct file_draft *draft, size_t count, struct errtext *err);
void file_draft_clear(struct file_draft *draft);

/*
 * file_write_over - like file_write_new, but a file that begins with `mark`
 * is replaced: one that the same command wrote before. ERR_EXISTS else.
 */
enum err file_write_over(const char *path, mode_t mode, const void *data,
    size_t len, const char *mark, struct errtext *err);

/*
 * file_unwritten - ERR_IO and a sentence for what the system answered (errno)
 * to writing path: a full disk, a quota, one that is read-only, pulled out,
 * takes no such size or name.
 */
enum err file_unwritten(const char *path, int why, struct errtext *err);

/*
 * file_sync_name - let a name that path just got or lost outlive a power cut:
 * fsync of its folder, where the file system can. ERR_IO, ERR_MEMORY.
 */
enum err file_sync_name(const char *path, struct errtext *err);

/* file_sync - the same for a file and its name that were found there: whoever
 * wrote them may have been ended before they were flushed. */
enum err file_sync(const char *path, struct errtext *err);

/* file_parent - the folder that path names something in: "/", "." or before the
 * last slash; malloc'ed, NULL: no memory. */
char *file_parent(const char *path);

/* file_write_all - all of it to an open descriptor, however many calls that
 * takes; false with errno set. */
bool file_write_all(int fd, const void *data, size_t len);

/*
 * file_mkdir - make path and its parents (mode for all of them), each lasting
 * through a power cut before the next; exists: ERR_OK. ERR_IO, ERR_MEMORY.
 */
enum err file_mkdir(const char *path, mode_t mode, struct errtext *err);

/*
 * file_folder_ready - before work that would be lost: may files be made in
 * this folder, or, where there is none yet, the folder itself? Makes nothing,
 * and a disk that is full is not seen. ERR_IO.
 */
enum err file_folder_ready(const char *path, struct errtext *err);

/*
 * file_parent_there - before a folder is made for what is carried away: is
 * there the one that it will lie in? Of such a path only the last part is ever
 * made: what lies above may be a stick that is not in, or a name misspelt.
 * ERR_NOT_FOUND, saying so; ERR_MEMORY.
 */
enum err file_parent_there(const char *path, struct errtext *err);

/* Both say yes where nobody can look, for want of a right, of memory, of a disk
 * that works: who opens it is told why. */
/* file_exists - is there anything of this name, also a link to nowhere? */
bool file_exists(const char *path);
/* file_is_dir - a folder, or a link to one? */
bool file_is_dir(const char *path);

/* file_seen_dir - the same, but no where nobody can look. */
bool file_seen_dir(const char *path);

/*
 * file_refuse_there - before something is made that replaces nothing: ERR_OK
 * where there is nothing of this name; ERR_IO, saying why, where nobody can
 * look; ERR_EXISTS without a text where there is something.
 */
enum err file_refuse_there(const char *path, struct errtext *err);

/* file_absolute - the absolute path, also of a file or folder that is gone: a
 * mount point may vanish with its stick. malloc'ed; NULL: cannot be known. */
char *file_absolute(const char *path);

/* file_join - "dir/name", allocated with malloc; NULL without memory. */
char *file_join(const char *dir, const char *name);

/*
 * file_beside_program - path of a file installed with the program: looked
 * for in the running program's folder, then ../libexec/sello, ../lib/sello,
 * ../share/sello and ../share (share/locale) beside that folder; and for a
 * program below a folder tests, fuzz or bench, beside that. malloc'ed, NULL if
 * nowhere.
 */
char *file_beside_program(const char *name);

/*
 * file_lock - take the one-writer lock `path` (made 0600 if absent) without
 * waiting. Returns ERR_OK and a descriptor to close() when done, ERR_BUSY
 * when another process holds it, ERR_IO.
 */
enum err file_lock(const char *path, int *fd, struct errtext *err);

#endif
