/*
 * backup.h - the whole of a center's home in one sealed file (docs/backup.md),
 * and back: the register, root.crt, request.csr and trust.xml. The log's guard
 * is left out on purpose, or a restored home would not notice that its log went
 * on since.
 *
 * A backup is made without a passphrase, by any hand or a timer, and opened with
 * that of an approver or administrator who belonged to the center then.
 */
#ifndef ISSUE_CENTER_BACKUP_H
#define ISSUE_CENTER_BACKUP_H

#include "base/secret.h"
#include "issue/center/center.h"

/*
 * backup_openers - who can open a backup that is made now, by code: approvers
 * and administrators who have standing and chose their passphrase themselves.
 * Not drafters, whose passphrases may be easily guessed.
 *
 * ERR_REFUSED: nobody could, so none is made; errors of standing_now().
 */
enum err backup_openers(struct center *center,
    void (*each)(void *arg, const char *code), void *arg, struct errtext *err);

/*
 * backup_write - make `path`, 0600, a consistent copy also while somebody
 * reads, read back from the disk. ERR_EXISTS when there is such a file; ERR_DATA
 * when the register is damaged; ERR_IO, and then no file stays; errors of
 * backup_openers(). The register remembers it, for register_backup_each().
 */
enum err backup_write(
    struct center *center, const char *path, int64_t now, struct errtext *err);

/* One of the two registers that a person chooses between. */
struct backup_side {
	bool known; /* could it be read? */
	int64_t letters;
	int64_t last; /* instant of its log's last line; 0: none */
};

/* Who restores. */
struct backup_key {
	const char *code; /* of somebody who can open it */
	/* their passphrase, asked for once it is known that they can, unless
	 * it is another one than theirs */
	enum err (*passphrase)(
	    void *arg, struct secret *out, struct errtext *err);
	void *arg;
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
	int64_t made; /* when the backup was */
	struct backup_side backup;
};

/*
 * backup_restore - make `home` from a backup: a new home, or with its
 * register, which is kept beside, replaced. Everything is checked before
 * anything is changed: the whole file must open, and hold a sound register.
 * Files that the home has (root.crt, trust.xml, the guard) stay.
 *
 *   question  asked once the backup is known to be good, and only where there
 *             is a register; NULL: not asked
 *
 * ERR_NOT_FOUND; ERR_DATA when the file is no whole backup; ERR_REFUSED when
 * the home is another center's, or who restores cannot open it; ERR_BUSY;
 * ERR_IO.
 */
enum err backup_restore(const char *home, const char *path,
    const struct backup_key *key, int64_t now,
    const struct backup_question *question, struct restored *out,
    struct errtext *err);

#endif
