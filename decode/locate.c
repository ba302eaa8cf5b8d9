/*
 * locate.c - locate.h.
 */
#include "decode/locate.h"

#include <math.h>
#include <stdlib.h>

#define SIDES      4
#define LINES      5 /* across each side of a finder */
#define PAIRS      (3 * 9 + 1)
#define WORST_LIKE .3f /* of a finder that is one: ink may lie on it */
#define ALL_LIKE   1.5f
#define MARK_LIKE  .72f
#define MARK_HEAVY 8.f /* as many pairs */

struct spot
frame_at(const struct frame *f, float right, float down)
{
	return (struct spot){
		f->middle.x + f->right.x * right + f->down.x * down,
		f->middle.y + f->right.y * right + f->down.y * down,
	};
}

/* --- looking like squares ------------------------------------------------- */

/* A finder's middle is 3 modules wide, an alignment pattern's 1. */
static bool
is_dark_at(int ring, int radius)
{
	if (radius < 3)
		return ring != 1;
	return ring == 0 || ring == 1 || ring == 3;
}

float
frame_like(const struct light *light, const struct frame *frame, int radius)
{
	float sum = 0, squares = 0, signs = 0, product = 0, count = 0, top, low;
	int i, j;

	for (j = -radius; j <= radius; j++)
		for (i = -radius; i <= radius; i++) {
			int ring = abs(i) > abs(j) ? abs(i) : abs(j);
			float sign = is_dark_at(ring, radius) ? -1 : 1;
			float value = light_value(
			    light, frame_at(frame, (float)i, (float)j));

			sum += value;
			squares += value * value;
			signs += sign;
			product += sign * value;
			count++;
		}
	top = product - sum * signs / count;
	low = (squares - sum * sum / count) * (count - signs * signs / count);
	return low > count ? top / sqrtf(low) : 0;
}

/* --- one finder ----------------------------------------------------------- */

/* One module's steps near a finder, along both sides of the symbol. */
static bool
begin(const struct light *light, const struct finder *finder,
    const struct triple *triple, struct frame *out)
{
	struct spot corner = triple->corner.center;
	struct spot along[2] = {
		{ triple->right.center.x - corner.x,
		    triple->right.center.y - corner.y },
		{ triple->below.center.x - corner.x,
		    triple->below.center.y - corner.y },
	};
	float reach = 12 * (finder->across + finder->down) + 4;
	int i;

	for (i = 0; i < 2; i++) {
		float length = hypotf(along[i].x, along[i].y), there, back;

		/* a finder that is partly covered is as large as its rows say */
		if (!finder_chord(
			light, finder->center, along[i], reach, &there, &back))
			there = back = 3.5f *
			    hypotf(along[i].x * finder->across,
				along[i].y * finder->down) /
			    length;
		along[i].x *= (there + back) / 7 / length;
		along[i].y *= (there + back) / 7 / length;
	}
	*out = (struct frame){ finder->center, along[0], along[1] };
	return true;
}

/* The edge from dark to light nearest to a place on the way out of a finder. */
static bool
edge_near(const struct light *light, struct spot at, struct spot out,
    float reach, struct spot *edge)
{
	const int steps = 8; /* a module */
	int far = (int)(reach * (float)steps), i;
	float before = 0, best = 9;

	for (i = -far; i <= far; i++) {
		float go = (float)i / (float)steps;
		float now = light_off(light,
		    (struct spot){ at.x + out.x * go, at.y + out.y * go });

		if (i > -far && before < 0 && now >= 0) {
			float cut = go - now / (now - before) / (float)steps;

			if (fabsf(cut) < fabsf(best))
				best = cut;
		}
		before = now;
	}
	edge->x = at.x + out.x * best;
	edge->y = at.y + out.y * best;
	return best < 2;
}

/* Normal equations of 1, right, down; and what is seen in x and y. */
struct sums {
	double a[3][3], x[3], y[3];
	int count;
};

