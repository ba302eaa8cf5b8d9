/*
 * The kinds of pictures that scanners, fax machines and telephones make, with
 * the real sello-decode; other programs write them.
 */
#include "scan/scan.h"

#include "decode/tiff.h"
#include "tests/check_main.h"
#include "tests/support/pictures.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <string.h>

/* --- each kind ------------------------------------------------------------ */

/* All make "kind" out of code.png. */
static const struct {
	const char *what, *program, *how;
} kinds[] = {
	{ "GIF", "convert", "convert code.png GIF:kind" },
	{ "GIF, interlaced", "convert",
	    "convert code.png -interlace GIF GIF:kind" },
	{ "GIF, transparent", "convert",
	    "convert code.png -transparent white GIF:kind" },
	{ "a film of GIF", "convert",
	    "convert code.png code.png -loop 0 GIF:kind" },
	{ "BMP of 1 bit", "convert",
	    "convert code.png -type bilevel BMP3:kind" },
	{ "BMP of 4 bits, in runs", "convert",
	    "convert code.png -type palette -compress RLE BMP3:kind" },
	{ "BMP of 8 bits", "convert",
	    "convert code.png -blur 0x1 -compress none BMP3:kind" },
	{ "BMP of 8 bits, in runs", "convert",
	    "convert code.png -blur 0x1 -compress RLE BMP:kind" },
	{ "BMP of 24 bits", "convert",
	    "convert code.png -type truecolor BMP3:kind" },
	{ "BMP with opacity", "convert",
	    "convert code.png -type truecolormatte BMP:kind" },
	{ "BMP of OS/2, 1 bit", "convert",
	    "convert code.png -type bilevel BMP2:kind" },
	{ "BMP of OS/2, 8 bits", "convert",
	    "convert code.png -blur 0x1 -type palette BMP2:kind" },
	{ "BMP of OS/2, 24 bits", "convert",
	    "convert code.png -blur 0x1 BMP2:kind" },
	{ "HEIC", "heif-enc",
	    "convert code.png PNG24:h.png && heif-enc h.png -o h.heic && "
	    "mv h.heic kind" },
	{ "HEIC of 10 bits", "heif-enc",
	    "convert code.png -depth 16 -define png:bit-depth=16 deep.png && "
	    "heif-enc -b 10 deep.png -o h.heic && mv h.heic kind" },
	{ "AVIF", "heif-enc",
	    "convert code.png PNG24:h.png && heif-enc -A -p speed=9 h.png "
	    "-o h.avif && mv h.avif kind" },
	{ "TIFF", "convert", "convert code.png -compress none TIFF:kind" },
	{ "TIFF, white as 0", "convert",
	    "convert code.png -type bilevel -define "
	    "quantum:polarity=min-is-white -compress lzw TIFF:kind" },
	{ "TIFF, a fax of group 3", "convert",
	    "convert code.png -compress fax TIFF:kind" },
	{ "TIFF, a fax of group 4", "convert",
	    "convert code.png -compress group4 TIFF:kind" },
	{ "TIFF, a coarse fax", "convert",
	    "convert code.png -resize '100%x50%!' -density 204x98 -units "
	    "PixelsPerInch -compress group4 TIFF:kind" },
	{ "TIFF, big end first", "convert",
	    "convert code.png -endian MSB TIFF:kind" },
	{ "TIFF of 16 bits", "convert",
	    "convert code.png -depth 16 TIFF:kind" },
	{ "TIFF with a palette", "convert",
	    "convert code.png -type palette TIFF:kind" },
	{ "TIFF in print-shop inks", "convert",
	    "convert code.png -colorspace CMYK TIFF:kind" },
	{ "TIFF, transparent", "convert",
	    "convert code.png -transparent white TIFF:kind" },
	{ "TIFF with JPEG in it", "convert",
	    "convert code.png -type truecolor -compress jpeg TIFF:kind" },
	{ "TIFF in tiles", "tiffcp",
	    "convert code.png strips.tif && tiffcp -t -w 64 -l 64 strips.tif "
	    "kind" },
	{ "TIFF in planes", "tiffcp",
	    "convert code.png -type truecolor strips.tif && tiffcp -p separate "
	    "strips.tif kind" },
	{ "BigTIFF", "convert", "convert code.png TIFF64:kind" },
	{ "TIFF that stands on its side", "convert",
	    "convert code.png -rotate 90 -orient LeftBottom TIFF:kind" },
	{ "TIFF that is mirrored", "convert",
	    "convert code.png -flop -orient TopRight TIFF:kind" },
	{ "TIFF that is mirrored and on its side", "convert",
	    "convert code.png -transpose -orient LeftTop TIFF:kind" },
	{ "PNG, interlaced, of 16 bits", "convert",
	    "convert code.png -interlace PNG -depth 16 -define "
	    "png:bit-depth=16 PNG:kind" },
};

