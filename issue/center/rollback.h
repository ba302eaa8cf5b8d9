/*
 * rollback.h - does the register's log lead to everything that others have
 * seen of it? The guard, the folders it was published to, the heads that
 * posts brought back, and those with which the root closed a log. If not, an
 * older state was put back, or the log was changed: nothing may be signed or
 * published before that is mended.
 */
#ifndef ISSUE_CENTER_ROLLBACK_H
#define ISSUE_CENTER_ROLLBACK_H

#include "issue/center/center.h"
#include "issue/register/elsewhere.h"
#include "issue/register/log.h"

enum rollback_state {
	ROLLBACK_NONE,
	ROLLBACK_NO_GUARD, /* the guard is gone or spoilt */
	/* others have seen later lines; worse than no guard, for what they
	 * have must be fetched before anything is said to be lost */
	ROLLBACK_BEHIND,
	ROLLBACK_FORK, /* others have seen other lines */
};

/* What was found; the worst. */
struct rollback {
	enum rollback_state state;
	uint64_t lines; /* BEHIND: how many are missing */
	/* BEHIND: somebody else than the guard has seen them */
	bool published;
	/* what the register remembers of others (its settings, log_seen) was
	 * changed by something else than Sello, or a log that ended was taken
	 * away: as if there were no guard */
	bool bent;
};

/*
 * rollback_check - compare.
 *
 *   out  may be NULL
 *
 * Returns ERR_OK, or ERR_CONFIG (exit 78) with what is wrong, which copy is
 * ahead and by how much, and the way out; out is written in both cases. The
 * same, with out as ROLLBACK_NONE, when the register's own lines are not those
 * of its own signed head. Other
 * errors: the register cannot be read. Folders that are not there now (a
 * stick) are passed over.
 */
enum err rollback_check(
    struct center *center, struct rollback *out, struct errtext *err);

/*
 * rollback_changed - says that the register's own lines are not those that
 * were signed: a matter of this disk, no fork. ERR_CONFIG.
 */
enum err rollback_changed(struct errtext *err);

/* rollback_forked - says that others have another version of the log, and how
 * the center gets on. ERR_CONFIG. */
enum err rollback_forked(const char *source, struct errtext *err);

/* rollback_edge - what the next head will stand on, as far as it costs the
 * same for a long log and a short one: the hashes of full tiles and the newest
 * lines. ERR_CONFIG: not what was signed. */
enum err rollback_edge(struct registry *reg, struct errtext *err);

/* rollback_own - are the lines of a generation those of its own signed head?
 * Reads all of them. */
enum err rollback_own(struct center *center, unsigned generation, bool *whole,
    struct errtext *err);

/*
 * rollback_open - open a head of this center's log: which generation it is
 * of, its size and root.
 *
 * ERR_DATA, ERR_ISSUER (not of a log of this center), ERR_SIGNATURE,
 * ERR_CONFIG (no trust list), ERR_MEMORY.
 */
enum err rollback_open(const struct center *center, const void *note,
    size_t len, struct log_seen *out, struct errtext *err);

/* rollback_compare - one head of others against the register's log. */
enum err rollback_compare(struct registry *reg, const struct log_seen *seen,
    enum rollback_state *state, uint64_t *lines, struct errtext *err);

#endif
