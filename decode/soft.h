/*
 * soft.h - modules with doubts: each is dark or light, and how surely.
 *
 * Gray values of modules are compared with those around them; what a lens out of
 * focus, a moved hand or pixels larger than modules mix of neighbours is undone
 * by a model of that mixing, which the symbol itself tells: its function
 * patterns are known and most other modules are plain.
 */
#ifndef DECODE_SOFT_H
#define DECODE_SOFT_H

#include "decode/qr.h"

struct mesh;

/* One symbol as it was sampled. */
struct soft {
	int version;
	uint8_t kind[QR_MODULE_MAX]; /* enum qr_kind */
	float value[QR_MODULE_MAX];  /* gray, of the middle of each */
	/* above 0 is dark; natural logarithm of the odds, more or less */
	float dark[QR_MODULE_MAX];
	float before[QR_MODULE_MAX]; /* what was known already; 0: nothing */
};

/* Both of these, in nanoseconds a module. */
#define SOFT_WORK 850

/*
 * soft_sample - value, through the mesh; nothing was known before.
 *
 *   reach  fifths of a module around its middle: SOFT_NARROW is least mixed with
 *          its neighbours, SOFT_WIDE has the least noise
 */
#define SOFT_NARROW 1
#define SOFT_WIDE   2
void soft_sample(struct soft *soft, const struct mesh *mesh, int reach);

/* soft_glance - only the timing patterns and what is beside them: for soft_like().
 * In nanoseconds a module along a side. */
#define SOFT_GLANCE_WORK 700
void soft_glance(struct soft *soft, const struct mesh *mesh);

/*
 * soft_like - do the timing patterns alternate, as far as value says? 1 when they
 * do everywhere, near 0 where no symbol of that version is: not worth more.
 *
 *   near  so many modules from the finders on, where paper that is bent is still
 *         where a flat one is; QR_SIDE_MAX: all of them
 */
float soft_like(const struct soft *soft, int near);

/* soft_judge - dark, from value. */
void soft_judge(struct soft *soft);

/* soft_mirror - the symbol as a mirror shows it. */
void soft_mirror(struct soft *soft);

#endif
