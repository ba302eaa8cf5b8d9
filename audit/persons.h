/*
 * persons.h - whose key signed what: the keys of a center's persons, from which
 * line to which, and how many lines each signed. A line is by the key that its
 * person has at that line (ledger/roster.h), so this tells it for every line.
 *
 * What follows from it is no more than a note: keys that the root never heard
 * read aloud, and two persons who are perhaps one.
 */
#ifndef AUDIT_PERSONS_H
#define AUDIT_PERSONS_H

#include "audit/finding.h"
#include "log/entry.h"
#include "trust/list.h"

#define PERSONS_SAME    60 /* seconds: two keys changed in one sitting */
#define PERSONS_CHANGES 2  /* of each, before that says anything */

struct persons_key {
	struct trust_person is;
	unsigned generation; /* of the line that gave it */
	uint64_t from;       /* that line's index */
	int64_t since;       /* and time */
	bool changed;        /* by a KEY line */
	bool over;           /* changed again, or the person removed */
	uint64_t lines;      /* signed with it */
	int64_t last;        /* time of the last of these */
};

/* Start as {0}; persons_clear(). In the order in which the keys came. */
struct persons {
	size_t count, cap;
	struct persons_key *key;
};

/* persons_line - the next line of a center. ERR_OK, ERR_MEMORY. */
enum err persons_line(struct persons *persons, const struct log_entry *entry,
    unsigned generation, struct errtext *err);

/* persons_read_aloud - does a roster of the list have this key for them? */
bool persons_read_aloud(
    const struct persons_key *key, const struct trust_center *list);

/* persons_judge - after the last line: the notes. */
void persons_judge(const struct persons *persons,
    const struct trust_center *list, struct findings *findings);

void persons_clear(struct persons *persons);

#endif
