/*
 * register.h - the center's register (C/register.db, SQLite): drafts,
 * letters, copies, events. Personal data lives only here. Tables, crash
 * analysis and the four-eyes protocol: docs/register.md.
 *
 * (The type is struct registry because `register` is a word of C.)
 *
 * Everything that changes rows runs between register_begin() and
 * register_commit(), except events, which are transactions of their own.
 */
#ifndef ISSUE_REGISTER_REGISTER_H
#define ISSUE_REGISTER_REGISTER_H

#include "base/bytes.h"
#include "base/json.h"
#include "issue/register/people.h"
#include "letter/commitment.h"
#include "letter/dsig.h"
#include "letter/letter.h"
#include "store/store.h"

struct registry;

/* register_create - a new, empty register in a home that has none. */
enum err register_create(
    const char *home, struct registry **out, struct errtext *err);
/* register_open - ERR_CONFIG when the home holds no register: a missing
 * database is never taken for a new one. */
enum err register_open(
    const char *home, struct registry **out, struct errtext *err);
/* register_open_file - a register that is not in a home: a backup. */
enum err register_open_file(
    const char *path, struct registry **out, struct errtext *err);
void register_close(struct registry **reg);
/* register_store - for the other files of this room. */
struct store *register_store(struct registry *reg);

enum err register_begin(struct registry *reg, struct errtext *err);
/* register_commit - on failure the outcome is unknown: look first. ERR_INTERNAL,
 * and nothing is committed, for a transaction that entered lines of the log. */
enum err register_commit(struct registry *reg, struct errtext *err);
/*
 * register_commit_lines - the same for one that did.
 *
 *   guard  called as soon as they stand (issue/center/logbook.h); what it
 *          returns is returned
 */
enum err register_commit_lines(struct registry *reg,
    enum err (*guard)(void *arg, struct errtext *err), void *arg,
    struct errtext *err);
/* register_entered - for log.c: the transaction entered lines, or a head. */
void register_entered(struct registry *reg);
void register_rollback(struct registry *reg);

/* register_purge - after secrets were erased: empty the write-ahead log too,
 * which still has the old pages. Best effort. */
void register_purge(struct registry *reg);

/* register_rest - put everything into the one file, nothing beside it, so that
 * it can be moved. Only for a register that nobody else has open. */
enum err register_rest(struct registry *reg, struct errtext *err);

/* register_check_file - SQLite's own examination of the whole file. */
enum err register_check_file(
    struct registry *reg, bool *sound, struct errtext *err);

/* ---- drafts (issue/register/draft.c)
 * ------------------------------------------ */

#define DRAFT_ROW_SIZE   65
#define DRAFT_REASON_MAX 200 /* characters of a typed reason */

enum draft_state { DRAFT_PENDING, DRAFT_APPROVED, DRAFT_DISCARDED };

/* What duplicates are found by; made by issue/intake/duplicate.c, opaque here.
 */
struct person_keys {
	const char *document; /* "" when the letter has no document */
	const char *name;     /* the folded name; never "" */
};

/* What a drafter hands in. Borrowed. */
struct draft_input {
	const struct letter *letter; /* officer set; number, issuedAt,
					approver empty; another salt is
					drawn */
	const char *row;             /* as given, "" when none */
	const json_t *problems;      /* its warnings: [{code, field, text}], as
					docs/intake.md; NULL: none */
	struct person_keys keys;
};

/* A draft as stored. Start as {0}; register_draft_clear() when done. */
struct draft {
	int64_t id;
	enum draft_state state;
	char officer[PERSON_CODE_SIZE];
	int64_t at; /* when drafted */
	char row[DRAFT_ROW_SIZE];
	bool duplicate;        /* carries W-DUPLICATE */
	struct bytes problems; /* JSON array of {code, field, text} */
	struct letter letter;  /* empty once discarded or forgotten */
	struct bytes message;  /* what the drafter signed */
	uint8_t digest[32];    /* SHA-256 of the message */
	bool has_signature;
	uint8_t signature[CREDENTIAL_SIGNATURE_SIZE];
	/* for the letter's line: letter/commitment.h, and the drafter's word
	 * for it (ledger/line_sign.h) */
	bool has_commitment;
	/* lines of the log were lost while it waited: no commitment, and its
	 * drafter signs it again (register_draft_unsign()) */
	bool again;
	uint8_t commitment[LETTER_COMMITMENT_SIZE];
	uint8_t drafted[CREDENTIAL_SIGNATURE_SIZE];
	char number[LETTER_NUMBER_SIZE]; /* its letter, once approved */
};

/* register_draft_state_name - "pending", "unsigned" (again): for --json. */
const char *register_draft_state_name(const struct draft *draft);

/*
 * register_draft_insert - draw the letter's salt, sign and store one draft,
 * within a transaction.
 *
 *   drafter  logged in with ROLE_DRAFTER; signs with the own key over
 *            "sello-draft/v1\n", center, draft number, officer, time, row,
 *            warnings and every field, and what the log will carry of the
 *            letter (entry_drafted_text())
 *   at       the time of drafting
 *   id       out: the draft's number, counted from 1 without gaps
 */
