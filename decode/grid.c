/*
 * grid.c - grid.h.
 */
#include "decode/grid.h"

#include "decode/locate.h"
#include "decode/mend.h"
#include "decode/mesh.h"
#include "decode/refine.h"
#include "decode/squares.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RADIUS 3 /* blocks of light.h each way that tell what is dark */

/* Symbols of a picture that are looked at, at most. */
#define TRIED_MAX   20
#define DOUBTED_MAX 12 /* of them with finders that are not beyond doubt */
#define PAIRED_MAX  8  /* finders that are paired: the steadiest */
#define PAIRED_LIKE .6f

/* What it takes to locate a symbol by its finders, in nanoseconds. */
#define WORK_SYMBOL 300000
#define WORK_PAIR   20000
#define WORK_THIRD  600000 /* two finders, the third one looked for */

#define TIMING_LIKE .3f
#define TIMING_BENT .4f /* once more, then */
#define TIMING_FLAT .2f /* less is no symbol of this version, however bent */
#define LIKE_SURE   2.3f
#define TIMING_NEAR 6   /* modules from the finders */
#define BETTER      .1f /* finders that are located again */

struct grid {
	struct rs rs;
	struct mesh mesh;
	struct soft soft;
	struct mended mended;
	int close; /* places that were looked at closely: FINDER_CLOSE_MAX */

	/* of the picture */
	const struct gray *picture;
	struct light light;
	grid_take *take;
	void *arg;
	struct work *work;
	struct grid_seen seen;
	int boxes; /* of symbols that were read */
	struct found_place box[TRIED_MAX];
	bool holds; /* frames: held is asked for */
	bool added; /* this one is in it */
	struct held held;
	int tries;
	struct located tried[TRIED_MAX];
};

struct grid *
grid_new(void)
{
	struct grid *grid = calloc(1, sizeof(*grid));

	if (grid != NULL)
		rs_init(&grid->rs);
	return grid;
}

void
grid_free(struct grid **grid)
{
	if (*grid != NULL)
		light_free(&(*grid)->light);
	free(*grid);
	*grid = NULL;
}

/* --- where it is ---------------------------------------------------------- */

/* In 65536ths of a side. */
static uint32_t
part_of(float at, uint32_t side)
{
	float part = at / (float)side * 65536;

	return part > 0 ? (part < 65536 ? (uint32_t)part : 65536) : 0;
}

static struct found_place
place_of(const struct mesh *mesh)
{
	const struct gray *in = mesh->light->picture;
	struct found_place p = { .top = UINT32_MAX, .left = UINT32_MAX };
	float side = (float)qr_side(mesh->version);
	int i;

	for (i = 0; i < 4; i++) {
		struct spot at =
		    mesh_at(mesh, i % 3 ? side : 0, i / 2 ? side : 0);
		uint32_t x = part_of(at.x, in->width);
		uint32_t y = part_of(at.y, in->height);

		p.top = y < p.top ? y : p.top;
		p.bottom = y > p.bottom ? y : p.bottom;
		p.left = x < p.left ? x : p.left;
		p.right = x > p.right ? x : p.right;
		p.corner[i][0] = x;
		p.corner[i][1] = y;
	}
	return p;
}

static bool
is_within(const struct found_place *place, size_t count,
    const struct gray *picture, const struct finder *finder)
{
	uint32_t x = part_of(finder->center.x, picture->width);
	uint32_t y = part_of(finder->center.y, picture->height);
	size_t i;

	for (i = 0; i < count; i++)
		if (x >= place[i].left && x <= place[i].right &&
		    y >= place[i].top && y <= place[i].bottom)
			return true;
	return false;
}

/* --- reading -------------------------------------------------------------- */

static void
take(struct grid *grid)
{
	const struct mended *m = &grid->mended;
	struct found_place place = place_of(&grid->mesh);
	struct gray symbol = { 0 };

	grid->seen.mended++;
	if (grid->boxes < TRIED_MAX)
		grid->box[grid->boxes++] = place;
	if (qr_paint(m->version, m->level, m->mask, m->stream, &symbol))
		grid->take(grid->arg, &symbol, &place);
	gray_free(&symbol);
}

/* What is seen through the mesh, judged; false: no symbol, or no work left. */
static bool
sample(struct grid *grid, int reach)
{
	int side = qr_side(grid->mesh.version);

	if (!work_begin(grid->work, (int64_t)side * side * SOFT_WORK))
		return false;
	soft_sample(&grid->soft, &grid->mesh, reach);
	if (soft_like(&grid->soft, QR_SIDE_MAX) < TIMING_LIKE)
		return false;
	soft_judge(&grid->soft);
	return true;
}

static bool
mend_soft(struct grid *grid)
{
	return mend_symbol(&grid->rs, &grid->soft, grid->work, &grid->mended) !=
	    MEND_NOT;
}

