/*
 * light.c - what reaches the lens (shot.h): the paper, the light on it, and the
 * reflection of a lamp in toner, film or screen. The lens draws each pixel
 * from its whole area, so the paper is asked at several points of it: as many as
 * it has printed dots there, or pixels of a screen.
 */
#include "tests/bench/captures/shot.h"

#include <math.h>
#include <stdlib.h>

#define DESK .22 /* light that what lies around the paper gives back */

/* Beside the page lies a desk of wood; the paper has fibers. Both change little
 * within a pixel. */
static double
texture(const struct shot *shot, double u, double v, bool paper)
{
	return paper ? 1 + .012 * chance_smooth(shot->which + 131, u * 2, v * 2)
		     : DESK *
		(1 + .3 * chance_smooth(shot->which + 121, u / 30, v / 2) +
		    .15 * chance_smooth(shot->which + 122, u / 9, v * 2));
}

/* Light of a screen: its own pixels, each of three stripes behind a black
 * mask. A camera that has about as many pixels sees bands (moire). */
static double
screened(const struct shot *shot, const struct print *print, double u, double v)
{
	double half = print->symbol.width / 2.0;
	double x = (u + half) * shot->screen, y = (v + half) * shot->screen;
	int column = (int)floor((u + half)), row = (int)floor((v + half));
	int n = print->symbol.width;
	double fx = x - floor(x), fy = y - floor(y);
	bool black = column >= 0 && row >= 0 && column < n && row < n &&
	    print->symbol.module[row * n + column] != 0;
	/* red, green and blue count differently: green is in the middle */
	double stripe = fx < .33 ? .55 : fx < .67 ? 1.65 : .35;
	double mask = fy < .15 || fy > .9 || fmod(fx * 3, 1) < .12 ? .15 : 1;

	return black ? shot->ink : shot->white * stripe * mask * 1.35;
}

/* False: beside the page. */
static bool
paper_at(const struct shot *shot, const struct print *print,
    const struct photo *paper, double u, double v, double *light)
{
	double half = print->symbol.width / 2.0;
	double x = (u + half) * PRINT_MODULE + print->code_x;
	double y = (v + half) * PRINT_MODULE + print->code_y;

	if (shot->screen > 0)
		*light = screened(shot, print, u, v);
	else if (x < 0 || y < 0 || x > paper->width || y > paper->height)
		return false;
	else
		*light = photo_between(paper, x, y);
	return true;
}

static double
mean_of(const struct look *corner[4], double a, double b, bool second)
{
	double v[4];

	for (int i = 0; i < 4; i++)
		v[i] = second ? corner[i]->v : corner[i]->u;
	return (v[0] * (1 - a) + v[1] * a) * (1 - b) +
	    (v[2] * (1 - a) + v[3] * a) * b;
}

static double
pixel(const struct shot *shot, const struct print *print,
    const struct photo *paper, const struct look *corner[4])
{
	/* dots of paper are each drawn from four themselves */
	int points = shot->screen > 0 || shot->px < 3.5 ? 3 : 2;
	double sum = 0, light;
	int on = 0, all = points * points;

	for (int i = 0; i < 4; i++)
		if (corner[i]->away)
			return DESK;
	for (int i = 0; i < all; i++) {
		double a = (i % points + .5) / points;
		double b = (i / points + .5) / points;

		if (paper_at(shot, print, paper, mean_of(corner, a, b, false),
			mean_of(corner, a, b, true), &light)) {
			sum += light;
			on++;
		}
	}
	sum *= texture(shot, corner[0]->u, corner[0]->v, true);
	if (on < all)
		sum += (all - on) *
		    texture(shot, corner[0]->u, corner[0]->v, false);
	return sum * corner[0]->light / all;
}

/* --- lamps ---------------------------------------------------------------- */

static double
smooth_step(double x)
{
	x = x < 0 ? 0 : x > 1 ? 1 : x;
	return x * x * (3 - 2 * x);
}

/* Whose shadow falls on the paper: a hand's or telephone's edge, round or
 * straight, sharp when it is near. */
static double
shadowed(const struct shot *shot, double a, double b)
{
	const struct shot_line *l = &shot->shadow_line;
	double across = a * cos(l->angle) + b * sin(l->angle) - l->at;
	double along = b * cos(l->angle) - a * sin(l->angle);
	double r = shot->shadow_round;

	if (r > 0) /* the disk that touches the line */
		across = r - hypot(across - r, along);
	return 1 -
	    shot->shadow * smooth_step(across / shot->shadow_soft / 2 + .5);
}

/* A lamp or window at one side of the frame. */
static double
slanted(const struct shot *shot, const struct angle *from, double a, double b)
{
	double half = hypot(shot->width, shot->height) / 2 / shot->px;

	return 1 + shot->slant * (a * from->cos + b * from->sin) / half;
}

/* The lamp itself, in a surface that is not quite dull: a bright core, and
 * light scattered around it. */
static double
reflected(const struct shot *shot, double a, double b)
{
	double sum = 0;

	for (int i = 0; i < shot->glares; i++) {
		const struct shot_spot *g = &shot->glare[i];
		double r = hypot(a - g->x, b - g->y) / g->radius;

		sum += g->depth * (1 - smooth_step((r - .85) / .3));
		sum += g->depth * .25 * exp(-r * r / 3);
	}
	return sum;
}

/* A screen is refreshed row by row: dark bands when the shutter is quicker. */
static double
refresh(const struct shot *shot, int y)
{
	double period = shot->height / 2.7;

	return shot->screen > 0
	    ? 1 + .12 * sin(2 * M_PI * y / period + (double)(shot->which % 7))
	    : 1;
}

static struct look *
look_everywhere(const struct shot *shot, const struct print *print)
{
	size_t count = (size_t)(shot->width + 1) * (size_t)(shot->height + 1);
	struct look *look = malloc(count * sizeof(*look));
	struct view view = shot_view(shot, print);

	if (look == NULL)
		abort();
	for (size_t i = 0; i < count; i++)
		look[i] =
		    shot_look(&view, (double)(i % (size_t)(shot->width + 1)),
			(double)(i / (size_t)(shot->width + 1)));
	return look;
}

struct photo
shot_expose(const struct shot *shot, const struct print *print,
    const struct photo *paper)
{
	struct angle slant = { cos(shot->slant_angle), sin(shot->slant_angle) };
	struct photo out = photo_new(shot->width, shot->height);
	struct look *look = look_everywhere(shot, print);

	for (int y = 0; y < out.height; y++)
		for (int x = 0; x < out.width; x++) {
			const struct look *at =
			    look + (size_t)y * (size_t)(shot->width + 1) + x;
			const struct look *corner[4] = { at, at + 1,
				at + shot->width + 1, at + shot->width + 2 };
			double a = (x - shot->width / 2.0) / shot->px;
			double b = (y - shot->height / 2.0) / shot->px;
			double light = pixel(shot, print, paper, corner) *
			    slanted(shot, &slant, a, b) * refresh(shot, y);

			if (shot->shadow > 0)
				light *= shadowed(shot, a, b);
			*photo_pixel(&out, x, y) =
			    (float)(light + reflected(shot, a, b));
		}
	free(look);
	return out;
}
