/*
 * crowd.c - crowd.h.
 */
#include "decode/crowd.h"

#include <stdlib.h>

#define RUNS 5
#define TURN 12 /* gray levels that are no noise */
#define EDGE 48 /* from dark to light or back, that noise of a camera is not */

/* Which lines are looked at: no pattern's pitch may pass between them. */
#define STEP_LEAST  8
#define STEP_CHOICE 17
#define STEP_MEAN   (STEP_LEAST + (STEP_CHOICE - 1) / 2)

/* Along a line: the runs so far, and the one that goes on. */
struct walk {
	uint32_t run[RUNS];      /* the newest last */
	uint32_t begun, at;      /* of the run; the newest extreme in it */
	uint8_t extreme, before; /* the newest, and the one before the run */
	bool rises;
};

/* Of one line, where the middles are; and how many edges it has. */
struct hits {
	uint32_t *at;
	size_t count, edges;
};

/* One module of seven, and three, each within a half. */
static bool
is_finder(const uint32_t run[RUNS])
{
	uint32_t all = run[0] + run[1] + run[2] + run[3] + run[4];

	if (all < 7 || 2 * run[2] * 7 < 5 * all || 2 * run[2] * 7 > 7 * all)
		return false;
	for (int i = 0; i < RUNS; i++)
		if (i != 2 &&
		    (2 * run[i] * 7 < all || 2 * run[i] * 7 > 3 * all))
			return false;
	return true;
}

static void
turn(struct walk *walk, uint32_t now, uint8_t value, struct hits *hits)
{
	/* between the two extremes */
	uint32_t edge = (walk->at + now + 1) / 2;

	for (int i = 0; i + 1 < RUNS; i++)
		walk->run[i] = walk->run[i + 1];
	walk->run[RUNS - 1] = edge - walk->begun;
	walk->begun = edge;
	hits->edges += abs(walk->extreme - walk->before) > EDGE;
	walk->before = walk->extreme;
	walk->rises = !walk->rises;
	walk->extreme = value;
	walk->at = now;
	/* dark, light, dark, light, dark has just ended when it rises */
	if (walk->rises && is_finder(walk->run))
		hits->at[hits->count++] =
		    edge - walk->run[4] - walk->run[3] - walk->run[2] / 2;
}

static void
along(const uint8_t *from, size_t step, uint32_t count, struct hits *hits)
{
	struct walk walk = { .extreme = *from, .before = *from };

	hits->count = hits->edges = 0;
	for (uint32_t i = 1; i < count; i++) {
		const uint8_t value = from[i * step];

		if (walk.rises ? value >= walk.extreme
			       : value <= walk.extreme) {
			walk.extreme = value;
			walk.at = i;
		} else if (walk.rises ? value + TURN < walk.extreme
				      : value > walk.extreme + TURN)
			turn(&walk, i, value, hits);
	}
}

/* Those that the next line has, too. */
static size_t
both(const struct hits *a, const struct hits *b)
{
	size_t i, j = 0, count = 0;

	for (i = 0; i < a->count; i++) {
		while (j < b->count && b->at[j] + 1 < a->at[i])
			j++;
		count += j < b->count && b->at[j] <= a->at[i] + 1;
	}
	return count;
}

/* Lines of one direction: how far from one to the next, and from pixel to pixel. */
static struct crowd
across(const uint8_t *at, size_t next, uint32_t lines, size_t step,
    uint32_t count, struct hits pair[2])
{
	uint32_t line, seed = 1;
	struct crowd seen = { 0 };

	for (line = 1; line + 1 < lines;
	     line += STEP_LEAST + (seed >> 16) % STEP_CHOICE) {
		along(at + line * next, step, count, &pair[0]);
		seen.edges += pair[0].edges;
		if (pair[0].count > 0) {
			along(at + (line + 1) * next, step, count, &pair[1]);
			seen.lines += both(&pair[0], &pair[1]);
		}
		seed = seed * 1103515245u + 12345u;
	}
	return (struct crowd){ seen.lines * STEP_MEAN, seen.edges * STEP_MEAN };
}

bool
crowd_of(const struct gray *picture, struct crowd *out)
{
	const uint32_t w = picture->width, h = picture->height;
	/* from one that is_finder() to the next are six pixels or more */
	const size_t most = (w > h ? w : h) / RUNS + 1;
	uint32_t *room = calloc(2 * most, sizeof(*room));
	struct hits pair[2] = { { .at = room } };

	if (room == NULL)
		return false;
	pair[1].at = room + most;
	*out = across(picture->at, w, h, 1, w, pair);
	out->lines += across(picture->at, 1, w, w, h, pair).lines;
	free(room);
	return true;
}