static void
add_edge(struct sums *s, float right, float down, struct spot seen)
{
	const double row[3] = { 1, (double)right, (double)down };
	int i, j;

	for (i = 0; i < 3; i++) {
		for (j = 0; j < 3; j++)
			s->a[i][j] += row[i] * row[j];
		s->x[i] += row[i] * (double)seen.x;
		s->y[i] += row[i] * (double)seen.y;
	}
	s->count++;
}

static double
determinant(const double a[3][3])
{
	return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
	    a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
	    a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
}

/* Cramer: unknown i of the three. */
static float
unknown(const struct sums *s, const double right_side[3], int i)
{
	double a[3][3];
	int row, column;

	for (row = 0; row < 3; row++)
		for (column = 0; column < 3; column++)
			a[row][column] =
			    column == i ? right_side[row] : s->a[row][column];
	return (float)(determinant(a) / determinant(s->a));
}

/* All edges of a finder, looked for where the frame expects them. */
static void
refine(const struct light *light, float reach, struct frame *frame)
{
	static const float line[LINES] = { -2.8f, -1.5f, 0, 1.5f, 2.8f };
	struct sums s = { 0 };
	int side, i;

	for (side = 0; side < SIDES; side++)
		for (i = 0; i < LINES; i++) {
			float way = side % 2 == 0 ? 1.f : -1.f;
			float right = side < 2 ? way * 3.5f : line[i];
			float down = side < 2 ? line[i] : way * 3.5f;
			struct spot out = side < 2 ? frame->right : frame->down;
			struct spot edge;

			out = (struct spot){ out.x * way, out.y * way };
			if (edge_near(light, frame_at(frame, right, down), out,
				reach, &edge))
				add_edge(&s, right, down, edge);
		}
	if (s.count < SIDES * LINES / 2 || !(fabs(determinant(s.a)) > 1))
		return;
	*frame = (struct frame){
		{ unknown(&s, s.x, 0), unknown(&s, s.y, 0) },
		{ unknown(&s, s.x, 1), unknown(&s, s.y, 1) },
		{ unknown(&s, s.x, 2), unknown(&s, s.y, 2) },
	};
}

bool
locate_frames(const struct light *light, const struct triple *triple,
    struct frame frame[3])
{
	const struct finder *finder[3] = { &triple->corner, &triple->right,
		&triple->below };
	float worst = 1, all = 0;
	int i;

	for (i = 0; i < 3; i++) {
		struct frame rough, fine;
		float rough_like, fine_like;

		begin(light, finder[i], triple, &rough);
		fine = rough;
		refine(light, 1.25f, &fine);
		refine(light, .75f, &fine);
		rough_like = frame_like(light, &rough, 4);
		fine_like = frame_like(light, &fine, 4);
		frame[i] = fine_like > rough_like ? fine : rough;
		worst = fminf(worst, fmaxf(fine_like, rough_like));
		all += fmaxf(fine_like, rough_like);
		if (worst < WORST_LIKE)
			return false;
	}
	return all > ALL_LIKE;
}

/* --- version -------------------------------------------------------------- */

/* Added to sum[i]: how dark bit i of the version information is. */
static void
add_information(const struct light *light, const struct frame *frame,
    bool below, float sum[18])
{
	int i;

	/* 11 to 9 modules from the far edge: 7 to 5 from the finder's middle */
	for (i = 0; i < 18; i++) {
		float far = (float)(i % 3 - 7), near = (float)(i / 3 - 3);

		sum[i] -= light_off(light,
		    below ? frame_at(frame, near, far)
			  : frame_at(frame, far, near));
	}
}

/* How well the bits are those of a version: at most 1. */
static float
version_like(const float sum[18], int version)
{
	unsigned bits = qr_version_bits(version);
	float like = 0, all = 1e-3f;
	int i;

	for (i = 0; i < 18; i++) {
		like += bits >> i & 1 ? sum[i] : -sum[i];
		all += fabsf(sum[i]);
	}
	return like / all;
}

