/*
 * soft.c - soft.h.
 */
#include "decode/soft.h"

#include "decode/mesh.h"
#include "decode/tone.h"

#include <math.h>
#include <string.h>

#define TAP_STEP .2f /* modules between samples */
#define SURE_MAX 20.f
#define WHITE    250.f
#define NOISY    3 /* modules each way */
#define USUAL    6.f
#define UNEVEN   1.5f /* noise of dark modules, times that of light ones */

/* The mean of some samples around a module's middle. */
static float
value_of(const struct mesh *mesh, int x, int y, int reach)
{
	float cx = (float)x + .5f, cy = (float)y + .5f, sum = 0;
	float taps = (float)((2 * reach + 1) * (2 * reach + 1));
	struct spot at = mesh_at(mesh, cx, cy);
	struct spot e = mesh_at(mesh, cx + TAP_STEP, cy);
	struct spot s = mesh_at(mesh, cx, cy + TAP_STEP);
	int i, j;

	for (j = -reach; j <= reach; j++)
		for (i = -reach; i <= reach; i++)
			sum += light_value(mesh->light,
			    (struct spot){ at.x + (e.x - at.x) * (float)i +
				    (s.x - at.x) * (float)j,
				at.y + (e.y - at.y) * (float)i +
				    (s.y - at.y) * (float)j });
	return sum / taps;
}

void
soft_sample(struct soft *soft, const struct mesh *mesh, int reach)
{
	int side = qr_side(mesh->version), x, y;

	soft->version = mesh->version;
	memset(soft->before, 0, sizeof(soft->before));
	qr_layout(mesh->version, soft->kind);
	for (y = 0; y < side; y++)
		for (x = 0; x < side; x++)
			soft->value[y * side + x] = value_of(mesh, x, y, reach);
}

void
soft_glance(struct soft *soft, const struct mesh *mesh)
{
	int side = qr_side(mesh->version), along, across;

	soft->version = mesh->version;
	for (across = 5; across <= 7; across++)
		for (along = 7; along <= side - 8; along++) {
			soft->value[across * side + along] =
			    value_of(mesh, along, across, SOFT_NARROW);
			soft->value[along * side + across] =
			    value_of(mesh, across, along, SOFT_NARROW);
		}
}

void
soft_mirror(struct soft *soft)
{
	int side = qr_side(soft->version), x, y;

	for (y = 0; y < side; y++)
		for (x = 0; x < y; x++) {
			float swap = soft->value[y * side + x];

			soft->value[y * side + x] = soft->value[x * side + y];
			soft->value[x * side + y] = swap;
			swap = soft->dark[y * side + x];
			soft->dark[y * side + x] = soft->dark[x * side + y];
			soft->dark[x * side + y] = swap;
			swap = soft->before[y * side + x];
			soft->before[y * side + x] = soft->before[x * side + y];
			soft->before[x * side + y] = swap;
		}
}

float
soft_like(const struct soft *soft, int near)
{
	int side = qr_side(soft->version), way, i;
	float like = 0, all = 1e-3f;

	for (way = 0; way < 2; way++)
		for (i = 8; i < side - 8; i++) {
			int step = way == 0 ? 1 : side;
			const float *v = &soft->value[way == 0 ? 6 * side + i
							       : i * side + 6];
			float darker = (v[-step] + v[step]) / 2 - v[0];

			if (i >= 8 + near && i < side - 8 - near)
				continue;

			like += i % 2 == 0 ? darker : -darker;
			all += fabsf(darker);
		}
	return like / all;
}

/* --- what is seen, against what is around ------------------------------------ */

/* value to about -1 (dark) ... 1 (light), where the contrast allows. */
static void
normalize(struct soft *soft, float *out)
{
	struct soft_tones tones;
	int side = qr_side(soft->version), i;

	soft_tones(soft, &tones);
	for (i = 0; i < side * side; i++)
		out[i] = fmaxf(-2.f,
		    fminf(2.f,
			(soft->value[i] - tones.middle[i]) /
			    tones.contrast[i]));
}

/* --- what neighbours mix in ----------------------------------------------- */

#define SPREAD 2 /* modules each way */
#define ACROSS (2 * SPREAD + 1)
#define TERMS  (ACROSS * ACROSS)

struct mixing {
	float part[TERMS];
	float noise; /* squared, of a module */
};

/* -1, 1; light beyond the edges, as the quiet zone is. */
static float
bit_at(const float *bit, int side, int x, int y)
{
	return x < 0 || y < 0 || x >= side || y >= side ? 1 : bit[y * side + x];
}

static void
around(const float *bit, int side, int x, int y, float out[TERMS])
{
	int i, j;

	for (j = 0; j < ACROSS; j++)
		for (i = 0; i < ACROSS; i++)
			out[j * ACROSS + i] =
			    bit_at(bit, side, x + i - SPREAD, y + j - SPREAD);
}

