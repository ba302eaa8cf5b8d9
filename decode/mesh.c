/*
 * mesh.c - mesh.h.
 */
#include "decode/mesh.h"

#include "decode/lines.h"

#include <math.h>
#include <string.h>

#define NEAR       4.5f  /* modules from a finder's middle: known beforehand */
#define REACH      4     /* nodes that a node learns from */
#define CLEAR      .07f  /* phases of noise are less clear than that */
#define DOUBT      .12f  /* a clearness that is half believed */
#define LEAST      .004f /* the weight of a node that shows nothing */
#define MARK_SURE  .85f  /* one that the mesh misses */
#define MISSED     13    /* thirds of a module around */
#define SETTLED    3     /* times, where once did not do */
#define MARK_LIKE  .7f
#define SEED       1.f /* weight of nodes around a finder */
#define MARK_HEAVY 2.f

/* Off the flat sheet, and how that changes along a module. */
struct bend {
	float right, down;
	float right_x, right_y, down_x, down_y;
};

void
mesh_init(struct mesh *mesh, const struct light *light,
    const struct homography *flat, int version)
{
	memset(mesh, 0, sizeof(*mesh));
	mesh->light = light;
	mesh->flat = *flat;
	mesh->version = version;
	mesh->side = (qr_side(version) + MESH_STEP - 1) / MESH_STEP + 1;
	mesh->step = (float)qr_side(version) / (float)(mesh->side - 1);
}

static struct mesh_node *
node_at(struct mesh *mesh, int i, int j)
{
	return &mesh->node[j * mesh->side + i];
}

/* Into the lattice: the node before, and how far behind it. */
static int
cell_of(const struct mesh *mesh, float at, float *part)
{
	float nodes = at / mesh->step;
	int cell = nodes > 0 ? (int)nodes : 0;

	if (cell > mesh->side - 2)
		cell = mesh->side - 2;
	*part = nodes - (float)cell;
	return cell;
}

struct spot
mesh_at(const struct mesh *mesh, float x, float y)
{
	float fx, fy, right, down;
	int i = cell_of(mesh, x, &fx), j = cell_of(mesh, y, &fy);
	const struct mesh_node *a = &mesh->node[j * mesh->side + i];
	const struct mesh_node *b = a + mesh->side;

	right = (a[0].right * (1 - fx) + a[1].right * fx) * (1 - fy) +
	    (b[0].right * (1 - fx) + b[1].right * fx) * fy;
	down = (a[0].down * (1 - fx) + a[1].down * fx) * (1 - fy) +
	    (b[0].down * (1 - fx) + b[1].down * fx) * fy;
	return homography_at(&mesh->flat, x + right, y + down);
}

/* --- what neighbours say -------------------------------------------------- */

/* Sums of a plane's normal equations over nodes around. */
struct plane {
	float w, x, y, xx, xy, yy;
	float r, rx, ry, d, dx, dy;
};

static void
add_node(
    struct plane *p, float x, float y, float wide, const struct mesh_node *node)
{
	/* near ones count more; x and y in nodes */
	float w = node->weight * expf(-(x * x + y * y) / wide);

	p->w += w;
	p->x += w * x;
	p->y += w * y;
	p->xx += w * x * x;
	p->xy += w * x * y;
	p->yy += w * y * y;
	p->r += w * node->right;
	p->rx += w * x * node->right;
	p->ry += w * y * node->right;
	p->d += w * node->down;
	p->dx += w * x * node->down;
	p->dy += w * y * node->down;
}

/* A plane through what is known around a node; slopes are held small where few
 * nodes tell them. */
