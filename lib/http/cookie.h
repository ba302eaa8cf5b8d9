/*
 * cookie.h - the Cookie header (RFC 6265, section 4.2.1).
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "base/bytes.h"

/*
 * cookie_next - the value of the next cookie of this name.
 *
 *   rest   what is left of the header's value; moved behind what was found
 *   value  out: borrowed from it
 */
bool cookie_next(const char **rest, const char *name, struct reader *value);

#endif
