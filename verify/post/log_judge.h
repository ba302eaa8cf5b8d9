/*
 * log_judge.h - what a head says of its log before a line of it is read:
 * against the end that the root set, against the copy, and against the center's
 * earlier logs. What is wrong is said there and then (log_offer.h).
 */
#ifndef VERIFY_POST_LOG_JUDGE_H
#define VERIFY_POST_LOG_JUDGE_H

#include "verify/post/log_offer.h"

/* log_judge_set_end - up to where does the list let this log be taken? */
void log_judge_set_end(struct offer *t);
/* log_judge_is_final - does the head reach the end that the root set? */
bool log_judge_is_final(const struct offer *t);

/* log_judge_end - the end of a closed log must be what the root custodian says,
 * who had it from a signed head. False: it is not, or it cannot be told. */
bool log_judge_end(struct offer *t);

/*
 * log_judge_beyond - a copy that went on before its post heard of the closing:
 * it stays, and what it has behind the end is not believed (evidence.c), once
 * it is known that one goes on from the other. The files at hand may not reach
 * that far. Then the copy may be another version, whatever of it fits, and the
 * one that the root named is here: true, it is to be taken.
 */
bool log_judge_beyond(struct offer *t);

/* log_judge_size - what can be said without any other file. True: there may be
 * new lines. */
bool log_judge_size(struct offer *t);

/* log_judge_growth - does the head go on from the copy, which is to be given
 * up? */
bool log_judge_growth(struct offer *t);

/* log_judge_order - earlier logs of the center come first: later ones speak of
 * their letters. */
bool log_judge_order(struct offer *t);

#endif