static struct bend
bend_at(const struct mesh *mesh, int i, int j, float wide)
{
	struct plane p = { 0 };
	struct bend b = { 0 };
	float mx, my, xx, xy, yy, rx, ry, dx, dy, det, hold;
	int u, v;

	for (v = j - REACH; v <= j + REACH; v++)
		for (u = i - REACH; u <= i + REACH; u++)
			if (u >= 0 && v >= 0 && u < mesh->side &&
			    v < mesh->side)
				add_node(&p, (float)(u - i), (float)(v - j),
				    wide, &mesh->node[v * mesh->side + u]);
	if (!(p.w > 0))
		return b;
	mx = p.x / p.w;
	my = p.y / p.w;
	hold = .15f;
	xx = p.xx / p.w - mx * mx + hold;
	yy = p.yy / p.w - my * my + hold;
	xy = p.xy / p.w - mx * my;
	rx = p.rx / p.w - mx * p.r / p.w;
	ry = p.ry / p.w - my * p.r / p.w;
	dx = p.dx / p.w - mx * p.d / p.w;
	dy = p.dy / p.w - my * p.d / p.w;
	det = xx * yy - xy * xy;
	b.right_x = (rx * yy - ry * xy) / det;
	b.right_y = (ry * xx - rx * xy) / det;
	b.down_x = (dx * yy - dy * xy) / det;
	b.down_y = (dy * xx - dx * xy) / det;
	b.right = p.r / p.w - b.right_x * mx - b.right_y * my;
	b.down = p.d / p.w - b.down_x * mx - b.down_y * my;
	b.right_x /= mesh->step;
	b.right_y /= mesh->step;
	b.down_x /= mesh->step;
	b.down_y /= mesh->step;
	return b;
}

/* --- what the picture says ------------------------------------------------ */

/* What is seen around a place of the symbol, bent as thought. */
static struct frame
frame_of(const struct mesh *mesh, const struct bend *b, float x, float y)
{
	struct frame f;
	struct spot east, south;

	x += b->right;
	y += b->down;
	f.middle = homography_at(&mesh->flat, x, y);
	east = homography_at(&mesh->flat, x + 1 + b->right_x, y + b->down_x);
	south = homography_at(&mesh->flat, x + b->right_y, y + 1 + b->down_y);
	f.right = (struct spot){ east.x - f.middle.x, east.y - f.middle.y };
	f.down = (struct spot){ south.x - f.middle.x, south.y - f.middle.y };
	return f;
}

/* From the node's place to the nearest middle between lines. */
static float
to_middle(float at)
{
	return at - floorf(at) - .5f;
}

/* The alignment pattern near a node, if one is. */
static bool
mark_near(
    const struct mesh *mesh, float x, float y, float *mark_x, float *mark_y)
{
	int at[QR_MARK_MAX], count = qr_marks(mesh->version, at), i, j;
	int last = count - 1;

	for (j = 0; j < count; j++)
		for (i = 0; i < count; i++) {
			*mark_x = (float)at[i] + .5f;
			*mark_y = (float)at[j] + .5f;
			if (fabsf(*mark_x - x) < 2 && fabsf(*mark_y - y) < 2 &&
			    !((i == 0 || j == 0) &&
				(i == j || i == last || j == last)))
				return true;
		}
	return false;
}

/* Looks for it around; false: nothing like it. */
static bool
find_mark(
    const struct light *light, const struct frame *f, float *right, float *down)
{
	const int reach = 10; /* eighths of a module and a bit */
	float best = MARK_LIKE;
	int i, j;

	for (j = -reach; j <= reach; j++)
		for (i = -reach; i <= reach; i++) {
			float x = (float)i / 7, y = (float)j / 7;
			struct frame here = { frame_at(f, x, y), f->right,
				f->down };
			float like = frame_like(light, &here, 2);

			if (like > best) {
				best = like;
				*right = x;
				*down = y;
			}
		}
	return best > MARK_LIKE;
}

