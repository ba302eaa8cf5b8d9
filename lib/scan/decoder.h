/*
 * decoder.h - one sello-decode for many pictures: it is started once, and each
 * picture gets a child of it that has everything loaded already (docs/
 * reading.md). As safe as scan_bytes(): no picture is read by a process that
 * read another. Several may be asked at once, by any thread.
 */
#ifndef SCAN_DECODER_H
#define SCAN_DECODER_H

#include "scan/scan.h"

#include <stdbool.h>
#include <sys/types.h>

struct decoder; /* opaque */

/* What was asked and not answered yet. Start as {0}. */
struct decoder_question {
	pid_t child;
	int handle; /* of the child, whatever it does; -1: there is none */
	int answer; /* where it comes from; nothing asked: child is 0 */
	bool frame; /* of a camera: it has less time */
};

/* So many files a process is asked; then another one is started. */
#define DECODER_FILES_MAX 1000

/*
 * decoder_new - start it. It ends with the thread that calls this; one that has
 * ended, or was asked DECODER_FILES_MAX times, is started again by whoever asks
 * next, and ends with that thread.
 *
 * ERR_OK, ERR_CONFIG (sello-decode is missing or does not start), ERR_IO,
 * ERR_MEMORY. decoder_free takes NULL, and no question may be open; it waits
 * for nobody.
 */
enum err decoder_new(struct decoder **out, struct errtext *err);
void decoder_free(struct decoder **decoder);

/* decoder_start - the same with another program than the one that is installed:
 * for tests. */
enum err decoder_start(
    const char *program, struct decoder **out, struct errtext *err);

/*
 * decoder_ask - hand one file over; the answer is made while the caller does
 * something else.
 *
 *   data, len  PNG, JPEG, WebP, PDF, or raw gray: a PGM of one byte a pixel,
 *              "P5 WIDTH HEIGHT 255\n" before the rows
 *   out        decoder_answer() or decoder_drop() follows
 *
 * ERR_OK, ERR_IO: it did not begin in SCAN_IDLE_SECONDS (after its first time:
 * SCAN_FRAME_IDLE_SECONDS) and was ended, or cannot be started again. The next
 * question tries to.
 */
enum err decoder_ask(struct decoder *decoder, const uint8_t *data, size_t len,
    struct decoder_question *out, struct errtext *err);

/*
 * decoder_ask_frame - the same of one of a camera's frames, a JPEG too: it gets as
 * little work as raw gray always does.
 *
 *   held  what decoder_answer() wrote to out->held for the frame before, so that
 *         frames add up; NULL or empty for the first one. A frame that is read
 *         leaves nothing. It is believed no more than the frame
 */
enum err decoder_ask_frame(struct decoder *decoder, const uint8_t *data,
    size_t len, const struct bytes *held, struct decoder_question *out,
    struct errtext *err);

/*
 * decoder_answer - wait for the answer, within the limits of scan/scan.h: for
 * frames theirs.
 *
 * As scan_bytes() for a file of these kinds. out->held, if the caller set it, is
 * written for frames: owned by the caller, empty when nothing is held.
 */
enum err decoder_answer(struct decoder_question *question,
    struct scan_result *out, struct errtext *err);

/* decoder_drop - it is not wanted any more; {0} is fine. */
void decoder_drop(struct decoder_question *question);

#endif
