/*
 * kind.c - the kinds (kind.h). Strengths reach from what every reader takes to
 * what none did when they were chosen, so that a better one is seen.
 */
#include "tests/bench/captures/kind.h"

#include "tests/support/letters.h"

#include <math.h>

#define DEGREE (M_PI / 180)

static double
part(double strength, double weak, double strong)
{
	return weak + (strong - weak) * strength;
}

/* From weak to strong in equal ratios. */
static double
ratio(double strength, double weak, double strong)
{
	return weak * pow(strong / weak, strength);
}

static void
frame(struct shot *s, double side, double px, double times)
{
	double at_least = (side + 8) * px * times;

	s->px = px;
	s->height = (int)at_least;
	s->width = (int)(at_least * 4 / 3);
}

/* --- how it is held ------------------------------------------------------- */

/* A flatbed scanner. */
static void
clean(struct shot *s, struct chance *c, double k, double side)
{
	frame(s, side, part(k, 8.5, 3.6), 1.3);
	s->turn = chance_between(c, -.8, .8) * DEGREE;
	s->soft = .4;
	s->slant = 0;
	s->distance = 1000;
	s->tilt = 0;
	s->grain = 1;
	s->quality = 0;
}

static void
turn(struct shot *s, struct chance *c, double k, double side)
{
	(void)side;
	s->turn = part(k, 5, 355) * DEGREE;
	s->quality = 80 + (int)chance_below(c, 15);
}

static void
tilt(struct shot *s, struct chance *c, double k, double side)
{
	frame(s, side, chance_between(c, 5, 7.5), 1.5);
	s->tilt = part(k, 12, 56) * DEGREE;
	s->tilt_axis = chance_between(c, 0, 2 * M_PI);
	s->turn += chance_between(c, -30, 30) * DEGREE;
	s->distance = chance_between(c, 2, 3.2);
}

static void
curl(struct shot *s, struct chance *c, double k, double side)
{
	frame(s, side, chance_between(c, 5, 7.5), 1.4);
	s->arc = part(k, 25, 110) * DEGREE * (chance_one_in(c, 3) ? -1 : 1);
	s->arc_axis = (chance_one_in(c, 2) ? 90 : 0) * DEGREE +
	    chance_between(c, -20, 20) * DEGREE;
	s->distance = chance_between(c, 2, 3.2);
	s->tilt = chance_between(c, 0, 15) * DEGREE;
	s->tilt_axis = chance_between(c, 0, 2 * M_PI);
}

static void
barrel(struct shot *s, struct chance *c, double k, double side)
{
	frame(s, side, chance_between(c, 4.5, 7), 1.15);
	s->barrel = part(k, .06, .36);
	if (chance_one_in(c, 4))
		s->barrel *= -.6;
}

/* --- the lens ------------------------------------------------------------- */

static void
focus(struct shot *s, struct chance *c, double k, double side)
{
	(void)c;
	(void)side;
	s->defocus = part(k, .35, 1) * s->px;
}

static void
motion(struct shot *s, struct chance *c, double k, double side)
{
	double far = part(k, .5, 1.8) * s->px;
	double angle = chance_between(c, 0, 2 * M_PI);

	(void)side;
	s->move_x = far * cos(angle);
	s->move_y = far * sin(angle);
	s->move_bend = chance_between(c, -.15, .15);
}

/* --- the sensor and its light --------------------------------------------- */

static void
noise(struct shot *s, struct chance *c, double k, double side)
{
	frame(s, side, chance_between(c, 3.5, 6), 1.35);
	s->grain = ratio(k, 12, 95);
	s->grain_soft = chance_one_in(c, 2) ? chance_between(c, .4, .9) : 0;
}

static void
jpeg(struct shot *s, struct chance *c, double k, double side)
{
	frame(s, side, chance_between(c, 3, 5), 1.35);
	s->quality = (int)ratio(k, 30, 2.2);
}

static void
dim(struct shot *s, struct chance *c, double k, double side)
{
	(void)c;
	(void)side;
	s->exposure = ratio(k, .12, .0022);
	s->read_noise = .00035;
	s->shot_noise = .0035;
	s->slant = part(k, .2, .6);
}

