/*
 * script.h - lines for ledger/history.h, one after the other, signed by whom
 * they name: what the tests of this room share.
 *
 *   struct script s;
 *
 *   script_begin(&s);                     a list with support_roster()
 *   script_found(&s);                     lines 0 to 3
 *   good(&s, line(&s, ENTRY_ISSUE, 1));   breaks nothing
 *   bad(&s, e, RULE_ROLE);                breaks this
 *   script_end(&s);
 *
 * A line that is not refused must be signed by whom history_add() names.
 */
#ifndef TESTS_LIB_LEDGER_SCRIPT_H
#define TESTS_LIB_LEDGER_SCRIPT_H

#include "ledger/history.h"
#include "ledger/letters.h"
#include "tests/support/chronicle.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOON 1795348800 /* 2026-11-22T12:00:00Z */

#define SCRIPT_ROSTERS 4

struct script {
	struct history history;
	struct letters *letters;
	struct history_letters calls; /* of these */
	struct chronicle signer;      /* no lines are in it */
	EVP_PKEY *key;                /* the center's */
	struct trust_key center_key;
	struct trust_log log;
	struct trust_roster roster[SCRIPT_ROSTERS];
	struct trust_removed removed[SCRIPT_ROSTERS];
	struct trust_center list; /* of these */
	uint64_t index;
	int64_t time;
	unsigned broken; /* by the newest line */
	struct line_persons persons;
};

/* The list as it is now. */
static inline void
script_list(struct script *s)
{
	ck_assert_int_eq(history_list(&s->history, &s->list, NULL), ERR_OK);
}

/* Without one, for a test of which rosters there are. */
static inline void
script_begin_empty(struct script *s)
{
	*s = (struct script){ .time = NOON, .letters = letters_new() };
	ck_assert_ptr_nonnull(s->letters);
	s->calls = letters_of(s->letters);
	s->key = support_key();
	chronicle_new(&s->signer, "GTGUA01", 1, s->key);
	strcpy(s->history.center, "GTGUA01");
	s->center_key.key = s->key;
	strcpy(s->center_key.key_name, s->signer.key_name);
	s->log.generation = 1;
	s->list = (struct trust_center){ .key_count = 1,
		.keys = &s->center_key,
		.log_count = 1,
		.logs = &s->log,
		.rosters = s->roster,
		.removed = s->removed };
	script_list(s);
	history_begin(&s->history, 1);
}

/* A newer roster: the persons of the one before, to be changed. */
static inline struct trust_roster *
script_roster(struct script *s, int64_t since)
{
	struct trust_roster *made = &s->roster[s->list.roster_count++];

	ck_assert_uint_le(s->list.roster_count, SCRIPT_ROSTERS);
	*made = support_roster("GTGUA01", since);
	return made;
}

static inline void
script_begin(struct script *s)
{
	script_begin_empty(s);
	script_roster(s, NOON - 60);
}

static inline void
script_end(struct script *s)
{
	size_t i;

	history_clear(&s->history);
	letters_free(&s->letters);
	chronicle_free(&s->signer);
	EVP_PKEY_free(s->key);
	for (i = 0; i < s->list.roster_count; i++)
		trust_roster_free(&s->roster[i]);
}

/* The root removes a person, from a time on or after a size. */
static inline void
script_remove(struct script *s, const char *code, int64_t since, uint64_t size)
{
	struct trust_removed *one = &s->removed[s->list.removed_count++];

	*one = (struct trust_removed){
		.since = since, .has_size = size > 0, .size = size
	};
	strcpy(one->code, code);
	script_list(s);
}

static inline void
number_of(unsigned sequence, char out[ENTRY_NUMBER_SIZE])
{
	struct letter_number n = { "GTGUA01", 2026, sequence };

	ck_assert(number_format(&n, out));
}

/* The next line; everything else is what an honest center would write. */
static inline struct log_entry
line(struct script *s, enum entry_kind kind, unsigned sequence)
{
	struct log_entry e = {
		.index = s->index++, .time = s->time++, .kind = kind
	};

	strcpy(e.officer, kind == ENTRY_OPEN ? "AD0001" : "AP2003");
	if (sequence > 0) {
		number_of(sequence, e.number);
		memset(e.digest, (int)sequence, sizeof(e.digest));
		e.has_digest = true;
	}
	if (entry_is_letter(&e)) {
		strcpy(e.officer, "OF1007");
		strcpy(e.approver, "AP2003");
		strcpy(e.reason, "V45");
		e.has_commitment = true;
		memcpy(e.commitment, &e.index, sizeof(e.index));
		e.commitment[31] = (uint8_t)s->history.generation;
	}
	if (kind == ENTRY_WITHDRAW)
		strcpy(e.reason, "WITHDRAWN");
	if (kind == ENTRY_RESTORE || kind == ENTRY_CLOCK)
		strcpy(e.approver, "AD0001");
	if (kind == ENTRY_RESTORE)
		strcpy(e.ref, "0");
	return e;
}

/* By the administrator and the approver, or as said. */
static inline struct log_entry
staff_by(struct script *s, const char *code, const char *reason,
    const char *officer, const char *approver)
{
	struct log_entry e = line(s, ENTRY_STAFF, 0);

	strcpy(e.ref, code);
	strcpy(e.reason, reason);
	strcpy(e.officer, officer);
	strcpy(e.approver, approver);
	return e;
}

static inline struct log_entry
staff(struct script *s, const char *code, const char *reason)
{
	return staff_by(s, code, reason, "AD0001", "AP2003");
}

