/*
 * lines.c - the phase of squared differences between neighbouring samples: these
 * are largest at edges between modules, which come back every module: lines.h.
 */
#include "decode/lines.h"

#include <math.h>

#define PATCH      5 /* modules that are looked at */
#define SAMPLES    4 /* a module */
#define PATCH_SIDE (PATCH * SAMPLES)

static const float pi = 3.14159265f;

/* A sum of squared differences at four phases of a module. */
struct wave {
	float part[SAMPLES];
};

/* Modules from where lines are thought to where they are, and how clear. */
static float
shift_of(const struct wave *w, float *clear)
{
	/* differences lie 1/4, 2/4, 3/4, 4/4 of a module behind a line */
	float cosine = w->part[3] - w->part[1];
	float sine = w->part[0] - w->part[2];
	float all = w->part[0] + w->part[1] + w->part[2] + w->part[3];

	*clear = all > 0 ? hypotf(sine, cosine) / all : 0;
	return all > 0 ? atan2f(sine, cosine) / (2 * pi) : 0;
}

static void
read_waves(const struct light *light, const struct frame *f, float fx, float fy,
    struct wave *across, struct wave *downward)
{
	float value[PATCH_SIDE + 1][PATCH_SIDE + 1];
	int i, j;

	for (j = 0; j <= PATCH_SIDE; j++)
		for (i = 0; i <= PATCH_SIDE; i++) {
			float x = ((float)i + .5f) / SAMPLES - PATCH / 2.f;
			float y = ((float)j + .5f) / SAMPLES - PATCH / 2.f;

			value[j][i] =
			    light_value(light, frame_at(f, x - fx, y - fy));
		}
	for (j = 0; j < PATCH_SIDE; j++)
		for (i = 0; i < PATCH_SIDE; i++) {
			float x = value[j][i + 1] - value[j][i];
			float y = value[j + 1][i] - value[j][i];

			across->part[i % SAMPLES] += x * x;
			downward->part[j % SAMPLES] += y * y;
		}
}

void
lines_find(const struct light *light, const struct frame *frame, float right,
    float down, struct lines *out)
{
	struct wave across = { { 0 } }, downward = { { 0 } };

	read_waves(light, frame, right, down, &across, &downward);
	out->right = shift_of(&across, &out->clear_right);
	out->down = shift_of(&downward, &out->clear_down);
}
