/*
 * finder.c - rows are read as runs of dark and light with edges between pixels;
 * what looks like a finder pattern is looked at down, across again and along
 * both diagonals: finder.h.
 */
#include "decode/finder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MODULE_MAX 200.f /* pixels */
#define SPREAD     .6f   /* of a module: how far two runs may be off */
#define BLUR       .45f  /* pixels, likewise */
#define THIN       .2f   /* of a module: one run */
#define WIDE       2.2f
#define LIKE_MIN   .45f
#define LIKE_ASKEW .75f /* less: perhaps it is seen from aside */
#define WAYS       12
#define CLOSE_MAX  1200 /* places looked at closely, of a shape */
#define SEEN_MAX   256  /* of them remembered */

struct seen {
	const struct light *light;
	struct finder *at;
	int count, left; /* to be looked at closely */
};

/*
 * Five runs, the middle one three times as long as the others? Toner that spreads
 * and light that runs over make all dark ones longer and all light ones shorter,
 * or the other way; two together keep their length.
 */
static bool
is_ring(const float run[5])
{
	float one = (run[0] + 2 * (run[1] + run[2] + run[3]) + run[4]) / 12;
	float slack = one * SPREAD + BLUR, least = one * THIN,
	      most = one * WIDE;

	return one >= 1 && one <= MODULE_MAX &&
	    fabsf(run[0] + run[1] - 2 * one) < slack &&
	    fabsf(run[3] + run[4] - 2 * one) < slack &&
	    fabsf(run[1] + run[2] - 4 * one) < 1.5f * slack &&
	    fabsf(run[2] + run[3] - 4 * one) < 1.5f * slack && run[0] > least &&
	    run[1] > least && run[3] > least && run[4] > least &&
	    run[0] < most && run[1] < most && run[3] < most && run[4] < most &&
	    run[2] > 1.5f * one;
}

/* Distances from the center to the first three edges one way. */
static bool
read_edges(const struct light *light, struct spot center, struct spot step,
    float reach, float edge[3])
{
	float before = light_off(light, center), now;
	int count = 0;
	float at;

	if (before >= 0)
		return false;
	for (at = 1; at <= reach && count < 3; at++) {
		struct spot spot = { center.x + step.x * at,
			center.y + step.y * at };

		now = light_off(light, spot);
		if ((now < 0) != (before < 0))
			edge[count++] = at - now / (now - before);
		before = now;
	}
	return count == 3;
}

bool
finder_chord(const struct light *light, struct spot center, struct spot way,
    float reach, float *ahead, float *behind)
{
	float length = hypotf(way.x, way.y), there[3], back[3], run[5];
	struct spot step, other;

	if (!(length > 0))
		return false;
	step = (struct spot){ way.x / length, way.y / length };
	other = (struct spot){ -step.x, -step.y };
	if (!read_edges(light, center, step, reach, there) ||
	    !read_edges(light, center, other, reach, back))
		return false;
	run[0] = back[2] - back[1];
	run[1] = back[1] - back[0];
	run[2] = back[0] + there[0];
	run[3] = there[1] - there[0];
	run[4] = there[2] - there[1];
	*ahead = there[2];
	*behind = back[2];
	return is_ring(run);
}

/* A chord through the center, which moves to its middle. Pixels a module. */
static bool
center_along(const struct light *light, struct spot *center, struct spot way,
    float reach, float *module)
{
	float ahead, behind, length = hypotf(way.x, way.y), off;

	if (!finder_chord(light, *center, way, reach, &ahead, &behind))
		return false;
	off = (ahead - behind) / 2 / length;
	center->x += way.x * off;
	center->y += way.y * off;
	*module = (ahead + behind) / 7;
	return true;
}

/* Its sides along any two directions: a square from far aside is no rectangle. */
static void
find_askew(const struct light *light, struct finder *finder)
{
	struct spot way[WAYS];
	float reach = 14 * fmaxf(finder->across, finder->down) + 4, like;
	int i, j;

	for (i = 0; i < WAYS; i++) {
		float turn = 3.14159265f * (float)i / WAYS, ahead, behind;
		struct spot to = { cosf(turn), sinf(turn) };

		if (!finder_chord(
			light, finder->center, to, reach, &ahead, &behind))
			ahead = behind = 0;
		way[i] = (struct spot){ to.x * (ahead + behind) / 7,
			to.y * (ahead + behind) / 7 };
	}
	for (i = 0; i < WAYS; i++)
		for (j = i + 2; j < WAYS && j - i < WAYS - 1; j++) {
			struct frame f = { finder->center, way[i], way[j] };

			if ((way[i].x == 0 && way[i].y == 0) ||
			    (way[j].x == 0 && way[j].y == 0))
				continue;
			like = frame_like(light, &f, 4);
			if (like <= finder->like)
				continue;
			finder->like = like;
			finder->frame = f;
		}
	frame_refine(light, .75f, &finder->frame);
	finder->like =
	    fmaxf(finder->like, frame_like(light, &finder->frame, 4));
}