/* By more samples: only where there is time, of which frames have none. */
static bool
mend_refined(struct grid *grid, int reach)
{
	int64_t side = qr_side(grid->mesh.version);

	if (grid->holds || !work_begin(grid->work, side * side * REFINE_WORK) ||
	    !sample(grid, reach) || !refine_values(&grid->soft, &grid->mesh))
		return false;
	soft_judge(&grid->soft);
	return mend_soft(grid);
}

static bool
mend(struct grid *grid, int reach)
{
	return sample(grid, reach) &&
	    (mend_soft(grid) || mend_refined(grid, reach));
}

/* With what earlier frames say; this one is added to it. */
static bool
mend_held(struct grid *grid)
{
	struct soft *soft = &grid->soft;
	struct held before = grid->held;
	bool known = held_agrees(&grid->held, soft);

	held_add(&grid->held, soft);
	grid->added = true;
	if (!known)
		return false;
	held_to_soft(&before, soft);
	soft_judge(soft);
	return mend_soft(grid);
}

/* Is there work left for a mesh, at that cost a module? */
static bool
may_bend(struct grid *grid, const struct located *located, int64_t cost)
{
	int64_t side = qr_side(grid->mesh.version);

	return located->like > LIKE_SURE
	    ? work_begin(grid->work, side * side * cost)
	    : work_doubt(grid->work, side * side * cost);
}

/* Finders that are beyond doubt, or timing patterns, if only near them. */
static bool
seems_symbol(struct grid *grid, const struct located *located)
{
	if (!work_begin(grid->work,
		(int64_t)qr_side(grid->mesh.version) * SOFT_GLANCE_WORK))
		return false;
	soft_glance(&grid->soft, &grid->mesh);
	return located->like > LIKE_SURE ||
	    soft_like(&grid->soft, QR_SIDE_MAX) > TIMING_FLAT ||
	    soft_like(&grid->soft, TIMING_NEAR) > TIMING_FLAT;
}

/* Flat, which is cheap; bent; more closely. Where nothing is sure a mesh may be
 * worse than none. */
static bool
read_version(struct grid *grid, const struct located *located, int version)
{
	struct mesh *mesh = &grid->mesh;
	struct homography flat;
	float like;

	if (!locate_flat(&grid->light, located, version, &flat))
		return false;
	mesh_init(mesh, &grid->light, &flat, version);
	if (!seems_symbol(grid, located))
		return false;
	like = soft_like(&grid->soft, QR_SIDE_MAX);
	if (like > TIMING_LIKE && mend(grid, SOFT_NARROW))
		return true;
	if (!may_bend(grid, located, MESH_GROW_WORK))
		return false;
	mesh_grow(mesh, located, grid->work);
	if (mend(grid, SOFT_NARROW))
		return true;
	if (grid->holds && !grid->added) {
		if (like > soft_like(&grid->soft, QR_SIDE_MAX))
			mesh_init(mesh, &grid->light, &flat, version);
		if (sample(grid, SOFT_NARROW) && mend_held(grid))
			return true;
	}
	if (soft_like(&grid->soft, QR_SIDE_MAX) < TIMING_BENT ||
	    !may_bend(grid, located, MESH_SETTLE_WORK))
		return false;
	mesh_settle(mesh);
	return mend(grid, SOFT_WIDE);
}

static bool
was_tried(const struct grid *grid, const struct located *located)
{
	int i, j, same;

	for (i = 0; i < grid->tries; i++) {
		for (j = 0, same = 0; j < 3; j++) {
			struct spot at = grid->tried[i].frame[j].middle;
			struct spot to = located->frame[j].middle;
			struct spot one = located->frame[j].right;

			same += hypotf(at.x - to.x, at.y - to.y) <
			    hypotf(one.x, one.y);
		}
		if (same == 3 && located->like < grid->tried[i].like + BETTER)
			return true;
	}
	return false;
}

static bool
read_located(struct grid *grid, const struct located *located)
{
	int i;

	if (grid->tries >=
		(located->like > LIKE_SURE ? TRIED_MAX : DOUBTED_MAX) ||
	    was_tried(grid, located))
		return false;
	grid->tried[grid->tries++] = *located;
	grid->seen.symbols++;
	if (grid->held.version > 0 &&
	    read_version(grid, located, grid->held.version)) {
		take(grid);
		return true;
	}
	for (i = 0; i < located->versions; i++)
		if (located->version[i] != grid->held.version &&
		    read_version(grid, located, located->version[i])) {
			take(grid);
			return true;
		}
	return false;
}

/* --- pictures ------------------------------------------------------------- */

void
grid_reset(struct grid *grid)
{
	grid->close = 0;
}

bool
grid_is_tired(const struct grid *grid)
{
	return grid->close >= FINDER_CLOSE_MAX;
}

