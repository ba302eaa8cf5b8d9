#include "base/encode.h"
#include "sheet/symbol.h"
#include "tests/check_main.h"
#include "tests/support/letters.h"
#include "tests/support/run.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A text as packed_encode() makes it, len characters. */
static char *
text_of(size_t len)
{
	static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *text = malloc(len + 1);
	uint64_t seed = len;

	for (size_t i = 0; i < len; i++)
		text[i] = base32[support_random(&seed) % 32];
	memcpy(text, "SELLO", len < 5 ? len : 5);
	text[len] = '\0';
	return text;
}

/* Capacities of ISO/IEC 18004, table 7, alphanumeric: at and above each. */
static const struct {
	size_t len;
	int version;
	char level;
} sizes[] = {
	{ 5, 1, 'Q' },
	{ 16, 1, 'Q' },
	{ 17, 2, 'Q' },
	{ 248, 11, 'Q' }, /* the median letter: 152 bytes */
	{ 259, 11, 'Q' },
	{ 296, 12, 'Q' },
	{ 352, 13, 'Q' },
	{ 353, 11, 'M' },
	{ 366, 11, 'M' },
	{ 367, 12, 'M' },
	{ 419, 12, 'M' },
	{ 420, 13, 'M' },
	{ 3391, 40, 'M' },
};

START_TEST(q_up_to_version_13_then_m)
{
	struct symbol symbol;
	char *text = text_of(sizes[_i].len);

	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol.version, sizes[_i].version);
	ck_assert_int_eq(symbol.level, sizes[_i].level);
	ck_assert_int_eq(symbol.width, 17 + 4 * symbol.version);
	free(text);
}
END_TEST

static const struct {
	const char *text;
	enum err want;
} refused[] = {
	{ "", ERR_DATA }, { "SELLOa", ERR_DATA }, { "SELLO\n", ERR_DATA },
	{ "SELLO=", ERR_DATA }, { "SELLO\xc3\xa9", ERR_DATA },
	{ NULL, ERR_LIMIT }, /* 3392 characters */
};

START_TEST(refuses)
{
	struct errtext err = { 0 };
	struct symbol symbol;
	char *text =
	    refused[_i].text == NULL ? text_of(3392) : strdup(refused[_i].text);

	ck_assert_int_eq(symbol_make(text, &symbol, &err), refused[_i].want);
	ck_assert_str_ne(err.text, "");
	free(text);
}
END_TEST

START_TEST(modules_are_black_or_white)
{
	struct symbol symbol;
	char *text = text_of(250);
	int above_one = 0;

	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	for (int i = 0; i < symbol.width * symbol.width; i++)
		above_one += symbol.module[i] > 1;
	ck_assert_int_eq(above_one, 0);
	/* the outline of the finder patterns */
	for (int i = 0; i < 7; i++) {
		ck_assert_int_eq(symbol.module[i], 1);
		ck_assert_int_eq(symbol.module[symbol.width - 1 - i], 1);
		ck_assert_int_eq(symbol.module[i * symbol.width], 1);
	}
	ck_assert_int_eq(symbol.module[7], 0);
	free(text);
}
END_TEST

/* libpng's own simple reader as oracle: every pixel. */
static void
check_pixels(const struct symbol *symbol, int pixels, const struct bytes *file)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	int side = (symbol->width + 2 * SYMBOL_QUIET) * pixels;
	int wrong = 0; /* one check at the end: there are millions */
	png_bytep gray;

	ck_assert(
	    png_image_begin_read_from_memory(&image, file->at, file->len));
	ck_assert_int_eq((int)image.width, side);
	ck_assert_int_eq((int)image.height, side);
	image.format = PNG_FORMAT_GRAY;
	gray = malloc(PNG_IMAGE_SIZE(image));
	ck_assert(png_image_finish_read(&image, NULL, gray, 0, NULL));
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++) {
			int mx = x / pixels - SYMBOL_QUIET;
			int my = y / pixels - SYMBOL_QUIET;
			bool black = mx >= 0 && my >= 0 && mx < symbol->width &&
			    my < symbol->width &&
			    symbol->module[my * symbol->width + mx];

			wrong += gray[y * side + x] != (black ? 0 : 255);
		}
	ck_assert_int_eq(wrong, 0);
	free(gray);
}

static const int pixel_sizes[] = { 1, 2, 3, 4, 7, 8, 9, 64 };

START_TEST(png_shows_the_modules)
{
	struct bytes file = { 0 }, again = { 0 };
	struct symbol symbol;
	char *text = text_of((size_t)_i * 20 + 20);
	int pixels = pixel_sizes[_i];

	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png(&symbol, pixels, &file, NULL), ERR_OK);
	check_pixels(&symbol, pixels, &file);
	/* 1 bit gray, 300 dpi, no time: pHYs is 11811 a meter */
	ck_assert_int_eq(file.at[24], 1);
	ck_assert_int_eq(file.at[25], 0);
	ck_assert_ptr_nonnull(memmem(file.at, file.len,
	    "\0\0\0\x09pHYs\0\0\x2e\x23\0\0\x2e\x23\x01", 17));
	ck_assert_ptr_null(memmem(file.at, file.len, "tIME", 4));
	ck_assert_int_eq(symbol_png(&symbol, pixels, &again, NULL), ERR_OK);
	ck_assert(bytes_equal(&file, &again));
	bytes_free(&file);
	bytes_free(&again);
	free(text);
}
END_TEST

