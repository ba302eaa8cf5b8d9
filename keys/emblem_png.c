/*
 * emblem_png.c - emblem_png.h.
 */
#include "keys/emblem_png.h"

#include "base/i18n.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_LEN 33 /* signature and IHDR (PNG, 5.2 and 11.2.2) */
#define BIT_DEPTH  24 /* its place in the file */

enum direction { EAST, SOUTH, WEST, NORTH };
static const int step_x[] = { 1, 0, -1, 0 }, step_y[] = { 0, 1, 0, -1 };

struct raster {
	int width, height;
	uint8_t *gray; /* a byte a pixel */
	uint8_t *used; /* edges that were drawn, a bit a direction a corner */
};

bool
emblem_is_png(const struct bytes *file)
{
	return file->len >= HEADER_LEN && png_sig_cmp(file->at, 0, 8) == 0;
}

static bool
is_black(const struct raster *r, int x, int y)
{
	return x >= 0 && y >= 0 && x < r->width && y < r->height &&
	    r->gray[y * r->width + x] < 128;
}

/* Is there an edge from this corner, with black at its right? */
static bool
is_edge(const struct raster *r, int x, int y, enum direction direction)
{
	switch (direction) {
	case EAST:
		return is_black(r, x, y) && !is_black(r, x, y - 1);
	case SOUTH:
		return is_black(r, x - 1, y) && !is_black(r, x, y);
	case WEST:
		return is_black(r, x - 1, y - 1) && !is_black(r, x - 1, y);
	case NORTH:
		return is_black(r, x, y - 1) && !is_black(r, x - 1, y - 1);
	}
	return false;
}

static uint8_t *
used_at(const struct raster *r, int x, int y)
{
	return &r->used[y * (r->width + 1) + x];
}

/* To the right, straight on or to the left; false: back where it began. */
static bool
turn(const struct raster *r, int x, int y, enum direction *direction)
{
	static const unsigned turns[] = { 1, 0, 3 };
	enum direction next;
	int i;

	for (i = 0; i < 3; i++) {
		next = (enum direction)(((unsigned)*direction + turns[i]) % 4);
		if (is_edge(r, x, y, next) &&
		    (*used_at(r, x, y) & 1 << next) == 0) {
			*direction = next;
			return true;
		}
	}
	return false;
}

/* Each edge belongs to one shape, so each is passed once. */
static void
trace(const struct raster *r, int x, int y, struct bytes *out)
{
	enum direction direction = EAST, before;

	bytes_addf(out, " M %d %d", x, y);
	do {
		before = direction;
		*used_at(r, x, y) |= (uint8_t)(1 << direction);
		x += step_x[direction];
		y += step_y[direction];
		if (!turn(r, x, y, &direction))
			break;
		if (direction != before)
			bytes_addf(out, " L %d %d", x, y);
	} while (!out->failed);
	bytes_add_text(out, " Z");
}

static void
trace_all(const struct raster *r, struct bytes *out)
{
	int x, y;

	bytes_addf(out, "%d %d", r->width, r->height);
	for (y = 0; y < r->height; y++)
		for (x = 0; x < r->width; x++)
			if (is_edge(r, x, y, EAST) &&
			    (*used_at(r, x, y) & 1 << EAST) == 0)
				trace(r, x, y, out);
}

static enum err
read_pixels(png_image *image, struct raster *r, struct errtext *err)
{
	const png_color white = { 255, 255, 255 };

	image->format = PNG_FORMAT_GRAY;
	r->width = (int)image->width;
	r->height = (int)image->height;
	r->gray = malloc(PNG_IMAGE_SIZE(*image));
	r->used = calloc((size_t)r->width + 1, (size_t)r->height + 1);
	if (r->gray == NULL || r->used == NULL)
		return err_memory(err);
	if (!png_image_finish_read(image, &white, r->gray, 0, NULL))
		return err_set(err, ERR_DATA, _("the picture is damaged"));
	return ERR_OK;
}

enum err
emblem_from_png(
    const struct bytes *file, struct bytes *out, struct errtext *err)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	struct raster r = { 0 };
	enum err rc;

	if (file->at[BIT_DEPTH] != 1)
		return err_set(err, ERR_DATA,
		    _("the picture must be black and white: one bit a pixel"));
	if (!png_image_begin_read_from_memory(&image, file->at, file->len))
		return err_set(err, ERR_DATA, _("the picture is damaged"));
	if (image.width > EMBLEM_PIXELS_MAX || image.height > EMBLEM_PIXELS_MAX)
		rc = err_set(err, ERR_LIMIT,
		    _("the picture has more than %d pixels a side"),
		    EMBLEM_PIXELS_MAX);
	else if ((rc = read_pixels(&image, &r, err)) == ERR_OK)
		trace_all(&r, out);
	png_image_free(&image);
	free(r.gray);
	free(r.used);
	return rc;
}
