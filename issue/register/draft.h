/*
 * draft.h - drafts in the register: signed by their drafter when they are
 * stored, given up, signed again after lines of the log were lost; and those
 * that may be of the same person. Whether a signature is the drafter's is asked
 * elsewhere (issue/center/authentic.h).
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_DRAFT_H
#define ISSUE_REGISTER_DRAFT_H

#include "base/bytes.h"
#include "base/json.h"
#include "issue/register/people.h"
#include "issue/register/register.h"
#include "letter/commitment.h"
#include "letter/letter.h"

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

/* register_draft_waiting_since - the same numbers in no order, with when each
 * was drafted, and whether it is to be signed again. each() may read the
 * register. */
enum err register_draft_waiting_since(struct registry *reg,
    void (*each)(void *arg, int64_t id, int64_t at, bool again), void *arg,
    struct errtext *err);

/* register_draft_astray - numbers of drafts that are said to have become a
 * letter and there is none, or the other way round. */
enum err register_draft_astray(struct registry *reg,
    void (*each)(void *arg, int64_t id), void *arg, struct errtext *err);

/* register_draft_forget - erase what may name somebody in discarded drafts
 * that were drafted before this instant; within a transaction. */
enum err register_draft_forget(
    struct registry *reg, int64_t before, struct errtext *err);

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

/* register_draft_clear - wipes the letter, frees the rest. */
void register_draft_clear(struct draft *draft);

#endif
