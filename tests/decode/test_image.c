/*
 * Pictures are read row by row, the large ones at half their size: what comes out
 * of PNG of each kind, whole and interlaced, pixel by pixel; and how large they may
 * be. A file of 64 million pixels takes a few kilobytes.
 */
#include "decode/image.h"

#include "tests/check_main.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

struct sort {
	const char *name;
	int depth, color, channels;
};

static const struct sort sorts[] = {
	{ "1 bit", 1, PNG_COLOR_TYPE_GRAY, 1 },
	{ "4 bits", 4, PNG_COLOR_TYPE_GRAY, 1 },
	{ "8 bits", 8, PNG_COLOR_TYPE_GRAY, 1 },
	{ "16 bits", 16, PNG_COLOR_TYPE_GRAY, 1 },
	{ "gray, half transparent", 8, PNG_COLOR_TYPE_GRAY_ALPHA, 2 },
	{ "colors", 8, PNG_COLOR_TYPE_RGB, 3 },
	{ "colors of 16 bits", 16, PNG_COLOR_TYPE_RGB, 3 },
	{ "a palette", 2, PNG_COLOR_TYPE_PALETTE, 1 },
	{ "colors, half transparent", 8, PNG_COLOR_TYPE_RGB_ALPHA, 4 },
};

/* One picture to write. */
struct png {
	const struct sort *sort;
	uint32_t width, height;
	bool interlaced;
	uint32_t alike; /* rows in a row that are; 0: one */
};

/* A sample of a pixel, of `depth` bits. */
static unsigned
sample(const struct png *png, uint32_t x, uint32_t y)
{
	unsigned most =
	    png->sort->depth == 16 ? 255 : (1u << png->sort->depth) - 1;

	y = png->alike > 0 ? y / png->alike : y;
	return (x * 7 + y * 13 + x * y % 5) % (most + 1);
}

/* ... and what it looks like on paper. */
static int
expected(const struct png *png, uint32_t x, uint32_t y)
{
	unsigned most =
	    png->sort->depth == 16 ? 255 : (1u << png->sort->depth) - 1;
	unsigned shade = sample(png, x, y) * 255 / most;

	return (int)(png->sort->color & PNG_COLOR_MASK_ALPHA ? (shade + 255) / 2
							     : shade);
}

static void
fill_row(const struct png *png, uint32_t y, uint8_t *row)
{
	int depth = png->sort->depth, channels = png->sort->channels, c;
	size_t bit = 0;
	uint32_t x;

	memset(
	    row, 0, ((size_t)png->width * (size_t)(depth * channels) + 7) / 8);
	for (x = 0; x < png->width; x++)
		for (c = 0; c < channels; c++, bit += (size_t)depth) {
			unsigned v = sample(png, x, y);

			if (channels % 2 == 0 && c == channels - 1)
				v = 128; /* opacity */
			if (depth == 16)
				row[bit / 8] = (uint8_t)v;
			else
				row[bit / 8] |= (uint8_t)(v
				    << (8 - depth - (int)(bit % 8)));
		}
}

static void
put(png_structp png, png_bytep data, size_t len)
{
	bytes_add(png_get_io_ptr(png), data, len);
}

static void
flush(png_structp png)
{
	(void)png;
}