/* How far a version is from what the distances say, in deviations. */
static float
version_off(const struct triple *triple, int version)
{
	float want = (float)(4 * version + 10);
	/* a curl makes distances look longer, in one direction or both */
	float low = triple->modules * .97f, high = triple->modules_most;

	if (want < low * .85f)
		low *= .85f;
	else if (want < low)
		low = want;
	return want < low ? (low - want) / 2
	    : want > high ? (want - high) / (1.5f + .02f * want)
			  : 0;
}

int
locate_versions(const struct light *light, const struct triple *triple,
    const struct frame frame[3], int version[LOCATE_VERSIONS])
{
	float sum[18] = { 0 }, score[LOCATE_VERSIONS];
	int count = 0, v, i;

	add_information(light, &frame[1], false, sum);
	add_information(light, &frame[2], true, sum);
	for (v = 1; v <= QR_VERSION_MAX; v++) {
		float want = (float)(4 * v + 10);
		float off = version_off(triple, v);
		float near = fabsf(want - triple->modules) / want;
		float like = v < 7 ? .4f : version_like(sum, v);
		float now = like - .25f * off * off - 2 * near;

		if (off > 3)
			continue;
		for (i = count; i > 0 && score[i - 1] < now; i--)
			if (i < LOCATE_VERSIONS) {
				score[i] = score[i - 1];
				version[i] = version[i - 1];
			}
		if (i == LOCATE_VERSIONS)
			continue;
		score[i] = now;
		version[i] = v;
		if (count < LOCATE_VERSIONS)
			count++;
	}
	while (count > 1 && score[count - 1] < score[0] - .7f)
		count--;
	return count;
}

/* --- homography ----------------------------------------------------------- */

void
locate_middles(int version, struct spot middle[3])
{
	float far = (float)qr_side(version) - LOCATE_MIDDLE;

	middle[0] = (struct spot){ LOCATE_MIDDLE, LOCATE_MIDDLE };
	middle[1] = (struct spot){ far, LOCATE_MIDDLE };
	middle[2] = (struct spot){ LOCATE_MIDDLE, far };
}

/* The alignment pattern nearest to the corner without a finder. */
static bool
find_mark(const struct light *light, const struct homography *h, int version,
    struct homography_pair *out)
{
	float x = (float)qr_side(version) - 6.5f, best = 0, most = 0;
	struct spot at = homography_at(h, x, x), found = at;
	struct spot right = homography_at(h, x + 1, x);
	struct spot down = homography_at(h, x, x + 1);
	struct frame frame = { at, { right.x - at.x, right.y - at.y },
		{ down.x - at.x, down.y - at.y } };
	const int reach = 16; /* quarters of a module */
	int i, j;

	for (j = -reach; j <= reach; j++)
		for (i = -reach; i <= reach; i++) {
			struct frame here = frame;
			float like;

			here.middle =
			    frame_at(&frame, (float)i / 4, (float)j / 4);
			like = frame_like(light, &here, 2);
			/* what is near is likelier */
			if (like - .0002f * (float)(i * i + j * j) > best) {
				best = like - .0002f * (float)(i * i + j * j);
				most = like;
				found = here.middle;
			}
		}
	*out = (struct homography_pair){ { x, x }, found, MARK_HEAVY };
	return most > MARK_LIKE;
}

bool
locate_flat(const struct light *light, const struct frame frame[3], int version,
    struct homography *out)
{
	struct homography_pair pair[PAIRS];
	struct spot middle[3];
	int count = 0, i, j;

	locate_middles(version, middle);
	for (i = 0; i < 3; i++)
		for (j = 0; j < 9; j++) {
			float right = (float)(j % 3 - 1) * 3.5f;
			float down = (float)(j / 3 - 1) * 3.5f;

			pair[count++] = (struct homography_pair){
				{ middle[i].x + right, middle[i].y + down },
				frame_at(&frame[i], right, down), 1
			};
		}
	if (!homography_fit(pair, count, out))
		return false;
	if (version > 1 && find_mark(light, out, version, &pair[count]))
		count++;
	return homography_fit(pair, count, out);
}
