/*
 * tone.h - light and dark around a module: shadow, glare and thin toner change both.
 */
#ifndef DECODE_TONE_H
#define DECODE_TONE_H

#include "decode/soft.h"

/* Halfway between light and dark, and how far both are from it; not less than what is
 * noise. */
struct soft_tones {
	float middle[QR_MODULE_MAX], contrast[QR_MODULE_MAX];
};

/* soft_tones - of every module, from value. */
void soft_tones(const struct soft *soft, struct soft_tones *out);

#endif
