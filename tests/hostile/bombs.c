/*
 * bombs.c - pictures of other kinds that cost far more than their bytes: runs of a
 * BMP beyond its rows, tiles and samples and values of a TIFF, a HEIC whose picture is
 * made of pictures that are made of pictures.
 */
#include "tests/hostile/hostile.h"
#include "tests/hostile/picture.h"

#define SIZE "U-SIZE"
#define NO   "U-UNREADABLE|U-SIZE"

static void
put(struct hostile *h, const char *what, const char *ext,
    const struct bytes *file, const char *want)
{
	hostile_put(h, "pictures", what, ext, file->at, file->len, want);
}

static void
little(struct bytes *out, uint32_t n, int bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		bytes_add_byte(out, (uint8_t)n);
}

static void
big(struct bytes *out, uint32_t n, int bytes)
{
	while (bytes-- > 0)
		bytes_add_byte(out, (uint8_t)((uint64_t)n >> 8 * bytes));
}

/* --- BMP ----------------------------------------------------------------------- */

/* Each two bytes say 255 pixels, all of the same row. */
static void
put_runs(struct hostile *h)
{
	struct bytes file = { 0 };
	int i;

	bytes_add(&file, "BM\0\0\0\0\0\0\0\0", 10);
	little(&file, 54 + 4 * 256, 4);
	little(&file, 40, 4);
	little(&file, 1000, 4);
	little(&file, 1000, 4);
	little(&file, 1 | 8 << 16, 4); /* planes, bits */
	little(&file, 1, 4);           /* runs */
	for (i = 0; i < 5; i++)
		little(&file, 0, 4);
	for (i = 0; i < 256; i++)
		little(&file, 0x010101u * (uint32_t)i, 4);
	for (i = 0; i < 10 << 20; i++)
		bytes_add(&file, "\xff\xff", 2);
	put(h, "runs without end", "bmp", &file, NO);
	bytes_free(&file);
}

/* --- TIFF ---------------------------------------------------------------------- */

struct tag {
	uint32_t number, kind, count, value;
};

static void
add_list(struct bytes *file, const struct tag *tag, size_t count, uint32_t next)
{
	size_t i;

	little(file, (uint32_t)count, 2);
	for (i = 0; i < count; i++) {
		little(file, tag[i].number, 2);
		little(file, tag[i].kind, 2);
		little(file, tag[i].count, 4);
		little(file, tag[i].value, 4);
	}
	little(file, next, 4);
}

/* So many places of the same stream, and as many lengths of it, behind the head. */
static uint32_t
add_places(struct bytes *file, const struct bytes *stream, uint32_t count)
{
	uint32_t i;

	bytes_add(file, "II*\0", 4);
	little(file, 8 + (uint32_t)stream->len + 8 * count, 4);
	bytes_add(file, stream->at, stream->len);
	for (i = 0; i < count; i++)
		little(file, 8, 4);
	for (i = 0; i < count; i++)
		little(file, (uint32_t)stream->len, 4);
	return 8 + (uint32_t)stream->len;
}

/* A column of 16 pixels, in 2,048 tiles of six million each. */
static void
put_tiles(struct hostile *h)
{
	const uint32_t wide = 6000000, tall = 16, count = 32768 / tall;
	struct bytes file = { 0 }, tile = { 0 };
	uint32_t at;

	squeeze_same(0x55, (size_t)wide * tall, 15, &tile);
	at = add_places(&file, &tile, count);
	add_list(&file,
	    (struct tag[]){ { 256, 4, 1, 16 }, { 257, 4, 1, 32768 },
		{ 258, 3, 1, 8 }, { 259, 3, 1, 8 }, { 262, 3, 1, 1 },
		{ 277, 3, 1, 1 }, { 322, 4, 1, wide }, { 323, 4, 1, tall },
		{ 324, 4, count, at }, { 325, 4, count, at + 4 * count } },
	    10, 0);
	put(h, "tiles far wider than the picture", "tif", &file, SIZE);
	bytes_free(&file);
	bytes_free(&tile);
}