static void
write_png(const struct png *png, struct bytes *out)
{
	png_structp write =
	    png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(write);
	static uint8_t row[32768 * 8 + 8];
	png_color palette[4] = { { 0, 0, 0 }, { 85, 85, 85 }, { 170, 170, 170 },
		{ 255, 255, 255 } };
	int passes, pass;
	uint32_t y;

	png_set_write_fn(write, out, put, flush);
	png_set_compression_level(write, 1);
	png_set_filter(write, 0, PNG_FILTER_NONE);
	png_set_IHDR(write, info, png->width, png->height, png->sort->depth,
	    png->sort->color,
	    png->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
	if (png->sort->color == PNG_COLOR_TYPE_PALETTE)
		png_set_PLTE(write, info, palette, 4);
	png_write_info(write, info);
	passes = png_set_interlace_handling(write);
	for (pass = 0; pass < passes; pass++)
		for (y = 0; y < png->height; y++) {
			if (png->alike == 0 || y % png->alike == 0)
				fill_row(png, y, row);
			png_write_row(write, row);
		}
	png_write_end(write, NULL);
	png_destroy_write_struct(&write, &info);
	ck_assert(!out->failed);
}

static enum err
read_png(const struct png *png, struct gray *out)
{
	struct bytes file = { 0 };
	enum err rc;

	write_png(png, &file);
	rc = image_read(MAGIC_PNG, &file, out);
	bytes_free(&file);
	return rc;
}

/* Sides that leave passes empty, and that no eight divides. */
static const uint32_t sides[][2] = { { 1, 1 }, { 3, 1 }, { 1, 7 }, { 37, 23 },
	{ 64, 64 } };

START_TEST(each_kind_is_read)
{
	const struct sort *sort = &sorts[_i];
	size_t i;

	for (i = 0; i < 2 * sizeof(sides) / sizeof(sides[0]); i++) {
		struct png png = { sort, sides[i / 2][0], sides[i / 2][1],
			i % 2 == 1, 0 };
		struct gray got = { 0 };
		uint32_t x, y;

		ck_assert_int_eq(read_png(&png, &got), ERR_OK);
		ck_assert_uint_eq(got.width, png.width);
		ck_assert_uint_eq(got.height, png.height);
		ck_assert(!got.is_shrunk);
		for (y = 0; y < png.height; y++)
			for (x = 0; x < png.width; x++) {
				int off =
				    gray_row(&got, y)[x] - expected(&png, x, y);

				if (off < -1 || off > 1)
					ck_abort_msg(
					    "%s, %u x %u%s: %u,%u is %d off",
					    sort->name, png.width, png.height,
					    png.interlaced ? ", interlaced"
							   : "",
					    x, y, off);
			}
		gray_free(&got);
	}
}
END_TEST

/* A pixel of the half: of four the mean, of an interlaced one the first. */
static int
expected_half(const struct png *png, uint32_t x, uint32_t y)
{
	int sum = expected(png, 2 * x, 2 * y);

	if (png->interlaced)
		return sum;
	sum += expected(png, 2 * x + 1, 2 * y);
	sum += expected(png, 2 * x, 2 * y + 1);
	sum += expected(png, 2 * x + 1, 2 * y + 1);
	return (sum + 2) / 4;
}

START_TEST(a_large_one_is_read_at_half_its_size)
{
	/* a pixel over what is read as it is, and sides that are odd */
	struct png png = { &sorts[0], 32767, GRAY_WANTED / 32767 + 2, _i == 1,
		64 };
	struct gray got = { 0 };
	uint32_t x, y;

	png.height |= 1;
	ck_assert_int_eq(read_png(&png, &got), ERR_OK);
	ck_assert_uint_eq(got.width, png.width / 2);
	ck_assert_uint_eq(got.height, png.height / 2);
	ck_assert(got.is_shrunk);
	for (y = 0; y < got.height; y += 31)
		for (x = 0; x < got.width; x++)
			if (abs(gray_row(&got, y)[x] -
				expected_half(&png, x, y)) > 1)
				ck_abort_msg("%u,%u", x, y);
	gray_free(&got);
}
END_TEST

/* Below, at and above what is read, and what is read as it is. */
static const struct {
	uint32_t width, height;
	enum err want;
	bool shrunk;
} sizes[] = {
	{ 8192, GRAY_WANTED / 8192, ERR_OK, false },
	{ 8192, GRAY_WANTED / 8192 + 1, ERR_OK, true },
	{ 8192, GRAY_PIXEL_MAX / 8192 - 1, ERR_OK, true },
	{ 8192, GRAY_PIXEL_MAX / 8192, ERR_OK, true },
	{ 8192, GRAY_PIXEL_MAX / 8192 + 1, ERR_LIMIT, false },
	{ GRAY_SIDE_MAX - 1, 8, ERR_OK, false },
	{ GRAY_SIDE_MAX, 8, ERR_OK, false },
	{ GRAY_SIDE_MAX + 1, 8, ERR_LIMIT, false },
	{ 8, GRAY_SIDE_MAX, ERR_OK, false },
	{ 8, GRAY_SIDE_MAX + 1, ERR_LIMIT, false },
};

START_TEST(pixels_have_a_limit)
{
	struct png png = { &sorts[0], sizes[_i].width, sizes[_i].height, false,
		65536 };
	struct gray got = { 0 };

	ck_assert_int_eq(read_png(&png, &got), sizes[_i].want);
	ck_assert(got.is_shrunk == sizes[_i].shrunk);
	ck_assert((got.at != NULL) == (sizes[_i].want == ERR_OK));
	gray_free(&got);
}
END_TEST

/* ... and by how many bytes a pixel has in the file: below, at and above. */
START_TEST(bytes_have_a_limit)
{
	static const unsigned bits[] = { 24, 32, 48, 64, 65535 * 8 };
	const uint64_t most = UINT64_C(8) * GRAY_RAW_MAX / bits[_i];
	const uint64_t width = most < 4096 ? 1 : 4096, height = most / width;

	ck_assert(gray_unpacks(width, height - 1, bits[_i]));
	ck_assert(gray_unpacks(width, height, bits[_i]));
	ck_assert(!gray_unpacks(width, height + 1, bits[_i]));
	ck_assert(!gray_unpacks(0, height, bits[_i]));
}
END_TEST

/* A WebP of so many bytes that says what it is, and has nothing behind that. */
START_TEST(webp_has_limits)
{
	static const struct {
		const char head[19]; /* 18, or fewer and zeros */
		int more;
		enum err want;
	} kind[] = {
		{ "VP8 \x16\0\xff\0\x10\2\0\x9d\1\x2a\x10\0\x10\0", 0,
		    ERR_UNREADABLE },
		{ "VP8 \x16\0\xff\0\x10\2\0\x9d\1\x2a\x10\0\x10\0", 2,
		    ERR_LIMIT },
		/* without loss, of 8193 x 6144 and 8192 x 6144 */
		{ "VP8L\x16\0\xff\0\x2f\0\xe0\xff\5\0", 2, ERR_LIMIT },
		{ "VP8L\x16\0\xff\0\x2f\xff\xdf\xff\5\0", 2, ERR_UNREADABLE },
	};
	struct gray got = { 0 };
	struct bytes file = { 0 };
	size_t i;

	bytes_add(&file, "RIFF\xff\xff\xff\0WEBP", 12);
	bytes_add(&file, kind[_i].head, 18);
	for (i = file.len; i < (IMAGE_WEBP_MAX + (size_t)kind[_i].more); i++)
		bytes_add_byte(&file, 0);
	ck_assert_int_eq(image_read(MAGIC_WEBP, &file, &got), kind[_i].want);
	bytes_free(&file);
}
END_TEST

/* --- JPEG ---------------------------------------------------------------------- */

/* A gray picture of 16 x 16 in so many scans, whose header says other sides. */
static void
write_jpeg(unsigned width, unsigned height, int scans, struct bytes *out)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	jpeg_scan_info script[100];
	unsigned char *data = NULL, row[16] = { 0, 255, 0, 255, 255 };
	JSAMPROW rows[1] = { row };
	unsigned long len = 0, at;
	int i;

	/* the first coefficient, then others, each in a scan of its own */
	for (i = 0; i < scans; i++)
		script[i] = (jpeg_scan_info){ 1, { 0 }, i % 64, i % 64, 0, 0 };
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &data, &len);
	jpeg.image_width = jpeg.image_height = 16;
	jpeg.input_components = 1;
	jpeg.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&jpeg);
	if (scans > 1) {
		jpeg.scan_info = script;
		jpeg.num_scans = scans < 64 ? scans : 64;
	}
	jpeg_start_compress(&jpeg, TRUE);
	while (jpeg.next_scanline < 16)
		jpeg_write_scanlines(&jpeg, rows, 1);
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	for (at = 0; at + 9 < len; at++)
		if (data[at] == 0xff && (data[at + 1] & 0xfd) == 0xc0)
			break;
	data[at + 5] = (uint8_t)(height >> 8);
	data[at + 6] = (uint8_t)height;
	data[at + 7] = (uint8_t)(width >> 8);
	data[at + 8] = (uint8_t)width;
	bytes_add(out, data, len);
	/* the last scan again, before the end */
	for (at = len - 2; data[at] != 0xff || data[at + 1] != 0xda;)
		at--;
	for (i = 64; i < scans; i++) {
		out->len -= 2;
		bytes_add(out, data + at, len - at);
	}
	free(data);
}

