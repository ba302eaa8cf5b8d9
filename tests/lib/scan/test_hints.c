/*
 * Why a picture could not be read, with the real sello-decode: a picture for
 * each reason, and what a person and a program are told.
 */
#include "scan/scan.h"

#include "base/i18n.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/pictures.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <string.h>

/* Of code.png, with white around it; by ImageMagick. */
#define AROUND "-bordercolor white -border 60 "
#define DESK \
	"-background gray73 -gravity Center -extent 1600x1200 -gravity None "
static const struct {
	const char *what, *how;
	enum scan_hint want;
} pictures[] = {
	{ "print without a code",
	    "-size 900x600 xc:white -font DejaVu-Sans -pointsize 20 -annotate "
	    "+60+100 'We the undersigned\nhave come to ask\nfor an "
	    "appointment\nwith the consul' words.png",
	    HINT_NO_CODE },
	{ "small print",
	    "-size 900x600 xc:white -font DejaVu-Sans -pointsize 9 -annotate "
	    "+60+100 'We the undersigned\nhave come to ask\nfor an "
	    "appointment\nwith the consul' small.png",
	    HINT_NO_CODE },
	{ "from too far", "code.png " AROUND "-resize 11% out.png",
	    HINT_TOO_SMALL },
	{ "out of focus", "code.png " AROUND "-blur 0x12 out.png",
	    HINT_BLURRED },
	{ "moved", "code.png " AROUND "-motion-blur 0x30+30 out.png",
	    HINT_BLURRED },
	{ "in the dark",
	    "code.png " AROUND
	    "-evaluate multiply 0.03 -seed 2 -attenuate 1.5 +noise Gaussian "
	    "out.png",
	    HINT_DARK },
	{ "with a lamp in it",
	    "code.png " AROUND
	    "-evaluate multiply 0.8 \\( -clone 0 -fill black -colorize 100 "
	    "-fill white -draw 'circle 340,340 340,560' -blur 0x20 \\) "
	    "-compose plus -composite out.png",
	    HINT_GLARE },
	{ "half of it on the left",
	    "code.png " AROUND "-gravity West -crop 52%x100%+0+0 +repage "
	    "out.png",
	    HINT_CUT_OFF },
	{ "the upper half",
	    "code.png " AROUND "-gravity North -crop 100%x55%+0+0 +repage "
	    "out.png",
	    HINT_CUT_OFF },
	{ "the lower half",
	    "code.png " AROUND "-gravity South -crop 100%x50%+0+0 +repage "
	    "out.png",
	    HINT_CUT_OFF },
	{ "the left half, with room for a code on the other side",
	    "code.png " AROUND "-gravity West -crop 52%x100%+0+0 +repage "
	    "-background gray -gravity East -extent 1100x out.png",
	    HINT_CUT_OFF },
	/* marks of which each module is larger than what is compared with */
	{ "half of it on the right, held near",
	    "code.png " AROUND "-gravity East -crop 52%x100%+0+0 +repage "
	    "-resize 220% -rotate 4 +repage out.png",
	    HINT_CUT_OFF },
	{ "most of it on the right: a mark, and what only looks like another",
	    "code.png " AROUND "-gravity East -crop 75%x100%+0+0 +repage "
	    "-resize 180% -rotate 4 +repage out.png",
	    HINT_CUT_OFF },
	/* white paper on a gray desk is no lamp */
	{ "on a desk, out of focus",
	    "code.png " AROUND DESK "-blur 0x14 out.png", HINT_BLURRED },
	{ "on a desk, from too far",
	    "code.png " AROUND DESK "-resize 12% out.png", HINT_TOO_SMALL },
	{ "on a desk, the upper half",
	    "code.png " AROUND DESK "-gravity North -crop 100%x50%+0+0 +repage "
	    "out.png",
	    HINT_CUT_OFF },
	{ "with a stain",
	    "code.png " AROUND "-fill black -draw 'rectangle 200,200 500,500' "
	    "out.png",
	    HINT_DAMAGED },
};

static enum scan_hint
hint_of(const char *path)
{
	struct scan_result out = { 0 };
	enum err rc = picture_scan(path, &out);
	enum scan_hint hint = out.hint;

	ck_assert_int_eq(rc, ERR_UNREADABLE);
	scan_clear(&out);
	return hint;
}

/* Making it is what takes the time: it is asked in both kinds. */
static void
make(int i)
{
	char command[700];

	/* some 650 pixels */
	picture_put("code.png", picture_code, 8);
	snprintf(command, sizeof(command),
	    "rm -f *.png.* && convert %s && mv $(ls -t *.png | head -n 1) "
	    "picture && convert PNG:picture TIFF:page",
	    pictures[i].how);
	ck_assert_int_eq(run(command, NULL), 0);
}

START_TEST(each_reason_is_told)
{
	static const char *const kinds[] = { "picture", "page" };
	int i = _i * EACH;

	if (!run_has("convert"))
		return;
	make(i);
	for (size_t k = 0; k < 2; k++) {
		enum scan_hint hint = hint_of(kinds[k]);

		ck_assert_msg(hint == pictures[i].want, "%s, as a %s: %s",
		    pictures[i].what, kinds[k], scan_hint_name(hint));
	}
}
END_TEST

START_TEST(each_reason_has_a_word_and_a_sentence)
{
	enum scan_hint i;

	for (i = HINT_NONE; i <= HINT_FORMAT; i++) {
		ck_assert((scan_hint_name(i) == NULL) == (i == HINT_NONE));
		ck_assert((scan_hint_text(i) == NULL) ==
		    (i == HINT_NONE || i == HINT_FORMAT));
	}
}
END_TEST

static Suite *
suite(void)
{
	const int count = (int)(sizeof(pictures) / sizeof(pictures[0]));
	Suite *s = suite_create("hints");
	TCase *t = tcase_create("hints");

	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, each_reason_is_told, 0, OF_MANY(count));
	tcase_add_test(t, each_reason_has_a_word_and_a_sentence);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
