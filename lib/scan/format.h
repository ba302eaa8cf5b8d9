/*
 * format.h - files that people send in place of a letter, by name: what it is
 * in their own words, and what to do. By what is in them, never by their name.
 */
#ifndef SCAN_FORMAT_H
#define SCAN_FORMAT_H

#include "base/bytes.h"
#include "base/err.h"

/*
 * format_of - the word for a kind that cannot be read, such as "word", "rar",
 * "film"; NULL for one that is not known here. Empty files are not its matter,
 * nor what is inside a zip: sello-decode knows (scan/documents.h).
 */
const char *format_of(const uint8_t *data, size_t len);

/* format_is - is there a kind of this word? */
bool format_is(const char *word);

/* format_blame - "this is a Word document; ask for ..." of such a word; of any
 * other one, or NULL, that nobody knows this kind. ERR_UNREADABLE. */
enum err format_blame(const char *word, struct errtext *err);

#endif
