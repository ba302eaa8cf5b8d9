/*
 * post_backup.h - all that a post must not forget in one sealed file
 * (docs/backup.md), and back: its keys, letters shown here and at other posts,
 * the copy of the logs, list and evidence.
 *
 * It is sealed for a passphrase that was chosen once and is not in the home:
 * backup.key has keys under it, of which the public one is enough to seal. So
 * anybody at the post, or a timer, makes backups.
 */
#ifndef VERIFY_POST_POST_BACKUP_H
#define VERIFY_POST_POST_BACKUP_H

#include "base/secret.h"
#include "verify/post/post.h"

/* post_backup_is_set - was a passphrase chosen? ERR_DATA: backup.key is
 * damaged; ERR_IO, ERR_MEMORY. */
enum err post_backup_is_set(
    const struct post *post, bool *set, struct errtext *err);

/* post_backup_set - choose it, in place of another: backups of before open with
 * the one of before. ERR_IO, ERR_MEMORY, ERR_INTERNAL. */
enum err post_backup_set(const struct post *post,
    const struct secret *passphrase, struct errtext *err);

/* post_backup_is_passphrase - ERR_REFUSED: it is another one. Errors as
 * post_backup_is_set(). */
enum err post_backup_is_passphrase(const struct post *post,
    const struct secret *passphrase, struct errtext *err);

/*
 * post_backup_write - make `path`, 0600, while counters work on; read back from
 * the disk. The post remembers when.
 *
 * ERR_CONFIG: no passphrase was chosen; ERR_EXISTS; ERR_DATA: what is to be
 * saved is damaged; ERR_IO, and then no file stays.
 */
enum err post_backup_write(
    struct post *post, const char *path, int64_t now, struct errtext *err);

/* What a restore did. */
struct post_restored {
	char name[32]; /* of the post */
	int64_t made;  /* when the backup was */
};

/*
 * post_restore - make a post's home from a backup. root.crt comes last: a home
 * is there whole or not at all.
 *
 *   passphrase  asked for once the file is known to be a post's backup
 *
 * ERR_EXISTS: there is a post, which would forget what it knows; ERR_NOT_FOUND;
 * ERR_DATA: no whole backup; ERR_REFUSED: another passphrase; ERR_IO.
 */
enum err post_restore(const char *home, const char *path,
    enum err (*passphrase)(void *arg, struct secret *out, struct errtext *err),
    void *arg, int64_t now, struct post_restored *out, struct errtext *err);

/* Of the home: 0 is never. */
struct post_times {
	int64_t backup;   /* when the last one was made */
	int64_t restored; /* when it was made from a backup ... */
	int64_t made;     /* ... of this time */
};

/* post_times - all 0 where nothing is known. */
void post_times(struct post *post, struct post_times *out);

#endif