static void
bright(struct shot *s, struct chance *c, double k, double side)
{
	(void)c;
	(void)side;
	s->exposure = ratio(k, 1.6, 6);
	s->veil = part(k, .03, .3);
	s->bloom = part(k, .1, .5) * s->px;
}

static void
contrast(struct shot *s, struct chance *c, double k, double side)
{
	(void)side;
	s->white = chance_between(c, .35, .7);
	s->ink = s->white * (1 - ratio(k, .35, .04));
	s->grain = chance_between(c, 1, 2.2);
	s->quality = chance_one_in(c, 2) ? 0 : 90;
}

static void
small(struct shot *s, struct chance *c, double k, double side)
{
	frame(s, side, part(k, 3, 1.6), chance_between(c, 1.3, 2.6));
	s->soft = .45;
	s->grain = 2;
	s->halo = chance_one_in(c, 3) ? .8 : 0;
	s->halo_radius = 1;
	s->quality = chance_one_in(c, 2) ? 0 : 90;
}

/* What all cheap cameras have in common. */
static void
cheap_camera(struct shot *s, struct chance *c)
{
	s->width = 640;
	s->height = 480;
	s->bayer = true;
	s->soft = chance_between(c, .5, .8);
	s->halo = chance_between(c, .6, 2);
	s->halo_radius = chance_between(c, .9, 1.4);
	s->grain = 0;
	s->quality = 55 + (int)chance_below(c, 30);
	s->exposure = chance_between(c, .6, 1.1);
	s->slant = chance_between(c, .1, .4);
	s->distance = chance_between(c, 2, 4);
}

static void
webcam(struct shot *s, struct chance *c, double k, double side)
{
	cheap_camera(s, c);
	s->px = part(k, 4.2, 2.2);
	if (s->px * (side + 6) > s->height)
		s->px = s->height / (side + 6);
	s->read_noise = part(k, .01, .035);
	s->shot_noise = part(k, .015, .05);
	s->defocus = part(k, .4, 1.1);
	s->tilt = chance_between(c, 0, 15) * DEGREE;
	s->turn += chance_between(c, -12, 12) * DEGREE;
}

static void
shadow(struct shot *s, struct chance *c, double k, double side)
{
	s->shadow = part(k, .5, .94);
	s->shadow_line = (struct shot_line){ chance_between(c, -.3, .3) * side,
		chance_between(c, 0, 2 * M_PI) };
	s->shadow_soft = ratio(chance_between(c, 0, 1), .5, 8);
	s->shadow_round =
	    chance_one_in(c, 2) ? chance_between(c, .25, .7) * side : 0;
}

/* A lamp's image over up to a fifth of the code. */
static void
glare(struct shot *s, struct chance *c, double k, double side)
{
	double radius = sqrt(part(k, .015, .2) / M_PI) * side;

	s->glares = 1;
	s->glare[0] = (struct shot_spot){ chance_between(c, -.5, .5) * side,
		chance_between(c, -.5, .5) * side, radius, 2 };
}

/* --- paper ---------------------------------------------------------------- */

static void
toner(struct shot *s, struct chance *c, double k, double side)
{
	unsigned which = chance_below(c, 5);
	double rest = k * .35;

	(void)side;
	s->fade = part(which == 0 || which == 4 ? k : rest, .1, .6);
	s->dropout = part(which == 1 || which == 4 ? k : rest, .05, .62);
	s->spread = part(which == 2 ? k : rest, .05, .36) *
	    (chance_one_in(c, 3) ? -1 : 1);
	s->smear = which == 3 ? part(k, .8, 3.4) : 0;
}

static void
fax(struct shot *s, struct chance *c, double k, double side)
{
	bool fine = chance_one_in(c, 2);

	s->px = .762 / 25.4 * 204; /* dots a module: standard's width */
	s->fax = .762 / 25.4 * (fine ? 196 : 98);
	s->width = (int)((side + 14) * s->px);
	s->height = (int)((side + 14) * s->fax);
	s->fax_stretched = !chance_one_in(c, 3);
	s->fax_level = .42 + part(k, 0, .16) * (chance_one_in(c, 2) ? 1 : -1);
	s->fax_errors = part(k, 0, .12);
	s->turn = chance_between(c, -2, 2) * DEGREE;
	s->grain = part(k, 5, 40);
	s->quality = 0;
}