/* The key that "a person" of this name would have: any code's, for new keys. */
static inline void
set_key(struct log_entry *e, EVP_PKEY *key)
{
	ck_assert_int_eq(person_key_point(key, e->person_key), ERR_OK);
	person_key_digest(e->person_key, e->digest);
	e->has_person_key = e->has_digest = true;
}

static inline void
new_key(struct log_entry *e, const char *name)
{
	EVP_PKEY *key = support_person_key("GTGUA01", name);

	set_key(e, key);
	EVP_PKEY_free(key);
}

/* From now on the person signs with the key of this name. */
static inline void
use_key(struct script *s, const char *code, const char *name)
{
	EVP_PKEY *key = support_person_key("GTGUA01", name);

	chronicle_set_person(&s->signer, code, key);
	EVP_PKEY_free(key);
}

static inline unsigned
take(struct script *s, struct log_entry e)
{
	chronicle_sign(&s->signer, &e);
	ck_assert_int_eq(history_add(&s->history, &e, &s->calls, &s->broken,
			     &s->persons, NULL),
	    ERR_OK);
	if ((s->broken & RULES_REFUSED) == 0)
		ck_assert_int_eq(
		    line_verify_persons(&e, "RRP-ES", &s->persons, NULL),
		    ERR_OK);
	return s->broken;
}

static inline void
bad(struct script *s, struct log_entry e, unsigned want)
{
	ck_assert_msg(take(s, e) == want, "line %u: %x, not %x",
	    (unsigned)e.index, s->broken, want);
	if ((want & RULES_REFUSED) == 0 && (want & RULE_RENUMBERED) == 0)
		ck_assert_uint_eq(s->persons.count, entry_signers(&e));
}

static inline void
good(struct script *s, struct log_entry e)
{
	bad(s, e, 0);
}

/* A staff line with any key. */
static inline struct log_entry
change(struct script *s, const char *code, const char *reason,
    const char *officer, const char *approver, const char *key)
{
	struct log_entry e = staff_by(s, code, reason, officer, approver);

	new_key(&e, key);
	e.has_person_key = strcmp(reason, "REMOVED") != 0;
	return e;
}

/* By the person alone, with the new key. */
static inline struct log_entry
helped(struct script *s, const char *code, const char *reason, const char *key)
{
	use_key(s, code, key);
	return change(s, code, reason, code, "", key);
}

/* Stored, and read again. */
static inline void
reload(struct script *s)
{
	struct history again = { 0 };
	struct bytes text = { 0 };

	history_save(&s->history, &text);
	ck_assert_int_eq(history_load((const char *)text.at, &again), ERR_OK);
	history_clear(&s->history);
	s->history = again;
	script_list(s);
	bytes_free(&text);
}

/* The list has another roster, of `since`, with a new key for a code. */
static inline void
read_aloud(struct script *s, int64_t since, const char *code, char role,
    const char *key)
{
	struct trust_roster *roster = script_roster(s, since);
	struct trust_person person = support_person("GTGUA01", key, role);
	size_t i;

	strcpy(person.code, code);
	for (i = 0; i < roster->person_count; i++)
		if (strcmp(roster->persons[i].code, code) == 0) {
			roster->persons[i] = person;
			return;
		}
	roster->persons = reallocarray(roster->persons, i + 1, sizeof(person));
	ck_assert_ptr_nonnull(roster->persons);
	roster->persons[roster->person_count++] = person;
	trust_roster_sort(roster);
}

/* With a key that the administrator gave: "OF1008 FIRST". */
static inline void
added(struct script *s, const char *code, const char *reason)
{
	struct log_entry e = staff(s, code, reason);
	char first[32];

	snprintf(first, sizeof(first), "%s FIRST", code);
	new_key(&e, first);
	good(s, e);
	use_key(s, code, first);
}

/* The person's own one, of this name, in place of it. */
static inline void
changed(
    struct script *s, const char *code, const char *witness, const char *name)
{
	struct log_entry e = staff_by(s, code, "KEY", code, witness);

	new_key(&e, name);
	good(s, e);
	use_key(s, code, name);
}

/* Both: from here on they act with the key of their code. */
static inline void
joins(struct script *s, const char *code, const char *reason)
{
	added(s, code, reason);
	changed(s, code, "AP2003", code);
}

/* Two persons say that a letter is a fraud. */
static inline struct log_entry
fraud(struct script *s, unsigned sequence)
{
	struct log_entry e = line(s, ENTRY_WITHDRAW, sequence);

	strcpy(e.reason, "FRAUD");
	strcpy(e.approver, "AD0001");
	return e;
}

/* The persons after line 0, by the founder alone or as a later log has it. */
static inline void
script_enter(struct script *s)
{
	const char *by = s->history.generation == 1 ? "" : "AP2003";

	good(s, staff_by(s, "AD0001", "ADMIN", "AD0001", by));
	good(s, staff_by(s, "OF1007", "DRAFTER", "AD0001", by));
	good(s, staff_by(s, "AP2003", "APPROVER", "AD0001", by));
}

static inline void
script_found(struct script *s)
{
	good(s, line(s, ENTRY_OPEN, 0));
	script_enter(s);
}

/* The next generation, not opened yet. */
static inline void
script_next(struct script *s)
{
	history_begin(&s->history, s->history.generation + 1);
	s->index = 0;
}

static inline const struct history_letter *
letter(const struct script *s, unsigned sequence)
{
	const struct history_letter *found =
	    letters_find(s->letters, 2026, sequence, NULL);

	ck_assert_ptr_nonnull(found);
	return found;
}

#endif
