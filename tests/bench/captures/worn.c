/*
 * worn.c - what changes the paper itself (shot.h). All of it is done on the
 * printed dots around the code, 9 a module, before anybody looks at them; what
 * the page has elsewhere stays as printed.
 */
#include "tests/bench/captures/shot.h"

#include <math.h>

#define MARGIN 8 /* modules around the code that are worn like it */

struct wear {
	const struct shot *shot;
	const struct print *print;
	struct photo *page;
	int left, top, right, bottom; /* dots that are looked at */
};

/* The value of a dot, changed; u, v: where it is, in modules. */
typedef double change(const struct wear *w, double u, double v, double value);

static void
each_dot(struct wear *w, change *what)
{
	double half = w->print->symbol.width / 2.0;

	for (int y = w->top; y < w->bottom; y++)
		for (int x = w->left; x < w->right; x++) {
			float *dot = photo_pixel(w->page, x, y);
			double u = (x + .5 - w->print->code_x) / PRINT_MODULE;
			double v = (y + .5 - w->print->code_y) / PRINT_MODULE;

			*dot = (float)what(w, u - half, v - half, *dot);
		}
}

/* --- toner ---------------------------------------------------------------- */

/* What is there of a module's neighbourhood, taken apart and put back. */
static void
blur_code(struct wear *w, const struct spread *spread)
{
	struct photo part = photo_new(w->right - w->left, w->bottom - w->top);

	for (int y = 0; y < part.height; y++)
		for (int x = 0; x < part.width; x++)
			*photo_pixel(&part, x, y) =
			    *photo_pixel(w->page, w->left + x, w->top + y);
	photo_blur(&part, spread);
	for (int y = 0; y < part.height; y++)
		for (int x = 0; x < part.width; x++)
			*photo_pixel(w->page, w->left + x, w->top + y) =
			    *photo_pixel(&part, x, y);
	photo_free(&part);
}

static double
sharp_again(const struct wear *w, double u, double v, double value)
{
	/* of a straight edge blurred over `spread` modules, the level that is
	 * reached that much further out */
	double level = .5 + .34 * (w->shot->spread > 0 ? 1 : -1);
	double edge = (value - level) * 6 + .5;

	(void)u;
	(void)v;
	return edge < 0 ? 0 : edge > 1 ? 1 : edge;
}

/* Ink runs into the paper, or toner is scattered: edges move. */
static void
spread_toner(struct wear *w)
{
	static struct spread spread; /* large */

	spread_gauss(&spread, fabs(w->shot->spread) * PRINT_MODULE);
	blur_code(w, &spread);
	each_dot(w, sharp_again);
}

/* An empty cartridge: bands along the feed get less, down to nothing. */
static double
faded(const struct wear *w, double u, double v, double value)
{
	uint64_t which = w->shot->which;
	double band = chance_rough(which + 11, u / 9, v / 400) * 1.1 +
	    chance_rough(which + 12, u / 3, v / 60) * .4 - .1;
	double left = 1 - w->shot->fade * (1 + band);
	double grain = .5 + .5 * chance_smooth(which + 13, u * 4, v * 4);

	left = left > 1 ? 1 : left < 0 ? 0 : left;
	/* thin toner is not gray: it is dots with paper between them */
	return grain > left ? 1 - (1 - value) * left * .6 : value;
}

/* A drum with dust, or a rough paper: specks stay white. */
static double
dropped(const struct wear *w, double u, double v, double value)
{
	uint64_t which = w->shot->which;
	double speck = chance_smooth(which + 21, u * 1.3, v * 1.3) +
	    .5 * chance_smooth(which + 22, u * 3, v * 3);

	return speck > 1.1 - 1.6 * w->shot->dropout ? 1 : value;
}

/* A hand over toner that was not fixed yet: a gray shade drawn along. */
static void
smear_toner(struct wear *w)
{
	static struct spread spread; /* large */
	struct photo sharp = photo_new(w->page->width, w->page->height);
	size_t count = (size_t)sharp.width * (size_t)sharp.height;
	double angle = chance_smooth(w->shot->which + 31, .5, .5) * 3;
	double far = w->shot->smear * PRINT_MODULE;

	for (size_t i = 0; i < count; i++)
		sharp.at[i] = w->page->at[i];
	spread_line(&spread, far * cos(angle), far * sin(angle));
	blur_code(w, &spread);
	for (size_t i = 0; i < count; i++)
		w->page->at[i] = .45f * sharp.at[i] + .55f * w->page->at[i];
	photo_free(&sharp);
}

/* --- what comes upon it --------------------------------------------------- */

/* Coffee, water with dirt, oil: a blot with a dark rim. */
static double
stained(const struct wear *w, double u, double v, double value)
{
	for (int i = 0; i < w->shot->stains; i++) {
		const struct shot_spot *s = &w->shot->stain[i];
		uint64_t which = w->shot->which + 41 + (uint64_t)i;
		double ragged = 1 + .35 * chance_rough(which, u / 5, v / 5);
		double r = hypot(u - s->x, v - s->y) / (s->radius * ragged);
		double rim = exp(-(r - 1) * (r - 1) / .006);
		double take = r < 1 ? s->depth * (.75 + .25 * r) : 0;

		take += rim * s->depth * .35;
		value *= 1 - (take > .97 ? .97 : take);
	}
	return value;
}

