/*
 * photo.h - light as numbers: a picture of floats, and blurring it by the
 * shape that a point of light takes (point spread function).
 *
 * Out of memory ends the program: these are tools for benchmarks.
 */
#ifndef CAPTURES_PHOTO_H
#define CAPTURES_PHOTO_H

/* Rows from top to bottom. Start as {0}. */
struct photo {
	int width, height;
	float *at;
};

/* photo_new - all zero; photo_free - then {0} again. */
struct photo photo_new(int width, int height);
void photo_free(struct photo *photo);

/* photo_pixel - borrowed; what is outside is the nearest one inside. */
float *photo_pixel(const struct photo *photo, int x, int y);

/* photo_between - the value between four pixels; middles of pixels are at
 * halves, what is outside is the nearest. */
double photo_between(const struct photo *photo, double x, double y);

/* What a point of light becomes, as weights that sum to 1. */
#define SPREAD_MAX 40 /* pixels to each side */
struct spread {
	int radius;
	float weight[2 * SPREAD_MAX + 1][2 * SPREAD_MAX + 1];
};

/*
 * spread_disk    a lens out of focus; radius in pixels
 * spread_gauss   many small things at once
 * spread_line    a straight movement; dx, dy in pixels
 * spread_curve   a movement of a hand: the same, bent aside by `bend` of its
 *                length
 * photo_blur     by one of these, in place
 */
void spread_disk(struct spread *out, double radius);
void spread_gauss(struct spread *out, double deviation);
void spread_line(struct spread *out, double dx, double dy);
void spread_curve(struct spread *out, double dx, double dy, double bend);
void photo_blur(struct photo *photo, const struct spread *spread);

/* photo_gauss - photo_blur() by spread_gauss(); under .05 px nothing. */
void photo_gauss(struct photo *photo, double deviation);

#endif