static void
creases(struct shot *s, struct chance *c, double k, double side)
{
	s->folds = 1 + (int)chance_below(c, SHOT_FOLDS);
	for (int i = 0; i < s->folds; i++)
		s->fold[i] = (struct shot_fold){
			{ chance_between(c, -.4, .4) * side,
			    (i % 2 ? 90 : 0) * DEGREE +
				chance_between(c, -12, 12) * DEGREE },
			part(k, .05, .42) * (chance_one_in(c, 3) ? -1 : 1),
			part(k, .15, 1.3) * chance_between(c, .6, 1.2)
		};
	s->distance = chance_between(c, 2, 3.5);
}

static void
stain(struct shot *s, struct chance *c, double k, double side)
{
	s->stains = 1 + (int)chance_below(c, SHOT_STAINS);
	for (int i = 0; i < s->stains; i++)
		s->stain[i] =
		    (struct shot_spot){ chance_between(c, -.5, .5) * side,
			    chance_between(c, -.5, .5) * side,
			    chance_between(c, .08, .3) * side /
				sqrt((double)s->stains) * 1.5,
			    part(k, .3, .95) };
}

static void
ink(struct shot *s, struct chance *c, double k, double side)
{
	s->strokes = 1 + (int)(k * (SHOT_STROKES - 1));
	for (int i = 0; i < s->strokes; i++) {
		struct shot_stroke *t = &s->stroke[i];
		double angle = chance_between(c, 0, 2 * M_PI);
		double far = chance_between(c, .2, .55) * side;
		double x = chance_between(c, -.4, .4) * side;
		double y = chance_between(c, -.4, .4) * side;

		for (int j = 0; j < 4; j++) {
			double along = (j / 3.0 - .5) * 2 * far;

			t->x[j] = x + along * cos(angle) +
			    chance_between(c, -.2, .2) * side;
			t->y[j] = y + along * sin(angle) +
			    chance_between(c, -.2, .2) * side;
		}
		/* a pen's point is .5 to 1 mm, a marker's up to 2 */
		t->width = chance_between(c, .7, 1.4) *
		    (chance_one_in(c, 6) ? 1.9 : 1);
	}
}

/* The bottom right corner mostly: its module pattern is the least needed. Of
 * the others only so much that most of the corner's mark is left. */
static void
torn(struct shot *s, struct chance *c, double k, double side)
{
	s->torn_corner = chance_one_in(c, 3) ? (int)chance_below(c, 4) : 2;
	/* level M mends 15 % of its words, and a torn edge breaks more words
	 * than it covers */
	s->torn = part(k, .01, .115) * side * side;
	if (s->torn_corner != 2)
		s->torn = part(k, 6, 26);
}

static void
crumple(struct shot *s, struct chance *c, double k, double side)
{
	(void)side;
	s->crumple = part(k, .12, .75);
	s->distance = chance_between(c, 2, 3.5);
}

/* A telephone's or computer's screen, photographed. */
static void
screen(struct shot *s, struct chance *c, double k, double side)
{
	s->screen = 3 + (int)chance_below(c, 4);
	frame(s, side, s->screen * chance_between(c, .75, 1.7), 1.3);
	if (s->px < 3.2)
		frame(s, side, 3.2 + k, 1.3);
	s->soft = part(k, .5, .25);
	s->white = .75;
	s->ink = part(k, .015, .12); /* black of a screen, and the room in it */
	s->turn += chance_between(c, -10, 10) * DEGREE;
	s->tilt = chance_between(c, 0, 22) * DEGREE;
	s->halo = part(k, .3, 1.4);
	s->halo_radius = 1.1;
	s->veil = part(k, 0, .1);
}