static void
bezier(const struct shot_stroke *s, double t, double *x, double *y)
{
	double a = (1 - t) * (1 - t) * (1 - t), b = 3 * t * (1 - t) * (1 - t);
	double c = 3 * t * t * (1 - t), d = t * t * t;

	*x = a * s->x[0] + b * s->x[1] + c * s->x[2] + d * s->x[3];
	*y = a * s->y[0] + b * s->y[1] + c * s->y[2] + d * s->y[3];
}

/* A disk of ink, as a pen leaves it at one moment. */
static void
put_ink(struct wear *w, double u, double v, double radius)
{
	double half = w->print->symbol.width / 2.0;
	double x = (u + half) * PRINT_MODULE + w->print->code_x;
	double y = (v + half) * PRINT_MODULE + w->print->code_y;
	int r = (int)(radius * PRINT_MODULE) + 1;

	for (int dy = -r; dy <= r; dy++)
		for (int dx = -r; dx <= r; dx++) {
			int to_x = (int)floor(x) + dx,
			    to_y = (int)floor(y) + dy;
			float *dot = photo_pixel(w->page, to_x, to_y);

			if (hypot(to_x + .5 - x, to_y + .5 - y) <=
				radius * PRINT_MODULE &&
			    *dot > .06f)
				*dot = .06f;
		}
}

static void
draw_strokes(struct wear *w)
{
	double x, y;

	for (int i = 0; i < w->shot->strokes; i++)
		for (int t = 0; t <= 1000; t++) {
			bezier(&w->shot->stroke[i], t / 1000.0, &x, &y);
			put_ink(w, x, y, w->shot->stroke[i].width / 2);
		}
}

/* --- what goes from it ---------------------------------------------------- */

/* Toner cracks off where paper is folded: a ragged white line. */
static double
cracked(const struct wear *w, double u, double v, double value)
{
	for (int i = 0; i < w->shot->folds; i++) {
		const struct shot_fold *f = &w->shot->fold[i];
		uint64_t which = w->shot->which + 61 + 2 * (uint64_t)i;
		double across = u * cos(f->line.angle) + v * sin(f->line.angle);
		double along = v * cos(f->line.angle) - u * sin(f->line.angle);
		double ragged = .6 + .6 * chance_rough(which, along / 2, 0) +
		    .4 * chance_smooth(which + 1, u * 3, v * 3);

		across = fabs(across - f->line.at + .2 * (ragged - .6));
		if (across < f->worn / 2 * ragged)
			value = 1 - (1 - value) * .15;
		else if (across < f->worn * 1.2)
			value *= .93; /* dirt beside it */
	}
	return value;
}

/* Torn or cut off: no paper, and behind it a desk that is not dark. */
static double
torn_off(const struct wear *w, double u, double v, double value)
{
	const struct shot *s = w->shot;
	double half = w->print->symbol.width / 2.0;
	double x =
	    s->torn_corner == 1 || s->torn_corner == 2 ? half - u : half + u;
	double y = s->torn_corner >= 2 ? half - v : half + v;
	double side = sqrt(2 * s->torn);
	double ragged = .5 * chance_rough(s->which + 81, (x - y) / 2, 0);

	if (x + y + ragged < side)
		return .45;
	if (x + y + ragged < side + .35)
		return 1; /* the torn edge shows the inside of paper */
	return value;
}

/* ------------------------------------------------------------------------- */

static double
without(const struct wear *w, double u, double v, double value)
{
	double half = w->print->symbol.width / 2.0;

	return fabs(u) <= half && fabs(v) <= half ? 1 : value;
}

static void
wear_code(struct wear *w)
{
	const struct shot *s = w->shot;

	if (s->codeless)
		each_dot(w, without);
	if (s->spread != 0)
		spread_toner(w);
	if (s->fade > 0)
		each_dot(w, faded);
	if (s->dropout > 0)
		each_dot(w, dropped);
	if (s->smear > 0)
		smear_toner(w);
	if (s->folds > 0)
		each_dot(w, cracked);
	if (s->stains > 0)
		each_dot(w, stained);
	draw_strokes(w);
	if (s->torn > 0)
		each_dot(w, torn_off);
}

struct photo
shot_wear(const struct shot *shot, const struct print *print)
{
	struct photo page = photo_new(print->page.width, print->page.height);
	size_t count = (size_t)page.width * (size_t)page.height;
	int side = print->symbol.width * PRINT_MODULE;
	int more = MARGIN * PRINT_MODULE;
	struct wear w = { shot, print, &page, print->code_x - more,
		print->code_y - more, print->code_x + side + more,
		print->code_y + side + more };

	if (shot->torn > 0) { /* with all that hangs on it */
		w.left = w.top = 0;
		w.right = page.width;
		w.bottom = page.height;
	}
	w.left = w.left < 0 ? 0 : w.left;
	w.top = w.top < 0 ? 0 : w.top;
	w.right = w.right > page.width ? page.width : w.right;
	w.bottom = w.bottom > page.height ? page.height : w.bottom;
	for (size_t i = 0; i < count; i++)
		page.at[i] = print->page.at[i];
	wear_code(&w);
	for (size_t i = 0; i < count; i++)
		page.at[i] = (float)(shot->ink +
		    (shot->white - shot->ink) * (double)page.at[i]);
	return page;
}