/* 65,000 samples a pixel. */
static void
put_samples(struct hostile *h)
{
	const uint32_t rows = 64, count = 32768 / rows, samples = 65000;
	struct bytes file = { 0 }, strip = { 0 };
	uint32_t at;

	squeeze_same(0x55, (size_t)16 * rows * samples, 15, &strip);
	at = add_places(&file, &strip, count);
	add_list(&file,
	    (struct tag[]){ { 256, 4, 1, 16 }, { 257, 4, 1, 32768 },
		{ 258, 3, 1, 8 }, { 259, 3, 1, 8 }, { 262, 3, 1, 1 },
		{ 273, 4, count, at }, { 277, 3, 1, samples },
		{ 278, 4, 1, rows }, { 279, 4, count, at + 4 * count } },
	    9, 0);
	put(h, "65000 samples a pixel", "tif", &file, SIZE);
	bytes_free(&file);
	bytes_free(&strip);
}

/* A hundred pages with a thousand values each, which are all the same MiB. */
static void
put_values(struct hostile *h)
{
	enum { PAGES = 100, VALUES = 1000, HEAD = 8 };
	static struct tag tag[8 + VALUES] = { { 256, 4, 1, 1 },
		{ 257, 4, 1, 1 }, { 258, 3, 1, 8 }, { 262, 3, 1, 1 },
		{ 273, 4, 1, HEAD }, { 277, 3, 1, 1 }, { 278, 4, 1, 1 },
		{ 279, 4, 1, 1 } };
	const uint32_t len = 1 << 20, list = 6 + 12 * (8 + VALUES);
	struct bytes file = { 0 };
	uint32_t i;

	for (i = 0; i < VALUES; i++)
		tag[8 + i] = (struct tag){ 40000 + i, 1, len, HEAD };
	bytes_add(&file, "II*\0", 4);
	little(&file, HEAD + len, 4);
	for (i = 0; i < len; i++)
		bytes_add_byte(&file, 'a');
	for (i = 1; i <= PAGES; i++)
		add_list(&file, tag, COUNT(tag),
		    i < PAGES ? HEAD + len + i * list : 0);
	put(h, "a hundred thousand values", "tif", &file, NO);
	bytes_free(&file);
}

/* --- HEIC ---------------------------------------------------------------------- */

static void
add_box(struct bytes *out, const char *kind, const void *data, size_t len)
{
	big(out, (uint32_t)len + 8, 4);
	bytes_add(out, kind, 4);
	bytes_add(out, data, len);
}

/* ... with a version. */
static void
add_full(struct bytes *out, const char *kind, uint32_t version,
    const struct bytes *data)
{
	big(out, (uint32_t)data->len + 12, 4);
	bytes_add(out, kind, 4);
	big(out, version << 24, 4);
	bytes_add(out, data->at, data->len);
}

/* 512 x 512 of white, as AVIF has it, and what is said of it: av1C, ispe. */
static const char av1[] =
    "\x12\0\x0a\x0a\x18\x62\x3f\xff\xfe\x08\x10\x10\x34\x20\x32\x30\x12"
    "\0\x02\x8a\x28\xa1\0\xf4\xc9\xea\xd0\x9b\x4f\xf1\x13\x71\x1d\x7f"
    "\x99\x2b\xd3\x30\xe5\x86\x95\x38\xb6\x7f\x77\x68\x88\xdd\x1f\xea"
    "\xbc\x4c\x89\x9e\x12\x1c\x42\xd9\xd4\xb2\x5c\xc7\x45\x24";
static const char properties[] = "\0\0\0\x0c"
				 "av1C\x81\x01\x0c\0"
				 "\0\0\0\x14"
				 "ispe\0\0\0\0\0\0\x02\0\0\0\x02\0";

