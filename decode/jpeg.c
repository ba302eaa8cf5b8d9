/*
 * jpeg.c - JPEG by libjpeg-turbo. Damaged or cut-off files give what
 * could be read: a photo with a broken last line still has its code.
 */
#include "decode/image.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

#define JPEG_MEMORY_MAX (256l << 20)

/*
 * One decoding. libjpeg's error handler must not return; ours jumps back to
 * run(), and what was made until then is here, outside of run(), where the
 * jump leaves it intact.
 */
struct job {
	struct jpeg_error_mgr manager; /* first: libjpeg hands out this one */
	jmp_buf back;
	struct jpeg_decompress_struct jpeg;
	struct jpeg_progress_mgr progress;
	struct gray picture;
	bool ended; /* the file, before all was decoded */
};

static void
give_up(j_common_ptr info)
{
	struct job *job = (struct job *)(void *)info->err;

	longjmp(job->back, 1);
}

static void
say_nothing(j_common_ptr info)
{
	(void)info;
}

/* What is not there is drawn gray from here on; an end that alone is missing is
 * no loss. */
static void
note(j_common_ptr info, int level)
{
	struct job *job = (struct job *)(void *)info->err;

	job->ended |= level < 0 && info->err->msg_code == JWRN_JPEG_EOF &&
	    job->jpeg.output_scanline < job->jpeg.output_height / 10 * 9;
}

/* Thousands of scans over a large picture are an attack on our time. */
static void
count_scans(j_common_ptr info)
{
	if (info->is_decompressor &&
	    ((j_decompress_ptr)(void *)info)->input_scan_number >
		IMAGE_SCAN_MAX)
		give_up(info);
}

static void
choose_scale(struct jpeg_decompress_struct *jpeg)
{
	jpeg->scale_num = 1;
	jpeg->scale_denom = gray_shrink(jpeg->image_width, jpeg->image_height);
}

/* Print-shop files: four inks, which Adobe stores inverted. */
static void
inks_to_gray(const JSAMPLE *inks, bool inverted, uint8_t *to, uint32_t width)
{
	uint32_t x;

	for (x = 0; x < width; x++, inks += 4) {
		int flip = inverted ? 0 : 255;
		int c = inks[0] ^ flip, m = inks[1] ^ flip;
		int y = inks[2] ^ flip, k = inks[3] ^ flip;

		to[x] = (uint8_t)((c * 77 + m * 150 + y * 29) / 256 * k / 255);
	}
}

static void
read_rows(struct jpeg_decompress_struct *jpeg, struct gray *picture)
{
	bool inks = jpeg->output_components == 4;
	JSAMPARRAY row =
	    jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE,
		jpeg->output_width * (JDIMENSION)jpeg->output_components, 1);

	while (jpeg->output_scanline < jpeg->output_height) {
		uint8_t *to = gray_row(picture, jpeg->output_scanline);
		JSAMPROW direct = to;

		jpeg_read_scanlines(jpeg, inks ? row : &direct, 1);
		if (inks)
			inks_to_gray(
			    row[0], jpeg->saw_Adobe_marker, to, picture->width);
	}
}

static enum err
start(struct jpeg_decompress_struct *jpeg, const struct bytes *file)
{
	jpeg_create_decompress(jpeg);
	jpeg->mem->max_memory_to_use = JPEG_MEMORY_MAX;
	jpeg_mem_src(jpeg, file->at, file->len);
	jpeg_read_header(jpeg, TRUE);
	if ((uint64_t)jpeg->image_width * jpeg->image_height > IMAGE_JPEG_MAX)
		return ERR_LIMIT;
	choose_scale(jpeg);
	jpeg->out_color_space = jpeg->jpeg_color_space == JCS_CMYK ||
		jpeg->jpeg_color_space == JCS_YCCK
	    ? JCS_CMYK
	    : JCS_GRAYSCALE;
	jpeg_calc_output_dimensions(jpeg);
	return gray_fits(jpeg->output_width, jpeg->output_height) ? ERR_OK
								  : ERR_LIMIT;
}

static void
measure(const struct jpeg_decompress_struct *jpeg, struct gray *picture)
{
	const uint32_t sides[2] = { jpeg->image_width, jpeg->image_height };
	/* 1: an inch, 2: a centimeter */
	double unit = jpeg->density_unit == 1 ? 1 / .0254 : 100;

	if (jpeg->saw_JFIF_marker && jpeg->density_unit > 0)
		gray_measure(picture, sides,
		    (double[2]){
			jpeg->X_density * unit, jpeg->Y_density * unit });
}

static enum err
run(struct job *job, const struct bytes *file)
{
	enum err rc;

	if (setjmp(job->back) != 0)
		return ERR_UNREADABLE;
	if ((rc = start(&job->jpeg, file)) != ERR_OK)
		return rc;
	job->jpeg.progress = &job->progress;
	if (!gray_new(
		&job->picture, job->jpeg.output_width, job->jpeg.output_height))
		return ERR_MEMORY;
	measure(&job->jpeg, &job->picture);
	jpeg_start_decompress(&job->jpeg);
	read_rows(&job->jpeg, &job->picture);
	return ERR_OK;
}

enum err
image_jpeg(const struct bytes *file, struct gray *out)
{
	struct job job = { .progress = { .progress_monitor = count_scans } };
	enum err rc;

	job.jpeg.err = jpeg_std_error(&job.manager);
	job.manager.error_exit = give_up;
	job.manager.output_message = say_nothing;
	job.manager.emit_message = note;
	rc = run(&job, file);
	jpeg_destroy_decompress(&job.jpeg);
	job.picture.is_cut = job.ended;
	if (rc == ERR_OK)
		*out = job.picture;
	else
		gray_free(&job.picture);
	return rc;
}
