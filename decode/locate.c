/*
 * locate.c - locate.h.
 */
#include "decode/locate.h"

#include <math.h>
#include <stdlib.h>

#define PAIRS        (3 * 9 + 1)
#define WORST_LIKE   .3f /* of a finder that is one: ink may lie on it */
#define ALL_LIKE     1.5f
#define VERSION_LIKE .35f
#define PAIR_OFF     .5f /* of the distance: how askew two finders may be */
#define PAIR_LIKE    .5f
#define THIRD_LIKE   .5f
#define THIRD_REACH  5    /* modules around where the third one should be */
#define UNSEEN       .05f /* the weight of one that is not seen */
#define MARK_LIKE    .85f
#define MARK_HEAVY   8.f /* as many pairs */

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

static bool
find_frames(const struct light *light, const struct triple *triple,
    struct frame frame[3], float *all)
{
	const struct finder *finder[3] = { &triple->corner, &triple->right,
		&triple->below };
	float worst = 1;
	int i;

	*all = 0;
	for (i = 0; i < 3; i++) {
		struct frame rough, fine;
		float rough_like, fine_like;

		begin(light, finder[i], triple, &rough);
		fine = rough;
		frame_refine(light, 1.25f, &fine);
		frame_refine(light, .75f, &fine);
		rough_like = frame_like(light, &rough, 4);
		fine_like = frame_like(light, &fine, 4);
		frame[i] = fine_like > rough_like ? fine : rough;
		worst = fminf(worst, fmaxf(fine_like, rough_like));
		*all += fmaxf(fine_like, rough_like);
		if (worst < WORST_LIKE)
			return false;
	}
	return *all > ALL_LIKE;
}

/* --- version -------------------------------------------------------------- */

/* How dark the bits of the version information are, at the finders seen. */
static void
read_information(const struct light *light, const struct frame frame[3],
    const bool seen[3], float sum[18])
{
	int i;

	/* 11 to 9 modules from the far edge: 7 to 5 from the finder's middle */
	for (i = 0; i < 18; i++) {
		float far = (float)(i % 3 - 7), near = (float)(i / 3 - 3);

		sum[i] = 0;
		if (seen[1])
			sum[i] -=
			    light_off(light, frame_at(&frame[1], far, near));
		if (seen[2])
			sum[i] -=
			    light_off(light, frame_at(&frame[2], near, far));
	}
}

/* How well bits are those of a version: at most 1. */
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