static const struct {
	unsigned width, height;
	int scans;
	enum err want;
} jpegs[] = {
	{ 16384, IMAGE_JPEG_MAX / 16384 - 1, 1, ERR_OK },
	{ 16384, IMAGE_JPEG_MAX / 16384, 1, ERR_OK },
	{ 16384, IMAGE_JPEG_MAX / 16384 + 1, 1, ERR_LIMIT },
	{ 16, 16, IMAGE_SCAN_MAX - 1, ERR_OK },
	{ 16, 16, IMAGE_SCAN_MAX, ERR_OK },
	{ 16, 16, IMAGE_SCAN_MAX + 1, ERR_UNREADABLE },
};

START_TEST(jpeg_has_limits)
{
	struct bytes file = { 0 };
	struct gray got = { 0 };

	write_jpeg(jpegs[_i].width, jpegs[_i].height, jpegs[_i].scans, &file);
	ck_assert_int_eq(image_read(MAGIC_JPEG, &file, &got), jpegs[_i].want);
	if (jpegs[_i].want == ERR_OK)
		ck_assert_uint_le(gray_size(&got), GRAY_WANTED);
	gray_free(&got);
	bytes_free(&file);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("image");
	TCase *t = tcase_create("png");

	tcase_add_loop_test(
	    t, each_kind_is_read, 0, sizeof(sorts) / sizeof(sorts[0]));
	tcase_add_loop_test(t, a_large_one_is_read_at_half_its_size, 0, 2);
	tcase_add_loop_test(
	    t, pixels_have_a_limit, 0, sizeof(sizes) / sizeof(sizes[0]));
	tcase_add_loop_test(t, bytes_have_a_limit, 0, 5);
	tcase_add_loop_test(t, webp_has_limits, 0, 4);
	tcase_add_loop_test(
	    t, jpeg_has_limits, 0, sizeof(jpegs) / sizeof(jpegs[0]));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
