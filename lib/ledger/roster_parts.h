/*
 * roster_parts.h - what the files of the roster share: inside ledger/ only.
 *
 * Errors are those of roster_add_line(): ERR_LIMIT, ERR_MEMORY.
 */
#ifndef LEDGER_ROSTER_PARTS_H
#define LEDGER_ROSTER_PARTS_H

#include "ledger/history.h"

/* One line while it is judged. */
struct act {
	const struct log_entry *entry;
	unsigned generation;
	unsigned rules;
	struct line_persons *persons;
	struct errtext *err;
};

/* roster_remove - what the root removed before this line. */
void roster_remove(
    struct roster *roster, const struct log_entry *entry, uint64_t place);

/* roster_get - as roster_find(), to change. */
struct roster_person *roster_get(struct roster *roster, const char *code);

/* roster_add - a person who stands nowhere so far; known ones are found. NULL:
 * *rc says why. */
struct roster_person *roster_add(
    struct roster *roster, const char *code, enum err *rc, struct errtext *err);

/* roster_signed_by - a key of the center's has signed a line; before that is
 * judged. */
enum err roster_signed_by(
    struct roster *roster, const char *key_name, struct errtext *err);

/*
 * roster_is_of_before - is this line, in the beginning of a later log, signed
 * for by a key that signed an earlier one, though the list names a newer? What
 * persons sign names no log, but it names that key: so it was signed for the
 * earlier log, at the same place in it.
 */
bool roster_is_of_before(
    const struct roster *roster, const struct log_entry *entry);

/*
 * roster_heard - has the root read this key aloud for this role, in a later
 * roster, whether the entry is spent or not?
 * roster_as_stood - and is it the one with which they stood when the generation
 * before ended? It may be used once more: the first use may stand in lines that
 * the center lost, and who stood was not sent away.
 */
bool roster_heard(const struct roster *roster, const char *code, char role,
    const uint8_t *point);
bool roster_as_stood(const struct roster *roster,
    const struct roster_person *person, char role, const uint8_t *point);

/* roster_key_at - the key of a place, borrowed; NULL without memory. */
EVP_PKEY *roster_key_at(struct roster *roster, unsigned place);

/* Whose a key was before a line names it for a person. */
enum key_was {
	KEY_NOBODYS,
	KEY_THEIRS,
	KEY_BARRED, /* somebody else's, the center's, no point of the curve */
};

/* roster_add_key - the place of this person's point, new or known; of no
 * meaning when it is barred. */
enum err roster_add_key(struct roster *roster, const char *code,
    const uint8_t point[PERSON_KEY_SIZE], unsigned *place, enum key_was *was,
    struct errtext *err);

/* roster_is_key - is this point the view's key? */
bool roster_is_key(const struct roster *roster, const struct roster_view *view,
    const uint8_t point[PERSON_KEY_SIZE]);

/* roster_act - one person who acts; NULL, and RULE_STRANGER, when they are not
 * on the roster, and RULE_ROLE, when their key was given and the line is not
 * their change of it. RULE_VOID when they do not count. */
struct roster_person *roster_act(
    struct roster *roster, const char *code, struct act *act);

/* roster_sign - with these keys they must have signed; approver may be NULL. */
enum err roster_sign(struct roster *roster, struct act *act,
    const struct roster_view *officer, const struct roster_view *approver);

/* roster_begin - line 0. roster_enter - a staff line while persons are entered;
 * *taken is false when it is another line, with which that is over. roster_end
 * - that it is over. */
enum err roster_begin(struct roster *roster, struct act *act);
enum err roster_enter(struct roster *roster, struct act *act, bool *taken);
void roster_end(struct roster *roster, struct act *act);

#endif
