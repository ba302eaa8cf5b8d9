/*
 * search.c - the order of attempts is measured: docs/reading.md has
 * the table. Cheap ones that help most pictures come first.
 */
#include "decode/search.h"

#include "decode/corner.h"

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

/* A code wants some 3 to 8 pixels a module; larger pictures only cost time. */
#define LARGE (16u << 20)
#define SMALL (3u << 20) /* worth doubling */

/*
 * What a pixel costs, in nanoseconds: zbar's pass over paper with grain or a
 * photo with noise, making a shape, drawing a page.
 */
#define WORK_PIXEL 22
#define WORK_SHAPE 10
#define WORK_DRAWN 20

/* Places that are remembered: each code is read once or twice. */
#define SEEN_MAX (2 * SCAN_CODE_MAX)

struct search {
	zbar_image_scanner_t *zbar;
	struct found *found;
	int64_t work; /* done for this picture or page */
	int64_t work_max;
	size_t seen_count;
	struct found_place seen[SEEN_MAX]; /* of codes that were read */
};

struct search *
search_new(struct found *found)
{
	struct search *search = calloc(1, sizeof(*search));

	if (search == NULL)
		return NULL;
	search->found = found;
	search->work_max = SEARCH_WORK_MAX;
	search->zbar = zbar_image_scanner_create();
	if (search->zbar == NULL) {
		free(search);
		return NULL;
	}
	zbar_image_scanner_set_config(search->zbar, 0, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(
	    search->zbar, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	/* bytes as they are: its guesses about character sets change them */
	zbar_image_scanner_set_config(
	    search->zbar, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
	return search;
}

void
search_begin(struct search *search, int64_t work_max)
{
	search->work_max = work_max;
	search->work = 0;
	search->seen_count = 0;
}

void
search_drawn(struct search *search, size_t pixels)
{
	search->work += (int64_t)pixels * WORK_DRAWN;
}

/* A corner in 65536ths of a side. */
static uint32_t
part_of(int at, uint32_t side)
{
	if (at <= 0)
		return 0;
	return (uint32_t)((uint64_t)at * 65536 / side);
}

static struct found_place
place_of(const zbar_symbol_t *symbol, const struct gray *picture)
{
	struct found_place place = { UINT32_MAX, 0, UINT32_MAX, 0 };
	unsigned i, corners = zbar_symbol_get_loc_size(symbol);

	for (i = 0; i < corners; i++) {
		uint32_t x =
		    part_of(zbar_symbol_get_loc_x(symbol, i), picture->width);
		uint32_t y =
		    part_of(zbar_symbol_get_loc_y(symbol, i), picture->height);

		if (y < place.top)
			place.top = y;
		if (y > place.bottom)
			place.bottom = y;
		if (x < place.left)
			place.left = x;
		if (x > place.right)
			place.right = x;
	}
	return place;
}

static void
add_symbols(
    struct search *search, zbar_image_t *image, const struct gray *picture)
{
	const zbar_symbol_t *symbol;

	for (symbol = zbar_image_first_symbol(image); symbol != NULL;
	     symbol = zbar_symbol_next(symbol)) {
		struct found_place place = place_of(symbol, picture);

		if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE)
			continue;
		if (search->seen_count < SEEN_MAX)
			search->seen[search->seen_count++] = place;
		found_add(search->found, &place, zbar_symbol_get_data(symbol),
		    zbar_symbol_get_data_length(symbol));
	}
}

/* One attempt. */
static void
look(struct search *search, const struct gray *picture)
{
	zbar_image_t *image = zbar_image_create();

	search->work += (int64_t)gray_size(picture) * WORK_PIXEL;
	if (image == NULL) {
		found_bad(search->found, ERR_MEMORY);
		return;
	}
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, picture->width, picture->height);
	zbar_image_set_data(image, picture->at, gray_size(picture), NULL);
	if (zbar_scan_image(search->zbar, image) > 0)
		add_symbols(search, image, picture);
	zbar_image_destroy(image);
}

/* One attempt at a picture made for it. */
static void
look_and_free(struct search *search, bool made, struct gray *picture)
{
	if (made) {
		search->work += (int64_t)gray_size(picture) * WORK_SHAPE;
		look(search, picture);
	}
	gray_free(picture);
}

static void
look_at_half(struct search *search, const struct gray *picture)
{
	struct gray half = { 0 };

	look_and_free(search, gray_half(picture, &half), &half);
}

void
search_quick(struct search *search, const struct gray *picture)
{
	look(search, picture);
	look_at_half(search, picture);
}

/*
 * One shape to show zbar: first a scale, then a filter. Scales are num/den
 * of the picture; a filter's radius counts pixels after scaling.
 */
enum filter { PLAIN, SHARPEN, BLUR, THRESHOLD, STRETCH, INVERT };

struct shape {
	unsigned num, den;
	enum filter filter;
	unsigned radius;
	int amount; /* of sharpening, in 256ths */
};

static bool
apply(const struct shape *shape, const struct gray *in, struct gray *out)
{
	switch (shape->filter) {
	case PLAIN:
		return gray_resize(in, 1, 1, out);
	case SHARPEN:
		return gray_sharpen(in, shape->radius, shape->amount, out);
	case BLUR:
		return gray_blur(in, shape->radius, out);
	case THRESHOLD:
		return gray_threshold(in, shape->radius, out);
	case STRETCH:
		return gray_stretch(in, out);
	case INVERT:
		return gray_invert(in, out);
	}
	return false;
}

static bool
make(const struct shape *shape, const struct gray *in, struct gray *out)
{
	struct gray scaled = { 0 };
	bool done;

	if (shape->num == shape->den)
		return apply(shape, in, out);
	if (shape->num * 2 == shape->den)
		done = gray_half(in, &scaled);
	else
		done = gray_resize(in, shape->num, shape->den, &scaled);
	done = done && apply(shape, &scaled, out);
	gray_free(&scaled);
	return done;
}

static const struct shape shapes[] = {
	{ 1, 1, SHARPEN, 2, 512 },
	{ 1, 1, THRESHOLD, 12, 0 },
	{ 1, 1, BLUR, 1, 0 },
	{ 2, 1, SHARPEN, 2, 512 },
	{ 1, 2, SHARPEN, 1, 512 },
	{ 1, 2, THRESHOLD, 8, 0 },
	{ 1, 1, SHARPEN, 4, 1024 },
	{ 1, 1, THRESHOLD, 40, 0 },
	{ 2, 3, PLAIN, 0, 0 },
	{ 2, 3, SHARPEN, 2, 512 },
	{ 3, 2, SHARPEN, 3, 512 },
	{ 3, 1, SHARPEN, 3, 512 },
	{ 2, 1, THRESHOLD, 16, 0 },
	{ 1, 1, STRETCH, 0, 0 },
	{ 1, 1, INVERT, 0, 0 },
};

static size_t
size_of(const struct shape *shape, const struct gray *picture)
{
	return gray_size(picture) * shape->num * shape->num /
	    (shape->den * shape->den);
}

/* Is it small enough to be worth it, and is there work left for it? */
static bool
is_worth_it(const struct search *search, size_t size, bool grown)
{
	return (!grown || size <= LARGE) &&
	    search->work + (int64_t)size * (WORK_PIXEL + WORK_SHAPE) <=
	    search->work_max;
}

static void
try_shapes(struct search *search, const struct gray *picture)
{
	struct gray shape = { 0 };
	size_t i;

	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (search->found->letter)
			return;
		if (is_worth_it(search, size_of(&shapes[i], picture),
			shapes[i].num > shapes[i].den))
			look_and_free(
			    search, make(&shapes[i], picture, &shape), &shape);
	}
}

