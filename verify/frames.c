/*
 * frames.c - frames.h.
 */
#include "verify/frames.h"

#include "base/clock.h"
#include "scan/film.h"
#include "scan/webcam.h"

#include <poll.h>

#define WAIT_MS 250

enum err
frames_open(const char *name, int fps, struct frames *out, struct errtext *err)
{
	char card[WEBCAM_NAME_SIZE];

	*out = (struct frames){ .fps = fps, .began_ms = clock_ms() };
	return webcam_is(name, card) ? webcam_open(name, &out->webcam, err)
				     : film_open(name, &out->film, err);
}

void
frames_close(struct frames *frames)
{
	film_free(&frames->film);
	webcam_close(&frames->webcam);
}

static enum err
next_of_film(struct frames *frames, struct bytes *out, struct errtext *err)
{
	int64_t wait;

	frames->at_ms = frames->count * 1000 / frames->fps;
	wait = frames->began_ms + frames->at_ms - clock_ms();
	if (wait > 0)
		(void)poll(NULL, 0, (int)wait);
	frames->count++;
	return film_next(frames->film, out, err);
}

enum err
frames_next(struct frames *frames, struct bytes *out, struct errtext *err)
{
	if (frames->film != NULL)
		return next_of_film(frames, out, err);
	frames->at_ms = clock_ms();
	return webcam_next(frames->webcam, WAIT_MS, out, err);
}
