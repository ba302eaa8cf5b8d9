/*
 * deflate.h - the unsigned letter as format 0x02 carries it: raw
 * deflate (RFC 1951) with a blank letter as preset dictionary.
 *
 * Other zlib versions may compress differently, so what stands in a code is
 * never compared with what this zlib would write; only the letter counts.
 */
#ifndef PACKED_DEFLATE_H
#define PACKED_DEFLATE_H

#include "base/bytes.h"
#include "base/err.h"

/* packed_deflate - append the compressed document. ERR_OK or ERR_MEMORY. */
enum err packed_deflate(const uint8_t *xml, size_t len, struct bytes *out);

/*
 * packed_inflate - append the document that exactly len bytes hold.
 *
 * ERR_OK, ERR_PROFILE (broken, cut, bytes behind its end, or more than
 * 32 KiB when unpacked), ERR_MEMORY.
 */
enum err packed_inflate(const uint8_t *in, size_t len, struct bytes *xml);

#endif
