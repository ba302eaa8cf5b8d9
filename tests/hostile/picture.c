#include "tests/hostile/picture.h"

#include "sheet/symbol.h"
#include "tests/hostile/hostile.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <jpeglib.h>

void
canvas_new(struct canvas *c, unsigned width, unsigned height)
{
	*c = (struct canvas){ width, height, malloc((size_t)width * height) };
	hostile_must(c->at != NULL, "memory");
	memset(c->at, 0xff, (size_t)width * height);
}

void
canvas_free(struct canvas *c)
{
	free(c->at);
	c->at = NULL;
}

static void
fill(struct canvas *c, unsigned x, unsigned y, unsigned side)
{
	unsigned row;

	for (row = y; row < y + side && row < c->height; row++)
		if (x + side <= c->width)
			memset(c->at + (size_t)row * c->width + x, 0, side);
}

unsigned
canvas_code(
    struct canvas *c, const char *text, unsigned x, unsigned y, unsigned pixels)
{
	static struct symbol s;
	int row, column;

	hostile_must(symbol_make(text, &s, NULL) == ERR_OK, "symbol");
	for (row = 0; row < s.width; row++)
		for (column = 0; column < s.width; column++)
			if (s.module[row * s.width + column])
				fill(c,
				    x +
					(unsigned)(column + SYMBOL_QUIET) *
					    pixels,
				    y + (unsigned)(row + SYMBOL_QUIET) * pixels,
				    pixels);
	return (unsigned)(s.width + 2 * SYMBOL_QUIET) * pixels;
}

static void
add_u32(struct bytes *out, uint32_t n)
{
	const uint8_t big[4] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16),
		(uint8_t)(n >> 8), (uint8_t)n };

	bytes_add(out, big, sizeof(big));
}

/* --- zlib ---------------------------------------------------------------- */

static void
begin(z_stream *z, int bits)
{
	*z = (z_stream){ 0 };
	hostile_must(
	    deflateInit2(z, 9, Z_DEFLATED, bits, 9, Z_DEFAULT_STRATEGY) == Z_OK,
	    "deflate");
}

static void
feed(z_stream *z, const void *data, size_t len, int flush, struct bytes *out)
{
	uint8_t room[4096];

	z->next_in = (z_const Bytef *)(uintptr_t)data;
	z->avail_in = (uInt)len;
	do {
		z->next_out = room;
		z->avail_out = sizeof(room);
		deflate(z, flush);
		bytes_add(out, room, sizeof(room) - z->avail_out);
	} while (z->avail_out == 0);
}

void
squeeze(const void *data, size_t len, int bits, struct bytes *out)
{
	z_stream z;

	begin(&z, bits);
	feed(&z, data, len, Z_FINISH, out);
	deflateEnd(&z);
}

/* Of one block, which refers to nothing before it, the same bytes again and
 * again: a GiB takes no time. */
void
squeeze_same(uint8_t byte, size_t len, int bits, struct bytes *out)
{
	static uint8_t block[1 << 20];
	struct bytes one = { 0 };
	uLong sum = adler32(0, NULL, 0), of_one;
	z_stream z;

	memset(block, byte, sizeof(block));
	begin(&z, -15);
	feed(&z, block, sizeof(block), Z_FULL_FLUSH, &one);
	deflateEnd(&z);
	of_one = adler32(sum, block, sizeof(block));
	if (bits > 0)
		bytes_add(out, "\x78\xda", 2);
	for (; len > sizeof(block); len -= sizeof(block)) {
		bytes_add(out, one.at, one.len);
		sum = adler32_combine(sum, of_one, sizeof(block));
	}
	begin(&z, -15);
	feed(&z, block, len, Z_FINISH, out);
	deflateEnd(&z);
	sum = adler32_combine(
	    sum, adler32(adler32(0, NULL, 0), block, (uInt)len), (z_off_t)len);
	if (bits > 0)
		add_u32(out, (uint32_t)sum);
	bytes_free(&one);
}

/* --- PNG ----------------------------------------------------------------- */

void
png_chunk(struct bytes *out, const char *type, const void *data, size_t len)
{
	size_t start;

	add_u32(out, (uint32_t)len);
	start = out->len;
	bytes_add(out, type, 4);
	if (len > 0)
		bytes_add(out, data, len);
	add_u32(out, (uint32_t)crc32(0, out->at + start, (uInt)(len + 4)));
}

void
png_header(struct bytes *out, uint32_t width, uint32_t height, int depth,
    int color, int interlace)
{
	struct bytes head = { 0 };

	bytes_add(out, "\x89PNG\r\n\x1a\n", 8);
	add_u32(&head, width);
	add_u32(&head, height);
	bytes_add_byte(&head, (uint8_t)depth);
	bytes_add_byte(&head, (uint8_t)color);
	bytes_add(&head, "\0\0", 2);
	bytes_add_byte(&head, (uint8_t)interlace);
	png_chunk(out, "IHDR", head.at, head.len);
	bytes_free(&head);
}

void
png_rows(struct bytes *out, const void *data, size_t len)
{
	struct bytes stream = { 0 };

	squeeze(data, len, 15, &stream);
	png_chunk(out, "IDAT", stream.at, stream.len);
	bytes_free(&stream);
}

void
canvas_png(const struct canvas *c, struct bytes *out)
{
	struct bytes rows = { 0 };
	unsigned y;

	for (y = 0; y < c->height; y++) {
		bytes_add_byte(&rows, 0);
		bytes_add(&rows, c->at + (size_t)y * c->width, c->width);
	}
	png_header(out, c->width, c->height, 8, 0, 0);
	png_rows(out, rows.at, rows.len);
	png_chunk(out, "IEND", "", 0);
	bytes_free(&rows);
}

/* --- JPEG ---------------------------------------------------------------- */

void
canvas_jpeg(const struct canvas *c, bool progressive, struct bytes *out)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *data = NULL;
	unsigned long len = 0;

	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &data, &len);
	jpeg.image_width = c->width;
	jpeg.image_height = c->height;
	jpeg.input_components = 1;
	jpeg.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&jpeg);
	if (progressive)
		jpeg_simple_progression(&jpeg);
	jpeg_start_compress(&jpeg, TRUE);
	while (jpeg.next_scanline < jpeg.image_height) {
		JSAMPROW row = c->at + (size_t)jpeg.next_scanline * c->width;

		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	bytes_add(out, data, len);
	free(data);
}
