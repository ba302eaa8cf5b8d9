/*
 * sign.h - making the signature of letter/dsig.h. sello-verify does not link
 * this file.
 */
#ifndef LETTER_SIGN_H
#define LETTER_SIGN_H

#include "letter/dsig.h"

/*
 * sign_document - append the signed file.
 *
 *   xml  the canonical document without Signature (xml_write())
 *   id   Reference Id: the letter number, or "trust-<sequence>"
 *   key  P-256 private key; its KeyName is derived from it
 *
 * Writes low s always, verifies its own work with dsig_verify() before
 * returning. ERR_OK, ERR_DATA (id or document out of form), ERR_MEMORY,
 * ERR_INTERNAL.
 */
enum err sign_document(const struct dsig_kind *kind, const void *xml,
    size_t len, const char *id, EVP_PKEY *key, struct bytes *out,
    struct errtext *err);

/*
 * sign_unchecked - the same, errors too, without verifying its own work, for
 * who signs many: nothing of the file may leave before sign_check() said OK.
 *
 *   key_name  the key's, which the caller knows
 */
enum err sign_unchecked(const struct dsig_kind *kind, const void *xml,
    size_t len, const char *id, EVP_PKEY *key, const char *key_name,
    struct bytes *out, struct errtext *err);

/*
 * sign_check - read a file signed just now as a stranger would. May run in
 * another thread.
 *
 *   key  the public key
 *
 * ERR_OK; ERR_DATA (a document or id that cannot be signed), ERR_INTERNAL (it
 * does not verify: the machine is not sound).
 */
enum err sign_check(const struct dsig_kind *kind, const void *xml, size_t len,
    const char *id, EVP_PKEY *key, struct errtext *err);

/*
 * sign_claim - the same but for the key, for who checks many
 * (letter/dsig_many.h): sig->signature must be over hash, else the file gets
 * what sign_refused() returns. As sign_check(), of which it is the first half.
 */
enum err sign_claim(const struct dsig_kind *kind, const void *xml, size_t len,
    const char *id, struct dsig *sig, uint8_t hash[DSIG_DIGEST_SIZE],
    struct errtext *err);

/* sign_refused - ERR_INTERNAL, with what to do. */
enum err sign_refused(struct errtext *err);

/* sign_raw - r | s with low s over a message (SHA-256 inside). ERR_OK,
 * ERR_INTERNAL. */
enum err sign_raw(EVP_PKEY *key, const void *message, size_t len,
    uint8_t out[DSIG_SIGNATURE_SIZE], struct errtext *err);

#endif