/* Cholesky, in place; a is positive since its diagonal was raised. */
static void
solve(float a[TERMS][TERMS], float b[TERMS])
{
	int i, j, k;

	for (j = 0; j < TERMS; j++)
		for (i = j; i < TERMS; i++) {
			float sum = a[i][j];

			for (k = 0; k < j; k++)
				sum -= a[i][k] * a[j][k];
			a[i][j] =
			    i == j ? sqrtf(fmaxf(sum, 1e-6f)) : sum / a[j][j];
		}
	for (i = 0; i < TERMS; i++) {
		for (k = 0; k < i; k++)
			b[i] -= a[i][k] * b[k];
		b[i] /= a[i][i];
	}
	for (i = TERMS - 1; i >= 0; i--) {
		for (k = i + 1; k < TERMS; k++)
			b[i] -= a[k][i] * b[k];
		b[i] /= a[i][i];
	}
}

/* The mixing that explains the values best. */
static void
learn(const float *x, const float *bit, int side, struct mixing *m)
{
	float a[TERMS][TERMS] = { { 0 } }, b[TERMS] = { 0 }, near[TERMS];
	int px, py, i, j, count = side * side;

	for (py = 0; py < side; py++)
		for (px = 0; px < side; px++) {
			around(bit, side, px, py, near);
			for (i = 0; i < TERMS; i++) {
				for (j = 0; j <= i; j++)
					a[i][j] += near[i] * near[j];
				b[i] += near[i] * x[py * side + px];
			}
		}
	for (i = 0; i < TERMS; i++)
		a[i][i] += .01f * (float)count;
	solve(a, b);
	memcpy(m->part, b, sizeof(m->part));
}

/* What is left of the values, and its square's mean. */
static void
unexplained(
    const float *x, const float *bit, int side, struct mixing *m, float *rest)
{
	float near[TERMS], squares = 0;
	int px, py, i;

	for (py = 0; py < side; py++)
		for (px = 0; px < side; px++) {
			float r = x[py * side + px];

			around(bit, side, px, py, near);
			for (i = 0; i < TERMS; i++)
				r -= m->part[i] * near[i];
			rest[py * side + px] = r;
			squares += r * r;
		}
	m->noise = fmaxf(squares / (float)(side * side), .003f);
}

/* How much worse the values would be explained, were the bit turned over. */
static float
worth_of(const struct mixing *m, const float *rest, float bit, int side, int x,
    int y)
{
	float sum = 0;
	int i, j;

	for (j = -SPREAD; j <= SPREAD; j++)
		for (i = -SPREAD; i <= SPREAD; i++) {
			int px = x + i, py = y + j;
			float h = m->part[(SPREAD - j) * ACROSS + SPREAD - i];

			if (px >= 0 && py >= 0 && px < side && py < side)
				sum += bit * h * rest[py * side + px] + h * h;
		}
	return 4 * sum / (2 * m->noise);
}

static void
turn_over(
    const struct mixing *m, float *rest, float *bit, int side, int x, int y)
{
	int i, j;

	for (j = -SPREAD; j <= SPREAD; j++)
		for (i = -SPREAD; i <= SPREAD; i++) {
			int px = x + i, py = y + j;
			float h = m->part[(SPREAD - j) * ACROSS + SPREAD - i];

			if (px >= 0 && py >= 0 && px < side && py < side)
				rest[py * side + px] +=
				    2 * bit[y * side + x] * h;
		}
	bit[y * side + x] = -bit[y * side + x];
}

static bool
is_known(const struct soft *soft, int at)
{
	return soft->kind[at] == QR_LIGHT || soft->kind[at] == QR_DARK;
}

/* Every bit that explains the values better the other way. */
static int
improve(
    const struct soft *soft, const struct mixing *m, float *rest, float *bit)
{
	int side = qr_side(soft->version), x, y, turned = 0;

	for (y = 0; y < side; y++)
		for (x = 0; x < side; x++)
			if (!is_known(soft, y * side + x) &&
			    worth_of(m, rest, bit[y * side + x], side, x, y) <
				0) {
				turn_over(m, rest, bit, side, x, y);
				turned++;
			}
	return turned;
}

static void
first_guess(const struct soft *soft, const float *x, float *bit)
{
	int count = qr_side(soft->version) * qr_side(soft->version), i;

	for (i = 0; i < count; i++)
		bit[i] = soft->kind[i] == QR_DARK ? -1
		    : soft->kind[i] == QR_LIGHT   ? 1
		    : x[i] < 0                    ? -1
						  : 1;
}

