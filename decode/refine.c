/*
 * refine.c - refine.h.
 */
#include "decode/refine.h"

#include "decode/tone.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FINE    3 /* samples along a module */
#define SAMPLES (FINE * FINE)
#define TERMS   (9 * SAMPLES + 2) /* of nine modules, the darkest, the level */
#define SURE    3.f               /* odds from which on a module counts whole */
#define KNOWN   2.f               /* those that are the same in every symbol */
#define STIFF   .005f /* of all modules: little is learned from little */
#define GRAY    120.f
#define STEP    60.f /* to light or dark */
#define FAR     2.f

struct refining {
	const struct soft *soft;
	const struct mesh *mesh;
	int side;
	struct soft_tones tones;
	/* about -1 (dark) to 1: SAMPLES of each module, and of one more each way */
	float sample[(QR_SIDE_MAX + 2) * (QR_SIDE_MAX + 2) * SAMPLES];
	float a[TERMS][TERMS], b[TERMS];
};

static float
within(float value)
{
	return fmaxf(-FAR, fminf(FAR, value));
}

static float *
samples_of(struct refining *w, int x, int y)
{
	return &w->sample[((y + 1) * (w->side + 2) + x + 1) * SAMPLES];
}

static int
inside(const struct refining *w, int at)
{
	return at < 0 ? 0 : at < w->side ? at : w->side - 1;
}

static void
take_samples(struct refining *w, int x, int y)
{
	int like = inside(w, y) * w->side + inside(w, x), i;
	float *out = samples_of(w, x, y);

	for (i = 0; i < SAMPLES; i++) {
		struct spot at = mesh_at(w->mesh,
		    (float)x + ((float)(i % FINE) + .5f) / FINE,
		    (float)y + ((float)(i / FINE) + .5f) / FINE);

		out[i] = within(
		    (light_value(w->mesh->light, at) - w->tones.middle[like]) /
		    w->tones.contrast[like]);
	}
}

/* Toner that is left anywhere in a module tells that it is dark. */
static float
darkest(const float *sample)
{
	float least = sample[0];
	int i;

	for (i = 1; i < SAMPLES; i++)
		least = fminf(least, sample[i]);
	return least;
}

/* All that may tell of a module. */
static void
gather(struct refining *w, int x, int y, float out[TERMS])
{
	int row;

	for (row = -1; row <= 1; row++) /* three modules stand side by side */
		memcpy(out + (row + 1) * 3 * SAMPLES,
		    samples_of(w, x - 1, y + row), 3 * SAMPLES * sizeof(*out));
	out[TERMS - 2] = darkest(samples_of(w, x, y));
	out[TERMS - 1] = 1;
}

static void
learn(struct refining *w, int x, int y)
{
	int at = y * w->side + x, i, j;
	int kind = w->soft->kind[at];
	bool known = kind == QR_DARK || kind == QR_LIGHT;
	bool dark = known ? kind == QR_DARK : w->soft->dark[at] > 0;
	float weight =
	    known ? KNOWN : fminf(1, fabsf(w->soft->dark[at]) / SURE);
	float term[TERMS];

	gather(w, x, y, term);
	for (i = 0; i < TERMS; i++) {
		float part = weight * term[i];

		for (j = 0; j <= i; j++)
			w->a[i][j] += part * term[j];
		w->b[i] += dark ? -part : part;
	}
}

/* Cholesky, in place: b is the mixture then. */
static void
solve(struct refining *w)
{
	int i, j, k;

	for (j = 0; j < TERMS; j++)
		for (i = j; i < TERMS; i++) {
			float sum = w->a[i][j];

			for (k = 0; k < j; k++)
				sum -= w->a[i][k] * w->a[j][k];
			w->a[i][j] = i == j ? sqrtf(fmaxf(sum, 1e-6f))
					    : sum / w->a[j][j];
		}
	for (i = 0; i < TERMS; i++) {
		for (k = 0; k < i; k++)
			w->b[i] -= w->a[i][k] * w->b[k];
		w->b[i] /= w->a[i][i];
	}
	for (i = TERMS - 1; i >= 0; i--) {
		for (k = i + 1; k < TERMS; k++)
			w->b[i] -= w->a[k][i] * w->b[k];
		w->b[i] /= w->a[i][i];
	}
}

static float
mixed(struct refining *w, int x, int y)
{
	float term[TERMS], sum = 0;
	int i;

	gather(w, x, y, term);
	for (i = 0; i < TERMS; i++)
		sum += w->b[i] * term[i];
	return GRAY + STEP * within(sum);
}

bool
refine_values(struct soft *soft, const struct mesh *mesh)
{
	struct refining *w = calloc(1, sizeof(*w));
	int x, y, i;

	if (w == NULL)
		return false;
	w->soft = soft;
	w->mesh = mesh;
	w->side = qr_side(soft->version);
	soft_tones(soft, &w->tones);
	for (y = -1; y <= w->side; y++)
		for (x = -1; x <= w->side; x++)
			take_samples(w, x, y);
	for (y = 0; y < w->side; y++) /* half of them tell enough */
		for (x = y % 2; x < w->side; x += 2)
			learn(w, x, y);
	for (i = 0; i < TERMS; i++)
		w->a[i][i] += STIFF * (float)(w->side * w->side);
	solve(w);
	for (y = 0; y < w->side; y++)
		for (x = 0; x < w->side; x++)
			soft->value[y * w->side + x] = mixed(w, x, y);
	free(w);
	return true;
}
