/*
 * bend.c - where a pixel looks (shot.h): through a lens with distortion, from a
 * pinhole at some distance, tilted, at paper that is flat or lies around a
 * cylinder, and is folded or crumpled in itself.
 *
 * The camera is a point above the middle of what is seen; the paper stays, and
 * the camera is turned around it. Folds and crumples are small beside that:
 * they shift what is seen along the line of sight (parallax) and foreshorten
 * it, without hiding any of it.
 */
#include "tests/bench/captures/shot.h"

#include <math.h>

struct vector {
	double x, y, z;
};

static struct angle
angle_of(double radians)
{
	return (struct angle){ cos(radians), sin(radians) };
}

static struct vector
turned(struct vector v, struct angle by)
{
	return (struct vector){ v.x * by.cos - v.y * by.sin,
		v.x * by.sin + v.y * by.cos, v.z };
}

static struct vector
turned_back(struct vector v, struct angle by)
{
	return turned(v, (struct angle){ by.cos, -by.sin });
}

/* Around an axis that lies in the paper. */
static struct vector
tilted(struct vector v, struct angle axis, struct angle by)
{
	struct vector t = turned_back(v, axis);
	double y = t.y * by.cos - t.z * by.sin;

	t.z = t.y * by.sin + t.z * by.cos;
	t.y = y;
	return turned(t, axis);
}

/* Barrel: what is far from the middle looks nearer to it than it is. */
static void
undistort(const struct shot *shot, double *a, double *b)
{
	double half = hypot(shot->width, shot->height) / 2 / shot->px;
	double square = (*a * *a + *b * *b) / (half * half);

	*a *= 1 + shot->barrel * square;
	*b *= 1 + shot->barrel * square;
}

/* On the plane. */
static bool
meet_plane(struct vector from, struct vector to, struct look *out)
{
	double t;

	if (to.z >= -1e-9)
		return false;
	t = -from.z / to.z;
	out->u = from.x + t * to.x;
	out->v = from.y + t * to.y;
	return true;
}

/*
 * On a cylinder whose axis lies along y; it touches the plane in the middle,
 * bulging towards the camera (radius > 0) or away from it.
 */
static bool
meet_cylinder(
    struct vector from, struct vector to, double radius, struct look *out)
{
	double a = to.x * to.x + to.z * to.z;
	double b = from.x * to.x + (from.z + radius) * to.z;
	double c = from.x * from.x + (from.z + radius) * (from.z + radius) -
	    radius * radius;
	double root = b * b - a * c, t, angle;

	if (root < 0 || a < 1e-12)
		return false;
	t = (-b + (radius > 0 ? -1 : 1) * sqrt(root)) / a;
	angle = atan2(from.x + t * to.x,
	    radius > 0 ? from.z + t * to.z + radius
		       : -(from.z + t * to.z + radius));
	if (t <= 0 || fabs(angle) > 1.45)
		return false;
	out->u = fabs(radius) * angle;
	out->v = from.y + t * to.y;
	/* half of the light comes from all sides, half from above */
	out->light *= .5 + .5 * cos(angle);
	return true;
}

static bool
meet_paper(const struct view *view, struct vector from, struct vector to,
    struct look *out)
{
	struct vector at;
	bool met;

	from = tilted(from, view->tilt_axis, view->tilt);
	to = tilted(to, view->tilt_axis, view->tilt);
	if (view->shot->arc == 0)
		return meet_plane(from, to, out);
	from = turned_back(from, view->arc_axis);
	to = turned_back(to, view->arc_axis);
	met = meet_cylinder(from, to, view->side / view->shot->arc, out);
	at = turned((struct vector){ out->u, out->v, 0 }, view->arc_axis);
	out->u = at.x;
	out->v = at.y;
	return met;
}

/* Paper that slopes away from a fold is longer than it looks; the light from
 * the left makes one of its sides darker. */
static void
unfold(const struct shot *shot, double see_x, double see_y, struct look *out)
{
	for (int i = 0; i < shot->folds; i++) {
		const struct shot_fold *f = &shot->fold[i];
		double nx = cos(f->line.angle), ny = sin(f->line.angle);
		double across = out->u * nx + out->v * ny - f->line.at;
		double more = across * (sqrt(1 + f->slope * f->slope) - 1);
		double height = -fabs(across) * f->slope;

		out->u += nx * more + see_x * height;
		out->v += ny * more + see_y * height;
		out->light *=
		    1 + .8 * f->slope * tanh(across * 4) * (nx * .8 + ny * .6);
	}
}

/* Crumpled and smoothed again: facets between short ridges in all directions. */
static double
crumple_height(uint64_t which, double u, double v)
{
	static const struct angle some[] = { { .921, .389 }, { .071, .997 },
		{ -.857, .516 } };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		struct vector at = turned((struct vector){ u, v, 0 }, some[i]);
		double size = 14.0 / (1 + i);

		sum += fabs(chance_smooth(
			   which + (uint64_t)i, at.x / size, at.y / size)) /
		    (1 + i);
	}
	return sum;
}

static void
uncrumple(const struct shot *shot, double see_x, double see_y, struct look *out)
{
	uint64_t which = shot->which + 101;
	double u = out->u, v = out->v, step = .5;
	double here = crumple_height(which, u, v);
	double dx = (crumple_height(which, u + step, v) - here) / step;
	double dy = (crumple_height(which, u, v + step) - here) / step;
	double height = 5 * shot->crumple * here;

	out->u += shot->crumple * chance_smooth(which + 7, u / 11, v / 11) +
	    see_x * height;
	out->v += shot->crumple * chance_smooth(which + 8, u / 11, v / 11) +
	    see_y * height;
	out->light *= 1 + 2.2 * shot->crumple * (.8 * dx + .6 * dy);
	if (out->light < .25)
		out->light = .25;
}

struct view
shot_view(const struct shot *shot, const struct print *print)
{
	double side = print->symbol.width;

	return (struct view){ shot, side, shot->distance * side,
		angle_of(shot->tilt), angle_of(shot->tilt_axis),
		angle_of(shot->arc_axis), angle_of(shot->turn) };
}

struct look
shot_look(const struct view *view, double x, double y)
{
	const struct shot *shot = view->shot;
	double a = (x - shot->width / 2.0) / shot->px;
	double b = (y - shot->height / 2.0) / shot->px;
	struct look out = { .light = 1 };
	struct vector at;

	undistort(shot, &a, &b);
	out.away = !meet_paper(view, (struct vector){ 0, 0, view->far },
	    (struct vector){ a, b, -view->far }, &out);
	if (out.away)
		return out;
	if (shot->folds > 0)
		unfold(shot, a / view->far, b / view->far, &out);
	if (shot->crumple > 0)
		uncrumple(shot, a / view->far, b / view->far, &out);
	at = turned((struct vector){ out.u, out.v, 0 }, view->turn);
	out.u = at.x + shot->x;
	out.v = at.y + shot->y;
	return out;
}
