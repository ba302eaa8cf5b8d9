/*
 * xml.h - letter to canonical XML and back, by the field table.
 *
 * The document is exactly its exclusive canonical form (Exclusive XML
 * Canonicalization 1.0): no declaration, no white space between elements.
 */
#ifndef LETTER_XML_H
#define LETTER_XML_H

#include "base/bytes.h"
#include "base/err.h"
#include "letter/letter.h"

#define LETTER_VERSION    1
#define LETTER_NAMESPACES "urn:sello:letter:" /* of all versions, before N */
#define LETTER_NAMESPACE  LETTER_NAMESPACES "1"
#define LETTER_ROOT       "ReferralLetter"

/*
 * xml_write - append the document without Signature:
 * <ReferralLetter xmlns="urn:sello:letter:1">...</ReferralLetter>.
 * Does not judge the letter. ERR_OK or ERR_MEMORY.
 */
enum err xml_write(const struct letter *letter, struct bytes *out);

/*
 * xml_read - the letter in a document whose signature was already verified.
 *
 *   xml  len bytes, as dsig_verify() accepted them (struct dsig: xml, len)
 *   out  filled on success only
 *
 * libxml2's SAX2 parser without network, entities or DTD; then every field
 * rule (letter_check()), the fields written again must give the same bytes,
 * and the Signature's Id must be the letter's number. Anything else is
 * ERR_PROFILE; but ERR_VERSION when there are elements that this version does
 * not know, and all the rest is a letter by the rules. ERR_LIMIT over
 * LETTER_XML_MAX, ERR_MEMORY.
 *
 * Programs with threads call xmlInitParser() before they start them.
 */
enum err xml_read(
    const uint8_t *xml, size_t len, struct letter *out, struct errtext *err);

/* xml_escape - append text as canonical XML character data (C14N 1.0, 2.3) */
void xml_escape(struct bytes *out, const char *text);

#endif
