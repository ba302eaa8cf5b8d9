/*
 * counter.h - the officer's desk behind the page: one open post, and inputs that
 * come one after the other, each judged as `scan` judges and recorded. Used by
 * one thread. No HTTP here: results come as bytes.
 */
#ifndef VERIFY_DESK_COUNTER_H
#define VERIFY_DESK_COUNTER_H

#include "base/bytes.h"
#include "scan/box.h"
#include "verify/camera.h"
#include "verify/judge.h"

struct counter {
	struct post *post;
	struct judge judge;
	bool selftest;
	size_t scans; /* codes that were typed or held before the camera */
	struct camera camera;
};

/* In which form somebody wants results. */
enum counter_form {
	COUNTER_JSON, /* {"results":[...]}, as the command line's objects */
	COUNTER_PAGE, /* sections (fragment.h), the worst first */
};

/* counter_open - the post, the self-test. Errors as post_open(). counter_close -
 * also of one that could not be opened. */
enum err counter_open(
    const char *home, struct counter *out, struct errtext *err);
void counter_close(struct counter *counter);

/* counter_file - a whole file, as `check NAME`. Results are appended to out, as
 * in all that follow. */
void counter_file(struct counter *counter, const char *name,
    const uint8_t *data, size_t len, enum counter_form form, struct bytes *out);

/* counter_folder - the files of one, as `check FOLDER`; they stay the caller's. */
void counter_folder(struct counter *counter, const char *name, struct box *box,
    enum counter_form form, struct bytes *out);

/* counter_unread - a file that the browser could not hand over: why is ERR_LIMIT,
 * it is too large, or ERR_NOT_FOUND. As `check NAME` says it. */
void counter_unread(struct counter *counter, const char *name, enum err why,
    enum counter_form form, struct bytes *out);

/* counter_line - what was typed until Enter, as `scan`: codes or a number; of a
 * code that is broken over several lines all of them. */
void counter_line(struct counter *counter, const char *text, size_t len,
    enum counter_form form, struct bytes *out);

/* counter_typed - the same of what was typed so far. False, nothing judged: it is
 * no whole code. */
bool counter_typed(struct counter *counter, const char *text, size_t len,
    enum counter_form form, struct bytes *out);

/*
 * counter_frame - one gray picture of a camera (scan/decoder.h).
 *
 *   again  judge what is on it although it was announced
 *   hint   out: a sentence to be translated and its name, NULL: none
 *
 * True: judged. False: a hint, or nothing new.
 */
bool counter_frame(struct counter *counter, const uint8_t *pgm, size_t len,
    bool again, enum counter_form form, struct bytes *out,
    const struct camera_hint **hint);

/* counter_answer - what the identity document said: presentation_answer(). */
enum err counter_answer(struct counter *counter, int64_t visit,
    const char *answer, struct errtext *err);

#endif
