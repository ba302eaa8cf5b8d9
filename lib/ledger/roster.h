/*
 * roster.h - who belongs to a center, line by line of its log: role and key of
 * each person, from the rosters that the root read aloud (trust/list.h) and
 * from the staff lines. For ledger/history.c, which calls it once a line.
 *
 * docs/log.md, section 1, has the rules: how a log begins, who may change the
 * staff, what each role may do, and where the root helps.
 *
 * The root may remove a person from a time on that is past by now. The lines
 * of that person since then are void, and so is what follows from them: a
 * person whom they added, a key that they gave. The center did not know it
 * when it wrote on, and its log must stay one that can be read. So there are
 * two views of each person: what the lines that count have made of them, and
 * what the center saw. Who may act, and with which key, the second says;
 * whether it counts, the first.
 */
#ifndef LEDGER_ROSTER_H
#define LEDGER_ROSTER_H

#include "ledger/line.h"
#include "log/entry.h"
#include "trust/list.h"

#define ROSTER_PERSON_MAX 4096  /* codes of all generations */
#define ROSTER_KEY_MAX    16384 /* keys ever used */

struct roster_view {
	bool standing; /* false: removed, or not entered in this generation */
	char role;     /* as struct trust_person */
	unsigned key;  /* place in roster.key */
};

/* One person, as the lines so far have them. */
struct roster_person {
	char code[PERSON_CODE_SIZE];
	struct roster_view counts; /* by the lines that count */
	struct roster_view seen;   /* by void lines as well */
	/* in the beginning of this generation; by a line that counts */
	bool entered, vouched;
	/* entries of list rosters up to then are of no use to them */
	int64_t spent;
	/* as the generation before this one left it: `spent`, and whether they
	 * stood, by lines that count. Whoever writes this one may have lost
	 * that one's last lines */
	int64_t spent_before;
	bool stood;
};

struct roster_key {
	uint8_t point[PERSON_KEY_SIZE];
	EVP_PKEY *key; /* NULL: not needed so far */
	char owner[PERSON_CODE_SIZE];
	/* the administrator who gave it, and may know it; "": nobody did, it
	 * is of the person's own making */
	char giver[PERSON_CODE_SIZE];
};

/* A removal by the root. */
struct roster_removal {
	struct trust_removed is;
	bool done;
};

/* Before line 0; its persons are entered; after that. */
enum roster_phase { ROSTER_EMPTY, ROSTER_ENTERING, ROSTER_WORKING };

/* Start as {0}; roster_clear(). Members are roster*.c's. */
struct roster {
	const struct trust_center *list; /* borrowed; NULL: not given yet */
	size_t count, cap;
	struct roster_person *person;
	size_t key_count, key_cap;
	struct roster_key *key; /* ever used by a person */
	size_t removal_count, removal_cap;
	struct roster_removal *removal;
	size_t signer_count, signer_cap;
	/* the center's keys that have signed lines so far; the first ones
	 * lines of earlier logs */
	char (*signer)[ENTRY_KEY_NAME_SIZE];
	size_t signers_before;
	enum roster_phase phase;
	bool founded; /* a generation has begun with the persons of a roster */
	bool letters; /* there was a letter, or this is a later log */
	/* of the list: the one it was founded with and those before it. None is
	 * ever left out, but a time may change */
	size_t rosters;
	int64_t newest; /* time of all lines */
	char founder[PERSON_CODE_SIZE];
	uint64_t next; /* place of the next line while persons are entered */
};

/* roster_find - by code, standing or not; NULL: nobody ever had it. */
const struct roster_person *roster_find(
    const struct roster *roster, const char *code);

/* roster_view_of - how they may act: the key that their signature is checked
 * with, and the role they act in. */
const struct roster_view *roster_view_of(const struct roster_person *person);

/* roster_giver - the administrator who gave the view's key, so that two may
 * know it: all it is good for is that its person changes it, while another
 * than the giver stands beside. "": it is of the person's own making. */
const char *roster_giver(
    const struct roster *roster, const struct roster_view *view);

/* roster_counts - does what they sign now count? */
bool roster_counts(const struct roster_person *person);

/*
 * roster_entry - the entry of a later roster of the list with this code and
 * key that is not spent; role '\0': any, point NULL: any. *since: of which
 * roster. NULL: none. Borrowed from the list.
 */
const struct trust_person *roster_entry(const struct roster *roster,
    const char *code, char role, const uint8_t *point, int64_t *since);

/*
 * roster_help - the word with which a person enters by their own signature
 * alone, because the root has read their present key aloud: the role, or KEY.
 * NULL: they stand with it, or the list has nothing for them.
 */
const char *roster_help(
    const struct roster *roster, const struct trust_person *person);

/* roster_list, roster_reaches_back - as history_list() and
 * history_reaches_back(), of a log whose next line is `next`. */
enum err roster_list(struct roster *roster, const struct trust_center *list,
    struct errtext *err);
bool roster_reaches_back(const struct roster *roster,
    const struct trust_center *list, uint64_t next);

/*
 * roster_add_line - judge who acts in a line, and take it when it is of the
 * staff.
 *
 *   place    its index in this generation; 0: the generation begins. One that
 *            is left out was a line of another kind, for who looks at the staff
 *            lines alone
 *   broken   out: rules of ledger/history.h are added
 *   persons  out: as history_add()
 *
 * Returns ERR_OK, ERR_LIMIT, ERR_MEMORY.
 */
enum err roster_add_line(struct roster *roster, const struct log_entry *entry,
    unsigned generation, uint64_t place, unsigned *broken,
    struct line_persons *persons, struct errtext *err);

/* roster_save - append lines; roster_load - take one of them. ERR_DATA for any
 * other line; ERR_MEMORY. */
void roster_save(const struct roster *roster, struct bytes *out);
enum err roster_load(struct roster *roster, const char *line);

void roster_clear(struct roster *roster);

#endif
