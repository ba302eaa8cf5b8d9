/*
 * Tests of decode/grid.h: symbols by libqrencode, drawn here as paper shows them
 * that is tilted, curled, folded, covered, small or out of focus; what the grid
 * makes of it is compared with the symbol as it was.
 */
#include "decode/grid.h"

#include "base/encode.h"
#include "decode/qr.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/letters.h"

#include <math.h>
#include <qrencode.h>
#include <string.h>
#include <zlib.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define SIDE     640 /* of a picture, at most */
#define WORK_MAX INT64_C(2600000000)
#define FINE     3 /* samples a pixel each way */

/* "SELLO", Base32 of random bytes that begin with a format, and their CRC. */
static QRcode *
letter_of(size_t body_len, uint64_t seed, uint32_t wrong)
{
	struct bytes body = { 0 }, text = { 0 };
	QRinput *input;
	QRcode *code;
	uint32_t crc;

	bytes_add_byte(&body, 1);
	while (body.len < body_len)
		bytes_add_byte(&body, (uint8_t)support_random(&seed));
	crc = (uint32_t)crc32(0, body.at, (unsigned)body.len) ^ wrong;
	for (int i = 24; i >= 0; i -= 8)
		bytes_add_byte(&body, (uint8_t)(crc >> i));
	bytes_add_text(&text, "SELLO");
	base32_encode(body.at, body.len, &text);
	input = QRinput_new2(0, QR_ECLEVEL_Q);
	ck_assert_int_eq(
	    QRinput_append(input, QR_MODE_AN, (int)text.len, text.at), 0);
	code = QRcode_encodeInput(input);
	ck_assert_ptr_nonnull(code);
	QRinput_free(input);
	bytes_free(&body);
	bytes_free(&text);
	return code;
}

/* --- drawing -------------------------------------------------------------- */

/* How the paper is held: (x, y) of the picture, -1 to 1, to the symbol's, which
 * lies from -.6 to .6. */
struct hold {
	double tilt; /* away from the camera, radians */
	double turn; /* in the picture */
	double curl; /* angle of a cylinder that the symbol takes */
	double fold; /* slope on the right half */
	bool mirrored;
	double thin; /* modules that dark lost all around */
};

static void
to_symbol(const struct hold *h, double *x, double *y)
{
	double u = *x * cos(h->turn) + *y * sin(h->turn);
	double v = *y * cos(h->turn) - *x * sin(h->turn);
	/* a plane that is tilted around x, three units before the camera */
	double depth = 1 / (1 - v * sin(h->tilt) / 3 / cos(h->tilt));

	if (h->tilt != 0) {
		u *= depth;
		v *= depth / cos(h->tilt);
	}
	if (h->curl != 0) {
		double radius = 1.2 / h->curl;

		u = radius * asin(fmax(-.999, fmin(.999, u / radius)));
	}
	if (u > 0)
		u *= 1 + h->fold;
	*x = h->mirrored ? -u : u;
	*y = v;
}

static double
paper_at(const QRcode *code, double x, double y)
{
	int i = (int)floor((x / 1.2 + .5) * code->width);
	int j = (int)floor((y / 1.2 + .5) * code->width);

	if (i < 0 || j < 0 || i >= code->width || j >= code->width)
		return 220;
	return code->data[j * code->width + i] & 1 ? 30 : 220;
}

/* Dark as far as there is dark all around. */
static double
thin_at(const QRcode *code, const struct hold *h, double x, double y)
{
	double off = h->thin * 1.2 / code->width, most = 0;

	for (int k = 0; k < 4; k++)
		most = fmax(most,
		    paper_at(code, x + (k % 2 ? off : -off),
			y + (k / 2 ? off : -off)));
	return most;
}

static void
draw(const QRcode *code, const struct hold *hold, int side, struct gray *out)
{
	ck_assert(gray_new(out, (uint64_t)side, (uint64_t)side));
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++) {
			double sum = 0;

			for (int k = 0; k < FINE * FINE; k++) {
				double u = (x + (k % FINE + .5) / FINE) / side;
				double v = (y + (k / FINE + .5) / FINE) / side;

				u = 2 * u - 1;
				v = 2 * v - 1;
				to_symbol(hold, &u, &v);
				sum += thin_at(code, hold, u, v);
			}
			gray_row(out, (uint32_t)y)[x] =
			    (uint8_t)(sum / FINE / FINE);
		}
}

static void
add_noise(struct gray *picture, int levels, uint64_t seed)
{
	for (size_t i = 0; levels > 0 && i < gray_size(picture); i++) {
		int off =
		    (int)(support_random(&seed) % (unsigned)(2 * levels + 1)) -
		    levels;
		int now = picture->at[i] + off;

		picture->at[i] = (uint8_t)(now < 0 ? 0 : now > 255 ? 255 : now);
	}
}

