#include "letter/later.h"

#include "base/bytes.h"
#include "letter/xml.h"

#include <string.h>

#define DIGITS_MAX 4

/* The number at the front; 0 when it is none of a version. */
static unsigned
parse_version(struct reader r)
{
	unsigned value = 0, digits = 0;

	while (r.left > 0 && r.at[0] >= '0' && r.at[0] <= '9' &&
	    digits++ < DIGITS_MAX) {
		value = value * 10 + (unsigned)(r.at[0] - '0');
		if (value == 0)
			return 0;
		r.at++;
		r.left--;
	}
	return digits > DIGITS_MAX ? 0 : value;
}

unsigned
later_version(const uint8_t *xml, size_t len)
{
	struct reader r = { xml, len };
	unsigned later = 0, version;
	const uint8_t *at;

	while (r.left > 0 &&
	    (at = memmem(r.at, r.left, LETTER_NAMESPACES,
		 strlen(LETTER_NAMESPACES))) != NULL) {
		r.left -= (size_t)(at - r.at) + strlen(LETTER_NAMESPACES);
		r.at = at + strlen(LETTER_NAMESPACES);
		version = parse_version(r);
		if (version == LETTER_VERSION)
			return 0;
		if (later == 0)
			later = version;
	}
	return later;
}
