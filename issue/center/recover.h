/*
 * recover.h - going on after an older register was put back, or after the
 * log's guard was lost: two persons, and a line in the log that says so.
 */
#ifndef ISSUE_CENTER_RECOVER_H
#define ISSUE_CENTER_RECOVER_H

#include "issue/center/act.h"

/* What was done. */
struct recovery {
	bool needed;     /* false: nothing was wrong, nothing was changed */
	uint64_t before; /* lines that the register had */
	uint64_t lines;  /* taken from the copy */
	size_t letters;  /* among them; only number and digest are known */
	/* people who had left after the backup: their slots are gone, and the
	 * caller gives the others a new wrapping key (keyring_renew()) */
	size_t removed;
	size_t issued; /* drafts that waited, and are letters of those lines */
	size_t unsigned_drafts; /* that wait: register_draft_unsign() */
	bool lost;              /* the log says LOST */
	bool no_guard; /* nobody here knows what the newest lines were */
	/* the newest head of the copy, and when the center signed it; 0: no
	 * copy was named */
	uint64_t copy_size;
	int64_t copy_as_of;
	/* recover_clock(): time of the last line by the clock that was wrong;
	 * 0: none was */
	int64_t clock_was;
};

/*
 * recover_log - after act_begin() with recovering set; the caller ends and commits.
 *
 *   from  a published copy (PUB, or the log's own folder in it); or NULL
 *   lost  the persons say that the lines only the guard knows of, or a copy
 *         that cannot be found, are lost
 *
 * Takes the lines that the copy has and the register lacks, each proven and
 * its signature checked, and what they say about letters and people; then
 * enters `restore`, with LOST when lines may be missing that nobody can
 * bring; then no draft that waits keeps its commitment. ERR_CONFIG when a
 * longer copy is known than the one given, when the copy or what others have
 * seen is not a continuation (a fork), when there is no guard and neither from
 * nor lost was given, or when lost is needed and was not said; what log_read()
 * returns for a damaged copy.
 */
enum err recover_log(struct act *act, const char *from, bool lost,
    struct recovery *out, struct errtext *err);

/*
 * recover_expect - before anybody types a passphrase: does a folder look like
 * a published copy of this center's log, or like one log of it? ERR_NOT_FOUND.
 */
enum err recover_expect(
    const struct center *center, const char *from, struct errtext *err);

/*
 * recover_without_guard - ERR_CONFIG, with which options to give, and how far
 * the copies go that are known here: for recover.c. A copy at hand may be
 * older than the newest one, so being there does not make it enough.
 */
enum err recover_without_guard(struct center *center, struct errtext *err);

/* recover_line - what a line of another copy says, into the register: for
 * recover.c. Counts letters and removed people in out. */
enum err recover_line(struct act *act, const struct log_entry *entry,
    struct recovery *out, struct errtext *err);

/*
 * recover_clock - enter the line that puts a wrong clock right, when the last
 * line is dated more than POLICY_SLACK after `now`; else nothing. The book was
 * begun with any_clock.
 *
 *   now  the true time, which two persons typed the date of; the head and
 *        what follows bear it
 *   was  out: the last line's time, 0: it is not that much later
 *
 * ERR_CONFIG when the trust list is later than now as well: either the date is
 * wrong, or the root must put its own clock right first.
 */
enum err recover_clock(
    struct act *act, int64_t now, int64_t *was, struct errtext *err);

#endif
