/*
 * sight.c - sight.h. Stricter than triple.h, which may be wrong: here nothing is
 * read that would tell.
 */
#include "decode/sight.h"

#include "decode/finder.h"

#include <math.h>

#define RADIUS      2     /* blocks: light.h */
#define MODULES_MIN 12.f  /* between two marks of a code: 14, and tilt ... */
#define MODULES_MAX 130.f /* ... to 110 of version 25; no letter needs more */
#define APART_MIN   24.f  /* 54 are the fewest that a letter has; tilted */
#define WAYS        24    /* from a lone mark */
#define ENDING      8.f   /* modules, twice a quiet zone */
#define STEP        8.f   /* from the threshold: less is the grain of paper */
#define LONE_MIN    21.f  /* pixels: smaller marks alone are letters of print */

struct marks {
	const struct gray *picture;
	int count;
	struct finder at[FINDER_MAX];
};

static struct sight_mark
mark_of(const struct finder *finder)
{
	return (struct sight_mark){ finder->center.x, finder->center.y,
		7 * (finder->across + finder->down) / 2 };
}

/* Seen in most rows of its middle, of which every other one is looked at. */
static bool
is_steady(const struct finder *finder)
{
	return (float)finder->hits >= finder->down;
}

static int
keep_steady(struct finder *at, int count)
{
	int i, kept = 0;

	for (i = 0; i < count; i++)
		if (is_steady(&at[i]))
			at[kept++] = at[i];
	return kept;
}

static bool
is_alike(const struct sight_mark *one, const struct sight_mark *two)
{
	return fabsf(one->width - two->width) * 5 <= one->width;
}

/* Two sides of about one length, about a right angle at the first mark. */
static bool
is_corner(const struct sight_mark mark[3])
{
	float ax = mark[1].x - mark[0].x, ay = mark[1].y - mark[0].y;
	float bx = mark[2].x - mark[0].x, by = mark[2].y - mark[0].y;
	float a = hypotf(ax, ay), b = hypotf(bx, by);
	float module = mark[0].width / 7;

	return a >= MODULES_MIN * module && b >= MODULES_MIN * module &&
	    a <= MODULES_MAX * module && b <= MODULES_MAX * module &&
	    a <= 1.4f * b && b <= 1.4f * a &&
	    fabsf(ax * bx + ay * by) * 3 <= a * b;
}

static bool
find_code(const struct marks *marks, struct sight *out)
{
	int i, j, k;

	for (i = 0; i < marks->count; i++)
		for (j = 0; j < marks->count; j++)
			for (k = 0; k < j; k++) {
				const struct sight sight = { 3,
					{ mark_of(&marks->at[i]),
					    mark_of(&marks->at[j]),
					    mark_of(&marks->at[k]) },
					0 };

				if (i == j || i == k ||
				    !is_alike(&sight.mark[0], &sight.mark[1]) ||
				    !is_alike(&sight.mark[0], &sight.mark[2]) ||
				    !is_corner(sight.mark))
					continue;
				*out = sight;
				return true;
			}
	return false;
}

/* From the nearest border of the picture. */
static float
margin(const struct marks *marks, const struct sight_mark *mark)
{
	float right = (float)marks->picture->width - mark->x;
	float down = (float)marks->picture->height - mark->y;

	return fminf(fminf(mark->x, right), fminf(mark->y, down));
}

/* Two corners of one code, as letters have them? */
static bool
are_apart(const struct sight_mark mark[2])
{
	return hypotf(mark[1].x - mark[0].x, mark[1].y - mark[0].y) >=
	    APART_MIN * mark[0].width / 7;
}

/* The first two by the border, where the rest of a code may be cut off. */
static void
keep_lone(
    const struct marks *marks, const struct finder *finder, struct sight *out)
{
	const struct sight_mark mark = mark_of(finder);
	size_t at = out->count;

	if (mark.width < LONE_MIN)
		return;
	while (
	    at > 0 && margin(marks, &mark) < margin(marks, &out->mark[at - 1]))
		at--;
	if (at >= 2)
		return;
	out->mark[1] = at == 0 ? out->mark[0] : mark;
	out->mark[at] = mark;
	if (out->count < 2)
		out->count++;
}

