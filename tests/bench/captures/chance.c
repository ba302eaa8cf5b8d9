/*
 * chance.c - chance.h.
 */
#include "tests/bench/captures/chance.h"

#include "tests/support/letters.h"

#include <math.h>

struct chance
chance_of(uint64_t seed, const char *name, uint64_t number)
{
	struct chance c = { seed };

	for (; *name != '\0'; name++) {
		c.state ^= (uint64_t)(unsigned char)*name;
		support_random(&c.state);
	}
	c.state ^= number * UINT64_C(0xd1342543de82ef95);
	support_random(&c.state);
	c.state = support_random(&c.state);
	return c;
}

static double
unit(uint64_t bits)
{
	return (double)(bits >> 11) / (double)(UINT64_C(1) << 53);
}

double
chance_between(struct chance *c, double low, double high)
{
	return low + (high - low) * unit(support_random(&c->state));
}

unsigned
chance_below(struct chance *c, unsigned limit)
{
	return (unsigned)(support_random(&c->state) % limit);
}

bool
chance_one_in(struct chance *c, unsigned n)
{
	return chance_below(c, n) == 0;
}

/* Box and Muller. */
double
chance_normal(struct chance *c)
{
	double r = 1 - unit(support_random(&c->state));
	double turn = unit(support_random(&c->state));

	return sqrt(-2 * log(r)) * cos(2 * M_PI * turn);
}

double
chance_spread(unsigned i, double shift)
{
	double at = 0, bit = .5;

	for (; i > 0; i >>= 1, bit /= 2)
		if (i & 1)
			at += bit;
	at += shift;
	return at - floor(at);
}

static double
corner(uint64_t which, int64_t x, int64_t y)
{
	uint64_t state = which ^ (uint64_t)x * UINT64_C(0x9e3779b97f4a7c15) ^
	    (uint64_t)y * UINT64_C(0xc2b2ae3d27d4eb4f);

	return 2 * unit(support_random(&state)) - 1;
}

double
chance_smooth(uint64_t which, double x, double y)
{
	double left = floor(x), top = floor(y);
	double fx = x - left, fy = y - top, up, down;
	int64_t ix = (int64_t)left, iy = (int64_t)top;

	fx = fx * fx * (3 - 2 * fx);
	fy = fy * fy * (3 - 2 * fy);
	up = corner(which, ix, iy) * (1 - fx) + corner(which, ix + 1, iy) * fx;
	down = corner(which, ix, iy + 1) * (1 - fx) +
	    corner(which, ix + 1, iy + 1) * fx;
	return up * (1 - fy) + down * fy;
}

double
chance_rough(uint64_t which, double x, double y)
{
	double sum = 0, size = .54;

	for (int i = 0; i < 4; i++, size /= 2, x *= 2.03, y *= 2.03)
		sum += size * chance_smooth(which + (uint64_t)i, x, y);
	return sum;
}
