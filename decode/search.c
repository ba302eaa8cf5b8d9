/*
 * search.c - the order of attempts is measured: docs/reading.md has
 * the table. Cheap ones that help most pictures come first.
 */
#include "decode/search.h"

#include "decode/corner.h"
#include "decode/crowd.h"
#include "decode/grid.h"
#include "decode/shape.h"
#include "decode/squares.h"

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

/* A code wants some 3 to 8 pixels a module; larger pictures only cost time. */
#define SMALL (3u << 20)

/*
 * What a pixel costs, in nanoseconds: zbar's pass over paper with grain or a
 * photo with noise, making a shape, drawing a page.
 */
#define WORK_PIXEL 22
#define WORK_SHAPE 10
#define WORK_DRAWN 20
#define WORK_GRID  3 /* looking for finder patterns */

/*
 * What a picture is worth, in nanoseconds a pixel: nothing that looks like a
 * symbol, something; and at least.
 */
#define WORTH_NOTHING 130
#define WORTH_SYMBOL  420
#define WORTH_DOUBT   20 /* of it, for what hardly looks like one */
#define MOST_NOTHING  INT64_C(900000000) /* however many pixels */
#define LEAST_DOUBT   INT64_C(80000000)
#define LEAST_NOTHING INT64_C(300000000)
#define LEAST_SYMBOL  INT64_C(700000000)

/* What looks like finder patterns nearly everywhere is looked at for so long: no
 * letter is like that. */
#define CROWD_WORK INT64_C(250000000)

/* Places that are remembered: each code is read once or twice. */
#define SEEN_MAX (2 * SCAN_CODE_MAX)

struct search {
	zbar_image_scanner_t *zbar;
	struct grid *grid;
	struct found *found;
	struct work work; /* for this picture or page; what is worth it now */
	int64_t work_max;
	int64_t before; /* work that led to what was read already */
	bool beside;    /* a code that was not read is seen by its corners */
	bool seems;     /* something seems to be a symbol, in some shape */
	bool alike;     /* three finders made one that looks like one */
	bool holds;     /* it is a frame of a camera */
	struct held held;
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
	search->grid = grid_new();
	if (search->zbar == NULL || search->grid == NULL) {
		search_free(&search);
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
	search->work.done = 0;
	grid_reset(search->grid);
	search->beside = false;
	search->before = 0;
	search->seen_count = 0;
	search->holds = false;
	search->held.version = 0;
}

void
search_hold(struct search *search, const struct held *held)
{
	search->holds = true;
	search->held = *held;
}

void
search_held(const struct search *search, struct held *out)
{
	if (search->found->letter)
		out->version = 0;
	else
		*out = search->held;
}

void
search_drawn(struct search *search, size_t pixels)
{
	search->work.done += (int64_t)pixels * WORK_DRAWN;
}

/* A corner in 65536ths of a side. */
static uint32_t
part_of(int at, uint32_t side)
{
	if (at <= 0)
		return 0;
	if ((uint32_t)at >= side)
		return 65536;
	return (uint32_t)((uint64_t)at * 65536 / side);
}

/* zbar tells corners upper left, lower left, lower right, upper right. */
static struct found_place
place_of(const zbar_symbol_t *symbol, const struct gray *picture)
{
	struct found_place place = { .top = UINT32_MAX, .left = UINT32_MAX };
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
		if (i < 4) {
			place.corner[(4 - i) % 4][0] = x;
			place.corner[(4 - i) % 4][1] = y;
		}
	}
	return place;
}

static void
add_symbol(struct search *search, const zbar_symbol_t *symbol,
    const struct found_place *place)
{
	if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE)
		return;
	if (search->seen_count < SEEN_MAX)
		search->seen[search->seen_count++] = *place;
	found_add(search->found, place, zbar_symbol_get_data(symbol),
	    zbar_symbol_get_data_length(symbol));
}

/*
 * One attempt by zbar.
 *
 *   place  where the whole picture is, if it is a part of another; NULL
 */
