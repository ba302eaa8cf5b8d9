/*
 * camera.c - lens, sensor, and what cameras do to make it look better
 * (shot.h). Light is linear until the sensor's curve, then in levels of 0 to
 * 255 as files have it.
 */
#include "tests/bench/captures/shot.h"

#include <math.h>

#define CURVE 2.2 /* of files, about sRGB's */

typedef double change(const struct shot *shot, struct chance *c, double value);

static void
each_pixel(const struct shot *shot, struct chance *c, struct photo *picture,
    change *what)
{
	for (int y = 0; y < picture->height; y++)
		for (int x = 0; x < picture->width; x++) {
			float *at = photo_pixel(picture, x, y);

			*at = (float)what(shot, c, *at);
		}
}

static double
held(double value, double most)
{
	return value < 0 ? 0 : value > most ? most : value;
}

/* --- lens ----------------------------------------------------------------- */

static void
draw_sharp_or_not(const struct shot *shot, struct photo *picture)
{
	static struct spread spread; /* large */

	photo_gauss(picture, shot->soft);
	if (shot->defocus > 0) {
		spread_disk(&spread, shot->defocus);
		photo_blur(picture, &spread);
	}
	if (shot->move_x != 0 || shot->move_y != 0) {
		spread_curve(
		    &spread, shot->move_x, shot->move_y, shot->move_bend);
		photo_blur(picture, &spread);
	}
}

static double
gained(const struct shot *shot, struct chance *c, double value)
{
	(void)c;
	return value * shot->exposure + shot->veil;
}

/* --- sensor --------------------------------------------------------------- */

/* Light comes in grains, and reading them out adds its own noise. */
static double
noisy(const struct shot *shot, struct chance *c, double value)
{
	double deviation = sqrt(shot->read_noise * shot->read_noise +
	    shot->shot_noise * shot->shot_noise * held(value, 4));

	return held(value + deviation * chance_normal(c), 1);
}

/*
 * Each pixel of a sensor sees one color, in squares of four: green red / blue
 * green. Paper is gray, but its light never is, so the colors differ; what
 * lacks is taken from the neighbors.
 */
static double
color_gain(int x, int y)
{
	static const double gain[2][2] = { { 1, .82 }, { .74, 1 } };

	return gain[y & 1][x & 1];
}

/* The mean of one color around a pixel, white balanced nearly right. */
static double
color_near(const struct photo *raw, int x, int y, int want_x, int want_y)
{
	static const double balance[2][2] = { { 1, 1.17 }, { 1.28, 1 } };
	double sum = 0;
	int count = 0;

	for (int dy = -1; dy <= 1; dy++)
		for (int dx = -1; dx <= 1; dx++) {
			int at_x = x + dx, at_y = y + dy;
			bool green = want_x == want_y;

			if (at_x < 0 || at_y < 0 || at_x >= raw->width ||
			    at_y >= raw->height)
				continue;
			if (green
				? (at_x & 1) != (at_y & 1)
				: (at_x & 1) != want_x || (at_y & 1) != want_y)
				continue;
			sum += *photo_pixel(raw, at_x, at_y);
			count++;
		}
	return count > 0 ? sum / count * balance[want_y][want_x] : 0;
}

static void
mosaic(const struct shot *shot, struct chance *c, struct photo *picture)
{
	struct photo raw = photo_new(picture->width, picture->height);

	for (int y = 0; y < raw.height; y++)
		for (int x = 0; x < raw.width; x++)
			*photo_pixel(&raw, x, y) = (float)noisy(shot, c,
			    *photo_pixel(picture, x, y) * color_gain(x, y));
	for (int y = 0; y < raw.height; y++)
		for (int x = 0; x < raw.width; x++)
			*photo_pixel(picture, x, y) =
			    (float)held(.3 * color_near(&raw, x, y, 1, 0) +
				    .59 * color_near(&raw, x, y, 0, 0) +
				    .11 * color_near(&raw, x, y, 0, 1),
				1);
	photo_free(&raw);
}

static double
curved(const struct shot *shot, struct chance *c, double value)
{
	(void)shot;
	(void)c;
	return 255 * pow(held(value, 1), 1 / CURVE);
}

/* --- corrections ---------------------------------------------------------- */

/* Noise as it is left in files: in levels, and smeared by its removal. */
static void
add_grain(const struct shot *shot, struct chance *c, struct photo *picture)
{
	struct photo grain = photo_new(picture->width, picture->height);
	/* smearing takes this much of it */
	double soft = shot->grain_soft;
	double more = soft > .2 ? 2 * sqrt(M_PI) * soft : 1;

	for (int y = 0; y < grain.height; y++)
		for (int x = 0; x < grain.width; x++)
			*photo_pixel(&grain, x, y) =
			    (float)(shot->grain * more * chance_normal(c));
	photo_gauss(&grain, soft);
	for (int y = 0; y < grain.height; y++)
		for (int x = 0; x < grain.width; x++)
			*photo_pixel(picture, x, y) +=
			    *photo_pixel(&grain, x, y);
	photo_free(&grain);
}

