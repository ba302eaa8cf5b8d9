/*
 * vkey.h - verifier keys of C2SP signed-note: "name+hash+base64(type|key)".
 *
 * The key id is the first four bytes of SHA-256(name | LF | type | key).
 * Types: 0x01 Ed25519, 0x04 timestamped Ed25519 cosignatures
 * (tlog-cosignature, cosignature/v1).
 */
#ifndef BASE_VKEY_H
#define BASE_VKEY_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VKEY_ED25519     0x01
#define VKEY_COSIGNATURE 0x04
#define VKEY_NAME_MAX    128

struct vkey {
	char name[VKEY_NAME_MAX + 1]; /* no white space, no '+' */
	uint8_t id[4];
	uint8_t type;
	uint8_t key[32]; /* raw Ed25519 public key */
};

/*
 * vkey_is_name - may a key of any kind have this name? UTF-8, not empty, no
 * white space of Unicode, no control character, no '+'. Of any length: names
 * of keys that are not ours stand in notes.
 */
bool vkey_is_name(const void *name, size_t len);

/*
 * vkey_make - fill from name, type, key; ERR_DATA for a bad name or type,
 * ERR_MEMORY.
 */
enum err vkey_make(
    const char *name, uint8_t type, const uint8_t key[32], struct vkey *out);
/* vkey_format - append the text form. */
void vkey_format(const struct vkey *key, struct bytes *out);
/* vkey_parse - strict; ERR_DATA when the id does not fit the key. */
enum err vkey_parse(const char *text, struct vkey *out, struct errtext *err);

#endif
