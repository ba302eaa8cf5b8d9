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
 * The register remembers it, for register_backup_each().
 */
enum err backup_write(
    struct center *center, const char *path, int64_t now, struct errtext *err);

/* One of the two registers that a person chooses between. */
struct backup_side {
	bool known; /* could it be read? */
	int64_t letters;
	int64_t last; /* instant of its log's last line; 0: none */
};

/* Whether the register that is there shall be replaced; other than ERR_OK:
 * nothing is changed, and that is what backup_restore() returns. */
struct backup_question {
	enum err (*ask)(void *arg, const struct backup_side *backup,
	    const struct backup_side *own, struct errtext *err);
	void *arg;
};

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
 *   question  asked once the backup is known to be good, and only where there
 *             is a register; NULL: not asked
 *
 * ERR_NOT_FOUND; ERR_DATA when the file is no whole backup; ERR_REFUSED when
 * the home is another center's; ERR_BUSY; ERR_IO.
 */
enum err backup_restore(const char *home, const char *path, int64_t now,
    const struct backup_question *question, struct restored *out,
    struct errtext *err);

#endif
