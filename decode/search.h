/*
 * search.h - looking for QR codes in a gray picture, with zbar.
 *
 * zbar alone reads a clean code. Photos are unsharp, noisy, dim, too large
 * or too small, so the picture is shown to it again in better shapes until a
 * letter's code is found or the work is done.
 *
 * The work is counted, not timed: the same picture gets the same attempts on
 * a slow machine, a busy one and a fast one.
 */
#ifndef DECODE_SEARCH_H
#define DECODE_SEARCH_H

#include "decode/found.h"
#include "decode/gray.h"
#include "decode/held.h"

/*
 * Work for one picture or page, in nanoseconds of the machine it was measured
 * on (docs/reading.md): under 3 s of processor time there.
 */
#define SEARCH_WORK_MAX INT64_C(2600000000)

/* Likewise for one of a camera's many frames: the next one, in which the hand
 * holds still, is worth more than more attempts at this one. */
#define SEARCH_FRAME_MAX INT64_C(75000000)

struct search; /* opaque */

/* search_new - found is borrowed; NULL without memory. */
struct search *search_new(struct found *found);

/* search_begin - the next picture or page, and how much work it may take:
 * SEARCH_WORK_MAX, SEARCH_FRAME_MAX. */
void search_begin(struct search *search, int64_t work_max);

/*
 * search_hold - a frame of a camera, after search_begin(): what earlier frames of
 * the same letter say of a symbol; version 0: nothing.
 * search_held - the same with this frame, or version 0 when a letter was read.
 */
void search_hold(struct search *search, const struct held *held);
void search_held(const struct search *search, struct held *out);

/* search_drawn - a page of so many pixels was drawn for it: that is work. */
void search_drawn(struct search *search, size_t pixels);

/* search_quick - the picture as it is, and at half its size. */
void search_quick(struct search *search, const struct gray *picture);

/* search_thorough - every shape, until found->letter or the work is done. */
void search_thorough(struct search *search, const struct gray *picture);

/*
 * search_has_more - do codes seem to stand beside those that were read?
 * search_rest - then every shape for these too, while there is work left. A
 * letter that is read at a glance must not hide one that is not.
 */
bool search_has_more(struct search *search, const struct gray *picture);
void search_rest(struct search *search, const struct gray *picture);

/* search_picture - all of these, for a picture that is there whole. */
void search_picture(struct search *search, const struct gray *picture);

/* search_free - and NULL; found stays the caller's. */
void search_free(struct search **search);

#endif
