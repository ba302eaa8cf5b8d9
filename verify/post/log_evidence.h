/*
 * log_evidence.h - what a post's verified copy of a center's log says about one
 * letter: filled by verify/post/evidence.h, judged by verify/verdict.h, which
 * need nothing else of each other.
 */
#ifndef VERIFY_POST_LOG_EVIDENCE_H
#define VERIFY_POST_LOG_EVIDENCE_H

#include "ledger/letter_state.h"

#include <stdbool.h>
#include <stdint.h>

enum log_state { LOG_UNKNOWN, LOG_INCLUDED, LOG_PENDING, LOG_ABSENT };

/* {0} is "nothing known": raises nothing. */
struct log_evidence {
	bool consulted; /* the log room is there and the list names a log */
	bool failed;    /* looking failed: never to be read as absent */
	enum log_state state;
	bool other_digest; /* the number is in the log with another digest */
	bool contradicted; /* ... or the letter is, and its line says else */
	bool in_gap;      /* dated between a LOST restore and the line before */
	bool wrong_clock; /* dated by a clock that a later line put right */
	bool conflict;    /* fork: the copy is frozen */
	bool none_long;   /* no copy 30 days after a list named the log */
	/* the copy may lack what would change the verdict: it is doubted, or
	 * this post knew more once, or it is to be taken anew */
	bool behind;
	/* closed, and all of it is here: such a copy does not age */
	bool complete;
	uint64_t size;     /* lines of the copy; 0: no copy */
	int64_t as_of;     /* the copy's cosigned time; 0: none is believed */
	int64_t last_line; /* time of its last line */
	enum history_state letter;
	bool superseded; /* and perhaps withdrawn later */
	/* before a revocation (docs/verdicts.md): */
	bool evidence_covers; /* evidence from before T covers IssuedAt */
	bool evidence_holds;  /* ... and holds the letter */
};

#endif
