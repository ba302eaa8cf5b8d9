/*
 * backup_files.h - what backup.c and restore.c agree on.
 */
#ifndef ISSUE_CENTER_BACKUP_FILES_H
#define ISSUE_CENTER_BACKUP_FILES_H

#include "issue/register/register.h"

/* The register in a backup, its first file, and the files of the home that come
 * after it, NULL-terminated, each once at most. */
#define BACKUP_REGISTER "register.db"
extern const char *const backup_files[];
#define BACKUP_FILE_COUNT 3

/* Of a home: the copy of a backup that restore examines. */
#define BACKUP_STAGE "register.restore"

/* backup_unlink - a database file, with what SQLite may have left beside it:
 * a write-ahead log of another file would be played into the next one. */
void backup_unlink(const char *path);

/* backup_remember - a file that holds people's data, for
 * register_backup_each() (issue/register/kept.h). Twice
 * is once. */
enum err backup_remember(
    struct registry *reg, const char *path, int64_t at, struct errtext *err);

#endif
