/*
 * line.h - the signatures of one line of the log (log/entry.h): the center's,
 * with a key that the trust list names, and those of the persons who act, with
 * keys that the lines before it name: docs/log.md, section 1.
 *
 * A letter's line carries the letter's own XML-DSig, so the line alone proves
 * that this key signed this number and this digest. Other lines are signed as
 * acts. Signing them is ledger/line_sign.h.
 */
#ifndef LEDGER_LINE_H
#define LEDGER_LINE_H

#include "letter/dsig.h"
#include "log/entry.h"

/*
 * line_verify - has this key signed what the line says?
 *
 *   key  P-256 public key, chosen by the line's key name
 *
 * Returns ERR_OK, ERR_SIGNATURE (proven wrong), ERR_INTERNAL, ERR_MEMORY. May
 * be called by several threads at once.
 */
enum err line_verify(
    const struct log_entry *entry, EVP_PKEY *key, struct errtext *err);

/* line_verify_letter - the same for a letter that is known by number, digest
 * and signature without its line; errors as line_verify(). */
enum err line_verify_letter(const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE],
    const uint8_t signature[DSIG_SIGNATURE_SIZE], EVP_PKEY *key,
    struct errtext *err);

/* Whose signatures a line must carry: history_add() says so. */
struct line_persons {
	size_t count;                    /* 0: none, the line was not judged */
	EVP_PKEY *key[ENTRY_SIGNER_MAX]; /* officer's, approver's; borrowed */
	/* judged already: the officer signed with this key of the trust list,
	 * which no line has named yet; borrowed from the list, NULL: else */
	const uint8_t *listed;
};

/* Whose signature of a line: persons by their place in struct line_persons. */
#define LINE_CENTER (-1)

/*
 * line_hash - of what the center (LINE_CENTER), the officer (0) or the
 * approver (1) signs of a line: for those who check many at once
 * (letter/dsig_many.h, ledger/pool.h). line_signature - that signature, as it
 * stands in the line.
 *
 *   program  "RRP-ES": what a drafter signs names it
 *
 * Returns ERR_OK, ERR_INTERNAL, ERR_MEMORY.
 */
enum err line_hash(const struct log_entry *entry, const char *program,
    int whose, uint8_t out[DSIG_DIGEST_SIZE]);
const uint8_t *line_signature(const struct log_entry *entry, int whose);

/* line_verify_person - did the person at this place, 0 the officer, 1 the
 * approver, sign with this key? As line_verify_persons(). */
enum err line_verify_person(const struct log_entry *entry, const char *program,
    size_t which, EVP_PKEY *key, struct errtext *err);

/*
 * line_verify_persons - did these persons sign what the line says?
 *
 *   program  "RRP-ES": what a drafter signs names it
 *
 * Returns ERR_OK, ERR_SIGNATURE (proven wrong), ERR_INTERNAL, ERR_MEMORY. May
 * be called by several threads at once.
 */
enum err line_verify_persons(const struct log_entry *entry, const char *program,
    const struct line_persons *persons, struct errtext *err);

#endif
