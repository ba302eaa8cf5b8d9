/*
 * desk.h - the officer's desk behind the page: one open post, and inputs that
 * come one after the other, each judged as `scan` judges and recorded. Used by
 * one thread. No HTTP here: results come as bytes.
 */
#ifndef VERIFY_DESK_DESK_H
#define VERIFY_DESK_DESK_H

#include "base/bytes.h"
#include "verify/desk/camera.h"
#include "verify/judge.h"

struct desk {
	struct post *post;
	struct judge judge;
	bool selftest;
	size_t scans; /* codes that were typed or held before the camera */
	struct camera camera;
};

/* In which form somebody wants results. */
enum desk_form {
	DESK_JSON, /* {"results":[...]}, as the command line's objects */
	DESK_PAGE, /* sections (fragment.h), the worst first */
};

/* desk_open - the post, the self-test. Errors as post_open(). desk_close takes
 * one that was not opened, as long as it is {0}. */
enum err desk_open(const char *home, struct desk *out, struct errtext *err);
void desk_close(struct desk *desk);

/* desk_file - a whole file, as `check NAME`. Results are appended to out, as
 * in all that follow. */
void desk_file(struct desk *desk, const char *name, const uint8_t *data,
    size_t len, enum desk_form form, struct bytes *out);

/* desk_line - what was typed until Enter, as `scan`: a code or a number. */
void desk_line(struct desk *desk, const char *text, size_t len,
    enum desk_form form, struct bytes *out);

/* desk_typed - the same of what was typed so far. False, nothing judged: it is
 * no whole code. */
bool desk_typed(struct desk *desk, const char *text, size_t len,
    enum desk_form form, struct bytes *out);

/*
 * desk_frame - one gray picture of a camera (scan/decoder.h).
 *
 *   again  judge what is on it although it was announced
 *   hint   out: a sentence to be translated and its name, NULL: none
 *
 * True: judged. False: a hint, or nothing new.
 */
bool desk_frame(struct desk *desk, const uint8_t *pgm, size_t len, bool again,
    enum desk_form form, struct bytes *out, const struct camera_hint **hint);

/* desk_answer - what the identity document said: presentation_answer(). */
enum err desk_answer(
    struct desk *desk, int64_t visit, const char *answer, struct errtext *err);

#endif
