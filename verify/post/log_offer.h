/*
 * log_offer.h - one log that is being taken, and what is said of it: inside
 * log_accept.c, log_judge.c, log_insert.c and log_accept_seen.c only.
 */
#ifndef VERIFY_POST_LOG_OFFER_H
#define VERIFY_POST_LOG_OFFER_H

#include "verify/post/log_head.h"
#include "verify/post/logs.h"

struct post;
struct post_log;
struct trust_center;
struct trust_log;
struct offer {
	struct post *post;
	const struct log_source *source;
	const char *from;
	const struct trust_center *center;
	const struct trust_log *named;
	struct post_log log; /* as it was before */
	int64_t now;
	struct log_head got;
	/* got is dated after this computer's clock: its lines are taken, its
	 * time is not believed */
	bool ahead;
	/* what is taken of it: all, or up to where the root closed the log */
	struct checkpoint end;
	uint64_t void_count; /* of its lines, as log_lines_void() */
	struct log_outcome *out;
};

/* offer_is_cut - has the head lines behind the end that the root set? Its
 * center signed them before it heard of that; nobody believes them. */
bool offer_is_cut(const struct offer *t);

/* offer_say - how it ended, with the center's code before the sentence. */
void offer_say(struct offer *t, enum outcome outcome, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* offer_refuse - OUTCOME_UNREADABLE: nothing taken, and why. */
void offer_refuse(struct offer *t, const struct errtext *why);

/* offer_believe - the time to keep of a head that was taken: its own, or when
 * that is ahead the copy's of before, or its newest believed line's. */
int64_t offer_believe(const struct offer *t, int64_t last_time);

/* offer_say_waiting - left, and its head is still to be compared. */
void offer_say_waiting(struct offer *t);

/* offer_say_state - the copy as it is now: `added` lines, and its age. */
void offer_say_state(struct offer *t, enum outcome outcome, uint64_t added);

/* offer_copy_damaged - nothing taken: this post's own copy cannot be used. */
void offer_copy_damaged(struct offer *t);

/*
 * offer_fork - proof that the log contradicts itself: keep both heads, then
 * freeze the copy, then say so.
 *
 *   other  the head that t->got contradicts; NULL: the copy's own
 */
void offer_fork(struct offer *t, const struct bytes *other, const char *why);

/* offer_rewritten - the usual reason of it. */
const char *offer_rewritten(void);

/*
 * offer_went_back - is the head, of time got.as_of, shorter than the copy and
 * yet signed after it? A center never signs fewer lines than before, for it
 * waits until its clock has passed the last line. So this is proof without
 * any line of it; but not where a clock line of the copy says that heads of
 * before it were dated too late. ERR_OK, or why the copy's own head cannot be
 * looked at now; of a damaged one the answer is no.
 */
enum err offer_went_back(
    const struct offer *t, bool *back, struct errtext *err);

/* offer_shortened - the reason then. */
const char *offer_shortened(void);

/* offer_line_wrong - proof against a line; the copy is not frozen. */
void offer_line_wrong(struct offer *t, const struct errtext *why);

/* offer_finish - fill in what the copy is afterwards; release. */
void offer_finish(struct offer *t);

#endif
