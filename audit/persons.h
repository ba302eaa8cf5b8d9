/*
 * persons.h - whose key signed what: the keys of a center's persons, from which
 * line on, and how many lines each signed, once that signature was checked.
 * Whose key a line must be signed with the roster says (ledger/roster.h).
 *
 * What follows from it is no more than a note: keys that the root never heard
 * read aloud, and two persons who are perhaps one.
 */
#ifndef AUDIT_PERSONS_H
#define AUDIT_PERSONS_H

#include "audit/finding.h"
#include "ledger/roster.h"
#include "log/entry.h"
#include "trust/list.h"

#define PERSONS_SAME    60 /* seconds: two keys changed in one sitting */
#define PERSONS_CHANGES 2  /* of each, before that says anything */

struct persons_key {
	struct trust_person is;
	unsigned generation;   /* of the line that gave it */
	uint64_t from;         /* that line's index */
	int64_t since;         /* and time */
	bool changed;          /* by a KEY line */
	bool over;             /* at the end it counts no more */
	uint64_t lines;        /* signed with it */
	int64_t last;          /* time of the last of these */
	const EVP_PKEY *known; /* the roster's, to be compared */
};

/* A line whose signatures were checked. */
struct persons_line {
	const struct log_entry *entry;
	unsigned generation;
	bool taken; /* of the staff: from here on the roster is as it says */
	/* officer's and approver's keys, of those that signed it; else NULL */
	EVP_PKEY *signer[ENTRY_SIGNER_MAX];
};

/* Start as {0}; persons_clear(). In the order in which the keys came. */
struct persons {
	size_t count, cap;
	struct persons_key *key;
};

/* persons_add - the next line of a center. ERR_OK, ERR_DATA (a signer's key of
 * another kind), ERR_MEMORY. */
enum err persons_add(struct persons *persons, const struct persons_line *line,
    struct errtext *err);

/* persons_of - the key that the roster has as this one, once it has signed;
 * NULL: it has not. */
const struct persons_key *persons_of(
    const struct persons *persons, const EVP_PKEY *signer);

/* persons_read_aloud - does a roster of the list have this key for them? */
bool persons_read_aloud(
    const struct persons_key *key, const struct trust_center *list);

/* persons_judge - after the last line, with the roster as it is then: which
 * keys are over, and the notes. */
void persons_judge(struct persons *persons, const struct roster *roster,
    const struct trust_center *list, struct findings *findings);

void persons_clear(struct persons *persons);

#endif
