/*
 * frames.h - pictures of a camera one after the other, or of a film that is
 * played as one.
 */
#ifndef VERIFY_FRAMES_H
#define VERIFY_FRAMES_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdint.h>

struct film;
struct webcam;

/* One of film and webcam is there. */
struct frames {
	struct film *film;
	struct webcam *webcam;
	int fps;          /* of a film */
	int64_t began_ms; /* it was, or is played as if it was */
	int64_t count;    /* of the film's pictures so far */
	int64_t at_ms;    /* when the last one was taken: clock_ms(), or the
			   * film's own time, so that a busy machine plays it
			   * slower and sees the same */
};

/*
 * frames_open - a device ("/dev/video0") or a film.
 *
 *   fps  at which a film is played, at least 1
 *
 * ERR_OK, ERR_NOT_FOUND, and as film_open() and webcam_open(). frames_close also
 * of what could not be opened.
 */
enum err frames_open(
    const char *name, int fps, struct frames *out, struct errtext *err);
void frames_close(struct frames *frames);

/*
 * frames_next - the next picture, into out, when its time has come.
 *
 * ERR_OK; ERR_BUSY: none yet, ask again; ERR_LIMIT: one was too large; ERR_NOT_FOUND:
 * the film is at its end; ERR_IO: the camera is gone; ERR_MEMORY.
 */
enum err frames_next(
    struct frames *frames, struct bytes *out, struct errtext *err);

#endif
