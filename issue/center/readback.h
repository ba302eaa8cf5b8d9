/*
 * readback.h - the center reads its own picture, as it leaves, the way a
 * consulate would, and compares what it got with what it signed.
 *
 * sello-decode is shown the pixels of the picture without its search for a
 * code on a page; where that is not enough, the picture itself.
 */
#ifndef ISSUE_CENTER_READBACK_H
#define ISSUE_CENTER_READBACK_H

#include "base/bytes.h"
#include "base/err.h"
#include "scan/decoder.h"

/* One picture that is being read. Start as {0}; readback_clear(). */
struct readback {
	struct decoder *decoder;
	const struct bytes *png;
	struct decoder_question question;
	enum err rc;
	struct errtext err;
};

/*
 * readback_start - begin; the caller may do something else meanwhile.
 *
 *   decoder, png  borrowed until the end
 */
void readback_start(
    struct readback *back, struct decoder *decoder, const struct bytes *png);

/*
 * readback_end - does the picture hold these bytes, and nothing else? ERR_OK;
 * ERR_UNREADABLE, ERR_PROFILE, or what reading and unpacking return.
 */
enum err readback_end(
    struct readback *back, const struct bytes *xml, struct errtext *err);

/* readback_try - is there a code in it at all? */
enum err readback_try(
    struct decoder *decoder, const struct bytes *png, struct errtext *err);

void readback_clear(struct readback *back);

#endif
