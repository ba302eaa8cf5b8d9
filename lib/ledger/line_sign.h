/*
 * line_sign.h - signing the lines that no letter's signature signs. Apart
 * from line.h, so that programs that only check link no signing code.
 */
#ifndef LEDGER_LINE_SIGN_H
#define LEDGER_LINE_SIGN_H

#include "log/entry.h"

#include <openssl/evp.h>

/*
 * line_sign - fill entry->signature, s low. After the persons: the
 * center signs what they signed, and that they did.
 *
 *   entry  any kind but issue and correct, whose signature is the letter's
 *          own: ERR_USAGE for these
 *   key    the center's private P-256 key, the one entry->key_name names
 *
 * Returns ERR_OK, ERR_DATA (the line breaks a rule of its kind), ERR_USAGE,
 * ERR_MEMORY; entry is unchanged on error.
 */
enum err line_sign(struct log_entry *entry, EVP_PKEY *key, struct errtext *err);

#endif