/* Where nearly all around is as white as can be, white says nothing. */
static float
glare_at(const struct soft *soft, int x, int y)
{
	int side = qr_side(soft->version), white = 0, count = 0, i, j;

	if (soft->value[y * side + x] < WHITE)
		return 1;
	for (j = y - 1; j <= y + 1; j++)
		for (i = x - 1; i <= x + 1; i++)
			if (i >= 0 && j >= 0 && i < side && j < side) {
				white += soft->value[j * side + i] >= WHITE;
				count++;
			}
	return white > count - 2 ? .1f : white > count * 2 / 3 ? .5f : 1;
}

/* Noise of dark and of light modules apart: toner that is missing here and there
 * makes a dark one gray, but nothing makes paper so. */
struct noises {
	float dark, light; /* squared */
};

static struct noises
noises_of(const float *rest, const float *bit, int count)
{
	float sum[2] = { 0, 0 }, number[2] = { 1, 1 };
	int i;

	for (i = 0; i < count; i++) {
		sum[bit[i] > 0] += rest[i] * rest[i];
		number[bit[i] > 0]++;
	}
	return (struct noises){ fmaxf(sum[0] / number[0], .01f),
		fmaxf(sum[1] / number[1], .01f) };
}

/* The square of modules around one, cut at the symbol's edges. */
struct window {
	int left, right, top, bottom;
};

/* Noise around a module: damage is where damage is. Where little is seen it is
 * taken as everywhere. */
static struct noises
noises_around(const struct noises *all, const float *rest, const float *bit,
    int side, int x, int y)
{
	struct window w = { x > NOISY ? x - NOISY : 0,
		x + NOISY < side ? x + NOISY : side - 1,
		y > NOISY ? y - NOISY : 0,
		y + NOISY < side ? y + NOISY : side - 1 };
	float sum[2] = { USUAL * all->dark, USUAL * all->light };
	float number[2] = { USUAL, USUAL };
	int i, j;

	for (j = w.top; j <= w.bottom; j++)
		for (i = w.left; i <= w.right; i++) {
			float r = rest[j * side + i];

			sum[bit[j * side + i] > 0] += r * r;
			number[bit[j * side + i] > 0]++;
		}
	return (struct noises){ sum[0] / number[0], sum[1] / number[1] };
}

/* As worth_of(), of the module alone, with noises that differ. */
static float
uneven_worth(
    const struct noises *n, const struct mixing *m, float rest, float bit)
{
	float turned = rest + 2 * bit * m->part[TERMS / 2];
	float own = bit > 0 ? n->light : n->dark;
	float other = bit > 0 ? n->dark : n->light;

	return turned * turned / (2 * other) - rest * rest / (2 * own) +
	    logf(other / own) / 2;
}

/* Noise and bits tell of each other: a module that is darker than paper is is dark,
 * once paper is known to be even. */
static struct noises
tell_apart(const struct soft *soft, const float *x, struct mixing *m,
    float *rest, float *bit)
{
	int side = qr_side(soft->version), round, at, turned = 1;
	struct noises n = noises_of(rest, bit, side * side);

	for (round = 0; round < 3 && turned > 0 && n.dark > UNEVEN * n.light;
	     round++) {
		turned = 0;
		for (at = 0; at < side * side; at++)
			if (!is_known(soft, at) &&
			    uneven_worth(&n, m, rest[at], bit[at]) < 0) {
				turn_over(
				    m, rest, bit, side, at % side, at / side);
				turned++;
			}
		learn(x, bit, side, m);
		unexplained(x, bit, side, m, rest);
		n = noises_of(rest, bit, side * side);
	}
	return n;
}

void
soft_judge(struct soft *soft)
{
	float x[QR_MODULE_MAX] = { 0 }, bit[QR_MODULE_MAX] = { 0 };
	float rest[QR_MODULE_MAX] = { 0 };
	int side = qr_side(soft->version), round, px, py;
	struct mixing m = { 0 };
	struct noises n;

	normalize(soft, x);
	first_guess(soft, x, bit);
	for (round = 0; round < 3; round++) {
		learn(x, bit, side, &m);
		unexplained(x, bit, side, &m, rest);
		if (improve(soft, &m, rest, bit) == 0)
			break;
	}
	n = tell_apart(soft, x, &m, rest, bit);
	for (py = 0; py < side; py++)
		for (px = 0; px < side; px++) {
			int at = py * side + px;
			struct noises near =
			    noises_around(&n, rest, bit, side, px, py);
			float sure = n.dark > UNEVEN * n.light
			    ? uneven_worth(&n, &m, rest[at], bit[at])
			    : fmaxf(0,
				  worth_of(&m, rest, bit[at], side, px, py)) *
				(n.dark + n.light) / (near.dark + near.light);

			sure = fmaxf(-SURE_MAX, fminf(SURE_MAX, sure));
			soft->dark[at] = soft->before[at] -
			    bit[at] * sure * glare_at(soft, px, py);
		}
}
