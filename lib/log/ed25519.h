/*
 * ed25519.h - Ed25519 (RFC 8032) over raw messages, by OpenSSL. What is
 * signed, and how purposes are kept apart, is for log/note.h and
 * log/checkpoint.h.
 */
#ifndef LOG_ED25519_H
#define LOG_ED25519_H

#include "base/err.h"

#include <openssl/evp.h>
#include <stddef.h>
#include <stdint.h>

#define ED25519_KEY_SIZE       32
#define ED25519_SIGNATURE_SIZE 64

/*
 * ed25519_sign - sign a message.
 *
 *   key     private key
 *   public  what its public half must be: a signature that nobody could
 *           verify under the name it is given is never made
 *
 * Returns ERR_OK, ERR_CONFIG (another key), ERR_INTERNAL.
 */
enum err ed25519_sign(EVP_PKEY *key, const uint8_t public[ED25519_KEY_SIZE],
    const void *message, size_t len, uint8_t out[ED25519_SIGNATURE_SIZE],
    struct errtext *err);

/*
 * ed25519_verify - ERR_OK, ERR_SIGNATURE (proven wrong), ERR_INTERNAL (OpenSSL
 * failed inside: says nothing about the message).
 */
enum err ed25519_verify(const uint8_t public[ED25519_KEY_SIZE],
    const void *message, size_t len,
    const uint8_t signature[ED25519_SIGNATURE_SIZE], struct errtext *err);

#endif
