/*
 * png.c - PNG by libpng, row by row, so that a large picture becomes small as it
 * is read. libpng makes whole bytes of every depth and palette; what is left is
 * gray or color, with or without transparency.
 */
#include "decode/image.h"
#include "decode/rows.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/*
 * One decoding. libpng's error handler must not return; ours jumps back to run(),
 * and what was made until then is here, outside of run(), where the jump leaves it
 * intact.
 */
struct job {
	jmp_buf back;
	png_structp png;
	png_infop info;
	struct reader file;
	struct rows rows;
	struct gray picture;
	uint8_t *line; /* a row as libpng gives it */
};

static void
give_up(png_structp png, const char *why)
{
	struct job *job = png_get_error_ptr(png);

	(void)why;
	longjmp(job->back, 1);
}

static void
say_nothing(png_structp png, const char *what)
{
	(void)png;
	(void)what;
}

static void
read_some(png_structp png, png_bytep to, size_t len)
{
	struct job *job = png_get_io_ptr(png);
	struct reader part;

	if (!reader_take(&job->file, len, &part))
		png_error(png, "the file ends");
	memcpy(to, part.at, len);
}

/* Transparent parts lie on white. */
static uint8_t
on_paper(unsigned shade, unsigned opacity)
{
	return (uint8_t)((shade * opacity + 255 * (255 - opacity)) / 255);
}

static unsigned
luminance(const uint8_t *color)
{
	return (color[0] * 77u + color[1] * 150u + color[2] * 29u) >> 8;
}

static void
to_gray(const uint8_t *from, int channels, uint8_t *to, uint32_t count)
{
	uint32_t x;

	switch (channels) {
	case 1:
		memmove(to, from, count); /* it may be the same */
		break;
	case 2:
		for (x = 0; x < count; x++, from += 2)
			to[x] = on_paper(from[0], from[1]);
		break;
	case 3:
		for (x = 0; x < count; x++, from += 3)
			to[x] = (uint8_t)luminance(from);
		break;
	default:
		for (x = 0; x < count; x++, from += 4)
			to[x] = on_paper(luminance(from), from[3]);
	}
}

static void
read_rows(struct job *job, uint32_t width, uint32_t height)
{
	int channels = png_get_channels(job->png, job->info);

	while (job->rows.y < height) {
		png_read_row(job->png, job->line, NULL);
		to_gray(job->line, channels, rows_next(&job->rows), width);
		rows_put(&job->rows);
	}
}

/* Adam7 (PNG, 8.1): the first pixel of each pass, and how far the next ones are. */
static const struct {
	uint32_t left, top, across, down;
} passes[7] = {
	{ 0, 0, 8, 8 },
	{ 4, 0, 8, 8 },
	{ 0, 4, 4, 8 },
	{ 2, 0, 4, 4 },
	{ 0, 2, 2, 4 },
	{ 1, 0, 2, 2 },
	{ 0, 1, 1, 2 },
};

/* A row of a pass, at its places in the picture. */
static void
scatter(const struct job *job, int pass, uint32_t y, uint32_t count)
{
	const uint32_t shrink = job->rows.shrink;
	const uint8_t *from = job->line;
	uint8_t *to;
	uint32_t x = passes[pass].left;

	if (y / shrink >= job->picture.height)
		return;
	for (to = gray_row(&job->picture, y / shrink); count > 0; count--) {
		if (x / shrink < job->picture.width)
			to[x / shrink] = *from;
		x += passes[pass].across;
		from++;
	}
}

/* Of seven passes, each a picture of its own, the first five have every other
 * pixel of every other row: the picture at half its size. */
static void
read_passes(struct job *job, uint32_t width, uint32_t height)
{
	int channels = png_get_channels(job->png, job->info);
	int count = job->rows.shrink == 1 ? 7 : 5, pass;
	uint32_t columns, y;

	for (pass = 0; pass < count; pass++) {
		if (width <= passes[pass].left)
			continue;
		columns = (width - passes[pass].left - 1) / passes[pass].across;
		for (y = passes[pass].top; y < height; y += passes[pass].down) {
			png_read_row(job->png, job->line, NULL);
			to_gray(job->line, channels, job->line, columns + 1);
			scatter(job, pass, y, columns + 1);
		}
	}
}

/* Big end first. */
static uint32_t
number(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	    (uint32_t)at[2] << 8 | at[3];
}

/* Of the chunks before the pixels the one that says how large they are. libpng is
 * told to pass over all that it does not need, for some unpack to much. */
static void
measure(const struct bytes *file, const uint32_t sides[2], struct gray *picture)
{
	struct reader r = { file->at, file->len }, head, part;

	reader_take(&r, 8, &part);
	while (reader_take(&r, 8, &head) &&
	    reader_take(&r, number(head.at), &part) &&
	    memcmp(head.at + 4, "IDAT", 4) != 0) {
		if (memcmp(head.at + 4, "pHYs", 4) == 0 && part.left == 9 &&
		    part.at[8] == PNG_RESOLUTION_METER)
			gray_measure(picture, sides,
			    (double[2]){
				number(part.at), number(part.at + 4) });
		reader_take(&r, 4, &part); /* its CRC */
	}
}

static enum err
read_head(struct job *job, uint32_t sides[2])
{
	/* ours are looked at, and have a word of their own */
	png_set_user_limits(job->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
	png_set_keep_unknown_chunks(job->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
	png_set_benign_errors(job->png, 1);
	/* each chunk has a checksum of its own, and so has a code */
	png_set_option(job->png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
	png_set_read_fn(job->png, job, read_some);
	png_read_info(job->png, job->info);
	sides[0] = png_get_image_width(job->png, job->info);
	sides[1] = png_get_image_height(job->png, job->info);
	if (!gray_unpacks(sides[0], sides[1],
		png_get_channels(job->png, job->info) *
		    png_get_bit_depth(job->png, job->info)))
		return ERR_LIMIT;
	png_set_expand(job->png);
	png_set_strip_16(job->png);
	png_read_update_info(job->png, job->info);
	return ERR_OK;
}

static enum err
run(struct job *job, const struct bytes *file)
{
	uint32_t sides[2];
	enum err rc;

	if (setjmp(job->back) != 0)
		return ERR_UNREADABLE;
	if ((rc = read_head(job, sides)) != ERR_OK)
		return rc;
	job->line = malloc(png_get_rowbytes(job->png, job->info));
	if (job->line == NULL ||
	    !rows_begin(&job->rows, sides[0], sides[1], &job->picture))
		return ERR_MEMORY;
	measure(file, sides, &job->picture);
	if (png_get_interlace_type(job->png, job->info) == PNG_INTERLACE_NONE)
		read_rows(job, sides[0], sides[1]);
	else
		read_passes(job, sides[0], sides[1]);
	return ERR_OK;
}

enum err
image_png(const struct bytes *file, struct gray *out)
{
	struct job job = { .file = { file->at, file->len } };
	enum err rc = ERR_MEMORY;

	job.png = png_create_read_struct(
	    PNG_LIBPNG_VER_STRING, &job, give_up, say_nothing);
	if (job.png != NULL)
		job.info = png_create_info_struct(job.png);
	if (job.info != NULL)
		rc = run(&job, file);
	png_destroy_read_struct(&job.png, &job.info, NULL);
	rows_end(&job.rows);
	free(job.line);
	if (rc == ERR_OK)
		*out = job.picture;
	else
		gray_free(&job.picture);
	return rc;
}
