/*
 * fields.h - the fields of a letter as the bits of format 0x01.
 * docs/packed-form.md has every bit, packed/format.h the fields.
 */
#ifndef PACKED_FIELDS_H
#define PACKED_FIELDS_H

#include "base/bytes.h"
#include "letter/letter.h"

/*
 * packed_fields_write - append the fields, padded with zero bits.
 *
 * False, with out as before, when a value is outside what format 0x01 can
 * say, or a field is filled that it does not know: then the letter travels as
 * format 0x02.
 */
bool packed_fields_write(const struct letter *letter, struct bytes *out);

/*
 * packed_fields_read - the letter in exactly len bytes.
 *
 *   out  empty on failure; its texts are of the right characters and lengths,
 *        but letter_check() has not seen them
 *
 * False for anything that packed_fields_write() would not have written so.
 */
bool packed_fields_read(const uint8_t *in, size_t len, struct letter *out);

#endif
