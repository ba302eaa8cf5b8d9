/*
 * evidence.h - what this post's copy of the logs says about one letter, for
 * verify/verdict.h to judge: by number and digest, over all generations of
 * the center that the list names. Some microseconds; reads, never writes.
 */
#ifndef VERIFY_POST_EVIDENCE_H
#define VERIFY_POST_EVIDENCE_H

#include "verify/post/log_evidence.h"

struct post;
struct trust_center;
struct trust_key;
/* A letter of which this post knows number and digest; of one that lies before
 * it also what its line must say: what its drafter signed
 * (letter/commitment.h), when, who made it, and which letter it replaces. */
struct evidence_letter {
	const char *number; /* canonical */
	const uint8_t *digest;
	const uint8_t *commitment; /* NULL: it does not lie here */
	const uint8_t *deed;       /* with it: ledger/deed.h */
	const char *supersedes;    /* with it; "": none */
	int64_t issued_at;
	const struct trust_key *key; /* that signed it; NULL: not known */
};

/*
 * evidence_find - fill out, {0} when the list names no log for the center.
 *
 *   center  of the post's list, the letter's own
 *   now     the clock or --at: how long is a log named and never taken?
 */
void evidence_find(struct post *post, const struct trust_center *center,
    const struct evidence_letter *letter, int64_t now,
    struct log_evidence *out);

/*
 * evidence_number - the same by number alone: it says what the log has under
 * that number, which proves nothing of a paper. found: entry is set.
 */
void evidence_number(struct post *post, const struct trust_center *center,
    const char *number, int64_t now, struct log_evidence *out,
    struct history_letter *entry, bool *found);

#endif
