/*
 * triple.c - all pairs are measured once, then all threes compared: triple.h.
 */
#include "decode/triple.h"

#include <math.h>
#include <string.h>

#define MODULES_MIN 11.f /* version 1 has 14, version 40 170; both curled */
#define MODULES_MAX 190.f
#define COSINE_MAX  .9f /* between two sides, at the corner */
#define UNLIKE      .3f /* text has many that are less like a finder */

struct pairs {
	const struct finder *finder;
	int count;
	float modules[FINDER_MAX][FINDER_MAX]; /* 0: no pair */
};

/* Pixels a module along a direction, by a finder's frame. */
static float
along_frame(const struct frame *f, struct spot way)
{
	float all = f->right.x * f->down.y - f->right.y * f->down.x;
	float right = (way.x * f->down.y - way.y * f->down.x) / all;
	float down = (way.y * f->right.x - way.x * f->right.y) / all;
	float modules = hypotf(right, down);

	return modules > 0 ? hypotf(way.x, way.y) / modules : 0;
}

/* Likewise by its edges, as far as rows show them; 0: not to be seen. */
static float
module_along(
    const struct light *light, const struct finder *finder, struct spot way)
{
	float reach = 12 * (finder->across + finder->down) + 4;
	float ahead, behind;

	if (finder->hits == 0)
		return along_frame(&finder->frame, way);
	if (!finder_chord(light, finder->center, way, reach, &ahead, &behind))
		return 0;
	return (ahead + behind) / 7;
}

static float
modules_between(const struct light *light, const struct finder *one,
    const struct finder *two)
{
	struct spot way = { two->center.x - one->center.x,
		two->center.y - one->center.y };
	float distance = hypotf(way.x, way.y);
	float rough = distance / (one->across + one->down), near, far;

	/* not worth measuring */
	if (rough < MODULES_MIN / 4 || rough > MODULES_MAX ||
	    one->across > 3 * two->across || two->across > 3 * one->across)
		return 0;
	near = module_along(light, one, way);
	far = module_along(light, two, way);
	if (!(near > 0) || !(far > 0) || near > 2.5f * far || far > 2.5f * near)
		return 0;
	return distance / sqrtf(near * far);
}

static void
measure(const struct light *light, struct pairs *pairs)
{
	int i, j;

	for (i = 0; i < pairs->count; i++)
		for (j = 0; j < i; j++)
			pairs->modules[i][j] = pairs->modules[j][i] =
			    modules_between(
				light, &pairs->finder[i], &pairs->finder[j]);
}

/* In order, the worst one falls out. */
static int
insert(struct triple out[TRIPLE_MAX], int count, const struct triple *triple)
{
	int at = count;

	while (at > 0 && out[at - 1].fault > triple->fault)
		at--;
	if (at == TRIPLE_MAX)
		return count;
	if (count < TRIPLE_MAX)
		count++;
	memmove(
	    &out[at + 1], &out[at], (size_t)(count - 1 - at) * sizeof(out[0]));
	out[at] = *triple;
	return count;
}

static bool
make(
    const struct pairs *pairs, int corner, int one, int two, struct triple *out)
{
	const struct finder *c = &pairs->finder[corner];
	const struct finder *a = &pairs->finder[one], *b = &pairs->finder[two];
	float first = pairs->modules[corner][one];
	float second = pairs->modules[corner][two];
	float ax = a->center.x - c->center.x, ay = a->center.y - c->center.y;
	float bx = b->center.x - c->center.x, by = b->center.y - c->center.y;
	float cosine = (ax * bx + ay * by) / (hypotf(ax, ay) * hypotf(bx, by));
	float differ = fabsf(first - second), most = fmaxf(first, second);

	if (!(first > MODULES_MIN && second > MODULES_MIN) ||
	    most > MODULES_MAX || differ > 1.5f + .3f * most ||
	    !(fabsf(cosine) < COSINE_MAX))
		return false;
	*out = (struct triple){ *c, ax * by - ay * bx > 0 ? *a : *b,
		ax * by - ay * bx > 0 ? *b : *a, fminf(first, second), most,
		differ / most + .3f * fabsf(cosine) +
		    UNLIKE * (3 - c->like - a->like - b->like) };
	return true;
}

int
triple_search(const struct light *light, const struct finder *finder, int count,
    struct triple out[TRIPLE_MAX])
{
	struct pairs pairs = { .finder = finder, .count = count };
	struct triple triple;
	int i, j, k, found = 0;

	measure(light, &pairs);
	for (i = 0; i < count; i++)
		for (j = 0; j < count; j++)
			for (k = 0; k < j && pairs.modules[i][j] > 0; k++)
				if (pairs.modules[i][k] > 0 &&
				    make(&pairs, i, j, k, &triple))
					found = insert(out, found, &triple);
	return found;
}
