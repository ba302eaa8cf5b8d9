/*
 * form.h - was a letter's file damaged on its way? Told from its bytes alone,
 * before any key is looked up or any hash is made.
 *
 * A letter is written in one form only: exclusive canonical XML of NFC UTF-8.
 * Mail, editors and copy and paste change the form and leave the meaning:
 * line ends, indentation, decomposed accents, Latin-1, entities. Such bytes no
 * issuer has written, so they are not a false signature but a bad copy. A
 * value that is changed within the form is the signature's business.
 */
#ifndef LETTER_FORM_H
#define LETTER_FORM_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/*
 * form_check - look at what stands before the Signature (struct dsig: xml,
 * start). Time linear in len.
 *
 * ERR_PROFILE when it
 *   - is not UTF-8, not NFC, or holds a control character, a space other than
 *     U+0020, a typographic quote or dash, U+FFFD, or UTF-8 that was read as
 *     Latin-1 or Windows-1252;
 *   - has a space beside a tag or another space, or a tag as other programs
 *     spell it:
 *     "<a/>", "<a >", two spaces, other quotes;
 *   - has a reference other than &amp; &lt; &gt; in its text;
 * else ERR_OK. A flipped bit, a missing angle or a comment is no such damage:
 * no program makes it, and the signature tells.
 */
enum err form_check(const uint8_t *xml, size_t len, struct errtext *err);

#endif
