/*
 * backup_files.h - what backup.c and restore.c agree on.
 */
#ifndef ISSUE_BACKUP_FILES_H
#define ISSUE_BACKUP_FILES_H

/* Files of the home that a backup holds, NULL-terminated. */
extern const char *const backup_files[];

#endif
