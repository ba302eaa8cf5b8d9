/*
 * camera.c - camera.h.
 */
#include "verify/camera.h"

#include "base/clock.h"
#include "base/i18n.h"

#define AGAIN_MS 1000

static const struct camera_hint hints[] = {
	{ HINT_NO_CODE, N_("Hold the letter's code before the camera.") },
	{ HINT_TOO_SMALL, N_("Hold the code closer.") },
	{ HINT_BLURRED, N_("Hold still.") },
	{ HINT_DARK, N_("More light.") },
	{ HINT_GLARE, N_("Tilt the letter: it reflects the light.") },
	{ HINT_CUT_OFF, N_("Show the whole code.") },
	{ HINT_DAMAGED, N_("Hold the letter flat.") },
};

static const struct camera_hint broken = { HINT_NONE,
	N_("Pictures cannot be read now. Use the scanner, or start this "
	   "program again.") };

static const struct camera_hint unread = { HINT_NONE,
	N_("A picture could not be read. Keep holding the letter there.") };

const char *
camera_hint_name(const struct camera_hint *hint)
{
	if (hint->hint != HINT_NONE)
		return scan_hint_name(hint->hint);
	return hint == &unread ? "not-read" : "no-reader";
}

static const struct camera_hint *
hint_of(enum scan_hint hint)
{
	size_t i;

	for (i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
		if (hints[i].hint == hint)
			return &hints[i];
	return &hints[0];
}

/* Of one that died, another one is asked at once. One that hung was waited for
 * already: the next picture asks another one. */
static enum err
ask(struct camera *camera, const uint8_t *frame, size_t len,
    struct decoder_question *question)
{
	int64_t began = clock_ms();
	enum err rc = ERR_IO;
	int tries;

	for (tries = 0; tries < 2 && clock_ms() - began < AGAIN_MS; tries++) {
		if (camera->decoder == NULL &&
		    (rc = decoder_new(&camera->decoder, NULL)) != ERR_OK)
			return rc;
		rc = decoder_ask_frame(camera->decoder, frame, len,
		    &camera->together, question, NULL);
		if (rc == ERR_OK)
			return rc;
		decoder_free(&camera->decoder);
	}
	return rc;
}

/* Nothing is said of the picture: whoever looked at it did not come back. */
static bool
is_lost(enum err rc, const struct scan_result *found)
{
	return rc == ERR_IO ||
	    (rc == ERR_UNREADABLE && found->hint == HINT_NONE);
}

static const struct camera_hint *
hint_for(struct camera *camera, enum err rc, const struct scan_result *found)
{
	if (rc == ERR_CONFIG)
		return &broken;
	if (is_lost(rc, found)) {
		camera->lost++;
		return &unread;
	}
	return hint_of(found->hint);
}

enum camera_sight
camera_look(struct camera *camera, const uint8_t *frame, size_t len,
    int64_t at_ms, struct scan_result *found, const struct camera_hint **hint)
{
	struct decoder_question question = { 0 };
	enum err rc = ask(camera, frame, len, &question);

	*hint = NULL;
	found->held = &camera->together;
	if (rc == ERR_OK)
		rc = decoder_answer(&question, found, NULL);
	if (rc == ERR_OK) {
		if (held_see(&camera->held, found, at_ms))
			return CAMERA_NEW;
		scan_clear(found);
		return CAMERA_HELD;
	}
	if (held_any(&camera->held, at_ms))
		return CAMERA_HELD;
	*hint = hint_for(camera, rc, found);
	return CAMERA_HINT;
}

void
camera_let_go(struct camera *camera)
{
	held_clear(&camera->held);
	bytes_wipe(&camera->together);
}

void
camera_close(struct camera *camera)
{
	decoder_free(&camera->decoder);
	camera_let_go(camera);
}
