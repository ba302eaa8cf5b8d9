/*
 * note.h - C2SP signed-note: a text and, after a blank line, signatures.
 *
 *   text, one line or more
 *
 *   — NAME BASE64(key id 4 | signature)
 *
 * UTF-8 without control characters but line feeds. The text ends with its
 * last line feed, before the blank line; it is worth nothing before a
 * signature of a known key was verified over it. Signatures of unknown keys
 * are allowed and say nothing.
 *
 * Ed25519 over the text (type 0x01) is checked and made here; timestamped
 * cosignatures (0x04) are log/checkpoint.h.
 */
#ifndef LOG_NOTE_H
#define LOG_NOTE_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/vkey.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NOTE_MAX            (1u << 20) /* bytes, signatures included */
#define NOTE_SIGNATURES_MAX 100
#define NOTE_ID_SIZE        4

struct note_signature {
	struct reader name;
	uint8_t id[NOTE_ID_SIZE];
	struct reader base64; /* of id and signature, canonical */
};

/* Borrows the bytes it was parsed from. */
struct note {
	const char *text; /* with its last line feed; no NUL behind it */
	size_t len;
	size_t count;
	struct note_signature signature[NOTE_SIGNATURES_MAX];
};

/*
 * note_parse - take a note apart.
 *
 *   bytes  the whole note, len bytes; borrowed as long as out is used
 *   out    written only on ERR_OK; still UNVERIFIED
 *
 * Returns ERR_OK, ERR_LIMIT (over NOTE_MAX or NOTE_SIGNATURES_MAX), ERR_DATA
 * (not a note), ERR_MEMORY.
 */
enum err note_parse(
    const void *bytes, size_t len, struct note *out, struct errtext *err);

/*
 * note_verify - has the Ed25519 key signed the text? Every signature under
 * its name and id must be good: one wrong among them is wrong.
 *
 * Returns ERR_OK, ERR_ISSUER (no signature of this key), ERR_SIGNATURE
 * (proven wrong), ERR_USAGE (key is not of type 0x01), ERR_MEMORY.
 */
enum err note_verify(
    const struct note *note, const struct vkey *key, struct errtext *err);

/* note_wrong - ERR_SIGNATURE with its sentence: the same whether a bit was
 * flipped or somebody changed the note, for nobody can tell. */
enum err note_wrong(struct errtext *err);

/*
 * note_begin - append text and the blank line: a note without signatures.
 * ERR_DATA for a text that no note can have (not UTF-8, control characters,
 * no line feed at its end), ERR_LIMIT, ERR_MEMORY.
 */
enum err note_begin(
    const void *text, size_t len, struct bytes *out, struct errtext *err);

/*
 * note_sign - append an Ed25519 signature line over text to out, which
 * note_begin() began with the same text.
 *
 *   key      name and public half, type 0x01
 *   private  the private half
 *
 * Returns ERR_OK, ERR_CONFIG (private is not key's), ERR_USAGE (type),
 * ERR_MEMORY; out is unchanged on error.
 */
enum err note_sign(const void *text, size_t len, const struct vkey *key,
    EVP_PKEY *private, struct bytes *out, struct errtext *err);

/*
 * For other types of signatures. note_is_by - does the line name this key?
 * note_signature_bytes - what follows the key id; false unless it is exactly
 * len bytes (at most 72). note_add_line - append a signature line.
 */
bool note_is_by(const struct note_signature *sig, const struct vkey *key);
bool note_signature_bytes(
    const struct note_signature *sig, uint8_t *out, size_t len);
void note_add_line(const struct vkey *key, const uint8_t *signature, size_t len,
    struct bytes *out);

#endif
