/*
 * folder.h - the files of a published log in a folder: PUB/log/CENTER/
 * GENERATION on a disk, or a copy of it on a stick that a stranger had in
 * the hand. Names come from log/tile.h.
 *
 * Every write is a temporary file in the same folder, fsync, rename, fsync
 * of the folder (base/file.h); a reader sees the old or the new file.
 */
#ifndef LOG_FOLDER_H
#define LOG_FOLDER_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * folder_of_log - "PUB/log/GTGUA01/1", where the log of a center is below the
 * folder that it publishes to. The caller frees it; NULL without memory.
 */
char *folder_of_log(const char *pub, const char *center, unsigned generation);

/*
 * folder_fetch - read one file; `fetch` of struct log_source (log/read.h).
 *
 *   dir   the folder's path (const char *)
 *   path  below it
 *   max   bytes
 *   out   appended to; empty on error
 *
 * Only regular files are read: a pipe or a device on a strange disk would
 * hang or never end. Returns ERR_OK, ERR_NOT_FOUND, ERR_LIMIT (longer),
 * ERR_IO, ERR_MEMORY.
 */
enum err folder_fetch(void *dir, const char *path, size_t max,
    struct bytes *out, struct errtext *err);

/*
 * folder_lock - make the folder if it is not there, and keep other programs
 * from publishing into it until the descriptor is closed. No file is left
 * for it: the folder itself is locked. ERR_OK also on a file system without
 * locks. ERR_BUSY, ERR_IO, ERR_MEMORY.
 */
enum err folder_lock(const char *dir, int *fd, struct errtext *err);

/*
 * folder_put_new - make a file that never changes again. ERR_OK too when it
 * is there with the same bytes; ERR_EXISTS, file untouched, with others.
 * made: set when a file was written; its folders are made as needed.
 */
enum err folder_put_new(const char *dir, const char *path,
    const struct bytes *data, bool *made, struct errtext *err);

/*
 * folder_put - make or replace a file; one with the same bytes is left
 * alone. made: set when a file was written. ERR_IO, ERR_MEMORY.
 */
enum err folder_put(const char *dir, const char *path, const struct bytes *data,
    bool *made, struct errtext *err);

/*
 * folder_remove_partial - remove a folder of partial tiles ("067.p") and the
 * files that publishing made in it. A link to another folder is not
 * followed. What cannot be removed stays: it does no harm.
 */
void folder_remove_partial(const char *dir, const char *path);

#endif
