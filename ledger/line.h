/*
 * line.h - the signature of one line of the log (log/entry.h), with a key
 * that the trust list names: docs/log.md, section 1.
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
 * Returns ERR_OK, ERR_SIGNATURE (proven wrong), ERR_MEMORY. May be called by
 * several threads at once.
 */
enum err line_verify(
    const struct log_entry *entry, EVP_PKEY *key, struct errtext *err);

/* line_verify_letter - the same for a letter that is known by number, digest
 * and signature without its line. */
enum err line_verify_letter(const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE],
    const uint8_t signature[DSIG_SIGNATURE_SIZE], EVP_PKEY *key,
    struct errtext *err);

#endif