/* Some of each, none of it at its worst. */
static void
all(struct shot *s, struct chance *c, double k, double side)
{
	double half = k * .36;
	double angle = chance_between(c, 0, 2 * M_PI);

	frame(s, side, chance_between(c, 4, 6), 1.5);
	s->tilt = part(half, 5, 50) * DEGREE;
	s->tilt_axis = chance_between(c, 0, 2 * M_PI);
	s->distance = chance_between(c, 2, 3.2);
	s->arc = part(half, 5, 90) * DEGREE;
	s->arc_axis = chance_between(c, 0, M_PI);
	s->barrel = .06;
	s->turn = chance_between(c, 0, 2 * M_PI);
	s->defocus = part(half, .2, .8) * s->px;
	s->move_x = part(half, .1, 1) * s->px * cos(angle);
	s->move_y = part(half, .1, 1) * s->px * sin(angle);
	s->grain = part(k, 4, 16);
	s->spread = part(half, 0, .3);
	s->fade = half * .3;
	shadow(s, c, half, side);
	creases(s, c, half * .6, side);
	s->folds = 1;
	s->exposure = .7;
	s->quality = (int)part(k, 80, 40);
}

/* --- pages that fail ------------------------------------------------------ */

static void
unreadable(struct shot *s, struct chance *c, double k, double side)
{
	unsigned which = chance_below(c, 3);

	(void)side;
	s->defocus = which == 0 ? part(k, 1.8, 2.6) * s->px : 0;
	s->move_x = which == 1 ? part(k, 20, 35) : 0;
	s->move_y = which == 1 ? part(k, 15, 2) : 0;
	s->dropout = which == 2 ? 1 : 0;
	s->grain = part(k, 2, 30);
}

static void
codeless(struct shot *s, struct chance *c, double k, double side)
{
	(void)c;
	(void)side;
	s->codeless = true;
	s->grain = part(k, 1, 20);
}

const struct kind asides[ASIDE_COUNT] = {
	{ "unreadable", "a page of which the code cannot be read", unreadable,
	    true },
	{ "codeless", "a page without a code", codeless, true },
};

const struct kind kinds[KIND_COUNT] = {
	{ "clean", "a flatbed scanner, 8.5 to 3.6 px a module", clean, true },
	{ "turn", "turned by 5 to 355 degrees", turn, true },
	{ "tilt", "camera tilted by 12 to 56 degrees, near", tilt, false },
	{ "curl", "around a cylinder: the code takes 25 to 110 degrees of it",
	    curl, false },
	{ "barrel", "lens distortion, 6 to 36 % at the corner", barrel, false },
	{ "focus", "out of focus: a disk of .35 to 1 module radius", focus,
	    true },
	{ "motion", "moved by .5 to 1.8 modules", motion, false },
	{ "noise", "noise of 12 to 95 levels", noise, false },
	{ "jpeg", "JPEG of quality 30 to 2 at 3 to 5 px a module", jpeg, true },
	{ "dim", "12 % of the light to .2 %", dim, true },
	{ "bright", "1.6 to 6 times too much light, running over", bright,
	    true },
	{ "contrast", "35 to 4 % difference between ink and paper", contrast,
	    true },
	{ "small", "3 to 1.6 px a module", small, false },
	{ "webcam", "640 x 480, color filter, noise, halo, JPEG", webcam,
	    false },
	{ "shadow", "an edge that takes 50 to 94 % of the light", shadow,
	    true },
	{ "glare", "a lamp's image over 1.5 to 20 % of the code", glare,
	    false },
	{ "toner", "bands, specks, spread, or smeared", toner, true },
	{ "fax", "black and white at 204 x 98 or 196, lines damaged", fax,
	    false },
	{ "creases", "1 to 4 folds, toner off along them", creases, false },
	{ "stain", "1 to 6 blots that take 30 to 95 % of the light", stain,
	    false },
	{ "ink", "1 to 10 strokes of a pen", ink, false },
	{ "torn", "a corner of 1 to 11.5 % of the code torn off", torn, false },
	{ "screen", "a screen photographed, with moire", screen, false },
	{ "crumple", "crumpled: points moved by .12 to .75 modules", crumple,
	    false },
	{ "all", "twelve of these at once", all, false },
};