/* How often light and dark change on the way. */
static int
count_changes(const struct light *light, struct spot from, struct spot way)
{
	const int steps = (int)hypotf(way.x, way.y);
	int changes = 0, i;
	bool dark = false;

	for (i = 0; i < steps; i++) {
		float part = (float)i / (float)steps;
		float off = light_off(light,
		    (struct spot){
			from.x + part * way.x, from.y + part * way.y });

		if (dark ? off > STEP : off < -STEP) {
			dark = !dark;
			changes++;
		}
	}
	return changes;
}

/* Modules beside two marks, a mark's width away: every second one changes, of
 * print and paper none or few. */
static bool
has_modules(const struct marks *marks, const struct light *light,
    const struct sight_mark mark[2], int side)
{
	const struct spot way = { mark[1].x - mark[0].x,
		mark[1].y - mark[0].y };
	const float length = hypotf(way.x, way.y);
	const float away = (float)side * mark->width / length;
	const struct spot from = { mark->x + way.y * away,
		mark->y - way.x * away };

	return from.x > 0 && from.y > 0 &&
	    from.x < (float)marks->picture->width &&
	    from.y < (float)marks->picture->height &&
	    (float)count_changes(light, from, way) * 4 >=
	    length / (mark->width / 7);
}

static int
side_of(const struct marks *marks, const struct light *light,
    const struct sight_mark mark[2])
{
	return has_modules(marks, light, mark, 1) -
	    has_modules(marks, light, mark, -1);
}

/* How far it is from there to the border, that way. */
static float
way_out(const struct gray *picture, struct spot from, struct spot way)
{
	float x = INFINITY, y = INFINITY;

	if (way.x != 0)
		x = ((way.x > 0 ? (float)picture->width - 1 : 0) - from.x) /
		    way.x;
	if (way.y != 0)
		y = ((way.y > 0 ? (float)picture->height - 1 : 0) - from.y) /
		    way.y;
	return fminf(x, y);
}

/* Modules all the way from a mark's border, that is `away` beside its middle, to the
 * picture's, in the last of which something changes, too: no quiet zone. */
static bool
runs_out(const struct marks *marks, const struct light *light,
    const struct sight_mark *mark, struct spot way, float away)
{
	const float module = mark->width / 7;
	const struct spot from = { mark->x +
		    (way.x * 6 - way.y * away) * module,
		mark->y + (way.y * 6 + way.x * away) * module };
	const float length = way_out(marks->picture, from, way);
	const float last = ENDING * module;
	const struct spot end = { from.x + way.x * (length - last),
		from.y + way.y * (length - last) };

	return length >= 2 * last &&
	    (float)count_changes(
		light, from, (struct spot){ way.x * length, way.y * length }) *
		4 >=
	    length / module &&
	    count_changes(
		light, end, (struct spot){ way.x * last, way.y * last }) >= 2;
}

/* Some way from a lone mark, in three lines side by side: print has gaps between
 * them. */
static bool
goes_on(const struct marks *marks, const struct light *light,
    const struct sight_mark *mark)
{
	int i;

	for (i = 0; i < WAYS; i++) {
		const float angle = (float)i * 6.2831853f / WAYS;
		const struct spot way = { cosf(angle), sinf(angle) };

		if (runs_out(marks, light, mark, way, -3) &&
		    runs_out(marks, light, mark, way, 0) &&
		    runs_out(marks, light, mark, way, 3))
			return true;
	}
	return false;
}

void
sight_look(const struct gray *picture, struct sight *out)
{
	struct marks marks = { .picture = picture };
	struct light light = { 0 };
	int close = 0;
	int i;

	*out = (struct sight){ 0 };
	if (!light_new(&light, picture, RADIUS))
		return;
	marks.count =
	    keep_steady(marks.at, finder_search(&light, &close, marks.at));
	if (!find_code(&marks, out)) {
		for (i = 0; i < marks.count; i++)
			keep_lone(&marks, &marks.at[i], out);
		if (out->count == 2 && !are_apart(out->mark))
			out->count = 1;
		if (out->count == 2)
			out->side = side_of(&marks, &light, out->mark);
		else if (out->count == 1)
			out->side = goes_on(&marks, &light, out->mark);
	}
	light_free(&light);
}