/* Out of focus: means of so many pixels each way, across and down. */
static void
soften(struct gray *picture, int reach)
{
	struct gray was = { 0 };

	ck_assert(gray_new(&was, picture->width, picture->height));
	memcpy(was.at, picture->at, gray_size(picture));
	for (int y = reach; y + reach < (int)picture->height; y++)
		for (int x = reach; x + reach < (int)picture->width; x++) {
			int sum = 0, side = 2 * reach + 1;

			for (int k = 0; k < side * side; k++)
				sum += gray_row(&was,
				    (uint32_t)(y + k / side -
					reach))[x + k % side - reach];
			gray_row(picture, (uint32_t)y)[x] =
			    (uint8_t)(sum / side / side);
		}
	gray_free(&was);
}

/* A part of the picture, in hundredths, becomes one shade. */
static void
cover(struct gray *picture, const int part[4], uint8_t shade)
{
	uint32_t w = picture->width;

	for (uint32_t y = (uint32_t)part[1] * w / 100;
	     y < (uint32_t)part[3] * w / 100; y++)
		for (uint32_t x = (uint32_t)part[0] * w / 100;
		     x < (uint32_t)part[2] * w / 100; x++)
			gray_row(picture, y)[x] = shade;
}

/* --- reading -------------------------------------------------------------- */

struct got {
	const QRcode *want;
	int right, wrong;
};

/* Is it the symbol, module by module? */
static void
compare(void *arg, const struct gray *symbol, const struct found_place *place)
{
	struct got *got = arg;
	int side = got->want->width;
	uint32_t pixels = symbol->width / (uint32_t)(side + 8);
	bool same = symbol->width == pixels * (uint32_t)(side + 8);

	ck_assert_uint_lt(place->left, place->right);
	ck_assert_uint_lt(place->top, place->bottom);
	for (int i = 0; same && i < side * side; i++) {
		uint32_t x = (uint32_t)(i % side + 4) * pixels + pixels / 2;
		uint32_t y = (uint32_t)(i / side + 4) * pixels + pixels / 2;

		same = (gray_row(symbol, y)[x] < 128) ==
		    ((got->want->data[i] & 1) != 0);
	}
	got->right += same;
	got->wrong += !same;
}

static struct got
read_picture(const QRcode *code, const struct gray *picture)
{
	struct grid *grid = grid_new();
	struct work work = { 0, WORK_MAX, WORK_MAX };
	struct got got = { code, 0, 0 };

	ck_assert_ptr_nonnull(grid);
	grid_begin(grid, picture, &work, compare, &got);
	grid_look(grid, picture, GRID_TRIPLES);
	if (got.right == 0)
		grid_look(grid, picture, GRID_PAIRS);
	ck_assert_int_eq(grid_seen(grid)->mended, got.right + got.wrong);
	grid_free(&grid);
	ck_assert_ptr_null(grid);
	return got;
}

static const struct {
	const char *name;
	struct hold hold;
	int side, noise;
	int covered[4];
	uint8_t shade;
} pictures[] = {
	{ "flat", { .turn = 0 }, 400, 0, { 0 }, 0 },
	{ "turned by 30 degrees", { .turn = .52 }, 400, 0, { 0 }, 0 },
	{ "upside down", { .turn = 3.14159 }, 400, 0, { 0 }, 0 },
	{ "in a mirror", { .mirrored = true }, 400, 0, { 0 }, 0 },
	{ "turned in a mirror", { .mirrored = true, .turn = .7 }, 400, 0, { 0 },
	    0 },
	{ "tilted by 45 degrees", { .tilt = .785 }, 500, 0, { 0 }, 0 },
	{ "tilted by 60 degrees", { .tilt = 1.047 }, 640, 0, { 0 }, 0 },
	{ "tilted and turned", { .tilt = .9, .turn = .6 }, 640, 0, { 0 }, 0 },
	{ "curled by 60 degrees", { .curl = 1.05 }, 500, 0, { 0 }, 0 },
	{ "curled by 100 degrees", { .curl = 1.75 }, 600, 0, { 0 }, 0 },
	{ "curled, tilted, turned", { .curl = 1.05, .tilt = .5, .turn = .3 },
	    640, 0, { 0 }, 0 },
	{ "folded", { .fold = .1 }, 500, 0, { 0 }, 0 },
	{ "2 pixels a module", { .turn = .1 }, 220, 0, { 0 }, 0 },
	{ "noisy", { .turn = .1 }, 400, 90, { 0 }, 0 },
	{ "a blot", { .turn = 0 }, 400, 5, { 40, 40, 60, 62 }, 30 },
	{ "glare", { .turn = .2 }, 400, 5, { 45, 35, 66, 56 }, 255 },
	{ "a finder covered", { .turn = .1 }, 400, 0, { 66, 0, 100, 34 }, 120 },
	{ "the corner torn off", { .turn = 0 }, 400, 0, { 0, 0, 30, 30 }, 120 },
	{ "three blots", { .tilt = .5 }, 500, 10, { 30, 55, 75, 65 }, 120 },
};

