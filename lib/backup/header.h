/*
 * header.h - the beginning of a backup: whose it is, of when, and for each
 * person who can open it their sealed keys (trust/credential.h) and the key of
 * the content, sealed for these (trust/slot.h). No names: codes alone. Byte for
 * byte in docs/backup.md.
 *
 * The content's key goes with this very header: what follows does not open
 * behind another one. Who made it is not proven: anybody who has the public
 * keys can seal for them.
 */
#ifndef BACKUP_HEADER_H
#define BACKUP_HEADER_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"
#include "trust/person.h"

#include <stdint.h>

#define HEADER_OWNER_SIZE  32 /* "GTGUA01", "ES-GTGUA/1", and NUL */
#define HEADER_OPENER_MAX  PERSON_COUNT_MAX
#define HEADER_PREFIX_SIZE 18 /* bytes that tell how long the rest is */
#define HEADER_SIZE_MAX    (HEADER_PREFIX_SIZE + 65535)
#define HEADER_MARK        "sello-backup/v1\n"

/* Somebody who can open it. */
struct header_opener {
	char code[PERSON_CODE_SIZE];
	uint8_t slot_key[32]; /* to make one: their public X25519 key */
	struct bytes sealed;  /* their keys, under their passphrase */
	struct bytes slot;    /* the content's key for them; made, or read */
};

/* Whose kind of home it is. */
enum header_kind { HEADER_CENTER = 'C', HEADER_POST = 'P' };

struct header {
	enum header_kind kind;
	char owner[HEADER_OWNER_SIZE];
	int64_t made; /* by the clock of who made it */
	size_t opener_count, opener_cap;
	struct header_opener *opener; /* by code, ascending */
};

/* header_add - somebody who shall open it, behind those of lower codes; sealed
 * is copied. ERR_MEMORY, ERR_INTERNAL when the codes are out of order. */
enum err header_add(struct header *header, const char *code,
    const uint8_t slot_key[32], const struct bytes *sealed,
    struct errtext *err);

/*
 * header_write - a new key, sealed for all of them.
 *
 *   out    appended: the whole header
 *   drawn  out: a new secret, of which header_content() makes the content's key
 *
 * ERR_LIMIT: more persons than a header holds; errors of trust/slot.h.
 */
enum err header_write(struct header *header, struct bytes *out,
    struct secret *drawn, struct errtext *err);

/* header_content - the key of what follows, of SEAL_KEY_SIZE bytes: a new
 * secret of the drawn one and of these bytes of the header. Errors of
 * trust/seal.h. */
enum err header_content(const struct secret *drawn, const uint8_t *at,
    size_t len, struct secret *content, struct errtext *err);

/* header_length - of the whole, by its first HEADER_PREFIX_SIZE bytes. ERR_DATA
 * for what is no backup, ERR_VERSION of a newer Sello's. */
enum err header_length(
    const uint8_t prefix[HEADER_PREFIX_SIZE], size_t *len, struct errtext *err);

/* header_read - all of it, len as header_length() said. ERR_DATA. */
enum err header_read(
    const uint8_t *at, size_t len, struct header *out, struct errtext *err);

/* header_find - NULL: this person cannot open it. Borrowed. */
const struct header_opener *header_find(
    const struct header *header, const char *code);

/* header_codes - "AD0001, AP2003", appended. */
void header_codes(const struct header *header, struct bytes *out);

/*
 * header_open - with somebody's passphrase.
 *
 *   at, len  the bytes that it was read from
 *   content  out: a new secret, as header_content() makes it. Whether header and
 *            content belong together shows with the first chunk
 *
 * ERR_REFUSED: wrong passphrase, or not for this person, or damaged where that
 * cannot be told; ERR_DATA: damaged; errors of trust/credential.h. Takes the time
 * of one scrypt.
 */
enum err header_open(const struct header *header, const uint8_t *at, size_t len,
    const char *code, const struct secret *passphrase, struct secret *content,
    struct errtext *err);

/* header_clear - frees; then all 0. */
void header_clear(struct header *header);

#endif