enum err register_draft_insert(struct registry *reg, const char *center,
    const struct person *drafter, const struct draft_input *input, int64_t at,
    int64_t *id, struct errtext *err);

/* register_draft_load - ERR_NOT_FOUND; ERR_DATA when the row is damaged. Does
 * not check the signature. */
enum err register_draft_load(struct registry *reg, const char *center,
    int64_t id, struct draft *out, struct errtext *err);

/*
 * register_draft_duplicates - every pending or approved draft with the same
 * document, or with the same name while one of the two has no document (so
 * that homonyms with documents of their own cost nothing:
 * issue/intake/duplicate.h), newest first, also those of the transaction under
 * way. By index: the cost does not grow with the register, only with the number
 * of candidates.
 *
 *   each  false stops
 */
enum err register_draft_duplicates(struct registry *reg, const char *center,
    const struct person_keys *keys,
    bool (*each)(void *arg, const struct draft *candidate), void *arg,
    struct errtext *err);

/*
 * register_draft_homonyms - every pending or approved draft with the same name
 * and a document of its own, another one, whose year of birth is within these,
 * in no certain order, also those of the transaction under way. Homonyms of
 * other years are told apart before anything of them is read.
 */
enum err register_draft_homonyms(struct registry *reg, const char *center,
    const struct person_keys *keys, int from_year, int to_year,
    bool (*each)(void *arg, const struct draft *candidate), void *arg,
    struct errtext *err);

/*
 * register_draft_discard - give a pending draft up, within a transaction. Its
 * fields, signature and keys of duplicates are erased; number, row, who, when
 * and the reason stay.
 *
 *   reason  1 to DRAFT_REASON_MAX characters; stays in the register
 *
 * ERR_OK (also when it was discarded before), ERR_NOT_FOUND, ERR_DATA when a
 * letter was issued from it.
 */
enum err register_draft_discard(struct registry *reg, int64_t id,
    const char *by, const char *reason, int64_t at, struct errtext *err);

/* register_draft_each - all drafts, or only the pending ones, by number. */
enum err register_draft_each(struct registry *reg, const char *center,
    bool only_pending, bool (*each)(void *arg, const struct draft *draft),
    void *arg, struct errtext *err);

/* register_draft_waiting - numbers of the pending drafts, whether each carries
 * W-DUPLICATE, and whether it is to be signed again, without reading their
 * fields; false stops. */
enum err register_draft_waiting(struct registry *reg,
    bool (*each)(void *arg, int64_t id, bool duplicate, bool again), void *arg,
    struct errtext *err);

/* register_draft_any - set any: does a pending draft of this officer, NULL: of
 * anybody, wait? */
enum err register_draft_any(
    struct registry *reg, const char *officer, bool *any, struct errtext *err);

/*
 * register_draft_unsign - lines of the log were lost, and each draft that waits
 * may be a letter in them: take away what the log would carry, so that its
 * drafter signs it again, with another salt. No commitment may stand in two
 * lines (docs/log.md, section 1), also when the lost ones turn up. The
 * drafter's signature over the draft stays, or nobody would know whose words
 * these are. Within a transaction.
 */
enum err register_draft_unsign(
    struct registry *reg, size_t *count, struct errtext *err);

/* register_draft_issued - a line that a copy brought made this letter of the
 * draft with its commitment: if one waits here, it is discarded. */
enum err register_draft_issued(struct registry *reg,
    const uint8_t commitment[LETTER_COMMITMENT_SIZE], const char *by,
    const char *number, int64_t at, size_t *count, struct errtext *err);

/*
 * register_draft_sign_again - by its drafter, within a transaction.
 *
 *   draft  of draft_authentic(), with `again` set; its officer is
 *          the drafter
 */
enum err register_draft_sign_again(struct registry *reg, const char *center,
    const struct person *drafter, const struct draft *draft, int64_t at,
    struct errtext *err);

void register_draft_clear(struct draft *draft); /* wipes the letter */

/* ---- events (issue/register/event.c)
 * ------------------------------------------ */

/*
 * register_event - one row in the event table, in a transaction of its own
 * (call it outside of one). Never fails loudly: a refusal must be told even
 * when it cannot be written down.
 *
 *   kind     a word: "refused-passphrase", "refused-role", "refused-draft"...
 *   person   pseudonym, or "" when unknown
 *   subject  draft or letter number, pseudonym, or ""; never personal data
 */
void register_event(struct registry *reg, int64_t at, const char *kind,
    const char *person, const char *subject);

struct event {
	int64_t at;
	const char *kind, *person, *subject; /* until the next row */
};

/* register_event_each - all events, oldest first; false stops. */
enum err register_event_each(struct registry *reg,
    bool (*each)(void *arg, const struct event *event), void *arg,
    struct errtext *err);

#endif
