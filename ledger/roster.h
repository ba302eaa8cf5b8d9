/*
 * roster.h - who belongs to a center, line by line of its log: role and key of
 * each person, from the rosters that the root read aloud (trust/list.h) and
 * from the staff lines. For ledger/history.c, which calls it once a line.
 *
 * docs/log.md, section 1, has the rules: how a log begins, who may change the
 * staff, what each role may do, and where the root helps.
 */
#ifndef LEDGER_ROSTER_H
#define LEDGER_ROSTER_H

#include "ledger/line.h"
#include "log/entry.h"
#include "trust/list.h"

#define ROSTER_PERSON_MAX 4096  /* codes of all generations */
#define ROSTER_KEY_MAX    16384 /* keys ever used */

/* One person, as the lines so far have them. */
struct roster_person {
	struct trust_person is;
	bool standing; /* false: removed, or not entered in this generation */
	EVP_PKEY *key; /* of is.key */
};

/* Start as {0}; members are roster.c's. */
struct roster {
	size_t count, cap;
	struct roster_person *person;
	size_t key_count, key_cap;
	uint8_t (*key)[ENTRY_POINT_SIZE]; /* ever used by a person */
	bool founded; /* some generation has begun with its persons */
};

/* roster_find - by code, standing or not; NULL: nobody ever had it. */
const struct roster_person *roster_find(
    const struct roster *roster, const char *code);

#endif