/* --- what they begin with ------------------------------------------------- */

/* An ordinary photo of a telephone, held by hand in a room. */
static struct shot
ordinary(struct chance *c, double side)
{
	struct shot s = { .white = .8, .ink = .05, .exposure = 1 };

	frame(
	    &s, side, chance_between(c, 4, 6.5), chance_between(c, 1.25, 1.7));
	s.which = support_random(&c->state);
	s.turn = chance_between(c, -4, 4) * DEGREE;
	s.tilt = chance_between(c, 0, 6) * DEGREE;
	s.tilt_axis = chance_between(c, 0, 2 * M_PI);
	s.distance = chance_between(c, 2.5, 5);
	s.x = chance_between(c, -2, 2);
	s.y = chance_between(c, -2, 2);
	s.slant = chance_between(c, 0, .2);
	s.slant_angle = chance_between(c, 0, 2 * M_PI);
	s.soft = chance_between(c, .5, .75);
	s.grain = chance_between(c, 1.5, 3.5);
	s.quality = 85 + (int)chance_below(c, 11);
	return s;
}

/* The whole sheet in the frame, as people send it; no larger than needed. */
static void
show_whole(struct shot *s, const struct print *print, double px)
{
	double half = print->symbol.width / 2.0;
	double width = print->page.width / (double)PRINT_MODULE;
	double height = print->page.height / (double)PRINT_MODULE;

	s->defocus *= px / s->px;
	s->bloom *= px / s->px;
	s->px = px;
	s->width = (int)(width * px * 1.06);
	s->height = (int)(height * px * 1.06);
	s->x = width / 2 - print->code_x / (double)PRINT_MODULE - half;
	s->y = height / 2 - print->code_y / (double)PRINT_MODULE - half;
	s->distance *= height / print->symbol.width;
}

static bool
is_aside(const struct kind *kind)
{
	return kind >= asides && kind < asides + ASIDE_COUNT;
}

struct shot
kind_shot(const struct kind *kind, const struct print *print, uint64_t seed,
    unsigned i)
{
	struct chance c = chance_of(seed, kind->name, i);
	struct chance of_kind = chance_of(seed, kind->name, UINT32_MAX);
	double strength = chance_spread(i, chance_between(&of_kind, 0, 1));
	double side = print->symbol.width;
	struct shot s = ordinary(&c, side);

	kind->damage(&s, &c, strength, side);
	if (is_aside(kind))
		show_whole(&s, print, 4.15);
	else if (kind->whole && chance_one_in(&c, 6))
		show_whole(&s, print, chance_between(&c, 4, 5.6));
	return s;
}

struct shot
kind_frame(
    const struct print *print, uint64_t seed, unsigned film, unsigned frame)
{
	struct chance c = chance_of(seed, "film", film);
	double side = print->symbol.width;
	struct shot s = ordinary(&c, side);
	double far, angle;

	cheap_camera(&s, &c);
	s.px = chance_between(&c, 2.2, 3);
	s.read_noise = chance_between(&c, .03, .07);
	s.shot_noise = chance_between(&c, .04, .08);
	s.defocus = chance_between(&c, .5, 1.1);
	s.turn = chance_between(&c, -10, 10) * DEGREE;
	/* from here on each frame has its own */
	c = chance_of(seed, "frame", film * 64 + frame);
	far = chance_between(&c, .3, 1.6) * s.px;
	angle = chance_between(&c, 0, 2 * M_PI);
	s.move_x = far * cos(angle);
	s.move_y = far * sin(angle);
	s.turn += chance_between(&c, -4, 4) * DEGREE;
	s.tilt = chance_between(&c, 0, 14) * DEGREE;
	s.tilt_axis = chance_between(&c, 0, 2 * M_PI);
	s.x += chance_between(&c, -5, 5);
	s.y += chance_between(&c, -4, 4);
	s.px *= chance_between(&c, .95, 1.05);
	if (s.px * (side + 10) > s.height)
		s.px = s.height / (side + 10);
	return s;
}