/* One node: where it is, given where it should be. */
static struct mesh_node
measure(const struct mesh *mesh, int i, int j, const struct bend *b)
{
	float x = (float)i * mesh->step, y = (float)j * mesh->step;
	struct lines lines;
	struct frame f = frame_of(mesh, b, x, y);
	float right = 0, down = 0, clear_x, clear_y, mark_x, mark_y;
	struct mesh_node node = { b->right, b->down, LEAST };

	if (mark_near(mesh, x, y, &mark_x, &mark_y)) {
		struct frame mark = f;

		mark.middle = frame_at(&f, mark_x - x, mark_y - y);
		if (find_mark(mesh->light, &mark, &right, &down))
			return (struct mesh_node){ b->right + right,
				b->down + down, MARK_HEAVY };
	}
	lines_find(mesh->light, &f, to_middle(x), to_middle(y), &lines);
	clear_x = lines.clear_right;
	clear_y = lines.clear_down;
	clear_x = clear_x > CLEAR ? clear_x - CLEAR : 0;
	clear_y = clear_y > CLEAR ? clear_y - CLEAR : 0;
	node.right += lines.right * clear_x / (clear_x + DOUBT);
	node.down += lines.down * clear_y / (clear_y + DOUBT);
	node.weight += fminf(clear_x, clear_y);
	return node;
}

/* --- growing -------------------------------------------------------------- */

/* Nodes around a finder are where its frame is. */
static void
seed(struct mesh *mesh, const struct homography *back,
    const struct frame *frame, struct spot middle, float near)
{
	int i, j;

	for (j = 0; j < mesh->side; j++)
		for (i = 0; i < mesh->side; i++) {
			float x = (float)i * mesh->step;
			float y = (float)j * mesh->step;
			struct spot at;

			if (fabsf(x - middle.x) > near ||
			    fabsf(y - middle.y) > near)
				continue;
			at = frame_at(frame, x - middle.x, y - middle.y);
			at = homography_at(back, at.x, at.y);
			*node_at(mesh, i, j) =
			    (struct mesh_node){ at.x - x, at.y - y, SEED };
		}
}

/* Has it two neighbours that were reached before this round? */
static bool
is_next(const struct mesh *mesh, int i, int j)
{
	int u, v, reached = 0;

	if (mesh->node[j * mesh->side + i].weight > 0)
		return false;
	for (v = j - 1; v <= j + 1; v++)
		for (u = i - 1; u <= i + 1; u++)
			if (u >= 0 && v >= 0 && u < mesh->side &&
			    v < mesh->side)
				reached +=
				    mesh->node[v * mesh->side + u].weight > 0;
	return reached >= 2;
}

/* One round: a ring of nodes more. False: there are none. */
static bool
grow(struct mesh *mesh)
{
	struct mesh_node made[MESH_SIDE * MESH_SIDE];
	int i, j, count = mesh->side * mesh->side;
	bool any = false;

	memset(made, 0, sizeof(made));
	for (j = 0; j < mesh->side; j++)
		for (i = 0; i < mesh->side; i++)
			if (is_next(mesh, i, j)) {
				struct bend b = bend_at(mesh, i, j, 2);

				made[j * mesh->side + i] =
				    measure(mesh, i, j, &b);
				any = true;
			}
	for (i = 0; i < count; i++)
		if (made[i].weight > 0)
			mesh->node[i] = made[i];
	return any;
}

/* Each node as its neighbours and itself say together. */
static void
smooth(struct mesh *mesh)
{
	struct mesh_node made[MESH_SIDE * MESH_SIDE] = { 0 };
	int i, j;

	for (j = 0; j < mesh->side; j++)
		for (i = 0; i < mesh->side; i++) {
			struct bend b = bend_at(mesh, i, j, 4);

			made[j * mesh->side + i] = (struct mesh_node){ b.right,
				b.down, node_at(mesh, i, j)->weight };
		}
	memcpy(mesh->node, made,
	    sizeof(made[0]) * (size_t)(mesh->side * mesh->side));
}

/* Measured again, now that all around is known. */
static void
settle(struct mesh *mesh)
{
	struct mesh_node made[MESH_SIDE * MESH_SIDE] = { 0 };
	int i, j;

	for (j = 0; j < mesh->side; j++)
		for (i = 0; i < mesh->side; i++) {
			struct bend b = bend_at(mesh, i, j, 4);

			made[j * mesh->side + i] = measure(mesh, i, j, &b);
		}
	memcpy(mesh->node, made,
	    sizeof(made[0]) * (size_t)(mesh->side * mesh->side));
}

