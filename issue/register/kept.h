/*
 * kept.h - copies of the register in the register: rows of the backups that
 * were made, since they hold people's data, and in a backup the files of the
 * home that go with it.
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_KEPT_H
#define ISSUE_REGISTER_KEPT_H

#include "base/bytes.h"
#include "issue/register/register.h"

/* --- backups ------------------------------------------------------------- */

/* register_copy - the whole register, without what was deleted, into a file
 * that is there and empty. */
enum err register_copy(
    struct registry *reg, const char *path, struct errtext *err);

/* register_add_backup - one row; the same path at the same time again adds
 * nothing. */
enum err register_add_backup(
    struct registry *reg, int64_t at, const char *path, struct errtext *err);
/* register_backup_each - all of them, oldest first; false stops. path until
 * each() returns. */
enum err register_backup_each(struct registry *reg,
    bool (*each)(void *arg, int64_t at, const char *path), void *arg,
    struct errtext *err);
/* register_last_backup - when the newest was made; 0: none was. */
enum err register_last_backup(
    struct registry *reg, int64_t *at, struct errtext *err);

/* --- files of the home --------------------------------------------------- */

/* register_add_home_file - a file's contents by its name; within a
 * transaction. */
enum err register_add_home_file(struct registry *reg, const char *name,
    const struct bytes *data, struct errtext *err);
/* register_home_file - added to out; nothing is when there is none. */
enum err register_home_file(struct registry *reg, const char *name,
    struct bytes *out, struct errtext *err);
/* register_drop_home_files - all of them. */
enum err register_drop_home_files(struct registry *reg, struct errtext *err);

#endif