static void
look(struct search *search, const struct gray *picture,
    const struct found_place *place)
{
	zbar_image_t *image = zbar_image_create();
	const zbar_symbol_t *symbol;

	search->work.done += (int64_t)gray_size(picture) * WORK_PIXEL;
	if (image == NULL) {
		found_bad(search->found, ERR_MEMORY);
		return;
	}
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, picture->width, picture->height);
	zbar_image_set_data(image, picture->at, gray_size(picture), NULL);
	if (zbar_scan_image(search->zbar, image) > 0)
		for (symbol = zbar_image_first_symbol(image); symbol != NULL;
		     symbol = zbar_symbol_next(symbol)) {
			struct found_place own = place_of(symbol, picture);

			add_symbol(
			    search, symbol, place != NULL ? place : &own);
		}
	zbar_image_destroy(image);
}

/* A symbol that was read module by module. */
static void
take_symbol(
    void *arg, const struct gray *symbol, const struct found_place *place)
{
	look(arg, symbol, place);
}

/* Noise keeps zbar busy twice as long as anything else. At half its size it is less,
 * and what is read of a picture of so many pixels can be read there. */
static void
look_at_half(struct search *search, const struct gray *picture)
{
	struct gray half = { 0 };

	if (!gray_half(picture, &half)) {
		found_bad(search->found, ERR_MEMORY);
		return;
	}
	look(search, &half, NULL);
	gray_free(&half);
}

static void
give_at_most(struct search *search, int64_t work)
{
	if (search->work_max > work)
		search->work_max = work;
}

void
search_quick(struct search *search, const struct gray *picture)
{
	struct crowd crowd;

	if (!crowd_of(picture, &crowd))
		found_bad(search->found, ERR_MEMORY);
	else if (crowd.lines > CROWD_MAX) {
		found_bad(search->found, ERR_LIMIT);
		give_at_most(search, CROWD_WORK);
	} else if (crowd.edges > CROWD_EDGE_MAX) {
		look_at_half(search, picture);
		give_at_most(search, CROWD_WORK);
	} else
		look(search, picture, NULL);
}

/*
 * One pass: the picture in a shape, shown to the grid, which only looks for finder
 * patterns in it, three of a symbol or two or either by areas, and reads in the
 * picture itself; or reads in the shape, too.
 */
enum how { TRIPLES, PAIRS, SQUARES, WITHIN };

static const struct shape plain = { 1, 1, SHAPE_PLAIN, 0, 0 };
static const struct shape halved = { 1, 2, SHAPE_PLAIN, 0, 0 };
static const struct shape smooth = { 1, 1, SHAPE_BLUR, 1, 0 };
static const struct shape sharp = { 1, 1, SHAPE_SHARPEN, 4, 512 };
static const struct shape darker = { 1, 1, SHAPE_DARKEN, 1, 0 };
static const struct shape darkest = { 1, 1, SHAPE_DARKEN, 2, 0 };
static const struct shape lighter = { 1, 1, SHAPE_LIGHTEN, 1, 0 };
static const struct shape inverted = { 1, 1, SHAPE_INVERT, 0, 0 };

/* The cheapest first, of those the ones that help most. */
static const struct pass {
	enum how how;
	const struct shape *shape;
	bool alike; /* as the search: in texts light that grows makes finders */
} passes[] = {
	{ TRIPLES, &plain, false },
	{ TRIPLES, &halved, false },
	{ TRIPLES, &smooth, false },
	{ TRIPLES, &sharp, false },
	{ PAIRS, &plain, false },
	{ PAIRS, &smooth, false },
	{ PAIRS, &sharp, false },
	{ SQUARES, &plain, false },
	{ WITHIN, &darker, false },
	{ WITHIN, &darkest, false },
	{ WITHIN, &lighter, true },
	{ WITHIN, &inverted, false },
};

/* Shapes that come again are kept for that. */
#define KEPT 2
static const struct shape *const kept_shapes[KEPT] = { &smooth, &sharp };

/* Work that a picture may take, by what is seen in it. */
static int64_t
worth(const struct search *search, const struct gray *picture)
{
	bool symbol = search->beside || search->seems;
	int64_t least = symbol ? LEAST_SYMBOL : LEAST_NOTHING;
	int64_t most = (int64_t)gray_size(picture) *
	    (symbol ? WORTH_SYMBOL : WORTH_NOTHING);

	if (most < least)
		most = least;
	if (!symbol && most > MOST_NOTHING)
		most = MOST_NOTHING;
	most += search->before;
	return most < search->work_max ? most : search->work_max;
}

