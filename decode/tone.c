/*
 * tone.c - tone.h.
 */
#include "decode/tone.h"

#include <math.h>

#define AROUND   4    /* modules each way that tell what is light here */
#define CONTRAST 4.f  /* of 255: less is noise */
#define FLAT     .25f /* of the symbol's contrast: less counts as that */

struct tone {
	float middle, contrast; /* contrast: half of light less dark */
};

/* The square of modules around one, cut at the symbol's edges. */
struct window {
	int left, right, top, bottom;
};

static struct window
window_at(int side, int x, int y)
{
	return (struct window){ x > AROUND ? x - AROUND : 0,
		x + AROUND < side ? x + AROUND : side - 1,
		y > AROUND ? y - AROUND : 0,
		y + AROUND < side ? y + AROUND : side - 1 };
}

/* Means of what is above and below a value. */
static struct tone
split(const struct soft *soft, const struct window *w, float at)
{
	int side = qr_side(soft->version), x, y;
	float light = 0, dark = 0, lights = 0, darks = 0;

	for (y = w->top; y <= w->bottom; y++)
		for (x = w->left; x <= w->right; x++) {
			float v = soft->value[y * side + x];

			if (v > at) {
				light += v;
				lights++;
			} else {
				dark += v;
				darks++;
			}
		}
	light = lights > 0 ? light / lights : at;
	dark = darks > 0 ? dark / darks : at;
	return (struct tone){ (light + dark) / 2, (light - dark) / 2 };
}

static float
mean_of(const struct soft *soft, const struct window *w)
{
	int side = qr_side(soft->version), x, y, count = 0;
	float sum = 0;

	for (y = w->top; y <= w->bottom; y++)
		for (x = w->left; x <= w->right; x++) {
			sum += soft->value[y * side + x];
			count++;
		}
	return sum / (float)count;
}

/* The contrast that half of the modules exceed, nearly. */
static float
usual_contrast(const float *contrast, int count)
{
	int of[256] = { 0 }, sum = 0, i;

	for (i = 0; i < count; i++)
		of[contrast[i] < 255 ? (int)contrast[i] : 255]++;
	for (i = 255; i > 0 && sum <= count / 2; i--)
		sum += of[i];
	return (float)i;
}

void
soft_tones(const struct soft *soft, struct soft_tones *out)
{
	int side = qr_side(soft->version), x, y, i;
	struct tone t;
	float least;

	for (y = 0; y < side; y++)
		for (x = 0; x < side; x++) {
			struct window w = window_at(side, x, y);
			int at = y * side + x;

			if (x % 2 == 0 && y % 2 == 0) {
				t = split(soft, &w, mean_of(soft, &w));
				t = split(soft, &w, t.middle);
				out->middle[at] = t.middle;
				out->contrast[at] = t.contrast;
			} else { /* two modules each way are the same */
				int like = (y - y % 2) * side + x - x % 2;

				out->middle[at] = out->middle[like];
				out->contrast[at] = out->contrast[like];
			}
		}
	least =
	    fmaxf(CONTRAST, FLAT * usual_contrast(out->contrast, side * side));
	for (i = 0; i < side * side; i++)
		out->contrast[i] = fmaxf(out->contrast[i], least);
}
