/*
 * held.h - what frames of a camera say of one symbol together: each module's odds,
 * added up over frames, so that a hand that shakes before a small camera shows in
 * eight frames what none of them shows.
 *
 * As bytes it is plain: one of the version, then side * side numbers of -127 to 127,
 * dark above 0. They come back from the program that judges, which had them from
 * the last frame's answer: whatever they say, a letter is believed only when its
 * own CRC is right.
 */
#ifndef DECODE_HELD_H
#define DECODE_HELD_H

#include "base/bytes.h"
#include "decode/qr.h"

struct soft;

struct held {
	int version; /* 0: nothing is held */
	int8_t dark[QR_MODULE_MAX];
};

/* held_agrees - is it the same symbol, as far as the modules say? */
bool held_agrees(const struct held *held, const struct soft *soft);

/* held_add - one more frame: added if it is of the same symbol; of another one it
 * weakens what is held, until it takes its place. */
void held_add(struct held *held, const struct soft *soft);

/* held_to_soft - soft_judge() knows what is held then. */
void held_to_soft(const struct held *held, struct soft *soft);

/* held_read - takes it from bytes; a version of 0 has nothing behind it. False:
 * that is not how they begin. */
bool held_read(struct reader *r, struct held *out);

/* held_write - appends. */
void held_write(const struct held *held, struct bytes *out);

#endif