/* Is there work left for it? */
static bool
is_worth_it(const struct search *search, const struct pass *pass,
    const struct gray *picture)
{
	int64_t cost =
	    WORK_SHAPE + (pass->how == SQUARES ? SQUARES_WORK : WORK_GRID);

	return !grid_is_tired(search->grid) &&
	    (!pass->alike || search->alike || search->beside) &&
	    search->work.done +
		(int64_t)shape_size(pass->shape, picture) * cost <=
	    worth(search, picture);
}

static void
show(struct search *search, const struct pass *pass, const struct gray *picture,
    const struct gray *shape)
{
	search->work.done += (int64_t)gray_size(shape) *
	    (pass->how == SQUARES ? SQUARES_WORK : WORK_GRID);
	search->work.most = worth(search, picture);
	if (pass->how == WITHIN)
		grid_begin(
		    search->grid, shape, &search->work, take_symbol, search);
	grid_look(search->grid, shape,
	    pass->how == SQUARES     ? GRID_SQUARES
		: pass->how == PAIRS ? GRID_PAIRS
				     : GRID_TRIPLES);
	search->seems = search->seems || grid_seen(search->grid)->triples > 0;
	if (pass->how == TRIPLES && grid_seen(search->grid)->symbols > 0)
		search->alike = true;
	if (pass->how != WITHIN) /* frames add up as they are */
		search->held = *grid_held(search->grid);
}

/* Makes it, unless it is there; false without memory. */
static bool
make(struct search *search, const struct shape *shape,
    const struct gray *picture, struct gray *out)
{
	if (out->at != NULL)
		return true;
	search->work.done += (int64_t)shape_size(shape, picture) * WORK_SHAPE;
	return shape_make(shape, picture, out);
}

static void
run(struct search *search, const struct pass *pass, const struct gray *picture,
    struct gray kept[KEPT])
{
	struct gray own = { 0 }, *shape = &own;
	int i;

	if (shape_is_whole(pass->shape)) {
		show(search, pass, picture, picture);
		return;
	}
	for (i = 0; i < KEPT; i++)
		if (pass->shape == kept_shapes[i])
			shape = &kept[i];
	if (make(search, pass->shape, picture, shape))
		show(search, pass, picture, shape);
	gray_free(&own);
}

static void
run_passes(struct search *search, const struct gray *picture)
{
	size_t i, count = sizeof(passes) / sizeof(passes[0]);
	struct gray kept[KEPT] = { { 0 } };

	search->seems = search->alike = false;
	search->work.doubt = (int64_t)gray_size(picture) * WORTH_DOUBT;
	if (search->work.doubt < LEAST_DOUBT)
		search->work.doubt = LEAST_DOUBT;
	grid_begin(search->grid, picture, &search->work, take_symbol, search);
	if (search->holds)
		grid_hold(search->grid, &search->held);
	for (i = 0; i < count && !search->found->letter &&
	     !found_is_over(search->found);
	     i++)
		if (is_worth_it(search, &passes[i], picture))
			run(search, &passes[i], picture, kept);
	for (i = 0; i < KEPT; i++)
		gray_free(&kept[i]);
}

/*
 * Large photos are brought to a size that suits the shapes first; what only
 * shows at their full size comes last.
 */
void
search_thorough(struct search *search, const struct gray *picture)
{
	struct gray half = { 0 };

	if (search->found->letter || found_is_over(search->found))
		return;
	if (gray_size(picture) > SMALL && gray_half(picture, &half)) {
		search_thorough(search, &half);
		gray_free(&half);
	}
	run_passes(search, picture);
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

	search->work.done += (int64_t)gray_size(picture) * WORK_SHAPE;
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
	    !found_is_over(search->found) && search_has_more(search, picture) &&
	    covered(search, picture, &rest)) {
		search->found->letter = false;
		search->beside = true;
		search->before = search->work.done;
		search_thorough(search, &rest);
		another = search->found->letter;
		search->found->letter = true;
		gray_free(&rest);
	}
}

void
search_picture(struct search *search, const struct gray *picture)
{
	if (picture->is_shrunk) /* to decode it was work */
		search_drawn(search, GRAY_WANTED);
	search_quick(search, picture);
	search_thorough(search, picture);
	search_rest(search, picture);
}

void
search_free(struct search **search)
{
	if (*search == NULL)
		return;
	if ((*search)->zbar != NULL)
		zbar_image_scanner_destroy((*search)->zbar);
	grid_free(&(*search)->grid);
	free(*search);
	*search = NULL;
}
