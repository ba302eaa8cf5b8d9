/*
 * history.h - what the lines of a center's log say about one another: order,
 * times, numbers without gaps, letters that live and die, persons who join and
 * leave and what they may do (ledger/roster.h). Line after line, generation
 * after generation; what it knows between two lines is small, but for the
 * letters, which the caller keeps (ledger/letters.h does it in memory, a post
 * in its database).
 *
 * Signatures are ledger/line.h's: history_add() says whose a line must carry.
 * Periods of keys and what a broken rule means are for the programs: a post
 * refuses a log, an auditor writes a finding.
 */
#ifndef LEDGER_HISTORY_H
#define LEDGER_HISTORY_H

#include "ledger/letter_state.h"
#include "ledger/line.h"
#include "ledger/roster.h"
#include "letter/number.h"
#include "log/entry.h"

/* Years with letters: all that a line can name. One approver with drafts that
 * wait dates letters as they like, and must not use up what is left. */
#define HISTORY_YEAR_MAX 8000

/* Each a bit: a line may break several. */
enum rule {
	RULE_INDEX = 1u << 0, /* its index is not its place */
	/* dated before the line before it, and puts no clock right */
	RULE_TIME = 1u << 1,
	/* another center's, or its check character is wrong */
	RULE_NUMBER = 1u << 2,
	RULE_SEQUENCE = 1u << 3, /* a number left out, or given twice */
	/* withdrawn, replaced or reprinted, but never entered */
	RULE_UNKNOWN = 1u << 4,
	/* a letter that is dead is replaced, reprinted or dies again */
	RULE_STATE = 1u << 5,
	RULE_COPY = 1u << 6, /* copies out of order */
	/* puts right another time than that of the line before it */
	RULE_CLOCK = 1u << 7,
	/* a draft that became a letter already: its commitment stands in an
	 * earlier line */
	RULE_DRAFT = 1u << 8,
	/* the log does not begin with its persons (docs/log.md, section 1) */
	RULE_FOUNDING = 1u << 9,
	RULE_PERSON = 1u << 10, /* on the roster already, or not there */
	/* acts, but is not on the roster at that line */
	RULE_STRANGER = 1u << 11,
	/* acts outside their role, which is nothing but to change the key as
	 * long as they have one that an administrator gave */
	RULE_ROLE = 1u << 12,
	RULE_ALONE = 1u << 13, /* one person where two must act */
	/* a person's key that somebody had before, or that is the center's. In
	 * the beginning of a later log their own of before is none of these:
	 * RULE_RENUMBERED */
	RULE_KEY = 1u << 14,
	/* From here on readers go on: */
	/* a later generation does not go on where the earlier ones end: its
	 * time, the first number of a year, a letter or a copy of theirs.
	 * Their disk was lost, or the root closed them before their center had
	 * heard. In its beginning a person who did not stand there, or with
	 * another key, also one that was theirs before: with RULE_VOID, so
	 * nobody joins by that */
	RULE_RENUMBERED = 1u << 15,
	/* a person acts whom the root had removed by then, or who is on the
	 * roster by such lines alone: the line does nothing, though it takes
	 * its number, copy or time, as those after it count on */
	RULE_VOID = 1u << 16,
};
#define RULE_COUNT 17
/* What no program of ours ever writes and no accident makes: a log that
 * breaks one of these is not to be believed. A wrong signature of a person is
 * such a rule as well. */
#define RULES_REFUSED 0x7fffu
/* Of these about persons: a line that breaks one changes nobody, and whose
 * signatures it must carry is not asked. */
#define RULES_OF_PERSONS                                           \
	(RULE_FOUNDING | RULE_PERSON | RULE_STRANGER | RULE_ROLE | \
	    RULE_ALONE | RULE_KEY)
/* What a list newer than the reader's may explain, in a line dated after the
 * reader's: refused, but no proof until that list is there. */
