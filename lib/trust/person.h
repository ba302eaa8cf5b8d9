/*
 * person.h - the public side of the persons who act at a center: a code, a
 * role and the P-256 key whose signatures count as theirs in the log. No
 * names: codes only.
 *
 * A key is the 33 bytes of its compressed point (SEC 1, section 2.3.3). It
 * says nothing about who holds it: that the person was asked to read its
 * fingerprint aloud to the root is what binds the two (docs/trust-list.md).
 */
#ifndef TRUST_PERSON_H
#define TRUST_PERSON_H

#include "base/encode.h"
#include "base/err.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PERSON_CODE_SIZE        13 /* [A-Z0-9]{4,12} and NUL */
#define PERSON_KEY_SIZE         33 /* bytes of a compressed point */
#define PERSON_FINGERPRINT_SIZE FINGERPRINT_SIZE
#define PERSON_COUNT_MAX        256 /* of one roster */

struct trust_person {
	char code[PERSON_CODE_SIZE];
	char role; /* 'D', 'A', 'M': person_role_word() */
	uint8_t key[PERSON_KEY_SIZE];
};

/*
 * The persons of a center, by code, in strictly ascending order. As a center
 * asks for it in its request (since is 0) or as the list has it. One that was
 * read owns its persons: trust_roster_free().
 */
struct trust_roster {
	int64_t since; /* from when on the root lets it hold */
	size_t person_count, person_cap; /* base/array.h */
	struct trust_person *persons;
};

/* person_is_code - [A-Z0-9]{4,12} */
bool person_is_code(const char *text);

/* person_role_word - DRAFTER for 'D', APPROVER for 'A', ADMIN for 'M', else
 * NULL. person_role_letter - the other way; NUL for any other word. */
const char *person_role_word(char role);
char person_role_letter(const char *word);

/* person_role_title - "drafter", in the reader's language */
const char *person_role_title(char role);

/* person_key_point - the compressed point of a P-256 key, public or private.
 * ERR_DATA for another kind of key; ERR_INTERNAL. */
enum err person_key_point(EVP_PKEY *key, uint8_t out[PERSON_KEY_SIZE]);

/* person_key_public - the public key of a compressed point; the caller
 * EVP_PKEY_free()s it. ERR_DATA when it is no point on P-256; ERR_INTERNAL. */
enum err person_key_public(const uint8_t key[PERSON_KEY_SIZE], EVP_PKEY **out);

/* person_key_like - the same, errors too, of another P-256 key's curve, which
 * need not be made anew: in three fifths of the time. */
enum err person_key_like(
    const uint8_t key[PERSON_KEY_SIZE], EVP_PKEY *like, EVP_PKEY **out);

/* person_key_digest - SHA-256 of the 33 bytes. */
void person_key_digest(const uint8_t key[PERSON_KEY_SIZE], uint8_t out[32]);

/* person_fingerprint - that as it is read aloud: lower-case hexadecimal in
 * groups of four, single spaces. */
void person_fingerprint(
    const uint8_t key[PERSON_KEY_SIZE], char out[PERSON_FINGERPRINT_SIZE]);

/* person_key_same - is it one key? Also a point and its negative, which the
 * first byte tells apart: who knows the private half of one knows the other's.
 */
bool person_key_same(
    const uint8_t a[PERSON_KEY_SIZE], const uint8_t b[PERSON_KEY_SIZE]);

/*
 * trust_roster_check - forms of codes and roles, real points, at most
 * PERSON_COUNT_MAX, codes in strictly ascending order, no key twice. An empty
 * one passes. ERR_DATA with the code named; ERR_LIMIT; ERR_MEMORY.
 */
enum err trust_roster_check(
    const struct trust_roster *roster, struct errtext *err);

/* trust_roster_sort - by code; order is all that it changes. */
void trust_roster_sort(struct trust_roster *roster);

/* trust_roster_find - NULL when nobody has this code. Borrowed. */
const struct trust_person *trust_roster_find(
    const struct trust_roster *roster, const char *code);

/* trust_roster_find_key - whose key it is, by person_key_same(); NULL:
 * nobody's. Borrowed. */
const struct trust_person *trust_roster_find_key(
    const struct trust_roster *roster, const uint8_t key[PERSON_KEY_SIZE]);

/* trust_roster_same - the same codes, roles and keys? `since` is not looked at.
 */
bool trust_roster_same(
    const struct trust_roster *a, const struct trust_roster *b);

/* trust_roster_free - empties it; an empty one is fine. */
void trust_roster_free(struct trust_roster *roster);

#endif
