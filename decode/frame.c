/*
 * frame.c - frame.h.
 */
#include "decode/frame.h"

#include <math.h>
#include <stdlib.h>

#define SIDES 4
#define LINES 5 /* across each side of a finder */
#define TURNS 9 /* a square is the same after a quarter of a turn */

struct spot
frame_at(const struct frame *f, float right, float down)
{
	return (struct spot){
		f->middle.x + f->right.x * right + f->down.x * down,
		f->middle.y + f->right.y * right + f->down.y * down,
	};
}

/* A finder's middle is 3 modules wide, an alignment pattern's 1. */
static bool
is_dark_at(int ring, int radius)
{
	if (radius < 3)
		return ring != 1;
	return ring == 0 || ring == 1 || ring == 3;
}

float
frame_like(const struct light *light, const struct frame *frame, int radius)
{
	float sum = 0, squares = 0, signs = 0, product = 0, count = 0, top, low;
	int i, j;

	for (j = -radius; j <= radius; j++)
		for (i = -radius; i <= radius; i++) {
			int ring = abs(i) > abs(j) ? abs(i) : abs(j);
			float sign = is_dark_at(ring, radius) ? -1 : 1;
			float value = light_value(
			    light, frame_at(frame, (float)i, (float)j));

			sum += value;
			squares += value * value;
			signs += sign;
			product += sign * value;
			count++;
		}
	top = product - sum * signs / count;
	low = (squares - sum * sum / count) * (count - signs * signs / count);
	return low > count ? top / sqrtf(low) : 0;
}

/* The edge nearest to a place on the way out of a finder: from dark to light, or
 * with sign -1 from light to dark. */
static bool
edge_near(const struct light *light, struct spot at, struct spot out,
    float sign, float reach, struct spot *edge)
{
	const int steps = 8; /* a module */
	int far = (int)(reach * (float)steps), i;
	float before = 0, best = 9;

	for (i = -far; i <= far; i++) {
		float go = (float)i / (float)steps;
		float now = sign *
		    light_off(light,
			(struct spot){ at.x + out.x * go, at.y + out.y * go });

		if (i > -far && before < 0 && now >= 0) {
			float cut = go - now / (now - before) / (float)steps;

			if (fabsf(cut) < fabsf(best))
				best = cut;
		}
		before = now;
	}
	edge->x = at.x + out.x * best;
	edge->y = at.y + out.y * best;
	return best < 2;
}

/* Normal equations of 1, right, down; and what is seen in x and y. */
struct sums {
	double a[3][3], x[3], y[3];
	int count;
};

static void
add_edge(struct sums *s, float right, float down, struct spot seen)
{
	const double row[3] = { 1, (double)right, (double)down };
	int i, j;

	for (i = 0; i < 3; i++) {
		for (j = 0; j < 3; j++)
			s->a[i][j] += row[i] * row[j];
		s->x[i] += row[i] * (double)seen.x;
		s->y[i] += row[i] * (double)seen.y;
	}
	s->count++;
}

static double
determinant(const double a[3][3])
{
	return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
	    a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
	    a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
}

/* Cramer: unknown i of the three. */
static float
unknown(const struct sums *s, const double right_side[3], int i)
{
	double a[3][3];
	int row, column;

	for (row = 0; row < 3; row++)
		for (column = 0; column < 3; column++)
			a[row][column] =
			    column == i ? right_side[row] : s->a[row][column];
	return (float)(determinant(a) / determinant(s->a));
}

/*
 * The edges at one distance from the middle. Toner that spreads moves them all
 * outwards, light that runs over inwards: those from dark to light and those from
 * light to dark in opposite ways, so both are used.
 */
static void
add_edges(const struct light *light, const struct frame *frame, float distance,
    float sign, float reach, struct sums *s)
{
	int side, i;

	for (side = 0; side < SIDES; side++)
		for (i = 0; i < LINES; i++) {
			float way = side % 2 == 0 ? 1.f : -1.f;
			float along =
			    (float)(i - LINES / 2) / LINES * 1.9f * distance;
			float right = side < 2 ? way * distance : along;
			float down = side < 2 ? along : way * distance;
			struct spot out = side < 2 ? frame->right : frame->down;
			struct spot edge;

			out = (struct spot){ out.x * way, out.y * way };
			if (edge_near(light, frame_at(frame, right, down), out,
				sign, reach, &edge))
				add_edge(s, right, down, edge);
		}
}

void
frame_refine(const struct light *light, float reach, struct frame *frame)
{
	struct sums s = { 0 };

	add_edges(light, frame, 3.5f, 1, reach, &s);
	add_edges(light, frame, 2.5f, -1, fminf(reach, .9f), &s);
	if (s.count < SIDES * LINES || !(fabs(determinant(s.a)) > 1))
		return;
	*frame = (struct frame){
		{ unknown(&s, s.x, 0), unknown(&s, s.y, 0) },
		{ unknown(&s, s.x, 1), unknown(&s, s.y, 1) },
		{ unknown(&s, s.x, 2), unknown(&s, s.y, 2) },
	};
}

float
frame_find(const struct light *light, struct spot middle, float across,
    float down, struct frame *out)
{
	float best = -1, like;
	struct frame fine;
	int i;

	for (i = 0; i < TURNS; i++) {
		float turn = 1.5707963f * (float)i / TURNS;
		float c = cosf(turn), s = sinf(turn);
		/* a square that is turned is cut wider by rows */
		float wide = fmaxf(c, s);
		struct frame f = { middle,
			{ c * wide * across, s * wide * down },
			{ -s * wide * across, c * wide * down } };

		like = frame_like(light, &f, 4);
		if (like > best) {
			best = like;
			*out = f;
		}
	}
	fine = *out;
	frame_refine(light, 1.25f, &fine);
	frame_refine(light, .75f, &fine);
	like = frame_like(light, &fine, 4);
	if (like > best) {
		best = like;
		*out = fine;
	}
	return best;
}
