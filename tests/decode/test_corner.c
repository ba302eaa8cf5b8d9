/*
 * test_corner.c - three corner marks, drawn here: decode/corner.h.
 */
#include "tests/check_main.h"

#include "decode/corner.h"

#include <stdlib.h>
#include <string.h>

#define MODULE 5
#define SIDE   300

/* ISO/IEC 18004, 6.3.3.1: a square of 3 in a ring of 7 modules. */
static void
draw(struct gray *picture, uint32_t left, uint32_t top)
{
	uint32_t x, y;

	for (y = 0; y < 7 * MODULE; y++)
		for (x = 0; x < 7 * MODULE; x++) {
			int across = abs((int)(x / MODULE) - 3);
			int down = abs((int)(y / MODULE) - 3);
			int far = across > down ? across : down;

			gray_row(picture, top + y)[left + x] =
			    far == 2 ? 255 : 0;
		}
}

static struct gray
paper(void)
{
	struct gray picture = { 0 };

	ck_assert(gray_new(&picture, SIDE, SIDE));
	memset(picture.at, 255, gray_size(&picture));
	return picture;
}

START_TEST(three_are_a_code)
{
	struct gray picture = paper();

	ck_assert(!corner_three(&picture));
	draw(&picture, 40, 40);
	draw(&picture, 200, 40);
	ck_assert(!corner_three(&picture));
	draw(&picture, 40, 200);
	ck_assert(corner_three(&picture));
	gray_free(&picture);
}
END_TEST

/* In a soft picture no mark is sharp, and all are seen. */
START_TEST(soft_ones_are_seen)
{
	struct gray picture = paper(), soft = { 0 };

	draw(&picture, 40, 40);
	draw(&picture, 200, 40);
	draw(&picture, 40, 200);
	ck_assert(gray_blur(&picture, 2, &soft));
	ck_assert(corner_three(&soft));
	gray_free(&soft);
	gray_free(&picture);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("corner");
	TCase *t = tcase_create("corner");

	tcase_add_test(t, three_are_a_code);
	tcase_add_test(t, soft_ones_are_seen);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
