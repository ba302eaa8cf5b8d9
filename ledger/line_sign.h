/*
 * line_sign.h - signing the lines that no letter's signature signs. Apart
 * from line.h, so that programs that only check link no signing code.
 */
#ifndef LEDGER_LINE_SIGN_H
#define LEDGER_LINE_SIGN_H

#include "log/entry.h"

#include <openssl/evp.h>

/*
 * line_sign - fill entry->signature, s low. After line_sign_person(): the
 * center signs what the persons signed, and that they did.
 *
 *   entry  any kind but issue and correct, whose signature is the letter's
 *          own: ERR_USAGE for these
 *   key    the center's private P-256 key, the one entry->key_name names
 *
 * Returns ERR_OK, ERR_DATA (the line breaks a rule of its kind), ERR_USAGE,
 * ERR_MEMORY; entry is unchanged on error.
 */
enum err line_sign(struct log_entry *entry, EVP_PKEY *key, struct errtext *err);

/*
 * line_sign_person - fill one of entry->person_signature, s low, over the line
 * (entry_person_text()): everybody but the drafter of a letter, who signed
 * before there was a line (line_sign_draft()).
 *
 *   which  0 the officer, 1 the approver
 *   key    the person's private P-256 key
 *
 * As line_sign().
 */
enum err line_sign_person(
    struct log_entry *entry, size_t which, EVP_PKEY *key, struct errtext *err);

/*
 * line_sign_draft - what the drafter of a letter signs, r | s, s low
 * (entry_drafted_text()).
 */
enum err line_sign_draft(const char *program, const char *center,
    const uint8_t commitment[32], EVP_PKEY *key,
    uint8_t out[ENTRY_SIGNATURE_SIZE], struct errtext *err);

#endif