#define RULES_OF_LIST \
	(RULE_FOUNDING | RULE_PERSON | RULE_STRANGER | RULE_ROLE | RULE_ALONE)

/* Where the letters of one center are kept. Errors are handed on. */
struct history_letters {
	/*
	 * The letter with this number: with this digest, or (digest NULL)
	 * the one of the newest generation. *found says whether there is one.
	 */
	enum err (*find)(void *ctx, int year, unsigned sequence,
	    const uint8_t *digest, struct history_letter *out, bool *found,
	    struct errtext *err);
	/* Add it, or replace the one of its generation: the line's own, or an
	 * earlier one. */
	enum err (*put)(void *ctx, int year, unsigned sequence,
	    const struct history_letter *letter, struct errtext *err);
	/* Does this commitment stand in a line before? Asked once a letter,
	 * before it is put. */
	enum err (*drafted)(void *ctx, const uint8_t commitment[32],
	    bool *before, struct errtext *err);
	/*
	 * What a line says of a letter that was entered before, and that alone.
	 * Also of one that is not here: it may stand behind the end of an
	 * earlier log, and come when the root raises that end
	 * (docs/trust-list.md). word: generation 0 then, and a digest of zeros
	 * where the line names none. NULL: whoever has all lines needs it not.
	 */
	enum err (*say)(void *ctx, int year, unsigned sequence,
	    const struct history_letter *word, struct errtext *err);
	void *ctx;
};

struct history_year {
	int year;
	unsigned last;       /* sequence */
	unsigned generation; /* that gave it */
};

/* Start as {0} with center set, and history_list() before the first line;
 * history_clear(). */
struct history {
	char center[LETTER_CENTER_SIZE];
	unsigned generation;
	uint64_t next; /* index of the next line of this generation */
	/* of the newest line of any generation; 0: none. A clock line alone
	 * may set it back */
	int64_t last_time;
	size_t year_count;
	struct history_year year[HISTORY_YEAR_MAX];
	struct roster roster;
};

/*
 * history_list - what the trust list says about the center's persons and keys;
 * also of a newer list, between two lines. list is borrowed until the next one
 * is given. ERR_MEMORY.
 */
enum err history_list(struct history *history, const struct trust_center *list,
    struct errtext *err);

/*
 * history_reaches_back - does this list, newer than the one the history was
 * given, remove a person from a line on that was taken already? Then the lines
 * are to be taken anew, from the first one on: history_list() alone changes
 * nothing in what was judged.
 */
bool history_reaches_back(
    const struct history *history, const struct trust_center *list);

/*
 * history_begin - the lines that follow are of this generation, from index 0
 * on. Generations are taken in ascending order.
 */
void history_begin(struct history *history, unsigned generation);

/*
 * history_add - take the next line.
 *
 *   letters  the letters of this center so far; what the line changes in them
 *            is put there
 *   broken   out: the rules that it breaks, 0 for none. The line is taken all
 *            the same, as far as it makes sense, so that one fault does not
 *            make all that follows look wrong
 *   persons  out: whose signatures it must carry, for line_verify_persons();
 *            their keys live as long as the history. None when a rule says
 *            already that a person may not act
 *
 * Returns ERR_OK, ERR_LIMIT (too many persons or years), ERR_MEMORY, and what
 * letters returns.
 */
enum err history_add(struct history *history, const struct log_entry *entry,
    const struct history_letters *letters, unsigned *broken,
    struct line_persons *persons, struct errtext *err);

/* history_rule_text - message id: what a line that breaks it did. */
const char *history_rule_text(enum rule rule);

/*
 * history_save, history_load - as text, to be stored beside the letters.
 * Load: out must be {0}; ERR_DATA for anything history_save() did not write.
 */
void history_save(const struct history *history, struct bytes *out);
enum err history_load(const char *text, struct history *out);

void history_clear(struct history *history);

#endif
