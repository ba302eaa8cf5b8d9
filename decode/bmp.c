/*
 * bmp.c - BMP, by a reader of our own: Debian has no small library for it, and
 * what programs write is a header and rows of pixels, or runs of them.
 */
#include "decode/image.h"

#include <string.h>

#define FILE_HEADER 14 /* bytes */
#define CORE_HEADER 12 /* ... of OS/2 1 and Windows 2: sizes of two bytes */
#define INFO_HEADER 40 /* ... and of Windows since then */
#define INFO_MAX    124
#define PLAIN       0 /* values of its compression */
#define RUNS_8      1
#define RUNS_4      2
#define BIT_FIELDS  3
#define PALETTE_MAX 256

struct bmp {
	uint32_t width, height, bits, kind, row_len;
	bool from_top;
	uint8_t shade[PALETTE_MAX]; /* of a palette's entries */
	struct reader rows;
};

/* Little end first; 0 past the end, which no field may be. */
static uint32_t
number(const struct reader *r, size_t at, size_t len)
{
	uint32_t value = 0;

	while (len-- > 0)
		value = value << 8 | (at + len < r->left ? r->at[at + len] : 0);
	return value;
}

static uint8_t
shade_of(const uint8_t *bgr)
{
	return (uint8_t)((bgr[2] * 77 + bgr[1] * 150 + bgr[0] * 29) >> 8);
}

/* Behind the header. */
static bool
read_palette(struct bmp *bmp, struct reader r, uint32_t count, size_t entry_len)
{
	struct reader entry;
	uint32_t i;

	if (count == 0 || count > 1u << bmp->bits)
		count = 1u << bmp->bits;
	for (i = 0; i < count; i++) {
		if (!reader_take(&r, entry_len, &entry))
			return false;
		bmp->shade[i] = shade_of(entry.at);
	}
	return true;
}

/* 32 bits may have masks: only blue, green, red from the lowest is read. */
static bool
is_known(const struct bmp *bmp, const struct reader *file)
{
	if (bmp->kind == RUNS_8 || bmp->kind == RUNS_4)
		return bmp->bits == (bmp->kind == RUNS_8 ? 8 : 4) &&
		    !bmp->from_top;
	switch (bmp->bits) {
	case 1:
	case 4:
	case 8:
	case 24:
		return bmp->kind == PLAIN;
	case 32:
		return bmp->kind == PLAIN ||
		    (bmp->kind == BIT_FIELDS &&
			number(file, FILE_HEADER + 40, 4) == 0xff0000 &&
			number(file, FILE_HEADER + 44, 4) == 0xff00 &&
			number(file, FILE_HEADER + 48, 4) == 0xff);
	}
	return false;
}

/* A picture has its rows from the bottom; a negative height says it has not. */
static void
read_info(struct bmp *bmp, const struct reader *file)
{
	int32_t height = (int32_t)number(file, FILE_HEADER + 8, 4);

	bmp->width = number(file, FILE_HEADER + 4, 4);
	bmp->from_top = height < 0;
	bmp->height = bmp->from_top ? 0u - (uint32_t)height : (uint32_t)height;
	bmp->bits = number(file, FILE_HEADER + 14, 2);
	bmp->kind = number(file, FILE_HEADER + 16, 4);
}

static void
read_core(struct bmp *bmp, const struct reader *file)
{
	bmp->width = number(file, FILE_HEADER + 4, 2);
	bmp->height = number(file, FILE_HEADER + 6, 2);
	bmp->bits = number(file, FILE_HEADER + 10, 2);
	bmp->kind = PLAIN;
}

/* The palette of a core header has three bytes a color, and ends where the rows
 * begin. */
static bool
has_palette(
    struct bmp *bmp, const struct reader *file, uint32_t info, uint32_t start)
{
	const uint32_t head = FILE_HEADER + info;
	struct reader rest = *file, part;

	if (!reader_take(&rest, head, &part))
		return false;
	if (info == CORE_HEADER)
		return read_palette(
		    bmp, rest, start > head ? (start - head) / 3 : 0, 3);
	return read_palette(bmp, rest, number(file, FILE_HEADER + 32, 4), 4);
}

static enum err
read_header(struct bmp *bmp, const struct reader *file)
{
	uint32_t info = number(file, FILE_HEADER, 4);
	uint32_t start = number(file, 10, 4);
	struct reader part;

	if (info == CORE_HEADER)
		read_core(bmp, file);
	else if (info >= INFO_HEADER && info <= INFO_MAX)
		read_info(bmp, file);
	if (start > file->left || !is_known(bmp, file))
		return ERR_UNREADABLE;
	if (!gray_fits(bmp->width, bmp->height))
		return ERR_LIMIT;
	if (bmp->bits <= 8 && !has_palette(bmp, file, info, start))
		return ERR_UNREADABLE;
	/* rows are whole words */
	bmp->row_len = (bmp->width * bmp->bits + 31) / 32 * 4;
	bmp->rows = *file;
	reader_take(&bmp->rows, start, &part);
	return ERR_OK;
}