/* "kind" cut short, and with bytes changed: an answer, and no crash. */
static void
answers_to_damage(int i)
{
	static const char hurt[] =
	    "len=$(($(wc -c <kind) * %d / 10)); head -c $len kind >hurt; "
	    "head -c 400 /dev/urandom >>hurt";
	struct scan_result out = { 0 };
	struct errtext err = { 0 };
	struct bytes file = { 0 };
	char command[256];
	enum err rc;

	snprintf(command, sizeof(command), hurt, 1 + i % 9);
	ck_assert_int_eq(run(command, NULL), 0);
	run_get("hurt", &file);
	rc = scan_bytes(file.at, file.len, &out, &err);
	ck_assert_msg(rc == ERR_OK || rc == ERR_UNREADABLE || rc == ERR_LIMIT,
	    "%s: %s", kinds[i].what, err.text);
	ck_assert_msg(
	    strstr(err.text, "gave up") == NULL, "%s: it died", kinds[i].what);
	bytes_free(&file);
	scan_clear(&out);
}

START_TEST(reads_each_kind_whole_and_damaged)
{
	struct scan_result out = { 0 };

	if (!run_has(kinds[_i].program))
		return;
	picture_put("code.png", picture_code, 6);
	ck_assert_msg(
	    run(kinds[_i].how, NULL) == 0, "%s: not made", kinds[_i].what);
	ck_assert_msg(
	    picture_scan("kind", &out) == ERR_OK, "%s", kinds[_i].what);
	ck_assert_msg(picture_has(&out, picture_code), "%s: another text",
	    kinds[_i].what);
	ck_assert_uint_eq(out.count, 1);
	scan_clear(&out);
	answers_to_damage(_i);
}
END_TEST

/* What a camera that held it in a mirror writes into the file: where, and how
 * the same block of EXIF is put there. */
#define BLOCK                                                            \
	"II*\\0\\10\\0\\0\\0\\1\\0\\22\\1\\3\\0\\1\\0\\0\\0\\2\\0\\0\\0" \
	"\\0\\0\\0\\0"
static const struct {
	const char *what, *how;
} mirrors[] = {
	{ "JPEG",
	    "convert code.png -flop JPEG:m && (head -c 2 m; "
	    "printf '\\377\\341\\0\\42Exif\\0\\0" BLOCK
	    "'; tail -c +3 m) >kind" },
	{ "PNG",
	    "convert code.png -flop PNG:m && (head -c 33 m; "
	    "printf '\\0\\0\\0\\32eXIf" BLOCK
	    "\\16\\355\\75\\47'; tail -c +34 m) >kind" },
};

START_TEST(photos_are_turned_as_they_say)
{
	struct scan_result out = { 0 };

	if (!run_has("convert"))
		return;
	picture_put("a.png", picture_code, 6);
	picture_put("b.png", "SELLOAAAAAAAAAA", 6);
	ck_assert_int_eq(run("convert a.png b.png +append code.png", NULL), 0);
	ck_assert_int_eq(run(mirrors[_i].how, NULL), 0);
	ck_assert_int_eq(picture_scan("kind", &out), ERR_OK);
	ck_assert_uint_eq(out.count, 2);
	ck_assert_msg(strcmp((char *)out.item[0].data.at, picture_code) == 0,
	    "%s", mirrors[_i].what);
	scan_clear(&out);
	/* and without a word of it */
	ck_assert_int_eq(picture_scan("m", &out), ERR_OK);
	ck_assert_str_eq((char *)out.item[1].data.at, picture_code);
	scan_clear(&out);
}
END_TEST

/* --- pages ---------------------------------------------------------------- */

