/*
 * Where codes are, and how large their pictures on paper, as each kind of file says
 * it; with the real sello-decode.
 */
#include "scan/scan.h"

#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/pictures.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* code.png is made at 8 pixels a module; canvas.png has it with its upper left
 * corner at 1/4 and 1/8 of 1200 x 1600 pixels. */
#define CANVAS                                                             \
	"convert -size 1200x1600 xc:white \\( code.png -trim +repage \\) " \
	"-geometry +300+200 -composite canvas.png && "

/* All make "kind"; what its sides measure, in tenths of a millimeter, 0: not said. */
static const struct {
	const char *what, *how;
	unsigned across, down;
} kinds[] = {
	{ "PNG",
	    "convert canvas.png -units PixelsPerInch -density 200 PNG:kind",
	    1524, 2032 },
	{ "PNG, different across and down",
	    "convert canvas.png -units PixelsPerInch -density 200x100 PNG:kind",
	    1524, 4064 },
	{ "PNG that does not say", "convert canvas.png -strip PNG:kind", 0, 0 },
	{ "PNG of a screen",
	    "convert canvas.png -units PixelsPerInch -density 96 PNG:kind", 0,
	    0 },
	{ "PNG of another screen",
	    "convert canvas.png -units PixelsPerInch -density 72 PNG:kind", 0,
	    0 },
	{ "PNG of too few dots",
	    "convert canvas.png -units PixelsPerInch -density 49 PNG:kind", 0,
	    0 },
	{ "PNG of few dots",
	    "convert canvas.png -units PixelsPerInch -density 51 PNG:kind",
	    5976, 7969 },
	{ "PNG of no unit",
	    "convert canvas.png -units Undefined -density 200 PNG:kind", 0, 0 },
	{ "JPEG",
	    "convert canvas.png -units PixelsPerInch -density 200 "
	    "JPEG:kind",
	    1524, 2032 },
	{ "JPEG in centimeters",
	    "convert canvas.png -units PixelsPerCentimeter -density 80 "
	    "JPEG:kind",
	    1500, 2000 },
	{ "JPEG that does not say",
	    "convert canvas.png -units Undefined -density 200 JPEG:kind", 0,
	    0 },
	{ "JPEG that is decoded smaller",
	    "convert canvas.png -sample 400% -units PixelsPerInch -density "
	    "800 -quality 40 JPEG:kind",
	    1524, 2032 },
	{ "TIFF",
	    "convert canvas.png -units PixelsPerInch -density 200 -compress "
	    "lzw TIFF:kind",
	    1524, 2032 },
	{ "TIFF in centimeters",
	    "convert canvas.png -units PixelsPerCentimeter -density 80 "
	    "-compress lzw TIFF:kind",
	    1500, 2000 },
	{ "TIFF of a coarse fax",
	    "convert canvas.png -resize '100%x50%!' -units PixelsPerInch "
	    "-density 200x100 -compress group4 TIFF:kind",
	    1524, 2032 },
	{ "TIFF on its side",
	    "convert canvas.png -rotate 270 -orient RightTop -units "
	    "PixelsPerInch -density 200 -compress lzw TIFF:kind",
	    1524, 2032 },
	{ "TIFF on its side, different across and down",
	    "convert canvas.png -rotate 270 -orient RightTop -units "
	    "PixelsPerInch -density 125x150 -compress lzw TIFF:kind",
	    2032, 3251 },
	{ "GIF", "convert canvas.png GIF:kind", 0, 0 },
	{ "WebP", "convert canvas.png WEBP:kind", 0, 0 },
};

static void
folder(void)
{
	run_folder();
	picture_put("code.png", picture_code, 8);
}

static void
scan(const char *path, struct scan_result *out)
{
	struct bytes file = { 0 };
	struct errtext err = { 0 };

	run_get(path, &file);
	ck_assert_msg(scan_places(file.at, file.len, out, &err) == ERR_OK, "%s",
	    err.text);
	ck_assert_uint_eq(out->count, 1);
	bytes_free(&file);
}

static bool
is_near(unsigned got, unsigned want, unsigned off)
{
	return got + off >= want && got <= want + off;
}

START_TEST(as_each_kind_says)
{
	struct scan_result out = { 0 };
	const struct scan_place *place;
	char command[512];

	if (!run_has("convert"))
		return;
	snprintf(command, sizeof(command), CANVAS "%s", kinds[_i * EACH].how);
	ck_assert_int_eq(run(command, NULL), 0);
	scan("kind", &out);
	place = &out.item[0].place;
	ck_assert_msg(
	    is_near(place->um[0], kinds[_i * EACH].across * 100, 100) &&
		is_near(place->um[1], kinds[_i * EACH].down * 100, 100),
	    "%s: %u x %u um", kinds[_i * EACH].what, place->um[0],
	    place->um[1]);
	/* within two pixels, whatever its pixels are */
	ck_assert_msg(is_near(place->corner[0][0], 16384, 120) &&
		is_near(place->corner[0][1], 8192, 90),
	    "%s: at %u, %u", kinds[_i * EACH].what, place->corner[0][0],
	    place->corner[0][1]);
	ck_assert_uint_gt(place->side[0], 0);
	scan_clear(&out);
}
END_TEST

/* By which way the code stands, not the paper: its own upper left corner first. */
static const struct {
	const char *how;
	int first; /* corner of the picture that is nearest to it, as they go */
} turned[] = {
	{ "-rotate 0", 0 }, { "-rotate 90", 1 }, { "-rotate 180", 2 },
	{ "-rotate 270", 3 },
	{ "-blur 0x3 -rotate 90", 1 }, /* read module by module */
};

START_TEST(corners_go_round_the_code)
{
	static const unsigned at[4][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 },
		{ 0, 1 } };
	struct scan_result out = { 0 };
	char command[128];

	if (!run_has("convert"))
		return;
	snprintf(command, sizeof(command), "convert code.png %s kind.png",
	    turned[_i * EACH].how);
	ck_assert_int_eq(run(command, NULL), 0);
	scan("kind.png", &out);
	for (int i = 0; i < 4; i++) {
		const unsigned *want = at[(i + turned[_i * EACH].first) % 4];
		const uint32_t *got = out.item[0].place.corner[i];

		ck_assert_msg(
		    got[0] / 32768 == want[0] && got[1] / 32768 == want[1],
		    "%s, corner %d: %u, %u", turned[_i * EACH].how, i, got[0],
		    got[1]);
	}
	scan_clear(&out);
}
END_TEST

/* Nobody else is told. */
START_TEST(only_when_asked_for)
{
	struct scan_result out = { 0 };

	ck_assert_int_eq(picture_scan("code.png", &out), ERR_OK);
	ck_assert_uint_eq(out.item[0].place.side[0], 0);
	scan_clear(&out);
}
END_TEST

START_TEST(a_text_has_no_place)
{
	struct scan_result out = { 0 };

	ck_assert_int_eq(
	    scan_places((const uint8_t *)"SELLOX", 6, &out, NULL), ERR_OK);
	ck_assert_uint_eq(out.item[0].place.side[0], 0);
	scan_clear(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("places");
	TCase *t = tcase_create("places");

	tcase_add_checked_fixture(t, folder, run_leave);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, as_each_kind_says, 0, OF_MANY(sizeof(kinds) / sizeof(kinds[0])));
	tcase_add_loop_test(t, corners_go_round_the_code, 0,
	    OF_MANY(sizeof(turned) / sizeof(turned[0])));
	tcase_add_test(t, only_when_asked_for);
	tcase_add_test(t, a_text_has_no_place);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
