/*
 * homography.c - normal equations of the eight unknowns, solved after both
 * sides were brought to numbers near 1: homography.h.
 */
#include "decode/homography.h"

#include <math.h>
#include <string.h>

#define UNKNOWN 8

/* Numbers near 1 and back: (x - middle) / size. */
struct scale {
	double x, y, size;
};

static struct spot
place_of(const struct homography_pair *pair, bool picture)
{
	return picture ? pair->picture : pair->symbol;
}

static struct scale
scale_of(const struct homography_pair *pair, int count, bool picture)
{
	struct scale s = { 0 };
	int i;

	for (i = 0; i < count; i++) {
		s.x += (double)place_of(&pair[i], picture).x / count;
		s.y += (double)place_of(&pair[i], picture).y / count;
	}
	for (i = 0; i < count; i++)
		s.size += hypot((double)place_of(&pair[i], picture).x - s.x,
			      (double)place_of(&pair[i], picture).y - s.y) /
		    count;
	return s;
}

static void
add_row(double sum[UNKNOWN][UNKNOWN + 1], const double row[UNKNOWN + 1],
    double weight)
{
	int i, j;

	for (i = 0; i < UNKNOWN; i++)
		for (j = 0; j <= UNKNOWN; j++)
			sum[i][j] += weight * row[i] * row[j];
}

/* Gauss with the largest pivot; the unknowns are in the last column then. */
static bool
solve(double a[UNKNOWN][UNKNOWN + 1])
{
	int step, i, j;

	for (step = 0; step < UNKNOWN; step++) {
		int best = step;

		for (i = step + 1; i < UNKNOWN; i++)
			if (fabs(a[i][step]) > fabs(a[best][step]))
				best = i;
		if (!(fabs(a[best][step]) > 1e-9))
			return false;
		for (j = 0; j <= UNKNOWN; j++) {
			double swap = a[step][j];

			a[step][j] = a[best][j];
			a[best][j] = swap;
		}
		for (j = UNKNOWN; j >= step; j--)
			a[step][j] /= a[step][step];
		for (i = 0; i < UNKNOWN; i++)
			for (j = UNKNOWN; i != step && j >= step; j--)
				a[i][j] -= a[i][step] * a[step][j];
	}
	return true;
}

/* out = a b */
static void
multiply(const double a[9], const double b[9], double out[9])
{
	int i;

	for (i = 0; i < 9; i++)
		out[i] = a[i / 3 * 3] * b[i % 3] +
		    a[i / 3 * 3 + 1] * b[3 + i % 3] +
		    a[i / 3 * 3 + 2] * b[6 + i % 3];
}

static bool
unscale(const double h[9], const struct scale *from, const struct scale *to,
    struct homography *out)
{
	const double in[9] = { 1 / from->size, 0, -from->x / from->size, 0,
		1 / from->size, -from->y / from->size, 0, 0, 1 };
	const double back[9] = { to->size, 0, to->x, 0, to->size, to->y, 0, 0,
		1 };
	double half[9];
	int i;

	multiply(h, in, half);
	multiply(back, half, out->h);
	for (i = 0; i < 9; i++)
		if (!isfinite(out->h[i]))
			return false;
	return true;
}

bool
homography_fit(
    const struct homography_pair *pair, int count, struct homography *out)
{
	struct scale from = scale_of(pair, count, false);
	struct scale to = scale_of(pair, count, true);
	double sum[UNKNOWN][UNKNOWN + 1] = { 0 }, h[9];
	int i;

	if (!(from.size > 0) || !(to.size > 0))
		return false;
	for (i = 0; i < count; i++) {
		double x = ((double)pair[i].symbol.x - from.x) / from.size;
		double y = ((double)pair[i].symbol.y - from.y) / from.size;
		double u = ((double)pair[i].picture.x - to.x) / to.size;
		double v = ((double)pair[i].picture.y - to.y) / to.size;
		const double one[] = { x, y, 1, 0, 0, 0, -x * u, -y * u, u };
		const double two[] = { 0, 0, 0, x, y, 1, -x * v, -y * v, v };

		add_row(sum, one, (double)pair[i].weight);
		add_row(sum, two, (double)pair[i].weight);
	}
	if (!solve(sum))
		return false;
	for (i = 0; i < UNKNOWN; i++)
		h[i] = sum[i][UNKNOWN];
	h[8] = 1;
	return unscale(h, &from, &to, out);
}

struct spot
homography_at(const struct homography *h, float x, float y)
{
	const double *m = h->h;
	double w = m[6] * (double)x + m[7] * (double)y + m[8];

	return (struct spot){
		(float)((m[0] * (double)x + m[1] * (double)y + m[2]) / w),
		(float)((m[3] * (double)x + m[4] * (double)y + m[5]) / w)
	};
}

/* Cofactors; the common factor falls out. */
bool
homography_turn(const struct homography *h, struct homography *out)
{
	const double *m = h->h;
	double *to = out->h, size;
	int i;

	to[0] = m[4] * m[8] - m[5] * m[7];
	to[1] = m[2] * m[7] - m[1] * m[8];
	to[2] = m[1] * m[5] - m[2] * m[4];
	to[3] = m[5] * m[6] - m[3] * m[8];
	to[4] = m[0] * m[8] - m[2] * m[6];
	to[5] = m[2] * m[3] - m[0] * m[5];
	to[6] = m[3] * m[7] - m[4] * m[6];
	to[7] = m[1] * m[6] - m[0] * m[7];
	to[8] = m[0] * m[4] - m[1] * m[3];
	size = fabs(m[0] * to[0] + m[1] * to[3] + m[2] * to[6]);
	for (i = 0; i < 9; i++)
		if (!isfinite(to[i]))
			return false;
	return size > 0;
}
