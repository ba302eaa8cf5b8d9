/*
 * packed.h - the signed letter as the text of a QR code, without loss.
 *
 * Text: "SELLO" and RFC 4648 Base32 of: format byte, fields, key id 4, r|s
 * 64, CRC-32. docs/packed-form.md has the layout and worked bytes.
 */
#ifndef PACKED_PACKED_H
#define PACKED_PACKED_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>

#define PACKED_PREFIX   "SELLO"
#define PACKED_TEXT_MAX 4296 /* alphanumeric capacity of version 40-L */

/* What became of the text, for `--json` and reports. */
struct packed_info {
	size_t body_len; /* bytes carried, CRC included */
	uint8_t format;  /* the format byte */
	/* no letter, and ERR_FOREIGN: what a printer is tried with
	 * (packed/testpage.h) */
	bool test_page;
};

/*
 * packed_encode - the code's text for a signed letter file.
 *
 *   xml   exactly what sign_document() made
 *   text  out: appended, NUL-terminated by struct bytes
 *   info  out; may be NULL
 *
 * Decodes its own work and compares before it returns. ERR_OK, ERR_PROFILE
 * (not a letter of ours), ERR_LIMIT (would not fit a code), ERR_MEMORY.
 */
enum err packed_encode(const uint8_t *xml, size_t len, struct bytes *text,
    struct packed_info *info, struct errtext *err);

/*
 * packed_decode - turn the text of a QR code back into the signed letter.
 *
 *   text  len bytes as scanned: any case, white space anywhere, possibly
 *         typed through an AZERTY layout; at most 2 * PACKED_TEXT_MAX
 *   xml   out: the letter's exact bytes, still UNVERIFIED; appended
 *
 * Returns ERR_OK, ERR_FOREIGN (no prefix, or a test page's code, of which info
 * is written too), ERR_GARBLED (checksum: scan
 * again), ERR_VERSION (made by a newer Sello), ERR_PROFILE (decoding),
 * ERR_LIMIT or ERR_MEMORY. Time and space linear in len.
 */
enum err packed_decode(const char *text, size_t len, struct bytes *xml,
    struct packed_info *info, struct errtext *err);

#endif
