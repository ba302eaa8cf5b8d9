/*
 * film.h - a film of JPEGs one after the other (Motion JPEG), taken apart into
 * its pictures. No picture is decoded here: only where one ends is looked for, by
 * the markers of JPEG (ITU T.81, annex B). What lies between two pictures, and a
 * picture that is cut off, is left out.
 */
#ifndef SCAN_FILM_H
#define SCAN_FILM_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>

#define FILM_FRAME_MAX (8u << 20) /* bytes of one picture */

struct film; /* opaque */

/*
 * film_open - a file, or a pipe that somebody writes to.
 *
 * ERR_OK, ERR_NOT_FOUND (no such file, or a folder or device), ERR_IO,
 * ERR_MEMORY. film_free takes NULL.
 */
enum err film_open(const char *path, struct film **out, struct errtext *err);
void film_free(struct film **film);

/*
 * film_next - the next picture, into out, which is emptied first.
 *
 * ERR_OK; ERR_LIMIT, out empty: one is larger than FILM_FRAME_MAX, and the next
 * call goes on behind it; ERR_NOT_FOUND: that was the last one; ERR_IO,
 * ERR_MEMORY. Time linear in the bytes read.
 */
enum err film_next(struct film *film, struct bytes *out, struct errtext *err);

#endif
