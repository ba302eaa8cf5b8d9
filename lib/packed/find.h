/*
 * find.h - whole codes in a text, whatever is around and within them: what a
 * scanner puts before and behind, words of a sentence, lines that a mail was
 * broken into, marks of a quotation. Only the checksum says where a code ends,
 * and that it is one.
 */
#ifndef PACKED_FIND_H
#define PACKED_FIND_H

#include "base/bytes.h"

#include <stdbool.h>

/* packed_find_prefix - the rest of the text from where a code may begin; false:
 * nowhere. */
bool packed_find_prefix(struct reader text, struct reader *from);

/*
 * packed_find - the first whole code.
 *
 *   text  UTF-8, any case, perhaps typed through a French keyboard
 *   work  may be NULL; the characters that were looked at in vain are added
 *   code  out: as packed_decode() takes it, without anything in between;
 *         emptied first
 *   rest  out: what follows the code
 *
 * False: none; also where memory lacks (code->failed). Time is linear in len,
 * but for prefixes that begin no code: few of them are tried before each code, and
 * who looks for all codes of a long text adds up what they cost.
 */
bool packed_find(
    struct reader text, struct bytes *code, struct reader *rest, size_t *work);

/* packed_read - the same of a text that begins with the prefix, and of the code
 * that begins there. */
bool packed_read(
    struct reader text, struct bytes *code, struct reader *rest, size_t *work);

/* packed_may_go_on - may this be a part of a code that began before? */
bool packed_may_go_on(struct reader text);

#endif
