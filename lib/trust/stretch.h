/*
 * stretch.h - how much work a sealed file may ask for. What it says of that is
 * proven only by having done it, so a stranger's must not keep a machine busy
 * for minutes, or take its memory, before it is refused.
 */
#ifndef TRUST_STRETCH_H
#define TRUST_STRETCH_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

/* scrypt's N times r times p: four times what is asked for here, in key files
 * and credentials alike; half a second, and at most 128 MiB. */
#define STRETCH_SCRYPT_MAX ((uint64_t)1 << 20)
/* PBKDF2's iterations, in keys that other programs sealed: some two seconds */
#define STRETCH_PBKDF2_MAX ((uint64_t)1 << 21)

/* stretch_scrypt_is_fit - may it be asked for? */
bool stretch_scrypt_is_fit(uint64_t n, uint64_t r, uint64_t p);

/* stretch_is_fit - the same of what an encrypted PKCS#8 key says: PBES2 with
 * scrypt or PBKDF2, or the older schemes (RFC 8018, PKCS#12), which have
 * iterations, too. false also for all that is none of these. */
bool stretch_is_fit(const X509_SIG *sealed);

#endif
