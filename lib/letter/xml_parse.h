/*
 * xml_parse.h - a document's elements into a letter's fields. The parser alone:
 * xml_read() asks the rules and compares the bytes (letter/xml.h).
 */
#ifndef LETTER_XML_PARSE_H
#define LETTER_XML_PARSE_H

#include "base/err.h"
#include "letter/letter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * xml_parse - run libxml2 over a document without Signature, len bytes.
 *
 *   letter  starts as {0}; holds what was read so far also on error, so the
 *           caller wipes it
 *
 * ERR_PROFILE when the elements are not a letter's, ERR_VERSION when they are
 * but for some that this version does not know, ERR_MEMORY.
 */
enum err xml_parse(const uint8_t *xml, size_t len, struct letter *letter);

/*
 * xml_thread_ready - did libxml2 get the memory that it keeps for each thread? It
 * asks for it when a thread first calls, and dies where there is none.
 */
bool xml_thread_ready(void);

#endif
