/*
 * ini.h - small settings that people write: sections, keys and values, over
 * base/plain.h. Read line by line, so that whoever reads says what is wrong
 * and where.
 *
 *   ; a comment                   or behind #; behind a blank and ; also at a
 *   [section]                     line's end
 *   key = value                   or key: value
 *
 * Lines may be as long as they like, and begin with blanks. (libinih, which
 * reads the same, takes the 200th byte of a line for the next line's first
 * without a word, and does not tell a section without keys.)
 */
#ifndef BASE_INI_H
#define BASE_INI_H

#include "base/plain.h"

enum ini_kind {
	INI_SECTION,
	INI_OPEN_SECTION, /* without its bracket */
	INI_KEY,
	INI_OTHER, /* neither of these, or with a NUL byte in it */
};

struct ini_line {
	enum ini_kind kind;
	size_t number;       /* from 1 */
	struct reader name;  /* the section's or the key's, without blanks */
	struct reader value; /* of a key, without blanks around it */
	struct reader whole; /* the line as it stands there */
};

/* ini_next - the next line that says something; false behind the last. What it
 * points to is in the text. */
bool ini_next(struct plain *text, struct ini_line *out);

#endif
