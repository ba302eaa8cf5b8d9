/*
 * finding.h - what an audit finds: one table of codes, each a proof, a
 * question or a note and never more than one of these, with what it means,
 * which honest cause it could also have, and what to do. docs/audit.md.
 *
 * A proof needs nobody's word: signed bytes that contradict one another. A
 * question is something that has honest causes; somebody must answer it. A
 * note is to be known, no more.
 */
#ifndef AUDIT_FINDING_H
#define AUDIT_FINDING_H

#include "letter/letter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum severity { SEVERITY_PROOF, SEVERITY_QUESTION, SEVERITY_NOTE };
#define SEVERITY_COUNT 3

/* In the order they are shown. */
enum finding_code {
	FINDING_LIST_FORK,
	FINDING_FORK,
	FINDING_ROLLBACK,
	FINDING_LINE,
	FINDING_SIGNATURE,
	FINDING_PSIG,
	FINDING_KEY_CENTER,
	FINDING_INDEX,
	FINDING_TIME,
	FINDING_NUMBER,
	FINDING_SEQUENCE,
	FINDING_UNKNOWN,
	FINDING_STATE,
	FINDING_COPY,
	FINDING_DRAFT,
	FINDING_FOUNDING,
	FINDING_PERSON,
	FINDING_STRANGER,
	FINDING_REMOVED,
	FINDING_ROLE,
	FINDING_ALONE,
	FINDING_PERSON_KEY,
	FINDING_UNLOGGED,
	FINDING_UNPROVEN,
	FINDING_BEHIND,
	FINDING_LIST_BEHIND,
	FINDING_CLOSED,
	FINDING_BACKDATED,
	FINDING_KEY_PERIOD,
	FINDING_KEY_RETIRED,
	FINDING_KEY_REVOKED,
	FINDING_VOID,
	FINDING_RENUMBERED,
	FINDING_LOST,
	FINDING_LOST_LETTER,
	FINDING_CLOCK_LETTERS,
	FINDING_MANY_POSTS,
	FINDING_MISMATCH,
	FINDING_PAIR,
	FINDING_FAST,
	FINDING_HOURS,
	FINDING_HOLIDAY,
	FINDING_OUTLIER,
	FINDING_REPRINTS,
	FINDING_TWO_POSTS,
	FINDING_ELSEWHERE,
	FINDING_PENDING,
	FINDING_RESTORE,
	FINDING_CLOCK_RIGHT,
	FINDING_UNREAD,
	FINDING_SAME_MINUTE,
	FINDING_DAY_OPEN,
	FINDING_CLOCK,
	FINDING_LIST_OLD,
	FINDING_UNCHECKED, /* could not be checked: exit 2 */
	FINDING_SCOPE,     /* was not asked for, or needs what is not here */
};
#define FINDING_COUNT 56

/* Texts are message ids. */
struct finding_row {
	enum finding_code code;
	const char *name; /* "A-FORK": stable, never translated */
	enum severity severity;
	const char *meaning;
	const char *honest; /* the honest cause it could also have */
	const char *todo;
};
extern const struct finding_row finding_table[FINDING_COUNT];

/* severity_name - "proof", "question", "note": for JSON, not translated. */
const char *severity_name(enum severity severity);

/* Where a finding was made; {0} with index -1: nowhere in particular. */
struct place {
	const char *center;  /* NULL: of no center */
	unsigned generation; /* 0: of no log */
	int64_t index;       /* -1: of no line */
	const char *number;  /* NULL, "": of no letter */
};

struct finding {
	enum finding_code code;
	char center[LETTER_CENTER_SIZE]; /* "" */
	unsigned generation;
	int64_t index;
	char number[LETTER_NUMBER_SIZE]; /* "" */
	uint64_t more; /* this one says how many more there are; else 0 */
	char *text;    /* translated */
};

/* Of one code and center no more than these are kept; the rest is counted. */
#define FINDINGS_EACH_MAX 200

struct findings_tally {
	enum finding_code code;
	char center[LETTER_CENTER_SIZE];
	uint64_t count;
};

/* Start as {0}; findings_clear(). */
struct findings {
	size_t count, cap;
	struct finding *at;
	size_t tally_count, tally_cap;
	struct findings_tally *tally;
	bool failed; /* out of memory: sticky */
};

/* findings_add - fmt is translated already. */
void findings_add(struct findings *findings, enum finding_code code,
    const struct place *place, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/*
 * findings_finish - put them in order (severity and code, center, log, line)
 * and say of each code how many more there were than are kept.
 */
void findings_finish(struct findings *findings);

/* findings_of, findings_of_code - how many of this severity or code there
 * were, also those not kept. */
uint64_t findings_of(const struct findings *findings, enum severity severity);
uint64_t findings_of_code(
    const struct findings *findings, enum finding_code code);

/*
 * findings_exit - 3 with a proof, else 2 when something could not be checked,
 * else 1 with a question, else 0.
 */
int findings_exit(const struct findings *findings);

void findings_clear(struct findings *findings);

#endif
