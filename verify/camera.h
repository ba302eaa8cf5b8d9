/*
 * camera.h - frames of a camera, read by one long-lived jailed child
 * (scan/decoder.h). A letter that is held on is one letter; what is not seen
 * yet gets a hint.
 */
#ifndef VERIFY_CAMERA_H
#define VERIFY_CAMERA_H

#include "base/bytes.h"
#include "scan/decoder.h"
#include "verify/held.h"

#include <stdbool.h>

/* Start as {0}. */
struct camera {
	struct decoder *decoder; /* NULL: not started yet, or it died */
	struct held held;
	size_t lost; /* pictures at which the child died or was ended */
	struct bytes
	    together; /* what frames that were not read say of a letter */
};

struct camera_hint {
	enum scan_hint hint;
	const char *text; /* message id */
};

enum camera_sight {
	CAMERA_NEW,  /* found is filled: scan_clear() it */
	CAMERA_HELD, /* the same as before */
	CAMERA_HINT, /* nothing yet; *hint says what helps */
};

/*
 * camera_look - one frame: a PGM, or a JPEG. What is found the first time is held
 * from then on, until it was gone for some seconds.
 *
 *   at_ms  when it was taken, by any clock that does not go back
 */
enum camera_sight camera_look(struct camera *camera, const uint8_t *frame,
    size_t len, int64_t at_ms, struct scan_result *found,
    const struct camera_hint **hint);

/* camera_hint_name - "too-small", as the page is told. */
const char *camera_hint_name(const struct camera_hint *hint);

/* camera_let_go - what is held counts as new again. */
void camera_let_go(struct camera *camera);

/* camera_close - end the child and forget what is held; {0} is fine. */
void camera_close(struct camera *camera);

#endif
