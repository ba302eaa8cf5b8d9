/*
 * backup.h - the whole of a center's home in one file, and back. The file is
 * a register (SQLite) that also holds root.crt, request.csr and trust.xml; the
 * log's guard is left out on purpose, or a restored home would not notice
 * that its log went on since.
 */
#ifndef ISSUE_CENTER_BACKUP_H
#define ISSUE_CENTER_BACKUP_H

#include "issue/center/center.h"

/*
 * backup_write - make `path`, 0600, a consistent copy also while somebody
 * reads. ERR_EXISTS when there is such a file; ERR_IO and then no file stays.
 * The register remembers it, for backup_each().
 */
enum err backup_write(
    struct center *center, const char *path, int64_t now, struct errtext *err);

/* backup_each - backups made before, oldest first; false stops. */
enum err backup_each(struct registry *reg,
    bool (*each)(void *arg, int64_t at, const char *path), void *arg,
    struct errtext *err);

/* What restoring did. */
struct restored {
	bool kept;    /* a register was there and is kept as ... */
	char old[64]; /* ... this file of the home */
};

/*
 * backup_restore - make `home` from a backup: a new home, or with its
 * register, which is kept beside, replaced. Everything is checked before
 * anything is changed. Files that the home has (root.crt, trust.xml, the
 * guard) stay.
 *
 * ERR_NOT_FOUND; ERR_DATA when the file is no whole backup; ERR_REFUSED when
 * the home is another center's; ERR_BUSY; ERR_IO.
 */
enum err backup_restore(const char *home, const char *path, int64_t now,
    struct restored *out, struct errtext *err);

#endif
