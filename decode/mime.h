/*
 * mime.h - what mails are written in: fields, their parameters, and the two
 * encodings of bodies. RFC 2045 to 2047, 2183, 2231; part of sello-decode only.
 * Whatever cannot be understood is left as it is.
 */
#ifndef DECODE_MIME_H
#define DECODE_MIME_H

#include "base/bytes.h"

#include <stdbool.h>

/* mime_line - the next line without its end, CR LF or LF; false at the end. */
bool mime_line(struct reader *r, struct reader *line);

/*
 * mime_field - a field of a head, unfolded, appended to out; false, out as
 * before, when there is none of this name. Of several the first.
 */
bool mime_field(struct reader head, const char *name, struct bytes *out);

/* mime_starts - does a field's value begin so, in whatever letters? */
bool mime_starts(const struct bytes *value, const char *text);

/* mime_has - is this text in it, in whatever letters? */
bool mime_has(const struct bytes *value, const char *text);

/*
 * mime_parameter - `name=value` behind a semicolon of a field's value, in
 * UTF-8, appended to out; also in pieces, and in RFC 2047's words, which are
 * not allowed there and common. False when there is none.
 */
bool mime_parameter(
    const struct bytes *value, const char *name, struct bytes *out);

/* mime_base64, mime_quoted - a body, decoded; what is out of place is passed
 * over, as RFC 2045 wants. mime_text - one that was not encoded, with its lines
 * ended as here and not as on the way. Appended to out. */
void mime_base64(struct reader body, struct bytes *out);
void mime_quoted(struct reader body, struct bytes *out);
void mime_text(struct reader body, struct bytes *out);

#endif