START_TEST(png_refuses_sizes)
{
	static const int bad[] = { -1, 0, 65 };
	struct bytes file = { 0 };
	struct symbol symbol;

	ck_assert_int_eq(symbol_make("SELLO", &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png(&symbol, bad[_i], &file, NULL), ERR_DATA);
	ck_assert_uint_eq(file.len, 0);
}
END_TEST

static const struct {
	const char *program, *command;
} readers[] = {
	{ "zbarimg", "zbarimg -q --raw -Sdisable -Sqr.enable code.png" },
	{ "ZXingReader", "ZXingReader -1 -bytes -format QRCode code.png" },
	{ "ZXingReader", "ZXingReader -format QRCode code.png" },
};

/* Reader _i / 4 over text of length 60, 250, 350, 900. */
START_TEST(other_readers_read_it)
{
	static const size_t length[] = { 60, 250, 350, 900 };
	struct bytes file = { 0 }, out = { 0 };
	struct symbol symbol;
	char *text = text_of(length[_i % 4]);

	if (!run_has(readers[_i / 4].program))
		return;
	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png(&symbol, 4, &file, NULL), ERR_OK);
	run_folder();
	run_put("code.png", file.at, file.len);
	ck_assert_int_eq(run(readers[_i / 4].command, &out), 0);
	run_leave();
	ck_assert_msg(out.len > 0 && strstr((char *)out.at, text) != NULL,
	    "%s reads %s", readers[_i / 4].program, (char *)out.at);
	bytes_free(&file);
	bytes_free(&out);
	free(text);
}
END_TEST

static const int thirds[] = { 3, 9, 12 };

START_TEST(pixels_come_back_from_the_png)
{
	static struct symbol symbol;
	char *text = text_of(248), head[32];
	struct bytes png = { 0 }, raw = { 0 };
	int third = thirds[_i] / 3, side, x, y;
	const uint8_t *at;

	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png(&symbol, thirds[_i], &png, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png_raw(&png, &raw, NULL), ERR_OK);
	side = (symbol.width + 2 * SYMBOL_QUIET) * third;
	snprintf(head, sizeof(head), "P5 %d %d 255\n", side, side);
	ck_assert_uint_eq(raw.len, strlen(head) + (size_t)(side * side));
	ck_assert_mem_eq(raw.at, head, strlen(head));
	at = raw.at + strlen(head);
	for (y = 0; y < side; y++)
		for (x = 0; x < side; x++) {
			int row = y / third - SYMBOL_QUIET;
			int column = x / third - SYMBOL_QUIET;
			bool black = row >= 0 && row < symbol.width &&
			    column >= 0 && column < symbol.width &&
			    symbol.module[row * symbol.width + column];

			if (*at++ != (black ? 0 : 255))
				ck_abort_msg("at %d, %d", x, y);
		}
	bytes_free(&png);
	bytes_free(&raw);
	free(text);
}
END_TEST

START_TEST(other_pictures_have_no_pixels_for_us)
{
	static struct symbol symbol;
	struct bytes png = { 0 }, raw = { 0 };

	ck_assert_int_eq(symbol_make("SELLO", &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png_raw(&png, &raw, NULL), ERR_DATA);
	ck_assert_int_eq(symbol_png(&symbol, 4, &png, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png_raw(&png, &raw, NULL), ERR_DATA);
	bytes_reset(&png);
	ck_assert_int_eq(symbol_png(&symbol, 9, &png, NULL), ERR_OK);
	png.len -= 20;
	ck_assert_int_eq(symbol_png_raw(&png, &raw, NULL), ERR_DATA);
	png.len += 20;
	png.at[png.len / 2] ^= 8;
	ck_assert_int_eq(symbol_png_raw(&png, &raw, NULL), ERR_DATA);
	ck_assert_uint_eq(raw.len, 0);
	bytes_free(&png);
	bytes_free(&raw);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letter/symbol");
	TCase *t = tcase_create("symbol");

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, q_up_to_version_13_then_m, 0, COUNT(sizes));
	tcase_add_loop_test(t, refuses, 0, COUNT(refused));
	tcase_add_test(t, modules_are_black_or_white);
	tcase_add_loop_test(t, png_shows_the_modules, 0, COUNT(pixel_sizes));
	tcase_add_loop_test(t, png_refuses_sizes, 0, 3);
	tcase_add_loop_test(t, pixels_come_back_from_the_png, 0, COUNT(thirds));
	tcase_add_test(t, other_pictures_have_no_pixels_for_us);
	tcase_add_loop_test(t, other_readers_read_it, 0, 4 * COUNT(readers));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
