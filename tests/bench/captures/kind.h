/*
 * kind.h - the kinds of damage, a row each: docs/reading.md says them in words.
 */
#ifndef CAPTURES_KIND_H
#define CAPTURES_KIND_H

#include "tests/bench/captures/shot.h"

#include <stddef.h>

struct kind {
	const char *name;
	/* what it is and how strong, for people */
	const char *what;
	/* fills in what differs from an ordinary photo; strength is 0 to 1,
	 * side the code's, in modules */
	void (*damage)(
	    struct shot *shot, struct chance *c, double strength, double side);
	/* may the whole sheet be in the frame at times? */
	bool whole;
};

#define KIND_COUNT 25
extern const struct kind kinds[KIND_COUNT];

/* kind_shot - the i-th capture of a kind: seed, kind and i decide alone. */
struct shot kind_shot(const struct kind *kind, const struct print *print,
    uint64_t seed, unsigned i);

/*
 * Pages of two megapixels for what a failure costs: the code beyond all
 * reading, or none on the page.
 */
#define ASIDE_COUNT 2
extern const struct kind asides[ASIDE_COUNT];

/*
 * kind_frame - one of the frames of a film: a low-resolution camera in a hand
 * that shakes. Each frame is moved, turned, tilted and blurred in its own way;
 * alone most cannot be read.
 */
#define FILM_FRAMES 8
struct shot kind_frame(
    const struct print *print, uint64_t seed, unsigned film, unsigned frame);

#endif
