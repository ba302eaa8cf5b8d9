/*
 * keyboard.h - what a USB scanner typed through the wrong keyboard
 * layout. Of the layouts in use only the French one (AZERTY, also Belgian)
 * moves characters of Base32.
 */
#ifndef PACKED_KEYBOARD_H
#define PACKED_KEYBOARD_H

#include "base/bytes.h"

/*
 * packed_keyboard_undo - append what was meant, in upper case, where either
 * the computer or the scanner (not both) is set to French.
 *
 *   text  UTF-8 without white space, letters in any case
 *
 * False when it holds a character that no such scan of Base32 gives. True
 * says little: only the checksum shows whether this was the mishap.
 */
bool packed_keyboard_undo(struct reader text, struct bytes *out);

/* packed_keyboard_meant - the same of one character; NUL: none such. */
char packed_keyboard_meant(uint32_t typed);

#endif