/* Edges made stronger than they are, with a light and a dark line beside. */
static void
sharpen(const struct shot *shot, struct photo *picture)
{
	struct photo soft = photo_new(picture->width, picture->height);

	for (int y = 0; y < soft.height; y++)
		for (int x = 0; x < soft.width; x++)
			*photo_pixel(&soft, x, y) = *photo_pixel(picture, x, y);
	photo_gauss(&soft, shot->halo_radius);
	for (int y = 0; y < soft.height; y++)
		for (int x = 0; x < soft.width; x++) {
			float *at = photo_pixel(picture, x, y);

			*at += (float)shot->halo *
			    (*at - *photo_pixel(&soft, x, y));
		}
	photo_free(&soft);
}

static double
level(const struct shot *shot, struct chance *c, double value)
{
	(void)shot;
	(void)c;
	return held(floor(value + .5), 255);
}

/* Wells of the sensor that are full run over into their neighbors. */
static void
run_over(const struct shot *shot, struct photo *picture)
{
	static struct spread spread; /* large */

	spread_disk(&spread, shot->bloom);
	photo_blur(picture, &spread);
}

void
shot_develop(const struct shot *shot, struct chance *c, struct photo *picture)
{
	draw_sharp_or_not(shot, picture);
	each_pixel(shot, c, picture, gained);
	if (shot->bloom > 0)
		run_over(shot, picture);
	if (shot->bayer)
		mosaic(shot, c, picture);
	else
		each_pixel(shot, c, picture, noisy);
	each_pixel(shot, c, picture, curved);
	if (shot->grain > 0)
		add_grain(shot, c, picture);
	if (shot->halo > 0)
		sharpen(shot, picture);
	each_pixel(shot, c, picture, level);
}

/* --- fax ------------------------------------------------------------------ */

/* One line, as the scanner of the sending machine sees it. */
static void
fax_row(const struct shot *shot, const struct print *print,
    const struct photo *paper, struct chance *c, struct photo *out, int y)
{
	/* the feed is not even, so lines are not at even distances */
	double jitter = .12 * chance_smooth(shot->which + 141, y / 7.0, 0);
	double width = 1 / shot->px, height = 1 / shot->fax;

	for (int x = 0; x < out->width; x++) {
		double a = (x + .5 - out->width / 2.0) * width, sum = 0;
		double b = (y + .5 + jitter - out->height / 2.0) * height;

		for (int i = 0; i < 16; i++) {
			double u = a + ((i % 4 + .5) / 4 - .5) * width * 1.3;
			double v = b + ((i / 4 + .5) / 4 - .5) * height * 1.3;
			double turned_u =
			    u * cos(shot->turn) - v * sin(shot->turn);
			double turned_v =
			    u * sin(shot->turn) + v * cos(shot->turn);
			double half = print->symbol.width / 2.0;

			sum += photo_between(paper,
			    (turned_u + shot->x + half) * PRINT_MODULE +
				print->code_x,
			    (turned_v + shot->y + half) * PRINT_MODULE +
				print->code_y);
		}
		sum = sum / 16 + shot->grain / 255 * chance_normal(c);
		*photo_pixel(out, x, y) = sum > shot->fax_level ? 255 : 0;
	}
}

/* A line that came damaged: the machine repeats the one above, or what is
 * behind the damage is shifted. */
static void
damage_row(struct chance *c, struct photo *out, int y)
{
	int from = (int)chance_below(c, (unsigned)out->width);
	int by = (int)chance_below(c, 25) - 12;
	bool repeat = chance_one_in(c, 2);

	for (int x = repeat ? 0 : from; x < out->width; x++)
		*photo_pixel(out, x, y) = repeat
		    ? *photo_pixel(out, x, y - 1)
		    : *photo_pixel(out, x + by, y - 1);
}

struct photo
shot_fax(const struct shot *shot, const struct print *print,
    const struct photo *paper, struct chance *c)
{
	int rows = shot->height;
	struct photo out = photo_new(shot->width, rows), tall;

	for (int y = 0; y < rows; y++)
		fax_row(shot, print, paper, c, &out, y);
	for (int y = 1; y < rows; y++)
		if (chance_between(c, 0, 1) < shot->fax_errors)
			damage_row(c, &out, y);
	if (!shot->fax_stretched)
		return out;
	tall = photo_new(out.width, (int)(rows * shot->px / shot->fax));
	for (int y = 0; y < tall.height; y++)
		for (int x = 0; x < tall.width; x++)
			*photo_pixel(&tall, x, y) = *photo_pixel(
			    &out, x, (int)(y * shot->fax / shot->px));
	photo_free(&out);
	return tall;
}
