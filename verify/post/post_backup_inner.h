/*
 * post_backup_inner.h - what post_backup.c and post_restore.c agree on: inside
 * the post room only.
 */
#ifndef VERIFY_POST_POST_BACKUP_INNER_H
#define VERIFY_POST_POST_BACKUP_INNER_H

#include <sys/types.h>

/* By this code the passphrase stands in the header. */
#define POST_BACKUP_CODE "PASSPHRASE"
/* Files of before a contradiction was found, each by a name of its own. */
#define POST_BACKUP_EVIDENCE "evidence"

/* The files of a home, in the order in which they are saved; NULL ends them.
 * post.db before logs.db, which must have at least what post.db counted. */
struct post_backup_file {
	const char *name;
	mode_t mode;
};
extern const struct post_backup_file post_backup_files[];
#define POST_BACKUP_DATABASES 2 /* the first ones */

#endif