static bool
is_finder(struct seen *seen, struct finder *finder)
{
	static const struct spot ways[] = { { 0, 1 }, { 1, 0 } };
	float reach = finder->across * 14 + 4;

	if (!center_along(
		seen->light, &finder->center, ways[0], reach, &finder->down) ||
	    !center_along(seen->light, &finder->center, ways[1], reach,
		&finder->across) ||
	    finder->down > 5 * finder->across ||
	    finder->across > 5 * finder->down)
		return false;
	seen->left--;
	finder->like = frame_find(seen->light, finder->center, finder->across,
	    finder->down, &finder->frame);
	if (finder->like < LIKE_ASKEW)
		find_askew(seen->light, finder);
	return finder->like >= LIKE_MIN;
}

/* The one whose center is near; NULL: none. */
static struct finder *
known(const struct seen *seen, struct spot at, float module)
{
	int i;

	for (i = seen->count - 1; i >= 0; i--) {
		struct finder *f = &seen->at[i];

		if (fabsf(f->center.x - at.x) < 2 * f->across &&
		    fabsf(f->center.y - at.y) < 2 * f->down &&
		    module < 2 * f->across && f->across < 2 * module)
			return f;
	}
	return NULL;
}

static void
consider(struct seen *seen, const float run[5], float end, float y)
{
	struct finder finder = { .hits = 1 };
	struct finder *same;

	finder.across = (run[0] + run[1] + run[2] + run[3] + run[4]) / 7;
	finder.center.x = end - run[4] - run[3] - run[2] / 2;
	finder.center.y = y;
	if ((same = known(seen, finder.center, finder.across)) != NULL) {
		same->hits++;
		return;
	}
	if (seen->count == SEEN_MAX || seen->left == 0 ||
	    !is_finder(seen, &finder))
		return;
	if ((same = known(seen, finder.center, finder.across)) != NULL)
		same->hits++;
	else
		seen->at[seen->count++] = finder;
}

/* Each time that a dark run ends, the five last ones may be a finder's. */
static void
read_row(struct seen *seen, uint32_t y)
{
	const struct gray *in = seen->light->picture;
	const uint8_t *row = gray_row(in, y);
	const uint8_t *limit =
	    seen->light->at + (size_t)(y / LIGHT_BLOCK) * seen->light->columns;
	float run[5] = { 0 }, start = 0;
	bool dark = false;
	uint32_t x;

	for (x = 0; x < in->width; x++) {
		int off = row[x] - limit[x / LIGHT_BLOCK], was;
		float edge;

		if ((off < 0) == dark)
			continue;
		was = x > 0 ? row[x - 1] - limit[x / LIGHT_BLOCK] : off;
		/* between the middles of two pixels */
		edge = (float)x + .5f -
		    (was == off ? 0 : (float)off / (float)(off - was));
		if ((was < 0) == (off < 0)) /* the threshold moved */
			edge = (float)x;
		memmove(run, run + 1, 4 * sizeof(run[0]));
		run[4] = edge - start;
		start = edge;
		if (dark && is_ring(run))
			consider(seen, run, edge, (float)y + .5f);
		dark = !dark;
	}
}

static int
by_hits(const void *a, const void *b)
{
	const struct finder *one = a, *two = b;

	/* larger ones have more rows to be seen in */
	float steady_one =
	    one->like + fminf((float)one->hits / one->down, 2) / 4;
	float steady_two =
	    two->like + fminf((float)two->hits / two->down, 2) / 4;

	return (steady_one < steady_two) - (steady_one > steady_two);
}

int
finder_search(
    const struct light *light, int *close, struct finder out[FINDER_MAX])
{
	struct finder *at = calloc(SEEN_MAX, sizeof(*at));
	struct seen seen = { .light = light, .at = at };
	uint32_t y;

	if (at == NULL)
		return 0;
	seen.left = FINDER_CLOSE_MAX - *close;
	if (seen.left > CLOSE_MAX)
		seen.left = CLOSE_MAX;
	*close += seen.left;
	for (y = 1; y < light->picture->height; y += 2)
		read_row(&seen, y);
	*close -= seen.left;
	qsort(at, (size_t)seen.count, sizeof(*at), by_hits);
	if (seen.count > FINDER_MAX)
		seen.count = FINDER_MAX;
	memcpy(out, at, (size_t)seen.count * sizeof(*at));
	free(at);
	return seen.count;
}
