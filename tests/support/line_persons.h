/*
 * line_persons.h - what persons sign of a line, by their bare keys; a center
 * signs with credentials (credential_sign()).
 */
#ifndef TESTS_SUPPORT_LINE_PERSONS_H
#define TESTS_SUPPORT_LINE_PERSONS_H

#include "log/entry.h"

#include <openssl/evp.h>

/*
 * line_sign_person - fill one of entry->person_signature, s low, over the line
 * (entry_person_text()): everybody but the drafter of a letter, who signed
 * before there was a line (line_sign_draft()).
 *
 *   which  0 the officer, 1 the approver
 *   key    the person's private P-256 key
 *
 * Returns ERR_OK, ERR_DATA (the line breaks a rule of its kind), ERR_USAGE,
 * ERR_MEMORY; entry is unchanged on error.
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
