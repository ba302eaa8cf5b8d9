/*
 * photo.c - photo.h.
 */
#include "tests/bench/captures/photo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct photo
photo_new(int width, int height)
{
	struct photo f = { width, height, NULL };

	f.at = calloc((size_t)width * (size_t)height, sizeof(*f.at));
	if (f.at == NULL)
		abort();
	return f;
}

void
photo_free(struct photo *photo)
{
	free(photo->at);
	*photo = (struct photo){ 0 };
}

static int
inside(int at, int size)
{
	return at < 0 ? 0 : at >= size ? size - 1 : at;
}

float *
photo_pixel(const struct photo *photo, int x, int y)
{
	return photo->at +
	    (size_t)inside(y, photo->height) * (size_t)photo->width +
	    inside(x, photo->width);
}

double
photo_between(const struct photo *photo, double x, double y)
{
	double left = floor(x - .5), top = floor(y - .5);
	double fx = x - .5 - left, fy = y - .5 - top;
	int ix = (int)left, iy = (int)top;
	const float *up = photo_pixel(photo, ix, iy);
	const float *down = photo_pixel(photo, ix, iy + 1);
	int next = ix < 0 || ix + 1 >= photo->width ? 0 : 1;

	return (up[0] * (1 - fx) + up[next] * fx) * (1 - fy) +
	    (down[0] * (1 - fx) + down[next] * fx) * fy;
}

static void
spread_start(struct spread *out, double radius)
{
	memset(out, 0, sizeof(*out));
	out->radius = inside((int)ceil(radius), SPREAD_MAX + 1);
}

static float *
weight_at(struct spread *spread, int x, int y)
{
	return &spread->weight[y + spread->radius][x + spread->radius];
}

static void
spread_end(struct spread *out)
{
	int r = out->radius;
	double sum = 0;

	for (int y = -r; y <= r; y++)
		for (int x = -r; x <= r; x++)
			sum += (double)*weight_at(out, x, y);
	for (int y = -r; y <= r; y++)
		for (int x = -r; x <= r; x++)
			*weight_at(out, x, y) =
			    (float)((double)*weight_at(out, x, y) / sum);
}

/* How much of a pixel is within the radius, by 8 x 8 points. */
void
spread_disk(struct spread *out, double radius)
{
	int r;

	spread_start(out, radius + .5);
	r = out->radius;
	for (int y = -8 * r - 4; y < 8 * r + 4; y++)
		for (int x = -8 * r - 4; x < 8 * r + 4; x++) {
			double dx = (x + .5) / 8, dy = (y + .5) / 8;

			if (dx * dx + dy * dy <= radius * radius)
				*weight_at(
				    out, (int)lround(dx), (int)lround(dy)) += 1;
		}
	if (radius < .1)
		*weight_at(out, 0, 0) = 1;
	spread_end(out);
}

void
spread_gauss(struct spread *out, double deviation)
{
	int r;

	spread_start(out, 3 * deviation);
	r = out->radius;
	for (int y = -r; y <= r; y++)
		for (int x = -r; x <= r; x++)
			*weight_at(out, x, y) = (float)exp(
			    -(x * x + y * y) / (2 * deviation * deviation));
	spread_end(out);
}

/* One point, shared by the four pixels around it. */
static void
add_point(struct spread *out, double x, double y)
{
	int ix = (int)floor(x), iy = (int)floor(y), r = out->radius;
	double fx = x - ix, fy = y - iy;

	if (ix < -r || iy < -r || ix + 1 > r || iy + 1 > r)
		return;
	*weight_at(out, ix, iy) += (float)((1 - fx) * (1 - fy));
	*weight_at(out, ix + 1, iy) += (float)(fx * (1 - fy));
	*weight_at(out, ix, iy + 1) += (float)((1 - fx) * fy);
	*weight_at(out, ix + 1, iy + 1) += (float)(fx * fy);
}

void
spread_curve(struct spread *out, double dx, double dy, double bend)
{
	spread_start(out, hypot(dx, dy) * (.5 + fabs(bend)) + 1);
	for (int i = 0; i < 400; i++) {
		double t = (i + .5) / 400 - .5;
		double aside = bend * (4 * t * t - .5);

		add_point(out, dx * t - dy * aside, dy * t + dx * aside);
	}
	spread_end(out);
}

void
spread_line(struct spread *out, double dx, double dy)
{
	spread_curve(out, dx, dy, 0);
}

/* One row of the picture, moved by one weight's place. */
static void
add_row(const struct photo *in, int x, int y, float weight, float *sum)
{
	const float *row = photo_pixel(in, 0, y);
	int width = in->width, from = x < 0 ? -x : 0;
	int to = x > 0 ? width - x : width;

	for (int i = 0; i < from && i < width; i++)
		sum[i] += weight * row[0];
	for (int i = from; i < to; i++)
		sum[i] += weight * row[i + x];
	for (int i = to < 0 ? 0 : to; i < width; i++)
		sum[i] += weight * row[width - 1];
}

void
photo_blur(struct photo *photo, const struct spread *spread)
{
	struct photo out = photo_new(photo->width, photo->height);
	int r = spread->radius;

	for (int y = 0; y < out.height; y++)
		for (int dy = -r; dy <= r; dy++)
			for (int dx = -r; dx <= r; dx++) {
				float w = spread->weight[dy + r][dx + r];

				if (w > 1e-6f)
					add_row(photo, dx, y + dy, w,
					    photo_pixel(&out, 0, y));
			}
	photo_free(photo);
	*photo = out;
}

void
photo_gauss(struct photo *photo, double deviation)
{
	static struct spread spread; /* large */

	if (deviation < .05)
		return;
	spread_gauss(&spread, deviation);
	photo_blur(photo, &spread);
}