void
grid_begin(struct grid *grid, const struct gray *picture, struct work *work,
    grid_take *take_one, void *arg)
{
	light_free(&grid->light);
	grid->picture = picture;
	grid->work = work;
	grid->take = take_one;
	grid->arg = arg;
	grid->seen = (struct grid_seen){ 0 };
	grid->boxes = grid->tries = 0;
	grid->holds = grid->added = false;
	grid->held.version = 0;
}

const struct grid_seen *
grid_seen(const struct grid *grid)
{
	return &grid->seen;
}

/* Is it in none of the symbols that were read? */
static bool
is_free(const struct grid *grid, const struct finder *finder)
{
	return !is_within(
	    grid->box, (size_t)grid->boxes, grid->picture, finder);
}

static void
read_triples(struct grid *grid, const struct triple *triple, int count)
{
	struct located located;
	int i;

	for (i = 0; i < count; i++) {
		if (!is_free(grid, &triple[i].corner) ||
		    !is_free(grid, &triple[i].right) ||
		    !is_free(grid, &triple[i].below))
			continue;
		if (!work_begin(grid->work, WORK_SYMBOL))
			return;
		if (locate_triple(&grid->light, &triple[i], &located))
			read_located(grid, &located);
	}
}

static void
read_pair(struct grid *grid, const struct finder *one, const struct finder *two)
{
	struct located located[LOCATE_PAIRS];
	int count, i;

	if (!work_begin(grid->work, WORK_PAIR))
		return;
	count = locate_pair(&grid->light, one, two, located);
	grid->work->done += count * WORK_THIRD;
	for (i = 0; i < count; i++)
		if (read_located(grid, &located[i]))
			return;
}

static void
read_pairs(struct grid *grid, const struct finder *finder, int count)
{
	int i, j;

	if (count > PAIRED_MAX)
		count = PAIRED_MAX;
	for (i = 0; i < count; i++)
		for (j = 0; j < i; j++)
			if (finder[j].like > PAIRED_LIKE &&
			    finder[i].like > PAIRED_LIKE &&
			    is_free(grid, &finder[i]) &&
			    is_free(grid, &finder[j]))
				read_pair(grid, &finder[i], &finder[j]);
}

/* Finders that are in none of the symbols that were read. */
static int
search(struct grid *grid, const struct light *light, enum grid_by by,
    struct finder finder[FINDER_MAX])
{
	int finders = by == GRID_SQUARES
	    ? squares_search(light, finder)
	    : finder_search(light, &grid->close, finder);
	int left = 0, i;

	for (i = 0; i < finders; i++)
		if (!is_within(grid->box, (size_t)grid->boxes, light->picture,
			&finder[i]))
			finder[left++] = finder[i];
	return left;
}

void
grid_hold(struct grid *grid, const struct held *held)
{
	grid->holds = true;
	grid->held = *held;
}

const struct held *
grid_held(const struct grid *grid)
{
	return &grid->held;
}

/* Where finders are in a picture of another size. */
static void
scale(const struct grid *grid, const struct gray *look, struct finder *finder,
    int count)
{
	float across = (float)grid->picture->width / (float)look->width;
	float down = (float)grid->picture->height / (float)look->height;
	int i;

	for (i = 0; i < count; i++) {
		struct finder *f = &finder[i];

		f->across *= across;
		f->down *= down;
		f->center.x *= across;
		f->center.y *= down;
		f->frame.middle.x *= across;
		f->frame.middle.y *= down;
		f->frame.right.x *= across;
		f->frame.right.y *= down;
		f->frame.down.x *= across;
		f->frame.down.y *= down;
	}
}

/* The likeliest threes, in the picture's pixels. */
static int
find_triples(struct grid *grid, const struct light *light,
    const struct finder *finder, int finders, struct triple triple[TRIPLE_MAX])
{
	int count = triple_search(light, finder, finders, triple), i;

	for (i = 0; i < count; i++) {
		scale(grid, light->picture, &triple[i].corner, 1);
		scale(grid, light->picture, &triple[i].right, 1);
		scale(grid, light->picture, &triple[i].below, 1);
	}
	return count;
}

void
grid_look(struct grid *grid, const struct gray *look, enum grid_by by)
{
	struct finder finder[FINDER_MAX];
	struct triple triple[TRIPLE_MAX];
	struct light light = { 0 };
	int finders, triples = 0;

	if ((grid->light.at == NULL &&
		!light_new(&grid->light, grid->picture, RADIUS)) ||
	    !light_new(&light, look, RADIUS))
		return;
	finders = search(grid, &light, by, finder);
	if (finders > 2 && by != GRID_PAIRS)
		triples = find_triples(grid, &light, finder, finders, triple);
	light_free(&light);
	grid->seen.finders += finders;
	grid->seen.triples += triples;
	read_triples(grid, triple, triples);
	if (by != GRID_TRIPLES) {
		scale(grid, look, finder, finders);
		read_pairs(grid, finder, finders);
	}
}
