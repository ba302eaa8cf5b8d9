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
 *   - is not UTF-8, not NFC, or holds a control character, two spaces, "?", a
 *     sign or space beyond ASCII (no field takes these), or UTF-8 that was
 *     read as Latin-1 or Windows-1252;
 *   - has a space beside a tag, or a tag as other programs spell it:
 *     "<a/>", "<a >", two spaces, other quotes, or a namespace said in a tag
 *     that is not the first one;
 *   - has a reference other than &amp; &lt; &gt;, CDATA, a comment or a
 *     processing instruction in its text. (Canonical XML leaves comments out:
 *     others' tools find the signature of such a file good.)
 * else ERR_OK. A flipped bit or a missing angle is no such damage: no program
 * makes it, and the signature tells.
 */
enum err form_check(const uint8_t *xml, size_t len, struct errtext *err);

/*
 * form_suspect - look again at a letter whose signature is wrong. A few
 * capitals and "ß" that were read as Windows-1252 are letters of names on
 * both sides ("Ú" as "Ãš"), so an issuer may have written them; where the
 * signature says that it has not, they are damage: ERR_PROFILE. Else ERR_OK.
 */
enum err form_suspect(const uint8_t *xml, size_t len, struct errtext *err);

#endif