/*
 * Large photos are brought to a size that suits the shapes first; what only
 * shows at their full size comes last.
 */
void
search_thorough(struct search *search, const struct gray *picture)
{
	struct gray half = { 0 };

	if (search->found->letter)
		return;
	if (gray_size(picture) > SMALL && gray_half(picture, &half)) {
		search_thorough(search, &half);
		gray_free(&half);
	}
	try_shapes(search, picture);
}

/* White over a code that was read, and a little around it. */
static void
cover(struct gray *picture, const struct found_place *place)
{
	uint64_t more = (place->bottom - place->top) / 16;
	uint64_t top = place->top > more ? place->top - more : 0;
	uint64_t left = place->left > more ? place->left - more : 0;
	uint64_t from = left * picture->width / 65536;
	uint64_t to = (place->right + more) * picture->width / 65536;
	uint64_t end = (place->bottom + more) * picture->height / 65536, y;

	if (to > picture->width)
		to = picture->width;
	for (y = top * picture->height / 65536;
	     y < end && y < picture->height && from < to; y++)
		memset(gray_row(picture, (uint32_t)y) + from, 255,
		    (size_t)(to - from));
}

/* The picture without the codes that were read. */
static bool
covered(const struct search *search, const struct gray *in, struct gray *out)
{
	size_t i;

	if (!gray_new(out, in->width, in->height))
		return false;
	memcpy(out->at, in->at, gray_size(in));
	for (i = 0; i < search->seen_count; i++)
		cover(out, &search->seen[i]);
	return true;
}

bool
search_has_more(struct search *search, const struct gray *picture)
{
	struct gray rest = { 0 };
	bool more;

	search->work += (int64_t)gray_size(picture) * WORK_SHAPE;
	more = covered(search, picture, &rest) && corner_three(&rest);
	gray_free(&rest);
	return more;
}

void
search_rest(struct search *search, const struct gray *picture)
{
	struct gray rest = { 0 };
	bool another = true;

	while (another && search->found->letter &&
	    search_has_more(search, picture) &&
	    covered(search, picture, &rest)) {
		search->found->letter = false;
		search_thorough(search, &rest);
		another = search->found->letter;
		search->found->letter = true;
		gray_free(&rest);
	}
}

void
search_picture(struct search *search, const struct gray *picture)
{
	search_quick(search, picture);
	search_thorough(search, picture);
	search_rest(search, picture);
}

void
search_free(struct search **search)
{
	if (*search == NULL)
		return;
	zbar_image_scanner_destroy((*search)->zbar);
	free(*search);
	*search = NULL;
}