START_TEST(pages_of_a_tiff_are_numbered)
{
	struct scan_result out = { 0 };

	if (!run_has("convert"))
		return;
	picture_put("a.png", picture_code, 6);
	picture_put("b.png", "SELLOAAAAAAAAAA", 6);
	ck_assert_int_eq(
	    run("convert \\( a.png -compress group4 \\) \\( -size 900x900 "
		"xc:white \\) \\( b.png -depth 16 \\) pages.tif",
		NULL),
	    0);
	ck_assert_int_eq(picture_scan("pages.tif", &out), ERR_OK);
	ck_assert(!out.is_pdf);
	ck_assert_uint_eq(out.page_count, 3);
	ck_assert_uint_eq(out.count, 2);
	ck_assert_uint_eq(out.item[0].page, 1);
	ck_assert_uint_eq(out.item[1].page, 3);
	ck_assert_int_eq(out.page[0], PAGE_READ);
	ck_assert_int_eq(out.page[1], PAGE_BLANK);
	ck_assert_int_eq(out.page[2], PAGE_READ);
	scan_clear(&out);
}
END_TEST

START_TEST(pages_of_a_tiff_have_a_limit)
{
	struct scan_result out = { 0 };

	if (!run_has("tiffcp") || !run_has("convert"))
		return;
	picture_put("code.png", picture_code, 4);
	ck_assert_int_eq(
	    run("convert -size 8x8 xc:white -compress none one.tif && "
		"convert code.png -compress group4 code.tif && "
		"tiffcp $(yes one.tif | head -n 99) code.tif code.tif 101.tif",
		NULL),
	    0);
	ck_assert_int_eq(picture_scan("101.tif", &out), ERR_OK);
	ck_assert_uint_eq(out.page_count, 101);
	ck_assert_uint_eq(out.count, 1);
	ck_assert_uint_eq(out.item[0].page, 100);
	ck_assert_int_eq(out.page[98], PAGE_BLANK);
	ck_assert_int_eq(out.page[100], PAGE_UNREAD);
	scan_clear(&out);
}
END_TEST

/* One strip of 16 bits a pixel, deflated, of rubbish: as many rows as make
 * TIFF_STRIP_MAX, and one more. */
START_TEST(strips_of_a_tiff_have_a_limit)
{
	static const uint32_t width = 8192;
	const uint32_t height =
	    (uint32_t)((int)(TIFF_STRIP_MAX / width / 2) + _i);
	const uint32_t tags[][2] = { { 256, width }, { 257, height },
		{ 258, 16 }, { 259, 8 }, { 262, 1 }, { 273, 8 }, { 277, 1 },
		{ 278, height }, { 279, 8 } };
	const uint32_t count = sizeof(tags) / sizeof(tags[0]);
	struct scan_result out = { 0 };
	struct bytes file = { 0 };
	uint32_t i, value;

	bytes_add(&file, "II*\0\x8\0\0\0", 8);
	bytes_add(&file, &(uint16_t){ (uint16_t)count }, 2);
	for (i = 0; i < count; i++) { /* this machine writes as TIFF's II */
		value = tags[i][0] | 4u << 16;
		bytes_add(&file, &value, 4);
		bytes_add(&file, &(uint32_t){ 1 }, 4);
		bytes_add(&file, &tags[i][1], 4);
	}
	bytes_add(&file, &(uint32_t){ 0 }, 4);
	ck_assert_int_eq(scan_bytes(file.at, file.len, &out, NULL),
	    _i > 0 ? ERR_LIMIT : ERR_UNREADABLE);
	bytes_free(&file);
}
END_TEST

/* A page that was cut off is one page's loss. */
START_TEST(a_damaged_page_of_a_tiff_is_told)
{
	struct scan_result out = { 0 };

	if (!run_has("tiffcp") || !run_has("convert"))
		return;
	picture_put("code.png", picture_code, 6);
	/* the second page's width (tag 256, behind that of the first) is 0 */
	ck_assert_int_eq(
	    run("convert code.png -compress none a.tif && "
		"tiffcp a.tif a.tif two.tif && tiffset -d 1 -s 256 0 two.tif",
		NULL),
	    0);
	ck_assert_int_eq(picture_scan("two.tif", &out), ERR_OK);
	ck_assert_uint_eq(out.page_count, 2);
	ck_assert_uint_eq(out.count, 1);
	ck_assert_int_eq(out.page[1], PAGE_BAD);
	scan_clear(&out);
}
END_TEST

/* --- size is looked at first ---------------------------------------------- */

