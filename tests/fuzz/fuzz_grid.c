/*
 * Any pixels, through everything that reads symbols module by module, with
 * whatever an earlier frame is said to hold. Bytes: what is held, a width, what
 * to draw there first, pixels.
 */
#include "decode/grid.h"
#include "decode/qr.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH_MIN 32
#define WORK_MAX  40000000

static void
take(void *arg, const struct gray *symbol, const struct found_place *place)
{
	(void)arg;
	if (!gray_fits(symbol->width, symbol->height) || place->left > 65536 ||
	    place->right > 65536 || place->top > place->bottom ||
	    place->left > place->right)
		abort();
}

/* A symbol without data, so that most of what follows is reached. */
static void
draw(struct gray *picture, int version, unsigned pixels, unsigned shift)
{
	static uint8_t kind[QR_MODULE_MAX];
	uint32_t x, y, side = (uint32_t)qr_side(version);

	qr_layout(version, kind);
	for (y = 0; y < picture->height; y++)
		for (x = 0; x < picture->width; x++) {
			uint32_t i = (x + y * shift / 64) / pixels - 4;
			uint32_t j = y / pixels - 4;

			if (i < side && j < side &&
			    kind[j * side + i] != QR_LIGHT)
				gray_row(picture, y)[x] &=
				    kind[j * side + i] == QR_DARK ? 30 : 190;
		}
}

static void
read_picture(const struct gray *picture, const struct held *held)
{
	struct grid *grid = grid_new();
	struct work work = { 0, WORK_MAX, WORK_MAX };
	const struct held *now;

	if (grid == NULL)
		return;
	grid_begin(grid, picture, &work, take, NULL);
	grid_hold(grid, held);
	grid_look(grid, picture, GRID_TRIPLES);
	grid_look(grid, picture, GRID_PAIRS);
	now = grid_held(grid);
	if (now->version < 0 || now->version > QR_VERSION_MAX)
		abort();
	grid_free(&grid);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct held held;
	struct reader r = { data, len };
	struct gray picture = { 0 };
	uint8_t width = 0, version = 0, pixels = 0, shift = 0;
	uint32_t side;

	if (!held_read(&r, &held) || !reader_byte(&r, &width) ||
	    !reader_byte(&r, &version) || !reader_byte(&r, &pixels) ||
	    !reader_byte(&r, &shift) || r.left == 0)
		return 0;
	side = WIDTH_MIN + width;
	if (!gray_new(&picture, side, side))
		return 0;
	for (uint32_t i = 0; i < side * side; i++)
		picture.at[i] =
		    (uint8_t)(255 - r.at[i % r.left] / (1 + (shift & 3)));
	if (version > 0)
		draw(&picture, version % QR_VERSION_MAX + 1,
		    (unsigned)pixels % 6 + 1, shift);
	read_picture(&picture, &held);
	gray_free(&picture);
	return 0;
}