enum { LEVELS = 7, TIMES = 10, LAYERS_LEN = 20 + 8 * TIMES };

/* Ten times the picture below, one above the other. */
static void
add_layers(struct bytes *out)
{
	bytes_add(out, "\0\1\0\0\0\0\0\0\0\0", 10);
	big(out, 512, 4);
	big(out, 512, 4);
	for (int i = 0; i < TIMES; i++)
		big(out, 0, 8);
}

/* Item 1 is coded, and each other one made of the one before it. */
static void
add_places_of_items(struct bytes *meta, uint32_t coded)
{
	struct bytes places = { 0 }, names = { 0 }, said = { 0 }, made = { 0 };
	struct bytes name = { 0 };
	uint32_t i, k;

	big(&places, 0x4400, 2);
	big(&places, 1 + LEVELS, 2);
	big(&names, 1 + LEVELS, 2);
	big(&said, 1 + LEVELS, 4);
	for (i = 1; i <= 1 + LEVELS; i++) {
		big(&places, i, 2);
		big(&places, i > 1, 2); /* 1: within idat */
		big(&places, 0, 2);
		big(&places, 1, 2);
		big(&places, i > 1 ? 0 : coded, 4);
		big(&places, i > 1 ? LAYERS_LEN - 2 : sizeof(av1) - 1, 4);
		bytes_reset(&name);
		big(&name, i, 2);
		big(&name, 0, 2);
		bytes_add(&name, i > 1 ? "iovl" : "av01", 5);
		add_full(&names, "infe", 2, &name);
		big(&said, i, 2);
		bytes_add(
		    &said, i > 1 ? "\1\x82" : "\2\x81\x82", i > 1 ? 2 : 3);
		if (i == 1)
			continue;
		big(&made, 8 + 4 + 2 * TIMES, 4);
		bytes_add(&made, "dimg", 4);
		big(&made, i, 2);
		big(&made, TIMES, 2);
		for (k = 0; k < TIMES; k++)
			big(&made, i - 1, 2);
	}
	add_full(meta, "iloc", 1, &places);
	add_full(meta, "iinf", 0, &names);
	bytes_reset(&names);
	add_box(&names, "ipco", properties, sizeof(properties) - 1);
	add_full(&names, "ipma", 0, &said);
	add_box(meta, "iprp", names.at, names.len);
	add_full(meta, "iref", 0, &made);
	bytes_free(&places);
	bytes_free(&names);
	bytes_free(&said);
	bytes_free(&made);
	bytes_free(&name);
}

static void
put_layers(struct hostile *h)
{
	struct bytes file = { 0 }, meta = { 0 }, part = { 0 };
	uint32_t coded = 0;
	int round;

	/* where the coded picture is, is known once all was written */
	for (round = 0; round < 2; round++) {
		bytes_reset(&file);
		bytes_reset(&meta);
		add_box(&file, "ftyp", "avif\0\0\0\0mif1avif", 16);
		bytes_reset(&part);
		bytes_add(&part, "\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0", 21);
		add_full(&meta, "hdlr", 0, &part);
		bytes_reset(&part);
		big(&part, 1 + LEVELS, 2);
		add_full(&meta, "pitm", 0, &part);
		add_places_of_items(&meta, coded);
		bytes_reset(&part);
		add_layers(&part);
		add_box(&meta, "idat", part.at, part.len);
		add_full(&file, "meta", 0, &meta);
		coded = (uint32_t)file.len + 8;
		add_box(&file, "mdat", av1, sizeof(av1) - 1);
	}
	put(h, "pictures of pictures", "avif", &file, NO);
	bytes_free(&file);
	bytes_free(&meta);
	bytes_free(&part);
}

void
hostile_bombs(struct hostile *h)
{
	put_runs(h);
	put_tiles(h);
	put_samples(h);
	put_values(h);
	put_layers(h);
}
