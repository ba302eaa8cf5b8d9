/*
 * attestation.h - the center's word for a row of its roster: r|s of its P-256
 * key over
 *
 *   sello-person/v1
 *   center GTGUA01
 *   person OF1007
 *   role drafter
 *   founding 0
 *   sign HEX            Ed25519 public key
 *   slot HEX            X25519 public key
 *   added 2026-11-23T18:00:00Z OFFICERS-CODE
 *   removed -           or a time and a code
 *
 * Whoever holds no slot cannot make one, so nobody joins, changes role or
 * comes back by SQL alone.
 */
#ifndef ISSUE_ATTESTATION_H
#define ISSUE_ATTESTATION_H

#include "issue/people.h"

/* attestation_make - sign a row with the center's private key. */
enum err attestation_make(const char *center, const struct person *person,
    EVP_PKEY *key, uint8_t out[DSIG_SIGNATURE_SIZE], struct errtext *err);

/* attestation_is_good - with the center's public key. */
bool attestation_is_good(const char *center, const struct person *person,
    EVP_PKEY *key, const uint8_t signature[DSIG_SIGNATURE_SIZE]);

#endif
