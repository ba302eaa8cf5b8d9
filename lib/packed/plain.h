/*
 * plain.h - the fields in an unsigned letter as xml_write() makes it,
 * found without a parser, before the signature is known to be good.
 *
 * It answers one question: could format 0x01 have carried this letter? So it
 * may be simple: what it finds counts only if xml_write() gives the same
 * bytes again.
 */
#ifndef PACKED_PLAIN_H
#define PACKED_PLAIN_H

#include "letter/letter.h"

/*
 * packed_plain_read - true, and out filled, when the bytes are exactly what
 * xml_write() writes for a letter; false for any other text.
 */
bool packed_plain_read(const uint8_t *xml, size_t len, struct letter *out);

#endif