static void
read_row(const struct bmp *bmp, const uint8_t *from, uint8_t *to)
{
	uint32_t x, bits = bmp->bits, mask = (1u << (bits & 15)) - 1;

	for (x = 0; x < bmp->width; x++) {
		uint32_t bit = x * bits;

		if (bits >= 24)
			to[x] = shade_of(from + bit / 8);
		else
			to[x] =
			    bmp->shade[from[bit / 8] >> (8 - bits - bit % 8) &
				mask];
	}
}

static void
read_rows(struct bmp *bmp, struct gray *picture)
{
	struct reader row;
	uint32_t y;

	for (y = 0;
	     y < bmp->height && reader_take(&bmp->rows, bmp->row_len, &row);
	     y++)
		read_row(bmp, row.at,
		    gray_row(picture, bmp->from_top ? y : bmp->height - 1 - y));
}

/* --- runs ----------------------------------------------------------------- */

/* Where the next pixel goes; y counts from the bottom. */
struct pen {
	struct gray *picture;
	uint64_t x, y;
};

/* What lies outside is left out. */
static void
put(struct pen *pen, uint8_t shade)
{
	if (pen->x < pen->picture->width && pen->y < pen->picture->height)
		gray_row(pen->picture,
		    pen->picture->height - 1 - (uint32_t)pen->y)[pen->x] =
		    shade;
	pen->x++;
}

/* The same two by turns. Two bytes of a file say 255 pixels, so what lies outside is
 * not even counted: 32 MiB of them took five seconds. */
static void
put_run(struct pen *pen, const uint8_t shade[2], uint32_t count)
{
	uint32_t i;

	for (i = 0; i < count && pen->x < pen->picture->width; i++)
		put(pen, shade[i % 2]);
}

/* The nth of the entries in bytes, of 8 or 4 bits. */
static uint8_t
entry(const struct bmp *bmp, const uint8_t *at, uint32_t n)
{
	if (bmp->bits == 8)
		return bmp->shade[at[n]];
	return bmp->shade[n % 2 == 0 ? at[n / 2] >> 4 : at[n / 2] & 15];
}

/* Pixels as they are, in whole words of two bytes. */
static bool
put_plain(struct bmp *bmp, struct pen *pen, uint8_t count)
{
	uint32_t len = (count * bmp->bits + 7) / 8, i;
	struct reader plain;

	if (!reader_take(&bmp->rows, len + len % 2, &plain))
		return false;
	for (i = 0; i < count; i++)
		put(pen, entry(bmp, plain.at, i));
	return true;
}

/* What follows a zero: 0 a row's end, 1 the end, 2 a step. */
static bool
escape(struct bmp *bmp, struct pen *pen, uint8_t what)
{
	struct reader step;

	if (what > 2)
		return put_plain(bmp, pen, what);
	if (what == 1)
		return false;
	if (what == 0) {
		pen->x = 0;
		pen->y++;
		return true;
	}
	if (!reader_take(&bmp->rows, 2, &step))
		return false;
	pen->x += step.at[0];
	pen->y += step.at[1];
	return true;
}

static void
read_runs(struct bmp *bmp, struct gray *picture)
{
	struct pen pen = { .picture = picture };
	uint8_t count, value;
	bool more = true;

	memset(picture->at, bmp->shade[0], gray_size(picture));
	while (more && pen.y < picture->height &&
	    reader_byte(&bmp->rows, &count) &&
	    reader_byte(&bmp->rows, &value)) {
		if (count == 0)
			more = escape(bmp, &pen, value);
		else
			put_run(&pen,
			    (uint8_t[2]){ entry(bmp, &value, 0),
				entry(bmp, &value, bmp->bits == 8 ? 0 : 1) },
			    count);
	}
}

enum err
image_bmp(const struct bytes *file, struct gray *out)
{
	struct reader all = { file->at, file->len };
	struct gray picture = { 0 };
	struct bmp bmp = { 0 };
	enum err rc = read_header(&bmp, &all);
	bool runs = bmp.kind == RUNS_8 || bmp.kind == RUNS_4;

	if (rc != ERR_OK)
		return rc;
	/* before room is made for rows that are not there */
	if (!runs && bmp.rows.left < (uint64_t)bmp.row_len * bmp.height)
		return ERR_UNREADABLE;
	if (!gray_new(&picture, bmp.width, bmp.height))
		return ERR_MEMORY;
	if (runs)
		read_runs(&bmp, &picture);
	else
		read_rows(&bmp, &picture);
	*out = picture;
	return ERR_OK;
}