static int
find_versions(const struct light *light, const struct triple *triple,
    const struct frame frame[3], int version[LOCATE_VERSIONS])
{
	static const bool seen[3] = { true, true, true };
	float sum[18], score[LOCATE_VERSIONS] = { 0 };
	int count = 0, v, i;

	read_information(light, frame, seen, sum);
	for (v = 1; v <= QR_VERSION_MAX; v++) {
		float want = (float)(4 * v + 10);
		float off = version_off(triple, v);
		float near = fabsf(want - triple->modules) / want;
		float like = v < 7 ? .4f : version_like(sum, v);
		/* what is written counts more than what paper that is bent
		 * or folded makes of distances */
		float now = v < 7 ? like - .25f * off * off - 2 * near
				  : 1.3f * like - .1f * off * off - .5f * near;

		if (near > .5f || (v < 7 && off > 3) ||
		    (v >= 7 && like < VERSION_LIKE))
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

bool
locate_triple(
    const struct light *light, const struct triple *triple, struct located *out)
{
	*out = (struct located){ .seen = { true, true, true } };
	if (!find_frames(light, triple, out->frame, &out->like))
		return false;
	out->versions = find_versions(light, triple, out->frame, out->version);
	return out->versions > 0;
}

/* --- two finders ---------------------------------------------------------- */

/* A place as the frame counts, from its middle. */
static struct spot
in_frame(const struct frame *f, struct spot at)
{
	float x = at.x - f->middle.x, y = at.y - f->middle.y;
	float all = f->right.x * f->down.y - f->right.y * f->down.x;

	return (struct spot){ (x * f->down.y - y * f->down.x) / all,
		(y * f->right.x - x * f->right.y) / all };
}

/* A quarter of a turn: what was down is right. */
static struct frame
turned(const struct frame *f)
{
	return (
	    struct frame){ f->middle, f->down, { -f->right.x, -f->right.y } };
}

/* Turned until another place is in this direction: -1, 0, 1 of each. */
static bool
turn_to(struct frame *f, struct spot at, int right, int down, float *modules)
{
	int i;

	for (i = 0; i < 4; i++) {
		struct spot s = in_frame(f, at);
		float most = fmaxf(fabsf(s.x), fabsf(s.y));
		float off = fabsf(s.x - (float)right * most) +
		    fabsf(s.y - (float)down * most);

		*modules = most;
		if (off < PAIR_OFF * most)
			return true;
		*f = turned(f);
	}
	return false;
}

/* As the two that are seen are, where three points of a parallelogram say. */
static void
guess_third(
    const struct light *light, struct located *l, int missing, float modules)
{
	static const struct spot from[3][2] = {
		{ { -1, 0 }, { 0, -1 } }, /* corner: of right, of below */
		{ { 1, 0 }, { 1, -1 } },  /* right: of corner, of below */
		{ { 0, 1 }, { -1, 1 } },  /* below: of corner, of right */
	};
	const struct frame *a = &l->frame[missing == 0 ? 1 : 0];
	const struct frame *b = &l->frame[missing == 2 ? 1 : 2];
	struct frame *out = &l->frame[missing], best;
	struct spot p = frame_at(
	    a, from[missing][0].x * modules, from[missing][0].y * modules);
	struct spot q = frame_at(
	    b, from[missing][1].x * modules, from[missing][1].y * modules);
	float most = THIRD_LIKE;
	int i, j;

	*out = (struct frame){ { (p.x + q.x) / 2, (p.y + q.y) / 2 },
		{ (a->right.x + b->right.x) / 2,
		    (a->right.y + b->right.y) / 2 },
		{ (a->down.x + b->down.x) / 2, (a->down.y + b->down.y) / 2 } };
	best = *out;
	for (j = -THIRD_REACH; j <= THIRD_REACH; j++)
		for (i = -THIRD_REACH; i <= THIRD_REACH; i++) {
			struct frame f = *out;
			float like;

			f.middle = frame_at(out, (float)i, (float)j);
			frame_refine(light, .75f, &f);
			like = frame_like(light, &f, 4);
			if (like > most) {
				most = like;
				best = f;
			}
		}
	l->seen[missing] = most > THIRD_LIKE;
	if (l->seen[missing])
		l->like += most;
	*out = best;
}

/* The version, by what stands beside the finders that are seen. */
static bool
tell_version(const struct light *light, float modules, struct located *l)
{
	float sum[18], best = PAIR_LIKE;
	int v;

	read_information(light, l->frame, l->seen, sum);
	for (v = 7; v <= QR_VERSION_MAX; v++) {
		float want = (float)(4 * v + 10), like;
		float off = fabsf(want - modules) / want;

		if (off > .6f)
			continue;
		like = version_like(sum, v) - off / 2;
		if (like > best) {
			best = like;
			l->version[0] = v;
			l->versions = 1;
		}
	}
	return l->versions > 0;
}

int
locate_pair(const struct light *light, const struct finder *one,
    const struct finder *two, struct located out[LOCATE_PAIRS])
{
	/* what two are, and where the second is from the first */
	static const struct {
		int first, second, right, down;
	} roles[] = { { 0, 1, 1, 0 }, { 0, 2, 0, 1 }, { 1, 2, -1, 1 } };
	int count = 0, role, swap;

	for (role = 0; role < 3; role++)
		for (swap = 0; swap < 2 && count < LOCATE_PAIRS; swap++) {
			int i = roles[role].first, j = roles[role].second;
			int right = roles[role].right, down = roles[role].down;
			struct located l = { .version = { 0 } };
			float near, far;

			l.frame[i] = swap ? two->frame : one->frame;
			l.frame[j] = swap ? one->frame : two->frame;
			l.seen[i] = l.seen[j] = true;
			l.like = one->like + two->like;
			if (!turn_to(&l.frame[i], l.frame[j].middle, right,
				down, &near) ||
			    !turn_to(&l.frame[j], l.frame[i].middle, -right,
				-down, &far) ||
			    !tell_version(light, sqrtf(near * far), &l))
				continue;
			guess_third(light, &l, 3 - i - j, sqrtf(near * far));
			out[count++] = l;
		}
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
locate_flat(const struct light *light, const struct located *located,
    int version, struct homography *out)
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
				frame_at(&located->frame[i], right, down),
				located->seen[i] ? 1 : UNSEEN
			};
		}
	if (!homography_fit(pair, count, out))
		return false;
	if (version > 1 && find_mark(light, out, version, &pair[count]))
		count++;
	return homography_fit(pair, count, out);
}