START_TEST(reads_paper_as_it_is_held)
{
	QRcode *code = letter_of(120 + 3 * (size_t)_i, (uint64_t)_i, 0);
	struct gray picture = { 0 };
	struct got got;

	draw(code, &pictures[_i].hold, pictures[_i].side, &picture);
	cover(&picture, pictures[_i].covered, pictures[_i].shade);
	add_noise(&picture, pictures[_i].noise, 99);
	got = read_picture(code, &picture);
	ck_assert_msg(got.right == 1 && got.wrong == 0, "%s: %d right %d wrong",
	    pictures[_i].name, got.right, got.wrong);
	gray_free(&picture);
	QRcode_free(code);
}
END_TEST

/* A text that is no letter: mended as long as nothing has to be erased. */
/* Toner that shrank, before a lens out of focus: the middles of modules alone do not
 * tell them. */
START_TEST(reads_modules_by_all_of_them)
{
	const struct hold hold = { .turn = .06, .thin = .28 };
	QRcode *code = letter_of(160, 4, 0);
	struct gray picture = { 0 };
	struct got got;

	draw(code, &hold, 555, &picture);
	soften(&picture, 3);
	add_noise(&picture, 30, 7);
	got = read_picture(code, &picture);
	ck_assert_int_eq(got.right, 1);
	ck_assert_int_eq(got.wrong, 0);
	gray_free(&picture);
	QRcode_free(code);
}
END_TEST

START_TEST(only_a_right_crc_is_worth_erasing)
{
	static const int blot[4] = { 33, 34, 66, 70 };
	struct hold flat = { 0 };
	struct gray picture = { 0 };
	QRcode *code = letter_of(150, 5, (uint32_t)_i);

	draw(code, &flat, 400, &picture);
	ck_assert_int_eq(read_picture(code, &picture).right, 1);
	cover(&picture, blot, 120);
	ck_assert_int_eq(read_picture(code, &picture).right, _i == 0);
	ck_assert_int_eq(read_picture(code, &picture).wrong, 0);
	gray_free(&picture);
	QRcode_free(code);
}
END_TEST

/* More and more of it covered: right or nothing. */
START_TEST(never_reads_another_text)
{
	QRcode *code = letter_of(140, (uint64_t)_i, 0);
	struct hold flat = { .turn = .05 };
	struct gray picture = { 0 };
	int part[4] = { 30, 30, 40 + 2 * _i, 70 };

	draw(code, &flat, 400, &picture);
	cover(&picture, part, _i % 2 ? 255 : 128);
	add_noise(&picture, 60, (uint64_t)_i);
	ck_assert_int_eq(read_picture(code, &picture).wrong, 0);
	gray_free(&picture);
	QRcode_free(code);
}
END_TEST

/* Sizes and shapes that are no picture of a symbol. */
START_TEST(nothing_is_read_in_nothing)
{
	static const struct {
		uint32_t width, height;
	} sizes[] = { { 1, 1 }, { 1, 3000 }, { 3000, 1 }, { 7, 9 }, { 8, 8 },
		{ 300, 200 } };
	struct gray picture = { 0 };
	QRcode *code = letter_of(100, 1, 0);

	ck_assert(gray_new(&picture, sizes[_i].width, sizes[_i].height));
	memset(picture.at, 128, gray_size(&picture));
	ck_assert_int_eq(read_picture(code, &picture).wrong, 0);
	add_noise(&picture, 127, 3);
	ck_assert_int_eq(read_picture(code, &picture).wrong, 0);
	gray_free(&picture);
	QRcode_free(code);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("grid");
	TCase *t = tcase_create("grid");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, reads_paper_as_it_is_held, 0, OF_MANY(COUNT(pictures)));
	tcase_add_test(t, reads_modules_by_all_of_them);
	tcase_add_loop_test(t, only_a_right_crc_is_worth_erasing, 0, 2);
	tcase_add_loop_test(t, never_reads_another_text, 0, OF_MANY(12));
	tcase_add_loop_test(t, nothing_is_read_in_nothing, 0, 6);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
