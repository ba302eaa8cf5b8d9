/*
 * evidence_inner.h - a search for one letter in all logs of its center: inside
 * evidence.c and evidence_before.c only.
 */
#ifndef VERIFY_POST_EVIDENCE_INNER_H
#define VERIFY_POST_EVIDENCE_INNER_H

#include "ledger/history.h"
#include "letter/number.h"
#include "verify/post/evidence.h"
#include "verify/post/post.h"

/* Going through the center's logs, from the oldest on. */
struct evidence_search {
	struct post *post;
	const struct trust_center *center;
	const struct evidence_letter *letter; /* digest NULL: any */
	struct letter_number number;
	int64_t now;
	struct log_evidence *out;
	bool dated; /* issued_at is known */
	/* the letter, where it is included */
	const struct post_log *in;
	struct history_letter entry;
	const struct post_log *newest; /* with a line that is believed */
	bool whole;                    /* each log so far is a whole one */
	bool all_cover; /* each log so far would have the letter */
	bool doubted; /* of some log: is it the version that the root named? */
	/* it may stand behind the end of an earlier log: of what was lost there
	 * numbers were given again */
	bool cut_off;
	/* a line has it, and says something else of it than the letter */
	bool contradicted;
	bool any_copy;
};

/* evidence_may_follow - may lines behind the newest still bring the letter,
 * which is dated before it? Where a clock ran ahead there, and was put right
 * since. */
bool evidence_may_follow(const struct evidence_search *search);

/* evidence_before - of a letter whose key was revoked: does what was known
 * before that cover it, and hold it? Fills out's evidence_... */
void evidence_before(struct evidence_search *search);

#endif
