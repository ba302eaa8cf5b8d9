/*
 * people_rows.h - what people.c and people_change.c share: a person's own word
 * for the key that their slot is made with. Without it, who writes the file
 * could have a slot made for a key of theirs.
 */
#ifndef ISSUE_REGISTER_PEOPLE_ROWS_H
#define ISSUE_REGISTER_PEOPLE_ROWS_H

#include "issue/register/people.h"

/* people_sign_slot_key - by the person, over
 *
 *   sello-slot-key/v1
 *   GTGUA01
 *   AP2003
 *   HEX            X25519 public key
 */
enum err people_sign_slot_key(const char *center, const struct person *person,
    const struct credential *credential, uint8_t out[CREDENTIAL_SIGNATURE_SIZE],
    struct errtext *err);

#endif