/* Headers of pictures of more pixels than are decoded, and hardly a pixel. */
#define BYTES(text)  text, sizeof(text) - 1
#define PIXELS_20000 "\x20\x4e"
static const struct {
	const char *what, *data;
	size_t len;
	enum err want;
} bombs[] = {
	{ "GIF",
	    BYTES("GIF89a" PIXELS_20000 PIXELS_20000 "\x80\0\0"
		  "\0\0\0\xff\xff\xff,\0\0\0\0" PIXELS_20000 PIXELS_20000
		  "\0\2\1\0\0;"),
	    ERR_LIMIT },
	{ "BMP",
	    BYTES("BM\0\0\0\0\0\0\0\0\x3e\0\0\0\x28\0\0\0" PIXELS_20000
		  "\0\0" PIXELS_20000 "\0\0\1\0\1\0\0\0\0\0\0\0\0\0\0\0\0"
		  "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\0"),
	    ERR_LIMIT },
	{ "BMP without its rows",
	    BYTES("BM\0\0\0\0\0\0\0\0\x3e\0\0\0\x28\0\0\0\0\x10"
		  "\0\0\0\x10\0\0\1\0\1\0\0\0\0\0\0\0\0\0\0\0\0"
		  "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\0"),
	    ERR_UNREADABLE },
	{ "BMP of OS/2 without its palette",
	    BYTES("BM\0\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x08\0"
		  "\x08\0\1\0\1\0"),
	    ERR_UNREADABLE },
	{ "TIFF",
	    BYTES("II*\0\x8\0\0\0\5\0"
		  "\0\1\3\0\1\0\0\0" PIXELS_20000 "\0\0" /* width */
		  "\1\1\3\0\1\0\0\0" PIXELS_20000 "\0\0" /* height */
		  "\3\1\3\0\1\0\0\0\1\0\0\0"
		  "\x11\1\4\0\1\0\0\0\x8\0\0\0"
		  "\x17\1\4\0\1\0\0\0\x8\0\0\0"
		  "\0\0\0\0"),
	    ERR_LIMIT },
};

START_TEST(size_is_looked_at_first)
{
	struct scan_result out = { 0 };

	ck_assert_msg(scan_bytes((const uint8_t *)bombs[_i].data, bombs[_i].len,
			  &out, NULL) == bombs[_i].want,
	    "%s", bombs[_i].what);
}
END_TEST

/* As telephones never make them: a small one that says that it is large (ispe,
 * where its width and height are behind four bytes). */
START_TEST(size_is_looked_at_before_a_film_decoder_is)
{
	struct scan_result out = { 0 };
	struct bytes file = { 0 };
	uint8_t *size;

	if (!run_has("heif-enc") || !run_has("convert"))
		return;
	ck_assert_int_eq(
	    run("convert -size 256x128 xc:white PNG24:white.png && "
		"heif-enc -A -q 10 -p speed=9 white.png -o h.avif",
		NULL),
	    0);
	run_get("h.avif", &file);
	ck_assert_int_eq(
	    scan_bytes(file.at, file.len, &out, NULL), ERR_UNREADABLE);
	size = memmem(file.at, file.len, "ispe", 4);
	ck_assert_ptr_nonnull(size);
	memcpy(size + 8, "\0\0\x20\0\0\0\x19\0", 8); /* 8192, 6400: 50 Mi */
	ck_assert_int_eq(
	    scan_bytes(file.at, file.len, &out, NULL), ERR_UNREADABLE);
	size[15]++;
	ck_assert_int_eq(scan_bytes(file.at, file.len, &out, NULL), ERR_LIMIT);
	bytes_free(&file);
	scan_clear(&out);
}
END_TEST

static Suite *
suite(void)
{
	const int kind_count = (int)(sizeof(kinds) / sizeof(kinds[0]));
	Suite *s = suite_create("pictures");
	TCase *t = tcase_create("pictures");

	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, reads_each_kind_whole_and_damaged, 0, kind_count);
	tcase_add_loop_test(t, photos_are_turned_as_they_say, 0,
	    (int)(sizeof(mirrors) / sizeof(mirrors[0])));
	tcase_add_test(t, pages_of_a_tiff_are_numbered);
	tcase_add_test(t, pages_of_a_tiff_have_a_limit);
	tcase_add_loop_test(t, strips_of_a_tiff_have_a_limit, 0, 2);
	tcase_add_test(t, a_damaged_page_of_a_tiff_is_told);
	tcase_add_loop_test(t, size_is_looked_at_first, 0,
	    (int)(sizeof(bombs) / sizeof(bombs[0])));
	tcase_add_test(t, size_is_looked_at_before_a_film_decoder_is);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