/* Places that are known: finders first, then alignment patterns. */
struct seeds {
	int count, finders;
	struct spot middle[3 + QR_MARK_MAX * QR_MARK_MAX];
	struct frame frame[3 + QR_MARK_MAX * QR_MARK_MAX];
};

/* A mark of the symbol: is there one that this mesh misses? Its node's place. */
static bool
missed_mark(const struct mesh *mesh, float x, float y, struct mesh_node *off,
    struct frame *seen)
{
	struct spot at = mesh_at(mesh, x, y);
	struct spot east = mesh_at(mesh, x + 1, y);
	struct spot south = mesh_at(mesh, x, y + 1);
	float best = MARK_SURE;
	int i, j;

	*seen = (struct frame){ at, { east.x - at.x, east.y - at.y },
		{ south.x - at.x, south.y - at.y } };
	*off = (struct mesh_node){ 0, 0, frame_like(mesh->light, seen, 2) };
	if (off->weight > MARK_LIKE)
		return false;
	for (j = -MISSED; j <= MISSED; j++)
		for (i = -MISSED; i <= MISSED; i++) {
			float right = (float)i / 3, down = (float)j / 3, like;
			struct frame f = *seen;

			f.middle = frame_at(seen, right, down);
			like = frame_like(mesh->light, &f, 2) -
			    .01f * hypotf(right, down);
			if (like > best) {
				best = like;
				*off = (struct mesh_node){ right, down, like };
			}
		}
	seen->middle = frame_at(seen, off->right, off->down);
	return best > MARK_SURE;
}

/* Marks where they are: those that the mesh has, and, in *missed, those that it
 * has not. */
static int
look_for_marks(const struct mesh *mesh, struct seeds *seeds)
{
	int at[QR_MARK_MAX], count = qr_marks(mesh->version, at), i, j;
	int last = count - 1, missed = 0;

	for (j = 0; j < count; j++)
		for (i = 0; i < count; i++) {
			float x = (float)at[i] + .5f, y = (float)at[j] + .5f;
			struct mesh_node off;
			struct frame f;
			bool found;

			if ((i == 0 || j == 0) &&
			    (i == j || i == last || j == last))
				continue;
			found = missed_mark(mesh, x, y, &off, &f);
			missed += found;
			if (!found && off.weight < MARK_LIKE)
				continue;
			seeds->middle[seeds->count] = (struct spot){ x, y };
			seeds->frame[seeds->count++] = f;
		}
	return missed;
}

static void
grow_from(
    struct mesh *mesh, const struct homography *back, const struct seeds *seeds)
{
	int i;

	memset(mesh->node, 0, sizeof(mesh->node));
	for (i = 0; i < seeds->count; i++)
		seed(mesh, back, &seeds->frame[i], seeds->middle[i],
		    i < seeds->finders ? NEAR : NEAR / 2);
	while (grow(mesh))
		continue;
	settle(mesh);
}

void
mesh_grow(struct mesh *mesh, const struct located *located, struct work *work)
{
	int64_t side = qr_side(mesh->version);
	struct seeds seeds = { 0 };
	struct homography back = { 0 };
	struct spot middle[3];
	int i;

	if (!homography_turn(&mesh->flat, &back))
		return;
	locate_middles(mesh->version, middle);
	for (i = 0; i < 3; i++)
		if (located->seen[i]) {
			seeds.middle[seeds.count] = middle[i];
			seeds.frame[seeds.count++] = located->frame[i];
		}
	seeds.finders = seeds.count;
	grow_from(mesh, &back, &seeds);
	if (look_for_marks(mesh, &seeds) > 0 &&
	    work_begin(work, side * side * MESH_GROW_WORK))
		grow_from(mesh, &back, &seeds);
	smooth(mesh);
}

void
mesh_settle(struct mesh *mesh)
{
	int round;

	for (round = 0; round < SETTLED; round++)
		settle(mesh);
	smooth(mesh);
}
