/*
 * seal.h - AES-256-GCM (NIST SP 800-38D) with a 96-bit nonce and a 128-bit
 * tag: the one authenticated cipher of credentials, slots, sealed keys and
 * backups.
 * Keys come from the callers, who see to it that no key meets a nonce twice.
 *
 * Errors, where nothing else is said: ERR_INTERNAL where OpenSSL fails, and
 * ERR_MEMORY.
 */
#ifndef TRUST_SEAL_H
#define TRUST_SEAL_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"

#include <stdint.h>

#define SEAL_KEY_SIZE   32
#define SEAL_NONCE_SIZE 12
#define SEAL_TAG_SIZE   16
#define SEAL_TEXT_MAX   65536 /* bytes sealed at once */

/*
 * seal_close - append the ciphertext (as long as the text) and the tag.
 *
 *   bound  bytes that are not stored here but must be the same at opening
 */
enum err seal_close(const uint8_t key[SEAL_KEY_SIZE],
    const uint8_t nonce[SEAL_NONCE_SIZE], const struct bytes *bound,
    const uint8_t *text, size_t len, struct bytes *out, struct errtext *err);

/*
 * seal_open - text is a new secret, made only when the tag is right.
 * ERR_REFUSED when it is not: wrong key, changed bytes or other `bound`.
 */
enum err seal_open(const uint8_t key[SEAL_KEY_SIZE],
    const uint8_t nonce[SEAL_NONCE_SIZE], const struct bytes *bound,
    const uint8_t *sealed, size_t len, struct secret *text,
    struct errtext *err);

/* seal_open_to - the same into the caller's room of len - SEAL_TAG_SIZE bytes,
 * for what is more than the secure heap holds. On error the room is all 0. */
enum err seal_open_to(const uint8_t key[SEAL_KEY_SIZE],
    const uint8_t nonce[SEAL_NONCE_SIZE], const struct bytes *bound,
    const uint8_t *sealed, size_t len, uint8_t *to, struct errtext *err);

/* seal_derive - len bytes by HKDF-SHA256 (RFC 5869) of a secret; out is a new
 * secret. */
enum err seal_derive(const struct secret *from, const struct bytes *salt,
    const struct bytes *info, size_t len, struct secret *out,
    struct errtext *err);

#endif
