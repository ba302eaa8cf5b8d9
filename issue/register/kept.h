/*
 * kept.h - copies of the register in the register: rows of the backups that
 * were made, and of registers that were replaced, since they hold people's data.
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_KEPT_H
#define ISSUE_REGISTER_KEPT_H

#include "issue/register/register.h"

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

#endif
